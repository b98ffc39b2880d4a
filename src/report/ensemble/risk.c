/* The regions of an ensemble by the risk of unrest, week by week. */
#include "report/charts/heat_map.h"
#include "report/format/html.h"
#include "report/load/report_many.h"
#include "study/stats/interval.h"

#include <stdlib.h>

enum { ROWS_DRAWN = 60 };

/* What the picture points at; one block. */
typedef struct words {
    char column[STEPPE_TIME_TEXT + 32], note[64];
} words;

int stp_many_draw_risk(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
    size_t rows = m->region_count < ROWS_DRAWN ? m->region_count : ROWS_DRAWN,
           columns = m->week_count, most = rows > columns ? rows : columns;
    words *text = calloc(most + 1, sizeof *text);
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
                 steppe_scenario_day(report->scenario, 7 * w, day));
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
static size_t worst_week(const stp_many *m, const stp_region_risk *r)
{
    size_t worst = 0;
    for (size_t w = 1; w < m->week_count; w++)
        if (r->weeks[w] > r->weeks[worst])
            worst = w;
    return worst;
}

void stp_many_risk_csv(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
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
}

static void write_region(FILE *file, const stp_report *report, const stp_region_risk *r)
{
    const stp_many *m = report->many;
    const char *name = stp_region_name(report->scenario, r->region);
    char day[STEPPE_TIME_TEXT], text[64];
    stp_interval any = stp_share_interval(r->any, m->with_weeks);
    const double ends[] = {any.estimate, any.low, any.high};
    fputs("<tr><th scope='row'>", file);
    stp_html_text(file, name ? name : stp_region_id(report->scenario, r->region));
    fprintf(file, "</th><td>%zu</td>", r->any);
    for (int k = 0; k < 3; k++)
        fprintf(file, "<td data-value='%.6f'>%.0f %%</td>", ends[k], 100 * ends[k]);
    if (r->any > 0) {
        size_t week = worst_week(m, r);
        steppe_scenario_day(report->scenario, 7 * week, day);
        fputs("<td class='text'>", file);
        stp_html_text(file, stp_date_words(day, 1, text, sizeof text));
        fprintf(file, "</td><td data-value='%.6f'>%.0f %%</td></tr>\n",
                (double)r->weeks[week] / (double)m->with_weeks,
                100 * (double)r->weeks[week] / (double)m->with_weeks);
    } else {
        fputs("<td class='text'>–</td><td data-value='0'>0 %</td></tr>\n", file);
    }
}

static bool has_risk(const stp_report *report)
{
    const stp_many *m = report->many;
    return m->with_weeks > 0 && m->region_count > 1 && m->week_count > 0;
}

static int write_risk(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
    fprintf(file,
            "<p>Risk is the share of %zu runs in which a region has unrest in a week: "
            "%g of a district's citizens active at once. Intervals are Wilson's, 95 %%: "
            "what more runs would change, and nothing about the country. <code>steppe "
            "risk</code> says more.</p>\n",
            m->with_weeks, report->scenario->outcome.unrest_share.value);
    int status = stp_many_has_map(report) ? stp_many_write_risk_map(file, report)
                                          : STEPPE_OK;
    fputs("<figure class='asked' data-name='risk'>\n<div class='still scroll wide' "
          "tabindex='0' role='group' aria-label='Regions and weeks'>\n",
          file);
    if (status == STEPPE_OK)
        status = stp_many_draw_risk(file, report);
    fprintf(file, "</div>\n<figcaption>Regions from the highest risk to the lowest%s. ",
            m->region_count > ROWS_DRAWN ? "; the first 60 of them" : "");
    stp_report_write_source(file, report);
    fputs("</figcaption>\n<details><summary>The numbers</summary><div "
          "class='scroll'><table><thead><tr><th scope='col'>Region</th><th "
          "scope='col'>Runs with unrest</th><th scope='col'>Risk, any week</th><th "
          "scope='col'>from</th><th scope='col'>to</th><th scope='col'>Worst week "
          "begins</th><th scope='col'>Risk then</th></tr></thead><tbody>\n",
          file);
    for (size_t i = 0; i < m->region_count; i++)
        write_region(file, report, &m->regions[i]);
    fputs("</tbody></table></div></details>\n</figure>\n", file);
    return status;
}

const stp_report_section stp_section_risk = {"risk", "Regions by risk", has_risk,
                                             write_risk};
