/* Promise (nation/news.c): activity seen from a district is a mean of all districts'
 * shares active, weighed by (1 + d / d0)^-delta and normalised; a citizen hears of reach
 * times it times the citizens expected in vision, and its threshold is lower by emboldens
 * times it, up to a saturation, and not below 0. With a lag it gets through by and by,
 * and fades so. In a shutdown less is heard, and more may be seen. A cutoff leaves out
 * those beyond it, and no bit else. */
#include "country.h"

#include "world/geography.h"

/* Places on a meridian, at 0, 1, 3 and 10 degrees: distances follow from one number. */
static const double LATITUDES[] = {40, 41, 43, 50};
enum { PLACES = 4 };
static const double DEGREE = 6371.0088 * 3.14159265358979323846 / 180; /* km */

static country places(void **state, const char *news, const char *more)
{
    const char *text = words(state, HEAD "news: { %s }\ndistricts:\n", news);
    for (int i = 0; i < PLACES; i++)
        text =
            words(state,
                  "%s  - { id: p%d, name: P, lat: %g, lon: 70, width: 20, height: 20 }\n",
                  text, i, LATITUDES[i]);
    return country_of(state, words(state, "%s%s", text, more), 1);
}

static double kernel(const country *c, int k, int j)
{
    return c->nation->kernel[k * PLACES + j];
}

static void kernel_is_the_formula(void **state)
{
    country c = places(state, "reach: 1, distance: 200 km, exponent: 1.5", "");
    for (int k = 0; k < PLACES; k++) {
        double sum = 0;
        for (int j = 0; j < PLACES; j++)
            sum += pow(1 + fabs(LATITUDES[k] - LATITUDES[j]) * DEGREE / 200, -1.5);
        for (int j = 0; j < PLACES; j++)
            assert_near(kernel(&c, k, j),
                        pow(1 + fabs(LATITUDES[k] - LATITUDES[j]) * DEGREE / 200, -1.5) /
                            sum,
                        1e-13);
    }
}

static void rows_sum_to_one(void **state)
{
    static const char *const NEWS[] = {"reach: 1, distance: 200 km, exponent: 1",
                                       "reach: 3, distance: 1 m, exponent: 100",
                                       "reach: 0.1, distance: 1e9 km, exponent: 2",
                                       "reach: 1, exponent: 0"};
    for (size_t i = 0; i < sizeof NEWS / sizeof *NEWS; i++) {
        country c = places(state, NEWS[i], "");
        for (int k = 0; k < PLACES; k++) {
            double sum = 0;
            for (int j = 0; j < PLACES; j++)
                sum += kernel(&c, k, j);
            assert_near(sum, 1, 1e-15 * PLACES);
        }
    }
}

static void nearer_weighs_more_and_oneself_most(void **state)
{
    country c = places(state, "reach: 1, distance: 200 km, exponent: 1", "");
    for (int k = 0; k < PLACES; k++) {
        for (int j = 0; j < PLACES; j++)
            if (j != k)
                assert_true(kernel(&c, k, k) > kernel(&c, k, j));
        for (int j = 1; j < PLACES; j++) /* order of distance, along the meridian */
            assert_true(j <= k ? kernel(&c, k, j) > kernel(&c, k, j - 1)
                               : kernel(&c, k, j) < kernel(&c, k, j - 1));
    }
    /* Before normalisation the weights are symmetric: W_kj / W_kk = W_jk / W_jj. */
    for (int k = 0; k < PLACES; k++)
        for (int j = 0; j < PLACES; j++)
            assert_near(kernel(&c, k, j) / kernel(&c, k, k),
                        kernel(&c, j, k) / kernel(&c, j, j), 1e-15);
}

static void limits_of_the_kernel(void **state)
{
    country c = places(state, "reach: 1, exponent: 0", ""); /* distance does not count */
    for (int i = 0; i < PLACES * PLACES; i++)
        assert_near(c.nation->kernel[i], 0.25, 1e-15);
    c = places(state, "reach: 1, distance: 1 m, exponent: 100", ""); /* only oneself */
    for (int k = 0; k < PLACES; k++)
        assert_near(kernel(&c, k, k), 1, 1e-15);
}

static void one_district_hears_itself(void **state)
{
    country c = country_of(state, HEAD "news: { reach: 1 }\n" LATTICE, 1);
    assert_same(c.nation->kernel[0], 1.0);
}

