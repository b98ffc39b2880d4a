/* Chooses the results files of a fit: each run once, all of the same scale and results version. */
#include "base/text.h"
#include "record/results.h"
#include "study/validation/fit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Facts that identify a run, up to STATUS. */
enum {
    MODEL,
    SCENARIO,
    SEED,
    SCALE,
    SCHEDULE,
    STEPS,
    VERSION,
    STATUS,
    FACTS,
    FACT_TEXT = 64
};
static const char *const KEYS[FACTS] = {"model",           "scenario_digest", "seed",
                                        "scale",           "schedule",        "steps",
                                        "results_version", "status"};

typedef struct identity {
    const char *path;
    char facts[FACTS][FACT_TEXT];
    char last[96]; /* its last step and digest */
} identity;

static int read_last(steppe_context *context, sqlite3 *db, identity *who)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db,
                           "SELECT step || ' ' || digest FROM step ORDER BY step DESC "
                           "LIMIT 1",
                           -1, &s, NULL) != SQLITE_OK)
        return stp_results_damaged(context, who->path, db);
    if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0))
        snprintf(who->last, sizeof who->last, "%s",
                 (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    return STEPPE_OK;
}

static int refuse_model(steppe_context *context, const identity *who)
{
    const char *model = who->facts[MODEL];
    if (!*model || strcmp(model, "street") == 0)
        return STEPPE_OK;
    if (strcmp(model, "ensemble") != 0)
        return stp_fail(context, STEPPE_BAD_RESULTS,
                        "%.400s: holds the model '%s', and no street", who->path, model);
    return stp_fail(
        context, STEPPE_BAD_RESULTS,
        "%.400s: holds an ensemble, without the steps that a fit measures: run "
        "the scenario with several seeds ('steppe run SCENARIO --seed N') and "
        "compare those files; 'steppe report' shows the ensemble",
        who->path);
}

static int identify(steppe_context *context, const char *path, identity *who)
{
    sqlite3 *db = NULL;
    *who = (identity){.path = path};
    int status = stp_results_open(context, path, &db);
    for (int k = 0; k < FACTS && status == STEPPE_OK; k++)
        status = stp_results_fact(context, path, db, KEYS[k], who->facts[k], FACT_TEXT);
    if (status == STEPPE_OK)
        status = refuse_model(context, who);
    if (status == STEPPE_OK)
        status = read_last(context, db, who);
    sqlite3_close(db);
    return status;
}

/* The same run up to the same step. A file without a digest or seed is unique. */
static bool is_same(const identity *a, const identity *b)
{
    bool same = *a->facts[SCENARIO] && *a->facts[SEED] && strcmp(a->last, b->last) == 0;
    for (int k = 0; k < STATUS && same; k++)
        same = strcmp(a->facts[k], b->facts[k]) == 0;
    return same;
}

static int check_alike(steppe_fit *fit, const identity *a, const identity *b)
{
    static const struct {
        int fact;
        const char *words;
    } ALIKE[] = {{SCALE, "scale"}, {VERSION, "results version"}};
    for (int k = 0; k < 2; k++) {
        const char *x = a->facts[ALIKE[k].fact], *y = b->facts[ALIKE[k].fact];
        if (*x && *y && strcmp(x, y) != 0)
            return stp_fail(
                fit->context, STEPPE_BAD_RESULTS,
                "%.300s: its %s is %s, and that of %.300s is %s: compare runs "
                "that differ only in their seeds",
                b->path, ALIKE[k].words, y, a->path, x);
    }
    return STEPPE_OK;
}

static int note_length(steppe_fit *fit, const identity *a, const identity *b)
{
    stp_text text = {0};
    const char *x = a->facts[STEPS], *y = b->facts[STEPS];
    if (!*x || !*y || strcmp(x, y) == 0)
        return STEPPE_OK;
    stp_text_add(&text, "%s has %s steps, and %s has %s", b->path, y, a->path, x);
    return stp_fit_note(fit, &text);
}

static int note_twice(steppe_fit *fit, const identity *a, const identity *b)
{
    stp_text text = {0};
    stp_text_add(&text, "%s is the same run as %s: it counts once", b->path, a->path);
    return stp_fit_note(fit, &text);
}

int stp_fit_choose(steppe_fit *fit, const char *const *paths, size_t count,
                   const char **chosen)
{
    identity *all = calloc(count, sizeof *all);
    int status = all ? STEPPE_OK : stp_no_memory(fit->context);
    size_t n = 0;
    for (size_t i = 0; i < count && status == STEPPE_OK; i++) {
        identity *who = &all[n];
        bool twice = false;
        status = identify(fit->context, paths[i], who);
        for (size_t k = 0; k < n && status == STEPPE_OK && !twice; k++) {
            twice = is_same(&all[k], who);
            if (twice)
                status = note_twice(fit, &all[k], who);
        }
        if (status != STEPPE_OK || twice)
            continue;
        if (n > 0)
            status = check_alike(fit, &all[0], who);
        if (n > 0 && status == STEPPE_OK)
            status = note_length(fit, &all[0], who);
        chosen[n++] = paths[i];
    }
    fit->file_count = n;
    free(all);
    return status;
}
