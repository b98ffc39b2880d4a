/* The state of the fast engine with presence `home`, shared by its files. Few people are
 * on the street, so there is a record per person in place of a word per cell, and the bit
 * planes alone say which cells are occupied. The record of an arrested citizen or a hit
 * officer, a rare need, is searched for in the tiles around the cell. */
#ifndef STP_HOME_H
#define STP_HOME_H

#include "street/crowd.h"
#include "street/fast_base.h"

#include <stdlib.h>

typedef struct stp_district_home {
    const stp_district *district;
    stp_grid grid;
    stp_stencil stencils[2]; /* of citizens and of officers */
    /* Planes, in the street's block; police: officers who obey; violent: with force, else
     * NULL. */
    uint16_t *occupied, *active, *police, *violent;
    /* Records of those on the street, tile by tile and row by row as the step began, or
     * by identity in the sequential schedule: who (as a cell's word in fast_base.h,
     * without parity), where, and how (stp_standing; STP_OFF_DUTY of those who have left
     * the street). */
    uint32_t *who;
    stp_coord *at;
    _Atomic uint8_t *standing;
    uint32_t count, capacity;
    uint32_t sorted; /* records in order, of a sequential district */
    /* Where the records of each tile begin; tile columns and rows by column and row from
     * the tiling's offset. */
    uint32_t *starts;
    uint16_t *tile_columns, *tile_rows;
    stp_tiling tiling;
    uint32_t on_street; /* officers posted ... */
    uint32_t gone;      /* ... of whom these fell or left */
    uint8_t *losses;    /* with force: how each did (stp_standing), 0 if not */
    uint64_t gone_digest;
    uint32_t *duties, epoch; /* with force: what each officer drew for this epoch */
    stp_captive *caught;     /* by each officer in this step; release 0: nobody */
    stp_ward ward;
    uint64_t *away;     /* one bit per citizen: in detention, or dead */
    uint32_t *released; /* at the end of the last step */
    size_t released_count, released_capacity;
    stp_crowd crowd;
    /* See home_calm.c: able citizens by group and hardship (NULL until needed), and the
     * sum of their risk aversions. */
    uint32_t *levels;
    uint64_t aversion;
    stp_tally tally;
    atomic_bool failed; /* out of memory */
} stp_district_home;

/* The turns of those of the tiles first .. end - 1 that have a colour, or of a sequential
 * district. */
typedef struct stp_home_job {
    uint32_t district, first, end;
    uint8_t colour;
    stp_sums sums; /* activations, those of force and gone_digest */
} stp_home_job;

/* A record that is being sorted. */
typedef struct stp_home_record {
    uint32_t key, who;
    stp_coord at;
    uint8_t standing;
} stp_home_record;

typedef struct stp_home_worker {
    stp_worker turns;
    uint32_t records[STP_CHUNK]; /* of the chunk under way */
    uint32_t *list;              /* records of the tiles that are being dealt */
    size_t list_capacity;
    stp_home_record *sorting;
    size_t sorting_capacity;
    uint32_t *counters;
    size_t counter_capacity;
    uint32_t *offsets; /* of records, from the tiling's */
    size_t offset_capacity;
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
    stp_district_home *districts;
    uint16_t *planes; /* of all districts */
    stp_home_worker *workers;
    int threads;
    stp_home_job *jobs;
    size_t starts[5], job_capacity; /* of the jobs of each colour */
    uint32_t step;
    const stp_conditions *conditions;
    const stp_stop *stop;
};

/* A buffer for at least `wanted` items of `size` bytes: `buffer`, or a new one without
 * its contents if its *capacity is too small. Out of memory: NULL, and a capacity of
 * 0. */
static inline void *stp_home_renew(void *buffer, size_t *capacity, size_t wanted,
                                   size_t size)
{
    if (wanted <= *capacity)
        return buffer;
    free(buffer);
    *capacity = wanted + wanted / 4 + 64;
    buffer = malloc(*capacity * size);
    *capacity = buffer ? *capacity : 0;
    return buffer;
}

static inline bool stp_home_is_there(const stp_district_home *t, uint32_t record)
{
    return atomic_load_explicit(&t->standing[record], memory_order_relaxed) !=
           STP_OFF_DUTY;
}

static inline void stp_home_set(stp_district_home *t, uint32_t record,
                                stp_standing standing)
{
    atomic_store_explicit(&t->standing[record], (uint8_t)standing, memory_order_relaxed);
}

/* The record of the agent in an occupied cell. */
uint32_t stp_home_find(const stp_district_home *district, stp_coord coord);

/* Post or withdraw officers, bring the citizens whom the conditions draw, and sort the
 * records for the step. False if out of memory or stopped. */
bool stp_home_begin(const stp_street *street, stp_district_home *district,
                    stp_home_worker *worker);
/* Detain the arrested, release, drop the records of those who left, and count. False if
 * out of memory. */
bool stp_home_end(const stp_street *street, stp_district_home *district);
/* Count those on the street and add their hashes. */
void stp_home_count(const stp_district_home *district, stp_tally *tally);

/* As stp_engine.calm, violation and visit. */
int stp_home_calm(stp_street *street, size_t district, const stp_conditions *now,
                  stp_calm *calm);
const char *stp_home_violation(const stp_street *street, size_t district);
void stp_home_visit(const stp_street *street, size_t district, steppe_visitor visitor,
                    void *user);

#endif
