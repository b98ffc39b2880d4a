/* The replication as a page in Markdown with its pictures beside it. */
#include "base/text.h"
#include "report/charts/chart.h"
#include "report/format/markdown.h"
#include "report/format/table.h"
#include "study/replication/replicate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const VERDICTS[] = {"!not reproduced", "trend only", "reproduced"};

/* clang-format off */
#define F(member) STEPPE_FIELD(steppe_claim, member)
static const steppe_column CLAIMS[] = {
    {"study", NULL, F(study)},
    {"id", "", F(id)},
    {"variant", NULL, F(variant)},
    {"claim", "claim", F(claim)},
    {"published", "published", F(published)},
    {"replicated", "independent replication", .wide = true, F(replicated)},
    {"ours", "Steppe (95 % interval)", F(ours)},
    {"criterion", "criterion", .wide = true, F(criterion)},
    {"source", "source", .wide = true, F(source)},
    {"tier", "tier", .wide = true, F(tier)},
    {"estimate", F(estimate)},
    {"low", F(low)},
    {"high", F(high)},
    {"runs", "runs", STEPPE_CELL_COUNT, .wide = true, F(runs)},
    {"verdict", "verdict", .words = VERDICTS, F(verdict)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_distribution, member)
static const steppe_column DISTRIBUTIONS[] = {
    {"study", NULL, F(study)},
    {"measure", "measure", F(measure)},
    {"unit", "unit", F(unit)},
    {"mean", "mean", STEPPE_CELL_NUMBER, 0, 2, F(mean)},
    {"low", F(low)},
    {"high", F(high)},
    {"deviation", "s.d.", STEPPE_CELL_NUMBER, 3, F(deviation)},
    {"q2.5", "2.5 %", STEPPE_CELL_NUMBER, .wide = true, .list = "quantiles", F(quantiles[0])},
    {"q25", "25 %", STEPPE_CELL_NUMBER, .wide = true, .list = "quantiles", F(quantiles[1])},
    {"q50", "median", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[2])},
    {"q75", "75 %", STEPPE_CELL_NUMBER, .wide = true, .list = "quantiles", F(quantiles[3])},
    {"q97.5", "97.5 %", STEPPE_CELL_NUMBER, .wide = true, .list = "quantiles", F(quantiles[4])},
    {"runs", "runs", STEPPE_CELL_COUNT, F(runs)}};
#undef F
typedef struct study_counts {
    const char *study, *title;
    size_t claims, counts[3]; /* by verdict */
} study_counts;
#define F(member) STEPPE_FIELD(study_counts, member)
static const steppe_column STUDIES[] = {
    {"study", NULL, F(study)},
    {"title", "study", F(title)},
    {"claims", "claims", STEPPE_CELL_COUNT, F(claims)},
    {"reproduced", "reproduced", STEPPE_CELL_COUNT, F(counts[STEPPE_REPRODUCED])},
    {"trend_only", "trend only", STEPPE_CELL_COUNT, F(counts[STEPPE_TREND_ONLY])},
    {"not_reproduced", "not reproduced", STEPPE_CELL_COUNT, F(counts[STEPPE_NOT_REPRODUCED])}};
#undef F
/* clang-format on */

/* What of a replication goes into a table. */
typedef struct chosen {
    const steppe_replication *replication;
    const stp_study *study; /* NULL: all */
    const stp_row *like;    /* the same variant as this; NULL: all */
} chosen;

static bool same_variant(const stp_row *a, const stp_row *b)
{
    return a->study == b->study &&
           (a->variant == b->variant ||
            (a->variant && b->variant && strcmp(a->variant, b->variant) == 0));
}

static void add_claims(steppe_table *t, const void *object)
{
    const chosen *c = object;
    steppe_claim claim;
    for (size_t i = 0; i < c->replication->row_count; i++)
        if ((!c->like || same_variant(c->replication->rows[i], c->like)) &&
            steppe_replication_claim(c->replication, i, &claim) == STEPPE_OK)
            steppe_table_add(t, &claim);
}

static void add_distributions(steppe_table *t, const void *object)
{
    const chosen *c = object;
    for (size_t i = 0; i < c->replication->distribution_count; i++) {
        const steppe_distribution *d = &c->replication->distributions[i]->shown;
        if (!c->study || strcmp(d->study, c->study->name) == 0)
            steppe_table_add(t, d);
    }
}

