/* Promise (seat/reform.c, seat/fall.c): what is promised and not delivered comes to be a
 * grievance, what is delivered brings legitimacy; and the ruler falls by the elite, the
 * street, or both, after which nothing changes. */
#include "court.h"

#define HEADLESS \
    "persons: [{ id: ruler, name: R }, { id: rival, name: V, position: 0 }]\n"

/* A seat where nothing but reform happens; acts from day 1. */
static court land(void **state, const char *reform, const char *events)
{
    return daily(state, words(state,
                              "seat: { enabled: true, incumbent: ruler }\n"
                              "defection: { enabled: false }\nreform: { %s }\n" HEADLESS
                              "offices:\n"
                              "  - { id: o, name: O, power: 1, holder: ruler }\n"
                              "  - { id: b, name: B, economy: 1, holder: ruler }\n"
                              "events:\n%s",
                              reform, events));
}

#define PROMISE "  - { id: p, title: P, hour: 24, act: promise-reform, amount: 0.6 }\n"
#define DELIVER(hour, amount)                                                            \
    "  - { id: d, title: D, hour: " #hour ", act: deliver-reform, amount: " #amount " }" \
    "\n"

static double counted_on(double days)
{
    return 0.6 * (1 - exp(-24 * days / 1440)); /* patience: 60 d */
}

static void a_promise_alone_comes_to_be_a_grievance(void **state)
{
    court c = land(state, "promise_effect: 0.5, legitimacy: 0.3", PROMISE);
    quiet_days(&c, 1);
    assert_same(seen(&c).reform_hardship, 0);
    double last = 0;
    for (int day = 1; day <= 200; day++) {
        quiet_days(&c, 1);
        assert_near(seen(&c).reform_hardship, 0.5 * counted_on(day), 1e-12);
        assert_true(seen(&c).reform_hardship > last);
        assert_same(seen(&c).reform_legitimacy, 0);
        last = seen(&c).reform_hardship;
    }
    assert_same(first_noted(&c, "promised")->amount, 0.6);
}

/* As in the source: the promise itself. */
static void without_patience_it_is_one_at_once(void **state)
{
    court c = land(state, "promise_effect: 0.5, patience: 0", PROMISE);
    quiet_days(&c, 2);
    assert_near(seen(&c).reform_hardship, 0.3, 1e-15);
}

static void what_is_delivered_in_time_is_none(void **state)
{
    court c = land(state, "legitimacy: 0.3", PROMISE DELIVER(48, 0.6));
    quiet_days(&c, 2);
    assert_true(seen(&c).reform_hardship > 0);
    for (int day = 0; day < 300; day++) {
        quiet_days(&c, 1);
        assert_same(seen(&c).reform_hardship, 0);
        assert_near(seen(&c).reform_legitimacy, 0.18, 1e-15);
    }
}

/* Late and less than promised: better than before, worse than in time. */
static void what_is_delivered_in_part_leaves_a_part(void **state)
{
    court c = land(state, "promise_effect: 0.5, legitimacy: 0.3, patience: 0",
                   PROMISE DELIVER(480, 0.4));
    quiet_days(&c, 20);
    assert_near(seen(&c).reform_hardship, 0.3, 1e-15);
    quiet_days(&c, 1);
    assert_near(seen(&c).reform_hardship, 0.1, 1e-15);
    assert_near(seen(&c).reform_legitimacy, 0.12, 1e-15);
}

/* More than was promised is no grievance. */
static void delivery_may_go_beyond(void **state)
{
    court c = land(state, "patience: 0, legitimacy: 0.5", PROMISE DELIVER(48, 1));
    quiet_days(&c, 5);
    assert_same(seen(&c).reform_hardship, 0);
    assert_near(seen(&c).reform_legitimacy, 0.5, 1e-15);
    assert_same(seen(&c).promised, 0.6);
}

static void to_lose_what_one_has_is_a_grievance(void **state)
{
    court c = land(
        state, "status_quo: 0.5, loss_effect: 0.8, promise_effect: 0, legitimacy: 0.1",
        DELIVER(24, 0.2));
    assert_same(seen(&c).promised, 0.5);
    assert_same(seen(&c).delivered, 0.5);
    assert_same(seen(&c).reform_hardship, 0);
    assert_same(seen(&c).reform_legitimacy, 0);
    quiet_days(&c, 2);
    assert_near(seen(&c).reform_hardship, 0.8 * 0.3, 1e-15);
    assert_near(seen(&c).reform_legitimacy, -0.03, 1e-15);
}

