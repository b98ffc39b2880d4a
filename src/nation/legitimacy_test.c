/* Promise (nation/legitimacy.c): legitimacy is L0 while nothing happens; legality falls with
 * the share active, support with harm by exp(-harm per citizen), one's own and, by the kernel
 * of news, that of others; what is lost of support halves in each half-life. */
#include "country.h"
#include "engine/run.h"

/* 280 citizens on 400 cells; L0 = 0.8, so that shares of it are easily seen. */
static country town(void **state, const char *legitimacy, const char *more)
{
    return country_of(state,
                      words(state,
                            "steppe: 1\ntitle: A test\ntime: { steps: 1000 }\n"
                            "citizens: { legitimacy: 0.8 }\nlegitimacy: { %s }\n" LATTICE
                            "%s",
                            legitimacy, more),
                      1);
}

static const double CITIZENS = 280, L0 = 0.8;

static double share(const country *c, size_t i)
{
    return stp_legitimacy(c->nation, &c->nation->districts[i]) / L0;
}

static void by_default_it_does_not_respond(void **state)
{
    country c = town(state, "arrest_weight: 1000", "");
    c.counts[0] = (steppe_counts){.active = 280, .arrests = 100, .killed = 100};
    for (uint64_t step = 0; step <= 5; step++) {
        step_to(&c, step);
        assert_int_equal(c.conditions[0].legitimacy, lround(L0 * 65536));
    }
}

/* Whatever the weights: the scenario's legitimacy keeps its meaning. */
static void while_nothing_happens_it_is_as_given(void **state)
{
    static const char *const WEIGHTS[] = {
        "enabled: true",
        "enabled: true, justification: 0",
        "enabled: true, justification: 0.3, legality_weight: 1",
        "enabled: true, support_weight: 0",
        "enabled: true, legality_weight: 0, justification_weight: 0",
        "enabled: true, legality_weight: 0, justification_weight: 0, support_weight: 0"};
    for (size_t i = 0; i < sizeof WEIGHTS / sizeof *WEIGHTS; i++) {
        country c = town(state, WEIGHTS[i], "");
        for (uint64_t step = 0; step <= 3; step++) {
            step_to(&c, step);
            assert_near(share(&c, 0), 1, 1e-15);
            assert_int_equal(c.conditions[0].legitimacy, lround(L0 * 65536));
        }
    }
}

static void it_is_the_formula(void **state)
{
    static const struct {
        const char *settings;
        double legality, granted, support; /* weights; justification is in the second */
    } CASES[] = {{"enabled: true", 0.25, 0.25, 0.5},
                 {"enabled: true, justification: 0.4", 0.25, 0.1, 0.5},
                 {"enabled: true, legality_weight: 1, justification_weight: 0.5, "
                  "support_weight: 0.75",
                  1, 0.5, 0.75}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        country c = town(state, CASES[i].settings, "");
        c.counts[0] =
            (steppe_counts){.active = 70, .arrests = 14, .wounded = 3, .killed = 1};
        step_to(&c, 1);
        double harm = (14 + 10 * 3 + 100 * 1) / CITIZENS;
        double wanted = (CASES[i].legality * 0.75 + CASES[i].granted +
                         CASES[i].support * exp(-harm)) /
                        (CASES[i].legality + CASES[i].granted + CASES[i].support);
        assert_near(share(&c, 0), wanted, 1e-14);
        assert_int_equal(c.conditions[0].legitimacy, lround(L0 * wanted * 65536));
    }
}

/* Everybody active, and harm without bounds: what is granted is left, and no more. */
static void its_limits(void **state)
{
    static const struct {
        const char *settings;
        double left;
    } CASES[] = {{"enabled: true, death_weight: 1e9", 0.25},
                 {"enabled: true, death_weight: 1e9, justification: 0", 0},
                 {"enabled: true, death_weight: 1e9, justification: 0.5", 0.125 / 0.875}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        country c = town(state, CASES[i].settings, "");
        c.counts[0] = (steppe_counts){.active = 280, .killed = 280};
        step_to(&c, 1);
        assert_near(share(&c, 0), CASES[i].left, 1e-15);
    }
}

static void it_falls_with_everything_that_it_counts(void **state)
{
    double last[4] = {1, 1, 1, 1};
    for (uint64_t n = 1; n <= 280; n++) {
        const steppe_counts counts[] = {{.active = n},
                                        {.arrests = n},
                                        {.wounded = n},
                                        {.killed = n}};
        for (size_t k = 0; k < 4; k++) {
            country c = town(state, "enabled: true, wound_weight: 2, death_weight: 3",
                             "");
            c.counts[0] = counts[k];
            step_to(&c, 1);
            assert_true(share(&c, 0) < last[k]);
            last[k] = share(&c, 0);
        }
        assert_true(last[1] > last[2] && last[2] > last[3]); /* by their weights */
    }
}

