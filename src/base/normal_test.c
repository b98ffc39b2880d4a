/* Promise (base/normal.h): the normal distribution to 13 digits, and its inverse. */
#include "base/normal.h"

#include "support.h"

static void expect_relative(double x, double value, double wanted, double tolerance)
{
    if (fabs(value - wanted) <= tolerance * fabs(wanted))
        return;
    print_error("at %.17g: %.17g, not %.17g\n", x, value, wanted);
    fail();
}

/* Computed with 40 digits (mpmath 1.3). */
static void known_values_come_out(void **state)
{
    (void)state;
    static const struct {
        double x, phi;
    } KNOWN[] = {
        {-37, 5.7255712225245768227e-300}, {-20, 2.7536241186062336951e-89},
        {-8, 6.2209605742717841235e-16},   {-5, 2.8665157187919391167e-7},
        {-3, 0.0013498980316300945267},    {-2, 0.0227501319481792072},
        {-1, 0.15865525393145705141},      {-0.5, 0.30853753872598689636},
        {1e-10, 0.50000000003989422804},   {0.5, 0.69146246127401310364},
        {1, 0.84134474606854294859},       {1.5, 0.933192798731141934},
        {2, 0.9772498680518207928},        {3, 0.99865010196836990547},
        {8, 0.9999999999999993779},
    };
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        expect_relative(KNOWN[i].x, stp_normal(KNOWN[i].x), KNOWN[i].phi, 2e-14);
}

/* libm stands in for the truth. Beyond 8 the rounding of x / sqrt(2) alone costs it the
 * digits that are asked for. */
static void both_tails_agree_with_libm(void **state)
{
    (void)state;
    for (double x = -8; x <= 8; x += 0.00037)
        expect_relative(x, stp_normal(x), erfc(-x / sqrt(2.0)) / 2, 1e-13);
    expect_relative(-8, stp_normal(-8), erfc(8 / sqrt(2.0)) / 2, 1e-13);
    for (double size = 1e-300; size < 1; size *= 1.9) {
        assert_near(stp_normal(size), erfc(-size / sqrt(2.0)) / 2, 1e-15);
        assert_near(stp_normal(-size), erfc(size / sqrt(2.0)) / 2, 1e-15);
    }
    /* Both sides of where the series gives way to the continued fraction. */
    for (int sign = -1; sign <= 1; sign += 2) {
        double inner = sign * nextafter(2, 0), outer = sign * 2.0;
        expect_relative(inner, stp_normal(inner), stp_normal(outer), 2e-14);
    }
}

static void the_distribution_has_its_edges(void **state)
{
    (void)state;
    assert_same(stp_normal(0), 0.5);
    assert_same(stp_normal(-0.0), 0.5);
    assert_same(stp_normal(-37.4375), 0);
    assert_true(stp_normal(nextafter(-37.4375, 0)) > 0);
    assert_same(stp_normal(-INFINITY), 0);
    assert_same(stp_normal(-1e300), 0);
    assert_same(stp_normal(40), 1);
    assert_true(stp_normal(INFINITY) == 1);
    assert_true(isnan(stp_normal(NAN)));
    for (double x = 0; x < 39; x += 0.0173)
        assert_near(stp_normal(x) + stp_normal(-x), 1, 2.3e-16);
}

/* Computed with 40 digits (mpmath 1.3) for the double next to the p written here. */
static void known_points_come_out(void **state)
{
    (void)state;
    static const struct {
        double p, x;
    } KNOWN[] = {
        {1e-300, -37.047096299361199237}, {1e-100, -21.273453560965324294},
        {1e-10, -6.3613409024040561991},  {0.001, -3.0902323061678135354},
        {0.025, -1.9599639845400542118},  {0.1, -1.2815515655446004353},
        {0.25, -0.6744897501960817432},   {0.4, -0.25334710313579974132},
        {0.6, 0.25334710313579974132},    {0.975, 1.9599639845400538556},
        {0.9999, 3.7190164854557083867},
    };
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        assert_near(stp_normal_inverse(KNOWN[i].p), KNOWN[i].x, 1e-13);
}

static void each_undoes_the_other(void **state)
{
    (void)state;
    for (double x = -37; x <= 0; x += 0.00173)
        assert_near(stp_normal_inverse(stp_normal(x)), x, 1e-12);
    for (double p = 1e-300; p < 1; p *= 1.31) /* an error of x is magnified by x in p */
        expect_relative(p, stp_normal(stp_normal_inverse(p)), p, 5e-13);
    for (double p = 0.0001; p < 1; p += 0.00037)
        expect_relative(p, stp_normal(stp_normal_inverse(p)), p, 1e-13);
}

static void the_inverse_has_its_edges(void **state)
{
    (void)state;
    assert_same(stp_normal_inverse(0.5), 0);
    assert_true(stp_normal_inverse(0) == -INFINITY);
    assert_true(stp_normal_inverse(1) == INFINITY);
    assert_true(isnan(stp_normal_inverse(-1e-300)));
    assert_true(isnan(stp_normal_inverse(1.0000000000000002)));
    assert_true(isnan(stp_normal_inverse(NAN)));
    assert_same(stp_normal_inverse(5e-324), stp_normal_inverse(1e-300));
    /* Near a half the inverse is sqrt(2 pi) (p - 1/2), and its relative error stays
     * small. */
    for (double d = 1e-15; d < 1e-6; d *= 1.7) {
        double p = 0.5 + d;
        expect_relative(p, stp_normal_inverse(p), 2.5066282746310005 * (p - 0.5), 1e-11);
        assert_same(stp_normal_inverse(1 - p), -stp_normal_inverse(p));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_values_come_out),
        cmocka_unit_test(both_tails_agree_with_libm),
        cmocka_unit_test(the_distribution_has_its_edges),
        cmocka_unit_test(known_points_come_out),
        cmocka_unit_test(each_undoes_the_other),
        cmocka_unit_test(the_inverse_has_its_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
