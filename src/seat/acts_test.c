/* Promise (seat/acts.c, seat/seat.c): acts change persons, offices, reform and powers in
 * the step in which they fall due; what cannot be done is void; all else happens once a
 * day, and the same days come of steps of any length. */
#include "court.h"

#define COURT                                                             \
    "offices:\n"                                                          \
    "  - { id: throne, name: T, power: 2, holder: ruler }\n"              \
    "  - { id: police, name: P, power: 1, security: 1, holder: chief }\n" \
    "  - { id: guard, name: G, power: 1, security: 1, holder: chief }\n"  \
    "  - { id: bank, name: B, power: 1, economy: 1 }\n"                   \
    "persons:\n"                                                          \
    "  - { id: ruler, name: R, position: 1, resources: 50 }\n"            \
    "  - { id: chief, name: C, position: 0.2, resources: 1001 }\n"        \
    "  - { id: friend, name: F, position: 0.6, resources: 10 }\n"         \
    "  - { id: rival, name: V, position: 0 }\n"                           \
    "ties:\n"                                                             \
    "  - { id: t1, a: chief, b: friend, kind: kin }\n"                    \
    "  - { id: t2, a: friend, b: rival, kind: kin }\n"                    \
    "  - { id: t3, a: chief, b: ruler, kind: kin }\n"                     \
    "powers: [{ id: north, name: N, stance: 0.5, distance: 100 km }]\n"   \
    "hotspots: [{ id: war, name: W, salience: 2 }]\n"
/* Nothing happens by itself, and nobody forgets. */
#define STILL                                                     \
    "seat: { enabled: true, incumbent: ruler }\n"                 \
    "defection: { enabled: false }\npurge: { half_life: .inf }\n" \
    "flight: { exit_rate: 0, donate_rate: 0 }\nvacancies: { enabled: false }\n"

/* A court with acts; the first falls on day 1, the next on day 2, and so on. */
static court with_acts(void **state, const char *const *acts, size_t count)
{
    const char *text = STILL COURT "events:\n";
    for (size_t i = 0; i < count; i++)
        text = words(state, "%s  - { id: e%zu, title: E, hour: %zu, act: %s }\n", text, i,
                     24 * (i + 1), acts[i]);
    return daily(state, text);
}

/* One act, carried out. */
static court after(void **state, const char *act)
{
    court c = with_acts(state, &act, 1);
    quiet_days(&c, 2);
    assert_int_equal(noted(&c, "void"), 0);
    assert_string_equal(c.noted[0].event, "e0");
    assert_int_equal(c.noted[0].day, 1);
    return c;
}

/* ---- each of them ---- */

static void to_appoint(void **state)
{
    court c = after(state, "appoint, person: friend, office: bank");
    assert_string_equal(holder(&c, "bank"), "friend");
    assert_int_equal(office(&c, "bank").since, 1);
    assert_true(office(&c, "bank").changed);
    assert_int_equal(first_noted(&c, "appointed")->person, person_of(&c, "friend"));
    assert_int_equal(first_noted(&c, "appointed")->office, office_of(&c, "bank"));
    /* In the place of another, who is not purged by that. */
    c = after(state, "appoint, person: friend, office: police");
    assert_string_equal(holder(&c, "police"), "friend");
    assert_string_equal(holder(&c, "guard"), "chief");
    assert_same(person(&c, "friend")->insecurity, 0);
    assert_int_equal(person(&c, "chief")->whereabouts, STP_AT_LARGE);
}

static void to_dismiss(void **state)
{
    court c = after(state, "dismiss, person: chief");
    assert_string_equal(holder(&c, "police"), "nobody");
    assert_string_equal(holder(&c, "guard"), "nobody");
    assert_int_equal(noted(&c, "dismissed"), 2);
    assert_int_equal(person(&c, "chief")->whereabouts, STP_AT_LARGE);
    static const char *const ONE[] = {"dismiss, office: guard",
                                      "dismiss, person: chief, office: guard"};
    for (size_t i = 0; i < 2; i++) {
        c = after(state, ONE[i]);
        assert_string_equal(holder(&c, "police"), "chief");
        assert_string_equal(holder(&c, "guard"), "nobody");
        assert_int_equal(first_noted(&c, "dismissed")->person, person_of(&c, "chief"));
    }
}

/* An official without a name can be dismissed by the office, and nobody is tied to
 * him. */
