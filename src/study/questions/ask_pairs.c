/* The verdict of a question: pairs are run until it is clear. */
#include "study/questions/ask.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdlib.h>

enum { LOOKS = STP_ASK_LOOKS, FIRST_LOOK = STP_FEWEST_PAIRS, RESAMPLES = 5000 };
static const double FLOOR =
    0.9; /* share of pairs in which the outcome is 0 in both arms */

_Static_assert((int)STEPPE_ANSWER_PAIRS == (int)STP_FEWEST_PAIRS, "one rule");

double stp_ask_smallest(const stp_question *q, double base, double changed)
{
    if (q->smallest_absolute.given)
        return q->smallest_absolute.value;
    return q->smallest.value * fabs(base != 0 ? base : changed);
}

size_t stp_ask_looks(size_t most, size_t pairs[LOOKS])
{
    size_t count = 0;
    for (size_t k = 1; k <= LOOKS; k++) {
        size_t n = k == LOOKS ? most : most * k / LOOKS;
        if (n >= FIRST_LOOK || k == LOOKS)
            pairs[count++] = n;
    }
    return count;
}

/* ---- the verdict ---- */

/* Is the margin finer than the agents, and the interval not wholly beyond that? At 1:1 no margin is
 * (docs/decisions/018). */
static bool is_below_resolution(const steppe_answer_facts *f, const stp_finding *found)
{
    double finest = STEPPE_ANSWER_AGENTS * f->agent;
    return f->scale > 1 && f->smallest < finest &&
           !(found->wide.low >= finest || found->wide.high <= -finest);
}

static steppe_answer_verdict verdict_of(const steppe_answer_facts *f,
                                        const stp_finding *found)
{
    if (f->pairs < STP_FEWEST_PAIRS)
        return STEPPE_ANSWER_UNDECIDED;
    if ((double)f->idle >= FLOOR * (double)f->pairs)
        return STEPPE_ANSWER_FLOOR;
    if (is_below_resolution(f, found))
        return STEPPE_ANSWER_BELOW_RESOLUTION;
    if (f->identical == f->pairs)
        return STEPPE_ANSWER_SAME;
    if (found->verdict == STP_EQUIVALENT)
        return STEPPE_ANSWER_EQUIVALENT;
    if (found->verdict == STP_EFFECT)
        return found->wide.estimate > 0 ? STEPPE_ANSWER_MORE : STEPPE_ANSWER_LESS;
    return STEPPE_ANSWER_UNDECIDED;
}

static steppe_answer_reason reason_of(const steppe_answer_facts *f,
                                      const stp_finding *found)
{
    if (f->verdict != STEPPE_ANSWER_UNDECIDED)
        return STEPPE_REASON_NONE;
    return f->pairs < STP_FEWEST_PAIRS       ? STEPPE_REASON_FEW_PAIRS
           : found->within && !found->robust ? STEPPE_REASON_FLIPS
           : found->too_alike                ? STEPPE_REASON_ALIKE
                                             : STEPPE_REASON_NONE;
}

/* ---- facts ---- */

/* Infinite ends count as unknown. */
static double known(double value)
{
    return isfinite(value) ? value : NAN;
}

