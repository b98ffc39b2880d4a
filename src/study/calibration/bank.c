#include "study/calibration/bank.h"

#include "base/normal.h"
#include "base/random.h"
#include "base/stop.h"
#include "base/text.h"
#include "base/threads.h"
#include "scenario/node.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Kind of draw, in place of the step, of ranges that are not calibrated. */
enum { OTHERS = 0x4f54u };

/* A wave that is being run. */
typedef struct wave {
    stp_bank *bank;
    size_t number, count;
    const double *z;
    stp_sample_run *runs;
    stp_calibration_kept *kept;
    int stop; /* a status */
    char message[600];
    double reported; /* when the first thread last reported progress, monotonic seconds */
} wave;

/* Six digits: a draw is written, read and run as the same number. */
static double rounded(const stp_range *r, double value)
{
    char text[STP_NUMBER_TEXT];
    double number = value;
    if (r->parameter->type != STP_NUMBER)
        return value;
    snprintf(text, sizeof text, "%.6g", value);
    stp_number_parse(text, &number);
    return fmin(fmax(number, r->low), r->high);
}

void stp_bank_values(const stp_bank *b, size_t number, size_t point, const double *z,
                     double *place, double *values)
{
    for (size_t k = 0; k < b->range_count; k++) {
        stp_words r = stp_random(b->seed, STP_PURPOSE_CALIBRATE, (uint32_t)k,
                                 (uint32_t)point, OTHERS, (uint32_t)number);
        place[k] = ((double)r.w[0] + 0.5) / 4294967296.0;
    }
    for (size_t k = 0; k < b->dimensions; k++)
        place[b->calibrated[k]] = fmin(stp_normal(z[k]), 1 - 1e-16);
    stp_ranges_draw(b->ranges, b->range_count, b->copula, place, values);
    for (size_t k = 0; k < b->range_count; k++)
        values[k] = rounded(&b->ranges[k], values[k]);
}

/* ---- stopping ---- */

static bool is_stopped(const wave *w)
{
    int stop;
#pragma omp atomic read
    stop = w->stop;
    return stop != STEPPE_OK;
}

