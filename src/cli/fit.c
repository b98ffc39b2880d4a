/* steppe fit SCENARIO RESULTS... */
#include "cli.h"

#include <stdio.h>

typedef struct finding {
    const steppe_scenario *scenario;
    steppe_fit *fit;
} finding;

static steppe_table *table_of(const void *object, const char *name)
{
    return steppe_fit_table(((const finding *)object)->fit, name);
}

static void print(const void *object)
{
    const steppe_fit *fit = ((const finding *)object)->fit;
    steppe_fit_pattern p;
    size_t counts[4] = {0};
    for (size_t i = 0; steppe_fit_pattern_at(fit, i, &p) == STEPPE_OK; i++)
        counts[p.match]++;
    cli_print_table(steppe_fit_table(fit, "observed"));
    cli_print_table(steppe_fit_table(fit, "patterns"));
    printf(
        "\n%zu pattern%s: %zu matched, %zu near, %zu not matched, %zu not in the file\n",
        steppe_fit_pattern_count(fit),
        steppe_plural((double)steppe_fit_pattern_count(fit)), counts[STEPPE_FIT_MATCHED],
        counts[STEPPE_FIT_NEAR], counts[STEPPE_FIT_APART], counts[STEPPE_FIT_UNKNOWN]);
    cli_wrap(
        "Counts match within the observed range, or within a factor of 1.25 of a value "
        "without one; --page and --json give the criterion of each measure.",
        0);
}

static int write_page(steppe_context *context, const void *object, const char *path)
{
    return steppe_fit_write_page(context, ((const finding *)object)->fit, path);
}

static json_t *json_of(const void *object)
{
    const finding *f = object;
    json_t *notes = json_array();
    for (size_t i = 0; steppe_fit_note(f->fit, i); i++)
        json_array_append_new(notes, cli_text(steppe_fit_note(f->fit, i)));
    return json_pack("{s:s, s:I, s:o}", "title", steppe_scenario_title(f->scenario),
                     "files", (json_int_t)steppe_fit_file_count(f->fit), "notes", notes);
}

/* The value of each file. */
static void add_values(json_t *json, const void *object)
{
    const steppe_fit *fit = ((const finding *)object)->fit;
    json_t *rows = json_object_get(json, "observed");
    steppe_fit_row row;
    for (size_t i = 0; steppe_fit_row_at(fit, i, &row) == STEPPE_OK; i++)
        json_object_set_new(json_array_get(rows, i), "values",
                            cli_numbers_json(row.values, steppe_fit_file_count(fit)));
}

static int work(void *options, steppe_context *context, steppe_scenario *scenario)
{
    const cli_options *o = options;
    finding f = {.scenario = scenario};
    int status = steppe_fit_open(context, scenario, o->arguments + 1,
                                 o->argument_count - 1, &f.fit);
    if (status != STEPPE_OK)
        return cli_report(context, status);
    for (size_t i = 0; steppe_fit_note(f.fit, i); i++)
        fprintf(stderr, "steppe: note: %s\n", steppe_fit_note(f.fit, i));
    int code = cli_show(o, context,
                        &(cli_finding){&f, table_of, write_page, json_of, add_values,
                                       print});
    steppe_fit_free(f.fit);
    return code;
}

int command_fit(int argc, char **argv)
{
    static const char *const TABLES[] = {"observed", "patterns", NULL};
    static const struct argp ARGP = {
        .args_doc = "SCENARIO RESULTS...",
        .doc =
            "Compare results files of a scenario with what the scenario says was "
            "observed: observed value and range, simulated value (of several files the "
            "median and 5 to 95 %), and whether it matches.\v"
            "Exit status: 0 done, whatever the verdicts; 1 failed; 2 bad usage, or an "
            "unreadable file. A fit shows that a model can look like the record, not "
            "that its causes are the true ones."};
    cli_options o = {.has = CLI_SET | CLI_PAGE | CLI_FORCE | CLI_JSON | CLI_CSV |
                            CLI_QUIET,
                     .least = 2,
                     .tables = TABLES};
    return cli_with_scenario(&ARGP, argc, argv, &o, work);
}
