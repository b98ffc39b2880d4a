/* Observations: their districts exist, their dates lie inside the run, their values fit the measure. */
#include "scenario/check.h"
#include "scenario/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A time as stp_moment has it, inside the run. */
static int read_time(const stp_reader *r, size_t index, const char *key,
                     const stp_quantity *date, const stp_quantity *hour, bool *given,
                     double *hours)
{
    const steppe_scenario *s = r->scenario;
    int status = stp_moment(r, STP_OBSERVED, index, key, date, hour, given, hours);
    if (status != STEPPE_OK || !*given || stp_is_broken(r, STP_TIME))
        return status;
    double end = s->time.steps.value * s->time.step.value;
    if (*hours >= 0 && *hours <= end + 1e-6)
        return STEPPE_OK;
    char hour_key[16];
    snprintf(hour_key, sizeof hour_key, "%s_hour", key);
    return stp_read_fail_in(r, STP_OBSERVED, index, date->given ? key : hour_key,
                            "'%s' lies %g h %s the run", date->given ? key : hour_key,
                            *hours < 0 ? -*hours : *hours - end,
                            *hours < 0 ? "before" : "after the end of");
}

/* The period of an observation, or its moment, in hours since the start. */
static int check_times(const stp_reader *r, size_t index)
{
    if (stp_is_broken(r, STP_TIME))
        return STEPPE_OK;
    stp_observation *o = &r->scenario->observations[index];
    const stp_measure_row *m = &STP_OBSERVABLES[(size_t)o->measure.value];
    double at = 0, from = 0,
           to = r->scenario->time.steps.value * r->scenario->time.step.value, end = to;
    bool has_at, has_from, has_to;
    int status = read_time(r, index, "at", &o->at, &o->at_hour, &has_at, &at);
    if (status == STEPPE_OK)
        status = read_time(r, index, "from", &o->from, &o->from_hour, &has_from, &from);
    if (status == STEPPE_OK)
        status = read_time(r, index, "to", &o->to, &o->to_hour, &has_to, &to);
    if (status != STEPPE_OK)
        return status;
    if (m->instant && (!has_at || has_from || has_to))
        return stp_read_fail_in(
            r, STP_OBSERVED, index, "measure",
            "'%s' wants 'at', a date or hour, and neither 'from' nor 'to'", m->name);
    if (has_at && (has_from || has_to))
        return stp_read_fail_in(r, STP_OBSERVED, index, "at",
                                "give 'at', a day, or 'from' and 'to'");
    if (from >= to || (has_at && !m->instant && at >= end))
        return stp_read_fail_in(r, STP_OBSERVED, index, has_at ? "at" : "to",
                                "the period is empty");
    o->begins = has_at ? at : from;
    o->ends = !has_at ? to : m->instant ? at : fmin(at + 24, end);
    return STEPPE_OK;
}

/* The value, in the measure's unit: a date becomes hours since the start. */
static int check_value(const stp_reader *r, size_t index)
{
    const steppe_scenario *s = r->scenario;
    stp_observation *o = &s->observations[index];
    size_t kind = (size_t)o->measure.value;
    const stp_measure_row *m = &STP_OBSERVABLES[kind];
    if (o->date.given && kind != STP_OBSERVABLE_VIOLENCE_PEAK)
        return stp_read_fail_in(r, STP_OBSERVED, index, "date",
                                "'%s' is no date; give a 'value'", m->name);
    if (o->date.given && !s->time.start.given && !stp_is_broken(r, STP_TIME))
        return stp_read_fail_in(
            r, STP_OBSERVED, index, "date",
            "it has a date, but the scenario has no time.start; give a "
            "'value' in hours");
    if (kind != STP_OBSERVABLE_NONE && o->date.given == o->value.given)
        return stp_read_fail_in(r, STP_OBSERVED, index, o->date.given ? "date" : NULL,
                                o->date.given ? "give a 'value' or a 'date', not both"
                                              : "'value' is missing");
    const stp_quantity *q = o->date.given ? &o->date : &o->value;
    double start = o->date.given ? s->time.start.value : 0, unit = o->date.given ? 60 : 1;
    o->wanted = q->given ? (q->value - start) / unit : NAN;
    o->low = q->given && !isnan(q->low) ? (q->low - start) / unit : NAN;
    o->high = q->given && !isnan(q->low) ? (q->high - start) / unit : NAN;
    bool share = m->nearness == STP_BY_SHARE && kind != STP_OBSERVABLE_DETAINED_SHARE;
    if (share && (o->wanted > 1 || o->high > 1))
        return stp_read_fail_in(r, STP_OBSERVED, index, "value", "'%s' is at most 1",
                                m->name);
    return STEPPE_OK;
}

