/* The arms of a question: each an ensemble in a file of its own, which later calls find again. */
#include "record/ensemble.h"
#include "record/results.h"
#include "study/questions/ask.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

stp_ask_arm_plan stp_ask_arm_of(const stp_question *q, const char *name,
                                char *const *more, size_t count)
{
    stp_ask_arm_plan arm = {.name = name};
    stp_ask_arm_add(&arm, q->base, q->base_count);
    stp_ask_arm_add(&arm, more, count);
    return arm;
}

void stp_ask_arm_add(stp_ask_arm_plan *arm, char *const *settings, size_t count)
{
    for (size_t i = 0; i < count && arm->setting_count < STP_MAX_ASK_SETTINGS; i++)
        arm->settings[arm->setting_count++] = settings[i];
}

/* ---- files ---- */

/* The draws of the posterior that the runs take in turn; 0: all. */
static size_t points_of(const stp_asking *a, const char *sampling)
{
    return strcmp(sampling, "posterior") == 0 ? stp_ask_verdict_draws(a) : 0;
}

/* FOLDER/HASH.sqlite, with a hash of all that the runs depend on: questions share the arms that they have in
 * common. */
static char *path_of(const stp_asking *a, const stp_ask_arm_plan *arm,
                     const char *sampling)
{
    stp_text what = {0}, path = {0};
    stp_text_add(&what, "%016llx %llu %.17g %llu %llu %llu %s",
                 (unsigned long long)a->scenario->runs_digest,
                 (unsigned long long)a->options->seed, a->scale,
                 (unsigned long long)a->question->begins,
                 (unsigned long long)a->question->ends, (unsigned long long)a->changes,
                 sampling);
    if (strcmp(sampling, "none") != 0)
        stp_text_add(&what, " %.17g", a->width);
    if (strcmp(sampling, "posterior") == 0)
        stp_text_add(&what, " %016llx", (unsigned long long)a->posterior_digest);
    if (points_of(a, sampling) > 0)
        stp_text_add(&what, " %zu points", points_of(a, sampling));
    if (a->options->population_seed_given)
        stp_text_add(&what, " population %llu",
                     (unsigned long long)a->options->population_seed);
    for (size_t i = 0; i < arm->setting_count; i++)
        stp_text_add(&what, "\n%s", arm->settings[i]);
    if (!what.failed)
        stp_text_add(&path, "%s/%016llx.sqlite", a->options->folder,
                     (unsigned long long)XXH64(what.data, what.length, 0));
    stp_text_free(&what);
    if (!path.failed)
        return path.data;
    stp_text_free(&path);
    return NULL;
}

typedef struct stage {
    const stp_asking *asking;
    const char *name;
} stage;

static int on_progress(double done, void *user)
{
    const stage *s = user;
    const steppe_ask_options *o = s->asking->options;
    return o->progress ? o->progress(s->name, done, o->user) : 0;
}

/* ---- reading ---- */

static int allocate(const stp_asking *a, stp_ask_arm_runs *runs, size_t count)
{
    *runs = (stp_ask_arm_runs){calloc(count, sizeof *runs->outcome),
                               calloc(count, sizeof *runs->fall),
                               calloc(count, sizeof *runs->unrest),
                               calloc(count, sizeof *runs->trajectory_digest),
                               calloc(count, sizeof *runs->checkpoint_digest),
                               count};
    if (!runs->outcome || !runs->fall || !runs->unrest || !runs->trajectory_digest ||
        !runs->checkpoint_digest)
        return stp_no_memory(a->context);
    return STEPPE_OK;
}

static uint64_t digest_of(sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    return text ? strtoull(text, NULL, 16) : 0;
}

static int read_digests(const stp_asking *a, const char *path, sqlite3 *db,
                        stp_ask_arm_runs *runs)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(
            db, "SELECT replicate, trajectory_digest, checkpoint_digest FROM replicate",
            -1, &s, NULL) != SQLITE_OK)
        return stp_results_damaged(a->context, path, db);
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        sqlite3_int64 i = sqlite3_column_int64(s, 0);
        if (i < 0 || (size_t)i >= runs->count)
            continue;
        runs->trajectory_digest[i] = digest_of(s, 1);
        runs->checkpoint_digest[i] = digest_of(s, 2);
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? STEPPE_OK : stp_results_damaged(a->context, path, db);
}

static int read_runs(const stp_asking *a, const char *path, stp_ask_arm_runs *runs)
{
    sqlite3 *db = NULL;
    int status = stp_results_open(a->context, path, &db);
    size_t outcome = (size_t)a->question->outcome.value;
    if (status == STEPPE_OK)
        status = stp_ensemble_outcome(a->context, path, db, STP_OUTCOMES[outcome].name,
                                      runs->outcome, runs->count);
    if (status == STEPPE_OK)
        status = stp_ensemble_outcome(a->context, path, db,
                                      STP_OUTCOMES[STP_OUTCOME_FALL].name, runs->fall,
                                      runs->count);
    if (status == STEPPE_OK)
        status = stp_ensemble_outcome(a->context, path, db,
                                      STP_OUTCOMES[STP_OUTCOME_CITIZEN_HOURS].name,
                                      runs->unrest, runs->count);
    if (status == STEPPE_OK)
        status = read_digests(a, path, db, runs);
    sqlite3_close(db);
    return status;
}

