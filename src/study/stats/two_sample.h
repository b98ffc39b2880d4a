/* Differences and ratios of independent samples. */
#ifndef STP_TWO_SAMPLE_H
#define STP_TWO_SAMPLE_H

#include "study/stats/interval.h"

/* Moments of a sample; the variance with n - 1 (NAN for n < 2). */
typedef struct stp_moments {
    double mean, variance;
    double fourth; /* sum of the fourth powers of the deviations */
    size_t n;
} stp_moments;

/* NAN are left out. */
stp_moments stp_moments_of(const double *values, size_t n);

/* A linear contrast of the means of groups. */
typedef struct stp_two_sample {
    double estimate, error; /* standard error; variances may differ between groups */
    double freedom;         /* Welch (1947) and Satterthwaite (1946); NAN if error is 0 */
} stp_two_sample;

/* The contrast of groups[0 .. count-1]; each needs n >= 2. */
stp_two_sample stp_two_sample_of(const stp_moments *groups, const double *coefficients,
                                 size_t count);

/* Its interval with a confidence in (0, 1); n is 0. */
stp_interval stp_two_sample_interval(const stp_two_sample *contrast, double confidence);

/* One-sided p: probability of this estimate or a larger one if the true contrast is 0. */
double stp_two_sample_above(const stp_two_sample *contrast);

/* Ratio of the means, a over b, with Fieller's interval (1954): the ratios r for which a - r b = 0 is not
 * rejected at (1 - confidence) / 2 on either side, with Welch's degrees of freedom for each r. Open ends are
 * 0 and infinity; all NAN unless both means are above 0. It lies within low .. high if and only if both
 * one-sided tests of a ratio beyond them reject (Sasabuchi 1980; Schuirmann 1987). */
stp_interval stp_ratio_interval(const stp_moments *a, const stp_moments *b,
                                double confidence);

/* Ratio of the standard deviations, a over b, with an interval by the normal approximation of the logarithm of
 * a variance with pooled kurtosis (Shoemaker 2003; Bonett 2006). Too short for small samples: with 20 and 30
 * values, coverage at 95 % was 92 % for normal and 84 % for exponential values. All NAN if a deviation is 0
 * or n < 4. */
stp_interval stp_spread_interval(const stp_moments *a, const stp_moments *b,
                                 double confidence);

#endif
