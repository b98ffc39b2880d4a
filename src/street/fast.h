/* The state of the fast engine with everybody on the street, shared by its files: one
 * 32-bit word per cell, and three or four bit planes per district. */
#ifndef STP_FAST_H
#define STP_FAST_H

#include "street/fast_base.h"

typedef struct stp_district_fast {
    const stp_district *district;
    stp_grid grid;
    stp_stencil stencils[2]; /* of citizens and of officers */
    uint32_t *words;         /* one per cell, in strips: see stp_site_of */
    /* Planes, in one block; police: officers who obey; violent: with force, else NULL. */
    uint16_t *occupied, *active, *police, *violent;
    /* With force: how each officer fell or left (stp_standing), 0 if not; the sum of
     * their hashes; how many of the first on_street they are. */
    uint8_t *losses;
    uint64_t gone_digest;
    uint32_t gone;
    uint32_t on_street;  /* officers posted; some of them may be gone */
    stp_coord *coords;   /* of each agent, for the sequential schedule; else NULL */
    uint32_t *order;     /* for the sequential schedule; else NULL */
    stp_captive *caught; /* by each officer in this step; release 0: nobody */
    stp_ward *wards;
    uint32_t ward_count;
    _Atomic uint64_t *due; /* one bit per citizen to be released; all 0 between steps */
    stp_tally tally;       /* of the step under way */
    atomic_bool failed;    /* out of memory */
    stp_tiling tiling;
} stp_district_fast;

/* A thread's share of the jobs of a colour: neighbours on the lattice, mostly in the
 * thread's own cache. A thread that has finished its share helps with the others'. */
typedef struct stp_share {
    _Alignas(64) atomic_size_t next; /* alone in its cache line */
    size_t end;
} stp_share;

struct stp_street {
    const stp_world *world;
    const stp_rules *rules;
    const stp_level *level;
    stp_district_fast *districts;
    int threads, useful; /* useful: threads that have work in this step */
    stp_worker *workers;
    stp_job *jobs; /* the turns of a step, by colour */
    size_t starts[5];
    stp_share *shares; /* [colour * threads + thread] */
    /* Of all districts: ward i is ward i - first_wards[k] of district k =
     * ward_districts[i]. */
    uint32_t *ward_districts, *first_wards, ward_count;
    uint32_t step;
    const stp_conditions *conditions;
    const stp_stop *stop;
};

/* As stp_engine.violation and visit. */
const char *stp_fast_violation(const stp_street *street, size_t district);
void stp_fast_visit(const stp_street *street, size_t district, steppe_visitor visitor,
                    void *user);

/* Index of a cell's word: strip by strip, like the planes, so that a row of a strip is
 * one cache line and a tile a few long pieces. The cell's bit in a plane is bit site % 16
 * of word origin + site / 16. */
static inline size_t stp_site_of(const stp_district_fast *district, uint32_t x,
                                 uint32_t y)
{
    return stp_plane_word(&district->grid, x, y) * 16 + x % 16;
}

#endif
