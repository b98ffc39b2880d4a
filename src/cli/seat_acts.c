/* What each act changed within a week: the seat goes through the scenario twice, with and without it, with
 * the same random numbers and the same street, so that every difference is the act's. */
#include "seat.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DAYS_LATER = 7 };
static const double VISIBLE = 5e-5;

/* clang-format off */
/* The numbers that an act can change: the channel by which they reach elite or street, and what they are. */
#define F(member) STEPPE_FIELD(steppe_seat_state, member)
static const steppe_column NUMBERS[] = {
    {"elite", "strength of the incumbent", STEPPE_CELL_FIXED, 4, F(strength)},
    {"elite", "threshold of his fall", STEPPE_CELL_FIXED, 4, F(threshold)},
    {"security", "factor on the quality of orders", STEPPE_CELL_FIXED, 4, F(orders)},
    {"security", "factor on the forces' belief", STEPPE_CELL_FIXED, 4, F(survival)},
    {"economy", "factor on the pace of relief", STEPPE_CELL_FIXED, 4, F(pace)},
    {"economy", "hardship less by the fund", STEPPE_CELL_FIXED, 4, F(fund_relief)},
    {"image", "legitimacy by the image", STEPPE_CELL_FIXED, 4, F(image)},
    {"outside", "backing", STEPPE_CELL_FIXED, 4, F(backing)},
    {"outside", "blame", STEPPE_CELL_FIXED, 4, F(blame)},
    {"outside", "factor on shots", STEPPE_CELL_FIXED, 4, F(restraint)},
    {"reform", "hardship by promises", STEPPE_CELL_FIXED, 4, F(reform_hardship)},
    {"reform", "legitimacy by delivery", STEPPE_CELL_FIXED, 4, F(reform_legitimacy)},
    {"flight", "in the fund", STEPPE_CELL_COUNT, F(fund)},
    {"flight", "paid by the fund", STEPPE_CELL_COUNT, F(paid)},
    {"flight", "seized", STEPPE_CELL_COUNT, F(seized)}};
#undef F
/* clang-format on */

/* A seat on its way through the scenario. */
typedef struct arm {
    steppe_seat *seat;
    uint64_t step;
} arm;

/* What an act changed. */
typedef struct change_row {
    const char *time, *act, *event, *title, *channel, *what, *with, *without;
} change_row;

/* Differences of two arms, as rows of a table. */
typedef struct differences {
    const arm *with, *without;
    change_row row; /* the act */
    steppe_table *table;
    int count;
} differences;

static void add(differences *d, const char *channel, const char *what, const char *with,
                const char *without)
{
    change_row row = d->row;
    row.channel = channel;
    row.what = what;
    row.with = with;
    row.without = without;
    steppe_table_add(d->table, &row);
    d->count++;
}

/* Add a number of the kind of a column, of `name` ("" for none), if it differs visibly. */
static void add_number(differences *d, const steppe_column *c, const char *name, double x,
                       double y)
{
    char what[200], with[STEPPE_NUMBER_TEXT], without[STEPPE_NUMBER_TEXT];
    if (fabs(x - y) <= VISIBLE)
        return;
    snprintf(what, sizeof what, "%s%s", c->title, name);
    add(d, c->key, what, steppe_number_words(x, c->cell, c->decimals, with),
        steppe_number_words(y, c->cell, c->decimals, without));
}

static void add_flag(differences *d, const char *channel, const char *what,
                     const char *no, const char *yes, bool x, bool y)
{
    if (x != y)
        add(d, channel, what, x ? yes : no, y ? yes : no);
}

static void compare_numbers(differences *d)
{
    steppe_table *both = steppe_table_create(NUMBERS, sizeof NUMBERS / sizeof *NUMBERS);
    steppe_seat_state a, b;
    steppe_seat_read(d->with->seat, &a);
    steppe_seat_read(d->without->seat, &b);
    steppe_table_add(both, &a);
    steppe_table_add(both, &b);
    for (size_t k = 0; k < steppe_table_column_count(both); k++)
        add_number(d, &NUMBERS[k], "", steppe_table_number(both, 0, k),
                   steppe_table_number(both, 1, k));
    steppe_table_free(both);
    add_flag(d, "elite", "the ruler", "has not fallen", "has fallen", a.fallen, b.fallen);
}

static void compare_persons(differences *d)
{
    static const steppe_column INSECURITY = {"fear", "insecurity of ", STEPPE_CELL_FIXED,
                                             4};
    steppe_seat_person a, b;
    for (size_t i = 0; steppe_seat_person_at(d->with->seat, i, &a) == STEPPE_OK &&
                       steppe_seat_person_at(d->without->seat, i, &b) == STEPPE_OK;
         i++) {
        if (strcmp(a.place, "at large") == 0)
            add_number(d, &INSECURITY, a.name, a.insecurity, b.insecurity);
        if (strcmp(a.place, b.place) != 0)
            add(d, strcmp(a.place, "abroad") == 0 ? "flight" : "elite", a.name, a.place,
                b.place);
        add_flag(d, "elite", a.name, "has not changed sides", "has changed sides",
                 a.defected, b.defected);
    }
}

