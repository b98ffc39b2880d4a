/* Promise (steppe.h, models/solve.h): the scenario files of models without a lattice give
 * the published numbers to all digits that are printed; what a model does not use is an error
 * that says where; a results file reads back. */
#include "scenario/model.h"
#include "support.h"

#include <unistd.h>

#include <sqlite3.h>

#define PUBLISHED "scenarios/published/"

/* Every model, in scenarios that are sound. */
static const char *const FILES[] = {
    "granovetter-1978-uniform", "granovetter-1978-changed",
    "granovetter-1978-normal",  "kuran-1989",
    "kuran-1989-second",        "siegel-2009-small-world",
    "siegel-2009-village",      "siegel-2009-opinion-leader",
    "siegel-2009-hierarchy",    "global-game",
    "ktab-three-positions",     "expected-utility-scholz-2011",
    "egorov-sonin-2011",        "bonnasse-gahot-contagion",
};
enum { FILE_COUNT = sizeof FILES / sizeof *FILES, MAX_SETTINGS = 4 };

static void release_solution(void *solution)
{
    steppe_solution_free(solution);
}

static steppe_scenario *open_file(void **state, const char *name,
                                  const char *const settings[MAX_SETTINGS])
{
    size_t count = 0;
    while (settings && count < MAX_SETTINGS && settings[count])
        count++;
    steppe_scenario *scenario;
    expect_ok(state, steppe_scenario_open(context_of(state),
                                          words(state, PUBLISHED "%s.yaml", name),
                                          settings, count, &scenario));
    keep(state, scenario, release_scenario);
    return scenario;
}

static steppe_solution *solve(void **state, const steppe_scenario *scenario)
{
    steppe_solution *solution;
    expect_ok(state, steppe_solution_create(context_of(state), scenario, 1, &solution));
    keep(state, solution, release_solution);
    return solution;
}

static double outcome_of(const steppe_solution *solution, const char *name)
{
    steppe_outcome o;
    for (size_t i = 0; steppe_solution_outcome(solution, i, &o) == STEPPE_OK; i++)
        if (strcmp(o.name, name) == 0)
            return o.value;
    fail_msg("there is no outcome '%s'", name);
    return NAN;
}

/* ---- published numbers ---- */

typedef struct known {
    const char *file;
    const char *settings[MAX_SETTINGS];
    const char *name;
    double value, tolerance;
} known;

static void expect_known(void **state, const known *k)
{
    double value = outcome_of(solve(state, open_file(state, k->file, k->settings)),
                              k->name);
    if (!(fabs(value - k->value) <= k->tolerance))
        fail_msg("%s: %s is %.17g, not %g", k->file, k->name, value, k->value);
}

#define EXPECT_KNOWN(table)                                      \
    for (size_t i = 0; i < sizeof(table) / sizeof *(table); i++) \
    expect_known(state, &(table)[i])

static void crowds_are_those_of_the_papers(void **state)
{
    static const known KNOWN[] = {
        {"granovetter-1978-uniform", {NULL}, "acting", 100, 0},
        {"granovetter-1978-uniform", {NULL}, "rounds", 100, 0},
        {"granovetter-1978-changed", {NULL}, "acting", 1, 0},
        {"granovetter-1978-changed", {"threshold.values.2=1"}, "acting", 100, 0},
        {"granovetter-1978-changed", {"threshold.start=everybody"}, "acting", 100, 0},
        {"granovetter-1978-normal", {NULL}, "endless.share", .0598, .00005},
        {"granovetter-1978-normal",
         {"threshold.deviation=12.25"},
         "endless.share",
         1,
         1e-6},
        {"granovetter-1978-normal", {"threshold.deviation=12.5"}, "acting", 5, 0},
        {"granovetter-1978-normal", {"threshold.deviation=13"}, "acting", 100, 0},
        {"kuran-1989", {NULL}, "share", .1, 1e-15},
        {"kuran-1989", {"threshold.values.2=10"}, "share", .9, 1e-15},
        {"kuran-1989-second", {NULL}, "share", .1, 1e-15},
        {"kuran-1989-second", {"threshold.values.2=10"}, "share", .2, 1e-15},
    };
    EXPECT_KNOWN(KNOWN);
}

