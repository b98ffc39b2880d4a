/* Warnings of what has no effect: events whose effects have no weight, sections that depend on one that is
 * off, dates outside the run. There is no warning where a range, a question, another event or the caller may
 * make a difference. */
#include "scenario/effects.h"

#include "scenario/check.h"
#include "scenario/model.h"
#include "scenario/needs.h"
#include "scenario/path.h"
#include "scenario/range.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct effect {
    const char *name; /* of the event's key */
    const char
        *start; /* the parameter that it sets; NULL: its value is `from` at the start */
    double from;
    stp_needs needs[STP_MAX_ALTERNATIVES];
} effect;

/* clang-format off */
static const effect EFFECTS[] = {
    {"fuel_price", "hardship.price_base", 0, {{{"hardship.enabled", "hardship.price_effect"}}}},
    {"media_reach", NULL, 1,
     {{{"news.enabled", "news.reach"}},
      {{"news.enabled", "news.emboldens"}},
      {{"news.enabled", "legitimacy.enabled", "legitimacy.news_weight"}, true},
      {{"news.enabled", "force.enabled", "fear.enabled", "fear.news_weight"}, true},
      {{"seat.enabled"}}}},
    {"attention", "news.attention"},
    {"deployment", "officers.deployment"},
    {"reinforcement"},
    {"guards"},
    {"survival", "obedience.survival", 0,
     {{{"force.enabled", "obedience.enabled", "obedience.survival_effect"}}}},
    {"orders", "obedience.orders", 0,
     {{{"force.enabled", "obedience.enabled", "obedience.orders_effect"}}}},
    {"shots", "officers.shots", 0, {{{"force.enabled"}}, {{"seat.enabled", "attention.enabled"}}}},
    {"shots_at", NULL, STP_SHOTS_AT_VIOLENT, {{{"force.enabled"}}}},
    {"legitimacy", "citizens.legitimacy"},
    {"relief", NULL, 0, {{{"hardship.enabled"}}}},
    {"curfew", NULL, 0, {{{"curfew.enabled", "curfew.effect"}}}},
    {"act", NULL, -1, {{{"seat.enabled"}}}},
};
/* clang-format on */
enum { EFFECT_COUNT = sizeof EFFECTS / sizeof *EFFECTS };

size_t stp_effect_count(void)
{
    return EFFECT_COUNT;
}

const char *stp_effect_name(size_t index)
{
    return EFFECTS[index].name;
}

static const stp_quantity *given(const stp_event *e, const effect *f)
{
    const stp_parameter *p = stp_parameter_find(STP_EVENTS, f->name);
    return stp_quantity_of((void *)(uintptr_t)e, p);
}

/* Does another event have this effect? */
static bool is_set_elsewhere(const steppe_scenario *s, const stp_event *own,
                             const effect *f)
{
    for (size_t i = 0; i < s->event_count; i++)
        if (&s->events[i] != own && given(&s->events[i], f)->given)
            return true;
    return false;
}

/* Does a district always have the event's value? */
static bool is_same_here(const steppe_scenario *s, const effect *f, size_t i,
                         double value)
{
    char path[200];
    const stp_parameter *p = f->start ? stp_parameter_at(f->start) : NULL;
    if (!p)
        return f->from == value;
    const stp_quantity *q = stp_quantity_of((void *)(uintptr_t)s, p);
    snprintf(path, sizeof path, "%s", f->start);
    if (strcmp(f->name, "legitimacy") == 0 && s->districts[i].legitimacy.given) {
        q = &s->districts[i].legitimacy;
        snprintf(path, sizeof path, "districts.%s.legitimacy", s->districts[i].id);
    }
    return stp_is_always(s, q, value, path);
}

