/* Promise (study/stats/crps.h): the score is that of its definition, and least on average for the true distribution. */
#include "study/stats/crps.h"

#include "support.h"

static void score_is_the_definition(void **state)
{
    (void)state;
    uint64_t random = 5;
    for (int trial = 0; trial < 100; trial++) {
        enum { MOST = 20 };
        double values[MOST], observed = any_between(&random, -2, 2), sum = 0, pairs = 0;
        size_t n = 2 + any_below(&random, MOST - 2);
        for (size_t i = 0; i < n; i++)
            values[i] = any_between(&random, -2, 2);
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < n; k++)
                pairs += fabs(values[i] - values[k]);
        for (size_t i = 0; i < n; i++)
            sum += fabs(values[i] - observed);
        double wanted = sum / (double)n - pairs / (2.0 * (double)n * (double)(n - 1));
        assert_near(stp_crps(values, n, observed), wanted, 1e-12);
    }
}

static void honest_forecast_scores_best(void **state)
{
    (void)state;
    uint64_t random = 9;
    double honest = 0, narrow = 0, shifted = 0;
    for (int trial = 0; trial < 3000; trial++) {
        enum { N = 30 };
        double a[N], b[N], c[N], observed = any_between(&random, 0, 1);
        for (int i = 0; i < N; i++) {
            a[i] = any_between(&random, 0, 1);
            b[i] = any_between(&random, 0.4, 0.6);
            c[i] = any_between(&random, 0.3, 1.3);
        }
        honest += stp_crps(a, N, observed);
        narrow += stp_crps(b, N, observed);
        shifted += stp_crps(c, N, observed);
    }
    assert_true(honest < narrow && honest < shifted);
    assert_near(honest / 3000, 1.0 / 6, 0.01); /* of a uniform forecast: (E|X-Y|)/2 */
}

static void missing_values_are_left_out(void **state)
{
    (void)state;
    double values[] = {NAN, 1, NAN, 3}, one[] = {1, NAN};
    assert_near(stp_crps(values, 4, 2), 0, 1e-12);
    assert_true(isnan(stp_crps(one, 2, 2)));
    assert_true(isnan(stp_crps(values, 4, NAN)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(score_is_the_definition),
        cmocka_unit_test(honest_forecast_scores_best),
        cmocka_unit_test(missing_values_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