static void global_games_are_those_of_the_literature(void **state)
{
    static const known KNOWN[] = {
        {"global-game", {NULL}, "threshold.1", .718, .0005},
        {"global-game", {NULL}, "unique", 1, 0},
        {"global-game", {NULL}, "thresholds", 1, 0},
        {"global-game", {"global_game.signal=0.2"}, "threshold.1", .841, .0005},
        {"global-game", {"global_game.signal=0.8"}, "threshold.1", .539, .0005},
        {"global-game", {"global_game.alpha=0"}, "threshold.1", .6, 1e-12},
        {"global-game",
         {"global_game={signal: .5, alpha: 4, beta: 1, cost: .5}"},
         "thresholds",
         3,
         0},
        {"global-game",
         {"global_game={signal: .5, alpha: 4, beta: 1, cost: .5}"},
         "threshold.1",
         .030,
         .0005},
        {"global-game",
         {"global_game={signal: .5, alpha: 4, beta: 1, cost: .5}"},
         "threshold.2",
         .5,
         1e-12},
        {"global-game",
         {"global_game={signal: .5, alpha: 4, beta: 1, cost: .5}"},
         "threshold.3",
         .970,
         .0005},
    };
    EXPECT_KNOWN(KNOWN);
}

static void resolutions_decide_who_wins(void **state)
{
    static const struct {
        const char *victory;
        double p[3][3];
    } KNOWN[] = {
        {"ktab.victory=linear",
         {{.4595, .4955, .0450}, {.4316, .4596, .1088}, {.5001, .4477, .0522}}},
        {"ktab.victory=square",
         {{.4875, .5093, .0032}, {.4749, .4949, .0302}, {.5165, .4777, .0058}}},
    };
    static const char *const RESOLUTIONS[] = {"conditional", "uniform", "incentive"};
    static const char *const ACTORS[] = {"left", "centre", "right"};
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 3; k++) {
            const char *const settings[MAX_SETTINGS] = {KNOWN[i].victory,
                                                        words(state, "ktab.resolution=%s",
                                                              RESOLUTIONS[k])};
            const steppe_solution *solution =
                solve(state, open_file(state, "ktab-three-positions", settings));
            for (int resolution = 0; resolution < 3; resolution++)
                for (int a = 0; a < 3; a++)
                    assert_near(outcome_of(solution,
                                           words(state, "probability.%s.%s",
                                                 RESOLUTIONS[resolution], ACTORS[a])),
                                KNOWN[i].p[resolution][a], .00005);
            assert_same(outcome_of(solution, "winner"), k == 2 ? 0 : 0.4);
            assert_same(outcome_of(solution, "winner.conditional"), 0.4);
            assert_same(outcome_of(solution, "winner.incentive"), 0);
            assert_same(outcome_of(solution, "arrived.uniform"), 1);
        }
}

/* Two who stand at the same place hold one option between them. */
static void a_position_is_one_option(void **state)
{
    const steppe_scenario *s =
        parse(state, "steppe: 1\ntitle: T\nmodel: ktab\nactors:\n"
                     "- { id: a, name: A, weight: 1, position: 0 }\n"
                     "- { id: b, name: B, weight: 2, position: 0 }\n"
                     "- { id: c, name: C, weight: 3, position: 1, risk: 0.5 }\n");
    const steppe_solution *solution = solve(state, s);
    assert_near(outcome_of(solution, "probability.conditional.a"), .5, 1e-6);
    assert_near(outcome_of(solution, "probability.conditional.c"), .5, 1e-6);
    assert_int_equal(steppe_solution_outcome_count(solution), 3 * 2 + 3 + 2 + 1);
}

static void ten_countries_get_the_published_exponents(void **state)
{
    static const char *const COUNTRIES[] = {"nl", "be", "lu", "de", "fr",
                                            "it", "uk", "ie", "dk", "gr"};
    static const struct {
        const char *reading;
        double r[10];
    } KNOWN[] = {
        {"expected_utility.reading=print",
         {1.117, 1.004, .5, 1.117, 1.018, 1.018, 2.0, .648, 1.454, 1.557}},
        {"expected_utility.reading=net",
         {1.127, .781, .5, 1.127, 1.078, 1.078, 2.0, .525, 1.472, 1.140}},
        {"expected_utility.reading=all-pairs",
         {1.406, .754, .509, 1.406, 1.047, 1.047, 1.965, .5, 2.0, 1.112}},
    };
    for (int i = 0; i < 3; i++) {
        const char *const settings[MAX_SETTINGS] = {KNOWN[i].reading};
        const steppe_solution *solution =
            solve(state, open_file(state, "expected-utility-scholz-2011", settings));
        for (int k = 0; k < 10; k++)
            assert_near(outcome_of(solution, words(state, "risk.%s", COUNTRIES[k])),
                        KNOWN[i].r[k], .0005);
        assert_same(outcome_of(solution, "median.start"), 7);
        /* the last positions are the last of the series */
        assert_int_equal(steppe_solution_series_steps(solution), 5);
        for (size_t k = 0; k < 10; k++) {
            double last;
            assert_string_equal(steppe_solution_series_name(solution, k),
                                words(state, "position.%s", COUNTRIES[k]));
            expect_ok(state, steppe_solution_series_value(solution, k, 4, &last));
            assert_same(outcome_of(solution, words(state, "position.%s", COUNTRIES[k])),
                        last);
        }
    }
}

