#include "study/calibration/likelihood.h"

#include "base/exact.h"
#include "base/normal.h"
#include "study/stats/matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The least probability of a kind of run, or of a binary statistic: the record may be wrong. */
static const double LEAST = 0.01;

static bool is_of(const stp_sample_run *run, bool took_off)
{
    return !run->stopped && run->took_off == took_off;
}

/* ---- fitting ---- */

/* Runs at points, of which those of one regime are fitted. */
typedef struct fit {
    const stp_statistics *statistics;
    size_t n, dimensions;
    const double *x;
    const stp_sample_run *runs;
    bool took_off;
} fit;

/* What is fitted: a statistic of the regime, or a kind of run. */
enum { STOPPED = -2, TOOK_OFF = -1 };

static double value_at(const fit *f, int k, const stp_sample_run *run)
{
    switch (k) {
    case STOPPED: return run->stopped;
    case TOOK_OFF: return run->stopped ? NAN : run->took_off;
    default: return is_of(run, f->took_off) ? run->values[k] : NAN;
    }
}

static int fit_one(const fit *f, int k, stp_emulator *e)
{
    double *y = malloc((f->n + 1) * sizeof *y);
    if (!y)
        return -1;
    for (size_t i = 0; i < f->n; i++)
        y[i] = value_at(f, k, &f->runs[i]);
    bool binary = k < 0 || f->statistics->list[k].binary;
    int status = stp_emulator_fit(e, binary, f->n, f->dimensions, f->x, y);
    free(y);
    return status;
}

static int fit_emulators(const fit *f, stp_regime *regime)
{
    int failed = 0, count = (int)f->statistics->count;
#pragma omp parallel for schedule(dynamic) reduction(| : failed)
    for (int k = 0; k < count; k++)
        failed |= fit_one(f, k, &regime->emulators[k]) != 0;
    return failed;
}

/* Correlations of what the emulators leave unexplained, over runs that have both, shrunk by a tenth. */
static void correlate(stp_regime *regime, size_t count, size_t n, const double *residuals)
{
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++) {
            double aa = 0, bb = 0, ab = 0;
            for (size_t i = 0; i < n; i++) {
                double u = residuals[i * count + a], v = residuals[i * count + b];
                if (isnan(u) || isnan(v))
                    continue;
                aa += u * u;
                bb += v * v;
                ab += u * v;
            }
            regime->correlation[a * count + b] = a == b ? 1
                                                 : aa > 0 && bb > 0
                                                     ? 0.9 * ab / sqrt(aa * bb)
                                                     : 0;
        }
}

static int fit_correlation(const fit *f, stp_regime *regime)
{
    size_t count = f->statistics->count;
    double *residuals = malloc((f->n * count + 1) * sizeof *residuals);
    if (!residuals)
        return -1;
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < f->n; i++)
            residuals[i * count + k] =
                is_of(&f->runs[i], f->took_off)
                    ? f->runs[i].values[k] -
                          stp_emulator_predict(&regime->emulators[k],
                                               f->x + i * f->dimensions)
                              .mean
                    : NAN;
    correlate(regime, count, f->n, residuals);
    free(residuals);
    return 0;
}

static int fit_regime(const fit *f, stp_regime *regime)
{
    size_t count = f->statistics->count;
    regime->emulators = calloc(count + 1, sizeof *regime->emulators);
    regime->correlation = calloc(count * count + 1, sizeof *regime->correlation);
    return regime->emulators && regime->correlation && fit_emulators(f, regime) == 0 &&
                   fit_correlation(f, regime) == 0
               ? 0
               : -1;
}

int stp_likelihood_fit(steppe_context *context, const stp_statistics *statistics,
                       size_t n, size_t dimensions, const double *x,
                       const stp_sample_run *runs, stp_likelihood *l)
{
    *l = (stp_likelihood){.statistics = statistics, .dimensions = dimensions};
    fit calm = {statistics, n, dimensions, x, runs, false}, unrest = calm;
    unrest.took_off = true;
    if (fit_one(&calm, STOPPED, &l->stopped) == 0 &&
        fit_one(&calm, TOOK_OFF, &l->took_off) == 0 && fit_regime(&calm, &l->calm) == 0 &&
        fit_regime(&unrest, &l->unrest) == 0)
        return STEPPE_OK;
    stp_likelihood_clear(l);
    return stp_no_memory(context);
}

