/* steppe ensemble SCENARIO */
#include "cli.h"
#include "progress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    KEY_SEED = 0x100,
    KEY_SCALE,
    KEY_STEPS,
    KEY_SAMPLE,
    KEY_WIDTH,
    KEY_THREADS,
    KEY_JSON
};

typedef struct arguments {
    scenario_arguments scenario;
    steppe_ensemble_options options;
    bool json, quiet, keep_going;
} arguments;

static const struct argp_option OPTIONS[] = {
    {"replicates", 'n', "N", 0, "how many runs (default 100)", 0},
    {"sample", KEY_SAMPLE, "HOW", 0,
     "draw the values that have a range and are no facts from their ranges: latin (a "
     "Latin "
     "hypercube) or sobol (a Sobol sequence, which can grow); default none: seeds alone",
     0},
    {"width", KEY_WIDTH, "W", 0,
     "part of each range, around the value that is used, to draw from (default 1: all)",
     0},
    {"seed", KEY_SEED, "S", 0, "seed of the first run, and of the draws (default 1)", 0},
    CLI_POPULATION_OPTION("all runs (default: each has its own, by its seed)"),
    {"scale", KEY_SCALE, "S", 0, "residents that one agent stands for (at least 1)", 0},
    {"steps", KEY_STEPS, "N", 0, "steps of each run (default: the scenario's)", 0},
    {"threads", KEY_THREADS, "N", 0,
     "runs at the same time (default: one a core); never changes results", 0},
    CLI_SET_OPTION,
    {"out", 'o', "FILE", 0,
     "results file, made or gone on with (default: results/NAME-ensemble.sqlite)", 0},
    CLI_KEEP_GOING_OPTION,
    {"json", KEY_JSON, NULL, 0, "print one JSON object on standard output", 0},
    {"quiet", 'q', NULL, 0, "no progress and no summary", 0},
    {0}};

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    steppe_ensemble_options *o = &a->options;
    switch (key) {
    case 'n': o->count = cli_whole(state, "--replicates", text, 1, 1000000); return 0;
    case KEY_SAMPLE: o->sampling = text; return 0;
    case KEY_WIDTH: o->width = cli_width(state, text); return 0;
    case KEY_SEED: o->seed = cli_whole(state, "--seed", text, 0, UINT64_MAX); return 0;
    case CLI_KEY_POPULATION:
        o->population_seed = cli_population(state, text);
        o->population_seed_given = true;
        return 0;
    case KEY_SCALE: o->scale = cli_scale(state, text); return 0;
    case KEY_STEPS: o->steps = cli_whole(state, "--steps", text, 1, 1000000000); return 0;
    case KEY_THREADS:
        o->threads = (int)cli_whole(state, "--threads", text, 1, 1024);
        return 0;
    case 'o': o->path = text; return 0;
    case 'q': a->quiet = true; return 0;
    case KEY_JSON: a->json = true; return 0;
    case CLI_KEY_KEEP_GOING: a->keep_going = true; return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "which SCENARIO?"); return 0;
    default: return cli_scenario_key(key, text, state, &a->scenario);
    }
}

/* ---- what came out ---- */

static void print_summary(const steppe_ensemble_table *t)
{
    char a[5][32];
    printf("\n%-16s %16s %16s %16s %16s %16s  %s\n", "outcome", "median", "5 %", "25 %",
           "75 %", "95 %", "unit");
    steppe_ensemble_row row;
    for (size_t i = 0; steppe_ensemble_row_at(t, i, &row) == STEPPE_OK; i++) {
        static const int ORDER[5] = {2, 0, 1, 3, 4};
        for (int k = 0; k < 5; k++) {
            double value = row.quantiles[ORDER[k]];
            if (strcmp(row.unit, "share") == 0 && isfinite(value))
                snprintf(a[k], sizeof a[k], "%.4f", value);
            else
                cli_grouped(value, a[k]);
        }
        printf("%-16s %16s %16s %16s %16s %16s  %s\n", row.name, a[0], a[1], a[2], a[3],
               a[4], row.unit);
    }
}

static json_t *table_json(const steppe_ensemble_table *t)
{
    json_t *rows = json_array();
    steppe_ensemble_row row;
    for (size_t i = 0; steppe_ensemble_row_at(t, i, &row) == STEPPE_OK; i++)
        json_array_append_new(
            rows, json_pack("{s:s, s:s, s:s, s:I, s:o, s:[o, o, o, o, o]}", "name",
                            row.name, "unit", row.unit, "meaning", row.meaning,
                            "replicates", (json_int_t)row.count, "mean",
                            cli_real(row.mean), "quantiles", cli_real(row.quantiles[0]),
                            cli_real(row.quantiles[1]), cli_real(row.quantiles[2]),
                            cli_real(row.quantiles[3]), cli_real(row.quantiles[4])));
    return rows;
}

