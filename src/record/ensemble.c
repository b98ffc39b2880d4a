#include "record/ensemble.h"

#include "base/file.h"
#include "base/output.h"
#include "record/plan.h"
#include "record/recorder.h"
#include "record/results.h"
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
    size_t count;   /* replicates of the plan */
    size_t regions; /* 0: a file of before there was a table of regions */
    dev_t device;   /* which file it is, wherever it is moved */
    ino_t node;
    bool shared;  /* readers do not stop who writes */
    bool written; /* something was put there in this call */
};

static const char SCHEMA[] =
    "CREATE TABLE run (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE factor (factor INTEGER PRIMARY KEY, path TEXT, low REAL, high REAL,"
    " kind TEXT);"
    "CREATE TABLE replicate (replicate INTEGER PRIMARY KEY, seed TEXT, status TEXT,"
    " message TEXT, digest TEXT, path TEXT, watched TEXT);"
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

static sqlite3_stmt *prepare(stp_store *s, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail(s);
    return statement;
}

static bool row(sqlite3_stmt *statement)
{
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return code == SQLITE_DONE;
}

/* NULL for what is no number. */
static void bind_real(sqlite3_stmt *statement, int column, double value)
{
    if (isnan(value))
        sqlite3_bind_null(statement, column);
    else
        sqlite3_bind_double(statement, column, value);
}

/* ---- what the file says of itself ---- */

static bool set_fact(stp_store *s, const char *key, const char *value)
{
    sqlite3_stmt *statement = prepare(s, "INSERT OR REPLACE INTO run VALUES (?, ?)");
    if (!statement)
        return false;
    sqlite3_bind_text(statement, 1, key, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 2, value, -1, SQLITE_TRANSIENT);
    bool ok = row(statement);
    sqlite3_finalize(statement);
    return ok;
}

static bool write_factors(stp_store *s, const stp_plan *p)
{
    static const char *const KINDS[] = {"default", "unstated", "fact", "claim",
                                        "assumption"};
    sqlite3_stmt *statement = prepare(s, "INSERT INTO factor VALUES (?, ?, ?, ?, ?)");
    bool ok = statement != NULL;
    for (size_t i = 0; ok && i < p->range_count; i++) {
        const stp_range *r = &p->ranges[i];
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)i);
        sqlite3_bind_text(statement, 2, r->path, -1, SQLITE_TRANSIENT);
        sqlite3_bind_double(statement, 3, r->low);
        sqlite3_bind_double(statement, 4, r->high);
        sqlite3_bind_text(statement, 5, KINDS[r->kind], -1, SQLITE_TRANSIENT);
        ok = row(statement);
    }
    sqlite3_finalize(statement);
    return ok;
}

static bool write_regions(stp_store *s, const steppe_scenario *scenario)
{
    sqlite3_stmt *statement = prepare(s, "INSERT INTO region VALUES (?, ?, ?)");
    bool ok = statement != NULL;
    for (size_t i = 0; ok && i < s->regions; i++) {
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)i);
        sqlite3_bind_text(statement, 2, stp_region_id(scenario, i), -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(statement, 3, stp_region_name(scenario, i), -1,
                          SQLITE_TRANSIENT);
        ok = row(statement);
    }
    sqlite3_finalize(statement);
    return ok;
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

/* Is there nothing in it yet? */
static bool is_empty(stp_store *s)
{
    sqlite3_stmt *statement = NULL;
    bool empty = sqlite3_prepare_v2(s->db, "SELECT 1 FROM sqlite_master", -1, &statement,
                                    NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return empty;
}

/* Everything in one transaction: a file that was left in it is an empty one. *made: false if another was
 * faster. */
static int create(stp_store *s, const stp_plan *p, bool *made)
{
    char pragmas[120];
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA application_id = %d; PRAGMA user_version = %d;", STP_APPLICATION_ID,
             STEPPE_FORMAT_VERSION);
    *made = false;
    if (execute(s, "BEGIN EXCLUSIVE") != STEPPE_OK)
        return STEPPE_CANNOT_WRITE;
    if (!is_empty(s))
        return execute(s, "ROLLBACK");
    *made = true;
    s->regions = stp_region_count(p->scenario);
    if (execute(s, pragmas) != STEPPE_OK || execute(s, SCHEMA) != STEPPE_OK ||
        !write_head(s, p)) {
        fail(s);
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        return STEPPE_CANNOT_WRITE;
    }
    return execute(s, "COMMIT");
}