static void to_dismiss_an_official(void **state)
{
    static const char *const ACTS[] = {"dismiss, office: bank"};
    court c = with_acts(state, ACTS, 1);
    c.seat->offices[office_of(&c, "bank")].holder = STEPPE_SEAT_OFFICIAL;
    quiet_days(&c, 2);
    assert_string_equal(holder(&c, "bank"), "nobody");
    assert_int_equal(first_noted(&c, "dismissed")->person, STEPPE_SEAT_OFFICIAL);
    for (size_t i = 0; i < c.scenario->person_count; i++)
        assert_same(c.seat->persons[i].insecurity, 0);
}

static void to_detain_and_to_exile(void **state)
{
    static const struct {
        const char *act, *kind;
        stp_whereabouts whereabouts;
        int64_t seized;
    } CASES[] = {{"detain, person: chief", "detained", STP_IN_DETENTION, 0},
                 {"exile, person: chief", "exiled", STP_ABROAD, 0},
                 {"detain, person: chief, seized: 0.5", "detained", STP_IN_DETENTION,
                  500},
                 {"exile, person: chief, seized: 1", "exiled", STP_ABROAD, 1001}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        court c = after(state, CASES[i].act);
        assert_int_equal(person(&c, "chief")->whereabouts, CASES[i].whereabouts);
        assert_string_equal(holder(&c, "police"), "nobody");
        assert_string_equal(holder(&c, "guard"), "nobody");
        assert_int_equal(person(&c, "chief")->resources, 1001 - CASES[i].seized);
        assert_int_equal(seen(&c).seized, CASES[i].seized);
        assert_int_equal(seen(&c).whole, 1061);
        assert_int_equal(stp_seat_money(c.seat), 1061);
        assert_same(first_noted(&c, CASES[i].kind)->amount, (double)CASES[i].seized);
        assert_same(person(&c, "chief")->weight, 0);
    }
}

static void to_take_an_office(void **state)
{
    court c = after(state, "take-office, office: police");
    assert_string_equal(holder(&c, "police"), "ruler");
    assert_string_equal(holder(&c, "guard"), "chief");
    assert_int_equal(first_noted(&c, "taken")->person, person_of(&c, "chief"));
    assert_same(person(&c, "friend")->insecurity, 0.25);
    c = after(state, "take-office, office: bank"); /* from nobody */
    assert_string_equal(holder(&c, "bank"), "ruler");
    assert_same(person(&c, "friend")->insecurity, 0);
}

static void to_act_abroad_and_on_reform(void **state)
{
    court c = after(state, "stance, power: north, amount: -0.3");
    assert_same(c.seat->powers[0].stance, -0.3);
    assert_same(first_noted(&c, "stance")->amount, -0.3);
    c = after(state, "hotspot, hotspot: war, amount: 7");
    assert_same(c.seat->hotspots[0], 7);
    c = after(state, "ask-troops, power: north");
    assert_true(c.seat->powers[0].asked);
    assert_int_equal(noted(&c, "asked"), 1);
    c = after(state, "promise-reform, amount: 0.6");
    assert_same(seen(&c).promised, 0.6);
    c = after(state, "deliver-reform, amount: 0.4");
    assert_same(seen(&c).delivered, 0.4);
    c = after(state, "open-fund");
    assert_true(c.seat->fund_open);
    assert_int_equal(noted(&c, "fund"), 1);
}

/* ---- how much of a purge it is ---- */

