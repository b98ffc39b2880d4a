#include "study/risk/risk.h"

#include "base/text.h"
#include "record/ensemble.h"
#include "record/results.h"
#include "seat/seat.h"
#include "study/scale/scale.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t steppe_risk_weeks(const steppe_scenario *s, uint64_t steps)
{
    steps = steps ? steps : steppe_scenario_steps(s);
    bool street = strcmp(steppe_scenario_model(s), "street") == 0;
    return street && steps ? (size_t)(stp_day_of_step(s, steps) / 7) + 1 : 0;
}

/* ---- the file of an ensemble ---- */

typedef struct held {
    stp_region_week *values; /* of the complete replicates, packed */
    size_t count, failed, weeks;
    uint64_t seed, steps, replicates;
    double scale;
    char sampling[16],
        population[24]; /* population: its seed; "": each run has its own */
} held;

static int read_facts(steppe_context *context, const char *path, sqlite3 *db,
                      const steppe_scenario *s, bool same, held *h)
{
    static const char *const KEYS[] = {"model",        "runs_digest", "settings",
                                       "steps",        "seed",        "replicates",
                                       "scale",        "sampling",    "population_seed",
                                       "design_digest"};
    char facts[10][64], digest[32];
    int status = STEPPE_OK;
    for (int k = 0; k < 10 && status == STEPPE_OK; k++)
        status = stp_results_fact(context, path, db, KEYS[k], facts[k], sizeof facts[k]);
    if (status != STEPPE_OK)
        return status;
    if (strcmp(facts[0], "ensemble") != 0)
        return stp_fail(context, STEPPE_BAD_RESULTS, "%s: holds no ensemble", path);
    if (*facts[9] && strcmp(facts[7], "posterior") != 0)
        return stp_fail(context, STEPPE_BAD_RESULTS,
                        "%s: holds the design of a sensitivity analysis, which is no "
                        "sample of what may happen: give an ensemble",
                        path);
    snprintf(digest, sizeof digest, "%016llx", (unsigned long long)s->runs_digest);
    if (same && (strcmp(facts[1], digest) != 0 || *facts[2]))
        return stp_fail(context, STEPPE_BAD_RESULTS,
                        "%s: is of another scenario than %s, or of other settings", path,
                        s->file);
    h->steps = strtoull(facts[3], NULL, 10);
    h->seed = strtoull(facts[4], NULL, 10);
    h->replicates = strtoull(facts[5], NULL, 10);
    h->scale = strtod(facts[6], NULL);
    snprintf(h->sampling, sizeof h->sampling, "%.15s", facts[7]);
    snprintf(h->population, sizeof h->population, "%.23s", facts[8]);
    if (h->steps == 0)
        return stp_fail(context, STEPPE_BAD_RESULTS, "%s: table 'run' has no 'steps'",
                        path);
    h->weeks = steppe_risk_weeks(s, h->steps);
    if (h->weeks > 0)
        return STEPPE_OK;
    return stp_fail(context, STEPPE_BAD_ARGUMENT, "%s: the model '%s' has no street",
                    s->file, steppe_scenario_model(s));
}

/* Move the complete replicates to the front. */
static void pack(held *h, const bool *there, size_t most, size_t rows)
{
    for (size_t i = 0; i < most; i++) {
        if (there[i] && h->count != i)
            memcpy(h->values + h->count * rows, h->values + i * rows,
                   rows * sizeof *h->values);
        h->count += there[i];
    }
    h->failed = most - h->count;
}

/* same: refuse another scenario. The caller frees values in any case. */
static int load(steppe_context *context, const steppe_scenario *s, const char *path,
                bool same, held *h)
{
    sqlite3 *db = NULL;
    bool *there = NULL;
    size_t most = 0;
    *h = (held){.values = NULL};
    int status = stp_results_open(context, path, &db);
    if (status == STEPPE_OK)
        status = read_facts(context, path, db, s, same, h);
    if (status == STEPPE_OK)
        status = stp_ensemble_size(context, path, db, &most);
    size_t rows = h->weeks * stp_region_count(s);
    if (status == STEPPE_OK) {
        h->values = calloc(most * rows + 1, sizeof *h->values);
        there = calloc(most + 1, sizeof *there);
        status = h->values && there ? stp_ensemble_weeks(context, path, db, s, h->weeks,
                                                         h->values, there, most)
                                    : stp_no_memory(context);
    }
    if (status == STEPPE_OK)
        pack(h, there, most, rows);
    free(there);
    sqlite3_close(db);
    return status;
}

/* ---- the object ---- */

static int copy_paths(steppe_risk *r, const steppe_risk_options *o)
{
    r->path = stp_copy(o->path);
    r->against = stp_copy(o->against ? o->against : "");
    return r->path && r->against ? STEPPE_OK : stp_no_memory(r->context);
}

