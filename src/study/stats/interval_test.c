/* Promise (study/stats/interval.h): quantiles of Student's t are those of the tables, and intervals of
 * 95 % hold what they should hold in 95 of 100 cases. */
#include "study/stats/interval.h"

#include "support.h"

/* Published tables (Abramowitz and Stegun 1964, 26.10). */
static void students_table(void **state)
{
    (void)state;
    static const struct {
        double p, freedom, t;
    } TABLE[] = {{0.975, 1, 12.706}, {0.975, 2, 4.303},   {0.975, 10, 2.228},
                 {0.975, 30, 2.042}, {0.975, 120, 1.980}, {0.95, 5, 2.015},
                 {0.995, 5, 4.032},  {0.75, 1, 1.000},    {0.9995, 1, 636.619},
                 {0.9, 60, 1.296},   {0.975, 1e7, 1.960}};
    for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++) {
        double t = stp_student_quantile(TABLE[i].p, TABLE[i].freedom);
        assert_near(t, TABLE[i].t, 0.0006);
        assert_near(stp_student_quantile(1 - TABLE[i].p, TABLE[i].freedom), -t, 1e-7 * t);
    }
    /* in closed form: one degree is Cauchy's distribution, two have t = (2p-1) / sqrt(2p(1-p)) */
    for (double p = 0.51; p < 1; p += 0.07) {
        assert_near(stp_student_quantile(p, 1), tan(M_PI * (p - 0.5)), 1e-9);
        assert_near(stp_student_quantile(p, 2), (2 * p - 1) / sqrt(2 * p * (1 - p)),
                    1e-9);
    }
}

/* The distribution and its inverse undo each other; one and two degrees are known in closed form. */
static void students_distribution(void **state)
{
    (void)state;
    static const double FREEDOM[] = {1, 2, 3.5, 9, 49, 1000, 1e6};
    for (size_t i = 0; i < sizeof FREEDOM / sizeof *FREEDOM; i++)
        for (double p = 1e-12; p < 1; p = p < 0.01 ? p * 10 : p + 0.0625) {
            double t = stp_student_quantile(p, FREEDOM[i]);
            assert_near(stp_student_cumulative(t, FREEDOM[i]), p, 1e-8 * p);
        }
    for (double t = -40; t <= 40; t += 1.25) {
        assert_near(stp_student_cumulative(t, 1), 0.5 + atan(t) / M_PI, 1e-12);
        assert_near(stp_student_cumulative(t, 2), 0.5 + t / sqrt(2 + t * t) / 2, 1e-12);
    }
    /* a millionth of a millionth, to nine digits */
    double root = sqrt(2 + 1e12);
    assert_near(stp_student_cumulative(-1e6, 2) * root * (root + 1e6), 1, 1e-9);
    assert_same(stp_student_cumulative(0, 5), 0.5);
    assert_same(stp_student_cumulative(-INFINITY, 5), 0);
    assert_same(stp_student_cumulative(INFINITY, 5), 1);
    assert_true(isnan(stp_student_cumulative(NAN, 5)));
}

/* Other confidences than 95 %, against the functions that have that one. */
static void other_confidences(void **state)
{
    (void)state;
    stp_interval a = stp_share_interval(3, 17);
    stp_interval b = stp_share_interval_at(3.0 / 17, 17, 0.95);
    assert_near(b.low, a.low, 1e-12);
    assert_near(b.high, a.high, 1e-12);
    b = stp_share_interval_at(3.0 / 17, 17, 0.9);
    assert_true(b.low > a.low && b.high < a.high);
    const double values[] = {1, 2, 4};
    a = stp_mean_interval(values, 3);
    b = stp_student_interval(7.0 / 3, sqrt(7.0 / 3), 3, 0.025);
    assert_near(b.low, a.low, 1e-12);
    assert_near(b.high, a.high, 1e-12);
    assert_true(isnan(stp_student_interval(1, NAN, 1, 0.025).low));
    assert_true(isnan(stp_student_interval(1, NAN, 0, 0.025).estimate));
}

