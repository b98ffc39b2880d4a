/* Priors: read, cut off, drawn from, narrowed, written back, and refused with a place and what is meant. */
#include "scenario/prior.h"

#include "scenario/range.h"
#include "support.h"

#define TOWN                                   \
    "steppe: 1\ntitle: T\n"                    \
    "time: { steps: 40, start: 2022-01-01 }\n" \
    "districts: [{ id: town, name: Town, width: 30, height: 30 }]\n"
/* Line 5 begins the value. */
#define LEGITIMACY(value) TOWN "citizens: { legitimacy: " value " }\n"
#define VISION(value) TOWN "citizens: { vision: " value " }\n"

typedef struct list {
    stp_range *ranges;
    size_t count;
} list;

static void release_list(void *thing)
{
    list *l = thing;
    stp_ranges_free(l->ranges, l->count);
    free(l);
}

static list *list_of(void **state, const steppe_scenario *s)
{
    list *l = calloc(1, sizeof *l);
    assert_non_null(l);
    keep(state, l, release_list);
    expect_ok(state, stp_ranges_find(context_of(state), s, &l->ranges, &l->count));
    return l;
}

/* The only range of a scenario. */
static stp_range *range_of(void **state, const char *text)
{
    list *l = list_of(state, parse(state, text));
    assert_int_equal(l->count, 1);
    return l->ranges;
}

/* ---- distributions ---- */

/* As R's qnorm, qlnorm and qbeta have them, computed with 40 digits (mpmath 1.3); triangular by hand. */
static void known_quantiles_come_out(void **state)
{
    (void)state;
    double values[] = {1, 2, 5}, weights[] = {0.2, 0.5, 0.3};
    static const stp_prior NORMAL = {STP_PRIOR_NORMAL, 0.8, 0.05},
                           LOGNORMAL = {STP_PRIOR_LOGNORMAL, 2, 0.5},
                           TRIANGULAR = {STP_PRIOR_TRIANGULAR, 0, 1, 4},
                           BETA = {STP_PRIOR_BETA, 2, 5, .low = 10, .high = 20};
    const stp_prior choices = {STP_PRIOR_CHOICES, .values = values, .weights = weights,
                               .count = 3};
    const struct {
        const stp_prior *prior;
        double p, x;
    } known[] = {
        {&NORMAL, 0.025, 0.70200180077299729},
        {&NORMAL, 0.5, 0.8},
        {&NORMAL, 0.9, 0.86407757827723002},
        {&LOGNORMAL, 0.025, 0.75063571482635295},
        {&LOGNORMAL, 0.5, 2},
        {&LOGNORMAL, 0.9, 3.7959054146694212},
        {&TRIANGULAR, 0, 0},
        {&TRIANGULAR, 0.0625, 0.5},
        {&TRIANGULAR, 0.25, 1},
        {&TRIANGULAR, 0.8125, 2.5},
        {&TRIANGULAR, 1, 4},
        {&BETA, 0.05, 10.6284989170835438},
        {&BETA, 0.95, 15.8180340925202591},
        {&choices, 0, 1},
        {&choices, 0.2, 1},
        {&choices, 0.2000001, 2},
        {&choices, 0.7, 2},
        {&choices, 0.7000001, 5},
        {&choices, 1, 5},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_near(stp_prior_quantile(known[i].prior, known[i].p), known[i].x,
                    1e-11 * (1 + fabs(known[i].x)));
        if (known[i].prior != &choices)
            assert_near(stp_prior_below(known[i].prior, known[i].x), known[i].p, 1e-11);
    }
    assert_same(stp_prior_below(&choices, 1.5), 0.2);
    assert_near(stp_prior_below(&choices, 9), 1, 1e-15);
}

