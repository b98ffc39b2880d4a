#include "scenario/prior.h"

#include "base/beta.h"
#include "base/exact.h"
#include "base/normal.h"

#include <math.h>
#include <stdlib.h>

const char *stp_prior_word(stp_prior_kind kind)
{
    static const char *const WORDS[STP_PRIOR_KINDS] = {"uniform",   "normal",
                                                       "lognormal", "triangular",
                                                       "beta",      "choices"};
    return WORDS[kind];
}

static double triangular_below(const stp_prior *d, double x)
{
    if (x <= d->a || x >= d->c)
        return x <= d->a ? 0.0 : 1.0;
    double width = d->c - d->a;
    if (x <= d->b)
        return (x - d->a) * (x - d->a) / (width * (d->b - d->a));
    return 1.0 - (d->c - x) * (d->c - x) / (width * (d->c - d->b));
}

static double triangular_quantile(const stp_prior *d, double p)
{
    double width = d->c - d->a;
    if (p <= (d->b - d->a) / width)
        return d->a + sqrt(p * width * (d->b - d->a));
    return d->c - sqrt((1.0 - p) * width * (d->c - d->b));
}

static double choices_below(const stp_prior *d, double x)
{
    double sum = 0.0;
    for (size_t i = 0; i < d->count && d->values[i] <= x; i++)
        sum += d->weights[i];
    return sum;
}

static double choices_quantile(const stp_prior *d, double p)
{
    double sum = 0.0;
    for (size_t i = 0; i + 1 < d->count; i++) {
        sum += d->weights[i];
        if (sum >= p)
            return d->values[i];
    }
    return d->values[d->count - 1];
}

static double logarithm(double x)
{
    return x < 2.2250738585072014e-308 ? -INFINITY : stp_log(x);
}

double stp_prior_below(const stp_prior *d, double x)
{
    if (isinf(x))
        return x > 0 ? 1.0 : 0.0;
    switch (d->kind) {
    case STP_PRIOR_NORMAL: return stp_normal((x - d->a) / d->b);
    case STP_PRIOR_LOGNORMAL: return stp_normal((logarithm(x) - stp_log(d->a)) / d->b);
    case STP_PRIOR_TRIANGULAR: return triangular_below(d, x);
    case STP_PRIOR_BETA: return stp_beta((x - d->low) / (d->high - d->low), d->a, d->b);
    case STP_PRIOR_CHOICES: return choices_below(d, x);
    default: return fmin(1.0, fmax(0.0, (x - d->a) / (d->b - d->a)));
    }
}

double stp_prior_quantile(const stp_prior *d, double p)
{
    switch (d->kind) {
    case STP_PRIOR_NORMAL: return d->a + d->b * stp_normal_inverse(p);
    case STP_PRIOR_LOGNORMAL: {
        double x = d->b * stp_normal_inverse(p);
        return x > 700.0 ? INFINITY : d->a * stp_exp(x);
    }
    case STP_PRIOR_TRIANGULAR: return triangular_quantile(d, p);
    case STP_PRIOR_BETA:
        return d->low + (d->high - d->low) * stp_beta_inverse(p, d->a, d->b);
    case STP_PRIOR_CHOICES: return choices_quantile(d, p);
    default: return d->a + (d->b - d->a) * p;
    }
}

void stp_prior_part(const stp_prior *d, double low, double high, double *from, double *to)
{
    bool whole = d->kind == STP_PRIOR_CHOICES;
    *from = whole ? 0.0 : stp_prior_below(d, low);
    *to = whole ? 1.0 : stp_prior_below(d, high);
}

double stp_prior_at(const stp_prior *d, double x)
{
    double at = stp_prior_below(d, x);
    for (size_t i = 0; i < d->count; i++)
        if (d->values[i] == x)
            at -= d->weights[i] / 2;
    return at;
}

void stp_prior_free(stp_prior *prior)
{
    if (!prior)
        return;
    free(prior->values);
    free(prior->weights);
    free(prior->written);
    free(prior);
}
