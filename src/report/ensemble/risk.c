/* The regions of an ensemble by the risk of unrest, week by week. */
#include "report/charts/heat_map.h"
#include "report/ensemble/ensemble.h"
#include "report/format/html.h"
#include "report/format/table.h"
#include "study/stats/interval.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_DRAWN = 60 };

/* Texts that the picture borrows. */
typedef struct texts {
    char column[STEPPE_TIME_TEXT + 32], note[64];
} texts;

/* When a week begins: "2022-01-03", or "step 169" where a scenario has no dates. */
static const char *week_words(const stp_report *report, size_t week,
                              char words[STEPPE_TIME_TEXT])
{
    if (stp_scenario_dated(report->scenario))
        return steppe_scenario_day(report->scenario, 7 * week, words);
    snprintf(words, STEPPE_TIME_TEXT, "step %.0f",
             168 * (double)week / report->series.step_hours + 1);
    return words;
}

int stp_risk_draw(FILE *file, const stp_report *report, const void *what, int which)
{
    const stp_runs *m = report->runs;
    size_t rows = m->region_count < ROWS_DRAWN ? m->region_count : ROWS_DRAWN,
           columns = m->week_count, most = rows > columns ? rows : columns;
    (void)what, (void)which;
    texts *text = calloc(most + 1, sizeof *text);
    const char **names = calloc(2 * rows + columns + 1, sizeof *names);
    double *shares = calloc(rows * columns + 1, sizeof *shares);
    bool whole = text && names && shares;
    for (size_t i = 0; whole && i < rows; i++) {
        const stp_region_risk *r = &m->regions[i];
        stp_interval any = stp_share_interval(r->any, m->with_weeks);
        names[i] = stp_region_name(report->scenario, r->region);
        names[i] = names[i] ? names[i] : stp_region_id(report->scenario, r->region);
        snprintf(text[i].note, sizeof text[i].note, "%.0f (%.0f to %.0f)",
                 100 * any.estimate, 100 * any.low, 100 * any.high);
        names[rows + columns + i] = text[i].note;
        for (size_t w = 0; w < columns; w++)
            shares[i * columns + w] = (double)r->weeks[w] / (double)m->with_weeks;
    }
    for (size_t w = 0; whole && w < columns; w++) {
        char day[STEPPE_TIME_TEXT];
        snprintf(text[w].column, sizeof text[w].column, "%zu: %s", w + 1,
                 week_words(report, w, day));
        names[rows + w] = text[w].column;
    }
    const stp_heat_map map = {"Risk of unrest",
                              "Per cent of the runs in which the region has unrest in "
                              "the week that begins then. A model, not a forecast.",
                              "risk",
                              "week",
                              rows,
                              columns,
                              names,
                              names + rows,
                              names + rows + columns,
                              "in any week",
                              shares};
    if (whole)
        stp_heat_map_write(file, &map);
    free(text);
    free(names);
    free(shares);
    return whole ? STEPPE_OK : stp_no_memory(report->context);
}

/* The week with the most unrest; the first of those. */
static size_t worst_week(const stp_runs *m, const stp_region_risk *r)
{
    size_t worst = 0;
    for (size_t w = 1; w < m->week_count; w++)
        if (r->weeks[w] > r->weeks[worst])
            worst = w;
    return worst;
}

/* ---- the numbers ---- */

typedef struct row {
    const char *id, *name;
    size_t runs, any;
    double risk, low, high, then;
    char worst[64];
    size_t weeks[];
} row;

static const steppe_column COLUMNS[] = {
    {NULL, "Region", STEPPE_FIELD(row, name)},
    {"region", NULL, STEPPE_FIELD(row, id)},
    {"name", NULL, STEPPE_FIELD(row, name)},
    {"runs", NULL, STEPPE_FIELD(row, runs)},
    {"any_week", "Runs with unrest", STEPPE_CELL_COUNT, STEPPE_FIELD(row, any)},
    {NULL, "Risk, any week", STEPPE_CELL_SHARE, 0, 2, STEPPE_FIELD(row, risk)},
    {NULL, NULL, STEPPE_FIELD(row, low)},
    {NULL, NULL, STEPPE_FIELD(row, high)},
    {NULL, "Worst week begins", STEPPE_FIELD(row, worst)},
    {NULL, "Risk then", STEPPE_CELL_SHARE, STEPPE_FIELD(row, then)}};
enum { COLUMN_COUNT = sizeof COLUMNS / sizeof *COLUMNS };