/* With p* = 1/2 the choice is 1 - mu, on the grid of competence (appointment.h). */
static void vulnerable_rulers_choose_mediocre_viziers(void **state)
{
    static const known KNOWN[] = {
        {"egorov-sonin-2011", {NULL}, "competence", .7, 1.01e-4},
        {"egorov-sonin-2011", {NULL}, "belief_to_betray", .5, 0},
        {"egorov-sonin-2011", {NULL}, "betrayal.weak", 0, 0},
        {"egorov-sonin-2011", {NULL}, "survival", 1 - .3 * .3, 1e-4},
        {"egorov-sonin-2011", {NULL}, "survival.least", .85, 1e-12},
        {"egorov-sonin-2011", {"appointment.weakness=0.45"}, "competence", .55, 1.01e-4},
        {"egorov-sonin-2011", {"appointment.weakness=0.1"}, "competence", .9, 1.01e-4},
    };
    EXPECT_KNOWN(KNOWN);
    const steppe_solution *solution = solve(state,
                                            open_file(state, "egorov-sonin-2011", NULL));
    assert_true(outcome_of(solution, "effort.least") >
                outcome_of(solution, "effort.chosen"));
    assert_true(outcome_of(solution, "effort.chosen") >
                outcome_of(solution, "effort.most"));
}

/* Siegel 2009: extra ties reduce participation where motivation is weak, and raise it where
 * it is strong. One society here; the means of twenty are in network_test.c. */
static void extra_ties_can_reduce_participation(void **state)
{
    static const struct {
        const char *file, *more;
    } CASES[] = {
        {"siegel-2009-small-world", "network.reach=25"},
        {"siegel-2009-village", "network.across=0.01"},
        {"siegel-2009-opinion-leader", "network.ties=25"},
        {"siegel-2009-hierarchy", "network.siblings=1"},
    };
    for (int i = 0; i < 4; i++) {
        double share[2][2];
        for (int strong = 0; strong < 2; strong++)
            for (int more = 0; more < 2; more++) {
                const char *const settings[MAX_SETTINGS] = {strong ? "network.mean=0.7"
                                                                   : "network.mean=0.4",
                                                            more ? CASES[i].more : NULL};
                const steppe_solution *solution =
                    solve(state, open_file(state, CASES[i].file, settings));
                share[strong][more] = outcome_of(solution, "share");
                assert_same(outcome_of(solution, "settled"), 1);
            }
        assert_true(share[0][1] < share[0][0]);
        assert_true(share[1][1] > share[1][0]);
    }
}

/* Bonnasse-Gahot and others 2018: a travelling wave; none below the critical activity. */
static void unrest_travels_from_place_to_place(void **state)
{
    const steppe_solution *solution =
        solve(state, open_file(state, "bonnasse-gahot-contagion", NULL));
    double before = 0;
    for (int k = 1; k <= 16; k++) {
        double hour = outcome_of(solution, words(state, "peak_hour.place-%d", k));
        assert_true(hour > before);
        assert_true(outcome_of(solution, words(state, "peak.place-%d", k)) > 100);
        before = hour;
    }
    const known calm = {
        "bonnasse-gahot-contagion", {"contagion.critical=2"}, "joined", 0, 0};
    expect_known(state, &calm);
}

/* ---- paths ---- */