/* An act that takes a week goes an equal part of the way in each of seven days, also
 * where it begins in the evening. */
static void a_ramp_takes_its_days(void **state)
{
    for (int evening = 0; evening < 2; evening++) {
        court c = court_of(
            state,
            words(state,
                  "steppe: 1\ntitle: A test\ntime: { step: 1 h, steps: 5000 }\n" LATTICE
                  "seat: { enabled: true, incumbent: ruler }\n" HEADLESS
                  "events: [{ id: e, title: E, hour: %d, act: promise-reform, amount: "
                  "0.7,\n"
                  "  over: 7 d }]\n",
                  evening ? 19 : 24));
        quiet_days(&c, 24);
        for (int day = 1; day <= 9; day++) {
            assert_near(seen(&c).promised, day == 1 ? 0 : 0.1 * fmin(day - 1, 7), 1e-14);
            quiet_days(&c, 24);
        }
        assert_same(seen(&c).promised, 0.7);
    }
}

/* Another promise starts from where the first has come. */
static void a_later_promise_takes_over(void **state)
{
    court c =
        land(state, "patience: 0",
             "  - { id: p, title: P, hour: 24, act: promise-reform, amount: 1,\n"
             "      over: 10 d }\n"
             "  - { id: q, title: Q, hour: 120, act: promise-reform, amount: 0 }\n");
    quiet_days(&c, 5);
    assert_near(seen(&c).promised, 0.4, 1e-15);
    quiet_days(&c, 1);
    assert_same(seen(&c).promised, 0);
}

/* By itself, as fast as the economic offices work. */
static void delivery_may_follow_by_itself(void **state)
{
    static const double COMPETENCE[] = {0.75, 0.5, 1};
    for (size_t i = 0; i < 3; i++) {
        court c = daily(state,
                        words(state,
                              "seat: { enabled: true, incumbent: ruler }\n"
                              "defection: { enabled: false }\nreform: { pace: 0.1 }\n"
                              "persons: [{ id: ruler, name: R, competence: %g }]\n"
                              "offices: [{ id: b, name: B, economy: 1, holder: "
                              "ruler }]\nevents:\n" PROMISE,
                              COMPETENCE[i]));
        quiet_days(&c, 1);
        for (int day = 1; day <= 20; day++) {
            quiet_days(&c, 1);
            double pace = 0.1 * COMPETENCE[i] / 0.75;
            assert_near(seen(&c).delivered, 0.6 * (1 - exp(-pace * day)), 1e-12);
        }
    }
}

static void switched_off_nobody_minds(void **state)
{
    court c = land(state, "enabled: false, patience: 0, loss_effect: 2",
                   PROMISE DELIVER(48, 0.2));
    quiet_days(&c, 9);
    assert_same(seen(&c).reform_hardship, 0);
    assert_same(seen(&c).reform_legitimacy, 0);
}

/* ---- the fall ---- */

/* The strength is that of weights, and the threshold that of a game without a public
 * signal: 1 - c. */
static court weak(void **state, double ruler, const char *seat)
{
    return daily(
        state,
        words(state,
              "seat: { enabled: true, incumbent: ruler, %s }\n"
              "defection: { alpha: 0, cost: 0.7, loyalty_effect: 0 }\n"
              "vacancies: { enabled: false }\n" HEADLESS "offices:\n"
              "  - { id: o, name: O, power: %g, holder: ruler }\n"
              "  - { id: q, name: Q, power: %g, holder: rival }\n"
              "events:\n"
              "  - { id: up, title: U, hour: 96, act: take-office, office: q }\n"
              "  - { id: again, title: A, hour: 144, act: appoint, person: rival,\n"
              "      office: q }\n",
              seat, ruler, 1 - ruler));
}

