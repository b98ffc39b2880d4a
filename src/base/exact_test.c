/* Promise (base/exact.h): elementary functions that agree with the true ones to a few
 * units in the 15th digit. libm, which is good to a unit in the 16th or so, stands in for
 * the truth. */
#include "base/exact.h"

#include "support.h"

/* The header promises 15 digits; 1e-13 relative allows for the error of the
 * argument, magnified (by x for exp, at most 700). */
static const double TOLERANCE = 1e-13;

static void expect_relative(double x, double value, double wanted)
{
    if (fabs(value - wanted) <= TOLERANCE * fabs(wanted))
        return;
    print_error("at %.17g: %.17g, not %.17g\n", x, value, wanted);
    fail();
}

static void exp_agrees_with_libm(void **state)
{
    (void)state;
    for (double x = -700; x <= 700; x += 0.0873)
        expect_relative(x, stp_exp(x), exp(x));
    for (double x = 1e-18; x < 1; x *= 1.7) {
        expect_relative(x, stp_exp(x), exp(x));
        expect_relative(-x, stp_exp(-x), exp(-x));
    }
    /* Both sides of where the reduction changes its whole number: (n + 1/2) ln 2. */
    for (int n = -1000; n <= 1000; n++) {
        double middle = (n + 0.5) * 0.69314718055994531;
        double below = nextafter(middle, -1e9), above = nextafter(middle, 1e9);
        expect_relative(below, stp_exp(below), exp(below));
        expect_relative(above, stp_exp(above), exp(above));
    }
}

static void exp_has_its_edges(void **state)
{
    (void)state;
    assert_same(stp_exp(0.0), 1.0);
    assert_same(stp_exp(-0.0), 1.0);
    assert_same(stp_exp(-700.1), 0.0);
    assert_same(stp_exp(-INFINITY), 0.0);
    assert_same(stp_exp(701.0), stp_exp(700.0));
    assert_same(stp_exp(INFINITY), stp_exp(700.0));
    assert_near(stp_exp(1.0), 2.718281828459045235, 1e-15);
    assert_near(1.0 - stp_exp(-2.3), 0.8997411562771962, 1e-15); /* Epstein's P(1, 1) */
}

static void log_agrees_with_libm(void **state)
{
    (void)state;
    for (double x = 2.3e-308; x < 1e308; x *= 1.0173)
        expect_relative(x, stp_log(x), log(x));
    /* Near 1 the logarithm is small, and its relative error has to stay small with it. */
    for (double d = 1e-16; d < 0.9; d *= 1.3) {
        expect_relative(1 + d, stp_log(1 + d), log(1 + d));
        expect_relative(1 - d, stp_log(1 - d), log(1 - d));
    }
    for (int n = -1022; n <= 1023; n++) { /* both sides of powers of two, and of sqrt 2 */
        double x = ldexp(1.0, n), root = ldexp(1.4142135623730951, n);
        expect_relative(x, stp_log(x), log(x));
        expect_relative(x, stp_log(nextafter(x, 1e308)), log(nextafter(x, 1e308)));
        expect_relative(root, stp_log(root), log(root));
        expect_relative(root, stp_log(nextafter(root, 1e308)),
                        log(nextafter(root, 1e308)));
    }
    assert_same(stp_log(1.0), 0.0);
    assert_near(stp_log(2.0), 0.69314718055994530942, 1e-16);
}

static void exp_and_log_undo_each_other(void **state)
{
    (void)state;
    for (double x = -690; x <= 690; x += 0.37)
        assert_near(stp_log(stp_exp(x)), x, 1e-13 + 1e-15 * fabs(x));
}

static void pow_agrees_with_libm(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i < 20000; i++) {
        double x = exp(any_between(&random, -20, 20));
        double y = any_between(&random, -30, 30);
        expect_relative(x, stp_pow(x, y), pow(x, y)); /* |y ln x| <= 600 */
    }
}

static void pow_has_its_edges(void **state)
{
    (void)state;
    assert_same(stp_pow(0.0, 0.0), 1.0);
    assert_same(stp_pow(0.0, 2.5), 0.0);
    assert_same(stp_pow(7.5, 0.0), 1.0);
    for (double y = -100; y <= 100;
         y += 0.5) /* a district's weight to itself is 1 exactly */
        assert_same(stp_pow(1.0, y), 1.0);
    for (int k = 0; k <= 30; k++)
        expect_relative(k, stp_pow(2.0, k), ldexp(1.0, k));
}

static void sine_and_cosine_agree_with_libm(void **state)
{
    (void)state;
    const double two_pi = 6.283185307179586;
    /* The result is at most 1, so 15 digits of it are 1e-15 or so in absolute terms: near
     * a zero other than 0 no more can be asked, as pi itself is rounded. */
    for (double x = -two_pi; x <= two_pi; x += 0.00037) {
        assert_near(stp_sin(x), sin(x), 2e-15);
        assert_near(stp_cos(x), cos(x), 2e-15);
        assert_near(stp_sin(x) * stp_sin(x) + stp_cos(x) * stp_cos(x), 1.0, 4e-15);
    }
    for (double x = 1e-300; x < 0.785; x *= 1.9) { /* small distances need small sines */
        expect_relative(x, stp_sin(x), sin(x));
        assert_same(stp_sin(-x), -stp_sin(x));
        assert_same(stp_cos(-x), stp_cos(x));
    }
    assert_same(stp_sin(0.0), 0.0);
    assert_same(stp_cos(0.0), 1.0);
}

static void arc_sine_agrees_with_libm(void **state)
{
    (void)state;
    for (double x = 0; x <= 1; x += 0.000013)
        expect_relative(x, stp_asin(x), asin(x));
    for (double x = 1e-300; x < 1; x *= 1.9)
        expect_relative(x, stp_asin(x), asin(x));
    for (double d = 1e-16; d < 0.1; d *= 1.5)
        expect_relative(1 - d, stp_asin(1 - d), asin(1 - d));
    assert_same(stp_asin(0.0), 0.0);
    expect_relative(1.0, stp_asin(1.0), 1.5707963267948966);
    /* sqrt(h) may come out a little above 1 for antipodes: still a right angle. */
    assert_same(stp_asin(1.0000000000000002), stp_asin(1.0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_agrees_with_libm),
        cmocka_unit_test(exp_has_its_edges),
        cmocka_unit_test(log_agrees_with_libm),
        cmocka_unit_test(exp_and_log_undo_each_other),
        cmocka_unit_test(pow_agrees_with_libm),
        cmocka_unit_test(pow_has_its_edges),
        cmocka_unit_test(sine_and_cosine_agree_with_libm),
        cmocka_unit_test(arc_sine_agrees_with_libm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
