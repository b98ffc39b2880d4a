#include "study/replication/replicate.h"

#include "base/file.h"
#include "base/text.h"
#include "base/threads.h"
#include "study/stats/statistics.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_STUDY_FILE = 1 << 20 }; /* bytes */

/* ---- lists ---- */

/* Append an item that is freed if there is no memory for its place. */
static int append(void *list, size_t *count, void *item)
{
    void **items = *(void ***)list;
    if (item && *count % 64 == 0)
        items = realloc(items, (*count + 64) * sizeof *items);
    if (!item || !items) {
        free(item);
        return STEPPE_NO_MEMORY;
    }
    items[(*count)++] = item;
    *(void ***)list = items;
    return STEPPE_OK;
}

int stp_arm_add(steppe_replication *r, const stp_arm *arm)
{
    stp_arm *copy = malloc(sizeof *copy);
    if (copy) {
        *copy = *arm;
        size_t least = arm->runs < 2 ? arm->runs : 2,
               wanted = arm->runs * (size_t)r->effort / 100;
        copy->runs = wanted < least || arm->runs == 1 ? least : wanted;
        copy->certain = arm->runs == 1;
        copy->width = arm->kind == STP_ARM_SEAT     ? STP_SEAT_MEASURE_COUNT
                      : arm->kind == STP_ARM_SOLVED ? arm->outcome_count
                                                    : STP_MEASURE_COUNT;
    }
    return append(&r->arms, &r->arm_count, copy);
}

stp_row *stp_row_add(steppe_replication *r, const stp_study *study)
{
    stp_row *row = calloc(1, sizeof *row);
    if (row)
        row->study = study;
    return append(&r->rows, &r->row_count, row) == STEPPE_OK ? row : NULL;
}

stp_study_figure *stp_figure_add(steppe_replication *r, const stp_study *study)
{
    stp_study_figure *figure = calloc(1, sizeof *figure);
    if (figure)
        figure->study = study;
    return append(&r->figures, &r->figure_count, figure) == STEPPE_OK ? figure : NULL;
}