/* ---- going on with a file ---- */

static int read_fact(stp_store *s, const char *key, char *value, size_t size)
{
    return stp_results_fact(s->context, s->path, s->db, key, value, size);
}

/* A file of before there was the table goes on without it, and so is the same file whoever ends it. */
static int find_regions(stp_store *s, const steppe_scenario *scenario)
{
    bool has;
    int status = stp_ensemble_has_weeks(s->context, s->path, s->db, &has);
    s->regions = has ? stp_region_count(scenario) : 0;
    return status;
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
        return stp_fail(s->context, STEPPE_BAD_RESULTS,
                        "%s: a Latin hypercube of %s replicates cannot have %s: choose "
                        "another file, or --sample sobol, which can grow",
                        s->path, held, count);
    bool more = strtoull(held, NULL, 10) > p->count;
    if (more && p->at_least)
        return STEPPE_OK;
    if (more)
        return stp_fail(s->context, STEPPE_BAD_RESULTS,
                        "%s: holds an ensemble of %s replicates, more than %s", s->path,
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

/* Make the file, if it is not there, and remember which one it is. */
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

/* Another may be at the same ensemble, and any number may read it. */
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
                        "%.800s: was read in this call, and is no results file; choose "
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
    if (status == STEPPE_OK)
        status = compare_plan(s, p);
    return status == STEPPE_OK ? find_regions(s, p->scenario) : status;
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
    *s = (stp_store){.context = context, .path = stp_copy(path), .count = plan->count};
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

int stp_store_kept(steppe_context *context, const char *path, const stp_plan *plan,
                   bool *kept)
{
    struct stat file;
    *kept = false;
    int status = stp_file_check(context, path, STEPPE_CANNOT_READ);
    if (status != STEPPE_OK)
        return status;
    if (stat(path, &file) != 0 || file.st_size == 0) /* of size 0: just being made */
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

static bool add_head(stp_store *s, const stp_replicate *r, bool *there)
{
    char seed[24], digest[24], path[24], watched[24];
    sqlite3_stmt *statement =
        prepare(s, "INSERT OR IGNORE INTO replicate VALUES (?, ?, ?, ?, ?, ?, ?)");
    if (!statement)
        return false;
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)r->seed);
    snprintf(digest, sizeof digest, "%016llx", (unsigned long long)r->digest);
    snprintf(watched, sizeof watched, "%016llx", (unsigned long long)r->watched);
    snprintf(path, sizeof path, "%016llx", (unsigned long long)r->path);
    sqlite3_bind_text(statement, 7, r->watched && !r->failure ? watched : NULL, -1,
                      SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)r->index);
    sqlite3_bind_text(statement, 2, seed, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 3, r->failure ? "failed" : "done", -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, r->failure, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 5, r->failure ? NULL : digest, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 6, r->failure ? NULL : path, -1, SQLITE_TRANSIENT);
    bool ok = row(statement);
    *there = sqlite3_changes(s->db) == 0; /* another has been faster */
    sqlite3_finalize(statement);
    return ok;
}

static bool add_draws(stp_store *s, const stp_replicate *r)
{
    sqlite3_stmt *count = prepare(s, "SELECT count(*) FROM factor");
    sqlite3_int64 factors = count && sqlite3_step(count) == SQLITE_ROW
                                ? sqlite3_column_int64(count, 0)
                                : -1;
    sqlite3_finalize(count);
    sqlite3_stmt *statement = prepare(s, "INSERT INTO draw VALUES (?, ?, ?)");
    bool ok = statement && factors >= 0;
    for (sqlite3_int64 i = 0; ok && i < factors; i++) {
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)r->index);
        sqlite3_bind_int64(statement, 2, i);
        sqlite3_bind_double(statement, 3, r->draws[i]);
        ok = row(statement);
    }
    sqlite3_finalize(statement);
    return ok;
}

