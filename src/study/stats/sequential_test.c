/* Promise (study/stats/sequential.h): boundaries are the published ones, spend what they say, and a plan's
 * verdicts are wrong no more often than it allows, however often one looks. */
#include "study/stats/sequential.h"

#include "support.h"

#include "base/normal.h"

static const double FIFTHS[] = {0.2, 0.4, 0.6, 0.8, 1};

/* ---- boundaries ---- */

/* Numbers of the package SeqBounds, one-sided 0.05, and by hand. */
static void spending(void **state)
{
    (void)state;
    assert_near(stp_spent(STP_SPEND_LATE, 0.05, 0.25), 8.85754e-5, 1e-10);
    assert_near(stp_spent(STP_SPEND_LATE, 0.05, 0.5), 0.0055746, 1e-7);
    assert_near(stp_spent(STP_SPEND_LATE, 0.05, 0.75), 0.0236251, 1e-7);
    assert_near(stp_spent(STP_SPEND_EVEN, 0.05, 0.5), 0.05 * log((1 + M_E) / 2), 1e-15);
    for (int s = STP_SPEND_LATE; s <= STP_SPEND_EVEN; s++) {
        assert_same(stp_spent((stp_spending)s, 0.05, 0), 0);
        assert_same(stp_spent((stp_spending)s, 0.05, 1), 0.05);
        for (int t = 1; t < 100; t++)
            assert_true(stp_spent((stp_spending)s, 0.05, t / 100.0) <
                        stp_spent((stp_spending)s, 0.05, (t + 1) / 100.0));
    }
}

/* Five looks, two-sided 0.05, as in the R packages ldbounds, gsDesign and rpact: four digits, of which
 * the coarser grid of the first leaves the last open. One-sided: SeqBounds, with its step of 0.05. */
static void boundaries_as_published(void **state)
{
    (void)state;
    static const double LATE[] = {4.8769, 3.3569, 2.6803, 2.2898, 2.0310};
    static const double EVEN[] = {2.4380, 2.4268, 2.4101, 2.3966, 2.3859};
    static const double QUARTERS[] = {0.25, 0.5, 0.75, 1};
    static const double ONE_SIDED[] = {3.74955, 2.53993, 2.01604, 1.72014};
    double z[5];
    assert_int_equal(stp_boundary(STP_SPEND_LATE, 0.025, true, FIFTHS, 5, z), 0);
    for (int k = 0; k < 5; k++)
        assert_near(z[k], LATE[k], 1.5e-4);
    assert_int_equal(stp_boundary(STP_SPEND_EVEN, 0.025, true, FIFTHS, 5, z), 0);
    for (int k = 0; k < 5; k++)
        assert_near(z[k], EVEN[k], 1.5e-4);
    assert_int_equal(stp_boundary(STP_SPEND_LATE, 0.05, false, QUARTERS, 4, z), 0);
    for (int k = 0; k < 4; k++)
        assert_near(z[k], ONE_SIDED[k], 1e-4);
}

/* Constants of Pocock (1977) and of O'Brien and Fleming (1979) for two-sided 0.05, and by what factor
 * five looks raise the pairs needed for a power of 0.9: 1.207 and 1.026 (Jennison and Turnbull
 * 2000, tables 2.1 to 2.4). */
static void crossing_as_published(void **state)
{
    (void)state;
    static const struct {
        size_t looks;
        double pocock, obrien_fleming;
    } KNOWN[] = {{1, 1.960, 1.960}, {2, 2.178, 1.977}, {3, 2.289, 2.004},
                 {4, 2.361, 2.024}, {5, 2.413, 2.040}, {10, 2.555, 2.087},
                 {20, 2.672, 2.126}};
    double fractions[20], even[20], late[20], crossed[20];
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        size_t looks = KNOWN[i].looks;
        for (size_t k = 0; k < looks; k++) {
            fractions[k] = (double)(k + 1) / (double)looks;
            even[k] = KNOWN[i].pocock;
            late[k] = KNOWN[i].obrien_fleming / sqrt(fractions[k]);
            late[k] = late[k] < 8 ? late[k] : 8;
        }
        /* the third digit of the constants leaves as much open */
        assert_int_equal(stp_crossing(fractions, even, looks, true, 0, crossed), 0);
        assert_near(crossed[looks - 1], 0.05, 1e-4);
        assert_int_equal(stp_crossing(fractions, late, looks, true, 0, crossed), 0);
        assert_near(crossed[looks - 1], 0.05, 1e-4);
        if (looks != 5)
            continue;
        double drift = stp_normal_inverse(0.975) + stp_normal_inverse(0.9);
        stp_crossing(fractions, even, 5, true, drift * sqrt(1.207), crossed);
        assert_near(crossed[4], 0.9, 5e-4);
        stp_crossing(fractions, late, 5, true, drift * sqrt(1.026), crossed);
        assert_near(crossed[4], 0.9, 5e-4);
    }
}

