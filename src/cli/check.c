/* steppe check FILE */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static error_t parse(int key, char *text, struct argp_state *state)
{
    if (key == ARGP_KEY_NO_ARGS)
        argp_error(state, "which FILE?");
    return cli_scenario_key(key, text, state, state->input);
}

static void print_good(const scenario_arguments *a, const steppe_scenario *scenario)
{
    screen_put(a->file);
    fputs(": good: ", stdout);
    screen_put(steppe_scenario_title(scenario));
}

int command_check(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {CLI_SET_OPTION, {0}};
    static const struct argp ARGP = {OPTIONS,
                                     parse,
                                     "FILE",
                                     "Check a scenario file: exit status 0 if it can be "
                                     "run, 2 with a message that names "
                                     "file, line and column if it cannot.",
                                     NULL,
                                     NULL,
                                     NULL};
    scenario_arguments a = {0};
    steppe_context *context;
    steppe_scenario *scenario;
    cli_parse(&ARGP, argc, argv, &a);
    int code = cli_scenario_open(&a, &context, &scenario);
    bool street = code == EXIT_DONE &&
                  strcmp(steppe_scenario_model(scenario), "street") == 0;
    if (street) { /* do its people fit? */
        const steppe_run_options plan = {.plan_only = true};
        steppe_run *run;
        int status = steppe_run_create(context, scenario, &plan, &run);
        code = status == STEPPE_OK ? EXIT_DONE : cli_report(context, status);
        steppe_run_free(run);
    }
    for (size_t i = 0; code == EXIT_DONE && i < steppe_scenario_question_count(scenario);
         i++) {
        int status = steppe_question_check(context, scenario, i);
        code = status == STEPPE_OK ? EXIT_DONE : cli_report(context, status);
    }
    if (code == EXIT_DONE && !street) {
        print_good(&a, scenario);
        printf("; model %s, digest %016llx\n", steppe_scenario_model(scenario),
               (unsigned long long)steppe_scenario_digest(scenario));
        code = cli_close_output(EXIT_DONE);
    } else if (code == EXIT_DONE) {
        char residents[32];
        print_good(&a, scenario);
        printf(
            "; %s residents, %zu districts, %zu events, %llu steps, digest "
            "%016llx\n",
            cli_grouped((double)steppe_scenario_residents(scenario), residents),
            steppe_scenario_district_count(scenario),
            steppe_scenario_event_count(scenario),
            (unsigned long long)steppe_scenario_steps(scenario),
            (unsigned long long)steppe_scenario_digest(scenario));
        code = cli_close_output(EXIT_DONE);
    }
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return code;
}
