/* Promise (street/rules.h): Epstein's Model I in whole numbers: perceived risk from a
 * table, decisions exact at their boundaries, news heard in whole actives with the right
 * mean, terms drawn evenly. */
#include "street/rules.h"

#include "support.h"

enum { ONE = 65536 };

/* ---- perceived risk ---- */

static void risk_of_one_officer_is_epsteins(void **state)
{
    (void)state;
    /* P = 0.8997 at C = A = 1, k = 2.3, under every ratio (Epstein 2002). */
    for (int ratio = STP_RATIO_LITERAL; ratio <= STP_RATIO_ROUND; ratio++) {
        assert_near(stp_risk(2.3, ratio, 1, 1) / (double)ONE, 0.8997, 0.00005);
        /* 1 - e^-2.3 = 0.899741156277196..., times 65536 is 58965.436...: to the nearest.
         * */
        assert_int_equal(stp_risk(2.3, ratio, 1, 1), 58965);
    }
}

/* Mesa's and NetLogo's ways of taking C/A, and the printed one. */
static double ratio_by_hand(int ratio, uint32_t c, uint32_t a)
{
    double quotient = (double)c / a; /* small numbers: halves are exact */
    return ratio == STP_RATIO_FLOOR ? floor(quotient)
           : ratio == STP_RATIO_ROUND
               ? nearbyint(quotient) /* half to even, as Python's */
               : quotient;
}

static void risk_is_the_formula(void **state)
{
    (void)state;
    static const double CONSTANTS[] = {0, 0.01, 0.5, 2.3, 7, 100, 1e300};
    for (size_t i = 0; i < sizeof CONSTANTS / sizeof *CONSTANTS; i++)
        for (int ratio = STP_RATIO_LITERAL; ratio <= STP_RATIO_ROUND; ratio++)
            for (uint32_t c = 0; c <= 40; c++)
                for (uint32_t a = 1; a <= 60; a++) {
                    double p = 1 - exp(-CONSTANTS[i] * ratio_by_hand(ratio, c, a));
                    /* Half a unit is rounding; libm and our own exp differ by 1e-10 of
                     * one. */
                    assert_near(stp_risk(CONSTANTS[i], ratio, c, a), p * ONE, 0.5 + 1e-9);
                }
}

static void ratios_differ_where_they_should(void **state)
{
    (void)state;
    const uint32_t one = stp_risk(2.3, STP_RATIO_FLOOR, 1, 1),
                   two = stp_risk(2.3, STP_RATIO_FLOOR, 2, 1);
    /* Safety in numbers: with the floor, risk is nothing once actives outnumber officers.
     * */
    assert_int_equal(stp_risk(2.3, STP_RATIO_FLOOR, 5, 6), 0);
    assert_int_equal(stp_risk(2.3, STP_RATIO_FLOOR, 6, 6), one);
    assert_int_equal(stp_risk(2.3, STP_RATIO_FLOOR, 11, 6), one);
    assert_int_equal(stp_risk(2.3, STP_RATIO_FLOOR, 12, 6), two);
    /* Halves go to the even number: 0.5 to 0, 1.5 and 2.5 to 2. */
    assert_int_equal(stp_risk(2.3, STP_RATIO_ROUND, 1, 2), 0);
    assert_int_equal(stp_risk(2.3, STP_RATIO_ROUND, 3, 2), two);
    assert_int_equal(stp_risk(2.3, STP_RATIO_ROUND, 5, 2), two);
    assert_int_equal(stp_risk(2.3, STP_RATIO_ROUND, 4, 7), one); /* 0.57 */
    assert_int_equal(stp_risk(2.3, STP_RATIO_ROUND, 3, 7), 0);   /* 0.43 */
    assert_true(stp_risk(2.3, STP_RATIO_LITERAL, 1, 2) > 0);
    assert_true(stp_risk(2.3, STP_RATIO_LITERAL, 1, 2) < one);
}

static void risk_is_monotone_and_a_probability(void **state)
{
    (void)state;
    for (int ratio = STP_RATIO_LITERAL; ratio <= STP_RATIO_ROUND; ratio++) {
        for (uint32_t c = 0; c <= 100; c++) {
            for (uint32_t a = 1; a <= 100; a++) {
                uint32_t risk = stp_risk(2.3, ratio, c, a);
                assert_true(risk <= ONE);
                assert_true(stp_risk(2.3, ratio, c + 1, a) >= risk);
                assert_true(stp_risk(2.3, ratio, c, a + 1) <= risk);
                assert_true(stp_risk(2.4, ratio, c, a) >= risk);
            }
        }
    }
    assert_int_equal(stp_risk(2.3, STP_RATIO_LITERAL, 0, 1), 0); /* no officer, no risk */
    assert_int_equal(stp_risk(0, STP_RATIO_LITERAL, 9, 1), 0);
}

