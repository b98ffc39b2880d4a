/* Promise (nation/curfew.c): while a curfew is in force in a district, the threshold of
 * everyone there is higher by effect times its strictness. */
#include "country.h"

static const double UNIT = 4294967296.0; /* of a threshold_shift */

static country under(void **state, const char *curfew, const char *events)
{
    return country_of(state,
                      words(state,
                            HEAD "curfew: { %s }\ndistricts:\n"
                                 "  - { id: a, name: A, width: 20, height: 20 }\n"
                                 "  - { id: b, name: B, width: 20, height: 20 }\n"
                                 "events:\n%s",
                            curfew, events),
                      1);
}

#define FULL "  - { id: e, title: E, hour: 1, districts: [a], curfew: 1 }\n"

static void by_default_it_does_nothing(void **state)
{
    static const char *const CURFEWS[] = {"effect: 0", "enabled: false, effect: 1"};
    for (size_t i = 0; i < 2; i++) {
        country c = under(state, CURFEWS[i], FULL);
        for (uint64_t step = 0; step <= 4; step++) {
            step_to(&c, step);
            assert_int_equal(c.conditions[0].threshold_shift, 0);
        }
    }
}

static void it_is_in_force_when_and_where_it_says(void **state)
{
    country c = under(state, "effect: 0.25",
                      FULL "  - { id: f, title: F, hour: 3, curfew: 0.5 }\n"
                           "  - { id: g, title: G, hour: 4, curfew: 0 }\n");
    static const double A[] = {0, 0, 1, 1, 0.5, 0}, B[] = {0, 0, 0, 0, 0.5, 0};
    for (uint64_t step = 0; step <= 5; step++) {
        step_to(&c, step);
        assert_same((double)c.conditions[0].threshold_shift, -0.25 * A[step] * UNIT);
        assert_same((double)c.conditions[1].threshold_shift, -0.25 * B[step] * UNIT);
    }
}

static void it_may_come_about_slowly(void **state)
{
    country c = under(state, "effect: 1",
                      "  - { id: e, title: E, hour: 0, over: 4 h, curfew: 1 }\n");
    for (uint64_t step = 1; step <= 5; step++) {
        step_to(&c, step);
        assert_same((double)c.conditions[0].threshold_shift,
                    -(step < 4 ? (double)step / 4 : 1) * UNIT);
    }
}

/* A threshold_shift of -2 is more than grievance less threshold can be. */
static void the_strictest_keeps_everyone_at_home(void **state)
{
    country c = under(state, "effect: 2", FULL);
    const stp_rules rules = {.threshold = -65536 * (int64_t)65536}; /* T = -1 */
    step_to(&c, 2);
    assert_true(stp_margin(&rules, &c.conditions[0], 65535, 0) <= 0);
    assert_true(stp_margin(&rules, &c.conditions[1], 65535, 0) > 0);
}

/* ---- in a run ---- */

/* Active at the end of a run of a town on its own. */
static uint64_t active(void **state, const char *curfew)
{
    steppe_run *run;
    const steppe_scenario *s = parse(
        state, words(state,
                     "steppe: 1\ntitle: A test\ntime: { steps: 10 }\n"
                     "citizens: { legitimacy: 0.5 }\ncurfew: { effect: 0.2 }\n" LATTICE
                     "events: [{ id: e, title: E, hour: 5, curfew: %s }]\n",
                     curfew));
    expect_ok(state, steppe_run_create(context_of(state), s, NULL, &run));
    int status = steppe_run_advance(run, 10);
    uint64_t count = steppe_run_counts(run)->active;
    steppe_run_free(run);
    expect_ok(state, status);
    return count;
}

static void the_stricter_the_fewer(void **state)
{
    static const char *const STRICTNESS[] = {"0", "0.5", "1"};
    uint64_t last = active(state, "0");
    assert_true(last > 10);
    for (size_t i = 1; i < 3; i++) {
        uint64_t now = active(state, STRICTNESS[i]);
        assert_true(now < last);
        last = now;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(by_default_it_does_nothing),
        with_shelf(it_is_in_force_when_and_where_it_says),
        with_shelf(it_may_come_about_slowly),
        with_shelf(the_strictest_keeps_everyone_at_home),
        with_shelf(the_stricter_the_fewer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
