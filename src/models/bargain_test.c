/* Promise (models/bargain.h): the median and the risk exponents of the ten-country test
 * set under each reading of the model, to all digits that are printed; sound moves. */
#include "models/bargain.h"

#include "support.h"

enum { COUNTRIES = 10 };

/* The test set of Scholz, Calbert and Smith (2011): the Netherlands, Belgium, Luxembourg,
 * Germany, France, Italy, the United Kingdom, Ireland, Denmark, Greece. */
static const double CAPABILITY[] = {.08, .08, .03, .16, .16, .16, .16, .05, .05, .08};
static const double POSITION[] = {4, 7, 4, 4, 10, 10, 10, 7, 4, 7};
static const double SALIENCE[] = {.8, .4, .2, .8, .6, .6, .9, .1, 1, .7};
static const stp_bargain EUROPE = {COUNTRIES, CAPABILITY, POSITION, SALIENCE, 6};

static const stp_bargain_reading READINGS[] = {STP_BARGAIN_PRINT, STP_BARGAIN_NET,
                                               STP_BARGAIN_ALL_PAIRS};

static void ten_countries_get_the_published_exponents(void **state)
{
    (void)state;
    static const double PUBLISHED[3][COUNTRIES] = {
        {1.117, 1.004, .5, 1.117, 1.018, 1.018, 2.0, .648, 1.454, 1.557},
        {1.127, .781, .5, 1.127, 1.078, 1.078, 2.0, .525, 1.472, 1.140},
        {1.406, .754, .509, 1.406, 1.047, 1.047, 1.965, .5, 2.0, 1.112},
    };
    for (int reading = 0; reading < 3; reading++) {
        double r[COUNTRIES];
        assert_int_equal(stp_bargain_exponents(&EUROPE, READINGS[reading], r), 0);
        for (int i = 0; i < COUNTRIES; i++)
            assert_near(r[i], PUBLISHED[reading][i], 0.0005);
    }
}

/* Votes of all for x over y. */
static double majority(const stp_bargain *issue, double x, double y)
{
    double sum = 0;
    for (size_t k = 0; k < issue->count; k++)
        sum += issue->capability[k] * issue->salience[k] *
               (fabs(issue->position[k] - y) - fabs(issue->position[k] - x));
    return sum;
}

static void the_median_defeats_every_other_position(void **state)
{
    (void)state;
    assert_same(stp_bargain_median(&EUROPE), 7);
    uint64_t random = 8;
    for (int trial = 0; trial < 500; trial++) {
        double c[7], x[7], s[7];
        for (int k = 0; k < 7; k++) {
            c[k] = any_between(&random, 0, 1);
            x[k] = any_below(&random, 20);
            s[k] = any_between(&random, 0, 1);
        }
        stp_bargain issue = {7, c, x, s, 19};
        double median = stp_bargain_median(&issue);
        for (int k = 0; k < 7; k++)
            assert_true(majority(&issue, median, x[k]) >= -1e-12);
    }
}

static void readings_differ_as_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTRIES; i++)
        for (size_t j = 0; j < COUNTRIES; j++) {
            double there = stp_bargain_probability(&EUROPE, STP_BARGAIN_PRINT, i, j);
            double back = stp_bargain_probability(&EUROPE, STP_BARGAIN_PRINT, j, i);
            double net = stp_bargain_probability(&EUROPE, STP_BARGAIN_NET, i, j);
            double all = stp_bargain_probability(&EUROPE, STP_BARGAIN_ALL_PAIRS, i, j);
            bool same_place = POSITION[i] == POSITION[j];
            assert_near(there + back, same_place ? 0 : 1, 1e-15);
            assert_near(net, there > back ? there - back : 0, 1e-15);
            assert_true(all <= there / 2 && (all > 0) == (there > 0));
        }
    /* By hand: for 4 over 10 are .248 at 4, against it .336 at 10; those at 7 do not
     * care. */
    assert_near(stp_bargain_probability(&EUROPE, STP_BARGAIN_PRINT, 0, 4), .248 / .584,
                1e-15);
}

