/* Promise (base/beta.h): the incomplete beta function and its inverse to 11 digits. */
#include "base/beta.h"

#include "support.h"

/* Computed with 40 digits (mpmath 1.3). */
static void the_logarithm_of_gamma_is_right(void **state)
{
    (void)state;
    static const double KNOWN[][2] = {
        {0.1, 2.2527126517342059599},
        {0.5, 0.57236494292470008707},
        {1, 0},
        {1.5, -0.12078223763524522235},
        {2.5, 0.28468287047291915963},
        {3.7, 1.4280723266653879219},
        {10, 12.801827480081469611},
        {100.5, 361.43554046777762156},
        {20000, 178065.71824964616418},
    };
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        assert_near(stp_log_gamma(KNOWN[i][0]), KNOWN[i][1],
                    1e-13 * (10 + fabs(KNOWN[i][1])));
}

/* The same figures as R's qbeta, computed with 40 digits (mpmath 1.3). */
static void known_quantiles_come_out(void **state)
{
    (void)state;
    static const struct {
        double p, a, b, x;
    } KNOWN[] = {
        {0.001, 2, 5, 0.0082554927877466775},
        {0.05, 2, 5, 0.06284989170835438},
        {0.5, 2, 5, 0.26444998329565996},
        {0.95, 2, 5, 0.58180340925202591},
        {0.5, 0.5, 0.5, 0.5},
        {0.1, 0.5, 0.5, 0.024471741852423214},
        {0.025, 8, 2, 0.5175034850826629},
        {0.999, 8, 2, 0.9946634705610646},
        {0.3, 100, 300, 0.23834626355113056},
        {0.9, 10000, 5000, 0.67159452487469559},
        {0.2, 1, 3, 0.071682233277444222},
        {0.7, 0.1, 0.2, 0.6313514506747163},
    };
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        assert_near(stp_beta_inverse(KNOWN[i].p, KNOWN[i].a, KNOWN[i].b), KNOWN[i].x,
                    1e-11);
        assert_near(stp_beta(KNOWN[i].x, KNOWN[i].a, KNOWN[i].b), KNOWN[i].p, 1e-11);
    }
}

static void it_is_the_uniform_distribution_at_one_and_one(void **state)
{
    (void)state;
    for (double x = 0; x <= 1; x += 0.01) {
        assert_near(stp_beta(x, 1, 1), x, 1e-13);
        assert_near(stp_beta(x, 3, 1), x * x * x, 1e-13);
    }
}

/* I(x; a, b) = 1 - I(1 - x; b, a), also where the two fractions meet. */
static void both_tails_agree(void **state)
{
    (void)state;
    static const double SHAPES[] = {0.1, 0.7, 1, 4, 50, 10000};
    for (size_t i = 0; i < 6; i++)
        for (size_t k = 0; k < 6; k++)
            for (double x = 0.005; x < 1; x += 0.01)
                assert_near(stp_beta(x, SHAPES[i], SHAPES[k]) +
                                stp_beta(1 - x, SHAPES[k], SHAPES[i]),
                            1, 1e-11);
}

static void quantiles_never_fall(void **state)
{
    (void)state;
    static const double SHAPES[] = {0.1, 0.7, 1, 4, 50, 10000};
    for (size_t i = 0; i < 6; i++)
        for (size_t k = 0; k < 6; k++) {
            double last = 0;
            for (int n = 0; n <= 500; n++) {
                double x = stp_beta_inverse(n / 500.0, SHAPES[i], SHAPES[k]);
                assert_true(x >= last && x <= 1);
                last = x;
            }
            assert_same(last, 1);
        }
    assert_same(stp_beta(-1, 2, 2), 0);
    assert_same(stp_beta(2, 2, 2), 1);
    assert_true(isnan(stp_beta(NAN, 2, 2)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_logarithm_of_gamma_is_right),
        cmocka_unit_test(known_quantiles_come_out),
        cmocka_unit_test(it_is_the_uniform_distribution_at_one_and_one),
        cmocka_unit_test(both_tails_agree),
        cmocka_unit_test(quantiles_never_fall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
