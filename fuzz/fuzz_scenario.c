/* Any bytes as a scenario file: an error that says where, or a scenario that reads back
 * to itself and, if it is small, runs alike on both engines. */
#include "fuzz.h"

#include "scenario/range.h"
#include "scenario/scenario.h"

#include <math.h>

/* Small enough for a run of a few milliseconds; cells are what a lattice costs. */
static bool is_tiny(const steppe_scenario *s)
{
    double cells = 0;
    if (strcmp(steppe_scenario_model(s), "street") != 0)
        return false;
    if (s->district_count >= 20 || steppe_scenario_residents(s) >= 5000)
        return false;
    for (size_t i = 0; i < s->district_count; i++)
        cells += s->districts[i].width.given
                     ? s->districts[i].width.value * s->districts[i].height.value
                     : s->districts[i].population.value / s->citizens.density.value;
    return cells < 10000;
}

static void must_run_alike(steppe_context *context, const steppe_scenario *s,
                           steppe_schedule schedule)
{
    steppe_run *a, *b;
    steppe_run_options options = {.seed = 1,
                                  .steps = 2,
                                  .threads = 1,
                                  .schedule = schedule};
    int status = steppe_run_create(context, s, &options, &a);
    options.engine = STEPPE_REFERENCE;
    MUST(steppe_run_create(context, s, &options, &b) == status, "%s",
         steppe_context_message(context));
    for (int step = 0; status == STEPPE_OK && step <= 2; step++) {
        MUST(steppe_run_digest(a) == steppe_run_digest(b), "step %d", step);
        for (size_t i = 0; i < steppe_run_district_count(a); i++)
            MUST(memcmp(&steppe_run_counts(a)[i], &steppe_run_counts(b)[i],
                        sizeof(steppe_counts)) == 0,
                 "step %d, district %zu", step, i);
        MUST(steppe_run_advance(a, 1) == STEPPE_OK, "step %d", step);
        MUST(steppe_run_advance(b, 1) == STEPPE_OK, "step %d", step);
    }
    steppe_run_free(a);
    steppe_run_free(b);
}

/* Small enough to be solved in milliseconds; persons, ties, places and steps are what it
 * costs. */
static bool is_quick(const steppe_scenario *s)
{
    return strcmp(steppe_scenario_model(s), "street") != 0 &&
           s->threshold.persons.value < 10000 && s->threshold.list.count < 10000 &&
           s->network.persons.value < 100 && s->network.steps.value < 1000 &&
           s->district_count < 5 &&
           s->time.steps.value * s->contagion.substeps.value < 1000 &&
           s->actor_count < 6 && s->expected_utility.rounds.value < 10;
}

static void must_be_solved(steppe_context *context, const steppe_scenario *s)
{
    steppe_solution *solution;
    steppe_outcome o;
    int status = steppe_solution_create(context, s, 1, &solution);
    MUST(status == STEPPE_OK || status == STEPPE_BAD_SCENARIO, "%s",
         steppe_context_message(context));
    for (size_t i = 0; solution && steppe_solution_outcome(solution, i, &o) == STEPPE_OK;
         i++)
        MUST(isfinite(o.value), "%s", o.name);
    steppe_solution_free(solution);
}

static void must_have_entries(const steppe_scenario *s)
{
    steppe_entry e;
    for (size_t i = 0; i < steppe_scenario_entry_count(s); i++) {
        MUST(steppe_scenario_entry(s, i, &e) == STEPPE_OK, "entry %zu", i);
        MUST(e.path && e.value && e.range && e.unit && e.kind && e.source && e.note &&
                 e.meaning && e.prior,
             "entry %zu", i);
    }
    steppe_observation_error o;
    for (size_t i = 0; steppe_scenario_observation_error(s, i, &o) == STEPPE_OK; i++)
        MUST(isfinite(o.total) && o.total > 0, "%s: %g", o.id, o.total);
}

/* Draws lie in their ranges, at every corner of the cube and between, and correlations have a copula. */
static void must_be_drawn(steppe_context *context, const steppe_scenario *s)
{
    enum { MAX_DRAWN = 200 };
    stp_range *ranges;
    stp_copula *copula;
    size_t count;
    double point[MAX_DRAWN], values[MAX_DRAWN];
    MUST(stp_ranges_find(context, s, &ranges, &count) == STEPPE_OK, "ranges");
    MUST(stp_copula_create(context, s, ranges, count, &copula) == STEPPE_OK, "copula");
    for (int part = 0; part < 5 && count <= MAX_DRAWN; part++) {
        for (size_t k = 0; k < count; k++)
            point[k] = k % 2 ? part / 5.0 : 1 - (part + 1) / 5.0;
        stp_ranges_draw(ranges, count, copula, point, values);
        for (size_t k = 0; k < count; k++)
            MUST(values[k] >= ranges[k].low && values[k] <= ranges[k].high, "%s: %g",
                 ranges[k].path, values[k]);
    }
    stp_copula_free(copula);
    stp_ranges_free(ranges, count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    steppe_context *context;
    steppe_scenario *scenario;
    if (steppe_context_create(&context) != STEPPE_OK)
        return 0;
    int status = steppe_scenario_parse(context, "fuzz.yaml", data, size, NULL, 0,
                                       &scenario);
    if (status == STEPPE_OK) {
        must_read_back(context, scenario);
        must_have_entries(scenario);
        must_be_drawn(context, scenario);
        if (is_quick(scenario))
            must_be_solved(context, scenario);
        if (is_tiny(scenario)) {
            must_run_alike(context, scenario, STEPPE_SEQUENTIAL);
            must_run_alike(context, scenario, STEPPE_TILES);
        }
    } else {
        const char *message = steppe_context_message(context);
        unsigned line, column;
        MUST(status == STEPPE_BAD_SCENARIO && !scenario, "%s", message);
        MUST(sscanf(message, "fuzz.yaml:%u:%u: ", &line, &column) == 2 && line > 0 &&
                 column > 0,
             "%s", message);
    }
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return 0;
}
