/* Collective action on four kinds of social network (Siegel 2009, American Journal of
 * Political Science 53): people take part when their motivation outweighs the passivity
 * around them. */
#ifndef STP_NETWORK_H
#define STP_NETWORK_H

#include <stddef.h>
#include <stdint.h>

/* Streams of STP_PURPOSE_MODEL that are drawn from here, as the district of
 * base/random.h. The values are part of the results: never renumber. */
typedef enum stp_network_stream {
    STP_STREAM_SMALL_WORLD = 1,    /* agent: person, step: which tie, draw: attempt */
    STP_STREAM_VILLAGES = 2,       /* agent: person, draw: which of the ties across */
    STP_STREAM_OPINION_LEADER = 3, /* agent: newcomer, draw: attempt */
    STP_STREAM_HIERARCHY = 4,      /* agent: person, draw: which of the elder siblings */
    STP_STREAM_MOTIVATION = 5,     /* agent: person */
} stp_network_stream;

/* Who is tied to whom. Ties go both ways; nobody has a tie to themselves, no two persons
 * have two. */
typedef struct stp_network {
    uint32_t n;    /* persons */
    size_t *first; /* n + 1: the ties of i are tie[first[i]] .. tie[first[i + 1] - 1] */
    uint32_t *tie; /* the other person, in rising order */
} stp_network;

/* Small World: a ring in which everyone is tied to `reach` persons on either side, each
 * tie moved with a probability to a person drawn from those not yet tied (Watts and
 * Strogatz 1998). It may fall apart when little of the ring is left.
 * n: persons, > 2 reach. reach: ties, >= 1. moved: probability.
 * Returns 0, or -1 when out of memory (network unchanged), like the next three. */
int stp_network_small_world(uint64_t seed, uint32_t n, uint32_t reach, double moved,
                            stp_network *network);

/* Village: all within a village are tied, and so is each pair across with a probability,
 * 0 for cliques apart.
 * n: persons, >= 1. size: persons a village, >= 1; the last one may be smaller.
 * across: probability. */
int stp_network_villages(uint64_t seed, uint32_t n, uint32_t size, double across,
                         stp_network *network);

/* Opinion Leader: each newcomer gets ties to `ties` persons, drawn in proportion to q +
 * ties * (exponent - 2), where q newcomers have chosen that person before, so that the
 * share with k ties falls as k^-exponent (Dorogovtsev, Mendes and Samukhin 2000; exponent
 * 3: Barabasi and Albert 1999). Always connected; the first ties + 1 persons are all tied.
 * n: persons, > ties, n * ties < 2^31. ties: >= 1. exponent: > 2. */
int stp_network_opinion_leader(uint64_t seed, uint32_t n, uint32_t ties, double exponent,
                               stp_network *network);

/* Hierarchy: a tree from person 0 down, each superior with `span` subordinates until
 * all n persons have a place, and each two with the same superior tied with a
 * probability, 0 for the tree alone. Always connected.
 * n: persons, >= 1. span: persons, >= 1. siblings: probability. */
int stp_network_hierarchy(uint64_t seed, uint32_t n, uint32_t span, double siblings,
                          stp_network *network);

/* Frees the arrays; the network is empty then. */
void stp_network_free(stp_network *network);

/* How people decide. */
typedef struct stp_motivation {
    double mean, deviation; /* of the motivation b of a person, normal; deviation >= 0 */
    double memory;          /* lambda in [0, 1]: how much of the last step's view stays */
    uint32_t steps;         /* the most that are made */
} stp_motivation;

typedef struct stp_participation {
    double share;   /* of the persons, who take part in the end */
    uint32_t steps; /* until the last of them joined; 0 if nobody did */
    int settled;    /* 1: nobody else would ever join; 0: the steps were over before */
} stp_participation;

/* Participation when nobody takes part at first. In every step, all at once, person i
 * sees the share s of those tied to i who took part in the last one (0 if i has no
 * ties), has
 *     c(t+1) = lambda c(t) - (1 - lambda) (1 - s),     c(0) = -1,
 * and takes part if b + c > 0: those with b > 1 begin, and nobody leaves. Lambda < 1
 * decides how fast it spreads, not how far. The same seed gives the same b, shifted and
 * scaled by mean and deviation, on every network.
 * Source: Siegel (2009), the rule from memory: check it against the paper before claiming
 * a replication.
 * path: NULL, or motivation->steps + 1 numbers; path[t] is how many take part after t
 * steps, t = 0 .. participation->steps. Returns 0, or -1 when out of memory. */
int stp_network_participate(const stp_network *network, const stp_motivation *motivation,
                            uint64_t seed, uint32_t *path,
                            stp_participation *participation);

#endif
