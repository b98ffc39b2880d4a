/* Claims: their sources exist. Questions: their windows lie inside the run, they have a smallest effect of
 * interest, and their drivers a range. steppe_question_check tries their settings: here the scenario is not
 * whole yet. */
#include "scenario/causes.h"
#include "scenario/check.h"
#include "scenario/effects.h"
#include "scenario/needs.h"
#include "scenario/questions.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The last step of a time given as a date or an hour; `otherwise` without one. */
static int read_time(const stp_reader *r, size_t index, const char *key,
                     const stp_quantity *date, const stp_quantity *hour,
                     uint64_t otherwise, uint64_t *step)
{
    const steppe_scenario *s = r->scenario;
    const stp_node *node = stp_node_of(r, STP_QUESTIONS, index, date->given ? key : "id");
    bool given;
    double hours;
    int status = stp_moment(r, STP_QUESTIONS, index, key, date, hour, &given, &hours);
    *step = otherwise;
    if (status != STEPPE_OK || !given || stp_is_broken(r, STP_TIME))
        return status;
    double steps = floor(hours * 60 / (double)stp_step_minutes(s) + 1e-9);
    if (steps < 0 || steps > 1e9)
        return stp_read_fail(r, node, "question '%s': '%s' lies outside any run",
                             s->questions[index].id, key);
    *step = (uint64_t)steps;
    return STEPPE_OK;
}

static int check_driver(const stp_reader *r, size_t index)
{
    const stp_question *q = &r->scenario->questions[index];
    bool ends = q->driver_low.given && q->driver_high.given;
    if (!q->driver && !q->driver_low.given && !q->driver_high.given)
        return STEPPE_OK;
    if (!q->driver || !ends || q->driver_low.value >= q->driver_high.value)
        return stp_read_fail_in(
            r, STP_QUESTIONS, index, q->driver ? "driver" : "driver_low",
            "a driver needs 'driver', and a range from 'driver_low' up to 'driver_high'");
    return STEPPE_OK;
}

/* ---- what a question may change ---- */

/* Keys that both arms have in common: those of the length, scale and name of a run, and those that change no
 * run. */
static const char *const FIXED[] = {"steppe",
                                    "title",
                                    "description",
                                    "model",
                                    "scale",
                                    "seed",
                                    "start",
                                    "step",
                                    "steps",
                                    "time",
                                    "sources",
                                    "provenance",
                                    "observed",
                                    "claims",
                                    "questions",
                                    "correlations",
                                    "reporting_biases",
                                    "parameter_groups"};

static bool is_fixed(const char *setting)
{
    size_t length = strcspn(setting, ".=");
    for (size_t i = 0; i < sizeof FIXED / sizeof *FIXED; i++)
        if (strlen(FIXED[i]) == length && strncmp(FIXED[i], setting, length) == 0)
            return true;
    return false;
}

static int check_settings(const stp_reader *r, size_t index, const char *key,
                          char *const *settings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_fixed(settings[i]))
            return stp_read_fail_in(
                r, STP_QUESTIONS, index, key,
                "'%.*s' is the same in both arms, and cannot be in '%s'%s",
                (int)strcspn(settings[i], "="), settings[i], key,
                strncmp(settings[i], "scale", 5) == 0
                    ? "; a question has a 'scale' of its own"
                    : "");
    return STEPPE_OK;
}

/* Does one of the settings move the event? */
static bool is_moved(const steppe_scenario *s, const stp_event *event,
                     char *const *settings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *key = strchr(settings[i], '.');
        key = key ? strchr(key + 1, '.') : NULL;
        if (stp_setting_event(s, settings[i]) == event &&
            (!key || strncmp(key, ".date", 5) == 0 || strncmp(key, ".hour", 5) == 0))
            return true;
    }
    return false;
}

/* A change of nothing but events after the window has no effect. */
static int check_dates(const stp_reader *r, size_t index)
{
    const steppe_scenario *s = r->scenario;
    const stp_question *q = &s->questions[index];
    const stp_event *late = NULL;
    for (size_t i = 0; i < q->change_count; i++) {
        const stp_event *e = stp_setting_event(s, q->change[i]);
        if (!e || e->due <= q->ends || is_moved(s, e, q->change, q->change_count) ||
            is_moved(s, e, q->base, q->base_count))
            return STEPPE_OK;
        late = e;
    }
    if (!late)
        return STEPPE_OK;
    return stp_read_fail_in(
        r, STP_QUESTIONS, index, "change",
        "the change rests on event '%s', which lies after the %s: it cannot matter",
        late->id,
        (double)late->due > s->time.steps.value && q->ends <= s->time.steps.value
            ? "run"
            : "window");
}

/* ---- what a question may ask for ---- */

static bool has_event(const steppe_scenario *s, bool (*what)(const stp_event *e))
{
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].enabled.value != 0 && what(&s->events[i]))
            return true;
    return false;
}

