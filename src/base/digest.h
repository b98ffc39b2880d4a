/* The digest of a run's state: the sum, modulo 2^64, of one hash per agent, independent
 * of their order and so of engine and threads. */
#ifndef STP_DIGEST_H
#define STP_DIGEST_H

#include <stdint.h>

/* A bijective mixer of 64 bits (the finaliser "variant 13" of D. Stafford, as used by
 * SplitMix64). */
static inline uint64_t stp_mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* The state of an agent in the digest, together with where it is. */
typedef enum stp_standing {
    STP_QUIET = 0,
    STP_ACTIVE = 1,
    STP_DETAINED = 2,
    STP_OFFICER = 3,
    STP_OFF_DUTY = 4,
    STP_DEAD = 5,
    STP_VIOLENT = 6,     /* and active */
    STP_STANDING_BY = 7, /* an officer on the street who does not obey */
    STP_WOUNDED = 8,     /* an officer who does not return ... */
    STP_DEFECTED = 9,    /* ... or left of his own will */
    STP_AT_HOME = 10,    /* a citizen; not in the digest */
} stp_standing;

/* Hash of one agent. where: its cell (row * width + column) at liberty or on the street;
 * the step of its release in detention; 0 for all others. */
static inline uint64_t stp_agent_hash(uint32_t district, uint32_t agent,
                                      stp_standing standing, uint32_t where)
{
    uint64_t identity = (uint64_t)district << 32 | agent;
    uint64_t state = (uint64_t)standing << 32 | where;
    return stp_mix(identity * 0x9e3779b97f4a7c15u + (state + 1) * 0xd1342543de82ef95u);
}

#endif
