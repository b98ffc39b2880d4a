/* Promise (nation/events.c): an event takes effect in the step that begins then or next,
 * where it says, and on nothing but what it says; reinforcements are shared by
 * population. */
#include "country.h"

/* ---- when ---- */

#define DATED                    \
    "steppe: 1\ntitle: A test\n" \
    "time: { start: 2022-01-01T06:00, step: 4 h, steps: 20 }\n" LATTICE

/* Steps of 4 h from 6:00: step n begins at 6:00 + 4 h (n - 1). */
static void dates_turn_into_steps(void **state)
{
    static const struct {
        const char *date;
        uint64_t due;
    } CASES[] = {
        {"2022-01-01T06:00", 1}, /* as the run begins */
        {"2022-01-01T06:01", 2}, /* in the first step: the next one */
        {"2022-01-01T10:00", 2},
        {"2022-01-01T10:01", 3},
        {"2022-01-01T13:59", 3},
        {"2022-01-02", 6}, /* 18 h: step 6 begins at 20 h */
        {"2022-01-02T02:00", 6},
        {"2022-01-02T06:00", 7},
        {"2021-12-31", 1}, /* before the run: as it begins */
        {"1970-01-01", 1},
        {"2022-01-01T05:59", 1},
        {"2022-01-04T10:00", 20},     /* 76 h: the last step */
        {"2022-01-04T10:01", 21},     /* after the end */
        {"2122-01-01T06:00", 219145}, /* 36,524 days of 6 steps, and 1 more */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        steppe_scenario *s =
            parse(state, words(state, DATED "events: [{ id: e, title: E, date: %s }]\n",
                               CASES[i].date));
        assert_int_equal(s->events[0].due, CASES[i].due);
    }
}

/* Times in whole minutes and steps of whole minutes: the step is the next whole number
 * above minutes / step, in whole numbers, whatever hours are in floating point. */
static void minutes_are_exact(void **state)
{
    static const int STEPS[] = {1, 5, 6, 7, 10, 12, 15, 20, 23, 30, 40, 45, 90, 100, 360};
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        stp_text text = {0};
        stp_text_add(&text,
                     "steppe: 1\ntitle: A test\n"
                     "time: { start: 2022-01-01, step: %d min, steps: 20 }\n" LATTICE
                     "events:\n",
                     STEPS[i]);
        for (int minute = 0; minute < 1440; minute++)
            stp_text_add(&text, "  - { id: e%d, title: E, date: 2022-01-01T%02d:%02d }\n",
                         minute, minute / 60, minute % 60);
        keep(state, text.data, free);
        steppe_scenario *s = parse(state, text.data);
        for (int minute = 0; minute < 1440; minute++) {
            int due = (minute + STEPS[i] - 1) / STEPS[i] + 1;
            if (s->events[minute].due != (uint64_t)due)
                fail_msg(
                    "an event at minute %d is due in step %llu, not %d, of %d minutes",
                    minute, (unsigned long long)s->events[minute].due, due, STEPS[i]);
        }
    }
}

static void hours_count_from_the_start(void **state)
{
    static const struct {
        const char *hour;
        uint64_t due;
    } CASES[] = {{"0", 1},      {"0.25", 2},     {"0.5", 2},   {"0.75", 3},
                 {"1", 3},      {"48 h", 97},    {"2 d", 97},  {"90 min", 4},
                 {"29 min", 2}, {"1 week", 337}, {"31 min", 3}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        steppe_scenario *s = parse(state,
                                   words(state,
                                         "steppe: 1\ntitle: A test\n"
                                         "time: { step: 30 min, steps: 20 }\n" LATTICE
                                         "events: [{ id: e, title: E, hour: %s }]\n",
                                         CASES[i].hour));
        assert_true(s->events[0].due == CASES[i].due);
    }
}

/* Hours that are whole minutes, but not in binary: 4.15 * 60 is a little more than 249.
 * */
