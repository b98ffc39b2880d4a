/* Promise (study/calibration/calibrate.h): the posterior is where the record and the prior put it. Parameters that are
 * drawn from the prior have uniform ranks among the draws (Talts et al. 2018); what the record does not tell keeps
 * its prior; what never happened is said. */
#include "study/calibration/calibrate.h"

#include "support.h"

#include "base/normal.h"
#include "base/random.h"
#include "study/calibration/smc.h"
#include "study/stats/statistics.h"

enum { DIMENSIONS = 4, STATISTICS = 3 };

/* A made-up country: two numbers that tell of the first three parameters, none that tells of the fourth, and one 0 or
 * 1; unrest takes off where the first parameter is large enough. */
typedef struct country {
    uint64_t seed;
} country;

static void live(uint64_t seed, const double *z, stp_sample_run *run)
{
    double noise[4];
    for (uint32_t k = 0; k < 4; k++)
        noise[k] = stp_smc_normal(seed, 5, 0, k);
    run->seed = seed;
    run->stopped = z[0] > 2.5;
    run->took_off = z[0] + 0.3 * noise[3] > -1;
    run->values[0] = 2 * z[0] + 0.5 * z[1] + 0.2 * noise[0];
    run->values[1] = z[1] - z[2] * (1 + 0.2 * z[0]) + 0.3 * noise[1] + 0.1 * noise[0];
    run->values[2] = z[2] + noise[2] > 0;
}

static int simulate(void *user, size_t wave, size_t n, const double *z,
                    stp_sample_run *runs)
{
    const country *c = user;
    for (size_t i = 0; i < n; i++)
        live(c->seed * 1000000 + wave * 10000 + i, z + i * DIMENSIONS, &runs[i]);
    return STEPPE_OK;
}

static stp_statistic list[STATISTICS] = {
    {.trains = true, .error = 0.3, .shared = -1},
    {.trains = true, .error = 0.2, .discrepancy = 0.2, .shared = -1},
    {.trains = true, .binary = true, .shared = -1},
};
static const stp_statistics statistics = {.list = list, .count = STATISTICS};

static const stp_calibrate_options OPTIONS = {.dimensions = DIMENSIONS,
                                              .waves = 2,
                                              .points = 80,
                                              .last = 60,
                                              .draws = 200,
                                              .threads = 2};

/* The record that a truth leaves. */
static stp_record make_record(uint64_t seed, const double *truth, double *wanted)
{
    stp_sample_run run = {.values = wanted};
    live(seed, truth, &run);
    for (size_t k = 0; k < 2; k++) {
        const stp_statistic *s = &list[k];
        wanted[k] += s->error * stp_smc_normal(seed, 6, 0, (uint32_t)k) +
                     s->discrepancy * stp_smc_normal(seed, 7, 0, (uint32_t)k);
    }
    return (stp_record){run.took_off, wanted};
}

static double rank_of(const double *draws, size_t n, size_t stride, double truth)
{
    size_t below = 0;
    for (size_t i = 0; i < n; i++)
        below += draws[i * stride] < truth;
    return ((double)below + 0.5) / (double)(n + 1);
}

static void ranks_are_uniform(void **state)
{
    enum { MOST = 200 };
    static double ranks[DIMENSIONS + 1][MOST], even[MOST];
    const size_t truths = getenv("STEPPE_LONG") ? MOST : 10;
    for (uint32_t t = 0; t < truths; t++) {
        double truth[DIMENSIONS], wanted[STATISTICS];
        for (uint32_t k = 0; k < DIMENSIONS; k++)
            truth[k] = stp_smc_normal(77, 8, t, k);
        truth[0] = fmin(truth[0], 2.4); /* below the ceiling */
        stp_record record = make_record(500 + t, truth, wanted);
        country c = {t + 1};
        stp_calibrate_options o = OPTIONS;
        o.seed = 1000 * t;
        stp_posterior p;
        assert_int_equal(stp_calibrate(context_of(state), &o, &statistics, &record,
                                       simulate, &c, &p),
                         0);
        assert_false(p.empty);
        for (size_t k = 0; k < DIMENSIONS; k++)
            ranks[k][t] = rank_of(p.z + k, p.draws, DIMENSIONS, truth[k]);
        ranks[DIMENSIONS][t] = rank_of(p.log_likelihood, p.draws, 1,
                                       stp_posterior_log(&o, &p, &record, truth));
        stp_posterior_clear(&p);
    }
    for (size_t k = 0; k <= DIMENSIONS; k++) {
        for (size_t t = 0; t < truths; t++)
            even[t] = ((double)t + 0.5) / (double)truths;
        assert_true(stp_kolmogorov_smirnov(ranks[k], truths, even, truths).p > 0.001);
    }
}

/* A record that no parameters explain is called that, and a record of calm is met by calm runs. */
static void what_never_happened_is_said(void **state)
{
    country c = {7};
    stp_calibrate_options o = OPTIONS;
    stp_posterior p;
    double far[STATISTICS] = {40, -30, 1};
    stp_record record = {true, far};
    assert_int_equal(stp_calibrate(context_of(state), &o, &statistics, &record, simulate,
                                   &c, &p),
                     0);
    assert_true(p.empty);
    stp_posterior_clear(&p);
    double calm[STATISTICS] = {-4, NAN, NAN};
    record = (stp_record){false, calm};
    assert_int_equal(stp_calibrate(context_of(state), &o, &statistics, &record, simulate,
                                   &c, &p),
                     0);
    assert_false(p.empty);
    double mean = 0;
    for (size_t i = 0; i < p.draws; i++)
        mean += p.z[i * DIMENSIONS] / (double)p.draws;
    assert_true(mean < -1);
    stp_posterior_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(ranks_are_uniform),
        with_shelf(what_never_happened_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
