/* Runs of a scenario at the points of a calibration, on all cores, kept in a results file. */
#ifndef STP_BANK_H
#define STP_BANK_H

#include "record/calibration.h"
#include "scenario/range.h"
#include "study/calibration/statistic.h"

typedef struct stp_bank {
    steppe_context *context;
    const stp_statistics *statistics; /* and their scenario */
    const stp_range *ranges;          /* all that are drawn */
    size_t range_count;
    const stp_copula *copula;
    const size_t *
        calibrated; /* ranges whose scores the points are; the others follow their priors */
    size_t dimensions;
    uint64_t seed;
    double scale;
    int threads;                              /* 0: one per core */
    stp_calibration_store *store;             /* NULL: none */
    int (*progress)(double done, void *user); /* as steppe_calibrate_options; or NULL */
    void *user;
    size_t total;           /* runs that the calibration makes, for progress */
    size_t finished, made;  /* so far: all, and by this call */
    size_t failed, stopped; /* ... without a result; at ten times the crowd on record */
} stp_bank;

/* The parameters of run `point` of wave `number`: values[range_count] for the scores z[dimensions]; place: space for
 * as many numbers. */
void stp_bank_values(const stp_bank *bank, size_t number, size_t point, const double *z,
                     double *place, double *values);

/* Make the runs of wave `number`; an stp_simulator (user: the bank). What the file holds is not run again. A run whose
 * parameters contradict each other counts as stopped. Errors: STEPPE_STOPPED, STEPPE_NO_MEMORY, STEPPE_CANNOT_WRITE,
 * STEPPE_BAD_RESULTS. */
int stp_bank_run(void *user, size_t number, size_t n, const double *z,
                 stp_sample_run *runs);

#endif
