/* steppe risk SCENARIO */
#include "risk.h"
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
    KEY_THREADS,
    KEY_JSON,
    KEY_WEEKS,
    KEY_RESULTS,
    KEY_AGAINST,
    KEY_PAGE,
};

typedef struct arguments {
    scenario_arguments scenario;
    steppe_ensemble_options runs;
    steppe_risk_options risk;
    const char *results, *page, *making; /* making: an option that only runs obey */
    bool json, quiet, keep_going;
    char failure[400]; /* the first run that failed, and why */
} arguments;

static const struct argp_option OPTIONS[] = {
    {"replicates", 'n', "N", 0, "how many runs (default 100)", 0},
    {"sample", KEY_SAMPLE, "HOW", 0,
     "draw what is not known from its ranges: latin or sobol, as in 'steppe ensemble'; "
     "default none: seeds alone",
     0},
    {"seed", KEY_SEED, "S", 0, "seed of the first run, and of the draws (default 1)", 0},
    CLI_POPULATION_OPTION("all runs (default: each has its own, by its seed)"),
    {"scale", KEY_SCALE, "S", 0, "residents that one agent stands for (at least 1)", 0},
    {"steps", KEY_STEPS, "N", 0, "steps of each run (default: the scenario's)", 0},
    {"threads", KEY_THREADS, "N", 0,
     "runs at the same time (default: one a core); never changes results", 0},
    CLI_SET_OPTION,
    {"out", 'o', "FILE", 0,
     "file of the runs, made or gone on with (default: results/NAME-risk.sqlite)", 0},
    {"results", KEY_RESULTS, "FILE", 0,
     "run nothing: take what this file of an ensemble of the scenario holds", 0},
    {"against", KEY_AGAINST, "FILE", 0,
     "try the forecasts on the runs of another ensemble, of other seeds: one with "
     "other settings, or over the ranges",
     0},
    {"weeks", KEY_WEEKS, "A-B", 0, "weeks that count, from 1 (default: all)", 0},
    {"page", KEY_PAGE, "FILE.md", 0,
     "write it as a page, with its pictures (FILE-*.svg) beside it", 0},
    CLI_KEEP_GOING_OPTION,
    CLI_FORCE_OPTION,
    {"json", KEY_JSON, NULL, 0, "print one JSON object on standard output", 0},
    {"quiet", 'q', NULL, 0, "no progress and no tables", 0},
    {0}};

static void read_weeks(struct argp_state *state, const char *text, steppe_risk_options *o)
{
    char *end;
    unsigned long from = strtoul(text, &end, 10), to = from;
    bool good = text[0] >= '0' && text[0] <= '9';
    if (good && *end == '-') {
        const char *second = end + 1;
        to = strtoul(second, &end, 10);
        good = second[0] >= '0' && second[0] <= '9';
    }
    if (!good || *end || from < 1 || to < from || to > 1000000)
        argp_error(state, "--weeks: expected two weeks such as 4-26, or one, not '%s'",
                   text);
    o->from = from;
    o->to = to;
}

/* Options of the runs; false for others. */
static bool parse_runs(int key, char *text, struct argp_state *state, arguments *a)
{
    steppe_ensemble_options *o = &a->runs;
    switch (key) {
    case 'n':
        o->count = cli_whole(state, "--replicates", text, 4, 1000000);
        a->making = "--replicates";
        return true;
    case KEY_SAMPLE:
        o->sampling = text;
        a->making = "--sample";
        return true;
    case KEY_SEED:
        o->seed = cli_whole(state, "--seed", text, 0, UINT64_MAX);
        a->making = "--seed";
        return true;
    case CLI_KEY_POPULATION:
        o->population_seed = cli_population(state, text);
        o->population_seed_given = true;
        a->making = "--population-seed";
        return true;
    case KEY_SCALE:
        o->scale = cli_scale(state, text);
        a->making = "--scale";
        return true;
    case KEY_STEPS:
        o->steps = cli_whole(state, "--steps", text, 1, 1000000000);
        a->making = "--steps";
        return true;
    case KEY_THREADS:
        o->threads = (int)cli_whole(state, "--threads", text, 1, 1024);
        return true;
    case 'o':
        o->path = text;
        a->making = "--out";
        return true;
    default: return false;
    }
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    if (parse_runs(key, text, state, a))
        return 0;
    switch (key) {
    case KEY_RESULTS: a->results = text; return 0;
    case KEY_AGAINST: a->risk.against = text; return 0;
    case KEY_WEEKS: read_weeks(state, text, &a->risk); return 0;
    case KEY_PAGE: a->page = text; return 0;
    case KEY_JSON: a->json = true; return 0;
    case CLI_KEY_KEEP_GOING: a->keep_going = true; return 0;
    case 'q': a->quiet = true; return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "which SCENARIO?"); return 0;
    case ARGP_KEY_END:
        if (a->results && a->making)
            argp_error(state, "--results runs nothing: it does not go with %s",
                       a->making);
        return 0;
    default: return cli_scenario_key(key, text, state, &a->scenario);
    }
}

