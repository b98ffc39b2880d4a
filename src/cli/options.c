#include "options.h"

#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_SEED = 0x1000,
    KEY_POPULATION,
    KEY_SCALE,
    KEY_STEPS,
    KEY_SAMPLE,
    KEY_WIDTH,
    KEY_PAIRS,
    KEY_DRAWS,
    KEY_THREADS,
    KEY_ENGINE,
    KEY_SCHEDULE,
    KEY_SIMD,
    KEY_KEEP_GOING,
    KEY_PAGE,
    KEY_FORCE,
    KEY_JSON,
    KEY_CSV,
    KEY_LIST
};

enum { RUNS = 1, SPEED, OUTPUT }; /* groups of the help */

/* clang-format off */
static const struct {
    unsigned has; /* the option is there if a command has one of these */
    struct argp_option option;
} COMMON[] = {
    {CLI_SEED | CLI_SET, {NULL, 0, NULL, 0, "Runs:", RUNS}},
    {CLI_SET, {"set", 's', "KEY=VALUE", 0, "replace a value of the scenario; may be repeated", RUNS}},
    {CLI_SEED, {"seed", KEY_SEED, "N", 0, "seed of the run, or of the first of many runs (default 1)", RUNS}},
    {CLI_POPULATION, {"population-seed", KEY_POPULATION, "N", 0,
        "seed of who people are (hardship, risk aversion, groups), for all runs (default: the seed of each run)", RUNS}},
    {CLI_SCALE, {"scale", KEY_SCALE, "S", 0, "residents per agent, 1 or more (default: the scenario's)", RUNS}},
    {CLI_STEPS, {"steps", KEY_STEPS, "N", 0, "steps per run (default: the scenario's)", RUNS}},
    {CLI_REPLICATES, {"replicates", 'n', "N", 0, "number of runs (default 100)", RUNS}},
    {CLI_SAMPLE, {"sample", KEY_SAMPLE, "HOW", 0,
        "draw parameters: from their priors by latin (Latin hypercube) or sobol (Sobol sequence, which can grow), or from "
        "the posterior (posterior.csv beside the scenario, which steppe calibrate makes); default: none, only seeds "
        "differ", RUNS}},
    {CLI_SOURCE, {"sample", KEY_SAMPLE, "HOW", 0,
        "what --draws are drawn from: prior, or posterior (posterior.csv beside the scenario, which steppe calibrate "
        "makes); default: the posterior if it is there and fits the scenario, else the prior", RUNS}},
    {CLI_PAIRS, {"pairs", KEY_PAIRS, "N", 0,
        "pairs of runs at most (default: the question's); it takes 50 for a verdict", RUNS}},
    {CLI_PAIRS, {"draws", KEY_DRAWS, "N", 0,
        "pairs over the parameter ranges (default: the question's); 0: none", RUNS}},
    {CLI_WIDTH, {"width", KEY_WIDTH, "W", 0,
        "share of each parameter range to draw from, around the value in use (default: the question's, or 1)", RUNS}},
    {CLI_THREADS, {NULL, 0, NULL, 0, "Computation (never changes results):", SPEED}},
    {CLI_THREADS, {"threads", KEY_THREADS, "N", 0, "threads, 1 to 1024 (default: one per core)", SPEED}},
    {CLI_ENGINE, {"engine", KEY_ENGINE, "NAME", 0, "fast (default) or reference", SPEED}},
    {CLI_ENGINE, {"simd", KEY_SIMD, "LEVEL", 0, "best (default), plain, v3 (AVX2) or v4 (AVX-512)", SPEED}},
    {CLI_ENGINE, {"schedule", KEY_SCHEDULE, "NAME", 0,
        "order of the agents: sequential or tiles (default: the scenario's); changes results", RUNS}},
    {~0U, {NULL, 0, NULL, 0, "Output:", OUTPUT}},
    {CLI_OUT_FOLDER, {"out", 'o', "DIR", 0, "folder for results files", OUTPUT}},
    {CLI_OUT_FILE, {"out", 'o', "FILE", 0, "results file, created or resumed", OUTPUT}},
    {CLI_PAGE, {"page", KEY_PAGE, "FILE.md", 0, "write a page in Markdown, with its pictures beside it", OUTPUT}},
    {CLI_FORCE, {"force", KEY_FORCE, NULL, 0,
        "replace files that Steppe did not write (never inputs, scenarios or databases)", OUTPUT}},
    {CLI_KEEP_GOING, {"keep-going", KEY_KEEP_GOING, NULL, 0,
        "exit with 0 even if runs failed, provided some succeeded", OUTPUT}},
    {CLI_JSON, {"json", KEY_JSON, NULL, 0, "print one JSON object on standard output", OUTPUT}},
    {CLI_CSV, {"csv", KEY_CSV, "TABLE", OPTION_ARG_OPTIONAL, "print a table as CSV on standard output", OUTPUT}},
    {CLI_QUIET, {"quiet", 'q', NULL, 0, "print no progress and no tables", OUTPUT}},
    {CLI_LIST, {"list", KEY_LIST, NULL, 0, "list what can be named, and stop", OUTPUT}},
};
/* clang-format on */
enum { COMMON_COUNT = sizeof COMMON / sizeof *COMMON };

