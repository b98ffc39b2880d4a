#include "record/store_file.h"

#include "base/file.h"
#include "base/output.h"
#include "base/text.h"
#include "record/recorder.h"
#include "record/results.h"
#include "record/row.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int stp_store_file_fail(stp_store_file *f)
{
    return stp_fail(f->context, STEPPE_CANNOT_WRITE, "%.800s: cannot be written: %s",
                    f->path, sqlite3_errmsg(f->db));
}

static int execute(stp_store_file *f, const char *sql)
{
    return sqlite3_exec(f->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? STEPPE_OK
               : stp_store_file_fail(f);
}

sqlite3_stmt *stp_store_file_prepare(stp_store_file *f, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(f->db, sql, -1, &statement, NULL) != SQLITE_OK)
        stp_store_file_fail(f);
    return statement;
}

/* ---- opening ---- */

static bool is_empty(stp_store_file *f)
{
    sqlite3_stmt *statement = NULL;
    bool empty = sqlite3_prepare_v2(f->db, "SELECT 1 FROM sqlite_master", -1, &statement,
                                    NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return empty;
}

/* One transaction: an interruption leaves an empty file. *made: false if another process created the tables
 * first. */
static int create(stp_store_file *f, const char *schema, stp_head_writer head,
                  const void *user, bool *made)
{
    char pragmas[120];
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA application_id = %d; PRAGMA user_version = %d;", STP_APPLICATION_ID,
             STEPPE_RESULTS_FORMAT);
    *made = false;
    if (execute(f, "BEGIN EXCLUSIVE") != STEPPE_OK)
        return STEPPE_CANNOT_WRITE;
    if (!is_empty(f))
        return execute(f, "ROLLBACK");
    *made = true;
    bool ok = execute(f, pragmas) == STEPPE_OK && execute(f, schema) == STEPPE_OK &&
              head(f->db, user);
    return stp_store_file_end(f, ok);
}

/* Create the file if it is missing, and remember its identity. */
static int claim(stp_store_file *f)
{
    struct stat facts;
    int status = stp_file_check(f->context, f->path, STEPPE_CANNOT_WRITE);
    if (status != STEPPE_OK)
        return status;
    int file = open(f->path, O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    if (file < 0 || fstat(file, &facts) != 0)
        status = stp_fail(f->context, STEPPE_CANNOT_WRITE, "%.800s: cannot be %s: %s",
                          f->path, access(f->path, F_OK) == 0 ? "written" : "created",
                          strerror(errno));
    else {
        f->device = facts.st_dev;
        f->node = facts.st_ino;
    }
    if (file >= 0)
        close(file);
    return status;
}

/* Other processes may add to the same file, or read it. */
static void share(stp_store_file *f)
{
    sqlite3_busy_timeout(f->db, 0);
    f->shared = stp_wal_begin(f->db);
    sqlite3_busy_timeout(f->db, 60000);
}

static int open_file(stp_store_file *f, const char *schema, stp_head_writer head,
                     const void *user, bool *made)
{
    if (stp_was_read(f->context, f->path) && !stp_is_database(f->path))
        return stp_fail(f->context, STEPPE_BAD_ARGUMENT,
                        "%.800s: is an input of this call, not a results file: choose "
                        "another file for the runs",
                        f->path);
    int status = claim(f);
    if (status != STEPPE_OK)
        return status;
    if (sqlite3_open_v2(f->path, &f->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        return stp_store_file_fail(f);
    sqlite3_busy_timeout(f->db, 60000);
    if (is_empty(f)) {
        share(f);
        status = create(f, schema, head, user, made);
    }
    if (*made || status != STEPPE_OK)
        return status;
    sqlite3_close(f->db);
    status = stp_results_open(f->context, f->path, &f->db);
    sqlite3_busy_timeout(f->db, 60000);
    return status;
}

int stp_store_file_open(steppe_context *context, const char *path, const char *what,
                        const char *schema, stp_head_writer head, const void *user,
                        stp_store_file *f, bool *made)
{
    *f = (stp_store_file){.context = context, .what = what, .path = stp_copy(path)};
    *made = false;
    return f->path ? open_file(f, schema, head, user, made) : stp_no_memory(context);
}

void stp_store_file_close(stp_store_file *f)
{
    if (f->shared)
        stp_wal_end(f->db);
    sqlite3_close(f->db);
    free(f->path);
    *f = (stp_store_file){.context = f->context};
}

/* ---- transactions ---- */

static int read_status(stp_store_file *f, char *status, size_t size)
{
    return stp_results_fact(f->context, f->path, f->db, "status", status, size);
}

int stp_store_file_begin(stp_store_file *f)
{
    char status[32];
    if (!f->shared) /* another process had it open in another mode */
        share(f);
    if (execute(f, "BEGIN IMMEDIATE") != STEPPE_OK)
        return STEPPE_CANNOT_WRITE;
    if (f->written)
        return STEPPE_OK;
    f->written = true;
    bool ok = read_status(f, status, sizeof status) == STEPPE_OK &&
              (strcmp(status, "incomplete") != 0 ||
               stp_row_fact(f->db, "status", "running"));
    return ok ? STEPPE_OK : stp_store_file_end(f, false);
}

int stp_store_file_end(stp_store_file *f, bool ok)
{
    if (ok && execute(f, "COMMIT") == STEPPE_OK)
        return STEPPE_OK;
    int status = stp_store_file_fail(f);
    sqlite3_exec(f->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

int stp_store_file_check(stp_store_file *f)
{
    struct stat facts;
    if (stat(f->path, &facts) == 0 && facts.st_ino == f->node &&
        facts.st_dev == f->device)
        return STEPPE_OK;
    return stp_fail(f->context, STEPPE_CANNOT_WRITE,
                    "%.800s: was moved or removed during the %s; the moved file "
                    "holds what was run",
                    f->path, f->what);
}

int stp_store_file_leave(stp_store_file *f)
{
    char status[32];
    int read = read_status(f, status, sizeof status);
    if (read != STEPPE_OK || strcmp(status, "running") != 0)
        return read;
    return stp_row_fact(f->db, "status", "incomplete") ? stp_store_file_check(f)
                                                       : stp_store_file_fail(f);
}

int stp_store_file_finish(stp_store_file *f)
{
    char status[32];
    int read = read_status(f, status, sizeof status);
    if (read != STEPPE_OK)
        return read;
    if (strcmp(status, "complete") != 0 && !stp_row_fact(f->db, "status", "complete"))
        return stp_store_file_fail(f);
    return stp_store_file_check(f);
}
