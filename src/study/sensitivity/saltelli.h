/* Shares of an outcome's variance that groups of factors explain (Sobol 1993), by the design of Saltelli and
 * others (2010). */
#ifndef STP_SALTELLI_H
#define STP_SALTELLI_H

#include "study/sensitivity/factors.h"

#include <stdint.h>

/* Points of one row of the design: A, then AB of each group (A with the group's factors from B), then B. */
size_t stp_saltelli_length(const stp_factors *factors);

/* Draw `rows` rows; A and B are a Sobol sequence of 2 count dimensions if it has two points per dimension
 * (later rows of a seed extend it), else a Latin hypercube. points: [(row * length + point) * count + factor].
 * Returns 0, or -1 when out of memory. */
int stp_saltelli_design(uint64_t seed, const stp_factors *factors, size_t rows,
                        double *points);
/* Is it a Sobol sequence, which can grow? */
int stp_saltelli_grows(const stp_factors *factors, size_t rows);

/* Shares of the variance, with percentile intervals. */
typedef struct stp_sobol_index {
    double first, first_low,
        first_high; /* of the group alone: Saltelli and others (2010) */
    double total, total_low, total_high; /* with all interactions: Jansen (1999) */
    double first_jansen;                 /* alone, by Jansen's other estimator */
} stp_sobol_index;

/* Compute the indices of each group; all NAN for fewer than two complete rows or an outcome without variance.
 * values: one per point; a row with a NAN is left out. *used: rows that are complete. resamples: bootstrap
 * draws of rows; confidence: of the intervals, in (0, 1). Returns 0, or -1 when out of memory. */
int stp_sobol_indices(size_t groups, size_t rows, const double *values, uint64_t seed,
                      size_t resamples, double confidence, stp_sobol_index *indices,
                      size_t *used);

#endif
