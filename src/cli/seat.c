/* steppe seat SCENARIO */
#include "seat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_AT = 0x100, KEY_RESULTS, KEY_SVG, KEY_ACTS, KEY_LOG };

typedef struct arguments {
    cli_options common;
    const char *at, *results, *svg;
    bool acts, log;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case KEY_AT: a->at = text; return 0;
    case KEY_RESULTS: a->results = text; return 0;
    case KEY_SVG: a->svg = text; return 0;
    case KEY_ACTS: a->acts = true; return 0;
    case KEY_LOG: a->log = true; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* ---- the tables ---- */

static steppe_table *happened_table(const seat_view *v)
{
#define F(member) STEPPE_FIELD(seat_entry, member)
    static const steppe_column ENTRIES[] = {{"step", NULL, F(step)},
                                            {"day", "day", F(day)},
                                            {"event", NULL, F(event)},
                                            {"kind", NULL, F(kind)},
                                            {"words", "what happened", F(words)},
                                            {NULL, "event", F(event)}};
#undef F
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(ENTRIES));
    for (size_t i = 0; i < v->entry_count; i++)
        steppe_table_add(table, &v->entries[i]);
    return table;
}

static steppe_table *table_of(const void *view, const char *name)
{
    const seat_view *v = view;
    return strcmp(name, "happened") == 0 ? happened_table(v)
                                         : steppe_seat_table(v->seat, name);
}

/* ---- JSON ---- */

static const char *view_time(const seat_view *v, char time[STEPPE_TIME_TEXT])
{
    return steppe_scenario_time(v->scenario, v->step > 0 ? v->step - 1 : 0, time);
}

static json_t *json_of(const void *object)
{
    const seat_view *v = object;
#define F(member) STEPPE_FIELD(steppe_seat_state, member)
    static const steppe_column STATE[] = {{"days", F(days)},
                                          {"strength", F(strength)},
                                          {"signal", F(signal)},
                                          {"threshold", F(threshold)},
                                          {"defectors", F(defectors)},
                                          {"backing", F(backing)},
                                          {"blame", F(blame)},
                                          {"fallen", F(fallen)},
                                          {"fell_channel", F(fell_channel)},
                                          {"promised", F(promised)},
                                          {"delivered", F(delivered)},
                                          {"fund", F(fund)},
                                          {"paid", F(paid)},
                                          {"seized", F(seized)},
                                          {"whole", F(whole)},
                                          {"effects.orders", F(orders)},
                                          {"effects.pace", F(pace)},
                                          {"effects.survival", F(survival)},
                                          {"effects.restraint", F(restraint)},
                                          {"effects.image", F(image)},
                                          {"effects.reform_legitimacy",
                                           F(reform_legitimacy)},
                                          {"effects.blame_legitimacy",
                                           F(blame_legitimacy)},
                                          {"effects.reform_hardship", F(reform_hardship)},
                                          {"effects.fund_relief", F(fund_relief)}};
#undef F
    steppe_seat_state s;
    char time[STEPPE_TIME_TEXT];
    steppe_seat_read(v->seat, &s);
    json_t *json = json_pack("{s:s, s:s, s:o, s:o}", "title",
                             steppe_scenario_title(v->scenario), "time",
                             view_time(v, time), "street", cli_text(v->street), "seed",
                             cli_seed_json(v->seed));
    CLI_ADD_FIELDS(json, STATE, &s);
    return json;
}

/* ---- terminal ---- */

enum { ENTRIES_SHOWN = 20 };

static void print_level(const char *what, double share, const char *meaning)
{
    enum { LENGTH = 20 };
    int filled = (int)(share * LENGTH + 0.5);
    printf("%-11s %.3f |", what, share);
    for (int i = 0; i < LENGTH; i++)
        putchar(i < filled ? '#' : '-');
    printf("|  %s\n", meaning);
}

static void print_head(const seat_view *v, const steppe_seat_state *s)
{
    char time[STEPPE_TIME_TEXT], text[400], below[80];
    screen_put(steppe_scenario_title(v->scenario));
    snprintf(text, sizeof text, "The seat of power at %s; street: %s; seed %llu",
             view_time(v, time), v->street, (unsigned long long)v->seed);
    putchar('\n');
    cli_wrap(text, 0);
    putchar('\n');
    snprintf(below, sizeof below, "below it the ruler falls; %s by %.3f",
             s->strength < s->threshold ? "BELOW" : "above",
             fabs(s->strength - s->threshold));
    print_level("strength", s->strength, "the incumbent's camp against the rival's");
    print_level("threshold", s->threshold, below);
    printf("signal      %.3f; share active %.5f, foreign backing %.2f, blame %.2f\n",
           s->signal, s->look.active, s->backing, s->blame);
    if (s->fallen)
        printf("THE RULER FELL on %s, by %s\n",
               steppe_scenario_day(v->scenario, s->fell_day, time),
               strcmp(s->fell_channel, "both") == 0 ? "elite and street at once"
                                                    : s->fell_channel);
}

