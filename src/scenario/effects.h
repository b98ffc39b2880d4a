/* Warnings of what has no effect in a scenario. */
#ifndef STP_EFFECTS_H
#define STP_EFFECTS_H

#include "scenario/read.h"

/* Add the warnings of a checked scenario: events without effect or outside the run, sections without
 * effect. Errors: STEPPE_NO_MEMORY. */
int stp_warn(const stp_reader *reader);

/* Where an event lies: -1 before the run, 1 after its last step begins, 0 inside. */
int stp_event_side(const steppe_scenario *scenario, const stp_event *event);

/* The keys of events that are effects. */
size_t stp_effect_count(void);
const char *stp_effect_name(size_t index);

#endif
