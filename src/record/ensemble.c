#include "record/ensemble.h"

#include "base/file.h"
#include "record/plan.h"
#include "record/recorder.h"
#include "record/results.h"
#include "record/row.h"
#include "record/store_file.h"
#include "scenario/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct stp_store {
    stp_store_file file;
    size_t count; /* replicates of the plan */
    size_t regions, factors;
};

static const char SCHEMA[] =
    "CREATE TABLE run (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE factor (factor INTEGER PRIMARY KEY, path TEXT, low REAL, high REAL,"
    " kind TEXT);"
    "CREATE TABLE replicate (replicate INTEGER PRIMARY KEY, seed TEXT, status TEXT,"
    " message TEXT, digest TEXT, trajectory_digest TEXT, checkpoint_digest TEXT);"
    "CREATE TABLE draw (replicate INTEGER, factor INTEGER, value REAL,"
    " PRIMARY KEY (replicate, factor)) WITHOUT ROWID;"
    "CREATE TABLE outcome (replicate INTEGER, name TEXT, value REAL,"
    " PRIMARY KEY (replicate, name)) WITHOUT ROWID;"
    "CREATE TABLE day (replicate INTEGER, day INTEGER, active REAL, violent REAL,"
    " detained REAL, killed REAL, obeying REAL, legitimacy REAL, strength REAL,"
    " PRIMARY KEY (replicate, day)) WITHOUT ROWID;"
    "CREATE TABLE region (region INTEGER PRIMARY KEY, id TEXT, name TEXT);"
    "CREATE TABLE unrest (replicate INTEGER, week INTEGER, region INTEGER,"
    " unrest INTEGER, share REAL, PRIMARY KEY (replicate, week, region)) WITHOUT "
    "ROWID;" STP_SETTING_SCHEMA;

/* ---- facts ---- */

static bool write_factors(sqlite3 *db, const stp_plan *p)
{
    stp_row w = stp_row_begin(db, "INTO factor", 5);
    for (size_t i = 0; i < p->range_count; i++) {
        const stp_range *r = &p->ranges[i];
        stp_row_whole(&w, (int64_t)i);
        stp_row_text(&w, r->path);
        stp_row_real(&w, r->low);
        stp_row_real(&w, r->high);
        stp_row_text(&w, stp_kind_word(r->kind));
        stp_row_put(&w);
    }
    return stp_row_end(&w);
}

static bool write_regions(sqlite3 *db, const steppe_scenario *scenario)
{
    stp_row w = stp_row_begin(db, "INTO region", 3);
    for (size_t i = 0; i < stp_region_count(scenario); i++) {
        stp_row_whole(&w, (int64_t)i);
        stp_row_text(&w, stp_region_id(scenario, i));
        stp_row_text(&w, stp_region_name(scenario, i));
        stp_row_put(&w);
    }
    return stp_row_end(&w);
}

static bool write_head(sqlite3 *db, const void *user)
{
    const stp_plan *p = user;
    char facts[STP_PLAN_FACTS][STP_PLAN_TEXT], count[32];
    stp_plan_facts(p, facts);
    snprintf(count, sizeof count, "%zu", p->count);
    bool ok = stp_row_fact(db, "model", "ensemble") &&
              stp_row_fact(db, "status", "running") &&
              stp_row_fact(db, "title", p->scenario->title) &&
              stp_row_fact(db, "scenario_file", p->scenario->file) &&
              stp_row_fact(db, "scenario", p->scenario->resolved.data) &&
              stp_row_fact(db, "version", steppe_version()) &&
              stp_row_fact(db, "settings", p->settings) &&
              stp_row_fact(db, "replicates", count);
    for (int i = 0; ok && i < STP_PLAN_FACTS; i++)
        ok = !*facts[i] || stp_row_fact(db, stp_plan_key(i), facts[i]);
    return ok && write_factors(db, p) && write_regions(db, p->scenario) &&
           stp_write_settings(db, p->scenario);
}

/* ---- resuming ---- */

static int read_fact(stp_store *s, const char *key, char *value, size_t size)
{
    return stp_results_fact(s->file.context, s->file.path, s->file.db, key, value, size);
}

