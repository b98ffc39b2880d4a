/* Estimates with intervals. */
#ifndef STP_INTERVAL_H
#define STP_INTERVAL_H

#include <stddef.h>

/* An estimate with its 95 % interval; all NAN without data. */
typedef struct stp_interval {
    double estimate, low, high;
    size_t n; /* values used */
} stp_interval;

/* Mean of those of values[0 .. n-1] that are not NAN, with Student's interval (1908); low and high
 * are NAN for fewer than two. */
stp_interval stp_mean_interval(const double *values, size_t n);

/* Share of `hits` in n trials, with Wilson's score interval (1927). */
stp_interval stp_share_interval(size_t hits, size_t n);

/* The same with a confidence in (0, 1), for a share (0 .. 1) of n >= 1 trials; hits may be fractional. */
stp_interval stp_share_interval_at(double share, size_t n, double confidence);

/* The same for an effective number of trials, above 0, which may be fractional. */
stp_interval stp_score_interval(double share, double trials);

/* One-sided upper limit of the probability of `hits` in n trials, hits <= n, by Clopper and Pearson (1934),
 * with a confidence in (0, 1); 1 for n = 0. Accurate to 1e-12. */
double stp_share_upper(size_t hits, size_t n, double confidence);

/* Student's interval of a mean of n values; ends are NAN for n < 2. tail: probability beyond each end, in
 * (0, 0.5). */
stp_interval stp_student_interval(double mean, double deviation, size_t n, double tail);

/* Slope of the least-squares line through n points, with Student's interval; NAN for fewer than three points
 * or equal x. */
stp_interval stp_slope_interval(const double *x, const double *y, size_t n);

/* Quantile `share` (0 .. 1) of sorted values[0 .. n-1], linear between neighbours (Hyndman and
 * Fan's 1996 seventh kind); NAN if n is 0. */
double stp_quantile(const double *sorted, size_t n, double share);

/* Quantile p of Student's t, 0 < p < 1, freedom >= 1. To nine digits. */
double stp_student_quantile(double p, double freedom);

/* Distribution function of Student's t, freedom >= 1; NAN if an argument is. To nine digits, also relative in
 * the lower tail. */
double stp_student_cumulative(double t, double freedom);

/* Sort in ascending order, NAN last; return how many are not NAN. */
size_t stp_sort(double *values, size_t n);

#endif
