/* Promise (models/ktab.h): the steps of KTAB, to all digits that are printed. */
#include "models/ktab.h"

#include "support.h"

enum { N = 3, LIMIT = 1000 };

static const stp_ktab_resolution RESOLUTIONS[] = {STP_KTAB_CONDITIONAL,
                                                  STP_KTAB_MARKOV_UNIFORM,
                                                  STP_KTAB_MARKOV_INCENTIVE};

/* Three actors at 0, 0.4 and 1 with weights 3, 2 and 1, each position an option. */
static const double WEIGHTS[] = {3, 2, 1};
static const double LINE[] = {1, 0.6, 0, 0.6, 1, 0.4, 0, 0.4, 1};

/* Each prefers its own, then the next one round. */
static const double EQUAL[] = {1, 1, 1};
static const double CYCLE[] = {1, 0.5, 0, 0, 1, 0.5, 0.5, 0, 1};

static void resolve(const double *weights, const double *utilities, stp_ktab_rule rule,
                    stp_ktab_victory victory, stp_ktab_resolution resolution, double *p)
{
    double strengths[N * N], victories[N * N];
    bool converged = false;
    stp_ktab_strengths(rule, weights, utilities, N, N, strengths);
    stp_ktab_victories(victory, strengths, N, victories);
    assert_int_equal(stp_ktab_resolve(resolution, strengths, victories, N, LIMIT, p,
                                      &converged),
                     0);
    assert_true(converged);
}

static void a_symmetric_cycle_leaves_a_third_to_each(void **state)
{
    (void)state;
    static const stp_ktab_victory VICTORIES[] = {STP_KTAB_LINEAR, STP_KTAB_SQUARE,
                                                 STP_KTAB_QUARTIC, STP_KTAB_OCTIC,
                                                 STP_KTAB_DECISIVE};
    for (int rule = STP_KTAB_BINARY; rule <= STP_KTAB_CUBIC; rule++)
        for (int victory = 0; victory < 5; victory++)
            for (int resolution = 0; resolution < 3; resolution++) {
                double p[N];
                resolve(EQUAL, CYCLE, (stp_ktab_rule)rule, VICTORIES[victory],
                        RESOLUTIONS[resolution], p);
                for (int i = 0; i < N; i++)
                    assert_near(p[i], 1.0 / 3, 1e-12);
            }
}

/* The resolution alone decides whether the first or the second option leads. */
static void three_on_a_line_get_the_published_odds(void **state)
{
    (void)state;
    static const struct {
        stp_ktab_victory victory;
        double p[3][N];
    } PUBLISHED[] = {
        {STP_KTAB_LINEAR,
         {{.4595, .4955, .0450}, {.4316, .4596, .1088}, {.5001, .4477, .0522}}},
        {STP_KTAB_SQUARE,
         {{.4875, .5093, .0032}, {.4749, .4949, .0302}, {.5165, .4777, .0058}}},
    };
    for (int i = 0; i < 2; i++)
        for (int resolution = 0; resolution < 3; resolution++) {
            double p[N];
            resolve(WEIGHTS, LINE, STP_KTAB_PROPORTIONAL, PUBLISHED[i].victory,
                    RESOLUTIONS[resolution], p);
            for (int option = 0; option < N; option++)
                assert_near(p[option], PUBLISHED[i].p[resolution][option], 0.00005);
        }
}

static void votes_follow_their_rule(void **state)
{
    (void)state;
    static const struct {
        stp_ktab_rule rule;
        double gain, loss; /* at a difference of 0.5 and -0.5 */
    } KNOWN[] = {
        {STP_KTAB_BINARY, 1, -1},
        {STP_KTAB_PROPORTIONAL_BINARY, 0.6, -0.6},
        {STP_KTAB_PROPORTIONAL, 0.5, -0.5},
        {STP_KTAB_PROPORTIONAL_CUBIC, 0.3125, -0.3125},
        {STP_KTAB_CUBIC, 0.125, -0.125},
        {STP_KTAB_PROSPECT, 1.0 / 3, -0.5},
    };
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        assert_near(stp_ktab_vote(KNOWN[i].rule, 0.5), KNOWN[i].gain, 1e-15);
        assert_near(stp_ktab_vote(KNOWN[i].rule, -0.5), KNOWN[i].loss, 1e-15);
        assert_same(stp_ktab_vote(KNOWN[i].rule, 0), 0);
    }
    assert_near(stp_ktab_vote(STP_KTAB_BINARY, 5e-9), 0.5, 1e-15);
}