static void add_studies(steppe_table *t, const void *object)
{
    const steppe_replication *r = ((const chosen *)object)->replication;
    for (size_t s = 0; s < STP_STUDY_COUNT; s++) {
        study_counts row = {STP_STUDIES[s].name, STP_STUDIES[s].title, 0, {0}};
        for (size_t i = 0; i < r->row_count; i++)
            if (r->rows[i]->study == &STP_STUDIES[s]) {
                row.claims++;
                row.counts[r->rows[i]->verdict]++;
            }
        if (r->chosen[s])
            steppe_table_add(t, &row);
    }
}

static const steppe_table_kind KINDS[] = {{"claims", STEPPE_COLUMNS(CLAIMS), add_claims},
                                          {"distributions", STEPPE_COLUMNS(DISTRIBUTIONS),
                                           add_distributions},
                                          {"studies", STEPPE_COLUMNS(STUDIES),
                                           add_studies},
                                          {0}};

steppe_table *steppe_replication_table(const steppe_replication *replication,
                                       const char *name)
{
    return steppe_table_make(KINDS, name, &(chosen){.replication = replication});
}

/* All claims of the study and variant of row `first`. */
static void write_claims(FILE *file, const steppe_replication *r, size_t first)
{
    const chosen some = {r, r->rows[first]->study, r->rows[first]};
    for (size_t i = 0; i < first; i++)
        if (same_variant(r->rows[i], r->rows[first]))
            return; /* written with that one */
    if (r->rows[first]->variant)
        fprintf(file, "### %s\n\n", r->rows[first]->variant);
    stp_table_put(file, steppe_table_make(KINDS, "claims", &some));
}

static void write_distributions(FILE *file, const steppe_replication *r,
                                const stp_study *study)
{
    steppe_table *table = steppe_table_make(KINDS, "distributions",
                                            &(chosen){.replication = r, .study = study});
    if (table && steppe_table_row_count(table) == 0) {
        steppe_table_free(table);
        return;
    }
    fputs("Distributions over runs (one number per run), to compare with those of the "
          "original:\n\n",
          file);
    stp_table_put(file, table);
}

static void write_study(FILE *file, const steppe_replication *r, const stp_study *study,
                        const char *stem)
{
    fprintf(file, "## %s\n\n%s Command: `steppe replicate %s`.\n\n", study->title,
            stp_study_about(r, study), study->name);
    for (size_t i = 0; i < r->row_count; i++)
        if (r->rows[i]->study == study)
            write_claims(file, r, i);
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
        "threads. Each row is\na published claim: what was published, what an "
        "independent "
        "replication found if there is one,\nwhat Steppe finds, with its interval of 95 "
        "%%, "
        "and a verdict with its criterion. *Trend only*: the\ndirection, but not the "
        "number, or not for certain. Tiers: claims that *must* be reproduced, if Steppe "
        "is\nright, claims that *should* be, and known *gaps*, which independent "
        "replications could not recover either,\nor which need a mechanism that is "
        "off.\n\n",
        steppe_version(), STEPPE_RESULTS_VERSION);
    stp_table_put(file, steppe_replication_table(r, "studies"));
}

typedef struct page {
    const steppe_replication *replication;
    const char *stem;
} page;

static int write_page(FILE *file, const void *user)
{
    const page *p = user;
    write_head(file, p->replication);
    for (size_t s = 0; s < STP_STUDY_COUNT; s++)
        if (p->replication->chosen[s])
            write_study(file, p->replication, &STP_STUDIES[s], p->stem);
    return 0;
}

static int write_figure(FILE *file, const void *user)
{
    const stp_study_figure *f = user;
    return stp_chart_write(file, f->plots, f->count, f->columns);
}

int steppe_replication_write_page(steppe_context *context, const steppe_replication *r,
                                  const char *path)
{
    stp_page all = stp_page_begin(context, path);
    for (size_t i = 0; i < r->figure_count; i++) {
        stp_text suffix = {0};
        stp_text_add(&suffix, "-%s.svg", r->figures[i]->name);
        if (suffix.failed)
            all.status = stp_no_memory(context);
        stp_page_picture(&all, suffix.data, write_figure, r->figures[i]);
        stp_text_free(&suffix);
    }
    return stp_page_end(&all, write_page, &(page){r, all.name});
}
