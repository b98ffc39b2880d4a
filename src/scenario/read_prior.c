#include "scenario/read_prior.h"

#include "scenario/value.h"
#include "scenario/write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CHOICES = 1000 };
/* A distribution without ends is cut off where this probability lies beyond. */
static const double TAIL = 0.001;
/* Less of a distribution inside its limits is a mistake, and not computed well. */
static const double LEAST_INSIDE = 0.001;
/* 1000-01-01T00:00 and 9999-12-31T23:59, in minutes since 1970. */
static const double FIRST_DATE = -510170400, LAST_DATE = 4223371679;

/* A number that is not in the parameter's unit, or not within its limits. */
typedef struct number {
    const char *name, *unit;
    double low, high;
    bool open_low;
} number;

static int read_as(const stp_reader *r, number is, const stp_node *node,
                   const char *unit_given, double *value)
{
    const stp_parameter as = {.name = is.name,
                              .type = STP_NUMBER,
                              .unit = is.unit,
                              .low = is.low,
                              .high = is.high,
                              .open_low = is.open_low};
    return stp_scalar_read(r, &as, node, unit_given, value);
}

static int read_spread(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                       const char *unit, stp_prior *d)
{
    if (p->type != STP_DATE)
        return read_as(r, (number){"the standard deviation", p->unit, 0, INFINITY, true},
                       node, unit, &d->b);
    int status = read_as(r, (number){"the standard deviation", "h", 0, 1e6, true}, node,
                         NULL, &d->c);
    d->b = d->c * 60;
    return status;
}

static int read_normal(const stp_reader *r, const stp_parameter *p,
                       const stp_node *const *items, const char *unit, stp_prior *d)
{
    int status = p->type == STP_DATE
                     ? stp_scalar_read(r, p, items[0], unit, &d->a)
                     : read_as(r,
                               (number){"the mean", p->unit, -INFINITY, INFINITY, false},
                               items[0], unit, &d->a);
    return status == STEPPE_OK ? read_spread(r, p, items[1], unit, d) : status;
}

static int read_lognormal(const stp_reader *r, const stp_parameter *p,
                          const stp_node *const *items, const char *unit, stp_prior *d)
{
    if (p->type == STP_DATE)
        return stp_read_fail(r, items[0], "%s is a date, which has no logarithm",
                             p->name);
    int status = read_as(r, (number){"the median", p->unit, 1e-300, 1e300, false},
                         items[0], unit, &d->a);
    if (status != STEPPE_OK)
        return status;
    return read_as(r,
                   (number){"the standard deviation of the logarithm", "", 0, 100, true},
                   items[1], NULL, &d->b);
}

static int read_triangular(const stp_reader *r, const stp_parameter *p,
                           const stp_node *const *items, const char *unit, stp_prior *d)
{
    double *ends[] = {&d->a, &d->b, &d->c};
    for (int i = 0; i < 3; i++) {
        int status = stp_scalar_read(r, p, items[i], unit, ends[i]);
        if (status != STEPPE_OK)
            return status;
    }
    if (d->a <= d->b && d->b <= d->c && d->a < d->c)
        return STEPPE_OK;
    return stp_read_fail(r, items[0],
                         "triangular must be [low, mode, high], in that order");
}

static int read_beta(const stp_reader *r, const stp_parameter *p,
                     const stp_node *const *items, const char *unit, stp_prior *d)
{
    (void)p;
    (void)unit;
    int status =
        read_as(r, (number){"a shape of a beta distribution", "", 0.1, 10000, false},
                items[0], NULL, &d->a);
    return status == STEPPE_OK ? read_as(r,
                                         (number){"a shape of a beta distribution", "",
                                                  0.1, 10000, false},
                                         items[1], NULL, &d->b)
                               : status;
}