/* Everywhere alike, a share a of citizens active: Lambda = a, whatever the kernel, and
 * heard are reach a (cells in vision) density. Here 280 citizens on 400 cells, 148 in
 * vision. */
static void what_is_heard_is_what_would_be_seen(void **state)
{
    country c = places(state, "reach: 0.5, distance: 200 km", "");
    for (int i = 0; i < PLACES; i++)
        c.counts[i].active = 28;
    step_to(&c, 1);
    for (size_t i = 0; i < PLACES; i++) {
        assert_near(stp_news_heard(c.nation, &c.nation->districts[i]),
                    0.5 * 0.1 * 148 * 0.7, 1e-12);
        assert_int_equal(c.conditions[i].news, lround(0.5 * 0.1 * 148 * 0.7 * 65536));
    }
}

static void unrest_in_one_place_is_heard_by_distance(void **state)
{
    country c = places(state, "reach: 1, distance: 200 km, exponent: 1", "");
    c.counts[0].active = 280;
    step_to(&c, 1);
    for (size_t k = 0; k < PLACES; k++)
        assert_near(stp_news_heard(c.nation, &c.nation->districts[k]),
                    kernel(&c, (int)k, 0) * 148 * 0.7, 1e-12);
    assert_true(c.conditions[0].news > c.conditions[1].news);
    assert_true(c.conditions[1].news > c.conditions[2].news);
    assert_true(c.conditions[2].news > c.conditions[3].news);
}

/* Fields come from the state at the end of the last step, and from nothing before it. */
static void news_is_of_the_last_step(void **state)
{
    country c = places(state, "reach: 1, distance: 200 km", "");
    c.counts[0].active = 280;
    step_to(&c, 1);
    assert_true(c.conditions[3].news > 0);
    c.counts[0].active = 0;
    step_to(&c, 2);
    assert_int_equal(c.conditions[3].news, 0);
}

static void without_reach_nothing_is_heard(void **state)
{
    static const char *const NEWS[] = {"reach: 0", "reach: 5, enabled: false"};
    for (size_t i = 0; i < 2; i++) {
        country c = places(state, NEWS[i], "");
        for (int k = 0; k < PLACES; k++)
            c.counts[k].active = 280;
        step_to(&c, 1);
        for (size_t k = 0; k < PLACES; k++) {
            assert_same(stp_news_heard(c.nation, &c.nation->districts[k]), 0.0);
            assert_int_equal(c.conditions[k].news, 0);
        }
    }
}

static void a_shutdown_cuts_it_off_where_it_is(void **state)
{
    country c = places(state, "reach: 2",
                       "events: [{ id: cut, title: C, hour: 1, districts: [p1],\n"
                       "  media_reach: 0.25 }]\n");
    for (int i = 0; i < PLACES; i++)
        c.counts[i].active = 28;
    step_to(&c, 1);
    double before = stp_news_heard(c.nation, &c.nation->districts[1]);
    step_to(&c, 2);
    assert_near(stp_news_heard(c.nation, &c.nation->districts[1]), before / 4, 1e-12);
    assert_near(stp_news_heard(c.nation, &c.nation->districts[0]), before, 1e-12);
}

static void news_without_bounds_stays_in_range(void **state)
{
    country c = places(state, "reach: 1e300, distance: 200 km", "");
    for (int i = 0; i < PLACES; i++)
        c.counts[i].active = 280;
    step_to(&c, 1);
    for (size_t k = 0; k < PLACES; k++) /* as many as the largest vision holds */
        assert_int_equal(c.conditions[k].news, STP_MAX_DISC * 65536);
}

/* ---- with a cutoff ---- */

/* Places at both poles, on both sides of the date line, twice on one spot, and drawn at
 * random. */
enum { GLOBE = 160 };
static country globe(void **state, const char *news)
{
    static const double FIRST[][2] = {{90, 0},    {-90, 10},   {89.9, 170}, {10, 180},
                                      {10, -180}, {10, 179.9}, {10, -179},  {47.5, 8},
                                      {47.5, 8},  {-60, 0}};
    enum { FIRST_COUNT = sizeof FIRST / sizeof *FIRST };
    stp_text text = {0};
    uint32_t draw = 7;
    stp_text_add(&text, HEAD "news: { %s }\ndistricts:\n", news);
    for (int i = 0; i < GLOBE; i++) {
        draw = draw * 1664525 + 1013904223;
        double lat = i < FIRST_COUNT ? FIRST[i][0] : (draw >> 8) % 1800 / 10.0 - 90;
        draw = draw * 1664525 + 1013904223;
        double lon = i < FIRST_COUNT ? FIRST[i][1] : (draw >> 8) % 3600 / 10.0 - 180;
        stp_text_add(&text,
                     "  - { id: p%d, name: P, lat: %g, lon: %g, width: 5, height: 5 }\n",
                     i, lat, lon);
    }
    keep(state, text.data, free);
    return country_of(state, text.data, 1);
}

