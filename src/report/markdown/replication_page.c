/* The replication as a page in Markdown with its pictures beside it. */
#include "report/format/markdown.h"

#include "base/text.h"
#include "report/charts/chart.h"
#include "study/replication/replicate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const VERDICTS[] = {"**not reproduced**", "trend only", "reproduced"};

static bool same_variant(const stp_row *a, const stp_row *b)
{
    return a->study == b->study &&
           (a->variant == b->variant ||
            (a->variant && b->variant && strcmp(a->variant, b->variant) == 0));
}

static void write_row(FILE *file, const stp_row *row)
{
    fputs("| ", file);
    stp_page_cell(file, row->id);
    stp_page_cell(file, row->claim);
    stp_page_cell(file, row->published);
    stp_page_cell(file, row->replicated);
    stp_page_cell(file, row->ours);
    if (row->runs > 1)
        fprintf(file, "%zu | ", row->runs);
    else
        fputs("| ", file);
    fprintf(file, "%s%s | ", VERDICTS[row->verdict],
            row->tier && strcmp(row->tier, "must") == 0  ? " (must be)"
            : row->tier && strcmp(row->tier, "gap") == 0 ? " (known gap)"
                                                         : "");
    stp_page_cell(file, row->criterion);
    stp_page_cell(file, row->source);
    putc('\n', file);
}

/* All rows of the study and variant of row `first`. */
static void write_rows(FILE *file, const steppe_replication *r, size_t first)
{
    if (r->rows[first]->variant)
        fprintf(file, "### %s\n\n", r->rows[first]->variant);
    fputs("| | claim | published | independent replication | Steppe (95 % interval) | "
          "runs | "
          "verdict | what counts | source |\n|---|---|---|---|---|---|---|---|---|\n",
          file);
    for (size_t i = first; i < r->row_count; i++)
        if (same_variant(r->rows[i], r->rows[first]))
            write_row(file, r->rows[i]);
    putc('\n', file);
}

static bool is_first_of_kind(const steppe_replication *r, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (same_variant(r->rows[i], r->rows[index]))
            return false;
    return true;
}

/* "0.0123", or "–" for what is no number, or not finite. */
static const char *number(double value, int digits, char buffer[40])
{
    if (isfinite(value))
        snprintf(buffer, 40, "%.*g", digits, value);
    else
        snprintf(buffer, 40, "–");
    return buffer;
}

static void write_distributions(FILE *file, const steppe_replication *r,
                                const stp_study *study)
{
    bool begun = false;
    for (size_t i = 0; i < r->distribution_count; i++) {
        const steppe_distribution *d = &r->distributions[i]->shown;
        if (strcmp(d->study, study->name) != 0)
            continue;
        if (!begun)
            fputs("Distributions over runs (one number a run), to be set beside those of "
                  "the "
                  "original:\n\n| measure | unit | mean (95 % interval) | s.d. | 2.5 % | "
                  "25 % | "
                  "median | 75 % | 97.5 % | runs "
                  "|\n|---|---|---|---|---|---|---|---|---|---|\n",
                  file);
        begun = true;
        char a[4][40];
        fprintf(file, "| %s | %s | %s (%s to %s) | %s |", d->measure, d->unit,
                number(d->mean, 4, a[0]), number(d->low, 4, a[1]),
                number(d->high, 4, a[2]), number(d->deviation, 3, a[3]));
        for (int k = 0; k < 5; k++)
            fprintf(file, " %s |", number(d->quantiles[k], 4, a[0]));
        fprintf(file, " %zu |\n", d->runs);
    }
    if (begun)
        putc('\n', file);
}