static int read_uniform(const stp_reader *r, const stp_parameter *p,
                        const stp_node *const *items, const char *unit, stp_prior *d)
{
    int status = stp_scalar_read(r, p, items[0], unit, &d->a);
    if (status == STEPPE_OK)
        status = stp_scalar_read(r, p, items[1], unit, &d->b);
    if (status == STEPPE_OK && d->a > d->b)
        status = stp_read_fail(r, items[0],
                               "the low end of the prior is above its high end");
    return status;
}

/* ---- choices ---- */

static void sort_choices(stp_prior *d)
{
    for (size_t i = 1; i < d->count; i++)
        for (size_t k = i; k > 0 && d->values[k - 1] > d->values[k]; k--) {
            double value = d->values[k], weight = d->weights[k];
            d->values[k] = d->values[k - 1];
            d->weights[k] = d->weights[k - 1];
            d->values[k - 1] = value;
            d->weights[k - 1] = weight;
        }
}

/* Keep the weights as they are written, and make them sum to 1. */
static void normalise(stp_prior *d)
{
    double sum = 0;
    for (size_t i = 0; i < d->count; i++)
        sum += d->weights[i];
    for (size_t i = 0; i < d->count; i++) {
        if (d->written)
            d->written[i] = d->weights[i];
        d->weights[i] /= sum;
    }
}

static int read_weights(const stp_reader *r, const stp_node *weights, stp_prior *d)
{
    for (size_t i = 0; i < d->count; i++)
        d->weights[i] = 1;
    if (!weights)
        return STEPPE_OK;
    if (weights->kind != STP_LIST || weights->count != d->count)
        return stp_read_fail(r, weights,
                             "weights must be a list of %zu, one for each choice",
                             d->count);
    if (!(d->written = calloc(d->count, sizeof *d->written)))
        return stp_no_memory(r->context);
    int status = STEPPE_OK;
    for (size_t i = 0; i < d->count && status == STEPPE_OK; i++)
        status = read_as(r, (number){"a weight", "", 0, 1e9, true}, weights->items[i],
                         NULL, &d->weights[i]);
    return status;
}

static int read_choices(const stp_reader *r, const stp_parameter *p, const stp_node *list,
                        const stp_node *weights, const char *unit, stp_prior *d)
{
    if (list->kind != STP_LIST || list->count == 0 || list->count > MAX_CHOICES)
        return stp_read_fail(r, list,
                             "choices must be a list of 1 to %d numbers, such as [1, 2]",
                             MAX_CHOICES);
    d->count = list->count;
    d->values = calloc(d->count, sizeof *d->values);
    d->weights = calloc(d->count, sizeof *d->weights);
    if (!d->values || !d->weights)
        return stp_no_memory(r->context);
    int status = STEPPE_OK;
    for (size_t i = 0; i < d->count && status == STEPPE_OK; i++) {
        status = stp_scalar_read(r, p, list->items[i], unit, &d->values[i]);
        for (size_t k = 0; k < i && status == STEPPE_OK; k++)
            if (d->values[k] == d->values[i])
                status = stp_read_fail(r, list->items[i],
                                       "this choice stands here twice");
    }
    if (status == STEPPE_OK)
        status = read_weights(r, weights, d);
    if (status != STEPPE_OK)
        return status;
    sort_choices(d);
    normalise(d);
    return STEPPE_OK;
}

/* ---- the distribution ---- */

typedef struct form {
    const char *takes; /* its numbers, for messages */
    size_t count;
    int (*read)(const stp_reader *r, const stp_parameter *p, const stp_node *const *items,
                const char *unit, stp_prior *d);
} form;

static const form FORMS[STP_PRIOR_CHOICES] = {
    {"[low, high]", 2, read_uniform},
    {"[mean, standard deviation]", 2, read_normal},
    {"[median, standard deviation of the logarithm]", 2, read_lognormal},
    {"[low, mode, high]", 3, read_triangular},
    {"[a, b], two shapes", 2, read_beta},
};

