/* steppe fit SCENARIO RESULTS... */
#include "cli.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_JSON = 0x100, KEY_PAGE };

typedef struct arguments {
    scenario_arguments scenario;
    const char **results;
    size_t count;
    const char *page;
    bool json, quiet;
} arguments;

static const struct argp_option OPTIONS[] = {
    CLI_SET_OPTION,
    {"json", KEY_JSON, NULL, 0, "print one JSON object on standard output", 0},
    {"page", KEY_PAGE, "FILE.md", 0,
     "write the table as a page, with its pictures (FILE-*.svg) beside it", 0},
    CLI_FORCE_OPTION,
    {"quiet", 'q', NULL, 0, "no table", 0},
    {0}};

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case KEY_JSON: a->json = true; return 0;
    case KEY_PAGE: a->page = text; return 0;
    case 'q': a->quiet = true; return 0;
    case ARGP_KEY_ARG:
        if (a->scenario.file) {
            a->results[a->count++] = text;
            return 0;
        }
        return cli_scenario_key(key, text, state, &a->scenario);
    case ARGP_KEY_END:
        if (!a->scenario.file)
            argp_error(state, "which SCENARIO?");
        if (a->count == 0)
            argp_error(state, "which RESULTS?");
        return 0;
    default: return cli_scenario_key(key, text, state, &a->scenario);
    }
}

/* ---- the table ---- */

static const char *const MATCHES[] = {"not in the file", "NOT MATCHED", "near",
                                      "matched"};

static void print_pattern(const steppe_fit *fit, const steppe_fit_pattern *p)
{
    steppe_fit_row row;
    printf("== %s: %s ==\n\n", p->pattern, MATCHES[p->match]);
    for (size_t i = 0; steppe_fit_row_at(fit, i, &row) == STEPPE_OK; i++) {
        if (strcmp(row.pattern, p->pattern) != 0)
            continue;
        printf("%s  (%s; %s; %s%s)\n    ", row.title, row.measure, row.when, row.where,
               strcmp(row.confidence, "low") == 0 ? "; weakly known" : "");
        screen_cell("observed", 8);
        screen_cell(row.observed_words, 36);
        screen_cell("simulated", 9);
        screen_cell(row.simulated_words, 30);
        printf("%s\n", MATCHES[row.match]);
    }
    putchar('\n');
}

static void print_table(const steppe_fit *fit)
{
    steppe_fit_pattern p;
    size_t counts[4] = {0};
    for (size_t i = 0; steppe_fit_pattern_at(fit, i, &p) == STEPPE_OK; i++) {
        print_pattern(fit, &p);
        counts[p.match]++;
    }
    printf("%zu patterns: %zu matched, %zu near, %zu not matched, %zu not in the file\n",
           steppe_fit_pattern_count(fit), counts[STEPPE_FIT_MATCHED],
           counts[STEPPE_FIT_NEAR], counts[STEPPE_FIT_APART], counts[STEPPE_FIT_UNKNOWN]);
    printf("Counts match within the observed range, or within a factor 1.25 of a value "
           "without one;\n'--page' and '--json' say what counts for each measure.\n");
}

/* ---- JSON ---- */

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static const char *match_word(steppe_fit_match match)
{
    return match == STEPPE_FIT_APART ? "not matched" : MATCHES[match];
}

static json_t *row_json(const steppe_fit *fit, const steppe_fit_row *r)
{
    json_t *values = json_array();
    for (size_t i = 0; i < steppe_fit_file_count(fit); i++)
        json_array_append_new(values, number(r->values[i]));
    json_t *object = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id",
        r->id, "pattern", r->pattern, "title", r->title, "measure", r->measure, "unit",
        r->unit, "where", r->where, "when", r->when, "confidence", r->confidence, "kind",
        r->kind, "source_id", r->source_id, "note", r->note, "rule", r->rule,
        "simulated_words", r->simulated_words, "match", match_word(r->match));
    json_t *more = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:o}", "observed",
                             number(r->observed), "low", number(r->low), "high",
                             number(r->high), "simulated", number(r->simulated),
                             "simulated_low", number(r->simulated_low), "simulated_high",
                             number(r->simulated_high), "distance", number(r->distance),
                             "files", (json_int_t)r->files, "values", values);
    json_object_update(object, more);
    json_decref(more);
    return object;
}

static int print_json(const steppe_scenario *scenario, const steppe_fit *fit)
{
    json_t *rows = json_array(), *patterns = json_array(), *notes = json_array();
    steppe_fit_row row;
    steppe_fit_pattern p;
    for (size_t i = 0; steppe_fit_row_at(fit, i, &row) == STEPPE_OK; i++)
        json_array_append_new(rows, row_json(fit, &row));
    for (size_t i = 0; steppe_fit_pattern_at(fit, i, &p) == STEPPE_OK; i++)
        json_array_append_new(patterns,
                              json_pack("{s:s, s:I, s:I, s:I, s:I, s:s}", "pattern",
                                        p.pattern, "rows", (json_int_t)p.rows, "matched",
                                        (json_int_t)p.matched, "near", (json_int_t)p.near,
                                        "not_matched", (json_int_t)p.apart, "match",
                                        match_word(p.match)));
    for (size_t i = 0; steppe_fit_note(fit, i); i++)
        json_array_append_new(notes, cli_text(steppe_fit_note(fit, i)));
    return cli_print_json(json_pack("{s:s, s:I, s:o, s:o, s:o}", "title",
                                    steppe_scenario_title(scenario), "files",
                                    (json_int_t)steppe_fit_file_count(fit), "notes",
                                    notes, "patterns", patterns, "observed", rows));
}

/* ---- the command ---- */

static int finish(const arguments *a, steppe_context *context,
                  const steppe_scenario *scenario, const steppe_fit *fit)
{
    for (size_t i = 0; steppe_fit_note(fit, i); i++)
        fprintf(stderr, "steppe: note: %s\n", steppe_fit_note(fit, i));
    if (a->page) {
        int status = steppe_fit_write_page(context, fit, a->page);
        if (status != STEPPE_OK)
            return cli_report(context, status);
    }
    if (a->json)
        return print_json(scenario, fit);
    if (!a->quiet)
        print_table(fit);
    if (a->page && !a->quiet)
        printf("page: %s\n", a->page);
    return cli_close_output(EXIT_DONE);
}

int command_fit(int argc, char **argv)
{
    static const struct argp ARGP = {
        OPTIONS,
        parse,
        "SCENARIO RESULTS...",
        "Set results files of a scenario beside what the scenario says was observed: "
        "observed value and range, simulated value (of several files the median and 5 to "
        "95 %), and whether it matches.\v"
        "Exit status: 0 done, whatever the verdicts; 1 failed; 2 a file cannot be read, "
        "or "
        "bad usage. A fit shows that a model can look like the record, not that its "
        "causes "
        "are the true ones.",
        NULL,
        NULL,
        NULL};
    arguments a = {.results = calloc((size_t)argc, sizeof *a.results)};
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    steppe_fit *fit = NULL;
    if (!a.results) {
        fprintf(stderr, "steppe: %s\n", steppe_status_text(STEPPE_NO_MEMORY));
        return EXIT_FAILED;
    }
    cli_parse(&ARGP, argc, argv, &a);
    int code = cli_scenario_open(&a.scenario, &context, &scenario);
    if (code == EXIT_DONE) {
        int status = steppe_fit_open(context, scenario, a.results, a.count, &fit);
        code = status == STEPPE_OK ? finish(&a, context, scenario, fit)
                                   : cli_report(context, status);
    }
    steppe_fit_free(fit);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    free(a.results);
    return code;
}
