/* Promise (scenario/effects.h): there is a warning for everything without effect in a scenario, and for
 * nothing else. An event with such a warning can be switched off, and every step stays bit-identical; every
 * key of an event that is an effect is in the table. */
#include "scenario/effects.h"
#include "scenario/parameter.h"

#include "support.h"

#define TOWN "districts: [{ id: a, name: A, width: 16, height: 16 }]\n"
#define SEAT "persons: [{ id: p, name: P }]\nseat: { enabled: true, incumbent: p }\n"

static steppe_scenario *open_text(void **state, const char *text)
{
    steppe_scenario *s;
    expect_ok(state, steppe_scenario_parse(context_of(state), "e.yaml", text,
                                           strlen(text), NULL, 0, &s));
    keep(state, s, release_scenario);
    return s;
}

static uint64_t mix(uint64_t path, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return path * 31 + bits;
}

/* What comes of the seat; not what was promised, or is noted. */
static uint64_t add_seat(uint64_t path, const steppe_seat *seat)
{
    steppe_seat_state now;
    steppe_seat_person person;
    steppe_seat_office office;
    if (!seat)
        return path;
    steppe_seat_read(seat, &now);
    const double values[] = {now.strength,        now.backing,
                             now.blame,           now.reform_legitimacy,
                             now.reform_hardship, now.delivered,
                             (double)now.fund,    (double)now.paid,
                             (double)now.fallen};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        path = mix(path, values[i]);
    for (size_t i = 0; steppe_seat_person_at(seat, i, &person) == STEPPE_OK; i++)
        path = mix(mix(path, person.insecurity), (double)person.resources);
    for (size_t i = 0; steppe_seat_office_at(seat, i, &office) == STEPPE_OK; i++)
        path = mix(path, office.holder);
    return path;
}

/* Digests of all steps, and the seat's state behind each, one after the other. */
static uint64_t path_of(void **state, const steppe_scenario *s)
{
    const steppe_run_options options = {.seed = 3, .threads = 1};
    steppe_run *run;
    uint64_t path = 0;
    expect_ok(state, steppe_run_create(context_of(state), s, &options, &run));
    for (uint64_t k = 0; k < steppe_scenario_steps(s); k++) {
        expect_ok(state, steppe_run_advance(run, 1));
        path = add_seat(path * 31 + steppe_run_digest(run), steppe_run_seat(run));
    }
    steppe_run_free(run);
    return path;
}

static const struct {
    const char *key, *why;
    const char *on; /* what makes it work */
} CASES[] = {
    {"fuel_price: 830", "hardship.price_effect is 0",
     "hardship: { price_effect: 0.3 }\n"},
    {"media_reach: 0", "news.reach is 0", "news: { reach: 3 }\n"},
    {"attention: 0", "it changes nothing", "news: { attention: 1 }\n"},
    {"deployment: 1", "it changes nothing", "officers: { deployment: 0.2 }\n"},
    {"reinforcement: 0", "it changes nothing", NULL},
    {"guards: 5", "officers.deployment is 1", "officers: { deployment: 0.2 }\n"},
    {"survival: 0", "force.enabled is false",
     "force: { enabled: true }\nobedience: { enabled: true }\n"},
    {"orders: 0", "force.enabled is false",
     "force: { enabled: true }\nobedience: { enabled: true }\n"},
    {"shots: 1", "force.enabled is false",
     "force: { enabled: true, violence_threshold: 0.1 }\n"},
    {"shots_at: active", "force.enabled is false",
     "force: { enabled: true }\nofficers: { shots: 0.5 }\n"},
    {"legitimacy: 0.7", "it changes nothing", NULL},
    {"relief: 0", "it changes nothing", NULL},
    {"curfew: 1", "curfew.effect is 0", "curfew: { effect: 0.3 }\n"},
};
enum { CASE_COUNT = sizeof CASES / sizeof *CASES };

static const char *text_of(void **state, const char *key, const char *enabled,
                           const char *more)
{
    return words(state,
                 "steppe: 1\ntitle: E\ntime: { steps: 24 }\ncitizens: { legitimacy: 0.7 "
                 "}\n" TOWN "events: [{ id: e, title: E, hour: 5, enabled: %s, %s }]\n%s",
                 enabled, key, more);
}

