/* The calibration of a scenario, as steppe.h gives it. */
#ifndef STP_CALIBRATION_H
#define STP_CALIBRATION_H

#include "study/calibration/bank.h"
#include "study/calibration/calibrate.h"

struct steppe_calibration {
    steppe_context *context;
    const steppe_scenario *scenario;
    steppe_calibrate_options options; /* with all defaults filled in */
    stp_statistics statistics;
    stp_range *ranges;
    size_t range_count;
    stp_copula *copula;
    size_t *calibrated; /* indices of ranges */
    size_t dimensions;
    double *wanted; /* the record, one per statistic */
    stp_posterior posterior;
    double *
        values; /* of all ranges at the posterior's draws, [draw * range_count + range] */
    stp_wave prior, predicted; /* runs of the prior, and at draws of the posterior */
    steppe_calibration_facts facts;
};

/* The scenario's ranges, which of them are calibrated, and the record. Errors: STEPPE_BAD_SCENARIO, STEPPE_BAD_ARGUMENT,
 * STEPPE_NO_MEMORY. */
int stp_calibration_set_up(steppe_calibration *calibration);

/* The options of its waves. */
stp_calibrate_options stp_calibration_waves(const steppe_calibration *calibration);

#endif