/* Do all districts of the event always have its value? */
static bool is_so_already(const steppe_scenario *s, const stp_event *e, const effect *f)
{
    char path[200];
    const stp_quantity *q = given(e, f);
    snprintf(path, sizeof path, "events.%s.%s", e->id, f->name);
    if (!stp_is_always(s, q, q->value, path) || is_set_elsewhere(s, e, f))
        return false;
    for (size_t i = 0; i < s->district_count; i++)
        if (e->where[i] && !is_same_here(s, f, i, q->value))
            return false;
    return true;
}

/* Do the event's districts have no residents who depend on fuel, or no officers? */
static bool has_nobody(const steppe_scenario *s, const stp_event *e, const char *name)
{
    char path[200];
    bool fuel = strcmp(name, "fuel_price") == 0;
    if (!fuel && strcmp(name, "deployment") != 0)
        return false;
    for (size_t i = 0; i < s->district_count; i++) {
        if (!e->where[i])
            continue;
        snprintf(path, sizeof path, "districts.%s.%s", s->districts[i].id,
                 fuel ? "fuel_dependence" : "officers");
        bool nobody = fuel ? stp_is_always(s, &s->districts[i].fuel_dependence, 0, path)
                           : stp_district_officers(s, i) == 0 &&
                                 !stp_question_sets(s, path) &&
                                 !stp_question_sets(s, "officers.density");
        if (!nobody)
            return false;
    }
    return true;
}

/* Guards free officers only where some are off the street. */
static bool frees_nobody(const steppe_scenario *s, const stp_event *e)
{
    const stp_quantity *deployed = &s->officers.deployment;
    char path[200];
    snprintf(path, sizeof path, "events.%s.frees", e->id);
    if (e->frees.given && stp_is_always(s, &e->frees, 0, path))
        return true;
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].deployment.given)
            return false;
    return stp_is_always(s, deployed, 1, "officers.deployment");
}

static bool any_shots(const steppe_scenario *s)
{
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].shots.given)
            return true;
    return false;
}

/* Why an effect of an event is void, or "". */
static const char *why_void(const steppe_scenario *s, const stp_event *e, const effect *f,
                            char *buffer, size_t size)
{
    buffer[0] = '\0';
    if (!given(e, f)->given || *stp_needs_missing(s, f->needs, buffer, size))
        return buffer;
    if (strcmp(f->name, "act") == 0)
        return stp_act_void(s, e, buffer, size);
    if (strcmp(f->name, "guards") == 0 && frees_nobody(s, e))
        snprintf(buffer, size,
                 "all officers are on the street: officers.deployment is 1");
    else if (strcmp(f->name, "shots_at") == 0 && stp_is_off(s, "officers.shots") &&
             !any_shots(s))
        snprintf(buffer, size, "officers.shots is 0");
    else if (has_nobody(s, e, f->name))
        snprintf(buffer, size, "it concerns nobody");
    else if (is_so_already(s, e, f))
        snprintf(buffer, size, "it changes nothing");
    return buffer;
}

