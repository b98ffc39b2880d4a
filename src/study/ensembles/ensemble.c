/* Ensembles: a scenario over seeds, and over its parameter ranges. */
#include "record/ensemble.h"

#include "base/threads.h"
#include "record/posterior.h"
#include "study/ensembles/design.h"
#include "study/ensembles/replicate_run.h"
#include "study/stats/sampling.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xxhash.h>

typedef struct work {
    steppe_context *context;
    const steppe_ensemble_options *options;
    const stp_design *design; /* NULL: the ensemble draws its own points */
    stp_plan plan;
    steppe_scenario *arm; /* of all replicates; NULL where each has draws of its own */
    stp_range *ranges;    /* NULL for a design, which has its own */
    stp_copula *copula;
    stp_draws posterior; /* of a calibration, where these are the points */
    double *points;      /* [replicate * ranges]; NULL for a design or a posterior */
    bool *done;
    stp_store *store;
    steppe_ensemble_summary *summary;
    size_t worked, all; /* replicates that this call makes, so far and in all */
    stp_text settings;  /* of the arm, a line each */
    int stop;           /* a status */
    char message[512];
} work;

/* ---- one replicate ---- */

/* The settings of a replicate: those that its draws come to, and then those of the arm. */
typedef struct replicate_settings {
    char **drawn;     /* one per range */
    stp_setting *all; /* borrowed texts */
    double *draws;    /* the values as they are used */
    size_t drawn_count, count;
    char from[48]; /* of the drawn settings, "draw 3:" */
} replicate_settings;

static void free_settings(replicate_settings *s)
{
    for (size_t k = 0; s->drawn && k < s->drawn_count; k++)
        free(s->drawn[k]);
    free(s->drawn);
    free(s->all);
    free(s->draws);
}

/* Draws of the posterior that replicates take in turn. */
static size_t draws_in_turn(const work *w)
{
    size_t points = w->options->points;
    return points > 0 && points < w->posterior.count ? points : w->posterior.count;
}

static const double *point_of(const work *w, size_t index)
{
    size_t count = w->plan.range_count;
    return w->design ? w->design->points + index / w->design->runs * count
                     : w->points + index * count;
}

/* To be freed also where it fails: STEPPE_NO_MEMORY. */
static int make_settings(const work *w, size_t index, replicate_settings *s)
{
    size_t count = w->plan.range_count, more = w->options->setting_count;
    *s = (replicate_settings){calloc(count + 1, sizeof *s->drawn),
                              calloc(count + more + 1, sizeof *s->all),
                              calloc(count + 1, sizeof *s->draws), .drawn_count = count,
                              .count = count + more};
    snprintf(s->from, sizeof s->from, "draw %zu:", index);
    if (!s->drawn || !s->all || !s->draws)
        return STEPPE_NO_MEMORY;
    if (w->posterior.count > 0)
        memcpy(s->draws, w->posterior.values + index % draws_in_turn(w) * count,
               count * sizeof *s->draws);
    else
        stp_ranges_draw(w->plan.ranges, count, w->copula, point_of(w, index), s->draws);
    for (size_t k = 0; k < count; k++) {
        s->drawn[k] = stp_range_setting(&w->plan.ranges[k], s->draws[k]);
        s->all[k] = (stp_setting){s->drawn[k], s->from};
        if (!s->drawn[k])
            return STEPPE_NO_MEMORY;
    }
    for (size_t k = 0; k < more; k++)
        s->all[count + k] = (stp_setting){w->options->settings[k], "setting"};
    return STEPPE_OK;
}

static void days_as_numbers(const stp_replicate_result *result, double *numbers)
{
    for (size_t d = 0; d < result->day_count; d++) {
        const stp_outcome_day *day = &result->days[d];
        const double row[STP_ENSEMBLE_DAY_COLUMNS] = {day->active,   day->violent,
                                                      day->detained, day->killed,
                                                      day->obeying,  day->legitimacy,
                                                      day->strength};
        memcpy(numbers + d * STP_ENSEMBLE_DAY_COLUMNS, row, sizeof row);
    }
}

