/* Emulators: cheap stand-ins for a statistic of a run as a function of the parameters.
 *
 * A number is emulated by a ridge regression on polynomials, a yes or no by a logistic one. A point x of
 * `dimensions` coordinates in [-1, 1] is a parameter set, each coordinate 2 u - 1 with u the parameter's place in
 * its prior. Few coordinates matter to one statistic: forward selection finds them ("active inputs"; Vernon,
 * Goldstein and Bower 2010), and the rest counts as noise. Bit-identical on every machine. */
#ifndef STP_EMULATOR_H
#define STP_EMULATOR_H

#include <stdbool.h>
#include <stddef.h>

enum {
    STP_MAX_ACTIVE = 10,
    STP_MAX_TERMS = 1 + 3 * STP_MAX_ACTIVE + STP_MAX_ACTIVE * (STP_MAX_ACTIVE - 1) / 2
};

typedef struct stp_emulator {
    bool binary;
    size_t used; /* points that it was fitted to */
    size_t active[STP_MAX_ACTIVE], active_count;
    size_t terms;
    bool cubes; /* the active inputs have cubic terms as well */
    double coefficients[STP_MAX_TERMS];
    double *
        factor; /* Cholesky factor of X'X + ridge (of a binary one: of the Hessian), [terms * terms] */
    double noise; /* variance of a number around its mean: seeds and inactive inputs */
} stp_emulator;

typedef struct stp_prediction {
    double mean; /* of a binary statistic: the probability of 1 */
    double
        variance; /* of the mean, by the regression's uncertainty; 0 for a binary statistic */
} stp_prediction;

/* Fit an emulator to n points x[n * dimensions] with values y[n] (0 or 1 where binary). Points with a NAN value
 * are left out. Fewer than 10 points: the mean of all. Returns 0, or -1 when out of memory. */
int stp_emulator_fit(stp_emulator *emulator, bool binary, size_t n, size_t dimensions,
                     const double *x, const double *y);
void stp_emulator_clear(stp_emulator *emulator);

/* Predict the statistic at a point. */
stp_prediction stp_emulator_predict(const stp_emulator *emulator, const double *x);

#endif