static void clear_regime(stp_regime *regime, size_t count)
{
    for (size_t k = 0; regime->emulators && k < count; k++)
        stp_emulator_clear(&regime->emulators[k]);
    free(regime->emulators);
    free(regime->correlation);
    *regime = (stp_regime){.emulators = NULL};
}

void stp_likelihood_clear(stp_likelihood *l)
{
    size_t count = l->statistics ? l->statistics->count : 0;
    stp_emulator_clear(&l->stopped);
    stp_emulator_clear(&l->took_off);
    clear_regime(&l->calm, count);
    clear_regime(&l->unrest, count);
}

/* ---- evaluating ---- */

static const stp_regime *regime_of(const stp_likelihood *l, const stp_record *record)
{
    return record->took_off ? &l->unrest : &l->calm;
}

/* Does a number of the record speak, and is there an emulator for it? */
static bool speaks(const stp_likelihood *l, size_t k, const stp_record *record)
{
    return l->statistics->list[k].trains && !isnan(record->wanted[k]) &&
           regime_of(l, record)->emulators[k].used > 0;
}

/* Variance around the emulated mean for all reasons but the shared bias. */
static double own_variance(const stp_statistic *s)
{
    return s->error * s->error + s->discrepancy * s->discrepancy;
}

/* Probability of a run like the record's; *other: of the likelier of the other kinds. */
static double chance(const stp_likelihood *l, const double *x, bool took_off,
                     double *other)
{
    double stopped = l->stopped.used ? stp_emulator_predict(&l->stopped, x).mean : 0;
    double rises = l->took_off.used ? stp_emulator_predict(&l->took_off, x).mean : 0.5;
    double unrest = (1 - stopped) * rises, calm = (1 - stopped) * (1 - rises);
    *other = fmax(stopped, took_off ? calm : unrest);
    return took_off ? unrest : calm;
}

double stp_likelihood_implausibility(const stp_likelihood *l, const double *x,
                                     const stp_record *record, double cutoff)
{
    const double LIMIT =
        1.6448536269514722; /* quantile 0.95 of the normal distribution */
    double other;
    chance(l, x, record->took_off, &other);
    double most = fmax(0, cutoff / LIMIT * stp_normal_inverse(fmin(other, 1 - 1e-12)));
    for (size_t k = 0; k < l->statistics->count; k++) {
        const stp_statistic *s = &l->statistics->list[k];
        const stp_emulator *e = &regime_of(l, record)->emulators[k];
        if (!speaks(l, k, record) || s->binary)
            continue;
        stp_prediction p = stp_emulator_predict(e, x);
        double variance = p.variance + e->noise + own_variance(s) + s->bias * s->bias;
        double away = (record->wanted[k] - p.mean) / sqrt(variance);
        if (s->censored == STP_CENSORED_BELOW)
            away = fmax(-away, 0);
        else if (s->censored == STP_CENSORED_ABOVE)
            away = fmax(away, 0);
        most = fmax(most, fabs(away));
    }
    return most;
}

static double log_binary(double probability, double wanted)
{
    double p = fmin(fmax(probability, LEAST), 1 - LEAST);
    return stp_log(wanted > 0.5 ? p : 1 - p);
}

/* The probability that the truth lies on the side of a bound that the record says, taken by itself. */
static double log_bound(const stp_statistic *s, double noise, stp_prediction p,
                        double wanted)
{
    double variance = p.variance + noise + own_variance(s) + s->bias * s->bias;
    double away = (wanted - p.mean) / sqrt(variance);
    return stp_log(fmax(stp_normal(s->censored == STP_CENSORED_BELOW ? away : -away),
                        1e-300));
}

/* The numbers of a record that speak. */
typedef struct numbers {
    size_t m, index[STP_MAX_TRAINING];
    stp_prediction prediction[STP_MAX_TRAINING];
    double distance[STP_MAX_TRAINING];
} numbers;