/* The error model fits the measure; a bias has one scale, that of the first observation with it. */
static int check_error(const stp_reader *r, size_t index)
{
    const steppe_scenario *s = r->scenario;
    stp_observation *o = &r->scenario->observations[index];
    size_t kind = (size_t)o->measure.value;
    const stp_measure_row *m = &STP_OBSERVABLES[kind];
    const char *unused = o->error.given         ? "error"
                         : o->discrepancy.given ? "discrepancy"
                         : o->bias_id           ? "bias"
                         : o->censored.given    ? "censored"
                                                : NULL;
    int status = stp_refer(r, STP_OBSERVED, index, "bias", o->bias_id, STP_BIASES,
                           &o->bias);
    if (status != STEPPE_OK)
        return status;
    if (kind == STP_OBSERVABLE_NONE && unused)
        return stp_read_fail_in(r, STP_OBSERVED, index, unused,
                                "'%s' does nothing with the measure 'none': leave it out",
                                unused);
    if (kind == STP_OBSERVABLE_NONE && o->train.given && o->train.value != 0)
        return stp_read_fail_in(r, STP_OBSERVED, index, "train",
                                "nothing measures it: no calibration can learn from it");
    if (o->misclassified.given && !m->units)
        return stp_read_fail_in(r, STP_OBSERVED, index, "misclassified",
                                "'%s' does not count units, which could be misclassified",
                                m->name);
    for (size_t i = 0; o->bias >= 0 && i < index; i++) {
        const stp_observation *other = &s->observations[i];
        if (other->bias == o->bias &&
            STP_OBSERVABLES[(size_t)other->measure.value].nearness != m->nearness)
            return stp_read_fail_in(r, STP_OBSERVED, index, "bias",
                                    "'%s' is shared with '%s', which is compared on "
                                    "another scale",
                                    o->bias_id, other->id);
    }
    return STEPPE_OK;
}

static int check_one(const stp_reader *r, size_t index)
{
    steppe_scenario *s = r->scenario;
    stp_observation *o = &s->observations[index];
    const stp_measure_row *m = &STP_OBSERVABLES[(size_t)o->measure.value];
    const stp_places places = {o->units, o->districts, o->unit_count, o->district_count};
    o->bias = -1;
    if (m->units && s->unit_count == 0 && !stp_is_broken(r, STP_UNITS))
        return stp_read_fail_in(r, STP_OBSERVED, index, "measure",
                                "'%s' counts units, and the scenario has none", m->name);
    int status = stp_locate(r, STP_OBSERVED, index, &places, &o->where);
    if (status == STEPPE_OK)
        status = stp_may_continue(r, check_times(r, index));
    if (status == STEPPE_OK)
        status = stp_may_continue(r, check_value(r, index));
    return status == STEPPE_OK ? check_error(r, index) : status;
}

int stp_check_observed(const stp_reader *r)
{
    int status = STEPPE_OK;
    for (size_t i = 0; i < r->scenario->observation_count && status == STEPPE_OK; i++)
        status = stp_may_continue(r, check_one(r, i));
    return status;
}