/* The same bits, in the kernel and in what is heard: rows are summed in the same
 * order. */
static void a_cutoff_beyond_all_changes_no_bit(void **state)
{
    country all = globe(state, "reach: 1, distance: 200 km");
    country near = globe(state, "reach: 1, distance: 200 km, cutoff: 20100 km");
    assert_null(near.nation->kernel);
    assert_null(all.nation->near);
    const stp_near *rows = near.nation->near;
    for (size_t k = 0; k < GLOBE; k++) {
        assert_int_equal(rows->begins[k], k * GLOBE);
        for (size_t j = 0; j < GLOBE; j++) {
            assert_int_equal(rows->districts[k * GLOBE + j], j);
            assert_same(rows->weights[k * GLOBE + j], all.nation->kernel[k * GLOBE + j]);
        }
        all.counts[k].active = near.counts[k].active = k % 7;
    }
    step_to(&all, 1);
    step_to(&near, 1);
    for (size_t k = 0; k < GLOBE; k++) {
        assert_same(near.nation->districts[k].heard, all.nation->districts[k].heard);
        assert_same(stp_news_elsewhere(near.nation, k, STP_REPORTED_ACTIVE),
                    stp_news_elsewhere(all.nation, k, STP_REPORTED_ACTIVE));
    }
    assert_true(all.nation->districts[3].heard > 0);
}

/* Whoever is within it is found, nobody else, and rows sum to 1. */
static void a_cutoff_leaves_out_those_beyond(void **state)
{
    static const double CUTOFFS[] = {0.001, 20, 500, 3000, 9990, 10010, 15000, 20000};
    for (size_t i = 0; i < sizeof CUTOFFS / sizeof *CUTOFFS; i++) {
        country c = globe(state, words(state, "reach: 1, distance: 300 km, cutoff: %g km",
                                       CUTOFFS[i]));
        const stp_near *rows = c.nation->near;
        const stp_district_spec *p = c.nation->scenario->districts;
        for (size_t k = 0; k < GLOBE; k++) {
            size_t at = rows->begins[k];
            double sum = 0, own = 0;
            for (size_t j = 0; j < GLOBE; j++) {
                double far = j == k ? 0
                                    : stp_distance_km(p[k].latitude.value,
                                                      p[k].longitude.value,
                                                      p[j].latitude.value,
                                                      p[j].longitude.value);
                if (far > CUTOFFS[i])
                    continue;
                assert_true(at < rows->begins[k + 1]);
                assert_int_equal(rows->districts[at], j);
                own = j == k ? rows->weights[at] : own;
                sum += rows->weights[at++];
            }
            assert_int_equal(at, rows->begins[k + 1]);
            assert_near(sum, 1, 1e-14);
            for (size_t x = rows->begins[k]; x < at; x++) {
                size_t j = rows->districts[x];
                double far = j == k ? 0
                                    : stp_distance_km(p[k].latitude.value,
                                                      p[k].longitude.value,
                                                      p[j].latitude.value,
                                                      p[j].longitude.value);
                assert_near(rows->weights[x] / own, 1 / (1 + far / 300), 1e-13);
            }
        }
    }
}

/* 333 km between the second and the third place, 778 between the third and the fourth. */
static void a_cutoff_parts_two_groups(void **state)
{
    country c = places(state, "reach: 1, emboldens: 1, distance: 200 km, cutoff: 200 km",
                       "");
    c.counts[0].active = 280;
    step_to(&c, 1);
    assert_true(c.conditions[0].news > 0 && c.conditions[1].news > 0);
    assert_true(c.conditions[0].threshold_shift > 0 &&
                c.conditions[1].threshold_shift > 0);
    for (int k = 2; k < PLACES; k++) {
        assert_int_equal(c.conditions[k].news, 0);
        assert_true(c.conditions[k].threshold_shift == 0);
        assert_same(stp_news_elsewhere(c.nation, (size_t)k, STP_REPORTED_ACTIVE), 0.0);
    }
    /* Two that hear of each other share the whole of what is heard. */
    double there = 1 / (1 + DEGREE / 200);
    assert_near(stp_news_elsewhere(c.nation, 1, STP_REPORTED_ACTIVE), there / (1 + there),
                1e-13);
}