/* Sleep gained under a drug (Student 1908), in hours: mean 0.75, interval by the table. */
static void students_own_example(void **state)
{
    (void)state;
    const double gained[] = {0.7, -1.6, -0.2, -1.2, -0.1, NAN, 3.4, 3.7, 0.8, 0, 2};
    stp_interval i = stp_mean_interval(gained, 11);
    assert_int_equal(i.n, 10);
    assert_near(i.estimate, 0.75, 1e-12);
    assert_near(i.high - i.estimate, 2.262157 * 1.789010 / sqrt(10), 1e-5);
    assert_near(i.estimate - i.low, i.high - i.estimate, 1e-12);
    i = stp_mean_interval(gained, 1);
    assert_true(i.estimate == 0.7 && isnan(i.low) && isnan(i.high));
    i = stp_mean_interval(gained + 5, 1);
    assert_true(i.n == 0 && isnan(i.estimate));
}

/* Wilson's interval for 0, 5 and 10 of 10 by its formula, and never outside [0, 1]. */
static void wilson(void **state)
{
    (void)state;
    stp_interval i = stp_share_interval(0, 10);
    assert_near(i.high, 0.27753, 1e-5);
    assert_true(i.estimate == 0 && fabs(i.low) < 1e-12);
    i = stp_share_interval(5, 10);
    assert_near(i.low, 0.23659, 1e-5);
    assert_near(i.high, 0.76341, 1e-5);
    i = stp_share_interval(10, 10);
    assert_near(i.low, 1 - 0.27753, 1e-5);
    assert_true(i.high <= 1);
    assert_true(isnan(stp_share_interval(0, 0).estimate));
}

/* A normal variable, as the sum of twelve uniform ones. */
static double normal(uint64_t *random)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += any_between(random, 0, 1);
    return sum;
}

/* 4,000 samples: 95 % of the intervals, within five standard errors (0.0034 each). */
static void intervals_cover(void **state)
{
    (void)state;
    enum { TRIALS = 4000, SIZE = 8, COINS = 40 };
    uint64_t random = 11;
    int means = 0, shares = 0, slopes = 0;
    for (int t = 0; t < TRIALS; t++) {
        double values[SIZE], x[SIZE], line[SIZE];
        size_t hits = 0;
        for (int i = 0; i < SIZE; i++) {
            values[i] = 3 + 2 * normal(&random);
            x[i] = i * i;
            line[i] = 1 - 0.5 * x[i] + normal(&random);
        }
        for (int i = 0; i < COINS; i++)
            hits += any_below(&random, 10) < 3;
        stp_interval m = stp_mean_interval(values, SIZE),
                     s = stp_share_interval(hits, COINS),
                     l = stp_slope_interval(x, line, SIZE);
        means += m.low <= 3 && 3 <= m.high;
        shares += s.low <= 0.3 && 0.3 <= s.high;
        slopes += l.low <= -0.5 && -0.5 <= l.high;
    }
    assert_near(means / (double)TRIALS, 0.95, 0.017);
    assert_near(slopes / (double)TRIALS, 0.95, 0.017);
    assert_near(shares / (double)TRIALS, 0.95, 0.03); /* whole numbers: not exact */
}

static void slopes(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4}, y[] = {1, 3, 2, 4}, same[] = {2, 2, 2, 2};
    stp_interval s = stp_slope_interval(x, y, 4);
    assert_near(s.estimate, 0.8, 1e-12);
    /* residuals 1.8 in squares, 2 degrees, sum of squares 5: error sqrt(0.9 / 5) */
    assert_near(s.high - s.estimate, 4.302653 * sqrt(0.18), 1e-5);
    assert_true(isnan(stp_slope_interval(same, y, 4).estimate));
    assert_true(isnan(stp_slope_interval(x, y, 2).estimate));
}

static void quantiles(void **state)
{
    (void)state;
    double values[] = {5, NAN, 1, 4, 2, 3, NAN};
    size_t n = stp_sort(values, 7);
    assert_int_equal(n, 5);
    assert_same(stp_quantile(values, n, 0), 1);
    assert_same(stp_quantile(values, n, 0.5), 3);
    assert_same(stp_quantile(values, n, 0.625), 3.5);
    assert_same(stp_quantile(values, n, 1), 5);
    assert_true(isnan(stp_quantile(values, 0, 0.5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(students_table),
        cmocka_unit_test(students_distribution),
        cmocka_unit_test(other_confidences),
        cmocka_unit_test(students_own_example),
        cmocka_unit_test(wilson),
        cmocka_unit_test(intervals_cover),
        cmocka_unit_test(slopes),
        cmocka_unit_test(quantiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
