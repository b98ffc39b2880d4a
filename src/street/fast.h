/* The state of the fast engine, shared by its files: one 32-bit word a cell and three bit
 * planes a district. */
#ifndef STP_FAST_H
#define STP_FAST_H

#include "street/fast_base.h"

typedef struct stp_town {
    const stp_district *district;
    stp_grid grid;
    stp_stencil stencils[2]; /* of citizens and of officers */
    uint32_t *words;         /* one a cell, in strips: see stp_site_of */
    /* Planes, in one block; police: officers who obey. */
    uint16_t *occupied, *active, *police;
    uint16_t *violent; /* one more plane, of streets with force; else NULL */
    /* Of streets with force: how each officer fell or left (stp_standing), 0 if not; the sum of
     * their hashes; how many of the first on_street they are. */
    uint8_t *district_summaries;
    uint64_t gone_digest;
    uint32_t gone;
    stp_spot *spots;     /* of each agent, for the sequential schedule; else NULL */
    uint32_t *order;     /* for the sequential schedule; else NULL */
    uint32_t on_street;  /* officers, but for those of them who are gone */
    stp_captive *caught; /* by each officer in this step; release is 0 for nobody */
    stp_ward *wards;
    uint32_t ward_count;
    _Atomic uint64_t *due; /* a bit a citizen to be released; all clear between steps */
    stp_tally tally;       /* of the step under way */
    atomic_bool failed;    /* memory ran out */
    stp_tiling tiling;
} stp_town;

/* A thread's share of the jobs of a colour: neighbours on the lattice, which are mostly in the
 * thread's own cache. Who is done with its own share helps with the others'. */
typedef struct stp_share {
    _Alignas(64) atomic_size_t next; /* alone in its cache line */
    size_t end;
} stp_share;

struct stp_street {
    const stp_world *world;
    const stp_rules *rules;
    const stp_level *level;
    stp_town *towns;
    int threads, useful; /* useful: in the step under way */
    stp_worker *workers;
    stp_job *jobs; /* the turns of a step, by colour */
    size_t starts[5];
    stp_share *shares; /* [colour * threads + thread] */
    /* The wards of all towns: number i is ward i - first_wards[t] of town t. */
    uint32_t *ward_towns, *first_wards, ward_count;
    uint32_t step;
    const stp_conditions *conditions;
    const stp_stop *stop;
};

/* What is wrong with the state, for tests: NULL if every citizen and officer is in exactly one
 * place, and words, planes, margins and lists agree. */
const char *stp_fast_violation(const stp_street *street);

/* As stp_engine.look. */
void stp_fast_look(const stp_street *street, size_t district, steppe_visitor visitor,
                   void *user);

/* Where the word of a cell is: strip by strip, like the planes, so that a row of a strip is one
 * cache line and a tile lies in a few long pieces. The cell's bit in a plane is bit site % 16 of
 * word origin + site / 16. */
static inline size_t stp_site_of(const stp_town *town, uint32_t x, uint32_t y)
{
    return stp_plane_word(&town->grid, x, y) * 16 + x % 16;
}

#endif
