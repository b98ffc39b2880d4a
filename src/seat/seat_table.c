/* The seat of power as tables. */
#include "base/table.h"
#include "seat/seat.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *steppe_seat_person_name(const steppe_seat *seat, int person)
{
    steppe_seat_person p;
    if (person == STEPPE_SEAT_OFFICIAL)
        return "an official without a name";
    return person >= 0 && steppe_seat_person_at(seat, (size_t)person, &p) == STEPPE_OK
               ? p.name
               : "";
}

const char *steppe_seat_office_name(const steppe_seat *seat, int office)
{
    steppe_seat_office o;
    return office >= 0 && steppe_seat_office_at(seat, (size_t)office, &o) == STEPPE_OK
               ? o.name
               : "";
}

const char *steppe_seat_power_name(const steppe_seat *seat, int power)
{
    steppe_seat_power p;
    return power >= 0 && steppe_seat_power_at(seat, (size_t)power, &p) == STEPPE_OK
               ? p.name
               : "";
}

static const char *person_id(const steppe_seat *seat, int person)
{
    steppe_seat_person p;
    return person >= 0 && steppe_seat_person_at(seat, (size_t)person, &p) == STEPPE_OK
               ? p.id
               : NULL;
}

typedef struct office_row {
    const char *holder, *holder_name;
    const char *since; /* NULL: the start */
    char day[STEPPE_TIME_TEXT];
    bool official;
    steppe_seat_office of;
} office_row;

static void add_offices(steppe_table *t, const void *object)
{
    const steppe_seat *seat = object;
    office_row row;
    for (size_t k = 0; steppe_seat_office_at(seat, k, &row.of) == STEPPE_OK; k++) {
        int holder = row.of.holder;
        row.holder = person_id(seat, holder);
        row.official = holder == STEPPE_SEAT_OFFICIAL;
        row.holder_name = holder == STEPPE_SEAT_NOBODY
                              ? "- vacant -"
                              : steppe_seat_person_name(seat, holder);
        snprintf(row.day, sizeof row.day, "the start");
        row.since = row.of.changed
                        ? steppe_scenario_day(seat->scenario, row.of.since, row.day)
                        : NULL;
        steppe_table_add(t, &row);
    }
}

typedef struct person_row {
    const char *state, *offices;
    double doubt, cost, resources; /* as shown: NAN for none */
    steppe_seat_person of;
} person_row;

/* The offices that a person holds, with "; " between them; free it. */
static stp_text offices_of(const steppe_seat *seat, size_t person)
{
    steppe_seat_office office;
    stp_text text = {0};
    for (size_t k = 0; steppe_seat_office_at(seat, k, &office) == STEPPE_OK; k++)
        if (office.holder == (int)person)
            stp_text_add(&text, "%s%s", text.length > 0 ? "; " : "", office.name);
    return text;
}

static void add_persons(steppe_table *t, const void *object)
{
    const steppe_seat *seat = object;
    person_row row;
    for (size_t i = 0; steppe_seat_person_at(seat, i, &row.of) == STEPPE_OK; i++) {
        const steppe_seat_person *p = &row.of;
        bool large = strcmp(p->place, "at large") == 0;
        bool wavers = large && !p->incumbent;
        row.state = !large         ? p->place
                    : p->incumbent ? "incumbent"
                    : p->defected  ? "CHANGED SIDES"
                                   : "";
        row.doubt = wavers ? p->doubt : NAN;
        row.cost = wavers ? p->cost : NAN;
        row.resources = p->resources ? (double)p->resources : NAN;
        stp_text offices = offices_of(seat, i);
        row.offices = offices.data;
        steppe_table_add(t, &row);
        t->failed = t->failed || offices.failed;
        stp_text_free(&offices);
    }
}

typedef struct tie_row {
    const char *a, *b, *a_name, *b_name;
    steppe_seat_tie of;
} tie_row;

static void add_ties(steppe_table *t, const void *object)
{
    const steppe_seat *seat = object;
    tie_row row;
    for (size_t k = 0; steppe_seat_tie_at(seat, k, &row.of) == STEPPE_OK; k++) {
        row.a = person_id(seat, (int)row.of.a);
        row.b = person_id(seat, (int)row.of.b);
        row.a_name = steppe_seat_person_name(seat, (int)row.of.a);
        row.b_name = steppe_seat_person_name(seat, (int)row.of.b);
        steppe_table_add(t, &row);
    }
}

