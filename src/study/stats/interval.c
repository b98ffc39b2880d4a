#include "study/stats/interval.h"

#include "base/normal.h"

#include <math.h>
#include <stdlib.h>

static const double Z_95 = 1.959963984540054;

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return isnan(x) || isnan(y) ? isnan(x) - isnan(y) : (x > y) - (x < y);
}

size_t stp_sort(double *values, size_t n)
{
    qsort(values, n, sizeof *values, by_value);
    while (n > 0 && isnan(values[n - 1]))
        n--;
    return n;
}

double stp_quantile(const double *sorted, size_t n, double share)
{
    if (n == 0)
        return NAN;
    double at = share * (double)(n - 1);
    size_t below = (size_t)at;
    if (below + 1 >= n)
        return sorted[n - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

/* The continued fraction of the incomplete beta function, by Lentz's method (Press and others 2007); it
 * converges fast for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double x, double a, double b)
{
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double h = d;
    for (int m = 1; m <= 1000; m++) {
        for (int odd = 0; odd <= 1; odd++) {
            double step = odd ? -(a + m) * (a + b + m) * x /
                                    ((a + 2 * m) * (a + 2 * m + 1))
                              : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 + step * d;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = 1 + step / c;
            c = fabs(c) < tiny ? tiny : c;
            h *= d * c;
        }
        if (fabs(d * c - 1) < 1e-15)
            break;
    }
    return h;
}

/* Regularised incomplete beta function I_x(a, b). */
static double beta(double x, double a, double b)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) +
                       b * log1p(-x));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(x, a, b) / a
                                     : 1 - front * beta_fraction(1 - x, b, a) / b;
}

double stp_share_upper(size_t hits, size_t n, double confidence)
{
    double low = 0, high = 1;
    if (hits >= n)
        return 1;
    if (hits == 0)
        return 1 - pow(1 - confidence, 1 / (double)n);
    for (int i = 0; i < 60;
         i++) { /* the p at which so few hits have a chance of 1 - confidence */
        double middle = (low + high) / 2;
        if (beta(middle, (double)hits + 1, (double)(n - hits)) < confidence)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

/* Probability that Student's t exceeds x >= 0. */
static double student_tail(double x, double freedom)
{
    return beta(freedom / (freedom + x * x), freedom / 2, 0.5) / 2;
}

double stp_student_quantile(double p, double freedom)
{
    double tail = p < 0.5 ? p : 1 - p, low = 0, high = 1;
    while (student_tail(high, freedom) > tail)
        high *= 2;
    for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        if (student_tail(middle, freedom) > tail)
            low = middle;
        else
            high = middle;
    }
    return p < 0.5 ? -low : low;
}

double stp_student_cumulative(double t, double freedom)
{
    if (isnan(t) || isnan(freedom))
        return NAN;
    double tail = student_tail(fabs(t), freedom);
    return t < 0 ? tail : 1 - tail;
}

stp_interval stp_student_interval(double mean, double deviation, size_t n, double tail)
{
    if (n < 2)
        return (stp_interval){n ? mean : NAN, NAN, NAN, n};
    double half = -stp_student_quantile(tail, (double)n - 1) * deviation /
                  sqrt((double)n);
    return (stp_interval){mean, mean - half, mean + half, n};
}

stp_interval stp_mean_interval(const double *values, size_t n)
{
    stp_interval i = {NAN, NAN, NAN, 0};
    double sum = 0, squares = 0;
    for (size_t k = 0; k < n; k++) {
        sum += isnan(values[k]) ? 0 : values[k];
        i.n += !isnan(values[k]);
    }
    if (i.n == 0)
        return i;
    i.estimate = sum / (double)i.n;
    for (size_t k = 0; k < n; k++) {
        double off = isnan(values[k]) ? 0 : values[k] - i.estimate;
        squares += off * off;
    }
    if (i.n > 1) {
        double freedom = (double)i.n - 1;
        double half = stp_student_quantile(0.975, freedom) *
                      sqrt(squares / freedom / (double)i.n);
        i.low = i.estimate - half;
        i.high = i.estimate + half;
    }
    return i;
}

/* Wilson's interval for a share of `count` trials, z standard errors to each side. */
static stp_interval wilson(double share, double count, double z)
{
    double z2 = z * z;
    double centre = (share + z2 / (2 * count)) / (1 + z2 / count);
    double half = z / (1 + z2 / count) *
                  sqrt(share * (1 - share) / count + z2 / (4 * count * count));
    return (stp_interval){share, fmax(0, centre - half), fmin(1, centre + half),
                          (size_t)count};
}

stp_interval stp_share_interval(size_t hits, size_t n)
{
    if (n == 0)
        return (stp_interval){NAN, NAN, NAN, 0};
    return wilson((double)hits / (double)n, (double)n, Z_95);
}

stp_interval stp_share_interval_at(double share, size_t n, double confidence)
{
    return wilson(share, (double)n, -stp_normal_inverse((1 - confidence) / 2));
}

stp_interval stp_score_interval(double share, double trials)
{
    return wilson(share, trials, Z_95);
}

stp_interval stp_slope_interval(const double *x, const double *y, size_t n)
{
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0, yy = 0;
    for (size_t i = 0; i < n; i++) {
        mean_x += x[i] / (double)n;
        mean_y += y[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
    }
    if (n < 3 || !(xx > 0))
        return (stp_interval){NAN, NAN, NAN, 0};
    double slope = xy / xx, freedom = (double)n - 2;
    double half = stp_student_quantile(0.975, freedom) *
                  sqrt(fmax(0, yy - slope * xy) / freedom / xx);
    return (stp_interval){slope, slope - half, slope + half, n};
}
