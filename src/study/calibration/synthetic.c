/* Calibration to synthetic truths: simulation-based calibration (Talts et al. 2018). */
#include "study/calibration/calibration.h"

#include "study/calibration/smc.h"
#include "study/stats/interval.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Kinds of draw, in place of the step. */
enum { TRUTH = 0x5401u, ERROR, BIAS };

/* Wave of a truth's own run, where truths share no bank. */
enum { TRUTH_WAVE = 99 };

/* A truth that is being inferred. */
typedef struct trial {
    steppe_calibration *c;
    size_t number;
    double *z; /* of the truth */
    stp_sample_run run;
    double *wanted; /* the record that it left */
    stp_calibrate_options options;
    stp_bank bank; /* its own runs */
} trial;

static size_t quantity_count(const steppe_calibration *c)
{
    return c->dimensions + STP_MORE_RANKS;
}

/* A seed of its own: what truths have in common would show in all ranks. */
static uint64_t seed_of(const steppe_calibration *c, size_t truth)
{
    return c->options.seed + (truth + 1) * 1000000000;
}

/* What a record says of a run: its statistics, with all errors. Bounds are not made up. */
static void make_record(const trial *t, double *wanted)
{
    const stp_statistics *all = &t->c->statistics;
    uint64_t seed = seed_of(t->c, t->number);
    for (uint32_t k = 0; k < all->count; k++) {
        const stp_statistic *s = &all->list[k];
        double spread = sqrt(s->error * s->error + s->discrepancy * s->discrepancy);
        wanted[k] = t->run.values[k];
        if (s->censored != STP_CENSORED_NOT)
            wanted[k] = NAN;
        if (s->binary)
            continue;
        wanted[k] += spread * stp_smc_normal(seed, ERROR, 0, k);
        if (s->shared >= 0)
            wanted[k] += s->bias * stp_smc_normal(seed, BIAS, 0, (uint32_t)s->shared);
    }
}

/* ---- ranks ---- */

/* The share of `count` draws below the truth, whose own place is somewhere among them. */
static double rank_of(const double *values, size_t count, double truth)
{
    size_t below = 0;
    for (size_t i = 0; i < count; i++)
        below += values[i] < truth;
    return ((double)below + 0.5) / ((double)count + 1);
}

/* The emulated mean of the first two training numbers: what the posterior predicts of them. */
static double predicted(const trial *t, const stp_posterior *p, size_t which,
                        const double *z)
{
    double x[STP_MAX_CALIBRATED];
    const stp_statistics *all = &t->c->statistics;
    const stp_likelihood *l = &p->fitted[p->fitted_count - 1];
    const stp_regime *regime = t->run.took_off ? &l->unrest : &l->calm;
    stp_place_of(p->dimensions, z, x);
    for (size_t k = 0; k < all->count; k++)
        if (all->list[k].trains && !all->list[k].binary && which-- == 0)
            return stp_emulator_predict(&regime->emulators[k], x).mean;
    return NAN;
}

static double quantity_at(const trial *t, const stp_posterior *p,
                          const stp_record *record, size_t quantity, const double *z)
{
    size_t d = p->dimensions;
    return quantity < d    ? z[quantity]
           : quantity == d ? stp_posterior_log(&t->options, p, record, z)
                           : predicted(t, p, quantity - d - 1, z);
}

/* Draws that the shared bank's wave left; the truth is one of these. */
static bool is_of_bank(const trial *t, const double *z)
{
    double x[STP_MAX_CALIBRATED];
    if (!t->options.base)
        return true;
    stp_place_of(t->c->dimensions, z, x);
    return stp_likelihood_implausibility(t->options.base, x, t->options.base_record,
                                         t->c->options.cutoff) <= t->c->options.cutoff;
}

