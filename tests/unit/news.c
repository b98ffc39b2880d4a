/* Promise (nation/news.c): activity seen from a district is a mean of all districts'
 * shares active, weighed by (1 + d / d0)^-delta and normalised; a citizen hears of reach
 * times it times the citizens expected in vision. */
#include "nation.h"

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
        assert_near(stp_news_heard(c.nation, i), 0.5 * 0.1 * 148 * 0.7, 1e-12);
        assert_int_equal(c.conditions[i].news, lround(0.5 * 0.1 * 148 * 0.7 * 65536));
    }
}

static void unrest_in_one_place_is_heard_by_distance(void **state)
{
    country c = places(state, "reach: 1, distance: 200 km, exponent: 1", "");
    c.counts[0].active = 280;
    step_to(&c, 1);
    for (size_t k = 0; k < PLACES; k++)
        assert_near(stp_news_heard(c.nation, k), kernel(&c, (int)k, 0) * 148 * 0.7,
                    1e-12);
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
            assert_same(stp_news_heard(c.nation, k), 0.0);
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
    double before = stp_news_heard(c.nation, 1);
    step_to(&c, 2);
    assert_near(stp_news_heard(c.nation, 1), before / 4, 1e-12);
    assert_near(stp_news_heard(c.nation, 0), before, 1e-12);
}

static void news_without_bounds_stays_in_range(void **state)
{
    country c = places(state, "reach: 1e300, distance: 200 km", "");
    for (int i = 0; i < PLACES; i++)
        c.counts[i].active = 280;
    step_to(&c, 1);
    for (size_t k = 0; k < PLACES; k++) /* as many as the largest vision holds */
        assert_int_equal(c.conditions[k].news, STP_DISC_MOST * 65536);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
