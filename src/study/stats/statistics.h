/* Statistics of samples. Nothing here decides what happens in a run. */
#ifndef STP_STATISTICS_H
#define STP_STATISTICS_H

#include <stddef.h>

/* Mean of values[0 .. n-1]; 0 if n is 0. */
double stp_mean(const double *values, size_t n);

/* Standard deviation with n - 1 in the denominator; 0 if n < 2. */
double stp_deviation(const double *values, size_t n);

/* A test of whether two samples come from one distribution. */
typedef struct stp_test {
    double statistic;
    double p; /* probability of a statistic at least as extreme if they do */
} stp_test;

/* Kolmogorov and Smirnov: the largest distance D between the two empirical distributions; p by
 * the limiting distribution with the correction of Stephens (1970), good from some 20 values a
 * sample, too large where many values are equal. a, b: sorted in place; n, m >= 1. */
stp_test stp_kolmogorov_smirnov(double *a, size_t n, double *b, size_t m);

/* Mann and Whitney (1947): statistic: the probability that a value of a is larger than one of b,
 * a tie counting half; p (two-sided) by the normal approximation with the correction for ties.
 * a, b: sorted in place; n, m >= 1. */
stp_test stp_mann_whitney(double *a, size_t n, double *b, size_t m);

/* Spearman (1904): statistic: the correlation of the ranks of x and y over those of n pairs that have
 * no NAN, with mean ranks for ties; p (two-sided) by Student's t with n - 2 degrees of freedom (Kendall
 * and Stuart 1973), good from some ten pairs. Fewer than three pairs, or all of x or of y the same:
 * statistic NAN, p 1. Returns 0, or -1 if memory ran out. */
int stp_spearman(const double *x, const double *y, size_t n, stp_test *test);

/* Holm (1979): p values[0 .. n-1], each replaced by the smallest error rate of the whole family at
 * which it would be rejected. Returns 0, or -1 if memory ran out (values unchanged). */
int stp_holm(double *values, size_t n);

#endif
