/* What each act changed within a week: the seat goes through the scenario twice, with and without it, with
 * the same random numbers and the same street, so that every difference is the act's. */
#include "seat.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_LATER = 7 };
static const double VISIBLE = 5e-5;

/* The numbers that an act can change, and by which channel they reach elite or street. */
static const struct {
    const char *channel, *what;
    size_t offset; /* of a double in steppe_seat_state */
} NUMBERS[] = {
    {"elite", "strength of the incumbent", offsetof(steppe_seat_state, strength)},
    {"elite", "threshold of his fall", offsetof(steppe_seat_state, threshold)},
    {"security", "factor on the quality of orders", offsetof(steppe_seat_state, orders)},
    {"security", "factor on the forces' belief", offsetof(steppe_seat_state, survival)},
    {"economy", "factor on the pace of relief", offsetof(steppe_seat_state, pace)},
    {"economy", "hardship less by the fund", offsetof(steppe_seat_state, fund_relief)},
    {"image", "legitimacy by the image", offsetof(steppe_seat_state, image)},
    {"outside", "backing", offsetof(steppe_seat_state, backing)},
    {"outside", "blame", offsetof(steppe_seat_state, blame)},
    {"outside", "factor on shots", offsetof(steppe_seat_state, restraint)},
    {"reform", "hardship by promises", offsetof(steppe_seat_state, reform_hardship)},
    {"reform", "legitimacy by delivery", offsetof(steppe_seat_state, reform_legitimacy)},
};

static const struct {
    const char *what;
    size_t offset; /* of an int64_t */
} SUMS[] = {
    {"in the fund", offsetof(steppe_seat_state, fund)},
    {"paid by the fund", offsetof(steppe_seat_state, paid)},
    {"seized", offsetof(steppe_seat_state, seized)},
};

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
    d->count++;
    d->row.channel = channel;
    d->row.what = what;
    d->row.with = with;
    d->row.without = without;
    steppe_table_add(d->table, &d->row);
}

static double number_at(const steppe_seat_state *s, size_t offset)
{
    return *(const double *)(const void *)((const char *)s + offset);
}

static int64_t sum_at(const steppe_seat_state *s, size_t offset)
{
    return *(const int64_t *)(const void *)((const char *)s + offset);
}

static void compare_numbers(differences *d)
{
    steppe_seat_state a, b;
    char with[STEPPE_NUMBER_TEXT], without[STEPPE_NUMBER_TEXT];
    steppe_seat_read(d->with->seat, &a);
    steppe_seat_read(d->without->seat, &b);
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        double x = number_at(&a, NUMBERS[i].offset), y = number_at(&b, NUMBERS[i].offset);
        snprintf(with, sizeof with, "%.4f", x);
        snprintf(without, sizeof without, "%.4f", y);
        if (fabs(x - y) > VISIBLE)
            add(d, NUMBERS[i].channel, NUMBERS[i].what, with, without);
    }
    for (size_t i = 0; i < sizeof SUMS / sizeof *SUMS; i++) {
        int64_t x = sum_at(&a, SUMS[i].offset), y = sum_at(&b, SUMS[i].offset);
        cli_count((double)x, with);
        cli_count((double)y, without);
        if (x != y)
            add(d, "flight", SUMS[i].what, with, without);
    }
    if (a.fallen != b.fallen)
        add(d, "elite", "the ruler", a.fallen ? "has fallen" : "has not fallen",
            b.fallen ? "has fallen" : "has not fallen");
}

static void compare_person(differences *d, const steppe_seat_person *a,
                           const steppe_seat_person *b)
{
    char with[STEPPE_NUMBER_TEXT], without[STEPPE_NUMBER_TEXT], what[200];
    snprintf(what, sizeof what, "insecurity of %s", a->name);
    snprintf(with, sizeof with, "%.4f", a->insecurity);
    snprintf(without, sizeof without, "%.4f", b->insecurity);
    bool there = strcmp(a->place, "at large") == 0;
    if (there && fabs(a->insecurity - b->insecurity) > VISIBLE)
        add(d, "fear", what, with, without);
    if (strcmp(a->place, b->place) != 0)
        add(d, strcmp(a->place, "abroad") == 0 ? "flight" : "elite", a->name, a->place,
            b->place);
    if (a->defected != b->defected)
        add(d, "elite", a->name,
            a->defected ? "has changed sides" : "has not changed sides",
            b->defected ? "has changed sides" : "has not changed sides");
}

static void compare_persons(differences *d)
{
    steppe_seat_person a, b;
    for (size_t i = 0; steppe_seat_person_at(d->with->seat, i, &a) == STEPPE_OK &&
                       steppe_seat_person_at(d->without->seat, i, &b) == STEPPE_OK;
         i++)
        compare_person(d, &a, &b);
}

static void compare_offices(differences *d)
{
    steppe_seat_office a, b;
    char with[STEPPE_NUMBER_TEXT], without[STEPPE_NUMBER_TEXT], what[200];
    for (size_t k = 0; steppe_seat_office_at(d->with->seat, k, &a) == STEPPE_OK &&
                       steppe_seat_office_at(d->without->seat, k, &b) == STEPPE_OK;
         k++) {
        if (a.holder != b.holder)
            add(d, "office", a.name,
                a.holder == STEPPE_SEAT_NOBODY ? "vacant"
                                               : cli_seat_person(d->with->seat, a.holder),
                b.holder == STEPPE_SEAT_NOBODY
                    ? "vacant"
                    : cli_seat_person(d->without->seat, b.holder));
        snprintf(what, sizeof what, "output of %s", a.name);
        snprintf(with, sizeof with, "%.4f", a.output);
        snprintf(without, sizeof without, "%.4f", b.output);
        if (fabs(a.output - b.output) > VISIBLE)
            add(d, "office", what, with, without);
    }
}

static void compare_powers(differences *d)
{
    steppe_seat_power a, b;
    char with[STEPPE_NUMBER_TEXT], without[STEPPE_NUMBER_TEXT], what[200];
    for (size_t k = 0; steppe_seat_power_at(d->with->seat, k, &a) == STEPPE_OK &&
                       steppe_seat_power_at(d->without->seat, k, &b) == STEPPE_OK;
         k++) {
        snprintf(what, sizeof what, "attention of %s", a.name);
        snprintf(with, sizeof with, "%.4f", a.attention);
        snprintf(without, sizeof without, "%.4f", b.attention);
        if (fabs(a.attention - b.attention) > VISIBLE)
            add(d, "outside", what, with, without);
        snprintf(what, sizeof what, "troops of %s", a.name);
        if (a.granted != b.granted)
            add(d, "outside", what, a.granted ? "granted" : "not granted",
                b.granted ? "granted" : "not granted");
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
