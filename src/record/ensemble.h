/* The results file of an ensemble. A replicate is stored in one transaction, so that an ensemble can be
 * resumed after any interruption. */
#ifndef STP_ENSEMBLE_STORE_H
#define STP_ENSEMBLE_STORE_H

#include "scenario/range.h"
#include "scenario/region.h"

#include <sqlite3.h>

/* Ensembles with the same plan have the same replicates. */
typedef struct stp_plan {
    const steppe_scenario *scenario;
    const stp_range *ranges; /* sampled */
    size_t range_count;
    const char *sampling; /* "none", "latin", "sobol", or the name of a design */
    bool designed;        /* the points are a design's ... */
    uint64_t design;      /* ... with this digest */
    double width;         /* share of each range that is sampled, around the default */
    uint64_t seed, steps;
    bool population_held; /* all replicates share the population of population_seed */
    uint64_t population_seed;
    double scale;
    size_t count;  /* replicates */
    bool at_least; /* a file with more replicates will do */
    const char
        *settings; /* of the arm, one per line, applied after the draws; "" for none */
    uint64_t from, to; /* window of the outcomes, in steps; to 0: the end */
    uint64_t watch;    /* step of the checkpoint digest; 0: none */
} stp_plan;

typedef struct stp_named_value {
    const char *name; /* of an outcome */
    double value;
} stp_named_value;

typedef struct stp_replicate {
    size_t index;                                  /* from 0 */
    uint64_t seed, digest;                         /* digest: of the last step */
    uint64_t trajectory_digest, checkpoint_digest; /* of all steps; of step plan.watch */
    const char *failure; /* why it failed, and there is nothing else; NULL: it did not */
    const double *draws; /* one per range */
    const stp_named_value *outcomes;
    size_t outcome_count;
    const double *days; /* [day * STP_ENSEMBLE_DAY_COLUMNS + column] */
    size_t day_count;
    const stp_region_week *weeks; /* [week * regions + region] */
    size_t week_count;
} stp_replicate;

/* Columns of the table `day`, behind replicate and day. */
enum { STP_ENSEMBLE_DAY_COLUMNS = 7 };

typedef struct stp_store stp_store;

/* Open the file of a plan, or create it. done: one flag per replicate, set if the file holds it; the caller
 * frees it. Errors: STEPPE_BAD_RESULTS (another plan's file, or none of ours),
 * STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int stp_store_open(steppe_context *context, const char *path, const stp_plan *plan,
                   stp_store **store, bool **done);
/* Does the file of a plan hold all its replicates? Nothing is written. Errors: STEPPE_CANNOT_READ,
 * STEPPE_BAD_RESULTS (another plan's file, or none of ours), STEPPE_NO_MEMORY. */
int stp_store_has_all(steppe_context *context, const char *path, const stp_plan *plan,
                      bool *kept);
/* Store a replicate, unless the file has it. Errors: STEPPE_CANNOT_WRITE. */
int stp_store_add(stp_store *store, const stp_replicate *replicate);
/* Count the plan's replicates that failed; words: the first and why, truncated to `size`.
 * Errors: STEPPE_BAD_RESULTS. */
int stp_store_failures(stp_store *store, size_t *count, char *words, size_t size);
/* Mark the file complete if it has all replicates. Errors: STEPPE_CANNOT_WRITE, also if the file was moved. */
int stp_store_finish(stp_store *store);
/* Mark a running ensemble incomplete. */
int stp_store_leave(stp_store *store);
void stp_store_close(stp_store *store);

/* Read numbers by replicate, NAN where one has none: an outcome, values[count]; the draws,
 * values[range * count + replicate]. path: for messages. Errors: STEPPE_BAD_RESULTS. */
int stp_ensemble_outcome(steppe_context *context, const char *path, sqlite3 *db,
                         const char *name, double *values, size_t count);
int stp_ensemble_draws(steppe_context *context, const char *path, sqlite3 *db,
                       size_t ranges, double *values, size_t count);

/* Read the weeks of replicates 0 .. most - 1. values: [(replicate * weeks + week) * regions + region];
 * there[most]: does the replicate have all weeks? The others have zeros.
 * Errors: STEPPE_BAD_RESULTS, also for other regions or weeks than the scenario's. */
int stp_ensemble_weeks(steppe_context *context, const char *path, sqlite3 *db,
                       const steppe_scenario *scenario, size_t weeks,
                       stp_region_week *values, bool *there, size_t most);
/* One more than the last replicate of the file. Errors: STEPPE_BAD_RESULTS. */
int stp_ensemble_size(steppe_context *context, const char *path, sqlite3 *db,
                      size_t *count);

#endif