/* Store a replicate and report progress. */
static void store_replicate(work *w, stp_replicate *replicate,
                            const stp_replicate_result *result, int status,
                            const char *message)
{
    size_t count = result->solved ? result->solved_count : STP_OUTCOME_COUNT;
    stp_named_value *outcomes = calloc(count + 1, sizeof *outcomes);
    double *days = calloc(result->day_count * STP_ENSEMBLE_DAY_COLUMNS + 1, sizeof *days);
    int stored = days && outcomes ? STEPPE_OK : STEPPE_NO_MEMORY;
    for (size_t k = 0; outcomes && k < count; k++)
        outcomes[k] = result->solved
                          ? (stp_named_value){result->solved[k].name,
                                              result->solved[k].value}
                          : (stp_named_value){STP_OUTCOMES[k].name, result->outcomes[k]};
    if (days)
        days_as_numbers(result, days);
    replicate->failure = status == STEPPE_OK ? NULL : message;
    replicate->outcomes = outcomes;
    replicate->outcome_count = status == STEPPE_OK ? count : 0;
    replicate->days = days;
    replicate->day_count = status == STEPPE_OK ? result->day_count : 0;
    replicate->weeks = result->weeks;
    replicate->week_count = status == STEPPE_OK ? result->week_count : 0;
    replicate->digest = result->digest;
    replicate->trajectory_digest = result->trajectory_digest;
    replicate->checkpoint_digest = result->checkpoint_digest;
#pragma omp critical(stp_ensemble)
    {
        if (stored == STEPPE_OK)
            stored = stp_store_add(w->store, replicate);
        w->worked++;
        int stop = stored;
        if (stored != STEPPE_OK)
            snprintf(w->message, sizeof w->message, "%s",
                     steppe_context_message(w->context));
        else if (w->options->progress &&
                 w->options->progress((double)w->worked / (double)w->all,
                                      w->options->user) != 0) {
            stop = STEPPE_STOPPED;
            snprintf(w->message, sizeof w->message, "stopped");
        }
        if (stop != STEPPE_OK) {
#pragma omp atomic write
            w->stop = stop;
        }
    }
    free(days);
    free(outcomes);
}

static bool is_stopped(const work *w)
{
    int stop;
#pragma omp atomic read
    stop = w->stop;
    return stop != STEPPE_OK;
}

/* A replicate that is being run. */
typedef struct worker {
    work *work;
    double reported; /* when progress was last reported, monotonic seconds */
} worker;

enum { REPORTS_PER_SECOND = 20 };

static bool is_due(worker *me)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    double now = (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
    bool due = now - me->reported >= 1.0 / REPORTS_PER_SECOND;
    me->reported = due ? now : me->reported;
    return due;
}

/* Called in the middle of steps, since a replicate may take hours. */
static bool is_to_stop(void *user)
{
    worker *me = user;
    work *w = me->work;
    bool asked = stp_stop_asked(&w->context->stop);
    if (asked || (w->options->progress && is_due(me))) {
#pragma omp critical(stp_ensemble)
        if (!is_stopped(w) &&
            (asked || w->options->progress((double)w->worked / (double)w->all,
                                           w->options->user) != 0)) {
            snprintf(w->message, sizeof w->message, "stopped");
#pragma omp atomic write
            w->stop = STEPPE_STOPPED;
        }
    }
    return is_stopped(w);
}

/* Why a replicate failed; names its draw, which may be the reason. */
static const char *failure_of(const steppe_context *context, const replicate_settings *s,
                              char *buffer, size_t size)
{
    const char *message = context ? steppe_context_message(context) : "";
    if (s->drawn_count == 0 || strncmp(message, s->from, strlen(s->from)) == 0)
        return message;
    snprintf(buffer, size, "%s %s", s->from, message);
    return buffer;
}

