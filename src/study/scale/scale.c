#include "study/scale/scale.h"

#include "record/ensemble.h"
#include "record/recorder.h"
#include "record/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

typedef struct work {
    steppe_context *context;
    const steppe_scenario *scenario;
    const steppe_scale_options *options;
    steppe_scale_check *check;
    size_t at;      /* the scale that is running */
    double *values; /* values[(outcome * scales + scale) * seeds + run] */
} work;

/* ---- runs ---- */

/* FOLDER/NAME-SCALE-HASH.sqlite; the hash is of all that the runs depend on. */
static char *path_of(const work *w)
{
    char stem[128], scale[STP_NUMBER_TEXT];
    stp_text what = {0}, path = {0};
    stp_text_add(&what, "%016llx %llu %llu %d %d",
                 (unsigned long long)w->scenario->digest,
                 (unsigned long long)w->options->seed,
                 (unsigned long long)w->check->facts.steps, STEPPE_RESULTS_VERSION,
                 STEPPE_RESULTS_FORMAT);
    if (w->options->population_seed_given)
        stp_text_add(&what, " population %llu",
                     (unsigned long long)w->options->population_seed);
    if (!what.failed)
        stp_text_add(&path, "%s/%s-%s-%08llx.sqlite", w->options->folder,
                     steppe_scenario_stem(w->scenario, stem, sizeof stem),
                     stp_number_text(w->check->scales[w->at], scale),
                     (unsigned long long)XXH64(what.data, what.length, 0) >> 32);
    stp_text_free(&what);
    if (!path.failed)
        return path.data;
    stp_text_free(&path);
    return NULL;
}

/* The share of work done: the time of a run is proportional to its agents. */
static int on_progress(double done, void *user)
{
    const work *w = user;
    double before = 0, all = 0, now = 1 / w->check->scales[w->at];
    for (size_t k = 0; k < w->check->facts.scale_count; k++) {
        all += 1 / w->check->scales[k];
        before += k < w->at ? 1 / w->check->scales[k] : 0;
    }
    return w->options->progress
               ? w->options->progress(w->check->scales[w->at],
                                      (before + done * now) / all, w->options->user)
               : 0;
}

