/* steppe power SCENARIO */
#include "power.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_AT = 0x100, KEY_SEED, KEY_RESULTS, KEY_SVG, KEY_ACTS, KEY_LOG, KEY_JSON };

typedef struct arguments {
    scenario_arguments scenario;
    const char *at, *results, *svg;
    uint64_t seed;
    bool seeded, acts, log, json;
} arguments;

static const struct argp_option OPTIONS[] = {
    {"at", KEY_AT, "DATE", 0,
     "the moment: a date, or hours since the start of a scenario without dates (default: "
     "the start)",
     0},
    {"results", KEY_RESULTS, "FILE", 0,
     "let it see the street of a run, from its results file (default: a country in which "
     "nothing happens)",
     0},
    {"acts", KEY_ACTS, NULL, 0,
     "list each act, and what it had changed a week later, against the same without it",
     0},
    {"svg", KEY_SVG, "FILE.svg", 0, "draw the network", 0},
    CLI_FORCE_OPTION,
    {"log", KEY_LOG, NULL, 0, "list all that happened, not only the last of it", 0},
    {"seed", KEY_SEED, "N", 0, "seed (default: that of the results, or 1)", 0},
    CLI_SET_OPTION,
    {"json", KEY_JSON, NULL, 0, "print one JSON object on standard output", 0},
    {0}};

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case KEY_AT: a->at = text; return 0;
    case KEY_RESULTS: a->results = text; return 0;
    case KEY_SVG: a->svg = text; return 0;
    case KEY_ACTS: a->acts = true; return 0;
    case KEY_LOG: a->log = true; return 0;
    case KEY_JSON: a->json = true; return 0;
    case KEY_SEED:
        a->seed = cli_whole(state, "--seed", text, 0, UINT64_MAX);
        a->seeded = true;
        return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "which SCENARIO?"); return 0;
    default: return cli_scenario_key(key, text, state, &a->scenario);
    }
}

/* ---- the tables ---- */

enum { NAME_WIDTH = 38, ENTRIES_SHOWN = 20 };

/* A name that fits its column. */
static void print_name(const char *name)
{
    screen_cut(name, NAME_WIDTH);
}

static void print_bar(double share)
{
    enum { LENGTH = 30 };
    int filled = (int)(share * LENGTH + 0.5);
    putchar('|');
    for (int i = 0; i < LENGTH; i++)
        putchar(i < filled ? '#' : '-');
    putchar('|');
}

static void print_head(const power_view *v, const steppe_seat_state *s)
{
    char time[STEPPE_TIME_TEXT];
    screen_put(steppe_scenario_title(v->scenario));
    printf("\nThe seat of power at %s; street: %s; seed %llu\n\n",
           steppe_scenario_time(v->scenario, v->step > 0 ? v->step - 1 : 0, time),
           v->street, (unsigned long long)v->seed);
    printf("strength    %.3f ", s->strength);
    print_bar(s->strength);
    printf("  the incumbent's camp against the rival's\n");
    printf("threshold   %.3f ", s->threshold);
    print_bar(s->threshold);
    printf("  below it the ruler falls; %s by %.3f\n",
           s->strength < s->threshold ? "BELOW" : "above",
           s->strength < s->threshold ? s->threshold - s->strength
                                      : s->strength - s->threshold);
    printf("signal      %.3f; share active %.5f, backing from outside %.2f, blame %.2f\n",
           s->signal, s->look.active, s->backing, s->blame);
    if (s->fallen)
        printf("THE RULER FELL on %s, by %s\n",
               steppe_scenario_day(v->scenario, s->fell_day, time),
               strcmp(s->fell_channel, "both") == 0 ? "elite and street at once"
                                                    : s->fell_channel);
}

static void print_offices(const power_view *v)
{
    steppe_seat_office o;
    char day[STEPPE_TIME_TEXT];
    printf("\n");
    screen_cell("office", NAME_WIDTH);
    screen_cell("holder", NAME_WIDTH);
    printf("since        power  trained  output\n");
    for (size_t k = 0; steppe_seat_office_at(v->seat, k, &o) == STEPPE_OK; k++) {
        print_name(o.name);
        print_name(o.holder == STEPPE_SEAT_NOBODY ? "- vacant -"
                                                  : cli_seat_person(v->seat, o.holder));
        printf("%-10s  %6.3f  %5.0f%%  %6.3f\n",
               o.changed ? steppe_scenario_day(v->scenario, o.since, day) : "the start",
               o.power, 100 * o.ramp, o.output);
    }
}

