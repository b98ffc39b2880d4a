/* Results beside what was observed, as a page in Markdown with a picture a pattern. */
#include "base/text.h"
#include "report/charts/chart.h"
#include "report/format/html.h"
#include "report/format/markdown.h"
#include "study/validation/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PLOTS = 16 };

static const char *const MATCHES[] = {"not in the file", "**not matched**", "near",
                                      "matched"};

static void write_row(FILE *file, const steppe_fit *fit, const steppe_fit_row *row)
{
    fputs("| ", file);
    stp_page_cell(file, row->id);
    stp_page_cell(file, row->title);
    stp_page_text(file, row->measure);
    fputs("; ", file);
    stp_page_text(file, row->when);
    fputs("; ", file);
    stp_page_cell(file, row->where);
    stp_page_cell(file, row->observed_words);
    stp_page_cell(file, row->simulated_words);
    char distance[STP_COUNT_TEXT];
    if (isnan(row->distance))
        fputs("| ", file);
    else
        fprintf(file, "%s | ", stp_fixed_words(row->distance, 2, 1, distance));
    if (fit->file_count > 1)
        fprintf(file, "%zu | ", row->files);
    fprintf(file, "%s | ", MATCHES[row->match]);
    stp_page_cell(file, row->confidence);
    stp_page_cell(file, row->kind);
    stp_page_cell(file, row->source);
    stp_page_cell(file, row->note);
    putc('\n', file);
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
    fprintf(file,
            "\n\nOf %zu: %zu matched, %zu near, %zu not matched, %zu not in the "
            "file. The pattern: %s.\n\n",
            p->rows, p->matched, p->near, p->apart,
            p->rows - p->matched - p->near - p->apart, MATCHES[p->match]);
    fprintf(file,
            "| | what | measure; when; where | observed | simulated | distance | %s"
            "verdict | confidence | kind | source | note |\n|---|---|---|---|---|---|%s"
            "---|---|---|---|---|\n",
            fit->file_count > 1 ? "files | " : "", fit->file_count > 1 ? "---|" : "");
    for (size_t i = 0; i < fit->row_count; i++)
        if (fit->rows[i].pattern == index)
            write_row(file, fit, &fit->rows[i].shown);
    if (has_plot(fit, index)) {
        fputs("\n![", file);
        stp_page_text(file, p->pattern);
        fputs("](", file);
        stp_page_target(file, stem);
        fprintf(file, "-%zu.svg)\n", index + 1);
    }
    putc('\n', file);
}

/* The rules by which rows are judged, and what the measures are, once each. */
static void write_rules(FILE *file, const steppe_fit *fit)
{
    fputs("## How it is judged\n\n| measure | what it is | unit | what counts "
          "|\n|---|---|---|---|\n",
          file);
    for (size_t i = 0; i < fit->row_count; i++) {
        const steppe_fit_row *row = &fit->rows[i].shown;
        size_t k = 0;
        while (k < i && strcmp(fit->rows[k].shown.measure, row->measure) != 0)
            k++;
        if (k < i)
            continue;
        fputs("| ", file);
        stp_page_cell(file, row->measure);
        stp_page_cell(file, row->meaning);
        stp_page_cell(file, row->unit);
        stp_page_cell(file, row->rule);
        putc('\n', file);
    }
    fputs(
        "\nDistances are from the observed range, or from the value where there is none: "
        "ln(simulated / observed)\nof counts, differences of shares, units and hours. A "
        "pattern is what the worst of its rows is that the\nfiles know. A fit says that "
        "the model can look like the record, not that its causes are the true ones.\n",
        file);
}

/* The page, or the picture of a pattern. */
typedef struct part {
    const steppe_fit *fit;
    const char *stem;
    stp_plot *plots; /* NULL: the page */
    size_t count;
} part;

static int write_part(FILE *file, const void *user)
{
    const part *p = user;
    const steppe_fit *fit = p->fit;
    if (p->plots)
        return stp_chart_write(file, p->plots, p->count, p->count < 2 ? 1 : 2);
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

static int write_picture(stp_outputs *outputs, const steppe_fit *fit, size_t pattern,
                         const char *stem)
{
    stp_plot *plots = calloc(MAX_PLOTS, sizeof *plots);
    stp_text path = {0};
    stp_text_add(&path, "%s-%zu.svg", stem, pattern + 1);
    int count = plots && !path.failed ? stp_fit_plot(fit, pattern, plots, MAX_PLOTS) : -1;
    int status = count < 0 ? stp_no_memory(outputs->context) : STEPPE_OK;
    const part picture = {fit, stem, plots, (size_t)count};
    if (count > 0)
        status = stp_outputs_write(outputs, path.data, STP_OUTPUT_SVG, write_part,
                                   &picture);
    for (size_t i = 0; plots && i < MAX_PLOTS; i++)
        stp_plot_clear(&plots[i]);
    free(plots);
    stp_text_free(&path);
    return status;
}

int steppe_fit_write_page(steppe_context *context, const steppe_fit *fit,
                          const char *path)
{
    const char *name;
    char *stem = stp_page_stem(path, &name);
    stp_outputs outputs = {.context = context};
    int status = stem ? STEPPE_OK : stp_no_memory(context);
    for (size_t i = 0; i < fit->pattern_count && status == STEPPE_OK; i++)
        status = write_picture(&outputs, fit, i, stem);
    const part page = {.fit = fit, .stem = name};
    if (status == STEPPE_OK)
        status = stp_outputs_write(&outputs, path, STP_OUTPUT_MARKDOWN, write_part,
                                   &page);
    free(stem);
    return stp_outputs_close(&outputs, status);
}
