/* steppe scale-check SCENARIO */
#include "cli.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OUTCOMES = 32, KEY_SCALES = 0x100, KEY_SEEDS, KEY_MARGIN, KEY_OUTCOME };

/* One agent per resident, and as coarse as a country may be: thirty runs at each take a country at home
 * minutes. */
static const double DEFAULT_SCALES[] = {20, 10, 5, 2, 1};

typedef struct arguments {
    cli_options common;
    steppe_scale_options options;
    double scales[STEPPE_MAX_SCALES];
    bool wanted[MAX_OUTCOMES], chosen; /* the outcomes shown; chosen: by --outcome */
} arguments;

/* ---- arguments ---- */

static void take_scales(struct argp_state *state, const char *text, arguments *a)
{
    size_t count = 0;
    for (const char *c = text;; c++) {
        char number[32] = "";
        double value = 0;
        const char *end = c + strcspn(c, ",");
        if ((size_t)(end - c) < sizeof number)
            memcpy(number, c, (size_t)(end - c));
        if (!steppe_number_parse(number, &value) || !(value >= 1 && value <= 1e9))
            argp_error(state,
                       "--scales: expected numbers from 1 to 1e9 with commas between "
                       "them, not '%s'",
                       text);
        for (size_t k = 0; k < count; k++)
            if (a->scales[k] == value)
                argp_error(state, "--scales: %g is there twice", value);
        if (count == STEPPE_MAX_SCALES)
            argp_error(state, "--scales: more than %d", STEPPE_MAX_SCALES);
        a->scales[count++] = value;
        c = end;
        if (*c == '\0')
            break;
    }
    if (count < 2)
        argp_error(state, "--scales: expected two scales or more, not '%s'", text);
    a->options.scale_count = count;
}

/* Ends the process if there is no such outcome. */
static void take_outcome(const char *text, arguments *a)
{
    size_t i = 0;
    const char *name;
    char word[200];
    while ((name = steppe_outcome_name(i)) && strcmp(name, text) != 0)
        i++;
    if (!name) {
        fprintf(stderr, "steppe: no outcome is called '%s'; there are:",
                steppe_show_line(text, word, sizeof word));
        for (i = 0; (name = steppe_outcome_name(i)); i++)
            fprintf(stderr, "%s %s", i ? "," : "", name);
        fprintf(stderr, "\n");
        exit(EXIT_USAGE);
    }
    if (!a->chosen)
        memset(a->wanted, 0, sizeof a->wanted);
    a->chosen = true;
    a->wanted[i] = true;
}

