#include "study/ensembles/replicate_run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

typedef struct observer {
    const stp_replicate_run *replicate;
    stp_replicate_result *result;
} observer;

static int on_step(const steppe_run *run, void *user)
{
    const observer *w = user;
    const uint64_t link[2] = {w->result->trajectory_digest, steppe_run_digest(run)};
    w->result->trajectory_digest = XXH64(link, sizeof link, 0);
    if (steppe_run_step(run) == w->replicate->watch)
        w->result->checkpoint_digest = steppe_run_digest(run);
    return 0;
}

/* Both are freed by the caller, also after a failure. */
static int keep_series(steppe_context *context, const steppe_scenario *scenario,
                       const stp_meter *meter, stp_replicate_result *result)
{
    size_t weeks = stp_meter_week_count(meter), rows = weeks * stp_region_count(scenario);
    size_t count = stp_meter_day_count(meter);
    result->days = malloc((count ? count : 1) * sizeof *result->days);
    result->weeks = malloc((rows ? rows : 1) * sizeof *result->weeks);
    if (!result->days || !result->weeks)
        return stp_no_memory(context);
    if (count)
        memcpy(result->days, stp_meter_days(meter), count * sizeof *result->days);
    if (rows)
        memcpy(result->weeks, stp_meter_weeks(meter), rows * sizeof *result->weeks);
    result->day_count = count;
    result->week_count = weeks;
    return STEPPE_OK;
}

static int run_it(steppe_context *context, const stp_replicate_run *t,
                  const steppe_scenario *scenario, stp_replicate_result *result)
{
    const steppe_run_options options = {.scale = t->scale,
                                        .seed = t->seed,
                                        .population_seed_given = t->population_held,
                                        .population_seed = t->population_seed,
                                        .steps = t->steps,
                                        .threads = 1};
    observer w = {t, result};
    steppe_run *run = NULL;
    stp_meter *meter = NULL;
    int status = steppe_run_create(context, scenario, &options, &run);
    if (status == STEPPE_OK)
        status = stp_meter_create(context, run, t->from, t->to, &meter);
    if (status == STEPPE_OK)
        status = steppe_run_observe(run, on_step, &w);
    if (status == STEPPE_OK)
        status = steppe_run_advance(run, UINT64_MAX);
    if (status == STEPPE_OK) {
        stp_meter_read(meter, result->outcomes);
        result->digest = steppe_run_digest(run);
        status = keep_series(context, scenario, meter, result);
    }
    stp_meter_free(meter);
    steppe_run_free(run);
    return status;
}

/* A model without a street is solved, in no steps; its digest is of its outcomes. */
static int solve_it(steppe_context *context, const stp_replicate_run *t,
                    const steppe_scenario *scenario, stp_replicate_result *result)
{
    steppe_solution *solution = NULL;
    int status = steppe_solution_create(context, scenario, t->seed, &solution);
    size_t count = status == STEPPE_OK ? steppe_solution_outcome_count(solution) : 0;
    if (status == STEPPE_OK &&
        !(result->solved = calloc(count + 1, sizeof *result->solved)))
        status = stp_no_memory(context);
    for (size_t i = 0; status == STEPPE_OK && i < count; i++) {
        steppe_outcome o;
        steppe_solution_outcome(solution, i, &o);
        stp_replicate_outcome *kept = &result->solved[result->solved_count++];
        snprintf(kept->name, sizeof kept->name, "%s", o.name);
        kept->value = isfinite(o.value) ? o.value : NAN;
        result->digest = XXH64(kept->name, strlen(kept->name), result->digest);
        result->digest = XXH64(&o.value, sizeof o.value, result->digest);
    }
    result->trajectory_digest = result->digest;
    steppe_solution_free(solution);
    return status;
}

int stp_replicate_run_all(steppe_context *context, const stp_replicate_run *t,
                          stp_replicate_result *result)
{
    steppe_scenario *varied = NULL;
    *result = (stp_replicate_result){.days = NULL};
    int status = t->setting_count == 0
                     ? STEPPE_OK
                     : stp_scenario_vary(context, t->scenario, t->settings,
                                         t->setting_count, STP_TO_RUN, &varied);
    const steppe_scenario *scenario = varied ? varied : t->scenario;
    if (status == STEPPE_OK)
        status = strcmp(steppe_scenario_model(scenario), "street") == 0
                     ? run_it(context, t, scenario, result)
                     : solve_it(context, t, scenario, result);
    steppe_scenario_free(varied);
    return status;
}
