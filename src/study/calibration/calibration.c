#include "study/calibration/calibration.h"

#include "base/text.h"
#include "record/posterior.h"
#include "scenario/model.h"
#include "scenario/parameter_group.h"

#include <fnmatch.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Number of the wave that predicts, after all of the chains'. */
enum { PREDICTS = 1000000 };

/* ---- set-up ---- */

static int check_options(steppe_calibration *c)
{
    steppe_calibrate_options *o = &c->options;
    bool stated_waves = o->waves > 0;
    o->waves = o->waves ? o->waves : 3;
    o->draws = o->draws ? o->draws : 1000;
    o->predicted = o->predicted ? o->predicted : 100;
    o->cutoff = o->cutoff != 0 ? o->cutoff : 3;
    o->scale = o->scale != 0 ? o->scale : c->scenario->top.scale.value;
    if (!(o->scale >= 1 && o->scale <= 1e9))
        return stp_fail(c->context, STEPPE_BAD_ARGUMENT,
                        "scale must be in [1, 1e9] residents an agent, not %g", o->scale);
    if (o->waves > STP_MAX_WAVES - 2 || o->draws < 100 || o->draws > 100000 ||
        o->predicted > o->draws || !(o->cutoff > 0 && o->cutoff < 1e6) ||
        o->threads < 0 || o->threads > 1024)
        return stp_fail(
            c->context, STEPPE_BAD_ARGUMENT,
            "waves must be in [1, %d], draws in [100, 100000], runs that "
            "predict at most as many as draws, the cutoff above 0, threads in "
            "[0, 1024]",
            STP_MAX_WAVES - 2);
    if (o->chains && (o->chains < 10 || o->chains > 10000))
        return stp_fail(c->context, STEPPE_BAD_ARGUMENT, "chains must be in [10, 10000]");
    if (o->chains && o->predicted > o->chains * STP_CHAIN_MOVES)
        o->predicted = o->chains * STP_CHAIN_MOVES; /* there are no more draws */
    if (o->chains && (o->bank || stated_waves))
        return stp_fail(c->context, STEPPE_BAD_ARGUMENT,
                        "%s belongs to emulators: not with chains of runs",
                        o->bank ? "a bank of runs" : "a number of waves");
    if (o->bank && o->bank <= o->truths)
        return stp_fail(c->context, STEPPE_BAD_ARGUMENT,
                        "a bank of %zu runs is too small for %zu truths", o->bank,
                        o->truths);
    if (strcmp(steppe_scenario_model(c->scenario), "street") != 0)
        return stp_fail(c->context, STEPPE_BAD_ARGUMENT,
                        "%s: the model '%s' has no street to be calibrated",
                        c->scenario->file, steppe_scenario_model(c->scenario));
    return STEPPE_OK;
}

/* Mark the ranges that a name means; false if there are none. */
static bool mark(const steppe_calibration *c, const stp_parameter_group *groups,
                 size_t group_count, const char *name, bool *chosen)
{
    bool found = false;
    for (size_t g = 0; g < group_count; g++)
        for (size_t k = 0; strcmp(groups[g].name, name) == 0 && k < groups[g].count; k++)
            found = chosen[groups[g].members[k]] = true;
    for (size_t k = 0; k < c->range_count; k++)
        if (fnmatch(name, c->ranges[k].path, 0) == 0)
            found = chosen[k] = true;
    return found;
}

/* The groups that the scenario says are inferred; without any, all ranges. */
static void choose_stated(const steppe_calibration *c, const stp_parameter_group *groups,
                          size_t group_count, bool *chosen)
{
    bool any = false;
    for (size_t g = 0; g < group_count; g++)
        for (size_t k = 0; groups[g].infer && k < groups[g].count; k++)
            any = chosen[groups[g].members[k]] = true;
    for (size_t k = 0; !any && k < c->range_count; k++)
        chosen[k] = true;
}

static int choose(steppe_calibration *c, bool *chosen)
{
    const steppe_calibrate_options *o = &c->options;
    stp_parameter_group *groups = NULL;
    size_t count = 0;
    int status = stp_parameter_groups_find(c->context, c->scenario, c->ranges,
                                           c->range_count, STP_UNGROUPED_LEFT_OUT,
                                           &groups, &count);
    for (size_t i = 0; status == STEPPE_OK && i < o->parameter_count; i++)
        if (!mark(c, groups, count, o->parameters[i], chosen))
            status = stp_fail(c->context, STEPPE_BAD_ARGUMENT,
                              "%s: no parameter group and no parameter with a range is "
                              "called '%.200s' (steppe describe lists them)",
                              c->scenario->file, o->parameters[i]);
    if (status == STEPPE_OK && o->parameter_count == 0)
        choose_stated(c, groups, count, chosen);
    stp_parameter_groups_free(groups, count);
    return status;
}

