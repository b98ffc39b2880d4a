/* Promise (nation/obedience.c): once a period officers obey, shirk or defect by a
 * multinomial logit in crowd, peers, belief, patronage and orders; in 2^32nds that sum to
 * at most one; switched off, all obey. */
#include "country.h"

static const double ONE = 4294967296.0;

/* Orders alone make shirking the odds; all weights 0 but those a test sets. */
#define PLAIN                                                                     \
    "crowd_effect: 0, peers_effect: 0, survival_effect: 0, patronage_effect: 0, " \
    "orders_effect: 0, "

static steppe_scenario *ruled(void **state, const char *obedience)
{
    return parse(state, words(state, HEAD LATTICE "obedience: { enabled: true, %s }\n",
                              obedience));
}

typedef struct odds {
    double obey, shirk, defect;
} odds;

static odds odds_of(const steppe_scenario *s, stp_temptation t)
{
    uint64_t obey, defect;
    stp_obedience_odds(s, &t, &obey, &defect);
    assert_true(obey + defect <= (uint64_t)1 << 32);
    return (odds){(double)obey / ONE, 1 - (double)(obey + defect) / ONE,
                  (double)defect / ONE};
}

/* ---- the logit ---- */

/* The same in libm: within what rounding to 2^-32 leaves. */
static void it_is_the_logit_that_it_says(void **state)
{
    uint64_t random = 1;
    for (int i = 0; i < 300; i++) {
        double w[7];
        for (int k = 0; k < 7; k++)
            w[k] = floor(any_between(&random, k < 2 ? -500 : 0, 500)) / 100;
        const steppe_scenario *s =
            ruled(state,
                  words(state,
                        "base: %g, defect_base: %g, crowd_effect: %g, peers_effect: %g,\n"
                        "survival_effect: %g, patronage_effect: %g, orders_effect: %g",
                        w[0], w[1], w[2], w[3], w[4], w[5], w[6]));
        stp_temptation t = {any_between(&random, 0, 1), any_between(&random, 0, 1),
                            any_between(&random, 0, 1), any_between(&random, 0, 1),
                            any_between(&random, 0, 1)};
        double x = w[2] * t.crowd + w[3] * t.shirking - w[4] * t.survival -
                   w[5] * t.patronage;
        double shirk = exp(w[0] + x + w[6] * (1 - t.orders)), defect = exp(w[1] + x);
        odds o = odds_of(s, t);
        assert_near(o.obey, 1 / (1 + shirk + defect), 1 / ONE);
        assert_near(o.shirk, shirk / (1 + shirk + defect), 2 / ONE);
        assert_near(o.defect, defect / (1 + shirk + defect), 1 / ONE);
    }
}

/* With nothing to tell them apart, a third each. */
static void alike_they_are_a_third_each(void **state)
{
    odds o = odds_of(ruled(state, PLAIN "defect_base: 0"), (stp_temptation){0});
    assert_near(o.obey, 1.0 / 3, 1 / ONE);
    assert_near(o.shirk, 1.0 / 3, 2 / ONE);
    assert_near(o.defect, 1.0 / 3, 1 / ONE);
}

static void nothing_overflows(void **state)
{
    static const struct {
        const char *bases;
        odds wanted;
    } CASES[] = {{"base: -100, defect_base: -100, survival_effect: 100", {1, 0, 0}},
                 {"base: 100, defect_base: -100, orders_effect: 100", {0, 1, 0}},
                 {"base: -100, defect_base: 100, peers_effect: 100", {0, 0, 1}},
                 {"base: 100, defect_base: 100, crowd_effect: 100, peers_effect: 100, "
                  "orders_effect: 0",
                  {0, 0.5, 0.5}}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        stp_temptation t = {1, 1, i == 0, 0, 0};
        odds o = odds_of(ruled(state, CASES[i].bases), t);
        assert_near(o.obey, CASES[i].wanted.obey, 1e-9);
        assert_near(o.shirk, CASES[i].wanted.shirk, 1e-9);
        assert_near(o.defect, CASES[i].wanted.defect, 1e-9);
    }
}

/* ---- signs (Bellin 2012; Barany 2016) ---- */