static const char *state_words(const steppe_seat_person *p)
{
    if (strcmp(p->place, "at large") != 0)
        return p->place;
    return p->incumbent ? "incumbent" : p->defected ? "CHANGED SIDES" : "";
}

static void print_persons(const steppe_seat *seat)
{
    steppe_seat_person p;
    char money[32];
    double camps[2] = {0};
    printf("\n");
    screen_cell("person", NAME_WIDTH);
    printf("weight  position  insecurity  P[fall] / cost   resources\n");
    for (size_t i = 0; steppe_seat_person_at(seat, i, &p) == STEPPE_OK; i++) {
        bool with = !p.defected && p.position > 0.5,
             against = p.defected || p.position < 0.5;
        camps[0] += with ? p.weight : 0;
        camps[1] += against ? p.weight : 0;
        print_name(p.name);
        printf("%6.3f  %8.2f  %10.3f  ", p.weight, p.position, p.insecurity);
        if (p.incumbent || strcmp(p.place, "at large") != 0)
            printf("%14s", "");
        else
            printf("%6.3f / %5.3f", p.doubt, p.cost);
        printf("  %*s  %s\n", 18,
               p.resources ? cli_grouped((double)p.resources, money) : "-",
               state_words(&p));
    }
    printf("camps: weight %.3f on the incumbent's side of the middle, %.3f on the "
           "rival's\n",
           camps[0], camps[1]);
}

static void print_powers(const steppe_seat *seat)
{
    steppe_seat_power p;
    if (steppe_seat_power_count(seat) == 0)
        return;
    printf("\n");
    screen_cell("power outside", NAME_WIDTH);
    printf("stance  means  attention  troops\n");
    for (size_t k = 0; steppe_seat_power_at(seat, k, &p) == STEPPE_OK; k++) {
        print_name(p.name);
        printf("%+6.2f  %5.2f  %9.2f  %s\n", p.stance, p.means, p.attention,
               p.granted ? "granted"
               : p.asked ? "asked"
                         : "-");
    }
}

static void print_effects(const steppe_seat_state *s)
{
    char a[32], b[32], c[32];
    printf("\nwhat it does to the street\n");
    printf("  security    quality of orders  x %.3f; belief of the forces x %.3f\n",
           s->orders, s->survival);
    printf("  economy     pace of relief     x %.3f; hardship -%.4f by the fund\n",
           s->pace, s->fund_relief);
    printf("  image       legitimacy         %+.4f\n", s->image);
    printf("  reform      promised %.2f, delivered %.2f: hardship %+.4f, legitimacy "
           "%+.4f\n",
           s->promised, s->delivered, s->reform_hardship, s->reform_legitimacy);
    printf(
        "  outside     shots x %.3f; legitimacy %+.4f where there are orders to shoot\n",
        s->restraint, -s->blame_legitimacy);
    printf("  fund        %s, paid %s, seized %s\n", cli_grouped((double)s->fund, a),
           cli_grouped((double)s->paid, b), cli_grouped((double)s->seized, c));
}

static void print_entries(const power_view *v, bool all)
{
    size_t first = !all && v->entry_count > ENTRIES_SHOWN ? v->entry_count - ENTRIES_SHOWN
                                                          : 0;
    char day[STEPPE_TIME_TEXT];
    if (v->entry_count == 0)
        return;
    printf("\nwhat happened\n");
    if (first > 0)
        printf("  ... %zu earlier (--log shows them)\n", first);
    for (size_t i = first; i < v->entry_count; i++) {
        const power_entry *e = &v->entries[i];
        printf("  %s  %s%s%s%s\n", steppe_scenario_day(v->scenario, e->day, day),
               e->words, *e->event ? " [" : "", e->event, *e->event ? "]" : "");
    }
}

static int print_view(const power_view *v, bool all)
{
    steppe_seat_state s;
    steppe_seat_read(v->seat, &s);
    print_head(v, &s);
    print_offices(v);
    print_persons(v->seat);
    print_powers(v->seat);
    print_effects(&s);
    print_entries(v, all);
    printf(
        "\nPositions, competence and ties are what the scenario assumes; what persons do "
        "here is\nthe model's doing, and no finding about anybody.\n");
    return cli_close_output(EXIT_DONE);
}

/* ---- the command ---- */

