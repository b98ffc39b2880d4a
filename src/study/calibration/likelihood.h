/* The likelihood of a record under a parameter set, by emulators of the statistics (a synthetic likelihood: Wood
 * 2010; emulated: Cleary et al. 2021), and the implausibility of history matching (Craig et al. 1997). */
#ifndef STP_LIKELIHOOD_H
#define STP_LIKELIHOOD_H

#include "study/calibration/emulator.h"
#include "study/calibration/statistic.h"

/* Runs in which unrest takes off are another country than calm ones: each kind has emulators of its own. */
typedef struct stp_regime {
    stp_emulator *emulators; /* one per statistic */
    double
        *correlation; /* of the statistics over seeds, [statistic * count + statistic] */
} stp_regime;

/* Emulators that were fitted to the same runs. */
typedef struct stp_likelihood {
    const stp_statistics *statistics;
    size_t dimensions;
    stp_emulator stopped;    /* probability that the ceiling stops a run */
    stp_emulator took_off;   /* ... that unrest takes off in one that it does not stop */
    stp_regime calm, unrest; /* runs that the ceiling stopped belong to neither */
} stp_likelihood;

/* What is compared with runs: the record, or a synthetic one. */
typedef struct stp_record {
    bool took_off;
    const double *wanted; /* one per statistic, on its scale; NAN: not known */
} stp_record;

/* Fit to n runs at the points x[n * dimensions] (each coordinate in [-1, 1]). With more than one thread the result is
 * the same. Errors: STEPPE_NO_MEMORY. */
int stp_likelihood_fit(steppe_context *context, const stp_statistics *statistics,
                       size_t n, size_t dimensions, const double *x,
                       const stp_sample_run *runs, stp_likelihood *likelihood);
void stp_likelihood_clear(stp_likelihood *likelihood);

/* How many standard deviations the record lies away, for the training statistic that is furthest: error, discrepancy,
 * bias, seeds and the emulator's own uncertainty count. Where nearly all runs are calm, or nearly all are stopped, a
 * record of unrest is implausible too: a probability of 0.95 counts as `cutoff`. */
double stp_likelihood_implausibility(const stp_likelihood *likelihood, const double *x,
                                     const stp_record *record, double cutoff);

/* Natural logarithm of the probability that a run is of the record's kind: calm, or unrest below the ceiling. */
double stp_likelihood_log_chance(const stp_likelihood *likelihood, const double *x,
                                 bool took_off);

/* Natural logarithm of the likelihood of the record, up to a constant. */
double stp_likelihood_log(const stp_likelihood *likelihood, const double *x,
                          const stp_record *record);

/* Natural logarithm of the probability of the record, were a run the country: by the errors of the record and of the
 * model alone. -INFINITY for a run that was stopped, or leaves undefined what the record says. */
double stp_run_log(const stp_statistics *statistics, const stp_record *record,
                   const stp_sample_run *run);

#endif
