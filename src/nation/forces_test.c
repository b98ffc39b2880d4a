/* Promise (nation/forces.c): officers are those asked for, by force in the order of the
 * list, and never more than the lattice has cells for; who comes from afar arrives when
 * it can; guards free officers who are off the street, and no others; orders on shots
 * reach the street. */
#include "country.h"

/* Three places on the equator, one and three degrees apart, and some posts. */
#define PLACES                                                                          \
    "officers: { deployment: 0.5 }\n"                                                   \
    "units: [{ id: u, name: U }]\n"                                                     \
    "districts:\n"                                                                      \
    "  - { id: a, name: A, unit: u, population: 1000, officers: 40, lat: 0, lon: 0 }\n" \
    "  - { id: b, name: B, unit: u, population: 3000, officers: 40, lat: 0, lon: 1 }\n" \
    "  - { id: c, name: C, population: 2000, officers: 40, lat: 0, lon: 3 }\n"
#define DEGREE 111.19508 /* km: 6371.0088 pi / 180 */
#define LIST                                               \
    "forces:\n"                                            \
    "  - { id: police, name: P }\n"                        \
    "  - { id: guard, name: G, speed: 100, ready: 2 h }\n" \
    "  - { id: army, name: A, speed: 40 km/h, own: false }\n"

static country forces(void **state, const char *lists, const char *events)
{
    return country_of(state, words(state, HEAD PLACES "%s%s", lists, events), 1);
}

static void without_a_list_there_is_one_force(void **state)
{
    country c = forces(state, "",
                       "events: [{ id: e, title: E, hour: 1, reinforcement: 60 }]\n");
    static const uint32_t OFFICERS[][3] = {{20, 20, 20}, {20, 20, 20}, {30, 50, 40}};
    for (uint64_t step = 0; step <= 2; step++) {
        step_to(&c, step);
        for (size_t i = 0; i < 3; i++) {
            const stp_conditions *now = &c.conditions[i];
            assert_int_equal(now->force_count, 1);
            assert_int_equal(now->officers, OFFICERS[step][i]);
            assert_int_equal(now->force_end[0], now->officers);
            assert_true(now->obey[0] == (uint64_t)1 << 32);
            assert_int_equal(now->defect[0], 0);
            assert_int_equal(now->epoch, 0);
            assert_int_equal(now->shot, 0);
            assert_false(now->shot_at_all);
        }
    }
}

static void forces_stand_in_the_order_of_the_list(void **state)
{
    country c =
        forces(state, LIST,
               "events:\n"
               "  - { id: e, title: E, hour: 0, reinforcement: 30, force: army, "
               "districts: [a] }\n"
               "  - { id: f, title: F, hour: 1, reinforcement: 7, force: guard, "
               "districts: [a] }\n"
               "  - { id: g, title: G, hour: 2, reinforcement: 5, districts: [a] }\n"
               "  - { id: h, title: H, hour: 3, reinforcement: 0, force: army, "
               "districts: [a] }\n");
    static const uint32_t ENDS[][3] = {
        {20, 20, 20}, {20, 20, 50}, {20, 27, 57}, {25, 32, 62}, {25, 32, 32}};
    for (uint64_t step = 0; step <= 4; step++) {
        step_to(&c, step);
        assert_int_equal(c.conditions[0].force_count, 3);
        for (int f = 0; f < 3; f++)
            assert_int_equal(c.conditions[0].force_end[f], ENDS[step][f]);
        assert_int_equal(c.conditions[0].officers, ENDS[step][2]);
        assert_int_equal(c.conditions[1].officers, 20);
    }
}

/* The districts' own may be another force than the first. */
static void the_own_force_may_be_named(void **state)
{
    static const char *const LISTS[] = {
        "forces: [{ id: x, name: X }, { id: y, name: Y, own: true }]\n",
        "forces: [{ id: x, name: X, own: false }, { id: y, name: Y }]\n"};
    for (size_t i = 0; i < 2; i++) {
        country c = forces(state, LISTS[i],
                           "events: [{ id: e, title: E, hour: 0, reinforcement: 3, "
                           "districts: [c] }]\n");
        step_to(&c, 1);
        assert_int_equal(c.conditions[2].force_end[0], 0);
        assert_int_equal(c.conditions[2].force_end[1], 23);
    }
}

