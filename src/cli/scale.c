/* steppe scale-check SCENARIO */
#include "cli.h"
#include "progress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_OUTCOMES = 32,
    KEY_SCALES = 0x100,
    KEY_SEEDS,
    KEY_SEED,
    KEY_STEPS,
    KEY_MARGIN,
    KEY_OUTCOME,
    KEY_THREADS,
    KEY_PAGE,
    KEY_JSON
};

/* One agent per resident, and as coarse as a country may be: thirty runs at each take a country at home minutes. */
static const double DEFAULT_SCALES[] = {20, 10, 5, 2, 1};

typedef struct arguments {
    scenario_arguments scenario;
    steppe_scale_options options;
    double scales[STEPPE_MAX_SCALES];
    const char *outcomes[MAX_OUTCOMES]; /* none: all */
    size_t outcome_count;
    const char *page;
    bool json, quiet, keep_going;
} arguments;

static const struct argp_option OPTIONS[] = {
    {"scales", KEY_SCALES, "S,S...", 0,
     "residents that one agent stands for, two or more; the smallest is the reference "
     "(default 20,10,5,2,1)",
     0},
    {"seeds", KEY_SEEDS, "N", 0,
     "runs at each scale (default 30; with fewer there is no verdict)", 0},
    {"seed", KEY_SEED, "S", 0, "seed of the first (default 1)", 0},
    CLI_POPULATION_OPTION("all runs of a scale (default: each has its own, by its seed)"),
    {"steps", KEY_STEPS, "N", 0, "steps of each run (default: the scenario's)", 0},
    {"margin", KEY_MARGIN, "SHARE", 0,
     "the margin, as a share of the mean at the reference, of outcomes that no question "
     "is "
     "about (default 0.1); of others it is the smallest of their questions",
     0},
    {"outcome", KEY_OUTCOME, "NAME", 0, "show this outcome alone; may be repeated", 0},
    {"threads", KEY_THREADS, "N", 0,
     "runs at the same time (default: one a core); never changes results", 0},
    CLI_SET_OPTION,
    {"out", 'o', "DIR", 0,
     "folder for the runs, which are kept and found again (default: results/scale-check)",
     0},
    {"page", KEY_PAGE, "FILE.md", 0,
     "write it as a page, with its picture (FILE.svg) beside it", 0},
    CLI_KEEP_GOING_OPTION,
    CLI_FORCE_OPTION,
    {"json", KEY_JSON, NULL, 0, "print one JSON object on standard output", 0},
    {"quiet", 'q', NULL, 0, "no progress and no table", 0},
    {0}};

/* ---- what is asked for ---- */

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
        argp_error(state, "--scales: one scale has none to be compared with");
    a->options.scale_count = count;
}

static double take_margin(struct argp_state *state, const char *text)
{
    double value;
    if (!steppe_number_parse(text, &value) || !(value > 0 && value < 1))
        argp_error(state, "--margin: expected a share between 0 and 1, not '%s'", text);
    return value;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    steppe_scale_options *o = &a->options;
    switch (key) {
    case KEY_SCALES: take_scales(state, text, a); return 0;
    case KEY_SEEDS: o->seeds = cli_whole(state, "--seeds", text, 3, 1000000); return 0;
    case KEY_SEED: o->seed = cli_whole(state, "--seed", text, 0, UINT64_MAX); return 0;
    case CLI_KEY_POPULATION:
        o->population_seed = cli_population(state, text);
        o->population_seed_given = true;
        return 0;
    case KEY_STEPS: o->steps = cli_whole(state, "--steps", text, 1, 1000000000); return 0;
    case KEY_MARGIN: o->margin = take_margin(state, text); return 0;
    case KEY_OUTCOME:
        if (a->outcome_count == MAX_OUTCOMES)
            argp_error(state, "too many --outcome options");
        a->outcomes[a->outcome_count++] = text;
        return 0;
    case KEY_THREADS:
        o->threads = (int)cli_whole(state, "--threads", text, 1, 1024);
        return 0;
    case 'o': o->folder = text; return 0;
    case KEY_PAGE: a->page = text; return 0;
    case KEY_JSON: a->json = true; return 0;
    case CLI_KEY_KEEP_GOING: a->keep_going = true; return 0;
    case 'q': a->quiet = true; return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "which SCENARIO?"); return 0;
    default: return cli_scenario_key(key, text, state, &a->scenario);
    }
}

/* ---- the table ---- */

static const char *const VERDICTS[] = {"undecided",        "equivalent",
                                       "DEPENDS ON IT",    "the same at every scale",
                                       "not in the model", "the reference"};

