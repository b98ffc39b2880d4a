/* Who and where: districts with their lattices, and what citizens are born with. */
#ifndef STP_WORLD_H
#define STP_WORLD_H

#include "base/error.h"
#include "base/random.h"
#include "scenario/scenario.h"
#include "world/vision.h"

/* What a citizen is besides hardship and risk aversion: a set of these. */
enum {
    STP_FUEL = 1,    /* budget hangs on the fuel price */
    STP_JOBLESS = 2, /* out of work */
    STP_UNABLE = 4,  /* not able to take part */
};

typedef struct stp_traits {
    uint16_t hardship, risk_aversion; /* units of 1/65536 */
    uint8_t group;
} stp_traits;

/* Agents have identities in their district: citizens are 0 .. citizens - 1, officers come
 * after them. Those officers on the street are always the first ones. */
typedef struct stp_district {
    uint32_t index;
    uint32_t width, height, cells;
    uint32_t citizens;
    double
        residents; /* of whom the citizens are made; no bound (INFINITY) under rules of others */
    uint32_t posts; /* officers of the district, in agents */
    uint64_t citizen_draw,
        officer_draw;          /* Mesa: probability that a cell has one, of 2^32 */
    uint32_t officers_most;    /* most officers that can ever be on the street */
    bool tiled;                /* the tiles schedule runs here; else sequential */
    uint32_t tiles_x, tiles_y; /* of the tiles schedule; 0: the lattice is too small */
    uint32_t hardship_low, hardship_span;           /* units of 1/65536 */
    const uint16_t *ladder;                         /* of the world; NULL: uniform */
    uint64_t fuel_share, jobless_share, able_share; /* of 2^32 */
    stp_disc citizen_disc, officer_disc;
} stp_district;

/* How hardship is spread between its ends, where it is not uniform: of the citizen whose draw has
 * the rank r, in units of 1/65536, the share of the way from the low end to the high one. */
enum { STP_LADDER = 1 << 16 };

typedef struct stp_world {
    uint64_t seed;
    uint64_t population_seed; /* of what citizens are born with */
    bool home;                /* presence: citizens below the threshold are at home */
    double scale;
    uint16_t *ladder; /* STP_LADDER shares, in units of 1/65536; NULL: uniform */
    stp_district *districts;
    size_t count;
    uint64_t citizens, officers; /* sums; officers: posts */
    bool tiles_asked;            /* the schedule that was asked for */
} stp_world;

enum {
    STP_MAX_IDENTITY = 1 << 26, /* agents of one district */
    STP_MAX_SIDE = 65000,       /* columns or rows of a lattice */
};

/* Lay out the districts of a scenario. scale: residents an agent, >= 1; schedule:
 * STEPPE_SEQUENTIAL or STEPPE_TILES; population_seed: of what citizens are born with. Errors: STEPPE_BAD_ARGUMENT (people do not fit),
 * STEPPE_NO_MEMORY. */
int stp_world_create(steppe_context *context, const steppe_scenario *scenario,
                     uint64_t seed, uint64_t population_seed, double scale,
                     steppe_schedule schedule, stp_world **world);
void stp_world_free(stp_world *world);

/* Number of agents for `people` at a scale: to the nearest, halves up. */
uint32_t stp_scaled(double people, double scale);

/* By how much `agents` citizens of a district, each for `scale` residents, are more people than live
 * there: a village keeps at least one agent, and halves are rounded up. 0 mostly. Wherever citizens are
 * turned into people, this is taken off. */
static inline double stp_people_over(const stp_district *district, uint64_t agents,
                                     double scale)
{
    double people = (double)agents * scale;
    return people > district->residents ? people - district->residents : 0;
}

/* The same of those killed in a step: what all that were killed so far are more than live there, less what
 * those were before. */
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

/* What a citizen is born with: risk aversion uniform (Epstein 2002), hardship likewise or of a
 * density that falls exponentially, group by the shares of its district. */
stp_traits stp_traits_of(const stp_world *world, const stp_district *district,
                         uint32_t citizen);

/* Group of a citizen, from words 1 to 3 of its traits. */
static inline uint32_t stp_group_of(const stp_district *district, uint32_t word1,
                                    uint32_t word2, uint32_t word3)
{
    return (word1 < district->fuel_share ? STP_FUEL : 0u) |
           (word2 < district->jobless_share ? STP_JOBLESS : 0u) |
           (word3 >= district->able_share ? STP_UNABLE : 0u);
}

/* Word 0 of a citizen's traits with the rank in its high half turned into the share of the way from
 * the lowest hardship to the highest. */
static inline uint32_t stp_climb(const uint16_t *ladder, uint32_t word)
{
    return ladder ? (uint32_t)ladder[word >> 16] << 16 | (word & 0xffff) : word;
}

/* Hardship at birth, in units of 1/65536, from that word; its low half is the risk aversion. */
static inline uint32_t stp_hardship_of(const stp_district *district, uint32_t word)
{
    return district->hardship_low +
           (uint32_t)((uint64_t)district->hardship_span * (word >> 16) >> 16);
}

/* Where to put an agent: candidate cell `attempt` (0 .. STP_ATTEMPTS - 1). The first that is
 * empty is taken; after the last, the next empty cell in row-major order from it, around. */
enum { STP_ATTEMPTS = 64 };
static inline uint32_t stp_candidate(uint64_t seed, const stp_district *district,
                                     uint32_t agent, uint32_t step, uint32_t attempt)
{
    stp_words words = stp_random(seed, STP_PURPOSE_PLACE, district->index, agent, step,
                                 attempt / 4);
    return stp_below(words.w[attempt % 4], district->cells);
}

#endif
