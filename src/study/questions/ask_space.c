/* How far an answer depends on the parameter ranges, and on its driver. */
#include "base/random.h"
#include "scenario/range.h"
#include "study/questions/ask.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { POINT_PAIRS = 10 }; /* at each value of the driver */
static const double CHANCE = 0.05, STRONG = 0.5;

/* ---- over the parameter ranges ---- */

/* The least rank correlation that is significant with n points, one of `factors` tried (Holm's first step,
 * which is Bonferroni's). */
static double least_correlation(size_t n, size_t factors)
{
    if (n < 4)
        return 1;
    double t = -stp_student_quantile(CHANCE / 2 / (double)factors, (double)n - 2);
    return t / sqrt((double)n - 2 + t * t);
}

/* Points with which a correlation of a half is significant. */
static size_t points_needed(size_t factors)
{
    size_t n = 4;
    while (least_correlation(n, factors) > STRONG)
        n++;
    return n;
}

/* The ranges with the largest significant correlations. rho, p: one per range. */
static void pick_drivers(steppe_answer *answer, const stp_range *ranges, size_t count,
                         double *rho, const double *p)
{
    steppe_answer_facts *f = &answer->facts;
    for (; f->driver_count < STEPPE_ANSWER_DRIVERS; f->driver_count++) {
        size_t best = count, at = f->driver_count;
        for (size_t k = 0; k < count; k++)
            if (rho[k] != 0 && p[k] < CHANCE &&
                (best == count || fabs(rho[k]) > fabs(rho[best])))
                best = k;
        if (best == count)
            return;
        snprintf(answer->drivers[at], sizeof answer->drivers[at], "%s",
                 ranges[best].path);
        f->drivers[at] = answer->drivers[at];
        f->driver_correlation[at] = rho[best];
        f->driver_p[at] = p[best];
        rho[best] = 0;
    }
}

/* The last factor is a dummy. draws: factor by factor. */
static void draw_dummy(const stp_asking *a, size_t n, double *draws)
{
    for (size_t i = 0; i < n; i++)
        draws[i] =
            stp_random(a->options->seed, STP_PURPOSE_RESAMPLE, 0, (uint32_t)i, 0, 1).w[0];
}

static int find_drivers(const stp_asking *a, const stp_range *ranges, size_t range_count,
                        const stp_ask_comparison *c)
{
    steppe_answer_facts *f = &a->answer->facts;
    size_t factors = range_count + 1;
    double *draws = calloc(factors * c->n + 1, sizeof *draws),
           *p = calloc(factors, sizeof *p), *rho = calloc(factors, sizeof *rho);
    int status = STEPPE_NO_MEMORY;
    if (draws && p && rho) {
        draw_dummy(a, c->n, draws + range_count * c->n);
        status = stp_ask_arm_draws(a, &a->control, a->sampling, range_count, c->n, draws);
    }
    for (size_t k = 0; k < factors && status == STEPPE_OK; k++) {
        stp_test test;
        if (stp_spearman(draws + k * c->n, c->differences, c->n, &test) != 0)
            status = STEPPE_NO_MEMORY;
        rho[k] = status == STEPPE_OK && !isnan(test.statistic) ? test.statistic : 0;
        p[k] = status == STEPPE_OK && !isnan(test.p) ? test.p : 1;
    }
    if (status == STEPPE_OK && stp_holm(p, factors) != 0)
        status = STEPPE_NO_MEMORY;
    if (status == STEPPE_OK) {
        f->screened = true;
        f->dummy_correlation = rho[range_count];
        f->dummy_p = p[range_count];
        pick_drivers(a->answer, ranges, range_count, rho, p);
    }
    free(draws);
    free(p);
    free(rho);
    return status == STEPPE_NO_MEMORY ? stp_no_memory(a->context) : status;
}

/* Only if a strong correlation would be significant with so many points, and no run failed. */
static int screen(const stp_asking *a, const stp_range *ranges, size_t range_count,
                  const stp_ask_comparison *c)
{
    steppe_answer_facts *f = &a->answer->facts;
    f->screen_ranges = range_count;
    f->screen_points = points_needed(range_count + 1);
    f->screen_least = least_correlation(c->n, range_count + 1);
    if (f->screen_least > STRONG || c->failed > 0)
        return STEPPE_OK;
    return find_drivers(a, ranges, range_count, c);
}

