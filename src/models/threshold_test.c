/* Promise (models/threshold.h): the published examples of Granovetter and of Kuran
 * come out, and what comes out is the smallest or the largest equilibrium of any
 * crowd. */
#include "models/threshold.h"

#include "support.h"

static stp_cascade cascade_of(const double *thresholds, size_t n, double whole,
                              stp_threshold_start start)
{
    stp_cascade cascade;
    assert_int_equal(stp_threshold_cascade(thresholds, n, whole, start, NULL, &cascade),
                     0);
    return cascade;
}

/* Granovetter 1978: two crowds that nobody could tell apart. */
static void one_person_decides(void **state)
{
    (void)state;
    double thresholds[100];
    for (int i = 0; i < 100; i++)
        thresholds[i] = i;
    stp_cascade cascade = cascade_of(thresholds, 100, 100, STP_FROM_NOBODY);
    assert_int_equal(cascade.acting, 100);
    assert_int_equal(cascade.rounds, 100);
    thresholds[1] = 2;
    cascade = cascade_of(thresholds, 100, 100, STP_FROM_NOBODY);
    assert_int_equal(cascade.acting, 1);
    assert_int_equal(cascade.rounds, 1);
    /* who has begun all the same does not stop */
    cascade = cascade_of(thresholds, 100, 100, STP_FROM_EVERYBODY);
    assert_int_equal(cascade.acting, 100);
    assert_int_equal(cascade.rounds, 0);
}

/* Granovetter 1978: normal thresholds with mean 25 %. The endless crowd jumps at a
 * deviation of some 12.2: our 5.98 at 12.22 and 100 at 12.25. */
static void endless_crowd_jumps(void **state)
{
    (void)state;
    enum { ROUNDS = 1000000 };
    double below = stp_threshold_equilibrium(0.25, 0.1222, STP_FROM_NOBODY, ROUNDS);
    double above = stp_threshold_equilibrium(0.25, 0.1225, STP_FROM_NOBODY, ROUNDS);
    assert_near(100 * below, 5.98, 0.005);
    assert_near(100 * above, 100, 1e-6);
    /* history decides below the jump */
    double full = stp_threshold_equilibrium(0.25, 0.1222, STP_FROM_EVERYBODY, ROUNDS);
    assert_near(100 * full, 100, 1e-6);
    /* an equilibrium it is, to the last digits */
    assert_near(0.5 * erfc((0.25 - below) / 0.1222 / sqrt(2)), below, 1e-13);
    /* by symmetry a crowd that needs half of itself is split, or stays where it was */
    assert_near(stp_threshold_equilibrium(0.5, 10, STP_FROM_NOBODY, ROUNDS), 0.5, 1e-14);
    assert_near(stp_threshold_equilibrium(0.5, 0.01, STP_FROM_NOBODY, ROUNDS), 0, 1e-14);
    assert_near(stp_threshold_equilibrium(0.5, 0.01, STP_FROM_EVERYBODY, ROUNDS), 1,
                1e-14);
    /* cut short */
    assert_same(stp_threshold_equilibrium(0.5, 10, STP_FROM_NOBODY, 0), 0);
}

/* A hundred persons at the quantiles jump later: 5 at 12.5, all at 13. */
static void crowd_of_a_hundred_jumps(void **state)
{
    (void)state;
    static const struct {
        double deviation;
        size_t acting;
    } KNOWN[] = {{11, 1},    {12, 3},      {12.25, 4}, {12.5, 5},
                 {12.54, 6}, {12.55, 100}, {13, 100}};
    for (int i = 0; i < 7; i++) {
        double thresholds[100];
        stp_threshold_normal(25, KNOWN[i].deviation, 100, thresholds);
        stp_cascade cascade = cascade_of(thresholds, 100, 100, STP_FROM_NOBODY);
        assert_int_equal(cascade.acting, KNOWN[i].acting);
    }
    /* a large crowd comes close to the endless one */
    enum { N = 100000 };
    double *many = malloc(N * sizeof *many);
    assert_non_null(many);
    stp_threshold_normal(25, 12.22, N, many);
    stp_cascade low = cascade_of(many, N, 100, STP_FROM_NOBODY);
    stp_threshold_normal(25, 12.25, N, many);
    stp_cascade high = cascade_of(many, N, 100, STP_FROM_NOBODY);
    free(many);
    assert_near(100.0 * (double)low.acting / N, 5.98, 0.05);
    assert_int_equal(high.acting, N);
}

