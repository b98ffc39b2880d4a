#include "scenario/check.h"

#include "scenario/duration.h"
#include "scenario/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int stp_moment(const stp_reader *r, stp_section section, size_t index, const char *key,
               const stp_quantity *date, const stp_quantity *hour, bool *given,
               double *hours)
{
    const steppe_scenario *s = r->scenario;
    *given = date->given || hour->given;
    if (!*given || stp_is_broken(r, STP_TIME))
        return STEPPE_OK;
    if (date->given && hour->given)
        return stp_read_fail_in(r, section, index, key,
                                "give '%s' or '%s_hour', not both", key, key);
    if (date->given && !s->time.start.given)
        return stp_read_fail_in(r, section, index, key,
                                "it has a date, but the scenario has no time.start; give "
                                "'%s_hour'",
                                key);
    *hours = date->given ? (date->value - s->time.start.value) / 60 : hour->value;
    return STEPPE_OK;
}

/* ---- provenance of whole columns, inheritance ---- */

static int spread_column(const stp_reader *r, const stp_column *column,
                         const stp_parameter *p, void *record)
{
    stp_quantity *q = stp_quantity_of(record, p);
    if (!q->given || q->kind != STP_KIND_UNSTATED)
        return STEPPE_OK;
    q->kind = column->quantity.kind;
    q->source = column->quantity.source;
    if (column->quantity.note && !q->note && !(q->note = stp_copy(column->quantity.note)))
        return stp_no_memory(r->context);
    return STEPPE_OK;
}

static int spread_columns(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    int status = STEPPE_OK;
    for (size_t c = 0; c < s->column_count && status == STEPPE_OK; c++) {
        const stp_column *column = &s->columns[c];
        const stp_parameter *p = stp_parameter_at(column->path);
        if (!p || !stp_is_quantity(p->type))
            continue;
        if (p->section < STP_UNITS) {
            status = spread_column(r, column, p, s);
            continue;
        }
        for (size_t i = 0; i < stp_list_count(s, p->section) && status == STEPPE_OK; i++)
            status = spread_column(r, column, p, stp_list_record(s, p->section, i));
    }
    return status;
}

static void inherit(stp_quantity *own, const stp_quantity *general)
{
    if (!own->given)
        own->value = general->value;
}

/* ---- districts and units ---- */

static bool hears(const stp_reader *r)
{
    return !stp_is_broken(r, STP_NEWS) && !stp_is_broken(r, STP_LEGITIMACY) &&
           !stp_is_broken(r, STP_FEAR) && stp_scenario_hears(r->scenario);
}

static int check_lattice(const stp_reader *r, size_t i)
{
    const stp_district_spec *p = &r->scenario->districts[i];
    if (p->width.given != p->height.given)
        return stp_read_fail_in(r, STP_DISTRICTS, i, NULL,
                                "give both width and height, or neither");
    if (!p->width.given && !p->population.given)
        return stp_read_fail_in(r, STP_DISTRICTS, i, NULL,
                                "'population' is missing (or width and height)");
    if (stp_is_broken(r, STP_CITIZENS) || stp_is_broken(r, STP_OFFICERS) ||
        stp_is_broken(r, STP_TOP))
        return STEPPE_OK;
    double cells = p->width.value * p->height.value;
    double people = (p->population.given
                         ? p->population.value
                         : floor(r->scenario->citizens.density.value * cells + 0.5)) +
                    (p->officers.given
                         ? p->officers.value
                         : floor(r->scenario->officers.density.value * cells + 0.5));
    bool drawn = r->scenario->top.rules.value ==
                 STP_MESA; /* there densities may sum to 1 */
    if (p->width.given && people > cells + (drawn ? 1 : 0))
        return stp_read_fail_in(r, STP_DISTRICTS, i, NULL,
                                "%.0f citizens and officers do not fit on %.0f cells",
                                people, cells);
    return STEPPE_OK;
}

