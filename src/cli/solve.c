#include "solve.h"

#include "cli.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* Whole numbers in full, others with six digits; into buffer (at least 32 bytes). */
static const char *value_text(double value, char *buffer)
{
    if (value == floor(value) && fabs(value) < 1e15)
        return cli_grouped(value, buffer);
    snprintf(buffer, 32, "%.6g", value);
    return buffer;
}

static int print_json(const solve_arguments *a, const steppe_scenario *scenario,
                      const steppe_solution *solution, const char *path)
{
    char digest[20], seed[24];
    snprintf(digest, sizeof digest, "%016llx",
             (unsigned long long)steppe_scenario_digest(scenario));
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)a->seed);
    json_t *outcomes = json_array();
    steppe_outcome o;
    for (size_t i = 0; steppe_solution_outcome(solution, i, &o) == STEPPE_OK; i++)
        json_array_append_new(outcomes, json_pack("{s:s, s:o, s:s, s:s}", "name", o.name,
                                                  "value", cli_real(o.value), "unit",
                                                  o.unit, "meaning", o.meaning));
    return cli_print_json(json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:o, s:o, s:o}",
                                    "status", "complete", "title",
                                    steppe_scenario_title(scenario), "model",
                                    steppe_scenario_model(scenario), "scenario_digest",
                                    digest, "version", steppe_version(),
                                    "results_version", STEPPE_RESULTS_VERSION, "seed",
                                    seed, "results", cli_text(path), "outcomes", outcomes,
                                    "settings", cli_settings_json(scenario)));
}

static int print_outcomes(const solve_arguments *a, const steppe_scenario *scenario,
                          const steppe_solution *solution, const char *path)
{
    int widths[3] = {4, 5, 4};
    char value[32];
    steppe_outcome o;
    for (size_t i = 0; steppe_solution_outcome(solution, i, &o) == STEPPE_OK; i++) {
        const int lengths[] = {screen_width(o.name),
                               screen_width(value_text(o.value, value)),
                               screen_width(o.unit)};
        for (int k = 0; k < 3; k++)
            widths[k] = lengths[k] > widths[k] ? lengths[k] : widths[k];
    }
    screen_put(steppe_scenario_title(scenario));
    putchar('\n');
    printf("model %s, seed %llu\n\n", steppe_scenario_model(scenario),
           (unsigned long long)a->seed);
    printf("%-*s  %*s  %-*s  meaning\n", widths[0], "name", widths[1], "value", widths[2],
           "unit");
    for (size_t i = 0; steppe_solution_outcome(solution, i, &o) == STEPPE_OK; i++)
        printf("%-*s  %*s  %-*s  %s\n", widths[0], o.name, widths[1],
               value_text(o.value, value), widths[2], o.unit, o.meaning);
    putchar('\n');
    cli_print_settings(scenario);
    printf("results         %s\n", path);
    printf("\nA model, not a forecast: what follows in it, under these assumptions.\n");
    return cli_close_output(EXIT_DONE);
}

/* A signal ends the solving at once, but not the writing, which is short: it would leave
 * half a file. */
static int keep(const solve_arguments *a, steppe_context *context,
                const steppe_solution *solution, steppe_recorder **recorder)
{
    sigset_t signals, before;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, &before);
    int status = steppe_recorder_keep(context, a->folder, solution, recorder);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

int cli_solve(const solve_arguments *a, steppe_context *context,
              const steppe_scenario *scenario)
{
    steppe_solution *solution;
    steppe_recorder *recorder = NULL;
    int code = EXIT_DONE;
    int status = steppe_solution_create(context, scenario, a->seed, &solution);
    if (status == STEPPE_OK)
        status = keep(a, context, solution, &recorder);
    if (status != STEPPE_OK)
        code = cli_report(context, status);
    else if (a->json)
        code = print_json(a, scenario, solution, steppe_recorder_path(recorder));
    else if (!a->quiet)
        code = print_outcomes(a, scenario, solution, steppe_recorder_path(recorder));
    steppe_recorder_free(recorder);
    steppe_solution_free(solution);
    return code;
}
