#include "study/replication/replicate.h"

#include "base/text.h"
#include "base/threads.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <omp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- lists ---- */

/* A list of pointers with room for one more at its end; NULL if memory ran out. */
static void *grown(void *items, size_t count)
{
    return count % 64 ? items : realloc(items, (count + 64) * sizeof(void *));
}

stp_arm *stp_arm_add(steppe_replication *r, const char *file, size_t runs, uint64_t steps,
                     const char *name, ...)
{
    stp_arm **arms = grown(r->arms, r->arm_count), *arm = calloc(1, sizeof *arm);
    r->arms = arms ? arms : r->arms;
    if (!arms || !arm) {
        free(arm);
        r->failed = true;
        arm = &r->overflow_arm;
    }
    size_t least = runs < 2 ? runs : 2, wanted = runs * (size_t)r->effort / 100;
    *arm = (stp_arm){.file = file,
                     .runs = wanted < least ? least : wanted,
                     .steps = steps,
                     .width = STP_MEASURE_COUNT};
    va_list arguments;
    va_start(arguments, name);
    vsnprintf(arm->name, sizeof arm->name, name, arguments);
    va_end(arguments);
    if (arm != &r->overflow_arm)
        r->arms[r->arm_count++] = arm;
    return arm;
}

void stp_arm_set(stp_arm *arm, const char *format, ...)
{
    va_list arguments;
    if (arm->setting_count == STP_MAX_SETTINGS)
        return;
    va_start(arguments, format);
    vsnprintf(arm->settings[arm->setting_count++], STP_SETTING_TEXT, format, arguments);
    va_end(arguments);
}

void stp_arm_watch_seat(stp_arm *arm, const stp_seat_watch *watch)
{
    arm->seat = *watch;
    arm->width = STP_SEAT_MEASURE_COUNT;
}

stp_row *stp_row_add(steppe_replication *r, stp_row row)
{
    stp_row **rows = grown(r->rows, r->row_count), *copy = malloc(sizeof *copy);
    r->rows = rows ? rows : r->rows;
    if (!rows || !copy) {
        free(copy);
        r->failed = true;
        return &r->overflow_row;
    }
    *copy = row;
    copy->study = r->study;
    r->rows[r->row_count++] = copy;
    return copy;
}

stp_figure *stp_figure_add(steppe_replication *r, const char *name, const char *caption,
                           size_t columns)
{
    stp_figure **figures = grown(r->figures, r->figure_count), *f = malloc(sizeof *f);
    r->figures = figures ? figures : r->figures;
    if (!figures || !f) {
        free(f);
        r->failed = true;
        return &r->overflow_figure;
    }
    *f = (stp_figure){.study = r->study, .name = name, .caption = caption};
    f->columns = columns;
    r->figures[r->figure_count++] = f;
    return f;
}

void stp_distribution_add(steppe_replication *r, const stp_arm *arm, stp_measure measure,
                          const char *words, const char *unit)
{
    static const double SHARES[5] = {0.025, 0.25, 0.5, 0.75, 0.975};
    stp_distribution **all = grown(r->distributions, r->distribution_count),
                     *d = malloc(sizeof *d);
    double *values = stp_arm_values(arm, measure), *sorted = stp_arm_values(arm, measure);
    r->distributions = all ? all : r->distributions;
    if (!all || !d || !values || !sorted) {
        free(d);
        free(values);
        free(sorted);
        r->failed = true;
        return;
    }
    stp_interval mean = stp_mean_interval(values, arm->runs);
    size_t known = stp_sort(sorted, arm->runs);
    d->values = values;
    d->shown = (steppe_distribution){.study = r->study->name,
                                     .measure = words,
                                     .unit = unit,
                                     .mean = mean.estimate,
                                     .low = mean.low,
                                     .high = mean.high,
                                     .deviation = stp_deviation(sorted, known),
                                     .runs = known,
                                     .values = values,
                                     .count = arm->runs};
    for (int i = 0; i < 5; i++)
        d->shown.quantiles[i] = stp_quantile(sorted, known, SHARES[i]);
    free(sorted);
    r->distributions[r->distribution_count++] = d;
}

/* ---- running ---- */

typedef struct pool {
    steppe_replication *r;
    steppe_replication_progress progress;
    void *user;
    size_t all, done;
    int status; /* of the first run that failed */
    char message[1024];
} pool;

