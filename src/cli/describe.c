/* steppe describe FILE | --parameters */
#include "cli.h"

#include <stdio.h>
#include <string.h>

typedef struct arguments {
    scenario_arguments scenario;
    bool json, parameters, resolved;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case 'j': a->json = true; return 0;
    case 'p': a->parameters = true; return 0;
    case 'r': a->resolved = true; return 0;
    case ARGP_KEY_END:
        if (!a->scenario.file && !a->parameters)
            argp_error(state, "which FILE?");
        return 0;
    default: return cli_scenario_key(key, text, state, &a->scenario);
    }
}

/* The table of all parameters, as Markdown: docs/parameters.md is made of it. */
static int print_parameters(void)
{
    const char *section = NULL;
    char buffer[256];
    steppe_parameter_info p;
    printf("# Parameters of a scenario file\n\n"
           "Made by `steppe describe --parameters` from the table that the reader uses. "
           "A value "
           "may be\nplain, or annotated: `{value, range, default, unit, kind, source, "
           "note}`.\n");
    for (size_t i = 0; i < steppe_parameter_count(); i++) {
        steppe_parameter(i, buffer, sizeof buffer, &p);
        if (!section || strcmp(section, p.section) != 0) {
            printf(
                "\n## %s\n\n| key | type | unit | range | default | meaning | source |\n"
                "|---|---|---|---|---|---|---|\n",
                *p.section ? p.section : "At the top");
            section = p.section;
        }
        printf("| `%s` | ", p.name);
        for (const char *c = p.type; *c; c++) /* a bar would end the cell */
            fputs(*c == '|' ? ", " : (char[]){*c, 0}, stdout);
        printf(" | %s | %s | %s | %s | %s |\n", p.unit, p.range, p.fallback, p.meaning,
               p.source);
    }
    return cli_close_output(EXIT_DONE);
}

static int print_entries(const steppe_scenario *scenario)
{
    int widths[4] = {4, 5, 4, 4};
    size_t counts[5] = {0};
    static const char *const KINDS[] = {"fact", "claim", "assumption", "unstated",
                                        "default"};
    steppe_entry e;
    for (size_t i = 0; steppe_scenario_entry(scenario, i, &e) == STEPPE_OK; i++) {
        const char *texts[4] = {e.path, e.value, e.unit, e.kind};
        for (int k = 0; k < 4; k++)
            widths[k] = screen_width(texts[k]) > widths[k] ? screen_width(texts[k])
                                                           : widths[k];
        for (int k = 0; k < 5; k++)
            counts[k] += strcmp(KINDS[k], e.kind) == 0;
    }
    screen_put(steppe_scenario_title(scenario));
    putchar('\n');
    printf("%zu values: %zu facts, %zu claims, %zu assumptions, %zu without a stated "
           "kind, %zu "
           "defaults\n\n",
           steppe_scenario_entry_count(scenario), counts[0], counts[1], counts[2],
           counts[3], counts[4]);
    static const char *const HEADS[] = {"name", "value", "unit", "kind"};
    for (int k = 0; k < 4; k++)
        screen_cell(HEADS[k], widths[k]);
    printf("range; source; note\n");
    for (size_t i = 0; steppe_scenario_entry(scenario, i, &e) == STEPPE_OK; i++) {
        screen_cell(e.path, widths[0]);
        screen_cell(e.value, widths[1]);
        screen_cell(e.unit, widths[2]);
        screen_cell(e.kind, widths[3]);
        const char *source = *e.source_id ? e.source_id : e.source;
        printf("%s%s", e.range, *e.range && *source ? "; " : "");
        screen_put(source);
        fputs(*e.note && (*e.range || *source) ? "; " : "", stdout);
        screen_put(e.note);
        putchar('\n');
    }
    return EXIT_DONE;
}

/* The sources that were named, once each. */
static void print_sources(const steppe_scenario *scenario)
{
    steppe_entry e, earlier;
    bool headed = false;
    for (size_t i = 0; steppe_scenario_entry(scenario, i, &e) == STEPPE_OK; i++) {
        size_t k = 0;
        while (k < i && steppe_scenario_entry(scenario, k, &earlier) == STEPPE_OK &&
               strcmp(earlier.source_id, e.source_id) != 0)
            k++;
        if (k < i || !*e.source_id)
            continue;
        fputs(headed ? "" : "\nsources\n", stdout);
        screen_cell(e.source_id, 18);
        screen_put(e.source);
        putchar('\n');
        headed = true;
    }
}