static uint64_t seed_of(const work *w, size_t index)
{
    const stp_design *d = w->design;
    return d ? d->seeds[index / d->runs] + index % d->runs : w->options->seed + index;
}

/* A failure of the scenario is the replicate's; one of the machine ends the ensemble. */
static void one_replicate(work *w, size_t index)
{
    steppe_context *context = NULL;
    replicate_settings s;
    stp_replicate_result result = {.days = NULL};
    worker me = {w, 0};
    int status = make_settings(w, index, &s);
    stp_replicate replicate = {.index = index,
                               .seed = seed_of(w, index),
                               .draws = s.draws};
    if (status == STEPPE_OK)
        status = steppe_context_create(&context);
    if (status == STEPPE_OK) {
        steppe_context_watch(context, is_to_stop, &me);
        const stp_replicate_run trial = {.scenario = w->arm ? w->arm : w->plan.scenario,
                                         .settings = s.all,
                                         .setting_count = w->arm ? 0 : s.count,
                                         .seed = replicate.seed,
                                         .population_held = w->plan.population_held,
                                         .population_seed = w->plan.population_seed,
                                         .steps = w->plan.steps,
                                         .scale = w->plan.scale,
                                         .from = w->plan.from,
                                         .to = w->plan.to,
                                         .watch = w->plan.watch};
        status = stp_replicate_run_all(context, &trial, &result);
    }
    if (status == STEPPE_NO_MEMORY) {
#pragma omp atomic write
        w->stop = STEPPE_NO_MEMORY;
    } else if (status != STEPPE_STOPPED) {
        char failure[1100];
        store_replicate(w, &replicate, &result, status,
                        failure_of(context, &s, failure, sizeof failure));
    }
    free_settings(&s);
    free(result.days);
    free(result.solved);
    free(result.weeks);
    steppe_context_free(context);
}

/* ---- all of them ---- */

/* The draws of the posterior beside the scenario; a run past the last begins again with the first. */
static int take_posterior(work *w)
{
    int status = stp_posterior_read(w->context, w->plan.scenario, w->ranges,
                                    w->plan.range_count, w->options->posterior,
                                    &w->posterior);
    if (status != STEPPE_OK)
        return status;
    w->plan.designed = true;
    w->plan.design = XXH64(w->posterior.values,
                           w->posterior.count * w->plan.range_count *
                               sizeof *w->posterior.values,
                           draws_in_turn(w));
    return STEPPE_OK;
}

static int draw_points(work *w)
{
    size_t count = w->plan.range_count, n = w->plan.count;
    if (w->posterior.count > 0)
        return STEPPE_OK;
    w->points = calloc(n * count + 1, sizeof *w->points);
    if (!w->points)
        return stp_no_memory(w->context);
    if (count == 0)
        return STEPPE_OK;
    bool latin = strcmp(w->plan.sampling, "latin") == 0;
    if (!latin && count > STP_MAX_SOBOL)
        return stp_fail(w->context, STEPPE_BAD_ARGUMENT,
                        "%s: has %zu ranges, and a Sobol sequence at most %d dimensions: "
                        "use a Latin hypercube",
                        w->plan.scenario->file, count, STP_MAX_SOBOL);
    int bad = latin ? stp_latin(w->plan.seed, n, count, w->points)
                    : stp_sobol(w->plan.seed, 0, n, count, w->points);
    return bad ? stp_no_memory(w->context) : STEPPE_OK;
}

static bool draws_by_seed(const char *model)
{
    return strcmp(model, "street") == 0 || strcmp(model, "network") == 0;
}

/* What a design says of the plan. */
static void take_design(work *w)
{
    const stp_design *d = w->design;
    w->plan.sampling = d->name;
    w->plan.designed = true;
    w->plan.design = d->digest;
    w->plan.ranges = d->ranges;
    w->plan.range_count = d->range_count;
    w->plan.count = d->count * d->runs;
}

