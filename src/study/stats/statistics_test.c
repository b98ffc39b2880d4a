/* Promise (study/stats/statistics.h): tests keep their size under the null hypothesis, find what is
 * there, and give the textbook's numbers. */
#include "study/stats/statistics.h"

#include "support.h"

static void means_and_deviations(void **state)
{
    (void)state;
    const double values[] = {2, 4, 4, 4, 5, 5, 7, 9};
    assert_same(stp_mean(values, 8), 5);
    assert_near(stp_deviation(values, 8), sqrt(32.0 / 7), 1e-15);
    assert_same(stp_mean(values, 0), 0);
    assert_same(stp_deviation(values, 1), 0);
}

/* By hand: a below b but for one value. */
static void small_samples_by_hand(void **state)
{
    (void)state;
    double a[] = {3, 1, 2, 7}, b[] = {4, 6, 5, 8};
    stp_test ks = stp_kolmogorov_smirnov(a, 4, b, 4), mw = stp_mann_whitney(a, 4, b, 4);
    assert_same(ks.statistic, 0.75);
    assert_same(mw.statistic, 3.0 / 16); /* only the 7 beats something: 4, 5 and 6 */
    /* z = (3 - 8) / sqrt(16 / 12 * 9) = -5 / sqrt(12) */
    assert_near(mw.p, erfc(5 / sqrt(12) / sqrt(2)), 1e-15);
    double c[] = {1, 1, 2}, d[] = {1, 2, 2};
    mw = stp_mann_whitney(c, 3, d, 3);
    assert_same(mw.statistic, (2 * 0.5 + 1 + 2 * 0.5) / 9);
    ks = stp_kolmogorov_smirnov(c, 3, d, 3);
    assert_near(ks.statistic, 1.0 / 3, 1e-15);
    double e[] = {5, 5, 5}, f[] = {5, 5};
    assert_same(stp_mann_whitney(e, 3, f, 2).p, 1);
    assert_same(stp_kolmogorov_smirnov(e, 3, f, 2).p, 1);
}

/* The 5 % and 1 % points of Kolmogorov's distribution: 1.3581 and 1.6276 (Smirnov 1948). */
static void large_samples_have_kolmogorovs_points(void **state)
{
    (void)state;
    enum { N = 100000 };
    static double a[N], b[N];
    static const struct {
        double point, p;
    } KNOWN[] = {{1.3581, 0.05}, {1.6276, 0.01}, {1.2238, 0.10}};
    for (int i = 0; i < 3; i++) {
        /* b is a, moved so far that D = point / sqrt(N / 2) */
        size_t moved = (size_t)(KNOWN[i].point * sqrt(2.0 * N) + 0.5);
        for (size_t k = 0; k < N; k++) {
            a[k] = (double)k;
            b[k] = (double)(k + moved) + 0.5;
        }
        stp_test test = stp_kolmogorov_smirnov(a, N, b, N);
        assert_near(test.p, KNOWN[i].p, 0.002); /* Stephens's correction is in it */
    }
}

typedef stp_test test_function(double *, size_t, double *, size_t);

/* How often a test of two samples, the second moved by `shift`, rejects at 5 %. */
static double rejected(test_function *test, double shift, uint64_t *random)
{
    enum { TRIALS = 2000, N = 60, M = 80 };
    double a[N], b[M];
    int count = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        for (int i = 0; i < N; i++)
            a[i] = any_between(random, 0, 1) + any_between(random, 0, 1);
        for (int i = 0; i < M; i++)
            b[i] = any_between(random, 0, 1) + any_between(random, 0, 1) + shift;
        count += test(a, N, b, M).p < 0.05;
    }
    return (double)count / TRIALS;
}

