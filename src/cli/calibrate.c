/* steppe calibrate SCENARIO */
#include "cli.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PARAMETERS = 256 };

typedef struct arguments {
    cli_options common;
    const char *parameters[MAX_PARAMETERS];
    size_t parameter_count, waves, points, predicted, truths, bank, chains;
    const char *posterior;
} arguments;

typedef struct calibration {
    const arguments *a;
    const steppe_scenario *scenario;
    steppe_calibration *made;
    const char *path, *posterior;
    double seconds;
} calibration;

static steppe_table *table_of(const void *object, const char *name)
{
    return steppe_calibration_table(((const calibration *)object)->made, name);
}

static json_t *json_of(const void *object)
{
    const calibration *c = object;
    const steppe_calibration_facts *f = steppe_calibration_facts_of(c->made);
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:b, s:f, "
                     "s:f, s:o, s:o}",
                     "title", steppe_scenario_title(c->scenario), "parameters_inferred",
                     (json_int_t)f->parameters, "ranges", (json_int_t)f->ranges,
                     "observations_measured", (json_int_t)f->observations, "training",
                     (json_int_t)f->training, "runs", (json_int_t)f->runs, "made",
                     (json_int_t)f->made, "failed", (json_int_t)f->failed, "stopped",
                     (json_int_t)f->stopped, "truths", (json_int_t)f->truths, "left_out",
                     (json_int_t)f->left_out, "empty", f->empty, "evidence", f->evidence,
                     "seconds", c->seconds, "results", cli_text(c->path), "posterior",
                     cli_text(c->posterior));
}

static int write_page(steppe_context *context, const void *object, const char *path)
{
    return steppe_calibration_write_page(context, ((const calibration *)object)->made,
                                         path);
}

static void print_tables(const calibration *c, const char *const *names)
{
    for (; *names; names++) {
        putchar('\n');
        cli_print_table(table_of(c, *names));
    }
    printf("\n%-16s%s\n", "results", c->path);
}

static void print_ranks(const calibration *c, const steppe_calibration_facts *f)
{
    static const char *const TABLES[] = {"ranks", NULL};
    char text[500];
    snprintf(
        text, sizeof text,
        "%zu synthetic truths, %zu left out (stopped at ten times the crowd on record). "
        "Where the calibration is right, a truth's rank among the draws is uniform, and "
        "nine in ten lie in the 90 %% interval.",
        f->truths, f->left_out);
    cli_wrap(text, 0);
    print_tables(c, TABLES);
}

static void print_posterior(const calibration *c, const steppe_calibration_facts *f)
{
    static const char *const TABLES[] = {"waves",      "levels",       "parameters",
                                         "trade-offs", "observations", NULL};
    char text[500];
    snprintf(text, sizeof text,
             "%zu of %zu uncertain parameters inferred from %zu observations (%zu held "
             "out), by %zu runs: %zu made in %.1f s, %zu stopped at ten times the crowd "
             "on record%s",
             f->parameters, f->ranges, f->training, f->observations - f->training,
             f->runs, f->made, c->seconds, f->stopped, f->failed ? ", some failed" : "");
    cli_wrap(text, 0);
    if (f->empty)
        cli_wrap(
            "No parameter set agrees with the record: what follows comes nearest to it.",
            0);
    print_tables(c, TABLES);
    printf("%-16s%s\n", "posterior", c->posterior);
}

static void print(const void *object)
{
    const calibration *c = object;
    const steppe_calibration_facts *f = steppe_calibration_facts_of(c->made);
    screen_put(steppe_scenario_title(c->scenario));
    putchar('\n');
    if (c->a->truths)
        print_ranks(c, f);
    else
        print_posterior(c, f);
    puts("\nA model, not a forecast: what happens in it, under these assumptions.");
}

/* "posterior.csv" beside the scenario. */
static const char *posterior_path(const arguments *a, char *buffer, size_t size)
{
    const char *scenario = a->common.arguments[0], *slash = strrchr(scenario, '/');
    if (a->posterior)
        return a->posterior;
    snprintf(buffer, size, "%.*sposterior.csv", slash ? (int)(slash - scenario + 1) : 0,
             scenario);
    return buffer;
}