int stp_distribution_add(steppe_replication *r, const stp_arm *arm, size_t measure,
                         const char *words, const char *unit)
{
    static const double SHARES[5] = {0.025, 0.25, 0.5, 0.75, 0.975};
    stp_distribution *d = calloc(1, sizeof *d);
    double *values = calloc(arm->runs, sizeof *values),
           *sorted = stp_arm_values(arm, measure);
    if (append(&r->distributions, &r->distribution_count, d) != STEPPE_OK || !values) {
        free(values);
        return STEPPE_NO_MEMORY;
    }
    memcpy(values, sorted, arm->runs * sizeof *values);
    stp_interval mean = stp_mean_interval(values, arm->runs);
    size_t known = stp_sort(sorted, arm->runs);
    d->values = values;
    d->shown = (steppe_distribution){.study = arm->study->name,
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
    return STEPPE_OK;
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
                 : arm->kind == STP_ARM_SEAT
                     ? stp_seat_measures(context, path.data, settings, arm->setting_count,
                                         &arm->seat, arm->runs, values)
                 : arm->kind == STP_ARM_SOLVED
                     ? solve_one(context, path.data, arm, settings, index + 1, values)
                     : stp_measure_run(context, &what, values);
    stp_text_free(&path);
    return status;
}

/* Runs of an arm that are done at once: a seat of power alone takes less time than to
 * open its scenario. */
static size_t runs_at_once(const stp_arm *arm)
{
    return arm->kind == STP_ARM_SEAT ? arm->runs : 1;
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

int stp_arms_prepare(steppe_replication *r)
{
    for (size_t i = 0; i < r->arm_count; i++) {
        stp_arm *arm = r->arms[i];
        arm->values = calloc(arm->runs * arm->width, sizeof *arm->values);
        arm->workspace = calloc(arm->runs, sizeof *arm->workspace);
        if (arm->series) {
            arm->active = calloc(arm->steps, sizeof *arm->active);
            arm->detained = calloc(arm->steps, sizeof *arm->detained);
        }
        if (!arm->values || !arm->workspace ||
            (arm->series && (!arm->active || !arm->detained)))
            return stp_no_memory(r->context);
    }
    return STEPPE_OK;
}

/* The last arms of a file first: those that take longest are best written last. */
static int run_all(steppe_replication *r, const steppe_replication_options *o)
{
    pool p = {.r = r, .progress = o->progress, .user = o->user};
    int threads = o->threads ? o->threads : omp_get_num_procs();
    int status = stp_threads_check(r->context, threads);
    if (status != STEPPE_OK)
        return status;
    for (size_t i = 0; i < r->arm_count; i++)
        p.all += r->arms[i]->runs;
    job *jobs = calloc(p.all + 1, sizeof *jobs);
    if (!jobs)
        return stp_no_memory(r->context);
    size_t count = 0;
    for (size_t i = r->arm_count; i-- > 0;)
        for (size_t k = 0; k < r->arms[i]->runs; k += runs_at_once(r->arms[i]))
            jobs[count++] = (job){r->arms[i], k};
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t i = 0; i < count; i++)
        work(&p, jobs[i].arm, jobs[i].index);
    free(jobs);
    return p.status == STEPPE_OK ? STEPPE_OK
                                 : stp_fail(r->context, p.status, "%s", p.message);
}

/* ---- values of an arm ---- */

stp_arm *const *stp_arms_find(const steppe_replication *r, const stp_study *study,
                              const char *name, size_t *count)
{
    size_t length = strlen(name), first = 0;
    *count = 0;
    for (size_t i = 0; i < r->arm_count; i++) {
        const stp_arm *arm = r->arms[i];
        if (arm->study != study || strncmp(arm->name, name, length) != 0 ||
            (arm->name[length] != '\0' && arm->name[length] != '/'))
            continue;
        first = *count == 0 ? i : first;
        ++*count;
    }
    return *count ? r->arms + first : NULL;
}

double *stp_arm_values(const stp_arm *arm, size_t measure)
{
    for (size_t i = 0; i < arm->runs; i++)
        arm->workspace[i] = arm->values[i * arm->width + measure];
    return arm->workspace;
}

stp_interval stp_arm_mean(const stp_arm *arm, size_t measure)
{
    return stp_mean_interval(stp_arm_values(arm, measure), arm->runs);
}

double stp_arm_deviation(const stp_arm *arm, size_t measure)
{
    double *values = stp_arm_values(arm, measure);
    return stp_deviation(values, stp_sort(values, arm->runs));
}

stp_interval stp_arm_difference(const stp_arm *a, size_t of_a, const stp_arm *b,
                                size_t of_b)
{
    size_t runs = a->runs < b->runs ? a->runs : b->runs;
    for (size_t i = 0; i < runs; i++)
        a->workspace[i] = a->values[i * a->width + of_a] - b->values[i * b->width + of_b];
    return stp_mean_interval(a->workspace, runs);
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

static int read_file(steppe_context *context, const char *path, stp_text *bytes)
{
    char block[4096];
    size_t size;
    FILE *file;
    int status = stp_file_open(context, path, &file);
    if (status != STEPPE_OK)
        return status;
    while ((size = fread(block, 1, sizeof block, file)) > 0 &&
           bytes->length <= MAX_STUDY_FILE)
        stp_text_append(bytes, block, size);
    if (ferror(file))
        status = stp_fail(context, STEPPE_CANNOT_READ, "%s: cannot be read", path);
    else if (bytes->length > MAX_STUDY_FILE)
        status = stp_fail(context, STEPPE_BAD_SCENARIO,
                          "%s: larger than %d bytes: not the file of a study", path,
                          MAX_STUDY_FILE);
    fclose(file);
    return bytes->failed ? stp_no_memory(context) : status;
}

/* Open the file of a study that is chosen, and add its arms. */
static int plan_study(steppe_replication *r, size_t study)
{
    stp_text path = {0}, bytes = {0};
    stp_text_add(&path, "%s/claims/%s.yaml", r->folder, STP_STUDIES[study].name);
    r->paths[study] = path.data;
    int status = path.failed ? stp_no_memory(r->context)
                             : read_file(r->context, path.data, &bytes);
    if (status == STEPPE_OK)
        status = stp_tree_parse(r->context, path.data, bytes.data ? bytes.data : "",
                                bytes.length, &r->trees[study]);
    if (status == STEPPE_OK)
        status = stp_study_plan(r, &STP_STUDIES[study], &r->trees[study]);
    stp_text_free(&bytes);
    return status;
}

static int conclude(steppe_replication *r)
{
    int status = STEPPE_OK;
    stp_replication_clear(r);
    for (size_t i = 0; i < STP_STUDY_COUNT && status == STEPPE_OK; i++)
        if (r->chosen[i])
            status = stp_study_conclude(r, &STP_STUDIES[i], &r->trees[i]);
    return status;
}

/* From the files to the verdicts. */
static int replicate(steppe_replication *r, const steppe_replication_options *o)
{
    r->folder = stp_copy(o->folder);
    r->chosen = calloc(STP_STUDY_COUNT, sizeof *r->chosen);
    r->trees = calloc(STP_STUDY_COUNT, sizeof *r->trees);
    r->paths = calloc(STP_STUDY_COUNT, sizeof *r->paths);
    if (!r->folder || !r->chosen || !r->trees || !r->paths)
        return stp_no_memory(r->context);
    int status = choose(r, o->names, o->name_count);
    for (size_t i = 0; i < STP_STUDY_COUNT && status == STEPPE_OK; i++)
        if (r->chosen[i])
            status = plan_study(r, i);
    if (status == STEPPE_OK)
        status = stp_arms_prepare(r);
    if (status == STEPPE_OK)
        status = conclude(r);
    if (status == STEPPE_OK)
        status = run_all(r, o);
    return status == STEPPE_OK ? conclude(r) : status;
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

void stp_replication_clear(steppe_replication *r)
{
    for (size_t i = 0; i < r->row_count; i++)
        free(r->rows[i]);
    for (size_t i = 0; i < r->figure_count; i++) {
        for (size_t k = 0; k < r->figures[i]->count; k++)
            stp_plot_clear(&r->figures[i]->plots[k]);
        free(r->figures[i]);
    }
    for (size_t i = 0; i < r->distribution_count; i++) {
        free(r->distributions[i]->values);
        free(r->distributions[i]);
    }
    r->row_count = r->figure_count = r->distribution_count = 0;
}

void steppe_replication_free(steppe_replication *r)
{
    if (!r)
        return;
    stp_replication_clear(r);
    for (size_t i = 0; i < r->arm_count; i++) {
        free(r->arms[i]->values);
        free(r->arms[i]->workspace);
        free(r->arms[i]->active);
        free(r->arms[i]->detained);
        free(r->arms[i]);
    }
    for (size_t i = 0; r->trees && i < STP_STUDY_COUNT; i++)
        stp_tree_free(&r->trees[i]);
    for (size_t i = 0; r->paths && i < STP_STUDY_COUNT; i++)
        free(r->paths[i]);
    free(r->trees);
    free(r->paths);
    free(r->arms);
    free(r->rows);
    free(r->figures);
    free(r->distributions);
    free(r->chosen);
    free(r->folder);
    free(r);
}

/* ---- results ---- */

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
