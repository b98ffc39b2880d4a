/* The statistics of a calibration: what the record says (section `observed`), with its errors, and what a run says of
 * the same. */
#ifndef STP_STATISTIC_H
#define STP_STATISTIC_H

#include "scenario/observation_error.h"
#include "scenario/scenario.h"
#include "study/measures/observed_measures.h"

enum { STP_MAX_TRAINING = 64 };

typedef struct stp_statistic {
    const stp_observation *observation;
    bool logarithm;     /* compared as a natural logarithm */
    bool binary;        /* 0 or 1 */
    bool trains;        /* else held out */
    double wanted;      /* what the record says, on the statistic's scale */
    double error;       /* standard deviation of the record's own errors, on that scale */
    double discrepancy; /* ... of the model's own error */
    stp_censoring censored;
    double bias; /* ... of a bias that all records with the same `shared` have; 0: none */
    int shared;  /* number of that bias; -1: none */
    double floor; /* least value before the logarithm is taken */
} stp_statistic;

typedef struct stp_statistics {
    const steppe_scenario *scenario;
    stp_statistic *list;
    size_t count;
    uint64_t steps; /* after which all of them are known */
    bool
        took_off; /* on record: a crowd of one resident in ten thousand, or none is known */
    double
        ceiling; /* active residents, ten times the record's largest crowd; or INFINITY */
} stp_statistics;

/* A run, as calibration sees it. */
typedef struct stp_sample_run {
    bool stopped;    /* by the ceiling: certainly implausible; the values are NAN */
    bool took_off;   /* one resident in ten thousand active throughout, on average */
    uint64_t digest; /* of the last step */
    uint64_t seed;
    double *values; /* one per statistic, on its scale; NAN if not defined */
} stp_sample_run;

/* The observations that a run can be measured by. scale: residents per agent of the runs.
 * Errors: STEPPE_NO_MEMORY; STEPPE_BAD_SCENARIO without any that trains, and with more than STP_MAX_TRAINING. */
int stp_statistics_make(steppe_context *context, const steppe_scenario *scenario,
                        double scale, stp_statistics *statistics);
void stp_statistics_clear(stp_statistics *statistics);

/* Run a scenario (the statistics' own, with settings applied) and measure it. result->values: one per statistic.
 * Errors: as those of running. */
int stp_statistics_run(steppe_context *context, const stp_statistics *statistics,
                       const steppe_scenario *varied, uint64_t seed, double scale,
                       stp_sample_run *result);

/* Standard deviation of all errors of the record and the model, on the statistic's scale. */
double stp_statistic_spread(const stp_statistic *statistic);

/* A value of an observation's measure on the statistic's scale, and back. */
double stp_statistic_scaled(const stp_statistic *statistic, double value);
double stp_statistic_natural(const stp_statistic *statistic, double scaled);

#endif