static void print_cell(const steppe_scale_cell *c)
{
    char text[4][40], range[90] = "", spread[24] = "";
    for (int k = 0; k < 4; k++)
        cli_number(k < 3 ? c->quantiles[(size_t)(2 * k)] : c->mean, text[k]);
    if (c->verdict != STEPPE_SCALE_REFERENCE && isfinite(c->ratio)) {
        char high[40] = "no bound";
        if (isfinite(c->ratio_high))
            snprintf(high, sizeof high, "%.3f", c->ratio_high);
        snprintf(range, sizeof range, "%.3f (%.3f to %s)", c->ratio, c->ratio_low, high);
    }
    if (isfinite(c->spread))
        snprintf(spread, sizeof spread, "%.2f", c->spread);
    printf("  %12.10g %13s %13s %13s %13s  %-24s %6s  %s%s\n", c->scale, text[1], text[0],
           text[2], text[3], range, spread, VERDICTS[c->verdict],
           c->verdict == STEPPE_SCALE_UNDECIDED && c->differs ? "; differs" : "");
}

static void print_row(const steppe_scale_check *check, size_t outcome,
                      const steppe_scale_row *r)
{
    const steppe_scale_facts *f = steppe_scale_check_facts(check);
    steppe_scale_cell cell;
    printf("\n== %s: %s ==\n%s, %s", r->name, VERDICTS[r->verdict], r->meaning, r->unit);
    if (r->verdict == STEPPE_SCALE_SAME) {
        steppe_scale_check_cell(check, outcome, 0, &cell);
        printf(": %g\n", cell.mean);
        return;
    }
    if (isnan(r->from))
        printf("; no coarser scale is shown to agree with the finest");
    else
        printf("; agrees from 1:%g on", r->from);
    if (r->few)
        printf("; too few runs: 30 at each scale are needed for any verdict");
    else if (r->verdict == STEPPE_SCALE_UNDECIDED && isfinite(r->needed))
        printf("; some %.0f runs a scale would show equivalence, if so", r->needed);
    printf("\nMargin:");
    if (r->margin > 0)
        printf(" %g %% of the mean at the finest", 100 * r->margin);
    if (r->margin_absolute > 0)
        printf("%s %g %s", r->margin > 0 ? " and" : "", r->margin_absolute, r->unit);
    if (*r->margin_of)
        printf(" (question %s)", r->margin_of);
    if (isfinite(100 * r->slope) && isfinite(100 * r->slope_low) &&
        isfinite(100 * r->slope_high))
        printf("\nA tenfold of the scale changes the mean by %+.1f %% (%+.1f to %+.1f)",
               100 * r->slope, 100 * r->slope_low, 100 * r->slope_high);
    printf("\n  %12s %13s %13s %13s %13s  %-24s %6s  %s\n", "residents", "median", "5 %",
           "95 %", "mean", "ratio of means", "spread", "verdict");
    for (size_t k = 0; k < f->scale_count; k++) {
        steppe_scale_check_cell(check, outcome, k, &cell);
        print_cell(&cell);
    }
}

static void print_table(const arguments *a, const steppe_scenario *scenario,
                        const steppe_scale_check *check, const bool *wanted,
                        double seconds)
{
    const steppe_scale_facts *f = steppe_scale_check_facts(check);
    steppe_scale_row row;
    size_t counts[6] = {0};
    char words[120];
    screen_put(steppe_scenario_title(scenario));
    printf("\n%zu runs at each of %zu scales; %zu were there, %zu made in %.1f s\n",
           f->seeds, f->scale_count, f->there, f->made, seconds);
    printf("population: %s\n",
           cli_population_words(f->population_held, f->population_seed,
                                "all runs of a scale", "each run", words));
    for (size_t k = 0; k < f->scale_count; k++)
        if (f->failed[k])
            printf("at 1:%g %zu runs FAILED and are left out (table 'replicate' says "
                   "why)\n",
                   f->scales[k], f->failed[k]);
    for (size_t i = 0; steppe_scale_check_row(check, i, &row) == STEPPE_OK; i++) {
        if (!wanted[i] || row.verdict == STEPPE_SCALE_ABSENT)
            continue;
        print_row(check, i, &row);
        counts[row.verdict]++;
    }
    printf(
        "\n%zu depend on the scale, %zu are equivalent, %zu are undecided, %zu are the "
        "same at every scale\n",
        counts[STEPPE_SCALE_DEPENDS], counts[STEPPE_SCALE_EQUIVALENT],
        counts[STEPPE_SCALE_UNDECIDED], counts[STEPPE_SCALE_SAME]);
    printf("Compared with 1:%g. Undecided is no evidence of no difference. Runs: %s\n",
           f->scales[f->scale_count - 1], a->options.folder);
}

