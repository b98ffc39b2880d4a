/* Promise (study/stats/brier.h): Brier's score splits exactly; forecasts that are calibrated look so and those that
 * are over-sure do not; intervals hold what they promise though cases of a group are alike. */
#include "study/stats/brier.h"

#include "support.h"

enum { MOST = 20000 };

typedef struct made {
    double forecast[MOST], reference[MOST];
    bool happened[MOST];
    size_t group[MOST];
} made;

static made m;

static stp_cases cases_of(size_t count, size_t groups)
{
    return (stp_cases){m.forecast, m.happened, m.group, count, groups};
}

/* ---- Brier's score ---- */

/* By hand: forecasts 0, 0.5, 0.5, 1 with 0, 1, 0, 0 that came. */
static void score_by_hand(void **state)
{
    (void)state;
    static const double P[] = {0, 0.5, 0.5, 1};
    static const bool CAME[] = {false, true, false, false};
    static const size_t GROUP[] = {0, 0, 1, 1};
    const stp_cases c = {P, CAME, GROUP, 4, 2};
    stp_brier b;
    assert_int_equal(stp_brier_of(&c, &b), 0);
    assert_same(b.score, 1.5 / 4);
    assert_same(b.uncertainty, 0.25 * 0.75);
    assert_same(b.reliability, 1.0 / 4); /* the 1 alone is off */
    assert_near(b.resolution, (2 * 0.25 * 0.25 + 2 * 0.0625) / 4, 1e-15);
    const stp_cases none = {P, CAME, GROUP, 0, 0};
    assert_int_equal(stp_brier_of(&none, &b), 0);
    assert_true(isnan(b.score) && isnan(b.uncertainty));
}

/* score = reliability - resolution + uncertainty, whatever the forecasts; perfect ones score 0; the mean
 * itself has neither reliability nor resolution. */
static void parts_add_up(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int trial = 0; trial < 500; trial++) {
        size_t n = 1 + any_below(&random, 300), hits = 0;
        unsigned steps = 1 + any_below(&random, 30);
        for (size_t i = 0; i < n; i++) {
            m.forecast[i] = (double)any_below(&random, steps + 1) / steps;
            m.happened[i] = any_below(&random, 3) == 0;
            hits += m.happened[i];
        }
        const stp_cases c = cases_of(n, 1);
        stp_brier b;
        assert_int_equal(stp_brier_of(&c, &b), 0);
        assert_near(b.score, b.reliability - b.resolution + b.uncertainty, 1e-12);
        assert_true(b.reliability >= 0 && b.resolution >= 0 &&
                    b.resolution <= b.uncertainty + 1e-12);
        for (size_t i = 0; i < n; i++)
            m.forecast[i] = m.happened[i] ? 1 : 0;
        assert_int_equal(stp_brier_of(&c, &b), 0);
        assert_near(b.score, 0, 0);
        assert_near(b.reliability, 0, 0);
        assert_near(b.resolution, b.uncertainty, 1e-12);
        for (size_t i = 0; i < n; i++)
            m.forecast[i] = (double)hits / (double)n;
        assert_int_equal(stp_brier_of(&c, &b), 0);
        assert_near(b.reliability, 0, 1e-15);
        assert_near(b.resolution, 0, 1e-15);
        assert_near(b.score, b.uncertainty, 1e-12);
    }
}

/* ---- skill ---- */

static void skill_by_hand(void **state)
{
    (void)state;
    uint64_t random = 2;
    for (size_t i = 0; i < 1000; i++) {
        m.happened[i] = any_below(&random, 4) == 0;
        m.group[i] = i / 50;
        m.reference[i] = 0.25;
        m.forecast[i] = m.happened[i] ? 1 : 0;
    }
    const stp_cases c = cases_of(1000, 20);
    stp_interval s;
    assert_int_equal(stp_skill_of(&c, m.reference, &s), 0);
    assert_same(s.estimate, 1);
    assert_near(s.low, 1, 1e-12);
    assert_near(s.high, 1, 1e-12);
    assert_int_equal(stp_skill_of(&c, m.forecast, &s), 0); /* a perfect reference */
    assert_true(isnan(s.estimate) && isnan(s.low));
    for (size_t i = 0; i < 1000; i++)
        m.forecast[i] = 0.25;
    assert_int_equal(stp_skill_of(&c, m.reference, &s), 0);
    assert_same(s.estimate, 0);
    assert_near(s.low, 0, 1e-12);
    for (size_t i = 0; i < 1000; i++)
        m.forecast[i] = 0.9;
    assert_int_equal(stp_skill_of(&c, m.reference, &s), 0);
    assert_true(s.estimate < 0 && s.high < 0);
    const stp_cases one = cases_of(50, 1);
    assert_int_equal(stp_skill_of(&one, m.reference, &s), 0);
    assert_true(!isnan(s.estimate) && isnan(s.low));
}

