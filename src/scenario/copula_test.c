/* Correlations between parameters: what draws have, and what is refused. */
#include "scenario/copula.h"

#include "support.h"

#define TOWN                                                                           \
    "steppe: 1\ntitle: T\ntime: { steps: 40 }\n"                                       \
    "districts: [{ id: town, name: Town, width: 30, height: 30 }]\n"                   \
    "citizens: { legitimacy: { range: [0.5, 0.9] }, threshold: { prior: { "            \
    "normal: [0.1, 0.02] } } }\n"                                                      \
    "officers: { arrest_probability: { range: [0.5, 1], prior: { beta: [2, 3] } } }\n" \
    "events:\n"                                                                        \
    "  - { id: a, title: A, hour: 1, media_reach: { range: [0, 1] } }\n"               \
    "  - { id: b, title: B, hour: 2, media_reach: { range: [0, 1] } }\n"
#define PAIR(value)                                                    \
    "correlations:\n  - { id: one, parameters: [citizens.legitimacy, " \
    "citizens.threshold], "                                            \
    "correlation: " value " }\n"

typedef struct draws {
    stp_range *ranges;
    size_t count;
    stp_copula *copula;
} draws;

static void release_draws(void *thing)
{
    draws *d = thing;
    stp_ranges_free(d->ranges, d->count);
    stp_copula_free(d->copula);
    free(d);
}

static draws *draws_of(void **state, const char *text)
{
    const steppe_scenario *s = parse(state, text);
    draws *d = calloc(1, sizeof *d);
    assert_non_null(d);
    keep(state, d, release_draws);
    expect_ok(state, stp_ranges_find(context_of(state), s, &d->ranges, &d->count));
    expect_ok(state,
              stp_copula_create(context_of(state), s, d->ranges, d->count, &d->copula));
    return d;
}

enum { N = 4000, RANGES = 5 }; /* legitimacy, threshold, arrest_probability, a, b */

static size_t rank_of(const double *values, size_t index)
{
    size_t rank = 0;
    for (size_t i = 0; i < N; i++)
        rank += values[i] < values[index];
    return rank;
}

/* Spearman's rank correlation of two columns of N values without ties. */
static double spearman(const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < N; i++) {
        double d = (double)rank_of(a, i) - (double)rank_of(b, i);
        sum += d * d;
    }
    return 1 - 6 * sum / ((double)N * ((double)N * N - 1));
}

static double table[RANGES][N];

static void draw_all(const draws *d)
{
    uint64_t random = 7;
    double point[RANGES], values[RANGES];
    assert_int_equal(d->count, RANGES);
    for (size_t i = 0; i < N; i++) {
        for (size_t k = 0; k < RANGES; k++)
            point[k] = any_between(&random, 0, 1);
        stp_ranges_draw(d->ranges, d->count, d->copula, point, values);
        for (size_t k = 0; k < RANGES; k++) {
            assert_true(values[k] >= d->ranges[k].low && values[k] <= d->ranges[k].high);
            table[k][i] = values[k];
        }
    }
}

/* Tolerance: four standard errors of a rank correlation of 4,000 independent draws, 4/sqrt(4000). */
static void draws_have_the_rank_correlations_that_are_stated(void **state)
{
    const draws *d = draws_of(
        state,
        TOWN PAIR("-0.6") "  - { id: more, parameters: [officers.arrest_probability,"
                          " events.*.media_reach], correlation: 0.3 }\n");
    assert_non_null(d->copula);
    draw_all(d);
    static const double WANTED[RANGES][RANGES] = {
        {1}, {-0.6, 1}, {0, 0, 1}, {0, 0, 0.3, 1}, {0, 0, 0.3, 0.3, 1}};
    for (size_t i = 0; i < RANGES; i++)
        for (size_t k = 0; k < i; k++)
            assert_near(spearman(table[i], table[k]), WANTED[i][k], 0.064);
}

/* The distribution of each range stays what it is. */
static void margins_stay(void **state)
{
    draw_all(draws_of(state, TOWN PAIR("0.9")));
    double below[2] = {0};
    for (size_t i = 0; i < N; i++) {
        below[0] += table[0][i] < 0.6; /* uniform on 0.5 .. 0.9 */
        below[1] += table[1][i] < 0.1;
    }
    assert_near(below[0] / N, 0.25, 0.028);
    assert_near(below[1] / N, 0.5, 0.032);
}

/* Without correlations, and for ranges that have none, a draw is what it was before there were any. */
static void uncorrelated_ranges_are_drawn_to_the_bit(void **state)
{
    const draws *none = draws_of(state, TOWN), *some = draws_of(state, TOWN PAIR("0.5"));
    assert_null(none->copula);
    double values[RANGES], others[RANGES];
    for (int i = 0; i <= 50; i++) {
        double u = i / 51.0, point[RANGES] = {u, 0.3, u, u, u};
        stp_ranges_draw(none->ranges, RANGES, none->copula, point, values);
        stp_ranges_draw(some->ranges, RANGES, some->copula, point, others);
        for (size_t k = 0; k < RANGES; k++) {
            assert_same(values[k], stp_range_at(&none->ranges[k], point[k]));
            if (k != 1)
                assert_same(others[k], values[k]);
        }
    }
}

/* A corner of the cube, where normal values would be infinite. */
static void corners_are_drawn(void **state)
{
    const draws *d = draws_of(state, TOWN PAIR("-0.9"));
    const double corner[RANGES] = {0};
    double values[RANGES];
    stp_ranges_draw(d->ranges, d->count, d->copula, corner, values);
    for (size_t k = 0; k < RANGES; k++)
        assert_true(values[k] >= d->ranges[k].low && values[k] <= d->ranges[k].high);
}

