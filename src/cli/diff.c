/* steppe diff A B */
#include "cli.h"

#include <stdio.h>

typedef struct arguments {
    const char *files[2];
    int count;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (a->count == 2)
            argp_error(state, "two files are compared; '%s' is one too many", text);
        a->files[a->count++] = text;
        return 0;
    case ARGP_KEY_END:
        if (a->count < 2)
            argp_error(state, "which two results files?");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

int command_diff(int argc, char **argv)
{
    static const struct argp ARGP = {NULL,
                                     parse,
                                     "A B",
                                     "Compare two results files step by step and name "
                                     "the first step that differs. Exit "
                                     "status 0 if every step is the same, 1 if one "
                                     "(or the fields that it found) differs, 2 if a "
                                     "file cannot be read.",
                                     NULL,
                                     NULL,
                                     NULL};
    arguments a = {0};
    steppe_context *context;
    steppe_difference d;
    cli_parse(&ARGP, argc, argv, &a);
    if (cli_context_create(&context) != EXIT_DONE)
        return EXIT_FAILED;
    int status = steppe_results_diff(context, a.files[0], a.files[1], &d);
    int code;
    if (status != STEPPE_OK) {
        code = cli_report(context, status);
    } else {
        if (d.settings[0])
            printf("note: %s\n", d.settings);
        printf("%s%s\n", d.same ? "same: " : "first difference: ", d.what);
        code = cli_close_output(d.same ? EXIT_DONE : EXIT_FAILED);
    }
    steppe_context_free(context);
    return code;
}
