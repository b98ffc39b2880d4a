/* Promise (nation/seat.c): the seat of power sees of a day the mean share active, what media let
 * through and whether the capital was lost; and what it does reaches people as orders, relief,
 * legitimacy, shots and hardship, or, where troops are not granted, not at all. */
#include "country.h"

/* 280 citizens on 400 cells; steps of 1 h. A chief of security works badly, and looks it. */
#define SEAT                                                                \
    "defection: { enabled: false }\npersons:\n  - { id: ruler, name: R }\n" \
    "  - { id: chief, name: C, competence: 0.6, exposure: 0.5 }\n"          \
    "  - { id: able, name: A, competence: 0.9, exposure: 0.8 }\n"
#define ON "seat: { enabled: true, incumbent: ruler }\n" SEAT
#define OFF "seat: { enabled: false, incumbent: ruler }\n" SEAT

static country land(void **state, const char *sections)
{
    return country_of(state,
                      words(state,
                            "steppe: 1\ntitle: A test\ntime: { step: 1 h, steps: 2000 }\n"
                            "citizens: { legitimacy: 0.8 }\n" LATTICE "%s",
                            sections),
                      1);
}

static void steps_to(country *c, uint64_t from, uint64_t to)
{
    for (uint64_t step = from; step <= to; step++)
        step_to(c, step);
}

/* ---- orders ---- */

#define OBEY "obedience: { enabled: true, period: 1 h, orders: 0.8, survival: 0.9 }\n"

static void expect_odds(const country *c, double survival, double orders)
{
    uint64_t obey, defect;
    const stp_temptation t = {.survival = survival,
                              .patronage = c->nation->scenario->forces[0].patronage.value,
                              .orders = orders};
    stp_obedience_odds(c->nation->scenario, &t, &obey, &defect);
    /* of 2^32; a strength is off by 1e-8 of its camps' floors */
    assert_near((double)c->conditions[0].obey[0], (double)obey, 50);
    assert_near((double)c->conditions[0].defect[0], (double)defect, 50);
}

static void worse_heads_give_worse_orders(void **state)
{
    country c =
        land(state, ON OBEY
             "offices: [{ id: o, name: O, security: 1, holder: chief }]\n"
             "events: [{ id: e, title: E, hour: 30, act: dismiss, office: o }]\n");
    step_to(&c, 0);
    expect_odds(&c, 0.9, 0.8 * (0.5 + 0.5 * 0.8)); /* 0.6 of 0.75 */
    steps_to(&c, 1, 48);
    expect_odds(&c, 0.9,
                0.8 * 0.9); /* the chief went on day 1: there is his day's work */
    assert_int_equal(c.nation->seat->offices[0].holder, STEPPE_SEAT_NOBODY);
    step_to(&c, 49);
    expect_odds(&c, 0.9, 0.8 * 0.5);
    steppe_fields fields;
    stp_nation_fields(c.nation, 0, c.conditions, &fields);
    assert_near(fields.orders, 0.4, 1e-15);
    assert_same(c.nation->districts[0].orders, 0.8); /* what the script says stays */
}

/* Better than the reference is no better than clear. */
static void orders_are_at_most_clear(void **state)
{
    country c = land(state,
                     ON "obedience: { enabled: true, period: 1 h, orders: 0.95 }\n"
                        "offices: [{ id: o, name: O, security: 1, holder: able }]\n");
    step_to(&c, 0);
    expect_odds(&c, c.nation->scenario->obedience.survival.value, 1);
}

/* Without a strong ruler forces believe less in him, if the scenario says so. */
static void belief_follows_strength(void **state)
{
    country c =
        land(state, ON OBEY
             "channels: { survival_effect: 0.5 }\n"
             "offices: [{ id: o, name: O, power: 1, holder: ruler },\n"
             "  { id: p, name: P, power: 1 }]\n"
             "vacancies: { enabled: false }\n"
             "events: [{ id: e, title: E, hour: 24, act: appoint, person: chief,\n"
             "  office: p }]\n");
    c.nation->seat->scenario->persons[1].position.value = 0;
    steps_to(&c, 0, 24);
    expect_odds(&c, 0.9, 0.8);
    step_to(&c, 25); /* the strength is half of what it was */
    expect_odds(&c, 0.9 * 0.75, 0.8);
}

