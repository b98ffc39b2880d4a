/* What was observed, in a scenario: read and written like the rest, checked, and no cause. */
#include "support.h"

#define COUNTRY                                                     \
    "steppe: 1\ntitle: T\ntime: { start: 2022-01-01, steps: 48 }\n" \
    "units: [{ id: u, name: U }]\n"                                 \
    "districts: [{ id: almaty, name: A, unit: u, width: 20, height: 20 }]\n"
#define UNDATED HEAD LATTICE
#define BEGIN "observed: [{ id: o, title: O, pattern: P, confidence: low, "
#define END " }]\n"

static void it_reads_back_the_same(void **state)
{
    const char *text = COUNTRY
        "sources: { s: { title: S } }\n"
        "provenance: { observed.value: { kind: claim, source: s } }\n"
        "observed:\n"
        "  - { id: o, title: O, pattern: P, measure: turnout, at: 2022-01-01,\n"
        "      units: [u], value: { value: 5, range: [3, 8] }, confidence: high }\n"
        "  - { id: p, title: O, pattern: P, measure: violence-peak, from_hour: 3,\n"
        "      date: { range: [2022-01-01, 2022-01-02T12:00] }, confidence: low }\n"
        "  - { id: q, title: O, pattern: Q, measure: none, confidence: low }\n";
    const steppe_scenario *a = parse(state, text);
    const steppe_scenario *b = parse(state, steppe_scenario_resolved(a));
    assert_string_equal(steppe_scenario_resolved(a), steppe_scenario_resolved(b));
    assert_int_equal(steppe_scenario_digest(a), steppe_scenario_digest(b));
    assert_int_equal(a->observation_count, 3);
    const stp_observation *o = a->observations;
    assert_int_equal(o[0].value.kind, STP_KIND_CLAIM);
    assert_same(o[0].begins, 0);
    assert_same(o[0].ends, 24);
    assert_same(o[1].begins, 3);
    assert_same(o[1].ends, 48);
    assert_same(o[1].low, 0);
    assert_same(o[1].wanted, 18);
    assert_same(o[1].high, 36);
    assert_true(isnan(o[2].wanted));
    assert_non_null(strstr(steppe_scenario_resolved(a),
                           "range: [2022-01-01T00:00, 2022-01-02T12:00]"));
}

static void entries_show_it(void **state)
{
    const steppe_scenario *s = parse(
        state, COUNTRY BEGIN "measure: turnout, value: { value: 5, range: [3, 8] }" END);
    steppe_entry e;
    bool found = false;
    for (size_t i = 0; steppe_scenario_entry(s, i, &e) == STEPPE_OK; i++)
        if (strcmp(e.path, "observed.o.value") == 0) {
            found = true;
            assert_string_equal(e.value, "5");
            assert_string_equal(e.range, "3 .. 8");
        }
    assert_true(found);
}

/* A run never hears of it. */
static void it_changes_no_run(void **state)
{
    const steppe_scenario *both[] = {parse(state, COUNTRY),
                                     parse(state, COUNTRY BEGIN
                                           "measure: turnout, value: 100" END)};
    uint64_t digests[2];
    for (int i = 0; i < 2; i++) {
        steppe_run *run;
        expect_ok(state, steppe_run_create(context_of(state), both[i], NULL, &run));
        expect_ok(state, steppe_run_advance(run, 20));
        digests[i] = steppe_run_digest(run);
        steppe_run_free(run);
    }
    assert_true(digests[0] == digests[1]);
}

