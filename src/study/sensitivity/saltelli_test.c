/* Promise (study/sensitivity/saltelli.h): the design is Saltelli's, and the indices are those that are known of the
 * Ishigami function and the g-function. */
#include "study/sensitivity/saltelli.h"

#include "analytic.h"
#include "support.h"

static void rows_are_a_ab_b(void **state)
{
    (void)state;
    enum { FACTORS = 5, GROUPS = 3, LENGTH = GROUPS + 2, MOST = 64 };
    static const size_t GROUP[FACTORS] = {0, 1, 0, 2, 1};
    static double points[MOST * LENGTH * FACTORS];
    const stp_factors f = {FACTORS, GROUP, GROUPS};
    for (size_t rows = 8; rows <= MOST; rows *= 2) { /* a hypercube, then a sequence */
        assert_int_equal(stp_saltelli_grows(&f, rows), rows >= 20);
        assert_int_equal(stp_saltelli_design(1, &f, rows, points), 0);
        for (size_t j = 0; j < rows; j++) {
            const double *a = points + j * LENGTH * FACTORS,
                         *b = a + (LENGTH - 1) * FACTORS;
            for (size_t g = 0; g < GROUPS; g++)
                for (size_t k = 0; k < FACTORS; k++)
                    assert_same(a[(g + 1) * FACTORS + k], GROUP[k] == g ? b[k] : a[k]);
            for (size_t k = 0; k < FACTORS; k++)
                assert_true(a[k] > 0 && a[k] < 1 && b[k] > 0 && b[k] < 1 && a[k] != b[k]);
        }
    }
}

typedef double (*function)(const double *x);

static void run(function of, const size_t *group, size_t factors, size_t groups,
                size_t rows, stp_sobol_index *index)
{
    const stp_factors f = {factors, group, groups};
    size_t count = rows * stp_saltelli_length(&f), used;
    double *points = calloc(count * factors, sizeof *points),
           *values = calloc(count, sizeof *values);
    assert_non_null(points);
    assert_non_null(values);
    assert_int_equal(stp_saltelli_design(2, &f, rows, points), 0);
    for (size_t i = 0; i < count; i++)
        values[i] = 100 + of(points + i * factors); /* a mean far from 0 */
    assert_int_equal(stp_sobol_indices(groups, rows, values, 1, 200, 0.95, index, &used),
                     0);
    assert_int_equal(used, rows);
    free(points);
    free(values);
}

/* Saltelli and others (2008, page 179), from the integrals: first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437.
 * SALib 1.5 tests (test_regression.py) for 0.31, 0.44, 0.00 and 0.55, 0.44, 0.24, to 0.05. */
static void ishigami_by_factors(void **state)
{
    (void)state;
    static const size_t GROUP[4] = {0, 1, 2, 3};
    static const double FIRST[4] = {0.3139, 0.4424, 0, 0},
                        TOTAL[4] = {0.5576, 0.4424, 0.2437, 0};
    stp_sobol_index index[4];
    run(ishigami, GROUP, 4, 4, 8192, index);
    for (int k = 0; k < 4; k++) {
        assert_near(index[k].first, FIRST[k], 0.01);
        assert_near(index[k].first_jansen, FIRST[k], 0.02);
        assert_near(index[k].total, TOTAL[k], 0.01);
        assert_true(index[k].total_low <= TOTAL[k] && index[k].total_high >= TOTAL[k]);
        assert_true(index[k].first_low <= index[k].first &&
                    index[k].first <= index[k].first_high);
    }
    assert_same(index[3].total, 0.0); /* the dummy */
}

/* The first and the third together, which interact, explain what the second does not; SALib 1.5 tests for 0.55 and
 * 0.44. */
static void ishigami_by_groups(void **state)
{
    (void)state;
    static const size_t GROUP[3] = {0, 1, 0};
    stp_sobol_index index[2];
    run(ishigami, GROUP, 3, 2, 4096, index);
    assert_near(index[0].first, 0.5576, 0.01);
    assert_near(index[0].total, 0.5576, 0.01);
    assert_near(index[1].first, 0.4424, 0.01);
    assert_near(index[1].total, 0.4424, 0.01);
}

