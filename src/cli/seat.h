/* What the parts of the command 'power' share: a seat of power that goes through a scenario. */
#ifndef CLI_SEAT_H
#define CLI_SEAT_H

#include "cli.h"

/* What the street was; a day beyond the last is a quiet one. */
typedef struct seat_street {
    steppe_seat_look *looks; /* one a day, or NULL: all are quiet */
    size_t count;
} seat_street;

/* Take a seat on to the end of a step; each entry on the way is given to `note`, if there is one. */
typedef void (*seat_note)(const steppe_seat_entry *entry, uint64_t step, void *user);
void cli_seat_advance(steppe_seat *seat, uint64_t *step, uint64_t to,
                      const seat_street *street, seat_note note, void *user);

/* Name of a person, or what there is instead; of an office; "" for none. */
const char *cli_seat_person(const steppe_seat *seat, int person);
const char *cli_seat_office(const steppe_seat *seat, int office);
const char *cli_seat_power(const steppe_seat *seat, int power);

/* An entry in words, without its day: "taken: Security Council, from The predecessor". */
const char *cli_seat_words(const steppe_seat *seat, const steppe_seat_entry *entry,
                           char *buffer, size_t size);

/* For each act of the scenario, what it changed within a week, against the same without it; as a
 * table, or as JSON. Returns the exit status. */
int cli_seat_acts(const scenario_arguments *arguments, steppe_context *context,
                  const steppe_scenario *scenario, uint64_t seed,
                  const seat_street *street, bool json);

#endif
