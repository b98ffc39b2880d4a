/* Promise (study/stats/two_sample.h, study/scale/scale.h): tests and intervals of independent samples hold what they
 * promise on made-up data; an outcome that depends on the scale is found, one that does not is not, and a
 * few runs decide nothing. */
#include "study/scale/scale.h"

#include "base/normal.h"

#include "support.h"

enum { TRIALS = 2000, RUNS = 30 };

static const stp_scale_rule TENTH = {.share = 0.1, .error = 0.05};

static const double SCALES[4] = {1000, 200, 100, 50};

static double any_normal(uint64_t *random)
{
    return stp_normal_inverse((any(random) + 0.5) / 2147483648.0);
}

/* ---- contrasts ---- */

static void contrast_by_hand(void **state)
{
    (void)state;
    /* means 3 and 10, variances 10 / 4 and 18 / 2 */
    static const double a[] = {1, 2, NAN, 3, 4, 5}, b[] = {7, 10, 13};
    const stp_moments groups[2] = {stp_moments_of(a, 6), stp_moments_of(b, 3)};
    static const double coefficients[2] = {1, -1};
    assert_int_equal(groups[0].n, 5);
    assert_same(groups[0].mean, 3);
    assert_same(groups[0].variance, 2.5);
    assert_same(groups[1].variance, 9);
    stp_two_sample c = stp_two_sample_of(groups, coefficients, 2);
    assert_same(c.estimate, -7);
    assert_near(c.error, sqrt(3.5), 1e-12); /* 2.5 / 5 + 9 / 3 */
    assert_near(c.freedom, 3.5 * 3.5 / (0.25 / 4 + 9 / 2.0), 1e-12);
    stp_interval i = stp_two_sample_interval(&c, 0.95);
    double half = stp_student_quantile(0.975, c.freedom) * c.error;
    assert_near(i.low, -7 - half, 1e-9);
    assert_near(i.high, -7 + half, 1e-9);
    assert_near(stp_two_sample_above(&c),
                1 - stp_student_cumulative(-7 / sqrt(3.5), c.freedom), 1e-9);
}

/* The ratio's ends are those at which the one-sided tests turn; without spread it is a point. */
static void ratio_turns_where_tests_do(void **state)
{
    (void)state;
    static const double a[] = {9, 10, 11, 12, 13}, b[] = {8, 10, 11, 9, 12, 10};
    const stp_moments groups[2] = {stp_moments_of(a, 5), stp_moments_of(b, 6)};
    stp_interval r = stp_ratio_interval(&groups[0], &groups[1], 0.9);
    assert_near(r.estimate, 1.1, 1e-12);
    for (int end = 0; end < 2; end++) {
        const double coefficients[2] = {1, end ? -r.high : -r.low};
        stp_two_sample c = stp_two_sample_of(groups, coefficients, 2);
        assert_near(stp_two_sample_above(&c), end ? 0.95 : 0.05, 1e-9);
    }
    static const double fives[] = {5, 5, 5}, tens[] = {10, 10}, low[] = {-1, -2},
                        wide[] = {0.001, 0, 10};
    const stp_moments five = stp_moments_of(fives, 3), ten = stp_moments_of(tens, 2),
                      below = stp_moments_of(low, 2), unsure = stp_moments_of(wide, 3);
    r = stp_ratio_interval(&five, &ten, 0.9);
    assert_same(r.low, 0.5);
    assert_same(r.high, 0.5);
    assert_true(isnan(stp_ratio_interval(&five, &below, 0.9).estimate));
    assert_true(isinf(stp_ratio_interval(&five, &unsure, 0.9).high));
}