static void write_study(FILE *file, const steppe_replication *r, const stp_study *study,
                        const char *stem)
{
    fprintf(file, "## %s\n\n%s Again: `steppe replicate %s`.\n\n", study->title,
            stp_study_about(r, study), study->name);
    for (size_t i = 0; i < r->row_count; i++)
        if (r->rows[i]->study == study && is_first_of_kind(r, i))
            write_rows(file, r, i);
    write_distributions(file, r, study);
    for (size_t i = 0; i < r->figure_count; i++)
        if (r->figures[i]->study == study) {
            fprintf(file, "![%s](", r->figures[i]->caption);
            stp_page_target(file, stem);
            fprintf(file, "-%s.svg)\n\n%s\n\n", r->figures[i]->name,
                    r->figures[i]->caption);
        }
}

static void write_head(FILE *file, const steppe_replication *r)
{
    fprintf(
        file,
        "# Published models, run again\n\n"
        "Written by `steppe replicate --page`, not by hand; version %s, results version "
        "%d,\nseeds from 1. The same command gives the same page on any number of "
        "threads. "
        "Each row is\na published claim: what was published, what an independent "
        "replication found where there\nis one, what Steppe finds, with its interval of "
        "95 %%, and a verdict by a rule that stands\nbeside it. *Trend only*: the "
        "direction, but not the number, or not for certain. Claims that\n*must be* "
        "reproduced, if Steppe is right, and *known gaps*, which independent "
        "replications\n"
        "could not recover either, or for which a mechanism is off that they need, are "
        "marked.\n\n"
        "| study | claims | reproduced | trend only | not reproduced "
        "|\n|---|---|---|---|---|"
        "\n",
        steppe_version(), STEPPE_RESULTS_VERSION);
    for (size_t s = 0; s < STP_STUDY_COUNT; s++) {
        size_t counts[3] = {0};
        for (size_t i = 0; i < r->row_count; i++)
            if (r->rows[i]->study == &STP_STUDIES[s])
                counts[r->rows[i]->verdict]++;
        if (r->chosen[s])
            fprintf(file, "| %s | %zu | %zu | %zu | %zu |\n", STP_STUDIES[s].title,
                    counts[0] + counts[1] + counts[2], counts[STEPPE_REPRODUCED],
                    counts[STEPPE_TREND_ONLY], counts[STEPPE_NOT_REPRODUCED]);
    }
    putc('\n', file);
}

static void write_page(FILE *file, const steppe_replication *r, const char *stem)
{
    write_head(file, r);
    for (size_t s = 0; s < STP_STUDY_COUNT; s++)
        if (r->chosen[s])
            write_study(file, r, &STP_STUDIES[s], stem);
}

/* ---- files ---- */

/* A page, or a picture of it. */
typedef struct part {
    const steppe_replication *replication;
    const char *stem;
    const stp_study_figure *figure; /* NULL: the page */
} part;

static int write_part(FILE *file, const void *user)
{
    const part *p = user;
    if (p->figure)
        return stp_chart_write(file, p->figure->plots, p->figure->count,
                               p->figure->columns);
    write_page(file, p->replication, p->stem);
    return 0;
}

int steppe_replication_write_page(steppe_context *context, const steppe_replication *r,
                                  const char *path)
{
    const char *name;
    char *stem = stp_page_stem(path, &name);
    stp_outputs outputs = {.context = context};
    int status = stem ? STEPPE_OK : stp_no_memory(context);
    for (size_t i = 0; i < r->figure_count && status == STEPPE_OK; i++) {
        stp_text picture = {0};
        const part p = {.figure = r->figures[i]};
        stp_text_add(&picture, "%s-%s.svg", stem, r->figures[i]->name);
        status = picture.failed ? stp_no_memory(context)
                                : stp_outputs_write(&outputs, picture.data,
                                                    STP_OUTPUT_SVG, write_part, &p);
        stp_text_free(&picture);
    }
    const part page = {.replication = r, .stem = name};
    if (status == STEPPE_OK)
        status = stp_outputs_write(&outputs, path, STP_OUTPUT_MARKDOWN, write_part,
                                   &page);
    free(stem);
    return stp_outputs_close(&outputs, status);
}