static void what_does_nothing_is_told_and_does_nothing(void **state)
{
    for (size_t i = 0; i < CASE_COUNT; i++) {
        const steppe_scenario *on = open_text(state,
                                              text_of(state, CASES[i].key, "true", "")),
                              *off = open_text(state,
                                               text_of(state, CASES[i].key, "false", ""));
        if (steppe_scenario_warning_count(on) != 1 ||
            !strstr(steppe_scenario_warning(on, 0), CASES[i].why) ||
            !strstr(steppe_scenario_warning(on, 0),
                    "e.yaml:6:10: event 'e' has no effect: "))
            fail_msg("%s: %zu warnings, %s", CASES[i].key,
                     steppe_scenario_warning_count(on),
                     steppe_scenario_warning_count(on) ? steppe_scenario_warning(on, 0)
                                                       : "");
        assert_int_equal(steppe_scenario_warning_count(off), 0);
        assert_true(path_of(state, on) == path_of(state, off));
    }
}

static void what_works_is_not_told(void **state)
{
    for (size_t i = 0; i < CASE_COUNT; i++) {
        if (!CASES[i].on)
            continue;
        const steppe_scenario *s = open_text(state, text_of(state, CASES[i].key, "true",
                                                            CASES[i].on));
        if (steppe_scenario_warning_count(s))
            fail_msg("%s", steppe_scenario_warning(s, 0));
    }
    static const char *const OTHER[] = {"reinforcement: 3", "legitimacy: 0.2",
                                        "relief: 0.5", "attention: 1", "deployment: 0.5"};
    for (size_t i = 0; i < sizeof OTHER / sizeof *OTHER; i++) {
        const steppe_scenario *on = open_text(state,
                                              text_of(state, OTHER[i], "true", "")),
                              *off = open_text(state,
                                               text_of(state, OTHER[i], "false", ""));
        assert_int_equal(steppe_scenario_warning_count(on), 0);
        assert_true(path_of(state, on) != path_of(state, off));
    }
}

#define POWERS "powers: [{ id: x, name: X, distance: 500, stance: 0.5 }]\n"
#define HOTSPOTS "hotspots: [{ id: h, name: H, salience: 2 }]\n"
#define ABSENT "it concerns nobody"
#define SO "it changes nothing"

static const struct act_case {
    const char *act, *more, *why;
    const char *other, *with; /* an act like it that may do something, and with what */
} ACTS[] = {
    {"promise-reform, amount: 0.5", "reform: { promise_effect: 0 }\n",
     "reform.promise_effect is 0, reform.pace is 0", "promise-reform, amount: 0.5",
     "reform: { promise_effect: 0, pace: 0.1 }\n"},
    {"promise-reform, amount: 0.5", "reform: { enabled: false, pace: 0.1 }\n",
     "reform.enabled is false", "promise-reform, amount: 0.5", ""},
    {"promise-reform, amount: 0.2", "reform: { status_quo: 0.2 }\n", SO,
     "promise-reform, amount: 0.2", "reform: { status_quo: 0.1 }\n"},
    {"deliver-reform, amount: 0.5", "reform: { enabled: false }\n",
     "reform.enabled is false", "deliver-reform, amount: 0.5",
     "reform: { promise_effect: 0, legitimacy: 0 }\n"},
    {"deliver-reform, amount: 0", "", SO, "deliver-reform, amount: 0",
     "reform: { status_quo: 0.1 }\n"},
    {"ask-troops, power: x", POWERS "attention: { enabled: false }\n",
     "attention.enabled is false", "ask-troops, power: x", POWERS},
    {"stance, power: x, amount: 1", POWERS "attention: { enabled: false }\n",
     "attention.enabled is false", "stance, power: x, amount: 1", POWERS},
    {"stance, power: x, amount: 0.5", POWERS, SO, "stance, power: x, amount: -0.5",
     POWERS},
    {"hotspot, hotspot: h, amount: 3", POWERS HOTSPOTS "attention: { enabled: false }\n",
     "attention.enabled is false", "hotspot, hotspot: h, amount: 3", POWERS HOTSPOTS},
    {"hotspot, hotspot: h, amount: 3", HOTSPOTS, "there are no 'powers'",
     "hotspot, hotspot: h, amount: 3", POWERS HOTSPOTS},
    {"hotspot, hotspot: h, amount: 2", POWERS HOTSPOTS, SO,
     "hotspot, hotspot: h, amount: { range: [1, 2], default: 2, kind: assumption }",
     POWERS HOTSPOTS},
    {"open-fund", "persons: [{ id: p, name: P, resources: 9 }, { id: r, name: R }]\n",
     ABSENT, "open-fund", ""},
    {"open-fund", "flight: { enabled: false }\n", "flight.enabled is false", "open-fund",
     "flight: { exit_rate: 0 }\n"},
    {"open-fund", "flight: { donate_rate: 0 }\n", "flight.donate_rate is 0", "open-fund",
     "flight: { donation: 0 }\n"}, /* who gives, gives one at least */
    {"appoint, person: r, office: o", "", SO, "appoint, person: r, office: u", ""},
    {"take-office, office: u", "", SO, "take-office, office: o", ""},
    {"dismiss, person: r, office: u", "", ABSENT, "dismiss, person: r", ""},
    {"dismiss, person: q", "vacancies: { enabled: false }\n", ABSENT,
     "dismiss, person: q", ""},
    {"dismiss, office: v", "vacancies: { enabled: false }\n", ABSENT,
     "dismiss, office: v", ""},
    {"dismiss, person: p, office: o", "", ABSENT, "dismiss, person: p", ""},
};