/* Coverage over made-up samples of unequal sizes and spreads, normal and skewed (exponential). */
static void intervals_hold(void **state)
{
    (void)state;
    for (int skewed = 0; skewed < 2; skewed++) {
        uint64_t random = 7;
        int difference = 0, ratio = 0, spread = 0;
        for (int t = 0; t < TRIALS; t++) {
            double a[20], b[30];
            for (int i = 0; i < 20; i++)
                a[i] = 10 + 3 * (skewed ? -log(any_between(&random, 1e-9, 1)) - 1
                                        : any_normal(&random));
            for (int i = 0; i < 30; i++)
                b[i] = 8 + (skewed ? -log(any_between(&random, 1e-9, 1)) - 1
                                   : any_normal(&random));
            const stp_moments groups[2] = {stp_moments_of(a, 20), stp_moments_of(b, 30)};
            static const double coefficients[2] = {1, -1};
            stp_two_sample c = stp_two_sample_of(groups, coefficients, 2);
            stp_interval d = stp_two_sample_interval(&c, 0.95);
            stp_interval r = stp_ratio_interval(&groups[0], &groups[1], 0.9);
            stp_interval s = stp_spread_interval(&groups[0], &groups[1], 0.95);
            difference += d.low <= 2 && 2 <= d.high;
            ratio += r.low <= 1.25 && 1.25 <= r.high;
            spread += s.low <= 3 && 3 <= s.high;
        }
        print_message("# %s: held %.3f, %.3f (of 0.9), %.3f\n",
                      skewed ? "exponential" : "normal", difference / (double)TRIALS,
                      ratio / (double)TRIALS, spread / (double)TRIALS);
        /* three standard errors of 2,000 trials, and for skewed ones what was seen to be missing */
        assert_near(difference / (double)TRIALS, 0.95, skewed ? 0.04 : 0.015);
        assert_near(ratio / (double)TRIALS, 0.90, skewed ? 0.05 : 0.02);
        assert_near(spread / (double)TRIALS, 0.95, skewed ? 0.13 : 0.045);
    }
}

/* ---- verdicts ---- */

typedef struct tally {
    int of[6], reached, slope;
} tally;

/* Test outcomes whose mean is 100 at the finest scale and means[k] at the others. */
static tally verdict_on_many(const double means[4], double deviation, int trials)
{
    tally count = {0};
    uint64_t random = 11;
    for (int t = 0; t < trials; t++) {
        double values[4 * RUNS];
        steppe_scale_row row = {0};
        steppe_scale_cell cells[4];
        for (int k = 0; k < 4; k++)
            for (int i = 0; i < RUNS; i++)
                values[k * RUNS + i] = means[k] + deviation * sqrt(SCALES[k] / 50) / 2 *
                                                      any_normal(&random);
        assert_int_equal(stp_scale_verdicts(SCALES, 4, values, RUNS, &TENTH, &row, cells),
                         0);
        count.of[row.verdict]++;
        count.reached += row.from == 200;
        count.slope += row.slope_low > 0 || row.slope_high < 0;
    }
    return count;
}

/* Wrong verdicts are no more frequent than the error allows, at the very margin, where they are likeliest. */
static void size_is_kept(void **state)
{
    (void)state;
    static const double edge[4] = {110, 100, 100, 100}, below[4] = {100, 90, 100, 100};
    static const double same[4] = {100, 100, 100, 100};
    double most = 0.05 + 3 * sqrt(0.05 * 0.95 / TRIALS);
    for (int side = 0; side < 2; side++) {
        tally t = verdict_on_many(side ? below : edge, 8, TRIALS);
        assert_true(t.of[STEPPE_SCALE_EQUIVALENT] <= most * TRIALS);
        assert_true(t.of[STEPPE_SCALE_DEPENDS] <= most * TRIALS);
        /* near the level as well: the tests are not empty */
        assert_true(t.of[STEPPE_SCALE_EQUIVALENT] + t.of[STEPPE_SCALE_DEPENDS] >
                    0.005 * TRIALS);
    }
    /* at the margin at every scale, where several tests can go wrong at once */
    static const double all[4] = {110, 110, 110, 100};
    assert_true(verdict_on_many(all, 8, TRIALS).of[STEPPE_SCALE_DEPENDS] <=
                most * TRIALS);
    assert_near(verdict_on_many(same, 8, TRIALS).slope / (double)TRIALS, 0.05, 0.015);
}