/* From the product; Saltelli and others (2010) give 0.716, 0.179, 0.024, 0.007 alone, and 0.788, 0.242, 0.034, 0.010 in
 * all. */
static void g_function_by_factors(void **state)
{
    (void)state;
    size_t group[G_FACTORS];
    stp_sobol_index index[G_FACTORS];
    for (size_t k = 0; k < G_FACTORS; k++)
        group[k] = k;
    run(g_function, group, G_FACTORS, G_FACTORS, 8192, index);
    for (int k = 0; k < G_FACTORS; k++) {
        double first = g_part(k) / g_variance();
        double total = first * (g_variance() + 1) / (1 + g_part(k));
        assert_near(index[k].first, first, 0.01);
        assert_near(index[k].total, total, 0.01);
    }
    assert_near(g_part(0) / g_variance(), 0.716, 0.001);
    assert_near(index[0].total, 0.788, 0.01);
}

/* 95 % intervals hold the truth in most of 100 designs; a binomial share of 0.95 falls below 85 of 100 once in 10^4
 * cases, and those of a Sobol sequence, which bootstraps take for independent points, are rather too wide. */
static void intervals_hold_the_truth(void **state)
{
    (void)state;
    enum { ROWS = 200, TRIALS = 100 };
    static const size_t GROUP[3] = {0, 1, 2};
    static const double TOTAL[3] = {0.5576, 0.4424, 0.2437};
    const stp_factors f = {3, GROUP, 3};
    double points[ROWS * 5 * 3], values[ROWS * 5];
    int held = 0;
    for (uint64_t seed = 0; seed < TRIALS; seed++) {
        stp_sobol_index index[3];
        size_t used;
        assert_int_equal(stp_saltelli_design(seed, &f, ROWS, points), 0);
        for (size_t i = 0; i < ROWS * 5; i++)
            values[i] = ishigami(points + 3 * i);
        assert_int_equal(stp_sobol_indices(3, ROWS, values, seed, 200, 0.95, index,
                                           &used),
                         0);
        for (int k = 0; k < 3; k++)
            held += index[k].total_low <= TOTAL[k] && TOTAL[k] <= index[k].total_high;
    }
    if (held < 3 * 85)
        fail_msg("%d of %d intervals hold the truth", held, 3 * TRIALS);
}

static void incomplete_rows_are_left_out(void **state)
{
    (void)state;
    double values[4 * 4] = {1, 2, 1, 5, 3, NAN, 2, 1, 4, 4, 6, 2, 0, 1, 1, 3};
    double complete[3 * 4] = {1, 2, 1, 5, 4, 4, 6, 2, 0, 1, 1, 3};
    stp_sobol_index with[2], without[2];
    size_t used;
    assert_int_equal(stp_sobol_indices(2, 4, values, 1, 50, 0.95, with, &used), 0);
    assert_int_equal(used, 3);
    assert_int_equal(stp_sobol_indices(2, 3, complete, 1, 50, 0.95, without, &used), 0);
    assert_memory_equal(with, without, sizeof with);
    for (int i = 0; i < 16; i++)
        values[i] = 7; /* no variance */
    assert_int_equal(stp_sobol_indices(2, 4, values, 1, 50, 0.95, with, &used), 0);
    assert_true(isnan(with[0].first) && isnan(with[0].total));
    for (int i = 0; i < 4; i++)
        values[4 * i] = NAN;
    assert_int_equal(stp_sobol_indices(2, 4, values, 1, 50, 0.95, with, &used), 0);
    assert_int_equal(used, 0);
    assert_true(isnan(with[0].total_low));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_a_ab_b),
        cmocka_unit_test(ishigami_by_factors),
        cmocka_unit_test(ishigami_by_groups),
        cmocka_unit_test(g_function_by_factors),
        cmocka_unit_test(intervals_hold_the_truth),
        cmocka_unit_test(incomplete_rows_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