/* Neither those in jail nor what officers suffer is harm. */
static void it_counts_nothing_else(void **state)
{
    country c = town(state, "enabled: true", "");
    c.counts[0] = NO_HARM;
    step_to(&c, 1);
    assert_same(share(&c, 0), 1.0);
}

/* ---- time ---- */

static void support_comes_back_with_its_half_life(void **state)
{
    const fading f = {"legitimacy: { enabled: true, half_life: 48 h }",
                      {.arrests = 140},
                      offsetof(stp_district_state, support_lost),
                      1 - exp(-0.5),
                      false,
                      1e-14};
    expect_half_to_fade(state, &f);
}

static void support_may_come_back_never_or_at_once(void **state)
{
    static const struct {
        const char *half_life;
        double left;
    } CASES[] = {{"enabled: true, half_life: .inf", 1},
                 {"enabled: true, half_life: 0", 0}};
    for (size_t i = 0; i < 2; i++) {
        country c = town(state, CASES[i].half_life, "");
        const stp_district_state *p = c.nation->districts;
        c.counts[0].arrests = 28;
        step_to(&c, 1);
        assert_near(p->support_lost, 1 - exp(-0.1), 1e-15);
        c.counts[0].arrests = 0;
        step_to(&c, 2);
        assert_near(p->support_lost, CASES[i].left * (1 - exp(-0.1)), 1e-15);
    }
}

/* Nothing is lost or won by when it happens, as long as nothing is forgotten. */
static void harm_adds_up(void **state)
{
    country slowly = town(state, "enabled: true, half_life: .inf", "");
    country at_once = town(state, "enabled: true, half_life: .inf", "");
    for (uint64_t n = 1; n <= 50; n++) {
        slowly.counts[0].arrests = n;
        step_to(&slowly, n);
    }
    at_once.counts[0].arrests = 50 * 51 / 2;
    step_to(&at_once, 1);
    assert_near(share(&slowly, 0), share(&at_once, 0), 1e-14);
}

static void it_comes_back_when_it_is_quiet(void **state)
{
    country c = town(state, "enabled: true, half_life: 24 h", "");
    c.counts[0] = (steppe_counts){.active = 28, .arrests = 28};
    step_to(&c, 1);
    c.counts[0] = (steppe_counts){0};
    double last = share(&c, 0);
    for (uint64_t n = 2; n <= 900; n++) {
        step_to(&c, n);
        assert_true(share(&c, 0) >= last && share(&c, 0) <= 1);
        last = share(&c, 0);
    }
    assert_near(last, 1, 1e-10);
}

/* ---- places ---- */

static country towns(void **state, const char *legitimacy, const char *news,
                     const char *events)
{
    return towns_of(
        state, news,
        words(state, "citizens: { legitimacy: 0.8 }\nlegitimacy: { enabled: true, %s }",
              legitimacy),
        events);
}

static double lost(const country *c, size_t i)
{
    return c->nation->districts[i].support_lost;
}

static void ones_own_weighs_most_and_the_far_least(void **state)
{
    country c = towns(state, "own_weight: 2, news_weight: 0.5", "distance: 100 km", "");
    const double *kernel = c.nation->kernel;
    c.counts[0].arrests = 28;
    step_to(&c, 1);
    assert_near(lost(&c, 0), 1 - exp(-2 * 0.1), 1e-15);
    assert_near(lost(&c, 1), 1 - exp(-0.5 * kernel[3] * 0.1), 1e-15);
    assert_near(lost(&c, 2), 1 - exp(-0.5 * kernel[6] * 0.1), 1e-15);
    assert_true(lost(&c, 0) > lost(&c, 1) && lost(&c, 1) > lost(&c, 2) &&
                lost(&c, 2) > 0);
}

/* A share is a share: the same everywhere, whatever the size, is the same to all but for how
 * much each hears of itself. */
static void harm_is_by_the_head(void **state)
{
    country c = towns(state, "news_weight: 0", "distance: 100 km", "");
    for (size_t i = 0; i < 3; i++)
        c.counts[i] = (steppe_counts){.active = i == 2 ? 56 : 28,
                                      .arrests = i == 2 ? 14 : 7};
    step_to(&c, 1);
    assert_int_equal(c.conditions[0].legitimacy, c.conditions[2].legitimacy);
    c = towns(state, "news_weight: 1", "distance: 100 km", "");
    for (size_t i = 0; i < 3; i++)
        c.counts[i].arrests = i == 2 ? 56 : 28;
    step_to(&c, 1);
    for (size_t i = 0; i < 3; i++)
        assert_near(lost(&c, i), 1 - exp(-0.1 * (2 - c.nation->kernel[4 * i])), 1e-14);
}

