/* The verdict over the posterior of a calibration: what varies are its draws, each with a few pairs of runs.
 *
 * Draw i has the effect mu_i, of variance `between` over draws; a pair of it shows mu_i with a variance `within`, by its
 * seeds (components.h). The mean of all, its interval and the verdict
 * stand on the draws' means, so that both count. In which share of the posterior the verdict holds is asked of mu_i, not
 * of a few pairs: of the draws' means, moved towards the mean of all until their variance is `between` (Louis 1984). Its
 * interval resamples draws. */
#include "base/random.h"
#include "scenario/range.h"
#include "study/questions/ask.h"
#include "study/stats/components.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    FEWEST_PAIRS = 200, /* in all */
    LEAST = 2,          /* pairs of a draw */
    MOST = 8,
    RESAMPLES = 2000,
};
/* Below this share of the variance of the draws' means that is between draws, more pairs are run. */
static const double RELIABLE = 0.5;

/* The draws with a pair that went well, each as one. */
typedef struct units {
    stp_ask_comparison of; /* means of their pairs */
    size_t *pairs;         /* [of.n] */
    stp_components variance;
} units;

static void clear(units *u)
{
    stp_ask_comparison_clear(&u->of);
    free(u->pairs);
}

static int allocate(const stp_asking *a, size_t draws, units *u)
{
    *u = (units){.of = {.base = calloc(draws, sizeof(double)),
                        .changed = calloc(draws, sizeof(double)),
                        .differences = calloc(draws, sizeof(double)),
                        .base_off = calloc(draws, sizeof(bool)),
                        .changed_off = calloc(draws, sizeof(bool))},
                 .pairs = calloc(draws, sizeof(size_t))};
    return u->of.base && u->of.changed && u->of.differences && u->of.base_off &&
                   u->of.changed_off && u->pairs
               ? STEPPE_OK
               : stp_no_memory(a->context);
}

/* Make units of pairs; replicate k is of draw k % draws. */
static int gather(const stp_asking *a, const stp_ask_comparison *c, size_t draws,
                  units *u)
{
    double squares = 0;
    int status = allocate(a, draws, u);
    for (size_t d = 0; status == STEPPE_OK && d < draws; d++) {
        size_t n = u->of.n, off[2] = {0};
        for (size_t k = 0; k < c->n; k++) {
            if (c->replicate[k] % draws != d)
                continue;
            u->pairs[n]++;
            u->of.base[n] += c->base[k];
            u->of.changed[n] += c->changed[k];
            squares += c->differences[k] * c->differences[k];
            off[0] += c->base_off[k];
            off[1] += c->changed_off[k];
        }
        if (u->pairs[n] == 0)
            continue;
        double r = (double)u->pairs[n];
        u->of.base[n] /= r;
        u->of.changed[n] /= r;
        u->of.differences[n] = u->of.changed[n] - u->of.base[n];
        u->of.base_off[n] = 2 * off[0] > u->pairs[n];
        u->of.changed_off[n] = 2 * off[1] > u->pairs[n];
        u->of.n++;
    }
    u->of.failed = draws - u->of.n;
    if (status == STEPPE_OK)
        u->variance = stp_components_of(u->of.differences, u->pairs, u->of.n, squares);
    return status;
}

/* ---- the share of the posterior in which the verdict holds ---- */

/* sample: which units, with repetition. *differ: how many of them have an effect at all. */
static double share_of(const stp_asking *a, const units *u, const size_t *sample,
                       double shrink, size_t *differ)
{
    size_t n = u->of.n, hits = 0;
    double mean = 0;
    *differ = 0;
    for (size_t k = 0; k < n; k++)
        mean += u->of.differences[sample[k]] / (double)n;
    for (size_t k = 0; k < n; k++) {
        size_t i = sample[k];
        double effect = mean + shrink * (u->of.differences[i] - mean);
        if (u->of.differences[i] == 0)
            continue;
        ++*differ;
        hits += stp_ask_agrees(&a->answer->facts, effect,
                               stp_ask_smallest(a->question, u->of.base[i],
                                                u->of.changed[i]));
    }
    return *differ > 0 ? (double)hits / (double)*differ : NAN;
}

