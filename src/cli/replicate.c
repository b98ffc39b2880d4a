/* steppe replicate [NAME...] */
#include "cli.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { KEY_EFFORT = 0x100, KEY_FOLDER };

typedef struct arguments {
    cli_options common;
    const char *folder; /* of the scenario files */
    int effort;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case KEY_EFFORT:
        a->effort = (int)cli_whole(state, "--effort", text, 1, 10000);
        return 0;
    case KEY_FOLDER: a->folder = text; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* ---- what is printed ---- */

typedef struct finding {
    steppe_replication *replication;
    double seconds;
} finding;

static steppe_table *table_of(const void *object, const char *name)
{
    return steppe_replication_table(((const finding *)object)->replication, name);
}

static void print(const void *object)
{
    const steppe_replication *r = ((const finding *)object)->replication;
    size_t counts[3] = {0};
    steppe_claim c;
    for (size_t i = 0; steppe_replication_claim(r, i, &c) == STEPPE_OK; i++)
        counts[c.verdict]++;
    cli_print_table(steppe_replication_table(r, "claims"));
    cli_print_table(steppe_replication_table(r, "distributions"));
    cli_print_table(steppe_replication_table(r, "studies"));
    printf("\n%zu claim%s: %zu reproduced, %zu trend only, %zu not reproduced\n",
           steppe_replication_claim_count(r),
           steppe_plural((double)steppe_replication_claim_count(r)),
           counts[STEPPE_REPRODUCED], counts[STEPPE_TREND_ONLY],
           counts[STEPPE_NOT_REPRODUCED]);
}

static int write_page(steppe_context *context, const void *object, const char *path)
{
    return steppe_replication_write_page(context, ((const finding *)object)->replication,
                                         path);
}

static json_t *json_of(const void *object)
{
    return json_pack("{s:s, s:i, s:f}", "version", steppe_version(), "results_version",
                     STEPPE_RESULTS_VERSION, "seconds",
                     ((const finding *)object)->seconds);
}

/* The value of each seed. */
static void add_values(json_t *json, const void *object)
{
    const steppe_replication *r = ((const finding *)object)->replication;
    json_t *rows = json_object_get(json, "distributions");
    steppe_distribution d;
    for (size_t i = 0; steppe_replication_distribution(r, i, &d) == STEPPE_OK; i++)
        json_object_set_new(json_array_get(rows, i), "values_by_seed",
                            cli_numbers_json(d.values, d.count));
}

static int list_studies(void)
{
    for (size_t i = 0; steppe_study_name(i); i++)
        printf("%-20s %s\n", steppe_study_name(i), steppe_study_title(i));
    return cli_close_output(EXIT_DONE);
}

/* ---- the command ---- */

/* Where the scenario files are, if nobody says: here, as in a checkout, or where they were installed. */
static const char *find_folder(void)
{
    static const char HERE[] = "scenarios/published";
    struct stat facts;
    return stat(HERE, &facts) == 0 && S_ISDIR(facts.st_mode) ? HERE
                                                             : STEPPE_DATA
               "/scenarios/published";
}

static int replicate(const arguments *a, steppe_context *context)
{
    const cli_options *o = &a->common;
    finding f = {0};
    progress line;
    progress_begin(&line, o->quiet);
    const steppe_replication_options options = {.folder = a->folder ? a->folder
                                                                    : find_folder(),
                                                .names = o->arguments,
                                                .name_count = o->argument_count,
                                                .effort = a->effort,
                                                .threads = o->threads,
                                                .progress = progress_share,
                                                .user = &line};
    int status = steppe_replicate(context, &options, &f.replication);
    progress_end(&line);
    if (status == STEPPE_STOPPED)
        return cli_say_interrupted("");
    if (status != STEPPE_OK)
        return cli_report(context, status);
    f.seconds = progress_now() - line.started;
    int code = cli_show(o, context,
                        &(cli_finding){&f, table_of, write_page, json_of, add_values,
                                       print});
    steppe_replication_free(f.replication);
    return code;
}

int command_replicate(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"effort", KEY_EFFORT, "PERCENT", 0,
         "of the usual number of runs (default 100): 10 for a quick look, 400 for "
         "intervals "
         "of half the width",
         0},
        {"scenarios", KEY_FOLDER, "DIR", 0,
         "folder of the published models' scenario files (default: scenarios/published "
         "here, or where Steppe is installed)",
         0},
        {0}};
    static const struct argp ARGP = {
        OPTIONS, parse, .args_doc = "[STUDY...]",
        .doc = "Run the published models again, or those of the named studies, on all "
               "cores, and compare every published number with ours: claim, published "
               "value, ours with its interval of 95 %, the criterion, and the verdict.\v"
               "Exit status: 0 done, whatever the verdicts; 1 failed; 2 bad usage; 130 "
               "interrupted. The outcome is the same on any number of threads."};
    static const char *const TABLES[] = {"claims", "distributions", "studies", NULL};
    arguments a = {.common = {.has = CLI_THREADS | CLI_PAGE | CLI_FORCE | CLI_JSON |
                                     CLI_CSV | CLI_QUIET | CLI_LIST,
                              .tables = TABLES},
                   .effort = 100};
    steppe_context *context = NULL;
    cli_parse(&ARGP, argc, argv, &a);
    cli_watch_interruption();
    int code = a.common.list ? list_studies() : cli_context_create(&context);
    if (context) {
        steppe_context_replace(context, a.common.force);
        code = cli_page_check(context, &a.common);
        code = code == EXIT_DONE ? replicate(&a, context) : code;
    }
    steppe_context_free(context);
    free(a.common.arguments);
    return code;
}
