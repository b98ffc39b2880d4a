/* Reading results files: opening and checking one, its facts, and a street's counts. */
#ifndef STP_RESULTS_H
#define STP_RESULTS_H

#include "base/error.h"

#include <sqlite3.h>

/* Open a results file and check that it is one that we may read: that it is ours, of a version that we
 * know, and that every value in it lies in its domain (record/bounds.h). A file that cannot be written, or
 * in a folder that cannot be, is read as it lies there. *db is closed by the caller (sqlite3_close), also
 * after a failure. Errors: STEPPE_CANNOT_READ (also a pipe or a device), STEPPE_BAD_RESULTS. */
int stp_results_open(steppe_context *context, const char *path, sqlite3 **db);

/* Let others read a file as long as they like while it is written: readers then never stop who writes
 * (SQLite's WAL mode, which keeps FILE-wal and FILE-shm beside it). Returns whether it is so; not, while
 * somebody holds it open in another mode, or where the file system cannot do it. */
bool stp_wal_begin(sqlite3 *db);
/* One file again, at the end; while somebody else holds it open, FILE-wal stays until they close it. */
void stp_wal_end(sqlite3 *db);

/* One fact of the table `run` into value (cut off at `size`); "" if it is not there.
 * Errors: STEPPE_BAD_RESULTS. */
int stp_results_fact(steppe_context *context, const char *path, sqlite3 *db,
                     const char *key, char *value, size_t size);

/* Note that a file is damaged, with what SQLite says; returns STEPPE_BAD_RESULTS. */
int stp_results_damaged(steppe_context *context, const char *path, sqlite3 *db);

/* The counts of a street that are read. */
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

/* What a results file says of a street: counts by step and district. */
typedef struct stp_series {
    bool complete;
    /* A run without force, which counts neither violence nor obedience (`force` of the run). */
    bool forceless;
    double scale, step_hours;
    size_t steps, district_count; /* steps that the file holds */
    char **ids;                   /* of the districts */
    char *first_time;             /* local time at the end of step 1, or "" */
    char *scenario;               /* resolved */
    double
        *counts[STP_SERIES_COLUMNS]; /* agents, [step * districts + district]; NULL: the
                                           file has no such column */
} stp_series;

/* Name of a column in the file. */
const char *stp_series_column_name(stp_series_column column);

/* Read all that of a file; older ones may lack columns: `alive` is then made of the districts'
 * citizens. Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS (also for a solution),
 * STEPPE_NO_MEMORY; series is empty then. */
int stp_series_read(steppe_context *context, const char *path, stp_series *series);
void stp_series_clear(stp_series *series);

#endif
