/* Promise (study/measures/outburst.h): outbursts are counted as Epstein counts them. */
#include "study/measures/outburst.h"

#include "support.h"

static stp_outbursts of(const uint64_t *series, size_t n, uint64_t threshold)
{
    stp_outbursts o = stp_outbursts_begin(threshold);
    for (size_t i = 0; i < n; i++)
        stp_outbursts_add(&o, series[i]);
    return o;
}

/* LITERATURE's example: 60, 100, 120, 95, 80 sums to 455. */
static void sizes_and_waits(void **state)
{
    (void)state;
    const uint64_t series[] = {3, 60, 100, 120, 95, 80, 10, 0, 4, 70, 50, 49, 51};
    stp_outbursts o = of(series, 13, 50);
    assert_int_equal(o.count, 3);
    assert_int_equal(o.peak, 120);
    /* the second holds the 50: neither above nor below changes anything */
    assert_int_equal(o.activation, 455 + 70 + 50 + 51);
    assert_int_equal(o.pauses, 2);
    assert_int_equal(o.waits, 3 + 1); /* 10, 0, 4; then 49 */
    assert_near(stp_outbursts_size(&o), 626.0 / 3, 1e-12);
    assert_same(stp_outbursts_wait(&o), 2);
}

static void none(void **state)
{
    (void)state;
    const uint64_t series[] = {0, 50, 12, 50};
    stp_outbursts o = of(series, 4, 50);
    assert_int_equal(o.count, 0);
    assert_true(isnan(stp_outbursts_size(&o)));
    assert_true(isnan(stp_outbursts_wait(&o)));
    const uint64_t one[] = {51, 60, 70};
    o = of(one, 3, 50);
    assert_int_equal(o.count, 1);
    assert_same(stp_outbursts_size(&o), 181);
    assert_true(isnan(stp_outbursts_wait(&o)));
}

/* Of a whole series at once. */
static void a_series_has_the_same(void **state)
{
    (void)state;
    const double series[] = {3, 60, 100, 120, 95, 80, 10, 0, 4, 70, 50, 49, 51};
    steppe_outbursts o = steppe_outbursts_of(series, 13, 50);
    assert_int_equal(o.count, 3);
    assert_near(o.size, 626.0 / 3, 1e-12);
    assert_same(o.wait, 2);
    assert_int_equal(steppe_outbursts_of(series, 0, 50).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_and_waits),
        cmocka_unit_test(none),
        cmocka_unit_test(a_series_has_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
