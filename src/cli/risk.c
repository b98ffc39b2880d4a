/* steppe risk SCENARIO */
#include "cli.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_WEEKS = 0x100, KEY_RESULTS, KEY_AGAINST };

typedef struct arguments {
    cli_options common;
    steppe_risk_options risk;
    const char *results;
    char failure[400]; /* the first run that failed, and why */
} arguments;

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

static error_t parse(int key, char *text, struct argp_state *state)
{
    static const char *const OF_RUNS[] = {"replicates", "sample",
                                          "seed",       "population-seed",
                                          "scale",      "steps",
                                          "out",        NULL};
    arguments *a = state->input;
    switch (key) {
    case KEY_RESULTS: a->results = text; return 0;
    case KEY_AGAINST: a->risk.against = text; return 0;
    case KEY_WEEKS: read_weeks(state, text, &a->risk); return 0;
    case ARGP_KEY_END: {
        const char *given = cli_first_given(&a->common, OF_RUNS);
        if (a->results && given)
            argp_error(state, "--results and --%s exclude each other", given);
        if (a->common.replicates < 4)
            argp_error(
                state,
                "--replicates: expected a whole number from 4 to 1000000, not '%zu'",
                a->common.replicates);
        return 0;
    }
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* ---- what is printed ---- */

typedef struct finding {
    const steppe_scenario *scenario;
    steppe_risk *risk;
} finding;

static steppe_table *table_of(const void *object, const char *name)
{
    return steppe_risk_table(((const finding *)object)->risk, name);
}

static int write_page(steppe_context *context, const void *object, const char *path)
{
    return steppe_risk_write_page(context, ((const finding *)object)->risk, path);
}

static json_t *json_of(const void *object)
{
#define F(member) STEPPE_FIELD(steppe_risk_facts, member)
    static const steppe_column FACTS[] = {{"results", F(path)},
                                          {"replicates", F(replicates)},
                                          {"failed", F(failed)},
                                          {"region_count", F(regions)},
                                          {"week_count", F(weeks)},
                                          {"from", .list = "window", F(from)},
                                          {"to", .list = "window", F(to)},
                                          {"scale", F(scale)},
                                          {"unrest_share", F(unrest_share)},
                                          {"sampling", F(sampling)},
                                          {"any", F(any)},
                                          {"any_low", .list = "any_interval", F(any_low)},
                                          {"any_high", .list = "any_interval",
                                           F(any_high)},
                                          {"mean", F(mean)},
                                          {"against", F(against)},
                                          {"trained", F(trained)},
                                          {"evaluated", F(evaluated)},
                                          {"districts", F(districts)},
                                          {"coarse_districts", F(coarse)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_risk_record_facts, member)
    static const steppe_column RECORD[] = {{"record_summary.named", F(named)},
                                           {"record_summary.regions", F(regions)},
                                           {"record_summary.weeks", F(weeks)},
                                           {"record_summary.doubtful", F(doubtful)},
                                           {"record_summary.brier", F(brier)},
                                           {"record_summary.brier_worst", F(brier_worst)},
                                           {"record_summary.hits", F(hits)},
                                           {"record_summary.left_out", F(undated)}};
#undef F
    const finding *x = object;
    const steppe_risk_facts *f = steppe_risk_read(x->risk);
    char words[160];
    json_t *json = json_pack(
        "{s:s, s:s, s:o, s:o}", "title", steppe_scenario_title(x->scenario), "parameters",
        steppe_sampling_words(x->scenario, f->sampling, f->replicates, words),
        "population_seed", cli_population_json(f->population_held, f->population_seed),
        "warnings", cli_warnings_json(x->scenario, f->scale, NULL));
    CLI_ADD_FIELDS(json, FACTS, f);
    CLI_ADD_FIELDS(json, RECORD, steppe_risk_record_read(x->risk));
    return json;
}

static void print_table(const steppe_risk *r, const char *name, size_t rows)
{
    steppe_table *table = steppe_risk_table(r, name);
    steppe_table_limit(table, rows);
    cli_print_table(table);
}

static void print_head(const steppe_scenario *scenario, const steppe_risk *r)
{
    const steppe_risk_facts *f = steppe_risk_read(r);
    char words[160], text[300];
    screen_put(steppe_scenario_title(scenario));
    putchar('\n');
    snprintf(text, sizeof text,
             "%zu runs, %g %s per agent, weeks %zu to %zu of %zu; unrest anywhere in "
             "%.1f %% of the runs (%.1f to %.1f)",
             f->replicates, f->scale, f->scale == 1 ? "resident" : "residents", f->from,
             f->to, f->weeks, 100 * f->any, 100 * f->any_low, 100 * f->any_high);
    cli_wrap(text, 0);
    printf("population: %s\n",
           cli_population_words(f->population_held, f->population_seed, "all runs",
                                "each run", words));
    printf("parameters: %s\n",
           steppe_sampling_words(scenario, f->sampling, f->replicates, words));
    if (f->failed)
        printf("%zu run%s FAILED or incomplete: left out\n", f->failed,
               steppe_plural((double)f->failed));
    snprintf(
        text, sizeof text,
        "coarse: in %zu of %zu districts one active agent counts as unrest; risks may "
        "differ at a --scale nearer to 1",
        f->coarse, f->districts);
    if (f->coarse)
        cli_wrap(text, 0);
}

static void print_record(const steppe_risk *r)
{
    const steppe_risk_record_facts *f = steppe_risk_record_read(r);
    char text[300] = "The record names no region with unrest in a week.";
    if (f->named > 0)
        snprintf(
            text, sizeof text,
            "Compared with the record: %zu region%s in %zu week%s had unrest; Brier "
            "score %.3f (at worst %.3f). It names none without unrest, and they are one "
            "event: hardly a calibration.",
            f->regions, steppe_plural((double)f->regions), f->weeks,
            steppe_plural((double)f->weeks), f->brier, f->brier_worst);
    putchar('\n');
    cli_wrap(text, 0);
}

static void print(const void *object)
{
    const steppe_scenario *scenario = ((const finding *)object)->scenario;
    const steppe_risk *r = ((const finding *)object)->risk;
    const steppe_risk_facts *f = steppe_risk_read(r);
    steppe_risk_region row;
    steppe_risk_cell cell;
    bool apart = false;
    size_t likely = 0;
    cli_warn(scenario, f->scale, NULL);
    print_head(scenario, r);
    print_table(r, "regions", 40);
    for (size_t i = 0; steppe_risk_region_at(r, i, &row) == STEPPE_OK; i++)
        apart = apart || row.best > 1 || row.worst < f->regions;
    if (!apart)
        printf(
            "All these intervals overlap: so few runs do not tell the regions apart.\n");
    print_table(r, "weeks", SIZE_MAX);
    while (likely < 10 && steppe_risk_cell_at(r, likely, &cell) == STEPPE_OK &&
           cell.risk > 0)
        likely++;
    if (likely > 0)
        print_table(r, "region_weeks", likely);
    if (f->to > f->from) {
        printf("\nCalibration inside the model: trained on %zu runs, evaluated on %zu "
               "others\n",
               f->trained, f->evaluated);
        print_table(r, "forecasts", SIZE_MAX);
    }
    print_record(r);
    printf("\n%-16s%s\n", "results", f->path);
    printf("\nA model, not a forecast: how often it happens in it, under these "
           "assumptions.\n");
}

/* ---- the command ---- */

static int show(arguments *a, steppe_context *context, const steppe_scenario *scenario)
{
    const cli_options *o = &a->common;
    finding x = {scenario, NULL};
    int status = steppe_risk_open(context, scenario, &a->risk, &x.risk);
    if (status != STEPPE_OK)
        return cli_report(context, status);
    int code = cli_show(o, context,
                        &(cli_finding){&x, table_of, write_page, json_of, NULL, print});
    const steppe_risk_facts *f = steppe_risk_read(x.risk);
    code = cli_failed(code, f->failed, f->failed + f->replicates,
                      *a->failure ? a->failure : "the file's table 'replicate' says why",
                      o->keep_going);
    steppe_risk_free(x.risk);
    return code;
}

static int work(void *user, steppe_context *context, steppe_scenario *scenario)
{
    arguments *a = user;
    char path[160];
    int code = EXIT_DONE;
    size_t weeks = steppe_risk_weeks(scenario, a->common.steps);
    if (strcmp(steppe_scenario_model(scenario), "street") != 0) {
        fprintf(stderr, "steppe: %s: the model '%s' has no street to run\n",
                a->common.arguments[0], steppe_scenario_model(scenario));
        return EXIT_USAGE;
    }
    if (!a->results && weeks > 0 && a->risk.to > weeks) { /* before hours of runs */
        fprintf(stderr, "steppe: --weeks: the run has weeks 1 to %zu\n", weeks);
        return EXIT_USAGE;
    }
    a->risk.path = a->results ? a->results
                              : cli_results_path(&a->common, scenario, "risk", path);
    if (!a->results) {
        steppe_ensemble_summary summary;
        double seconds;
        code = progress_ensemble(&a->common, context, scenario, a->risk.path, &summary,
                                 &seconds);
        if (code == EXIT_DONE)
            snprintf(a->failure, sizeof a->failure, "%s", summary.failure);
    }
    return code == EXIT_DONE ? show(a, context, scenario) : code;
}

int command_risk(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"results", KEY_RESULTS, "FILE", 0,
         "run nothing: use the runs of this ensemble of the scenario", 0},
        {"against", KEY_AGAINST, "FILE", 0,
         "evaluate the forecasts on the runs of another ensemble, with other seeds: one "
         "with "
         "other settings, or over the parameter ranges",
         0},
        {"weeks", KEY_WEEKS, "A-B", 0, "weeks that count, from 1 (default: all)", 0},
        {0}};
    static const struct argp ARGP = {
        OPTIONS, parse, .args_doc = "SCENARIO",
        .doc =
            "Rank regions and weeks by the risk of unrest: the share of many runs in "
            "which a region (a first-level unit) has unrest in a week, with its "
            "interval; "
            "and test how well it can be forecast inside the model.\v"
            "Runs are kept and found again, as by 'steppe ensemble': interrupted or "
            "killed, the same command resumes. Exit status: 0 done, 1 failed, or a run "
            "has failed (--keep-going: 0 then), 2 bad input or usage, 130 interrupted. A "
            "model, not a forecast of real events."};
    static const char *const TABLES[] = {"regions",   "weeks",  "region_weeks",
                                         "forecasts", "states", "reliability",
                                         "record",    NULL};
    static const char *const PICTURES[] = {"-map.svg", "-reliability.svg", NULL};
    arguments a = {.common = {.has = CLI_SET | CLI_SEED | CLI_POPULATION | CLI_SCALE |
                                     CLI_STEPS | CLI_REPLICATES | CLI_SAMPLE |
                                     CLI_THREADS | CLI_KEEP_GOING | CLI_OUT_FILE |
                                     CLI_PAGE | CLI_FORCE | CLI_JSON | CLI_CSV |
                                     CLI_QUIET,
                              .least = 1,
                              .most = 1,
                              .tables = TABLES,
                              .pictures = PICTURES,
                              .out_default = "results/NAME-risk.sqlite",
                              .seed = 1,
                              .replicates = 100}};
    return cli_with_scenario(&ARGP, argc, argv, &a, work);
}