static int take_ranks(const trial *t, const stp_posterior *p, const stp_record *record,
                      double *ranks)
{
    double *values = malloc(p->draws * sizeof *values);
    if (!values)
        return stp_no_memory(t->c->context);
    for (size_t q = 0; q < quantity_count(t->c); q++) {
        size_t count = 0;
        for (size_t i = 0; i < p->draws; i++)
            if (is_of_bank(t, p->z + i * p->dimensions))
                values[count++] = quantity_at(t, p, record, q, p->z + i * p->dimensions);
        double truth = quantity_at(t, p, record, q, t->z);
        ranks[q] = isnan(truth) ? NAN : rank_of(values, count, truth);
    }
    free(values);
    return STEPPE_OK;
}

/* ---- one truth ---- */

/* Draw a truth from the prior and run it. */
static int run_truth(trial *t)
{
    for (uint32_t k = 0; k < t->c->width; k++)
        t->z[k] = stp_smc_normal(seed_of(t->c, t->number), TRUTH, 0, k);
    return stp_bank_run(&t->bank, TRUTH_WAVE, 1, t->z, &t->run);
}

/* The truth is a run of the shared bank; the others are what is known. */
static int take_truth(trial *t, stp_wave *rest)
{
    const stp_wave *all = &t->c->second;
    size_t d = t->c->dimensions, count = t->c->statistics.count, n = 0;
    memcpy(t->z, all->z + t->number * d, d * sizeof *t->z);
    double *values = t->run.values;
    t->run = all->runs[t->number];
    t->run.values = memcpy(values, all->runs[t->number].values, count * sizeof *values);
    int status = stp_wave_create(t->c->context, all->count - 1, d, count, rest);
    for (size_t i = 0; status == STEPPE_OK && i < all->count; i++) {
        if (i == t->number)
            continue;
        double *own = rest->runs[n].values;
        memcpy(rest->z + n * d, all->z + i * d, d * sizeof *rest->z);
        rest->runs[n] = all->runs[i];
        rest->runs[n++].values = memcpy(own, all->runs[i].values, count * sizeof *own);
    }
    return status;
}

/* A quantity of a draw of the chains (SIZE_MAX: of the truth): what its own run showed. */
static double quantity_of_chains(const trial *t, const stp_record *record,
                                 size_t quantity, size_t draw)
{
    const stp_chains *all = &t->c->chains;
    size_t d = t->c->dimensions, which = quantity - d - 1;
    const stp_statistics *statistics = &t->c->statistics;
    bool truth = draw == SIZE_MAX;
    if (quantity < d)
        return truth ? t->z[quantity] : all->z[draw * t->c->width + quantity];
    if (quantity == d)
        return truth ? stp_run_log(statistics, record, &t->run)
                     : all->log_likelihood[draw];
    for (size_t k = 0; k < statistics->count; k++)
        if (statistics->list[k].trains && !statistics->list[k].binary && which-- == 0)
            return truth ? t->run.values[k] : all->seen[draw * statistics->count + k];
    return NAN;
}

static int infer_by_chains(trial *t, const stp_record *record, double *ranks)
{
    steppe_calibration *c = t->c;
    int status = stp_chains_posterior(c, record, t->bank.seed, stp_bank_run, &t->bank);
    double *values = malloc((c->chains.draws + 1) * sizeof *values);
    for (size_t q = 0; status == STEPPE_OK && values && q < quantity_count(c); q++) {
        size_t n = 0;
        for (size_t i = 0; i < c->chains.draws; i++) {
            values[n] = quantity_of_chains(t, record, q, i);
            n += !isnan(values[n]);
        }
        double truth = quantity_of_chains(t, record, q, SIZE_MAX);
        ranks[q] = isnan(truth) || n == 0 ? NAN : rank_of(values, n, truth);
    }
    bool whole = values != NULL;
    free(values);
    stp_chains_clear(&c->chains);
    stp_posterior_clear(&c->posterior);
    return whole ? status : stp_no_memory(c->context);
}