static void paths_lead_from_the_start_to_the_outcome(void **state)
{
    static const struct {
        const char *file, *series, *outcome;
        size_t column;
        double first;
    } CASES[] = {
        {"granovetter-1978-uniform", "acting", "acting", 0, 0},
        {"siegel-2009-village", "participants", "participants", 0, 0},
    };
    for (int i = 0; i < 2; i++) {
        const steppe_solution *solution = solve(state,
                                                open_file(state, CASES[i].file, NULL));
        size_t steps = steppe_solution_series_steps(solution);
        double first = -1, last, before = -1;
        assert_int_equal(steppe_solution_series_count(solution), 1);
        assert_string_equal(steppe_solution_series_name(solution, 0), CASES[i].series);
        for (size_t t = 0; t < steps; t++) {
            expect_ok(state, steppe_solution_series_value(solution, 0, t, &last));
            first = t == 0 ? last : first;
            assert_true(last > before || i == 1);
            before = last;
        }
        assert_same(first, CASES[i].first);
        assert_same(last, outcome_of(solution, CASES[i].outcome));
    }
    const steppe_solution *riots =
        solve(state, open_file(state, "bonnasse-gahot-contagion", NULL));
    double one;
    assert_int_equal(steppe_solution_series_count(riots), 17);
    assert_int_equal(steppe_solution_series_steps(riots), 961);
    assert_string_equal(steppe_solution_series_name(riots, 0), "active.place-1");
    assert_string_equal(steppe_solution_series_name(riots, 16), "active");
    assert_null(steppe_solution_series_name(riots, 17));
    expect_ok(state, steppe_solution_series_value(riots, 0, 0, &one));
    assert_same(one, 1);
    assert_int_equal(steppe_solution_series_value(riots, 17, 0, &one),
                     STEPPE_BAD_ARGUMENT);
    assert_int_equal(steppe_solution_series_value(riots, 0, 961, &one),
                     STEPPE_BAD_ARGUMENT);
    steppe_outcome o;
    assert_int_equal(steppe_solution_outcome(riots, steppe_solution_outcome_count(riots),
                                             &o),
                     STEPPE_BAD_ARGUMENT);
}

/* Only networks draw random numbers. */
static void seeds_matter_where_there_is_chance(void **state)
{
    for (int i = 0; i < FILE_COUNT; i++) {
        const steppe_scenario *s = open_file(state, FILES[i], NULL);
        bool differ = false;
        steppe_solution *first = solve(state, s), *again = solve(state, s), *other;
        expect_ok(state, steppe_solution_create(context_of(state), s, 2, &other));
        keep(state, other, release_solution);
        steppe_outcome a, b, c;
        for (size_t k = 0; steppe_solution_outcome(first, k, &a) == STEPPE_OK; k++) {
            expect_ok(state, steppe_solution_outcome(again, k, &b));
            expect_ok(state, steppe_solution_outcome(other, k, &c));
            assert_same(a.value, b.value);
            assert_string_equal(a.name, c.name);
            assert_true(isfinite(a.value) && *a.meaning);
            differ |= a.value != c.value;
        }
        assert_int_equal(differ, strcmp(steppe_scenario_model(s), "network") == 0);
    }
}

/* ---- scenarios ---- */

static void resolved_text_holds_what_the_model_uses(void **state)
{
    for (int i = 0; i < FILE_COUNT; i++) {
        const steppe_scenario *s = open_file(state, FILES[i], NULL);
        const char *resolved = steppe_scenario_resolved(s);
        const steppe_scenario *again = parse(state, resolved);
        assert_string_equal(steppe_scenario_resolved(again), resolved);
        assert_int_equal(steppe_scenario_digest(again), steppe_scenario_digest(s));
        assert_string_equal(steppe_scenario_model(again), steppe_scenario_model(s));
        assert_null(strstr(resolved, "\ncitizens:"));
        assert_null(strstr(resolved, "\nrules:"));
        steppe_entry e;
        for (size_t k = 0; steppe_scenario_entry(s, k, &e) == STEPPE_OK; k++)
            assert_null(strstr(e.path, "citizens."));
    }
    const char *street = steppe_scenario_resolved(parse(state, HEAD LATTICE));
    assert_non_null(strstr(street, "\nmodel: street\n"));
    assert_null(strstr(street, "threshold:\n"));
    assert_null(strstr(street, "ktab"));
    assert_null(strstr(street, "active_at_start"));
}

/* Each default can be said, and changes nothing but that it is said. */
static void defaults_can_be_given(void **state)
{
    for (int i = 0; i < FILE_COUNT; i++) {
        const steppe_scenario *s = open_file(state, FILES[i], NULL);
        for (size_t k = 0; k < STP_PARAMETER_COUNT; k++) {
            const stp_parameter *p = &STP_PARAMETERS[k];
            char value[64];
            if (p->need != STP_OPTIONAL || !stp_is_quantity(p->type) ||
                p->section >= STP_UNITS || p->section == STP_TOP ||
                !stp_model_uses(s, p) || stp_quantity_of((void *)(uintptr_t)s, p)->given)
                continue;
            const char *const settings[MAX_SETTINGS] = {
                words(state, "%s.%s=%s", STP_SECTIONS[p->section].name, p->name,
                      stp_value_text(p, p->fallback, value, sizeof value))};
            const steppe_scenario *same = open_file(state, FILES[i], settings);
            assert_int_equal(steppe_scenario_digest(same), steppe_scenario_digest(s));
        }
    }
}