unsigned long long cli_whole(struct argp_state *state, const char *option,
                             const char *text, unsigned long long low,
                             unsigned long long high)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno || value < low ||
        value > high)
        argp_error(state, "%s: expected a whole number from %llu to %llu, not '%s'",
                   option, low, high, text);
    return value;
}

static double read_scale(struct argp_state *state, const char *text)
{
    double value;
    if (!steppe_number_parse(text, &value) || !(value >= 1 && value <= 1e9))
        argp_error(state, "--scale: expected a number from 1 to 1e9, not '%s'", text);
    return value;
}

static double read_width(struct argp_state *state, const char *text)
{
    double value;
    if (!steppe_number_parse(text, &value) || !(value > 0 && value <= 1))
        argp_error(state, "--width: expected a number above 0, up to 1, not '%s'", text);
    return value;
}

/* "a, b or c" */
static void list_words(const char *const *words, char *list, size_t size)
{
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; words[i] && used < size; i++)
        used += (size_t)snprintf(list + used, size - used, "%s%s",
                                 !i             ? ""
                                 : words[i + 1] ? ", "
                                                : " or ",
                                 words[i]);
}

/* The place of a word in a list that ends with NULL; argp's error if it is not there. */
static int word_of(struct argp_state *state, const char *option, const char *text,
                   const char *const *words)
{
    char list[400];
    for (int i = 0; words[i]; i++)
        if (strcmp(text, words[i]) == 0)
            return i;
    list_words(words, list, sizeof list);
    argp_error(state, "%s: expected %s, not '%s'", option, list, text);
    return 0;
}

steppe_ask_options cli_ask_options(const cli_options *o)
{
    return (steppe_ask_options){.seed = o->seed,
                                .population_seed_given = cli_given(o, "population-seed"),
                                .population_seed = o->population_seed,
                                .scale = o->scale,
                                .pairs = o->pairs,
                                .draws = o->draws,
                                .no_draws = cli_given(o, "draws") && o->draws == 0,
                                .width = o->width,
                                .sampling = o->sampling,
                                .folder = o->out,
                                .threads = o->threads};
}

steppe_ensemble_options cli_ensemble_options(const cli_options *o)
{
    return (steppe_ensemble_options){.count = o->replicates,
                                     .seed = o->seed,
                                     .population_seed_given =
                                         cli_given(o, "population-seed"),
                                     .population_seed = o->population_seed,
                                     .scale = o->scale,
                                     .steps = o->steps,
                                     .sampling = o->sampling,
                                     .width = o->width,
                                     .threads = o->threads};
}

bool cli_given(const cli_options *options, const char *name)
{
    for (size_t i = 0; i < options->given_count; i++)
        if (strcmp(options->given[i], name) == 0)
            return true;
    return false;
}

const char *cli_first_given(const cli_options *options, const char *const *names)
{
    while (*names && !cli_given(options, *names))
        names++;
    return *names;
}

static void note_given(cli_options *o, int key)
{
    for (size_t i = 0; i < COMMON_COUNT; i++) {
        const struct argp_option *option = &COMMON[i].option;
        if (option->name && option->key == key && !cli_given(o, option->name) &&
            o->given_count < CLI_MAX_OPTIONS)
            o->given[o->given_count++] = option->name;
    }
}

/* Word `index` of the usage, "SCENARIO" of "SCENARIO [QUESTION...]". */
static void complain_missing(struct argp_state *state, const char *word, size_t index)
{
    for (; index > 0; index--)
        word += strcspn(word, " ") + 1;
    argp_error(state, "missing argument %.*s", (int)strcspn(word, " ."), word);
}

static void add_setting(struct argp_state *state, cli_options *o, const char *text)
{
    if (o->setting_count == sizeof o->settings / sizeof *o->settings)
        argp_error(state, "too many --set options");
    o->settings[o->setting_count++] = text;
}

