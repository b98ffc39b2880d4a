/* Promise (study/sensitivity/morris.h): in a trajectory every group moves once, along the grid; indices are those
 * of the definition, and those that others published. */
#include "study/sensitivity/morris.h"

#include "analytic.h"
#include "support.h"

static void trajectories_move_each_group_once(void **state)
{
    (void)state;
    enum { FACTORS = 6, GROUPS = 4, TRAJECTORIES = 50, LENGTH = GROUPS + 1 };
    static const size_t GROUP[FACTORS] = {0, 1, 0, 2, 3, 2};
    static double points[TRAJECTORIES * LENGTH * FACTORS];
    const stp_factors f = {FACTORS, GROUP, GROUPS};
    assert_int_equal(stp_morris_length(&f), LENGTH);
    for (size_t levels = 2; levels <= 8; levels += 2) {
        double step = (double)levels / (2 * (double)(levels - 1));
        assert_int_equal(stp_morris_design(1, &f, TRAJECTORIES, levels, points), 0);
        for (size_t t = 0; t < TRAJECTORIES; t++) {
            size_t moves[GROUPS] = {0};
            for (size_t p = 0; p + 1 < LENGTH; p++) {
                const double *from = points + (t * LENGTH + p) * FACTORS,
                             *to = from + FACTORS;
                size_t group = GROUPS;
                for (size_t k = 0; k < FACTORS; k++) {
                    assert_true(from[k] >= 0 && from[k] <= 1);
                    if (from[k] == to[k])
                        continue;
                    assert_near(fabs(to[k] - from[k]), step, 1e-15);
                    assert_true(group == GROUPS || group == GROUP[k]);
                    group = GROUP[k];
                }
                for (size_t k = 0; k < FACTORS; k++) /* all of the group */
                    assert_int_equal(from[k] != to[k], GROUP[k] == group);
                moves[group]++;
            }
            for (size_t g = 0; g < GROUPS; g++)
                assert_int_equal(moves[g], 1);
        }
    }
}

static void designs_grow(void **state)
{
    (void)state;
    static const size_t GROUP[3] = {0, 1, 2};
    const stp_factors f = {3, GROUP, 3};
    double few[5 * 12], many[9 * 12];
    assert_int_equal(stp_morris_design(7, &f, 5, 4, few), 0);
    assert_int_equal(stp_morris_design(7, &f, 9, 4, many), 0);
    assert_memory_equal(few, many, sizeof few);
}

/* Exercise 4 of Saltelli and others (2008, page 138), as the tests of SALib 1.5 have it (test_analyze_morris.py):
 * mu 0.66, 0.21; mu* 1.62, 0.35; sigma 1.79, 0.41. */
static void a_published_exercise_comes_out(void **state)
{
    (void)state;
    static const double LEVELS[18][2] = {{0, 1}, {0, 3}, {2, 3}, {0, 1}, {2, 1}, {2, 3},
                                         {2, 0}, {2, 2}, {0, 2}, {1, 3}, {3, 3}, {3, 1},
                                         {1, 3}, {1, 1}, {3, 1}, {1, 2}, {1, 0}, {3, 0}};
    static const double VALUES[18] = {0.97, 0.71, 2.39, 0.97, 2.30, 2.39,
                                      1.87, 2.40, 0.87, 2.15, 1.71, 1.54,
                                      2.15, 2.17, 1.54, 2.20, 1.87, 1.0};
    static const size_t GROUP[2] = {0, 1};
    const stp_factors f = {2, GROUP, 2};
    double points[36];
    stp_morris_index index[2];
    for (int i = 0; i < 36; i++)
        points[i] = LEVELS[i / 2][i % 2] / 3;
    assert_int_equal(stp_morris_indices(&f, 6, points, VALUES, 1, 1000, 0.95, index), 0);
    assert_near(index[0].mu, 0.66,
                0.015); /* from outcomes that are rounded: SALib allows 10 % */
    assert_near(index[1].mu, 0.21, 0.005);
    assert_near(index[0].mu_star, 1.62, 0.005);
    assert_near(index[1].mu_star, 0.35, 0.005);
    assert_near(index[0].sigma, 1.79, 0.005);
    assert_near(index[1].sigma, 0.41, 0.005);
    assert_true(index[0].low < 1.62 && index[0].high > 1.62 && index[0].low > 1);
}

enum { TRAJECTORIES = 10000 };

static void run_ishigami(const size_t *group, size_t groups, stp_morris_index *index)
{
    const stp_factors f = {4, group, groups};
    size_t count = TRAJECTORIES * stp_morris_length(&f);
    double *points = calloc(count * 4, sizeof *points),
           *values = calloc(count, sizeof *values);
    assert_non_null(points);
    assert_non_null(values);
    assert_int_equal(stp_morris_design(3, &f, TRAJECTORIES, 4, points), 0);
    for (size_t i = 0; i < count; i++)
        values[i] = ishigami(points + i * 4);
    assert_int_equal(stp_morris_indices(&f, TRAJECTORIES, points, values, 1, 100, 0.95,
                                        index),
                     0);
    free(points);
    free(values);
}