static void print_camps(const steppe_seat *seat)
{
    steppe_seat_person p;
    double camps[2] = {0};
    for (size_t i = 0; steppe_seat_person_at(seat, i, &p) == STEPPE_OK; i++) {
        camps[0] += !p.defected && p.position > 0.5 ? p.weight : 0;
        camps[1] += p.defected || p.position < 0.5 ? p.weight : 0;
    }
    printf("camps: weight %.3f on the incumbent's side, %.3f on the rival's\n", camps[0],
           camps[1]);
}

static void print_effects(const steppe_seat_state *s)
{
    char a[STEPPE_NUMBER_TEXT], b[STEPPE_NUMBER_TEXT], c[STEPPE_NUMBER_TEXT];
    printf("\neffects on the street\n");
    printf("  security    quality of orders  x %.3f; belief of the forces x %.3f\n",
           s->orders, s->survival);
    printf("  economy     pace of relief     x %.3f; hardship -%.4f by the fund\n",
           s->pace, s->fund_relief);
    printf("  image       legitimacy         %+.4f\n", s->image);
    printf(
        "  reform      promised %.2f, delivered %.2f: hardship %+.4f, legitimacy %+.4f\n",
        s->promised, s->delivered, s->reform_hardship, s->reform_legitimacy);
    printf("  foreign     shots x %.3f; legitimacy %+.4f under orders to shoot\n",
           s->restraint, -s->blame_legitimacy);
    printf("  fund        %s, paid %s, seized %s\n", cli_count((double)s->fund, a),
           cli_count((double)s->paid, b), cli_count((double)s->seized, c));
}

static void print(const void *object)
{
    const seat_view *v = object;
    steppe_seat_state s;
    seat_view last = *v;
    steppe_seat_read(v->seat, &s);
    print_head(v, &s);
    cli_print_table(table_of(v, "offices"));
    cli_print_table(table_of(v, "persons"));
    print_camps(v->seat);
    cli_print_table(table_of(v, "foreign_powers"));
    print_effects(&s);
    if (!v->all && v->entry_count > ENTRIES_SHOWN) {
        last.entries += v->entry_count - ENTRIES_SHOWN;
        last.entry_count = ENTRIES_SHOWN;
    }
    cli_print_table(table_of(&last, "happened"));
    if (last.entry_count < v->entry_count)
        printf("earlier entries: %zu; --log shows them\n",
               v->entry_count - last.entry_count);
    printf(
        "\nPositions, competence and ties are assumptions of the scenario; what persons "
        "do here\nis the model's doing, and no finding about anybody.\n");
}

/* ---- the command ---- */

static void note(const steppe_seat_entry *entry, uint64_t step, void *user)
{
    seat_view *v = user;
    if (v->entry_count == v->entry_capacity) {
        size_t capacity = v->entry_capacity * 2 + 64;
        seat_entry *entries = realloc(v->entries, capacity * sizeof *entries);
        if (!entries) {
            v->failed = true;
            return;
        }
        v->entries = entries;
        v->entry_capacity = capacity;
    }
    seat_entry *e = &v->entries[v->entry_count++];
    *e = (seat_entry){.step = step, .event = entry->event, .kind = entry->kind};
    steppe_scenario_day(v->scenario, entry->day, e->day);
    cli_seat_words(v->seat, entry, e->words, sizeof e->words);
}

static int draw(const arguments *a, steppe_context *context, const seat_view *v)
{
    char caption[400], time[STEPPE_TIME_TEXT];
    snprintf(
        caption, sizeof caption,
        "The seat of power at %s; street: %s; seed %llu. Positions, competence and ties "
        "are assumptions of the scenario; what persons do is the model's.",
        view_time(v, time), v->street, (unsigned long long)v->seed);
    int status = steppe_seat_write_picture(context, v->seat,
                                           steppe_scenario_title(v->scenario), caption,
                                           a->svg);
    if (status != STEPPE_OK)
        return cli_report(context, status);
    if (!a->common.json && !a->common.csv)
        printf("picture: %s\n\n", a->svg);
    return EXIT_DONE;
}

/* What each act changed. */
typedef struct acts {
    const seat_view *view;
    steppe_table *table; /* for whoever shows it */
} acts;

static steppe_table *acts_table(const void *object, const char *name)
{
    (void)name;
    return ((const acts *)object)->table;
}

