#include "study/stats/paired.h"

#include "base/normal.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>

/* ---- differences ---- */

stp_paired stp_paired_summary(const double *differences, size_t n, double confidence)
{
    stp_paired s = {0};
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double d = differences[i];
        s.missing += isnan(d);
        s.positive += d > 0;
        s.negative += d < 0;
        s.zero += d == 0;
        sum += isnan(d) ? 0 : d;
    }
    s.n = n - s.missing;
    double mean = s.n ? sum / (double)s.n : NAN;
    for (size_t i = 0; i < n; i++) {
        double off = isnan(differences[i]) ? 0 : differences[i] - mean;
        squares += off * off;
    }
    s.deviation = s.n > 1 ? sqrt(squares / (double)(s.n - 1)) : NAN;
    s.effect = s.deviation > 0 ? mean / s.deviation : NAN;
    s.mean = stp_student_interval(mean, s.deviation, s.n, (1 - confidence) / 2);
    return s;
}

/* Mean of a sample of n, drawn with replacement from values[0 .. n-1]. */
static double resampled_mean(const double *values, size_t n, uint64_t seed,
                             uint32_t number)
{
    double sum = 0;
    for (size_t i = 0; i < n; i += 4) {
        stp_words words = stp_random(seed, STP_PURPOSE_RESAMPLE, number,
                                     (uint32_t)(i / 4), 0, 0);
        for (size_t k = 0; k < 4 && i + k < n; k++)
            sum += values[stp_below(words.w[k], (uint32_t)n)];
    }
    return sum / (double)n;
}

/* The quantile at which an end lies, corrected for bias and acceleration. */
static double corrected_share(double z, double bias, double acceleration)
{
    double below = 1 - acceleration * (bias + z);
    return below > 0 ? stp_normal(bias + (bias + z) / below) : z > 0;
}

static void bca(const double *means, size_t count, double mean, double acceleration,
                double confidence, stp_interval *interval)
{
    double below = 0, z = -stp_normal_inverse((1 - confidence) / 2);
    for (size_t b = 0; b < count; b++)
        below += means[b] < mean ? 1 : means[b] == mean ? 0.5 : 0;
    /* all or none below would be an infinite bias */
    double most = (double)count - 0.5;
    double bias = stp_normal_inverse((below < 0.5    ? 0.5
                                      : below > most ? most
                                                     : below) /
                                     (double)count);
    interval->low = stp_quantile(means, count, corrected_share(-z, bias, acceleration));
    interval->high = stp_quantile(means, count, corrected_share(z, bias, acceleration));
}

int stp_bootstrap_interval(const double *values, size_t n, double confidence,
                           uint64_t seed, size_t resamples, stp_interval *interval)
{
    double *whole = malloc((n + resamples + 1) * sizeof *whole), *means = whole + n;
    size_t count = 0;
    double sum = 0, squares = 0, cubes = 0;
    if (!whole)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (!isnan(values[i])) {
            whole[count++] = values[i];
            sum += values[i];
        }
    *interval = (stp_interval){count ? sum / (double)count : NAN, NAN, NAN, count};
    double mean = interval->estimate;
    for (size_t i = 0; i < count; i++) {
        double off = whole[i] - mean;
        squares += off * off;
        cubes += off * off * off;
    }
    if (count > 1 && !(squares > 0))
        interval->low = interval->high = mean;
    else if (count > 1 && resamples > 0) {
        for (size_t b = 0; b < resamples; b++)
            means[b] = resampled_mean(whole, count, seed, (uint32_t)b);
        stp_sort(means, resamples);
        bca(means, resamples, mean, cubes / (6 * squares * sqrt(squares)), confidence,
            interval);
    }
    free(whole);
    return 0;
}

/* ---- how many pairs ---- */

double stp_required_pairs(double effect, double alpha, double power)
{
    double z = stp_normal_inverse(power) - stp_normal_inverse(alpha / 2);
    return ceil(z * z / (effect * effect));
}

/* ---- yes or no ---- */

stp_pair_table stp_pair_table_of(const double *a, const double *b, size_t n)
{
    stp_pair_table table = {0};
    for (size_t i = 0; i < n; i++) {
        if (isnan(a[i]) || isnan(b[i]))
            continue;
        size_t *cell = a[i] != 0 ? (b[i] != 0 ? &table.both : &table.only_a)
                                 : (b[i] != 0 ? &table.only_b : &table.neither);
        ++*cell;
    }
    return table;
}

double stp_mcnemar(stp_pair_table table)
{
    double n = (double)table.only_a + (double)table.only_b;
    double k = (double)(table.only_a < table.only_b ? table.only_a : table.only_b);
    /* the binomial's terms from k down to 0, each from the one above it */
    double term = exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * log(2));
    double sum = 0;
    while (k >= 0 && term > sum * 1e-17) {
        sum += term;
        term *= k / (n - k + 1);
        k -= 1;
    }
    return fmin(1, 2 * sum);
}

/* Correlation of the two answers of a pair, with the correction for continuity (Newcombe 1998). */
static double phi(stp_pair_table t)
{
    double both = (double)t.both, a = (double)t.only_a, b = (double)t.only_b;
    double neither = (double)t.neither, n = both + a + b + neither;
    double product = (both + a) * (b + neither) * (both + b) * (a + neither);
    double cross = both * neither - a * b;
    if (!(product > 0))
        return 0;
    return (cross > 0 ? fmax(0, cross - n / 2) : cross) / sqrt(product);
}

stp_interval stp_risk_difference(stp_pair_table t, double confidence)
{
    size_t n = t.both + t.only_a + t.only_b + t.neither;
    if (n == 0)
        return (stp_interval){NAN, NAN, NAN, 0};
    double count = (double)n, r = phi(t);
    stp_interval a = stp_share_interval_at((double)(t.both + t.only_a) / count, n,
                                           confidence);
    stp_interval b = stp_share_interval_at((double)(t.both + t.only_b) / count, n,
                                           confidence);
    double down_a = a.estimate - a.low, up_a = a.high - a.estimate;
    double down_b = b.estimate - b.low, up_b = b.high - b.estimate;
    double difference = ((double)t.only_b - (double)t.only_a) / count;
    double down = down_b * down_b - 2 * r * down_b * up_a + up_a * up_a;
    double up = up_b * up_b - 2 * r * up_b * down_a + down_a * down_a;
    return (stp_interval){difference, difference - sqrt(fmax(0, down)),
                          difference + sqrt(fmax(0, up)), n};
}