static const char *court_of(void **state, const char *act, const char *enabled,
                            const char *more)
{
    static const char PERSONS[] =
        "persons: [{ id: p, name: P }, { id: r, name: R, "
        "resources: 100, insecurity: 0.9, "
        "eligible: false }, { id: q, name: Q, eligible: true }]\n";
    return words(
        state,
        "steppe: 1\ntitle: E\ntime: { steps: 96 }\n" TOWN
        "events: [{ id: e, title: E, hour: 5, enabled: %s, act: %s }]\n%s%s"
        "offices: [{ id: o, name: O, holder: r, security: 1 }, { id: u, name: U, "
        "holder: p, economy: 1 }, { id: v, name: V }]\n"
        "seat: { enabled: true, incumbent: p }\n",
        enabled, act, strstr(more, "persons:") ? "" : PERSONS, more);
}

/* The warning of the event, or "". */
static const char *told_of_event(const steppe_scenario *s)
{
    for (size_t i = 0; i < steppe_scenario_warning_count(s); i++)
        if (strstr(steppe_scenario_warning(s, i), "event 'e'"))
            return steppe_scenario_warning(s, i);
    return "";
}

static void acts_that_do_nothing_are_told_and_do_nothing(void **state)
{
    for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++) {
        const struct act_case *c = &ACTS[i];
        const steppe_scenario *on = open_text(state,
                                              court_of(state, c->act, "true", c->more)),
                              *off = open_text(state,
                                               court_of(state, c->act, "false", c->more)),
                              *other = open_text(state, court_of(state, c->other, "true",
                                                                 c->with));
        const char *told = words(state, "event 'e' has no effect: %s", c->why),
                   *warning = told_of_event(on);
        if (!strstr(warning, told) || strlen(strstr(warning, told)) != strlen(told))
            fail_msg("%s, %s: '%s', not '%s'", c->act, c->more, warning, told);
        assert_string_equal(told_of_event(off), "");
        if (*told_of_event(other))
            fail_msg("%s, %s: '%s'", c->other, c->with, told_of_event(other));
        if (path_of(state, on) != path_of(state, off))
            fail_msg("%s, %s does something", c->act, c->more);
    }
}

/* Another act, a question or the caller may bring about what an act undoes. */
static void acts_that_may_do_something_are_not_told(void **state)
{
    static const char *const MORE[] = {
        "questions: [{ id: q, text: Q, change: [offices.o.holder=q], outcome: peak, "
        "smallest: 0.1 }]\n",
        "questions: [{ id: q, text: Q, change: [events.e.person=q], outcome: peak, "
        "smallest: 0.1 }]\n"};
    static const char ACT[] = "appoint, person: r, office: o";
    for (size_t i = 0; i < sizeof MORE / sizeof *MORE; i++)
        assert_string_equal(
            told_of_event(open_text(state, court_of(state, ACT, "true", MORE[i]))), "");
    static const char *const EARLIER[] = {"dismiss, person: r",
                                          "appoint, person: q, office: o",
                                          "take-office, office: o"};
    for (size_t i = 0; i < sizeof EARLIER / sizeof *EARLIER; i++)
        assert_string_equal(
            told_of_event(open_text(
                state, court_of(state,
                                words(state,
                                      "%s }, { id: f, title: F, hour: 1, enabled: false, "
                                      "act: %s",
                                      ACT, EARLIER[i]),
                                "true", ""))),
            "");
    const char *text = court_of(state, ACT, "true", ""), *setting = "offices.o.holder=r";
    steppe_scenario *s;
    expect_ok(state, steppe_scenario_parse(context_of(state), "e.yaml", text,
                                           strlen(text), &setting, 1, &s));
    keep(state, s, release_scenario);
    assert_string_equal(told_of_event(s), "");
}

