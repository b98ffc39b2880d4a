/* An SQLite file that several calls fill, one transaction after the other: created if it is missing, resumed if it is
 * there, shared by processes. */
#ifndef STP_STORE_FILE_H
#define STP_STORE_FILE_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <sys/types.h>

typedef struct stp_store_file {
    steppe_context *context;
    const char *what; /* for messages: "ensemble" */
    char *path;
    sqlite3 *db;
    dev_t device; /* identifies the file if it is moved */
    ino_t node;
    bool shared;  /* in WAL mode */
    bool written; /* a transaction was begun in this call */
} stp_store_file;

/* Writes the facts of a new file; false: SQLite has the reason. */
typedef bool (*stp_head_writer)(sqlite3 *db, const void *user);

/* Open `path`, and create it with the tables of `schema` if there is nothing. *made: it was created. To be closed
 * also after a failure. Errors: STEPPE_CANNOT_WRITE, STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS (none of ours, or damaged),
 * STEPPE_BAD_ARGUMENT (an input of this call), STEPPE_NO_MEMORY. */
int stp_store_file_open(steppe_context *context, const char *path, const char *what,
                        const char *schema, stp_head_writer head, const void *user,
                        stp_store_file *file, bool *made);
void stp_store_file_close(stp_store_file *file);

/* Report that the file cannot be written; returns STEPPE_CANNOT_WRITE. */
int stp_store_file_fail(stp_store_file *file);
/* Begin a transaction; the first marks an interrupted file as running again. Errors: STEPPE_CANNOT_WRITE. */
int stp_store_file_begin(stp_store_file *file);
/* Commit it if `ok`, else undo it and fail. */
int stp_store_file_end(stp_store_file *file, bool ok);
/* NULL after a failure, which is reported. */
sqlite3_stmt *stp_store_file_prepare(stp_store_file *file, const char *sql);

/* Set the fact `status` to "complete", or to "incomplete" a file that is still running.
 * Errors: STEPPE_CANNOT_WRITE, also if the file was moved; STEPPE_BAD_RESULTS. */
int stp_store_file_finish(stp_store_file *file);
int stp_store_file_leave(stp_store_file *file);
/* Does the path still name the file that was opened? Errors: STEPPE_CANNOT_WRITE. */
int stp_store_file_check(stp_store_file *file);

#endif
