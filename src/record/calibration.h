/* The results file of a calibration: every run with its parameters and statistics, one transaction each, so that a
 * calibration can be resumed after any interruption; and the posterior. */
#ifndef STP_CALIBRATION_STORE_H
#define STP_CALIBRATION_STORE_H

#include "record/store_file.h"
#include "scenario/range.h"

/* What identifies a calibration. */
typedef struct stp_calibration_head {
    const steppe_scenario *scenario;
    const char *design; /* all that its runs and posterior follow from, a line each */
    const stp_range *ranges;
    size_t range_count;
    const char *const *statistics; /* names */
    size_t statistic_count;
} stp_calibration_head;

/* A run of a wave (from 1). */
typedef struct stp_calibration_row {
    size_t wave, point; /* point: from 0 */
    uint64_t seed, digest;
    const char *failure; /* why it failed, and there is nothing else; NULL: it did not */
    bool stopped, took_off;
    const double *values;   /* of the parameters, one per range */
    const double *measured; /* statistics, NAN where not defined */
} stp_calibration_row;

/* A run as it is read back: seed, flags, and the statistics. */
typedef struct stp_calibration_kept {
    bool there, failed, stopped, took_off;
    uint64_t seed, digest;
} stp_calibration_kept;

typedef struct stp_calibration_store stp_calibration_store;

/* Open the file of a calibration, or create it. Errors: as those of stp_store_file_open; STEPPE_BAD_RESULTS also for
 * another calibration's file, with the first line of the design that differs. */
int stp_calibration_open(steppe_context *context, const char *path,
                         const stp_calibration_head *head, stp_calibration_store **store);
/* Store a run, unless the file has it. Errors: STEPPE_CANNOT_WRITE. */
int stp_calibration_add(stp_calibration_store *store, const stp_calibration_row *row);
/* Read the runs of a wave: kept[count], measured[point * statistics + statistic]. Errors: STEPPE_BAD_RESULTS. */
int stp_calibration_read(stp_calibration_store *store, size_t wave, size_t count,
                         stp_calibration_kept *kept, double *measured);
/* Store the ranks of a synthetic truth among its posterior's draws, NAN for one that was left out.
 * Errors: STEPPE_CANNOT_WRITE. */
int stp_calibration_add_truth(stp_calibration_store *store, size_t truth, size_t count,
                              const double *ranks);
/* Read them: ranks[truth * count + quantity]; there[truths]. Errors: STEPPE_BAD_RESULTS. */
int stp_calibration_read_truths(stp_calibration_store *store, size_t truths, size_t count,
                                bool *there, double *ranks);
/* Replace the posterior: values[draw * ranges + range] (draws 0: leave it), and mark the file complete.
 * Errors: STEPPE_CANNOT_WRITE. */
int stp_calibration_finish(stp_calibration_store *store, size_t draws,
                           const double *values);
/* Mark a running calibration incomplete. */
int stp_calibration_leave(stp_calibration_store *store);
void stp_calibration_close(stp_calibration_store *store);

#endif