static void one_district_may_have_a_cutoff(void **state)
{
    country c = country_of(state, HEAD "news: { reach: 1, cutoff: 5 km }\n" LATTICE, 1);
    assert_int_equal(c.nation->near->begins[1], 1);
    assert_same(c.nation->near->weights[0], 1.0);
}

/* All pairs of more than 5,000 districts are refused, and the switch is named; with it
 * they run. */
static void many_districts_need_a_cutoff(void **state)
{
    static const char *const NEWS[] = {"reach: 1", "reach: 1, cutoff: .inf",
                                       "reach: 1, cutoff: 300 km", "reach: 0"};
    for (size_t i = 0; i < sizeof NEWS / sizeof *NEWS; i++) {
        stp_text text = {0};
        steppe_scenario *s;
        stp_text_add(&text, HEAD "news: { %s }\ndistricts:\n", NEWS[i]);
        for (int k = 0; k <= STP_MAX_HEARING; k++)
            stp_text_add(&text,
                         "  - { id: p%d, name: P, lat: %d, lon: %d, width: 5, height: 5 "
                         "}\n",
                         k, k % 70, k / 70);
        keep(state, text.data, free);
        if (i > 1) {
            country c = country_of(state, text.data, 1);
            assert_null(c.nation->kernel);
            assert_int_equal(c.nation->near != NULL, i == 2);
            continue;
        }
        int status = steppe_scenario_parse(context_of(state), "many.yaml", text.data,
                                           text.length, NULL, 0, &s);
        assert_int_equal(status, STEPPE_BAD_SCENARIO);
        assert_non_null(strstr(steppe_context_message(context_of(state)),
                               "5001 districts hear of each other"));
        assert_non_null(strstr(steppe_context_message(context_of(state)),
                               "give a 'cutoff' in news"));
    }
}

/* ---- news that emboldens ---- */

static const double UNIT = 4294967296.0; /* of a threshold_shift */

static void by_default_news_does_not_embolden(void **state)
{
    static const char *const NEWS[] = {"reach: 3", "reach: 3, emboldens: 0",
                                       "enabled: false, emboldens: 5"};
    for (size_t i = 0; i < sizeof NEWS / sizeof *NEWS; i++) {
        country c = places(state, NEWS[i], "");
        c.counts[0].active = 280;
        step_to(&c, 1);
        for (size_t k = 0; k < PLACES; k++)
            assert_int_equal(c.conditions[k].threshold_shift, 0);
    }
}

/* 1% active everywhere: T = 0.1 falls by 3% of itself times 1 / 0.1; without reach as
 * well. */
static void what_is_heard_lowers_the_threshold(void **state)
{
    country c = places(state, "emboldens: 0.3, distance: 200 km", "");
    for (int i = 0; i < PLACES; i++)
        c.counts[i].active = 28;
    step_to(&c, 1);
    for (size_t i = 0; i < PLACES; i++) {
        assert_near(stp_news_lowers(c.nation, &c.nation->districts[i]), 0.3 * 0.1, 1e-15);
        assert_near((double)c.conditions[i].threshold_shift, 0.3 * 0.1 * UNIT, 1);
        assert_int_equal(c.conditions[i].news, 0);
    }
    for (int i = 0; i < PLACES; i++)
        c.counts[i].active = i == 0 ? 28 : 0;
    step_to(&c, 2);
    for (size_t k = 0; k < PLACES; k++)
        assert_near(stp_news_lowers(c.nation, &c.nation->districts[k]),
                    0.3 * 0.1 * kernel(&c, (int)k, 0), 1e-15);
    assert_true(c.conditions[0].threshold_shift > c.conditions[1].threshold_shift &&
                c.conditions[1].threshold_shift > c.conditions[2].threshold_shift &&
                c.conditions[2].threshold_shift > c.conditions[3].threshold_shift);
}