/* What is drawn anew with each run, and what is not. */
static void print_population(const arguments *a, const steppe_scenario *scenario)
{
    char words[120];
    if (strcmp(steppe_scenario_model(scenario), "street") == 0)
        printf("population: %s\n", cli_population_words(a->options.population_seed_given,
                                                        a->options.population_seed,
                                                        "all runs", "each run", words));
}

static int tell(const arguments *a, steppe_context *context,
                const steppe_scenario *scenario, const char *path,
                const steppe_ensemble_summary *s, double seconds)
{
    steppe_ensemble_table *table = NULL;
    int status = steppe_ensemble_table_open(context, path, &table);
    if (status != STEPPE_OK)
        return cli_report(context, status);
    int code = EXIT_DONE;
    if (a->json) {
        code = cli_print_json(json_pack(
            "{s:s, s:I, s:I, s:I, s:I, s:I, s:f, s:o, s:o, s:o, s:o}", "title",
            steppe_scenario_title(scenario), "replicates", (json_int_t)a->options.count,
            "existing_replicates", (json_int_t)s->there, "made", (json_int_t)s->made,
            "failed", (json_int_t)s->failed, "ranges", (json_int_t)s->ranges, "seconds",
            seconds, "results", cli_text(path), "warnings",
            cli_warnings_json(scenario, a->options.scale, NULL), "outcomes",
            table_json(table), "population_seed",
            cli_population_json(a->options.population_seed_given,
                                a->options.population_seed)));
    } else if (!a->quiet) {
        screen_put(steppe_scenario_title(scenario));
        printf("\n%zu replicates from seed %llu", a->options.count,
               (unsigned long long)a->options.seed);
        if (s->ranges)
            printf(", over the ranges of %zu values", s->ranges);
        printf("; %zu were there, %zu made in %.1f s", s->there, s->made, seconds);
        if (s->failed)
            printf("; %zu of all FAILED (table 'replicate' says why)", s->failed);
        printf("\n");
        print_population(a, scenario);
        print_summary(table);
        printf(
            "\nresults          %s\n\nA model, not a forecast: what happens in it, under "
            "these assumptions.\n",
            path);
        code = cli_close_output(EXIT_DONE);
    }
    steppe_ensemble_table_free(table);
    cli_note_shared(path);
    return cli_failed(code, s->failed, a->options.count, s->failure, a->keep_going);
}

static int run_ensemble(const arguments *a, steppe_context *context,
                        const steppe_scenario *scenario)
{
    steppe_ensemble_summary summary;
    steppe_ensemble_options options = a->options;
    char stem[128], path[160];
    progress line;
    progress_begin(&line);
    line.quiet = a->quiet;
    if (!options.path) {
        mkdir("results", 0777); /* opening the file says why if that did not work */
        snprintf(path, sizeof path, "results/%s-ensemble.sqlite",
                 steppe_scenario_stem(scenario, stem, sizeof stem));
        options.path = path;
    }
    options.progress = progress_share;
    options.user = &line;
    if (!a->quiet)
        cli_warn(scenario, options.scale, NULL);
    int status = steppe_ensemble(context, scenario, &options, &summary);
    progress_end(&line);
    int code;
    if (status == STEPPE_STOPPED) {
        fprintf(
            stderr,
            "steppe: interrupted; %zu of %zu replicates are in %s: the same command goes "
            "on\n",
            summary.there + summary.made, options.count, options.path);
        code = EXIT_INTERRUPTED;
    } else {
        code = status == STEPPE_OK ? tell(a, context, scenario, options.path, &summary,
                                          progress_now() - line.started)
                                   : cli_report(context, status);
    }
    return code;
}

int command_ensemble(int argc, char **argv)
{
    static const struct argp ARGP = {
        OPTIONS,
        parse,
        "SCENARIO",
        "Run a scenario many times, over seeds and, with --sample, over the ranges of "
        "what is "
        "not known, on all cores, into one results file.\v"
        "Each run goes into the file whole or not at all. Interrupted, killed or out of "
        "power: the same command makes exactly the runs that are missing, and the file "
        "becomes what it would have been. A run that fails (draws that do not fit "
        "together) is noted with the reason, and counted at every call. Exit status: 0 "
        "done, 1 failed, or a run in the file has failed (--keep-going: 0 then), 2 bad "
        "input or usage, 130 interrupted.",
        NULL,
        NULL,
        NULL};
    arguments a = {.options = {.count = 100, .seed = 1}};
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    cli_parse(&ARGP, argc, argv, &a);
    cli_watch_interruption();
    int code = cli_scenario_open(&a.scenario, &context, &scenario);
    if (code == EXIT_DONE)
        code = run_ensemble(&a, context, scenario);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return code;
}