bool stp_ask_agrees(const steppe_answer_facts *f, double difference, double smallest)
{
    if (f->verdict == STEPPE_ANSWER_EQUIVALENT)
        return fabs(difference) <= smallest;
    return f->verdict == STEPPE_ANSWER_MORE ? difference > 0 : difference < 0;
}

bool stp_ask_has_sides(const steppe_answer_facts *f)
{
    return f->verdict == STEPPE_ANSWER_MORE || f->verdict == STEPPE_ANSWER_LESS ||
           f->verdict == STEPPE_ANSWER_EQUIVALENT;
}

static int fill_space(const stp_asking *a, const stp_ask_comparison *c)
{
    steppe_answer_facts *f = &a->answer->facts;
    double *workspace = calloc(c->n + 1, sizeof *workspace);
    if (!workspace)
        return stp_no_memory(a->context);
    f->draws = c->n;
    f->draws_failed = c->failed;
    /* A share is of the unrest at each point. */
    for (size_t i = 0; i < c->n; i++) {
        double d = c->differences[i],
               smallest = stp_ask_smallest(a->question, c->base[i], c->changed[i]);
        f->draws_positive += d > 0;
        f->draws_zero += d == 0;
        f->draws_negative += d < 0;
        f->draws_beyond += fabs(d) > smallest;
        f->draws_agree += stp_ask_has_sides(f) && d != 0 &&
                          stp_ask_agrees(f, d, smallest);
    }
    if (c->n > 0) {
        stp_interval share = stp_share_interval(f->draws_beyond, c->n);
        f->beyond_low = share.low;
        f->beyond_high = share.high;
    }
    if (stp_ask_has_sides(f)) {
        stp_interval share = stp_share_interval(f->draws_agree, c->n - f->draws_zero);
        f->agree_low = share.low;
        f->agree_high = share.high;
    }
    stp_ask_quantiles(c->differences, c->n, workspace, f->draw_quantiles);
    free(workspace);
    return STEPPE_OK;
}

int stp_ask_space_of(const stp_asking *a, const stp_ask_comparison *points)
{
    size_t range_count;
    stp_range *ranges;
    a->answer->facts.width = a->width;
    a->answer->facts.sampled = a->posterior_digest ? "posterior" : "prior";
    a->answer->facts.sampled_why = a->sampling_why;
    int status = stp_ranges_find(a->context, a->scenario, &ranges, &range_count);
    if (status == STEPPE_OK)
        status = fill_space(a, points);
    if (status == STEPPE_OK)
        status = screen(a, ranges, range_count, points);
    stp_ranges_free(ranges, range_count);
    return status;
}

int stp_ask_space(const stp_asking *a)
{
    stp_ask_comparison c;
    a->answer->facts.width = a->width;
    if (!a->sampling)
        return STEPPE_OK;
    int status = stp_ask_comparison_run(a, &a->control, &a->treatment, a->sampling,
                                        stp_ask_draws(a), &c, NULL);
    if (status == STEPPE_OK)
        status = stp_ask_space_of(a, &c);
    stp_ask_comparison_clear(&c);
    return status;
}

/* ---- break-even ---- */

/* Measure the effect at a value of the driver; points stay sorted by value. */
static int measure_at(const stp_asking *a, double value)
{
    const stp_question *q = a->question;
    steppe_answer_facts *f = &a->answer->facts;
    char setting[300], *texts[1] = {setting}, number[STP_NUMBER_TEXT];
    stp_ask_comparison c;
    snprintf(setting, sizeof setting, "%.200s=%s", q->driver,
             stp_number_text(value, number));
    stp_ask_arm_plan base = stp_ask_arm_of(q, "driver-base", texts, 1),
                     changed = stp_ask_arm_of(q, "driver-change", texts, 1);
    stp_ask_arm_add(&changed, q->change, q->change_count);
    int status = stp_ask_comparison_run(a, &base, &changed, "none", f->point_pairs, &c,
                                        NULL);
    stp_interval m = stp_mean_interval(c.differences, c.n);
    stp_ask_comparison_clear(&c);
    if (status != STEPPE_OK)
        return status;
    size_t at = f->point_count++;
    for (; at > 0 && f->points[at - 1].value > value; at--)
        f->points[at] = f->points[at - 1];
    f->points[at] = (steppe_answer_point){value, m.estimate, m.low, m.high};
    return STEPPE_OK;
}

/* The mean effect at a point, less the margin. */
static double beyond(const steppe_answer_facts *f, size_t point)
{
    return fabs(f->points[point].effect) - f->smallest;
}