/* Who hears nothing of it loses nothing by it, but sees what happens at home. */
static void news_may_be_cut(void **state)
{
    country c = towns(state, "news_weight: 1", "distance: 100 km",
                      "events: [{ id: e, title: E, hour: 0, districts: [near],\n"
                      "  media_reach: 0 }]\n");
    c.counts[0].arrests = 28;
    step_to(&c, 1);
    assert_same(lost(&c, 1), 0.0);
    assert_true(lost(&c, 2) > 0);
    c.counts[1].arrests = 28;
    step_to(&c, 2);
    assert_near(lost(&c, 1), 1 - exp(-0.1), 1e-15);
    c = towns(state, "news_weight: 1", "enabled: false", "");
    c.counts[0].arrests = 28;
    step_to(&c, 1);
    assert_near(lost(&c, 0), 1 - exp(-0.1), 1e-15);
    assert_same(lost(&c, 1), 0.0);
}

/* ---- events ---- */

/* What an event sets is what it would be if nothing happened; the rest goes on. */
static void an_event_sets_what_it_falls_from(void **state)
{
    country c = town(state, "enabled: true, half_life: .inf",
                     "events: [{ id: e, title: E, hour: 1, legitimacy: 0.4 }]\n");
    c.counts[0].arrests = 28;
    step_to(&c, 1);
    double before = stp_legitimacy(c.nation, c.nation->districts);
    c.counts[0].arrests = 0;
    step_to(&c, 2);
    assert_near(stp_legitimacy(c.nation, c.nation->districts), before / 2, 1e-15);
}

/* ---- in a run ---- */

/* What became of a run of the published scenario. */
typedef struct story {
    uint64_t
        rebellion; /* step in which more than 100 were active for the first time, or 0 */
    double late;   /* mean active in the last 500 steps ... */
    uint32_t legitimacy; /* ... and the highest L in them, units of 1/65536 */
} story;

static story story_of(void **state, const char *setting, uint64_t seed)
{
    story s = {0};
    steppe_scenario *scenario;
    steppe_run *run;
    expect_ok(state,
              steppe_scenario_open(context_of(state),
                                   "scenarios/published/lemos-2016-legitimacy.yaml",
                                   &setting, 1, &scenario));
    keep(state, scenario, release_scenario);
    const steppe_run_options options = {.seed = seed, .threads = 1};
    expect_ok(state, steppe_run_create(context_of(state), scenario, &options, &run));
    int status = STEPPE_OK;
    for (uint64_t step = 1; step <= 3000 && status == STEPPE_OK; step++) {
        status = steppe_run_advance(run, 1);
        uint64_t active = steppe_run_counts(run)->active;
        if (s.rebellion == 0 && active > 100)
            s.rebellion = step;
        if (step <= 2500)
            continue;
        s.late += (double)active / 500;
        if (run->conditions[0].legitimacy > s.legitimacy)
            s.legitimacy = run->conditions[0].legitimacy;
    }
    steppe_run_free(run);
    expect_ok(state, status);
    return s;
}

/* Lemos, Lopes and Coelho 2016: long calm, then a large rebellion, after which legitimacy does not
 * return to its initial value. The same regime without feedback stays calm. */
static void calm_ends_in_a_rebellion_that_stays(void **state)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        story with = story_of(state, "legitimacy.enabled=true", seed);
        story without = story_of(state, "legitimacy.enabled=false", seed);
        assert_true(with.rebellion > 100);
        assert_true(with.late > 50);
        assert_true(with.legitimacy < lround(0.885 * 65536));
        assert_true(without.rebellion == 0 && without.late < 1);
        assert_int_equal(without.legitimacy, lround(0.89 * 65536));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(by_default_it_does_not_respond),
        with_shelf(while_nothing_happens_it_is_as_given),
        with_shelf(it_is_the_formula),
        with_shelf(its_limits),
        with_shelf(it_falls_with_everything_that_it_counts),
        with_shelf(it_counts_nothing_else),
        with_shelf(support_comes_back_with_its_half_life),
        with_shelf(support_may_come_back_never_or_at_once),
        with_shelf(harm_adds_up),
        with_shelf(it_comes_back_when_it_is_quiet),
        with_shelf(ones_own_weighs_most_and_the_far_least),
        with_shelf(harm_is_by_the_head),
        with_shelf(news_may_be_cut),
        with_shelf(an_event_sets_what_it_falls_from),
        with_shelf(calm_ends_in_a_rebellion_that_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