static void warn(const stp_reader *r, int *status, const stp_node *node,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Add a warning, "file:line:column: ..."; *status: STEPPE_NO_MEMORY if that fails. */
static void warn(const stp_reader *r, int *status, const stp_node *node,
                 const char *format, ...)
{
    steppe_scenario *s = r->scenario;
    char place[600], words[700];
    stp_text text = {0};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    stp_text_add(&text, "%s: %s", stp_node_place(r->tree, node, place, sizeof place),
                 words);
    char **warnings = text.failed ? NULL
                                  : realloc(s->warnings,
                                            (s->warning_count + 1) * sizeof *warnings);
    if (!warnings) {
        stp_text_free(&text);
        *status = stp_no_memory(r->context);
        return;
    }
    s->warnings = warnings;
    warnings[s->warning_count++] = text.data;
}

/* Returns whether the event never happens. */
static bool warn_of_date(const stp_reader *r, int *status, size_t index)
{
    const steppe_scenario *s = r->scenario;
    const stp_event *e = &s->events[index];
    const char *key = e->date.given ? "date" : "hour";
    bool never = e->hour.given && isinf(e->hour.value); /* as the file says */
    int outside = stp_event_side(s, e);
    const stp_node *node = stp_node_of(r, STP_EVENTS, index, key);
    char first[STEPPE_TIME_TEXT], last[STEPPE_TIME_TEXT];
    if (never || outside == 0)
        return never;
    steppe_scenario_time(s, 0, first);
    steppe_scenario_time(s, (uint64_t)s->time.steps.value, last);
    if (outside < 0)
        warn(r, status, node,
             "event '%s' lies before the run: it is taken to happen at the start%s%s",
             e->id, e->date.given ? ", " : "", e->date.given ? first : "");
    else
        warn(r, status, node,
             "event '%s' lies after the run, which ends %s%s: it never "
             "happens",
             e->id, e->date.given ? "at " : "with ",
             e->date.given ? last : "its last step");
    return outside > 0;
}

/* The last step of the run, or of a question's that is longer. */
static double last_step(const steppe_scenario *s)
{
    double last = s->time.steps.value;
    for (size_t i = 0; i < s->question_count; i++)
        last = fmax(last, (double)s->questions[i].ends);
    return last;
}

int stp_event_side(const steppe_scenario *s, const stp_event *e)
{
    double hours = e->date.given ? (e->date.value - s->time.start.value) / 60
                                 : e->hour.value;
    return hours < 0 ? -1 : (double)e->due > last_step(s) ? 1 : 0;
}

static void warn_of_event(const stp_reader *r, int *status, size_t index)
{
    const steppe_scenario *s = r->scenario;
    const stp_event *e = &s->events[index];
    char path[200], why[300], all[600] = "";
    size_t effects = 0, voids = 0;
    snprintf(path, sizeof path, "events.%s.enabled", e->id);
    if (e->enabled.value == 0 || warn_of_date(r, status, index))
        return;
    for (size_t k = 0; k < EFFECT_COUNT; k++) {
        effects += given(e, &EFFECTS[k])->given;
        voids += *why_void(s, e, &EFFECTS[k], why, sizeof why) != '\0';
        if (*why)
            stp_reason_add(all, sizeof all, why);
    }
    if (effects > 0 && voids == effects)
        warn(r, status, stp_node_of(r, STP_EVENTS, index, NULL),
             "event '%s' has no effect: %s", e->id, all);
    for (size_t k = 0; k < EFFECT_COUNT && voids < effects; k++)
        if (*why_void(s, e, &EFFECTS[k], why, sizeof why))
            warn(r, status, stp_node_of(r, STP_EVENTS, index, EFFECTS[k].name),
                 "event '%s': '%s' has no effect: %s", e->id, EFFECTS[k].name, why);
}

/* ---- sections ---- */

/* Does news never travel between districts? */
static bool nobody_hears(const steppe_scenario *s)
{
    bool harm = !stp_is_off(s, "legitimacy.enabled") &&
                !stp_is_off(s, "legitimacy.news_weight"),
         fear = !stp_is_off(s, "fear.enabled") && !stp_is_off(s, "fear.news_weight");
    return s->district_count < 2 || stp_is_off(s, "news.enabled") ||
           (stp_is_off(s, "news.reach") && stp_is_off(s, "news.emboldens") && !harm &&
            !fear);
}

static void warn_of_cutoff(const stp_reader *r, int *status)
{
    const stp_quantity *cutoff = &r->scenario->news.cutoff;
    if (cutoff->given && !cutoff->set && isfinite(cutoff->value) &&
        nobody_hears(r->scenario))
        warn(r, status, stp_node_in(r, STP_NEWS, "cutoff"),
             "'news.cutoff' has no effect: no district hears of another");
}

static void warn_of_sections(const stp_reader *r, int *status)
{
    static const struct {
        const char *section, *on, *need; /* what does nothing while `need` is off */
    } UNUSED[] = {{"fear", "fear.enabled", "force.enabled"},
                  {"obedience", "obedience.enabled", "force.enabled"},
                  {"officers", "officers.shots", "force.enabled"}};
    const steppe_scenario *s = r->scenario;
    for (size_t i = 0; i < sizeof UNUSED / sizeof *UNUSED; i++) {
        const stp_quantity *on = stp_quantity_of((void *)(uintptr_t)s,
                                                 stp_parameter_at(UNUSED[i].on));
        const char *key = strchr(UNUSED[i].on, '.') + 1;
        bool shots = strcmp(key, "shots") == 0 && !stp_is_off(s, "seat.enabled");
        if (on->value != 0 && on->given && !shots && stp_is_off(s, UNUSED[i].need))
            warn(r, status, stp_node_in(r, stp_parameter_at(UNUSED[i].on)->section, key),
                 "'%s' has no effect: %s is false", UNUSED[i].on, UNUSED[i].need);
    }
    static const stp_section LISTS[] = {STP_OFFICES, STP_PERSONS, STP_TIES, STP_POWERS,
                                        STP_HOTSPOTS};
    bool seat = stp_is_off(s, "seat.enabled"),
         powers = stp_is_off(s, "attention.enabled");
    for (size_t k = 0; k < sizeof LISTS / sizeof *LISTS; k++) {
        const char *name = STP_SECTIONS[LISTS[k]].name;
        const stp_node *node = stp_node_get(r->tree->root, name);
        bool outside = LISTS[k] == STP_POWERS || LISTS[k] == STP_HOTSPOTS;
        if (!node || stp_list_count(s, LISTS[k]) == 0)
            continue;
        if (seat)
            warn(r, status, node, "'%s' have no effect: seat.enabled is false", name);
        else if (outside && powers)
            warn(r, status, node, "'%s' have no effect: attention.enabled is false",
                 name);
        else if (LISTS[k] == STP_HOTSPOTS && s->power_count == 0)
            warn(r, status, node, "'%s' have no effect: there are no 'powers'", name);
    }
}

/* Count the parameters of a correlation that are drawn. Returns false if the caller sets one of them, or out of
 * memory. */
static bool count_drawn(const stp_reader *r, int *status, const stp_correlation *c,
                        size_t *drawn)
{
    steppe_scenario *s = r->scenario;
    stp_path_list list = {0};
    char path[200];
    bool whole = true, set = false;
    *drawn = 0;
    for (size_t i = 0; i < c->parameter_count && whole; i++)
        whole = stp_path_list_add(&list, s, c->parameters[i], 0);
    for (size_t k = 0; k < list.count && whole; k++) {
        const stp_path_match *m = &list.items[k];
        bool listed = m->parameter->section >= STP_UNITS;
        void *record = listed ? stp_list_record(s, m->parameter->section, m->record) : s;
        *drawn += stp_range_is_drawn(stp_quantity_of(record, m->parameter));
        set |= stp_caller_sets(s, stp_path_text(s, m, path, sizeof path));
    }
    free(list.items);
    if (!whole)
        *status = stp_no_memory(r->context);
    return whole && !set;
}

static void warn_of_correlations(const stp_reader *r, int *status)
{
    const steppe_scenario *s = r->scenario;
    size_t drawn;
    for (size_t i = 0; i < s->correlation_count; i++)
        if (count_drawn(r, status, &s->correlations[i], &drawn) && drawn < 2)
            warn(r, status, stp_node_of(r, STP_CORRELATIONS, i, "parameters"),
                 "correlation '%s' has no effect: it takes two of its parameters with a "
                 "range",
                 s->correlations[i].id);
}

int stp_warn(const stp_reader *r)
{
    int status = STEPPE_OK;
    warn_of_correlations(r, &status);
    if (stp_model_of(r->scenario) != STP_STREET ||
        r->scenario->top.rules.value != STP_EPSTEIN)
        return status;
    warn_of_sections(r, &status);
    warn_of_cutoff(r, &status);
    for (size_t i = 0; i < r->scenario->event_count; i++)
        warn_of_event(r, &status, i);
    return status;
}