/* 2,000 trials have a standard error of 0.5 %: four of them are allowed. */
static void tests_keep_their_size_and_have_power(void **state)
{
    (void)state;
    uint64_t random = 11;
    test_function *const TESTS[] = {stp_kolmogorov_smirnov, stp_mann_whitney};
    for (int i = 0; i < 2; i++) {
        double size = rejected(TESTS[i], 0, &random);
        if (size < 0.02 || size > 0.07)
            fail_msg("test %d rejects %.3f of true hypotheses", i, size);
        /* a shift of 0.3, with a standard deviation of 0.41 */
        double power = rejected(TESTS[i], 0.3, &random);
        if (power < 0.9)
            fail_msg("test %d finds only %.3f", i, power);
    }
}

static void holm_corrects_step_by_step(void **state)
{
    (void)state;
    double p[] = {0.01, 0.04, 0.03, 0.005, 0.9};
    assert_int_equal(stp_holm(p, 5), 0);
    assert_near(p[3], 0.025, 1e-15);
    assert_near(p[0], 0.04, 1e-15);
    assert_near(p[2], 0.09, 1e-15);
    assert_near(p[1], 0.09, 1e-15); /* 0.08, but not below the one before */
    assert_near(p[4], 0.9, 1e-15);
    double large[] = {0.6, 0.7};
    assert_int_equal(stp_holm(large, 2), 0);
    assert_same(large[0], 1);
    assert_same(large[1], 1);
    assert_int_equal(stp_holm(NULL, 0), 0);
}

/* By hand, and the twelve pairs of Siegel (1956), authoritarianism and striving for status: 0.82. */
static void ranks_correlate(void **state)
{
    (void)state;
    const double x[] = {82, 98, 87, 40, 116, 113, 111, 83, 85, 126, 106, 117};
    const double y[] = {42, 46, 39, 37, 65, 88, 86, 56, 62, 92, 54, 81};
    stp_test test;
    assert_int_equal(stp_spearman(x, y, 12, &test), 0);
    assert_near(test.statistic, 1 - 6 * 52.0 / (12 * 143), 1e-14);
    /* Siegel's t = 4.53 with 10 degrees; beyond 4.587 are 0.1 % of both sides */
    if (test.p < 0.001 || test.p > 0.0012)
        fail_msg("p is %g", test.p);
    /* ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4; a pair with a NAN does not count */
    const double a[] = {1, 5, NAN, 5, 9}, b[] = {0, 3, 7, 2, 4}, same[] = {2, 2, 2, 2, 2};
    assert_int_equal(stp_spearman(a, b, 5, &test), 0);
    assert_near(test.statistic, 4.5 / sqrt(4.5 * 5), 1e-14);
    assert_int_equal(stp_spearman(b, same, 5, &test), 0);
    assert_true(isnan(test.statistic) && test.p == 1);
    assert_int_equal(stp_spearman(a, b, 2, &test), 0);
    assert_true(isnan(test.statistic) && test.p == 1);
    const double falling[] = {5, 4, 3, 2, 1}, rising[] = {1, 10, 100, 1000, 1e4};
    assert_int_equal(stp_spearman(falling, rising, 5, &test), 0);
    assert_same(test.statistic, -1);
    assert_same(test.p, 0);
}

/* 4,000 samples of 15 pairs, with ties: 5 % are rejected, within five standard errors of 0.0034. */
static void ranks_keep_their_size(void **state)
{
    (void)state;
    enum { TRIALS = 4000, N = 15 };
    uint64_t random = 5;
    int rejected_of_all = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        double x[N], y[N];
        stp_test test;
        for (int i = 0; i < N; i++) {
            x[i] = any_below(&random, 8);
            y[i] = any_between(&random, 0, 1);
        }
        assert_int_equal(stp_spearman(x, y, N, &test), 0);
        rejected_of_all += test.p < 0.05;
    }
    assert_near(rejected_of_all / (double)TRIALS, 0.05, 0.017);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_and_deviations),
        cmocka_unit_test(small_samples_by_hand),
        cmocka_unit_test(large_samples_have_kolmogorovs_points),
        cmocka_unit_test(tests_keep_their_size_and_have_power),
        cmocka_unit_test(holm_corrects_step_by_step),
        cmocka_unit_test(ranks_correlate),
        cmocka_unit_test(ranks_keep_their_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
