/* Promise (nation/hardship.c): a price is felt as an exponential approach to its log
 * ratio, f(t + dt) = f(t) + (ln(price / base) - f(t)) (1 - exp(-dt / lag)), and shifts
 * the hardship of those who depend on fuel by price_effect f D; unemployment shifts that
 * of those out of work, relief that of everyone, downwards. Expectations follow how well
 * off a group is, E(t + dt) = E + (A - E) (1 - exp(-dt / lag)), and hardship rises by
 * expectation_weight max(0, E - A - tolerance). */
#include "country.h"

/* One district; a price of `price` from the beginning, where people are used to 60. */
static country priced(void **state, const char *hardship, const char *step, double price,
                      double dependence)
{
    return country_of(
        state,
        words(state,
              "steppe: 1\ntitle: A test\ntime: { step: %s, steps: 500 }\n"
              "detention: { term_max: .inf }\nhardship: { price_base: 60 tenge/l, %s }\n"
              "districts: [{ id: a, name: A, width: 20, height: 20, fuel_dependence: %g "
              "}]\n"
              "events: [{ id: e, title: E, hour: 0, fuel_price: %g tenge/l }]\n",
              step, hardship, dependence, price),
        1);
}

static double felt(const country *c)
{
    return c->nation->districts[0].felt;
}

/* The closed form for a price that stays: f_n = ln(p / b) (1 - exp(-n dt / lag)). */
static void a_price_is_felt_with_its_lag(void **state)
{
    country c = priced(state, "price_lag: 48 h, price_effect: 0.3", "1 h", 120, 1);
    assert_same(felt(&c), 0.0);
    for (int n = 1; n <= 300; n++) {
        step_to(&c, (uint64_t)n);
        assert_near(felt(&c), log(2) * (1 - exp(-n / 48.0)), 1e-12);
    }
}

/* After one lag, 63.2% is felt, however long a step is: the form is exact, not Euler's.
 * */
static void the_length_of_a_step_does_not_matter(void **state)
{
    static const struct {
        const char *step;
        int steps;
    } CASES[] = {{"1 h", 48}, {"30 min", 96}, {"12 h", 4}, {"48 h", 1}, {"1 d", 2}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        country c = priced(state, "price_lag: 48 h, price_effect: 0.3", CASES[i].step,
                           120, 1);
        for (int n = 1; n <= CASES[i].steps; n++)
            step_to(&c, (uint64_t)n);
        assert_near(felt(&c), log(2) * (1 - exp(-1)), 1e-12);
    }
}

static void without_a_lag_it_is_felt_at_once(void **state)
{
    country c = priced(state, "price_lag: 0, price_effect: 0.3", "1 h", 120, 1);
    step_to(&c, 1);
    assert_near(felt(&c), log(2), 1e-15);
    step_to(&c, 2);
    assert_near(felt(&c), log(2), 1e-15);
}

static void a_lag_below_one_step_is_valid(void **state)
{
    country c = priced(state, "price_lag: 30 min, price_effect: 0.3", "1 h", 120, 1);
    step_to(&c, 1);
    assert_near(felt(&c), log(2) * (1 - exp(-2)), 1e-14);
}

static void in_the_end_all_of_it_is_felt(void **state)
{
    country c = priced(state, "price_lag: 2 h, price_effect: 0.3", "1 h", 90, 1);
    for (uint64_t n = 1; n <= 200; n++) /* 100 lags: e^-100 is nothing beside 1 */
        step_to(&c, n);
    assert_near(felt(&c), log(1.5), 1e-14);
}

static void a_fall_of_the_price_is_relief(void **state)
{
    country c = priced(state, "price_lag: 0, price_effect: 0.3", "1 h", 30, 1);
    step_to(&c, 1);
    assert_near(felt(&c), -log(2), 1e-15);
    assert_near(stp_hardship_shift(c.nation, c.nation->districts, STP_FUEL),
                -0.3 * log(2), 1e-15);
    assert_int_equal(c.conditions[0].shift[STP_FUEL], lround(-0.3 * log(2) * 65536));
}