/* Groups of 20 cases share a chance that is 0.1 or 0.6, evenly. The forecast knows it but for an error of
 * 0.1; the reference says 0.35. Expected scores: of the forecast p (1 - p) + 0.01, of the reference that
 * and the spread 0.0625. */
static void intervals_of_skill(void **state)
{
    (void)state;
    enum { TRIALS = 2000, GROUPS = 25, EACH = 20 };
    const double noise = (0.1 * 0.9 + 0.6 * 0.4) / 2,
                 truth = 1 - (noise + 0.01) / (noise + 0.0625);
    uint64_t random = 3;
    int within = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        for (size_t g = 0; g < GROUPS; g++) {
            double p = any_below(&random, 2) ? 0.6 : 0.1;
            for (size_t k = 0; k < EACH; k++) {
                size_t i = g * EACH + k;
                m.group[i] = g;
                m.happened[i] = any_between(&random, 0, 1) < p;
                m.forecast[i] = p + 0.1;
                m.reference[i] = 0.35;
            }
        }
        const stp_cases c = cases_of((size_t)GROUPS * EACH, GROUPS);
        stp_interval s;
        assert_int_equal(stp_skill_of(&c, m.reference, &s), 0);
        within += s.low <= truth && truth <= s.high;
    }
    print_message("# jackknife: %.3f of %d hold the skill\n", (double)within / TRIALS,
                  TRIALS);
    assert_true(within >= 0.925 * TRIALS && within <= 0.975 * TRIALS);
}

/* ---- shares of cases that hang together ---- */

/* A chance for each group: cases of a group are alike, groups are not. */
static double chance_of(uint64_t *random, double p, double alike)
{
    /* two kinds of groups with the mean p, as far apart as `alike` says */
    double away = alike * (p < 0.5 ? p : 1 - p);
    return any_below(random, 2) ? p + away : p - away;
}

static double held(double p, double alike, size_t groups, size_t each, int trials,
                   uint64_t *random, double *naive)
{
    int within = 0, simple = 0;
    for (int trial = 0; trial < trials; trial++) {
        size_t hits = 0, n = groups * each;
        for (size_t g = 0; g < groups; g++) {
            double chance = chance_of(random, p, alike);
            for (size_t k = 0; k < each; k++) {
                m.group[g * each + k] = g;
                m.happened[g * each + k] = any_between(random, 0, 1) < chance;
                hits += m.happened[g * each + k];
            }
        }
        const stp_cases c = cases_of(n, groups);
        stp_interval s, w = stp_share_interval(hits, n);
        assert_int_equal(stp_grouped_share(&c, NULL, &s), 0);
        assert_int_equal(s.n, n);
        within += s.low <= p && p <= s.high;
        simple += w.low <= p && p <= w.high;
    }
    *naive = (double)simple / trials;
    return (double)within / trials;
}

static void intervals_know_groups(void **state)
{
    (void)state;
    static const struct {
        double p, alike;
        size_t groups, each;
    } CASES[] = {{0.3, 0, 30, 10},
                 {0.3, 0.9, 30, 10},
                 {0.1, 0.9, 30, 20},
                 {0.5, 0.8, 10, 20},
                 {0.05, 1, 40, 10}};
    uint64_t random = 4;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        double naive, share = held(CASES[i].p, CASES[i].alike, CASES[i].groups,
                                   CASES[i].each, 2000, &random, &naive);
        print_message("# p %.2f, alike %.1f, %zu groups: %.3f; without groups %.3f\n",
                      CASES[i].p, CASES[i].alike, CASES[i].groups, share, naive);
        assert_true(share >= 0.92 && share <= 0.995);
        if (CASES[i].alike >= 0.8)
            assert_true(naive < share); /* what the groups are for */
    }
}

