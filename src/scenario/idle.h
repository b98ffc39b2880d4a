/* What keeps effects of a scenario's events from working: values that are idle, off or 0, in every run that
 * is made of it. */
#ifndef STP_IDLE_H
#define STP_IDLE_H

#include "scenario/parameter.h"

/* Does a question set the value at a path, "events.ID.amount", or something that holds it? */
bool stp_is_asked(const steppe_scenario *scenario, const char *path);

/* The same of the caller's settings. */
bool stp_is_set(const steppe_scenario *scenario, const char *path);

/* Has the quantity at a path the idle value, and no other, in every run that is made of the scenario? No,
 * if the caller set it: that is meant so. */
bool stp_is_idle(const steppe_scenario *scenario, const stp_quantity *quantity,
                 double idle, const char *path);

/* Is a parameter, "section.name", off or 0 in every run? */
bool stp_path_idle(const steppe_scenario *scenario, const char *path);

/* An effect works if all that one of its ways needs is there. */
enum { STP_MAX_NEEDS = 4, STP_MAX_WAYS = 5 };
typedef struct stp_way {
    const char *needs[STP_MAX_NEEDS]; /* parameters that must not be 0, or off */
    bool elsewhere;                   /* and more than one district */
} stp_way;

/* "hardship.price_effect is 0": what keeps an effect with these ways (STP_MAX_WAYS; those that are not
 * there have no needs) from working, or "". Returns the buffer. */
const char *stp_idle_needs(const steppe_scenario *scenario, const stp_way *ways,
                           char *buffer, size_t size);

/* Add words to a list of reasons, unless they stand there. */
void stp_idle_add(char *buffer, size_t size, const char *words);

/* Why an event's act at the seat of power does nothing, though there is a seat; or "". Returns the
 * buffer. */
const char *stp_idle_act(const steppe_scenario *scenario, const stp_event *event,
                         char *buffer, size_t size);

#endif
