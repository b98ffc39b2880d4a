/* steppe describe SCENARIO | --parameters */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct arguments {
    cli_options common;
    bool parameters, resolved;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    (void)text;
    switch (key) {
    case 'p':
        a->parameters = true;
        a->common.least = 0;
        return 0;
    case 'r': a->resolved = true; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* ---- the table of all parameters ---- */

typedef struct parameter_row {
    char type[200]; /* "a, b, c" of "a|b|c" */
    steppe_parameter_info of;
} parameter_row;

/* Print the table of a section, in Markdown, and free it. */
static void print_section(steppe_table *table, const char *section)
{
    char *text = steppe_table_text(table, STEPPE_MARKDOWN, 0);
    if (section && text)
        printf("\n## %s\n\n%.*s", *section ? section : "At the top",
               (int)strlen(text) - 1, text);
    free(text);
    steppe_table_free(table);
}

/* docs/parameters.md is made of it. */
static int print_parameters(void)
{
#define F(member) STEPPE_FIELD(parameter_row, member)
    static const steppe_column COLUMNS[] = {{"key", "key", STEPPE_CELL_CODE, F(of.name)},
                                            {"type", "type", F(type)},
                                            {"unit", "unit", F(of.unit)},
                                            {"range", "range", F(of.range)},
                                            {"default", "default", F(of.fallback)},
                                            {"meaning", "meaning", F(of.meaning)},
                                            {"source", "source", F(of.source)}};
#undef F
    steppe_table *table = NULL;
    const char *section = NULL;
    char buffer[256];
    parameter_row row;
    printf(
        "# Parameters of a scenario file\n\n"
        "Made by `steppe describe --parameters` from the table that the reader uses. A "
        "value may be\nplain, or annotated: `{value, range, prior, default, unit, "
        "kind, source, note}`.\n");
    for (size_t i = 0; i < steppe_parameter_count(); i++) {
        steppe_parameter(i, buffer, sizeof buffer, &row.of);
        if (!section || strcmp(section, row.of.section) != 0) {
            print_section(table, section);
            table = steppe_table_create(COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
            section = row.of.section;
        }
        size_t used = 0;
        for (const char *c = row.of.type; *c && used + 3 < sizeof row.type; c++)
            used += (size_t)sprintf(row.type + used, *c == '|' ? ", " : "%c", *c);
        steppe_table_add(table, &row);
    }
    print_section(table, section);
    return cli_close_output(EXIT_DONE);
}

/* ---- tables of a scenario ---- */

/* A scenario, and how it would run. */
typedef struct subject {
    const steppe_scenario *scenario;
    const steppe_run *run; /* NULL without a lattice */
} subject;

typedef struct entry_row {
    char value_range[200];
    steppe_entry of;
} entry_row;

static void add_entries(steppe_table *t, const void *object)
{
    const subject *s = object;
    entry_row row;
    for (size_t i = 0; steppe_scenario_entry(s->scenario, i, &row.of) == STEPPE_OK; i++) {
        snprintf(row.value_range, sizeof row.value_range,
                 *row.of.prior   ? "%s (%s; %s)"
                 : *row.of.range ? "%s (%s)"
                                 : "%s",
                 row.of.value, row.of.range, row.of.prior);
        steppe_table_add(t, &row);
    }
}

/* The sources that were named, once each. */
static void add_sources(steppe_table *t, const void *object)
{
    const subject *s = object;
    steppe_entry e, earlier;
    for (size_t i = 0; steppe_scenario_entry(s->scenario, i, &e) == STEPPE_OK; i++) {
        size_t k = 0;
        while (steppe_scenario_entry(s->scenario, k, &earlier) == STEPPE_OK &&
               strcmp(earlier.source_id, e.source_id) != 0)
            k++;
        if (k == i && *e.source_id)
            steppe_table_add(t, &e);
    }
}

/* Times that are no whole number of what they are counted in. */
static void add_rounded(steppe_table *t, const void *object)
{
    const subject *s = object;
    steppe_rounded_time r;
    for (size_t i = 0; steppe_scenario_rounded(s->scenario, i, &r) == STEPPE_OK; i++)
        steppe_table_add(t, &r);
}

typedef struct district_row {
    steppe_district_info of;
    char lattice[32], sight[32]; /* "30 x 20"; sight: where the lattice cuts it */
} district_row;

static void add_districts(steppe_table *t, const void *object)
{
    const subject *s = object;
    district_row row;
    for (size_t i = 0; s->run && steppe_run_district(s->run, i, &row.of) == STEPPE_OK;
         i++) {
        snprintf(row.lattice, sizeof row.lattice, "%u x %u", row.of.width, row.of.height);
        row.sight[0] = '\0';
        if (row.of.sight_cut)
            snprintf(row.sight, sizeof row.sight, "%u x %u", row.of.seen_columns,
                     row.of.seen_rows);
        steppe_table_add(t, &row);
    }
}

typedef struct set_row {
    const char *id, *title;
    char parameters[400];
    double correlation;
} set_row;

#define F(member) STEPPE_FIELD(set_row, member)
static const steppe_column CORRELATIONS[] = {{"id", "correlation of", F(id)},
                                             {"parameters", "parameters", F(parameters)},
                                             {"correlation", "of ranks",
                                              STEPPE_CELL_SIGNED, 2, F(correlation)}};
static const steppe_column GROUPS[] = {{"id", "parameter group", F(id)},
                                       {"title", "title", .wide = true, F(title)},
                                       {"parameters", "parameters", F(parameters)}};
#undef F

/* The correlations, or the groups. */
static void add_sets(steppe_table *t, const subject *s, const char *list)
{
    steppe_parameter_set set;
    for (size_t i = 0; steppe_scenario_parameter_set(s->scenario, i, &set) == STEPPE_OK;
         i++) {
        set_row row = {set.id, set.title, "", set.correlation};
        if (strcmp(set.list, list) != 0)
            continue;
        for (size_t k = 0, used = 0; k < set.count && used < sizeof row.parameters; k++)
            used += (size_t)snprintf(row.parameters + used, sizeof row.parameters - used,
                                     "%s%s", k ? ", " : "", set.parameters[k]);
        steppe_table_add(t, &row);
    }
}

static void add_correlations(steppe_table *t, const void *object)
{
    add_sets(t, object, "correlations");
}

static void add_groups(steppe_table *t, const void *object)
{
    add_sets(t, object, "parameter_groups");
}

#define F(member) STEPPE_FIELD(steppe_observation_error, member)
static const steppe_column ERRORS[] = {
    {"id", "error of", F(id)},
    {"measure", NULL, F(measure)},
    {"scale", "scale", F(scale)},
    {"record", "record", STEPPE_CELL_NUMBER, F(record)},
    {"units", "units", STEPPE_CELL_NUMBER, F(units)},
    {"bias_sd", "bias", STEPPE_CELL_NUMBER, F(bias_sd)},
    {"discrepancy", "model", STEPPE_CELL_NUMBER, F(discrepancy)},
    {"total", "in all", STEPPE_CELL_NUMBER, F(total)},
    {"bias", "shared with", F(bias)},
    {"censored", "truth lies", F(censored)},
    {"train", "trains", STEPPE_CELL_FLAG, F(train)}};
#undef F

/* Of observations that something measures. */
static void add_errors(steppe_table *t, const void *object)
{
    const subject *s = object;
    steppe_observation_error e;
    for (size_t i = 0; steppe_scenario_observation_error(s->scenario, i, &e) == STEPPE_OK;
         i++)
        if (strcmp(e.measure, "none") != 0)
            steppe_table_add(t, &e);
}

static steppe_table *table_of(const void *object, const char *name)
{
#define F(member) STEPPE_FIELD(entry_row, member)
    static const steppe_column ENTRIES[] = {
        {"name", "name", F(of.path)},    {"value", NULL, F(of.value)},
        {NULL, "value", F(value_range)}, {"range", NULL, F(of.range)},
        {"prior", NULL, F(of.prior)},    {"unit", "unit", F(of.unit)},
        {"kind", "kind", F(of.kind)},    {"source_id", "source", F(of.source_id)},
        {"source", NULL, F(of.source)},  {"note", "note", .wide = true, F(of.note)},
        {"meaning", NULL, F(of.meaning)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_entry, member)
    static const steppe_column SOURCES[] = {{"id", "source", F(source_id)},
                                            {"title", "title", F(source)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_rounded_time, member)
    static const steppe_column ROUNDED[] = {
        {"section", "rounded time of", F(section)},
        {"name", "parameter", F(name)},
        {"hours", "hours", STEPPE_CELL_NUMBER, F(hours)},
        {"count", "counted as", STEPPE_CELL_COUNT, F(count)},
        {"unit", "times hours", STEPPE_CELL_NUMBER, F(unit)}};
#undef F
#define F(member) STEPPE_FIELD(district_row, member)
    static const steppe_column DISTRICTS[] = {{"id", NULL, F(of.id)},
                                              {"name", "district", F(of.name)},
                                              {"unit", "unit", F(of.unit)},
                                              {"residents", "residents",
                                               STEPPE_CELL_COUNT, F(of.residents)},
                                              {"lattice", "lattice", F(lattice)},
                                              {"sight", "sight cut to", F(sight)},
                                              {"schedule", "schedule", F(of.schedule)},
                                              {"engine", "engine", F(of.engine)}};
#undef F
    static const steppe_table_kind KINDS[] = {
        {"entries", STEPPE_COLUMNS(ENTRIES), add_entries},
        {"sources", STEPPE_COLUMNS(SOURCES), add_sources},
        {"correlations", STEPPE_COLUMNS(CORRELATIONS), add_correlations},
        {"parameter_groups", STEPPE_COLUMNS(GROUPS), add_groups},
        {"observation_errors", STEPPE_COLUMNS(ERRORS), add_errors},
        {"rounded_times", STEPPE_COLUMNS(ROUNDED), add_rounded},
        {"districts", STEPPE_COLUMNS(DISTRICTS), add_districts},
        {0}};
    return steppe_table_make(KINDS, name, object);
}

static void print_tables(const void *object)
{
    static const char *const KINDS[] = {"fact", "claim", "assumption", "unstated",
                                        "default"};
    const steppe_scenario *scenario = ((const subject *)object)->scenario;
    size_t counts[5] = {0};
    steppe_entry e;
    for (size_t i = 0; steppe_scenario_entry(scenario, i, &e) == STEPPE_OK; i++)
        for (int k = 0; k < 5; k++)
            counts[k] += strcmp(KINDS[k], e.kind) == 0;
    screen_put(steppe_scenario_title(scenario));
    printf(
        "\n%zu values: %zu fact%s, %zu claim%s, %zu assumption%s, %zu without a stated "
        "kind,\n%zu default%s\n",
        steppe_scenario_entry_count(scenario), counts[0],
        steppe_plural((double)counts[0]), counts[1], steppe_plural((double)counts[1]),
        counts[2], steppe_plural((double)counts[2]), counts[3], counts[4],
        steppe_plural((double)counts[4]));
    cli_print_table(table_of(object, "entries"));
    cli_print_table(table_of(object, "sources"));
    cli_print_table(table_of(object, "correlations"));
    cli_print_table(table_of(object, "parameter_groups"));
    cli_print_table(table_of(object, "observation_errors"));
    cli_print_table(table_of(object, "rounded_times"));
    cli_print_table(table_of(object, "districts"));
}

static json_t *json_of(const void *object)
{
    const steppe_scenario *scenario = ((const subject *)object)->scenario;
    return json_pack("{s:s, s:o, s:I}", "title", steppe_scenario_title(scenario),
                     "scenario_digest", cli_digest_json(steppe_scenario_digest(scenario)),
                     "residents", (json_int_t)steppe_scenario_residents(scenario));
}

/* ---- the command ---- */

static int work(void *user, steppe_context *context, steppe_scenario *scenario)
{
    const arguments *a = user;
    const steppe_run_options plan = {.dry_run = true};
    steppe_run *run = NULL;
    int status = STEPPE_OK, code;
    if (a->parameters)
        return print_parameters();
    if (a->resolved) {
        fputs(steppe_scenario_resolved(scenario), stdout);
        return cli_close_output(EXIT_DONE);
    }
    if (strcmp(steppe_scenario_model(scenario), "street") == 0)
        status = steppe_run_create(context, scenario, &plan, &run);
    const subject s = {scenario, run};
    code = cli_show(&a->common, context,
                    &(cli_finding){&s, table_of, NULL, json_of, NULL, print_tables});
    steppe_run_free(run);
    return status == STEPPE_OK ? code : cli_report(context, status);
}

int command_describe(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"resolved", 'r', NULL, 0, "print the scenario with every default filled in", 0},
        {"parameters", 'p', NULL, 0,
         "print the table of all parameters (Markdown); no SCENARIO", 0},
        {0}};
    static const struct argp ARGP = {
        OPTIONS, parse, .args_doc = "SCENARIO",
        .doc = "List every number of a scenario with its unit, kind (fact, claim, "
               "assumption, unstated, default), range and source, and how each district "
               "runs."};
    static const char *const TABLES[] = {"entries",
                                         "sources",
                                         "correlations",
                                         "parameter_groups",
                                         "observation_errors",
                                         "rounded_times",
                                         "districts",
                                         NULL};
    arguments a = {.common = {.has = CLI_SET | CLI_JSON | CLI_CSV,
                              .least = 1,
                              .most = 1,
                              .tables = TABLES}};
    return cli_with_scenario(&ARGP, argc, argv, &a, work);
}