typedef struct power_row {
    const char *troops;
    steppe_seat_power of;
} power_row;

static void add_powers(steppe_table *t, const void *object)
{
    const steppe_seat *seat = object;
    power_row row;
    for (size_t k = 0; steppe_seat_power_at(seat, k, &row.of) == STEPPE_OK; k++) {
        row.troops = row.of.granted ? "granted" : row.of.asked ? "asked" : "";
        steppe_table_add(t, &row);
    }
}

/* clang-format off */
#define F(member) STEPPE_FIELD(office_row, member)
static const steppe_column OFFICES[] = {
    {"id", NULL, F(of.id)},
    {"name", "office", F(of.name)},
    {"holder", NULL, F(holder)},
    {NULL, "holder", F(holder_name)},
    {"official", NULL, F(official)},
    {"since", NULL, F(since)},
    {NULL, "since", F(day)},
    {"power", "power", STEPPE_CELL_FIXED, 3, F(of.power)},
    {"security", .list = "weights", F(of.weight[0])},
    {"economy", .list = "weights", F(of.weight[1])},
    {"image", .list = "weights", F(of.weight[2])},
    {"diplomacy", .list = "weights", F(of.weight[3])},
    {"ramp", "ramp", STEPPE_CELL_SHARE, 0, F(of.ramp)},
    {"output", "output", STEPPE_CELL_FIXED, 3, F(of.output)}};
#undef F
#define F(member) STEPPE_FIELD(person_row, member)
static const steppe_column PERSONS[] = {
    {"id", NULL, F(of.id)},
    {"name", "person", F(of.name)},
    {"offices", "offices", .wide = true, F(offices)},
    {"incumbent", NULL, F(of.incumbent)},
    {"weight", "weight", STEPPE_CELL_FIXED, 3, F(of.weight)},
    {"position", "position", STEPPE_CELL_FIXED, 2, F(of.position)},
    {"competence", F(of.competence)},
    {"exposure", F(of.exposure)},
    {"insecurity", "insecurity", STEPPE_CELL_FIXED, 3, F(of.insecurity)},
    {"doubt", F(of.doubt)},
    {"cost", F(of.cost)},
    {NULL, "P[fall]", STEPPE_CELL_FIXED, 3, F(doubt)},
    {NULL, "cost", STEPPE_CELL_FIXED, 3, F(cost)},
    {"resources", F(of.resources)},
    {NULL, "resources", STEPPE_CELL_NUMBER, F(resources)},
    {"defected", NULL, F(of.defected)},
    {"place", NULL, F(of.place)},
    {NULL, "", F(state)}};
#undef F
#define F(member) STEPPE_FIELD(tie_row, member)
static const steppe_column TIES[] = {
    {NULL, "between", F(a_name)},
    {NULL, "and", F(b_name)},
    {"id", NULL, F(of.id)}, {"kind", "kind", F(of.kind)}, {"a", NULL, F(a)}, {"b", NULL, F(b)},
    {"strength", "strength", STEPPE_CELL_NUMBER, F(of.strength)}};
#undef F
#define F(member) STEPPE_FIELD(power_row, member)
static const steppe_column POWERS[] = {
    {"id", NULL, F(of.id)},
    {"name", "foreign power", F(of.name)},
    {"stance", "stance", STEPPE_CELL_SIGNED, 2, F(of.stance)},
    {"means", "means", STEPPE_CELL_FIXED, 2, F(of.means)},
    {"attention", "attention", STEPPE_CELL_FIXED, 2, F(of.attention)},
    {"asked", NULL, F(of.asked)},
    {"granted", NULL, F(of.granted)},
    {NULL, "troops", F(troops)}};
#undef F
/* clang-format on */

steppe_table *steppe_seat_table(const steppe_seat *seat, const char *name)
{
    static const steppe_table_kind KINDS[] = {
        {"offices", STEPPE_COLUMNS(OFFICES), add_offices},
        {"persons", STEPPE_COLUMNS(PERSONS), add_persons},
        {"ties", STEPPE_COLUMNS(TIES), add_ties},
        {"foreign_powers", STEPPE_COLUMNS(POWERS), add_powers},
        {0}};
    return steppe_table_make(KINDS, name, seat);
}