/* The second of the first two neighbours between which the effect crosses the margin; 0: none. */
static size_t find_turn(const steppe_answer_facts *f)
{
    for (size_t k = 1; k < f->point_count; k++)
        if ((beyond(f, k - 1) < 0) != (beyond(f, k) < 0))
            return k;
    return 0;
}

/* The side of the margin of a point's whole interval: 1 beyond, -1 within, 0 neither. */
static int sure_side(const steppe_answer_facts *f, size_t point)
{
    const steppe_answer_point *p = &f->points[point];
    if (isnan(p->low) || isnan(p->high))
        return 0;
    double least = p->low > 0 ? p->low : p->high < 0 ? -p->high : 0;
    double most = fmax(fabs(p->low), fabs(p->high));
    return least > f->smallest ? 1 : most < f->smallest ? -1 : 0;
}

/* The end of a point's interval that decides for a side (1 beyond, -1 within), less the margin. */
static double end_of(const steppe_answer_facts *f, size_t point, int side)
{
    const steppe_answer_point *p = &f->points[point];
    double least = p->low > 0 ? p->low : p->high < 0 ? -p->high : 0;
    return (side > 0 ? least : fmax(fabs(p->low), fabs(p->high))) - f->smallest;
}

/* From a crossing, in one direction (step -1 or 1): the value from which the whole interval is on its side, by
 * linear interpolation; NAN if it never is. turn: the point next to the crossing in that direction. */
static double end_from(const steppe_answer_facts *f, size_t turn, int step)
{
    int side = beyond(f, turn) < 0 ? -1 : 1;
    for (size_t k = turn; k < f->point_count;
         k += (size_t)step) { /* below 0 it is huge */
        if ((beyond(f, k) < 0 ? -1 : 1) != side || isnan(f->points[k].low))
            return NAN;
        if (sure_side(f, k) != side)
            continue;
        size_t before = k - (size_t)step; /* nearer to the turn, and not sure */
        double x = f->points[before].value, y = f->points[k].value;
        double from = end_of(f, before, side), to = end_of(f, k, side);
        if (isnan(from) || from == to)
            return y;
        return x + (y - x) * fmin(1, fmax(0, from / (from - to)));
    }
    return NAN;
}

/* turn: as of find_turn. */
static void find_break_even(steppe_answer_facts *f, size_t turn)
{
    size_t beyond_all = 0, within_all = 0;
    for (size_t k = 0; k < f->point_count; k++) {
        beyond_all += sure_side(f, k) > 0;
        within_all += sure_side(f, k) < 0;
    }
    f->turn = STEPPE_BREAK_EVEN_UNRESOLVED;
    if (turn == 0) {
        if (beyond_all == f->point_count || within_all == f->point_count)
            f->turn = STEPPE_BREAK_EVEN_NOWHERE;
        return;
    }
    double low = end_from(f, turn - 1, -1), high = end_from(f, turn, 1);
    if (isnan(low) && isnan(high))
        return;
    double x = f->points[turn - 1].value, y = f->points[turn].value;
    f->turn = STEPPE_BREAK_EVEN_FOUND;
    f->break_even = x + (y - x) * beyond(f, turn - 1) /
                            (beyond(f, turn - 1) - beyond(f, turn));
    f->break_even_low = low;
    f->break_even_high = high;
}

/* At both ends and in the middle; then by bisection towards the crossing, if there is one. */
int stp_ask_break_even(const stp_asking *a)
{
    const stp_question *q = a->question;
    steppe_answer_facts *f = &a->answer->facts;
    if (!q->driver)
        return STEPPE_OK;
    f->driver = q->driver;
    f->point_pairs = f->side_pairs < POINT_PAIRS ? f->side_pairs : POINT_PAIRS;
    double low = q->driver_low.value, high = q->driver_high.value;
    const double first[3] = {low, high, low + (high - low) / 2};
    int status = STEPPE_OK;
    for (int k = 0; k < 3 && status == STEPPE_OK; k++)
        status = measure_at(a, first[k]);
    size_t turn = status == STEPPE_OK ? find_turn(f) : 0;
    while (turn > 0 && f->point_count < STEPPE_ANSWER_POINTS && status == STEPPE_OK) {
        status = measure_at(a, (f->points[turn - 1].value + f->points[turn].value) / 2);
        turn = find_turn(f);
    }
    if (status == STEPPE_OK)
        find_break_even(f, turn);
    return status;
}