int stp_ask_arm_run(const stp_asking *a, const stp_ask_arm_plan *arm,
                    const char *sampling, size_t count, stp_ask_arm_runs *runs)
{
    steppe_ensemble_summary summary;
    char name[60];
    stage now = {a, name};
    *runs = (stp_ask_arm_runs){.count = 0};
    snprintf(name, sizeof name, "%.30s%s", arm->name,
             strcmp(sampling, "none") == 0        ? ""
             : strcmp(sampling, "posterior") == 0 ? ", over the posterior"
                                                  : ", over the ranges");
    char *path = path_of(a, arm, sampling);
    if (!path)
        return stp_no_memory(a->context);
    const steppe_ensemble_options options = {
        .count = count,
        .seed = a->options->seed,
        .population_seed_given = a->options->population_seed_given,
        .population_seed = a->options->population_seed,
        .scale = a->scale,
        .steps = a->question->ends,
        .sampling = sampling,
        .width = a->width,
        .posterior = a->posterior,
        .points = points_of(a, sampling),
        .path = path,
        .settings = arm->settings,
        .setting_count = arm->setting_count,
        .from = a->question->begins,
        .to = a->question->ends,
        .watch = a->changes,
        .at_least = true,
        .cached_only = a->options->cached_only,
        .threads = a->options->threads,
        .progress = on_progress,
        .user = &now};
    int status = steppe_ensemble(a->context, a->scenario, &options, &summary);
    if (*summary.failure && !*a->answer->failure)
        snprintf(a->answer->failure, sizeof a->answer->failure, "arm '%.60s', %.320s",
                 name, summary.failure);
    if (status == STEPPE_OK)
        status = allocate(a, runs, count);
    if (status == STEPPE_OK)
        status = read_runs(a, path, runs);
    free(path);
    return status;
}

void stp_ask_arm_clear(stp_ask_arm_runs *runs)
{
    free(runs->outcome);
    free(runs->fall);
    free(runs->unrest);
    free(runs->trajectory_digest);
    free(runs->checkpoint_digest);
    *runs = (stp_ask_arm_runs){.count = 0};
}

int stp_ask_arm_draws(const stp_asking *a, const stp_ask_arm_plan *arm,
                      const char *sampling, size_t ranges, size_t count, double *values)
{
    sqlite3 *db = NULL;
    char *path = path_of(a, arm, sampling);
    int status = path ? stp_results_open(a->context, path, &db)
                      : stp_no_memory(a->context);
    if (status == STEPPE_OK)
        status = stp_ensemble_draws(a->context, path, db, ranges, values, count);
    sqlite3_close(db);
    free(path);
    return status;
}

/* ---- differences of two arms ---- */

static int compare(const stp_asking *a, const stp_ask_arm_runs *base,
                   const stp_ask_arm_runs *changed, stp_ask_comparison *c)
{
    size_t count = base->count;
    *c = (stp_ask_comparison){.base = calloc(count + 1, sizeof(double)),
                              .changed = calloc(count + 1, sizeof(double)),
                              .differences = calloc(count + 1, sizeof(double)),
                              .base_off = calloc(count + 1, sizeof(bool)),
                              .changed_off = calloc(count + 1, sizeof(bool)),
                              .replicate = calloc(count + 1, sizeof(size_t))};
    if (!c->base || !c->changed || !c->differences || !c->base_off || !c->changed_off ||
        !c->replicate)
        return stp_no_memory(a->context);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(base->outcome[i]) || !isfinite(changed->outcome[i])) {
            c->failed++;
            continue;
        }
        c->replicate[c->n] = i;
        c->base[c->n] = base->outcome[i];
        c->changed[c->n] = changed->outcome[i];
        c->differences[c->n] = changed->outcome[i] - base->outcome[i];
        c->base_off[c->n] = a->take_off > 0 && base->unrest[i] > a->take_off;
        c->changed_off[c->n] = a->take_off > 0 && changed->unrest[i] > a->take_off;
        c->identical += base->trajectory_digest[i] == changed->trajectory_digest[i];
        c->same_before += base->checkpoint_digest[i] == changed->checkpoint_digest[i];
        c->n++;
    }
    return STEPPE_OK;
}

void stp_ask_comparison_clear(stp_ask_comparison *c)
{
    free(c->base);
    free(c->changed);
    free(c->differences);
    free(c->base_off);
    free(c->changed_off);
    free(c->replicate);
    *c = (stp_ask_comparison){.n = 0};
}

int stp_ask_comparison_run(const stp_asking *a, const stp_ask_arm_plan *base,
                           const stp_ask_arm_plan *changed, const char *sampling,
                           size_t count, stp_ask_comparison *c, stp_pair_table *falls)
{
    stp_ask_arm_runs x = {.count = 0}, y = {.count = 0};
    *c = (stp_ask_comparison){.n = 0};
    int status = stp_ask_arm_run(a, base, sampling, count, &x);
    if (status == STEPPE_OK)
        status = stp_ask_arm_run(a, changed, sampling, count, &y);
    if (status == STEPPE_OK)
        status = compare(a, &x, &y, c);
    if (status == STEPPE_OK && falls)
        *falls = stp_pair_table_of(x.fall, y.fall, count);
    stp_ask_arm_clear(&x);
    stp_ask_arm_clear(&y);
    return status;
}

static const double QUANTILES[5] = {0.05, 0.25, 0.5, 0.75, 0.95};

void stp_ask_quantiles(const double *values, size_t n, double *workspace,
                       double *quantiles)
{
    if (n > 0)
        memcpy(workspace, values, n * sizeof *workspace);
    stp_sort(workspace, n);
    for (int k = 0; k < 5; k++)
        quantiles[k] = stp_quantile(workspace, n, QUANTILES[k]);
}