static int take_main(steppe_risk *r, const steppe_risk_options *o, held *h)
{
    int status = load(r->context, r->scenario, o->path, true, h);
    r->values = h->values;
    if (status != STEPPE_OK)
        return status;
    if (h->count < 4)
        return stp_fail(r->context, STEPPE_BAD_RESULTS,
                        "%s: has %zu complete replicates; a risk needs at least 4",
                        o->path, h->count);
    size_t to = o->to ? o->to : h->weeks, from = o->from ? o->from : 1;
    if (from > to || to > h->weeks)
        return stp_fail(r->context, STEPPE_BAD_ARGUMENT,
                        "weeks %zu to %zu: the run has weeks 1 to %zu", from, to,
                        h->weeks);
    snprintf(r->sampling, sizeof r->sampling, "%s", h->sampling);
    r->first = from - 1;
    r->last = to - 1;
    r->facts = (steppe_risk_facts){
        .replicates = h->count,
        .failed = h->failed,
        .regions = stp_region_count(r->scenario),
        .weeks = h->weeks,
        .from = from,
        .to = to,
        .last_days = (size_t)(stp_day_of_step(r->scenario, h->steps) % 7) + 1,
        .trained = (h->count + 1) / 2,
        .evaluated = h->count / 2,
        .scale = h->scale,
        .unrest_share = r->scenario->outcome.unrest_share.value,
        .sampling = r->sampling,
        .population_held = *h->population != '\0',
        .population_seed = strtoull(h->population, NULL, 10),
        .path = r->path,
        .against = r->against,
        .districts = r->scenario->district_count,
        .coarse = stp_coarse_districts(r->scenario, h->scale)};
    return STEPPE_OK;
}

/* The other ensemble must have as many weeks, and other seeds. */
static int take_other(steppe_risk *r, const steppe_risk_options *o, const held *h)
{
    held other;
    int status = load(r->context, r->scenario, o->against, false, &other);
    r->other = other.values;
    if (status != STEPPE_OK)
        return status;
    if (other.weeks != h->weeks)
        return stp_fail(r->context, STEPPE_BAD_RESULTS, "%s: has %zu weeks, and %s %zu",
                        o->against, other.weeks, o->path, h->weeks);
    if (other.seed < h->seed + h->replicates && h->seed < other.seed + other.replicates)
        return stp_fail(
            r->context, STEPPE_BAD_RESULTS,
            "%s: has seeds that %s has: forecasts are evaluated on other seeds "
            "(--seed)",
            o->against, o->path);
    if (other.count < 2)
        return stp_fail(r->context, STEPPE_BAD_RESULTS,
                        "%s: has %zu complete replicates; an evaluation needs at least 2",
                        o->against, other.count);
    r->facts.trained = h->count;
    r->facts.evaluated = other.count;
    return STEPPE_OK;
}

int steppe_risk_open(steppe_context *context, const steppe_scenario *scenario,
                     const steppe_risk_options *options, steppe_risk **risk)
{
    held h;
    *risk = NULL;
    steppe_risk *r = calloc(1, sizeof *r);
    if (!r)
        return stp_no_memory(context);
    *r = (steppe_risk){.context = context, .scenario = scenario};
    int status = copy_paths(r, options);
    if (status == STEPPE_OK)
        status = take_main(r, options, &h);
    if (status == STEPPE_OK && options->against)
        status = take_other(r, options, &h);
    if (status == STEPPE_OK)
        status = stp_risk_rank(r);
    if (status == STEPPE_OK && r->last > r->first)
        status = stp_risk_try(r);
    if (status == STEPPE_OK)
        status = stp_risk_recall(r);
    if (status != STEPPE_OK) {
        steppe_risk_free(r);
        return status;
    }
    *risk = r;
    return STEPPE_OK;
}

void steppe_risk_free(steppe_risk *r)
{
    if (!r)
        return;
    free(r->path);
    free(r->against);
    free(r->values);
    free(r->other);
    free(r->regions);
    free(r->weeks);
    free(r->cells);
    free(r->grid);
    free(r->records);
    free(r);
}

/* ---- reading ---- */

const steppe_risk_facts *steppe_risk_read(const steppe_risk *r)
{
    return &r->facts;
}

const steppe_risk_record_facts *steppe_risk_record_read(const steppe_risk *r)
{
    return &r->record;
}

int steppe_risk_region_at(const steppe_risk *r, size_t index, steppe_risk_region *row)
{
    if (index >= r->facts.regions)
        return STEPPE_BAD_ARGUMENT;
    *row = r->regions[index];
    return STEPPE_OK;
}

int steppe_risk_cell_at(const steppe_risk *r, size_t index, steppe_risk_cell *row)
{
    if (index >= r->cell_count)
        return STEPPE_BAD_ARGUMENT;
    *row = r->cells[index];
    return STEPPE_OK;
}