/* By hand, on the line of three. */
static void strengths_add_up_the_votes(void **state)
{
    (void)state;
    double s[N * N];
    stp_ktab_strengths(STP_KTAB_PROPORTIONAL, WEIGHTS, LINE, N, N, s);
    assert_near(s[0 * N + 1], 1.2 + 1e-8, 1e-15); /* 3 x 0.4 */
    assert_near(s[1 * N + 0], 1.2 + 1e-8, 1e-15); /* 2 x 0.4 + 1 x 0.4 */
    assert_near(s[0 * N + 2], 3.4 + 1e-8, 1e-15); /* 3 x 1 + 2 x 0.2 */
    assert_near(s[2 * N + 0], 1.0 + 1e-8, 1e-15);
    assert_near(s[1 * N + 2], 3.0 + 1e-8, 1e-15); /* 3 x 0.6 + 2 x 0.6 */
    assert_near(s[2 * N + 1], 0.6 + 1e-8, 1e-15);
    for (int i = 0; i < N; i++)
        assert_same(s[i * N + i], 1e-8);
    stp_ktab_strengths(STP_KTAB_BINARY, WEIGHTS, LINE, N, N, s);
    assert_near(s[0 * N + 2], 5 + 1e-8, 1e-15);
    assert_near(s[2 * N + 0], 1 + 1e-8, 1e-15);
    /* The option that is listed first is what there is to lose. */
    stp_ktab_strengths(STP_KTAB_PROSPECT, WEIGHTS, LINE, N, N, s);
    assert_near(s[0 * N + 1], 1.2 + 1e-8, 1e-15);
    assert_near(s[1 * N + 0], 0.8 + 1e-8, 1e-15);
}

static void exponents_sharpen_the_duel(void **state)
{
    (void)state;
    const double strengths[] = {1e-8, 2, 1, 1e-8};
    double v[4];
    for (int n = 1; n <= 8; n *= 2) {
        double power = pow(2, n);
        stp_ktab_victories((stp_ktab_victory)n, strengths, 2, v);
        assert_near(v[1], power / (power + 1), 1e-15);
        assert_near(v[2], 1 / (power + 1), 1e-15);
        assert_same(v[0], 0.5);
        assert_same(v[3], 0.5);
    }
    const double extreme[] = {1e-8, 1e300, 1e-8, 1e-8};
    stp_ktab_victories(STP_KTAB_OCTIC, extreme, 2, v);
    assert_same(v[1], 1);
    assert_same(v[2], 0);
}

static void a_tenth_more_decides(void **state)
{
    (void)state;
    double v[4];
    for (double advantage = 1; advantage < 1.3; advantage += 0.01) {
        const double strengths[] = {1e-8, 1, advantage, 1e-8};
        stp_ktab_victories(STP_KTAB_DECISIVE, strengths, 2, v);
        double share = advantage / (1 + advantage);
        double linear = 0.5 + (share - 0.5) / (1.1 / 2.1 - 0.5) / 2;
        double wanted = linear < 1 / 1.000001 ? linear : 1 / 1.000001;
        assert_near(v[2], wanted, 1e-14);
        assert_near(v[1], 1 - wanted, 1e-14);
        assert_same(v[0], 0.5);
    }
}