/* ---- JSON ---- */

static json_t *real(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static const char *verdict_word(steppe_scale_verdict verdict)
{
    return verdict == STEPPE_SCALE_DEPENDS ? "depends on it" : VERDICTS[verdict];
}

static json_t *cell_json(const steppe_scale_cell *c)
{
    json_t *quantiles = json_array();
    for (int k = 0; k < 5; k++)
        json_array_append_new(quantiles, real(c->quantiles[k]));
    return json_pack("{s:f, s:I, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:o, "
                     "s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
                     "scale", c->scale, "runs", (json_int_t)c->count, "verdict",
                     verdict_word(c->verdict), "mean", real(c->mean), "mean_low",
                     real(c->mean_low), "mean_high", real(c->mean_high), "deviation",
                     real(c->deviation), "difference", real(c->difference), "low",
                     real(c->low), "high", real(c->high), "differs", (int)c->differs,
                     "ratio", real(c->ratio), "ratio_low", real(c->ratio_low),
                     "ratio_high", real(c->ratio_high), "equivalence_p",
                     real(c->equivalence), "robust_p", real(c->robust), "flips",
                     json_integer((json_int_t)c->flips), "flips_most",
                     real(c->flips_most), "spread",
                     json_pack("[o, o, o]", real(c->spread), real(c->spread_low),
                               real(c->spread_high)),
                     "quantiles", quantiles, "median", real(c->quantiles[2]));
}

static json_t *row_json(const steppe_scale_check *check, size_t outcome,
                        const steppe_scale_row *r)
{
    json_t *cells = json_array();
    steppe_scale_cell cell;
    for (size_t k = 0; steppe_scale_check_cell(check, outcome, k, &cell) == STEPPE_OK;
         k++)
        json_array_append_new(cells, cell_json(&cell));
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s}",
                     "name", r->name, "unit", r->unit, "meaning", r->meaning, "verdict",
                     verdict_word(r->verdict), "agrees_from", real(r->from), "slope",
                     real(r->slope), "slope_low", real(r->slope_low), "slope_high",
                     real(r->slope_high), "needed", real(r->needed), "scales", cells,
                     "margin", r->margin > 0 ? json_real(r->margin) : json_null(),
                     "margin_absolute",
                     r->margin_absolute > 0 ? json_real(r->margin_absolute) : json_null(),
                     "margin_of", r->margin_of);
}

static int print_json(const steppe_scenario *scenario, const steppe_scale_check *check,
                      const bool *wanted, double seconds)
{
    const steppe_scale_facts *f = steppe_scale_check_facts(check);
    json_t *rows = json_array(), *scales = json_array(), *failed = json_array();
    steppe_scale_row row;
    for (size_t k = 0; k < f->scale_count; k++) {
        json_array_append_new(scales, json_real(f->scales[k]));
        json_array_append_new(failed, json_integer((json_int_t)f->failed[k]));
    }
    for (size_t i = 0; steppe_scale_check_row(check, i, &row) == STEPPE_OK; i++)
        if (wanted[i] && row.verdict != STEPPE_SCALE_ABSENT)
            json_array_append_new(rows, row_json(check, i, &row));
    json_t *warnings = json_array();
    for (size_t k = 0; k < f->scale_count; k++) {
        json_t *more = cli_warnings_json(scenario, f->scales[k], NULL);
        json_array_extend(warnings, more);
        json_decref(more);
    }
    return cli_print_json(json_pack(
        "{s:s, s:i, s:o, s:o, s:f, s:I, s:I, s:I, s:f, s:f, s:o, s:I, s:I, s:f, s:o, "
        "s:o}",
        "title", steppe_scenario_title(scenario), "verdict_rules", STEPPE_VERDICT_RULES,
        "warnings", warnings, "scales", scales, "reference",
        f->scales[f->scale_count - 1], "seeds", (json_int_t)f->seeds, "seed",
        (json_int_t)f->seed, "steps", (json_int_t)f->steps, "margin", f->margin, "error",
        f->error, "failed", failed, "existing_replicates", (json_int_t)f->there, "made",
        (json_int_t)f->made, "seconds", seconds, "population_seed",
        cli_population_json(f->population_held, f->population_seed), "outcomes", rows));
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
        fprintf(stderr, "runs with one agent for %g residents\n", scale);
    s->scale = scale;
    return progress_share(done, &s->line);
}

