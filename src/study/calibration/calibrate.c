#include "study/calibration/calibrate.h"

#include "base/normal.h"
#include "study/calibration/smc.h"
#include "study/stats/sampling.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    steppe_context *context;
    const stp_calibrate_options *o;
    const stp_statistics *statistics;
    const stp_record *record;
    stp_posterior *posterior;
    stp_wave waves[STP_MAX_WAVES];
    bool with_likelihood; /* the target of sampling: else what is not implausible */
} job;

/* Penalty for each squared standard deviation beyond the cutoff. */
static const double PENALTY = 5;

/* Points of a wave are sought where runs of the record's kind are likely: power of that probability. */
static const double EAGERNESS = 2;

void stp_place_of(size_t dimensions, const double *z, double *x)
{
    for (size_t k = 0; k < dimensions; k++)
        x[k] = 2 * stp_normal(z[k]) - 1;
}

/* ---- waves ---- */

int stp_wave_create(steppe_context *context, size_t count, size_t dimensions,
                    size_t statistics, stp_wave *w)
{
    *w = (stp_wave){count, calloc(count * dimensions + 1, sizeof *w->z),
                    calloc(count + 1, sizeof *w->runs),
                    calloc(count * statistics + 1, sizeof *w->measured)};
    if (!w->z || !w->runs || !w->measured) {
        stp_wave_clear(w);
        return stp_no_memory(context);
    }
    for (size_t i = 0; i < count; i++)
        w->runs[i].values = w->measured + i * statistics;
    return STEPPE_OK;
}

void stp_wave_clear(stp_wave *w)
{
    free(w->z);
    free(w->runs);
    free(w->measured);
    *w = (stp_wave){.count = 0};
}

/* ---- what is left of the prior ---- */

static double cutoff_of(const stp_calibrate_options *o)
{
    return o->cutoff > 0 ? o->cutoff : 3;
}

/* The largest implausibility by the base and the first `count` waves. */
static double implausibility(const stp_calibrate_options *o, const stp_posterior *p,
                             size_t count, const stp_record *record, const double *x)
{
    double cutoff = cutoff_of(o), most = 0;
    if (o->base)
        most = stp_likelihood_implausibility(o->base, x, o->base_record, cutoff);
    for (size_t w = 0; w < count; w++)
        most = fmax(most,
                    stp_likelihood_implausibility(&p->fitted[w], x, record, cutoff));
    return most;
}

/* The same by the waves so far, at a point. */
static double implausibility_at(const job *j, const double *z)
{
    double x[STP_MAX_CALIBRATED];
    stp_place_of(j->o->dimensions, z, x);
    return implausibility(j->o, j->posterior, j->posterior->fitted_count, j->record, x);
}

/* 0 where nothing speaks against a point. The last emulators only speak by their likelihood, if that is asked. */
static double log_target(const double *z, void *user)
{
    const job *j = user;
    double x[STP_MAX_CALIBRATED];
    stp_place_of(j->o->dimensions, z, x);
    const stp_posterior *p = j->posterior;
    size_t count = p->fitted_count - (j->with_likelihood ? 1 : 0);
    double excess = implausibility(j->o, p, count, j->record, x) - cutoff_of(j->o);
    double value = excess > 0 ? -PENALTY * excess * excess : 0;
    const stp_likelihood *last = &p->fitted[p->fitted_count - 1];
    value += j->with_likelihood
                 ? stp_likelihood_log(last, x, j->record)
                 : EAGERNESS * stp_likelihood_log_chance(last, x, j->record->took_off);
    return value;
}

double stp_posterior_log(const stp_calibrate_options *o, const stp_posterior *p,
                         const stp_record *record, const double *z)
{
    job j = {.o = o,
             .record = record,
             .posterior = (stp_posterior *)p,
             .with_likelihood = true};
    return log_target(z, &j);
}

/* ---- fitting ---- */

/* Fit emulators to the runs so far at the points that the earlier ones leave, with half as much again: those outside
 * would bend the fit. */