static bool add_outcomes(stp_store *s, const stp_replicate *r)
{
    sqlite3_stmt *statement = prepare(s, "INSERT INTO outcome VALUES (?, ?, ?)");
    bool ok = statement != NULL;
    for (size_t i = 0; ok && i < r->outcome_count; i++) {
        if (isnan(r->outcomes[i].value))
            continue;
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)r->index);
        sqlite3_bind_text(statement, 2, r->outcomes[i].name, -1, SQLITE_TRANSIENT);
        sqlite3_bind_double(statement, 3, r->outcomes[i].value);
        ok = row(statement);
    }
    sqlite3_finalize(statement);
    return ok;
}

static bool add_days(stp_store *s, const stp_replicate *r)
{
    sqlite3_stmt *statement =
        prepare(s, "INSERT INTO day VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bool ok = statement != NULL;
    for (size_t d = 0; ok && d < r->day_count; d++) {
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)r->index);
        sqlite3_bind_int64(statement, 2, (sqlite3_int64)d);
        for (int k = 0; k < STP_ENSEMBLE_DAY_COLUMNS; k++)
            bind_real(statement, 3 + k,
                      r->days[d * STP_ENSEMBLE_DAY_COLUMNS + (size_t)k]);
        ok = row(statement);
    }
    sqlite3_finalize(statement);
    return ok;
}

static bool add_weeks(stp_store *s, const stp_replicate *r)
{
    if (s->regions == 0)
        return true;
    sqlite3_stmt *statement = prepare(s, "INSERT INTO unrest VALUES (?, ?, ?, ?, ?)");
    bool ok = statement != NULL;
    for (size_t i = 0; ok && i < r->week_count * s->regions; i++) {
        sqlite3_bind_int64(statement, 1, (sqlite3_int64)r->index);
        sqlite3_bind_int64(statement, 2, (sqlite3_int64)(i / s->regions));
        sqlite3_bind_int64(statement, 3, (sqlite3_int64)(i % s->regions));
        sqlite3_bind_int(statement, 4, r->weeks[i].unrest);
        sqlite3_bind_double(statement, 5, r->weeks[i].share);
        ok = row(statement);
    }
    sqlite3_finalize(statement);
    return ok;
}

/* A file that was left is one that is written again. */
static bool begin_writing(stp_store *s)
{
    char status[32];
    s->written = true;
    return read_fact(s, "status", status, sizeof status) == STEPPE_OK &&
           (strcmp(status, "incomplete") != 0 || set_fact(s, "status", "running"));
}

int stp_store_add(stp_store *s, const stp_replicate *r)
{
    bool there = false;
    if (!s->shared) /* a file of before; or somebody held it open */
        share(s);
    if (execute(s, "BEGIN IMMEDIATE") != STEPPE_OK)
        return STEPPE_CANNOT_WRITE;
    if (!s->written && !begin_writing(s)) {
        int status = fail(s);
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        return status;
    }
    bool ok = add_head(s, r, &there);
    if (ok && !there)
        ok = add_draws(s, r) && add_outcomes(s, r) && add_days(s, r) && add_weeks(s, r);
    if (ok && execute(s, "COMMIT") == STEPPE_OK)
        return STEPPE_OK;
    int status = fail(s);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Is the file still where it was? */
static int check_place(stp_store *s)
{
    struct stat facts;
    if (stat(s->path, &facts) == 0 && facts.st_ino == s->node &&
        facts.st_dev == s->device)
        return STEPPE_OK;
    return stp_fail(s->context, STEPPE_CANNOT_WRITE,
                    "%.800s: was moved or removed while it was written; what was run is "
                    "where it is now",
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
    /* A file that is complete is left as it is. */
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