static int check_place(const stp_reader *r, size_t i)
{
    steppe_scenario *s = r->scenario;
    stp_district_spec *p = &s->districts[i];
    inherit(&p->able, &s->citizens.able);
    inherit(&p->legitimacy, &s->citizens.legitimacy);
    inherit(&p->hardship_low, &s->citizens.hardship_low);
    inherit(&p->hardship_high, &s->citizens.hardship_high);
    int status = stp_may_continue(r, stp_refer(r, STP_DISTRICTS, i, "unit", p->unit_id,
                                               STP_UNITS, &p->unit));
    if (status == STEPPE_OK)
        status = stp_may_continue(r, check_lattice(r, i));
    if (status != STEPPE_OK)
        return status;
    if (p->hardship_low.value > p->hardship_high.value &&
        s->citizens.hardship_low.value <= s->citizens.hardship_high.value)
        stp_may_continue(r, stp_read_fail_in(r, STP_DISTRICTS, i, "hardship_low",
                                             "hardship_low is above hardship_high"));
    bool located = p->latitude.given && p->longitude.given;
    if (p->latitude.given != p->longitude.given)
        return stp_read_fail_in(r, STP_DISTRICTS, i, NULL,
                                "give both lat and lon, or neither");
    if (!located && s->district_count > 1 && hears(r))
        return stp_read_fail_in(
            r, STP_DISTRICTS, i, NULL,
            "'lat' and 'lon' are missing; news between districts needs them");
    return STEPPE_OK;
}

typedef struct unit_sum {
    double residents;
    size_t count;
} unit_sum;

static void check_unit(const stp_reader *r, size_t u, const unit_sum *sum)
{
    const stp_unit *unit = &r->scenario->units[u];
    const stp_quantity *total = &unit->population;
    if (total->given && sum->count > 0 && sum->residents != total->value)
        stp_may_continue(
            r, stp_read_fail(r, stp_node_of(r, STP_UNITS, u, "population"),
                             "the districts of '%s' have %.0f residents, the unit %.0f",
                             unit->id, sum->residents, total->value));
}

static int check_units(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    if (stp_is_broken(r, STP_DISTRICTS) || stp_is_broken(r, STP_CITIZENS))
        return STEPPE_OK;
    unit_sum *sums = calloc(s->unit_count + 1, sizeof *sums);
    if (!sums)
        return stp_no_memory(r->context);
    for (size_t i = 0; i < s->district_count; i++) {
        if (s->districts[i].unit >= 0) {
            sums[s->districts[i].unit].residents += (double)stp_district_residents(s, i);
            sums[s->districts[i].unit].count++;
        }
    }
    for (size_t u = 0; u < s->unit_count; u++)
        check_unit(r, u, &sums[u]);
    free(sums);
    return STEPPE_OK;
}

/* The kernel of all pairs grows with the square of the number of districts. */
static int check_hearing(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    if (s->district_count <= STP_MAX_HEARING || isfinite(s->news.cutoff.value) ||
        !hears(r))
        return STEPPE_OK;
    return stp_read_fail(
        r, stp_node_in(r, STP_NEWS, "cutoff"),
        "%zu districts hear of each other, and all pairs of them are too "
        "many: give a 'cutoff' in news, such as 500 km, beyond which "
        "nothing is heard (at most %d districts need none)",
        s->district_count, STP_MAX_HEARING);
}

static int check_places(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    if (s->district_count == 0 && stp_is_broken(r, STP_DISTRICTS))
        return STEPPE_OK;
    if (s->district_count == 0)
        return stp_read_fail(r, r->tree->root,
                             "'districts' is missing or empty: a scenario "
                             "needs at least one");
    if (s->citizens.hardship_low.value > s->citizens.hardship_high.value)
        stp_may_continue(r, stp_read_fail(r, stp_node_in(r, STP_CITIZENS, "hardship_low"),
                                          "hardship_low is above hardship_high"));
    int status = STEPPE_OK;
    for (size_t i = 0; i < s->district_count && status == STEPPE_OK; i++)
        status = stp_may_continue(r, check_place(r, i));
    if (status == STEPPE_OK)
        status = stp_may_continue(r, check_hearing(r));
    return status == STEPPE_OK ? check_units(r) : status;
}

/* ---- forces ---- */

/* The force of the districts' own officers: the one with `own: true`, else the first without `own: false`. */
static int find_own(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    int said = -1, first = -1;
    for (size_t k = 0; k < s->force_count; k++) {
        const stp_quantity *own = &s->forces[k].own;
        if (own->given && own->value != 0 && said >= 0)
            return stp_read_fail(r, stp_node_of(r, STP_FORCES, k, "own"),
                                 "the districts' own officers cannot belong to two "
                                 "forces, '%s' and '%s'",
                                 s->forces[said].id, s->forces[k].id);
        if (own->given && own->value != 0)
            said = (int)k;
        else if (!own->given && first < 0)
            first = (int)k;
    }
    s->own_force = said >= 0 ? said : first >= 0 ? first : 0;
    if (s->force_count > 0 && said < 0 && first < 0)
        return stp_read_fail(r, stp_node_in(r, STP_FORCES, ""),
                             "the districts' own officers must belong to some force: "
                             "let one be without 'own: false'");
    return STEPPE_OK;
}

