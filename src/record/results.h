/* Reading results files: open and check one; its facts; the counts of a street. */
#ifndef STP_RESULTS_H
#define STP_RESULTS_H

#include "base/error.h"

#include <sqlite3.h>

/* Open a results file for reading and check it: its format, and that every value lies in its domain
 * (record/bounds.h). It is opened read-only where the file or its folder cannot be written. The caller
 * closes *db (sqlite3_close), also after a failure.
 * Errors: STEPPE_CANNOT_READ (also a pipe or a device), STEPPE_BAD_RESULTS. */
int stp_results_open(steppe_context *context, const char *path, sqlite3 **db);

/* Switch to SQLite's WAL mode (FILE-wal, FILE-shm), in which readers never block the writer. Returns
 * false if another process holds the file in another mode, or the file system cannot do it. */
bool stp_wal_begin(sqlite3 *db);
/* Back to a single file; FILE-wal stays while another process has the file open. */
void stp_wal_end(sqlite3 *db);

/* One fact of the table `run` into value, truncated to `size` bytes; "" if it is missing.
 * Errors: STEPPE_BAD_RESULTS, STEPPE_NO_MEMORY. */
int stp_results_fact(steppe_context *context, const char *path, sqlite3 *db,
                     const char *key, char *value, size_t size);
/* The same as a text that the caller frees; NULL if it is missing. */
int stp_results_text(steppe_context *context, const char *path, sqlite3 *db,
                     const char *key, char **value);

/* Report a damaged file, with why or with SQLite's message. Both return STEPPE_BAD_RESULTS. */
int stp_results_reject(steppe_context *context, const char *path, const char *why);
int stp_results_damaged(steppe_context *context, const char *path, sqlite3 *db);

/* Columns of `series` that are read. */
typedef enum stp_series_column {
    STP_SERIES_ACTIVE,
    STP_SERIES_ARRESTS,
    STP_SERIES_DETAINED,
    STP_SERIES_OFFICERS,
    STP_SERIES_ALIVE,
    STP_SERIES_KILLED,
    STP_SERIES_VIOLENT,
    STP_SERIES_OBEYING,
    STP_SERIES_OFFICERS_KILLED,
    STP_SERIES_COLUMNS,
} stp_series_column;

/* The counts of a street by step and district. */
typedef struct stp_series {
    bool complete;
    bool forceless; /* the run has no force: violence and obedience are not counted */
    double scale, step_hours;
    size_t steps, district_count;       /* steps that the file holds */
    char **ids;                         /* of the districts */
    char *first_time;                   /* local time at the end of step 1, or "" */
    char *scenario;                     /* resolved */
    double *counts[STP_SERIES_COLUMNS]; /* agents, [step * districts + district] */
} stp_series;

/* Name of a column in the file. */
const char *stp_series_column_name(stp_series_column column);

/* Read it. Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS (also for a solution), STEPPE_NO_MEMORY;
 * series is empty then. */
int stp_series_read(steppe_context *context, const char *path, stp_series *series);
void stp_series_clear(stp_series *series);

#endif
