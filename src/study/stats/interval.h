/* Estimates with their intervals. Nothing here decides what happens in a run. */
#ifndef STP_INTERVAL_H
#define STP_INTERVAL_H

#include <stddef.h>

/* An estimate and the ends of its interval of 95 % confidence; all NAN without data. */
typedef struct stp_interval {
    double estimate, low, high;
    size_t n; /* values that it rests on */
} stp_interval;

/* Mean of those of values[0 .. n-1] that are not NAN, with Student's interval (1908); low and high
 * are NAN for fewer than two. */
stp_interval stp_mean_interval(const double *values, size_t n);

/* Share of `hits` in n trials, with Wilson's score interval (1927). */
stp_interval stp_share_interval(size_t hits, size_t n);

/* The same with a confidence in (0, 1) that is told, for a share (0 .. 1) of n >= 1 trials that need
 * not be a whole number of hits. */
stp_interval stp_share_interval_at(double share, size_t n, double confidence);

/* The same for a share of so many trials as are worth `trials` independent ones, a number above 0 that
 * need not be whole. n is that, rounded down. */
stp_interval stp_score_interval(double share, double trials);

/* Upper end for the probability of what `hits` of n trials had: Clopper and Pearson's (1934), one-sided
 * with a confidence in (0, 1). 1 for n = 0 or hits = n; hits <= n. To some 1e-12. */
double stp_share_upper(size_t hits, size_t n, double confidence);

/* Student's interval around a mean of n values with a standard deviation. n < 2: ends are NAN.
 * tail: probability beyond each end, in (0, 0.5): 0.025 makes an interval of 95 %. */
stp_interval stp_student_interval(double mean, double deviation, size_t n, double tail);

/* Slope of the straight line through n points by least squares, with Student's interval; NAN for
 * fewer than three points, or if all x are the same. */
stp_interval stp_slope_interval(const double *x, const double *y, size_t n);

/* Quantile `share` (0 .. 1) of sorted values[0 .. n-1], linear between neighbours (Hyndman and
 * Fan's 1996 seventh kind); NAN if n is 0. */
double stp_quantile(const double *sorted, size_t n, double share);

/* Student's t: the value below which it is with probability p, 0 < p < 1. freedom: degrees of
 * freedom, >= 1. To some nine digits. */
double stp_student_quantile(double p, double freedom);

/* Probability that Student's t is at most t. freedom >= 1; NAN if one is NAN. To some nine digits,
 * also relative to itself far below 0. */
double stp_student_cumulative(double t, double freedom);

/* Sort numbers from low to high, those that are NAN last; returns how many are not. */
size_t stp_sort(double *values, size_t n);

#endif
