/* How far an answer hangs on what is not known: over the ranges of all of it, and by the one value that drives
 * it. */
#include "scenario/range.h"
#include "study/ask.h"
#include "study/statistics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINT_PAIRS = 10 }; /* at each value of the driver */
static const double CHANCE = 0.05;

/* ---- over the ranges of what is not known ---- */

/* The ranges that the differences go with most, of those that chance would not show: by rank correlation.
 * rho, p: one a range. */
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

static int find_drivers(const stp_asking *a, const stp_ask_arm_plan *base,
                        const stp_range *ranges, size_t range_count,
                        const stp_ask_contrast *c)
{
    double *draws = calloc(range_count * c->n + 1, sizeof *draws),
           *p = calloc(range_count + 1, sizeof *p),
           *rho = calloc(range_count + 1, sizeof *rho);
    int status = STEPPE_NO_MEMORY;
    if (draws && p && rho)
        status = stp_ask_arm_draws(a, base, "sobol", range_count, c->n, draws);
    for (size_t k = 0; k < range_count && status == STEPPE_OK; k++) {
        stp_test test;
        if (stp_spearman(draws + k * c->n, c->differences, c->n, &test) != 0)
            status = STEPPE_NO_MEMORY;
        rho[k] = status == STEPPE_OK && !isnan(test.statistic) ? test.statistic : 0;
        p[k] = status == STEPPE_OK && !isnan(test.p) ? test.p : 1;
    }
    if (status == STEPPE_OK && stp_holm(p, range_count) != 0)
        status = STEPPE_NO_MEMORY;
    if (status == STEPPE_OK)
        pick_drivers(a->answer, ranges, range_count, rho, p);
    free(draws);
    free(p);
    free(rho);
    return status == STEPPE_NO_MEMORY ? stp_no_memory(a->context) : status;
}

/* Does the difference at a point say what the verdict says? */
static bool agrees(const steppe_answer_facts *f, double difference, double smallest)
{
    switch (f->verdict) {
    case STEPPE_ANSWER_SAME:
    case STEPPE_ANSWER_NONE: return difference == 0;
    case STEPPE_ANSWER_NEGLIGIBLE: return fabs(difference) <= smallest;
    default: return f->effect > 0 ? difference > 0 : difference < 0;
    }
}

static int fill_space(const stp_asking *a, const stp_ask_contrast *c)
{
    steppe_answer_facts *f = &a->answer->facts;
    double *spare = calloc(c->n + 1, sizeof *spare);
    if (!spare)
        return stp_no_memory(a->context);
    f->draws = c->n;
    f->draws_failed = c->failed;
    /* A country of many times the unrest differs by many times as much. */
    for (size_t i = 0; i < c->n; i++) {
        double d = c->differences[i],
               smallest = stp_ask_smallest(a->question, c->base[i], c->changed[i]);
        f->draws_positive += d > 0;
        f->draws_zero += d == 0;
        f->draws_negative += d < 0;
        f->draws_beyond += fabs(d) > smallest;
        f->draws_agree += agrees(f, d, smallest);
    }
    stp_ask_quantiles(c->differences, c->n, spare, f->draw_quantiles);
    free(spare);
    return STEPPE_OK;
}

static int ask_ranges(const stp_asking *a, const stp_range *ranges, size_t range_count,
                      size_t count)
{
    const stp_question *q = a->question;
    stp_ask_contrast c;
    stp_ask_arm_plan base = stp_ask_arm_of(q, "space-base", NULL, 0),
                     changed = stp_ask_arm_of(q, "space-change", q->change,
                                              q->change_count);
    int status = stp_ask_contrast_run(a, &base, &changed, "sobol", count, &c, NULL);
    if (status == STEPPE_OK)
        status = fill_space(a, &c);
    if (status == STEPPE_OK && c.failed == 0)
        status = find_drivers(a, &base, ranges, range_count, &c);
    stp_ask_contrast_clear(&c);
    return status;
}

int stp_ask_space(const stp_asking *a)
{
    size_t count = a->options->draws ? a->options->draws
                                     : (size_t)a->question->draws.value,
           range_count;
    stp_range *ranges;
    a->answer->facts.width = a->width;
    if (a->options->no_draws || count == 0)
        return STEPPE_OK;
    int status = stp_ranges_find(a->context, a->scenario, &ranges, &range_count);
    if (status == STEPPE_OK && range_count > 0)
        status = ask_ranges(a, ranges, range_count, count);
    stp_ranges_free(ranges, range_count);
    return status;
}

/* ---- break-even ---- */

/* The effect at a value of the driver, put among the others in the order of values. */
static int look_at(const stp_asking *a, double value)
{
    const stp_question *q = a->question;
    steppe_answer_facts *f = &a->answer->facts;
    char setting[300], *texts[1] = {setting}, number[STP_NUMBER_TEXT];
    stp_ask_contrast c;
    snprintf(setting, sizeof setting, "%.200s=%s", q->driver,
             stp_number_text(value, number));
    stp_ask_arm_plan base = stp_ask_arm_of(q, "driver-base", texts, 1),
                     changed = stp_ask_arm_of(q, "driver-change", texts, 1);
    stp_ask_arm_add(&changed, q->change, q->change_count);
    int status = stp_ask_contrast_run(a, &base, &changed, "none", f->point_pairs, &c,
                                      NULL);
    stp_interval m = stp_mean_interval(c.differences, c.n);
    stp_ask_contrast_clear(&c);
    if (status != STEPPE_OK)
        return status;
    size_t at = f->point_count++;
    for (; at > 0 && f->points[at - 1].value > value; at--)
        f->points[at] = f->points[at - 1];
    f->points[at] = (steppe_answer_point){value, m.estimate, m.low, m.high};
    return STEPPE_OK;
}

/* By how much the effect at a point is beyond what matters. */
static double beyond(const steppe_answer_facts *f, size_t point)
{
    return fabs(f->points[point].effect) - f->smallest;
}

/* The first two neighbours between which the effect begins, or ceases, to matter: the second of them;
 * 0 if there are none. */
static size_t find_turn(const steppe_answer_facts *f)
{
    for (size_t k = 1; k < f->point_count; k++)
        if ((beyond(f, k - 1) < 0) != (beyond(f, k) < 0))
            return k;
    return 0;
}

/* At both ends and in the middle; and, if it turns somewhere, nearer to there by halves. */
int stp_ask_break_even(const stp_asking *a)
{
    const stp_question *q = a->question;
    steppe_answer_facts *f = &a->answer->facts;
    f->driver = q->driver ? q->driver : "";
    f->break_even = NAN;
    f->point_pairs = f->side_pairs < POINT_PAIRS ? f->side_pairs : POINT_PAIRS;
    if (!q->driver)
        return STEPPE_OK;
    double low = q->driver_low.value, high = q->driver_high.value;
    const double first[3] = {low, high, low + (high - low) / 2};
    int status = STEPPE_OK;
    for (int k = 0; k < 3 && status == STEPPE_OK; k++)
        status = look_at(a, first[k]);
    size_t turn = status == STEPPE_OK ? find_turn(f) : 0;
    while (turn > 0 && f->point_count < STEPPE_ANSWER_POINTS && status == STEPPE_OK) {
        status = look_at(a, (f->points[turn - 1].value + f->points[turn].value) / 2);
        turn = find_turn(f);
    }
    if (status != STEPPE_OK || turn == 0)
        return status;
    double x = f->points[turn - 1].value, y = f->points[turn].value;
    f->break_even = x + (y - x) * beyond(f, turn - 1) /
                            (beyond(f, turn - 1) - beyond(f, turn));
    return STEPPE_OK;
}
