/* Calibration: which parameter sets agree with a record, by waves of history matching and a synthetic likelihood.
 *
 * Wave 1 runs a Latin hypercube over the prior. After each wave emulators of the statistics are fitted; the next wave's
 * points fill what is not implausible to any wave so far (Vernon, Goldstein and Bower 2010). The last wave's points come
 * from the posterior so far, and the emulators fitted with it give the posterior, by sequential Monte Carlo. Everything
 * follows from the seed and the runs, whatever the number of threads. */
#ifndef STP_CALIBRATE_H
#define STP_CALIBRATE_H

#include "study/calibration/likelihood.h"

/* Parameters that are inferred. */
enum { STP_MAX_CALIBRATED = 256 };

/* Makes runs at points z[n * dimensions], standard normal scores of the parameters in their priors. runs[n] have space
 * for their values. Errors: its own, which end the calibration. */
typedef int (*stp_simulator)(void *user, size_t wave, size_t n, const double *z,
                             stp_sample_run *runs);

/* Runs and their points. */
typedef struct stp_wave {
    size_t count;
    double *z;            /* [point * dimensions] */
    stp_sample_run *runs; /* values: in `measured` */
    double *measured;     /* [point * statistics] */
} stp_wave;

typedef struct stp_calibrate_options {
    size_t dimensions;
    size_t waves;  /* of history matching, 1 or more; one from the posterior follows */
    size_t points; /* runs of a wave */
    size_t later;  /* ... of one after the first; 0: as many */
    size_t last;   /* runs of the wave from the posterior; 0: none */
    size_t draws;  /* of the posterior, 100 or more */
    uint64_t seed;
    double cutoff; /* standard deviations from which a point is implausible; 0: 3 */
    int threads;   /* 0: one per core */
    /* Where others share a bank of runs: the prior is what `base` (of another record) leaves, and wave 1 is these
     * runs. NULL: none. */
    const stp_likelihood *base;
    const stp_record *base_record;
    const stp_wave *bank;
} stp_calibrate_options;

/* What a wave of history matching left. */
typedef struct stp_wave_note {
    size_t points, stopped, took_off,
        trained;      /* trained: points that the emulators were fitted to */
    double plausible; /* share of the prior that is not implausible so far */
    double least;     /* least implausibility among the next points */
} stp_wave_note;

enum { STP_MAX_WAVES = 12 };

typedef struct stp_posterior {
    size_t draws, dimensions;
    double *z;              /* [draw * dimensions] */
    double *log_likelihood; /* [draw] */
    double evidence;        /* logarithm of the mean likelihood over the prior */
    bool empty;             /* nothing agrees with the record: z is what comes nearest */
    stp_likelihood fitted[STP_MAX_WAVES];
    size_t fitted_count;
    stp_wave_note notes[STP_MAX_WAVES];
    size_t wave_count;
} stp_posterior;

/* Calibrate to a record. Errors: STEPPE_NO_MEMORY, the simulator's. */
int stp_calibrate(steppe_context *context, const stp_calibrate_options *options,
                  const stp_statistics *statistics, const stp_record *record,
                  stp_simulator simulator, void *user, stp_posterior *posterior);
void stp_posterior_clear(stp_posterior *posterior);

/* The log likelihood of a point z under the posterior's emulators, -INFINITY where history matching left nothing. */
double stp_posterior_log(const stp_calibrate_options *options,
                         const stp_posterior *posterior, const stp_record *record,
                         const double *z);

/* The coordinates that emulators take, 2 u - 1, with u the place in the prior. */
void stp_place_of(size_t dimensions, const double *z, double *x);

int stp_wave_create(steppe_context *context, size_t count, size_t dimensions,
                    size_t statistics, stp_wave *wave);
void stp_wave_clear(stp_wave *wave);

#endif
