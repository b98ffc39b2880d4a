/* Acts at the seat of power without effect: their mechanism is off or has no weight, nothing changes, or
 * nobody is concerned. Only acts that have no effect in any run are reported; the run itself notes those
 * that become void as persons leave and vacancies are filled. */
#include "scenario/needs.h"

#include <stdio.h>

enum { PATH_TEXT = 200 };

/* The others need no more than a seat. */
static const stp_needs ACT_NEEDS[STP_ACT_COUNT][STP_MAX_ALTERNATIVES] = {
    [STP_ACT_ASK_TROOPS] = {{{"attention.enabled"}}},
    [STP_ACT_PROMISE_REFORM] = {{{"reform.enabled", "reform.promise_effect"}},
                                {{"reform.enabled", "reform.pace"}}},
    [STP_ACT_DELIVER_REFORM] = {{{"reform.enabled"}}},
    [STP_ACT_STANCE] = {{{"attention.enabled"}}},
    [STP_ACT_HOTSPOT] = {{{"attention.enabled"}}},
    [STP_ACT_OPEN_FUND] = {{{"flight.enabled", "flight.donate_rate"}}},
};

/* May a reference, "offices.ID.holder", differ in some run? */
static bool may_change(const steppe_scenario *s, const char *list, const char *id,
                       const char *key)
{
    char path[PATH_TEXT];
    snprintf(path, sizeof path, "%s%s%s.%s", list, *id ? "." : "", id, key);
    return stp_question_sets(s, path) || stp_caller_sets(s, path);
}

static bool is_always_of(const steppe_scenario *s, const stp_quantity *q, double value,
                         const char *list, const char *id, const char *key)
{
    char path[PATH_TEXT];
    snprintf(path, sizeof path, "%s.%s.%s", list, id, key);
    return stp_is_always(s, q, value, path);
}

/* Has the scenario another event with an act, on or off? */
static bool has_other(const steppe_scenario *s, const stp_event *own, int act)
{
    for (size_t i = 0; i < s->event_count; i++) {
        const stp_event *e = &s->events[i];
        if (e != own && e->act.given && (int)e->act.value == act)
            return true;
    }
    return false;
}

/* Does an act always set a quantity to the value `at` that it has at the start? */
static bool stays(const steppe_scenario *s, const stp_event *e, const stp_quantity *at,
                  const char *list, const char *id, const char *key)
{
    double to = e->amount.value;
    return is_always_of(s, &e->amount, to, "events", e->id, "amount") &&
           (*id ? is_always_of(s, at, to, list, id, key) : stp_is_always(s, at, to, key));
}

/* ---- offices ---- */

/* May the holders at the start, or the person or office of the act, differ in some run? */
static bool holders_may_change(const steppe_scenario *s, const stp_event *e)
{
    bool may = may_change(s, "events", e->id, "person") ||
               may_change(s, "events", e->id, "office") ||
               may_change(s, "seat", "", "incumbent");
    for (size_t k = 0; k < s->office_count && !may; k++)
        may = may_change(s, "offices", s->offices[k].id, "holder");
    return may;
}

/* Does the act give a person the office that he has from the start, and from which no act dismisses him? If
 * he loses it otherwise, he has left or is detained. */
static bool holds_already(const steppe_scenario *s, const stp_event *e, int person)
{
    return s->offices[e->office].holder == person && !holders_may_change(s, e) &&
           !has_other(s, e, STP_ACT_APPOINT) && !has_other(s, e, STP_ACT_DISMISS) &&
           !has_other(s, e, STP_ACT_TAKE_OFFICE);
}

/* May a person (-1: anyone) fill a vacancy? */
static bool may_fill(const steppe_scenario *s, int person)
{
    if (stp_is_off(s, "vacancies.enabled") || person == s->seat.incumbent)
        return false;
    return person < 0 || !is_always_of(s, &s->persons[person].eligible, 0, "persons",
                                       s->persons[person].id, "eligible");
}

/* Does the person (or anyone) never hold the office (or any) of a dismissal? */
static bool dismisses_nobody(const steppe_scenario *s, const stp_event *e)
{
    if (holders_may_change(s, e) || has_other(s, e, STP_ACT_APPOINT) ||
        has_other(s, e, STP_ACT_TAKE_OFFICE) || may_fill(s, e->person))
        return false;
    for (size_t k = 0; k < s->office_count; k++) {
        int holder = s->offices[k].holder;
        bool meant = e->office < 0 || e->office == (int)k;
        if (meant && holder >= 0 && (e->person < 0 || e->person == holder))
            return false;
    }
    return true;
}

/* ---- the fund ---- */

/* May nobody give to the fund? The incumbent never does. */
static bool has_no_giver(const steppe_scenario *s)
{
    if (may_change(s, "seat", "", "incumbent"))
        return false;
    for (size_t i = 0; i < s->person_count; i++)
        if ((int)i != s->seat.incumbent &&
            !is_always_of(s, &s->persons[i].resources, 0, "persons", s->persons[i].id,
                          "resources"))
            return false;
    return true;
}

/* ---- all ---- */

static bool is_so_already(const steppe_scenario *s, const stp_event *e)
{
    const stp_quantity *quo = &s->reform.status_quo;
    int act = (int)e->act.value;
    switch (act) {
    case STP_ACT_APPOINT: return holds_already(s, e, e->person);
    case STP_ACT_TAKE_OFFICE: return holds_already(s, e, s->seat.incumbent);
    case STP_ACT_PROMISE_REFORM:
        return !has_other(s, e, act) && stays(s, e, quo, "", "", "reform.status_quo");
    case STP_ACT_DELIVER_REFORM: /* which may follow a promise, too */
        return !has_other(s, e, act) && !has_other(s, e, STP_ACT_PROMISE_REFORM) &&
               stays(s, e, quo, "", "", "reform.status_quo");
    case STP_ACT_STANCE:
        return !has_other(s, e, act) && !may_change(s, "events", e->id, "power") &&
               stays(s, e, &s->powers[e->power].stance, "powers", s->powers[e->power].id,
                     "stance");
    case STP_ACT_HOTSPOT:
        return !has_other(s, e, act) && !may_change(s, "events", e->id, "hotspot") &&
               stays(s, e, &s->hotspots[e->hotspot].salience, "hotspots",
                     s->hotspots[e->hotspot].id, "salience");
    default: return false;
    }
}

static bool has_nobody(const steppe_scenario *s, const stp_event *e)
{
    switch ((int)e->act.value) {
    case STP_ACT_DISMISS: return dismisses_nobody(s, e);
    case STP_ACT_OPEN_FUND: return has_no_giver(s);
    default: return false;
    }
}

const char *stp_act_void(const steppe_scenario *s, const stp_event *e, char *buffer,
                         size_t size)
{
    char path[PATH_TEXT];
    int act = (int)e->act.value;
    snprintf(path, sizeof path, "events.%s.act", e->id);
    buffer[0] = '\0';
    if (!stp_is_always(s, &e->act, act, path) ||
        *stp_needs_missing(s, ACT_NEEDS[act], buffer, size))
        return buffer;
    if (act == STP_ACT_HOTSPOT && s->power_count == 0 && !stp_question_sets(s, "powers"))
        snprintf(buffer, size, "there are no 'powers'");
    else if (has_nobody(s, e))
        snprintf(buffer, size, "it concerns nobody");
    else if (is_so_already(s, e))
        snprintf(buffer, size, "it changes nothing");
    return buffer;
}