static void note(const steppe_seat_entry *entry, uint64_t step, void *user)
{
    power_view *v = user;
    if (v->entry_count == v->entry_capacity) {
        size_t capacity = v->entry_capacity * 2 + 64;
        power_entry *entries = realloc(v->entries, capacity * sizeof *entries);
        if (!entries) {
            v->failed = true;
            return;
        }
        v->entries = entries;
        v->entry_capacity = capacity;
    }
    power_entry *e = &v->entries[v->entry_count++];
    *e = (power_entry){.step = step,
                       .day = entry->day,
                       .event = entry->event,
                       .kind = entry->kind};
    cli_seat_words(v->seat, entry, e->words, sizeof e->words);
}

static int draw(const arguments *a, steppe_context *context, const power_view *v)
{
    char caption[400], time[STEPPE_TIME_TEXT];
    snprintf(
        caption, sizeof caption,
        "The seat of power at %s; street: %s; seed %llu. Positions, competence and ties "
        "are assumptions of the scenario; what persons do is the model's.",
        steppe_scenario_time(v->scenario, v->step > 0 ? v->step - 1 : 0, time), v->street,
        (unsigned long long)v->seed);
    int status = steppe_seat_write_picture(context, v->seat,
                                           steppe_scenario_title(v->scenario), caption,
                                           a->svg);
    if (status != STEPPE_OK)
        return cli_report(context, status);
    if (!a->json)
        printf("picture: %s\n\n", a->svg);
    return EXIT_DONE;
}

static int show(const arguments *a, steppe_context *context, power_view *v,
                steppe_seat *seat, const seat_street *street)
{
    uint64_t step = 0, to = 0;
    int status = a->at ? steppe_scenario_step_at(context, v->scenario, a->at, &to)
                       : STEPPE_OK;
    if (status != STEPPE_OK)
        return cli_report(context, status);
    uint64_t last = steppe_scenario_horizon(v->scenario);
    if (to > last) {
        char end[STEPPE_TIME_TEXT];
        fprintf(
            stderr,
            "steppe: --at %s is beyond the end (%s): nothing is left to happen there\n",
            a->at, steppe_scenario_time(v->scenario, last, end));
        return EXIT_USAGE;
    }
    cli_seat_advance(seat, &step, to, street, note, v);
    v->step = step;
    if (v->failed) {
        fprintf(stderr, "steppe: %s\n", steppe_status_text(STEPPE_NO_MEMORY));
        return EXIT_FAILED;
    }
    int code = a->svg ? draw(a, context, v) : EXIT_DONE;
    if (code != EXIT_DONE)
        return code;
    return a->json ? power_print_json(v) : print_view(v, a->log);
}

static int with_street(const arguments *a, steppe_context *context,
                       const steppe_scenario *scenario, const seat_street *street,
                       uint64_t seed)
{
    steppe_seat *seat = NULL;
    if (a->acts)
        return cli_seat_acts(&a->scenario, context, scenario, seed, street, a->json);
    int status = steppe_seat_create(context, scenario, seed, &seat);
    if (status != STEPPE_OK)
        return cli_report(context, status);
    power_view v = {.scenario = scenario,
                    .seat = seat,
                    .street = a->results ? a->results : "quiet",
                    .seed = seed};
    int code = show(a, context, &v, seat, street);
    free(v.entries);
    steppe_seat_free(seat);
    return code;
}

static int show_power(const arguments *a, steppe_context *context,
                      const steppe_scenario *scenario)
{
    seat_street street = {0};
    uint64_t seed = a->seed, held = 0;
    if (a->results) {
        int status = steppe_results_looks(context, a->results, &street.looks,
                                          &street.count, &held);
        if (status != STEPPE_OK)
            return cli_report(context, status);
        seed = a->seeded ? a->seed : held;
    }
    int code = with_street(a, context, scenario, &street, seed);
    free(street.looks);
    return code;
}

int command_power(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS,
                                     parse,
                                     "SCENARIO",
                                     "Show the seat of power of a scenario: who holds "
                                     "what, the camps and their weight, "
                                     "the strength of the incumbent, who is insecure, "
                                     "and what it does to the street.\v"
                                     "Without --results nothing happens in the street; "
                                     "with it, the seat sees what that "
                                     "of the run saw, and goes the same way as there. A "
                                     "scenario whose seat is switched "
                                     "off: --set seat.enabled=true.",
                                     NULL,
                                     NULL,
                                     NULL};
    arguments a = {.seed = 1};
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    cli_parse(&ARGP, argc, argv, &a);
    int code = cli_scenario_open(&a.scenario, &context, &scenario);
    if (code == EXIT_DONE)
        code = show_power(&a, context, scenario);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return code;
}