static int solve_one(steppe_context *context, const char *path, const stp_arm *arm,
                     const char *const *settings, uint64_t seed, double *values)
{
    steppe_scenario *scenario;
    steppe_solution *solution = NULL;
    int status = steppe_scenario_open(context, path, settings, arm->setting_count,
                                      &scenario);
    if (status == STEPPE_OK)
        status = steppe_solution_create(context, scenario, seed, &solution);
    for (size_t i = 0; status == STEPPE_OK && i < arm->outcome_count; i++) {
        steppe_outcome o;
        size_t k = 0;
        while (steppe_solution_outcome(solution, k, &o) == STEPPE_OK &&
               strcmp(o.name, arm->outcomes[i]) != 0)
            k++;
        if (k == steppe_solution_outcome_count(solution))
            status = stp_fail(context, STEPPE_BAD_SCENARIO, "%s: has no outcome '%s'",
                              path, arm->outcomes[i]);
        else
            values[i] = o.value;
    }
    steppe_solution_free(solution);
    steppe_scenario_free(scenario);
    return status;
}

static int run_one(steppe_context *context, const steppe_replication *r,
                   const stp_arm *arm, size_t index)
{
    const char *settings[STP_MAX_SETTINGS];
    stp_text path = {0};
    for (size_t i = 0; i < arm->setting_count; i++)
        settings[i] = arm->settings[i];
    stp_text_add(&path, "%s/%s", r->folder, arm->file);
    double *values = arm->values + index * arm->width;
    bool series = arm->series && index == 0;
    const stp_measured what = {.file = path.data,
                               .settings = settings,
                               .setting_count = arm->setting_count,
                               .seed = index + 1,
                               .steps = arm->steps,
                               .looks = arm->looks,
                               .from = arm->from,
                               .to = arm->to,
                               .active = series ? arm->active : NULL,
                               .detained = series ? arm->detained : NULL};
    int status = path.failed ? stp_no_memory(context)
                 : arm->seat.days
                     ? stp_seat_measures(context, path.data, settings, arm->setting_count,
                                         &arm->seat, arm->runs, values)
                 : arm->outcome_count
                     ? solve_one(context, path.data, arm, settings, index + 1, values)
                     : stp_measure_run(context, &what, values);
    stp_text_free(&path);
    return status;
}

/* Runs of an arm that are done at once: a seat of power alone takes less time than to open its
 * scenario. */
static size_t runs_at_once(const stp_arm *arm)
{
    return arm->seat.days ? arm->runs : 1;
}

/* One job by one of the threads, with a context of its own. */
static void work(pool *p, const stp_arm *arm, size_t index)
{
    steppe_context *context = NULL;
    int status, stopped;
#pragma omp atomic read
    stopped = p->status;
    if (stopped != STEPPE_OK)
        return;
    status = steppe_context_create(&context);
    if (status == STEPPE_OK)
        context->stop = p->r->context->stop;
    if (status == STEPPE_OK)
        status = run_one(context, p->r, arm, index);
#pragma omp critical(stp_replicate)
    {
        p->done += runs_at_once(arm);
        if (status != STEPPE_OK && p->status == STEPPE_OK) {
            snprintf(p->message, sizeof p->message, "%s",
                     context ? steppe_context_message(context)
                             : steppe_status_text(status));
#pragma omp atomic write
            p->status = status;
        }
        if (p->status == STEPPE_OK && p->progress &&
            p->progress((double)p->done / (double)p->all, p->user) != 0) {
            snprintf(p->message, sizeof p->message, "stopped");
#pragma omp atomic write
            p->status = STEPPE_STOPPED;
        }
    }
    steppe_context_free(context);
}

/* One run of an arm, or the first of those at once. */
typedef struct job {
    const stp_arm *arm;
    size_t index;
} job;

static int make_room(steppe_replication *r, size_t *all)
{
    for (size_t i = 0; i < r->arm_count; i++) {
        stp_arm *arm = r->arms[i];
        if (arm->outcome_count)
            arm->width = arm->outcome_count;
        arm->values = calloc(arm->runs * arm->width, sizeof *arm->values);
        if (arm->series) {
            arm->active = calloc(arm->steps, sizeof *arm->active);
            arm->detained = calloc(arm->steps, sizeof *arm->detained);
        }
        if (!arm->values || (arm->series && (!arm->active || !arm->detained)))
            return stp_no_memory(r->context);
        *all += arm->runs;
    }
    return STEPPE_OK;
}