static int compare_plan(stp_store *s, const stp_plan *p)
{
    char held[STP_PLAN_TEXT], count[32];
    int status = stp_plan_compare(s->file.context, s->file.path, s->file.db, p);
    if (status == STEPPE_OK)
        status = read_fact(s, "replicates", held, sizeof held);
    snprintf(count, sizeof count, "%zu", p->count);
    if (status != STEPPE_OK || strcmp(held, count) == 0)
        return status;
    if (strcmp(p->sampling, "latin") == 0)
        return stp_fail(
            s->file.context, STEPPE_BAD_RESULTS,
            "%s: a Latin hypercube of %s replicates cannot be extended to %s: "
            "choose another file, or --sample sobol",
            s->file.path, held, count);
    bool more = strtoull(held, NULL, 10) > p->count;
    if (more && p->at_least)
        return STEPPE_OK;
    if (more)
        return stp_fail(
            s->file.context, STEPPE_BAD_RESULTS,
            "%s: holds an ensemble of %s replicates, more than the %s asked for",
            s->file.path, held, count);
    bool ok = stp_row_fact(s->file.db, "replicates", count) &&
              stp_row_fact(s->file.db, "status", "running");
    return ok ? STEPPE_OK : stp_store_file_fail(&s->file);
}

static int find_done(stp_store *s, bool *done)
{
    sqlite3_stmt *statement = stp_store_file_prepare(&s->file,
                                                     "SELECT replicate FROM replicate");
    if (!statement)
        return STEPPE_CANNOT_WRITE;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        sqlite3_int64 index = sqlite3_column_int64(statement, 0);
        if (index >= 0 && (size_t)index < s->count)
            done[index] = true;
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE
               ? STEPPE_OK
               : stp_results_damaged(s->file.context, s->file.path, s->file.db);
}

int stp_store_open(steppe_context *context, const char *path, const stp_plan *plan,
                   stp_store **store, bool **done)
{
    *store = NULL;
    *done = NULL;
    stp_store *s = calloc(1, sizeof *s);
    bool *flags = calloc(plan->count ? plan->count : 1, sizeof *flags);
    if (!s || !flags) {
        free(s);
        free(flags);
        return stp_no_memory(context);
    }
    *s = (stp_store){.count = plan->count,
                     .regions = stp_region_count(plan->scenario),
                     .factors = plan->range_count};
    bool made;
    int status = stp_store_file_open(context, path, "ensemble", SCHEMA, write_head, plan,
                                     &s->file, &made);
    if (status == STEPPE_OK && !made)
        status = compare_plan(s, plan);
    if (status == STEPPE_OK)
        status = find_done(s, flags);
    if (status != STEPPE_OK) {
        stp_store_close(s);
        free(flags);
        return status;
    }
    *store = s;
    *done = flags;
    return STEPPE_OK;
}

int stp_store_has_all(steppe_context *context, const char *path, const stp_plan *plan,
                      bool *kept)
{
    struct stat file;
    *kept = false;
    int status = stp_file_check(context, path, STEPPE_CANNOT_READ);
    if (status != STEPPE_OK)
        return status;
    if (stat(path, &file) != 0 || file.st_size == 0) /* empty: about to be created */
        return STEPPE_OK;
    bool *done = calloc(plan->count ? plan->count : 1, sizeof *done);
    stp_store s = {.file = {.context = context, .path = stp_copy(path)},
                   .count = plan->count};
    status = done && s.file.path ? stp_results_open(context, path, &s.file.db)
                                 : stp_no_memory(context);
    if (status == STEPPE_OK)
        status = stp_plan_compare(context, path, s.file.db, plan);
    if (status == STEPPE_OK)
        status = find_done(&s, done);
    *kept = status == STEPPE_OK;
    for (size_t i = 0; i < plan->count && *kept; i++)
        *kept = done[i];
    sqlite3_close(s.file.db);
    free(s.file.path);
    free(done);
    return status;
}

/* ---- replicates ---- */

/* *exists: another process has stored this replicate. */
static bool add_head(stp_store *s, const stp_replicate *r, bool *exists)
{
    char seed[24], digests[3][24];
    const uint64_t values[] = {r->digest, r->trajectory_digest, r->checkpoint_digest};
    stp_row w = stp_row_begin(s->file.db, "OR IGNORE INTO replicate", 7);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)r->seed);
    stp_row_whole(&w, (int64_t)r->index);
    stp_row_text(&w, seed);
    stp_row_text(&w, r->failure ? "failed" : "done");
    stp_row_text(&w, r->failure);
    for (int i = 0; i < 3; i++) {
        snprintf(digests[i], sizeof *digests, "%016llx", (unsigned long long)values[i]);
        stp_row_text(&w, r->failure || (i == 2 && values[i] == 0) ? NULL : digests[i]);
    }
    stp_row_put(&w);
    *exists = sqlite3_changes(s->file.db) == 0;
    return stp_row_end(&w);
}