/* A planted outcome that depends on the scale is found, one that does not is not, and too few or too noisy
 * runs decide neither. */
static void power_is_there(void **state)
{
    (void)state;
    static const double hangs[4] = {150, 100, 100, 100}, same[4] = {100, 100, 100, 100};
    tally t = verdict_on_many(hangs, 8, TRIALS);
    assert_true(t.of[STEPPE_SCALE_DEPENDS] > 0.95 * TRIALS);
    assert_int_equal(t.of[STEPPE_SCALE_EQUIVALENT], 0);
    assert_true(t.reached > 0.9 * TRIALS); /* from 1:200 on all agree */
    assert_true(t.slope > 0.95 * TRIALS);
    t = verdict_on_many(same, 4, TRIALS);
    assert_true(t.of[STEPPE_SCALE_EQUIVALENT] > 0.95 * TRIALS);
    assert_int_equal(t.of[STEPPE_SCALE_DEPENDS], 0);
    t = verdict_on_many(same, 80, TRIALS);
    assert_true(t.of[STEPPE_SCALE_UNDECIDED] > 0.95 * TRIALS);
}

/* How often `trials` outcomes of n runs at two scales, truly the same, are shown to be so; *needed: the mean
 * of the runs that are said to be needed. */
static double shown_with(size_t n, int trials, double *needed)
{
    static const double two[2] = {100, 50};
    static double values[2 * 200];
    uint64_t random = 5;
    int shown = 0;
    *needed = 0;
    for (int t = 0; t < trials; t++) {
        steppe_scale_row row = {0};
        steppe_scale_cell cells[2];
        for (size_t i = 0; i < 2 * n; i++)
            values[i] = 100 + 20 * any_normal(&random);
        assert_int_equal(stp_scale_verdicts(two, 2, values, n, &TENTH, &row, cells), 0);
        shown += row.verdict == STEPPE_SCALE_EQUIVALENT;
        *needed += row.needed / trials;
    }
    return shown / (double)trials;
}

/* As many runs as are said to be needed show it as often as is said: with n, (1.645 + 1.282) times the root of
 * 2 * 20^2 / n, and 66 (the 5 to 95 % range) times 1 - 0.05^(1/n), are 10. */
static void needed_runs_are_enough(void **state)
{
    (void)state;
    double needed, again;
    shown_with(100, 200, &needed);
    assert_near(needed, 105, 5);
    assert_true(shown_with(105, 500, &again) > 0.75);
}

/* What has no spread, what is nowhere, what is 0 at the reference, and what is below 0; with too few runs
 * nothing is said of any. */
static void edges(void **state)
{
    (void)state;
    static const double two[2] = {100, 50};
    static const struct {
        double coarse[3], fine[3]; /* over and over */
        steppe_scale_verdict verdict;
    } CASES[] = {
        {{7, 7, 7}, {7, 7, 7}, STEPPE_SCALE_SAME},
        {{3, 9, NAN}, {3, 9, 4}, STEPPE_SCALE_SAME},
        {{NAN, NAN, NAN}, {1, 1, 1}, STEPPE_SCALE_ABSENT},
        {{9, 9, 9}, {7, 7, 7}, STEPPE_SCALE_DEPENDS},
        {{7.01, 7.01, 7.01}, {7, 7, 7}, STEPPE_SCALE_EQUIVALENT},
        {{3, 4, 5}, {0, 0, 0}, STEPPE_SCALE_DEPENDS},
        {{-100, -101, -99}, {-101, -99, -100}, STEPPE_SCALE_EQUIVALENT},
    };
    for (size_t c = 0; c < sizeof CASES / sizeof *CASES; c++)
        for (size_t n = 3; n <= 45; n += 42) {
            steppe_scale_row row = {0};
            steppe_scale_cell cells[2];
            double values[90];
            for (size_t i = 0; i < n; i++) {
                values[i] = CASES[c].coarse[i % 3];
                values[n + i] = CASES[c].fine[i % 3];
            }
            stp_scale_verdicts(two, 2, values, n, &TENTH, &row, cells);
            bool absent = CASES[c].verdict == STEPPE_SCALE_ABSENT;
            assert_int_equal(row.verdict, n < 30 && !absent ? STEPPE_SCALE_UNDECIDED
                                                            : CASES[c].verdict);
            assert_int_equal(row.few, n < 30 && !absent);
            assert_true(absent || cells[1].verdict == STEPPE_SCALE_REFERENCE);
            assert_true(isnan(row.from) == (row.verdict == STEPPE_SCALE_UNDECIDED ||
                                            row.verdict == STEPPE_SCALE_DEPENDS ||
                                            absent));
            assert_false(!absent &&
                         (isnan(cells[0].equivalence) || isnan(cells[0].robust)));
        }
}