/* Whatever is heard, someone without grievance has no reason. */
static void nobody_acts_without_grievance(void **state)
{
    static const double THRESHOLDS[] = {0.1, 0.033, 0, 1, -0.2};
    for (size_t i = 0; i < sizeof THRESHOLDS / sizeof *THRESHOLDS; i++) {
        country c = places(state, "emboldens: 1e6",
                           words(state, "citizens: { threshold: %g }\n", THRESHOLDS[i]));
        int64_t threshold = (int64_t)floor(THRESHOLDS[i] * 65536 + 0.5) * 65536;
        const stp_rules rules = {.threshold = threshold};
        c.counts[0].active = 280;
        step_to(&c, 1);
        assert_true(c.conditions[0].threshold_shift == (threshold > 0 ? threshold : 0));
        if (threshold >= 0) {
            c.conditions[0].legitimacy = 65536; /* no grievance */
            assert_true(stp_margin(&rules, &c.conditions[0], 65535, 0) == 0);
            c.conditions[0].legitimacy = 65535; /* the least */
            assert_true(stp_margin(&rules, &c.conditions[0], 65535, 0) > 0);
        }
    }
}

static void a_shutdown_cuts_off_what_emboldens(void **state)
{
    country c = places(state, "emboldens: 0.3",
                       "events: [{ id: cut, title: C, hour: 1, districts: [p1],\n"
                       "  media_reach: 0.25 }]\n");
    for (int i = 0; i < PLACES; i++)
        c.counts[i].active = 28;
    step_to(&c, 1);
    step_to(&c, 2);
    assert_near(stp_news_lowers(c.nation, &c.nation->districts[1]), 0.3 * 0.1 / 4, 1e-15);
    assert_near(stp_news_lowers(c.nation, &c.nation->districts[0]), 0.3 * 0.1, 1e-15);
}

/* s (1 - exp(-M / s)): for little as without it, and never more than s. */
static void what_emboldens_has_an_end(void **state)
{
    static const struct {
        double saturation;
        int active; /* of 280 */
    } CASES[] = {{0.01, 1}, {0.01, 28}, {0.01, 280}, {1e-9, 280}, {1e3, 28}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        double most = CASES[i].saturation, share = CASES[i].active / 280.0;
        country c = places(
            state, words(state, "reach: 1, emboldens: 0.05, saturation: %g", most), "");
        for (int k = 0; k < PLACES; k++)
            c.counts[k].active = (uint64_t)CASES[i].active;
        step_to(&c, 1);
        double lower = stp_news_lowers(c.nation, &c.nation->districts[1]);
        assert_near(lower, -0.05 * most * expm1(-share / most), 1e-13);
        assert_true(lower <= 0.05 * fmin(most, share));
        assert_int_equal(c.conditions[1].news, lround(share * 148 * 0.7 * 65536));
    }
}

/* ---- news that takes time ---- */

/* One step is an hour; half is through after 10 ln 2 of them. */
static void news_gets_through_by_and_by(void **state)
{
    country c = places(state, "reach: 1, lag: 10", "");
    for (int i = 0; i < PLACES; i++)
        c.counts[i].active = 28;
    for (uint64_t step = 1; step <= 30; step++) {
        step_to(&c, step);
        assert_near(c.nation->districts[2].heard, 0.1 * (1 - exp(-(double)step / 10)),
                    1e-15);
    }
    double heard = c.nation->districts[2].heard;
    for (int i = 0; i < PLACES; i++)
        c.counts[i].active = 0;
    for (uint64_t step = 1; step <= 30; step++) {
        step_to(&c, 30 + step);
        assert_near(c.nation->districts[2].heard, heard * exp(-(double)step / 10), 1e-15);
    }
}

/* A cut of the network keeps news from coming; what people know already they forget by
 * and by. */
static void a_shutdown_does_not_make_people_forget(void **state)
{
    country c = places(state, "emboldens: 0.3, lag: 10",
                       "events: [{ id: cut, title: C, hour: 100, media_reach: 0 }]\n");
    for (int i = 0; i < PLACES; i++)
        c.counts[i].active = 28;
    for (uint64_t step = 1; step <= 100; step++)
        step_to(&c, step);
    double before = stp_news_lowers(c.nation, &c.nation->districts[0]);
    assert_near(before, 0.3 * 0.1, 1e-5);
    step_to(&c, 101);
    assert_near(stp_news_lowers(c.nation, &c.nation->districts[0]), before * exp(-0.1),
                1e-15);
}

