/* Promise (study/stats/matrix.h): a positive definite matrix is factored and solved, and another refused. */
#include "study/stats/matrix.h"

#include "support.h"

#include "base/random.h"

enum { MOST = 12 };

static double uniform(uint32_t seed, uint32_t i, uint32_t k)
{
    return (double)stp_random(seed, STP_PURPOSE_RESAMPLE, i, k, 0, 0).w[0] /
               4294967296.0 -
           0.5;
}

/* B B' + I / 10. */
static void make_definite(uint32_t seed, size_t n, double *a)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            a[i * n + k] = i == k ? 0.1 : 0;
            for (size_t j = 0; j < n; j++)
                a[i * n + k] += uniform(seed, (uint32_t)i, (uint32_t)j) *
                                uniform(seed, (uint32_t)k, (uint32_t)j);
        }
}

static void solutions_solve(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 50; seed++) {
        size_t n = 1 + seed % MOST;
        double a[MOST * MOST], l[MOST * MOST], b[MOST], x[MOST];
        make_definite(seed, n, a);
        memcpy(l, a, sizeof l);
        for (size_t i = 0; i < n; i++)
            x[i] = b[i] = uniform(seed, (uint32_t)i, 99);
        assert_true(stp_cholesky(l, n));
        stp_solve_lower(l, n, x);
        stp_solve_upper(l, n, x);
        for (size_t i = 0; i < n; i++) {
            double sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += a[i * n + k] * x[k];
            assert_true(fabs(sum - b[i]) < 1e-12);
        }
    }
}

/* The determinant of the Hilbert matrix of order 3 is 1 / 2160. */
static void determinant_is_known(void **state)
{
    (void)state;
    double a[9];
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++)
            a[i * 3 + k] = 1.0 / (double)(i + k + 1);
    assert_true(stp_cholesky(a, 3));
    assert_true(fabs(stp_cholesky_log_determinant(a, 3) + log(2160)) < 1e-12);
}

static void indefinite_is_refused(void **state)
{
    (void)state;
    double saddle[4] = {1, 2, 2, 1}, singular[4] = {1, 1, 1, 1}, zero[1] = {0},
           nothing[1] = {NAN};
    assert_false(stp_cholesky(saddle, 2));
    assert_false(stp_cholesky(singular, 2));
    assert_false(stp_cholesky(zero, 1));
    assert_false(stp_cholesky(nothing, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solutions_solve),
        cmocka_unit_test(determinant_is_known),
        cmocka_unit_test(indefinite_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
