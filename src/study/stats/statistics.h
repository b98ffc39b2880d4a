/* Statistics of samples. */
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
    double p;
} stp_test;

/* Kolmogorov and Smirnov: the largest distance between the empirical distributions; p by the limiting
 * distribution with the correction of Stephens (1970), accurate from 20 values per sample, too large with
 * many ties. Sorts a and b; n, m >= 1. */
stp_test stp_kolmogorov_smirnov(double *a, size_t n, double *b, size_t m);

/* The same for one sample against the uniform distribution on [0, 1]. Sorts values; n >= 1. */
stp_test stp_uniformity(double *values, size_t n);

/* Mann and Whitney (1947): the probability that a value of a is larger than one of b, a tie counting half; p
 * (two-sided) by the normal approximation, corrected for ties. Sorts a and b; n, m >= 1. */
stp_test stp_mann_whitney(double *a, size_t n, double *b, size_t m);

/* Spearman (1904): the rank correlation of the n pairs, without those with a NAN; mean ranks for ties; p
 * (two-sided) by Student's t with n - 2 degrees of freedom (Kendall and Stuart 1973), accurate from ten
 * pairs. Fewer than three pairs, or constant x or y: statistic NAN, p 1.
 * Returns 0, or -1 when out of memory. */
int stp_spearman(const double *x, const double *y, size_t n, stp_test *test);

/* Replace p values[0 .. n-1] by Holm's (1979) adjusted ones. Returns 0, or -1 when out of memory (values
 * unchanged). */
int stp_holm(double *values, size_t n);

#endif
