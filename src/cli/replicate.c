/* steppe replicate [NAME...] */
#include "cli.h"
#include "progress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MAX_NAMES = 64,
    KEY_EFFORT = 0x100,
    KEY_THREADS,
    KEY_JSON,
    KEY_PAGE,
    KEY_LIST,
    KEY_FOLDER
};

typedef struct arguments {
    const char *names[MAX_NAMES];
    size_t count;
    const char *folder, *page;
    int effort, threads;
    bool json, quiet, list, force;
} arguments;

static const struct argp_option OPTIONS[] = {
    {"list", KEY_LIST, NULL, 0, "list the studies and stop", 0},
    {"effort", KEY_EFFORT, "PERCENT", 0,
     "of the usual number of runs (default 100): 10 for a quick look, 400 for half the "
     "width of "
     "the intervals",
     0},
    {"threads", KEY_THREADS, "N", 0,
     "threads (default: one a core); never changes results", 0},
    {"json", KEY_JSON, NULL, 0, "print one JSON object on standard output", 0},
    {"page", KEY_PAGE, "FILE.md", 0,
     "write the table as a page, with its pictures (FILE-*.svg) beside it", 0},
    CLI_FORCE_OPTION,
    {"scenarios", KEY_FOLDER, "DIR", 0,
     "folder of the published models' scenario files (default: scenarios/published here, "
     "or "
     "where Steppe is installed)",
     0},
    {"quiet", 'q', NULL, 0, "no progress and no table", 0},
    {0}};

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case KEY_LIST: a->list = true; return 0;
    case KEY_EFFORT:
        a->effort = (int)cli_whole(state, "--effort", text, 1, 10000);
        return 0;
    case KEY_THREADS:
        a->threads = (int)cli_whole(state, "--threads", text, 1, 1024);
        return 0;
    case KEY_JSON: a->json = true; return 0;
    case KEY_PAGE: a->page = text; return 0;
    case KEY_FOLDER: a->folder = text; return 0;
    case 'q': a->quiet = true; return 0;
    case CLI_KEY_FORCE: a->force = true; return 0;
    case ARGP_KEY_ARG:
        if (a->count == MAX_NAMES)
            argp_error(state, "too many names");
        a->names[a->count++] = text;
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* ---- the table ---- */

static const char *const VERDICTS[] = {"NOT REPRODUCED", "trend only", "reproduced"};

static void print_named(const char *name, const char *text)
{
    if (!*text)
        return;
    printf("    %-12s", name);
    cli_wrap(text, 16, 80);
}

static void print_claim(const steppe_claim *c)
{
    printf("%-14s  %s %s%s%s%s%s\n    ", VERDICTS[c->verdict], c->study, c->id,
           *c->variant ? " (" : "", c->variant, *c->variant ? ")" : "",
           strcmp(c->tier, "must") == 0  ? ", must be"
           : strcmp(c->tier, "gap") == 0 ? ", known gap"
                                         : "");
    cli_wrap(c->claim, 4, 90);
    print_named("published", c->published);
    print_named("replicated", c->replicated);
    print_named("ours", c->ours);
    print_named("counts", c->criterion);
    print_named("source", c->source);
    if (c->runs > 1)
        printf("    %-12s%zu\n", "runs", c->runs);
    putchar('\n');
}

static void print_distributions(const steppe_replication *r)
{
    steppe_distribution d;
    for (size_t i = 0; steppe_replication_distribution(r, i, &d) == STEPPE_OK; i++) {
        if (i == 0)
            printf("Distributions over runs: mean (95 %% interval), s.d., and what 2.5, "
                   "25, 50, "
                   "75 and 97.5 %% of the\nruns have at most\n\n");
        char a[9][40];
        const double numbers[] = {d.mean,         d.low,          d.high,
                                  d.deviation,    d.quantiles[0], d.quantiles[1],
                                  d.quantiles[2], d.quantiles[3], d.quantiles[4]};
        for (int k = 0; k < 9; k++)
            snprintf(a[k], sizeof a[k], isfinite(numbers[k]) ? "%.*g" : "-",
                     k == 3 ? 3 : 4, numbers[k]);
        printf("  %-8s %s%s%s\n           %s (%s to %s), s.d. %s, %s %s %s %s %s, %zu "
               "runs\n",
               d.study, d.measure, *d.unit ? ", " : "", d.unit, a[0], a[1], a[2], a[3],
               a[4], a[5], a[6], a[7], a[8], d.runs);
    }
}

static void print_table(const steppe_replication *r)
{
    steppe_claim c;
    const char *study = "";
    size_t counts[3] = {0}, missed = 0;
    for (size_t i = 0; steppe_replication_claim(r, i, &c) == STEPPE_OK; i++) {
        if (strcmp(study, c.study) != 0)
            printf("== %s ==\n\n", c.study);
        study = c.study;
        print_claim(&c);
        counts[c.verdict]++;
        missed += strcmp(c.tier, "must") == 0 && c.verdict != STEPPE_REPRODUCED;
    }
    print_distributions(r);
    printf("\n%zu claims: %zu reproduced, %zu trend only, %zu not reproduced; of those "
           "that must "
           "be, %zu are not\n",
           counts[0] + counts[1] + counts[2], counts[STEPPE_REPRODUCED],
           counts[STEPPE_TREND_ONLY], counts[STEPPE_NOT_REPRODUCED], missed);
}

