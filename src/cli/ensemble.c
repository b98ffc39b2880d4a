/* steppe ensemble SCENARIO */
#include "cli.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct ensemble {
    const cli_options *options;
    const steppe_scenario *scenario;
    const char *path;
    steppe_ensemble_summary summary;
    steppe_ensemble_table *table;
    double seconds;
} ensemble;

static steppe_table *outcomes_table(const void *object, const char *name)
{
#define F(member) STEPPE_FIELD(steppe_ensemble_row, member)
    static const steppe_column OUTCOMES[] = {
        {"name", "outcome", F(name)},
        {"unit", "unit", F(unit)},
        {"meaning", NULL, F(meaning)},
        {"replicates", NULL, F(count)},
        {"mean", NULL, F(mean)},
        {"q5", "5 %", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[0])},
        {"q25", "25 %", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[1])},
        {"q50", "median", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[2])},
        {"q75", "75 %", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[3])},
        {"q95", "95 %", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[4])}};
#undef F
    steppe_table *table = steppe_table_create(OUTCOMES,
                                              sizeof OUTCOMES / sizeof *OUTCOMES);
    const ensemble *e = object;
    steppe_ensemble_row row;
    (void)name;
    for (size_t i = 0; steppe_ensemble_row_at(e->table, i, &row) == STEPPE_OK; i++)
        steppe_table_add(table, &row);
    return table;
}

static json_t *json_of(const void *object)
{
    const ensemble *e = object;
    const cli_options *o = e->options;
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:f, s:o, s:o, s:o}", "title",
                     steppe_scenario_title(e->scenario), "replicates",
                     (json_int_t)o->replicates, "existing_replicates",
                     (json_int_t)e->summary.there, "made", (json_int_t)e->summary.made,
                     "failed", (json_int_t)e->summary.failed, "ranges",
                     (json_int_t)e->summary.ranges, "seconds", e->seconds, "results",
                     cli_text(e->path), "warnings",
                     cli_warnings_json(e->scenario, o->scale, NULL), "population_seed",
                     cli_population_json(cli_given(o, "population-seed"),
                                         o->population_seed));
}

static void print(const void *object)
{
    const ensemble *e = object;
    const cli_options *o = e->options;
    char words[160], ranges[220] = "", failed[80] = "", text[440];
    if (e->summary.ranges)
        snprintf(ranges, sizeof ranges, ", %zu parameter%s %s", e->summary.ranges,
                 steppe_plural((double)e->summary.ranges),
                 steppe_sampling_words(e->scenario, o->sampling, o->replicates, words));
    if (e->summary.failed)
        snprintf(failed, sizeof failed,
                 "; %zu of all FAILED (table 'replicate' says why)", e->summary.failed);
    snprintf(text, sizeof text,
             "%zu replicate%s from seed %llu%s; %zu existed, %zu made in %.1f s%s",
             o->replicates, steppe_plural((double)o->replicates),
             (unsigned long long)o->seed, ranges, e->summary.there, e->summary.made,
             e->seconds, failed);
    screen_put(steppe_scenario_title(e->scenario));
    putchar('\n');
    cli_wrap(text, 0);
    if (strcmp(steppe_scenario_model(e->scenario), "street") == 0)
        printf("population: %s\n",
               cli_population_words(cli_given(o, "population-seed"), o->population_seed,
                                    "all runs", "each run", words));
    cli_print_table(outcomes_table(e, "outcomes"));
    printf("\n%-16s%s\n\nA model, not a forecast: what happens in it, under these "
           "assumptions.\n",
           "results", e->path);
}

static int work(void *user, steppe_context *context, steppe_scenario *scenario)
{
    const cli_options *o = user;
    char path[160];
    ensemble e = {.options = o,
                  .scenario = scenario,
                  .path = cli_results_path(o, scenario, "ensemble", path)};
    if (!o->quiet)
        cli_warn(scenario, o->scale, NULL);
    int code = progress_ensemble(o, context, scenario, e.path, &e.summary, &e.seconds);
    if (code != EXIT_DONE)
        return code;
    int status = steppe_ensemble_table_open(context, e.path, &e.table);
    if (status != STEPPE_OK)
        return cli_report(context, status);
    code = cli_show(o, context,
                    &(cli_finding){&e, outcomes_table, NULL, json_of, NULL, print});
    steppe_ensemble_table_free(e.table);
    return cli_failed(code, e.summary.failed, o->replicates, e.summary.failure,
                      o->keep_going);
}

int command_ensemble(int argc, char **argv)
{
    static const char *const TABLES[] = {"outcomes", NULL};
    static const struct argp ARGP = {
        .args_doc = "SCENARIO",
        .doc =
            "Run a scenario many times, over seeds and, with --sample, over its "
            "parameter ranges, on all cores, into one results file.\v"
            "Each run goes into the file whole or not at all. After an interruption or a "
            "crash the same command makes exactly the runs that are missing. A run that "
            "fails (parameters drawn that contradict each other) is noted with the "
            "reason, and counted at every call. Exit status: 0 done, 1 failed, or a run "
            "in the file has failed (--keep-going: 0 then), 2 bad input or usage, 130 "
            "interrupted."};
    cli_options o = {.has = CLI_SET | CLI_SEED | CLI_POPULATION | CLI_SCALE | CLI_STEPS |
                            CLI_REPLICATES | CLI_SAMPLE | CLI_WIDTH | CLI_THREADS |
                            CLI_KEEP_GOING | CLI_OUT_FILE | CLI_JSON | CLI_CSV |
                            CLI_QUIET,
                     .least = 1,
                     .most = 1,
                     .tables = TABLES,
                     .out_default = "results/NAME-ensemble.sqlite",
                     .seed = 1,
                     .replicates = 100};
    return cli_with_scenario(&ARGP, argc, argv, &o, work);
}
