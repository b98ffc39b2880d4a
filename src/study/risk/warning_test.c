/* Promise (study/risk/warning.h): forecasts are the shares that were trained, of what was seen before and no more, and
 * near is what lies nearest. */
#include "study/risk/warning.h"

#include "support.h"

enum { RUNS = 4, WEEKS = 4, REGIONS = 3 };

/* Weeks of three regions, "x" for unrest: "x.. xx. ..." */
static stp_runs runs_of(const char *const *texts, size_t count, stp_region_week *values)
{
    for (size_t r = 0; r < count; r++) {
        size_t at = 0;
        for (const char *c = texts[r]; *c; c++)
            if (*c != ' ')
                values[r * WEEKS * REGIONS + at++] = (stp_region_week){*c == 'x', 0};
        assert_int_equal(at, WEEKS * REGIONS);
    }
    return (stp_runs){values, count, WEEKS, REGIONS};
}

/* The first is near the second, and the third near none. */
static const bool NEAR[REGIONS * REGIONS] = {false, true,  false, true, false,
                                             false, false, false, false};

static void states(void **state)
{
    (void)state;
    static const char *const TEXT[] = {"... x.. .xx xxx"};
    stp_region_week values[WEEKS * REGIONS];
    stp_runs r = runs_of(TEXT, 1, values);
    static const size_t WANTED[WEEKS][REGIONS] = {{0, 0, 0},
                                                  {3, 2, 1},
                                                  {2, 4, 4},
                                                  {5, 5, 4}};
    for (size_t w = 0; w < WEEKS; w++)
        for (size_t k = 0; k < REGIONS; k++)
            assert_int_equal(stp_state_of(&r, NEAR, 0, w, k), WANTED[w][k]);
}

static void forecasts_by_hand(void **state)
{
    (void)state;
    static const char *const LEARN[] = {"x.. x.. ... ...", "x.. .x. ... ..."};
    static const char *const TEST[] = {"x.. ... ... ..x"};
    stp_region_week a[2 * WEEKS * REGIONS], b[WEEKS * REGIONS];
    stp_runs learn = runs_of(LEARN, 2, a), test = runs_of(TEST, 1, b);
    stp_forecast_trials t;
    assert_int_equal(stp_forecast_trials_make(&learn, &test, NEAR, 0, 3, &t), 0);
    assert_int_equal(t.count, 9);
    for (size_t i = 0; i < 9; i++) {
        assert_same(t.forecasts[STP_FORECAST_CLIMATE][i], 2.0 / 18);
        assert_same(t.forecasts[STP_FORECAST_REGION][i], i % 3 < 2 ? 1.0 / 6 : 0);
        assert_same(t.forecasts[STP_FORECAST_WEEK][i], i < 3 ? 2.0 / 6 : 0);
        assert_same(t.forecasts[STP_FORECAST_REGION_WEEK][i], i < 2 ? 0.5 : 0);
        assert_int_equal(t.happened[i], i == 8);
    }
    /* alone in unrest (state 3): of its four weeks in the first two, one was followed by unrest; beside it (2):
     * one of three, and far from it (1) none */
    assert_same(t.forecasts[STP_FORECAST_STATE_WEEK][0], 0.5);
    assert_same(t.forecasts[STP_FORECAST_STATE_WEEK][1], 0.5);
    assert_same(t.states[3].trained.estimate, 0.25);
    assert_same(t.states[2].trained.estimate, 0.25);
    assert_int_equal(t.states[3].trained.n, 4);
    assert_int_equal(t.states[0].evaluated.n, 6);
    assert_same(t.states[0].evaluated.estimate, 1.0 / 6);
    stp_forecast_trials_clear(&t);
    assert_null(t.happened);
}

/* What comes after a week changes no forecast of it. */
static void nothing_is_known_before(void **state)
{
    (void)state;
    uint64_t random = 7;
    stp_region_week a[RUNS * WEEKS * REGIONS], b[RUNS * WEEKS * REGIONS];
    for (size_t i = 0; i < RUNS * WEEKS * REGIONS; i++) {
        a[i] = (stp_region_week){any_below(&random, 2), 0};
        b[i] = (stp_region_week){any_below(&random, 2), 0};
    }
    const stp_runs learn = {a, RUNS, WEEKS, REGIONS}, test = {b, RUNS, WEEKS, REGIONS};
    stp_forecast_trials before, after;
    assert_int_equal(stp_forecast_trials_make(&learn, &test, NEAR, 0, 2, &before), 0);
    for (size_t r = 0; r < RUNS; r++)
        for (size_t k = 0; k < REGIONS; k++) /* the last week of the window, and later */
            for (size_t w = 2; w < WEEKS; w++)
                b[(r * WEEKS + w) * REGIONS + k].unrest ^= true;
    assert_int_equal(stp_forecast_trials_make(&learn, &test, NEAR, 0, 2, &after), 0);
    assert_int_equal(before.count, after.count);
    for (int f = 0; f < STP_FORECAST_COUNT; f++)
        for (size_t i = 0; i < before.count; i++)
            assert_same(after.forecasts[f][i], before.forecasts[f][i]);
    for (size_t i = 0; i < before.count; i++)
        assert_int_equal(before.happened[i] != after.happened[i], i / REGIONS % 2 == 1);
    stp_forecast_trials_clear(&before);
    stp_forecast_trials_clear(&after);
}

/* Five towns on the equator at 0, 1, 3, 6 and 10 degrees, in four units, and one nowhere. */
static void nearest(void **state)
{
    static const char TEXT[] =
        "steppe: 1\ntitle: A road\ntime: { steps: 1 }\n"
        "units: [{ id: a, name: A }, { id: b, name: B }, { id: c, name: C }, { id: d, "
        "name: D },"
        " { id: e, name: E }]\ndistricts:\n"
        "  - { id: p, name: P, unit: a, width: 10, height: 10, lat: 0, lon: 0 }\n"
        "  - { id: q, name: Q, unit: b, width: 10, height: 10, lat: 0, lon: 1 }\n"
        "  - { id: r, name: R, unit: c, width: 10, height: 10, lat: 0, lon: 3 }\n"
        "  - { id: s, name: S, unit: d, width: 10, height: 10, lat: 0, lon: 6 }\n"
        "  - { id: t, name: T, unit: e, width: 10, height: 10, lat: 0, lon: 10 }\n";
    const steppe_scenario *s = parse(state, TEXT);
    static const bool WANTED[5][5] = {{0, 1, 1, 1, 0},
                                      {1, 0, 1, 1, 0},
                                      {1, 1, 0, 1, 0},
                                      {0, 1, 1, 0, 1},
                                      {0, 1, 1, 1, 0}};
    bool near[25];
    assert_int_equal(stp_regions_near(s, near), 0);
    for (int i = 0; i < 25; i++)
        assert_int_equal(near[i], WANTED[i / 5][i % 5]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states),
        with_shelf(nearest),
        cmocka_unit_test(forecasts_by_hand),
        cmocka_unit_test(nothing_is_known_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
