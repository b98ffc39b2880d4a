/* Promise (nation/fear.c): the threshold of everyone in a district is higher by effect times what
 * is left of the citizens killed and, by weight, wounded there, per citizen, and, by the kernel of
 * news, elsewhere; half of it fades in each half-life. */
#include "country.h"
#include "engine/run.h"

static const double UNIT = 4294967296.0; /* of a threshold_shift */
static const double CITIZENS = 280;

/* 280 citizens on 400 cells. */
static country town(void **state, const char *fear, const char *more)
{
    return country_of(state,
                      words(state,
                            "steppe: 1\ntitle: A test\ntime: { steps: 1000 }\n"
                            "fear: { %s }\n" LATTICE "%s",
                            fear, more),
                      1);
}

/* By how much the threshold is higher, as citizens have it. */
static double cost(const country *c, size_t i)
{
    return -(double)c->conditions[i].threshold_shift / UNIT;
}

static void by_default_nobody_is_afraid(void **state)
{
    static const char *const OFF[] = {"effect: 5", "enabled: true, effect: 0"};
    for (size_t i = 0; i < 2; i++) {
        country c = town(state, OFF[i], "");
        c.counts[0] = (steppe_counts){.killed = 100, .wounded = 100};
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
        double effect, wound;
    } CASES[] = {{"enabled: true", 5, 0.1},
                 {"enabled: true, effect: 2", 2, 0.1},
                 {"enabled: true, effect: 3, wound_weight: 0.5", 3, 0.5},
                 {"enabled: true, wound_weight: 0", 5, 0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        country c = town(state, CASES[i].settings, "");
        c.counts[0] = (steppe_counts){.killed = 4, .wounded = 10};
        step_to(&c, 1);
        double wanted = CASES[i].effect * (4 + CASES[i].wound * 10) / CITIZENS;
        assert_near(stp_fear_cost(c.nation, c.nation->districts), wanted, 1e-15);
        assert_near(cost(&c, 0), wanted, 1 / UNIT);
    }
}

/* Twice as much harm is twice as much fear, as long as anybody could still be out. */
static void it_has_no_end_but_that_of_the_threshold(void **state)
{
    for (uint64_t n = 1; n <= 280; n++) {
        country c = town(state, "enabled: true, effect: 3", "");
        c.counts[0].killed = n;
        step_to(&c, 1);
        double wanted = 3 * (double)n / CITIZENS;
        assert_near(cost(&c, 0), wanted < 2 ? wanted : 2, 1 / UNIT);
    }
    country c = town(state, "enabled: true, effect: 1e6, half_life: .inf", "");
    const stp_rules rules = {.threshold = -65536 * (int64_t)65536}; /* T = -1 */
    for (uint64_t step = 1; step <= 900; step++) {
        c.counts[0].wounded = 280;
        step_to(&c, step);
    }
    assert_same(cost(&c, 0), 2);
    assert_true(stp_margin(&rules, &c.conditions[0], 65535, 0) <= 0);
}

/* Arrests count by the officers whom people see, and what officers suffer frightens nobody. */
static void it_counts_nothing_else(void **state)
{
    country c = town(state, "enabled: true", "");
    c.counts[0] = (steppe_counts){.activations = 300,
                                  .active = 100,
                                  .violent = 50,
                                  .arrests = 100,
                                  .releases = 100,
                                  .detained = 200,
                                  .citizens = 280,
                                  .officers = 16,
                                  .officers_killed = 8,
                                  .officers_wounded = 8,
                                  .officers_left = 8};
    step_to(&c, 1);
    assert_int_equal(c.conditions[0].threshold_shift, 0);
}

/* It is taken from what news and curfews make of the threshold. */
static void it_adds_to_the_others(void **state)
{
    country c = town(state, "enabled: true, effect: 2",
                     "curfew: { effect: 0.25 }\nnews: { emboldens: 0.5 }\n"
                     "events: [{ id: e, title: E, hour: 0, curfew: 1 }]\n");
    c.counts[0] = (steppe_counts){.killed = 28, .active = 28};
    step_to(&c, 1);
    assert_near(cost(&c, 0), 0.2 + 0.25 - 0.05, 2 / UNIT);
}

/* ---- time ---- */

static void half_of_it_fades_in_a_half_life(void **state)
{
    const fading f = {"fear: { enabled: true, half_life: 48 h }",
                      {.killed = 14},
                      offsetof(stp_district_state, fear),
                      0.05,
                      false,
                      1e-15};
    expect_half_to_fade(state, &f);
}

static void it_may_fade_never_or_at_once(void **state)
{
    static const struct {
        const char *settings;
        double left;
    } CASES[] = {{"enabled: true, half_life: .inf", 1},
                 {"enabled: true, half_life: 0", 0}};
    for (size_t i = 0; i < 2; i++) {
        country c = town(state, CASES[i].settings, "");
        c.counts[0].killed = 28;
        step_to(&c, 1);
        assert_near(c.nation->districts->fear, 0.1, 1e-15);
        c.counts[0].killed = 14;
        step_to(&c, 2);
        assert_near(c.nation->districts->fear, 0.1 * CASES[i].left + 0.05, 1e-15);
        c.counts[0].killed = 0;
        step_to(&c, 3);
        assert_near(c.nation->districts->fear, 0.15 * CASES[i].left, 1e-15);
    }
}

/* ---- places ---- */

static country towns(void **state, const char *fear, const char *news, const char *events)
{
    return towns_of(state, news, words(state, "fear: { enabled: true, %s }", fear),
                    events);
}

static double fear(const country *c, size_t i)
{
    return c->nation->districts[i].fear;
}

static void ones_own_weighs_most_and_the_far_least(void **state)
{
    country c = towns(state, "news_weight: 0.5", "distance: 100 km", "");
    const double *kernel = c.nation->kernel;
    c.counts[0].killed = 28;
    step_to(&c, 1);
    assert_near(fear(&c, 0), 0.1, 1e-15);
    assert_near(fear(&c, 1), 0.5 * kernel[3] * 0.1, 1e-15);
    assert_near(fear(&c, 2), 0.5 * kernel[6] * 0.1, 1e-15);
    assert_true(fear(&c, 0) > fear(&c, 1) && fear(&c, 1) > fear(&c, 2) &&
                fear(&c, 2) > 0);
}

/* A share is a share: the same everywhere, whatever the size, is the same. */
static void harm_is_by_the_head(void **state)
{
    country c = towns(state, "news_weight: 0", "distance: 100 km", "");
    assert_null(c.nation->kernel); /* nobody would need it */
    for (size_t i = 0; i < 3; i++)
        c.counts[i].killed = i == 2 ? 14 : 7;
    step_to(&c, 1);
    assert_true(c.conditions[0].threshold_shift < 0);
    assert_int_equal(c.conditions[0].threshold_shift, c.conditions[1].threshold_shift);
    assert_int_equal(c.conditions[0].threshold_shift, c.conditions[2].threshold_shift);
}

/* Who hears nothing of it fears nothing, but sees what happens at home. */
static void news_may_be_cut(void **state)
{
    country c = towns(state, "news_weight: 1", "distance: 100 km",
                      "events: [{ id: e, title: E, hour: 0, districts: [near],\n"
                      "  media_reach: 0 }]\n");
    c.counts[0].killed = 28;
    step_to(&c, 1);
    assert_same(fear(&c, 1), 0.0);
    assert_true(fear(&c, 2) > 0);
    c.counts[1].killed = 28;
    step_to(&c, 2);
    assert_near(fear(&c, 1), 0.1, 1e-15);
    c = towns(state, "news_weight: 1", "enabled: false", "");
    c.counts[0].killed = 28;
    step_to(&c, 1);
    assert_near(fear(&c, 0), 0.1, 1e-15);
    assert_same(fear(&c, 1), 0.0);
}

/* ---- against backlash ---- */

/* What harm, a share of citizens killed in a step, adds to H (1 - L) - T of somebody of hardship
 * 1 in a town of L0 = 0.8: 0.4 (1 - exp(-100 h)) - effect h, to the fixed point. */
static double push(void **state, const char *settings, uint64_t killed)
{
    country c = country_of(state,
                           words(state,
                                 HEAD "citizens: { legitimacy: 0.8 }\n%s\ndistricts:\n"
                                      "  - { id: a, name: A, width: 200, height: 200 }\n",
                                 settings),
                           1);
    c.counts[0].killed = killed; /* of 28,000 */
    step_to(&c, 1);
    return 0.8 - c.conditions[0].legitimacy / 65536.0 - cost(&c, 0);
}

static void the_sign_is_a_matter_of_the_weights(void **state)
{
    static const struct {
        const char *settings;
        double death_weight, effect;
    } CASES[] = {{"legitimacy: { enabled: true }\nfear: { enabled: true }", 100, 5},
                 {"legitimacy: { enabled: true }\nfear: { enabled: true, effect: 50 }",
                  100, 50},
                 {"legitimacy: { enabled: true, death_weight: 5 }\n"
                  "fear: { enabled: true, effect: 3 }",
                  5, 3},
                 {"legitimacy: { enabled: true }", 100, 0},
                 {"fear: { enabled: true }", 0, 5}};
    static const int SIGNS[][2] = {{1, -1}, {-1, -1}, {-1, -1}, {1, 1}, {-1, -1}};
    static const uint64_t KILLED[] = {28, 5600}; /* one in a thousand, one in five */
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        for (size_t k = 0; k < 2; k++) {
            double h = (double)KILLED[k] / 28000,
                   now = push(state, CASES[i].settings, KILLED[k]),
                   wanted = 0.4 * (1 - exp(-CASES[i].death_weight * h)) -
                            CASES[i].effect * h;
            wanted = wanted < -2 ? -2 + 0.4 : wanted;
            assert_near(now, wanted, 1e-4);
            assert_true(now * SIGNS[i][k] > 0);
        }
    }
}

