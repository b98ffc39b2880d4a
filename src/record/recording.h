/* The recorder's state: a results file that is being written. */
#ifndef STP_RECORDING_H
#define STP_RECORDING_H

#include "record/recorder.h"
#include "record/row.h"

struct steppe_recorder {
    steppe_context *context;
    steppe_run *run; /* NULL for a solution */
    const steppe_scenario *scenario;
    uint64_t seed;
    char *path,
        *path_before; /* before: the first path of a moved file; callers borrow it */
    int file;         /* O_PATH descriptor, which follows a move; -1: none */
    sqlite3 *db;
    stp_row step, series;
    uint64_t tension_every;  /* steps; 0: never */
    uint64_t seat_days;      /* days of the seat of power that are written */
    double committed;        /* time of the last commit, monotonic seconds */
    uint64_t committed_step; /* its last step */
    int status;
    const char *reason; /* of the first failure */
};

/* Report that the file cannot be written; returns STEPPE_CANNOT_WRITE. */
int stp_record_fail(steppe_recorder *recorder);
/* Run statements without results; returns a status. */
int stp_record_execute(steppe_recorder *recorder, const char *sql);
/* Set a fact of the table `run`; return a status. */
int stp_record_fact(steppe_recorder *recorder, const char *key, const char *value);
int stp_record_number(steppe_recorder *recorder, const char *key, double value);
int stp_record_digest(steppe_recorder *recorder, const char *key, uint64_t value);

/* Create the file, and its folder if it is missing; write the facts that every results file has. Leaves a
 * transaction open. */
int stp_record_open(steppe_recorder *recorder, const char *folder, const char *status);
/* Remove the file with SQLite's companions, after a failure to create it. */
void stp_record_remove(steppe_recorder *recorder);
/* Close the database and leave a single file; update the path of a moved file. Returns
 * STEPPE_CANNOT_WRITE if the file is gone. */
int stp_record_close(steppe_recorder *recorder);

/* The tables of the seat of power, for runs that have one; return a status. */
int stp_record_seat_open(steppe_recorder *recorder);
int stp_record_seat_step(steppe_recorder *recorder);
int stp_record_seat_end(steppe_recorder *recorder);

#endif
