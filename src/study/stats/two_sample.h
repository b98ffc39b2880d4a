/* Samples that have nothing in common, one a group: what their means and spreads differ in. Nothing here
 * decides what happens in a run. */
#ifndef STP_TWO_SAMPLE_H
#define STP_TWO_SAMPLE_H

#include "study/stats/interval.h"

/* A sample: its mean, and its variance with n - 1 (NAN for n < 2). */
typedef struct stp_moments {
    double mean, variance;
    double fourth; /* sum of the fourth powers of the deviations */
    size_t n;
} stp_moments;

/* Those of values[0 .. n-1] that are not NAN. */
stp_moments stp_moments_of(const double *values, size_t n);

/* A sum of the means of groups, each times a coefficient. */
typedef struct stp_two_sample {
    double estimate, error; /* standard error; variances may differ between groups */
    double freedom;         /* Welch (1947) and Satterthwaite (1946); NAN if error is 0 */
} stp_two_sample;

/* The contrast of groups[0 .. count-1]; each needs n >= 2. */
stp_two_sample stp_two_sample_of(const stp_moments *groups, const double *coefficients,
                                 size_t count);

/* Its interval with a confidence in (0, 1); n of it is 0. An error of 0 makes it a point. */
stp_interval stp_two_sample_interval(const stp_two_sample *contrast, double confidence);

/* Probability of so large an estimate, or a larger one, if it is truly 0; 0 or 1 if the error is 0. */
double stp_two_sample_above(const stp_two_sample *contrast);

/* Ratio of the means, a over b (both above 0), with the interval of those ratios r for which a - r b = 0
 * is not refused on either side at (1 - confidence) / 2: Fieller (1954), each r with its own degrees of
 * freedom for unequal variances. Ends: 0 and infinity where they are not bounded; all NAN unless both
 * means are above 0. It lies within low .. high just when both one-sided tests of a ratio beyond
 * them refuse that (Sasabuchi 1980; Schuirmann 1987), so that the uncertainty of b counts as well. */
stp_interval stp_ratio_interval(const stp_moments *a, const stp_moments *b,
                                double confidence);

/* Ratio of the standard deviations, a over b, with an interval from the normal approximation of the
 * logarithm of a variance, by the groups' common kurtosis (Shoemaker 2003; the variance of that
 * logarithm as in Bonett 2006). Too short for small samples, whose kurtosis comes out too low: of 2,000
 * intervals of 95 % for 20 and 30 values, 92 % held the ratio of normal ones and 84 % that of
 * exponential ones. All NAN if a deviation is 0 or n < 4. */
stp_interval stp_spread_interval(const stp_moments *a, const stp_moments *b,
                                 double confidence);

#endif