static void lists_of_numbers_have_provenance(void **state)
{
    const steppe_scenario *s =
        parse(state, "steppe: 1\ntitle: T\nmodel: threshold\n"
                     "sources: { s: { title: S } }\n"
                     "threshold: { distribution: list, values: { kind: fact, source: s,\n"
                     "  value: [0, 1.5, .inf, -2, 4, 5, 6, 7, 8, 9, 10, 11] } }\n");
    assert_non_null(strstr(
        steppe_scenario_resolved(s),
        "values: {value: [0, 1.5, .inf, -2, 4, 5, 6, 7, 8, 9, 10, 11], kind: fact"));
    steppe_entry e = {0};
    for (size_t i = 0; steppe_scenario_entry(s, i, &e) == STEPPE_OK; i++)
        if (strcmp(e.path, "threshold.values") == 0)
            break;
    assert_string_equal(e.path, "threshold.values");
    assert_string_equal(e.value, "[0, 1.5, .inf, -2, 4, 5, 6, 7, 8, 9, ... 11]");
    assert_string_equal(e.kind, "fact");
    parse(state, steppe_scenario_resolved(s));
}

#define BEGIN "steppe: 1\ntitle: T\nmodel: "
#define LIST BEGIN "threshold\nthreshold: { distribution: list, values: [1, 2] }\n"
#define SMALL "kind: small-world, reach: 2, moved: 0"
#define AT "lat: 1, lon: 2"
#define RIOTS                                                               \
    "contagion\ncontagion: { omega: 1, beta: 1, distance: 1, exponent: 1, " \
    "susceptible: 1 }\n"
#define UTILITY "expected-utility\nexpected_utility: { reading: net }\nactors:\n"
#define ACTOR(id, position) \
    "- { id: " id ", name: N, weight: 1, position: " position " }\n"
#define RULER \
    "weakness: .5, bribe: 1, punishment: 1, wage: 1, detect_least: 0, detect_most: 1"

/* Does one of the reported problems begin so? */
static bool is_told(const steppe_context *context, const char *wanted)
{
    const char *problem;
    for (size_t i = 0; (problem = steppe_context_problem(context, i)); i++)
        if (strncmp(problem, wanted, strlen(wanted)) == 0)
            return true;
    return false;
}

typedef struct bad_scenario {
    const char *text, *message;
} bad_scenario;

