/* The error model of observations: what is stated, what follows without it, and what is refused. */
#include "scenario/observation_error.h"

#include "support.h"

#define COUNTRY                                                         \
    "steppe: 1\ntitle: T\ntime: { start: 2022-01-01, steps: 48 }\n"     \
    "units: [{ id: u, name: U }, { id: v, name: V }]\n"                 \
    "districts: [{ id: a, name: A, unit: u, width: 20, height: 20 },\n" \
    "  { id: b, name: B, unit: v, width: 20, height: 20 }]\n"           \
    "reporting_biases: [{ id: crowds, title: Official counts, sd: 0.3 }]\n"
#define ONE(keys) COUNTRY "observed: [{ id: o, title: O, pattern: P, " keys " }]\n"

static stp_observation_error error_of(void **state, const char *text)
{
    return stp_observation_error_of(parse(state, text), 0);
}

static void what_is_stated_counts(void **state)
{
    stp_observation_error e = error_of(
        state, ONE("measure: turnout, value: { value: 50, range: [20, 80] }, confidence: "
                   "low, error: 0.4, discrepancy: 1.2, bias: crowds"));
    assert_same(e.record, 0.4);
    assert_same(e.discrepancy, 1.2);
    assert_same(e.bias_sd, 0.3);
    assert_same(e.units, 0);
    assert_near(e.total, 1.3, 1e-15); /* 0.4, 0.3, 1.2 */
    assert_int_equal(e.bias, 0);
    assert_int_equal(e.censored, STP_CENSORED_NOT);
    assert_true(e.train);
}

/* A range is a central 90 % interval, 3.29 standard deviations wide. */
static void ranges_tell_the_error(void **state)
{
    stp_observation_error e = error_of(
        state,
        ONE("measure: turnout, value: { value: 50, range: [20, 80] }, confidence: low"));
    assert_near(e.record, log(4) / 3.2897072539029457, 1e-14);
    assert_same(e.total, e.record);
    assert_int_equal(e.bias, -1);
    e = error_of(
        state,
        ONE("measure: turnout, value: { value: 50, range: [0, 80] }, confidence: low"));
    assert_near(e.record, 2 * log(1.6) / 3.2897072539029457, 1e-14);
    e = error_of(state, ONE("measure: obeying, value: { value: 0.5, range: [0.2, 0.6] }, "
                            "confidence: low"));
    assert_near(e.record, 0.4 / 3.2897072539029457, 1e-14);
    e = error_of(state, ONE("measure: violence-peak, date: { range: [2022-01-01, "
                            "2022-01-02] }, confidence: low"));
    assert_near(e.record, 24 / 3.2897072539029457, 1e-13);
}