static void quantiles_are_those_of_the_distribution(void **state)
{
    (void)state;
    double thresholds[7];
    stp_threshold_normal(3, 2, 7, thresholds);
    for (int i = 0; i < 7; i++) {
        double p = 0.5 * erfc(-(thresholds[i] - 3) / 2 / sqrt(2));
        assert_near(p, (i + 0.5) / 7, 1e-14);
    }
    assert_same(thresholds[3], 3);
    stp_threshold_normal(3, 0, 7, thresholds);
    assert_same(thresholds[0], 3);
    assert_same(thresholds[6], 3);
}

/* Kuran 1991: two societies that look the same, and the same small change in each. */
static void small_change_topples_one_of_two(void **state)
{
    (void)state;
    double a[] = {0, 20, 20, 30, 40, 50, 60, 70, 80, 100};
    double b[] = {0, 20, 30, 30, 40, 50, 60, 70, 80, 100};
    assert_int_equal(10 * cascade_of(a, 10, 100, STP_FROM_NOBODY).acting, 10);
    assert_int_equal(10 * cascade_of(b, 10, 100, STP_FROM_NOBODY).acting, 10);
    a[1] = b[1] = 10;
    assert_int_equal(10 * cascade_of(a, 10, 100, STP_FROM_NOBODY).acting, 90);
    assert_int_equal(10 * cascade_of(b, 10, 100, STP_FROM_NOBODY).acting, 20);
    assert_int_equal(10 * cascade_of(b, 10, 100, STP_FROM_EVERYBODY).acting, 100);
}

/* Kuran's claim: discontent grows for years, and nothing shows until everything does. */
static void discontent_grows_unseen(void **state)
{
    (void)state;
    const double calm[] = {0, 20, 30, 40, 50, 60, 70, 80, 90, 100};
    for (int year = 0; year <= 100; year++) {
        double now[10];
        for (int i = 0; i < 10; i++)
            now[i] = calm[i] * (1 - year / 200.0);
        /* the second of them gives way when 20 % has become 10 % */
        size_t acting = cascade_of(now, 10, 100, STP_FROM_NOBODY).acting;
        assert_int_equal(acting, year < 100 ? 1 : 10);
    }
}

static void unit_and_order_do_not_matter(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (int trial = 0; trial < 200; trial++) {
        enum { N = 64 }; /* shares of a power of two are exact */
        double number[N], share[N], backwards[N];
        for (int i = 0; i < N; i++) {
            number[i] = any_below(&random, N + 2);
            share[i] = number[i] / N;
            backwards[N - 1 - i] = number[i];
        }
        stp_cascade first = cascade_of(number, N, N, STP_FROM_NOBODY);
        stp_cascade second = cascade_of(share, N, 1, STP_FROM_NOBODY);
        stp_cascade third = cascade_of(backwards, N, N, STP_FROM_NOBODY);
        assert_int_equal(first.acting, second.acting);
        assert_int_equal(first.rounds, second.rounds);
        assert_int_equal(first.acting, third.acting);
        assert_int_equal(first.rounds, third.rounds);
    }
}

/* Against a count of everybody for every number that could act. */
static void ends_are_the_outermost_equilibria(void **state)
{
    (void)state;
    uint64_t random = 5;
    for (int trial = 0; trial < 500; trial++) {
        size_t n = 1 + any_below(&random, 40);
        double thresholds[40];
        for (size_t i = 0; i < n; i++)
            thresholds[i] = any_below(&random, 8) ? any_between(&random, -3, 45)
                                                  : INFINITY;
        size_t smallest = n, largest = 0;
        for (size_t r = 0; r <= n; r++) {
            size_t willing = 0;
            for (size_t i = 0; i < n; i++)
                willing += thresholds[i] <= (double)r;
            if (willing == r) {
                smallest = r < smallest ? r : smallest;
                largest = r;
            }
        }
        double whole = (double)n;
        assert_int_equal(cascade_of(thresholds, n, whole, STP_FROM_NOBODY).acting,
                         smallest);
        assert_int_equal(cascade_of(thresholds, n, whole, STP_FROM_EVERYBODY).acting,
                         largest);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_person_decides),
        cmocka_unit_test(endless_crowd_jumps),
        cmocka_unit_test(crowd_of_a_hundred_jumps),
        cmocka_unit_test(quantiles_are_those_of_the_distribution),
        cmocka_unit_test(small_change_topples_one_of_two),
        cmocka_unit_test(discontent_grows_unseen),
        cmocka_unit_test(unit_and_order_do_not_matter),
        cmocka_unit_test(ends_are_the_outermost_equilibria),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