static int make_plan(work *w, const steppe_scenario *scenario)
{
    const steppe_ensemble_options *o = w->options;
    for (size_t k = 0; k < o->setting_count; k++)
        stp_text_add(&w->settings, "%s%s", k ? "\n" : "", o->settings[k]);
    if (w->settings.failed)
        return stp_no_memory(w->context);
    w->plan = (stp_plan){.scenario = scenario,
                         .sampling = o->sampling ? o->sampling : "none",
                         .seed = o->seed,
                         .population_held = o->population_seed_given,
                         .population_seed = o->population_seed,
                         .steps = o->steps ? o->steps : steppe_scenario_steps(scenario),
                         .scale = o->scale != 0 ? o->scale : scenario->top.scale.value,
                         .count = o->count,
                         .at_least = o->at_least,
                         .settings = w->settings.data ? w->settings.data : "",
                         .from = o->from,
                         .to = o->to,
                         .watch = o->watch,
                         .width = o->width != 0 ? o->width : 1};
    if (w->design)
        take_design(w);
    bool drawn = strcmp(w->plan.sampling, "none") != 0;
    if (o->population_seed_given &&
        strcmp(steppe_scenario_model(scenario), "street") != 0)
        return stp_fail(w->context, STEPPE_BAD_ARGUMENT,
                        "%s: the model '%s' has no street whose population a seed draws",
                        scenario->file, steppe_scenario_model(scenario));
    if (!drawn && !draws_by_seed(steppe_scenario_model(scenario)))
        return stp_fail(
            w->context, STEPPE_BAD_ARGUMENT,
            "%s: the model '%s' has one solution, whatever the seed: draw from "
            "its ranges (--sample)",
            scenario->file, steppe_scenario_model(scenario));
    w->plan.width = drawn && !w->design ? w->plan.width : 1;
    if (!drawn)
        return STEPPE_OK;
    if (w->design)
        return stp_copula_create(w->context, scenario, w->design->ranges,
                                 w->design->range_count, &w->copula);
    int status = stp_ranges_find(w->context, scenario, &w->ranges, &w->plan.range_count);
    for (size_t k = 0; k < w->plan.range_count; k++)
        stp_range_narrow(&w->ranges[k], w->plan.width);
    w->plan.ranges = w->ranges;
    if (status == STEPPE_OK)
        status = stp_copula_create(w->context, scenario, w->ranges, w->plan.range_count,
                                   &w->copula);
    if (status == STEPPE_OK && w->plan.range_count == 0)
        return stp_fail(w->context, STEPPE_BAD_ARGUMENT,
                        "%s: no value has a range to be drawn from", scenario->file);
    if (status == STEPPE_OK && strcmp(w->plan.sampling, "posterior") == 0)
        status = take_posterior(w);
    return status;
}

static int check_options(steppe_context *context, const steppe_ensemble_options *o)
{
    static const char *const KNOWN[] = {"none", "latin", "sobol", "posterior"};
    bool known = !o->sampling;
    for (int i = 0; i < 4 && !known; i++)
        known = strcmp(o->sampling, KNOWN[i]) == 0;
    if (!known)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "sampling must be none, latin, sobol or posterior, not '%.40s'",
                        o->sampling);
    if (o->width != 0 && !(o->width > 0 && o->width <= 1))
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "width must be in (0, 1], a part of each range, not %g",
                        o->width);
    if (o->width != 0 && o->width != 1 && o->sampling &&
        strcmp(o->sampling, "posterior") == 0)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "a posterior has no ranges of which a part could be drawn: leave "
                        "out the width");
    if (o->count < 1 || o->count > 1000000 || o->threads < 0 || o->threads > 1024)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "replicates must be in [1, 1000000], threads in [0, 1024]");
    if (o->scale != 0 && !(o->scale >= 1 && o->scale <= 1e9))
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "scale must be in [1, 1e9] residents an agent, not %g", o->scale);
    return STEPPE_OK;
}