/* Two looks: one integral, by Simpson's rule. Probability that both |Z1| and |Z2| stay within, or that
 * both Z1 and Z2 stay below. */
static double stay(double t, double a, double b, bool two_sided, double drift)
{
    enum { STEPS = 20000 };
    double low = two_sided ? -a : -12, step = (a - low) / STEPS, sum = 0, root = sqrt(t);
    for (int i = 0; i <= STEPS; i++) {
        double z = low + i * step, rest = sqrt(1 - t);
        double up = stp_normal((b - root * z - drift * (1 - t)) / rest);
        double down = two_sided ? stp_normal((-b - root * z - drift * (1 - t)) / rest)
                                : 0;
        double off = z - drift * root;
        sum += (i == 0 || i == STEPS ? 1
                : i % 2              ? 4
                                     : 2) *
               exp(-off * off / 2) * (up - down);
    }
    return sum * step / 3 / sqrt(2 * M_PI);
}

static void two_looks_by_another_way(void **state)
{
    (void)state;
    for (int i = 0; i < 7; i++)
        for (int k = 0; k < 4; k++)
            for (int sides = 1; sides <= 2; sides++) {
                double t = 0.05 + 0.15 * i, drift = 1.5 * k - 1;
                double fractions[] = {t, 1}, z[] = {2.5, 1.5}, crossed[2];
                assert_int_equal(stp_crossing(fractions, z, 2, sides == 2, drift,
                                              crossed),
                                 0);
                assert_near(crossed[1], 1 - stay(t, 2.5, 1.5, sides == 2, drift), 1e-10);
            }
}

/* What a boundary spends, look by look, is what it may: equal steps, unequal ones, and very many. */
static void boundaries_spend_what_they_may(void **state)
{
    (void)state;
    static const double UNEQUAL[] = {0.001, 0.0011, 0.3, 0.31, 0.95, 1};
    double many[STP_MAX_LOOKS], z[STP_MAX_LOOKS], crossed[STP_MAX_LOOKS];
    for (size_t k = 0; k < 40; k++)
        many[k] = (double)(k + 1) / 40;
    for (int c = 0; c < 8; c++) {
        const double *fractions = c & 4 ? UNEQUAL : many;
        size_t looks = c & 4 ? 6 : 40;
        stp_spending how = c & 1 ? STP_SPEND_EVEN : STP_SPEND_LATE;
        bool two = c & 2;
        assert_int_equal(stp_boundary(how, 0.025, two, fractions, looks, z), 0);
        assert_int_equal(stp_crossing(fractions, z, looks, two, 0, crossed), 0);
        for (size_t k = 0; k < looks; k++)
            assert_near(crossed[k], (two ? 2 : 1) * stp_spent(how, 0.025, fractions[k]),
                        1e-12);
    }
    const double whole[] = {1}, part[] = {0.5};
    assert_int_equal(stp_boundary(STP_SPEND_LATE, 0.025, true, whole, 1, z), 0);
    assert_near(z[0], 1.959963984540054, 1e-12);
    assert_int_equal(stp_boundary(STP_SPEND_EVEN, 0.025, false, part, 1, z), 0);
    assert_near(z[0], -stp_normal_inverse(stp_spent(STP_SPEND_EVEN, 0.025, 0.5)), 1e-12);
}