static int run_all(steppe_replication *r, const steppe_replication_options *o)
{
    pool p = {.r = r, .progress = o->progress, .user = o->user};
    int status = make_room(r, &p.all);
    if (status != STEPPE_OK)
        return status;
    job *jobs = calloc(p.all + 1, sizeof *jobs);
    if (!jobs)
        return stp_no_memory(r->context);
    size_t count = 0;
    for (size_t i = 0; i < r->arm_count; i++)
        for (size_t k = 0; k < r->arms[i]->runs; k += runs_at_once(r->arms[i]))
            jobs[count++] = (job){r->arms[i], k};
    int threads = o->threads ? o->threads : omp_get_num_procs();
    status = stp_threads_check(r->context, threads);
    if (status != STEPPE_OK) {
        free(jobs);
        return status;
    }
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t i = 0; i < count; i++)
        work(&p, jobs[i].arm, jobs[i].index);
    free(jobs);
    return p.status == STEPPE_OK ? STEPPE_OK
                                 : stp_fail(r->context, p.status, "%s", p.message);
}

/* ---- values of an arm ---- */

const stp_arm *stp_arm_find(const steppe_replication *r, const char *name, ...)
{
    char wanted[48];
    va_list arguments;
    va_start(arguments, name);
    vsnprintf(wanted, sizeof wanted, name, arguments);
    va_end(arguments);
    size_t i = 0;
    while (strcmp(r->arms[i]->name, wanted) != 0)
        i++;
    return r->arms[i];
}

double *stp_arm_values(const stp_arm *arm, size_t measure)
{
    double *values = malloc(arm->runs * sizeof *values);
    for (size_t i = 0; values && i < arm->runs; i++)
        values[i] = arm->values[i * arm->width + measure];
    return values;
}

stp_interval stp_arm_mean(const stp_arm *arm, size_t measure)
{
    double *values = stp_arm_values(arm, measure);
    stp_interval i = stp_mean_interval(values, values ? arm->runs : 0);
    free(values);
    return i;
}

double stp_arm_deviation(const stp_arm *arm, size_t measure)
{
    double *values = stp_arm_values(arm, measure);
    double deviation = values ? stp_deviation(values, stp_sort(values, arm->runs)) : NAN;
    free(values);
    return deviation;
}

stp_interval stp_arm_share(const stp_arm *arm, size_t measure, double low, double high)
{
    size_t hits = 0;
    for (size_t i = 0; i < arm->runs; i++) {
        double value = arm->values[i * arm->width + measure];
        hits += value >= low && value <= high;
    }
    return stp_share_interval(hits, arm->runs);
}

stp_interval stp_arm_without(const stp_arm *arm, size_t measure)
{
    stp_interval with = stp_arm_share(arm, measure, -INFINITY, INFINITY);
    return stp_share_interval(arm->runs -
                                  (size_t)round(with.estimate * (double)arm->runs),
                              arm->runs);
}

stp_interval stp_arm_difference(const stp_arm *a, size_t of_a, const stp_arm *b,
                                size_t of_b)
{
    size_t runs = a->runs < b->runs ? a->runs : b->runs;
    double *values = malloc(runs * sizeof *values);
    for (size_t i = 0; values && i < runs; i++)
        values[i] = a->values[i * a->width + of_a] - b->values[i * b->width + of_b];
    stp_interval i = stp_mean_interval(values, values ? runs : 0);
    free(values);
    return i;
}

/* ---- all of it ---- */

static int choose(steppe_replication *r, const char *const *names, size_t count)
{
    for (size_t i = 0; i < STP_STUDY_COUNT; i++)
        r->chosen[i] = count == 0;
    for (size_t k = 0; k < count; k++) {
        size_t i = 0;
        while (i < STP_STUDY_COUNT && strcmp(STP_STUDIES[i].name, names[k]) != 0)
            i++;
        if (i < STP_STUDY_COUNT) {
            r->chosen[i] = true;
            continue;
        }
        const char *valid[64];
        for (i = 0; i < STP_STUDY_COUNT && i < 64; i++)
            valid[i] = STP_STUDIES[i].name;
        const char *nearest = stp_nearest(names[k], valid, i);
        return stp_fail(r->context, STEPPE_BAD_ARGUMENT,
                        "there is no study '%.100s'%s%s%s", names[k],
                        nearest ? "; did you mean '" : "", nearest ? nearest : "",
                        nearest ? "'?" : "");
    }
    return STEPPE_OK;
}

