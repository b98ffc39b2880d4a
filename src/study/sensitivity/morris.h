/* Elementary effects: which groups of factors matter at all, from few runs. Sources: Morris (1991);
 * Campolongo, Cariboni and Saltelli (2007) for mu* and groups. */
#ifndef STP_MORRIS_H
#define STP_MORRIS_H

#include "study/sensitivity/factors.h"

#include <stdint.h>

/* Points of one trajectory. */
size_t stp_morris_length(const stp_factors *factors);

/* Draw trajectories on a grid of `levels` (even, 2 or more). In each, every group moves once, in random order;
 * each of its factors by levels / (2 (levels - 1)), up or down. Later trajectories of a seed extend the design.
 * points: [(trajectory * length + point) * count + factor]. Returns 0, or -1 when out of memory. */
int stp_morris_design(uint64_t seed, const stp_factors *factors, size_t trajectories,
                      size_t levels, double *points);

/* The effects of a group: changes of the outcome, over the change of its factors. */
typedef struct stp_morris_index {
    size_t count;              /* effects: both points have the outcome */
    double mu_star, low, high; /* mean absolute effect, and its bootstrap interval */
    double spread;             /* standard deviation of the absolute effects */
    double mu, sigma; /* of the effects with sign; NAN for a group of several factors, */
                      /* which have no common direction */
} stp_morris_index;

/* Compute the indices of each group; all NAN with no effect. points: as of stp_morris_design; values: one per
 * point, NAN where the outcome does not exist: an effect with such an end is left out. confidence: of the
 * percentile intervals, in (0, 1), from `resamples` draws of the effects. Returns 0, or -1 when out of
 * memory. */
int stp_morris_indices(const stp_factors *factors, size_t trajectories,
                       const double *points, const double *values, uint64_t seed,
                       size_t resamples, double confidence, stp_morris_index *indices);

#endif