static void wrong_arguments_change_nothing(void **state)
{
    (void)state;
    static const double FALLING[] = {0.5, 0.4, 1}, ZERO[] = {0, 0.5},
                        ABOVE[] = {0.5, 1.1};
    static const size_t PAIRS[] = {20, 40}, ONE[] = {1, 40}, BACK[] = {20, 20};
    double z[3] = {7, 7, 7}, crossed[3] = {7, 7, 7};
    stp_sequential plan = {.looks = 77};
    assert_int_equal(stp_boundary(STP_SPEND_LATE, 0.025, true, FALLING, 3, z), -1);
    assert_int_equal(stp_boundary(STP_SPEND_LATE, 0.025, true, ZERO, 2, z), -1);
    assert_int_equal(stp_boundary(STP_SPEND_LATE, 0.025, true, ABOVE, 2, z), -1);
    assert_int_equal(stp_boundary(STP_SPEND_LATE, 0.025, true, FIFTHS, 0, z), -1);
    assert_int_equal(stp_boundary(STP_SPEND_LATE, 0.025, true, FIFTHS, STP_MAX_LOOKS + 1,
                                  z),
                     -1);
    assert_int_equal(stp_boundary(STP_SPEND_LATE, 0.5, true, FIFTHS, 3, z), -1);
    assert_int_equal(stp_boundary(STP_SPEND_LATE, NAN, true, FIFTHS, 3, z), -1);
    z[1] = 0;
    assert_int_equal(stp_crossing(FIFTHS, z, 3, true, 0, crossed), -1);
    assert_int_equal(stp_crossing(FALLING, z, 3, true, 0, crossed), -1);
    assert_true(z[0] == 7 && z[1] == 0 && z[2] == 7 && crossed[0] == 7);
    assert_int_equal(stp_sequential_plan(STP_SPEND_LATE, 0.05, 0.05, 0, PAIRS, 2, &plan),
                     -1);
    assert_int_equal(stp_sequential_plan(STP_SPEND_LATE, 0.05, 0.05, 1, ONE, 2, &plan),
                     -1);
    assert_int_equal(stp_sequential_plan(STP_SPEND_LATE, 0.05, 0.05, 1, BACK, 2, &plan),
                     -1);
    assert_int_equal(stp_sequential_plan(STP_SPEND_LATE, 0.05, 0, 1, PAIRS, 2, &plan),
                     -1);
    assert_int_equal(stp_sequential_plan(STP_SPEND_LATE, 0.05, 0.05, 1, PAIRS, 0, &plan),
                     -1);
    assert_int_equal(plan.looks, 77);
}

/* ---- verdicts ---- */

/* n differences with a mean and a deviation of 1 (with n - 1): n even. */
static void spread(double mean, size_t n, double *d)
{
    double off = sqrt((double)(n - 1) / (double)n);
    for (size_t i = 0; i < n; i++)
        d[i] = mean + (i % 2 ? off : -off);
}

static void verdicts_by_hand(void **state)
{
    (void)state;
    static const size_t PAIRS[] = {100};
    double d[100];
    stp_sequential
        plan; /* one look: error 0.1, t 1.984217 of 0.025 and 1.660391 of 0.05 */
    assert_int_equal(stp_sequential_plan(STP_SPEND_LATE, 0.05, 0.05, 0.25, PAIRS, 1,
                                         &plan),
                     0);
    static const struct {
        double mean;
        stp_verdict verdict;
        bool differs, within;
    } CASES[] = {
        {0, STP_EQUIVALENT, false, true},      {0.0839, STP_EQUIVALENT, false, true},
        {0.0840, STP_UNDECIDED, false, false}, {0.1984, STP_UNDECIDED, false, false},
        {0.1985, STP_EFFECT, true, false},     {-0.0839, STP_EQUIVALENT, false, true},
        {-0.1, STP_UNDECIDED, false, false},   {-0.5, STP_EFFECT, true, false}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        spread(CASES[i].mean, 100, d);
        stp_look_result j = stp_sequential_verdicts(&plan, 0, d);
        assert_int_equal(j.verdict, CASES[i].verdict);
        assert_true(j.differs == CASES[i].differs && j.within == CASES[i].within);
        assert_near(j.wide.low, CASES[i].mean - 0.1984217, 1e-6);
        assert_near(j.narrow.high, CASES[i].mean + 0.1660391, 1e-6);
        assert_false(j.too_alike);
    }
    /* an effect too small to matter */
    assert_int_equal(stp_sequential_plan(STP_SPEND_LATE, 0.05, 0.05, 0.5, PAIRS, 1,
                                         &plan),
                     0);
    spread(0.25, 100, d);
    stp_look_result j = stp_sequential_verdicts(&plan, 0, d);
    assert_true(j.verdict == STP_EQUIVALENT && j.differs && j.within);
}

