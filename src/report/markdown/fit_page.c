/* Results compared with what was observed, as a page in Markdown with a picture per pattern. */
#include "base/text.h"
#include "report/charts/chart.h"
#include "report/format/markdown.h"
#include "report/format/table.h"
#include "study/validation/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PLOTS = 16 };

static const char *const MATCHES[] = {"not in the file", "!not matched", "near",
                                      "matched"};

/* A row, with texts that are joined for people. */
typedef struct observed_row {
    char when_where[400];
    double files;
    steppe_fit_row of;
} observed_row;

/* clang-format off */
#define F(member) STEPPE_FIELD(observed_row, member)
static const steppe_column OBSERVED[] = {
    {"id", "", .wide = true, F(of.id)},
    {"pattern", NULL, F(of.pattern)},
    {"title", "what", F(of.title)},
    {"measure", NULL, F(of.measure)},
    {NULL, "measure; when; where", .wide = true, F(when_where)},
    {"unit", NULL, F(of.unit)},
    {"where", NULL, F(of.where)},
    {"when", NULL, F(of.when)},
    {"observed", F(of.observed)},
    {"low", F(of.low)},
    {"high", F(of.high)},
    {NULL, "observed", F(of.observed_words)},
    {"simulated", F(of.simulated)},
    {"simulated_low", F(of.simulated_low)},
    {"simulated_high", F(of.simulated_high)},
    {"simulated_words", "simulated", F(of.simulated_words)},
    {"distance", "distance", STEPPE_CELL_SIGNED, 2, .wide = true, F(of.distance)},
    {NULL, "files", STEPPE_CELL_COUNT, .wide = true, F(files)},
    {"files", F(of.files)},
    {"match", "verdict", .words = MATCHES, F(of.match)},
    {"confidence", "confidence", .wide = true, F(of.confidence)},
    {"kind", "kind", .wide = true, F(of.kind)},
    {"source_id", NULL, F(of.source_id)},
    {NULL, "source", .wide = true, F(of.source)},
    {"note", "note", .wide = true, F(of.note)},
    {"rule", NULL, F(of.rule)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_fit_pattern, member)
static const steppe_column PATTERNS[] = {
    {"pattern", "pattern", F(pattern)},
    {"rows", "observations", STEPPE_CELL_COUNT, F(rows)},
    {"matched", "matched", STEPPE_CELL_COUNT, F(matched)},
    {"near", "near", STEPPE_CELL_COUNT, F(near)},
    {"not_matched", "not matched", STEPPE_CELL_COUNT, F(apart)},
    {"match", "verdict", .words = MATCHES, F(match)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_fit_row, member)
static const steppe_column RULES[] = {
    {"measure", "measure", F(measure)},
    {"meaning", "what it is", F(meaning)},
    {"unit", "unit", F(unit)},
    {"rule", "criterion", F(rule)}};
#undef F
/* clang-format on */

/* What of a fit goes into a table. */
typedef struct chosen {
    const steppe_fit *fit;
    size_t pattern; /* SIZE_MAX: all */
} chosen;

static void add_observed(steppe_table *t, const void *object)
{
    const chosen *c = object;
    for (size_t i = 0; i < c->fit->row_count; i++) {
        const steppe_fit_row *r = &c->fit->rows[i].shown;
        if (c->pattern != SIZE_MAX && c->fit->rows[i].pattern != c->pattern)
            continue;
        observed_row row = {.files = c->fit->file_count > 1 ? (double)r->files : NAN,
                            .of = *r};
        snprintf(row.when_where, sizeof row.when_where, "%s; %s; %s", r->measure, r->when,
                 r->where);
        steppe_table_add(t, &row);
    }
}

static void add_patterns(steppe_table *t, const void *object)
{
    const chosen *c = object;
    for (size_t i = 0; i < c->fit->pattern_count; i++)
        steppe_table_add(t, &c->fit->patterns[i]);
}

/* Each measure once. */
static void add_rules(steppe_table *t, const void *object)
{
    const steppe_fit *fit = ((const chosen *)object)->fit;
    for (size_t i = 0; i < fit->row_count; i++) {
        size_t k = 0;
        while (strcmp(fit->rows[k].shown.measure, fit->rows[i].shown.measure) != 0)
            k++;
        if (k == i)
            steppe_table_add(t, &fit->rows[i].shown);
    }
}

static const steppe_table_kind KINDS[] = {{"observed", STEPPE_COLUMNS(OBSERVED),
                                           add_observed},
                                          {"patterns", STEPPE_COLUMNS(PATTERNS),
                                           add_patterns},
                                          {"rules", STEPPE_COLUMNS(RULES), add_rules},
                                          {0}};

steppe_table *steppe_fit_table(const steppe_fit *fit, const char *name)
{
    return steppe_table_make(KINDS, name, &(chosen){fit, SIZE_MAX});
}

static bool has_plot(const steppe_fit *fit, size_t pattern)
{
    for (size_t i = 0; i < fit->row_count; i++)
        if (fit->rows[i].pattern == pattern && stp_fit_leads(fit, i))
            return true;
    return false;
}

static void write_pattern(FILE *file, const steppe_fit *fit, size_t index,
                          const char *stem)
{
    const steppe_fit_pattern *p = &fit->patterns[index];
    fputs("## ", file);
    stp_page_text(file, p->pattern);
    fprintf(
        file,
        "\n\n%zu observation%s: %zu matched, %zu near, %zu not matched, %zu not in the "
        "file. The pattern: %s.\n\n",
        p->rows, steppe_plural((double)p->rows), p->matched, p->near, p->apart,
        p->rows - p->matched - p->near - p->apart,
        MATCHES[p->match] + (*MATCHES[p->match] == '!'));
    stp_table_put(file, steppe_table_make(KINDS, "observed", &(chosen){fit, index}));
    if (has_plot(fit, index)) {
        fputs("![", file);
        stp_page_text(file, p->pattern);
        fputs("](", file);
        stp_page_target(file, stem);
        fprintf(file, "-%zu.svg)\n\n", index + 1);
    }
}

static void write_rules(FILE *file, const steppe_fit *fit)
{
    fputs("## How verdicts are made\n\n", file);
    stp_table_put(file, steppe_fit_table(fit, "rules"));
    fputs(
        "Distances are from the observed range, or from the value where there is none: "
        "ln(simulated / observed)\nof counts, differences of shares, units and hours. "
        "The "
        "verdict of a pattern is that of the worst of its rows\nthat the files know. A "
        "fit "
        "says that the model can look like the record, not that its causes are the true "
        "ones.\n",
        file);
}

typedef struct page {
    const steppe_fit *fit;
    const char *stem;
} page;

static int write_page(FILE *file, const void *user)
{
    const page *p = user;
    const steppe_fit *fit = p->fit;
    fputs("# ", file);
    stp_page_text(file, steppe_scenario_title(fit->scenario));
    fprintf(file,
            ": the record and the model\n\nWritten by `steppe fit --page`, not by hand; "
            "version %s, results version %d.\n%zu results file%s%s\n\n",
            steppe_version(), STEPPE_RESULTS_VERSION, fit->file_count,
            fit->file_count == 1 ? "." : "s:",
            fit->file_count == 1 ? "" : " median, and 5 to 95 % of them.");
    stp_page_settings(file, fit->scenario);
    for (size_t i = 0; i < fit->note_count; i++) {
        fputs("- ", file);
        stp_page_text(file, fit->notes[i]);
        putc('\n', file);
    }
    fputs(fit->note_count ? "\n" : "", file);
    for (size_t i = 0; i < fit->pattern_count; i++)
        write_pattern(file, fit, i, p->stem);
    write_rules(file, fit);
    return 0;
}

typedef struct picture {
    stp_plot *plots;
    size_t count;
} picture;

static int draw(FILE *file, const void *user)
{
    const picture *p = user;
    return stp_chart_write(file, p->plots, p->count, p->count < 2 ? 1 : 2);
}

static void write_picture(stp_page *all, const steppe_fit *fit, size_t pattern)
{
    char suffix[32];
    stp_plot *plots = calloc(MAX_PLOTS, sizeof *plots);
    int count = plots ? stp_fit_plot(fit, pattern, plots, MAX_PLOTS) : -1;
    snprintf(suffix, sizeof suffix, "-%zu.svg", pattern + 1);
    if (count < 0)
        all->status = stp_no_memory(all->outputs.context);
    if (count > 0)
        stp_page_picture(all, suffix, draw, &(picture){plots, (size_t)count});
    for (size_t i = 0; plots && i < MAX_PLOTS; i++)
        stp_plot_clear(&plots[i]);
    free(plots);
}

int steppe_fit_write_page(steppe_context *context, const steppe_fit *fit,
                          const char *path)
{
    stp_page all = stp_page_begin(context, path);
    for (size_t i = 0; i < fit->pattern_count && all.status == STEPPE_OK; i++)
        write_picture(&all, fit, i);
    return stp_page_end(&all, write_page, &(page){fit, all.name});
}