/* ---- the table of a run ---- */

static void release_rules(void *rules)
{
    stp_rules_free(rules);
}

static const stp_rules *rules_of(void **state, const char *text)
{
    const steppe_scenario *scenario = parse(state, text);
    const stp_world *world = world_of(state, scenario, 1, STEPPE_SEQUENTIAL);
    stp_rules *rules;
    expect_ok(state, stp_rules_create(context_of(state), scenario, world, &rules));
    keep(state, rules, release_rules);
    return rules;
}

static void table_covers_all_that_can_be_seen(void **state)
{
    const stp_rules *r = rules_of(state, HEAD
                                  "citizens: { vision: 3, ratio: literal }\n" LATTICE);
    const uint32_t cells = 28; /* of a disc of radius 3 */
    assert_int_equal(r->max_officers, cells);
    /* Itself, all in sight, and as many more that it hears of. */
    assert_int_equal(r->max_actives, 1 + 2 * cells);
    for (uint32_t c = 0; c <= r->max_officers; c++)
        for (uint32_t a = 1; a <= r->max_actives; a++)
            assert_int_equal(r->risk[c * r->max_actives + a - 1],
                             stp_risk(2.3, STP_RATIO_LITERAL, c, a));
}

static void rules_are_those_of_the_scenario(void **state)
{
    const stp_rules *r = rules_of(state, HEAD
                                  "citizens: { threshold: 0.25, movement: none,\n"
                                  "  order: act-move }\n"
                                  "officers: { arrest_probability: 0.5 }\n"
                                  "detention: { term_max: 12, term: fixed }\n" LATTICE);
    assert_true(r->threshold == (int64_t)ONE * ONE / 4);
    assert_false(r->moves);
    assert_true(r->acts_first);
    assert_true(r->arrest_share == (uint64_t)1 << 31);
    assert_int_equal(r->max_term, 12);
    assert_true(r->term_fixed);
}

/* ---- decisions, in rational arithmetic ---- */

/* Rules with a table of one entry: risk P for one officer or fewer and one active. */
typedef struct one_risk {
    uint32_t table[2];
    stp_rules rules;
} one_risk;

static const stp_rules *with_risk(one_risk *r, uint32_t threshold, uint32_t risk)
{
    r->table[0] = 0;
    r->table[1] = risk;
    r->rules = (stp_rules){.threshold = (int64_t)threshold * ONE,
                           .max_actives = 1,
                           .max_officers = 1,
                           .risk = r->table};
    return &r->rules;
}

static bool decides(const stp_rules *rules, uint32_t legitimacy, uint32_t hardship,
                    uint32_t aversion)
{
    stp_conditions now = {.legitimacy = legitimacy};
    return stp_is_active(rules, stp_margin(rules, &now, hardship, 0), aversion, 1, 1);
}

static void decision_is_exact_at_its_boundary(void **state)
{
    (void)state;
    one_risk r;
    /* L = 3/4, T = 6554/65536, P = 1/4: active if H/4 - R/4 > T, so if R < H - 4 T: the
     * boundary lies at R = H - 26216 (units of 1/65536), where they are equal: quiet. */
    const stp_rules *rules = with_risk(&r, 6554, ONE / 4);
    for (uint32_t h = 26217; h < ONE; h += 97) {
        assert_false(decides(rules, 3 * ONE / 4, h, h - 26216));
        assert_true(decides(rules, 3 * ONE / 4, h, h - 26216 - 1));
    }
    assert_false(decides(rules, 3 * ONE / 4, 26216,
                         0)); /* G = T: quiet even without fear */
    assert_true(decides(rules, 3 * ONE / 4, 26217, 0));
    /* L = 1/2, T = 0, P = 1: active if R < H / 2. */
    rules = with_risk(&r, 0, ONE);
    assert_true(decides(rules, ONE / 2, 40000, 19999));
    assert_false(decides(rules, ONE / 2, 40000, 20000));
    assert_true(decides(rules, ONE / 2, 40001, 20000));
    assert_false(decides(rules, ONE / 2, 40001, 20001));
}

static void legitimacy_is_everything_or_nothing(void **state)
{
    (void)state;
    one_risk r;
    const stp_rules *rules = with_risk(&r, 0, 0);
    assert_false(decides(rules, ONE, 65535, 0)); /* L = 1: no grievance at all */
    assert_true(decides(rules, ONE - 1, 1, 0));  /* the least there is */
    assert_true(decides(rules, 0, 1, 65535));
    assert_false(decides(rules, 0, 0, 0));
    rules = with_risk(&r, ONE, 0); /* T = 1: H < 1, never */
    assert_false(decides(rules, 0, 65535, 0));
}

