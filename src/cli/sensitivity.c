/* steppe sensitivity SCENARIO */
#include "cli.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_METHOD = 0x100,
    KEY_GROUPS,
    KEY_VARY,
    KEY_OUTCOME,
    KEY_SEEDS,
    KEY_LEVELS,
    KEY_SLICES,
    KEY_EXPORT,
    MAX_NAMES = 256
};

typedef struct arguments {
    cli_options common;
    steppe_sensitivity_options options;
    const char *outcomes[MAX_NAMES], *vary[MAX_NAMES];
    const char *folder; /* of --export */
    progress line;
} arguments;

/* ---- arguments ---- */

static void add_name(struct argp_state *state, const char *option, const char *text,
                     const char **names, size_t *count)
{
    if (*count == MAX_NAMES)
        argp_error(state, "too many %s options", option);
    names[(*count)++] = text;
}

static void take_method(struct argp_state *state, const char *text, arguments *a)
{
    static const char *const METHODS[] = {"morris", "sobol", "pawn"};
    for (int i = 0; i < 3; i++)
        if (strcmp(text, METHODS[i]) == 0) {
            a->options.method = (steppe_sensitivity_method)i;
            return;
        }
    argp_error(state, "--method: expected morris, sobol or pawn, not '%s'", text);
}