static const char *const ALL[] = {
    LEGITIMACY("{ value: 0.8, prior: { normal: [0.8, 0.05] } }"),
    LEGITIMACY("{ value: 0.8, prior: { normal: [0.8, 0.3] } }"),
    LEGITIMACY("{ value: 0.8, range: [0.7, 0.84], prior: { normal: [0.9, 0.2] } }"),
    LEGITIMACY("{ value: 0.8, prior: { beta: [8, 2] } }"),
    LEGITIMACY("{ value: 0.8, range: [0.6, 0.9], prior: { beta: [0.5, 0.5] } }"),
    LEGITIMACY("{ value: 0.8, prior: { triangular: [0.6, 0.8, 1] } }"),
    LEGITIMACY("{ value: 0.8, range: [0.7, 0.9], prior: { triangular: [0.6, 0.8, 1] } }"),
    LEGITIMACY("{ value: 0.8, prior: { lognormal: [0.8, 0.1] } }"),
    LEGITIMACY("{ value: 0.8, prior: { choices: [0.9, 0.8, 0.6], weights: [1, 2, 1] } }"),
    LEGITIMACY("{ prior: { normal: [0.8, 0.05] } }"),
    LEGITIMACY("{ value: 0.8, prior: { uniform: [0.6, 0.9] } }"),
    VISION("{ value: 7, prior: { lognormal: [7, 0.3] } }"),
    TOWN "news: { lag: { value: 5 h, prior: { lognormal: [300 min, 0.5] } } }\n",
    TOWN "events: [{ id: e, title: E, media_reach: 0.5, date: { value: 2022-01-01T12:00,"
         " prior: { normal: [2022-01-01T12:00, 90 min] } } }]\n",
    TOWN "events: [{ id: e, title: E, media_reach: 0.5, date: { prior: { triangular: "
         "[2022-01-01, 2022-01-01T06:00, 2022-01-01T20:00] } } }]\n",
    TOWN
    "events: [{ id: e, title: E, date: 2022-01-01, reinforcement: { value: 20, prior: "
    "{ normal: [20, 5] } } }]\n",
};
enum { COUNT = sizeof ALL / sizeof *ALL };

static void draws_rise_within_the_range(void **state)
{
    for (int i = 0; i < COUNT; i++) {
        const stp_range *r = range_of(state, ALL[i]);
        double last = -INFINITY;
        for (int k = 0; k <= 1000; k++) {
            double x = stp_range_at(r, k / 1000.0);
            assert_true(x >= last && x >= r->low && x <= r->high);
            assert_true(r->parameter->type == STP_NUMBER || x == floor(x));
            last = x;
        }
    }
}

/* Each value is drawn at its own part; whole numbers and choices too. */
static void values_are_drawn_at_their_part(void **state)
{
    for (int i = 0; i < COUNT; i++) {
        const stp_range *r = range_of(state, ALL[i]);
        for (int k = 0; k <= 50; k++) {
            double value = stp_range_at(r, k / 50.0), part = stp_range_part(r, value);
            assert_true(part >= 0 && part <= 1);
            assert_near(stp_range_at(r, part), value, 1e-9 * fabs(value));
        }
        assert_true(stp_range_part(r, -1e12) <= stp_range_part(r, r->low));
    }
}

/* What is drawn can be set, at every width, and the value lies in every part. */
static void draws_can_be_set_and_narrowed(void **state)
{
    static const double WIDTHS[] = {1, 0.5, 0.1, 0.01, 0};
    for (int i = 0; i < COUNT; i++) {
        const stp_range whole = *range_of(state, ALL[i]);
        double low = whole.low, high = whole.high;
        for (size_t w = 0; w < sizeof WIDTHS / sizeof *WIDTHS; w++) {
            stp_range r = whole;
            stp_range_narrow(&r, WIDTHS[w]);
            assert_true(r.low >= low && r.high <= high);
            assert_true(r.low <= r.value && r.value <= r.high);
            low = r.low;
            high = r.high;
            for (int k = 0; k <= 4; k++) {
                char *setting = stp_range_setting(&r, stp_range_at(&r, k / 4.0));
                assert_non_null(setting);
                keep(state, setting, free);
                const char *settings[] = {setting};
                steppe_scenario *other = NULL;
                expect_ok(state,
                          steppe_scenario_parse(context_of(state), "town.yaml", ALL[i],
                                                strlen(ALL[i]), settings, 1, &other));
                steppe_scenario_free(other);
            }
        }
    }
}

/* A half of the probability, in the same proportion on both sides of the value. */
static void a_part_is_one_of_probability(void **state)
{
    stp_range *r = range_of(
        state, LEGITIMACY("{ value: 0.7, range: [0.6, 0.9], prior: { beta: [2, 1] } }"));
    stp_range whole = *r;
    stp_range_narrow(r, 0.5);
    double at = stp_prior_below(r->prior, 0.7);
    assert_near(stp_prior_below(r->prior, r->low), at / 2, 1e-12);
    assert_near(stp_prior_below(r->prior, r->high), at + (1 - at) / 2, 1e-12);
    assert_true(r->low > whole.low && r->high < whole.high);
    r = range_of(state,
                 LEGITIMACY("{ value: 0.8, prior: { choices: [0.6, 0.8, 0.9] } }"));
    stp_range_narrow(r, 0.01);
    assert_same(stp_range_at(r, 0), 0.8);
    assert_same(stp_range_at(r, 1), 0.8);
}

/* The quantiles of a normal distribution cut off at the limits 0 and 1 (mpmath 1.3, 40 digits), less the
 * thousandth at each end. */