/* ---- legitimacy ---- */

static void image_and_reform_are_added_to_legitimacy(void **state)
{
    static const char *const RESPONDS[] = {"", "legitimacy: { enabled: true }\n"};
    for (size_t i = 0; i < 2; i++) {
        country c =
            land(state,
                 words(state,
                       ON "%soffices: [{ id: o, name: O, image: 1, holder: chief }]\n"
                          "channels: { image_effect: 0.4 }\nreform: { legitimacy: 0.2 }\n"
                          "events: [{ id: e, title: E, hour: 24, act: deliver-reform,\n"
                          "  amount: 0.5 }]\n",
                       RESPONDS[i]));
        double image = 0.4 * 0.5 * (0.6 - 0.75);
        steps_to(&c, 0, 24);
        assert_int_equal(c.conditions[0].legitimacy, lround((0.8 + image) * 65536));
        step_to(&c, 25);
        assert_int_equal(c.conditions[0].legitimacy, lround((0.8 + image + 0.1) * 65536));
    }
}

/* What powers think of shots costs legitimacy where there are orders to shoot, and shots. */
static void blame_is_felt_where_shots_are_ordered(void **state)
{
    country c = country_of(
        state,
        HEAD "citizens: { legitimacy: 0.8 }\ndistricts:\n"
             "  - { id: a, name: A, width: 20, height: 20 }\n"
             "  - { id: b, name: B, width: 20, height: 20 }\n" ON
             "attention: { lag: 0, restraint: 0.6, blame_legitimacy: 0.3 }\n"
             "powers: [{ id: p, name: P, stance: -0.5, distance: 100 km }]\n"
             "events: [{ id: e, title: E, hour: 0, districts: [a], shots: 0.4 }]\n",
        1);
    c.active[0] = 28;
    steps_to(&c, 0, 24);
    assert_int_equal(c.conditions[0].shot, lround(0.4 * 4294967296.0));
    assert_int_equal(c.conditions[0].legitimacy, lround(0.8 * 65536));
    step_to(&c, 25);
    assert_near((double)c.conditions[0].shot / 4294967296.0, 0.4 * (1 - 0.6 * 0.5), 1e-9);
    assert_int_equal(c.conditions[0].legitimacy, lround((0.8 - 0.15) * 65536));
    assert_int_equal(c.conditions[1].shot, 0);
    assert_int_equal(c.conditions[1].legitimacy, lround(0.8 * 65536));
    assert_same(c.nation->districts[0].shots, 0.4);
}

/* ---- hardship ---- */

static double shift(const country *c)
{
    return c->conditions[0].shift[0] / 65536.0;
}

static void relief_takes_its_time(void **state)
{
    static const struct {
        const char *holder;
        double pace;
    } CASES[] = {{"ruler", 1}, {"chief", 0.8}, {"able", 1.2}};
    for (size_t i = 0; i < 3; i++) {
        country c =
            land(state, words(state,
                              ON "offices: [{ id: o, name: O, economy: 1, holder: %s }]\n"
                                 "channels: { economy_lag: 48 h }\n"
                                 "events: [{ id: e, title: E, hour: 0, relief: 0.3 }]\n",
                              CASES[i].holder));
        step_to(&c, 0);
        assert_same(shift(&c), 0);
        for (uint64_t step = 1; step <= 200; step++) {
            step_to(&c, step);
            double reached = 0.3 * (1 - exp(-(double)step * CASES[i].pace / 48));
            assert_near(shift(&c), -reached, 1.0 / 65536);
        }
    }
}