static void its_severity(void **state)
{
    static const struct {
        const char *act;
        double fear; /* of who is tied in full; half of a full purge passes along a tie */
    } CASES[] = {{"dismiss, person: chief", 0.25},
                 {"dismiss, person: chief, severity: 0", 0},
                 {"dismiss, person: chief, severity: 1", 0.5},
                 {"dismiss, office: guard, severity: 0.2", 0.1},
                 {"detain, person: chief", 0.5},
                 {"detain, person: chief, severity: 0.4", 0.2},
                 {"exile, person: chief", 0.5},
                 {"exile, person: chief, severity: 0", 0},
                 {"take-office, office: guard", 0.25},
                 {"take-office, office: guard, severity: 0", 0},
                 {"appoint, person: rival, office: guard", 0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        court c = after(state, CASES[i].act);
        assert_near(person(&c, "friend")->insecurity, CASES[i].fear, 1e-15);
        assert_same(person(&c, "chief")->insecurity, 0);
        assert_same(person(&c, "rival")->insecurity, 0); /* a friend of a friend */
        assert_same(person(&c, "ruler")->insecurity, 0);
    }
}

/* ---- what cannot be done ---- */

/* The last act is void; what stands before it is not. */
static void what_can_do_nothing_is_void(void **state)
{
    static const char *const CASES[][2] = {
        {"appoint, person: chief, office: police", NULL}, /* who has it */
        {"detain, person: friend", "appoint, person: friend, office: bank"},
        {"exile, person: friend", "appoint, person: friend, office: bank"},
        {"dismiss, person: friend", NULL}, /* who has none */
        {"dismiss, office: bank", NULL},   /* which nobody has */
        {"dismiss, person: chief, office: throne", NULL},
        {"dismiss, person: friend, office: police", NULL},
        {"dismiss, person: chief", "dismiss, person: chief"},
        {"detain, person: chief", "detain, person: chief"},
        {"detain, person: chief", "detain, person: chief"},
        {"exile, person: chief", "detain, person: chief, seized: 1"},
        {"exile, person: chief", "dismiss, person: chief"},
        {"take-office, office: throne", NULL},
        {"take-office, office: bank", "take-office, office: bank"},
        {"exile, person: ruler", "take-office, office: bank"},
        {"open-fund", "open-fund"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        size_t count = CASES[i][1] ? 2 : 1;
        court c = with_acts(state, CASES[i], count);
        quiet_days(&c, count); /* all but the last */
        assert_int_equal(noted(&c, "void"), 0);
        steppe_seat copy = *c.seat;
        quiet_days(&c, 1);
        const steppe_seat_entry *last = first_noted(&c, "void");
        assert_int_equal(noted(&c, "void"), 1);
        assert_int_equal(last->day, count);
        assert_string_equal(last->event, count == 2 ? "e1" : "e0");
        for (size_t k = 0; k < c.scenario->office_count; k++)
            assert_int_equal(copy.offices[k].holder, c.seat->offices[k].holder);
        for (size_t k = 0; k < c.scenario->person_count; k++) {
            assert_int_equal(copy.persons[k].whereabouts, c.seat->persons[k].whereabouts);
            assert_int_equal(copy.persons[k].resources, c.seat->persons[k].resources);
            assert_same(copy.persons[k].insecurity, c.seat->persons[k].insecurity);
        }
    }
}

static void what_is_disabled_does_not_happen(void **state)
{
    court c = daily(state,
                    STILL COURT "events: [{ id: e, title: E, hour: 24, enabled: false,\n"
                                "  act: dismiss, person: chief }]\n");
    quiet_days(&c, 5);
    assert_int_equal(c.count, 0);
    assert_string_equal(holder(&c, "police"), "chief");
}

/* In the order of the file. */
static void acts_of_one_step_follow_each_other(void **state)
{
    court c = daily(state, STILL COURT
                    "events:\n"
                    "  - { id: b, title: E, hour: 24, act: dismiss, office: police }\n"
                    "  - { id: a, title: E, hour: 20, act: appoint, person: rival,\n"
                    "      office: police }\n");
    quiet_days(&c, 2);
    assert_string_equal(holder(&c, "police"), "rival");
    assert_string_equal(c.noted[0].event, "b");
    assert_string_equal(c.noted[1].event, "a");
}

/* ---- hours and days ---- */

#define AT(hours)                                                        \
    "steppe: 1\ntitle: A test\ntime: { step: " hours ", steps: 5000 }\n" \
    "detention: { term_max: .inf }\n" LATTICE

static void an_act_is_of_its_hour_and_what_comes_of_it_of_the_next_day(void **state)
{
    court c = court_of(
        state, AT("1 h") STILL COURT
        "events: [{ id: e, title: E, hour: 19, act: dismiss, person: chief }]\n");
    /* 2 for the ruler; chief: .6 x 2 for the rival */
    assert_int_equal(go_on(&c, 19, NULL), 1);
    assert_string_equal(holder(&c, "police"), "chief");
    assert_int_equal(go_on(&c, 1, NULL), 0);
    assert_string_equal(holder(&c, "police"), "nobody");
    assert_same(person(&c, "friend")->insecurity, 0.25);
    assert_int_equal(office(&c, "police").since, 0);
    assert_near(seen(&c).strength, 2 / 3.2, 1e-7);
    assert_same(seen(&c).orders, 1);
    assert_int_equal(go_on(&c, 4, NULL), 0);
    assert_near(seen(&c).strength, 2 / 3.2, 1e-7);
    assert_int_equal(go_on(&c, 1, NULL), 1); /* midnight */
    assert_near(seen(&c).strength, 1, 1e-7);
    assert_same(seen(&c).orders, 0.5);
}

static void days_begin_whatever_the_step(void **state)
{
    static const struct {
        const char *step;
        uint64_t days[6]; /* that begin in the first steps */
    } CASES[] = {{AT("24 h"), {1, 1, 1, 1, 1, 1}},
                 {AT("12 h"), {1, 0, 1, 0, 1, 0}},
                 {AT("7 h"), {1, 0, 0, 0, 1, 0}},
                 {AT("36 h"), {1, 1, 2, 1, 2, 1}},
                 {AT("48 h"), {1, 2, 2, 2, 2, 2}},
                 {AT("720 h"), {1, 30, 30, 30, 30, 30}}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        court c = court_of(state, words(state, "%s%s", CASES[i].step, STILL COURT));
        uint64_t sum = 0;
        for (size_t n = 0; n < 6; n++) {
            assert_int_equal(go_on(&c, 1, NULL), CASES[i].days[n]);
            sum += CASES[i].days[n];
            assert_int_equal(seen(&c).days, sum);
        }
    }
}

/* Everything at once: people leave, give, change sides, are appointed and learn. */
#define LIVELY                                                                          \
    "seat: { enabled: true, incumbent: ruler, resource_weight: 0.001 }\n"               \
    "flight: { exit_rate: 0.1, donate_rate: 0.2 }\nvacancies: { fill_time: 5 d }\n"     \
    "purge: { half_life: 40 d }\nreform: { pace: 0.02 }\n" COURT "events:\n"            \
    "  - { id: a, title: E, hour: 336, act: detain, person: chief, seized: 0.3 }\n"     \
    "  - { id: b, title: E, hour: 336, act: promise-reform, amount: 0.7, over: 9 d }\n" \
    "  - { id: c, title: E, hour: 672, act: deliver-reform, amount: 0.2 }\n"            \
    "  - { id: d, title: E, hour: 672, act: ask-troops, power: north }\n"

/* Acts of hours at which steps of 7 h and of 48 h begin as well, and a day of after
 * them. */
static void the_same_days_come_of_any_step(void **state)
{
    static const struct {
        const char *head;
        uint64_t steps; /* to the one in which day 40 begins */
    } CASES[] = {{AT("1 h"), 961},
                 {AT("7 h"), 139},
                 {AT("48 h"), 21},
                 {AT("30 min"), 1921}};
    const steppe_seat_look look = {.active = 0.004, .media = 0.8};
    court first = {0};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        court c = court_of(state, words(state, "%s%s", CASES[i].head, LIVELY));
        go_on(&c, CASES[i].steps, &look);
        assert_int_equal(seen(&c).days, 41);
        assert_int_equal(noted(&c, "void"), 0);
        if (i == 0)
            first = c;
        expect_alike(&first, &c);
        assert_int_equal(first.count, c.count);
        for (size_t k = 0; k < c.count; k++) {
            assert_string_equal(first.noted[k].kind, c.noted[k].kind);
            assert_int_equal(first.noted[k].day, c.noted[k].day);
        }
    }
    assert_true(noted(&first, "filled") > 0);
    assert_true(noted(&first, "donated") + noted(&first, "left") > 0);
}

/* An act of the day on which a long step begins does nothing to the days before that. */
static void an_act_does_not_reach_back(void **state)
{
    court c =
        court_of(state, AT("720 h") STILL COURT
                 "events:\n"
                 "  - { id: a, title: E, hour: 720, act: promise-reform, amount: 1,\n"
                 "      over: 10 d }\n"
                 "  - { id: b, title: E, hour: 720, act: dismiss, person: chief }\n");
    quiet_days(&c, 2);
    assert_int_equal(seen(&c).days, 31);
    assert_near(seen(&c).promised, 0.1, 1e-15);
    assert_int_equal(office(&c, "police").since, 30);
    quiet_days(&c, 1);
    assert_same(seen(&c).promised, 1);
}

/* ---- what it is made of ---- */

static void there_is_none_where_the_scenario_has_none(void **state)
{
    static const char *const TEXTS[] = {DAILY, DAILY "seat: { enabled: false }\n" COURT};
    for (size_t i = 0; i < 2; i++) {
        steppe_seat *seat = *state;
        steppe_scenario *s = parse(state, TEXTS[i]);
        assert_int_equal(steppe_seat_create(context_of(state), s, 1, &seat),
                         STEPPE_BAD_ARGUMENT);
        assert_null(seat);
        assert_non_null(strstr(steppe_context_message(context_of(state)),
                               "seat.enabled"));
    }
    steppe_seat_free(NULL);
}

static void what_is_shown_is_what_there_is(void **state)
{
    court c = daily(state, STILL COURT);
    steppe_seat_person p;
    steppe_seat_office o;
    steppe_seat_tie t;
    steppe_seat_power w;
    steppe_seat_entry e;
    assert_int_equal(steppe_seat_person_count(c.seat), 4);
    assert_int_equal(steppe_seat_office_count(c.seat), 4);
    assert_int_equal(steppe_seat_tie_count(c.seat), 3);
    assert_int_equal(steppe_seat_power_count(c.seat), 1);
    assert_int_equal(steppe_seat_person_at(c.seat, 4, &p), STEPPE_BAD_ARGUMENT);
    assert_int_equal(steppe_seat_office_at(c.seat, 4, &o), STEPPE_BAD_ARGUMENT);
    assert_int_equal(steppe_seat_tie_at(c.seat, 3, &t), STEPPE_BAD_ARGUMENT);
    assert_int_equal(steppe_seat_power_at(c.seat, 1, &w), STEPPE_BAD_ARGUMENT);
    assert_int_equal(steppe_seat_entry_at(c.seat, 0, &e), STEPPE_BAD_ARGUMENT);
    assert_int_equal(steppe_seat_person_at(c.seat, 1, &p), STEPPE_OK);
    assert_string_equal(p.id, "chief");
    assert_string_equal(p.place, "at large");
    assert_same(p.weight, 2);
    assert_int_equal(p.resources, 1001);
    assert_false(p.incumbent || p.defected);
    assert_int_equal(steppe_seat_office_at(c.seat, 3, &o), STEPPE_OK);
    assert_string_equal(o.id, "bank");
    assert_int_equal(o.holder, STEPPE_SEAT_NOBODY);
    assert_same(o.ramp, 0);
    assert_same(o.output, 0);
    assert_same(o.weight[STP_WORK_ECONOMY], 1);
    assert_int_equal(steppe_seat_tie_at(c.seat, 1, &t), STEPPE_OK);
    assert_string_equal(t.kind, "kin");
    assert_true(t.a == 2 && t.b == 3);
    assert_int_equal(steppe_seat_power_at(c.seat, 0, &w), STEPPE_OK);
    assert_string_equal(w.id, "north");
    assert_same(w.stance, 0.5);
    assert_same(w.means, 1);
    assert_false(w.asked || w.granted);
    person(&c, "chief")->whereabouts = STP_IN_DETENTION;
    person(&c, "friend")->whereabouts = STP_ABROAD;
    assert_int_equal(steppe_seat_person_at(c.seat, 1, &p), STEPPE_OK);
    assert_string_equal(p.place, "detained");
    assert_int_equal(steppe_seat_person_at(c.seat, 2, &p), STEPPE_OK);
    assert_string_equal(p.place, "abroad");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(to_appoint),
        with_shelf(to_dismiss),
        with_shelf(to_dismiss_an_official),
        with_shelf(to_detain_and_to_exile),
        with_shelf(to_take_an_office),
        with_shelf(to_act_abroad_and_on_reform),
        with_shelf(its_severity),
        with_shelf(what_can_do_nothing_is_void),
        with_shelf(what_is_disabled_does_not_happen),
        with_shelf(acts_of_one_step_follow_each_other),
        with_shelf(an_act_is_of_its_hour_and_what_comes_of_it_of_the_next_day),
        with_shelf(days_begin_whatever_the_step),
        with_shelf(the_same_days_come_of_any_step),
        with_shelf(an_act_does_not_reach_back),
        with_shelf(there_is_none_where_the_scenario_has_none),
        with_shelf(what_is_shown_is_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