/* Each is refused, and says where and why. */
static void expect_told(void **state, const bad_scenario *cases, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        steppe_scenario *s;
        int status = steppe_scenario_parse(context_of(state), "bad.yaml", cases[i].text,
                                           strlen(cases[i].text), NULL, 0, &s);
        steppe_scenario_free(s);
        const char *message = steppe_context_message(context_of(state));
        const char *wanted = words(state, "bad.yaml:%s", cases[i].message);
        if (status == STEPPE_BAD_SCENARIO && is_told(context_of(state), wanted))
            continue;
        print_error("status %d, \"%s\", not \"%s\"\n", status, message, wanted);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* What the model does not use. */
static const bad_scenario UNUSED[] = {
    {LIST "citizens: {}\n", "5:1: 'citizens' does nothing under the model 'threshold'"},
    {LIST "time: { steps: 1 }\n", "5:1: 'time' does nothing under"},
    {LIST "districts: []\n", "5:1: 'districts' does nothing under"},
    {LIST "ktab: {}\n", "5:1: 'ktab' does nothing under the model 'threshold'"},
    {LIST "rules: epstein\n", "5:1: 'rules' does nothing under"},
    {LIST "scale: 1\n", "5:1: 'scale' does nothing under"},
    {LIST "provenance: { citizens.vision: { kind: claim } }\n",
     "5:15: provenance: 'citizens.vision' does nothing here"},
    {HEAD LATTICE "threshold: {}\n",
     "5:1: 'threshold' does nothing under the model 'street'"},
    {HEAD LATTICE "actors: []\n", "5:1: 'actors' does nothing under"},
    {HEAD "districts: [{ id: a, name: A, width: 9, height: 9, active_at_start: 1 }]\n",
     "4:52: 'active_at_start' does nothing under the model 'street'"},
    {BEGIN "threshold\nthreshold: { distribution: list, values: [1], persons: 3 }\n",
     "4:47: 'persons' does nothing with distribution 'list'"},
    {BEGIN "network\nnetwork: { " SMALL ", persons: 9, mean: 1, deviation: 1, ties: 1 }",
     "4:86: 'ties' does nothing with kind 'small-world'"},
    {BEGIN "ktab\nactors:\n- { id: a, name: A, weight: 1, position: 1, salience: 1 }\n",
     "5:45: 'salience' does nothing under the model 'ktab'"},
    {BEGIN RIOTS "time: { start: 2022-01-01, steps: 2 }\n",
     "5:9: 'start' does nothing under the model 'contagion'"},
    {BEGIN RIOTS "time: { steps: 2 }\nevents: []\n", "6:1: 'events' does nothing"},
    {BEGIN RIOTS "time: { steps: 2 }\n"
                 "districts: [{ id: a, name: A, population: 1, officers: 1 }]\n",
     "6:46: 'officers' does nothing under the model 'contagion'"},
};

/* What is missing. */
static const bad_scenario MISSING[] = {
    {BEGIN "streets\n", "3:8: model must be street, threshold"},
    {BEGIN "threshold\n", "1:1: 'threshold' is missing: {distribution, values, "},
    {BEGIN "threshold\nthreshold: { distribution: list }\n", "4:12: 'values' is missing"},
    {BEGIN "threshold\nthreshold: { distribution: normal, persons: 4, mean: 1 }\n",
     "4:12: 'deviation' is missing in threshold"},
    {BEGIN "network\nnetwork: { kind: village, persons: 9, size: 2 }\n",
     "4:10: 'across' is missing in network"},
    {BEGIN "global-game\nglobal_game: { signal: 1, alpha: 1, beta: 1 }\n",
     "4:14: 'cost' is missing"},
    {BEGIN "ktab\n", "1:1: the model 'ktab' needs 'actors': from 1 to 200"},
    {BEGIN UTILITY ACTOR("a", "1"), "6:1: the model 'expected-utility' needs 'actors'"},
    {BEGIN RIOTS, "1:1: 'time' is missing: {step, steps}"},
    {BEGIN RIOTS "time: { steps: 2 }\n", "1:1: the model 'contagion' needs 'districts'"},
    {BEGIN RIOTS "time: { steps: 2 }\ndistricts: [{ id: a, name: A }]\n",
     "6:13: district 'a': 'population' is missing"},
    {BEGIN RIOTS "time: { steps: 2 }\ndistricts:\n"
                 "- { id: a, name: A, population: 1, " AT " }\n"
                 "- { id: b, name: B, population: 1 }\n",
     "8:3: district 'b': 'lat' and 'lon' are missing"},
    {BEGIN RIOTS "time: { steps: 2 }\ndistricts:\n"
                 "- { id: a, name: A, population: 1, lat: 1 }\n",
     "7:3: district 'a': give both lat and lon"},
    {BEGIN "appointment\nappointment: { " RULER ", base: 1 }\n",
     "4:14: appointment: give all of base, cost"},
};

/* Bad values. */
static const bad_scenario BAD[] = {
    {BEGIN "threshold\nthreshold: { distribution: list, values: 3 }\n",
     "4:42: values must be a list of numbers, such as [1, 2], not '3'"},
    {BEGIN "threshold\nthreshold: { distribution: list, values: [] }\n",
     "4:42: values must be a list of numbers, such as [1, 2], not an empty one"},
    {BEGIN "threshold\nthreshold: { distribution: list, values: [1, x] }\n",
     "4:46: values must be a number, not 'x'"},
    {BEGIN "threshold\nthreshold: { distribution: list, values: [1, [2]] }\n",
     "4:46: values must be a number, not a list"},
    {BEGIN "threshold\nthreshold: { distribution: list, values: { range: [1, 2] } }\n",
     "4:51: values is not a number: it cannot have a range"},
    {BEGIN "threshold\nthreshold: { distribution: list, values: { value: [1], kind: "
           "fact } }\n",
     "4:42: values is called a fact but names no source"},
    {BEGIN "global-game\nglobal_game: { signal: 1, alpha: 1, beta: 1, cost: 1 }\n",
     "4:52: cost must be in (0, 1) share, not 1"},
    {BEGIN "network\nnetwork: { " SMALL ", persons: 4, mean: 1, deviation: 1 }\n",
     "4:60: persons must be more than twice the reach of 2, not 4"},
    {BEGIN "network\nnetwork: { kind: opinion-leader, ties: 3, exponent: 3, persons: 3, "
           "mean: 1, deviation: 1 }\n",
     "4:65: persons must be more than the ties of 3"},
    {BEGIN "network\nnetwork: { kind: village, size: 1e6, across: 0, persons: 1e6, "
           "mean: 1, deviation: 1 }\n",
     "4:58: this network would have some"},
    {BEGIN "ktab\nactors:\n" ACTOR("a", "1") ACTOR("a", "1"),
     "6:9: the id 'a' stands in actors twice"},
    {BEGIN "ktab\nactors:\n" ACTOR("a", "1.5"),
     "5:42: actor 'a': under the model 'ktab'"},
    {BEGIN UTILITY ACTOR("a", "1") ACTOR("b", "1"), "6:1: all actors have the same"},
    {BEGIN "expected-utility\nexpected_utility: { reading: net, range: 1 "
           "}\nactors:\n" ACTOR("a", "1") ACTOR("b", "3"),
     "4:42: the positions lie 2 apart"},
    {BEGIN "expected-utility\nexpected_utility: { reading: net }\nactors:\n"
           "- { id: a, name: A, weight: 1, position: 1, salience: 0 }\n"
           "- { id: b, name: B, weight: 1, position: 2, salience: 0 }\n",
     "6:1: no actor has any salience"},
    {BEGIN RIOTS "time: { step: 1 s, steps: 2 }\n",
     "5:15: step must be a whole number of minutes"},
};

static void what_a_model_does_not_use_is_told(void **state)
{
    expect_told(state, UNUSED, sizeof UNUSED / sizeof *UNUSED);
}

static void what_is_missing_is_told(void **state)
{
    expect_told(state, MISSING, sizeof MISSING / sizeof *MISSING);
}

static void bad_values_are_told(void **state)
{
    expect_told(state, BAD, sizeof BAD / sizeof *BAD);
}

/* ---- calls that are wrong ---- */

static void streets_run_and_others_are_solved(void **state)
{
    steppe_run *run = *state;
    steppe_solution *solution = *state;
    const steppe_scenario *crowd = parse(state, LIST);
    assert_int_equal(steppe_run_create(context_of(state), crowd, NULL, &run),
                     STEPPE_BAD_ARGUMENT);
    assert_null(run);
    assert_string_equal(steppe_context_message(context_of(state)),
                        "test.yaml: the model 'threshold' has no street to run; solve "
                        "it (steppe_solution_create)");
    assert_int_equal(steppe_scenario_steps(crowd), 0);
    const steppe_scenario *street = parse(state, HEAD LATTICE);
    assert_int_equal(steppe_solution_create(context_of(state), street, 1, &solution),
                     STEPPE_BAD_ARGUMENT);
    assert_null(solution);
    assert_non_null(strstr(steppe_context_message(context_of(state)),
                           "a street has no solution"));
    steppe_solution_free(NULL);
}

/* Steps so long that numbers of persons would be none. */
static void a_contagion_that_runs_away_is_told(void **state)
{
    steppe_solution *solution;
    const char *const settings[MAX_SETTINGS] = {"time.step=500 h", "contagion.beta=1000",
                                                "contagion.substeps=1"};
    const steppe_scenario *s = open_file(state, "bonnasse-gahot-contagion", settings);
    assert_int_equal(steppe_solution_create(context_of(state), s, 1, &solution),
                     STEPPE_BAD_SCENARIO);
    assert_non_null(strstr(steppe_context_message(context_of(state)),
                           "raise contagion.substeps"));
}

/* ---- results ---- */

static double number_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    double value = sqlite3_column_double(s, 0);
    sqlite3_finalize(s);
    return value;
}

