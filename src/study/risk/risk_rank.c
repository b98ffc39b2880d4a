/* Ranks regions, weeks and region-weeks by risk; evaluates forecasts inside the model. */
#include "study/risk/risk.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const stp_region_week *week_of(const steppe_risk *r, size_t replicate, size_t week)
{
    return r->values + (replicate * r->facts.weeks + week) * r->facts.regions;
}

/* ---- rows ---- */

static void fill_cells(steppe_risk *r)
{
    double n = (double)r->facts.replicates, sum = 0;
    for (size_t w = r->first; w <= r->last; w++)
        for (size_t k = 0; k < r->facts.regions; k++) {
            size_t hits = 0;
            double share = 0;
            for (size_t i = 0; i < r->facts.replicates; i++) {
                hits += week_of(r, i, w)[k].unrest;
                share += week_of(r, i, w)[k].share / n;
            }
            stp_interval risk = stp_share_interval(hits, r->facts.replicates);
            r->grid[r->cell_count] = (steppe_risk_cell){w + 1,
                                                        k,
                                                        stp_region_id(r->scenario, k),
                                                        stp_region_name(r->scenario, k),
                                                        risk.estimate,
                                                        risk.low,
                                                        risk.high,
                                                        share};
            r->cells[r->cell_count] = r->grid[r->cell_count];
            r->cell_count++;
            sum += risk.estimate;
        }
    r->facts.mean = sum / (double)r->cell_count;
}

static void fill_region(steppe_risk *r, size_t k)
{
    size_t hits = 0;
    double weeks = 0, shares = 0, n = (double)r->facts.replicates;
    for (size_t i = 0; i < r->facts.replicates; i++) {
        size_t of = 0;
        double most = 0;
        for (size_t w = r->first; w <= r->last; w++) {
            of += week_of(r, i, w)[k].unrest;
            most = fmax(most, week_of(r, i, w)[k].share);
        }
        hits += of > 0;
        weeks += (double)of / n;
        shares += most / n;
    }
    stp_interval risk = stp_share_interval(hits, r->facts.replicates);
    r->regions[k] = (steppe_risk_region){.id = stp_region_id(r->scenario, k),
                                         .name = stp_region_name(r->scenario, k),
                                         .index = k,
                                         .risk = risk.estimate,
                                         .low = risk.low,
                                         .high = risk.high,
                                         .weeks = weeks,
                                         .share = shares};
}

static void fill_week(steppe_risk *r, size_t w)
{
    size_t hits = 0;
    double regions = 0, n = (double)r->facts.replicates;
    for (size_t i = 0; i < r->facts.replicates; i++) {
        size_t of = 0;
        for (size_t k = 0; k < r->facts.regions; k++)
            of += week_of(r, i, w)[k].unrest;
        hits += of > 0;
        regions += (double)of / n;
    }
    stp_interval risk = stp_share_interval(hits, r->facts.replicates);
    steppe_risk_week *row = &r->weeks[r->week_count++];
    *row = (steppe_risk_week){.week = w + 1,
                              .risk = risk.estimate,
                              .low = risk.low,
                              .high = risk.high,
                              .regions = regions};
    steppe_scenario_day(r->scenario, 7 * w, row->begins);
}

static void fill_any(steppe_risk *r)
{
    size_t hits = 0;
    for (size_t i = 0; i < r->facts.replicates; i++) {
        bool any = false;
        for (size_t w = r->first; w <= r->last; w++)
            for (size_t k = 0; k < r->facts.regions; k++)
                any = any || week_of(r, i, w)[k].unrest;
        hits += any;
    }
    stp_interval risk = stp_share_interval(hits, r->facts.replicates);
    r->facts.any = risk.estimate;
    r->facts.any_low = risk.low;
    r->facts.any_high = risk.high;
}

/* ---- order ---- */

static int by_region_risk(const void *a, const void *b)
{
    const steppe_risk_region *x = a, *y = b;
    if (x->risk != y->risk)
        return x->risk < y->risk ? 1 : -1;
    if (x->share != y->share)
        return x->share < y->share ? 1 : -1;
    return x->index < y->index ? -1 : 1;
}

static int by_cell_risk(const void *a, const void *b)
{
    const steppe_risk_cell *x = a, *y = b;
    if (x->risk != y->risk)
        return x->risk < y->risk ? 1 : -1;
    if (x->share != y->share)
        return x->share < y->share ? 1 : -1;
    if (x->week != y->week)
        return x->week < y->week ? -1 : 1;
    return x->region < y->region ? -1 : 1;
}

static void order(steppe_risk *r)
{
    size_t n = r->facts.regions;
    qsort(r->regions, n, sizeof *r->regions, by_region_risk);
    qsort(r->cells, r->cell_count, sizeof *r->cells, by_cell_risk);
    for (size_t i = 0; i < n; i++) {
        size_t above = 0, below = 0;
        for (size_t k = 0; k < n; k++) {
            above += r->regions[k].low > r->regions[i].high;
            below += r->regions[k].high < r->regions[i].low;
        }
        r->regions[i].best = 1 + above;
        r->regions[i].worst = n - below;
    }
}