/* Find the distribution and its numbers in the mapping. */
static int find_form(const stp_reader *r, const stp_node *node, stp_prior_kind *kind,
                     const stp_node **numbers, const stp_node **weights)
{
    const char *keys[STP_PRIOR_KINDS + 1];
    char words[96];
    if (node->kind != STP_MAPPING)
        return stp_read_fail(r, node,
                             "prior must be a mapping such as {normal: [0.8, 0.05]}, not "
                             "%s",
                             stp_node_words(node, words, sizeof words));
    for (size_t k = 0; k < STP_PRIOR_KINDS; k++)
        keys[k] = stp_prior_word((stp_prior_kind)k);
    keys[STP_PRIOR_KINDS] = "weights";
    for (size_t i = 0; i < node->count; i++) {
        const stp_node *key = node->items[2 * i];
        size_t k = 0;
        while (k <= STP_PRIOR_KINDS && strcmp(keys[k], key->text) != 0)
            k++;
        if (k > STP_PRIOR_KINDS)
            return stp_unknown_key(r, node, i, "a prior", keys, STP_PRIOR_KINDS + 1);
        if (k < STP_PRIOR_KINDS && *numbers)
            return stp_read_fail(r, key, "give one distribution, not '%s' and '%s'",
                                 stp_prior_word(*kind), key->text);
        *(k < STP_PRIOR_KINDS ? numbers : weights) = node->items[2 * i + 1];
        *kind = k < STP_PRIOR_KINDS ? (stp_prior_kind)k : *kind;
    }
    if (!*numbers)
        return stp_read_fail(r, node,
                             "a prior needs a distribution: uniform, normal, lognormal, "
                             "triangular, beta or choices");
    if (*weights && *kind != STP_PRIOR_CHOICES)
        return stp_read_fail(r, *weights, "'weights' belong to 'choices'");
    return STEPPE_OK;
}

static int read_distribution(const stp_reader *r, const stp_parameter *p,
                             const stp_node *node, const char *unit, stp_prior *d)
{
    const stp_node *numbers = NULL, *weights = NULL;
    char words[96];
    int status = find_form(r, node, &d->kind, &numbers, &weights);
    if (status != STEPPE_OK || !numbers)
        return status;
    if (d->kind == STP_PRIOR_CHOICES)
        return read_choices(r, p, numbers, weights, unit, d);
    const form *f = &FORMS[d->kind];
    if (numbers->kind != STP_LIST || numbers->count != f->count)
        return stp_read_fail(r, numbers, "%s takes %s, not %s", stp_prior_word(d->kind),
                             f->takes,
                             numbers->kind == STP_LIST
                                 ? "a list of another length"
                                 : stp_node_words(numbers, words, sizeof words));
    return f->read(r, p, (const stp_node *const *)numbers->items, unit, d);
}

/* ---- its limits ---- */

/* Limits of the distribution itself within those of the parameter. */
static int find_ends(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                     stp_quantity *q)
{
    stp_prior *d = q->prior;
    double low = q->low, high = q->high;
    if (!d->ranged) {
        low = p->type == STP_DATE ? FIRST_DATE : p->low;
        high = p->type == STP_DATE ? LAST_DATE : p->high;
    }
    if (d->kind == STP_PRIOR_BETA) {
        bool closed = isfinite(low) && isfinite(high) && low < high;
        if (!closed || (!d->ranged && (p->open_low || p->open_high)))
            return stp_read_fail(
                r, node, "a beta distribution needs a 'range', from which to which");
        d->low = low;
        d->high = high;
    } else if (d->kind == STP_PRIOR_TRIANGULAR) {
        low = fmax(low, d->a);
        high = fmin(high, d->c);
    }
    q->low = low;
    q->high = high;
    return STEPPE_OK;
}