static void confidence_tells_it_without_a_range(void **state)
{
    static const struct {
        const char *keys;
        double sd;
    } CASES[] = {
        {"measure: turnout, value: 5, confidence: high", 0.1},
        {"measure: turnout, value: 5, confidence: low", 0.5},
        {"measure: obeying, value: 0.5, confidence: medium", 0.1},
        {"measure: units-with-unrest, value: 1, confidence: low", 2},
        {"measure: violence-peak, date: 2022-01-02, confidence: high", 3},
        {"measure: turnout, value: { value: 5, range: [5, 5] }, confidence: high", 0.1},
        {"measure: turnout, value: { value: 0, range: [0, 5] }, confidence: medium",
         0.25},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_same(error_of(state, words(state, ONE("%s"), CASES[i].keys)).record,
                    CASES[i].sd);
}

/* Two units, each wrong with probability 0.1: sqrt(2 * 0.1 * 0.9); of one unit sqrt(0.09). */
static void wrongly_listed_units_add_theirs(void **state)
{
    stp_observation_error e = error_of(
        state,
        ONE("measure: units-with-unrest, value: 1, confidence: high, misclassified: "
            "10 %"));
    assert_near(e.units, sqrt(0.18), 1e-15);
    assert_near(e.total, sqrt(0.18 + 0.25), 1e-15);
    e = error_of(state, ONE("measure: non-violent-units, value: 1, confidence: high, "
                            "misclassified: 0.1"));
    assert_near(e.units, sqrt(0.18) / 2, 1e-15);
    e = error_of(state,
                 ONE("measure: units-with-unrest, value: 1, units: [v], confidence: "
                     "high, misclassified: 0.1"));
    assert_near(e.units, 0.3, 1e-15);
}

static void records_may_be_bounds_or_held_out(void **state)
{
    assert_int_equal(
        error_of(state,
                 ONE("measure: turnout, value: 5, confidence: low, censored: below"))
            .censored,
        STP_CENSORED_BELOW);
    assert_int_equal(
        error_of(state,
                 ONE("measure: turnout, value: 5, confidence: low, censored: above"))
            .censored,
        STP_CENSORED_ABOVE);
    assert_false(
        error_of(state, ONE("measure: turnout, value: 5, confidence: low, train: false"))
            .train);
    assert_false(error_of(state, ONE("measure: none, confidence: low")).train);
}

static void they_read_back_and_change_no_run(void **state)
{
    const char *text = ONE(
        "measure: turnout, value: 5, confidence: low, censored: below, bias: crowds, "
        "error: "
        "{ value: 0.4, kind: assumption, note: ours }, discrepancy: 0.3, train: { value: "
        "false, note: held out }");
    const steppe_scenario *a = parse(state, text);
    const steppe_scenario *b = parse(state, steppe_scenario_resolved(a));
    assert_string_equal(steppe_scenario_resolved(a), steppe_scenario_resolved(b));
    assert_true(a->runs_digest ==
                parse(state, ONE("measure: none, confidence: low"))->runs_digest);
    assert_same(stp_observation_error_of(b, 0).total,
                stp_observation_error_of(a, 0).total);
}

static void what_is_wrong_is_named(void **state)
{
    static const refused CASES[] = {
        {ONE("measure: turnout, value: 5, confidence: low, bias: crowd"), "8:94",
         "no reporting bias is called 'crowd'; did you mean 'crowds'?"},
        {ONE("measure: turnout, value: 5, confidence: low, error: 0"), "8:95",
         "error must be in > 0"},
        {ONE("measure: turnout, value: 5, confidence: low, errror: 1"), "8:88",
         "did you mean 'error'?"},
        {ONE("measure: turnout, value: 5, confidence: low, censored: left"), "8:98",
         "censored must be below or above, not"},
        {ONE("measure: turnout, value: 5, confidence: low, misclassified: 0.1"), "8:103",
         "'turnout' does not count units"},
        {ONE("measure: none, confidence: low, discrepancy: 1"), "8:88",
         "'discrepancy' does nothing with the measure 'none'"},
        {ONE("measure: none, confidence: low, train: true"), "8:82",
         "no calibration can learn from it"},
        {COUNTRY "observed:\n"
                 "  - { id: o, title: O, pattern: P, measure: turnout, value: 5, "
                 "confidence: low, "
                 "bias: crowds }\n"
                 "  - { id: p, title: O, pattern: P, measure: obeying, value: 1, "
                 "confidence: low, "
                 "bias: crowds }\n",
         "10:87", "'crowds' is shared with 'o', which is compared on another scale"},
        {COUNTRY "reporting_bias: []\n", "8:1", "did you mean 'reporting_biases'?"},
    };
    expect_refused(state, CASES, sizeof CASES / sizeof *CASES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(what_is_stated_counts),
        with_shelf(ranges_tell_the_error),
        with_shelf(confidence_tells_it_without_a_range),
        with_shelf(wrongly_listed_units_add_theirs),
        with_shelf(records_may_be_bounds_or_held_out),
        with_shelf(they_read_back_and_change_no_run),
        with_shelf(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
