/* How far an observation may be from a run that is right: the error model of a calibration. */
#ifndef STP_OBSERVATION_ERROR_H
#define STP_OBSERVATION_ERROR_H

#include "scenario/scenario.h"

/* What a record bounds. */
typedef enum stp_censoring {
    STP_CENSORED_NOT,
    STP_CENSORED_BELOW, /* the truth lies below the record */
    STP_CENSORED_ABOVE, /* the truth lies above it */
} stp_censoring;

/* Standard deviations on the scale of the measure's distance: of the natural logarithm for STP_BY_RATIO, else in the
 * measure's unit (shares, units, hours). The errors are independent, but for the bias, which all observations
 * of one bias share: the covariance of two of them is bias_sd^2. */
typedef struct stp_observation_error {
    double record;      /* of the record itself, > 0 */
    double units;       /* of wrongly listed units */
    double bias_sd;     /* of the shared bias */
    double discrepancy; /* of the model */
    double total;       /* root of the sum of squares, > 0 */
    int bias;           /* index in scenario->biases, or -1 */
    stp_censoring censored;
    bool
        train; /* a calibration learns from it; false: held out, or not measured at all */
} stp_observation_error;

/* The error model of observation `index` of a checked scenario. The record's own error is, in this order:
 *  1. `error`, if stated;
 *  2. from the range [low, high], taken as a central 90 % interval: (high - low) / 3.29, of the logarithms by
 *     ratio (a low end of 0 is then out of use: 2 ln(high / value) / 3.29);
 *  3. by confidence, high, medium or low: by ratio 0.1, 0.25, 0.5; shares 0.05, 0.1, 0.2; numbers of units 0.5, 1,
 *     2; hours 3, 6, 12.
 * Of N units each listed wrongly with probability m, the number listed has the standard deviation sqrt(N m (1 - m)), and
 * their share that divided by N. */
stp_observation_error stp_observation_error_of(const steppe_scenario *scenario,
                                               size_t index);

#endif