static void release_recorder(void *recorder)
{
    unlink(steppe_recorder_path(recorder));
    steppe_recorder_free(recorder);
}

static const char *recorded(void **state, const char *folder, const char *file,
                            const char *setting)
{
    const char *const settings[MAX_SETTINGS] = {setting};
    steppe_recorder *r;
    const steppe_solution *solution = solve(state, open_file(state, file, settings));
    expect_ok(state,
              steppe_recorder_write_solution(context_of(state), folder, solution, &r));
    keep(state, r, release_recorder);
    assert_int_equal(steppe_recorder_status(r), STEPPE_OK);
    expect_ok(state, steppe_recorder_finish(r));
    return steppe_recorder_path(r);
}

static void release_folder(void *folder)
{
    rmdir(folder);
    free(folder);
}

static char *make_folder(void **state)
{
    char *folder = strdup("/tmp/steppe-unit-XXXXXX");
    assert_non_null(mkdtemp(folder));
    keep(state, folder, release_folder);
    return folder;
}

static void results_hold_outcomes_and_series(void **state)
{
    char *folder = make_folder(state);
    sqlite3 *db;
    const char *path = recorded(state, folder, "granovetter-1978-uniform", NULL);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_same(number_of(db, "SELECT value FROM outcomes WHERE name = 'acting'"), 100);
    assert_same(number_of(db, "SELECT count(*) FROM outcomes WHERE meaning = ''"), 0);
    assert_same(number_of(db, "SELECT count(*) FROM series"), 101);
    assert_same(number_of(db, "SELECT value FROM series WHERE step = 7"), 7);
    assert_same(number_of(db, "SELECT value = 'complete' FROM run WHERE key = 'status'"),
                1);
    assert_same(number_of(db, "SELECT value = 'threshold' FROM run WHERE key = 'model'"),
                1);
    assert_same(number_of(db,
                          "SELECT count(*) FROM run WHERE key IN ('scenario', 'seed', "
                          "'version', 'results_version', 'scenario_digest')"),
                5);
    assert_same(number_of(db, "SELECT count(*) FROM parameter WHERE path = "
                              "'threshold.persons' AND kind = 'fact'"),
                1);
    sqlite3_close(db);
}