/* ---- in a run ---- */

/* Mean active over the steps 11 .. 30 of a run of a town, after shots in the steps 5 .. 10. */
static double active(void **state, const char *fear)
{
    steppe_run *run;
    const steppe_scenario *s = parse(
        state, words(state,
                     "steppe: 1\ntitle: A test\ntime: { steps: 30 }\n"
                     "citizens: { legitimacy: 0.6 }\nforce: { enabled: true }\n"
                     "fear: { %s }\n" LATTICE "events:\n"
                     "  - { id: e, title: E, hour: 4, shots: 1, shots_at: active }\n"
                     "  - { id: f, title: F, hour: 10, shots: 0 }\n",
                     fear));
    expect_ok(state, steppe_run_create(context_of(state), s, NULL, &run));
    int status = steppe_run_advance(run, 10);
    double sum = 0;
    for (int i = 0; i < 20 && status == STEPPE_OK; i++) {
        status = steppe_run_advance(run, 1);
        sum += (double)steppe_run_counts(run)->active / 20;
    }
    steppe_run_free(run);
    expect_ok(state, status);
    return sum;
}

static void the_more_it_frightens_the_fewer_are_out(void **state)
{
    static const char *const EFFECTS[] = {"enabled: true, effect: 1",
                                          "enabled: true, effect: 5",
                                          "enabled: true, effect: 50"};
    double last = active(state, "enabled: false");
    assert_true(last > 10);
    for (size_t i = 0; i < 3; i++) {
        double now = active(state, EFFECTS[i]);
        assert_true(now < last);
        last = now;
    }
    assert_same(last, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(by_default_nobody_is_afraid),
        with_shelf(it_is_the_formula),
        with_shelf(it_has_no_end_but_that_of_the_threshold),
        with_shelf(it_counts_nothing_else),
        with_shelf(it_adds_to_the_others),
        with_shelf(half_of_it_fades_in_a_half_life),
        with_shelf(it_may_fade_never_or_at_once),
        with_shelf(ones_own_weighs_most_and_the_far_least),
        with_shelf(harm_is_by_the_head),
        with_shelf(news_may_be_cut),
        with_shelf(the_sign_is_a_matter_of_the_weights),
        with_shelf(the_more_it_frightens_the_fewer_are_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
