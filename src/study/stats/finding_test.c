/* Promise (study/stats/finding.h): "equivalent" is said no more often than the error allows where the effect lies at
 * the margin, also where pairs flip; no verdict rests on few pairs; differences without spread are
 * answers; a share of the control arm's mean counts the uncertainty of that mean. */
#include "study/stats/finding.h"

#include "support.h"

#include "base/normal.h"
#include "verdict_trials.h"

enum { N = 60 };

static stp_finding verdict(const stp_pairs *pairs, double margin, bool share)
{
    stp_sequential plan;
    stp_finding f;
    const stp_smallest m = {margin, share};
    assert_int_equal(stp_sequential_plan(STP_SPEND_LATE, 0.05, 0.05, 1, &pairs->n, 1,
                                         &plan),
                     0);
    assert_int_equal(stp_finding_make(&plan, 0, pairs, &m, &f), 0);
    return f;
}

/* ---- flips ---- */

/* Clopper and Pearson's: none of n by hand; others from R's binom.test(k, n, alternative = "less"). */
static void upper_ends(void **state)
{
    (void)state;
    assert_near(stp_share_upper(0, 50, 0.95), 1 - pow(0.05, 0.02), 1e-12);
    assert_near(stp_share_upper(0, 50, 0.95), 0.0581551, 1e-7);
    assert_near(stp_share_upper(1, 10, 0.95), 0.3941633, 1e-7);
    assert_near(stp_share_upper(5, 10, 0.975), 0.8129140, 1e-7);
    assert_same(stp_share_upper(10, 10, 0.95), 1);
    assert_same(stp_share_upper(0, 0, 0.95), 1);
    for (size_t k = 1; k < 20; k++) { /* so few have a chance of 5 % there */
        double p = stp_share_upper(k, 20, 0.95), sum = 0;
        for (size_t i = 0; i <= k; i++)
            sum += exp(lgamma(21) - lgamma((double)i + 1) - lgamma(21 - (double)i) +
                       (double)i * log(p) + (20 - (double)i) * log1p(-p));
        assert_near(sum, 0.05, 1e-10);
    }
}

static void flips_by_hand(void **state)
{
    (void)state;
    double base[N] = {0}, changed[N];
    bool off[N] = {false}, changed_off[N] = {false};
    stp_flips f;
    for (int i = 0; i < N; i++) /* median 0, median absolute deviation 1 */
        changed[i] = i % 4 - 1.5 + (i % 2 ? -0.5 : 0.5);
    const stp_pairs blind = {base, changed, NULL, NULL, N},
                    told = {base, changed, off, changed_off, N};
    assert_int_equal(stp_flips_find(&blind, &f), 0);
    assert_int_equal(f.seen, 0);
    changed[7] = 7.3; /* 5 * 1.4826 is 7.41 */
    changed[8] = -7.5;
    changed[10] = 1e6;
    stp_flips_find(&blind, &f);
    assert_int_equal(f.seen, 2);
    assert_near(f.most, stp_share_upper(2, N, 0.95), 1e-15);
    stp_flips_find(&told, &f);
    assert_int_equal(f.seen, 0); /* none took off */
    off[1] = changed_off[2] = true;
    off[3] = changed_off[3] = true;
    stp_flips_find(&told, &f);
    assert_int_equal(f.seen, 2);
    /* more than half the same: by the mean absolute deviation */
    for (int i = 0; i < N; i++)
        changed[i] = i == 0 ? 1e6 : 0;
    stp_flips_find(&blind, &f);
    assert_int_equal(f.seen, 1);
    for (int i = 0; i < N; i++)
        changed[i] = i % 5 < 2;
    stp_flips_find(&blind, &f);
    assert_int_equal(f.seen, 0); /* two in five are not rare */
    assert_same(f.size, 1);      /* of the arm that varies */
    for (int i = 0; i < N; i++)
        changed[i] = 3;
    stp_flips_find(&blind, &f);
    assert_int_equal(f.seen, 0);
    assert_same(f.size, 0);
}

