/* steppe report RESULTS */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_OUT = 0x100, KEY_FIGURES, KEY_MAP };

typedef struct arguments {
    const char *results, *out, *figures, *map;
    bool quiet;
} arguments;

static const struct argp_option OPTIONS[] = {
    {"out", KEY_OUT, "FILE.html", 0,
     "the page (default: RESULTS with the ending .html); a file that is there is "
     "replaced",
     0},
    {"figures", KEY_FIGURES, "DIR", 0,
     "also write every figure as SVG and its numbers as CSV into this folder", 0},
    {"map", KEY_MAP, "FILE.topo.json", 0,
     "boundaries of the units (default: boundaries.topo.json beside the scenario file, "
     "if it "
     "is there)",
     0},
    {"quiet", 'q', NULL, 0, "do not say where the page is", 0},
    {0}};

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case KEY_OUT: a->out = text; return 0;
    case KEY_FIGURES: a->figures = text; return 0;
    case KEY_MAP: a->map = text; return 0;
    case 'q': a->quiet = true; return 0;
    case ARGP_KEY_ARG:
        if (a->results)
            argp_error(state, "one results file at a time; '%s' is one too many", text);
        a->results = text;
        return 0;
    case ARGP_KEY_END:
        if (!a->results)
            argp_error(state, "which RESULTS?");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* RESULTS with another ending; the caller frees it. */
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

int command_report(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS,
                                     parse,
                                     "RESULTS",
                                     "Make a report of a run from its results file: one "
                                     "page of HTML, with map, charts, the "
                                     "seat of power, the record, and what it all rests "
                                     "on. It opens from disk and needs no "
                                     "network.\v"
                                     "Exit status: 0 done; 1 the page cannot be written; "
                                     "2 the results file cannot be read, or "
                                     "bad usage.",
                                     NULL,
                                     NULL,
                                     NULL};
    arguments a = {0};
    steppe_context *context = NULL;
    cli_parse(&ARGP, argc, argv, &a);
    char *beside = page_beside(a.results);
    int code = beside ? cli_context_create(&context) : EXIT_FAILED;
    const steppe_report_options options = {a.out ? a.out : beside, a.figures, a.map};
    if (code == EXIT_DONE) {
        int status = steppe_report_write(context, a.results, &options);
        if (status != STEPPE_OK)
            code = cli_report(context, status);
    }
    if (code == EXIT_DONE && !a.quiet) {
        printf("report: %s\n", options.page);
        if (a.figures)
            printf("figures: %s\n", a.figures);
        code = cli_close_output(EXIT_DONE);
    }
    steppe_context_free(context);
    free(beside);
    return code;
}
