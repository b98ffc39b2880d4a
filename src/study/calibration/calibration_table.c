/* The tables of a calibration. */
#include "study/calibration/calibration.h"

#include "base/normal.h"
#include "scenario/observable.h"
#include "study/stats/crps.h"
#include "study/stats/interval.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { QUANTILES = 3 };
static const double SHARES[QUANTILES] = {0.05, 0.5, 0.95};

/* Quantiles of values[0 .. n-1], which are sorted. */
static void quantiles_of(double *values, size_t n, double *quantiles)
{
    size_t there = stp_sort(values, n);
    for (int q = 0; q < QUANTILES; q++)
        quantiles[q] = stp_quantile(values, there, SHARES[q]);
}

/* ---- parameters ---- */

typedef struct parameter_row {
    const char *path, *unit;
    double value, prior[QUANTILES], posterior[QUANTILES];
    double narrower; /* by which share the spread of the place in the prior fell */
    unsigned told;
} parameter_row;

static const char *const TOLD[] = {"not identified", "partly", "identified"};

/* The spread of a uniform number. */
static const double UNIFORM = 0.28867513459481287;

/* By which share the spread of a parameter's place in the prior fell. */
static double narrower_by(const steppe_calibration *c, size_t k, double *workspace)
{
    const stp_posterior *p = &c->posterior;
    for (size_t i = 0; i < p->draws; i++)
        workspace[i] = stp_normal(p->z[i * p->dimensions + k]);
    return fmax(0, 1 - stp_deviation(workspace, p->draws) / UNIFORM);
}

static unsigned told_by(double narrower)
{
    return narrower >= 0.5 ? 2 : narrower >= 0.2 ? 1 : 0;
}

unsigned stp_calibration_told(const steppe_calibration *c, size_t parameter,
                              double *workspace)
{
    return told_by(narrower_by(c, parameter, workspace));
}

static parameter_row parameter_row_of(const steppe_calibration *c, size_t k,
                                      double *workspace)
{
    const stp_posterior *p = &c->posterior;
    size_t range = c->calibrated[k];
    const stp_range *r = &c->ranges[range];
    parameter_row row = {.path = r->path, .unit = r->parameter->unit, .value = r->value};
    row.narrower = narrower_by(c, k, workspace);
    row.told = told_by(row.narrower);
    for (int q = 0; q < QUANTILES; q++)
        row.prior[q] = stp_range_at(r, SHARES[q]);
    for (size_t i = 0; i < p->draws; i++)
        workspace[i] = c->values[i * c->range_count + range];
    quantiles_of(workspace, p->draws, row.posterior);
    return row;
}

static void add_parameters(steppe_table *table, const void *object)
{
    const steppe_calibration *c = object;
    double *workspace = malloc(c->posterior.draws * sizeof *workspace);
    for (size_t k = 0; workspace && c->values && k < c->dimensions; k++) {
        parameter_row row = parameter_row_of(c, k, workspace);
        steppe_table_add(table, &row);
    }
    free(workspace);
}

/* ---- observations ---- */

typedef struct observation_row {
    const char *id, *title, *unit;
    unsigned role;
    double observed, low, high, prior[QUANTILES], posterior[QUANTILES];
    double prior_score, posterior_score; /* on the statistic's scale */
    size_t defined;                      /* runs of the posterior that have a value */
} observation_row;

static const char *const ROLES[] = {"held out", "trains"};

/* Values of a statistic over the runs of a wave, on its scale. */
static size_t values_of(const stp_wave *wave, size_t k, double *values)
{
    size_t n = 0;
    for (size_t i = 0; i < wave->count; i++)
        if (!isnan(wave->runs[i].values[k]))
            values[n++] = wave->runs[i].values[k];
    return n;
}

static void describe(const stp_statistic *s, const stp_wave *wave, size_t k,
                     double *workspace, double *quantiles, double *score, size_t *defined)
{
    *defined = values_of(wave, k, workspace);
    *score = stp_crps(workspace, *defined, s->wanted);
    quantiles_of(workspace, *defined, quantiles);
    for (int q = 0; q < QUANTILES; q++)
        quantiles[q] = stp_statistic_natural(s, quantiles[q]);
}

void stp_calibration_scores(const steppe_calibration *c, size_t statistic,
                            double *workspace, double *prior, double *posterior)
{
    double wanted = c->statistics.list[statistic].wanted;
    *prior = stp_crps(workspace, values_of(&c->prior, statistic, workspace), wanted);
    *posterior = stp_crps(workspace, values_of(&c->predicted, statistic, workspace),
                          wanted);
}