/* Two regimes one flip apart: what sixty pairs have not shown may still be. */
static void rare_flips_hold_equivalence_back(void **state)
{
    (void)state;
    double base[N], changed[N];
    bool off[N];
    for (int i = 0; i < N; i++) {
        off[i] = i % 2;
        base[i] = off[i] ? 1000 : 0;
        changed[i] = base[i] + i % 3 - 1;
    }
    const stp_pairs pairs = {base, changed, off, off, N};
    double added = 1000 * (1 - pow(0.05, 1.0 / N)); /* some 49 */
    stp_finding f = verdict(&pairs, added - 1, false);
    assert_true(f.within && !f.robust && f.verdict == STP_UNDECIDED);
    f = verdict(&pairs, added + 2, false);
    assert_true(f.within && f.robust && f.verdict == STP_EQUIVALENT);
    assert_near(f.robust_high, f.narrow.high + f.flips.most * f.flips.size, 1e-9);
    /* what differs for sure, and may be beyond the margin, is an effect */
    for (int i = 0; i < N; i++)
        changed[i] += 5;
    f = verdict(&pairs, 20, false);
    assert_true(f.within && !f.robust && f.verdict == STP_EFFECT);
    assert_near(stp_required_pairs_with_flips(0, 50, 0.05, &f.flips, N), 59, 0);
    stp_flips often = {30, 0.6, 1000};
    assert_true(isinf(stp_required_pairs_with_flips(1, 50, 0.05, &often, N)));
}

/* ---- what has no spread; few pairs ---- */

static void constants_are_answers(void **state)
{
    (void)state;
    static const struct {
        double difference, margin;
        stp_verdict verdict;
    } CASES[] = {{1, 0.5, STP_EFFECT},
                 {-1, 0.5, STP_EFFECT},
                 {0.1, 0.5, STP_EQUIVALENT},
                 {0, 0.5, STP_EQUIVALENT},
                 {0.5, 0.5, STP_EFFECT}};
    double base[N], changed[N];
    for (size_t c = 0; c < sizeof CASES / sizeof *CASES; c++)
        for (size_t n = 2; n <= N; n += n < 49 ? 47 : 1) {
            for (size_t i = 0; i < n; i++) {
                base[i] = 8;
                changed[i] = 8 + CASES[c].difference;
            }
            const stp_pairs pairs = {base, changed, NULL, NULL, n};
            stp_finding f = verdict(&pairs, CASES[c].margin, false);
            assert_int_equal(f.verdict, n < 50 ? STP_UNDECIDED : CASES[c].verdict);
            assert_near(f.wide.low, CASES[c].difference, 1e-12);
            assert_near(f.wide.high, CASES[c].difference, 1e-12);
            assert_false(isnan(f.p) || isnan(f.robust_low) || isnan(f.narrow.high));
        }
    /* the arms vary, and the difference does not */
    for (int i = 0; i < N; i++) {
        base[i] = i % 7;
        changed[i] = base[i] + 100;
    }
    const stp_pairs pairs = {base, changed, NULL, NULL, N};
    assert_int_equal(verdict(&pairs, 50, false).verdict, STP_EFFECT);
}

/* ---- shares ---- */

/* Fieller's interval: its ends are where the paired t of changed - r base is the critical value. */
static void ratio_turns_where_tests_do(void **state)
{
    (void)state;
    uint64_t random = 5;
    for (int trial = 0; trial < 50; trial++) {
        double base[20], changed[20], d[20], t = 1.7291;
        for (int i = 0; i < 20; i++) {
            base[i] = any_between(&random, trial % 2 ? 0 : -9, trial % 2 ? 10 : -1);
            changed[i] = base[i] * any_between(&random, 0.5, 2);
        }
        stp_interval r = stp_paired_ratio(base, changed, 20, t);
        const double ends[2] = {r.low, r.high};
        for (int end = 0; end < 2; end++) {
            for (int i = 0; i < 20; i++)
                d[i] = changed[i] - ends[end] * base[i];
            stp_paired s = stp_paired_summary(d, 20, 0.9);
            assert_near(fabs(s.mean.estimate), t * s.deviation / sqrt(20), 1e-9);
        }
        assert_true(r.low < r.estimate && r.estimate < r.high);
    }
    double nothing[3] = {0, 0, 0}, unsure[3] = {-1, 0, 1.5}, five[3] = {5, 6, 7};
    assert_true(isnan(stp_paired_ratio(nothing, five, 3, 2).estimate));
    assert_true(isinf(stp_paired_ratio(unsure, five, 3, 2).high));
}