static void decimal_hours_are_whole_minutes(void **state)
{
    static const struct {
        const char *hour;
        uint64_t due; /* in steps of 3 minutes */
    } CASES[] = {{"4.15", 84}, {"8.3", 167}, {"16.1", 323}, {"0.05", 2}, {"0.06", 3}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        steppe_scenario *s = parse(state,
                                   words(state,
                                         "steppe: 1\ntitle: A test\n"
                                         "time: { step: 3 min, steps: 20 }\n" LATTICE
                                         "events: [{ id: e, title: E, hour: %s }]\n",
                                         CASES[i].hour));
        assert_int_equal(s->events[0].due, CASES[i].due);
    }
}

/* ---- what and where ---- */

/* Two units of two districts; populations 1000, 3000, 2000 and 4000. */
#define COUNTRY                                                                \
    HEAD "officers: { deployment: 0.5 }\nnews: { reach: 0, attention: 0.5 }\n" \
         "hardship: { price_base: 60 }\n"                                      \
         "units: [{ id: u, name: U }, { id: v, name: V }]\n"                   \
         "districts:\n"                                                        \
         "  - { id: a, name: A, unit: u, population: 1000, officers: 40 }\n"   \
         "  - { id: b, name: B, unit: u, population: 3000, officers: 40 }\n"   \
         "  - { id: c, name: C, unit: v, population: 2000, officers: 40 }\n"   \
         "  - { id: d, name: D, unit: v, population: 4000, officers: 41 }\n"

static country with_event(void **state, const char *event)
{
    return country_of(
        state, words(state, COUNTRY "events:\n  - { id: e, title: E, %s }\n", event), 1);
}

static void an_event_waits_for_its_step(void **state)
{
    country c = with_event(state, "hour: 2, legitimacy: 0.25");
    for (uint64_t step = 0; step <= 5; step++) {
        step_to(&c, step);
        assert_int_equal(c.conditions[0].legitimacy,
                         step < 3 ? lround(0.82 * 65536) : 65536 / 4);
    }
}

static void an_event_changes_what_it_says(void **state)
{
    country c = with_event(state,
                           "hour: 0, fuel_price: 90, media_reach: 0.1, attention: 2,\n"
                           "    deployment: 0.75, legitimacy: 0.5");
    step_to(&c, 1);
    for (size_t i = 0; i < 4; i++) {
        assert_same(c.nation->districts[i].price, 90);
        assert_same(c.nation->districts[i].price_base, 60);
        assert_same(c.nation->districts[i].media_reach, 0.1);
        assert_int_equal(c.conditions[i].attention, 2 * 65536);
        assert_int_equal(c.conditions[i].officers, i == 3 ? 31 : 30); /* 30.75 */
        assert_int_equal(c.conditions[i].legitimacy, 65536 / 2);
    }
}

static void an_event_leaves_the_rest_alone(void **state)
{
    country c = with_event(state, "hour: 0");
    step_to(&c, 1);
    for (size_t i = 0; i < 4; i++) {
        assert_same(c.nation->districts[i].price, 60);
        assert_same(c.nation->districts[i].media_reach, 1);
        assert_int_equal(c.conditions[i].attention, 65536 / 2);
        assert_int_equal(c.conditions[i].officers,
                         i == 3 ? 21 : 20); /* 20.5: halves up */
        assert_int_equal(c.conditions[i].legitimacy, lround(0.82 * 65536));
    }
}

static void an_event_happens_where_it_says(void **state)
{
    static const struct {
        const char *where;
        bool here[4];
    } CASES[] = {{"hour: 0", {true, true, true, true}},
                 {"hour: 0, units: [u]", {true, true, false, false}},
                 {"hour: 0, units: [v, u]", {true, true, true, true}},
                 {"hour: 0, districts: [b]", {false, true, false, false}},
                 {"hour: 0, districts: [d, a]", {true, false, false, true}},
                 {"hour: 0, units: [v], districts: [a]", {true, false, true, true}},
                 {"hour: 0, units: [v], districts: [d]", {false, false, true, true}}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        country c = with_event(state,
                               words(state, "%s, legitimacy: 0.5", CASES[i].where));
        step_to(&c, 1);
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(c.conditions[k].legitimacy,
                             CASES[i].here[k] ? 65536 / 2 : lround(0.82 * 65536));
    }
}

