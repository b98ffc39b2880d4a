/* Promise (study/calibration/chains.h): draws come from the posterior, with chance in every likelihood. */
#include "study/calibration/chains.h"

#include "study/calibration/smc.h"
#include "support.h"

enum { DIMENSIONS = 6, LEADING = 3, CHAINS = 200, STEPS = 9, KIND = 0x7e57 };

/* A run shows p0 + chance and p0 + p1 + p5 / 2 + chance; the record, with errors, is 2 and 1. */
static const double CHANCE = 0.1, ERROR = 0.4;

typedef struct toy {
    uint64_t seed;
    double record[2];
    size_t points;
    int fails_in; /* batch; 0: none */
} toy;

static void show(const toy *t, size_t batch, size_t i, const double *z, double seen[2])
{
    seen[0] = z[0] +
              CHANCE * stp_smc_normal(t->seed, KIND + (uint32_t)batch, (uint32_t)i, 0);
    seen[1] = z[0] + z[1] + z[5] / 2 +
              CHANCE * stp_smc_normal(t->seed, KIND + (uint32_t)batch, (uint32_t)i, 1);
}

static double log_of(const toy *t, const double seen[2])
{
    double a = (seen[0] - t->record[0]) / ERROR, b = (seen[1] - t->record[1]) / ERROR;
    return -(a * a + b * b) / 2;
}

static int run(void *user, size_t batch, size_t n, const double *z, double *logs,
               double *seen)
{
    toy *t = user;
    if (t->fails_in > 0 && batch == (size_t)t->fails_in)
        return 77;
    for (size_t i = 0; i < n; i++) {
        show(t, batch, i, z + i * DIMENSIONS, seen + 2 * i);
        logs[i] = log_of(t, seen + 2 * i);
    }
    t->points += n;
    return 0;
}

static const stp_chains_options ALL = {.seed = 3,
                                       .dimensions = DIMENSIONS,
                                       .leading = LEADING,
                                       .extras = 2,
                                       .first = 1000,
                                       .chains = CHAINS,
                                       .steps = STEPS,
                                       .levels = 40};

static void mean_of(const stp_chains *c, size_t k, double *mean, double *variance)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < c->draws; i++) {
        sum += c->z[i * DIMENSIONS + k];
        squares += c->z[i * DIMENSIONS + k] * c->z[i * DIMENSIONS + k];
    }
    *mean = sum / (double)c->draws;
    *variance = squares / (double)c->draws - *mean * *mean;
}

/* With s the variance of chance and error, 0.17, the covariance of what is seen is
 * {{1 + s, 1}, {1, 2.25 + s}}; that of p0 with it {1, 1}, of p1 {0, 1}, of p5 {0, 1/2}. */
static void normal_posterior_is_drawn(void **state)
{
    (void)state;
    toy t = {.seed = 11, .record = {2, 1}};
    stp_chains c;
    assert_int_equal(stp_chains_draw(&ALL, run, &t, &c), 0);
    assert_false(c.empty || c.cut);
    const double s = CHANCE * CHANCE + ERROR * ERROR, a = 1 + s, b = 2.25 + s,
                 det = a * b - 1;
    const double with[DIMENSIONS][2] = {{1, 1}, {0, 1}, {0}, {0}, {0}, {0, 0.5}};
    for (size_t k = 0; k < DIMENSIONS; k++) {
        double x = with[k][0], y = with[k][1], mean, variance;
        mean_of(&c, k, &mean, &variance);
        assert_near(mean, (2 * (b * x - y) + (a * y - x)) / det, 0.15);
        assert_near(variance, 1 - (x * (b * x - y) + y * (a * y - x)) / det, 0.2);
    }
    /* The evidence, without the constant of the errors. */
    double quadratic = (4 * b - 2 * 2 + a) / det;
    assert_near(c.evidence, -quadratic / 2 - log(det) / 2 + 2 * log(ERROR), 0.3);
    /* What a draw's own run showed is kept with it. */
    for (size_t i = 0; i < c.draws; i++)
        assert_near(log_of(&t, c.seen + 2 * i), c.log_likelihood[i], 1e-12);
    assert_int_equal(t.points, 1000 + c.level_count * CHAINS * STEPS);
    stp_chains_clear(&c);
}

/* Ranks of truths among the draws of their posteriors: uniform, also of the likelihood. */
static void truths_have_uniform_ranks(void **state)
{
    (void)state;
    enum { TRUTHS = 120, BINS = 4 };
    size_t bins[4][BINS] = {{0}};
    for (uint64_t n = 0; n < TRUTHS; n++) {
        toy t = {.seed = 100 + n};
        double z[DIMENSIONS], seen[2];
        for (uint32_t k = 0; k < DIMENSIONS; k++)
            z[k] = stp_smc_normal(n, 1, 0, k);
        show(&t, 999, 0, z, seen);
        for (uint32_t k = 0; k < 2; k++)
            t.record[k] = seen[k] + ERROR * stp_smc_normal(n, 2, 0, k);
        stp_chains_options o = ALL;
        o.seed = n;
        o.chains = 20;
        o.first = 200;
        stp_chains c;
        assert_int_equal(stp_chains_draw(&o, run, &t, &c), 0);
        size_t below[4] = {0};
        for (size_t i = 0; i < c.draws; i++) {
            below[0] += c.z[i * DIMENSIONS] < z[0];
            below[1] += c.z[i * DIMENSIONS + 1] < z[1];
            below[2] += c.z[i * DIMENSIONS + 5] < z[5];
            below[3] += c.log_likelihood[i] < log_of(&t, seen);
        }
        for (size_t q = 0; q < 4; q++)
            bins[q][below[q] * BINS / (c.draws + 1)]++;
        stp_chains_clear(&c);
    }
    for (size_t q = 0; q < 4; q++) {
        double chi = 0, expected = (double)TRUTHS / BINS;
        for (size_t b = 0; b < BINS; b++)
            chi += ((double)bins[q][b] - expected) * ((double)bins[q][b] - expected) /
                   expected;
        assert_true(chi < 14.8); /* of 3 degrees of freedom, p = 0.002 */
    }
}

static int impossible(void *user, size_t batch, size_t n, const double *z, double *logs,
                      double *seen)
{
    (void)user, (void)batch, (void)z, (void)seen;
    for (size_t i = 0; i < n; i++)
        logs[i] = -INFINITY;
    return 0;
}

static void nothing_possible_is_said(void **state)
{
    (void)state;
    stp_chains c;
    assert_int_equal(stp_chains_draw(&ALL, impossible, NULL, &c), 0);
    assert_true(c.empty);
    assert_int_equal(c.draws, 1000);
    stp_chains_clear(&c);
}

static void too_few_levels_are_said(void **state)
{
    (void)state;
    toy t = {.seed = 1, .record = {9, -9}};
    stp_chains_options o = ALL;
    o.levels = 1;
    stp_chains c;
    assert_int_equal(stp_chains_draw(&o, run, &t, &c), 0);
    assert_true(c.cut);
    stp_chains_clear(&c);
}

static void error_of_a_run_ends_it(void **state)
{
    (void)state;
    toy t = {.seed = 1, .record = {2, 1}, .fails_in = 4};
    stp_chains c;
    assert_int_equal(stp_chains_draw(&ALL, run, &t, &c), 77);
    stp_chains_clear(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_posterior_is_drawn),
        cmocka_unit_test(truths_have_uniform_ranks),
        cmocka_unit_test(nothing_possible_is_said),
        cmocka_unit_test(too_few_levels_are_said),
        cmocka_unit_test(error_of_a_run_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