static void signs_are_those_of_the_literature(void **state)
{
    static const struct {
        size_t offset;
        int sign; /* of the change in obedience as it rises */
    } FACTORS[] = {{offsetof(stp_temptation, crowd), -1},
                   {offsetof(stp_temptation, shirking), -1},
                   {offsetof(stp_temptation, survival), 1},
                   {offsetof(stp_temptation, patronage), 1},
                   {offsetof(stp_temptation, orders), 1}};
    const steppe_scenario *s = ruled(state, "base: 0"); /* else as by default */
    for (size_t f = 0; f < sizeof FACTORS / sizeof *FACTORS; f++) {
        odds last = {0};
        for (int i = 0; i <= 20; i++) {
            stp_temptation t = {0.5, 0.5, 0.5, 0.5, 0.5};
            *(double *)(void *)((char *)&t + FACTORS[f].offset) = i / 20.0;
            odds o = odds_of(s, t);
            if (i > 0) {
                assert_true(FACTORS[f].sign * (o.obey - last.obey) > 0);
                assert_true(FACTORS[f].sign * (o.shirk - last.shirk) < 0);
            }
            last = o;
        }
    }
}

/* Who has no orders stands by; it is no reason to leave. */
static void missing_orders_make_no_deserters(void **state)
{
    const steppe_scenario *s = ruled(state, "base: 0");
    odds with = odds_of(s, (stp_temptation){0.2, 0, 1, 0.5, 1});
    odds without = odds_of(s, (stp_temptation){0.2, 0, 1, 0.5, 0});
    assert_true(without.shirk > 5 * with.shirk);
    assert_true(without.defect < with.defect);
}

/* By the defaults: calm and orders hold, no orders fail, and orders bring them back. */
static void by_default_orders_decide(void **state)
{
    const steppe_scenario *s = ruled(state, "base: 0");
    double share = 0;
    assert_true(odds_of(s, (stp_temptation){0, 0, 1, 0.5, 1}).obey > 0.95);
    for (int i = 0; i < 30; i++)
        share = 1 - odds_of(s, (stp_temptation){0.9, share, 1, 0.5, 0}).obey;
    assert_true(share > 0.8);
    for (int i = 0; i < 30; i++)
        share = 1 - odds_of(s, (stp_temptation){0.5, share, 1, 0.5, 1}).obey;
    assert_true(share < 0.3);
}

/* ---- what they see ---- */

static void a_crowd_is_felt_up_to_a_limit(void **state)
{
    static const struct {
        uint64_t active, officers;
        double crowd;
    } CASES[] = {{0, 0, 0},          {0, 10, 0},        {7, 0, 1},      {50, 10, 0.5},
                 {100, 10, 2.0 / 3}, {10, 10, 1.0 / 6}, {500, 100, 0.5}};
    country c = country_of(state, HEAD LATTICE "obedience: { crowd_half: 5 }\n", 1);
    stp_district_state *p = &c.nation->districts[0];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        stp_obedience_observe(c.nation, p,
                              &(steppe_counts){.active = CASES[i].active,
                                               .officers = CASES[i].officers});
        assert_near(p->crowd, CASES[i].crowd, 1e-15);
    }
}

static void peers_are_those_who_did_not_obey(void **state)
{
    country c = country_of(state, HEAD LATTICE, 1);
    stp_district_state *p = &c.nation->districts[0];
    for (uint64_t obeying = 0; obeying <= 8; obeying++) {
        stp_obedience_observe(c.nation, p,
                              &(steppe_counts){.officers = 8, .obeying = obeying});
        assert_same(p->shirking, 1 - (double)obeying / 8);
    }
    stp_obedience_observe(c.nation, p, &(steppe_counts){0});
    assert_same(p->shirking, 0);
}

/* ---- in the nation ---- */

#define COUNTRY                                                                       \
    HEAD "units: [{ id: u, name: U }]\n"                                              \
         "districts:\n"                                                               \
         "  - { id: a, name: A, unit: u, population: 1000, officers: 20 }\n"          \
         "  - { id: b, name: B, population: 1000, officers: 20 }\n"                   \
         "forces: [{ id: p, name: P, patronage: 0.2 }, { id: g, name: G, patronage: " \
         "0.9 }]\n"

static double obey(const country *c, size_t district, int force)
{
    return (double)c->conditions[district].obey[force] / ONE;
}