/* ---- tables ---- */

static void print_share(double share, double low, double high)
{
    if (isfinite(share) && isfinite(low) && isfinite(high))
        printf("%6.1f %% (%5.1f to %5.1f)", 100 * share, 100 * low, 100 * high);
    else
        printf("%25s", "not known");
}

static void print_regions(const steppe_risk *r)
{
    steppe_risk_region row;
    printf(
        "\n     region                     risk over all weeks          weeks  highest "
        "share  may be rank\n");
    bool apart = false;
    size_t all = steppe_risk_read(r)->regions;
    for (size_t i = 0; steppe_risk_region_at(r, i, &row) == STEPPE_OK; i++) {
        apart = apart || row.best > 1 || row.worst < all;
        if (i >= 40)
            continue;
        printf("%3zu  ", i + 1);
        screen_cut(row.name, 24);
        print_share(row.risk, row.low, row.high);
        printf("  %6.2f  %11.3f %%  %zu to %zu\n", row.weeks, 100 * row.share, row.best,
               row.worst);
    }
    if (!apart)
        printf("All these intervals overlap: so many runs do not tell the regions "
               "apart.\n");
}

static void print_weeks(const steppe_risk *r)
{
    steppe_risk_week row;
    printf("\nweek  begins       unrest anywhere            regions\n");
    for (size_t i = 0; steppe_risk_week_at(r, i, &row) == STEPPE_OK; i++) {
        printf("%4zu  %-11s", row.week, row.begins);
        print_share(row.risk, row.low, row.high);
        printf("  %7.2f\n", row.regions);
    }
}

static void print_cells(const steppe_risk *r)
{
    steppe_risk_cell row;
    printf("\n     where and when most       week  risk                        highest "
           "share\n");
    for (size_t i = 0; i < 10 && steppe_risk_cell_at(r, i, &row) == STEPPE_OK; i++) {
        if (row.risk <= 0)
            break;
        printf("%3zu  ", i + 1);
        screen_cut(row.name, 24);
        printf("%4zu  ", row.week);
        print_share(row.risk, row.low, row.high);
        printf("  %8.3f %%\n", 100 * row.share);
    }
}

static void print_forecasts(const steppe_risk *r)
{
    const steppe_risk_facts *f = steppe_risk_read(r);
    steppe_risk_forecast row;
    printf("\nCalibration inside the model: trained from %zu runs, tried on %zu others\n",
           f->trained, f->tried);
    printf("forecast          Brier   = reliability - resolution + uncertainty  skill\n");
    for (size_t i = 0; steppe_risk_forecast_at(r, i, &row) == STEPPE_OK; i++) {
        printf("%-17s %.4f    %.4f        %.4f       %.4f        ", row.name, row.brier,
               row.reliability, row.resolution, row.uncertainty);
        if (!isfinite(row.skill))
            printf("none to be had\n");
        else if (!isfinite(row.low) || !isfinite(row.high))
            printf("%.3f\n", row.skill);
        else
            printf("%.3f (%.3f to %.3f)\n", row.skill, row.low, row.high);
    }
}

static void print_record(const steppe_risk *r)
{
    const steppe_risk_record_facts *f = steppe_risk_record_read(r);
    if (f->named == 0)
        printf("\nBeside the record: it names no region as one of unrest in a week.\n");
    else
        printf("\nBeside the record: %zu regions in %zu week%s are named as having "
               "unrest; Brier score %.3f (%.3f at worst).\nIt names none without, and "
               "they are one event: hardly a calibration.\n",
               f->regions, f->weeks, f->weeks == 1 ? "" : "s", f->brier, f->brier_worst);
}

static void print_tables(const steppe_scenario *scenario, const steppe_risk *r)
{
    const steppe_risk_facts *f = steppe_risk_read(r);
    char words[120];
    screen_put(steppe_scenario_title(scenario));
    printf("\n%zu runs, one agent for %g residents, weeks %zu to %zu of %zu; unrest "
           "anywhere in them:",
           f->replicates, f->scale, f->from, f->to, f->weeks);
    print_share(f->any, f->any_low, f->any_high);
    printf("\npopulation: %s\n",
           cli_population_words(f->population_held, f->population_seed, "all runs",
                                "each run", words));
    if (f->failed)
        printf("%zu runs FAILED, or are not whole, and are left out\n", f->failed);
    if (f->coarse)
        printf("coarse: in %zu of %zu districts one active agent is already unrest; a "
               "--scale nearer to 1 may give other risks\n",
               f->coarse, f->districts);
    print_regions(r);
    print_weeks(r);
    print_cells(r);
    if (f->to > f->from)
        print_forecasts(r);
    print_record(r);
    printf("\nresults  %s\nA model, not a forecast: how often it happens in it, under "
           "these assumptions.\n",
           f->path);
}