/* On four levels the effects take few values, so that the indices follow by counting: mu* = 7.704, 7.875, 6.249;
 * mu = 7.704, 0, 0; sigma of the first 6.249. SALib 1.5 has (test_regression.py, 10000 trajectories) mu* = 7.768,
 * 7.875, 6.309, and for six optimal ones mu = 7.704 and sigma = 6.845, which is 6.249 * sqrt(6 / 5). Tolerance: four
 * standard errors of a mean, sigma / 100. */
static void ishigami_by_factors(void **state)
{
    (void)state;
    static const size_t GROUP[4] = {0, 1, 2, 3};
    stp_morris_index index[4];
    run_ishigami(GROUP, 4, index);
    assert_near(index[0].mu_star, 7.704054, 0.25);
    assert_near(index[1].mu_star, 7.875, 1e-9);
    assert_near(index[2].mu_star, 6.2487, 0.25);
    assert_near(index[0].mu, 7.704054, 0.25);
    assert_near(index[1].mu, 0, 0.32);
    assert_near(index[2].mu, 0, 0.40);
    assert_near(index[0].sigma, 6.2487, 0.1);
    assert_near(index[1].sigma, 7.875, 0.05);
    assert_same(index[3].mu_star, 0.0); /* the dummy */
    assert_same(index[3].high, 0.0);
    assert_int_equal(index[0].count, TRAJECTORIES);
}

/* Groups: SALib 1.5 has mu* = 7.717 for the first factor and 10.148 for the others together; counting gives 7.704
 * and 10.186. */
static void ishigami_by_groups(void **state)
{
    (void)state;
    static const size_t GROUP[4] = {0, 1, 1, 2};
    stp_morris_index index[3];
    run_ishigami(GROUP, 3, index);
    assert_near(index[0].mu_star, 7.704054, 0.25);
    assert_near(index[1].mu_star, 10.186, 0.25);
    assert_true(isnan(index[1].mu) && isnan(index[1].sigma));
    assert_true(index[1].spread > 0);
    assert_true(index[1].low < index[1].mu_star && index[1].high > index[1].mu_star);
}

/* The g-function's factors matter in the order of their weights; each effect is a product, so that
 * on four levels, where |4 x - 2| is 2 or 2/3, mu* = 2 / (1 + a) times the mean of the other factors. */
static void g_function_by_factors(void **state)
{
    (void)state;
    enum { R = 4000, K = G_FACTORS };
    size_t group[K], count = (size_t)R * (K + 1);
    for (size_t k = 0; k < K; k++)
        group[k] = k;
    const stp_factors f = {K, group, K};
    double *points = calloc(count * K, sizeof *points),
           *values = calloc(count, sizeof *values);
    stp_morris_index index[K];
    assert_int_equal(stp_morris_design(5, &f, R, 4, points), 0);
    for (size_t i = 0; i < count; i++)
        values[i] = g_function(points + i * K);
    assert_int_equal(stp_morris_indices(&f, R, points, values, 1, 0, 0.95, index), 0);
    for (int k = 0; k < K; k++) {
        double wanted = 2 / (1 + G_WEIGHTS[k]);
        for (int other = 0; other < K; other++)
            if (other != k) /* the mean of |4 x - 2| is 4/3 */
                wanted *= (4.0 / 3 + G_WEIGHTS[other]) / (1 + G_WEIGHTS[other]);
        assert_near(index[k].mu_star, wanted, 0.06 * wanted);
    }
    free(points);
    free(values);
}

static void missing_values_are_left_out(void **state)
{
    (void)state;
    static const size_t GROUP[2] = {0, 1};
    const stp_factors f = {2, GROUP, 2};
    double points[30], values[15];
    stp_morris_index index[2];
    assert_int_equal(stp_morris_design(1, &f, 5, 4, points), 0);
    for (int i = 0; i < 15; i++)
        values[i] = points[2 * i] + 2 * points[2 * i + 1];
    values[0] = values[4] = NAN; /* an end, and the middle */
    assert_int_equal(stp_morris_indices(&f, 5, points, values, 1, 100, 0.95, index), 0);
    assert_int_equal(index[0].count + index[1].count, 10 - 3);
    assert_near(index[0].mu, 1, 1e-12);
    assert_near(index[1].mu, 2, 1e-12);
    for (int i = 0; i < 15; i++)
        values[i] = NAN;
    assert_int_equal(stp_morris_indices(&f, 5, points, values, 1, 100, 0.95, index), 0);
    assert_int_equal(index[0].count, 0);
    assert_true(isnan(index[0].mu_star) && isnan(index[0].low));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trajectories_move_each_group_once),
        cmocka_unit_test(designs_grow),
        cmocka_unit_test(a_published_exercise_comes_out),
        cmocka_unit_test(ishigami_by_factors),
        cmocka_unit_test(ishigami_by_groups),
        cmocka_unit_test(g_function_by_factors),
        cmocka_unit_test(missing_values_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
