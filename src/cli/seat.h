/* What is shown of a seat of power at a moment. */
#ifndef CLI_SEAT_H
#define CLI_SEAT_H

#include "seat_words.h"

/* Something that happened, in words. */
typedef struct seat_entry {
    uint64_t step;
    char day[STEPPE_TIME_TEXT];
    const char *event, *kind; /* borrowed */
    char words[200];
} seat_entry;

typedef struct seat_view {
    const cli_options *options;
    const steppe_scenario *scenario;
    const steppe_seat *seat;
    const seat_street *looks;
    const char *street; /* "quiet", or the results file that it is from */
    uint64_t seed, step;
    seat_entry *entries;
    size_t entry_count, entry_capacity;
    bool all;    /* entries are shown */
    bool failed; /* out of memory */
} seat_view;

/* For each act of the scenario, what it changed within a week compared with the same scenario without it:
 * a table, the caller's to free also after an error. Returns a status. */
int seat_acts_table(const seat_view *view, steppe_context *context, steppe_table **table);

#endif
