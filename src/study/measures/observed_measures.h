/* The measures of observations (`observed`), computed from the counts of a results file. */
#ifndef STP_OBSERVED_MEASURES_H
#define STP_OBSERVED_MEASURES_H

#include "record/results.h"
#include "scenario/scenario.h"

/* A results file, and the scenario whose districts and thresholds apply. */
typedef struct stp_view {
    const steppe_scenario *scenario;
    const stp_series *series;
    const size_t *column; /* the file's district of each of the scenario's */
} stp_view;

enum { STP_REASON_TEXT = 96 };

/* A value, or why there is none. */
typedef struct stp_observed_value {
    double value; /* NAN without one */
    bool there;   /* the file has the columns and steps, even if there is no value */
    char reason[STP_REASON_TEXT]; /* why there is no value, or "" */
} stp_observed_value;

/* Measure the districts of `where` (one flag per district of the scenario) from `begins` to `ends`,
 * hours since the start; of measures of a moment, at `begins`. In residents and hours. */
stp_observed_value stp_observed_measure(const stp_view *view, stp_observable observable,
                                        const bool *where, double begins, double ends);

/* The sum of a column over the districts of `where`, in residents, at the end of the last step by
 * then; NAN if the file has no such column or step. */
double stp_observed_sum_at(const stp_view *view, stp_series_column column,
                           const bool *where, double hour);

#endif
