/* Draws from a posterior by runs alone, without emulators: waste-free sequential Monte Carlo (Dau and Chopin 2022). The
 * likelihood's power rises from 0 to 1 in levels; at each, `chains` particles are drawn from those so far and move `steps`
 * times, and all that they pass are the particles of the next. The prior is standard normal in every coordinate.
 * Bit-identical on every machine and number of threads. */
#ifndef STP_CHAINS_H
#define STP_CHAINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Natural logarithms of the likelihood of n points z[n * dimensions], each with chance of its own; -INFINITY: impossible.
 * seen[n * extras]: what it wants to be kept with each. batch: 1, 2, ... Errors: its own, which end the sampling. */
typedef int (*stp_chains_likelihood)(void *user, size_t batch, size_t n, const double *z,
                                     double *log_likelihoods, double *seen);

typedef struct stp_chains_options {
    uint64_t seed;
    /* The first `leading` coordinates move by steps of the particles' own covariance, in two moves of three; the others
     * by steps that leave the prior as it is (Neal 1999), in the third. */
    size_t dimensions, leading;
    size_t extras;        /* numbers kept with a point */
    size_t first;         /* points of the prior */
    size_t chains, steps; /* a level has chains * steps points; each >= 2 */
    size_t levels;        /* at most */
} stp_chains_options;

/* What happened at a level. */
typedef struct stp_chains_level {
    double power;       /* of the likelihood */
    double accepted[2]; /* shares of the proposals: of leading coordinates, of others */
    double scale[2];    /* of the last steps */
    size_t possible, ancestors; /* points that are; different particles drawn */
} stp_chains_level;

enum { STP_MAX_LEVELS = 60 };

typedef struct stp_chains {
    size_t draws;           /* chains * steps; `first` of the prior */
    double *z;              /* [draw * dimensions] */
    double *log_likelihood; /* [draw] */
    double *seen;           /* [draw * extras] */
    double evidence;        /* logarithm of the mean likelihood over the prior */
    bool empty;             /* no point of the prior is possible: z is the prior's */
    bool cut;               /* the levels did not suffice: the power is below 1 */
    stp_chains_level levels[STP_MAX_LEVELS];
    size_t level_count;
} stp_chains;

/* Draw. To be cleared, also after a failure. Returns the likelihood's error, or -1 when out of memory. */
int stp_chains_draw(const stp_chains_options *options, stp_chains_likelihood call,
                    void *user, stp_chains *out);
void stp_chains_clear(stp_chains *chains);

#endif
