#include "record/ensemble.h"

#include "base/file.h"
#include "base/output.h"
#include "record/plan.h"
#include "record/recorder.h"
#include "record/results.h"
#include "record/row.h"
#include "scenario/model.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct stp_store {
    steppe_context *context;
    char *path;
    sqlite3 *db;
    size_t count; /* replicates of the plan */
    size_t regions, factors;
    dev_t device; /* identifies the file if it is moved */
    ino_t node;
    bool shared;  /* in WAL mode */
    bool written; /* a replicate was added in this call */
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

static int fail(stp_store *s)
{
    return stp_fail(s->context, STEPPE_CANNOT_WRITE, "%.800s: cannot be written: %s",
                    s->path, sqlite3_errmsg(s->db));
}

static int execute(stp_store *s, const char *sql)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? STEPPE_OK : fail(s);
}

/* Report the failure of a transaction, and undo it. */
static int abandon(stp_store *s)
{
    int status = fail(s);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

static sqlite3_stmt *prepare(stp_store *s, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail(s);
    return statement;
}

/* ---- facts ---- */

static bool set_fact(stp_store *s, const char *key, const char *value)
{
    return stp_row_fact(s->db, key, value);
}

static bool write_factors(stp_store *s, const stp_plan *p)
{
    stp_row w = stp_row_begin(s->db, "INTO factor", 5);
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

static bool write_regions(stp_store *s, const steppe_scenario *scenario)
{
    stp_row w = stp_row_begin(s->db, "INTO region", 3);
    for (size_t i = 0; i < s->regions; i++) {
        stp_row_whole(&w, (int64_t)i);
        stp_row_text(&w, stp_region_id(scenario, i));
        stp_row_text(&w, stp_region_name(scenario, i));
        stp_row_put(&w);
    }
    return stp_row_end(&w);
}

static bool write_head(stp_store *s, const stp_plan *p)
{
    char facts[STP_PLAN_FACTS][STP_PLAN_TEXT], count[32];
    stp_plan_facts(p, facts);
    snprintf(count, sizeof count, "%zu", p->count);
    bool ok = set_fact(s, "model", "ensemble") && set_fact(s, "status", "running") &&
              set_fact(s, "title", p->scenario->title) &&
              set_fact(s, "scenario_file", p->scenario->file) &&
              set_fact(s, "scenario", p->scenario->resolved.data) &&
              set_fact(s, "version", steppe_version()) &&
              set_fact(s, "settings", p->settings) && set_fact(s, "replicates", count);
    for (int i = 0; ok && i < STP_PLAN_FACTS; i++)
        ok = !*facts[i] || set_fact(s, stp_plan_key(i), facts[i]);
    return ok && write_factors(s, p) && write_regions(s, p->scenario) &&
           stp_write_settings(s->db, p->scenario);
}

static bool is_empty(stp_store *s)
{
    sqlite3_stmt *statement = NULL;
    bool empty = sqlite3_prepare_v2(s->db, "SELECT 1 FROM sqlite_master", -1, &statement,
                                    NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return empty;
}

/* One transaction: an interruption leaves an empty file. *made: false if another process created the tables
 * first. */
static int create(stp_store *s, const stp_plan *p, bool *made)
{
    char pragmas[120];
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA application_id = %d; PRAGMA user_version = %d;", STP_APPLICATION_ID,
             STEPPE_RESULTS_FORMAT);
    *made = false;
    if (execute(s, "BEGIN EXCLUSIVE") != STEPPE_OK)
        return STEPPE_CANNOT_WRITE;
    if (!is_empty(s))
        return execute(s, "ROLLBACK");
    *made = true;
    bool ok = execute(s, pragmas) == STEPPE_OK && execute(s, SCHEMA) == STEPPE_OK &&
              write_head(s, p);
    return ok ? execute(s, "COMMIT") : abandon(s);
}

/* ---- resuming ---- */

static int read_fact(stp_store *s, const char *key, char *value, size_t size)
{
    return stp_results_fact(s->context, s->path, s->db, key, value, size);
}

static int compare_plan(stp_store *s, const stp_plan *p)
{
    char held[STP_PLAN_TEXT], count[32];
    int status = stp_plan_compare(s->context, s->path, s->db, p);
    if (status == STEPPE_OK)
        status = read_fact(s, "replicates", held, sizeof held);
    snprintf(count, sizeof count, "%zu", p->count);
    if (status != STEPPE_OK || strcmp(held, count) == 0)
        return status;
    if (strcmp(p->sampling, "latin") == 0)
        return stp_fail(
            s->context, STEPPE_BAD_RESULTS,
            "%s: a Latin hypercube of %s replicates cannot be extended to %s: "
            "choose another file, or --sample sobol",
            s->path, held, count);
    bool more = strtoull(held, NULL, 10) > p->count;
    if (more && p->at_least)
        return STEPPE_OK;
    if (more)
        return stp_fail(
            s->context, STEPPE_BAD_RESULTS,
            "%s: holds an ensemble of %s replicates, more than the %s asked for", s->path,
            held, count);
    bool ok = set_fact(s, "replicates", count) && set_fact(s, "status", "running");
    return ok ? STEPPE_OK : fail(s);
}

static int find_done(stp_store *s, bool *done)
{
    sqlite3_stmt *statement = prepare(s, "SELECT replicate FROM replicate");
    if (!statement)
        return STEPPE_CANNOT_WRITE;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        sqlite3_int64 index = sqlite3_column_int64(statement, 0);
        if (index >= 0 && (size_t)index < s->count)
            done[index] = true;
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? STEPPE_OK
                               : stp_results_damaged(s->context, s->path, s->db);
}

/* Create the file if it is missing, and remember its identity. */
static int claim_file(stp_store *s)
{
    struct stat facts;
    int status = stp_file_check(s->context, s->path, STEPPE_CANNOT_WRITE);
    if (status != STEPPE_OK)
        return status;
    int file = open(s->path, O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    if (file < 0 || fstat(file, &facts) != 0)
        status = stp_fail(s->context, STEPPE_CANNOT_WRITE, "%.800s: cannot be %s: %s",
                          s->path, access(s->path, F_OK) == 0 ? "written" : "created",
                          strerror(errno));
    else {
        s->device = facts.st_dev;
        s->node = facts.st_ino;
    }
    if (file >= 0)
        close(file);
    return status;
}

/* Other processes may add to the same ensemble, or read it. */
static void share(stp_store *s)
{
    sqlite3_busy_timeout(s->db, 0);
    s->shared = stp_wal_begin(s->db);
    sqlite3_busy_timeout(s->db, 60000);
}

static int open_file(stp_store *s, const stp_plan *p)
{
    if (stp_was_read(s->context, s->path) && !stp_is_database(s->path))
        return stp_fail(s->context, STEPPE_BAD_ARGUMENT,
                        "%.800s: is an input of this call, not a results file: choose "
                        "another file for the runs",
                        s->path);
    int status = claim_file(s);
    if (status != STEPPE_OK)
        return status;
    if (sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        return fail(s);
    sqlite3_busy_timeout(s->db, 60000);
    bool made = false;
    if (is_empty(s)) {
        share(s);
        status = create(s, p, &made);
    }
    if (made || status != STEPPE_OK)
        return status;
    sqlite3_close(s->db);
    status = stp_results_open(s->context, s->path, &s->db);
    sqlite3_busy_timeout(s->db, 60000);
    return status == STEPPE_OK ? compare_plan(s, p) : status;
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
    *s = (stp_store){.context = context,
                     .path = stp_copy(path),
                     .count = plan->count,
                     .regions = stp_region_count(plan->scenario),
                     .factors = plan->range_count};
    int status = s->path ? open_file(s, plan) : stp_no_memory(context);
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
    stp_store s = {.context = context, .path = stp_copy(path), .count = plan->count};
    status = done && s.path ? stp_results_open(context, path, &s.db)
                            : stp_no_memory(context);
    if (status == STEPPE_OK)
        status = stp_plan_compare(context, path, s.db, plan);
    if (status == STEPPE_OK)
        status = find_done(&s, done);
    *kept = status == STEPPE_OK;
    for (size_t i = 0; i < plan->count && *kept; i++)
        *kept = done[i];
    sqlite3_close(s.db);
    free(s.path);
    free(done);
    return status;
}

/* ---- replicates ---- */

/* *exists: another process has stored this replicate. */
static bool add_head(stp_store *s, const stp_replicate *r, bool *exists)
{
    char seed[24], digests[3][24];
    const uint64_t values[] = {r->digest, r->trajectory_digest, r->checkpoint_digest};
    stp_row w = stp_row_begin(s->db, "OR IGNORE INTO replicate", 7);
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
    *exists = sqlite3_changes(s->db) == 0;
    return stp_row_end(&w);
}

static bool add_draws(stp_store *s, const stp_replicate *r)
{
    stp_row w = stp_row_begin(s->db, "INTO draw", 3);
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
    stp_row w = stp_row_begin(s->db, "INTO outcome", 3);
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
    stp_row w = stp_row_begin(s->db, "INTO day", 2 + STP_ENSEMBLE_DAY_COLUMNS);
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
    stp_row w = stp_row_begin(s->db, "INTO unrest", 5);
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

/* Mark an interrupted ensemble as running again. */
static bool begin_writing(stp_store *s)
{
    char status[32];
    s->written = true;
    return read_fact(s, "status", status, sizeof status) == STEPPE_OK &&
           (strcmp(status, "incomplete") != 0 || set_fact(s, "status", "running"));
}

int stp_store_add(stp_store *s, const stp_replicate *r)
{
    bool exists = false;
    if (!s->shared) /* another process had it open in another mode */
        share(s);
    if (execute(s, "BEGIN IMMEDIATE") != STEPPE_OK)
        return STEPPE_CANNOT_WRITE;
    bool ok = (s->written || begin_writing(s)) && add_head(s, r, &exists);
    if (ok && !exists)
        ok = add_draws(s, r) && add_outcomes(s, r) && add_days(s, r) && add_weeks(s, r);
    return ok && execute(s, "COMMIT") == STEPPE_OK ? STEPPE_OK : abandon(s);
}

/* Does the path still name the file that was opened? */
static int check_place(stp_store *s)
{
    struct stat facts;
    if (stat(s->path, &facts) == 0 && facts.st_ino == s->node &&
        facts.st_dev == s->device)
        return STEPPE_OK;
    return stp_fail(s->context, STEPPE_CANNOT_WRITE,
                    "%.800s: was moved or removed during the ensemble; the moved file "
                    "holds what was run",
                    s->path);
}

int stp_store_failures(stp_store *s, size_t *count, char *words, size_t size)
{
    sqlite3_stmt *statement = prepare(
        s,
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
    return code == SQLITE_ROW ? STEPPE_OK
                              : stp_results_damaged(s->context, s->path, s->db);
}

int stp_store_leave(stp_store *s)
{
    char status[32];
    int read = read_fact(s, "status", status, sizeof status);
    if (read != STEPPE_OK || strcmp(status, "running") != 0)
        return read;
    return set_fact(s, "status", "incomplete") ? check_place(s) : fail(s);
}

int stp_store_finish(stp_store *s)
{
    char status[32];
    sqlite3_stmt *count = prepare(s, "SELECT count(*) FROM replicate");
    bool all = count && sqlite3_step(count) == SQLITE_ROW &&
               (size_t)sqlite3_column_int64(count, 0) >= s->count;
    sqlite3_finalize(count);
    int read = read_fact(s, "status", status, sizeof status);
    if (read != STEPPE_OK)
        return read;
    if (all && strcmp(status, "complete") != 0 && !set_fact(s, "status", "complete"))
        return fail(s);
    return check_place(s);
}

void stp_store_close(stp_store *store)
{
    if (!store)
        return;
    if (store->shared)
        stp_wal_end(store->db);
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}
