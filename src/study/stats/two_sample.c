#include "study/stats/two_sample.h"

#include "base/normal.h"

#include <math.h>

stp_moments stp_moments_of(const double *values, size_t n)
{
    stp_moments g = {.mean = NAN, .variance = NAN};
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += isnan(values[i]) ? 0 : values[i];
        g.n += !isnan(values[i]);
    }
    if (g.n == 0)
        return g;
    g.mean = sum / (double)g.n;
    for (size_t i = 0; i < n; i++) {
        double off = isnan(values[i]) ? 0 : values[i] - g.mean;
        squares += off * off;
        g.fourth += off * off * off * off;
    }
    if (g.n > 1)
        g.variance = squares / (double)(g.n - 1);
    return g;
}

stp_two_sample stp_two_sample_of(const stp_moments *groups, const double *coefficients,
                                 size_t count)
{
    stp_two_sample c = {0, 0, NAN};
    double variance = 0, parts = 0;
    for (size_t i = 0; i < count; i++) {
        double n = (double)groups[i].n;
        double part = coefficients[i] * coefficients[i] * groups[i].variance / n;
        c.estimate += coefficients[i] * groups[i].mean;
        variance += part;
        parts += part * part / (n - 1);
    }
    c.error = sqrt(variance);
    if (variance > 0)
        c.freedom = fmax(1, variance * variance / parts);
    return c;
}

stp_interval stp_two_sample_interval(const stp_two_sample *c, double confidence)
{
    double half = c->error;
    if (c->error > 0)
        half *= -stp_student_quantile((1 - confidence) / 2, c->freedom);
    return (stp_interval){c->estimate, c->estimate - half, c->estimate + half, 0};
}

double stp_two_sample_above(const stp_two_sample *c)
{
    if (c->error == 0)
        return c->estimate > 0 ? 0 : 1;
    return stp_student_cumulative(-c->estimate / c->error, c->freedom);
}

/* One-sided p of a - ratio b; increases with the ratio. */
static double chance_of(const stp_moments *a, const stp_moments *b, double ratio)
{
    const stp_moments groups[2] = {*a, *b};
    const double coefficients[2] = {1, -ratio};
    const stp_two_sample c = stp_two_sample_of(groups, coefficients, 2);
    return stp_two_sample_above(&c);
}

/* The ratio with p = share; infinity: none. */
static double ratio_at(const stp_moments *a, const stp_moments *b, double share)
{
    double low = 0, high = 1;
    if (chance_of(a, b, 0) >= share)
        return 0;
    while (chance_of(a, b, high) < share) {
        low = high;
        high *= 4;
        if (high > 1e12)
            return INFINITY;
    }
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (chance_of(a, b, middle) < share)
            low = middle;
        else
            high = middle;
    }
    return high;
}

stp_interval stp_ratio_interval(const stp_moments *a, const stp_moments *b,
                                double confidence)
{
    if (!(a->mean > 0 && b->mean > 0 && a->n > 1 && b->n > 1))
        return (stp_interval){NAN, NAN, NAN, 0};
    double tail = (1 - confidence) / 2, ratio = a->mean / b->mean;
    if (!(a->variance > 0 || b->variance > 0))
        return (stp_interval){ratio, ratio, ratio, a->n + b->n};
    return (stp_interval){ratio, ratio_at(a, b, tail), ratio_at(a, b, 1 - tail),
                          a->n + b->n};
}

stp_interval stp_spread_interval(const stp_moments *a, const stp_moments *b,
                                 double confidence)
{
    if (!(a->variance > 0 && b->variance > 0 && a->n > 3 && b->n > 3))
        return (stp_interval){NAN, NAN, NAN, 0};
    double n = (double)a->n, m = (double)b->n;
    /* pooled kurtosis: deviations in units of their group's */
    double fourths = a->fourth / pow((n - 1) / n * a->variance, 2) +
                     b->fourth / pow((m - 1) / m * b->variance, 2);
    double kurtosis = fourths / (n + m);
    double error = sqrt((kurtosis - (n - 3) / n) / (n - 1) +
                        (kurtosis - (m - 3) / m) / (m - 1));
    double factor = exp(-stp_normal_inverse((1 - confidence) / 2) * error / 2);
    double ratio = sqrt(a->variance / b->variance);
    return (stp_interval){ratio, ratio / factor, ratio * factor, a->n + b->n};
}