static int work(void *user, steppe_context *context, steppe_scenario *scenario)
{
    const arguments *a = user;
    const cli_options *o = &a->common;
    char path[160], posterior[4200];
    progress line;
    calibration c = {.a = a,
                     .scenario = scenario,
                     .path = cli_results_path(o, scenario, "calibration", path),
                     .posterior = posterior_path(a, posterior, sizeof posterior)};
    const steppe_calibrate_options options = {.path = c.path,
                                              .parameters = a->parameters,
                                              .parameter_count = a->parameter_count,
                                              .seed = o->seed,
                                              .scale = o->scale,
                                              .waves = a->waves,
                                              .points = a->points,
                                              .chains = a->chains,
                                              .draws = o->draws,
                                              .predicted = a->predicted,
                                              .truths = a->truths,
                                              .bank = a->bank,
                                              .posterior = c.posterior,
                                              .threads = o->threads,
                                              .progress = progress_share,
                                              .user = &line};
    if (!o->quiet)
        cli_warn(scenario, options.scale, NULL);
    progress_begin(&line, o->quiet);
    int status = steppe_calibrate(context, scenario, &options, &c.made);
    progress_end(&line);
    c.seconds = progress_now() - line.started;
    if (status == STEPPE_STOPPED)
        return cli_say_interrupted(c.path);
    int code = status == STEPPE_OK ? cli_show(o, context,
                                              &(cli_finding){&c, table_of, write_page,
                                                             json_of, NULL, print})
                                   : cli_report(context, status);
    steppe_calibration_free(c.made);
    return code;
}

enum { PARAMETERS = 0x500, WAVES, RUNS, PREDICTED, POSTERIOR, SYNTHETIC, BANK, CHAINS };

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case PARAMETERS:
        if (a->parameter_count == MAX_PARAMETERS)
            argp_error(state, "--parameters: at most %d", MAX_PARAMETERS);
        a->parameters[a->parameter_count++] = text;
        return 0;
    case WAVES: a->waves = cli_whole(state, "--waves", text, 1, 10); return 0;
    case RUNS: a->points = cli_whole(state, "--runs", text, 10, 100000); return 0;
    case PREDICTED:
        a->predicted = cli_whole(state, "--predicted", text, 1, 100000);
        return 0;
    case SYNTHETIC:
        a->truths = cli_whole(state, "--synthetic", text, 1, 100000);
        return 0;
    case CHAINS: a->chains = cli_whole(state, "--chains", text, 10, 10000); return 0;
    case BANK: a->bank = cli_whole(state, "--bank", text, 10, 100000); return 0;
    case POSTERIOR: a->posterior = text; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

int command_calibrate(int argc, char **argv)
{
    static const char *const TABLES[] = {"parameters", "observations", "waves",
                                         "levels",     "ranks",        NULL};
    static const char *const PICTURES[] = {"-parameters.svg", "-observations.svg",
                                           "-ranks.svg", NULL};
    static const struct argp_option OPTIONS[] = {
        {NULL, 0, NULL, 0, "Calibration:", 1},
        {"parameters", PARAMETERS, "NAME", 0,
         "what is inferred: a parameter group of the scenario, or a path in which * "
         "stands "
         "for any letters (citizens.*); may be repeated (default: all ranges). The "
         "others "
         "follow their priors",
         1},
        {"runs", RUNS, "N", 0, "runs a wave (default: ten a parameter, at least 100)", 1},
        {"waves", WAVES, "N", 0,
         "waves of history matching, before one from the posterior (default 3)", 1},
        {"chains", CHAINS, "N", 0,
         "in place of waves and emulators, draw the posterior by N chains of runs: "
         "slower, and right where emulators are "
         "not; --runs is then how many runs of the prior they start from",
         1},
        {"predicted", PREDICTED, "N", 0,
         "runs at draws of the posterior, which predict the record (default 100)", 1},
        {"posterior", POSTERIOR, "FILE", 0,
         "file of the draws (default: posterior.csv beside the scenario)", 1},
        {"synthetic", SYNTHETIC, "N", 0,
         "in place of the record, calibrate to N made-up ones, of truths drawn from the "
         "prior, and show whether the truths are where the posteriors say",
         1},
        {"bank", BANK, "N", 0,
         "with --synthetic: N runs that all truths share, from what wave 1 leaves of the "
         "prior; each truth then makes one wave of its own",
         1},
        {0}};
    static const struct argp ARGP = {
        .options = OPTIONS,
        .parser = parse,
        .args_doc = "SCENARIO",
        .doc =
            "Find which parameters agree with the record of a scenario (section "
            "`observed`): waves of history matching, then the posterior by a synthetic "
            "likelihood. Every run goes into one results file.\v"
            "After an interruption or a crash the same command makes exactly the runs "
            "that "
            "are missing, and the posterior is the same. A run that has ten times the "
            "crowd "
            "on record is stopped: its parameters are implausible. Exit status: 0 done, "
            "1 "
            "failed, 2 bad input or usage, 130 interrupted."};
    arguments a = {.common = {.has = CLI_SET | CLI_SEED | CLI_SCALE | CLI_THREADS |
                                     CLI_OUT_FILE | CLI_PAGE | CLI_FORCE | CLI_JSON |
                                     CLI_CSV | CLI_QUIET,
                              .least = 1,
                              .most = 1,
                              .tables = TABLES,
                              .pictures = PICTURES,
                              .out_default = "results/NAME-calibration.sqlite",
                              .seed = 1}};
    return cli_with_scenario(&ARGP, argc, argv, &a, work);
}