static int check_forces(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    const stp_node *node = stp_node_get(r->tree->root, "forces");
    if (node && s->top.rules.value != STP_EPSTEIN && !stp_is_broken(r, STP_TOP))
        return stp_read_fail(r, node,
                             "'forces' does nothing under these rules: leave it "
                             "out");
    return find_own(r);
}

/* ---- events ---- */

static int locate_event(const stp_reader *r, size_t index)
{
    steppe_scenario *s = r->scenario;
    stp_event *e = &s->events[index];
    const stp_places places = {e->units, e->districts, e->unit_count, e->district_count};
    int status = stp_locate(r, STP_EVENTS, index, &places, &e->where);
    for (size_t i = 0; i < s->district_count && status == STEPPE_OK; i++)
        if (e->where[i])
            e->residents += (double)stp_district_residents(s, i);
    return status;
}

static int date_event(const stp_reader *r, size_t index)
{
    steppe_scenario *s = r->scenario;
    stp_event *e = &s->events[index];
    if (stp_is_broken(r, STP_TIME))
        return STEPPE_OK;
    if (e->date.given == e->hour.given)
        return stp_read_fail_in(r, STP_EVENTS, index, NULL,
                                "give a 'date' or an 'hour'%s",
                                e->date.given ? ", not both" : "");
    if (e->date.given && !s->time.start.given)
        return stp_read_fail_in(
            r, STP_EVENTS, index, "date",
            "it has a date, but the scenario has no time.start; give an "
            "'hour', or the scenario a start");
    e->due = stp_event_step(s, e, 0);
    e->parts = stp_span_count(STP_SPAN_PARTS, e->over.value, s->time.step.value);
    return STEPPE_OK;
}

/* Officers who travel need the distance. */
static int check_way(const stp_reader *r, size_t index)
{
    const steppe_scenario *s = r->scenario;
    const stp_event *e = &s->events[index];
    for (size_t i = 0; i < s->district_count; i++)
        if ((e->where[i] || (int)i == e->from) && !s->districts[i].latitude.given)
            return stp_read_fail_in(r, STP_EVENTS, index, "from",
                                    "the way from '%s' is not known, because district "
                                    "'%s' has no 'lat' and 'lon'",
                                    e->from_id, s->districts[i].id);
    return STEPPE_OK;
}

/* The force that an event sends, and the district where it sets out. */
static int send_event(const stp_reader *r, size_t index)
{
    steppe_scenario *s = r->scenario;
    stp_event *e = &s->events[index];
    bool sends = e->reinforcement.given || e->guards.given;
    const char *unused = sends         ? NULL
                         : e->force_id ? "force"
                         : e->from_id  ? "from"
                                       : NULL;
    e->force = s->own_force;
    e->from = -1;
    if (unused)
        return stp_read_fail_in(r, STP_EVENTS, index, unused,
                                "'%s' does nothing without 'reinforcement' or 'guards'",
                                unused);
    if (e->frees.given && !e->guards.given)
        return stp_read_fail_in(r, STP_EVENTS, index, "frees",
                                "'frees' does nothing without 'guards'");
    int status = STEPPE_OK;
    if (e->force_id)
        status = stp_refer(r, STP_EVENTS, index, "force", e->force_id, STP_FORCES,
                           &e->force);
    if (status == STEPPE_OK)
        status = stp_refer(r, STP_EVENTS, index, "from", e->from_id, STP_DISTRICTS,
                           &e->from);
    return status == STEPPE_OK && e->from_id && !stp_is_broken(r, STP_DISTRICTS)
               ? check_way(r, index)
               : status;
}

static int check_events(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    for (size_t i = 0; i < s->event_count; i++) {
        stp_event *e = &s->events[i];
        int status = stp_may_continue(r, locate_event(r, i));
        if (status == STEPPE_OK)
            status = stp_may_continue(r, date_event(r, i));
        if (status == STEPPE_OK)
            status = stp_may_continue(r, send_event(r, i));
        if (status == STEPPE_OK)
            status = stp_may_continue(r, stp_refer_source(r, STP_EVENTS, i, e->source_id,
                                                          &e->source));
        if (status != STEPPE_OK)
            return status;
    }
    return STEPPE_OK;
}

static int check_time(const stp_reader *r)
{
    double minutes = r->scenario->time.step.value * 60;
    double whole = floor(minutes + 0.5);
    if (whole < 1 || fabs(minutes - whole) > 1e-6) {
        int status = stp_read_fail(r, stp_node_in(r, STP_TIME, "step"),
                                   "step must be a whole number of minutes");
        stp_break(r, STP_TIME, NULL);
        return status;
    }
    if (!stp_steps_dated(r->scenario, (uint64_t)r->scenario->time.steps.value)) {
        int status = stp_read_fail(
            r, stp_node_in(r, STP_TIME, "start"),
            "the run would end after the year 9999, the last that dates have: start "
            "earlier, or run fewer steps");
        stp_break(r, STP_TIME, NULL);
        return status;
    }
    return STEPPE_OK;
}

