/* How far the distribution of an outcome moves when a factor is known (Pianosi and Wagener 2015), from a
 * generic sample (Pianosi and Wagener 2018). */
#ifndef STP_PAWN_H
#define STP_PAWN_H

#include <stddef.h>
#include <stdint.h>

/* Kolmogorov-Smirnov distances, 0 to 1, between the outcome in a slice of a factor and in all points: their
 * median and maximum over slices, with intervals. */
typedef struct stp_pawn_index {
    double median, median_low, median_high;
    double maximum, maximum_low, maximum_high;
} stp_pawn_index;

/* A generic sample: points[point * factors + factor], n of them, any numbers; values: one per point. Points with NAN are
 * dropped. */
typedef struct stp_pawn_points {
    size_t factors, n;
    const double *points, *values;
} stp_pawn_points;

/* Of the intervals; resamples 0: none. */
typedef struct stp_pawn_bootstrap {
    uint64_t seed;
    size_t resamples;
    double confidence;
} stp_pawn_bootstrap;

/* Compute the indices of each factor. *used: the points that are left. Slices hold equally many points (2 to 100
 * slices); with fewer than two points per slice all indices are NAN. Intervals are bootstrap percentiles of the points,
 * moved by the bias that resampling shows and cut to [0, 1]: distances in resamples are too large, since points repeat.
 * Returns 0, or -1 when out of memory. */
int stp_pawn_indices(const stp_pawn_points *points, size_t slices,
                     stp_pawn_bootstrap bootstrap, stp_pawn_index *indices, size_t *used);

#endif