static void take_groups(struct argp_state *state, const char *text, arguments *a)
{
    if (!text || strcmp(text, "section") == 0)
        a->options.groups = STEPPE_GROUPS_SECTION;
    else if (strcmp(text, "record") == 0)
        a->options.groups = STEPPE_GROUPS_RECORD;
    else
        argp_error(state, "--groups: expected section or record, not '%s'", text);
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    steppe_sensitivity_options *o = &a->options;
    switch (key) {
    case KEY_METHOD: take_method(state, text, a); return 0;
    case KEY_GROUPS: take_groups(state, text, a); return 0;
    case KEY_VARY: add_name(state, "--vary", text, a->vary, &o->vary_count); return 0;
    case KEY_OUTCOME:
        add_name(state, "--outcome", text, a->outcomes, &o->outcome_count);
        return 0;
    case 'n': o->count = cli_whole(state, "-n", text, 2, 1000000); return 0;
    case KEY_SEEDS: o->seeds = cli_whole(state, "--seeds", text, 1, 10000); return 0;
    case KEY_LEVELS: o->levels = cli_whole(state, "--levels", text, 2, 100); return 0;
    case KEY_SLICES: o->slices = cli_whole(state, "--slices", text, 2, 100); return 0;
    case KEY_EXPORT: a->folder = text; return 0;
    case ARGP_KEY_END:
        if (o->levels % 2)
            argp_error(state, "--levels: expected an even number, not %zu", o->levels);
        if (o->levels && o->method != STEPPE_MORRIS)
            argp_error(state, "--levels needs --method morris");
        if (o->slices && o->method != STEPPE_PAWN)
            argp_error(state, "--slices needs --method pawn");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* ---- what is printed ---- */

typedef struct finding {
    const arguments *arguments;
    const steppe_scenario *scenario;
    const steppe_sensitivity *sensitivity;
    double seconds;
} finding;

static steppe_table *table_of(const void *object, const char *name)
{
    return steppe_sensitivity_table(((const finding *)object)->sensitivity, name);
}

static int write_page(steppe_context *context, const void *object, const char *path)
{
    return steppe_sensitivity_write_page(context, ((const finding *)object)->sensitivity,
                                         path);
}

static json_t *json_of(const void *object)
{
#define F(member) STEPPE_FIELD(steppe_sensitivity_facts, member)
    static const steppe_column FACTS[] = {{"method", F(method)},
                                          {"results", F(path)},
                                          {"parameter_count", F(parameters)},
                                          {"group_count", F(groups)},
                                          {"count", F(count)},
                                          {"least_count", F(least)},
                                          {"seeds", F(seeds)},
                                          {"point_count", F(points)},
                                          {"replicates", F(runs)},
                                          {"existing_replicates", F(there)},
                                          {"made", F(made)},
                                          {"failed", F(failed)},
                                          {"steps", F(steps)},
                                          {"scale", F(scale)}};
#undef F
    const finding *x = object;
    const steppe_sensitivity_facts *f = steppe_sensitivity_read(x->sensitivity);
    json_t *json = json_pack("{s:s, s:o, s:o, s:o, s:f}", "title",
                             steppe_scenario_title(x->scenario), "seed",
                             cli_seed_json(f->seed), "population_seed",
                             cli_population_json(f->population_held, f->population_seed),
                             "warnings", cli_warnings_json(x->scenario, f->scale, NULL),
                             "seconds", x->seconds);
    CLI_ADD_FIELDS(json, FACTS, f);
    return json;
}

enum { ROWS_SHOWN = 60 };

static void print(const void *object)
{
    static const char *const UNITS[] = {"trajectories", "rows", "points"};
    const finding *x = object;
    const steppe_sensitivity_facts *f = steppe_sensitivity_read(x->sensitivity);
    char text[400], groups[80] = "";
    if (f->groups != f->parameters)
        snprintf(groups, sizeof groups, " in %zu groups", f->groups);
    screen_put(steppe_scenario_title(x->scenario));
    putchar('\n');
    snprintf(
        text, sizeof text,
        "%s: %zu parameters%s, %zu %s, %zu seed%s: %zu runs; %zu existed, %zu made in "
        "%.1f s",
        f->method, f->parameters, groups, f->count, UNITS[x->arguments->options.method],
        f->seeds, f->seeds == 1 ? "" : "s", f->runs, f->there, f->made, x->seconds);
    cli_wrap(text, 0);
    if (f->failed)
        printf("%zu runs FAILED: their outcomes are missing (table 'replicate' says "
               "why)\n",
               f->failed);
    cli_print_table(table_of(x, "outcomes"));
    steppe_table *indices = table_of(x, "indices");
    steppe_table_limit(indices, ROWS_SHOWN);
    cli_print_table(indices);
    printf("\n");
    cli_wrap("Intervals are 95 % (bootstrap). A group that is not above the dummy cannot "
             "be told from chance.",
             0);
    printf("\n%-16s%s\n", "results", f->path);
}

/* ---- the command ---- */

static void say_runs(size_t runs, void *user)
{
    const arguments *a = user;
    char number[STEPPE_NUMBER_TEXT];
    if (!a->common.quiet)
        fprintf(stderr, "%s runs in all\n", cli_count((double)runs, number));
}

static int on_progress(double done, void *user)
{
    return progress_share(done, &((arguments *)user)->line);
}

static int show(arguments *a, steppe_context *context, const finding *x)
{
    const steppe_sensitivity_facts *f = steppe_sensitivity_read(x->sensitivity);
    int code = cli_show(&a->common, context,
                        &(cli_finding){x, table_of, write_page, json_of, NULL, print});
    if (code == EXIT_DONE && a->folder) {
        int status = steppe_sensitivity_export(context, x->sensitivity, a->folder);
        code = status == STEPPE_OK ? code : cli_report(context, status);
    }
    cli_note_shared(f->path);
    return cli_failed(code, f->failed, f->runs, f->failure, a->common.keep_going);
}

static int work(void *user, steppe_context *context, steppe_scenario *scenario)
{
    arguments *a = user;
    const cli_options *o = &a->common;
    char path[160], ending[40];
    steppe_sensitivity *sensitivity = NULL;
    steppe_sensitivity_options options = a->options;
    static const char *const METHODS[] = {"morris", "sobol", "pawn"};
    snprintf(ending, sizeof ending, "sensitivity-%s", METHODS[options.method]);
    options.outcomes = a->outcomes;
    options.vary = a->vary;
    options.seed = o->seed;
    options.population_seed_given = cli_given(o, "population-seed");
    options.population_seed = o->population_seed;
    options.scale = o->scale;
    options.steps = o->steps;
    options.path = cli_results_path(o, scenario, ending, path);
    options.threads = o->threads;
    options.begin = say_runs;
    options.progress = on_progress;
    options.user = a;
    if (!o->quiet)
        cli_warn(scenario, options.scale, NULL);
    progress_begin(&a->line, o->quiet);
    int status = steppe_sensitivity_run(context, scenario, &options, &sensitivity);
    progress_end(&a->line);
    if (status != STEPPE_OK)
        return status == STEPPE_STOPPED ? cli_say_interrupted(options.path)
                                        : cli_report(context, status);
    const finding x = {a, scenario, sensitivity, progress_now() - a->line.started};
    int code = show(a, context, &x);
    steppe_sensitivity_free(sensitivity);
    return code;
}

static const struct argp_option OPTIONS[] = {
    {"method", KEY_METHOD, "NAME", 0,
     "morris (default): which groups matter at all, from few runs; sobol: shares of "
     "the variance; pawn: how far the distribution moves",
     0},
    {"groups", KEY_GROUPS, "HOW", OPTION_ARG_OPTIONAL,
     "move parameters together: the scenario's parameter_groups, and of the others "
     "those "
     "of a section (default), or of a record, such as one event (not with pawn)",
     0},
    {"vary", KEY_VARY, "NAME", 0,
     "vary only this parameter, or those whose paths begin with NAME; may be "
     "repeated "
     "(default: all that have a range)",
     0},
    {"outcome", KEY_OUTCOME, "NAME", 0,
     "an outcome of ensembles, take-off or take-off-size; may be repeated (default: "
     "these two, or all of a model without a street)",
     0},
    {"count", 'n', "N", 0,
     "trajectories of morris (default 30), rows of sobol (512) or points of pawn "
     "(1000), or more if it takes more to tell so many groups from chance",
     0},
    {"seeds", KEY_SEEDS, "K", 0, "runs per point, whose mean counts (default 1)", 0},
    {"levels", KEY_LEVELS, "P", 0, "levels of morris's grid, even (default 4)", 0},
    {"slices", KEY_SLICES, "S", 0, "slices of pawn (default 10)", 0},
    {"export", KEY_EXPORT, "DIR", 0,
     "write design, results and problem as CSV files, which SALib and sensobol read", 0},
    {0}};

int command_sensitivity(int argc, char **argv)
{
    static const struct argp ARGP = {
        OPTIONS, parse, .args_doc = "SCENARIO",
        .doc =
            "Rank the parameters of a scenario by what they do to its outcomes, over "
            "their ranges: elementary effects (Morris), shares of the variance (Sobol) "
            "or "
            "distances between distributions (PAWN), with intervals and a dummy.\v"
            "A trajectory of morris takes as many runs as there are groups, and two "
            "more; "
            "a row of sobol three more (the dummy is one). Runs are kept: interrupted or "
            "killed, the same command resumes, and another --outcome needs no new run. "
            "Too few points for so many parameters are refused, with the number that it "
            "takes. docs/sensitivity.md says how to read the indices. Exit status: 0 "
            "done, 1 failed, or a run has failed (--keep-going: 0 then), 2 bad input or "
            "usage, 130 interrupted."};
    static const char *const TABLES[] = {"indices", "outcomes", "convergence",
                                         "parameters", NULL};
    static const char *const PICTURES[] = {"-indices.svg", "-effects.svg",
                                           "-convergence.svg", NULL};
    arguments a = {.common = {.has = CLI_SET | CLI_SEED | CLI_POPULATION | CLI_SCALE |
                                     CLI_STEPS | CLI_THREADS | CLI_KEEP_GOING |
                                     CLI_OUT_FILE | CLI_PAGE | CLI_FORCE | CLI_JSON |
                                     CLI_CSV | CLI_QUIET,
                              .least = 1,
                              .most = 1,
                              .tables = TABLES,
                              .pictures = PICTURES,
                              .out_default = "results/NAME-sensitivity-METHOD.sqlite",
                              .seed = 1}};
    return cli_with_scenario(&ARGP, argc, argv, &a, work);
}