static void threshold_may_be_negative(void **state)
{
    (void)state;
    one_risk r;
    with_risk(&r, 0, ONE);
    r.rules.threshold = -(int64_t)ONE * ONE /
                        2; /* T = -1/2: active while R P < G + 1/2 */
    assert_true(decides(&r.rules, ONE, 0, 32767));
    assert_false(decides(&r.rules, ONE, 0, 32768));
}

static void no_officer_no_fear(void **state)
{
    (void)state;
    one_risk r;
    const stp_rules *rules = with_risk(&r, 6554, ONE);
    stp_conditions now = {.legitimacy = 0};
    int64_t margin = stp_margin(rules, &now, 30000, 0);
    assert_true(stp_is_active(rules, margin, 65535, 0, 1));
    assert_false(stp_is_active(rules, margin, 65535, 1, 1));
}

static void hardship_shifts_by_group_and_stays_within_bounds(void **state)
{
    (void)state;
    const stp_conditions now = {.shift = {0, 100, -100, 200000}};
    assert_int_equal(stp_felt_hardship(&now, 50, 0), 50);
    assert_int_equal(stp_felt_hardship(&now, 50, STP_FUEL), 150);
    assert_int_equal(stp_felt_hardship(&now, 500, STP_JOBLESS), 400);
    assert_int_equal(stp_felt_hardship(&now, 50, STP_JOBLESS), 0);
    assert_int_equal(stp_felt_hardship(&now, 50, STP_FUEL | STP_JOBLESS), 65535);
    assert_int_equal(stp_felt_hardship(&now, 50, STP_UNABLE | STP_FUEL), 150);
    assert_int_equal(stp_felt_hardship(&now, 65535, STP_FUEL), 65535);
}

/* ---- news in whole actives ---- */

static void news_has_its_mean_exactly(void **state)
{
    (void)state;
    const stp_rules rules = {.max_actives = 1000000};
    static const struct {
        uint32_t news, attention, seen;
    } CASES[] = {{0, 0, 0},           {1, 0, 3},      {6554, 0, 0},     {65535, 0, 1},
                 {65536, 0, 2},       {100000, 0, 5}, {0, 6554, 7},     {123, 45678, 148},
                 {960 * 65536, 0, 0}, {7, 65536, 10}, {0, 6553600, 960}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        stp_conditions now = {.news = CASES[i].news, .attention = CASES[i].attention};
        uint32_t seen = CASES[i].seen;
        uint64_t expected = CASES[i].news + (uint64_t)CASES[i].attention * seen, sum = 0;
        for (uint32_t draw = 0; draw < 65536; draw++) {
            uint32_t actives = stp_perceived_actives(&rules, &now, seen,
                                                     draw << 16 | 0x5a5a);
            assert_true(actives >= 1 + seen + expected / 65536); /* floor or ceiling */
            assert_true(actives <= 1 + seen + (expected + 65535) / 65536);
            sum += actives - 1 - seen;
        }
        assert_true(sum == expected); /* mean over all draws, times 65536 */
    }
}

/* A threshold_shift lowers the threshold for everyone alike, and 0 changes nothing. */
static void a_boost_lowers_the_threshold(void **state)
{
    (void)state;
    static const int64_t WHOLE = 4294967296;
    const int64_t threshold_shift[] = {0, 1, -1, 6554 * 65536LL, 2 * WHOLE, -2 * WHOLE};
    const stp_rules rules = {.threshold = 6554 * 65536LL};
    for (size_t i = 0; i < sizeof threshold_shift / sizeof *threshold_shift; i++) {
        for (uint32_t hardship = 0; hardship <= 65535; hardship += 5041) {
            stp_conditions now = {.legitimacy = 50000};
            int64_t without = stp_margin(&rules, &now, hardship, 0);
            assert_true(without == (int64_t)hardship * 15536 - rules.threshold);
            now.threshold_shift = threshold_shift[i];
            assert_true(stp_margin(&rules, &now, hardship, 0) ==
                        without + threshold_shift[i]);
        }
    }
}

static void without_news_it_is_what_is_seen(void **state)
{
    (void)state;
    const stp_rules rules = {.max_actives = 300};
    const stp_conditions now = {0};
    for (uint32_t seen = 0; seen <= 148; seen++) {
        assert_int_equal(stp_perceived_actives(&rules, &now, seen, 0), 1 + seen);
        assert_int_equal(stp_perceived_actives(&rules, &now, seen, UINT32_MAX), 1 + seen);
    }
}