static int choose_parameters(steppe_calibration *c)
{
    bool *chosen = calloc(c->range_count + 1, sizeof *chosen);
    c->calibrated = calloc(c->range_count + 1, sizeof *c->calibrated);
    int status = chosen && c->calibrated ? choose(c, chosen) : stp_no_memory(c->context);
    for (size_t k = 0; status == STEPPE_OK && k < c->range_count; k++)
        if (chosen[k])
            c->calibrated[c->dimensions++] = k;
    c->width = c->dimensions;
    for (size_t k = 0; status == STEPPE_OK && c->options.chains && k < c->range_count;
         k++)
        if (!chosen[k])
            c->calibrated[c->width++] = k;
    free(chosen);
    if (status == STEPPE_OK && c->dimensions == 0)
        return stp_fail(c->context, STEPPE_BAD_SCENARIO,
                        "%s: no value has a range to be calibrated", c->scenario->file);
    if (status == STEPPE_OK && !c->options.chains && c->dimensions > STP_MAX_CALIBRATED)
        return stp_fail(c->context, STEPPE_BAD_ARGUMENT,
                        "%s: has %zu ranges, and at most %d can be inferred: name those "
                        "that the record may tell of, by --parameters; the others follow "
                        "their priors",
                        c->scenario->file, c->dimensions, STP_MAX_CALIBRATED);
    return status;
}

int stp_calibration_set_up(steppe_calibration *c)
{
    int status = check_options(c);
    if (status == STEPPE_OK)
        status = stp_statistics_make(c->context, c->scenario, c->options.scale,
                                     &c->statistics);
    if (status == STEPPE_OK)
        status = stp_ranges_find(c->context, c->scenario, &c->ranges, &c->range_count);
    if (status == STEPPE_OK)
        status = stp_copula_create(c->context, c->scenario, c->ranges, c->range_count,
                                   &c->copula);
    if (status == STEPPE_OK)
        status = choose_parameters(c);
    if (status != STEPPE_OK)
        return status;
    if (c->options.points == 0)
        c->options.points = c->options.chains ? c->options.chains * STP_CHAIN_MOVES
                            : c->dimensions * 10 > 100 ? c->dimensions * 10
                                                       : 100;
    if (c->options.points < 10 || c->options.points > 100000)
        return stp_fail(c->context, STEPPE_BAD_ARGUMENT,
                        "runs a wave must be in [10, 100000]");
    c->wanted = calloc(c->statistics.count + 1, sizeof *c->wanted);
    if (!c->wanted)
        return stp_no_memory(c->context);
    for (size_t k = 0; k < c->statistics.count; k++)
        c->wanted[k] = c->statistics.list[k].wanted;
    return STEPPE_OK;
}

stp_calibrate_options stp_calibration_waves(const steppe_calibration *c)
{
    const steppe_calibrate_options *o = &c->options;
    return (stp_calibrate_options){.dimensions = c->dimensions,
                                   .waves = o->waves,
                                   .points = o->points,
                                   .last = o->points,
                                   .draws = o->draws,
                                   .seed = o->seed,
                                   .cutoff = o->cutoff,
                                   .threads = o->threads};
}

/* ---- the file ---- */

/* All that runs and posterior follow from. */
static void write_design(const steppe_calibration *c, stp_text *text)
{
    const steppe_calibrate_options *o = &c->options;
    stp_text_add(text, "results version %d\nscenario %016llx\nseed %llu\nscale %.17g\n",
                 STEPPE_RESULTS_VERSION,
                 (unsigned long long)steppe_scenario_digest(c->scenario),
                 (unsigned long long)o->seed, o->scale);
    if (o->chains)
        stp_text_add(text, "%zu chains of %d moves from %zu runs of the prior\n",
                     o->chains, STP_CHAIN_MOVES, o->points);
    else
        stp_text_add(text, "waves %zu of %zu runs\ncutoff %.17g\n", o->waves, o->points,
                     o->cutoff);
    stp_text_add(text, "draws %zu\npredicted %zu\nsteps %llu\n", o->draws, o->predicted,
                 (unsigned long long)c->statistics.steps);
    if (o->truths)
        stp_text_add(text, "synthetic truths, bank %zu\n", o->bank);
    for (size_t k = 0; k < c->dimensions; k++)
        stp_text_add(text, "infers %s\n", c->ranges[c->calibrated[k]].path);
    for (size_t k = 0; k < c->statistics.count; k++) {
        const stp_statistic *s = &c->statistics.list[k];
        stp_text_add(text,
                     "%s %s: %.17g, error %.17g, discrepancy %.17g, bias %d %.17g\n",
                     s->trains ? "trains" : "holds out", s->observation->id, s->wanted,
                     s->error, s->discrepancy, s->shared, s->bias);
    }
}

