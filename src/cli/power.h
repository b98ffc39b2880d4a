/* What is shown of a seat of power at a moment. */
#ifndef CLI_POWER_H
#define CLI_POWER_H

#include "seat.h"

/* Something that happened, in words. */
typedef struct power_entry {
    uint64_t step, day;
    const char *event, *kind; /* borrowed */
    char words[200];
} power_entry;

typedef struct power_view {
    const steppe_scenario *scenario;
    const steppe_seat *seat;
    const char *street; /* "quiet", or the results file that it is from */
    uint64_t seed, step;
    power_entry *entries;
    size_t entry_count, entry_capacity;
    bool failed; /* memory ran out */
} power_view;

int power_print_json(const power_view *view);

#endif
