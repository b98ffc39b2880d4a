/* The results file of an ensemble: one row a replicate, put there whole or not at all, so that a file that
 * was left at any moment can be gone on with. */
#ifndef STP_ENSEMBLE_STORE_H
#define STP_ENSEMBLE_STORE_H

#include "scenario/range.h"
#include "scenario/region.h"

#include <sqlite3.h>

/* What an ensemble is: two with the same plan have the same replicates. */
typedef struct stp_plan {
    const steppe_scenario *scenario;
    const stp_range *ranges; /* that are drawn from */
    size_t range_count;
    const char *sampling; /* "none", "latin", "sobol" */
    double width;         /* part of each range, around the value that is used */
    uint64_t seed, steps;
    bool population_held; /* one population in all, drawn from population_seed */
    uint64_t population_seed;
    double scale;
    size_t count;         /* replicates ... */
    bool at_least;        /* ... or more, if the file has them */
    const char *settings; /* of the arm, on top of the draws, a line each; "" for none */
    uint64_t from, to;    /* window of the outcomes, in steps; to 0: the end */
    uint64_t watch;       /* step whose digest is kept as well; 0: none */
} stp_plan;

/* A number of a replicate, or of one of its days. */
typedef struct stp_kept {
    const char *name;
    double value;
} stp_kept;

typedef struct stp_replicate {
    size_t index; /* from 0 */
    uint64_t seed, digest, watched;
    uint64_t path;       /* of the digests of all steps */
    const char *failure; /* why there is nothing else; NULL if it went well */
    const double *draws; /* one a range */
    const stp_kept *outcomes;
    size_t outcome_count;
    const double *days; /* day by day, one a column */
    size_t day_count;
    const stp_region_week *weeks; /* [week * regions + region] */
    size_t week_count;
} stp_replicate;

/* Columns of the table of days, behind replicate and day; stp_replicate.days has as many numbers a day. */
enum { STP_ENSEMBLE_DAY_COLUMNS = 7 };

typedef struct stp_store stp_store;

/* Open the file of a plan, or create it. done: one flag a replicate, set for those that it holds; the
 * caller's to free. Errors: STEPPE_BAD_RESULTS (another plan's file, or none of ours),
 * STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int stp_store_open(steppe_context *context, const char *path, const stp_plan *plan,
                   stp_store **store, bool **done);
/* Does the file of a plan hold all its replicates? Nothing is written. Errors: STEPPE_CANNOT_READ,
 * STEPPE_BAD_RESULTS (another plan's file, or none of ours), STEPPE_NO_MEMORY. */
int stp_store_kept(steppe_context *context, const char *path, const stp_plan *plan,
                   bool *kept);
/* Put a replicate there. What is there already stays. Errors: STEPPE_CANNOT_WRITE. */
int stp_store_add(stp_store *store, const stp_replicate *replicate);
/* How many of its replicates failed, of the plan's, whoever ran them; words: the first of them and why, cut
 * off at `size`. Errors: STEPPE_BAD_RESULTS. */
int stp_store_failures(stp_store *store, size_t *count, char *words, size_t size);
/* Mark it complete, if all replicates are there. Errors: STEPPE_CANNOT_WRITE, also if the file is no longer
 * where it was. */
int stp_store_finish(stp_store *store);
/* Mark it incomplete: this call ends before all replicates are there. */
int stp_store_leave(stp_store *store);
/* One file again, unless somebody else has it open. */
void stp_store_close(stp_store *store);

/* Numbers of an ensemble whose file is open, by replicate; NAN where one has none. Of an outcome:
 * values[count]; of what was drawn from the ranges: values[ranges * count], range by range. path: of
 * the file, for messages. Errors: STEPPE_BAD_RESULTS. */
int stp_ensemble_outcome(steppe_context *context, const char *path, sqlite3 *db,
                         const char *name, double *values, size_t count);
int stp_ensemble_draws(steppe_context *context, const char *path, sqlite3 *db,
                       size_t ranges, double *values, size_t count);

/* The weeks of the replicates that have all of them: `weeks` weeks of `regions` regions each, for
 * replicates 0 .. most - 1. values: [replicate * weeks * regions + week * regions + region];
 * there[most]: whether a replicate has them; those without have zeros. Errors: STEPPE_BAD_RESULTS, also
 * for a file of before there was the table `unrest`, and for other regions or weeks. */
int stp_ensemble_weeks(steppe_context *context, const char *path, sqlite3 *db,
                       const steppe_scenario *scenario, size_t weeks,
                       stp_region_week *values, bool *there, size_t most);
/* Does the file have the table of weeks? Errors: STEPPE_BAD_RESULTS. */
int stp_ensemble_has_weeks(steppe_context *context, const char *path, sqlite3 *db,
                           bool *has);
/* Replicates that the file holds, from 0: one more than the last. Errors: STEPPE_BAD_RESULTS. */
int stp_ensemble_size(steppe_context *context, const char *path, sqlite3 *db,
                      size_t *count);

#endif