/* Margins in units of the outcome, and two at once; runs that take off at one scale alone. */
static void margins_and_flips(void **state)
{
    (void)state;
    enum { MANY = 60 };
    static const double two[2] = {100, 50};
    steppe_scale_row row = {0};
    steppe_scale_cell cells[2];
    double values[2 * MANY], unrest[2 * MANY];
    for (int i = 0; i < MANY; i++) {
        values[i] = 102 + i % 3;
        values[MANY + i] = 100 + i % 3;
        unrest[i] = unrest[MANY + i] = 50;
    }
    const struct {
        stp_scale_rule rule;
        steppe_scale_verdict verdict;
    } CASES[] = {
        {{.absolute = 3, .error = 0.05}, STEPPE_SCALE_EQUIVALENT},
        {{.absolute = 1, .error = 0.05}, STEPPE_SCALE_DEPENDS},
        {{.absolute = 2, .error = 0.05}, STEPPE_SCALE_UNDECIDED},
        {{.share = 0.1, .absolute = 3, .error = 0.05}, STEPPE_SCALE_EQUIVALENT},
        {{.share = 0.01, .absolute = 3, .error = 0.05}, STEPPE_SCALE_DEPENDS},
        {{.share = 0.1, .absolute = 1, .error = 0.05}, STEPPE_SCALE_DEPENDS},
    };
    for (size_t c = 0; c < sizeof CASES / sizeof *CASES; c++) {
        stp_scale_verdicts(two, 2, values, MANY, &CASES[c].rule, &row, cells);
        assert_int_equal(row.verdict, CASES[c].verdict);
    }
    /* one in twelve takes off at the coarse scale alone: up to 17 %, each by some 2 */
    const stp_scale_rule told = {.absolute = 2.5,
                                 .error = 0.05,
                                 .unrest = unrest,
                                 .take_off = 60};
    stp_scale_verdicts(two, 2, values, MANY, &told, &row, cells);
    assert_int_equal(row.verdict, STEPPE_SCALE_EQUIVALENT);
    for (int i = 0; i < MANY; i += 12)
        unrest[i] = 70;
    stp_scale_verdicts(two, 2, values, MANY, &told, &row, cells);
    assert_int_equal(cells[0].flips, 5);
    assert_near(cells[0].flips_most, stp_share_upper(5, MANY, 0.95), 1e-12);
    assert_int_equal(row.verdict, STEPPE_SCALE_UNDECIDED);
    assert_true(cells[0].equivalence < 0.05 && cells[0].robust > 0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_by_hand),
        cmocka_unit_test(ratio_turns_where_tests_do),
        cmocka_unit_test(intervals_hold),
        cmocka_unit_test(size_is_kept),
        cmocka_unit_test(power_is_there),
        cmocka_unit_test(needed_runs_are_enough),
        cmocka_unit_test(edges),
        cmocka_unit_test(margins_and_flips),
    };
    return cmocka_run_group_tests_name("scale", tests, NULL, NULL);
}