static void renaming_the_options_changes_nothing_else(void **state)
{
    (void)state;
    static const size_t ORDER[] = {2, 0, 1};
    uint64_t random = 3;
    for (int trial = 0; trial < 200; trial++) {
        double weights[N], u[N * N], moved[N * N], p[N], q[N];
        for (int i = 0; i < N; i++)
            weights[i] = any_between(&random, 0.1, 5);
        for (int i = 0; i < N * N; i++)
            u[i] = any_between(&random, 0, 1);
        for (size_t i = 0; i < N * N; i++)
            moved[i] = u[i / N * N + ORDER[i % N]];
        stp_ktab_rule rule = (stp_ktab_rule)(trial % 5); /* all but the prospect rule */
        for (int resolution = 0; resolution < 3; resolution++) {
            resolve(weights, u, rule, STP_KTAB_SQUARE, RESOLUTIONS[resolution], p);
            resolve(weights, moved, rule, STP_KTAB_SQUARE, RESOLUTIONS[resolution], q);
            for (int i = 0; i < N; i++)
                assert_near(q[i], p[ORDER[i]], 1e-9);
            assert_near(p[0] + p[1] + p[2], 1, 1e-15);
        }
    }
}

/* A hundred options, each better than those before it: the last is found one step in a
 * hundred. */
static void a_slow_chain_says_so(void **state)
{
    (void)state;
    enum { MANY = 100 };
    static double u[MANY], strengths[MANY * MANY], victories[MANY * MANY], p[MANY];
    const double weight = 1;
    bool converged = true;
    for (int i = 0; i < MANY; i++)
        u[i] = (double)i / MANY;
    stp_ktab_strengths(STP_KTAB_PROPORTIONAL, &weight, u, 1, MANY, strengths);
    stp_ktab_victories(STP_KTAB_LINEAR, strengths, MANY, victories);
    assert_int_equal(stp_ktab_resolve(STP_KTAB_MARKOV_UNIFORM, strengths, victories, MANY,
                                      LIMIT, p, &converged),
                     0);
    assert_false(converged);
    assert_int_equal(stp_ktab_resolve(STP_KTAB_MARKOV_UNIFORM, strengths, victories, MANY,
                                      20 * LIMIT, p, &converged),
                     0);
    assert_true(converged);
    assert_true(p[MANY - 1] > 0.99);
    /* The product of a hundred small numbers is no 0 / 0. */
    assert_int_equal(stp_ktab_resolve(STP_KTAB_CONDITIONAL, strengths, victories, MANY, 0,
                                      p, &converged),
                     0);
    assert_true(converged);
    assert_true(p[MANY - 1] > 0.99);
}

static void one_option_is_certain(void **state)
{
    (void)state;
    const double strength = 1e-8, victory = 0.5;
    for (int resolution = 0; resolution < 3; resolution++) {
        double p = 0;
        bool converged = false;
        assert_int_equal(stp_ktab_resolve(RESOLUTIONS[resolution], &strength, &victory, 1,
                                          LIMIT, &p, &converged),
                         0);
        assert_true(converged);
        assert_same(p, 1);
    }
}

static void utility_falls_with_distance_and_bends_with_risk(void **state)
{
    (void)state;
    const double here[] = {0.2, 0.9}, there[] = {0.5, 0.5};
    const double both[] = {1, 1}, first[] = {3, 0};
    assert_near(stp_ktab_distance(here, there, both, 2), 0.5 / sqrt(2), 1e-15);
    assert_near(stp_ktab_distance(here, there, first, 2), 0.3, 1e-15);
    assert_same(stp_ktab_distance(here, here, both, 2), 0);
    for (double risk = -1; risk <= 1; risk += 0.25) {
        assert_same(stp_ktab_utility(0, risk), 1);
        assert_same(stp_ktab_utility(1, risk), 0);
        assert_near(stp_ktab_utility(0.5, risk), 0.5 + 0.25 * risk, 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_symmetric_cycle_leaves_a_third_to_each),
        cmocka_unit_test(three_on_a_line_get_the_published_odds),
        cmocka_unit_test(votes_follow_their_rule),
        cmocka_unit_test(strengths_add_up_the_votes),
        cmocka_unit_test(exponents_sharpen_the_duel),
        cmocka_unit_test(a_tenth_more_decides),
        cmocka_unit_test(renaming_the_options_changes_nothing_else),
        cmocka_unit_test(a_slow_chain_says_so),
        cmocka_unit_test(one_option_is_certain),
        cmocka_unit_test(utility_falls_with_distance_and_bends_with_risk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