/* The test of a share is Sasabuchi's, on either side and for means below 0. */
static void shares_by_hand(void **state)
{
    (void)state;
    double base[N], changed[N];
    for (int sign = -1; sign <= 1; sign += 2) {
        for (int i = 0; i < N; i++) {
            base[i] = sign * (100 + i % 5);
            changed[i] = base[i] * 1.04;
        }
        const stp_pairs pairs = {base, changed, NULL, NULL, N};
        stp_finding f = verdict(&pairs, 0.06, true);
        assert_true(f.within && f.robust && f.verdict == STP_EQUIVALENT);
        assert_near(f.ratio.low, 1.04, 1e-6); /* without spread */
        assert_near(f.narrow.low, sign * 0.04 * 102, 1e-4);
        f = verdict(&pairs, 0.03, true);
        assert_true(!f.within && f.verdict == STP_EFFECT);
        const stp_pairs back = {changed, base, NULL, NULL, N}; /* 1 / 1.04 is 0.9615 */
        assert_true(verdict(&back, 0.039, true).within);
        assert_false(verdict(&back, 0.038, true).within);
    }
    /* no share of a mean of 0 */
    for (int i = 0; i < N; i++)
        base[i] = 0;
    const stp_pairs none = {base, changed, NULL, NULL, N};
    stp_finding f = verdict(&none, 10, true);
    assert_true(!f.within && f.verdict == STP_EFFECT && f.p > 0.05);
    const stp_pairs all_none = {base, base, NULL, NULL, N};
    f = verdict(&all_none, 10, true);
    assert_true(!f.within && f.verdict == STP_UNDECIDED && !isnan(f.p));
}

/* ---- size ---- */

/* The design stands in studies/verdict_trials.h; `make verdicts` writes the table. With STEPPE_LONG=1 all
 * of it, otherwise a part. */
static void false_equivalence_is_rare(void **state)
{
    (void)state;
    bool all = getenv("STEPPE_LONG") != NULL;
    size_t trials = all ? 2000 : 150;
    for (size_t i = 0; i < VERDICT_CASE_COUNT; i++)
        for (size_t n = 50; n <= (all ? 200 : 50); n *= 2) {
            const verdict_case *c = &VERDICT_CASES[i];
            verdict_rates rates;
            char name[80];
            if (!verdict_case_counts(c))
                continue;
            assert_int_equal(verdict_try(i, n, trials, &rates), 0);
            if (rates.wrong > verdict_limit(trials))
                fail_msg("%s, %zu pairs: %.3f", verdict_case_name(c, name), n,
                         rates.wrong);
            assert_true(rates.power[VERDICT_MARGINS - 1] > 0.5);
        }
}

/* The same trials find the fault of the older rule, t alone. */
static void t_alone_is_found_wanting(void **state)
{
    (void)state;
    double worst = 0;
    for (size_t i = 0; i < VERDICT_CASE_COUNT; i++)
        if (VERDICT_CASES[i].kind == VERDICT_FLIPS && VERDICT_CASES[i].rate == 0.02) {
            verdict_rates rates;
            assert_int_equal(verdict_try(i, 50, 150, &rates), 0);
            worst = fmax(worst, rates.wrong_t);
        }
    assert_true(worst > 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(upper_ends),
        cmocka_unit_test(flips_by_hand),
        cmocka_unit_test(rare_flips_hold_equivalence_back),
        cmocka_unit_test(constants_are_answers),
        cmocka_unit_test(ratio_turns_where_tests_do),
        cmocka_unit_test(shares_by_hand),
        cmocka_unit_test(false_equivalence_is_rare),
        cmocka_unit_test(t_alone_is_found_wanting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