/* The whole table of groups; decision 004: the effect is weighed with the district's
 * share. */
static void groups_are_shifted_by_what_concerns_them(void **state)
{
    static const double SHARES[] = {0, 0.3, 0.75, 1};
    for (size_t i = 0; i < sizeof SHARES / sizeof *SHARES; i++) {
        country c = priced(state, "price_effect: 0.3, unemployment_effect: 0.05", "1 h",
                           120, SHARES[i]);
        step_to(&c, 1);
        double fuel = 0.3 * log(2) * SHARES[i];
        const double wanted[] = {0, fuel, 0.05, fuel + 0.05};
        for (unsigned group = 0; group < 4; group++) {
            assert_near(stp_hardship_shift(c.nation, c.nation->districts, group),
                        wanted[group], 1e-15);
            assert_int_equal(c.conditions[0].shift[group], lround(wanted[group] * 65536));
        }
    }
}

static void it_can_be_switched_off(void **state)
{
    country c = priced(state,
                       "enabled: false, price_effect: 0.3, unemployment_effect: 0.05",
                       "1 h", 120, 1);
    step_to(&c, 1);
    for (unsigned group = 0; group < 4; group++)
        assert_int_equal(c.conditions[0].shift[group], 0);
}

static void by_default_nothing_shifts(void **state)
{
    country c = priced(state, "price_lag: 1 h", "1 h", 600, 1);
    step_to(&c, 1);
    for (unsigned group = 0; group < 4; group++)
        assert_int_equal(c.conditions[0].shift[group], 0);
}

/* ---- relief ---- */

/* Relief of `relief` from hour 1 to hour `until`, for fuel at twice its price and the
 * jobless. */
static country relieved(void **state, const char *hardship, double relief, int until)
{
    return country_of(
        state,
        words(state,
              "steppe: 1\ntitle: A test\ntime: { steps: 5000 }\n"
              "hardship: { price_base: 60, unemployment_effect: 0.05, %s }\n" LATTICE
              "events:\n"
              "  - { id: give, title: G, hour: 1, relief: %g }\n"
              "  - { id: take, title: T, hour: %d, relief: 0 }\n",
              hardship, relief, until),
        1);
}

static double shift(const country *c, unsigned group)
{
    return stp_hardship_shift(c->nation, c->nation->districts, group);
}

static void relief_is_for_everyone(void **state)
{
    static const double PLAIN[] = {0, 0, 0.05, 0.05};
    country c = relieved(state, "", 0.2, 3);
    for (uint64_t step = 0; step <= 5; step++) {
        step_to(&c, step);
        for (unsigned group = 0; group < 4; group++) {
            double wanted = PLAIN[group] - (step == 2 || step == 3 ? 0.2 : 0);
            assert_near(shift(&c, group), wanted, 1e-15);
            assert_int_equal(c.conditions[0].shift[group],
                             lround(floor(wanted * 65536 + 0.5)));
        }
    }
    c = relieved(state, "enabled: false", 0.2, 3);
    step_to(&c, 2);
    assert_same(shift(&c, STP_JOBLESS), 0.0);
}

/* ---- expectations ---- */

/* A loss that stays hurts as long as people are not used to it. */
static void what_is_lost_is_missed_for_a_time(void **state)
{
    country c = priced(state,
                       "price_effect: 0.3, expectation_weight: 2, expectation_lag: 72 h",
                       "1 h", 120, 1);
    double loss = 0.3 * log(2);
    step_to(&c, 0);
    for (int n = 1; n <= 300; n++) {
        step_to(&c, (uint64_t)n);
        assert_near(shift(&c, STP_FUEL), loss + 2 * loss * exp(-n / 72.0), 1e-12);
        assert_same(shift(&c, 0), 0.0); /* who did not lose does not miss anything */
    }
}