static error_t parse_output(int key, char *text, struct argp_state *state, cli_options *o)
{
    switch (key) {
    case 'o': o->out = text; return 0;
    case KEY_PAGE: o->page = text; return 0;
    case KEY_FORCE: o->force = true; return 0;
    case KEY_KEEP_GOING: o->keep_going = true; return 0;
    case KEY_JSON: o->json = true; return 0;
    case KEY_CSV:
        o->csv = o->tables[text ? word_of(state, "--csv", text, o->tables) : 0];
        return 0;
    case 'q': o->quiet = true; return 0;
    case KEY_LIST: o->list = true; return 0;
    case ARGP_KEY_ARG:
        if (o->most && o->argument_count == o->most)
            argp_error(state, "unexpected argument '%s'", text);
        o->arguments[o->argument_count++] = text;
        return 0;
    case ARGP_KEY_END:
        if (o->argument_count < o->least)
            complain_missing(state, o->usage, o->argument_count);
        if (o->json && o->csv)
            argp_error(state, "--json and --csv exclude each other");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse_common(int key, char *text, struct argp_state *state)
{
    static const char *const ENGINES[] = {"fast", "reference", NULL};
    static const char *const SCHEDULES[] = {"sequential", "tiles", NULL};
    static const char *const SIMDS[] = {"best", "plain", "v3", "v4", NULL};
    cli_options *o = state->input;
    note_given(o, key);
    switch (key) {
    case 's': add_setting(state, o, text); return 0;
    case KEY_SEED: o->seed = cli_whole(state, "--seed", text, 0, UINT64_MAX); return 0;
    case KEY_POPULATION:
        o->population_seed = cli_whole(state, "--population-seed", text, 0, UINT64_MAX);
        return 0;
    case KEY_SCALE: o->scale = read_scale(state, text); return 0;
    case KEY_STEPS: o->steps = cli_whole(state, "--steps", text, 1, 1000000000); return 0;
    case 'n':
        o->replicates = cli_whole(state, "--replicates", text, 1, 1000000);
        return 0;
    case KEY_SAMPLE: o->sampling = text; return 0;
    case KEY_WIDTH: o->width = read_width(state, text); return 0;
    case KEY_PAIRS: o->pairs = cli_whole(state, "--pairs", text, 2, 100000); return 0;
    case KEY_DRAWS: o->draws = cli_whole(state, "--draws", text, 0, 100000); return 0;
    case KEY_THREADS:
        o->threads = (int)cli_whole(state, "--threads", text, 1, 1024);
        return 0;
    case KEY_ENGINE:
        o->engine = (steppe_engine)word_of(state, "--engine", text, ENGINES);
        return 0;
    case KEY_SCHEDULE:
        o->schedule = (steppe_schedule)(STEPPE_SEQUENTIAL +
                                        word_of(state, "--schedule", text, SCHEDULES));
        return 0;
    case KEY_SIMD: o->simd = (steppe_simd)word_of(state, "--simd", text, SIMDS); return 0;
    default: return parse_output(key, text, state, o);
    }
}

static error_t parse_root(int key, char *text, struct argp_state *state)
{
    (void)text;
    if (key == ARGP_KEY_INIT)
        state->child_inputs[0] = state->child_inputs[1] = state->input;
    return ARGP_ERR_UNKNOWN;
}

/* The common options that a command has, with its defaults in their help; ends with zeros. */
static void choose_options(const cli_options *o, struct argp_option *options,
                           char help[2][400])
{
    char list[300];
    for (size_t i = 0; i < COMMON_COUNT; i++) {
        if (!(COMMON[i].has & o->has))
            continue;
        *options = COMMON[i].option;
        if (options->key == 'o' && o->out_default) {
            snprintf(help[0], sizeof help[0], "%s (default: %s)", options->doc,
                     o->out_default);
            options->doc = help[0];
        } else if (options->key == KEY_CSV && o->tables[1]) {
            list_words(o->tables, list, sizeof list);
            snprintf(help[1], sizeof help[1], "%s: %s (default: %s)", options->doc, list,
                     o->tables[0]);
            options->doc = help[1];
        }
        options++;
    }
    *options = (struct argp_option){0};
}

void cli_parse(const struct argp *own, int argc, char **argv, void *arguments)
{
    cli_options *o = arguments;
    struct argp_option options[COMMON_COUNT + 1];
    char name[64], help[2][400];
    o->usage = own->args_doc;
    choose_options(o, options, help);
    const struct argp common = {.options = options, .parser = parse_common};
    const struct argp_child children[] = {{own, 0, NULL, 0}, {&common, 0, NULL, 0}, {0}};
    const struct argp root = {.parser = parse_root, .children = children};
    o->arguments = calloc((size_t)argc + 1, sizeof *o->arguments);
    if (!o->arguments) {
        fprintf(stderr, "steppe: %s\n", steppe_status_text(STEPPE_NO_MEMORY));
        exit(EXIT_FAILED);
    }
    snprintf(name, sizeof name, "steppe %s", argv[0]);
    argv[0] = name; /* argp names it in its messages */
    argp_err_exit_status = EXIT_USAGE;
    atexit(cli_check_output);
    argp_parse(&root, argc, argv, 0, NULL, arguments);
}
