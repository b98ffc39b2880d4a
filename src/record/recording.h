/* What the parts of the recorder share: the results file as it is written. */
#ifndef STP_RECORDING_H
#define STP_RECORDING_H

#include "record/recorder.h"

struct steppe_recorder {
    steppe_context *context;
    steppe_run *run; /* NULL for a solution */
    const steppe_scenario *scenario;
    uint64_t seed;
    char *path,
        *path_before; /* before: under which it was made, if it was moved; borrowed by callers */
    int file;         /* knows where it is, wherever it is moved (O_PATH); -1: none */
    sqlite3 *db;
    sqlite3_stmt *step, *series;
    uint64_t tension_every;  /* steps; 0: never */
    uint64_t seat_days;      /* of the seat of power, that it holds */
    double committed;        /* when, monotonic seconds */
    uint64_t committed_step; /* the last step that the file is sure to hold */
    int status;
    const char *reason; /* why it cannot be written, once it cannot */
};

/* Note that the file cannot be written; returns STEPPE_CANNOT_WRITE. */
int stp_record_fail(steppe_recorder *recorder);
/* Run statements that give nothing back; a status. */
int stp_record_execute(steppe_recorder *recorder, const char *sql);
/* A statement to be finalised; NULL if it failed. */
sqlite3_stmt *stp_record_prepare(steppe_recorder *recorder, const char *sql);
/* Write the row that is bound, and make ready for the next; a status. */
int stp_record_row(steppe_recorder *recorder, sqlite3_stmt *statement);
/* Set a fact of the table `run`; a status. */
int stp_record_fact(steppe_recorder *recorder, const char *key, const char *value);
int stp_record_number(steppe_recorder *recorder, const char *key, double value);
int stp_record_digest(steppe_recorder *recorder, const char *key, uint64_t value);

/* Create a file that was not there before, in a folder that is made if it is missing, and open it
 * with what every results file says of itself, in a transaction that is open. */
int stp_record_open(steppe_recorder *recorder, const char *folder, const char *status);
/* Remove the file, which did not come to be, and what SQLite had beside it. */
void stp_record_remove(steppe_recorder *recorder);
/* One file again, and nobody's any more; the path becomes what it is by now, if the file was moved.
 * Returns STEPPE_CANNOT_WRITE if the file is no longer there. */
int stp_record_close(steppe_recorder *recorder);

/* Tables of the seat of power, for runs that have one; a status. */
int stp_record_seat_open(steppe_recorder *recorder);
/* What happened there in the last step, and the days that began in it. */
int stp_record_seat_step(steppe_recorder *recorder);
int stp_record_seat_end(steppe_recorder *recorder);

#endif