static void what_is_wrong_is_named(void **state)
{
    static const struct {
        const char *text, *place, *words;
    } CASES[] = {
        {COUNTRY BEGIN "measure: turnaut, value: 1" END, "6:69",
         "did you mean 'turnout'?"},
        {COUNTRY BEGIN "measure: turnout, valeu: 1" END, "6:78", "did you mean 'value'?"},
        {COUNTRY BEGIN "measure: turnout" END, "6:12", "'value' is missing"},
        {COUNTRY BEGIN "value: 1" END, "6:12", "'measure' is missing in observed"},
        {COUNTRY "observed: [{ id: o, title: O, pattern: P, measure: none }]\n", "6:12",
         "'confidence' is missing in observed"},
        {COUNTRY BEGIN "measure: turnout, value: -1" END, "6:85",
         "value must be in >= 0"},
        {COUNTRY BEGIN "measure: turnout, value: { value: 1, kind: fact }" END, "6:85",
         "called a fact but names no source"},
        {COUNTRY BEGIN "measure: deaths-share, value: 2" END, "6:90", "is at most 1"},
        {COUNTRY BEGIN "measure: obeying, value: { value: 1, range: [0, 2] }" END, "6:85",
         "is at most 1"},
        {COUNTRY BEGIN "measure: turnout, value: 1, at: 2022-01-04" END, "6:92",
         "'at' lies 24 h after the end of the run"},
        {COUNTRY BEGIN "measure: turnout, value: 1, from: 2021-12-31" END, "6:94",
         "'from' lies 24 h before the run"},
        {COUNTRY BEGIN "measure: turnout, value: 1, to_hour: 49" END, "6:97",
         "'to_hour' lies 1 h after the end of the run"},
        {COUNTRY BEGIN "measure: turnout, value: 1, from_hour: 9, to_hour: 9" END, "6:12",
         "the period is empty"},
        {COUNTRY BEGIN "measure: turnout, value: 1, at: 2022-01-03" END, "6:92",
         "the period is empty"},
        {COUNTRY BEGIN "measure: turnout, value: 1, at_hour: 9, to_hour: 12" END, "6:12",
         "give 'at', a day, or 'from' and 'to'"},
        {COUNTRY BEGIN "measure: turnout, value: 1, at: 2022-01-02, at_hour: 9" END,
         "6:92", "not both"},
        {COUNTRY BEGIN "measure: detained, value: 1" END, "6:69", "wants 'at'"},
        {COUNTRY BEGIN "measure: detained, value: 1, at_hour: 3, to_hour: 4" END, "6:69",
         "neither 'from' nor 'to'"},
        {COUNTRY BEGIN "measure: turnout, date: 2022-01-02" END, "6:84", "is no date"},
        {COUNTRY BEGIN "measure: violence-peak, date: 2022-01-02, value: 3" END, "6:90",
         "not both"},
        {COUNTRY BEGIN "measure: violence-peak, date: { range: [2022-01-02, 9] }" END,
         "6:112", "date must be a date"},
        {COUNTRY BEGIN "measure: turnout, value: 1, districts: [almtay]" END, "6:99",
         "did you mean 'almaty'?"},
        {COUNTRY BEGIN "measure: turnout, value: 1, units: [w]" END, "6:95",
         "no unit is called 'w'"},
        {COUNTRY BEGIN "measure: none" END BEGIN, "7:1", "stands here twice"},
        {COUNTRY
         "observed: [{ id: o, title: O, pattern: P, confidence: low, measure: none }, "
         "{ id: o, title: O, pattern: P, confidence: low, measure: none }]\n",
         "6:83", "stands in observed twice"},
        {UNDATED BEGIN "measure: turnout, value: 1, at: 2022-01-01" END, "5:92",
         "has a date, but the scenario has no time.start; give 'at_hour'"},
        {UNDATED BEGIN "measure: violence-peak, date: 2022-01-01" END, "5:90",
         "give a 'value' in hours"},
        {UNDATED BEGIN "measure: units-with-unrest, value: 1" END, "5:69",
         "counts units, and the scenario has none"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        steppe_scenario *s = *state;
        const char *text = CASES[i].text;
        int status = steppe_scenario_parse(context_of(state), "bad.yaml", text,
                                           strlen(text), NULL, 0, &s);
        const char *message = steppe_context_message(context_of(state));
        assert_int_equal(status, STEPPE_BAD_SCENARIO);
        assert_null(s);
        const char *place = words(state, "bad.yaml:%s: ", CASES[i].place);
        if (!strstr(message, place) || !strstr(message, CASES[i].words))
            print_error("%s\n  is not\n%s... %s\n", message, place, CASES[i].words);
        assert_non_null(strstr(message, place));
        assert_non_null(strstr(message, CASES[i].words));
    }
}

static void models_without_a_street_have_none(void **state)
{
    const char *text = "steppe: 1\ntitle: T\nmodel: global-game\n"
                       "global_game: { signal: 0, alpha: 1, beta: 1, cost: 0.5 }\n"
                       "observed: [{ id: o }]\n";
    steppe_scenario *s;
    assert_int_equal(steppe_scenario_parse(context_of(state), "bad.yaml", text,
                                           strlen(text), NULL, 0, &s),
                     STEPPE_BAD_SCENARIO);
    assert_non_null(strstr(steppe_context_message(context_of(state)),
                           "5:1: 'observed' does nothing under the model"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(it_reads_back_the_same),
        with_shelf(entries_show_it),
        with_shelf(it_changes_no_run),
        with_shelf(what_is_wrong_is_named),
        with_shelf(models_without_a_street_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