static bool sets_legitimacy(const stp_event *e)
{
    return e->legitimacy.given;
}

static bool is_of_legitimacy(const stp_question *q)
{
    for (size_t i = 0; i < q->change_count; i++)
        if (strstr(q->change[i], "legitimacy"))
            return true;
    return false;
}

const char *stp_question_unaskable(const steppe_scenario *arm,
                                   const stp_question *question)
{
    bool seat = arm->seat.enabled.value != 0;
    switch ((stp_outcome)question->outcome.value) {
    case STP_OUTCOME_DEATHS:
        return arm->force.enabled.value != 0 || arm->top.rules.value == STP_EPSTEIN_2
                   ? NULL
                   : "nobody dies with force off (force.enabled is false)";
    case STP_OUTCOME_UNITS: return arm->unit_count > 0 ? NULL : "there are no 'units'";
    case STP_OUTCOME_LEGITIMACY:
        return seat || arm->legitimacy.enabled.value != 0 || is_of_legitimacy(question) ||
                       has_event(arm, sets_legitimacy)
                   ? NULL
                   : "nothing changes legitimacy (legitimacy.enabled and seat.enabled "
                     "are "
                     "false)";
    case STP_OUTCOME_STRENGTH:
    case STP_OUTCOME_LOWEST_STRENGTH:
    case STP_OUTCOME_FALL:
    case STP_OUTCOME_DEFECTIONS:
    case STP_OUTCOME_EXITS:
    case STP_OUTCOME_GIVEN:
    case STP_OUTCOME_DELIVERED: break;
    default: return NULL;
    }
    if (!seat)
        return "there is no seat of power (seat.enabled is false)";
    switch ((stp_outcome)question->outcome.value) {
    case STP_OUTCOME_DEFECTIONS:
        return arm->defection.enabled.value != 0 ? NULL : "defection.enabled is false";
    case STP_OUTCOME_EXITS:
    case STP_OUTCOME_GIVEN:
        return arm->flight.enabled.value != 0 ? NULL : "flight.enabled is false";
    case STP_OUTCOME_DELIVERED:
        return arm->reform.enabled.value != 0 ? NULL : "reform.enabled is false";
    default: return NULL;
    }
}

static int check_question(const stp_reader *r, size_t index)
{
    stp_question *q = &r->scenario->questions[index];
    uint64_t end = (uint64_t)r->scenario->time.steps.value;
    int status = stp_may_continue(r, read_time(r, index, "from", &q->from, &q->from_hour,
                                               0, &q->begins));
    if (status == STEPPE_OK)
        status = read_time(r, index, "to", &q->to, &q->to_hour, end, &q->ends);
    q->claim_index = -1;
    if (status == STEPPE_OK && r->scenario->claim_count > 0)
        status = stp_refer(r, STP_QUESTIONS, index, "claim", q->claim, STP_CLAIMS,
                           &q->claim_index);
    if (status != STEPPE_OK)
        return status;
    if (q->begins >= q->ends && !stp_is_broken(r, STP_TIME))
        return stp_read_fail_in(r, STP_QUESTIONS, index, "to", "the window is empty");
    if (q->smallest.given == q->smallest_absolute.given)
        return stp_read_fail_in(r, STP_QUESTIONS, index, "id",
                                "give the smallest effect of interest: 'smallest', a "
                                "share, or 'smallest_absolute'%s",
                                q->smallest.given ? ", not both" : "");
    const struct {
        const char *key;
        char **settings;
        size_t count;
    } arms[] = {{"base", q->base, q->base_count},
                {"change", q->change, q->change_count},
                {"placebo", q->placebo, q->placebo_count},
                {"positive_control", q->positive_control, q->positive_control_count},
                {"driver", &q->driver, q->driver != NULL}};
    for (size_t k = 0; k < sizeof arms / sizeof *arms && status == STEPPE_OK; k++)
        status = check_settings(r, index, arms[k].key, arms[k].settings, arms[k].count);
    if (status == STEPPE_OK && !stp_is_broken(r, STP_EVENTS) &&
        !stp_is_broken(r, STP_TIME) && r->whole)
        status = check_dates(r, index);
    if (status == STEPPE_OK)
        status = stp_check_causes(r, index);
    return status == STEPPE_OK ? check_driver(r, index) : status;
}

int stp_check_questions(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    int status = STEPPE_OK;
    for (size_t i = 0; i < s->claim_count && status == STEPPE_OK; i++)
        status = stp_may_continue(r, stp_refer_source(r, STP_CLAIMS, i,
                                                      s->claims[i].source_id,
                                                      &s->claims[i].source));
    for (size_t i = 0; i < s->question_count && status == STEPPE_OK; i++)
        status = stp_may_continue(r, check_question(r, i));
    return status;
}