/* At r = 1 the utilities are linear in the distance, and neighbours expect nothing. */
static void utilities_are_those_of_the_paper(void **state)
{
    (void)state;
    assert_near(stp_bargain_utility(&EUROPE, 0, 4, 1, 1), 2, 1e-15);
    assert_near(stp_bargain_utility(&EUROPE, 0, 4, 0, 1), .6 * -2 + .4 * 2, 1e-15);
    assert_near(stp_bargain_utility(&EUROPE, 0, 1, 0.25, 1), .4 * -.5 + .6 * 1, 1e-15);
    /* r = 2, d = 1/2: U_s = 2 - 4/16, U_f = 2 - 36/16, U_q = 1 */
    assert_near(stp_bargain_utility(&EUROPE, 0, 1, 0.25, 2),
                .4 * (.25 * 1.75 + .75 * -.25) + .6 * 1.75 - 1, 1e-14);
    for (double risk = 0.5; risk <= 2; risk += 0.25)
        assert_near(stp_bargain_utility(&EUROPE, 0, 3, 0, risk), 0, 1e-15);
}

static void offers_follow_the_expectations(void **state)
{
    (void)state;
    static const struct {
        double own, other;
        stp_bargain_offer offer;
        double moved; /* from 4, the other at 10 */
    } KNOWN[] = {
        {0.5, 1, STP_BARGAIN_CONFRONTATION, 10},
        {1, 0.5, STP_BARGAIN_NONE, 4},
        {1, 1, STP_BARGAIN_NONE, 4},
        {-0.5, 1, STP_BARGAIN_COMPROMISE, 7},
        {-0.25, 1, STP_BARGAIN_COMPROMISE, 5.5},
        {-1, 0.5, STP_BARGAIN_CAPITULATION, 10},
        {-1, -0.5, STP_BARGAIN_NONE, 4},
        {1, -0.5, STP_BARGAIN_NONE, 4},
        {0, 1, STP_BARGAIN_NONE, 4},
        {-1, 0, STP_BARGAIN_NONE, 4},
    };
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        double moved = 0;
        assert_int_equal(stp_bargain_offered(KNOWN[i].own, KNOWN[i].other, 4, 10, &moved),
                         KNOWN[i].offer);
        assert_near(moved, KNOWN[i].moved, 1e-15);
    }
}

/* Nobody leaves the range, and those alike in all stay together. */
static void a_round_moves_all_within_the_range(void **state)
{
    (void)state;
    for (int reading = 0; reading < 3; reading++) {
        double x[COUNTRIES], moved[COUNTRIES];
        memcpy(x, POSITION, sizeof x);
        stp_bargain issue = {COUNTRIES, CAPABILITY, x, SALIENCE, 6};
        for (int round = 0; round < 8; round++) {
            assert_int_equal(stp_bargain_round(&issue, READINGS[reading], moved), 0);
            for (int i = 0; i < COUNTRIES; i++)
                assert_true(moved[i] >= 4 && moved[i] <= 10);
            assert_same(moved[4], moved[5]); /* France and Italy */
            memcpy(x, moved, sizeof x);
        }
    }
}

/* Two with nothing at stake between them. */
static void agreement_leaves_all_where_they_are(void **state)
{
    (void)state;
    const double c[] = {1, 2}, x[] = {3, 3}, s[] = {0.5, 1};
    stp_bargain issue = {2, c, x, s, 1};
    for (int reading = 0; reading < 3; reading++) {
        double r[2], moved[2];
        assert_int_equal(stp_bargain_exponents(&issue, READINGS[reading], r), 0);
        assert_int_equal(stp_bargain_round(&issue, READINGS[reading], moved), 0);
        for (int i = 0; i < 2; i++) {
            assert_same(r[i], 1);
            assert_same(moved[i], 3);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_countries_get_the_published_exponents),
        cmocka_unit_test(the_median_defeats_every_other_position),
        cmocka_unit_test(readings_differ_as_they_say),
        cmocka_unit_test(utilities_are_those_of_the_paper),
        cmocka_unit_test(offers_follow_the_expectations),
        cmocka_unit_test(a_round_moves_all_within_the_range),
        cmocka_unit_test(agreement_leaves_all_where_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
