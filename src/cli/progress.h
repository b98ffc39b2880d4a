/* The progress of a run on standard error: on a terminal one line that is rewritten, else a plain line
 * now and then. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "cli.h"

typedef struct progress {
    bool terminal, shown, quiet;
    double started, printed; /* monotonic seconds */
    unsigned tenths;         /* of the run, printed so far in plain lines */
    double residents;        /* of the run; 0: not counted yet */
} progress;

double progress_now(void);
/* Residents of all districts of a run. */
double progress_residents(const steppe_run *run);
/* "34.4", "4,321": millions, into buffer (STEPPE_NUMBER_TEXT bytes). */
const char *progress_millions(double value, char *buffer);
void progress_begin(progress *progress, bool quiet);
/* A steppe_observer; user: the progress. */
int progress_observe(const steppe_run *run, void *user);
/* The share done of something that takes long; user: the progress. Returns whether it was interrupted. */
int progress_share(double done, void *user);
/* Wipe the line from a terminal. */
void progress_end(progress *progress);
/* Make the runs of an ensemble that its file, `path`, lacks, with progress; *seconds: how long that took.
 * Returns the exit status; what is no success has been reported. */
int progress_ensemble(const cli_options *options, steppe_context *context,
                      const steppe_scenario *scenario, const char *path,
                      steppe_ensemble_summary *summary, double *seconds);

#endif