static int fit(job *j)
{
    stp_posterior *p = j->posterior;
    size_t n = 0, d = j->o->dimensions, all = 0;
    for (size_t w = 0; w < p->wave_count; w++)
        all += j->waves[w].count;
    double *x = malloc((all * d + 1) * sizeof *x);
    stp_sample_run *runs = malloc((all + 1) * sizeof *runs);
    int status = x && runs ? STEPPE_OK : stp_no_memory(j->context);
    for (size_t w = 0; status == STEPPE_OK && w < p->wave_count; w++)
        for (size_t i = 0; i < j->waves[w].count; i++) {
            const double *z = j->waves[w].z + i * d;
            if (!(implausibility_at(j, z) <= 1.5 * cutoff_of(j->o)))
                continue;
            stp_place_of(d, z, x + n * d);
            runs[n++] = j->waves[w].runs[i];
        }
    if (status == STEPPE_OK)
        status = stp_likelihood_fit(j->context, j->statistics, n, d, x, runs,
                                    &p->fitted[p->fitted_count]);
    p->fitted_count += status == STEPPE_OK;
    p->notes[p->wave_count - 1].trained = n;
    free(x);
    free(runs);
    return status;
}

/* ---- points ---- */

static int first_points(const job *j, stp_wave *w)
{
    size_t numbers = w->count * j->o->dimensions;
    if (stp_latin(j->o->seed, w->count, j->o->dimensions, w->z) != 0)
        return stp_no_memory(j->context);
    for (size_t i = 0; i < numbers; i++)
        w->z[i] = stp_normal_inverse(w->z[i]);
    return STEPPE_OK;
}

/* Draws from the target, [draw * dimensions]. *found: whether there are any. */
static int sample(const job *j, size_t draws, uint64_t seed, double *z, double *values,
                  bool *found, double *evidence)
{
    const stp_smc_options options = {.seed = seed,
                                     .particles = draws,
                                     .dimensions = j->o->dimensions,
                                     .threads = j->o->threads};
    stp_smc_summary summary;
    int status = stp_smc(&options, log_target, (void *)j, z, values, &summary);
    *found = status == 0;
    *evidence = summary.evidence;
    return status < 0 ? stp_no_memory(j->context) : STEPPE_OK;
}

/* Points of a later wave: spread over the draws, those that are not implausible first. good: space for a flag each. */
static void choose(const job *j, size_t draws, const double *z, bool *good, stp_wave *w)
{
    size_t d = j->o->dimensions, goods = 0, taken = 0;
    for (size_t i = 0; i < draws; i++) {
        good[i] = j->with_likelihood ||
                  implausibility_at(j, z + i * d) <= cutoff_of(j->o);
        goods += good[i];
    }
    for (size_t pass = 0; pass < 2 && taken < w->count; pass++) {
        size_t pool = pass == 0 ? goods : draws - goods, seen = 0,
               want = w->count - taken;
        size_t most = want < pool ? want : pool, here = 0;
        for (size_t i = 0; i < draws && here < most; i++) {
            if (good[i] != (pass == 0))
                continue;
            if (here * pool <= seen * most) { /* evenly over the pool */
                memcpy(w->z + taken++ * d, z + i * d, d * sizeof *z);
                here++;
            }
            seen++;
        }
    }
    w->count = taken;
}

/* The share of the prior that is not implausible to the waves so far, by a sample of it. */
static double plausible_share(const job *j)
{
    enum { SAMPLE = 2000, KIND = 0x5053 };
    size_t hits = 0;
#pragma omp parallel for reduction(+ : hits) num_threads(j->o->threads ? j->o->threads : omp_get_num_procs())
    for (size_t i = 0; i < SAMPLE; i++) {
        double z[STP_MAX_CALIBRATED];
        for (size_t k = 0; k < j->o->dimensions; k++)
            z[k] = stp_smc_normal(j->o->seed, KIND, (uint32_t)i, (uint32_t)k);
        hits += implausibility_at(j, z) <= cutoff_of(j->o);
    }
    return (double)hits / SAMPLE;
}

/* ---- points around the runs that came nearest to the record ---- */

