/* A seat of power that goes through a scenario, and what happens in it in words. */
#ifndef SEAT_WORDS_H
#define SEAT_WORDS_H

#include "cli.h"

/* What the seat saw of the street; a day beyond the last is quiet. */
typedef struct seat_street {
    steppe_seat_look *looks; /* one per day, or NULL: all are quiet */
    size_t count;
} seat_street;

/* Advance a seat to the end of a step; each entry on the way is given to `note`, unless it is NULL. */
typedef void (*seat_note)(const steppe_seat_entry *entry, uint64_t step, void *user);
void cli_seat_advance(steppe_seat *seat, uint64_t *step, uint64_t to,
                      const seat_street *street, seat_note note, void *user);

/* An entry in words, without its day: "the incumbent takes the Security Council". */
const char *cli_seat_words(const steppe_seat *seat, const steppe_seat_entry *entry,
                           char *buffer, size_t size);

#endif