static void all_stand(country *c)
{
    for (size_t i = 0; i < c->world->count; i++)
        c->counts[i].officers = c->counts[i].obeying = 20;
}

static void switched_off_all_obey(void **state)
{
    country c = country_of(state,
                           COUNTRY
                           "obedience: { base: 50, orders: 0 }\n"
                           "events: [{ id: e, title: E, hour: 1, survival: 0 }]\n",
                           1);
    for (uint64_t step = 0; step <= 9; step++) {
        c.active[0] = c.active[1] = 900;
        step_to(&c, step);
        for (size_t i = 0; i < 2; i++)
            for (int f = 0; f < 2; f++) {
                assert_true(c.conditions[i].obey[f] == (uint64_t)1 << 32);
                assert_int_equal(c.conditions[i].defect[f], 0);
                assert_int_equal(c.conditions[i].epoch, 0);
            }
    }
}

static void they_decide_once_a_period(void **state)
{
    country c = country_of(state, COUNTRY "obedience: { enabled: true, period: 3 h }\n",
                           1);
    double last = 0;
    for (uint64_t step = 0; step <= 12; step++) {
        all_stand(&c);
        c.active[0] = 20 * step; /* ever more */
        step_to(&c, step);
        assert_int_equal(c.conditions[0].epoch, step / 3);
        if (step % 3 == 0 && step > 0)
            assert_true(obey(&c, 0, 0) < last);
        else if (step > 1)
            assert_same(obey(&c, 0, 0), last);
        last = obey(&c, 0, 0);
    }
}

static void a_period_is_whole_steps(void **state)
{
    static const struct {
        const char *period;
        uint32_t epoch; /* of step 24 */
    } CASES[] = {{"1 h", 24}, {"80 min", 24}, {"90 min", 12}, {"4 h", 6}, {"8760 h", 0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(stp_obedience_epoch(ruled(state, words(state, "period: %s",
                                                                CASES[i].period)),
                                             24),
                         CASES[i].epoch);
}

static void patronage_is_of_the_force_and_orders_of_the_place(void **state)
{
    country c = country_of(
        state,
        COUNTRY "obedience: { enabled: true, period: 1 h }\n"
                "events:\n"
                "  - { id: e, title: E, hour: 1, units: [u], orders: 0 }\n"
                "  - { id: f, title: F, hour: 3, orders: 1 }\n"
                "  - { id: g, title: G, hour: 4, districts: [b], survival: 0.2 }\n",
        1);
    double calm[2] = {0};
    for (uint64_t step = 0; step <= 6; step++) {
        all_stand(&c);
        step_to(&c, step);
        bool silent = step == 2 || step == 3, doubt = step >= 5;
        for (int f = 0; f < 2; f++) {
            calm[f] = step == 0 ? obey(&c, 0, f) : calm[f];
            assert_int_equal(obey(&c, 0, f) < calm[f], silent);
            assert_int_equal(obey(&c, 1, f) < calm[f], doubt);
        }
        for (size_t i = 0; i < 2; i++)
            assert_true(obey(&c, i, 1) > obey(&c, i, 0));
    }
}

/* A district goes by its own peers. */
static void peers_are_of_the_own_district(void **state)
{
    country c = country_of(state, COUNTRY "obedience: { enabled: true }\n", 1);
    all_stand(&c);
    c.counts[1].obeying = 0;
    step_to(&c, 4);
    assert_true(obey(&c, 1, 0) < obey(&c, 0, 0));
    assert_true(c.conditions[1].defect[0] > c.conditions[0].defect[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(it_is_the_logit_that_it_says),
        with_shelf(alike_they_are_a_third_each),
        with_shelf(nothing_overflows),
        with_shelf(signs_are_those_of_the_literature),
        with_shelf(missing_orders_make_no_deserters),
        with_shelf(by_default_orders_decide),
        with_shelf(a_crowd_is_felt_up_to_a_limit),
        with_shelf(peers_are_those_who_did_not_obey),
        with_shelf(switched_off_all_obey),
        with_shelf(they_decide_once_a_period),
        with_shelf(a_period_is_whole_steps),
        with_shelf(patronage_is_of_the_force_and_orders_of_the_place),
        with_shelf(peers_are_of_the_own_district),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