/* A key of an event with a value is an effect, when it happens, or what an effect needs. */
static void every_effect_is_in_the_table(void **state)
{
    static const char *const OTHERS[] = {"date",  "hour",   "enabled",  "over",
                                         "frees", "amount", "severity", "seized"};
    (void)state;
    for (size_t i = 0; i < STP_PARAMETER_COUNT; i++) {
        const stp_parameter *p = &STP_PARAMETERS[i];
        bool known = p->section != STP_EVENTS || !stp_is_quantity(p->type);
        for (size_t k = 0; k < sizeof OTHERS / sizeof *OTHERS; k++)
            known |= strcmp(OTHERS[k], p->name) == 0;
        for (size_t k = 0; k < stp_effect_count(); k++)
            known |= strcmp(stp_effect_name(k), p->name) == 0;
        if (!known)
            fail_msg("%s is not in the table of effects", p->name);
    }
    for (size_t k = 0; k < stp_effect_count(); k++) { /* and has a case above */
        bool tried = strcmp(stp_effect_name(k), "act") == 0;
        for (size_t i = 0; i < CASE_COUNT; i++)
            tried |= strncmp(CASES[i].key, stp_effect_name(k),
                             strlen(stp_effect_name(k))) == 0;
        assert_true(tried);
    }
}

static void what_may_be_otherwise_is_not_told(void **state)
{
    static const char *const MORE[] = {
        "hardship: { price_effect: { range: [0, 0.3], default: 0, kind: assumption } }\n",
        "questions: [{ id: q, text: Q, base: [hardship.price_effect=0.2], change: "
        "[events.e.enabled=false], outcome: peak, smallest: 0.1 }]\n",
        "questions: [{ id: q, text: Q, change: [\"hardship={price_effect: 0.2}\"], "
        "outcome: peak, smallest: 0.1 }]\n",
        "questions: [{ id: q, text: Q, change: [events.e.enabled=false], outcome: peak, "
        "smallest: 0.1, driver: hardship.price_effect, driver_low: 0, driver_high: 1 "
        "}]\n"};
    for (size_t i = 0; i < sizeof MORE / sizeof *MORE; i++)
        assert_int_equal(steppe_scenario_warning_count(open_text(
                             state, text_of(state, "fuel_price: 830", "true", MORE[i]))),
                         0);
    /* What the caller turns off is meant to be off. */
    const char *text = text_of(state, "curfew: 1", "true", "curfew: { effect: 0.3 }\n"),
               *setting = "curfew.effect=0";
    steppe_scenario *s;
    expect_ok(state, steppe_scenario_parse(context_of(state), "e.yaml", text,
                                           strlen(text), &setting, 1, &s));
    keep(state, s, release_scenario);
    assert_int_equal(steppe_scenario_warning_count(s), 0);
}

static void expect_warning(void **state, const char *text, const char *warning)
{
    const steppe_scenario *s = open_text(state, text);
    for (size_t i = 0; i < steppe_scenario_warning_count(s); i++)
        if (strstr(steppe_scenario_warning(s, i), warning))
            return;
    fail_msg("no warning says '%s'", warning);
}

static void events_outside_the_run_are_told(void **state)
{
    static const char DATED[] =
        "steppe: 1\ntitle: D\ntime: { start: 2022-01-01, steps: 48 }\n" TOWN
        "events: [{ id: e, title: E, date: %s, legitimacy: 0.2 }]\n";
    expect_warning(state, words(state, DATED, "2021-12-31"), "lies before the run");
    expect_warning(state, words(state, DATED, "2023-01-01"), "lies after the run");
    expect_warning(state, words(state, DATED, "2022-01-03"), "lies after the run");
    expect_warning(state, words(state, DATED, "2022-01-02T23:01"), "lies after the run");
    static const char *const INSIDE[] = {"2022-01-01", "2022-01-02T23:00"};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(steppe_scenario_warning_count(
                             open_text(state, words(state, DATED, INSIDE[i]))),
                         0);
    expect_warning(state,
                   "steppe: 1\ntitle: D\ntime: { steps: 4 }\n" TOWN
                   "events: [{ id: e, title: E, hour: 4, legitimacy: 0.2 }]\n",
                   "e.yaml:5:35: event 'e' lies after the run");
    assert_int_equal(steppe_scenario_warning_count(open_text(
                         state,
                         "steppe: 1\ntitle: D\ntime: { steps: 4 }\n" TOWN
                         "events: [{ id: e, title: E, hour: .inf, curfew: 1 }]\n")),
                     0);
}

