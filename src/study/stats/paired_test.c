/* Promise (study/stats/paired.h): intervals and tests of paired differences give the published numbers, and
 * hold or reject as often as they claim to, where they claim it. */
#include "study/stats/paired.h"

#include "base/normal.h"

#include "support.h"

/* ---- differences ---- */

/* A normal variable (Box and Muller 1958). */
static double normal(uint64_t *random)
{
    double u = any_between(random, 0, 1) + 1e-10;
    return sqrt(-2 * log(u)) * cos(2 * M_PI * any_between(random, 0, 1));
}

/* Kinds of difference, all of mean 0. */
enum { NORMAL, EXPONENTIAL, LOGNORMAL, FIFTH, TWENTIETH };

static double difference(int kind, uint64_t *random)
{
    switch (kind) {
    case NORMAL: return normal(random);
    case EXPONENTIAL: return -log(any_between(random, 0, 1) + 1e-10) - 1;
    case LOGNORMAL: return exp(normal(random)) - exp(0.5);
    case FIFTH: /* a fifth is not 0, and 1 on average */
        return (any_below(random, 5) ? 0 : 1 + normal(random)) - 0.2;
    default: return (any_below(random, 20) ? 0 : 1 + normal(random)) - 0.05;
    }
}

/* A share of trials is what it should be, within four and a half standard errors: once in some
 * 150,000 checks it is not. */
static void assert_share(int count, int trials, double wanted)
{
    double error = sqrt(wanted * (1 - wanted) / trials);
    assert_near(count / (double)trials, wanted, 4.5 * error);
}

static void summaries(void **state)
{
    (void)state;
    const double d[] = {0.7, -1.6, -0.2, -1.2, -0.1, NAN, 3.4, 3.7, 0.8, 0, 2};
    stp_paired s = stp_paired_summary(d, 11, 0.95); /* Student's (1908) sleep */
    stp_interval same = stp_mean_interval(d, 11);
    assert_true(s.n == 10 && s.missing == 1);
    assert_true(s.positive == 5 && s.zero == 1 && s.negative == 4);
    assert_near(s.deviation, 1.789010, 1e-6);
    assert_near(s.effect, 0.75 / 1.789010, 1e-6);
    assert_near(s.mean.low, same.low, 1e-12);
    assert_near(s.mean.high, same.high, 1e-12);
    assert_near(stp_paired_summary(d, 11, 0.9).mean.high,
                0.75 + 1.833113 * 1.789010 / sqrt(10), 1e-5);
    s = stp_paired_summary(d + 5, 2, 0.95);
    assert_true(s.n == 1 && s.mean.estimate == 3.4 && isnan(s.mean.low));
    assert_true(isnan(s.deviation) && isnan(s.effect));
    s = stp_paired_summary(d + 5, 1, 0.95);
    assert_true(s.n == 0 && isnan(s.mean.estimate));
}

/* ---- the bootstrap ---- */

static void bootstrap_of_a_seed(void **state)
{
    (void)state;
    double values[60], constant[] = {2, 2, NAN, 2};
    stp_interval a, b, c;
    uint64_t random = 1;
    for (int i = 0; i < 60; i++)
        values[i] = difference(EXPONENTIAL, &random);
    assert_int_equal(stp_bootstrap_interval(values, 60, 0.95, 7, 4000, &a), 0);
    assert_int_equal(stp_bootstrap_interval(values, 60, 0.95, 7, 4000, &b), 0);
    assert_int_equal(stp_bootstrap_interval(values, 60, 0.95, 8, 4000, &c), 0);
    assert_memory_equal(&a, &b, sizeof a);
    assert_true(c.low != a.low && c.high != a.high);
    /* ends from 4,000 resamples: density some 0.06 there, so a 30th of the half width */
    assert_near(c.low, a.low, (a.high - a.low) / 30);
    assert_near(c.high, a.high, (a.high - a.low) / 20);
    assert_int_equal(stp_bootstrap_interval(constant, 4, 0.95, 7, 1000, &a), 0);
    assert_true(a.n == 3 && a.low == 2 && a.high == 2);
    assert_int_equal(stp_bootstrap_interval(constant, 1, 0.95, 7, 1000, &a), 0);
    assert_true(a.n == 1 && a.estimate == 2 && isnan(a.low));
    assert_int_equal(stp_bootstrap_interval(constant + 2, 1, 0.95, 7, 1000, &a), 0);
    assert_true(a.n == 0 && isnan(a.estimate));
}

