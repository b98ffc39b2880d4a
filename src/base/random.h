/* Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011).
 *
 * Every random number of a run is a pure function of the seed, a purpose, the agent and
 * district, the step and the number of the draw, independent of threads and the order of
 * agents: two runs that differ in one cause share every draw that does not follow from it
 * (common random numbers). */
#ifndef STP_RANDOM_H
#define STP_RANDOM_H

#include <Random123/philox.h>
#include <stdint.h>

/* Part of the results: never renumber. */
typedef enum stp_purpose {
    STP_PURPOSE_TRAITS = 1,     /* hardship, risk aversion, group of a citizen */
    STP_PURPOSE_PLACE = 2,      /* cells tried for an agent that enters the lattice */
    STP_PURPOSE_ORDER = 3,      /* permutation of the agents of a district or tile */
    STP_PURPOSE_TILING = 4,     /* offset and colour order of the tiles */
    STP_PURPOSE_ACTIVATE = 5,   /* what an agent draws on its turn */
    STP_PURPOSE_LIFE = 6,       /* births and deaths of Epstein's Model II */
    STP_PURPOSE_MODEL = 7,      /* models without a lattice */
    STP_PURPOSE_OBEY = 8,       /* whether an officer obeys in an epoch */
    STP_PURPOSE_SIGNAL = 9,     /* private signal of a person at the seat of power */
    STP_PURPOSE_FLIGHT = 10,    /* whether such a person leaves or gives */
    STP_PURPOSE_SAMPLE = 11,    /* parameter sets of replicates */
    STP_PURPOSE_RESAMPLE = 12,  /* resampling of a sample */
    STP_PURPOSE_CALIBRATE = 13, /* posterior draws, and errors of synthetic records */
} stp_purpose;

typedef struct stp_words {
    uint32_t w[4];
} stp_words;

/* Four 32-bit random words.
 * agent: identity in its district, or tile; step: 0 is the making of the world;
 * draw: number of the draw, below 2^24. */
static inline stp_words stp_random(uint64_t seed, stp_purpose purpose, uint32_t district,
                                   uint32_t agent, uint32_t step, uint32_t draw)
{
    philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
    philox4x32_ctr_t counter = {{agent, district, step, (uint32_t)purpose << 24 | draw}};
    philox4x32_ctr_t result = philox4x32(counter, key);
    return (stp_words){{result.v[0], result.v[1], result.v[2], result.v[3]}};
}

/* A number in 0 .. n-1 from one word: the high half of word * n (Lemire 2019, without the
 * rejection; a value's probability is off by at most n / 2^32 of itself). n >= 1. */
static inline uint32_t stp_below(uint32_t word, uint32_t n)
{
    return (uint32_t)((uint64_t)word * n >> 32);
}

#endif