/* Where nothing ever came, groups count once each, and Wilson's interval is that of so many. */
static void nothing_came(void **state)
{
    (void)state;
    for (size_t i = 0; i < 400; i++) {
        m.group[i] = i / 20;
        m.happened[i] = false;
    }
    const stp_cases c = cases_of(400, 20);
    stp_interval s, few = stp_share_interval(0, 20), many = stp_share_interval(0, 400);
    assert_int_equal(stp_grouped_share(&c, NULL, &s), 0);
    assert_same(s.estimate, 0);
    assert_same(s.low, 0);
    assert_true(s.high > few.high && s.high < 1.5 * few.high && s.high > many.high);
    bool none[400] = {false};
    assert_int_equal(stp_grouped_share(&c, none, &s), 0);
    assert_true(isnan(s.estimate) && s.n == 0);
}

/* ---- reliability ---- */

static void classes(void **state)
{
    (void)state;
    assert_int_equal(stp_bin_of(0), 0);
    assert_int_equal(stp_bin_of(1e-9), 1);
    assert_int_equal(stp_bin_of(0.1), 2);
    assert_int_equal(stp_bin_of(0.95), 10);
    assert_int_equal(stp_bin_of(1 - 1e-16), 10);
    assert_int_equal(stp_bin_of(1), STP_BINS - 1);
}

/* Calibrated forecasts lie in their intervals nearly always; those of someone over-sure, who says
 * 1/2 + 1.8 (p - 1/2), do not. */
static void calibrated_and_over_sure(void **state)
{
    (void)state;
    enum { TRIALS = 200 };
    uint64_t random = 5;
    int there[2] = {0, 0}, bins[2] = {0, 0};
    double reliability[2] = {0, 0};
    for (int trial = 0; trial < TRIALS; trial++)
        for (int sure = 0; sure < 2; sure++) {
            for (size_t i = 0; i < 2000; i++) {
                double p = (double)any_below(&random, 21) / 20;
                double said = fmin(fmax(0.5 + 1.8 * (p - 0.5), 0), 1);
                m.group[i] = i / 40;
                m.happened[i] = any_between(&random, 0, 1) < p;
                m.forecast[i] = sure ? said : p;
            }
            const stp_cases c = cases_of(2000, 50);
            stp_bin b[STP_BINS];
            stp_brier parts;
            assert_int_equal(stp_reliability(&c, b), 0);
            assert_int_equal(stp_brier_of(&c, &parts), 0);
            reliability[sure] += parts.reliability / TRIALS;
            for (size_t k = 1; k + 1 < STP_BINS; k++) {
                bins[sure] += b[k].happened.n > 0;
                there[sure] += b[k].happened.low <= b[k].forecast &&
                               b[k].forecast <= b[k].happened.high;
            }
        }
    double good = (double)there[0] / bins[0], bad = (double)there[1] / bins[1];
    print_message("# in their intervals: calibrated %.3f, over-sure %.3f\n", good, bad);
    assert_true(good >= 0.93 && bad < 0.5);
    /* what is expected: by chance alone sum p (1 - p) / n over the 21 values, 0.00166; of the over-sure, the
     * squares of how far they are off, those that say 0 or 1 taken together, 0.01314, and as much by chance */
    assert_near(reliability[0], 0.00166, 0.0002);
    assert_true(reliability[1] > 0.0131 && reliability[1] < 0.0131 + 0.002);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(score_by_hand),
        cmocka_unit_test(parts_add_up),
        cmocka_unit_test(skill_by_hand),
        cmocka_unit_test(intervals_of_skill),
        cmocka_unit_test(intervals_know_groups),
        cmocka_unit_test(nothing_came),
        cmocka_unit_test(classes),
        cmocka_unit_test(calibrated_and_over_sure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