/* To the second order the ends of a right interval are mean + error (z + g (2 z^2 + 1) / (6 sqrt(n)))
 * with z = -1.96 and 1.96 and the skewness g (Johnson 1978; Hall 1992): Efron's has to agree. */
static void bootstrap_is_of_second_order(void **state)
{
    (void)state;
    enum { N = 400 };
    double values[N], sum = 0, squares = 0, cubes = 0;
    stp_interval i;
    for (int k = 0; k < N; k++) {
        values[k] = -log(1 - (k + 0.5) / N); /* exponential, as even as can be */
        sum += values[k];
    }
    for (int k = 0; k < N; k++) {
        squares += pow(values[k] - sum / N, 2);
        cubes += pow(values[k] - sum / N, 3);
    }
    double deviation = sqrt(squares / N), error = deviation / sqrt(N);
    double shift = cubes / N / pow(deviation, 3) * (2 * 3.8415 + 1) / 6 / sqrt(N);
    assert_int_equal(stp_bootstrap_interval(values, N, 0.95, 1, 40000, &i), 0);
    /* without the correction both would be off by 0.14 error */
    assert_near((i.low - sum / N) / error, -1.96 + shift, 0.03);
    assert_near((i.high - sum / N) / error, 1.96 + shift, 0.03);
}

/* 2,000 samples of 50. What is not near 95 % is what the header owns up to. */
static void intervals_cover(void **state)
{
    (void)state;
    enum { TRIALS = 2000, N = 50 };
    static const struct {
        double student, bootstrap;
    } SHARE[] = {[NORMAL] = {0.95, 0.945},
                 [EXPONENTIAL] = {0.935, 0.932},
                 [LOGNORMAL] = {0.90, 0.908},
                 [FIFTH] = {0.915, 0.937},
                 [TWENTIETH] = {0.772, 0.79}};
    uint64_t random = 17;
    for (int kind = NORMAL; kind <= TWENTIETH; kind++) {
        int student = 0, bootstrap = 0;
        for (int t = 0; t < TRIALS; t++) {
            double d[N];
            stp_interval b;
            for (int i = 0; i < N; i++)
                d[i] = difference(kind, &random);
            stp_interval s = stp_paired_summary(d, N, 0.95).mean;
            assert_int_equal(stp_bootstrap_interval(d, N, 0.95, (uint64_t)t, 1000, &b),
                             0);
            student += s.low <= 0 && 0 <= s.high;
            bootstrap += b.low <= 0 && 0 <= b.high;
        }
        assert_share(student, TRIALS, SHARE[kind].student);
        assert_share(bootstrap, TRIALS, SHARE[kind].bootstrap);
    }
}

/* ---- how many pairs ---- */

/* Tables in the literature: two-sided, 0.05. */
static void pairs_needed(void **state)
{
    (void)state;
    assert_same(stp_required_pairs(0.05, 0.05, 0.8), 3140);
    assert_same(stp_required_pairs(0.1, 0.05, 0.8), 785);
    assert_same(stp_required_pairs(-0.2, 0.05, 0.8), 197);
    assert_same(stp_required_pairs(0.3, 0.05, 0.8), 88);
    assert_same(stp_required_pairs(0.1, 0.05, 0.9), 1051);
}

/* Probability that the mean of n normal differences (of standard deviation 1, around `effect`) lies above
 * t s / sqrt(n), where s is their deviation as estimated: the integral over s, by Simpson's rule. */