/* Covariance around the emulated means, or without a regime around the numbers of a run; lower triangle. */
static void fill_covariance(const stp_statistics *statistics, const stp_regime *regime,
                            const numbers *v, double *covariance)
{
    for (size_t a = 0; a < v->m; a++)
        for (size_t b = 0; b <= a; b++) {
            size_t i = v->index[a], k = v->index[b];
            const stp_statistic *s = &statistics->list[i], *t = &statistics->list[k];
            double sum = 0;
            if (regime)
                sum = sqrt(regime->emulators[i].noise * regime->emulators[k].noise) *
                      regime->correlation[i * statistics->count + k];
            if (a == b)
                sum += v->prediction[a].variance + own_variance(s);
            if (s->shared >= 0 && s->shared == t->shared)
                sum += s->bias * t->bias;
            covariance[a * v->m + b] = sum;
        }
}

static double log_normal(const stp_statistics *statistics, const stp_regime *regime,
                         numbers *v)
{
    double covariance[STP_MAX_TRAINING * STP_MAX_TRAINING];
    fill_covariance(statistics, regime, v, covariance);
    if (!stp_cholesky(covariance, v->m))
        return -INFINITY;
    stp_solve_lower(covariance, v->m, v->distance);
    double sum = -stp_cholesky_log_determinant(covariance, v->m) / 2;
    for (size_t k = 0; k < v->m; k++)
        sum -= v->distance[k] * v->distance[k] / 2;
    return sum;
}

double stp_likelihood_log_chance(const stp_likelihood *l, const double *x, bool took_off)
{
    double other;
    return stp_log(fmax(chance(l, x, took_off, &other), 1e-6));
}

/* What one statistic of the record adds to the log likelihood; an ordinary number is kept for log_normal. noise: its
 * variance over seeds, where the prediction is an emulator's. */
static double add_statistic(const stp_statistics *statistics, size_t k, double wanted,
                            stp_prediction p, double noise, numbers *v)
{
    const stp_statistic *s = &statistics->list[k];
    if (s->binary)
        return log_binary(p.mean, wanted);
    if (s->censored != STP_CENSORED_NOT)
        return log_bound(s, noise, p, wanted);
    v->prediction[v->m] = p;
    v->distance[v->m] = wanted - p.mean;
    v->index[v->m++] = k;
    return 0;
}

double stp_likelihood_log(const stp_likelihood *l, const double *x,
                          const stp_record *record)
{
    const stp_regime *regime = regime_of(l, record);
    numbers v = {.m = 0};
    double sum = stp_likelihood_log_chance(l, x, record->took_off);
    for (size_t k = 0; k < l->statistics->count; k++) {
        const stp_emulator *e = &regime->emulators[k];
        if (speaks(l, k, record))
            sum += add_statistic(l->statistics, k, record->wanted[k],
                                 stp_emulator_predict(e, x), e->noise, &v);
    }
    return v.m ? sum + log_normal(l->statistics, regime, &v) : sum;
}

/* What a run leaves undefined counts as so many standard deviations away; a run that was stopped leaves all undefined. So
 * the runs that are no country like the record's still say which are less unlike it. */
static const double UNDEFINED = 5;

static double log_undefined(const stp_statistic *s)
{
    double sum = UNDEFINED * UNDEFINED / 2 +
                 (s->binary ? 0 : stp_log(stp_statistic_spread(s)));
    return -sum;
}

double stp_run_log(const stp_statistics *statistics, const stp_record *record,
                   const stp_sample_run *run)
{
    numbers v = {.m = 0};
    double sum = 0;
    for (size_t k = 0; k < statistics->count; k++) {
        const stp_statistic *s = &statistics->list[k];
        const stp_prediction p = {run->stopped ? NAN : run->values[k], 0};
        if (!s->trains || isnan(record->wanted[k]))
            continue;
        sum += isnan(p.mean) ? log_undefined(s)
                             : add_statistic(statistics, k, record->wanted[k], p, 0, &v);
    }
    return v.m ? sum + log_normal(statistics, NULL, &v) : sum;
}