/* Without draws all replicates run the same scenario. One that cannot be made is a failure of each. */
static int make_arm(work *w)
{
    size_t count = w->options->setting_count;
    if (w->plan.range_count > 0 || count == 0)
        return STEPPE_OK;
    stp_setting *settings = calloc(count, sizeof *settings);
    if (!settings)
        return stp_no_memory(w->context);
    for (size_t k = 0; k < count; k++)
        settings[k] = (stp_setting){w->options->settings[k], "setting"};
    int status = stp_scenario_vary(w->context, w->plan.scenario, settings, count,
                                   STP_TO_RUN, &w->arm);
    free(settings);
    return status == STEPPE_NO_MEMORY ? status : STEPPE_OK;
}

static int run_all(work *w)
{
    for (size_t i = 0; i < w->plan.count; i++)
        w->all += !w->done[i];
    w->summary->there = w->plan.count - w->all;
    int threads = w->options->threads ? w->options->threads : omp_get_num_procs();
    int status = stp_threads_check(w->context, threads);
    if (status == STEPPE_OK)
        status = make_arm(w);
    if (status != STEPPE_OK)
        return status;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t i = 0; i < w->plan.count; i++)
        if (!w->done[i] && !is_stopped(w))
            one_replicate(w, i);
    w->summary->made = w->worked;
    status = stp_store_failures(w->store, &w->summary->failed, w->summary->failure,
                                sizeof w->summary->failure);
    if (w->stop != STEPPE_OK && stp_store_leave(w->store) != STEPPE_OK &&
        w->stop == STEPPE_STOPPED)
        return STEPPE_CANNOT_WRITE;
    if (w->stop == STEPPE_NO_MEMORY)
        return stp_no_memory(w->context);
    if (w->stop != STEPPE_OK)
        return stp_fail(w->context, w->stop, "%s", w->message);
    return status == STEPPE_OK ? stp_store_finish(w->store) : status;
}

/* Nothing is run: are all replicates in the file? */
static int find_kept(const work *w)
{
    bool kept;
    int status = stp_store_has_all(w->context, w->options->path, &w->plan, &kept);
    if (status == STEPPE_OK && !kept)
        return stp_fail(w->context, STEPPE_STOPPED, "%.800s: not all runs are kept",
                        w->options->path);
    w->summary->there = status == STEPPE_OK ? w->plan.count : 0;
    return status;
}

static int make_ensemble(steppe_context *context, const steppe_scenario *scenario,
                         const steppe_ensemble_options *options, const stp_design *design,
                         steppe_ensemble_summary *summary)
{
    *summary = (steppe_ensemble_summary){0};
    work w = {.context = context,
              .options = options,
              .design = design,
              .summary = summary};
    int status = check_options(context, options);
    if (status == STEPPE_OK)
        status = make_plan(&w, scenario);
    if (status == STEPPE_OK && options->cached_only)
        status = find_kept(&w);
    else if (status == STEPPE_OK && !design)
        status = draw_points(&w);
    if (status == STEPPE_OK && !options->cached_only)
        status = stp_store_open(context, options->path, &w.plan, &w.store, &w.done);
    if (status == STEPPE_OK && w.done)
        status = run_all(&w);
    summary->ranges = w.plan.range_count;
    stp_store_close(w.store);
    steppe_scenario_free(w.arm);
    stp_ranges_free(w.ranges, design ? 0 : w.plan.range_count);
    stp_copula_free(w.copula);
    stp_draws_clear(&w.posterior);
    free(w.points);
    free(w.done);
    stp_text_free(&w.settings);
    return status;
}

int steppe_ensemble(steppe_context *context, const steppe_scenario *scenario,
                    const steppe_ensemble_options *options,
                    steppe_ensemble_summary *summary)
{
    return make_ensemble(context, scenario, options, NULL, summary);
}

int stp_ensemble_design(steppe_context *context, const steppe_scenario *scenario,
                        const steppe_ensemble_options *options, const stp_design *design,
                        steppe_ensemble_summary *summary)
{
    return make_ensemble(context, scenario, options, design, summary);
}
