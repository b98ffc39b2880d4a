/* steppe report RESULTS */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_OUT = 0x100, KEY_FIGURES, KEY_MAP, KEY_ANSWERS };

typedef struct arguments {
    cli_options common;
    const char *out, *figures, *map, *answers;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    static const char *const OF_ANSWERS[] = {"seed",   "population-seed",
                                             "scale",  "pairs",
                                             "draws",  "width",
                                             "sample", NULL};
    arguments *a = state->input;
    switch (key) {
    case KEY_OUT: a->out = text; return 0;
    case KEY_FIGURES: a->figures = text; return 0;
    case KEY_MAP: a->map = text; return 0;
    case KEY_ANSWERS: a->answers = text ? text : "results/ask"; return 0;
    case ARGP_KEY_END: {
        const char *given = cli_first_given(&a->common, OF_ANSWERS);
        if (given && !a->answers)
            argp_error(state, "--%s requires --answers", given);
        return 0;
    }
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* RESULTS with the ending .html; the caller frees it. */
static char *page_beside(const char *results)
{
    const char *dot = strrchr(results, '.'), *slash = strrchr(results, '/');
    size_t length = dot && dot > (slash ? slash + 1 : results) ? (size_t)(dot - results)
                                                               : strlen(results);
    char *page = malloc(length + sizeof ".html");
    if (page)
        snprintf(page, length + sizeof ".html", "%.*s.html", (int)length, results);
    return page;
}

/* The path of a program, found as the shell does; NULL if it is not there. The caller
 * frees it. */
static char *find_program(const char *name)
{
    const char *at = getenv("PATH");
    while (at && *at) {
        size_t length = strcspn(at, ":");
        char *path = malloc(length + strlen(name) + 4);
        if (!path)
            return NULL;
        snprintf(path, length + strlen(name) + 4, "%.*s/%s", length ? (int)length : 1,
                 length ? at : ".", name);
        struct stat is;
        if (stat(path, &is) == 0 && S_ISREG(is.st_mode) && access(path, X_OK) == 0)
            return path;
        free(path);
        at += length + (at[length] == ':');
    }
    return NULL;
}

static int write_report(const arguments *a, const char *page)
{
    const cli_options *o = &a->common;
    steppe_ask_options ask = cli_ask_options(o);
    ask.folder = a->answers;
    char *png = a->figures ? find_program("rsvg-convert") : NULL;
    const steppe_report_options options = {page, a->figures, a->map,
                                           a->answers ? &ask : NULL, png};
    steppe_context *context = NULL;
    int code = cli_context_create(&context);
    if (a->figures && !png)
        fputs("steppe: figures are written without PNG: rsvg-convert is missing (Debian: "
              "librsvg2-bin)\n",
              stderr);
    if (code == EXIT_DONE) {
        steppe_context_replace(context, o->force);
        int status = steppe_report_write(context, o->arguments[0], &options);
        code = status == STEPPE_OK ? EXIT_DONE : cli_report(context, status);
    }
    if (code == EXIT_DONE && !o->quiet) {
        printf("report: %s\n", page);
        if (a->figures)
            printf("figures: %s\n", a->figures);
        code = cli_close_output(EXIT_DONE);
    }
    steppe_context_free(context);
    free(png);
    return code;
}

int command_report(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"out", KEY_OUT, "FILE.html", 0,
         "the page, replaced if it exists (default: RESULTS with the ending .html)", 0},
        {"figures", KEY_FIGURES, "DIR", 0,
         "also write every figure as SVG and PNG, and its numbers as CSV, into this "
         "folder",
         0},
        {"map", KEY_MAP, "FILE.topo.json", 0,
         "boundaries of the units (default: boundaries.topo.json beside the scenario "
         "file)",
         0},
        {"answers", KEY_ANSWERS, "DIR", OPTION_ARG_OPTIONAL,
         "also show the answers to the scenario's questions whose runs are kept in DIR "
         "(default: results/ask); nothing is run. --seed, --scale and so on: as they "
         "were "
         "given to 'steppe ask'",
         0},
        {0}};
    static const struct argp ARGP = {
        OPTIONS, parse, .args_doc = "RESULTS",
        .doc =
            "Make a report of a run, or of an ensemble, from its results file: one page "
            "of HTML, with map, charts, the seat of power, the record, answers to "
            "questions, and what it all rests on. It opens from disk and needs no "
            "network.\v"
            "Exit status: 0 done; 1 the page cannot be written; 2 the results file "
            "cannot be read, or bad usage."};
    arguments a = {.common = {.has = CLI_SEED | CLI_POPULATION | CLI_SCALE | CLI_PAIRS |
                                     CLI_WIDTH | CLI_SOURCE | CLI_FORCE | CLI_QUIET,
                              .least = 1,
                              .most = 1,
                              .seed = 1}};
    cli_parse(&ARGP, argc, argv, &a);
    char *beside = page_beside(a.common.arguments[0]);
    int code = beside ? write_report(&a, a.out ? a.out : beside) : cli_no_memory();
    free(beside);
    free(a.common.arguments);
    return code;
}