static int infer(trial *t, double *ranks)
{
    stp_posterior p;
    make_record(t, t->wanted);
    const stp_record record = {t->run.took_off, t->wanted};
    if (t->c->options.chains)
        return infer_by_chains(t, &record, ranks);
    int status = stp_calibrate(t->c->context, &t->options, &t->c->statistics, &record,
                               stp_bank_run, &t->bank, &p);
    if (status != STEPPE_OK)
        return status;
    status = take_ranks(t, &p, &record, ranks);
    stp_posterior_clear(&p);
    return status;
}

static int try_one(steppe_calibration *c, const stp_watch *watch,
                   const stp_likelihood *base, const stp_record *base_record,
                   size_t number, double *ranks)
{
    trial t = {.c = c,
               .number = number,
               .bank = watch->bank,
               .options = stp_calibration_waves(c)};
    stp_wave rest = {.count = 0};
    t.z = calloc(c->width, sizeof *t.z);
    t.run.values = calloc(c->statistics.count + 1, sizeof *t.run.values);
    t.wanted = calloc(c->statistics.count + 1, sizeof *t.wanted);
    t.bank.store = NULL;
    t.bank.progress = NULL;
    t.bank.seed = t.options.seed = seed_of(c, number);
    int status = t.z && t.run.values && t.wanted ? STEPPE_OK : stp_no_memory(c->context);
    if (status == STEPPE_OK)
        status = base ? take_truth(&t, &rest) : run_truth(&t);
    if (base) {
        t.options.base = base;
        t.options.base_record = base_record;
        t.options.bank = &rest;
        t.options.waves = 1;
    }
    for (size_t q = 0; q < quantity_count(c); q++)
        ranks[q] = NAN;
    if (status == STEPPE_OK && !t.run.stopped)
        status = infer(&t, ranks);
    stp_wave_clear(&rest);
    free(t.z);
    free(t.run.values);
    free(t.wanted);
    return status;
}

/* ---- all truths ---- */

static int report(const steppe_calibration *c, size_t done)
{
    const steppe_calibrate_options *o = &c->options;
    if (!o->progress || o->progress((double)done / (double)o->truths, o->user) == 0)
        return STEPPE_OK;
    return stp_fail(c->context, STEPPE_STOPPED, "stopped");
}

static int try_all(steppe_calibration *c, stp_watch *w, const stp_likelihood *base)
{
    size_t n = c->options.truths, quantities = quantity_count(c);
    const stp_record record = {c->statistics.took_off, c->wanted};
    bool *there = calloc(n + 1, sizeof *there);
    c->ranks = calloc(n * quantities + 1, sizeof *c->ranks);
    int status = there && c->ranks
                     ? stp_calibration_read_truths(w->bank.store, n, quantities, there,
                                                   c->ranks)
                     : stp_no_memory(c->context);
    for (size_t t = 0; status == STEPPE_OK && t < n; t++) {
        double *ranks = c->ranks + t * quantities;
        status = report(c, t);
        if (status == STEPPE_OK && !there[t])
            status = try_one(c, w, base, &record, t, ranks);
        if (status == STEPPE_OK && !there[t])
            status = stp_calibration_add_truth(w->bank.store, t, quantities, ranks);
        c->facts.left_out += status == STEPPE_OK && isnan(ranks[0]);
    }
    c->facts.truths = n;
    free(there);
    return status;
}

int stp_calibration_try(steppe_calibration *c, stp_watch *w)
{
    if (!c->options.bank)
        return try_all(c, w, NULL);
    const stp_record record = {c->statistics.took_off, c->wanted};
    stp_calibrate_options options = stp_calibration_waves(c);
    options.waves = 2;
    options.later = c->options.bank;
    options.last = 0;
    w->bank.total = options.points + options.later;
    int status = stp_calibrate(c->context, &options, &c->statistics, &record,
                               stp_watch_run, w, &c->posterior);
    if (status != STEPPE_OK)
        return status;
    status = try_all(c, w, &c->posterior.fitted[0]);
    stp_posterior_clear(&c->posterior);
    return status;
}