static void tails_are_cut_off(void **state)
{
    const stp_range *r = range_of(state, LEGITIMACY("{ prior: { normal: [0.8, 0.1] } }"));
    assert_near(r->low, 0.49029394904017203, 1e-12);
    assert_near(r->high, 0.99822187445661098, 1e-12);
    assert_near(r->value, 0.79714830734090833, 1e-9);
    double below = 0;
    for (int k = 0; k < 1000; k++)
        below += stp_range_at(r, (k + 0.5) / 1000) < 0.73075024660304045;
    assert_near(below / 1000, (0.25 - 0.001) / 0.998, 0.001);
    r = range_of(state,
                 LEGITIMACY("{ range: [0.7, 0.9], prior: { normal: [0.8, 0.1] } }"));
    assert_same(r->low, 0.7);
    assert_same(r->high, 0.9);
    assert_near(stp_range_at(r, 0.5), 0.8, 1e-12);
}

/* Whoever writes only a range gets what was drawn before there were priors. */
static void a_range_alone_is_uniform_to_the_bit(void **state)
{
    const stp_range *a = range_of(state,
                                  LEGITIMACY("{ value: 0.8, range: [0.7, 0.84] }"));
    const stp_range *b =
        range_of(state, LEGITIMACY("{ value: 0.8, prior: { uniform: [0.7, 0.84] } }"));
    assert_null(a->prior);
    assert_null(b->prior);
    for (int k = 0; k <= 100; k++) {
        double part = k / 100.0, x = 0.7 + (0.84 - 0.7) * part;
        assert_same(stp_range_at(a, part), fmin(fmax(x, 0.7), 0.84));
        assert_same(stp_range_at(b, part), stp_range_at(a, part));
    }
}

/* ---- the file ---- */

static void they_read_back_the_same(void **state)
{
    for (int i = 0; i < COUNT; i++) {
        const steppe_scenario *a = parse(state, ALL[i]);
        const steppe_scenario *b = parse(state, steppe_scenario_resolved(a));
        assert_string_equal(steppe_scenario_resolved(a), steppe_scenario_resolved(b));
        const stp_range *one = list_of(state, a)->ranges,
                        *other = list_of(state, b)->ranges;
        for (int k = 0; k <= 20; k++)
            assert_same(stp_range_at(one, k / 20.0), stp_range_at(other, k / 20.0));
    }
}

static void a_prior_changes_the_plan_and_no_run(void **state)
{
    const steppe_scenario *a =
        parse(state, LEGITIMACY("{ value: 0.8, range: [0.6, 0.9], kind: claim }"));
    const steppe_scenario *b = parse(
        state,
        LEGITIMACY(
            "{ value: 0.8, range: [0.6, 0.9], kind: claim, prior: { beta: [2, 2] } }"));
    assert_true(a->runs_digest != b->runs_digest);
    uint64_t digests[2];
    for (int i = 0; i < 2; i++) {
        steppe_run *run;
        expect_ok(state, steppe_run_create(context_of(state), i ? b : a, NULL, &run));
        expect_ok(state, steppe_run_advance(run, 10));
        digests[i] = steppe_run_digest(run);
        steppe_run_free(run);
    }
    assert_true(digests[0] == digests[1]);
}

static void entries_show_them(void **state)
{
    const steppe_scenario *s =
        parse(state, LEGITIMACY("{ value: 0.8, prior: { normal: [0.8, 0.05] } }"));
    steppe_entry e;
    bool found = false;
    for (size_t i = 0; steppe_scenario_entry(s, i, &e) == STEPPE_OK; i++)
        if (strcmp(e.path, "citizens.legitimacy") == 0) {
            found = true;
            assert_string_equal(e.prior, "normal: [0.8, 0.05]");
            assert_string_equal(e.range, "0.6455 .. 0.954");
        } else {
            assert_string_equal(e.prior, "");
        }
    assert_true(found);
}

static void a_setting_replaces_them(void **state)
{
    const char *text = LEGITIMACY("{ value: 0.8, prior: { normal: [0.8, 0.05] } }");
    const char *plain[] = {"citizens.legitimacy=0.5"},
               *other[] = {"citizens.legitimacy.prior={beta: [8, 2]}"};
    steppe_scenario *s;
    expect_ok(state, steppe_scenario_parse(context_of(state), "t.yaml", text,
                                           strlen(text), plain, 1, &s));
    assert_null(s->citizens.legitimacy.prior);
    steppe_scenario_free(s);
    expect_ok(state, steppe_scenario_parse(context_of(state), "t.yaml", text,
                                           strlen(text), other, 1, &s));
    assert_int_equal(s->citizens.legitimacy.prior->kind, STP_PRIOR_BETA);
    assert_true(s->citizens.legitimacy.set);
    steppe_scenario_free(s);
}