static const char *holder_name(const steppe_seat *seat, int holder)
{
    return holder == STEPPE_SEAT_NOBODY ? "vacant"
                                        : steppe_seat_person_name(seat, holder);
}

static void compare_offices(differences *d)
{
    static const steppe_column OUTPUT = {"office", "output of ", STEPPE_CELL_FIXED, 4};
    steppe_seat_office a, b;
    for (size_t k = 0; steppe_seat_office_at(d->with->seat, k, &a) == STEPPE_OK &&
                       steppe_seat_office_at(d->without->seat, k, &b) == STEPPE_OK;
         k++) {
        if (a.holder != b.holder)
            add(d, "office", a.name, holder_name(d->with->seat, a.holder),
                holder_name(d->without->seat, b.holder));
        add_number(d, &OUTPUT, a.name, a.output, b.output);
    }
}

static void compare_powers(differences *d)
{
    static const steppe_column ATTENTION = {"outside", "attention of ", STEPPE_CELL_FIXED,
                                            4};
    steppe_seat_power a, b;
    char troops[200];
    for (size_t k = 0; steppe_seat_power_at(d->with->seat, k, &a) == STEPPE_OK &&
                       steppe_seat_power_at(d->without->seat, k, &b) == STEPPE_OK;
         k++) {
        add_number(d, &ATTENTION, a.name, a.attention, b.attention);
        snprintf(troops, sizeof troops, "troops of %s", a.name);
        add_flag(d, "outside", troops, "not granted", "granted", a.granted, b.granted);
    }
}

/* ---- the two arms ---- */

/* To the end of the day that is a week after that of the step. */
static void go(arm *a, uint64_t step, const seat_street *street)
{
    steppe_seat_state s;
    cli_seat_advance(a->seat, &a->step, step, street, NULL, NULL);
    steppe_seat_read(a->seat, &s);
    uint64_t wanted = s.days + DAYS_LATER;
    while (s.days < wanted) {
        cli_seat_advance(a->seat, &a->step, a->step + 1, street, NULL, NULL);
        steppe_seat_read(a->seat, &s);
    }
}

/* Compare the scenario with itself without an event. */
static int try_without(const seat_view *v, steppe_context *context,
                       const steppe_event_info *e, steppe_table *table)
{
    const cli_options *o = v->options;
    const char *settings[sizeof o->settings / sizeof *o->settings + 1];
    char off[200], time[STEPPE_TIME_TEXT];
    arm with = {0}, without = {0};
    steppe_scenario *other = NULL;
    snprintf(off, sizeof off, "events.%.120s.enabled=false", e->id);
    memcpy(settings, o->settings, sizeof o->settings);
    settings[o->setting_count] = off;
    int status = steppe_scenario_open(context, o->arguments[0], settings,
                                      o->setting_count + 1, &other);
    if (status == STEPPE_OK)
        status = steppe_seat_create(context, v->scenario, v->seed, &with.seat);
    if (status == STEPPE_OK)
        status = steppe_seat_create(context, other, v->seed, &without.seat);
    if (status == STEPPE_OK) {
        go(&with, e->step, v->looks);
        go(&without, e->step, v->looks);
        steppe_scenario_time(v->scenario, e->step - 1, time);
        differences d = {&with, &without, {time, e->act, e->id, e->title}, table, 0};
        compare_offices(&d);
        compare_persons(&d);
        compare_powers(&d);
        compare_numbers(&d);
        if (d.count == 0)
            add(&d, "", "nothing within a week", "", "");
    }
    steppe_seat_free(with.seat);
    steppe_seat_free(without.seat);
    steppe_scenario_free(other);
    return status;
}

int seat_acts_table(const seat_view *v, steppe_context *context, steppe_table **table)
{
#define F(member) STEPPE_FIELD(change_row, member)
    static const steppe_column COLUMNS[] = {
        {"time", "time", F(time)},         {"act", NULL, F(act)},
        {"event", "event", F(event)},      {"title", NULL, F(title)},
        {"channel", NULL, F(channel)},     {"what", "what changed", F(what)},
        {"with", "with the act", F(with)}, {"without", "without it", F(without)}};
#undef F
    steppe_event_info e;
    int status = STEPPE_OK;
    *table = steppe_table_create(COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0;
         status == STEPPE_OK && steppe_scenario_event(v->scenario, i, &e) == STEPPE_OK;
         i++)
        if (*e.act && e.enabled)
            status = try_without(v, context, &e, *table);
    return status;
}