static void by_the_elite_after_days_on_end(void **state)
{
    static const struct {
        const char *time;
        uint64_t days;
    } CASES[] = {{"fall_time: 24 h", 1},
                 {"fall_time: 25 h", 2},
                 {"fall_time: 72 h", 3},
                 {"fall_time: 73 h", 4}};
    for (size_t i = 0; i < 4; i++) {
        court c = weak(state, 0.25, CASES[i].time);
        assert_near(seen(&c).threshold, 0.3, 1e-12);
        quiet_days(&c, CASES[i].days - 1);
        assert_false(seen(&c).fallen);
        assert_string_equal(seen(&c).fell_channel, "");
        quiet_days(&c, 1);
        assert_true(seen(&c).fallen);
        assert_string_equal(seen(&c).fell_channel, "elite");
        assert_int_equal(seen(&c).fell_day, CASES[i].days - 1);
        assert_int_equal(first_noted(&c, "fell")->day, CASES[i].days - 1);
        assert_int_equal(first_noted(&c, "fell")->person, person_of(&c, "ruler"));
    }
}

/* Two good days in between, and it begins anew. */
static void days_are_counted_on_end(void **state)
{
    court c = weak(state, 0.25, "fall_time: 5 d");
    quiet_days(&c, 4);
    assert_int_equal(c.seat->days_below, 4);
    quiet_days(&c, 1);
    assert_int_equal(c.seat->days_below, 0);
    quiet_days(&c, 5);
    assert_false(seen(&c).fallen);
    quiet_days(&c, 1);
    assert_true(seen(&c).fallen);
    assert_int_equal(seen(&c).fell_day, 10);
}

static void who_is_strong_does_not_fall(void **state)
{
    court c = weak(state, 0.35, "fall_time: 1 d");
    quiet_days(&c, 300);
    assert_false(seen(&c).fallen);
}

/* Where nobody can change sides, there is no elite to fall by. */
static void without_the_game_no_elite_is_enough(void **state)
{
    court c = weak(state, 0.25, "fall_time: 1 d");
    c.scenario->defection.enabled.value = 0;
    active_days(&c, 50, 0.5);
    assert_false(seen(&c).fallen);
    const steppe_seat_look lost = {.media = 1, .capital_lost = true};
    go_on(&c, 1, &lost);
    assert_string_equal(seen(&c).fell_channel, "street");
}

static void by_the_street_at_once(void **state)
{
    static const struct {
        double ruler;
        const char *channel;
    } CASES[] = {{0.9, "street"}, {0.25, "both"}};
    for (size_t i = 0; i < 2; i++) {
        court c = weak(state, CASES[i].ruler, "fall_time: 3 d");
        quiet_days(&c, 2);
        const steppe_seat_look lost = {.media = 1, .capital_lost = true};
        go_on(&c, 1, &lost);
        assert_true(seen(&c).fallen);
        assert_int_equal(seen(&c).fell_day, 2);
        assert_string_equal(seen(&c).fell_channel, CASES[i].channel);
    }
}

static void after_the_fall_nothing_changes(void **state)
{
    court c = weak(state, 0.25, "fall_time: 2 d");
    const steppe_seat_look look = {.active = 0.001, .media = 0.5};
    go_on(&c, 2, &look);
    assert_true(seen(&c).fallen);
    court then = c;
    steppe_seat copy = *c.seat;
    then.seat = &copy;
    active_days(&c, 60, 0.5);
    assert_int_equal(seen(&c).days, 62); /* time goes on */
    copy.days = c.seat->days;
    expect_alike(&then, &c);
    assert_same(seen(&c).look.active, 0.001);
    assert_int_equal(noted(&c, "void"), 2);
    assert_int_equal(noted(&c, "fell"), 1);
    assert_string_equal(holder(&c, "q"), "rival");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(a_promise_alone_comes_to_be_a_grievance),
        with_shelf(without_patience_it_is_one_at_once),
        with_shelf(what_is_delivered_in_time_is_none),
        with_shelf(what_is_delivered_in_part_leaves_a_part),
        with_shelf(delivery_may_go_beyond),
        with_shelf(to_lose_what_one_has_is_a_grievance),
        with_shelf(a_ramp_takes_its_days),
        with_shelf(a_later_promise_takes_over),
        with_shelf(delivery_may_follow_by_itself),
        with_shelf(switched_off_nobody_minds),
        with_shelf(by_the_elite_after_days_on_end),
        with_shelf(days_are_counted_on_end),
        with_shelf(who_is_strong_does_not_fall),
        with_shelf(without_the_game_no_elite_is_enough),
        with_shelf(by_the_street_at_once),
        with_shelf(after_the_fall_nothing_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