static int fill_pairs(const stp_asking *a, const stp_ask_comparison *c)
{
    steppe_answer_facts *f = &a->answer->facts;
    stp_paired p = stp_paired_summary(c->differences, c->n, 0.95);
    stp_interval bootstrap = {NAN, NAN, NAN, 0};
    double *workspace = calloc(c->n + 1, sizeof *workspace);
    if (!workspace || stp_bootstrap_interval(c->differences, c->n, 0.95, a->options->seed,
                                             RESAMPLES, &bootstrap) != 0) {
        free(workspace);
        return stp_no_memory(a->context);
    }
    f->pairs = c->n;
    f->failed = c->failed;
    f->identical = c->identical;
    f->same_before = c->same_before;
    f->idle = 0;
    for (size_t i = 0; i < c->n; i++)
        f->idle += c->base[i] == 0 && c->changed[i] == 0;
    f->base = c->n ? stp_mean(c->base, c->n) : NAN;
    f->changed = c->n ? stp_mean(c->changed, c->n) : NAN;
    f->smallest = c->n ? stp_ask_smallest(a->question, f->base, f->changed) : NAN;
    f->effect = p.mean.estimate;
    f->bootstrap_low = bootstrap.low;
    f->bootstrap_high = bootstrap.high;
    f->positive = p.positive;
    f->zero = p.zero;
    f->negative = p.negative;
    f->superiority = c->n ? ((double)p.positive + (double)p.zero / 2) / (double)p.n : NAN;
    stp_ask_quantiles(c->base, c->n, workspace, f->quantiles[0]);
    stp_ask_quantiles(c->changed, c->n, workspace, f->quantiles[1]);
    stp_ask_quantiles(c->differences, c->n, workspace, f->quantiles[2]);
    free(workspace);
    double x = stp_deviation(c->base, c->n), y = stp_deviation(c->changed, c->n);
    f->variance_reduction = p.deviation > 0
                                ? (x * x + y * y) / (p.deviation * p.deviation)
                                : NAN;
    return STEPPE_OK;
}

/* At least the fewest pairs that have a verdict; NAN if no number would do. */
static double required(double pairs)
{
    return isfinite(pairs) ? fmax(pairs, STP_FEWEST_PAIRS) : NAN;
}

static void fill_finding(const stp_asking *a, const stp_ask_comparison *c,
                         const stp_finding *found)
{
    steppe_answer_facts *f = &a->answer->facts;
    double deviation = stp_deviation(c->differences, c->n),
           error = a->question->error.value;
    f->low = found->wide.low;
    f->high = found->wide.high;
    f->narrow_low = known(found->narrow.low);
    f->narrow_high = known(found->narrow.high);
    f->robust_low = known(found->robust_low);
    f->robust_high = known(found->robust_high);
    f->ratio = known(found->ratio.estimate);
    f->ratio_low = known(found->ratio.low);
    f->ratio_high = known(found->ratio.high);
    f->equivalence = found->p;
    f->flips = found->flips.seen;
    f->flips_most = found->flips.most;
    f->flips_size = found->flips.size;
    if (f->smallest > 0) {
        if (deviation > 0)
            f->required_pairs = required(stp_required_pairs(f->smallest / deviation,
                                                            error, 0.8));
        f->required_pairs_equivalent = required(stp_required_pairs_with_flips(
            deviation, f->smallest, error, &found->flips, c->n));
    }
    f->verdict = verdict_of(f, found);
    f->reason = reason_of(f, found);
}

/* Take-off in pairs: the shares of both arms, their difference, and the test. */
static void fill_take_off(const stp_asking *a, const stp_ask_comparison *c)
{
    steppe_answer_facts *f = &a->answer->facts;
    stp_pair_table t = {0};
    double *given = calloc(c->n + 1, sizeof *given);
    if (a->take_off > 0 && given && c->n > 0) {
        for (size_t i = 0; i < c->n; i++) {
            bool x = c->base_off[i], y = c->changed_off[i];
            if (x && y)
                given[t.both] = c->differences[i];
            ++*(x ? (y ? &t.both : &t.only_a) : (y ? &t.only_b : &t.neither));
        }
        const size_t taken[2] = {t.both + t.only_a, t.both + t.only_b};
        for (int arm = 0; arm < 2; arm++) {
            stp_interval share = stp_share_interval(taken[arm], c->n);
            f->off_rate[arm][0] = share.estimate;
            f->off_rate[arm][1] = share.low;
            f->off_rate[arm][2] = share.high;
        }
        stp_interval risk = stp_risk_difference(t, 0.95);
        stp_interval effect = stp_mean_interval(given, t.both);
        f->off_both = t.both;
        f->off_base = t.only_a;
        f->off_changed = t.only_b;
        f->off_neither = t.neither;
        f->off_difference = risk.estimate;
        f->off_low = risk.low;
        f->off_high = risk.high;
        f->off_p = stp_mcnemar(t);
        f->given_effect = effect.estimate;
        f->given_low = effect.low;
        f->given_high = effect.high;
    }
    free(given);
}