/* Call plan or verdict of every study that is chosen. */
static int each_study(steppe_replication *r, bool verdict)
{
    for (size_t i = 0; i < STP_STUDY_COUNT && !r->failed; i++) {
        if (!r->chosen[i])
            continue;
        r->study = &STP_STUDIES[i];
        if (verdict)
            r->study->verdict(r);
        else
            r->study->plan(r);
    }
    return r->failed ? stp_no_memory(r->context) : STEPPE_OK;
}

/* From the plan to the verdicts. */
static int replicate(steppe_replication *r, const steppe_replication_options *o)
{
    r->folder = stp_copy(o->folder);
    r->chosen = calloc(STP_STUDY_COUNT, sizeof *r->chosen);
    if (!r->folder || !r->chosen)
        return stp_no_memory(r->context);
    int status = choose(r, o->names, o->name_count);
    if (status == STEPPE_OK)
        status = each_study(r, false);
    if (status == STEPPE_OK)
        status = run_all(r, o);
    return status == STEPPE_OK ? each_study(r, true) : status;
}

int steppe_replicate(steppe_context *context, const steppe_replication_options *options,
                     steppe_replication **replication)
{
    *replication = NULL;
    if (options->effort < 0 || options->effort > 10000 || options->threads < 0 ||
        options->threads > 1024)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "effort must be in [1, 10000] percent and threads in [0, 1024]");
    steppe_replication *r = calloc(1, sizeof *r);
    if (!r)
        return stp_no_memory(context);
    r->context = context;
    r->effort = options->effort ? options->effort : 100;
    int status = replicate(r, options);
    if (status != STEPPE_OK) {
        steppe_replication_free(r);
        return status;
    }
    *replication = r;
    return STEPPE_OK;
}

static void clear_figure(stp_figure *f)
{
    for (size_t i = 0; i < f->count; i++)
        stp_plot_clear(&f->plots[i]);
}

void steppe_replication_free(steppe_replication *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->arm_count; i++) {
        free(r->arms[i]->values);
        free(r->arms[i]->active);
        free(r->arms[i]->detained);
        free(r->arms[i]);
    }
    for (size_t i = 0; i < r->row_count; i++)
        free(r->rows[i]);
    for (size_t i = 0; i < r->figure_count; i++) {
        clear_figure(r->figures[i]);
        free(r->figures[i]);
    }
    clear_figure(&r->overflow_figure);
    for (size_t i = 0; i < r->distribution_count; i++) {
        free(r->distributions[i]->values);
        free(r->distributions[i]);
    }
    free(r->arms);
    free(r->rows);
    free(r->figures);
    free(r->distributions);
    free(r->chosen);
    free(r->folder);
    free(r);
}

/* ---- looking ---- */

const char *steppe_study_name(size_t index)
{
    return index < STP_STUDY_COUNT ? STP_STUDIES[index].name : NULL;
}

const char *steppe_study_title(size_t index)
{
    return index < STP_STUDY_COUNT ? STP_STUDIES[index].title : NULL;
}

size_t steppe_replication_claim_count(const steppe_replication *r)
{
    return r->row_count;
}

size_t steppe_replication_distribution_count(const steppe_replication *r)
{
    return r->distribution_count;
}

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

int steppe_replication_claim(const steppe_replication *r, size_t index,
                             steppe_claim *claim)
{
    if (index >= r->row_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_row *row = r->rows[index];
    *claim = (steppe_claim){row->id,
                            row->study->name,
                            or_nothing(row->variant),
                            row->claim,
                            or_nothing(row->published),
                            or_nothing(row->replicated),
                            row->ours,
                            row->criterion,
                            or_nothing(row->source),
                            or_nothing(row->tier),
                            row->interval.estimate,
                            row->interval.low,
                            row->interval.high,
                            row->runs,
                            row->verdict};
    return STEPPE_OK;
}

int steppe_replication_distribution(const steppe_replication *r, size_t index,
                                    steppe_distribution *distribution)
{
    if (index >= r->distribution_count)
        return STEPPE_BAD_ARGUMENT;
    *distribution = r->distributions[index]->shown;
    return STEPPE_OK;
}