static void what_is_reckoned_stays_in_the_table(void **state)
{
    (void)state;
    const stp_rules rules = {.max_actives = 17};
    stp_conditions now = {.news = 15 * ONE};
    assert_int_equal(stp_perceived_actives(&rules, &now, 0, 0), 16);
    assert_int_equal(stp_perceived_actives(&rules, &now, 1, 0), 17);
    assert_int_equal(stp_perceived_actives(&rules, &now, 2, 0), 17);
    now = (stp_conditions){.news = UINT32_MAX, .attention = UINT32_MAX};
    assert_int_equal(stp_perceived_actives(&rules, &now, 960, UINT32_MAX), 17);
}

/* ---- terms ---- */

/* Over evenly spaced words every term from 0 to Jmax, both included, comes up equally
 * often. */
static void terms_are_uniform(void **state)
{
    const stp_rules *r = rules_of(state, HEAD LATTICE); /* Jmax 30 h, steps of 1 h */
    uint32_t seen[31] = {0};
    for (uint32_t i = 0; i < 31 * 2048; i++) {
        uint32_t word = (uint32_t)(((uint64_t)i << 32) / (31 * 2048));
        uint32_t release = stp_release_step(r, 100, word);
        assert_in_range(release, 100, 130);
        seen[release - 100]++;
    }
    for (int term = 0; term <= 30; term++)
        assert_in_range(seen[term], 2047, 2049);
    assert_int_equal(stp_release_step(r, 5, 0), 5);
    assert_int_equal(stp_release_step(r, 5, UINT32_MAX), 35);
}

static void terms_may_be_fixed_or_for_ever(void **state)
{
    const stp_rules *r = rules_of(state, HEAD
                                  "detention: { term_max: 8, term: fixed }\n" LATTICE);
    assert_int_equal(stp_release_step(r, 5, 0), 13);
    assert_int_equal(stp_release_step(r, 5, UINT32_MAX), 13);
    r = rules_of(state, HEAD "detention: { term_max: .inf }\n" LATTICE);
    assert_true(stp_release_step(r, 5, 0) == UINT32_MAX);
    assert_true(stp_release_step(r, 5, 123456789) == UINT32_MAX);
    r = rules_of(state, HEAD "detention: { term_max: 0 }\n" LATTICE);
    assert_int_equal(stp_release_step(r, 5, UINT32_MAX), 5); /* the same step */
}

/* "Longest term Jmax, cut to whole steps." */
static void terms_are_whole_steps(void **state)
{
    static const struct {
        const char *step, *term;
        uint32_t steps;
    } CASES[] = {{"1 h", "30", 30},   {"4 h", "30", 7},     {"30 min", "10", 20},
                 {"20 min", "7", 21}, {"10 min", "1", 6},   {"1 d", "30", 1},
                 {"1 d", "0", 0},     {"1 min", "3", 180},  {"1 h", "2 week", 336},
                 {"6 min", "0.3", 3}, {"1 h", "90 min", 1}, {"23 min", "23 min", 1}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const stp_rules *r = rules_of(
            state, words(state,
                         "steppe: 1\ntitle: A test\ntime: { step: %s, steps: 5 }\n"
                         "detention: { term_max: %s }\n" LATTICE,
                         CASES[i].step, CASES[i].term));
        assert_int_equal(r->max_term, CASES[i].steps);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(risk_of_one_officer_is_epsteins),
        cmocka_unit_test(risk_is_the_formula),
        cmocka_unit_test(ratios_differ_where_they_should),
        cmocka_unit_test(risk_is_monotone_and_a_probability),
        with_shelf(table_covers_all_that_can_be_seen),
        with_shelf(rules_are_those_of_the_scenario),
        cmocka_unit_test(decision_is_exact_at_its_boundary),
        cmocka_unit_test(legitimacy_is_everything_or_nothing),
        cmocka_unit_test(threshold_may_be_negative),
        cmocka_unit_test(no_officer_no_fear),
        cmocka_unit_test(hardship_shifts_by_group_and_stays_within_bounds),
        cmocka_unit_test(news_has_its_mean_exactly),
        cmocka_unit_test(a_boost_lowers_the_threshold),
        cmocka_unit_test(without_news_it_is_what_is_seen),
        cmocka_unit_test(what_is_reckoned_stays_in_the_table),
        with_shelf(terms_are_uniform),
        with_shelf(terms_may_be_fixed_or_for_ever),
        with_shelf(terms_are_whole_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