/* A run, by its distance from the record. */
typedef struct near_run {
    double distance;
    const double *z;
    size_t order; /* of ties */
} near_run;

static int by_distance(const void *a, const void *b)
{
    const near_run *x = a, *y = b;
    return x->distance != y->distance
               ? (x->distance > y->distance) - (x->distance < y->distance)
               : (x->order > y->order) - (x->order < y->order);
}

/* Sum of squared deviations of the numbers that train, in standard deviations, each at most 3. */
static double distance_of(const job *j, const stp_sample_run *run)
{
    double sum = 0;
    for (size_t k = 0; k < j->statistics->count; k++) {
        const stp_statistic *s = &j->statistics->list[k];
        double wanted = j->record->wanted[k];
        if (!s->trains || isnan(wanted))
            continue;
        double away = s->binary ? 3 * (run->values[k] - wanted)
                                : (run->values[k] - wanted) / stp_statistic_spread(s);
        sum += isnan(away) ? 9 : fmin(9, away * away);
    }
    return sum;
}

/* Runs of the record's kind, nearest first. */
static size_t find_near(const job *j, near_run *near)
{
    size_t count = 0;
    for (size_t w = 0; w < j->posterior->wave_count; w++)
        for (size_t i = 0; i < j->waves[w].count; i++) {
            const stp_sample_run *run = &j->waves[w].runs[i];
            if (run->stopped || run->took_off != j->record->took_off)
                continue;
            near[count] = (near_run){distance_of(j, run),
                                     j->waves[w].z + i * j->o->dimensions, count};
            count++;
        }
    qsort(near, count, sizeof *near, by_distance);
    return count;
}

/* Replace every second point by one near a run that came near the record: a step that leaves the prior as it is
 * (Neal 1999), so that what does not matter is drawn anew. Emulators only need points where it counts; how they were
 * chosen does not bend them. */
static int add_near(const job *j, stp_wave *w)
{
    enum { FEWEST = 5, KIND = 0x4e52 };
    const double STEP = 0.4, KEPT = 0.9165151389911681; /* their squares sum to 1 */
    size_t all = 0, d = j->o->dimensions;
    for (size_t v = 0; v < j->posterior->wave_count; v++)
        all += j->waves[v].count;
    near_run *near = malloc((all + 1) * sizeof *near);
    if (!near)
        return stp_no_memory(j->context);
    size_t count = find_near(j, near),
           most = w->count / 5 > FEWEST ? w->count / 5 : FEWEST;
    size_t parents = count < most ? count : most;
    for (size_t i = 1; parents >= FEWEST && i < w->count; i += 2)
        for (size_t k = 0; k < d; k++)
            w->z[i * d + k] = KEPT * near[i / 2 % parents].z[k] +
                              STEP * stp_smc_normal(j->o->seed + j->posterior->wave_count,
                                                    KIND, (uint32_t)i, (uint32_t)k);
    free(near);
    return STEPPE_OK;
}

static double least_implausibility(const job *j, const stp_wave *w)
{
    double least = INFINITY;
    for (size_t i = 0; i < w->count; i++)
        least = fmin(least, implausibility_at(j, w->z + i * j->o->dimensions));
    return least;
}

static int later_points(job *j, stp_wave *w)
{
    enum { FEWEST = 400 };
    size_t draws = w->count * 3 > FEWEST ? w->count * 3 : FEWEST, d = j->o->dimensions;
    double *z = malloc(draws * d * sizeof *z), *values = malloc(draws * sizeof *values);
    bool *good = malloc(draws * sizeof *good);
    stp_wave_note *note = &j->posterior->notes[j->posterior->wave_count - 1];
    bool found;
    double evidence = 0;
    int status = z && values && good
                     ? sample(j, draws, j->o->seed + j->posterior->wave_count, z, values,
                              &found, &evidence)
                     : stp_no_memory(j->context);
    if (status == STEPPE_OK) {
        choose(j, draws, z, good, w);
        note->least = least_implausibility(j, w);
        note->plausible = plausible_share(j);
        if (!j->with_likelihood)
            status = add_near(j, w);
    }
    free(good);
    free(z);
    free(values);
    return status;
}

