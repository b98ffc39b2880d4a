/* What effects of events need: parameters that are neither off nor 0. A value counts as always the same if
 * no run that is made of the scenario has another: no range, question or setting changes it. */
#ifndef STP_NEEDS_H
#define STP_NEEDS_H

#include "scenario/parameter.h"

/* Does one of the settings replace the value at a path, "events.ID.amount", or a part of the file that
 * contains it? */
bool stp_settings_reach(char *const *settings, size_t count, const char *path);
/* The same of the settings of all questions, and of the caller's. */
bool stp_question_sets(const steppe_scenario *scenario, const char *path);
bool stp_caller_sets(const steppe_scenario *scenario, const char *path);

/* The event whose setting this is, "events.ID.date=..."; NULL for other settings. */
const stp_event *stp_setting_event(const steppe_scenario *scenario, const char *setting);

/* Is the quantity at a path always `value`? Not if the caller set it: that is meant so. */
bool stp_is_always(const steppe_scenario *scenario, const stp_quantity *quantity,
                   double value, const char *path);

/* Is a parameter, "section.name", always off or 0? */
bool stp_is_off(const steppe_scenario *scenario, const char *path);

/* An effect has alternatives, and works if all needs of one are met. */
enum { STP_MAX_NEEDS = 4, STP_MAX_ALTERNATIVES = 5 };
typedef struct stp_needs {
    const char *parameters[STP_MAX_NEEDS]; /* that must be neither off nor 0 */
    bool elsewhere;                        /* and more than one district */
} stp_needs;

/* "hardship.price_effect is 0": the needs that are not met, or "" if the effect works. needs:
 * STP_MAX_ALTERNATIVES; unused ones name no parameters. Returns the buffer. */
const char *stp_needs_missing(const steppe_scenario *scenario, const stp_needs *needs,
                              char *buffer, size_t size);

/* Add words to a list of reasons, once. */
void stp_reason_add(char *buffer, size_t size, const char *words);

/* Why an event's act has no effect although seat.enabled is true, or "". Returns the buffer. */
const char *stp_act_void(const steppe_scenario *scenario, const stp_event *event,
                         char *buffer, size_t size);

#endif