static int open_store(const steppe_calibration *c, stp_calibration_store **store)
{
    stp_text design = {0};
    const char **names = calloc(c->statistics.count + 1, sizeof *names);
    write_design(c, &design);
    int status = names && !design.failed ? STEPPE_OK : stp_no_memory(c->context);
    if (status == STEPPE_OK) {
        for (size_t k = 0; k < c->statistics.count; k++)
            names[k] = c->statistics.list[k].observation->id;
        const stp_calibration_head head = {c->scenario, design.data,
                                           c->ranges,   c->range_count,
                                           names,       c->statistics.count};
        status = stp_calibration_open(c->context, c->options.path, &head, store);
    }
    free(names);
    stp_text_free(&design);
    return status;
}

/* ---- the whole ---- */

/* A copy of runs and their points. */
static int copy_wave(steppe_context *context, size_t dimensions, size_t statistics,
                     size_t n, const double *z, const stp_sample_run *runs,
                     stp_wave *copy)
{
    stp_wave_clear(copy);
    int status = stp_wave_create(context, n, dimensions, statistics, copy);
    if (status != STEPPE_OK)
        return status;
    memcpy(copy->z, z, n * dimensions * sizeof *z);
    for (size_t i = 0; i < n; i++) {
        double *values = copy->runs[i].values;
        copy->runs[i] = runs[i];
        copy->runs[i].values = memcpy(values, runs[i].values,
                                      statistics * sizeof *values);
    }
    return STEPPE_OK;
}

int stp_watch_run(void *user, size_t wave, size_t n, const double *z,
                  stp_sample_run *runs)
{
    stp_watch *w = user;
    int status = stp_bank_run(&w->bank, wave, n, z, runs);
    stp_wave *copy = wave == 1   ? &w->calibration->prior
                     : wave == 2 ? &w->calibration->second
                                 : NULL;
    return status == STEPPE_OK && copy
               ? copy_wave(w->bank.context, w->bank.dimensions, w->bank.statistics->count,
                           n, z, runs, copy)
               : status;
}

/* The ranges' values at the draws; draw i has the place of run i of the wave that predicts. */
static int take_values(steppe_calibration *c, const stp_bank *bank, size_t wave)
{
    size_t n = c->range_count;
    double *place = malloc((n + 1) * sizeof *place);
    c->values = malloc((c->posterior.draws * n + 1) * sizeof *c->values);
    for (size_t i = 0; place && c->values && i < c->posterior.draws; i++)
        stp_bank_values(bank, wave, i, c->posterior.z + i * c->width, place,
                        c->values + i * n);
    bool whole = place && c->values;
    free(place);
    return whole ? STEPPE_OK : stp_no_memory(c->context);
}

/* Draws lie beside their copies: shuffle by a stride that shares no factor with their number. */
static int mix(steppe_context *context, stp_posterior *p)
{
    size_t d = p->dimensions, stride = p->draws * 5 / 8;
    double *z = malloc(p->draws * d * sizeof *z), *logs = malloc(p->draws * sizeof *logs);
    while (stride > 1) {
        size_t a = stride, b = p->draws;
        while (b) {
            size_t rest = a % b;
            a = b;
            b = rest;
        }
        if (a == 1)
            break;
        stride--;
    }
    for (size_t i = 0; z && logs && i < p->draws; i++) {
        size_t from = i * stride % p->draws;
        memcpy(z + i * d, p->z + from * d, d * sizeof *z);
        logs[i] = p->log_likelihood[from];
    }
    if (z && logs) {
        memcpy(p->z, z, p->draws * d * sizeof *z);
        memcpy(p->log_likelihood, logs, p->draws * sizeof *logs);
    }
    bool mixed = z && logs;
    free(z);
    free(logs);
    return mixed ? STEPPE_OK : stp_no_memory(context);
}

static int predict(steppe_calibration *c, stp_bank *bank)
{
    size_t n = c->options.predicted,
           wave = c->options.chains ? PREDICTS : c->options.waves + 2;
    int status = stp_wave_create(c->context, n, c->width, c->statistics.count,
                                 &c->predicted);
    if (status != STEPPE_OK)
        return status;
    memcpy(c->predicted.z, c->posterior.z, n * c->width * sizeof *c->posterior.z);
    status = stp_bank_run(bank, wave, n, c->predicted.z, c->predicted.runs);
    return status == STEPPE_OK ? take_values(c, bank, wave) : status;
}