/* ---- the whole ---- */

static int run_wave(job *j, stp_simulator simulator, void *user, size_t points)
{
    stp_posterior *p = j->posterior;
    stp_wave *w = &j->waves[p->wave_count];
    int status = stp_wave_create(j->context, points, j->o->dimensions,
                                 j->statistics->count, w);
    if (status == STEPPE_OK)
        status = p->wave_count ? later_points(j, w) : first_points(j, w);
    if (status == STEPPE_OK)
        status = simulator(user, p->wave_count + 1, w->count, w->z, w->runs);
    if (status != STEPPE_OK)
        return status;
    stp_wave_note *note = &p->notes[p->wave_count++];
    *note = (stp_wave_note){.points = w->count, .plausible = NAN, .least = NAN};
    for (size_t i = 0; i < w->count; i++) {
        note->stopped += w->runs[i].stopped;
        note->took_off += w->runs[i].took_off;
    }
    return STEPPE_OK;
}

/* The bank in place of wave 1. */
static void take_bank(job *j)
{
    j->waves[0] = *j->o->bank; /* borrowed */
    j->posterior->wave_count = 1;
    j->posterior->notes[0] = (stp_wave_note){.points = j->o->bank->count,
                                             .plausible = NAN,
                                             .least = NAN};
}

static int run_waves(job *j, stp_simulator simulator, void *user)
{
    int status = STEPPE_OK;
    size_t waves = j->o->waves;
    if (j->o->bank) {
        take_bank(j);
        status = fit(j);
    }
    while (status == STEPPE_OK && j->posterior->wave_count < waves) {
        bool later = j->posterior->wave_count > 0 && j->o->later > 0;
        status = run_wave(j, simulator, user, later ? j->o->later : j->o->points);
        if (status == STEPPE_OK)
            status = fit(j);
    }
    if (status != STEPPE_OK || j->o->last == 0)
        return status;
    j->with_likelihood = true;
    status = run_wave(j, simulator, user, j->o->last);
    return status == STEPPE_OK ? fit(j) : status;
}

/* Is no draw plausible to history matching? Then what was drawn is what comes nearest. */
static bool is_empty(const job *j)
{
    const stp_posterior *p = j->posterior;
    size_t count = p->fitted_count - 1;
    for (size_t i = 0; i < p->draws; i++) {
        double x[STP_MAX_CALIBRATED];
        stp_place_of(p->dimensions, p->z + i * p->dimensions, x);
        if (implausibility(j->o, p, count, j->record, x) <= cutoff_of(j->o))
            return false;
    }
    return true;
}

int stp_calibrate(steppe_context *context, const stp_calibrate_options *o,
                  const stp_statistics *statistics, const stp_record *record,
                  stp_simulator simulator, void *user, stp_posterior *p)
{
    *p = (stp_posterior){.draws = o->draws, .dimensions = o->dimensions};
    job j = {context, o, statistics, record, p, .with_likelihood = false};
    p->z = malloc(o->draws * o->dimensions * sizeof *p->z);
    p->log_likelihood = malloc(o->draws * sizeof *p->log_likelihood);
    int status = p->z && p->log_likelihood ? run_waves(&j, simulator, user)
                                           : stp_no_memory(context);
    j.with_likelihood = true;
    bool found = false;
    if (status == STEPPE_OK)
        status = sample(&j, o->draws, o->seed + STP_MAX_WAVES, p->z, p->log_likelihood,
                        &found, &p->evidence);
    p->empty = status == STEPPE_OK && (!found || is_empty(&j));
    for (size_t w = o->bank ? 1 : 0; w < STP_MAX_WAVES; w++)
        stp_wave_clear(&j.waves[w]);
    if (status != STEPPE_OK)
        stp_posterior_clear(p);
    return status;
}

void stp_posterior_clear(stp_posterior *p)
{
    for (size_t w = 0; w < p->fitted_count; w++)
        stp_likelihood_clear(&p->fitted[w]);
    free(p->z);
    free(p->log_likelihood);
    *p = (stp_posterior){.draws = 0};
}
