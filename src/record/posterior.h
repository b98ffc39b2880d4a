/* The posterior of a calibration as a file beside its scenario: CSV, a row per draw, a column per parameter. */
#ifndef STP_POSTERIOR_FILE_H
#define STP_POSTERIOR_FILE_H

#include "scenario/range.h"

typedef struct stp_draws {
    double *values; /* [draw * ranges + range] */
    size_t count;   /* of draws */
    bool
        of_other; /* after a failure: the file is sound, but of another version of the scenario or of the results */
} stp_draws;

/* Write draws values[draw * range_count + range] of a scenario. A file that is there is replaced when the new one is
 * whole. Errors: STEPPE_BAD_ARGUMENT, STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int stp_posterior_write(steppe_context *context, const char *path,
                        const steppe_scenario *scenario, const stp_range *ranges,
                        size_t range_count, size_t draws, const double *values);

/* Can such a file be written to `path`? Errors: as of stp_posterior_write. */
int stp_posterior_try(steppe_context *context, const char *path);

/* Read the draws of a scenario's ranges (as of stp_ranges_find; values that settings fixed have none). path: NULL:
 * "posterior.csv" in the scenario's folder. Errors: STEPPE_CANNOT_READ; STEPPE_BAD_RESULTS for another scenario's or
 * version's, and for what is damaged, with the line. */
int stp_posterior_read(steppe_context *context, const steppe_scenario *scenario,
                       const stp_range *ranges, size_t range_count, const char *path,
                       stp_draws *draws);
void stp_draws_clear(stp_draws *draws);

/* The path of the posterior beside a scenario's file, which the caller frees; NULL: out of memory. */
char *stp_posterior_beside(const char *scenario_file);
bool stp_posterior_is_there(const char *path);

#endif
