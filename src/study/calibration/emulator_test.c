/* Promise (study/calibration/emulator.h): an emulator finds the inputs that matter, predicts a smooth statistic within
 * the uncertainty that it states, and says how noisy the statistic is. */
#include "study/calibration/emulator.h"

#include "support.h"

#include "base/normal.h"
#include "base/random.h"

enum { DIMENSIONS = 20, POINTS = 400 };

static double uniform(uint32_t seed, uint32_t i, uint32_t k)
{
    return ((double)stp_random(seed, STP_PURPOSE_RESAMPLE, i, k, 0, 0).w[0] + 0.5) /
           4294967296.0;
}

static double x[POINTS * DIMENSIONS], y[POINTS];

static double smooth(const double *p)
{
    return 3 + 2 * p[4] - p[4] * p[4] + 1.5 * p[7] * p[4] + exp(p[11]) / 2;
}

static void fill(uint32_t seed, double noise)
{
    for (uint32_t i = 0; i < POINTS; i++) {
        for (uint32_t k = 0; k < DIMENSIONS; k++)
            x[i * DIMENSIONS + k] = 2 * uniform(seed, i, k) - 1;
        y[i] = smooth(x + i * DIMENSIONS) +
               noise * stp_normal_inverse(uniform(seed, i, 77));
    }
}

static bool has(const stp_emulator *e, size_t input)
{
    for (size_t a = 0; a < e->active_count; a++)
        if (e->active[a] == input)
            return true;
    return false;
}

static void smooth_statistic_is_predicted(void **state)
{
    (void)state;
    size_t within = 0, asked = 0, idle = 0;
    for (uint32_t seed = 0; seed < 20; seed++) {
        stp_emulator e;
        fill(seed, 0.3);
        assert_int_equal(stp_emulator_fit(&e, false, POINTS, DIMENSIONS, x, y), 0);
        assert_true(has(&e, 4) && has(&e, 7) && has(&e, 11));
        idle += e.active_count - 3;
        assert_true(e.noise > 0.06 && e.noise < 0.13); /* 0.09 */
        fill(seed + 1000, 0);
        for (size_t i = 0; i < POINTS; i++) {
            stp_prediction p = stp_emulator_predict(&e, x + i * DIMENSIONS);
            within += fabs(p.mean - y[i]) < 2.6 * sqrt(p.variance) + 0.02;
            asked++;
        }
        stp_emulator_clear(&e);
    }
    assert_true(idle <= 10); /* of 340 inputs that do nothing */
    assert_true((double)within > 0.97 * (double)asked);
}

static void noise_alone_has_no_inputs(void **state)
{
    (void)state;
    size_t found = 0;
    for (uint32_t seed = 0; seed < 50; seed++) {
        stp_emulator e;
        fill(seed, 0);
        for (uint32_t i = 0; i < POINTS; i++)
            y[i] = stp_normal_inverse(uniform(seed, i, 78));
        assert_int_equal(stp_emulator_fit(&e, false, POINTS, DIMENSIONS, x, y), 0);
        found += e.active_count;
        assert_true(e.noise > 0.75 && e.noise < 1.3);
        stp_emulator_clear(&e);
    }
    assert_true(found <= 5);
}

static void probability_is_predicted(void **state)
{
    (void)state;
    double error = 0;
    for (uint32_t seed = 0; seed < 10; seed++) {
        stp_emulator e;
        fill(seed, 0);
        for (uint32_t i = 0; i < POINTS; i++) {
            double chance = 1 / (1 + exp(-4 * x[i * DIMENSIONS + 2] - 1));
            y[i] = uniform(seed, i, 79) < chance;
        }
        assert_int_equal(stp_emulator_fit(&e, true, POINTS, DIMENSIONS, x, y), 0);
        assert_true(has(&e, 2));
        for (size_t i = 0; i < POINTS; i++) {
            double chance = 1 / (1 + exp(-4 * x[i * DIMENSIONS + 2] - 1));
            double p = stp_emulator_predict(&e, x + i * DIMENSIONS).mean;
            assert_true(p >= 0 && p <= 1);
            error += fabs(p - chance) / (POINTS * 10);
        }
        stp_emulator_clear(&e);
    }
    assert_true(error < 0.06);
}

/* No points, few points, equal values, only one answer. */
static void thin_samples_are_borne(void **state)
{
    (void)state;
    fill(1, 0);
    for (size_t n = 0; n < 30; n++)
        for (int kind = 0; kind < 4; kind++) {
            stp_emulator e;
            double values[30];
            for (size_t i = 0; i < 30; i++)
                values[i] = kind == 0   ? y[i]
                            : kind == 1 ? 7
                            : kind == 2 ? 1
                            : i % 3     ? 1
                                        : NAN;
            assert_int_equal(stp_emulator_fit(&e, kind >= 2, n, DIMENSIONS, x, values),
                             0);
            stp_prediction p = stp_emulator_predict(&e, x + 5 * DIMENSIONS);
            assert_true(isfinite(p.mean) && p.variance >= 0);
            if (kind == 1 && n > 0)
                assert_near(p.mean, 7, 1e-6);
            if (kind == 2 && n > 20)
                assert_true(p.mean > 0.9);
            stp_emulator_clear(&e);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(smooth_statistic_is_predicted),
        cmocka_unit_test(noise_alone_has_no_inputs),
        cmocka_unit_test(probability_is_predicted),
        cmocka_unit_test(thin_samples_are_borne),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