static void fill_facts(steppe_calibration *c, const stp_bank *bank)
{
    steppe_calibration_facts *f = &c->facts;
    const size_t truths = f->truths, left_out = f->left_out;
    *f = (steppe_calibration_facts){.truths = truths,
                                    .left_out = left_out,
                                    .parameters = c->dimensions,
                                    .ranges = c->range_count,
                                    .observations = c->statistics.count,
                                    .runs = bank->finished,
                                    .made = bank->made,
                                    .failed = bank->failed,
                                    .stopped = bank->stopped,
                                    .evidence = c->posterior.evidence,
                                    .empty = c->posterior.empty};
    for (size_t k = 0; k < c->statistics.count; k++)
        f->training += c->statistics.list[k].trains;
}

static int run_record(steppe_calibration *c, stp_watch *w)
{
    const steppe_calibrate_options *o = &c->options;
    const stp_record record = {c->statistics.took_off, c->wanted};
    const stp_calibrate_options options = stp_calibration_waves(c);
    int status = o->chains ? stp_chains_posterior(c, &record, o->seed, stp_watch_run, w)
                           : stp_calibrate(c->context, &options, &c->statistics, &record,
                                           stp_watch_run, w, &c->posterior);
    if (status == STEPPE_OK)
        status = mix(c->context, &c->posterior);
    return status == STEPPE_OK ? predict(c, &w->bank) : status;
}

static int run(steppe_calibration *c, stp_calibration_store *store)
{
    const steppe_calibrate_options *o = &c->options;
    stp_watch w = {{.context = c->context,
                    .statistics = &c->statistics,
                    .ranges = c->ranges,
                    .range_count = c->range_count,
                    .copula = c->copula,
                    .calibrated = c->calibrated,
                    .dimensions = c->width,
                    .seed = o->seed,
                    .scale = o->scale,
                    .threads = o->threads,
                    .store = store,
                    .progress = o->progress,
                    .user = o->user,
                    /* Of chains, a guess. */
                    .total = (o->chains ? 14 : o->waves + 1) * o->points + o->predicted},
                   c};
    int status = o->truths ? stp_calibration_try(c, &w) : run_record(c, &w);
    fill_facts(c, &w.bank);
    if (status == STEPPE_OK)
        return stp_calibration_finish(store, c->posterior.draws, c->values);
    if (status == STEPPE_STOPPED && stp_calibration_leave(store) != STEPPE_OK)
        return STEPPE_CANNOT_WRITE;
    return status;
}

static int write_posterior(const steppe_calibration *c)
{
    if (!c->options.posterior || c->options.truths)
        return STEPPE_OK;
    return stp_posterior_write(c->context, c->options.posterior, c->scenario, c->ranges,
                               c->range_count, c->posterior.draws, c->values);
}

int steppe_calibrate(steppe_context *context, const steppe_scenario *scenario,
                     const steppe_calibrate_options *options,
                     steppe_calibration **calibration)
{
    *calibration = NULL;
    steppe_calibration *c = calloc(1, sizeof *c);
    if (!c)
        return stp_no_memory(context);
    c->context = context;
    c->scenario = scenario;
    c->options = *options;
    stp_calibration_store *store = NULL;
    int status = stp_calibration_set_up(c);
    if (status == STEPPE_OK && options->posterior && !options->truths)
        status = stp_posterior_try(context, options->posterior);
    if (status == STEPPE_OK)
        status = open_store(c, &store);
    if (status == STEPPE_OK)
        status = run(c, store);
    stp_calibration_close(store);
    if (status == STEPPE_OK)
        status = write_posterior(c);
    if (status != STEPPE_OK) {
        steppe_calibration_free(c);
        return status;
    }
    *calibration = c;
    return STEPPE_OK;
}

void steppe_calibration_free(steppe_calibration *c)
{
    if (!c)
        return;
    stp_posterior_clear(&c->posterior);
    stp_chains_clear(&c->chains);
    stp_wave_clear(&c->prior);
    stp_wave_clear(&c->predicted);
    stp_wave_clear(&c->second);
    free(c->ranks);
    stp_statistics_clear(&c->statistics);
    stp_copula_free(c->copula);
    stp_ranges_free(c->ranges, c->range_count);
    free(c->calibrated);
    free(c->wanted);
    free(c->values);
    free(c);
}

const steppe_calibration_facts *steppe_calibration_facts_of(const steppe_calibration *c)
{
    return &c->facts;
}