/* ---- in a run ---- */

/* Mean number of active citizens in the second of two towns, from the step 21 to 60. In
 * the first, which has no police, most are. Officers are there to be afraid of, and
 * arrest nobody: who is in jail would hide what people decide. The ratio is literal, so
 * that they decide by degrees. */
static double active_in_town(void **state, const char *news, const char *officers,
                             double legitimacy, const char *event)
{
    steppe_run *run;
    const steppe_scenario *s = parse(
        state, words(state,
                     "steppe: 1\ntitle: A test\ntime: { steps: 60 }\nnews: { %s }\n"
                     "citizens: { ratio: literal }\nofficers: { arrest_probability: 0 }\n"
                     "districts:\n"
                     "  - { id: a, name: A, lat: 40, lon: 70, width: 30, height: 30,\n"
                     "      officers: 0, legitimacy: 0.2 }\n"
                     "  - { id: b, name: B, lat: 40, lon: 70, width: 60, height: 60,\n"
                     "      officers: %s, legitimacy: %g }\n"
                     "events: [{ id: e, title: E, hour: 10, districts: [b], %s }]\n",
                     news, officers, legitimacy, event));
    double sum = 0;
    expect_ok(state, steppe_run_create(context_of(state), s, NULL, &run));
    int status = STEPPE_OK;
    for (uint64_t step = 1; step <= 60 && status == STEPPE_OK; step++) {
        status = steppe_run_advance(run, 1);
        sum += step > 20 ? (double)steppe_run_counts(run)[1].active : 0;
    }
    steppe_run_free(run);
    expect_ok(state, status);
    return sum / 40;
}

/* Where no officer is in sight, there is no risk that hearing of others could lessen:
 * news that only adds to the actives that one counts changes nothing, and news that
 * emboldens does. In the town nobody has grievance enough: H (1 - 0.92) < T = 0.1. */
static void without_officers_only_boldness_matters(void **state)
{
    const char *calm = "enabled: true";
    assert_same(active_in_town(state, "reach: 0", "0", 0.92, calm), 0.0);
    assert_same(active_in_town(state, "reach: 100", "0", 0.92, calm), 0.0);
    assert_true(active_in_town(state, "emboldens: 0.1", "0", 0.92, calm) > 100);
}

/* The same cut of the network may damp or fan: by what is no longer heard, and by what
 * people then look for in the street. */
static void a_shutdown_may_damp_or_fan(void **state)
{
    const char *news = "reach: 0.1";
    double open = active_in_town(state, news, "144", 0.76, "media_reach: 1");
    double cut = active_in_town(state, news, "144", 0.76, "media_reach: 0.1");
    double look = active_in_town(state, news, "144", 0.76,
                                 "media_reach: 0.1, attention: 2");
    assert_true(cut < 0.9 * open); /* 131 and 187 */
    assert_true(look > 2 * open);  /* 794 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(kernel_is_the_formula),
        with_shelf(rows_sum_to_one),
        with_shelf(nearer_weighs_more_and_oneself_most),
        with_shelf(limits_of_the_kernel),
        with_shelf(one_district_hears_itself),
        with_shelf(what_is_heard_is_what_would_be_seen),
        with_shelf(unrest_in_one_place_is_heard_by_distance),
        with_shelf(news_is_of_the_last_step),
        with_shelf(without_reach_nothing_is_heard),
        with_shelf(a_shutdown_cuts_it_off_where_it_is),
        with_shelf(news_without_bounds_stays_in_range),
        with_shelf(a_cutoff_beyond_all_changes_no_bit),
        with_shelf(a_cutoff_leaves_out_those_beyond),
        with_shelf(a_cutoff_parts_two_groups),
        with_shelf(one_district_may_have_a_cutoff),
        with_shelf(many_districts_need_a_cutoff),
        with_shelf(by_default_news_does_not_embolden),
        with_shelf(what_is_heard_lowers_the_threshold),
        with_shelf(nobody_acts_without_grievance),
        with_shelf(a_shutdown_cuts_off_what_emboldens),
        with_shelf(what_emboldens_has_an_end),
        with_shelf(news_gets_through_by_and_by),
        with_shelf(a_shutdown_does_not_make_people_forget),
        with_shelf(without_officers_only_boldness_matters),
        with_shelf(a_shutdown_may_damp_or_fan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