static void a_disabled_event_does_nothing(void **state)
{
    country c = with_event(state, "hour: 0, enabled: false, legitimacy: 0.5");
    step_to(&c, 1);
    assert_int_equal(c.conditions[0].legitimacy, lround(0.82 * 65536));
}

static void the_later_event_prevails(void **state)
{
    country c = country_of(state,
                           COUNTRY
                           "events:\n"
                           "  - { id: late, title: L, hour: 2, legitimacy: 0.75 }\n"
                           "  - { id: soon, title: S, hour: 1, legitimacy: 0.25 }\n",
                           1);
    step_to(&c, 2);
    assert_int_equal(c.conditions[0].legitimacy, 65536 / 4);
    step_to(&c, 3);
    assert_int_equal(c.conditions[0].legitimacy, 65536 / 4 * 3);
}

/* ---- over a time ---- */

/* 0.82 to 0.22 in three steps of an hour, from the third step on. */
static void an_event_may_take_its_time(void **state)
{
    static const double LEGITIMACY[] = {0.82, 0.82, 0.62, 0.42, 0.22, 0.22};
    country c = with_event(state, "hour: 2, over: 3 h, legitimacy: 0.22");
    for (uint64_t step = 1; step <= 6; step++) {
        step_to(&c, step);
        assert_int_equal(c.conditions[0].legitimacy,
                         lround(LEGITIMACY[step - 1] * 65536));
    }
}

/* Half of 40 posts, withdrawn one by one. */
static void officers_leave_one_by_one(void **state)
{
    country c = with_event(state, "hour: 0, over: 20 h, districts: [a], deployment: 0");
    for (uint64_t step = 1; step <= 22; step++) {
        step_to(&c, step);
        assert_int_equal(c.conditions[0].officers, step < 20 ? 20 - step : 0);
        assert_int_equal(c.conditions[1].officers, 20);
    }
}

static void a_new_event_takes_over_on_the_way(void **state)
{
    country c = country_of(
        state,
        COUNTRY "events:\n"
                "  - { id: fall, title: F, hour: 0, over: 10 h, legitimacy: 0 }\n"
                "  - { id: back, title: B, hour: 5, over: 2 h, legitimacy: 0.81 }\n",
        1);
    static const double LEGITIMACY[] = {0.738, 0.656, 0.574, 0.492,
                                        0.41,  0.61,  0.81,  0.81};
    for (uint64_t step = 1; step <= 8; step++) {
        step_to(&c, step);
        assert_near(c.nation->districts[0].legitimacy, LEGITIMACY[step - 1], 1e-12);
    }
}

/* A time that is no whole number of steps is rounded; half a step and less is at once. */
static void parts_are_whole_steps(void **state)
{
    static const struct {
        const char *over;
        uint64_t parts;
    } CASES[] = {{"0", 1}, {"20 min", 1}, {"90 min", 2}, {"1 d", 24}, {"100 min", 2}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        steppe_scenario *s =
            parse(state,
                  words(state,
                        HEAD LATTICE "events: [{ id: e, title: E, hour: 0, over: %s }]\n",
                        CASES[i].over));
        assert_int_equal(s->events[0].parts, CASES[i].parts);
    }
}

/* ---- reinforcements ---- */

/* 100 officers in all: by population 1 : 3 : 2 : 4, beside half of 40 (or 41) posts each.
 * */
