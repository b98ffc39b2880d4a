/* steppe diff A B */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

int command_diff(int argc, char **argv)
{
    static const struct argp ARGP = {
        .args_doc = "A B",
        .doc = "Compare two results files step by step and name the first step that "
               "differs. "
               "Exit status: 0 if every step is the same, 1 if one (or the fields in it) "
               "differs, 2 if a file cannot be read."};
    cli_options o = {.least = 2, .most = 2};
    steppe_context *context;
    steppe_difference d;
    cli_parse(&ARGP, argc, argv, &o);
    int code = cli_context_create(&context);
    if (code == EXIT_DONE) {
        int status = steppe_results_diff(context, o.arguments[0], o.arguments[1], &d);
        code = status == STEPPE_OK ? EXIT_DONE : cli_report(context, status);
    }
    if (code == EXIT_DONE) {
        if (d.settings[0])
            printf("note: %s\n", d.settings);
        printf("%s%s\n", d.same ? "same: " : "first difference: ", d.what);
        code = cli_close_output(d.same ? EXIT_DONE : EXIT_FAILED);
    }
    steppe_context_free(context);
    free(o.arguments);
    return code;
}