static void without_a_lag_it_is_there_at_once(void **state)
{
    static const char *const TEXTS[] = {
        ON "offices: [{ id: o, name: O, economy: 1, holder: chief }]\n",
        ON "channels: { enabled: false, economy_lag: 48 h }\n",
        OFF "channels: { economy_lag: 48 h }\n"};
    for (size_t i = 0; i < 3; i++) {
        country c = land(state,
                         words(state,
                               "%sevents: [{ id: e, title: E, hour: 5, relief: 0.25 }]\n",
                               TEXTS[i]));
        steps_to(&c, 0, 5);
        assert_same(shift(&c), 0);
        step_to(&c, 6);
        assert_same(shift(&c), -0.25);
    }
}

static void the_fund_relieves(void **state)
{
    country c = land(state, ON "flight: { exit_rate: 0, donate_rate: 0, payout: 0.1,\n"
                               "  fund_effect: 0.5 }\n");
    c.nation->seat->fund = 560;
    c.nation->seat->whole += 560;
    steps_to(&c, 0, 1); /* 56 are paid: 0.2 per resident */
    assert_near(shift(&c), -0.1, 1.0 / 65536);
}

/* What was promised and is not delivered; after expectations, which do not count it again. */
static void a_broken_promise_is_hardship(void **state)
{
    country c = land(state,
                     ON "reform: { promise_effect: 0.5, patience: 0 }\n"
                        "hardship: { expectation_weight: 3, expectation_lag: 100 h }\n"
                        "events: [{ id: e, title: E, hour: 24, act: promise-reform,\n"
                        "  amount: 0.4 }]\n");
    steps_to(&c, 0, 24);
    assert_same(shift(&c), 0);
    for (uint64_t step = 25; step <= 60; step++) {
        step_to(&c, step);
        assert_near(shift(&c), 0.2, 0.5 / 65536);
    }
}

/* ---- what is not granted ---- */

/* Two powers, of whom one grants; what it sends, and what else depends on it. */
static country granted(void **state, const char *seat, const char *power)
{
    return country_of(
        state,
        words(state,
              "steppe: 1\ntitle: A test\ntime: { step: 1 h, steps: 2000 }\n"
              "citizens: { legitimacy: 0.8 }\ndistricts:\n"
              "  - { id: a, name: A, lat: 40, lon: 70, width: 20, height: 20, officers: "
              "50 }\n"
              "officers: { deployment: 0.2 }\n%s"
              "powers:\n  - { id: yes, name: Y, stance: 1, distance: 100 km }\n"
              "  - { id: no, name: N, stance: 0.1, distance: 100 km }\n"
              "events:\n"
              "  - { id: y, title: Y, hour: 1, act: ask-troops, power: yes }\n"
              "  - { id: n, title: N, hour: 1, act: ask-troops, power: no }\n"
              "  - { id: t, title: T, hour: 3, granted_by: %s, reinforcement: 12, "
              "guards: 5,\n"
              "      legitimacy: 0.3, curfew: 0.5, orders: 0.1, relief: 0.2 }\n"
              "  - { id: w, title: W, hour: 3, granted_by: %s, reinforcement: 30, from: "
              "a,\n"
              "      force: g }\n"
              "forces: [{ id: p, name: P }, { id: g, name: G, ready: 4 h }]\n",
              seat, power, power),
        1);
}

