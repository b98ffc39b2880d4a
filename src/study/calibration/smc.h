/* Sequential Monte Carlo: draws from a posterior whose prior is standard normal in every coordinate, by tempering
 * (Del Moral, Doucet and Jasra 2006): the likelihood's power rises from 0 to 1 in steps that keep half of the
 * effective sample size; after each, particles are resampled and moved by random-walk Metropolis steps. Bit-identical
 * on every machine and number of threads. */
#ifndef STP_SMC_H
#define STP_SMC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Natural logarithm of the likelihood of a point z[dimensions], up to a constant; -INFINITY: impossible. Called from
 * several threads at once. */
typedef double (*stp_log_likelihood)(const double *z, void *user);

typedef struct stp_smc_options {
    uint64_t seed;
    size_t particles, dimensions; /* particles >= 10, dimensions >= 1 */
    size_t most_moves;            /* Metropolis steps a level, at most; 0: 40 */
    int threads;                  /* 0: one per core */
} stp_smc_options;

typedef struct stp_smc_summary {
    size_t levels;     /* of the power */
    double acceptance; /* share of the last level's proposals that were accepted */
    double evidence;   /* logarithm of the mean likelihood over the prior */
} stp_smc_summary;

/* Draw. z: [particle * dimensions]; log_likelihoods: [particle], as of `call`. Returns 0, -1 when out of memory, or 1 if no particle
 * of the prior is possible (z is then the prior's). */
int stp_smc(const stp_smc_options *options, stp_log_likelihood call, void *user,
            double *z, double *log_likelihoods, stp_smc_summary *summary);

/* A number of a counter, uniform in (0, 1) or standard normal; uses differ in `kind`. */
double stp_smc_uniform(uint64_t seed, uint32_t kind, uint32_t particle,
                       uint32_t coordinate);
double stp_smc_normal(uint64_t seed, uint32_t kind, uint32_t particle,
                      uint32_t coordinate);

#endif
