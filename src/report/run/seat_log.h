/* The seat of a run, taken the same way again. */
#ifndef STP_SEAT_LOG_H
#define STP_SEAT_LOG_H

#include "report/load/report.h"

typedef struct stp_seat_line {
    steppe_seat_entry entry;
    size_t step;
} stp_seat_line;

typedef struct stp_seat_log {
    steppe_seat *before, *after; /* as it was at the start, and at the end */
    stp_seat_line *lines;        /* what happened, in order */
    size_t count, capacity;
} stp_seat_log;

/* Errors: those of steppe_results_looks and steppe_seat_create. */
int stp_seat_log_create(const stp_report *report, stp_seat_log *log);
void stp_seat_log_clear(stp_seat_log *log);

/* The network, as an <svg> element. */
int stp_seat_log_draw(FILE *file, const stp_report *report, const stp_seat_log *log,
                      bool after);

/* The numbers of the network: persons with their offices, and ties. They return 0 or STEPPE_NO_MEMORY,
 * which the caller notes. */
int stp_seat_log_write_tables(FILE *file, const steppe_seat *seat);
int stp_seat_log_persons_csv(FILE *file, const steppe_seat *seat);
void stp_seat_log_ties_csv(FILE *file, const steppe_seat *seat);

/* Who an entry is of, a person or a power; the office; borrowed, "" if there is none. */
const char *stp_seat_log_who(const steppe_seat *seat, const steppe_seat_entry *entry);
const char *stp_seat_log_office(const steppe_seat *seat, const steppe_seat_entry *entry);

#endif
