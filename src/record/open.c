/* Opening a results file, and sharing it between a writer and readers. */
#include "record/results.h"

#include "base/file.h"
#include "base/text.h"
#include "record/bounds.h"
#include "record/recorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- while it is written ---- */

bool stp_wal_begin(sqlite3 *db)
{
    sqlite3_stmt *s = NULL;
    bool wal = sqlite3_prepare_v2(db, "PRAGMA journal_mode = WAL", -1, &s, NULL) ==
                   SQLITE_OK &&
               sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0) &&
               strcmp((const char *)sqlite3_column_text(s, 0), "wal") == 0;
    sqlite3_finalize(s);
    return wal;
}

/* Do not wait for readers: one may hold the file for hours. */
void stp_wal_end(sqlite3 *db)
{
    sqlite3_busy_timeout(db, 0);
    sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE",
                 NULL, NULL, NULL);
}

/* ---- opening ---- */

/* Is there a file PATH + suffix that is not empty? */
static bool has_companion(const char *path, const char *suffix)
{
    struct stat facts;
    stp_text name = {0};
    stp_text_add(&name, "%s%s", path, suffix);
    bool holds = !name.failed && stat(name.data, &facts) == 0 && facts.st_size > 0;
    stp_text_free(&name);
    return holds;
}

static bool is_folder_writable(const char *path)
{
    const char *slash = strrchr(path, '/');
    stp_text folder = {0};
    if (slash)
        stp_text_append(&folder, path, slash == path ? 1 : (size_t)(slash - path));
    else
        stp_text_append(&folder, ".", 1);
    bool can = !folder.failed && access(folder.data, W_OK) == 0;
    stp_text_free(&folder);
    return can;
}

/* "file:PATH?immutable=1", percent-encoded. */
static char *frozen_name(const char *path)
{
    stp_text uri = {0};
    stp_text_add(&uri, "file:%s", *path == '/' ? "//" : "");
    for (const char *c = path; *c; c++)
        stp_text_add(&uri, strchr("%?#", *c) ? "%%%02x" : "%c", (unsigned char)*c);
    stp_text_add(&uri, "?immutable=1");
    if (!uri.failed)
        return uri.data;
    stp_text_free(&uri);
    return NULL;
}

static int number_of(sqlite3 *db, const char *sql, int *value)
{
    sqlite3_stmt *s = NULL;
    bool read = sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
                sqlite3_step(s) == SQLITE_ROW;
    *value = read ? sqlite3_column_int(s, 0) : 0;
    sqlite3_finalize(s);
    return read ? STEPPE_OK : STEPPE_BAD_RESULTS;
}

/* Open a file that cannot be written. SQLite cannot create the shared-memory file of WAL mode then;
 * without a log, the file is read as immutable. */
static int open_frozen(steppe_context *context, const char *path, sqlite3 **db)
{
    int tables;
    if (has_companion(path, "-wal") || has_companion(path, "-journal"))
        return sqlite3_open_v2(path, db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
                       number_of(*db, "SELECT count(*) FROM sqlite_master", &tables) ==
                           STEPPE_OK
                   ? STEPPE_OK
                   : stp_fail(
                         context, STEPPE_CANNOT_READ,
                         "%.800s: its run was killed, and it or its folder cannot be "
                         "written: copy it to another folder, with what lies beside "
                         "it (-wal, -journal)",
                         path);
    char *name = frozen_name(path);
    if (!name)
        return stp_no_memory(context);
    int code = sqlite3_open_v2(name, db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
    free(name);
    return code == SQLITE_OK
               ? STEPPE_OK
               : stp_fail(context, STEPPE_CANNOT_READ, "%.800s: cannot be opened: %s",
                          path, sqlite3_errmsg(*db));
}

/* For writing, if possible: SQLite then recovers what a killed run left in its log. */
static int open_file(steppe_context *context, const char *path, sqlite3 **db)
{
    FILE *file; /* SQLite's own message does not say why */
    int status = stp_file_open(context, path, &file);
    if (status != STEPPE_OK)
        return status;
    fclose(file);
    if (access(path, W_OK) != 0 || !is_folder_writable(path))
        return open_frozen(context, path, db);
    if (sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
        return STEPPE_OK;
    return stp_fail(context, STEPPE_CANNOT_READ, "%.800s: cannot be opened: %s", path,
                    sqlite3_errmsg(*db));
}

/* ---- checks ---- */

static int check_kind(steppe_context *context, const char *path, sqlite3 *db)
{
    int id = 0, version = 0, programs = 0, tables = 0;
    if (number_of(db, "PRAGMA application_id", &id) != STEPPE_OK ||
        number_of(db, "SELECT count(*) FROM sqlite_master", &tables) != STEPPE_OK)
        return stp_results_damaged(context, path, db);
    if (tables == 0 && (id == 0 || id == STP_APPLICATION_ID))
        return stp_fail(context, STEPPE_BAD_RESULTS,
                        "%.800s: not a Steppe results file, or one whose run was stopped "
                        "before its first step: it is empty",
                        path);
    if (id != STP_APPLICATION_ID)
        return stp_fail(context, STEPPE_BAD_RESULTS, "%s: not a Steppe results file",
                        path);
    if (number_of(db, "PRAGMA user_version", &version) != STEPPE_OK ||
        version != STEPPE_RESULTS_FORMAT)
        return stp_fail(
            context, STEPPE_BAD_RESULTS,
            "%.800s: has results format %d; this version of Steppe reads format "
            "%d: %s",
            path, version, STEPPE_RESULTS_FORMAT,
            version < STEPPE_RESULTS_FORMAT ? "run the scenario again"
                                            : "read it with the version that wrote it");
    /* Views and triggers are programs; Steppe writes none. */
    if (number_of(db,
                  "SELECT count(*) FROM sqlite_master WHERE type <> 'table' AND type <> "
                  "'index'",
                  &programs) != STEPPE_OK ||
        programs != 0)
        return stp_fail(context, STEPPE_BAD_RESULTS,
                        "%s: not a Steppe results file, or damaged", path);
    return STEPPE_OK;
}

int stp_results_open(steppe_context *context, const char *path, sqlite3 **db)
{
    *db = NULL;
    int status = open_file(context, path, db);
    if (status != STEPPE_OK)
        return status;
    sqlite3_busy_timeout(*db, 10000);
    status = check_kind(context, path, *db);
    return status == STEPPE_OK ? stp_bounds_check(context, path, *db) : status;
}

int stp_results_reject(steppe_context *context, const char *path, const char *why)
{
    return stp_fail(context, STEPPE_BAD_RESULTS,
                    "%.400s: not a Steppe results file, or damaged: %s", path, why);
}

int stp_results_damaged(steppe_context *context, const char *path, sqlite3 *db)
{
    return stp_results_reject(context, path, sqlite3_errmsg(db));
}