static void expect_difference(void **state, const char *a, const char *b, bool same,
                              const char *what)
{
    steppe_difference d;
    expect_ok(state, steppe_results_diff(context_of(state), a, b, &d));
    assert_int_equal(d.same, same);
    assert_string_equal(d.what, what);
}

static void differences_are_told(void **state)
{
    char *folder = make_folder(state);
    const char *a = recorded(state, folder, "kuran-1989", NULL);
    const char *same = recorded(state, folder, "kuran-1989", NULL);
    const char *other = recorded(state, folder, "kuran-1989", "threshold.values.2=10");
    const char *everybody = recorded(state, folder, "granovetter-1978-uniform", NULL);
    const char *less = recorded(state, folder, "granovetter-1978-normal",
                                "threshold.deviation=0");
    const char *more = recorded(state, folder, "granovetter-1978-normal", NULL);
    const char *game = recorded(state, folder, "global-game", NULL);
    expect_difference(state, a, same, true, "all outcomes and all steps are the same");
    expect_difference(state, a, other, false, "acting: 1.0 and 9.0");
    expect_difference(state, other, everybody, false, "acting: 9.0 and 100.0");
    expect_difference(state, less, more, false, "acting: 0.0 and 4.0");
    expect_difference(state, a, game, false, "the models: threshold and global-game");
    steppe_difference d;
    expect_ok(state, steppe_results_diff(context_of(state), a, other, &d));
    assert_non_null(strstr(d.settings, "the scenarios differ"));
}

/* The same outcomes by another way: the first step that differs. */
static void differences_on_the_way_are_told(void **state)
{
    char *folder = make_folder(state);
    const char *a = recorded(state, folder, "expected-utility-scholz-2011",
                             "expected_utility.rounds=1");
    const char *b = recorded(state, folder, "expected-utility-scholz-2011",
                             "expected_utility.rounds=1");
    sqlite3 *db;
    assert_int_equal(sqlite3_open(b, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "UPDATE series SET value = 5 WHERE step = 1 AND name = "
                                  "'position.nl'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    steppe_difference d;
    expect_ok(state, steppe_results_diff(context_of(state), a, b, &d));
    assert_false(d.same);
    assert_int_equal(d.step, 1);
    assert_non_null(strstr(d.what, "step 1, position.nl: "));
    assert_int_equal(sqlite3_exec(db, "DELETE FROM outcomes WHERE name = 'median.end'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    expect_difference(state, a, b, false, "median.end is in one file only");
    expect_difference(state, b, a, false, "position.nl is in one file only");
    assert_int_equal(sqlite3_exec(db, "DROP TABLE series", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DROP TABLE outcomes", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(steppe_results_diff(context_of(state), a, b, &d),
                     STEPPE_BAD_RESULTS);
    assert_int_equal(steppe_results_diff(context_of(state), b, a, &d),
                     STEPPE_BAD_RESULTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(crowds_are_those_of_the_papers),
        with_shelf(global_games_are_those_of_the_literature),
        with_shelf(resolutions_decide_who_wins),
        with_shelf(a_position_is_one_option),
        with_shelf(ten_countries_get_the_published_exponents),
        with_shelf(vulnerable_rulers_choose_mediocre_viziers),
        with_shelf(extra_ties_can_reduce_participation),
        with_shelf(unrest_travels_from_place_to_place),
        with_shelf(paths_lead_from_the_start_to_the_outcome),
        with_shelf(seeds_matter_where_there_is_chance),
        with_shelf(resolved_text_holds_what_the_model_uses),
        with_shelf(defaults_can_be_given),
        with_shelf(lists_of_numbers_have_provenance),
        with_shelf(what_a_model_does_not_use_is_told),
        with_shelf(what_is_missing_is_told),
        with_shelf(bad_values_are_told),
        with_shelf(streets_run_and_others_are_solved),
        with_shelf(a_contagion_that_runs_away_is_told),
        with_shelf(results_hold_outcomes_and_series),
        with_shelf(differences_are_told),
        with_shelf(differences_on_the_way_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
