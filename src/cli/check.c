/* steppe check FILE */
#include "cli.h"

#include <stdio.h>

typedef struct arguments {
    const char *file;
    settings settings;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case 's':
        if (settings_add(&a->settings, text))
            argp_error(state, "too many --set options");
        return 0;
    case ARGP_KEY_ARG:
        if (a->file)
            argp_error(state, "one file at a time; '%s' is one too many", text);
        a->file = text;
        return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "which FILE?"); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

int command_check(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {{"set", 's', "KEY=VALUE", 0,
                                                  "replace a value of the file", 0},
                                                 {0}};
    static const struct argp ARGP = {OPTIONS,
                                     parse,
                                     "FILE",
                                     "Check a scenario file: exit status 0 if it can be "
                                     "run, 2 with a message that names "
                                     "file, line and column if it cannot.",
                                     NULL,
                                     NULL,
                                     NULL};
    arguments a = {0};
    steppe_context *context;
    steppe_scenario *scenario;
    cli_parse(&ARGP, argc, argv, &a);
    if (steppe_context_create(&context) != STEPPE_OK)
        return EXIT_FAILED;
    int status = steppe_scenario_open(context, a.file, a.settings.texts, a.settings.count,
                                      &scenario);
    int code = EXIT_DONE;
    if (status == STEPPE_OK) {
        char residents[32];
        printf(
            "%s: good: %s; %s residents, %zu districts, %zu events, %llu steps, digest "
            "%016llx\n",
            a.file, steppe_scenario_title(scenario),
            cli_grouped((double)steppe_scenario_residents(scenario), residents),
            steppe_scenario_district_count(scenario),
            steppe_scenario_event_count(scenario),
            (unsigned long long)steppe_scenario_steps(scenario),
            (unsigned long long)steppe_scenario_digest(scenario));
        code = cli_close_output(EXIT_DONE);
        steppe_scenario_free(scenario);
    } else {
        code = cli_report(context, status);
    }
    steppe_context_free(context);
    return code;
}
