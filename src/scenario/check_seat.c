/* The seat of power: references between its records, and the keys of acts. */
#include "scenario/check.h"

#include "scenario/model.h"

#include <math.h>
#include <string.h>

static const double ROOT_TWO_PI = 2.5066282746310005;

/* ---- offices and ties ---- */

static int check_offices(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    int status = STEPPE_OK;
    for (size_t i = 0; i < s->office_count && status == STEPPE_OK; i++) {
        stp_office *o = &s->offices[i];
        status = stp_may_continue(r, stp_refer(r, STP_OFFICES, i, "holder", o->holder_id,
                                               STP_PERSONS, &o->holder));
        for (int k = 0; k < STP_WORK_COUNT && !o->power.given; k++)
            o->power.value += o->work[k].value;
    }
    return status;
}

static int check_tie(const stp_reader *r, size_t index)
{
    const steppe_scenario *s = r->scenario;
    const stp_tie *t = &s->ties[index];
    if (t->a == t->b)
        return stp_read_fail(r, stp_node_of(r, STP_TIES, index, "b"),
                             "tie '%s' is of '%s' to itself", t->id, t->a_id);
    for (size_t k = 0; k < index; k++) {
        const stp_tie *u = &s->ties[k];
        bool same = (u->a == t->a && u->b == t->b) || (u->a == t->b && u->b == t->a);
        if (same && u->kind.value == t->kind.value)
            return stp_read_fail(r, stp_node_of(r, STP_TIES, index, NULL),
                                 "'%s' and '%s' have a tie of this kind already, '%s'",
                                 t->a_id, t->b_id, u->id);
    }
    return STEPPE_OK;
}

static int check_ties(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    int status = STEPPE_OK;
    for (size_t i = 0; i < s->tie_count && status == STEPPE_OK; i++) {
        stp_tie *t = &s->ties[i];
        status = stp_refer(r, STP_TIES, i, "a", t->a_id, STP_PERSONS, &t->a);
        if (status == STEPPE_OK)
            status = stp_refer(r, STP_TIES, i, "b", t->b_id, STP_PERSONS, &t->b);
        if (status == STEPPE_OK)
            status = check_tie(r, i);
        status = stp_may_continue(r, status);
    }
    return status;
}

/* ---- acts ---- */

enum {
    PERSON = 1,
    OFFICE = 2,
    POWER = 4,
    HOTSPOT = 8,
    AMOUNT = 16,
    SEVERITY = 32,
    SEIZED = 64,
    KEYS = 7,
};
static const char *const KEY_NAMES[KEYS] = {"person", "office",   "power", "hotspot",
                                            "amount", "severity", "seized"};

/* Keys that each act needs and may have, and the limits of its amount. */
static const struct {
    unsigned needs, may;
    double low, high;
} ACTS[STP_ACT_COUNT] = {
    [STP_ACT_APPOINT] = {PERSON | OFFICE, 0, 0, 0},
    [STP_ACT_DISMISS] = {0, PERSON | OFFICE | SEVERITY, 0, 0},
    [STP_ACT_DETAIN] = {PERSON, SEVERITY | SEIZED, 0, 0},
    [STP_ACT_EXILE] = {PERSON, SEVERITY | SEIZED, 0, 0},
    [STP_ACT_TAKE_OFFICE] = {OFFICE, SEVERITY, 0, 0},
    [STP_ACT_ASK_TROOPS] = {POWER, 0, 0, 0},
    [STP_ACT_PROMISE_REFORM] = {AMOUNT, 0, 0, 1},
    [STP_ACT_DELIVER_REFORM] = {AMOUNT, 0, 0, 1},
    [STP_ACT_STANCE] = {POWER | AMOUNT, 0, -1, 1},
    [STP_ACT_HOTSPOT] = {HOTSPOT | AMOUNT, 0, 0, 1e6},
    [STP_ACT_OPEN_FUND] = {0, 0, 0, 0},
};

const char *stp_act_name(size_t act)
{
    static const char *const NAMES[] = {STP_ACT_LIST(STP_NAME)};
    return NAMES[act];
}

static unsigned keys_of(const stp_event *e)
{
    return (e->person_id ? PERSON : 0u) | (e->office_id ? OFFICE : 0u) |
           (e->power_id ? POWER : 0u) | (e->hotspot_id ? HOTSPOT : 0u) |
           (e->amount.given ? AMOUNT : 0u) | (e->severity.given ? SEVERITY : 0u) |
           (e->seized.given ? SEIZED : 0u);
}

static const char *key_of(unsigned set)
{
    int k = 0;
    while (!(set >> k & 1u))
        k++;
    return KEY_NAMES[k];
}

/* The ends of the amount's range as well. */
static bool within(const stp_quantity *q, double low, double high)
{
    bool ok = q->value >= low && q->value <= high;
    return ok && (isnan(q->low) || (q->low >= low && q->high <= high));
}