/* The message of the first failed run. */
static void read_reason(sqlite3 *db, char *reason, size_t size)
{
    sqlite3_stmt *s = NULL;
    reason[0] = '\0';
    if (sqlite3_prepare_v2(db,
                           "SELECT message FROM replicate WHERE status = 'failed' "
                           "ORDER BY replicate LIMIT 1",
                           -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0))
        snprintf(reason, size, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
}

static int read_runs(work *w, const char *path)
{
    size_t seeds = w->options->seeds, scales = w->check->facts.scale_count, n = 0;
    sqlite3 *db = NULL;
    int status = stp_results_open(w->context, path, &db);
    for (size_t k = 0; k < STP_OUTCOME_COUNT && status == STEPPE_OK; k++)
        status = stp_ensemble_outcome(w->context, path, db, STP_OUTCOMES[k].name,
                                      w->values + (k * scales + w->at) * seeds, seeds);
    for (size_t i = 0; i < seeds;
         i++) /* every run that succeeded has the first outcome */
        n += !isnan(w->values[w->at * seeds + i]);
    w->check->failed[w->at] = seeds - n;
    if (status == STEPPE_OK && n < 2) {
        char reason[512];
        read_reason(db, reason, sizeof reason);
        status = stp_fail(w->context, STEPPE_BAD_ARGUMENT,
                          "at %g residents per agent: %zu of %zu runs failed: %s",
                          w->check->scales[w->at], seeds - n, seeds, reason);
    }
    sqlite3_close(db);
    return status;
}

static int run_scale(work *w)
{
    steppe_ensemble_summary summary;
    char *path = path_of(w);
    if (!path)
        return stp_no_memory(w->context);
    const steppe_ensemble_options options = {
        .count = w->options->seeds,
        .seed = w->options->seed,
        .population_seed_given = w->options->population_seed_given,
        .population_seed = w->options->population_seed,
        .scale = w->check->scales[w->at],
        .steps = w->check->facts.steps,
        .path = path,
        .at_least = true,
        .threads = w->options->threads,
        .progress = on_progress,
        .user = w};
    int status = steppe_ensemble(w->context, w->scenario, &options, &summary);
    w->check->facts.there += summary.there;
    w->check->facts.made += summary.made;
    if (*summary.failure && !*w->check->failure)
        snprintf(w->check->failure, sizeof w->check->failure,
                 "at %g residents per agent, %s", w->check->scales[w->at],
                 summary.failure);
    if (status == STEPPE_OK)
        status = read_runs(w, path);
    free(path);
    return status;
}

/* ---- options ---- */

static int from_coarse(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

static int take_scales(work *w)
{
    const steppe_scale_options *o = w->options;
    if (o->scale_count < 2 || o->scale_count > STP_MAX_SCALES)
        return stp_fail(w->context, STEPPE_BAD_ARGUMENT,
                        "from 2 to %d scales can be compared, not %zu", STP_MAX_SCALES,
                        o->scale_count);
    memcpy(w->check->scales, o->scales, o->scale_count * sizeof *o->scales);
    for (size_t k = 0; k < o->scale_count; k++)
        if (!(o->scales[k] >= 1 && o->scales[k] <= 1e9))
            return stp_fail(w->context, STEPPE_BAD_ARGUMENT,
                            "scale must be in [1, 1e9] residents per agent, not %g",
                            o->scales[k]);
    qsort(w->check->scales, o->scale_count, sizeof *w->check->scales, from_coarse);
    for (size_t k = 1; k < o->scale_count; k++)
        if (w->check->scales[k] == w->check->scales[k - 1])
            return stp_fail(w->context, STEPPE_BAD_ARGUMENT,
                            "scales must differ: %g is given twice", w->check->scales[k]);
    return STEPPE_OK;
}

static int check_options(const work *w)
{
    const steppe_scale_options *o = w->options;
    if (o->seeds < 3 || o->seeds > 1000000)
        return stp_fail(w->context, STEPPE_BAD_ARGUMENT,
                        "seeds must be in [3, 1000000], not %zu", o->seeds);
    if (!(o->margin > 0 && o->margin < 1) || !(o->error > 0 && o->error < 0.5))
        return stp_fail(w->context, STEPPE_BAD_ARGUMENT,
                        "margin must be in (0, 1), error in (0, 0.5)");
    if (strcmp(steppe_scenario_model(w->scenario), "street") != 0)
        return stp_fail(w->context, STEPPE_BAD_ARGUMENT,
                        "%s: the model '%s' has no street to run", w->scenario->file,
                        steppe_scenario_model(w->scenario));
    return STEPPE_OK;
}

static int allocate(work *w)
{
    size_t scales = w->options->scale_count;
    w->values = calloc(STP_OUTCOME_COUNT * scales * w->options->seeds, sizeof *w->values);
    w->check->rows = calloc(STP_OUTCOME_COUNT, sizeof *w->check->rows);
    w->check->cells = calloc(STP_OUTCOME_COUNT * scales, sizeof *w->check->cells);
    return w->values && w->check->rows && w->check->cells ? STEPPE_OK
                                                          : stp_no_memory(w->context);
}

/* ---- the check ---- */

/* The smallest margin that a question about the outcome gives; without one, that of the options. */
static void find_margins(const work *w, size_t outcome, steppe_scale_row *row)
{
    row->margin_of = "";
    for (size_t i = 0; i < w->scenario->question_count; i++) {
        const stp_question *q = &w->scenario->questions[i];
        double *margin = q->smallest.given ? &row->margin : &row->margin_absolute;
        double value = q->smallest.given ? q->smallest.value : q->smallest_absolute.value;
        if ((size_t)q->outcome.value != outcome || (*margin > 0 && value >= *margin))
            continue;
        *margin = value;
        row->margin_of = q->id;
    }
    if (!*row->margin_of)
        row->margin = w->options->margin;
}

static int test_all(const work *w)
{
    const steppe_scale_options *o = w->options;
    steppe_scale_check *c = w->check;
    size_t scales = o->scale_count;
    double hours = (double)c->facts.steps * w->scenario->time.step.value;
    for (size_t k = 0; k < STP_OUTCOME_COUNT; k++) {
        steppe_scale_row *row = &c->rows[k];
        row->name = STP_OUTCOMES[k].name;
        row->unit = STP_OUTCOMES[k].unit;
        row->meaning = STP_OUTCOMES[k].meaning;
        find_margins(w, k, row);
        const stp_scale_rule rule = {
            .share = row->margin,
            .absolute = row->margin_absolute,
            .error = o->error,
            .unrest = stp_outcome_is_of_unrest(k)
                          ? w->values + STP_OUTCOME_CITIZEN_HOURS * scales * o->seeds
                          : NULL,
            .take_off = stp_residents_hours(w->scenario, STP_TAKE_OFF, hours)};
        if (stp_scale_verdicts(c->scales, scales, w->values + k * scales * o->seeds,
                               o->seeds, &rule, row, c->cells + k * scales) != 0)
            return stp_no_memory(w->context);
    }
    return STEPPE_OK;
}

int steppe_scale_check_run(steppe_context *context, const steppe_scenario *scenario,
                           const steppe_scale_options *options,
                           steppe_scale_check **check)
{
    *check = NULL;
    steppe_scale_check *made = calloc(1, sizeof *made);
    if (!made)
        return stp_no_memory(context);
    work w = {.context = context,
              .scenario = scenario,
              .options = options,
              .check = made};
    int status = take_scales(&w);
    if (status == STEPPE_OK)
        status = check_options(&w);
    if (status == STEPPE_OK)
        status = allocate(&w);
    made->scenario = scenario;
    made->facts = (steppe_scale_facts){.scale_count = options->scale_count,
                                       .outcome_count = STP_OUTCOME_COUNT,
                                       .scales = made->scales,
                                       .failed = made->failed,
                                       .failure = made->failure,
                                       .seeds = options->seeds,
                                       .seed = options->seed,
                                       .population_held = options->population_seed_given,
                                       .population_seed = options->population_seed,
                                       .margin = options->margin,
                                       .error = options->error};
    if (status == STEPPE_OK) {
        made->facts.steps = options->steps ? options->steps
                                           : steppe_scenario_steps(scenario);
        status = stp_make_folder(context, options->folder);
    }
    for (; w.at < options->scale_count && status == STEPPE_OK; w.at++)
        status = run_scale(&w);
    if (status == STEPPE_OK)
        status = test_all(&w);
    free(w.values);
    if (status == STEPPE_OK)
        *check = made;
    else
        steppe_scale_check_free(made);
    return status;
}

void steppe_scale_check_free(steppe_scale_check *check)
{
    if (!check)
        return;
    free(check->rows);
    free(check->cells);
    free(check);
}

const steppe_scale_facts *steppe_scale_check_facts(const steppe_scale_check *check)
{
    return &check->facts;
}

int steppe_scale_check_row(const steppe_scale_check *check, size_t outcome,
                           steppe_scale_row *row)
{
    if (outcome >= check->facts.outcome_count)
        return STEPPE_BAD_ARGUMENT;
    *row = check->rows[outcome];
    return STEPPE_OK;
}
