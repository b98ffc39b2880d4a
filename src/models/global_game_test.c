/* Promise (models/global_game.h): every threshold of the game, whatever its parameters;
 * the comparative statics of the papers. */
#include "models/global_game.h"

#include "base/normal.h"

#include "support.h"

static double only_threshold(double signal, double alpha, double beta, double cost)
{
    double thresholds[STP_GLOBAL_GAME_MAX];
    stp_global_game game = {signal, alpha, beta, cost};
    assert_int_equal(stp_global_game_thresholds(&game, thresholds), 1);
    return thresholds[0];
}

static void thresholds_are_those_of_the_literature(void **state)
{
    (void)state;
    assert_near(only_threshold(0.3, 1e-12, 1, 0.4), 0.600, 1e-6); /* 1 - c */
    assert_near(only_threshold(0.3, 0, 1, 0.4), 0.6, 1e-15);
    assert_near(only_threshold(0.2, 1, 1, 0.4), 0.841, 0.0005);
    assert_near(only_threshold(0.5, 1, 1, 0.4), 0.718, 0.0005);
    assert_near(only_threshold(0.8, 1, 1, 0.4), 0.539, 0.0005);
    stp_global_game game = {0.5, 4, 1, 0.5};
    double thresholds[STP_GLOBAL_GAME_MAX];
    assert_int_equal(stp_global_game_thresholds(&game, thresholds), 3);
    assert_near(thresholds[0], 0.030, 0.0005);
    assert_near(thresholds[1], 0.5, 1e-15);
    assert_near(thresholds[2], 0.970, 0.0005);
}

static void precise_public_news_can_have_several_outcomes(void **state)
{
    (void)state;
    stp_global_game game = {0.5, 2.506, 1, 0.5};
    assert_true(stp_global_game_is_unique(&game));
    game.alpha = 2.507;
    assert_false(stp_global_game_is_unique(&game));
    game.beta = 1.001;
    assert_true(stp_global_game_is_unique(&game));
    game = (stp_global_game){0.5, 0, 1, 0.5};
    assert_true(stp_global_game_is_unique(&game));
}

/* The condition itself, with libm's distribution for its values. */
static double excess(const stp_global_game *game, double point, double theta)
{
    double z = game->alpha / sqrt(game->beta) * (theta - game->signal) -
               sqrt((game->alpha + game->beta) / game->beta) * point;
    return erfc(-z / sqrt(2.0)) / 2 - theta;
}

/* A fine grid sees every threshold that is not close to another. */
static int crossings(const stp_global_game *game, double point)
{
    enum { GRID = 500 };
    int crossed = 0;
    bool before = true; /* at 0 the excess is positive */
    for (int i = 1; i <= GRID; i++) {
        bool now = excess(game, point, (double)i / GRID) > 0;
        crossed += now != before;
        before = now;
    }
    return crossed;
}

static void no_threshold_is_missed(void **state)
{
    (void)state;
    uint64_t random = 5;
    int several = 0;
    for (int trial = 0; trial < 1000; trial++) {
        stp_global_game game = {any_between(&random, -0.5, 1.5),
                                exp(any_between(&random, -3, 4)),
                                exp(any_between(&random, -3, 4)),
                                any_between(&random, 0.05, 0.95)};
        double thresholds[STP_GLOBAL_GAME_MAX], point = stp_normal_inverse(game.cost);
        int count = stp_global_game_thresholds(&game, thresholds);
        assert_in_range(count, 1, STP_GLOBAL_GAME_MAX);
        assert_true(count >= crossings(&game, point));
        if (stp_global_game_is_unique(&game))
            assert_int_equal(count, 1);
        for (int i = 0; i < count; i++) {
            assert_near(excess(&game, point, thresholds[i]), 0, 1e-12);
            assert_true(i == 0 || thresholds[i] > thresholds[i - 1]);
        }
        several += count == 3;
    }
    assert_true(several > 20); /* or the test has looked at nothing */
}

/* Protest is bad public news of the regime: the lower y, the stronger it must be. */
static void protest_raises_the_threshold(void **state)
{
    (void)state;
    for (double alpha = 0.1; alpha < 2.5; alpha += 0.3)
        for (double cost = 0.1; cost < 0.95; cost += 0.2) {
            double before = 0;
            for (double signal = 1.5; signal > -0.5; signal -= 0.1) {
                double now = only_threshold(signal, alpha, 1, cost);
                assert_true(now > before);
                before = now;
            }
        }
}

/* Casper and Tyson: a precise public signal, as of free media, is heeded more. */
static void free_media_make_protest_matter_more(void **state)
{
    (void)state;
    double before = 0;
    for (double alpha = 0.1; alpha < 2.5; alpha += 0.1) {
        double swing = only_threshold(0.2, alpha, 1, 0.5) -
                       only_threshold(0.8, alpha, 1, 0.5);
        assert_true(swing > before);
        before = swing;
    }
}

static void dear_rebellion_lowers_the_threshold(void **state)
{
    (void)state;
    double before = 1;
    for (double cost = 0.02; cost < 1; cost += 0.02) {
        double now = only_threshold(0.5, 1, 1, cost);
        assert_true(now < before);
        before = now;
    }
}

/* Far from the middle the thresholds are closer to 0 and 1 than a double can tell. */
static void extremes_have_a_threshold(void **state)
{
    (void)state;
    assert_same(only_threshold(-1000, 4, 1, 0.5), 1);
    assert_same(only_threshold(1000, 4, 1, 0.5), 0);
    assert_near(only_threshold(0.5, 1, 1, 1e-12), 1, 1e-9);
    /* A public signal so precise that it settles the matter, whichever way all take
     * it. */
    stp_global_game game = {0.5, 1e6, 1, 0.5};
    double thresholds[STP_GLOBAL_GAME_MAX];
    assert_int_equal(stp_global_game_thresholds(&game, thresholds), 3);
    assert_same(thresholds[0], 0);
    assert_near(thresholds[1], 0.5, 1e-15);
    assert_same(thresholds[2], 1);
}

static void bad_parameters_have_none(void **state)
{
    (void)state;
    static const stp_global_game BAD[] = {
        {NAN, 1, 1, 0.5},      {INFINITY, 1, 1, 0.5}, {0, -1, 1, 0.5},
        {0, INFINITY, 1, 0.5}, {0, 1, 0, 0.5},        {0, 1, -1, 0.5},
        {0, 1, 1, 0},          {0, 1, 1, 1},          {0, 1, INFINITY, 0.5},
        {0, NAN, 1, 0.5},      {0, 1, NAN, 0.5},      {0, 1, 1, NAN},
    };
    double thresholds[STP_GLOBAL_GAME_MAX];
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_int_equal(stp_global_game_thresholds(&BAD[i], thresholds), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thresholds_are_those_of_the_literature),
        cmocka_unit_test(precise_public_news_can_have_several_outcomes),
        cmocka_unit_test(no_threshold_is_missed),
        cmocka_unit_test(protest_raises_the_threshold),
        cmocka_unit_test(free_media_make_protest_matter_more),
        cmocka_unit_test(dear_rebellion_lowers_the_threshold),
        cmocka_unit_test(extremes_have_a_threshold),
        cmocka_unit_test(bad_parameters_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