/* What is drawn at a point is found again there. */
static void a_draw_is_found_again(void **state)
{
    const draws *d = draws_of(state, TOWN PAIR("-0.6"));
    uint64_t random = 3;
    double point[RANGES], values[RANGES], found[RANGES];
    for (int i = 0; i < 200; i++) {
        for (size_t k = 0; k < RANGES; k++)
            point[k] = any_between(&random, 0.01, 0.99);
        stp_ranges_draw(d->ranges, d->count, d->copula, point, values);
        stp_ranges_locate(d->ranges, d->count, d->copula, values, found);
        for (size_t k = 0; k < RANGES; k++)
            assert_near(found[k], point[k], 1e-9);
    }
}

/* A value that the caller fixes takes no part, and is no error. */
static void fixed_parameters_take_no_part(void **state)
{
    const char *settings[] = {"citizens.threshold=0.1"};
    const steppe_scenario *s = parse_set(state, TOWN PAIR("0.5"), settings, 1);
    stp_range *ranges;
    stp_copula *copula;
    size_t count;
    expect_ok(state, stp_ranges_find(context_of(state), s, &ranges, &count));
    assert_int_equal(count, RANGES - 1);
    expect_ok(state, stp_copula_create(context_of(state), s, ranges, count, &copula));
    assert_null(copula);
    stp_ranges_free(ranges, count);
}

static void they_read_back_the_same(void **state)
{
    const steppe_scenario *a = parse(
        state, TOWN "correlations:\n  - { id: one, parameters: [citizens.legitimacy, "
                    "events.*.media_reach], correlation: { value: 0.4, kind: assumption, "
                    "note: a guess } }\n");
    const steppe_scenario *b = parse(state, steppe_scenario_resolved(a));
    assert_string_equal(steppe_scenario_resolved(a), steppe_scenario_resolved(b));
    assert_true(a->runs_digest == b->runs_digest);
    assert_true(a->runs_digest != parse(state, TOWN)->runs_digest);
}

static void a_factor_is_that_of_cholesky(void **state)
{
    (void)state;
    double good[] = {1, 0, 0, 0.5, 1, 0, 0.2, 0.3, 1},
           bad[] = {1, 0, 0, 0.9, 1, 0, -0.9, 0.9, 1};
    assert_int_equal(stp_copula_factor(good, 3), 3);
    assert_near(good[4], sqrt(0.75), 1e-15);
    assert_near(good[7], 0.2 / sqrt(0.75), 1e-15);
    assert_int_equal(stp_copula_factor(bad, 3), 2);
    assert_near(stp_copula_normal(0.5), 0.51763809020504152,
                1e-15); /* 2 sin 15 degrees */
}

static void what_is_wrong_is_named(void **state)
{
    static const refused CASES[] = {
        {TOWN PAIR("1"), "11:84", "correlation must be in (-1, 1)"},
        {TOWN PAIR("0.5") "  - { id: two, parameters: [citizens.*, officers.vision], "
                          "correlation: 0.1 }\n",
         "12:28",
         "'one' has a correlation of citizens.legitimacy and citizens.threshold"},
        {TOWN "correlations: [{ id: one, parameters: [citizens.legitimacy], correlation: "
              "0.5 }]\n",
         "10:39", "two parameters or more"},
        {TOWN "correlations: [{ id: one, parameters: [citizens.legitimcay, news.reach], "
              "correlation: 0.5 }]\n",
         "10:40", "names no parameter of citizens; did you mean 'legitimacy'?"},
        {TOWN "correlations: [{ id: one, parameters: [citzens.legitimacy, news.reach], "
              "correlation: 0.5 }]\n",
         "10:40", "names no parameter; expected SECTION.NAME or LIST.ID.NAME"},
        {TOWN
         "correlations: [{ id: one, parameters: [events.ab.media_reach, news.reach], "
         "correlation: 0.5 }]\n",
         "10:40", "names no event; did you mean 'a'?"},
        {TOWN "correlations: [{ id: one, parameters: [news.enabled, news.reach], "
              "correlation: 0.5 }]\n",
         "10:40", "is not a number, and has no range"},
        {TOWN "correlations: [{ id: one, parameters: [news.reach, news.lag] }]\n",
         "10:16", "'correlation' is missing in correlations"},
        {TOWN
         "correlations:\n"
         "  - { id: one, parameters: [news.reach, news.lag], correlation: 0.9 }\n"
         "  - { id: two, parameters: [news.reach, fear.effect], correlation: 0.9 }\n"
         "  - { id: three, parameters: [news.lag, fear.effect], correlation: -0.9 }\n",
         "13:68", "their matrix is not positive definite"},
        {TOWN "corelations: []\n", "10:1", "did you mean 'correlations'?"},
    };
    expect_refused(state, CASES, sizeof CASES / sizeof *CASES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(draws_have_the_rank_correlations_that_are_stated),
        with_shelf(margins_stay),
        with_shelf(uncorrelated_ranges_are_drawn_to_the_bit),
        with_shelf(corners_are_drawn),
        with_shelf(a_draw_is_found_again),
        with_shelf(fixed_parameters_take_no_part),
        with_shelf(they_read_back_the_same),
        cmocka_unit_test(a_factor_is_that_of_cholesky),
        with_shelf(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