/* With a vision below one cell a citizen sees its own patch in NetLogo, and nothing elsewhere. */
static int check_vision(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    bool short_sighted = s->citizens.vision.value < 1 || s->officers.vision.value < 1;
    if (!short_sighted || s->top.rules.value == STP_NETLOGO)
        return STEPPE_OK;
    return stp_read_fail(r,
                         stp_node_in(r,
                                     s->citizens.vision.value < 1 ? STP_CITIZENS
                                                                  : STP_OFFICERS,
                                     "vision"),
                         "vision must be at least 1 cell; less is known to the rules "
                         "'netlogo' alone");
}

/* The violent are among the active. */
static int check_force(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    if (s->force.enabled.value != 0 && !stp_is_broken(r, STP_CITIZENS) &&
        s->force.violence_threshold.value < s->citizens.threshold.value)
        return stp_read_fail(r, stp_node_in(r, STP_FORCE, "violence_threshold"),
                             "violence_threshold must be at least citizens.threshold");
    return STEPPE_OK;
}

/* A parameter that the rules do not have keeps its default: it would do nothing. index: of a list's record. */
static void check_record(const stp_reader *r, stp_section section, size_t index,
                         void *record)
{
    static const char *const RULES[] = {STP_RULE_LIST(STP_NAME)};
    unsigned rules = (unsigned)r->scenario->top.rules.value;
    for (const stp_parameter *p = stp_section_parameters(section); p->section == section;
         p++) {
        unsigned known = p->rules ? p->rules : STP_SECTIONS[section].rules;
        if (!stp_is_quantity(p->type) || known >> rules & 1u)
            continue;
        const stp_quantity *q = stp_quantity_of(record, p);
        if (q->given && (p->need != STP_OPTIONAL || q->value != p->fallback))
            stp_may_continue(
                r, stp_read_fail(r, stp_node_of(r, section, index, p->name),
                                 "'%s' does nothing under the rules '%s': leave it out",
                                 p->name, RULES[rules]));
    }
}

static int check_rules(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    for (stp_section k = STP_TOP; k < STP_UNITS; k++)
        check_record(r, k, 0, s);
    for (size_t i = 0; i < s->district_count; i++)
        check_record(r, STP_DISTRICTS, i, &s->districts[i]);
    for (size_t i = 0; i < s->event_count; i++)
        check_record(r, STP_EVENTS, i, &s->events[i]);
    return STEPPE_OK;
}

/* Each event and observation has a flag for each district. */
static int check_extent(const stp_reader *r)
{
    enum { MAX_WHERES = 400000000 }; /* bytes */
    const steppe_scenario *s = r->scenario;
    if ((s->event_count + s->observation_count) * s->district_count <= MAX_WHERES)
        return STEPPE_OK;
    return stp_read_fail(r, r->tree->root,
                         "%zu events and things observed in %zu districts are too many: "
                         "their product may be at most %d",
                         s->event_count + s->observation_count, s->district_count,
                         MAX_WHERES);
}

static int check_street(const stp_reader *r)
{
    int (*const checks[])(const stp_reader *) = {check_rules,       check_vision,
                                                 check_force,       check_places,
                                                 check_forces,      check_events,
                                                 stp_check_seat,    stp_check_questions,
                                                 stp_check_observed};
    int status = check_extent(r);
    if (status != STEPPE_OK)
        return stp_may_continue(r, status);
    for (size_t k = 0; k < sizeof checks / sizeof *checks && status == STEPPE_OK; k++)
        status = stp_may_continue(r, checks[k](r));
    return status;
}

int stp_check_all(const stp_reader *r)
{
    int status = spread_columns(r);
    if (status == STEPPE_OK && stp_model_has(r->scenario, STP_TIME) &&
        !stp_is_broken(r, STP_TIME))
        status = stp_may_continue(r, check_time(r));
    if (status == STEPPE_OK && stp_model_of(r->scenario) == STP_STREET &&
        !stp_is_broken(r, STP_TIME))
        status = stp_check_durations(r);
    if (status != STEPPE_OK || stp_is_broken(r, STP_TOP))
        return status;
    status = stp_model_of(r->scenario) == STP_STREET
                 ? check_street(r)
                 : stp_may_continue(r, stp_check_model(r));
    return status == STEPPE_OK ? stp_check_priors(r) : status;
}
