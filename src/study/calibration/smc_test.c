/* Promise (study/calibration/smc.h): draws come from the posterior, whatever the number of threads. */
#include "study/calibration/smc.h"

#include "support.h"

enum { PARTICLES = 2000, DIMENSIONS = 5 };

static double z[PARTICLES * DIMENSIONS], value[PARTICLES];

/* The first two coordinates are seen with errors; of the others nothing is. */
static double seen(const double *p, void *user)
{
    (void)user;
    double a = (p[0] - 2) / 0.5, b = (p[0] + p[1] - 1) / 0.2;
    return -(a * a + b * b) / 2;
}

/* Precision of (p0, p1): {{1 + 4 + 25, 25}, {25, 1 + 25}}; times the mean: {8 + 25, 25}. */
static void normal_posterior_is_drawn(void **state)
{
    (void)state;
    const stp_smc_options o = {.seed = 5,
                               .particles = PARTICLES,
                               .dimensions = DIMENSIONS};
    stp_smc_summary s;
    assert_int_equal(stp_smc(&o, seen, NULL, z, value, &s), 0);
    double mean[DIMENSIONS] = {0}, square[DIMENSIONS] = {0};
    for (size_t i = 0; i < PARTICLES; i++)
        for (size_t k = 0; k < DIMENSIONS; k++) {
            mean[k] += z[i * DIMENSIONS + k] / PARTICLES;
            square[k] += z[i * DIMENSIONS + k] * z[i * DIMENSIONS + k] / PARTICLES;
        }
    const double det = 30.0 * 26 - 625, m0 = (26 * 33 - 25 * 25) / det,
                 m1 = (30 * 25 - 25 * 33) / det;
    assert_near(mean[0], m0, 0.04);
    assert_near(mean[1], m1, 0.04);
    assert_near(square[0] - mean[0] * mean[0], 26 / det, 0.02);
    assert_near(square[1] - mean[1] * mean[1], 30 / det, 0.02);
    for (size_t k = 2; k < DIMENSIONS; k++) {
        assert_near(mean[k], 0, 0.1);
        assert_near(square[k], 1, 0.12);
    }
    /* The evidence is the density of the observations (2, 1) with covariance {{1.25, 1}, {1, 2.04}}, without the
     * constant of their errors. */
    double c = 1.25 * 2.04 - 1, quadratic = (2.04 * 4 - 2 * 2 + 1.25) / c;
    assert_near(s.evidence, -quadratic / 2 - log(c) / 2 + log(0.5 * 0.2), 0.15);
}

static double two_peaks(const double *p, void *user)
{
    (void)user;
    double a = (p[0] - 1.5) / 0.1, b = (p[0] + 1.5) / 0.1;
    return fmax(-a * a / 2, -b * b / 2 + log(0.5));
}

static void both_peaks_are_kept(void **state)
{
    (void)state;
    double share = 0;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        const stp_smc_options o = {.seed = seed, .particles = PARTICLES, .dimensions = 1};
        stp_smc_summary s;
        assert_int_equal(stp_smc(&o, two_peaks, NULL, z, value, &s), 0);
        for (size_t i = 0; i < PARTICLES; i++)
            share += (z[i] > 0) / (10.0 * PARTICLES);
    }
    assert_near(share, 2.0 / 3, 0.05);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    static double other[PARTICLES * DIMENSIONS], values[PARTICLES];
    stp_smc_options o = {.seed = 5,
                         .particles = 200,
                         .dimensions = DIMENSIONS,
                         .threads = 1};
    stp_smc_summary s;
    assert_int_equal(stp_smc(&o, seen, NULL, z, value, &s), 0);
    o.threads = 3;
    assert_int_equal(stp_smc(&o, seen, NULL, other, values, &s), 0);
    assert_memory_equal(z, other, 200 * DIMENSIONS * sizeof *z);
    assert_memory_equal(value, values, 200 * sizeof *value);
}

static double impossible(const double *p, void *user)
{
    (void)p;
    return user ? NAN : -INFINITY;
}

static double half_possible(const double *p, void *user)
{
    (void)user;
    return p[0] > 0 ? 0 : -INFINITY;
}

static void impossible_points_are_left(void **state)
{
    (void)state;
    const stp_smc_options o = {.seed = 5, .particles = 200, .dimensions = 2};
    stp_smc_summary s;
    assert_int_equal(stp_smc(&o, impossible, NULL, z, value, &s), 1);
    assert_int_equal(stp_smc(&o, impossible, z, z, value, &s), 1);
    assert_int_equal(stp_smc(&o, half_possible, NULL, z, value, &s), 0);
    for (size_t i = 0; i < 200; i++)
        assert_true(z[2 * i] > 0);
    assert_near(s.evidence, log(0.5), 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_posterior_is_drawn),
        cmocka_unit_test(both_peaks_are_kept),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(impossible_points_are_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