/* How people are off when it begins is what they expect: nobody misses what never was. */
static void the_state_at_first_is_expected(void **state)
{
    country c = priced(state, "unemployment_effect: 0.3, expectation_weight: 5", "1 h",
                       60, 1);
    for (uint64_t n = 0; n <= 50; n++) {
        step_to(&c, n);
        assert_near(shift(&c, STP_JOBLESS), 0.3, 1e-15);
    }
}

/* Davies' J-curve: relief that is taken back leaves people worse off than none, the more
 * so the longer they had it, and it wears off. While it lasts it is relief and nothing
 * else. */
static void what_was_given_and_taken_is_worse_than_nothing(void **state)
{
    const char *settings = "expectation_weight: 1.5, expectation_lag: 100 h";
    double last = 0;
    for (int hours = 10; hours <= 640; hours *= 2) {
        country c = relieved(state, settings, 0.2, 1 + hours);
        for (uint64_t step = 0; step < (uint64_t)(2 + hours); step++) {
            step_to(&c, step);
            assert_near(shift(&c, 0), step < 2 ? 0 : -0.2, 1e-15);
        }
        step_to(&c, (uint64_t)(2 + hours));
        double used = 0.2 * (1 - exp(-hours / 100.0)) * exp(-1 / 100.0);
        assert_near(shift(&c, 0), 1.5 * used, 1e-12);
        assert_true(shift(&c, 0) > last);
        last = shift(&c, 0);
        for (uint64_t n = 1; n <= 3000; n++)
            step_to(&c, (uint64_t)(2 + hours) + n);
        assert_near(shift(&c, 0), 0, 1e-12);
    }
}

static void expectations_may_never_change_or_at_once(void **state)
{
    country c = relieved(state, "expectation_weight: 1, expectation_lag: .inf", 0.2, 100);
    for (uint64_t n = 0; n <= 200; n++)
        step_to(&c, n);
    assert_near(shift(&c, 0), 0, 1e-15); /* it was never expected */
    c = relieved(state, "expectation_weight: 1, expectation_lag: 0", 0.2, 100);
    for (uint64_t n = 0; n <= 101; n++)
        step_to(&c, n);
    assert_near(shift(&c, 0), 0, 1e-15); /* nor missed for any time */
    c = priced(state, "price_effect: 0.3, expectation_weight: 1, expectation_lag: .inf",
               "1 h", 120, 1);
    for (uint64_t n = 0; n <= 200; n++)
        step_to(&c, n);
    assert_near(shift(&c, STP_FUEL), 2 * 0.3 * log(2), 1e-14); /* for ever */
}

static void a_little_less_is_put_up_with(void **state)
{
    static const double TOLERANCES[] = {0, 0.05, 0.15, 0.2, 1};
    for (size_t i = 0; i < sizeof TOLERANCES / sizeof *TOLERANCES; i++) {
        country c = priced(
            state,
            words(state,
                  "price_effect: 0.3, expectation_weight: 3, expectation_lag: .inf,\n"
                  "  expectation_tolerance: %g",
                  TOLERANCES[i]),
            "1 h", 120, 1);
        double loss = 0.3 * log(2);
        step_to(&c, 0);
        step_to(&c, 1);
        assert_near(shift(&c, STP_FUEL), loss + 3 * fmax(0, loss - TOLERANCES[i]), 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(a_price_is_felt_with_its_lag),
        with_shelf(the_length_of_a_step_does_not_matter),
        with_shelf(without_a_lag_it_is_felt_at_once),
        with_shelf(a_lag_below_one_step_is_valid),
        with_shelf(in_the_end_all_of_it_is_felt),
        with_shelf(a_fall_of_the_price_is_relief),
        with_shelf(groups_are_shifted_by_what_concerns_them),
        with_shelf(it_can_be_switched_off),
        with_shelf(by_default_nothing_shifts),
        with_shelf(relief_is_for_everyone),
        with_shelf(what_is_lost_is_missed_for_a_time),
        with_shelf(the_state_at_first_is_expected),
        with_shelf(what_was_given_and_taken_is_worse_than_nothing),
        with_shelf(expectations_may_never_change_or_at_once),
        with_shelf(a_little_less_is_put_up_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