static void fill_falls(const stp_asking *a, const stp_pair_table *falls)
{
    steppe_answer_facts *f = &a->answer->facts;
    stp_interval risk = stp_risk_difference(*falls, 0.95);
    f->falls = falls->both + falls->only_a + falls->only_b + falls->neither > 0;
    f->fell_both = falls->both;
    f->fell_base = falls->only_a;
    f->fell_changed = falls->only_b;
    f->fell_neither = falls->neither;
    f->fall_difference = risk.estimate;
    f->fall_low = risk.low;
    f->fall_high = risk.high;
    f->fall_p = stp_mcnemar(*falls);
}

/* ---- interim analyses ---- */

/* With the actual number of pairs at each look so far. */
static int find(const stp_asking *a, const stp_ask_comparison *c, const size_t *pairs,
                size_t looks, size_t look, stp_finding *found)
{
    const stp_question *q = a->question;
    const stp_interval none = {NAN, NAN, NAN, 0};
    double error = q->error.value;
    const stp_smallest margin = {q->smallest_absolute.given ? q->smallest_absolute.value
                                                            : q->smallest.value,
                                 !q->smallest_absolute.given};
    bool known_off = a->take_off > 0;
    const stp_pairs p = {c->base, c->changed, known_off ? c->base_off : NULL,
                         known_off ? c->changed_off : NULL, c->n};
    stp_sequential plan;
    *found = (stp_finding){.wide = none,
                           .narrow = none,
                           .robust_low = NAN,
                           .robust_high = NAN,
                           .ratio = none,
                           .p = NAN,
                           .flips = {0, NAN, NAN}};
    if (c->n < 2)
        return STEPPE_OK;
    if (stp_sequential_plan(STP_SPEND_LATE, error, error, 1, pairs, looks, &plan) != 0 ||
        stp_finding_make(&plan, look, &p, &margin, found) != 0)
        return stp_no_memory(a->context);
    return STEPPE_OK;
}

int stp_ask_conclude(const stp_asking *a, const stp_ask_comparison *c,
                     const size_t *pairs, size_t looks, size_t look,
                     const stp_pair_table *falls)
{
    stp_finding found;
    int status = find(a, c, pairs, looks, look, &found);
    if (status == STEPPE_OK)
        status = fill_pairs(a, c);
    if (status != STEPPE_OK)
        return status;
    fill_take_off(a, c);
    fill_falls(a, falls);
    fill_finding(a, c, &found);
    return STEPPE_OK;
}

int stp_ask_pairs(const stp_asking *a)
{
    steppe_answer_facts *f = &a->answer->facts;
    f->max_pairs = a->options->pairs ? a->options->pairs
                                     : (size_t)a->question->pairs.value;
    size_t pairs[LOOKS], looks = stp_ask_looks(f->max_pairs, pairs);
    int status = STEPPE_OK;
    for (size_t k = 0; k < looks && status == STEPPE_OK; k++) {
        stp_ask_comparison c;
        stp_pair_table falls;
        status = stp_ask_comparison_run(a, &a->control, &a->treatment, "none", pairs[k],
                                        &c, &falls);
        pairs[k] = status == STEPPE_OK ? c.n : pairs[k];
        if (status == STEPPE_OK)
            status = stp_ask_conclude(a, &c, pairs, looks, k, &falls);
        stp_ask_comparison_clear(&c);
        if (status == STEPPE_OK && f->verdict != STEPPE_ANSWER_UNDECIDED)
            break;
    }
    return status;
}