static int find_share(const stp_asking *a, const units *u, size_t pairs)
{
    steppe_answer_facts *f = &a->answer->facts;
    size_t n = u->of.n, differ, *sample = calloc(n + 1, sizeof *sample);
    double *shares = calloc(RESAMPLES, sizeof *shares),
           shrink = sqrt(stp_components_reliability(&u->variance, pairs));
    if (!sample || !shares) {
        free(sample);
        free(shares);
        return stp_no_memory(a->context);
    }
    for (size_t k = 0; k < n; k++)
        sample[k] = k;
    f->holds = share_of(a, u, sample, shrink, &differ);
    for (uint32_t b = 0; b < RESAMPLES; b++) {
        for (uint32_t k = 0; k < n; k++)
            sample[k] = stp_below(
                stp_random(a->options->seed, STP_PURPOSE_RESAMPLE, 1, k, b, 2).w[0],
                (uint32_t)n);
        shares[b] = share_of(a, u, sample, shrink, &differ);
    }
    size_t there = stp_sort(shares, RESAMPLES);
    f->holds_low = stp_quantile(shares, there, 0.025);
    f->holds_high = stp_quantile(shares, there, 0.975);
    free(sample);
    free(shares);
    return STEPPE_OK;
}

/* ---- the whole ---- */

/* What is counted in pairs. */
static void count_pairs(steppe_answer_facts *f, const stp_ask_comparison *c)
{
    f->pairs = f->max_pairs = c->n;
    f->failed = c->failed;
    f->identical = c->identical;
    f->same_before = c->same_before;
    f->required_pairs = f->required_pairs_equivalent = NAN; /* of draws, that is */
}

static int conclude(const stp_asking *a, const stp_ask_comparison *c, units *u,
                    size_t pairs, const stp_pair_table *falls)
{
    steppe_answer_facts *f = &a->answer->facts;
    u->of.identical = c->identical == c->n ? u->of.n : 0;
    size_t looks[1] = {u->of.n};
    int status = stp_ask_conclude(a, &u->of, looks, 1, 0, falls);
    if (status == STEPPE_OK)
        status = stp_ask_space_of(a, &u->of);
    if (status == STEPPE_OK && stp_ask_has_sides(f))
        status = find_share(a, u, pairs);
    count_pairs(f, c);
    f->draw_pairs = pairs;
    f->between_deviation = sqrt(u->variance.between);
    f->within_deviation = sqrt(u->variance.within);
    f->seed_error = c->n ? sqrt(u->variance.within / (double)c->n) : NAN;
    return status;
}

size_t stp_ask_verdict_draws(const stp_asking *a)
{
    size_t draws = stp_ask_draws(a);
    draws = draws < a->posterior_count ? draws : a->posterior_count;
    return a->posterior_digest && draws >= STEPPE_ANSWER_DRAWS ? draws : 0;
}

int stp_ask_over_posterior(const stp_asking *a)
{
    size_t draws = stp_ask_verdict_draws(a), pairs = (FEWEST_PAIRS + draws - 1) / draws;
    for (pairs = pairs < LEAST ? LEAST : pairs;; pairs *= 2) {
        stp_ask_comparison c;
        stp_pair_table falls;
        units u = {.of = {0}};
        int status = stp_ask_comparison_run(a, &a->control, &a->treatment, "posterior",
                                            draws * pairs, &c, &falls);
        if (status == STEPPE_OK)
            status = gather(a, &c, draws, &u);
        bool enough = status != STEPPE_OK || 2 * pairs > MOST || u.variance.within == 0 ||
                      stp_components_reliability(&u.variance, pairs) >= RELIABLE;
        if (status == STEPPE_OK && enough)
            status = conclude(a, &c, &u, pairs, &falls);
        stp_ask_comparison_clear(&c);
        clear(&u);
        if (enough)
            return status;
    }
}