static void stop(wave *w, int status, const char *message)
{
    if (status == STEPPE_OK)
        return;
    snprintf(w->message, sizeof w->message, "%s", message);
#pragma omp atomic write
    w->stop = status;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Called within a critical section. */
static void report(wave *w)
{
    stp_bank *b = w->bank;
    double share = b->total ? (double)b->finished / (double)b->total : 0;
    if (b->progress && b->progress(fmin(share, 1), b->user) != 0)
        stop(w, STEPPE_STOPPED, "stopped");
}

/* Called in the middle of steps, from any thread. */
static bool is_to_stop(void *user)
{
    wave *w = user;
    bool asked = stp_stop_asked(&w->bank->context->stop), due = false;
    if (w->bank->progress && omp_get_thread_num() == 0 && now() - w->reported > 0.1) {
        due = true;
        w->reported = now();
    }
    if (asked || due) {
#pragma omp critical(stp_bank)
        if (asked)
            stop(w, STEPPE_STOPPED, "stopped");
        else
            report(w);
    }
    return is_stopped(w);
}

/* ---- one run ---- */

typedef struct draws {
    double *place, *values;
    char **texts;
    stp_setting *settings;
} draws;

static void free_draws(const stp_bank *b, draws *d)
{
    for (size_t k = 0; d->texts && k < b->range_count; k++)
        free(d->texts[k]);
    free(d->place);
    free(d->values);
    free(d->texts);
    free(d->settings);
}

static int make_draws(const wave *w, size_t point, draws *d)
{
    const stp_bank *b = w->bank;
    size_t n = b->range_count + 1;
    *d = (draws){calloc(n, sizeof *d->place), calloc(n, sizeof *d->values),
                 calloc(n, sizeof *d->texts), calloc(n, sizeof *d->settings)};
    if (!d->place || !d->values || !d->texts || !d->settings)
        return STEPPE_NO_MEMORY;
    stp_bank_values(b, w->number, point, w->z + point * b->dimensions, d->place,
                    d->values);
    for (size_t k = 0; k < b->range_count; k++) {
        d->texts[k] = stp_range_setting(&b->ranges[k], d->values[k]);
        if (!d->texts[k])
            return STEPPE_NO_MEMORY;
        d->settings[k] = (stp_setting){d->texts[k], "draw:"};
    }
    return STEPPE_OK;
}

static int vary_and_run(const wave *w, steppe_context *context, const draws *d,
                        stp_sample_run *run)
{
    const stp_bank *b = w->bank;
    steppe_scenario *varied = NULL;
    int status = stp_scenario_vary(context, b->statistics->scenario, d->settings,
                                   b->range_count, STP_TO_RUN, &varied);
    if (status == STEPPE_OK)
        status = stp_statistics_run(context, b->statistics, varied, run->seed, b->scale,
                                    run);
    steppe_scenario_free(varied);
    return status;
}

static void make_impossible(const stp_bank *b, stp_sample_run *run)
{
    run->stopped = true;
    run->took_off = false;
    run->digest = 0;
    for (size_t k = 0; k < b->statistics->count; k++)
        run->values[k] = NAN;
}

static void keep(wave *w, size_t point, const draws *d, const char *failure)
{
    stp_bank *b = w->bank;
    const stp_sample_run *run = &w->runs[point];
    const stp_calibration_row row = {.wave = w->number,
                                     .point = point,
                                     .seed = run->seed,
                                     .digest = run->digest,
                                     .failure = failure,
                                     .stopped = run->stopped,
                                     .took_off = run->took_off,
                                     .values = d->values,
                                     .measured = run->values};
#pragma omp critical(stp_bank)
    {
        b->finished++;
        b->made++;
        b->failed += failure != NULL;
        b->stopped += run->stopped && !failure;
        if (b->store && stp_calibration_add(b->store, &row) != STEPPE_OK)
            stop(w, STEPPE_CANNOT_WRITE, steppe_context_message(b->context));
        else
            report(w);
    }
}

static void one_run(wave *w, size_t point)
{
    steppe_context *context = NULL;
    stp_sample_run *run = &w->runs[point];
    draws d;
    run->seed = w->bank->seed + w->number * 1000000 + point;
    int status = make_draws(w, point, &d);
    if (status == STEPPE_OK)
        status = steppe_context_create(&context);
    if (status == STEPPE_OK) {
        steppe_context_watch(context, is_to_stop, w);
        status = vary_and_run(w, context, &d, run);
    }
    if (status == STEPPE_NO_MEMORY) {
#pragma omp critical(stp_bank)
        stop(w, status, "out of memory");
    } else if (status == STEPPE_OK) {
        keep(w, point, &d, NULL);
    } else if (status != STEPPE_STOPPED) {
        make_impossible(w->bank, run);
        keep(w, point, &d, steppe_context_message(context));
    }
    free_draws(w->bank, &d);
    steppe_context_free(context);
}

/* ---- a wave ---- */

/* What the file has of the wave. */
static int recall(wave *w)
{
    stp_bank *b = w->bank;
    size_t count = b->statistics->count;
    double *measured = malloc((w->count * count + 1) * sizeof *measured);
    int status = measured ? STEPPE_OK : stp_no_memory(b->context);
    if (status == STEPPE_OK && b->store)
        status = stp_calibration_read(b->store, w->number, w->count, w->kept, measured);
    for (size_t i = 0; status == STEPPE_OK && i < w->count; i++) {
        const stp_calibration_kept *kept = &w->kept[i];
        if (!kept->there)
            continue;
        w->runs[i].seed = kept->seed;
        w->runs[i].digest = kept->digest;
        w->runs[i].stopped = kept->stopped || kept->failed;
        w->runs[i].took_off = kept->took_off && !kept->failed;
        memcpy(w->runs[i].values, measured + i * count, count * sizeof *measured);
        b->finished++;
        b->failed += kept->failed;
        b->stopped += kept->stopped && !kept->failed;
    }
    free(measured);
    return status;
}

int stp_bank_run(void *user, size_t number, size_t n, const double *z,
                 stp_sample_run *runs)
{
    stp_bank *b = user;
    wave w = {b, number, n, z, runs, calloc(n + 1, sizeof *w.kept), .stop = STEPPE_OK};
    int threads = b->threads ? b->threads : omp_get_num_procs();
    int status = w.kept ? stp_threads_check(b->context, threads)
                        : stp_no_memory(b->context);
    if (status == STEPPE_OK)
        status = recall(&w);
    if (status == STEPPE_OK) {
#pragma omp parallel for schedule(dynamic) num_threads(threads)
        for (size_t i = 0; i < n; i++)
            if (!w.kept[i].there && !is_stopped(&w))
                one_run(&w, i);
        status = w.stop;
    }
    free(w.kept);
    if (status == STEPPE_NO_MEMORY)
        return stp_no_memory(b->context);
    return status == w.stop && status != STEPPE_OK
               ? stp_fail(b->context, status, "%s", w.message)
               : status;
}