static void take_margin(struct argp_state *state, const char *text, arguments *a)
{
    if (!steppe_number_parse(text, &a->options.margin) ||
        !(a->options.margin > 0 && a->options.margin < 1))
        argp_error(state, "--margin: expected a number between 0 and 1, not '%s'", text);
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case KEY_SCALES: take_scales(state, text, a); return 0;
    case KEY_SEEDS:
        a->options.seeds = cli_whole(state, "--seeds", text, 3, 1000000);
        return 0;
    case KEY_MARGIN: take_margin(state, text, a); return 0;
    case KEY_OUTCOME: take_outcome(text, a); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* ---- what is printed ---- */

typedef struct finding {
    const arguments *arguments;
    const steppe_scenario *scenario;
    const steppe_scale_check *check;
    double seconds;
} finding;

static steppe_table *table_of(const void *object, const char *name)
{
    const finding *f = object;
    return steppe_scale_check_table(f->check, f->arguments->wanted, name);
}

static void print(const void *object)
{
    const finding *x = object;
    const steppe_scale_facts *f = steppe_scale_check_facts(x->check);
    steppe_scale_row row;
    bool differing[MAX_OUTCOMES] = {false};
    size_t counts[6] = {0};
    char words[120], text[300];
    screen_put(steppe_scenario_title(x->scenario));
    printf("\n%zu runs at each of %zu scales; %zu existed, %zu made in %.1f s\n",
           f->seeds, f->scale_count, f->there, f->made, x->seconds);
    printf("population: %s\n",
           cli_population_words(f->population_held, f->population_seed,
                                "all runs of a scale", "each run", words));
    for (size_t k = 0; k < f->scale_count; k++)
        if (f->failed[k])
            printf("at 1:%g %zu run%s FAILED and left out (table 'replicate' says "
                   "why)\n",
                   f->scales[k], f->failed[k], steppe_plural((double)f->failed[k]));
    cli_print_table(table_of(x, "outcomes"));
    for (size_t i = 0; steppe_scale_check_row(x->check, i, &row) == STEPPE_OK; i++) {
        counts[row.verdict] += x->arguments->wanted[i];
        differing[i] = x->arguments->wanted[i] && row.verdict != STEPPE_SCALE_SAME;
    }
    cli_print_table(steppe_scale_check_table(x->check, differing, "by_scale"));
    snprintf(
        text, sizeof text,
        "%zu depend on the scale, %zu are equivalent, %zu undecided, %zu the same at "
        "every scale, compared with 1:%g.",
        counts[STEPPE_SCALE_DEPENDS], counts[STEPPE_SCALE_EQUIVALENT],
        counts[STEPPE_SCALE_UNDECIDED], counts[STEPPE_SCALE_SAME],
        f->scales[f->scale_count - 1]);
    putchar('\n');
    cli_wrap(text, 0);
    if (f->seeds < 30)
        printf("No verdict: a verdict takes 30 runs at each scale.\n");
    printf("Undecided is no evidence of no difference.\n");
    printf("\n%-16s%s\n", "results", x->arguments->common.out);
}

static json_t *json_of(const void *object)
{
    const finding *x = object;
#define F(member) STEPPE_FIELD(steppe_scale_facts, member)
    static const steppe_column FACTS[] = {{"seeds", F(seeds)},
                                          {"steps", F(steps)},
                                          {"margin", F(margin)},
                                          {"error", F(error)},
                                          {"existing_replicates", F(there)},
                                          {"made", F(made)}};
#undef F
    const steppe_scale_facts *f = steppe_scale_check_facts(x->check);
    json_t *scales = json_array(), *failed = json_array(), *warnings = json_array();
    for (size_t k = 0; k < f->scale_count; k++) {
        json_array_append_new(scales, json_real(f->scales[k]));
        json_array_append_new(failed, json_integer((json_int_t)f->failed[k]));
        json_t *more = cli_warnings_json(x->scenario, f->scales[k], NULL);
        json_array_extend(warnings, more);
        json_decref(more);
    }
    json_t *json = json_pack("{s:s, s:i, s:o, s:o, s:o, s:f, s:o, s:o, s:f}", "title",
                             steppe_scenario_title(x->scenario), "verdict_rules",
                             STEPPE_VERDICT_RULES, "warnings", warnings, "scales", scales,
                             "failed", failed, "reference", f->scales[f->scale_count - 1],
                             "seed", cli_seed_json(f->seed), "population_seed",
                             cli_population_json(f->population_held, f->population_seed),
                             "seconds", x->seconds);
    CLI_ADD_FIELDS(json, FACTS, f);
    return json;
}

/* ---- the command ---- */

typedef struct stage {
    progress line;
    double scale;
} stage;

static int show(double scale, double done, void *user)
{
    stage *s = user;
    if (s->scale != scale && !s->line.quiet && !s->line.terminal)
        fprintf(stderr, "runs with %g residents per agent\n", scale);
    s->scale = scale;
    return progress_share(done, &s->line);
}

static int write_page(steppe_context *context, const void *object, const char *path)
{
    const finding *x = object;
    return steppe_scale_check_write_page(context, x->check, x->arguments->wanted, path);
}

static int work(void *user, steppe_context *context, steppe_scenario *scenario)
{
    arguments *a = user;
    const cli_options *o = &a->common;
    steppe_scale_check *check = NULL;
    stage now = {.scale = 0};
    steppe_scale_options options = a->options;
    options.scales = a->scales;
    options.seed = o->seed;
    options.population_seed_given = cli_given(o, "population-seed");
    options.population_seed = o->population_seed;
    options.steps = o->steps;
    options.folder = o->out;
    options.threads = o->threads;
    options.progress = show;
    options.user = &now;
    for (size_t k = 0; k < options.scale_count && !o->quiet; k++)
        cli_warn(scenario, a->scales[k], NULL);
    progress_begin(&now.line, o->quiet);
    int status = steppe_scale_check_run(context, scenario, &options, &check);
    progress_end(&now.line);
    if (status != STEPPE_OK)
        return status == STEPPE_STOPPED ? cli_say_interrupted(o->out)
                                        : cli_report(context, status);
    const steppe_scale_facts *f = steppe_scale_check_facts(check);
    size_t failed = 0;
    for (size_t k = 0; k < f->scale_count; k++)
        failed += f->failed[k];
    const finding x = {a, scenario, check, progress_now() - now.line.started};
    int code = cli_show(o, context,
                        &(cli_finding){&x, table_of, write_page, json_of, NULL, print});
    code = cli_failed(code, failed, f->seeds * f->scale_count, f->failure, o->keep_going);
    steppe_scale_check_free(check);
    return code;
}

int command_scale_check(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"scales", KEY_SCALES, "S,S...", 0,
         "residents per agent, two or more; the smallest is the reference (default "
         "20,10,5,2,1)",
         0},
        {"seeds", KEY_SEEDS, "N", 0,
         "runs at each scale (default 30; with fewer there is no verdict)", 0},
        {"margin", KEY_MARGIN, "SHARE", 0,
         "margin of outcomes that no question is about, as a share of the mean at the "
         "reference (default 0.1); of others it is the smallest of their questions",
         0},
        {"outcome", KEY_OUTCOME, "NAME", 0, "show only this outcome; may be repeated", 0},
        {0}};
    static const struct argp ARGP = {
        OPTIONS, parse, .args_doc = "SCENARIO",
        .doc =
            "Run a scenario at several scales, over seeds, and test for each outcome "
            "whether its mean depends on how many residents an agent stands for.\v"
            "An outcome is equivalent if two one-sided tests show that each scale's mean "
            "differs from that of the finest by less than the margin, whatever flips "
            "there may be, and depends on the scale if a test shows more; else, or with "
            "fewer than 30 runs, it is undecided. Runs are kept, one file per scale: the "
            "same command finds them again, and resumes after an interruption. Exit "
            "status: 0 done, whatever the verdicts; 1 failed, or a run has failed "
            "(--keep-going: 0 then); 2 bad input or usage; 130 interrupted."};
    static const char *const TABLES[] = {"outcomes", "by_scale", NULL};
    static const char *const PICTURES[] = {".svg", NULL};
    arguments a = {.common = {.has = CLI_SET | CLI_SEED | CLI_POPULATION | CLI_STEPS |
                                     CLI_THREADS | CLI_KEEP_GOING | CLI_OUT_FOLDER |
                                     CLI_PAGE | CLI_FORCE | CLI_JSON | CLI_CSV |
                                     CLI_QUIET,
                              .least = 1,
                              .most = 1,
                              .tables = TABLES,
                              .pictures = PICTURES,
                              .out = "results/scale-check",
                              .out_default = "results/scale-check",
                              .seed = 1},
                   .options = {.scale_count = sizeof DEFAULT_SCALES / sizeof(double),
                               .seeds = 30,
                               .margin = 0.1,
                               .error = 0.05}};
    memcpy(a.scales, DEFAULT_SCALES, sizeof DEFAULT_SCALES);
    memset(a.wanted, true, sizeof a.wanted);
    return cli_with_scenario(&ARGP, argc, argv, &a, work);
}