static void add_observations(steppe_table *table, const void *object)
{
    const steppe_calibration *c = object;
    size_t most = c->prior.count > c->predicted.count ? c->prior.count
                                                      : c->predicted.count;
    double *workspace = malloc((most + 1) * sizeof *workspace);
    for (size_t k = 0; workspace && c->values && k < c->statistics.count; k++) {
        const stp_statistic *s = &c->statistics.list[k];
        const stp_observation *o = s->observation;
        size_t of_prior;
        observation_row row = {.id = o->id,
                               .title = o->title,
                               .unit = STP_OBSERVABLES[(size_t)o->measure.value].unit,
                               .role = s->trains,
                               .observed = o->wanted,
                               .low = o->low,
                               .high = o->high};
        describe(s, &c->prior, k, workspace, row.prior, &row.prior_score, &of_prior);
        describe(s, &c->predicted, k, workspace, row.posterior, &row.posterior_score,
                 &row.defined);
        steppe_table_add(table, &row);
    }
    free(workspace);
}

/* ---- parameters that trade off ---- */

typedef struct pair_row {
    const char *first, *second;
    double correlation;
} pair_row;

static double correlation_of(const stp_posterior *p, size_t a, size_t b)
{
    double mean_a = 0, mean_b = 0, aa = 0, bb = 0, ab = 0, n = (double)p->draws;
    for (size_t i = 0; i < p->draws; i++) {
        mean_a += p->z[i * p->dimensions + a] / n;
        mean_b += p->z[i * p->dimensions + b] / n;
    }
    for (size_t i = 0; i < p->draws; i++) {
        double x = p->z[i * p->dimensions + a] - mean_a;
        double y = p->z[i * p->dimensions + b] - mean_b;
        aa += x * x;
        bb += y * y;
        ab += x * y;
    }
    return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

static void add_pairs(steppe_table *table, const void *object)
{
    const steppe_calibration *c = object;
    for (size_t a = 0; c->values && a < c->dimensions; a++)
        for (size_t b = a + 1; b < c->dimensions; b++) {
            const pair_row row = {c->ranges[c->calibrated[a]].path,
                                  c->ranges[c->calibrated[b]].path,
                                  correlation_of(&c->posterior, a, b)};
            if (fabs(row.correlation) >= 0.3)
                steppe_table_add(table, &row);
        }
}

/* ---- waves ---- */

typedef struct wave_row {
    size_t wave, points, stopped, took_off, trained;
    double plausible, least;
} wave_row;

static void add_waves(steppe_table *table, const void *object)
{
    const steppe_calibration *c = object;
    for (size_t w = 0; w < c->posterior.wave_count; w++) {
        const stp_wave_note *n = &c->posterior.notes[w];
        const wave_row row = {w + 1,      n->points,    n->stopped, n->took_off,
                              n->trained, n->plausible, n->least};
        steppe_table_add(table, &row);
    }
}

/* ---- levels of the chains ---- */

static void add_levels(steppe_table *table, const void *object)
{
    const steppe_calibration *c = object;
    for (size_t k = 0; k < c->chains.level_count; k++)
        steppe_table_add(table, &c->chains.levels[k]);
}

/* ---- columns ---- */

#define F(member) STEPPE_FIELD(parameter_row, member)
#define Q(title, list, member)                              \
    {                                                       \
        list "_" title, NULL, STEPPE_CELL_NUMBER, F(member) \
    }
static const steppe_column PARAMETERS[] = {
    {"path", "parameter", STEPPE_CELL_CODE, F(path)},
    {"unit", "unit", F(unit), .wide = true},
    {"value", "value", STEPPE_CELL_NUMBER, F(value)},
    {"prior_q50", "prior (5 to 95 %)", STEPPE_CELL_NUMBER, .joined = 2, F(prior[1])},
    {"prior_q5", NULL, STEPPE_CELL_NUMBER, F(prior[0])},
    {"prior_q95", NULL, STEPPE_CELL_NUMBER, F(prior[2])},
    {"posterior_q50", "posterior", STEPPE_CELL_NUMBER, .joined = 2, F(posterior[1])},
    {"posterior_q5", NULL, STEPPE_CELL_NUMBER, F(posterior[0])},
    {"posterior_q95", NULL, STEPPE_CELL_NUMBER, F(posterior[2])},
    {"narrower", "narrower by", STEPPE_CELL_SHARE, F(narrower)},
    {"told", "by the record", .words = TOLD, F(told)}};
#undef Q
#undef F
#define F(member) STEPPE_FIELD(observation_row, member)
static const steppe_column OBSERVATIONS[] = {
    {"id", "observation", F(id)},
    {"title", "title", F(title), .wide = true},
    {"unit", "unit", F(unit), .wide = true},
    {"role", "role", .words = ROLES, F(role)},
    {"observed", "record", STEPPE_CELL_NUMBER, .joined = 2, F(observed)},
    {"low", NULL, STEPPE_CELL_NUMBER, F(low)},
    {"high", NULL, STEPPE_CELL_NUMBER, F(high)},
    {"prior_q50", "prior predicts", STEPPE_CELL_NUMBER, .joined = 2, F(prior[1])},
    {"prior_q5", NULL, STEPPE_CELL_NUMBER, F(prior[0])},
    {"prior_q95", NULL, STEPPE_CELL_NUMBER, F(prior[2])},
    {"posterior_q50", "posterior predicts", STEPPE_CELL_NUMBER, .joined = 2,
     F(posterior[1])},
    {"posterior_q5", NULL, STEPPE_CELL_NUMBER, F(posterior[0])},
    {"posterior_q95", NULL, STEPPE_CELL_NUMBER, F(posterior[2])},
    {"prior_score", "prior's CRPS", STEPPE_CELL_NUMBER, F(prior_score), .wide = true},
    {"posterior_score", "CRPS", STEPPE_CELL_NUMBER, F(posterior_score)},
    {"defined", "runs with a value", STEPPE_CELL_COUNT, F(defined), .wide = true}};
#undef F
#define F(member) STEPPE_FIELD(pair_row, member)
static const steppe_column PAIRS[] = {{"first", "parameter", STEPPE_CELL_CODE, F(first)},
                                      {"second", "and", STEPPE_CELL_CODE, F(second)},
                                      {"correlation", "correlation in the posterior",
                                       STEPPE_CELL_SIGNED, .decimals = 2,
                                       F(correlation)}};
#undef F
#define F(member) STEPPE_FIELD(stp_chains_level, member)
static const steppe_column LEVELS[] = {
    {"power", "power of the likelihood", STEPPE_CELL_NUMBER, F(power)},
    {"possible", "possible", STEPPE_CELL_COUNT, F(possible)},
    {"ancestors", "ancestors", STEPPE_CELL_COUNT, F(ancestors)},
    {"accepted", "accepted", STEPPE_CELL_SHARE, F(accepted[0])},
    {"accepted_others", "accepted, of others", STEPPE_CELL_SHARE, F(accepted[1])},
    {"scale", "step", STEPPE_CELL_NUMBER, F(scale[0])},
    {"scale_others", "step of others", STEPPE_CELL_NUMBER, F(scale[1])}};
#undef F
#define F(member) STEPPE_FIELD(wave_row, member)
static const steppe_column WAVES[] = {
    {"wave", "wave", STEPPE_CELL_COUNT, F(wave)},
    {"points", "runs", STEPPE_CELL_COUNT, F(points)},
    {"stopped", "stopped", STEPPE_CELL_COUNT, F(stopped)},
    {"took_off", "took off", STEPPE_CELL_COUNT, F(took_off)},
    {"trained", "fitted to", STEPPE_CELL_COUNT, F(trained)},
    {"plausible", "of the prior left", STEPPE_CELL_NUMBER, F(plausible)},
    {"least", "least implausibility of the next", STEPPE_CELL_NUMBER, F(least)}};
#undef F

steppe_table *steppe_calibration_table(const steppe_calibration *c, const char *name)
{
    static const steppe_table_kind KINDS[] = {
        {"parameters", STEPPE_COLUMNS(PARAMETERS), add_parameters},
        {"observations", STEPPE_COLUMNS(OBSERVATIONS), add_observations},
        {"trade-offs", STEPPE_COLUMNS(PAIRS), add_pairs},
        {"waves", STEPPE_COLUMNS(WAVES), add_waves},
        {"levels", STEPPE_COLUMNS(LEVELS), add_levels},
        {"ranks", STP_RANK_COLUMNS, STP_RANK_COLUMN_COUNT, stp_calibration_add_ranks},
        {0}};
    return steppe_table_make(KINDS, name, c);
}