static void sections_that_do_nothing_are_told(void **state)
{
    static const char HEAD_TOWN[] = "steppe: 1\ntitle: S\ntime: { steps: 4 }\n" TOWN;
    expect_warning(state, words(state, "%sfear: { enabled: true }\n", HEAD_TOWN),
                   "'fear.enabled' has no effect: force.enabled is false");
    expect_warning(state, words(state, "%sobedience: { enabled: true }\n", HEAD_TOWN),
                   "'obedience.enabled' has no effect");
    expect_warning(state, words(state, "%sofficers: { shots: 0.1 }\n", HEAD_TOWN),
                   "'officers.shots' has no effect");
    expect_warning(state,
                   words(state, "%s" SEAT "hotspots: [{ id: h, name: H }]\n", HEAD_TOWN),
                   "'hotspots' have no effect: there are no 'powers'");
    expect_warning(state,
                   words(state,
                         "%spersons: [{ id: p, name: P }]\nseat: { enabled: false, "
                         "incumbent: p }\n",
                         HEAD_TOWN),
                   "'persons' have no effect: seat.enabled is false");
    expect_warning(state, words(state, "%snews: { cutoff: 9 km, reach: 1 }\n", HEAD_TOWN),
                   "e.yaml:5:17: 'news.cutoff' has no effect: no district hears");
}

/* A cutoff works where districts hear of each other, by whatever way. */
static void a_cutoff_needs_news(void **state)
{
    static const char TOWNS[] =
        "steppe: 1\ntitle: S\ntime: { steps: 4 }\nforce: { enabled: true }\n"
        "districts:\n  - { id: a, name: A, lat: 1, lon: 1, width: 9, height: 9 }\n"
        "  - { id: b, name: B, lat: 2, lon: 1, width: 9, height: 9 }\n";
    static const char *const IDLE[] = {
        "news: { cutoff: 9 km }\n", "news: { cutoff: 9 km, reach: 1, enabled: false }\n",
        "news: { cutoff: 9 km }\nfear: { enabled: false, news_weight: 1 }\n"};
    static const char *const HEARD[] = {
        "news: { cutoff: 9 km, reach: 1 }\n",
        "news: { cutoff: 9 km, emboldens: 1 }\n",
        "news: { cutoff: 9 km }\nlegitimacy: { enabled: true, news_weight: 1 }\n",
        "news: { cutoff: 9 km }\nfear: { enabled: true, news_weight: 1 }\n",
        "news: { cutoff: 9 km, reach: { value: 0, range: [0, 1] } }\n",
        "news: { cutoff: .inf }\n"};
    for (size_t i = 0; i < sizeof IDLE / sizeof *IDLE; i++)
        expect_warning(state, words(state, "%s%s", TOWNS, IDLE[i]),
                       "'news.cutoff' has no effect");
    for (size_t i = 0; i < sizeof HEARD / sizeof *HEARD; i++)
        assert_int_equal(steppe_scenario_warning_count(
                             open_text(state, words(state, "%s%s", TOWNS, HEARD[i]))),
                         0);
}

static void the_scenarios_are_quiet(void **state)
{
    steppe_scenario *s;
    expect_ok(state, steppe_scenario_open(context_of(state),
                                          "scenarios/kazakhstan-2022/scenario.yaml", NULL,
                                          0, &s));
    keep(state, s, release_scenario);
    if (steppe_scenario_warning_count(s))
        fail_msg("%s", steppe_scenario_warning(s, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(what_does_nothing_is_told_and_does_nothing),
        with_shelf(what_works_is_not_told),
        with_shelf(acts_that_do_nothing_are_told_and_do_nothing),
        with_shelf(acts_that_may_do_something_are_not_told),
        with_shelf(every_effect_is_in_the_table),
        with_shelf(what_may_be_otherwise_is_not_told),
        with_shelf(events_outside_the_run_are_told),
        with_shelf(sections_that_do_nothing_are_told),
        with_shelf(a_cutoff_needs_news),
        with_shelf(the_scenarios_are_quiet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