static bool add_draws(stp_store *s, const stp_replicate *r)
{
    stp_row w = stp_row_begin(s->file.db, "INTO draw", 3);
    for (size_t i = 0; i < s->factors; i++) {
        stp_row_whole(&w, (int64_t)r->index);
        stp_row_whole(&w, (int64_t)i);
        stp_row_real(&w, r->draws[i]);
        stp_row_put(&w);
    }
    return stp_row_end(&w);
}

static bool add_outcomes(stp_store *s, const stp_replicate *r)
{
    stp_row w = stp_row_begin(s->file.db, "INTO outcome", 3);
    for (size_t i = 0; i < r->outcome_count; i++) {
        if (isnan(r->outcomes[i].value))
            continue;
        stp_row_whole(&w, (int64_t)r->index);
        stp_row_text(&w, r->outcomes[i].name);
        stp_row_real(&w, r->outcomes[i].value);
        stp_row_put(&w);
    }
    return stp_row_end(&w);
}

static bool add_days(stp_store *s, const stp_replicate *r)
{
    stp_row w = stp_row_begin(s->file.db, "INTO day", 2 + STP_ENSEMBLE_DAY_COLUMNS);
    for (size_t d = 0; d < r->day_count; d++) {
        stp_row_whole(&w, (int64_t)r->index);
        stp_row_whole(&w, (int64_t)d);
        for (size_t k = 0; k < STP_ENSEMBLE_DAY_COLUMNS; k++)
            stp_row_real(&w, r->days[d * STP_ENSEMBLE_DAY_COLUMNS + k]);
        stp_row_put(&w);
    }
    return stp_row_end(&w);
}

static bool add_weeks(stp_store *s, const stp_replicate *r)
{
    stp_row w = stp_row_begin(s->file.db, "INTO unrest", 5);
    for (size_t i = 0; i < r->week_count * s->regions; i++) {
        stp_row_whole(&w, (int64_t)r->index);
        stp_row_whole(&w, (int64_t)(i / s->regions));
        stp_row_whole(&w, (int64_t)(i % s->regions));
        stp_row_whole(&w, r->weeks[i].unrest);
        stp_row_real(&w, r->weeks[i].share);
        stp_row_put(&w);
    }
    return stp_row_end(&w);
}

int stp_store_add(stp_store *s, const stp_replicate *r)
{
    bool exists = false;
    if (stp_store_file_begin(&s->file) != STEPPE_OK)
        return STEPPE_CANNOT_WRITE;
    bool ok = add_head(s, r, &exists);
    if (ok && !exists)
        ok = add_draws(s, r) && add_outcomes(s, r) && add_days(s, r) && add_weeks(s, r);
    return stp_store_file_end(&s->file, ok);
}

int stp_store_failures(stp_store *s, size_t *count, char *words, size_t size)
{
    sqlite3_stmt *statement = stp_store_file_prepare(
        &s->file,
        "SELECT count(*), coalesce(min(replicate), 0), coalesce((SELECT message FROM"
        " replicate WHERE status = 'failed' AND replicate < ?1 ORDER BY replicate LIMIT"
        " 1), '') FROM replicate WHERE status = 'failed' AND replicate < ?1");
    *count = 0;
    words[0] = '\0';
    if (!statement)
        return STEPPE_BAD_RESULTS;
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)s->count);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *count = (size_t)sqlite3_column_int64(statement, 0);
    if (*count > 0)
        snprintf(words, size, "replicate %lld: %s",
                 (long long)sqlite3_column_int64(statement, 1),
                 (const char *)sqlite3_column_text(statement, 2));
    sqlite3_finalize(statement);
    return code == SQLITE_ROW
               ? STEPPE_OK
               : stp_results_damaged(s->file.context, s->file.path, s->file.db);
}

int stp_store_leave(stp_store *s)
{
    return stp_store_file_leave(&s->file);
}

int stp_store_finish(stp_store *s)
{
    sqlite3_stmt *count = stp_store_file_prepare(&s->file,
                                                 "SELECT count(*) FROM replicate");
    bool all = count && sqlite3_step(count) == SQLITE_ROW &&
               (size_t)sqlite3_column_int64(count, 0) >= s->count;
    sqlite3_finalize(count);
    return all ? stp_store_file_finish(&s->file) : stp_store_file_check(&s->file);
}

void stp_store_close(stp_store *store)
{
    if (!store)
        return;
    stp_store_file_close(&store->file);
    free(store);
}