static int check_act(const stp_reader *r, size_t index)
{
    const stp_event *e = &r->scenario->events[index];
    unsigned keys = keys_of(e);
    if (!e->act.given && keys)
        return stp_read_fail_in(r, STP_EVENTS, index, key_of(keys),
                                "'%s' does nothing without an 'act'", key_of(keys));
    if (!e->act.given)
        return STEPPE_OK;
    size_t act = (size_t)e->act.value;
    unsigned missing = ACTS[act].needs & ~keys;
    unsigned unused = keys & ~(ACTS[act].needs | ACTS[act].may);
    if (act == STP_ACT_DISMISS && !(keys & (PERSON | OFFICE)))
        return stp_read_fail_in(r, STP_EVENTS, index, "act",
                                "to dismiss needs a 'person', an 'office', or both");
    if (missing)
        return stp_read_fail_in(r, STP_EVENTS, index, "act", "the act '%s' needs '%s'",
                                stp_act_name(act), key_of(missing));
    if (unused)
        return stp_read_fail_in(r, STP_EVENTS, index, key_of(unused),
                                "'%s' does nothing with the act '%s'", key_of(unused),
                                stp_act_name(act));
    if ((keys & AMOUNT) && !within(&e->amount, ACTS[act].low, ACTS[act].high))
        return stp_read_fail_in(r, STP_EVENTS, index, "amount",
                                "the amount of the act '%s' must be in [%g, %g]",
                                stp_act_name(act), ACTS[act].low, ACTS[act].high);
    return STEPPE_OK;
}

static int check_acts(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    int status = STEPPE_OK;
    for (size_t i = 0; i < s->event_count && status == STEPPE_OK; i++) {
        stp_event *e = &s->events[i];
        const struct {
            const char *key, *id;
            stp_section section;
            int *found;
        } refers[] = {{"person", e->person_id, STP_PERSONS, &e->person},
                      {"office", e->office_id, STP_OFFICES, &e->office},
                      {"power", e->power_id, STP_POWERS, &e->power},
                      {"hotspot", e->hotspot_id, STP_HOTSPOTS, &e->hotspot},
                      {"granted_by", e->granted_id, STP_POWERS, &e->granted}};
        for (size_t k = 0; k < sizeof refers / sizeof *refers && status == STEPPE_OK; k++)
            status = stp_refer(r, STP_EVENTS, i, refers[k].key, refers[k].id,
                               refers[k].section, refers[k].found);
        if (status == STEPPE_OK)
            status = check_act(r, i);
        status = stp_may_continue(r, status);
    }
    return status;
}

/* ---- the whole ---- */

/* Without a section 'seat' its lists and acts do nothing. */
static int check_lists(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    bool there = stp_node_get(r->tree->root, "seat") != NULL;
    for (stp_section k = STP_OFFICES; k <= STP_HOTSPOTS && !there; k++) {
        const stp_node *node = stp_node_get(r->tree->root, STP_SECTIONS[k].name);
        if (node)
            return stp_read_fail(r, node, "'%s' do nothing without a section 'seat'",
                                 STP_SECTIONS[k].name);
    }
    for (size_t i = 0; i < s->event_count && !there; i++)
        if (s->events[i].act.given || s->events[i].granted_id)
            return stp_read_fail_in(r, STP_EVENTS, i,
                                    s->events[i].act.given ? "act" : "granted_by",
                                    "'%s' does nothing without a section 'seat'",
                                    s->events[i].act.given ? "act" : "granted_by");
    return STEPPE_OK;
}

/* The game of defection has one solution if the public signal is not too precise. */
static int check_game(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    double most = ROOT_TWO_PI * sqrt(s->defection.beta.value);
    if (s->defection.alpha.value * s->defection.media_freedom.value <= most)
        return STEPPE_OK;
    return stp_read_fail(
        r, stp_node_in(r, STP_DEFECTION, "alpha"),
        "alpha times media_freedom must be at most sqrt(2 pi beta), %.6g "
        "here: more has not one solution but three",
        most);
}

/* Random numbers are keyed by the id, so that adding a person changes nothing for the others. */
static int check_keys(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    for (size_t i = 0; i < s->person_count; i++)
        for (size_t k = 0; k < i; k++)
            if (*s->persons[i].id && *s->persons[k].id &&
                stp_person_key(&s->persons[i]) == stp_person_key(&s->persons[k]))
                return stp_read_fail(r, stp_node_of(r, STP_PERSONS, i, "id"),
                                     "the ids '%s' and '%s' have the same hash: call one "
                                     "of them otherwise",
                                     s->persons[k].id, s->persons[i].id);
    return STEPPE_OK;
}

static int check_head(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    int status = stp_refer(r, STP_SEAT, 0, "incumbent", s->seat.incumbent_id, STP_PERSONS,
                           &s->seat.incumbent);
    if (status == STEPPE_OK)
        status = stp_refer(r, STP_SEAT, 0, "capital", s->seat.capital_id, STP_DISTRICTS,
                           &s->seat.capital);
    if (status == STEPPE_OK && s->seat.enabled.value != 0 && s->seat.incumbent < 0)
        return stp_read_fail(r, stp_node_in(r, STP_SEAT, "enabled"),
                             "seat: 'incumbent' is missing: the id of the person who "
                             "rules");
    return status;
}

int stp_check_seat(const stp_reader *r)
{
    int (*const checks[])(const stp_reader *) = {check_offices, check_ties, check_acts,
                                                 check_head,    check_game, check_keys};
    int status = check_lists(r);
    for (size_t k = 0; k < sizeof checks / sizeof *checks && status == STEPPE_OK; k++)
        status = stp_may_continue(r, checks[k](r));
    return status;
}
