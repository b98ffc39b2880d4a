/* The seat of power of a run, run again. */
#ifndef STP_SEAT_LOG_H
#define STP_SEAT_LOG_H

#include "report/load/report.h"

typedef struct stp_seat_line {
    steppe_seat_entry entry;
    size_t step;
} stp_seat_line;

typedef struct stp_seat_log {
    steppe_seat *before, *after; /* at the start, and at the end */
    stp_seat_line *lines;        /* what happened, in order */
    size_t count, capacity;
} stp_seat_log;

/* Errors: those of steppe_results_looks and steppe_seat_create. */
int stp_seat_log_create(const stp_report *report, stp_seat_log *log);
void stp_seat_log_clear(stp_seat_log *log);

/* The numbers of the network as folded tables: persons with their offices, and ties. Errors:
 * STEPPE_NO_MEMORY. */
int stp_seat_write_tables(FILE *file, const stp_report *report, const stp_seat_log *log,
                          bool after);
/* The same as CSV; what: the log, which: 1 for the end. */
int stp_seat_persons_csv(FILE *file, const stp_report *report, const void *what,
                         int which);
int stp_seat_ties_csv(FILE *file, const stp_report *report, const void *what, int which);

/* Who an entry is of, a person or a power; the office; borrowed, "" if there is none. */
const char *stp_seat_log_who(const steppe_seat *seat, const steppe_seat_entry *entry);
const char *stp_seat_log_office(const steppe_seat *seat, const steppe_seat_entry *entry);

#endif