static double beyond(double effect, size_t n, double t)
{
    enum { STEPS = 2000 };
    double freedom = (double)n - 1, root = sqrt((double)n), wide = 9 / sqrt(2 * freedom);
    double low = fmax(0, 1 - wide), step = (1 + wide - low) / STEPS, sum = 0, all = 0;
    for (int i = 0; i <= STEPS; i++) {
        double s = low + i * step, weight = i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2;
        /* the density of s, but for a factor that `all` takes out */
        double density = s > 0 ? exp((freedom - 1) * log(s) - freedom / 2 * (s * s - 1))
                         : freedom == 1 ? exp(freedom / 2)
                                        : 0;
        sum += weight * density * stp_normal(effect * root - t * s);
        all += weight * density;
    }
    return sum / all;
}

/* Power of the two-sided t test with n >= 2 pairs. */
static double pairs_power(double effect, size_t n, double alpha)
{
    double t = -stp_student_quantile(alpha / 2, (double)n - 1);
    return beyond(effect, n, t) + beyond(-effect, n, t);
}

/* Cohen's (1988) and others' powers of t: an effect of 0.5 needs 34 pairs for 0.8, 44 for 0.9; 1 needs 10
 * for 0.8. With the size for a mean of 0, and with what the normal formula lacks. */
static void powers(void **state)
{
    (void)state;
    assert_true(pairs_power(0.5, 33, 0.05) < 0.8 && pairs_power(0.5, 34, 0.05) >= 0.8);
    assert_true(pairs_power(0.5, 43, 0.05) < 0.9 && pairs_power(0.5, 44, 0.05) >= 0.9);
    assert_true(pairs_power(1, 9, 0.05) < 0.8 && pairs_power(-1, 10, 0.05) >= 0.8);
    for (size_t n = 2; n < 3000; n *= 3)
        assert_near(pairs_power(0, n, 0.05), 0.05, 1e-8);
    static const double EFFECTS[] = {0.05, 0.1, 0.2, 0.4};
    for (int i = 0; i < 4; i++) {
        double effect = 2 * EFFECTS[i];
        double n = stp_required_pairs(effect, 0.05, 0.8);
        double high = pairs_power(effect, (size_t)n + 3, 0.05);
        assert_true(high >= 0.8 && high < 0.85);
    }
}

static void tests_have_their_size_and_power(void **state)
{
    (void)state;
    enum { TRIALS = 4000, N = 40 };
    static const double MEANS[] = {0, 0.3, 0.6};
    uint64_t random = 23;
    for (int m = 0; m < 3; m++) {
        int differ = 0;
        for (int t = 0; t < TRIALS; t++) {
            double d[N];
            for (int i = 0; i < N; i++)
                d[i] = MEANS[m] + normal(&random);
            stp_interval i = stp_paired_summary(d, N, 0.95).mean;
            differ += i.low > 0 || i.high < 0;
        }
        assert_share(differ, TRIALS, pairs_power(MEANS[m], N, 0.05));
    }
}

/* ---- yes or no ---- */

static void tables_of_pairs(void **state)
{
    (void)state;
    const double a[] = {1, 0, 1, 0, NAN, 2, 0}, b[] = {1, 1, 0, 0, 1, 1, NAN};
    stp_pair_table t = stp_pair_table_of(a, b, 7);
    assert_true(t.both == 2 && t.only_a == 1 && t.only_b == 1 && t.neither == 1);
}

/* Complete responses before and after a therapy (Cavo and others 2012), as Fagerland, Lydersen and
 * Laake (2017) work it out; and by hand. */
static void mcnemar_and_newcombe_as_published(void **state)
{
    (void)state;
    stp_pair_table cavo = {59, 6, 16, 80};
    assert_near(stp_mcnemar(cavo), 0.052479, 1e-6);
    stp_interval i = stp_risk_difference(cavo, 0.95);
    assert_near(i.estimate, 10.0 / 161, 1e-15);
    assert_near(i.low, 0.0046, 5e-5);
    assert_near(i.high, 0.1186, 5e-5);
    stp_pair_table other = {59, 16, 6, 80};
    stp_interval o = stp_risk_difference(other, 0.95);
    assert_near(o.low, -i.high, 1e-15);
    assert_near(o.high, -i.low, 1e-15);
    assert_near(stp_mcnemar((stp_pair_table){9, 0, 5, 9}), 2.0 / 32, 1e-15);
    assert_near(stp_mcnemar((stp_pair_table){9, 3, 1, 9}), 2 * 5.0 / 16, 1e-15);
    assert_same(stp_mcnemar((stp_pair_table){9, 4, 4, 9}), 1);
    assert_same(stp_mcnemar((stp_pair_table){9, 0, 0, 9}), 1);
    /* 10,000 that differ: z = 2, with the correction for continuity */
    assert_near(stp_mcnemar((stp_pair_table){0, 4900, 5100, 0}), erfc(1.99 / sqrt(2)),
                1e-4);
    i = stp_risk_difference((stp_pair_table){0, 0, 0, 10},
                            0.95); /* no yes at all: Wilson's ends */
    assert_near(i.high, 0.277533, 1e-6);
    assert_near(i.low, -0.277533, 1e-6);
    assert_true(isnan(stp_risk_difference((stp_pair_table){0}, 0.95).low));
}