/* Nothing is claimed where some pairs differ, but fewer than ten; what never varies is an answer. */
static void few_that_differ_are_not_judged(void **state)
{
    (void)state;
    static const size_t PAIRS[] = {40};
    double d[40] = {0};
    stp_sequential plan;
    assert_int_equal(stp_sequential_plan(STP_SPEND_EVEN, 0.05, 0.05, 10, PAIRS, 1, &plan),
                     0);
    for (size_t unlike = 0; unlike <= STP_FEWEST_UNLIKE; unlike++) {
        bool few = unlike > 0 && unlike < STP_FEWEST_UNLIKE;
        if (unlike > 0)
            d[3 * unlike] = 1 + 0.01 * (double)unlike;
        stp_look_result j = stp_sequential_verdicts(&plan, 0, d);
        assert_int_equal(j.too_alike, few);
        assert_int_equal(j.verdict, few ? STP_UNDECIDED : STP_EQUIVALENT);
    }
    for (int i = 0; i < 40; i++)
        d[i] = 11;
    stp_look_result j = stp_sequential_verdicts(&plan, 0, d);
    assert_true(j.verdict == STP_EFFECT && !j.too_alike && j.wide.low == 11 &&
                j.wide.high == 11);
    d[5] = 10; /* one other changes little */
    assert_int_equal(stp_sequential_verdicts(&plan, 0, d).verdict, STP_EFFECT);
}

/* ---- error rates ---- */

enum { LOOKS = 5, MOST = 250 };
enum { NORMAL, LOGNORMAL, FIFTH };

static double normal(uint64_t *random)
{
    double u = any_between(random, 0, 1) + 1e-10;
    return sqrt(-2 * log(u)) * cos(2 * M_PI * any_between(random, 0, 1));
}

/* A difference of a kind with a mean. FIFTH: four fifths are 0 whatever the mean. */
static double difference(int kind, double mean, uint64_t *random)
{
    if (kind == NORMAL)
        return mean + normal(random);
    if (kind == LOGNORMAL)
        return mean + exp(normal(random)) - exp(0.5);
    return any_below(random, 5) ? 0 : 5 * mean + normal(random);
}

typedef struct rates {
    double effect, equivalent, undecided,
        pairs;                       /* verdicts where it stops, and when on average */
    double ever_effect, ever_within; /* if one never stops */
    double wide_held; /* shares of trials in which all wide intervals hold the mean */
} rates;

static rates run(const stp_sequential *plan, int kind, double mean, int trials,
                 uint64_t *random)
{
    rates r = {0};
    double d[MOST];
    for (int t = 0; t < trials; t++) {
        bool ended = false, differs = false, within = false, held = true;
        for (size_t i = 0; i < plan->pairs[LOOKS - 1]; i++)
            d[i] = difference(kind, mean, random);
        for (size_t k = 0; k < LOOKS; k++) {
            stp_look_result j = stp_sequential_verdicts(plan, k, d);
            differs |= j.differs;
            within |= j.within;
            held &= j.wide.low <= mean && mean <= j.wide.high;
            if (ended || (j.verdict == STP_UNDECIDED && k + 1 < LOOKS))
                continue;
            ended = true;
            r.pairs += (double)plan->pairs[k] / trials;
            r.effect += (double)(j.verdict == STP_EFFECT) / trials;
            r.equivalent += (double)(j.verdict == STP_EQUIVALENT) / trials;
            r.undecided += (double)(j.verdict == STP_UNDECIDED) / trials;
        }
        r.ever_effect += (double)differs / trials;
        r.ever_within += (double)within / trials;
        r.wide_held += (double)held / trials;
    }
    return r;
}

/* A share of trials is what it should be, within four and a half standard errors. */
static void assert_share(double share, int trials, double wanted)
{
    assert_near(share, wanted, 4.5 * sqrt(wanted * (1 - wanted) / trials));
}

static const size_t HUNDRED[] = {20, 40, 60, 80, 100};

/* Normal differences, 4,000 plans each. */
static void normal_differences_keep_the_error_rates(void **state)
{
    (void)state;
    enum { TRIALS = 4000 };
    uint64_t random = 31;
    for (int s = STP_SPEND_LATE; s <= STP_SPEND_EVEN; s++) {
        stp_sequential plan;
        assert_int_equal(stp_sequential_plan((stp_spending)s, 0.05, 0.05, 0.5, HUNDRED,
                                             LOOKS, &plan),
                         0);
        rates none = run(&plan, NORMAL, 0, TRIALS, &random);
        rates up = run(&plan, NORMAL, 0.5, TRIALS, &random);
        rates down = run(&plan, NORMAL, -0.5, TRIALS, &random);
        assert_share(none.ever_effect, TRIALS, 0.05);
        assert_share(none.wide_held, TRIALS, 0.95);
        assert_share(up.wide_held, TRIALS, 0.95);
        assert_share(up.ever_within, TRIALS, 0.05);
        assert_share(down.ever_within, TRIALS, 0.05);
        /* whoever stops errs less often */
        assert_true(none.effect <= none.ever_effect && none.effect < 0.05);
        assert_true(up.equivalent <= up.ever_within &&
                    down.equivalent <= down.ever_within);
        /* d 0.5 in 100 pairs is plain, and so is 0: both end early */
        assert_true(up.effect > 0.9 && down.effect > 0.9 && none.equivalent > 0.9);
        assert_true(none.pairs < 65 && up.pairs < 65);
    }
}