/* Cut the tails of a distribution whose ends nothing states. */
static void cut_tails(const stp_parameter *p, double from, double to, stp_quantity *q)
{
    const stp_prior *d = q->prior;
    bool endless = d->kind == STP_PRIOR_NORMAL || d->kind == STP_PRIOR_LOGNORMAL;
    if (endless && !d->ranged) {
        double inside = to - from;
        q->low = fmax(q->low, stp_prior_quantile(d, from + TAIL * inside));
        q->high = fmin(q->high, stp_prior_quantile(d, to - TAIL * inside));
    }
    if (p->type != STP_NUMBER) {
        q->low = ceil(q->low);
        q->high = floor(q->high);
    }
}

static int cut(const stp_reader *r, const stp_parameter *p, const stp_node *node,
               stp_quantity *q)
{
    stp_prior *d = q->prior;
    if (d->kind == STP_PRIOR_CHOICES) {
        if (d->ranged)
            return stp_read_fail(r, node,
                                 "choices are a range themselves: leave out 'range'");
        q->low = d->values[0];
        q->high = d->values[d->count - 1];
        return STEPPE_OK;
    }
    int status = find_ends(r, p, node, q);
    if (status != STEPPE_OK)
        return status;
    double from = stp_prior_below(d, q->low), to = stp_prior_below(d, q->high);
    if (!(to - from >= LEAST_INSIDE))
        return stp_read_fail(r, node,
                             "less than a thousandth of the prior lies in the %s of %s",
                             d->ranged ? "range" : "permitted range", p->name);
    cut_tails(p, from, to, q);
    bool open = !d->ranged && ((p->open_low && q->low <= p->low) ||
                               (p->open_high && q->high >= p->high));
    if (!open && isfinite(q->low) && isfinite(q->high) && q->low <= q->high)
        return STEPPE_OK;
    return stp_read_fail(r, node, "the prior leaves no %s for %s",
                         p->type == STP_NUMBER ? "finite number" : "whole number",
                         p->name);
}

int stp_prior_read(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                   const char *unit, stp_quantity *q)
{
    if (p->type != STP_NUMBER && p->type != STP_INTEGER && p->type != STP_DATE)
        return stp_read_fail(r, node, "%s is not a number: it cannot have a prior",
                             p->name);
    stp_prior *d = q->prior = calloc(1, sizeof *d);
    if (!d)
        return stp_no_memory(r->context);
    d->ranged = !isnan(q->low);
    int status = read_distribution(r, p, node, unit, d);
    if (status != STEPPE_OK)
        return status;
    if (d->kind != STP_PRIOR_UNIFORM)
        return cut(r, p, node, q);
    if (d->ranged)
        return stp_read_fail(r, node,
                             "'range' alone means uniform: give 'range' or a uniform "
                             "prior, not both");
    q->low = d->a;
    q->high = d->b;
    stp_prior_free(d);
    q->prior = NULL;
    return STEPPE_OK;
}

double stp_prior_median(const stp_parameter *p, const stp_quantity *q)
{
    double from, to;
    stp_prior_part(q->prior, q->low, q->high, &from, &to);
    double value = stp_prior_quantile(q->prior, from + (to - from) / 2);
    if (p->type != STP_NUMBER)
        value = floor(value + 0.5);
    return fmin(fmax(value, q->low), q->high);
}

int stp_prior_check_value(const stp_reader *r, const stp_parameter *p,
                          const stp_node *node, const stp_quantity *q)
{
    char range[96];
    const stp_prior *d = q->prior;
    bool chosen = d->kind != STP_PRIOR_CHOICES;
    for (size_t i = 0; i < d->count; i++)
        chosen |= d->values[i] == q->value;
    if (!chosen)
        return stp_read_fail(r, node, "%s is none of the choices of its prior", p->name);
    if (q->value >= q->low && q->value <= q->high)
        return STEPPE_OK;
    return stp_read_fail(r, node, "%s lies outside its prior, %s%s", p->name,
                         stp_range_text(p, q, range, sizeof range),
                         d->ranged ? "" : " (without a 'range': its middle 99.8 %)");
}
