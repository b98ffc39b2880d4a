/* The state of the fast engine with presence `home`, shared by its files. Few are on the street, so there is
 * no word for each cell: there is a record for each of those who are, and the bit planes alone say where
 * anybody is. Whom an officer arrests, or a violent citizen hits, is looked for among those of the tiles
 * around; that is rare. */
#ifndef STP_HOME_H
#define STP_HOME_H

#include "street/crowd.h"
#include "street/fast_base.h"

#include <stdlib.h>

typedef struct stp_home_town {
    const stp_district *district;
    stp_grid grid;
    stp_stencil stencils[2]; /* of citizens and of officers */
    /* Planes, in the street's block; police: officers who obey; violent: of streets with force, else NULL. */
    uint16_t *occupied, *active, *police, *violent;
    /* Those on the street, tile by tile and row by row as the step began, or by identity where the
     * schedule is sequential: who (as a cell's word in fast_base.h, but for parity), where, and how
     * (stp_standing; STP_OFF_DUTY for who is not on the street any more). */
    uint32_t *who;
    stp_spot *at;
    _Atomic uint8_t *standing;
    uint32_t count, capacity;
    uint32_t sorted; /* so many of a sequential district's are in order */
    /* Of tiles: where the records of each begin; columns and rows of tiles by column and row from the
     * tiling's offset. */
    uint32_t *starts;
    uint16_t *tile_columns, *tile_rows;
    stp_tiling tiling;
    uint32_t on_street,
        gone; /* officers as the conditions say; of those, who fell or left */
    uint8_t
        *district_summaries; /* of streets with force: how each officer did, 0 if not */
    uint64_t gone_digest;
    /* Of streets with force: what each officer drew for the epoch in which the last step was. */
    uint32_t *duties, epoch;
    stp_captive *caught; /* by each officer in this step; release is 0 for nobody */
    stp_ward ward;
    uint64_t *away;     /* a bit a citizen: in detention, or dead */
    uint32_t *released; /* at the end of the last step */
    size_t released_count, released_capacity;
    stp_crowd crowd;
    /* Made when first asked for, see home_calm.c: how many able citizens have each hardship, by group, and the
     * sum of their risk aversions; NULL before. */
    uint32_t *levels;
    uint64_t aversion;
    stp_tally tally;
    atomic_bool failed; /* memory ran out */
} stp_home_town;

/* The turns of some tiles of one colour, those of the numbers first .. end - 1 that have it, or of a
 * whole sequential district. */
typedef struct stp_home_job {
    uint32_t town, first, end;
    uint8_t colour;
    uint32_t activations, arrests, killed, wounded, officers_killed, officers_wounded,
        officers_left;
    uint64_t gone_digest;
} stp_home_job;

/* A record on its way to its place. */
typedef struct stp_home_record {
    uint32_t key, who;
    stp_spot at;
    uint8_t standing;
} stp_home_record;

typedef struct stp_home_worker {
    stp_worker turns;
    uint32_t records[STP_CHUNK]; /* of the chunk under way */
    uint32_t *list;              /* records of tiles that are being dealt */
    size_t list_room;
    stp_home_record *sorting;
    size_t sorting_room;
    uint32_t *counters;
    size_t counter_room;
    uint32_t *places; /* of records, counted from the tiling's offset */
    size_t place_room;
} stp_home_worker;

typedef struct stp_home_level {
    void (*turns)(const stp_street *street, stp_home_job *job, stp_home_worker *worker);
} stp_home_level;

extern const stp_home_level stp_home_plain, stp_home_v3, stp_home_v4;

struct stp_street {
    const stp_world *world;
    const stp_rules *rules;
    const stp_level *level;
    const stp_home_level *turns;
    stp_home_town *towns;
    uint16_t *planes; /* of all districts */
    stp_home_worker *workers;
    int threads;
    stp_home_job *jobs;
    size_t starts[5], job_room; /* of the jobs of each colour */
    uint32_t step;
    const stp_conditions *conditions;
    const stp_stop *stop;
};

/* Memory for at least `wanted` items of `size` bytes: the piece that there is or, where it is too small, a new one;
 * what was in the old one is lost. room: items that it holds; 0, and NULL returned, if memory ran out. */
static inline void *stp_home_renew(void *piece, size_t *room, size_t wanted, size_t size)
{
    if (wanted <= *room)
        return piece;
    free(piece);
    *room = wanted + wanted / 4 + 64;
    piece = malloc(*room * size);
    *room = piece ? *room : 0;
    return piece;
}

static inline bool stp_home_is_there(const stp_home_town *t, uint32_t record)
{
    return atomic_load_explicit(&t->standing[record], memory_order_relaxed) !=
           STP_OFF_DUTY;
}

static inline void stp_home_set(stp_home_town *t, uint32_t record, stp_standing standing)
{
    atomic_store_explicit(&t->standing[record], (uint8_t)standing, memory_order_relaxed);
}

/* The record of who stands on a spot that is occupied. */
uint32_t stp_home_find(const stp_home_town *town, stp_spot spot);

/* Post or withdraw officers, let those come whom the conditions draw, and bring the records into the
 * order of the step. False if out of memory or the work was stopped. */
bool stp_home_begin(const stp_street *street, stp_home_town *town,
                    stp_home_worker *worker);
/* Arrests become detention, terms end, who left is dropped, and what is left is counted. False if memory
 * ran out. */
bool stp_home_end(const stp_street *street, stp_home_town *town);
/* Count those on the street and add what is hashed of them. */
void stp_home_count(const stp_home_town *town, stp_tally *tally);

/* As stp_engine.calm, violation and look. */
int stp_home_calm(stp_street *street, size_t district, const stp_conditions *now,
                  stp_calm *calm);
const char *stp_home_violation(const stp_street *street);
void stp_home_look(const stp_street *street, size_t district, steppe_visitor visitor,
                   void *user);

#endif
