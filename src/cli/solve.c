#include "solve.h"

#include "cli.h"

#include <signal.h>
#include <stdio.h>

static steppe_table *outcomes_table(const steppe_solution *solution)
{
    static const steppe_column OUTCOMES[] = {
        {"name", "name", STEPPE_FIELD(steppe_outcome, name)},
        {"value", "value", STEPPE_CELL_NUMBER, 6, STEPPE_FIELD(steppe_outcome, value)},
        {"unit", "unit", STEPPE_FIELD(steppe_outcome, unit)},
        {"meaning", "meaning", STEPPE_FIELD(steppe_outcome, meaning)}};
    steppe_table *table = steppe_table_create(OUTCOMES,
                                              sizeof OUTCOMES / sizeof *OUTCOMES);
    steppe_outcome o;
    for (size_t i = 0; steppe_solution_outcome(solution, i, &o) == STEPPE_OK; i++)
        steppe_table_add(table, &o);
    return table;
}

static int print_json(const cli_options *o, const steppe_scenario *scenario,
                      const steppe_solution *solution, const char *path)
{
    json_t *object = json_pack("{s:s, s:s, s:s, s:o, s:s, s:i, s:o, s:o, s:o}", "status",
                               "complete", "title", steppe_scenario_title(scenario),
                               "model", steppe_scenario_model(scenario),
                               "scenario_digest",
                               cli_digest_json(steppe_scenario_digest(scenario)),
                               "version", steppe_version(), "results_version",
                               STEPPE_RESULTS_VERSION, "seed", cli_seed_json(o->seed),
                               "results", cli_text(path), "settings",
                               cli_settings_json(scenario));
    steppe_table *table = outcomes_table(solution);
    json_object_set_new(object, "outcomes", steppe_table_json(table));
    steppe_table_free(table);
    return cli_print_json(object);
}

static int print_outcomes(const cli_options *o, const steppe_scenario *scenario,
                          const steppe_solution *solution, const char *path)
{
    screen_put(steppe_scenario_title(scenario));
    printf("\nmodel %s, seed %llu\n", steppe_scenario_model(scenario),
           (unsigned long long)o->seed);
    cli_print_table(outcomes_table(solution));
    putchar('\n');
    cli_print_settings(scenario);
    printf("%-16s%s\n", "results", path);
    printf("\nA model, not a forecast: what follows in it, under these assumptions.\n");
    return cli_close_output(EXIT_DONE);
}

/* A signal ends the solving at once, but not the writing, which is short: it would leave half a file. */
static int keep(const cli_options *o, steppe_context *context,
                const steppe_solution *solution, steppe_recorder **recorder)
{
    sigset_t signals, before;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, &before);
    int status = steppe_recorder_write_solution(context, o->out, solution, recorder);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

int cli_solve(const cli_options *o, steppe_context *context,
              const steppe_scenario *scenario)
{
    steppe_solution *solution;
    steppe_recorder *recorder = NULL;
    int code = EXIT_DONE;
    int status = steppe_solution_create(context, scenario, o->seed, &solution);
    if (status == STEPPE_OK)
        status = keep(o, context, solution, &recorder);
    if (status != STEPPE_OK)
        code = cli_report(context, status);
    else if (o->json)
        code = print_json(o, scenario, solution, steppe_recorder_path(recorder));
    else if (o->csv)
        code = cli_print_csv(outcomes_table(solution));
    else if (!o->quiet)
        code = print_outcomes(o, scenario, solution, steppe_recorder_path(recorder));
    steppe_recorder_free(recorder);
    steppe_solution_free(solution);
    return code;
}