static json_t *acts_json(const void *object)
{
    return json_pack("{s:s}", "title",
                     steppe_scenario_title(((const acts *)object)->view->scenario));
}

static void print_acts(const void *object)
{
    const acts *a = object;
    screen_put(steppe_scenario_title(a->view->scenario));
    printf("\nWhat each act had changed a week later; seed %llu\n",
           (unsigned long long)a->view->seed);
    cli_print_table(a->table);
}

static int show_acts(const seat_view *v, steppe_context *context)
{
    static const char *const TABLES[] = {"acts", NULL};
    cli_options options = *v->options;
    acts a = {.view = v};
    int status = seat_acts_table(v, context, &a.table);
    if (status != STEPPE_OK) {
        steppe_table_free(a.table);
        return cli_report(context, status);
    }
    options.tables = TABLES;
    return cli_show(&options, context,
                    &(cli_finding){&a, acts_table, NULL, acts_json, NULL, print_acts});
}

static int show(const arguments *a, steppe_context *context, seat_view *v,
                steppe_seat *seat)
{
    uint64_t step = 0, to = 0, last = steppe_scenario_horizon(v->scenario);
    char end[STEPPE_TIME_TEXT];
    if (a->acts)
        return show_acts(v, context);
    int status = a->at ? steppe_scenario_step_at(context, v->scenario, a->at, &to)
                       : STEPPE_OK;
    if (status != STEPPE_OK)
        return cli_report(context, status);
    if (to > last) {
        fprintf(stderr, "steppe: --at %s is after the end (%s): nothing happens there\n",
                a->at, steppe_scenario_time(v->scenario, last, end));
        return EXIT_USAGE;
    }
    cli_seat_advance(seat, &step, to, v->looks, note, v);
    v->step = step;
    if (v->failed)
        return cli_no_memory();
    int code = a->svg ? draw(a, context, v) : EXIT_DONE;
    if (code != EXIT_DONE)
        return code;
    return cli_show(&a->common, context,
                    &(cli_finding){v, table_of, NULL, json_of, NULL, print});
}

static int work(void *user, steppe_context *context, steppe_scenario *scenario)
{
    const arguments *a = user;
    seat_street street = {0};
    steppe_seat *seat = NULL;
    uint64_t seed = a->common.seed, held = 0;
    int status = STEPPE_OK;
    if (a->results)
        status = steppe_results_looks(context, a->results, &street.looks, &street.count,
                                      &held);
    if (a->results && !cli_given(&a->common, "seed"))
        seed = held;
    if (status == STEPPE_OK)
        status = steppe_seat_create(context, scenario, seed, &seat);
    seat_view v = {.options = &a->common,
                   .scenario = scenario,
                   .seat = seat,
                   .looks = &street,
                   .street = a->results ? a->results : "quiet",
                   .seed = seed,
                   .all = a->log};
    int code = status == STEPPE_OK ? show(a, context, &v, seat)
                                   : cli_report(context, status);
    free(v.entries);
    steppe_seat_free(seat);
    free(street.looks);
    return code;
}

int command_seat(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"at", KEY_AT, "DATE", 0,
         "the moment: a date, or hours since the start of a scenario without dates "
         "(default: the start)",
         0},
        {"results", KEY_RESULTS, "FILE", 0,
         "take street and seed from the results file of a run (default: a country in "
         "which "
         "nothing happens)",
         0},
        {"acts", KEY_ACTS, NULL, 0,
         "list what each act had changed a week later, compared with the same scenario "
         "without it",
         0},
        {"svg", KEY_SVG, "FILE.svg", 0, "draw the network", 0},
        {"log", KEY_LOG, NULL, 0, "list all that happened, not only the last of it", 0},
        {0}};
    static const struct argp ARGP = {
        OPTIONS, parse, .args_doc = "SCENARIO",
        .doc =
            "Show the seat of power of a scenario: who holds what, the camps and their "
            "weight, the strength of the incumbent, who is insecure, and the effects on "
            "the street.\v"
            "Without --results nothing happens in the street; with it, the seat sees "
            "what "
            "that of the run saw, and does the same. A scenario whose seat is switched "
            "off: --set seat.enabled=true."};
    static const char *const TABLES[] = {"persons",        "offices",  "ties",
                                         "foreign_powers", "happened", NULL};
    arguments a = {.common = {.has = CLI_SET | CLI_SEED | CLI_FORCE | CLI_JSON | CLI_CSV,
                              .least = 1,
                              .most = 1,
                              .tables = TABLES,
                              .seed = 1}};
    return cli_with_scenario(&ARGP, argc, argv, &a, work);
}
