/* The regions of an ensemble by the risk of unrest, week by week. */
#include "report/charts/heat_map.h"
#include "report/ensemble/ensemble.h"
#include "report/format/html.h"
#include "study/stats/interval.h"

#include <stdlib.h>

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

int stp_risk_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    const stp_runs *m = report->runs;
    (void)what, (void)which;
    fputs("region,name,runs,any_week", file);
    for (size_t w = 0; w < m->week_count; w++)
        fprintf(file, ",week_%zu", w + 1);
    putc('\n', file);
    for (size_t i = 0; i < m->region_count; i++) {
        const stp_region_risk *r = &m->regions[i];
        stp_csv_text(file, stp_region_id(report->scenario, r->region));
        putc(',', file);
        stp_csv_text(file, stp_region_name(report->scenario, r->region));
        fprintf(file, ",%zu,%zu", m->with_weeks, r->any);
        for (size_t w = 0; w < m->week_count; w++)
            fprintf(file, ",%zu", r->weeks[w]);
        putc('\n', file);
    }
    return STEPPE_OK;
}

static void write_region(FILE *file, const stp_report *report, const stp_region_risk *r)
{
    const stp_runs *m = report->runs;
    const char *name = stp_region_name(report->scenario, r->region);
    char day[STEPPE_TIME_TEXT], text[64];
    stp_interval any = stp_share_interval(r->any, m->with_weeks);
    const double ends[] = {any.estimate, any.low, any.high};
    stp_html_row(file, name ? name : stp_region_id(report->scenario, r->region));
    fprintf(file, "<td>%zu</td>", r->any);
    for (int k = 0; k < 3; k++)
        fprintf(file, "<td data-value='%.6f'>%.0f %%</td>", ends[k], 100 * ends[k]);
    if (r->any > 0) {
        size_t week = worst_week(m, r);
        week_words(report, week, day);
        stp_html_words(file, stp_date_words(day, 1, text, sizeof text));
        fprintf(file, "<td data-value='%.6f'>%.0f %%</td></tr>\n",
                (double)r->weeks[week] / (double)m->with_weeks,
                100 * (double)r->weeks[week] / (double)m->with_weeks);
    } else {
        fputs("<td class='text'>–</td><td data-value='0'>0 %</td></tr>\n", file);
    }
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
    stp_html_table_begin(file, "The numbers", NULL,
                         "Region|Runs with unrest|Risk, any week|from|to|Worst week "
                         "begins|Risk then");
    for (size_t i = 0; i < m->region_count; i++)
        write_region(file, report, &m->regions[i]);
    stp_html_table_end(file, 1);
    fputs("</figure>\n", file);
    return status;
}

const stp_page_section stp_section_risk = {"risk", "Regions by risk", has_risk,
                                           write_risk};