/* ---- JSON ---- */

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *claim_json(const steppe_claim *c)
{
    static const char *const WORDS[] = {"not reproduced", "trend only", "reproduced"};
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:I, s:s}",
        "id", c->id, "study", c->study, "variant", c->variant, "claim", c->claim,
        "published", c->published, "replicated", c->replicated, "ours", c->ours,
        "criterion", c->criterion, "source", c->source, "tier", c->tier, "estimate",
        number(c->estimate), "low", number(c->low), "high", number(c->high), "runs",
        (json_int_t)c->runs, "verdict", WORDS[c->verdict]);
}

static json_t *distribution_json(const steppe_distribution *d)
{
    json_t *quantiles = json_array(), *values = json_array();
    for (int i = 0; i < 5; i++)
        json_array_append_new(quantiles, number(d->quantiles[i]));
    for (size_t i = 0; i < d->count; i++)
        json_array_append_new(values, number(d->values[i]));
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "study", d->study,
                     "measure", d->measure, "unit", d->unit, "mean", number(d->mean),
                     "low", number(d->low), "high", number(d->high), "deviation",
                     number(d->deviation), "quantiles", quantiles, "values_by_seed",
                     values);
}

static int print_json(const steppe_replication *r, double seconds)
{
    json_t *claims = json_array(), *distributions = json_array();
    steppe_claim c;
    steppe_distribution d;
    for (size_t i = 0; steppe_replication_claim(r, i, &c) == STEPPE_OK; i++)
        json_array_append_new(claims, claim_json(&c));
    for (size_t i = 0; steppe_replication_distribution(r, i, &d) == STEPPE_OK; i++)
        json_array_append_new(distributions, distribution_json(&d));
    return cli_print_json(json_pack("{s:s, s:i, s:f, s:o, s:o}", "version",
                                    steppe_version(), "results_version",
                                    STEPPE_RESULTS_VERSION, "seconds", seconds, "claims",
                                    claims, "distributions", distributions));
}

/* ---- all of it ---- */

static int list_studies(void)
{
    for (size_t i = 0; steppe_study_name(i); i++)
        printf("%-20s %s\n", steppe_study_name(i), steppe_study_title(i));
    return cli_close_output(EXIT_DONE);
}

/* Where the scenario files are, if nobody says: here, as in a checkout, or where they were
 * installed. */
static const char *find_folder(void)
{
    static const char HERE[] = "scenarios/published";
    struct stat facts;
    return stat(HERE, &facts) == 0 && S_ISDIR(facts.st_mode) ? HERE
                                                             : STEPPE_DATA
               "/scenarios/published";
}

static int finish(const arguments *a, steppe_context *context,
                  const steppe_replication *r, double seconds)
{
    if (a->page) {
        int status = steppe_replication_write_page(context, r, a->page);
        if (status != STEPPE_OK)
            return cli_report(context, status);
    }
    if (a->json)
        return print_json(r, seconds);
    if (!a->quiet)
        print_table(r);
    if (a->page && !a->quiet)
        printf("page: %s\n", a->page);
    return cli_close_output(EXIT_DONE);
}

static int replicate(const arguments *a)
{
    steppe_context *context;
    steppe_replication *r;
    progress line;
    progress_begin(&line);
    line.quiet = a->quiet;
    if (cli_context_create(&context) != EXIT_DONE)
        return EXIT_FAILED;
    steppe_context_replace(context, a->force);
    int code = cli_page_check(context, a->page, NULL, 0);
    if (code != EXIT_DONE) {
        steppe_context_free(context);
        return code;
    }
    const steppe_replication_options options = {.folder = a->folder ? a->folder
                                                                    : find_folder(),
                                                .names = a->names,
                                                .name_count = a->count,
                                                .effort = a->effort,
                                                .threads = a->threads,
                                                .progress = progress_share,
                                                .user = &line};
    int status = steppe_replicate(context, &options, &r);
    progress_end(&line);
    if (status == STEPPE_STOPPED) {
        fprintf(stderr, "steppe: interrupted\n");
        code = EXIT_INTERRUPTED;
    } else {
        code = status == STEPPE_OK ? finish(a, context, r, progress_now() - line.started)
                                   : cli_report(context, status);
    }
    steppe_replication_free(r);
    steppe_context_free(context);
    return code;
}

int command_replicate(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS,
                                     parse,
                                     "[NAME...]",
                                     "Run the published models again, or those of the "
                                     "named studies, on all cores, and set "
                                     "every published number beside ours: claim, "
                                     "published value, ours with its interval of "
                                     "95 %, what counts as reproduced, and the verdict.\v"
                                     "Exit status: 0 done, whatever the verdicts; 1 "
                                     "failed; 2 bad usage; 130 interrupted. "
                                     "The outcome is the same on any number of threads.",
                                     NULL,
                                     NULL,
                                     NULL};
    arguments a = {.effort = 100};
    cli_parse(&ARGP, argc, argv, &a);
    if (a.list)
        return list_studies();
    cli_watch_interruption();
    return replicate(&a);
}
