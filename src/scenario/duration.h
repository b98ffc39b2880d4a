/* How times are rounded to steps and days, by their stp_span. */
#ifndef STP_DURATION_H
#define STP_DURATION_H

#include "scenario/check.h"
#include "scenario/parameter.h"

/* How many whole steps or (STP_SPAN_DAYS) days a time is. hours: >= 0, may be infinite; step_hours: > 0.
 * STP_SPAN_CUT: those that fit into it; STP_SPAN_NEAREST: the nearest, halves up; STP_SPAN_PARTS: the same, at
 * least 1; STP_SPAN_DAYS: rounded up. Returns UINT64_MAX for a time that never ends. Of other spans: 0. */
uint64_t stp_span_count(stp_span span, double hours, double step_hours);

/* That a time counted in whole steps or days is not shorter than one, 0 apart, for all of the scenario
 * that are in use. Errors: STEPPE_BAD_SCENARIO. */
int stp_check_durations(const stp_reader *reader);

#endif
