/* steppe report RESULTS */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    KEY_OUT = 0x100,
    KEY_FIGURES,
    KEY_MAP,
    KEY_ANSWERS,
    KEY_SEED,
    KEY_SCALE,
    KEY_PAIRS,
    KEY_DRAWS,
    KEY_WIDTH
};

typedef struct arguments {
    const char *results, *out, *figures, *map;
    steppe_ask_options ask;
    const char *of_answers; /* an option that is of answers alone */
    bool answers;
    bool quiet, force;
} arguments;

static const struct argp_option OPTIONS[] = {
    {"out", KEY_OUT, "FILE.html", 0,
     "the page (default: RESULTS with the ending .html); a file that is there is "
     "replaced",
     0},
    {"figures", KEY_FIGURES, "DIR", 0,
     "also write every figure as SVG and PNG and its numbers as CSV into this folder", 0},
    CLI_FORCE_OPTION,
    {"map", KEY_MAP, "FILE.topo.json", 0,
     "boundaries of the units (default: boundaries.topo.json beside the scenario file, "
     "if it "
     "is there)",
     0},
    {"quiet", 'q', NULL, 0, "do not say where the page is", 0},
    {NULL, 0, NULL, 0, "Answers of steppe ask:", 1},
    {"answers", KEY_ANSWERS, "DIR", OPTION_ARG_OPTIONAL,
     "also show the answers to the scenario's questions whose runs are kept in DIR "
     "(default: results/ask); nothing is run",
     1},
    {"seed", KEY_SEED, "S", 0, "they were asked with this --seed (default 1)", 1},
    {"population-seed", CLI_KEY_POPULATION, "N", 0, "... with this --population-seed", 1},
    {"scale", KEY_SCALE, "S", 0, "... with this --scale", 1},
    {"pairs", KEY_PAIRS, "N", 0, "... with this --pairs", 1},
    {"draws", KEY_DRAWS, "N", 0, "... with this --draws", 1},
    {"width", KEY_WIDTH, "W", 0, "... with this --width", 1},
    {0}};

/* Options as they are given to steppe ask. */
static error_t parse_asking(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    steppe_ask_options *o = &a->ask;
    switch (key) {
    case KEY_SEED:
        o->seed = cli_whole(state, "--seed", text, 0, UINT64_MAX);
        a->of_answers = "--seed";
        return 0;
    case CLI_KEY_POPULATION:
        o->population_seed = cli_population(state, text);
        o->population_seed_given = true;
        a->of_answers = "--population-seed";
        return 0;
    case KEY_SCALE:
        o->scale = cli_scale(state, text);
        a->of_answers = "--scale";
        return 0;
    case KEY_PAIRS:
        o->pairs = cli_whole(state, "--pairs", text, 2, 100000);
        a->of_answers = "--pairs";
        return 0;
    case KEY_DRAWS:
        o->draws = cli_whole(state, "--draws", text, 0, 100000);
        o->no_draws = o->draws == 0;
        a->of_answers = "--draws";
        return 0;
    case KEY_WIDTH:
        o->width = cli_width(state, text);
        a->of_answers = "--width";
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case KEY_OUT: a->out = text; return 0;
    case KEY_FIGURES: a->figures = text; return 0;
    case KEY_MAP: a->map = text; return 0;
    case 'q': a->quiet = true; return 0;
    case CLI_KEY_FORCE: a->force = true; return 0;
    case KEY_ANSWERS:
        a->answers = true;
        a->ask.folder = text ? text : a->ask.folder;
        return 0;
    case ARGP_KEY_ARG:
        if (a->results)
            argp_error(state, "one results file at a time; '%s' is one too many", text);
        a->results = text;
        return 0;
    case ARGP_KEY_END:
        if (!a->results)
            argp_error(state, "which RESULTS?");
        if (a->of_answers && !a->answers)
            argp_error(state, "%s is for --answers", a->of_answers);
        return 0;
    default: return parse_asking(key, text, state);
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

/* The path of a program that is looked for as the shell does; NULL if it is not there. The caller
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

int command_report(int argc, char **argv)
{
    static const struct argp ARGP = {
        OPTIONS,
        parse,
        "RESULTS",
        "Make a report of a run, or of an ensemble, from its "
        "results file: one "
        "page of HTML, with map, charts, the "
        "seat of power, the record, answers to questions, "
        "and what it all rests "
        "on. It opens from disk and needs no "
        "network.\v"
        "Exit status: 0 done; 1 the page cannot be written; "
        "2 the results file cannot be read, or "
        "bad usage.",
        NULL,
        NULL,
        NULL};
    arguments a = {.ask = {.seed = 1, .folder = "results/ask"}};
    steppe_context *context = NULL;
    cli_parse(&ARGP, argc, argv, &a);
    char *beside = page_beside(a.results);
    char *png = a.figures ? find_program("rsvg-convert") : NULL;
    int code = beside ? cli_context_create(&context) : EXIT_FAILED;
    const steppe_report_options options = {a.out ? a.out : beside, a.figures, a.map,
                                           a.answers ? &a.ask : NULL, png};
    if (a.figures && !png)
        fputs("steppe: figures are written without PNG: rsvg-convert is missing (Debian: "
              "librsvg2-bin)\n",
              stderr);
    if (code == EXIT_DONE) {
        steppe_context_replace(context, a.force);
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
    free(png);
    free(beside);
    return code;
}