static void what_is_wrong_is_named(void **state)
{
    static const refused CASES[] = {
        {LEGITIMACY("{ value: 0.8, prior: 0.1 }"), "5:46", "prior must be a mapping"},
        {LEGITIMACY("{ value: 0.8, prior: { nomral: [0.8, 0.1] } }"), "5:48",
         "unknown key 'nomral' in a prior; did you mean 'normal'?"},
        {LEGITIMACY("{ value: 0.8, prior: { cauchy: [0.8, 0.1] } }"), "5:48",
         "expected one of: uniform, normal, lognormal, triangular, beta, choices, "
         "weights"},
        {LEGITIMACY("{ value: 0.8, prior: { normal: [0.8, 0.1], beta: [1, 2] } }"),
         "5:68", "give one distribution, not 'normal' and 'beta'"},
        {LEGITIMACY("{ value: 0.8, prior: { normal: [0.8] } }"), "5:56",
         "normal takes [mean, standard deviation], not a list of another length"},
        {LEGITIMACY("{ value: 0.8, prior: { normal: 0.8 } }"), "5:56",
         "normal takes [mean, standard deviation], not '0.8'"},
        {LEGITIMACY("{ value: 0.8, prior: { normal: [0.8, -1] } }"), "5:62",
         "the standard deviation must be in > 0"},
        {LEGITIMACY("{ value: 0.8, prior: { normal: [0.8, 0.1], weights: [1] } }"),
         "5:77", "'weights' belong to 'choices'"},
        {LEGITIMACY("{ value: 0.8, prior: {} }"), "5:46", "a prior needs a distribution"},
        {LEGITIMACY("{ value: 0.8, prior: { normal: [9, 0.1] } }"), "5:46",
         "less than a thousandth of the prior lies in the permitted range of legitimacy"},
        {LEGITIMACY("{ value: 0.2, prior: { normal: [0.8, 0.05] } }"), "5:34",
         "legitimacy lies outside its prior, 0.6"},
        {LEGITIMACY("{ value: 0.7, prior: { choices: [0.6, 0.8] } }"), "5:34",
         "legitimacy is none of the choices of its prior"},
        {LEGITIMACY("{ value: 0.6, prior: { choices: [0.6, 0.6] } }"), "5:63",
         "stands here twice"},
        {LEGITIMACY("{ value: 0.6, prior: { choices: [0.6, 1.6] } }"), "5:63",
         "legitimacy must be in [0, 1]"},
        {LEGITIMACY("{ value: 0.6, prior: { choices: [0.6], weights: [1, 2] } }"), "5:73",
         "weights must be a list of 1, one for each choice"},
        {LEGITIMACY("{ value: 0.6, range: [0, 1], prior: { choices: [0.6] } }"), "5:61",
         "choices are a range themselves"},
        {LEGITIMACY("{ value: 0.6, range: [0, 1], prior: { uniform: [0, 1] } }"), "5:61",
         "'range' alone means uniform"},
        {LEGITIMACY("{ value: 0.6, prior: { triangular: [0.8, 0.6, 1] } }"), "5:61",
         "[low, mode, high], in that order"},
        {LEGITIMACY("{ value: 0.9, range: [0, 0.7], prior: { beta: [2, 2] } }"), "5:34",
         "legitimacy lies outside its prior, 0 .. 0.7"},
        {TOWN "news: { lag: { value: 7, prior: { beta: [2, 2] } } }\n", "5:33",
         "a beta distribution needs a 'range'"},
        {VISION("{ value: 7, prior: { normal: [7, 0.1 h] } }"), "5:54",
         "the standard deviation cannot be in 'h'"},
        {TOWN "news: { enabled: { value: true, prior: { choices: [0, 1] } } }\n", "5:40",
         "enabled is not a number: it cannot have a prior"},
        {TOWN
         "events: [{ id: e, title: E, date: { prior: { lognormal: [2022-01-01, 1] } } "
         "}]\n",
         "5:58", "date is a date, which has no logarithm"},
        {LEGITIMACY("{ vaule: 0.8, piror: { normal: [0.8, 0.1] } }"), "5:27",
         "did you mean 'value'?"},
    };
    expect_refused(state, CASES, sizeof CASES / sizeof *CASES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_quantiles_come_out),
        with_shelf(draws_rise_within_the_range),
        with_shelf(values_are_drawn_at_their_part),
        with_shelf(draws_can_be_set_and_narrowed),
        with_shelf(a_part_is_one_of_probability),
        with_shelf(tails_are_cut_off),
        with_shelf(a_range_alone_is_uniform_to_the_bit),
        with_shelf(they_read_back_the_same),
        with_shelf(a_prior_changes_the_plan_and_no_run),
        with_shelf(entries_show_them),
        with_shelf(a_setting_replaces_them),
        with_shelf(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