static void nobody_comes_and_nothing_happens_without_a_grant(void **state)
{
    static const struct {
        const char *seat, *power;
        bool comes;
    } CASES[] = {{ON, "yes", true},
                 {ON, "no", false},
                 {OFF, "yes", true},
                 {OFF, "no", true}};
    for (size_t i = 0; i < 4; i++) {
        country c = granted(state, CASES[i].seat, CASES[i].power);
        steps_to(&c, 0, 3);
        assert_int_equal(c.conditions[0].officers, 10);
        step_to(&c, 4);
        assert_int_equal(c.conditions[0].officers, CASES[i].comes ? 10 + 12 + 5 : 10);
        assert_same(c.nation->districts[0].legitimacy, CASES[i].comes ? 0.3 : 0.8);
        assert_same(c.nation->districts[0].curfew, CASES[i].comes ? 0.5 : 0);
        assert_same(c.nation->districts[0].orders, CASES[i].comes ? 0.1 : 1);
        assert_same(c.nation->districts[0].relief, CASES[i].comes ? 0.2 : 0);
        steps_to(&c, 5, 8); /* ready after 4 h */
        assert_int_equal(c.conditions[0].officers, CASES[i].comes ? 57 : 10);
    }
}

/* Those who need time to come, come by what is granted when they would be there. */
static void it_is_the_grant_at_arrival_that_counts(void **state)
{
    country c = granted(state, ON, "no");
    steps_to(&c, 0, 5);
    c.nation->seat->powers[1].granted = true;
    steps_to(&c, 6, 8);
    assert_int_equal(c.conditions[0].officers, 40);
}

/* ---- what it sees ---- */

static void it_sees_the_mean_of_a_day(void **state)
{
    country c = land(state, ON);
    step_to(&c, 0);
    double sum = 0;
    for (uint64_t step = 1; step <= 24 * 5 + 1; step++) {
        step_to(&c, step);
        if (step % 24 == 1) {
            double wanted = step == 1 ? 0 : sum / 24 / 280;
            assert_near(c.nation->seat->look.active, wanted, 1e-15);
            assert_int_equal(c.nation->seat->days, step / 24 + 1);
            sum = 0;
        }
        c.counts[0].active = (step * 37) % 200; /* at the end of this step */
        sum += (double)c.counts[0].active;
    }
}

/* All citizens count alike, media by residents, and no more than all of the news gets through. */
static void it_sees_the_whole_country(void **state)
{
    country c = country_of(
        state,
        HEAD ON "districts:\n"
                "  - { id: a, name: A, population: 100 }\n"
                "  - { id: b, name: B, population: 300 }\n"
                "events:\n"
                "  - { id: x, title: X, hour: 2, districts: [a], media_reach: 3 }\n"
                "  - { id: y, title: Y, hour: 2, districts: [b],\n"
                "      media_reach: 0.2 }\n",
        1);
    c.active[0] = 20;
    c.active[1] = 60;
    steps_to(&c, 0, 1);
    assert_same(c.nation->seat->look.media, 1);
    assert_same(c.nation->seat->look.active, 0);
    steps_to(&c, 2, 25);
    assert_near(c.nation->seat->look.active, 80.0 / 400, 1e-15);
    assert_near(c.nation->seat->look.media, 0.25 + 0.75 * 0.2, 1e-15);
}

/* In one step of the day, in the capital alone, and by those who should be there. */
static void the_capital_is_lost_when_few_obey_and_more_are_violent(void **state)
{
    static const struct {
        size_t where;
        uint64_t obeying, violent;
        bool lost;
    } CASES[] = {{1, 9, 10, true},   {1, 10, 50, false}, {1, 9, 9, false},
                 {1, 0, 1, true},    {1, 0, 0, false},   {0, 0, 50, false},
                 {1, 50, 100, false}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        country c =
            country_of(state,
                       "steppe: 1\ntitle: A test\ntime: { steps: 100 }\ndistricts:\n"
                       "  - { id: a, name: A, width: 20, height: 20, officers: 50 }\n"
                       "  - { id: b, name: B, width: 20, height: 20, officers: 50 }\n"
                       "seat: { enabled: true, incumbent: ruler, capital: b, "
                       "fall_obeying: 0.2 }\n" SEAT,
                       1);
        for (uint64_t step = 0; step <= 49; step++) {
            bool now = step == 40; /* at the end of step 39, a single one */
            c.counts[0] = c.counts[1] = (steppe_counts){.obeying = 50, .officers = 50};
            if (now)
                c.counts[CASES[i].where] = (steppe_counts){.obeying = CASES[i].obeying,
                                                           .officers = 50,
                                                           .active = CASES[i].violent,
                                                           .violent = CASES[i].violent};
            step_to(&c, step);
            steppe_seat_state s;
            steppe_seat_read(c.nation->seat, &s);
            assert_int_equal(s.fallen, CASES[i].lost && step == 49);
            if (s.fallen)
                assert_string_equal(s.fell_channel, "street");
        }
    }
}

