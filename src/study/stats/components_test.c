/* Promise (study/stats/components.h): variances between and within units are distinguished, and means that are moved by the
 * reliability have the spread of the true ones. */
#include "study/stats/components.h"

#include "base/normal.h"
#include "base/random.h"
#include "support.h"

enum { UNITS = 60, STUDIES = 400 };

static double normal(uint32_t study, uint32_t unit, uint32_t observation)
{
    stp_words r = stp_random(7, STP_PURPOSE_RESAMPLE, study, unit, observation, 9);
    return stp_normal_inverse(((double)r.w[0] + 0.5) / 4294967296.0);
}

/* A study of units with true means of 0.5, variance `between`. Returns the share of the means, moved, above 0. */
static double study(uint32_t number, size_t count, double between, double within,
                    stp_components *found)
{
    double means[UNITS] = {0}, squares = 0, all = 0;
    size_t counts[UNITS], above = 0;
    for (uint32_t i = 0; i < UNITS; i++) {
        double truth = 0.5 + sqrt(between) * normal(number, i, 0);
        counts[i] = count;
        for (uint32_t k = 0; k < count; k++) {
            double seen = truth + sqrt(within) * normal(number, i, 1 + k);
            means[i] += seen / (double)count;
            squares += seen * seen;
        }
        all += means[i] / UNITS;
    }
    *found = stp_components_of(means, counts, UNITS, squares);
    double factor = sqrt(stp_components_reliability(found, count));
    for (size_t i = 0; i < UNITS; i++)
        above += all + factor * (means[i] - all) > 0;
    return (double)above / UNITS;
}

static void variances_are_distinguished(void **state)
{
    (void)state;
    static const struct {
        size_t count;
        double between, within;
    } CASES[] = {{4, 1, 4}, {2, 1, 0.25}, {8, 0.25, 4}, {4, 1, 0}, {2, 4, 4}};
    for (size_t c = 0; c < sizeof CASES / sizeof *CASES; c++) {
        double between = 0, within = 0, share = 0;
        for (uint32_t s = 0; s < STUDIES; s++) {
            stp_components found;
            share += study((uint32_t)c * STUDIES + s, CASES[c].count, CASES[c].between,
                           CASES[c].within, &found) /
                     STUDIES;
            between += found.between / STUDIES;
            within += found.within / STUDIES;
        }
        assert_near(within, CASES[c].within, 0.03 * CASES[c].within + 1e-12);
        assert_near(between, CASES[c].between, 0.06 * CASES[c].between);
        assert_near(share, stp_normal(0.5 / sqrt(CASES[c].between)), 0.02);
    }
}

static void nothing_between_is_nothing(void **state)
{
    (void)state;
    size_t none = 0;
    for (uint32_t s = 0; s < STUDIES; s++) {
        stp_components found;
        study(s, 4, 0, 1, &found);
        none += found.between == 0;
        assert_true(found.between < 0.27); /* five standard errors: 0.053 */
    }
    assert_true(none > STUDIES / 3);
}

/* Units of different sizes, by hand: 1 and 3; 2, 4 and 6. */
static void it_is_the_formula(void **state)
{
    (void)state;
    const double means[] = {2, 4};
    const size_t counts[] = {2, 3};
    stp_components c = stp_components_of(means, counts, 2, 1 + 9 + 4 + 16 + 36);
    assert_near(c.within, (2 + 8) / 3.0, 1e-12);
    assert_near(c.between, fmax(0, 2 - c.within * (1.0 / 2 + 1.0 / 3) / 2), 1e-12);
    const size_t ones[] = {1, 1};
    c = stp_components_of(means, ones, 2, 20);
    assert_same(c.within, 0);
    assert_near(c.between, 2, 1e-12);
    assert_same(stp_components_reliability(&(stp_components){0, 0}, 3), 1);
    assert_near(stp_components_reliability(&(stp_components){1, 3}, 3), 0.5, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variances_are_distinguished),
        cmocka_unit_test(nothing_between_is_nothing),
        cmocka_unit_test(it_is_the_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