static void reinforcements_are_shared_by_population(void **state)
{
    country c = with_event(state, "hour: 0, reinforcement: 100");
    step_to(&c, 1);
    static const uint32_t EVERYWHERE[] = {20 + 10, 20 + 30, 20 + 20, 61 /* 20.5 + 40 */};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(c.conditions[i].officers, EVERYWHERE[i]);
    c = with_event(state, "hour: 0, units: [u], reinforcement: 100");
    step_to(&c, 1);
    static const uint32_t IN_U[] = {20 + 25, 20 + 75, 20, 21};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(c.conditions[i].officers, IN_U[i]);
}

static void reinforcements_replace_each_other(void **state)
{
    country c = country_of(
        state,
        COUNTRY
        "events:\n"
        "  - { id: come, title: C, hour: 0, districts: [a], reinforcement: 100 }\n"
        "  - { id: more, title: M, hour: 1, districts: [a], reinforcement: 150 }\n"
        "  - { id: go, title: G, hour: 2, districts: [a], reinforcement: 0 }\n",
        1);
    static const uint32_t OFFICERS[] = {120, 170, 20};
    for (uint64_t step = 1; step <= 3; step++) {
        step_to(&c, step);
        assert_int_equal(c.conditions[0].officers, OFFICERS[step - 1]);
    }
}

static void reinforcements_scale_with_the_people(void **state)
{
    country c = country_of(state,
                           COUNTRY
                           "events:\n  - { id: e, title: E, hour: 0, units: [v],\n"
                           "      reinforcement: 600 }\n",
                           10);
    step_to(&c, 1);
    assert_int_equal(c.conditions[2].officers, 22); /* (20 + 200) / 10 */
    assert_int_equal(c.conditions[3].officers, 42); /* (20.5 + 400) / 10 */
}

/* What a country gets is shared: a small district has to hold its share of it, not all of
 * it. Here 900 officers for 900,000 residents, of whom 900 live in a district of 1,296
 * cells: one officer. */
static void a_share_has_to_fit_and_not_the_whole(void **state)
{
    country c = country_of(state,
                           HEAD
                           "districts:\n"
                           "  - { id: small, name: S, population: 900, officers: 0 }\n"
                           "  - { id: large, name: L, population: 899100, officers: 0 }\n"
                           "events:\n"
                           "  - { id: e, title: E, hour: 0, reinforcement: 900 }\n",
                           1);
    step_to(&c, 1);
    assert_int_equal(c.conditions[0].officers, 1);
    assert_int_equal(c.conditions[1].officers, 899);
}

/* "false removes the event from the run." */
static void a_disabled_reinforcement_needs_no_room(void **state)
{
    country c = country_of(state,
                           HEAD LATTICE
                           "events: [{ id: e, title: E, hour: 0, enabled: false,\n"
                           "  reinforcement: 1000000 }]\n",
                           1);
    step_to(&c, 1);
    assert_int_equal(c.conditions[0].officers, 16); /* 4% of 400 cells */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(dates_turn_into_steps),
        with_shelf(minutes_are_exact),
        with_shelf(hours_count_from_the_start),
        with_shelf(decimal_hours_are_whole_minutes),
        with_shelf(an_event_waits_for_its_step),
        with_shelf(an_event_changes_what_it_says),
        with_shelf(an_event_leaves_the_rest_alone),
        with_shelf(an_event_happens_where_it_says),
        with_shelf(a_disabled_event_does_nothing),
        with_shelf(the_later_event_prevails),
        with_shelf(an_event_may_take_its_time),
        with_shelf(officers_leave_one_by_one),
        with_shelf(a_new_event_takes_over_on_the_way),
        with_shelf(parts_are_whole_steps),
        with_shelf(reinforcements_are_shared_by_population),
        with_shelf(reinforcements_replace_each_other),
        with_shelf(reinforcements_scale_with_the_people),
        with_shelf(a_share_has_to_fit_and_not_the_whole),
        with_shelf(a_disabled_reinforcement_needs_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