/* ---- the command ---- */

static int tell(arguments *a, steppe_context *context, const steppe_scenario *scenario)
{
    steppe_risk *risk = NULL;
    int status = steppe_risk_open(context, scenario, &a->risk, &risk), code = EXIT_DONE;
    if (status == STEPPE_OK && a->page)
        status = steppe_risk_write_page(context, risk, a->page);
    if (status != STEPPE_OK)
        code = cli_report(context, status);
    else if (a->json)
        code = cli_print_json(risk_json(scenario, risk));
    else if (!a->quiet) {
        cli_warn(scenario, steppe_risk_read(risk)->scale, NULL);
        print_tables(scenario, risk);
        if (a->page)
            printf("page     %s\n", a->page);
        code = cli_close_output(EXIT_DONE);
    }
    if (risk) {
        const steppe_risk_facts *f = steppe_risk_read(risk);
        code = cli_failed(code, f->failed, f->failed + f->replicates,
                          *a->failure ? a->failure
                                      : "the file's table 'replicate' says why",
                          a->keep_going);
    }
    steppe_risk_free(risk);
    return code;
}

/* Make the runs that are missing. */
static int make_runs(arguments *a, steppe_context *context,
                     const steppe_scenario *scenario)
{
    steppe_ensemble_summary summary;
    progress line;
    progress_begin(&line);
    line.quiet = a->quiet;
    a->runs.progress = progress_share;
    a->runs.user = &line;
    int status = steppe_ensemble(context, scenario, &a->runs, &summary);
    progress_end(&line);
    if (status == STEPPE_STOPPED) {
        fprintf(stderr,
                "steppe: interrupted; %zu of %zu runs are in %s: the same command goes "
                "on\n",
                summary.there + summary.made, a->runs.count, a->runs.path);
        return EXIT_INTERRUPTED;
    }
    snprintf(a->failure, sizeof a->failure, "%s", summary.failure);
    if (status == STEPPE_OK)
        cli_note_shared(a->runs.path);
    return status == STEPPE_OK ? EXIT_DONE : cli_report(context, status);
}

static int run_risk(arguments *a, steppe_context *context,
                    const steppe_scenario *scenario)
{
    char stem[128], path[160];
    int code = EXIT_DONE;
    size_t weeks = steppe_risk_weeks(scenario, a->runs.steps);
    if (strcmp(steppe_scenario_model(scenario), "street") != 0) {
        fprintf(stderr, "steppe: %s: the model '%s' has no street to run\n",
                a->scenario.file, steppe_scenario_model(scenario));
        return EXIT_USAGE;
    }
    if (!a->results && weeks > 0 && a->risk.to > weeks) { /* before hours of runs */
        fprintf(stderr, "steppe: --weeks: the run has weeks 1 to %zu\n", weeks);
        return EXIT_USAGE;
    }
    if (a->results) {
        a->risk.path = a->results;
    } else {
        if (!a->runs.path) {
            mkdir("results", 0777); /* opening the file says why if that did not work */
            snprintf(path, sizeof path, "results/%s-risk.sqlite",
                     steppe_scenario_stem(scenario, stem, sizeof stem));
            a->runs.path = path;
        }
        a->risk.path = a->runs.path;
        code = make_runs(a, context, scenario);
    }
    return code == EXIT_DONE ? tell(a, context, scenario) : code;
}

int command_risk(int argc, char **argv)
{
    static const struct argp ARGP = {
        OPTIONS,
        parse,
        "SCENARIO",
        "Rank regions and weeks by the risk of unrest: the share of many runs in which a "
        "region (a first-level unit) has unrest in a week, with its interval; and try "
        "how well it can be forecast inside the model.\v"
        "Runs are kept and found again, as by 'steppe ensemble': interrupted or killed, "
        "the same command goes on. Exit status: 0 done, 1 failed, or a run has failed "
        "(--keep-going: 0 then), 2 bad input or usage, 130 interrupted. A model, not a "
        "forecast of real events.",
        NULL,
        NULL,
        NULL};
    arguments a = {.runs = {.count = 100, .seed = 1}};
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    cli_parse(&ARGP, argc, argv, &a);
    cli_watch_interruption();
    int code = cli_scenario_open(&a.scenario, &context, &scenario);
    static const char *const PICTURES[] = {"-map.svg", "-reliability.svg"};
    if (code == EXIT_DONE)
        code = cli_page_check(context, a.page, PICTURES, 2);
    if (code == EXIT_DONE)
        code = run_risk(&a, context, scenario);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return code;
}