/* Times that are no whole number of what they are counted in. */
static void print_rounded(const steppe_scenario *scenario)
{
    steppe_rounded_time t;
    for (size_t i = 0; steppe_scenario_rounded(scenario, i, &t) == STEPPE_OK; i++)
        printf("%s%s.%s: %g h, counted as %llu x %g h\n",
               i == 0 ? "\nrounded times\n" : "", t.section, t.name, t.hours,
               (unsigned long long)t.count, t.unit);
}

/* Where lattices are narrower than sight, and how many. */
static void print_sight(const steppe_run *run)
{
    size_t cut = 0, count = steppe_run_district_count(run);
    steppe_district_info d;
    for (size_t i = 0; i < count; i++) {
        steppe_run_district(run, i, &d);
        cut += d.sight_cut;
    }
    if (cut == 0)
        return;
    printf(
        "\nsight is cut by the lattice in %zu of %zu districts (columns x rows in sight):"
        "\n",
        cut, count);
    for (size_t i = 0; i < count; i++) {
        steppe_run_district(run, i, &d);
        if (d.sight_cut)
            printf("%-34.34s %u x %u\n", d.name, d.seen_columns, d.seen_rows);
    }
}

/* How each district would run. */
static int print_districts(steppe_context *context, const steppe_scenario *scenario)
{
    steppe_run *run;
    char residents[32];
    if (strcmp(steppe_scenario_model(scenario), "street") != 0)
        return STEPPE_OK; /* nothing is laid out */
    const steppe_run_options plan = {.dry_run = true};
    int status = steppe_run_create(context, scenario, &plan, &run);
    if (status != STEPPE_OK)
        return status;
    printf("\n%-34s  %-22s  %12s  %-13s %-12s %s\n", "district", "unit", "residents",
           "lattice", "schedule", "engine");
    for (size_t i = 0; i < steppe_run_district_count(run); i++) {
        steppe_district_info d;
        char lattice[32];
        steppe_run_district(run, i, &d);
        snprintf(lattice, sizeof lattice, "%u x %u", d.width, d.height);
        screen_cut(d.name, 34);
        screen_cut(d.unit, 22);
        printf("%12s  %-13s %-12s %s\n", cli_grouped((double)d.residents, residents),
               lattice, d.schedule, d.engine);
    }
    print_sight(run);
    steppe_run_free(run);
    return STEPPE_OK;
}

static int print_json(const steppe_scenario *scenario)
{
    json_t *entries = json_array();
    steppe_entry e;
    for (size_t i = 0; steppe_scenario_entry(scenario, i, &e) == STEPPE_OK; i++)
        json_array_append_new(entries,
                              json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
                                        "name", e.path, "value", e.value, "range",
                                        e.range, "unit", e.unit, "kind", e.kind,
                                        "source_id", e.source_id, "source", e.source,
                                        "note", e.note, "meaning", e.meaning));
    char digest[20];
    snprintf(digest, sizeof digest, "%016llx",
             (unsigned long long)steppe_scenario_digest(scenario));
    return cli_print_json(json_pack("{s:s, s:s, s:I, s:o}", "title",
                                    steppe_scenario_title(scenario), "scenario_digest",
                                    digest, "residents",
                                    (json_int_t)steppe_scenario_residents(scenario),
                                    "entries", entries));
}

int command_describe(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        CLI_SET_OPTION,
        {"json", 'j', NULL, 0, "print one JSON object", 0},
        {"resolved", 'r', NULL, 0, "print the scenario with every default filled in", 0},
        {"parameters", 'p', NULL, 0,
         "print the table of all parameters (Markdown); no FILE", 0},
        {0}};
    static const struct argp ARGP = {
        OPTIONS,
        parse,
        "FILE",
        "List every number of a scenario with its unit, kind "
        "(fact, claim, assumption, unstated, default), range and "
        "source, and how each district runs.",
        NULL,
        NULL,
        NULL};
    arguments a = {0};
    steppe_context *context;
    steppe_scenario *scenario;
    cli_parse(&ARGP, argc, argv, &a);
    if (a.parameters)
        return print_parameters();
    int code = cli_scenario_open(&a.scenario, &context, &scenario);
    if (code != EXIT_DONE) {
        /* reported */
    } else if (a.json) {
        code = print_json(scenario);
    } else if (a.resolved) {
        fputs(steppe_scenario_resolved(scenario), stdout);
        code = cli_close_output(EXIT_DONE);
    } else {
        print_entries(scenario);
        print_sources(scenario);
        print_rounded(scenario);
        int status = print_districts(context, scenario);
        code = cli_close_output(status == STEPPE_OK ? EXIT_DONE
                                                    : cli_report(context, status));
    }
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return code;
}