/* Which outcomes are shown; EXIT_USAGE after saying that one is not there. */
static int choose(const arguments *a, bool wanted[MAX_OUTCOMES])
{
    const char *name;
    for (size_t k = 0; k < MAX_OUTCOMES; k++)
        wanted[k] = a->outcome_count == 0;
    for (size_t k = 0; k < a->outcome_count; k++) {
        size_t i = 0;
        while ((name = steppe_outcome_name(i)) && strcmp(name, a->outcomes[k]) != 0)
            i++;
        if (name) {
            wanted[i] = true;
            continue;
        }
        char word[200];
        fprintf(stderr, "steppe: no outcome is called '%s'; there are:",
                steppe_show_line(a->outcomes[k], word, sizeof word));
        for (i = 0; (name = steppe_outcome_name(i)); i++)
            fprintf(stderr, "%s %s", i ? "," : "", name);
        fprintf(stderr, "\n");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static int tell(const arguments *a, steppe_context *context,
                const steppe_scenario *scenario, const steppe_scale_check *check,
                const bool *wanted, double seconds)
{
    if (a->page) {
        int status = steppe_scale_check_write_page(context, check, wanted, a->page);
        if (status != STEPPE_OK)
            return cli_report(context, status);
    }
    if (a->json)
        return print_json(scenario, check, wanted, seconds);
    if (!a->quiet)
        print_table(a, scenario, check, wanted, seconds);
    if (a->page && !a->quiet)
        printf("page: %s\n", a->page);
    return cli_close_output(EXIT_DONE);
}

static int check_scales(const arguments *a, steppe_context *context,
                        const steppe_scenario *scenario, const bool *wanted)
{
    steppe_scale_check *check = NULL;
    steppe_scale_options options = a->options;
    stage now = {.scale = 0};
    progress_begin(&now.line);
    now.line.quiet = a->quiet;
    options.scales = a->scales;
    options.progress = show;
    options.user = &now;
    for (size_t k = 0; k < options.scale_count && !a->quiet; k++)
        cli_warn(scenario, a->scales[k], NULL);
    int status = steppe_scale_check_run(context, scenario, &options, &check);
    progress_end(&now.line);
    int code;
    if (status == STEPPE_STOPPED) {
        fprintf(stderr,
                "steppe: interrupted; what was run is kept in %s, and the same "
                "command goes on\n",
                options.folder);
        code = EXIT_INTERRUPTED;
    } else {
        code = status == STEPPE_OK ? tell(a, context, scenario, check, wanted,
                                          progress_now() - now.line.started)
                                   : cli_report(context, status);
    }
    if (check) {
        const steppe_scale_facts *f = steppe_scale_check_facts(check);
        size_t failed = 0;
        for (size_t k = 0; k < f->scale_count; k++)
            failed += f->failed[k];
        code = cli_failed(code, failed, f->seeds * f->scale_count, f->failure,
                          a->keep_going);
    }
    steppe_scale_check_free(check);
    return code;
}

int command_scale_check(int argc, char **argv)
{
    static const struct argp ARGP = {
        OPTIONS,
        parse,
        "SCENARIO",
        "Run a scenario at several scales, over seeds, and test for each outcome whether "
        "its mean depends on how many residents one agent stands for.\v"
        "An outcome is equivalent at all scales if two one-sided tests show each scale's "
        "mean to be that of the finest but for the margin, whatever flips there may be, "
        "and "
        "depends on the scale if a test shows more; else, or with fewer than 30 runs, it "
        "is "
        "undecided. Runs are kept, one file a scale: the same "
        "command finds them again, and one that was interrupted or killed goes on. Exit "
        "status: 0 done, whatever the verdicts; 1 failed, or a run has failed "
        "(--keep-going: 0 then); 2 bad input or usage; 130 interrupted.",
        NULL,
        NULL,
        NULL};
    arguments a = {.options = {.scale_count = sizeof DEFAULT_SCALES / sizeof(double),
                               .seeds = 30,
                               .seed = 1,
                               .margin = 0.1,
                               .error = 0.05,
                               .folder = "results/scale-check"}};
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    bool wanted[MAX_OUTCOMES];
    memcpy(a.scales, DEFAULT_SCALES, sizeof DEFAULT_SCALES);
    cli_parse(&ARGP, argc, argv, &a);
    int code = choose(&a, wanted);
    if (code != EXIT_DONE)
        return code;
    cli_watch_interruption();
    code = cli_scenario_open(&a.scenario, &context, &scenario);
    static const char *const PICTURES[] = {".svg"};
    if (code == EXIT_DONE)
        code = cli_page_check(context, a.page, PICTURES, 1);
    if (code == EXIT_DONE)
        code = check_scales(&a, context, scenario, wanted);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return code;
}