/* ---- the way ---- */

/* Steps at which the officers of district b come, if they set out in a at `hour`. */
static uint64_t arrives(void **state, const char *list, const char *event, size_t where)
{
    country c = forces(state, list,
                       words(state, "events: [{ id: e, title: E, %s }]\n", event));
    uint64_t step = 0;
    for (; step < 200; step++) {
        step_to(&c, step);
        if (c.conditions[where].officers != 20)
            break;
    }
    return step;
}

static void those_from_afar_come_when_they_can(void **state)
{
    static const struct {
        const char *list, *event;
        size_t where;
        double hours; /* of the order, until they are ready, and of the way */
    } CASES[] = {
        {LIST, "hour: 0, force: guard, from: a, reinforcement: 60", 0, 2},
        {LIST, "hour: 0, force: guard, from: a, reinforcement: 60", 1, 2 + DEGREE / 100},
        {LIST, "hour: 0, force: guard, from: a, reinforcement: 60", 2,
         2 + 3 * DEGREE / 100},
        {LIST, "hour: 7, force: army, from: c, reinforcement: 60", 0,
         7 + 3 * DEGREE / 40},
        {LIST, "hour: 0.9, force: army, from: b, reinforcement: 60", 0,
         0.9 + DEGREE / 40},
        {LIST, "hour: 0.1, force: army, from: b, reinforcement: 60", 0,
         0.1 + DEGREE / 40},
        {"", "hour: 1, from: b, reinforcement: 60", 0, 1 + DEGREE / 60}, /* 60 km/h */
        {"", "hour: 1, from: c, guards: 60", 1, 1 + 2 * DEGREE / 60},
        {LIST, "hour: 4, force: army, reinforcement: 60", 0, 4}, /* at once */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(arrives(state, CASES[i].list, CASES[i].event, CASES[i].where),
                         (uint64_t)ceil(CASES[i].hours) + 1);
}

/* Time that lies before the run counts. */
static void who_set_out_before_the_run_is_on_the_way(void **state)
{
    country c =
        country_of(state,
                   "steppe: 1\ntitle: T\ntime: { start: 2022-01-02, steps: 9 }\n" PLACES
                   "events: [{ id: e, title: E, date: 2022-01-01T22:00, from: c,\n"
                   "  reinforcement: 60, districts: [a] }]\n",
                   1);
    /* 333.6 km by 60 km/h: 5.56 h, of which two are over. */
    for (uint64_t step = 0; step <= 6; step++) {
        step_to(&c, step);
        assert_int_equal(c.conditions[0].officers, step < 5 ? 20 : 80);
    }
}

static void the_longer_the_way_the_later(void **state)
{
    uint64_t last = 0;
    for (int speed = 500; speed >= 5; speed = speed * 4 / 5) {
        uint64_t step = arrives(state,
                                words(state, "forces: [{ id: p, name: P, speed: %d }]\n",
                                      speed),
                                "hour: 0, from: c, reinforcement: 60, districts: [a]", 0);
        assert_true(step >= last);
        last = step;
    }
    assert_int_equal(last, (uint64_t)ceil(3 * DEGREE / 5) + 1);
}

/* An order holds from when its people arrive, unless a later one already does. */
static void a_later_order_overtakes_those_on_the_way(void **state)
{
    country c = forces(
        state, LIST,
        "events:\n"
        "  - { id: e, title: E, hour: 0, force: army, from: c, reinforcement: 30,\n"
        "      districts: [a] }\n" /* 8.3 h: step 10 */
        "  - { id: f, title: F, hour: 2, force: army, from: b, reinforcement: 10,\n"
        "      districts: [a] }\n" /* 2.8 h: step 6 */
        "  - { id: g, title: G, hour: 12, force: army, reinforcement: 0 }\n");
    for (uint64_t step = 0; step <= 15; step++) {
        step_to(&c, step);
        assert_int_equal(c.conditions[0].officers, step < 6 || step >= 13 ? 20 : 30);
    }
}

static void an_earlier_order_arrives_before_a_later_one(void **state)
{
    country c = forces(
        state, LIST,
        "events:\n"
        "  - { id: f, title: F, hour: 4, force: army, from: c, reinforcement: 30,\n"
        "      districts: [a] }\n" /* 8.3 h: step 14 */
        "  - { id: e, title: E, hour: 0, force: army, from: c, reinforcement: 10,\n"
        "      districts: [a] }\n"); /* step 10 */
    for (uint64_t step = 0; step <= 15; step++) {
        step_to(&c, step);
        assert_int_equal(c.conditions[0].officers, step < 10 ? 20 : step < 14 ? 30 : 50);
    }
}

static void they_may_come_in_parts(void **state)
{
    country c = forces(state, LIST,
                       "events: [{ id: e, title: E, hour: 0, over: 4 h, force: guard,\n"
                       "  from: a, reinforcement: 40, districts: [a] }]\n");
    static const uint32_t OFFICERS[] = {20, 20, 20, 30, 40, 50, 60, 60};
    for (uint64_t step = 0; step <= 7; step++) {
        step_to(&c, step);
        assert_int_equal(c.conditions[0].officers, OFFICERS[step]);
    }
}

/* ---- guards ---- */

/* Of 40 posts 20 are off the street. */
static void guards_free_who_is_off_the_street(void **state)
{
    static const struct {
        const char *event;
        uint32_t officers;
    } CASES[] = {
        {"guards: 0", 20},
        {"guards: 8", 28},
        {"guards: 20", 40},
        {"guards: 21", 40},
        {"guards: 1000000000", 40},
        {"guards: 10, frees: 0.7", 27},
        {"guards: 10, frees: 0", 20},
        {"guards: 10, frees: 1.5", 35},
        {"guards: 10, frees: 100", 40},
        {"guards: 10, deployment: 0.9", 40},
        {"guards: 10, deployment: 1", 40},
        {"guards: 10, deployment: 0", 10},
        {"guards: 10, reinforcement: 50", 80},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        country c = forces(state, "",
                           words(state,
                                 "events: [{ id: e, title: E, hour: 0, districts: [a],\n"
                                 "  %s }]\n",
                                 CASES[i].event));
        step_to(&c, 1);
        assert_int_equal(c.conditions[0].officers, CASES[i].officers);
        assert_true(c.conditions[0].officers <= c.world->districts[0].max_officers);
    }
}

/* They are of another force than those whom they free, and free them while they stay. */
static void guards_do_not_patrol(void **state)
{
    country c = forces(state, LIST,
                       "events:\n"
                       "  - { id: e, title: E, hour: 0, force: guard, guards: 12,\n"
                       "      units: [u] }\n" /* 3 and 9 */
                       "  - { id: f, title: F, hour: 1, force: army, guards: 4,\n"
                       "      units: [u] }\n" /* 1 and 3 */
                       "  - { id: g, title: G, hour: 2, force: guard, guards: 0 }\n");
    static const uint32_t OFFICERS[][3] = {{20, 20, 20},
                                           {23, 29, 20},
                                           {24, 32, 20},
                                           {21, 23, 20}};
    for (uint64_t step = 0; step <= 3; step++) {
        step_to(&c, step);
        for (size_t i = 0; i < 3; i++)
            for (int f = 0; f < 3; f++) /* all of the police */
                assert_int_equal(c.conditions[i].force_end[f], OFFICERS[step][i]);
    }
}

/* ---- conservation ---- */

/* Whatever is ordered: forces in order, their sum the officers, which are what the events
 * ask for, to the rounding of one sum, and at most the capacity of the world. */
static void officers_are_as_many_as_asked_for(void **state)
{
    static const char *const NAMES[] = {"police", "guard", "army"};
    uint64_t random = 7;
    for (int round = 0; round < 200; round++) {
        stp_text text = {0};
        double asked[3] = {0}, scale = 1 + any_below(&random, 4);
        stp_text_add(&text, HEAD PLACES LIST "events:\n");
        for (int i = 0; i < 6; i++) {
            uint32_t f = any_below(&random, 3), people = any_below(&random, 90);
            stp_text_add(&text,
                         "  - { id: e%d, title: E, hour: %d, districts: [b], force: %s, "
                         "reinforcement: %u }\n",
                         i, i, NAMES[f], people);
            asked[f] = people;
        }
        keep(state, text.data, free);
        country c = country_of(state, text.data, scale);
        for (uint64_t step = 0; step <= 6; step++) {
            step_to(&c, step);
            const stp_conditions *now = &c.conditions[1];
            assert_true(now->force_end[0] <= now->force_end[1]);
            assert_true(now->force_end[1] <= now->force_end[2]);
            assert_int_equal(now->officers, now->force_end[2]);
            assert_true(now->officers <= c.world->districts[1].max_officers);
        }
        assert_int_equal(c.conditions[1].officers,
                         stp_scaled(20 + asked[0] + asked[1] + asked[2], scale));
    }
}

/* Room is kept for all forces together, and for no more. */
static void room_is_kept_for_every_force(void **state)
{
    country c = forces(
        state, LIST,
        "events:\n"
        "  - { id: e, title: E, hour: 0, reinforcement: 5, districts: [a] }\n"
        "  - { id: f, title: F, hour: 0, reinforcement: 50, force: army, districts: [a] "
        "}\n"
        "  - { id: g, title: G, hour: 0, reinforcement: 60, force: army, districts: [a] "
        "}\n"
        "  - { id: h, title: H, hour: 0, guards: 7, force: army, districts: [a] }\n"
        "  - { id: i, title: I, hour: 0, guards: 9, force: guard, districts: [a, b] }\n"
        "  - { id: j, title: J, hour: 0, guards: 90, districts: [c] }\n"
        "  - { id: k, title: K, hour: 0, guards: 900, enabled: false }\n");
    assert_int_equal(c.world->districts[0].max_officers,
                     30 + 5 + 60); /* 20 + 7 + 2.25 of 40 posts: 29.25, up */
    assert_int_equal(c.world->districts[1].max_officers, 27); /* 26.75 */
    assert_int_equal(c.world->districts[2].max_officers, 40);
}

/* ---- rules of engagement ---- */

static void orders_on_shots_reach_the_street(void **state)
{
    country c = country_of(
        state,
        HEAD
        "officers: { shots: 0.25 }\nunits: [{ id: u, name: U }]\n"
        "districts:\n"
        "  - { id: a, name: A, unit: u, population: 1000 }\n"
        "  - { id: b, name: B, population: 1000 }\n"
        "events:\n"
        "  - { id: e, title: E, hour: 1, units: [u], shots: 0.5, shots_at: active }\n"
        "  - { id: f, title: F, hour: 2, shots: 1 }\n"
        "  - { id: g, title: G, hour: 3, over: 2 h, shots: 0, shots_at: violent }\n",
        1);
    static const double SHOTS[][2] = {{0.25, 0.25}, {0.25, 0.25}, {0.5, 0.25},
                                      {1, 1},       {0.5, 0.5},   {0, 0}};
    for (uint64_t step = 0; step <= 5; step++) {
        step_to(&c, step);
        for (size_t i = 0; i < 2; i++) {
            assert_true(c.conditions[i].shot ==
                        (uint64_t)(SHOTS[step][i] * 4294967296.0));
            assert_int_equal(c.conditions[i].shot_at_all,
                             i == 0 && (step == 2 || step == 3));
        }
    }
}

/* ---- refusals ---- */

static void expect_bad(void **state, const char *text, const char *wanted)
{
    steppe_scenario *s;
    const char *whole = words(state, HEAD PLACES "%s", text);
    assert_int_equal(steppe_scenario_parse(context_of(state), "t.yaml", whole,
                                           strlen(whole), NULL, 0, &s),
                     STEPPE_BAD_SCENARIO);
    const char *message = steppe_context_message(context_of(state));
    if (!strstr(message, wanted))
        fail_msg("'%s' does not say '%s'", message, wanted);
}

static void what_makes_no_sense_is_refused(void **state)
{
#define EVENT(what) "events: [{ id: e, title: E, hour: 1, " what " }]\n"
#define FORCE(id) "{ id: " #id ", name: N }"
    expect_bad(state, EVENT("force: police"), "'force' does nothing without");
    expect_bad(state, EVENT("from: a"), "'from' does nothing without");
    expect_bad(state, EVENT("frees: 1, reinforcement: 1"), "'frees' does nothing");
    expect_bad(state, LIST EVENT("guards: 1, force: polise"), "did you mean 'police'?");
    expect_bad(state, EVENT("guards: 1, force: police"), "no force is called 'police'");
    expect_bad(state, LIST EVENT("guards: 1, from: d"), "no district is called 'd'");
    expect_bad(state, EVENT("guards: -1"), "guards must be in");
    expect_bad(state, EVENT("guards: 1.5"), "whole number");
    expect_bad(state, EVENT("shots: 1.01"), "shots must be in [0, 1]");
    expect_bad(state, EVENT("shots_at: all"), "shots_at must be");
    expect_bad(state, EVENT("orders: 2"), "orders must be in [0, 1]");
    expect_bad(state, "forces: [{ id: a, name: A, speed: 0 }]\n", "speed must be in > 0");
    expect_bad(state, "forces: [{ id: a, name: A, speed: 5 km }]\n", "cannot be in 'km'");
    expect_bad(state, "forces: [{ id: a, name: A, own: false }]\n", "some force");
    expect_bad(state,
               "forces: [{ id: a, name: A, own: true }, { id: b, name: B, own: true }]\n",
               "two forces, 'a' and 'b'");
    expect_bad(state, "forces: [" FORCE(a) ", " FORCE(a) "]\n", "twice");
    expect_bad(state,
               "forces: [" FORCE(a) ", " FORCE(b) ", " FORCE(c) ", " FORCE(d) ", " FORCE(
                   e) ", " FORCE(f) ", " FORCE(g) "]\n",
               "at most 6 forces, not 7");
    expect_bad(state, "rules: netlogo\n" LIST, "'forces' does nothing");
    expect_bad(state, "rules: netlogo\n" EVENT("guards: 1"), "'guards' does nothing");
    expect_bad(state, "rules: netlogo\n" EVENT("shots: 1"), "'shots' does nothing");
    expect_bad(state, "rules: mesa\nobedience: { enabled: true }\n", "does nothing");
    expect_bad(state, "rules: mesa\n" EVENT("survival: 1"), "does nothing");
}

static void a_way_needs_places(void **state)
{
    steppe_scenario *s;
    static const char TEXT[] = HEAD
        "districts:\n"
        "  - { id: a, name: A, population: 10, lat: 1, lon: 1 }\n"
        "  - { id: b, name: B, population: 10 }\n"
        "events: [{ id: e, title: E, hour: 1, reinforcement: 1, from: a }]\n";
    assert_int_equal(steppe_scenario_parse(context_of(state), "t.yaml", TEXT,
                                           strlen(TEXT), NULL, 0, &s),
                     STEPPE_BAD_SCENARIO);
    assert_non_null(strstr(steppe_context_message(context_of(state)),
                           "t.yaml:7:62: event 'e': the way from 'a' is not known, "
                           "because district 'b' has no 'lat' and 'lon'"));
}

/* Read back from the resolved text, it is the same scenario. */
static void forces_read_back_the_same(void **state)
{
    static const char *const TEXTS[] = {
        LIST "events: [{ id: e, title: E, hour: 1, guards: 9, frees: 0.5, force: army,\n"
             "  from: b, reinforcement: 3, shots_at: active, orders: 0.5 }]\n",
        "forces: []\n", ""};
    for (size_t i = 0; i < 3; i++) {
        steppe_scenario *s = parse(state, words(state, HEAD PLACES "%s", TEXTS[i]));
        steppe_scenario *again = parse(state, steppe_scenario_resolved(s));
        assert_string_equal(steppe_scenario_resolved(again), steppe_scenario_resolved(s));
        assert_int_equal(again->force_count, i == 0 ? 3 : 0);
        assert_same(again->forces[0].speed.value, 60);
        assert_same(again->forces[0].patronage.value, 0.5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(without_a_list_there_is_one_force),
        with_shelf(forces_stand_in_the_order_of_the_list),
        with_shelf(the_own_force_may_be_named),
        with_shelf(those_from_afar_come_when_they_can),
        with_shelf(who_set_out_before_the_run_is_on_the_way),
        with_shelf(the_longer_the_way_the_later),
        with_shelf(a_later_order_overtakes_those_on_the_way),
        with_shelf(an_earlier_order_arrives_before_a_later_one),
        with_shelf(they_may_come_in_parts),
        with_shelf(guards_free_who_is_off_the_street),
        with_shelf(guards_do_not_patrol),
        with_shelf(officers_are_as_many_as_asked_for),
        with_shelf(room_is_kept_for_every_force),
        with_shelf(orders_on_shots_reach_the_street),
        with_shelf(what_makes_no_sense_is_refused),
        with_shelf(a_way_needs_places),
        with_shelf(forces_read_back_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
