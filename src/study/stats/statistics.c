#include "study/stats/statistics.h"

#include "study/stats/interval.h"

#include <math.h>
#include <stdlib.h>

double stp_mean(const double *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    return n ? sum / (double)n : 0;
}

double stp_deviation(const double *values, size_t n)
{
    double mean = stp_mean(values, n), sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (values[i] - mean) * (values[i] - mean);
    return n < 2 ? 0 : sqrt(sum / (double)(n - 1));
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Probability that Kolmogorov's statistic exceeds x. */
static double kolmogorov_tail(double x)
{
    if (x < 0.2)
        return 1; /* to within 1e-12; the series below converges badly there */
    double sum = 0;
    for (int k = 1; k <= 100; k++)
        sum += (k % 2 ? 1 : -1) * exp(-2.0 * k * k * x * x);
    return 2 * sum < 0 ? 0 : 2 * sum > 1 ? 1 : 2 * sum;
}

stp_test stp_kolmogorov_smirnov(double *a, size_t n, double *b, size_t m)
{
    double largest = 0;
    qsort(a, n, sizeof *a, by_value);
    qsort(b, m, sizeof *b, by_value);
    for (size_t i = 0, k = 0; i < n && k < m;) {
        double x = a[i] < b[k] ? a[i] : b[k];
        while (i < n && a[i] == x)
            i++;
        while (k < m && b[k] == x)
            k++;
        double distance = fabs((double)i / (double)n - (double)k / (double)m);
        largest = distance > largest ? distance : largest;
    }
    double root = sqrt((double)n * (double)m / (double)(n + m));
    return (stp_test){largest, kolmogorov_tail((root + 0.12 + 0.11 / root) * largest)};
}

stp_test stp_uniformity(double *values, size_t n)
{
    double largest = 0, count = (double)n, root = sqrt(count);
    qsort(values, n, sizeof *values, by_value);
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fmax(values[i] - (double)i / count,
                                     (double)(i + 1) / count - values[i]));
    return (stp_test){largest, kolmogorov_tail((root + 0.12 + 0.11 / root) * largest)};
}

stp_test stp_mann_whitney(double *a, size_t n, double *b, size_t m)
{
    double wins = 0, ties = 0, total = (double)(n + m), product = (double)n * (double)m;
    qsort(a, n, sizeof *a, by_value);
    qsort(b, m, sizeof *b, by_value);
    for (size_t i = 0, k = 0; i < n || k < m;) {
        double x = k == m || (i < n && a[i] < b[k]) ? a[i] : b[k];
        size_t in_a = 0, in_b = 0;
        for (; i < n && a[i] == x; i++)
            in_a++;
        for (; k < m && b[k] == x; k++)
            in_b++;
        /* each of a is larger than all of b before it, and ties count half */
        wins += (double)in_a * ((double)(k - in_b) + 0.5 * (double)in_b);
        double equal = (double)(in_a + in_b);
        ties += equal * equal * equal - equal;
    }
    double variance = product / 12 * (total + 1 - ties / (total * (total - 1)));
    double z = variance > 0 ? fabs(wins - product / 2) / sqrt(variance) : 0;
    return (stp_test){wins / product, erfc(z / sqrt(2))};
}

typedef struct ranked {
    double p;
    size_t index;
} ranked;

static int by_p(const void *a, const void *b)
{
    return by_value(&((const ranked *)a)->p, &((const ranked *)b)->p);
}

/* Ranks 1 .. n of values, the mean rank for ties. order: [n], workspace. */
static void rank(const double *values, size_t n, ranked *order, double *ranks)
{
    for (size_t i = 0; i < n; i++)
        order[i] = (ranked){values[i], i};
    qsort(order, n, sizeof *order, by_p);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && order[end].p == order[i].p;)
            end++;
        for (size_t k = i; k < end; k++)
            ranks[order[k].index] = (double)(i + 1 + end) / 2;
    }
}

/* Correlation of n pairs (Pearson); NAN if one of the two does not vary. */
static double correlation(const double *x, const double *y, size_t n)
{
    double mean_x = stp_mean(x, n), mean_y = stp_mean(y, n), xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
    return xx > 0 && yy > 0 ? fmax(-1, fmin(1, xy / sqrt(xx * yy))) : NAN;
}

int stp_spearman(const double *x, const double *y, size_t n, stp_test *test)
{
    double *numbers = calloc(4 * n + 1, sizeof *numbers);
    ranked *order = malloc((n + 1) * sizeof *order);
    int status = numbers && order ? 0 : -1;
    if (status == 0) {
        double *whole_x = numbers, *whole_y = numbers + n;
        size_t count = 0;
        for (size_t i = 0; i < n; i++)
            if (!isnan(x[i]) && !isnan(y[i])) {
                whole_x[count] = x[i];
                whole_y[count++] = y[i];
            }
        rank(whole_x, count, order, numbers + 2 * n);
        rank(whole_y, count, order, numbers + 3 * n);
        double r = correlation(numbers + 2 * n, numbers + 3 * n, count), p = 1;
        if (count < 3)
            r = NAN;
        if (!isnan(r)) {
            double freedom = (double)count - 2, t = fabs(r) * sqrt(freedom / (1 - r * r));
            p = 2 * stp_student_cumulative(-t, freedom);
        }
        *test = (stp_test){r, p};
    }
    free(numbers);
    free(order);
    return status;
}

int stp_holm(double *values, size_t n)
{
    ranked *order = malloc((n + 1) * sizeof *order);
    double largest = 0;
    if (!order)
        return -1;
    for (size_t i = 0; i < n; i++)
        order[i] = (ranked){values[i], i};
    qsort(order, n, sizeof *order, by_p);
    for (size_t i = 0; i < n; i++) {
        double adjusted = order[i].p * (double)(n - i);
        largest = adjusted > largest ? adjusted : largest;
        values[order[i].index] = largest < 1 ? largest : 1;
    }
    free(order);
    return 0;
}
