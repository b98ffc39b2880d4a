/* Districts with their lattices, and the traits of citizens. */
#ifndef STP_WORLD_H
#define STP_WORLD_H

#include "base/error.h"
#include "base/random.h"
#include "scenario/scenario.h"
#include "world/vision.h"

/* The group of a citizen: a set of these. */
enum {
    STP_FUEL = 1,    /* budget depends on the fuel price */
    STP_JOBLESS = 2, /* out of work */
    STP_UNABLE = 4,  /* not able to take part */
};

typedef struct stp_traits {
    uint16_t hardship, risk_aversion; /* units of 1/65536 */
    uint8_t group;
} stp_traits;

/* Agents have identities in their district: citizens 0 .. citizens - 1, then officers, of
 * whom the first are on the street. */
typedef struct stp_district {
    uint32_t index;
    uint32_t width, height, cells;
    uint32_t citizens;
    double residents; /* people; INFINITY (no bound) with preset rules */
    uint32_t posts;   /* officers of the district, in agents */
    uint64_t citizen_draw, officer_draw; /* Mesa: probability per cell, of 2^32 */
    uint32_t max_officers;     /* most officers that can ever be on the street */
    bool tiled;                /* by the tiles schedule; else sequential */
    uint32_t tiles_x, tiles_y; /* of the tiles schedule; 0: the lattice is too small */
    uint32_t hardship_low, hardship_span;           /* units of 1/65536 */
    const uint16_t *quantiles;                      /* of the world; NULL: uniform */
    uint64_t fuel_share, jobless_share, able_share; /* of 2^32 */
    stp_disc citizen_disc, officer_disc;
} stp_district;

/* Quantiles of a hardship that is not uniform: by rank of the draw, in units of 1/65536
 * of the way from the lowest to the highest. */
enum { STP_RANKS = 1 << 16 };

typedef struct stp_world {
    uint64_t seed;
    uint64_t population_seed; /* of the traits */
    bool home;                /* presence: citizens below the threshold are at home */
    double scale;
    uint16_t *quantiles; /* [STP_RANKS]; NULL: hardship is uniform */
    stp_district *districts;
    size_t count;
    uint64_t citizens, officers; /* sums; officers: posts */
    bool tiles_asked;            /* the requested schedule */
} stp_world;

/* The largest radius of vision. */
static inline int stp_radius_of(const stp_district *d)
{
    return d->citizen_disc.radius > d->officer_disc.radius ? d->citizen_disc.radius
                                                           : d->officer_disc.radius;
}

enum {
    STP_MAX_IDENTITY = 1 << 26, /* agents of one district */
    STP_MAX_SIDE = 65000,       /* columns or rows of a lattice */
};

/* Lay out the districts of a scenario. scale: residents per agent, >= 1; schedule:
 * STEPPE_SEQUENTIAL or STEPPE_TILES; population_seed: of the traits. Errors:
 * STEPPE_BAD_ARGUMENT (people do not fit), STEPPE_NO_MEMORY. */
int stp_world_create(steppe_context *context, const steppe_scenario *scenario,
                     uint64_t seed, uint64_t population_seed, double scale,
                     steppe_schedule schedule, stp_world **world);
void stp_world_free(stp_world *world);

/* Number of agents for `people` at a scale, to the nearest, halves up. */
uint32_t stp_scaled(double people, double scale);

/* By how much agents times scale exceeds the residents of a district, since agents are
 * rounded and a village has at least one. Subtracted wherever agents are converted to
 * people. */
static inline double stp_people_over(const stp_district *district, uint64_t agents,
                                     double scale)
{
    double people = (double)agents * scale;
    return people > district->residents ? people - district->residents : 0;
}

/* The same of those killed in a step: the excess of all killed so far, less that before
 * the step. */
static inline double stp_killed_over(const stp_district *district,
                                     const steppe_counts *counts, double scale)
{
    uint64_t all = counts->citizens < district->citizens
                       ? district->citizens - counts->citizens
                       : 0;
    uint64_t before = all > counts->killed ? all - counts->killed : 0;
    return stp_people_over(district, all, scale) -
           stp_people_over(district, before, scale);
}

/* Traits of a citizen: risk aversion uniform (Epstein 2002), hardship uniform or with an
 * exponential density, group by the shares of its district. */
stp_traits stp_traits_of(const stp_world *world, const stp_district *district,
                         uint32_t citizen);

/* Group from words 1 to 3 of a citizen's draw. */
static inline uint32_t stp_group_of(const stp_district *district, uint32_t word1,
                                    uint32_t word2, uint32_t word3)
{
    return (word1 < district->fuel_share ? STP_FUEL : 0u) |
           (word2 < district->jobless_share ? STP_JOBLESS : 0u) |
           (word3 >= district->able_share ? STP_UNABLE : 0u);
}

/* Word 0 of a citizen's draw, with the rank in its high half replaced by its quantile. */
static inline uint32_t stp_quantile_word(const uint16_t *quantiles, uint32_t word)
{
    return quantiles ? (uint32_t)quantiles[word >> 16] << 16 | (word & 0xffff) : word;
}

/* Hardship without shifts, in units of 1/65536, from that word; its low half is the risk
 * aversion. */
static inline uint32_t stp_hardship_of(const stp_district *district, uint32_t word)
{
    return district->hardship_low +
           (uint32_t)((uint64_t)district->hardship_span * (word >> 16) >> 16);
}

/* Candidate cell `attempt` (0 .. STP_ATTEMPTS - 1) for an agent that enters the lattice.
 * The first empty one is taken; if none is, the next empty cell after the last in
 * row-major order, around. */
enum { STP_ATTEMPTS = 64 };
static inline uint32_t stp_candidate(uint64_t seed, const stp_district *district,
                                     uint32_t agent, uint32_t step, uint32_t attempt)
{
    stp_words words = stp_random(seed, STP_PURPOSE_PLACE, district->index, agent, step,
                                 attempt / 4);
    return stp_below(words.w[attempt % 4], district->cells);
}

#endif
