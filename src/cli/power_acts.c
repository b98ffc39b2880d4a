/* What each act changed within a week: the seat goes through the scenario twice, with and without it,
 * with the same draws and the same street, so that every difference is the act's. */
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

/* A way of the seat through the scenario. */
typedef struct arm {
    steppe_seat *seat;
    uint64_t step;
} arm;

/* Differences of two ways, as lines or as JSON. */
typedef struct differences {
    const arm *with, *without;
    json_t *list; /* NULL: they are printed */
    int count;
} differences;

static void add(differences *d, const char *channel, const char *what, const char *with,
                const char *without)
{
    d->count++;
    if (d->list) {
        json_array_append_new(d->list,
                              json_pack("{s:s, s:s, s:s, s:s}", "channel", channel,
                                        "what", what, "with", with, "without", without));
        return;
    }
    printf("    ");
    screen_cell(channel, 9);
    printf("%s: %s, without it %s\n", what, with, without);
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
    char with[40], without[40];
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
        cli_grouped((double)x, with);
        cli_grouped((double)y, without);
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
    char with[40], without[40], what[200];
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
    char with[40], without[40], what[200];
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
    char with[40], without[40], what[200];
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

/* ---- the two ways ---- */

/* To the end of the day that is a week after that of the step. */
static void go(arm *way, uint64_t step, const seat_street *street)
{
    steppe_seat_state s;
    cli_seat_advance(way->seat, &way->step, step, street, NULL, NULL);
    steppe_seat_read(way->seat, &s);
    uint64_t wanted = s.days + DAYS_LATER;
    while (s.days < wanted) {
        cli_seat_advance(way->seat, &way->step, way->step + 1, street, NULL, NULL);
        steppe_seat_read(way->seat, &s);
    }
}

/* What an act did, of a scenario that is the same without it. */
static void compare(const steppe_scenario *scenario, const steppe_event_info *e,
                    differences *d, json_t *acts)
{
    char time[STEPPE_TIME_TEXT];
    steppe_scenario_time(scenario, e->step - 1, time);
    if (!d->list)
        printf("%s  %s: %s [%s]\n", time, e->act, e->title, e->id);
    compare_offices(d);
    compare_persons(d);
    compare_powers(d);
    compare_numbers(d);
    if (d->list)
        json_array_append(acts, json_pack("{s:s, s:s, s:s, s:s, s:o}", "event", e->id,
                                          "act", e->act, "title", e->title, "time", time,
                                          "changed", d->list));
    else if (d->count == 0)
        printf("    nothing within a week\n");
}

static int try_without(const scenario_arguments *arguments, steppe_context *context,
                       const steppe_event_info *e, const steppe_scenario *scenario,
                       uint64_t seed, const seat_street *street, json_t *acts)
{
    const char *settings[sizeof arguments->settings / sizeof *arguments->settings + 1];
    char off[200];
    arm with = {0}, without = {0};
    steppe_scenario *other = NULL;
    snprintf(off, sizeof off, "events.%.120s.enabled=false", e->id);
    memcpy(settings, arguments->settings, sizeof arguments->settings);
    settings[arguments->setting_count] = off;
    int status = steppe_scenario_open(context, arguments->file, settings,
                                      arguments->setting_count + 1, &other);
    if (status == STEPPE_OK)
        status = steppe_seat_create(context, scenario, seed, &with.seat);
    if (status == STEPPE_OK)
        status = steppe_seat_create(context, other, seed, &without.seat);
    if (status == STEPPE_OK) {
        go(&with, e->step, street);
        go(&without, e->step, street);
        differences d = {&with, &without, acts ? json_array() : NULL, 0};
        compare(scenario, e, &d, acts);
    }
    steppe_seat_free(with.seat);
    steppe_seat_free(without.seat);
    steppe_scenario_free(other);
    return status;
}

int cli_seat_acts(const scenario_arguments *arguments, steppe_context *context,
                  const steppe_scenario *scenario, uint64_t seed,
                  const seat_street *street, bool json)
{
    steppe_seat *probe = NULL; /* says why if there is no seat */
    int status = steppe_seat_create(context, scenario, seed, &probe);
    steppe_seat_free(probe);
    json_t *acts = json ? json_array() : NULL;
    if (!json && status == STEPPE_OK) {
        screen_put(steppe_scenario_title(scenario));
        printf("\nWhat each act had changed a week later, against the same without it; "
               "seed %llu\n\n",
               (unsigned long long)seed);
    }
    steppe_event_info e;
    for (size_t i = 0;
         status == STEPPE_OK && steppe_scenario_event(scenario, i, &e) == STEPPE_OK; i++)
        if (*e.act && e.enabled)
            status = try_without(arguments, context, &e, scenario, seed, street, acts);
    if (status != STEPPE_OK) {
        json_decref(acts);
        return cli_report(context, status);
    }
    return json ? cli_print_json(json_pack("{s:s, s:o}", "title",
                                           steppe_scenario_title(scenario), "acts", acts))
                : cli_close_output(EXIT_DONE);
}