/* Probability that McNemar's test rejects at 0.05: all tables of n pairs. */
static double mcnemar_power(int n, double only_a, double only_b)
{
    double power = 0;
    for (int a = 0; a <= n; a++)
        for (int b = 0; a + b <= n; b++) {
            stp_pair_table t = {0, (size_t)a, (size_t)b, (size_t)(n - a - b)};
            if (stp_mcnemar(t) <= 0.05)
                power += exp(lgamma(n + 1) - lgamma(a + 1) - lgamma(b + 1) -
                             lgamma(n - a - b + 1) + a * log(only_a) + b * log(only_b) +
                             (n - a - b) * log(1 - only_a - only_b));
        }
    return power;
}

static void mcnemar_keeps_its_size_and_has_power(void **state)
{
    (void)state;
    assert_true(mcnemar_power(60, 0.05, 0.05) <= 0.05);
    assert_true(mcnemar_power(60, 0.2, 0.2) <= 0.05);
    assert_true(mcnemar_power(200, 0.1, 0.1) <= 0.05);
    assert_true(mcnemar_power(200, 0.1, 0.1) > 0.02); /* not too cautious either */
    /* normal formula (Connor 1987): 0.15 more in 100 pairs of which a quarter differ: 0.86 */
    assert_near(mcnemar_power(100, 0.05, 0.2), 0.83, 0.03);
}

/* Newcombe's interval, over 4,000 tables of 50 pairs: near 95 %, as he found (mean 0.95, rarely below
 * 0.93). */
static void newcombe_covers(void **state)
{
    (void)state;
    enum { TRIALS = 4000, N = 50 };
    static const double CASES[][3] = {/* both, only A, only B */
                                      {0.1, 0.05, 0.05},
                                      {0.3, 0.1, 0.3},
                                      {0.6, 0.02, 0.2},
                                      {0.02, 0.02, 0.1}};
    uint64_t random = 29;
    for (int c = 0; c < 4; c++) {
        const double *p = CASES[c];
        int held = 0;
        for (int t = 0; t < TRIALS; t++) {
            stp_pair_table table = {0};
            for (int i = 0; i < N; i++) {
                double u = any_between(&random, 0, 1);
                table.both += u < p[0];
                table.only_a += u >= p[0] && u < p[0] + p[1];
                table.only_b += u >= p[0] + p[1] && u < p[0] + p[1] + p[2];
                table.neither += u >= p[0] + p[1] + p[2];
            }
            stp_interval i = stp_risk_difference(table, 0.95);
            held += i.low <= p[2] - p[1] && p[2] - p[1] <= i.high;
        }
        double share = held / (double)TRIALS;
        if (share < 0.93 || share > 0.985)
            fail_msg("case %d: %.4f", c, share);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(summaries),
        cmocka_unit_test(bootstrap_of_a_seed),
        cmocka_unit_test(bootstrap_is_of_second_order),
        cmocka_unit_test(intervals_cover),
        cmocka_unit_test(pairs_needed),
        cmocka_unit_test(powers),
        cmocka_unit_test(tests_have_their_size_and_power),
        cmocka_unit_test(tables_of_pairs),
        cmocka_unit_test(mcnemar_and_newcombe_as_published),
        cmocka_unit_test(mcnemar_keeps_its_size_and_has_power),
        cmocka_unit_test(newcombe_covers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
