/* Promise (nation/boldness.c): the threshold of everyone in a district is lower by effect times the citizen-hours per
 * resident that went unpunished there, at most by `most`; half of them are forgotten in each half-life. */
#include "country.h"
#include "engine/run.h"

static const double UNIT = 4294967296.0; /* of a threshold_shift */
static const double CITIZENS = 280;

/* 280 citizens on 400 cells. */
static country town(void **state, const char *boldness, const char *more)
{
    return country_of(state,
                      words(state,
                            "steppe: 1\ntitle: A test\ntime: { steps: 1000 }\n"
                            "boldness: { %s }\n" LATTICE "%s",
                            boldness, more),
                      1);
}

/* By how much the threshold is lower, as citizens have it. */
static double gain(const country *c, size_t i)
{
    return (double)c->conditions[i].threshold_shift / UNIT;
}

static void by_default_nobody_is_bolder(void **state)
{
    static const char *const OFF[] = {"effect: 5", "enabled: true, effect: 0",
                                      "enabled: true, most: 0"};
    for (size_t i = 0; i < 3; i++) {
        country c = town(state, OFF[i], "");
        c.counts[0].active = 200;
        for (uint64_t step = 0; step <= 3; step++) {
            step_to(&c, step);
            assert_int_equal(c.conditions[0].threshold_shift, 0);
        }
    }
}

static void it_is_the_formula(void **state)
{
    static const struct {
        const char *settings;
        steppe_counts counts;
        double wanted;
    } CASES[] = {{"enabled: true", {.active = 140}, 0.005},
                 {"enabled: true, effect: 0.02", {.active = 140}, 0.01},
                 {"enabled: true, effect: 0.02, undone: 10",
                  {.active = 140, .arrests = 2},
                  0.02 * 120 / 280},
                 {"enabled: true, effect: 0.02, undone: 10",
                  {.active = 140, .arrests = 2, .killed = 3, .wounded = 4},
                  0.02 * 50 / 280},
                 {"enabled: true, undone: 24", {.active = 140, .arrests = 10}, 0},
                 {"enabled: true, undone: 0", {.active = 140, .arrests = 100}, 0.005},
                 {"enabled: true, effect: 10, most: 0.03", {.active = 140}, 0.03}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        country c = town(state, CASES[i].settings, "");
        c.counts[0] = CASES[i].counts;
        step_to(&c, 1);
        assert_near(stp_boldness_lowers(c.nation, c.nation->districts), CASES[i].wanted,
                    1e-15);
        assert_near(gain(&c, 0), CASES[i].wanted, 1 / UNIT);
    }
}

/* What officers suffer, who is held and who is let go count for nothing. */
static void it_counts_nothing_else(void **state)
{
    country c = town(state, "enabled: true", "");
    c.counts[0] = NO_HARM;
    step_to(&c, 1);
    assert_int_equal(c.conditions[0].threshold_shift, 0);
}

/* It is set against fear and curfews. */
static void it_adds_to_the_others(void **state)
{
    country c = town(state, "enabled: true, effect: 0.1, most: 1, undone: 0",
                     "curfew: { effect: 0.25 }\nfear: { enabled: true, effect: 2 }\n"
                     "events: [{ id: e, title: E, hour: 0, curfew: 1 }]\n");
    c.counts[0] = (steppe_counts){.killed = 28, .active = 140};
    step_to(&c, 1);
    assert_near(gain(&c, 0), 0.05 - 0.2 - 0.25, 2 / UNIT);
}

static void half_of_it_fades_in_a_half_life(void **state)
{
    const fading f = {"boldness: { enabled: true, half_life: 48 h }",
                      {.active = 14},
                      offsetof(stp_district_state, boldness),
                      14 / CITIZENS,
                      true,
                      1e-14};
    expect_half_to_fade(state, &f);
}

/* Each district remembers its own. */
static void it_stays_where_it_was(void **state)
{
    country c = towns_of(state, "distance: 100 km, emboldens: 0",
                         "boldness: { enabled: true }", "");
    c.counts[0].active = 28;
    step_to(&c, 1);
    assert_true(gain(&c, 0) > 0);
    assert_int_equal(c.conditions[1].threshold_shift, 0);
    assert_int_equal(c.conditions[2].threshold_shift, 0);
    c.counts[2].active = 56; /* the same share of twice as many */
    c.counts[0].active = 0;
    step_to(&c, 2);
    assert_near(c.nation->districts[2].boldness, 0.1, 1e-15);
}

/* Citizen-hours of a second rise of the price, 12 days after a first. */
static double second_wave(void **state, const char *boldness)
{
    steppe_run *run;
    const steppe_scenario *s = parse(
        state, words(state,
                     "steppe: 1\ntitle: A test\ntime: { steps: 400 }\n"
                     "citizens: { legitimacy: 0.8 }\nboldness: { %s }\n"
                     "hardship: { price_effect: 0.3, price_lag: 1 h }\ndistricts:\n"
                     "  - { id: a, name: A, width: 40, height: 40, fuel_dependence: 1 }\n"
                     "events:\n"
                     "  - { id: e, title: E, hour: 4, fuel_price: 2 }\n"
                     "  - { id: f, title: F, hour: 28, fuel_price: 1 }\n"
                     "  - { id: g, title: G, hour: 320, fuel_price: 2 }\n"
                     "  - { id: h, title: H, hour: 344, fuel_price: 1 }\n",
                     boldness));
    expect_ok(state, steppe_run_create(context_of(state), s, NULL, &run));
    int status = steppe_run_advance(run, 319);
    double sum = 0;
    for (int i = 0; i < 40 && status == STEPPE_OK; i++) {
        status = steppe_run_advance(run, 1);
        sum += (double)steppe_run_counts(run)->active;
    }
    steppe_run_free(run);
    expect_ok(state, status);
    return sum;
}

static void the_second_wave_is_the_larger_the_bolder(void **state)
{
    static const char *const EFFECTS[] = {
        "enabled: true, undone: 0, effect: 0.005, most: 0.2",
        "enabled: true, undone: 0, effect: 0.02, most: 0.2",
        "enabled: true, undone: 0, effect: 0.1, most: 0.2"};
    double last = second_wave(state, "enabled: false");
    assert_true(last > 10);
    for (size_t i = 0; i < 3; i++) {
        double now = second_wave(state, EFFECTS[i]);
        assert_true(now > last);
        last = now;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(by_default_nobody_is_bolder),
        with_shelf(it_is_the_formula),
        with_shelf(it_counts_nothing_else),
        with_shelf(it_adds_to_the_others),
        with_shelf(half_of_it_fades_in_a_half_life),
        with_shelf(it_stays_where_it_was),
        with_shelf(the_second_wave_is_the_larger_the_bolder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