/* The average number of pairs, and the power, as the recursion has them: one kind of verdict alone, since
 * nothing is equivalent within a margin of nearly 0. */
static void pairs_saved_as_calculated(void **state)
{
    (void)state;
    enum { TRIALS = 4000 };
    static const size_t PAIRS[] = {50, 100, 150, 200, 250};
    uint64_t random = 37;
    stp_sequential plan;
    double z[LOOKS], crossed[LOOKS], mean = 0.2, pairs = 0;
    assert_int_equal(stp_sequential_plan(STP_SPEND_LATE, 0.05, 0.05, 1e-6, PAIRS, LOOKS,
                                         &plan),
                     0);
    stp_boundary(STP_SPEND_LATE, 0.025, true, FIFTHS, LOOKS, z);
    stp_crossing(FIFTHS, z, LOOKS, true, mean * sqrt(250), crossed);
    for (int k = 0; k < LOOKS; k++)
        pairs += 50 * (k == 0 ? 1 : 1 - crossed[k - 1]);
    rates r = run(&plan, NORMAL, mean, TRIALS, &random);
    assert_near(r.effect, crossed[LOOKS - 1], 0.025); /* 4.5 errors of 0.0055 */
    assert_near(r.pairs, pairs, 4.5); /* of a deviation of some 60, and t for z */
    assert_true(pairs < 200);
}

/* Skewed differences and ones that are mostly 0, with a first look at 50 pairs and late spending: error
 * rates near those allowed where one stops, and above them to the side of the long tail where one
 * goes on regardless. As 10,000 plans had them; the header says so. */
static void other_differences_nearly_keep_them(void **state)
{
    (void)state;
    enum { TRIALS = 2000 };
    static const size_t PAIRS[] = {50, 100, 150, 200, 250};
    static const struct {
        int kind;
        double delta, effect, ever_effect, equivalent, ever_within;
    } CASES[] = {{LOGNORMAL, 0.6, 0.024, 0.085, 0.062, 0.119},
                 {FIFTH, 0.15, 0.009, 0.047, 0.055, 0.089}};
    uint64_t random = 41;
    for (size_t c = 0; c < sizeof CASES / sizeof *CASES; c++) {
        double delta = CASES[c].delta;
        stp_sequential plan;
        assert_int_equal(stp_sequential_plan(STP_SPEND_LATE, 0.05, 0.05, delta, PAIRS,
                                             LOOKS, &plan),
                         0);
        rates none = run(&plan, CASES[c].kind, 0, TRIALS, &random);
        rates up = run(&plan, CASES[c].kind, delta, TRIALS, &random);
        rates down = run(&plan, CASES[c].kind, -delta, TRIALS, &random);
        assert_share(none.effect, TRIALS, CASES[c].effect);
        assert_share(none.ever_effect, TRIALS, CASES[c].ever_effect);
        assert_share(up.equivalent, TRIALS, CASES[c].equivalent);
        assert_share(up.ever_within, TRIALS, CASES[c].ever_within);
        assert_true(down.ever_within < 0.12 && none.equivalent > 0.9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spending),
        cmocka_unit_test(boundaries_as_published),
        cmocka_unit_test(crossing_as_published),
        cmocka_unit_test(two_looks_by_another_way),
        cmocka_unit_test(boundaries_spend_what_they_may),
        cmocka_unit_test(wrong_arguments_change_nothing),
        cmocka_unit_test(verdicts_by_hand),
        cmocka_unit_test(few_that_differ_are_not_judged),
        cmocka_unit_test(normal_differences_keep_the_error_rates),
        cmocka_unit_test(pairs_saved_as_calculated),
        cmocka_unit_test(other_differences_nearly_keep_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