static void without_a_capital_no_street_is_enough(void **state)
{
    country c = land(state, ON);
    for (uint64_t step = 0; step <= 100; step++) {
        c.counts[0] = (steppe_counts){.officers = 16, .active = 200, .violent = 200};
        step_to(&c, step);
    }
    assert_false(c.nation->seat->fallen);
}

/* ---- without one ---- */

static void without_a_seat_nothing_is_different(void **state)
{
    static const char WORKS[] =
        "offices: [{ id: o, name: O, security: 1, economy: 1, image: 1, holder: chief "
        "}]\n"
        "events:\n"
        "  - { id: d, title: D, hour: 1, act: dismiss, person: chief }\n"
        "  - { id: p, title: P, hour: 1, act: promise-reform, amount: 1 }\n"
        "  - { id: r, title: R, hour: 2, relief: 0.1, shots: 0.2 }\n" OBEY;
    country c = land(state, words(state, OFF "%s", WORKS));
    assert_null(c.nation->seat);
    steps_to(&c, 0, 100);
    assert_int_equal(c.conditions[0].legitimacy, lround(0.8 * 65536));
    assert_near(shift(&c), -0.1, 1.0 / 65536);
    expect_odds(&c, 0.9, 0.8);
    assert_int_equal(c.conditions[0].shot, lround(0.2 * 4294967296.0));
    assert_memory_equal(&c.nation->effects, &STP_SEAT_NEUTRAL, sizeof STP_SEAT_NEUTRAL);
}

/* A run has the seat that its nation has, and none where the scenario has none. */
static void a_run_shows_its_seat(void **state)
{
    static const char *const TEXTS[] = {HEAD LATTICE ON, HEAD LATTICE OFF};
    for (size_t i = 0; i < 2; i++) {
        steppe_run *run;
        const steppe_run_options options = {.seed = 3, .threads = 1};
        expect_ok(state, steppe_run_create(context_of(state), parse(state, TEXTS[i]),
                                           &options, &run));
        expect_ok(state, steppe_run_advance(run, 1));
        const steppe_seat *seat = steppe_run_seat(run);
        if (i == 0) {
            steppe_seat_state s;
            steppe_seat_read(seat, &s);
            assert_int_equal(s.days, 1);
            assert_int_equal(seat->seed, 3);
        } else {
            assert_null(seat);
        }
        steppe_run_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(worse_heads_give_worse_orders),
        with_shelf(orders_are_at_most_clear),
        with_shelf(belief_follows_strength),
        with_shelf(image_and_reform_are_added_to_legitimacy),
        with_shelf(blame_is_felt_where_shots_are_ordered),
        with_shelf(relief_takes_its_time),
        with_shelf(without_a_lag_it_is_there_at_once),
        with_shelf(the_fund_relieves),
        with_shelf(a_broken_promise_is_hardship),
        with_shelf(nobody_comes_and_nothing_happens_without_a_grant),
        with_shelf(it_is_the_grant_at_arrival_that_counts),
        with_shelf(it_sees_the_mean_of_a_day),
        with_shelf(it_sees_the_whole_country),
        with_shelf(the_capital_is_lost_when_few_obey_and_more_are_violent),
        with_shelf(without_a_capital_no_street_is_enough),
        with_shelf(without_a_seat_nothing_is_different),
        with_shelf(a_run_shows_its_seat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
