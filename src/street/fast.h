/* The state of the fast engine, shared by its files: one 64-bit word a cell and three bit
 * planes a district. */
#ifndef STP_FAST_H
#define STP_FAST_H

#include "street/plane.h"
#include "street/schedule.h"
#include "street/street.h"

/* A cell's word: who stands there. 0..25 identity, 26..28 group, 29 officer, 30 the parity of
 * the last step in which it had its turn, 32..47 hardship, 48..63 risk aversion. */
enum { GROUP_SHIFT = 26, OFFICER_SHIFT = 29, PARITY_SHIFT = 30, HARDSHIP_SHIFT = 32 };
enum { AVERSION_SHIFT = 48 };
static const uint64_t IDENTITY = STP_IDENTITY_MOST - 1;
static const uint64_t OFFICER = (uint64_t)1 << OFFICER_SHIFT;
static const uint64_t PARITY = (uint64_t)1 << PARITY_SHIFT;

typedef struct captive {
    uint64_t word;
    uint32_t release; /* step at whose end the term is over */
    uint32_t district;
} captive;

typedef struct town {
    const stp_district *district;
    stp_grid grid;
    stp_stencil citizen_stencil, officer_stencil;
    uint64_t *words;                      /* one a cell, row-major */
    uint16_t *occupied, *active, *police; /* planes; police: officers who obey */
    uint32_t *where; /* cell of each agent, for the sequential schedule; else NULL */
    uint32_t *order; /* for the sequential schedule; else NULL */
    uint32_t on_street;
    captive *captives;
    size_t captive_count, captive_capacity;
    uint64_t releases; /* of the last step */
    stp_tiling tiling;
} town;

/* Something that one thread does from beginning to end: the turns of a tile or of a whole
 * sequential district; or the tally of some rows. */
typedef struct job {
    uint32_t town, part; /* tile, or first row */
    uint64_t activations, arrests, active, digest;
} job;

typedef struct worker {
    uint32_t *list; /* cells of a tile in the order of their turns */
    captive *captives;
    size_t captive_count;
} worker;

struct stp_street {
    const stp_world *world;
    const stp_rules *rules;
    town *towns;
    int threads;
    worker *workers;
    job *jobs; /* room for the turns of every tile, by colour */
    size_t starts[5];
    job *rows; /* the tally, by bands of rows */
    size_t row_count;
    uint32_t step;
    const stp_conditions *conditions;
};

/* The turns of a job: of a tile, or of a whole sequential district. */
void stp_fast_turns(const stp_street *street, job *job, worker *worker);

/* What is wrong with the state, for tests: NULL if every citizen and officer is in exactly one
 * place, and words, planes, margins and lists agree. */
const char *stp_fast_violation(const stp_street *street);

/* ---- the state of a cell ---- */

static inline uint64_t parity_of(uint32_t step)
{
    return (uint64_t)(step & 1) << PARITY_SHIFT;
}

static inline void occupy(town *t, uint32_t cell, uint64_t word)
{
    uint32_t x = cell % t->grid.width, y = cell / t->grid.width;
    t->words[cell] = word;
    stp_plane_set(t->occupied, &t->grid, x, y, true);
    if (word & OFFICER)
        stp_plane_set(t->police, &t->grid, x, y, true);
    if (t->where)
        t->where[word & IDENTITY] = cell;
}

static inline void vacate(town *t, uint32_t cell)
{
    uint32_t x = cell % t->grid.width, y = cell / t->grid.width;
    stp_plane_set(t->occupied, &t->grid, x, y, false);
    if (t->words[cell] & OFFICER)
        stp_plane_set(t->police, &t->grid, x, y, false);
    else if (stp_plane_get(t->active, &t->grid, x, y))
        stp_plane_set(t->active, &t->grid, x, y, false);
}

static inline bool is_empty(const town *t, uint32_t cell)
{
    return !stp_plane_get(t->occupied, &t->grid, cell % t->grid.width,
                          cell / t->grid.width);
}

#endif