/* ---- the table ---- */

typedef struct rank_row {
    const char *name;
    size_t truths, inside;
    double distance, p, adjusted, share, low, high;
    bool uniform, covers;
} rank_row;

const char *stp_calibration_rank_name(const steppe_calibration *c, size_t quantity)
{
    static const char *const MORE[STP_MORE_RANKS] = {"log likelihood", "first prediction",
                                                     "second prediction"};
    return quantity < c->dimensions ? c->ranges[c->calibrated[quantity]].path
                                    : MORE[quantity - c->dimensions];
}

/* Interval of a share by Clopper and Pearson (1934), each end with `tail`. */
static void share_interval(size_t hits, size_t n, double tail, double *low, double *high)
{
    *high = stp_share_upper(hits, n, 1 - tail);
    *low = 1 - stp_share_upper(n - hits, n, 1 - tail);
}

/* values: space for one per truth. */
static rank_row row_of(const steppe_calibration *c, size_t quantity, double *values)
{
    size_t quantities = quantity_count(c), n = 0, inside = 0;
    for (size_t t = 0; t < c->options.truths; t++) {
        double rank = c->ranks[t * quantities + quantity];
        if (isnan(rank))
            continue;
        values[n++] = rank;
        inside += rank >= 0.05 && rank <= 0.95;
    }
    rank_row row = {stp_calibration_rank_name(c, quantity), n, inside, .p = 1};
    if (n == 0)
        return row;
    stp_test test = stp_uniformity(values, n);
    row.distance = test.statistic;
    row.p = test.p;
    row.share = (double)inside / (double)n;
    share_interval(inside, n, 0.025 / (double)quantities, &row.low, &row.high);
    row.covers = row.low <= 0.9 && row.high >= 0.9;
    return row;
}

#define F(member) STEPPE_FIELD(rank_row, member)
const steppe_column STP_RANK_COLUMNS[STP_RANK_COLUMN_COUNT] = {
    {"name", "quantity", STEPPE_CELL_CODE, F(name)},
    {"truths", "truths", STEPPE_CELL_COUNT, F(truths)},
    {"distance", "distance from uniform", STEPPE_CELL_FIXED, .decimals = 3, F(distance)},
    {"p", "p", STEPPE_CELL_FIXED, .decimals = 3, F(p)},
    {"p_holm", "p (Holm)", STEPPE_CELL_FIXED, .decimals = 3, F(adjusted)},
    {"uniform", "ranks uniform", STEPPE_CELL_FLAG, F(uniform)},
    {"inside", NULL, F(inside)},
    {"coverage", "in 90 % interval", STEPPE_CELL_SHARE, .joined = 2, F(share)},
    {"coverage_low", NULL, STEPPE_CELL_SHARE, F(low)},
    {"coverage_high", NULL, STEPPE_CELL_SHARE, F(high)},
    {"covers", "as it should be", STEPPE_CELL_FLAG, F(covers)}};
#undef F

void stp_calibration_add_ranks(steppe_table *table, const void *object)
{
    const steppe_calibration *c = object;
    size_t n = c->ranks ? quantity_count(c) : 0;
    double *values = malloc((c->options.truths + 1) * sizeof *values);
    double *p = malloc((n + 1) * sizeof *p);
    rank_row *rows = malloc((n + 1) * sizeof *rows);
    bool whole = values && p && rows;
    for (size_t q = 0; whole && q < n; q++) {
        rows[q] = row_of(c, q, values);
        p[q] = rows[q].p;
    }
    whole = whole && stp_holm(p, n) == 0;
    for (size_t q = 0; whole && q < n; q++) {
        rows[q].adjusted = p[q];
        rows[q].uniform = p[q] >= 0.05;
        steppe_table_add(table, &rows[q]);
    }
    free(values);
    free(p);
    free(rows);
}