int stp_risk_rank(steppe_risk *r)
{
    size_t weeks = r->last - r->first + 1, n = r->facts.regions;
    r->regions = calloc(n + 1, sizeof *r->regions);
    r->weeks = calloc(weeks, sizeof *r->weeks);
    r->cells = calloc(weeks * n + 1, sizeof *r->cells);
    r->grid = calloc(weeks * n + 1, sizeof *r->grid);
    if (!r->regions || !r->weeks || !r->cells || !r->grid)
        return stp_no_memory(r->context);
    fill_cells(r);
    for (size_t k = 0; k < n; k++)
        fill_region(r, k);
    for (size_t w = r->first; w <= r->last; w++)
        fill_week(r, w);
    fill_any(r);
    order(r);
    return STEPPE_OK;
}

/* ---- forecasts ---- */

static const struct {
    const char *name, *meaning;
} FORECASTS[STP_FORECAST_COUNT] = {
    [STP_FORECAST_CLIMATE] = {"one number",
                              "the share of all regions and weeks: the reference"},
    [STP_FORECAST_REGION] = {"region", "the share of the region's weeks"},
    [STP_FORECAST_WEEK] = {"week", "the share of the week's regions"},
    [STP_FORECAST_REGION_WEEK] = {"region and week", "the risk of that week there"},
    [STP_FORECAST_STATE] = {"warning", "how often unrest followed a week like the last"},
    [STP_FORECAST_STATE_WEEK] =
        {"warning and week", "how often it followed such a week in this week of the run"},
};

static const char *const STATES[STP_STATES] = {"calm here, calm elsewhere",
                                               "calm here, unrest far away",
                                               "calm here, unrest nearby",
                                               "unrest here, calm elsewhere",
                                               "unrest here, unrest far away",
                                               "unrest here, unrest nearby"};

static int evaluate(steppe_risk *r, const stp_forecast_trials *t, int f)
{
    const stp_cases cases = stp_forecast_trials_cases(t, (stp_forecast)f);
    steppe_risk_forecast *row = &r->forecasts[f];
    stp_brier brier;
    stp_interval skill;
    stp_bin bins[STP_BINS];
    if (stp_brier_of(&cases, &brier) ||
        stp_skill_of(&cases, t->forecasts[STP_FORECAST_CLIMATE], &skill) ||
        stp_reliability(&cases, bins))
        return stp_no_memory(r->context);
    *row = (steppe_risk_forecast){.name = FORECASTS[f].name,
                                  .meaning = FORECASTS[f].meaning,
                                  .cases = cases.count,
                                  .brier = brier.score,
                                  .reliability = brier.reliability,
                                  .resolution = brier.resolution,
                                  .uncertainty = brier.uncertainty,
                                  .skill = skill.estimate,
                                  .low = f == STP_FORECAST_CLIMATE ? NAN : skill.low,
                                  .high = f == STP_FORECAST_CLIMATE ? NAN : skill.high};
    for (size_t i = 0; i < cases.count; i++) {
        bool warned = cases.forecast[i] >= 0.5, came = cases.happened[i];
        size_t *counts[2][2] = {{&row->quiet, &row->misses},
                                {&row->false_alarms, &row->hits}};
        ++*counts[warned][came];
    }
    for (size_t b = 0; b < STP_BINS; b++) {
        const stp_interval *share = &bins[b].happened;
        if (share->n)
            r->bins[f][r->bin_counts[f]++] = (steppe_risk_bin){fmax(0, (double)b - 1) /
                                                                   10,
                                                               fmin(10, (double)b) / 10,
                                                               bins[b].forecast,
                                                               share->estimate,
                                                               share->low,
                                                               share->high,
                                                               share->n};
    }
    return STEPPE_OK;
}

static void fill_states(steppe_risk *r, const stp_forecast_trials *t)
{
    for (size_t i = 0; i < STP_STATES; i++) {
        const stp_interval *a = &t->states[i].trained, *b = &t->states[i].evaluated;
        if (a->n + b->n)
            r->states[r->state_count++] =
                (steppe_risk_state){STATES[i], a->n,        b->n,   a->estimate, a->low,
                                    a->high,   b->estimate, b->low, b->high};
    }
}

int stp_risk_try(steppe_risk *r)
{
    size_t n = r->facts.regions, rows = r->facts.weeks * n;
    stp_forecast_trials trials = {.count = 0};
    bool *near = calloc(n * n + 1, sizeof *near);
    const stp_runs learn = {r->values, r->facts.trained, r->facts.weeks, n},
                   test = {r->other ? r->other : r->values + r->facts.trained * rows,
                           r->facts.evaluated, r->facts.weeks, n};
    int status = !near || stp_regions_near(r->scenario, near) ||
                         stp_forecast_trials_make(&learn, &test, near, r->first, r->last,
                                                  &trials)
                     ? stp_no_memory(r->context)
                     : STEPPE_OK;
    for (size_t i = 0; near && i < n * n; i++)
        r->facts.near = r->facts.near || near[i];
    for (int f = 0; f < STP_FORECAST_COUNT && status == STEPPE_OK; f++)
        status = evaluate(r, &trials, f);
    if (status == STEPPE_OK) {
        r->forecast_count = STP_FORECAST_COUNT;
        fill_states(r, &trials);
    }
    stp_forecast_trials_clear(&trials);
    free(near);
    return status;
}