static void add_region(steppe_table *table, const stp_report *report,
                       const stp_region_risk *region, row *r)
{
    const stp_runs *m = report->runs;
    const stp_interval any = stp_share_interval(region->any, m->with_weeks);
    const size_t week = worst_week(m, region);
    char day[STEPPE_TIME_TEXT];
    *r = (row){stp_region_id(report->scenario, region->region),
               stp_region_name(report->scenario, region->region),
               m->with_weeks,
               region->any,
               any.estimate,
               any.low,
               any.high,
               (double)region->weeks[week] / (double)m->with_weeks,
               "–"};
    r->name = r->name ? r->name : r->id;
    if (region->any > 0)
        stp_date_words(week_words(report, week, day), 1, r->worst, sizeof r->worst);
    memcpy(r->weeks, region->weeks, m->week_count * sizeof *r->weeks);
    steppe_table_add(table, r);
}

/* Regions, with how many runs had unrest there in each week: as HTML, or without a frame as CSV. */
static int put_regions(FILE *file, const stp_report *report, const stp_table_frame *frame)
{
    enum { KEY = 32 };
    const stp_runs *m = report->runs;
    const size_t count = COLUMN_COUNT + m->week_count;
    steppe_column *columns = calloc(count, sizeof *columns);
    char *keys = calloc(m->week_count + 1, KEY);
    row *r = calloc(1, sizeof *r + m->week_count * sizeof *r->weeks);
    steppe_table *table = NULL;
    if (columns && keys && r) {
        memcpy(columns, COLUMNS, sizeof COLUMNS);
        for (size_t w = 0; w < m->week_count; w++) {
            snprintf(keys + w * KEY, KEY, "week_%zu", w + 1);
            columns[COLUMN_COUNT + w] = (steppe_column){.key = keys + w * KEY,
                                                        .field = STEPPE_FIELD_SIZE,
                                                        .offset = offsetof(row, weeks) +
                                                                  w * sizeof *r->weeks};
        }
        table = steppe_table_create(columns, count);
        for (size_t i = 0; i < m->region_count; i++)
            add_region(table, report, &m->regions[i], r);
    }
    int status = frame ? stp_table_put_html(file, report->context, table, frame)
                       : stp_table_put_csv(file, report->context, table);
    free(columns);
    free(keys);
    free(r);
    return status;
}

int stp_risk_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    (void)what, (void)which;
    return put_regions(file, report, NULL);
}

static bool has_risk(const stp_report *report)
{
    const stp_runs *m = report->runs;
    return m->with_weeks > 0 && m->region_count > 1 && m->week_count > 0;
}

static size_t regions_with_unrest(const stp_runs *m)
{
    size_t count = 0;
    for (size_t i = 0; i < m->region_count; i++)
        count += m->regions[i].any > 0;
    return count;
}

static int write_pictures(FILE *file, const stp_report *report)
{
    int status = stp_risk_map_there(report) ? stp_risk_map_draw(file, report, NULL, 1)
                                            : STEPPE_OK;
    fputs("<figure class='asked' data-name='risk'>\n<div class='still scroll wide' "
          "tabindex='0' role='group' aria-label='Regions and weeks'>\n",
          file);
    if (status == STEPPE_OK)
        status = stp_risk_draw(file, report, NULL, 0);
    fprintf(file, "</div>\n<figcaption>Regions from the highest risk to the lowest%s. ",
            report->runs->region_count > ROWS_DRAWN ? "; the first 60 of them" : "");
    stp_write_source(file, report);
    fputs("</figcaption>\n", file);
    return status;
}

static int write_risk(FILE *file, const stp_report *report)
{
    const stp_runs *m = report->runs;
    fprintf(file,
            "<p>Risk is the share of %zu runs in which a region has unrest in a week: "
            "%g of a district's citizens active at once. Intervals are Wilson's, 95 %%: "
            "what more runs would change, and nothing about the country. <code>steppe "
            "risk</code> says more.</p>\n",
            m->with_weeks, report->scenario->outcome.unrest_share.value);
    if (regions_with_unrest(m) == 0) {
        fputs("<p>No region had unrest in any run.</p>\n", file);
        return STEPPE_OK;
    }
    int status = write_pictures(file, report);
    if (status == STEPPE_OK)
        status = put_regions(file, report, &(stp_table_frame){"The numbers"});
    fputs("</figure>\n", file);
    return status;
}

const stp_page_section stp_section_risk = {"risk", "Regions by risk", has_risk,
                                           write_risk};
