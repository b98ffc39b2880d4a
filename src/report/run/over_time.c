/* The charts of a report: which there are, their numbers as tables, and their section. */
#include "report/format/html.h"
#include "report/load/report.h"
#include "report/charts/timeline.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name, *title, *unit, *note;
    stp_values values;
    size_t count;
    stp_total totals[2];
    const char *labels[2];
} CHARTS[] = {
    {"active",
     "Citizens in the street",
     "residents",
     "At the end of each step.",
     STP_VALUES_COUNT,
     2,
     {STP_TOTAL_ACTIVE, STP_TOTAL_VIOLENT},
     {"active", "of them violent"}},
    {"detention",
     "In detention",
     "residents",
     "Held at the end of each step, and all arrests since the start.",
     STP_VALUES_COUNT,
     2,
     {STP_TOTAL_DETAINED, STP_TOTAL_ARRESTS},
     {"held", "arrests so far"}},
    {"deaths",
     "Deaths since the start",
     "persons",
     "Citizens and officers who were killed, added up.",
     STP_VALUES_COUNT,
     2,
     {STP_TOTAL_KILLED, STP_TOTAL_OFFICERS_KILLED},
     {"citizens", "officers"}},
    {"obedience",
     "Officers who obey",
     "share of those on the street",
     "All forces together.",
     STP_VALUES_SHARE,
     1,
     {STP_TOTAL_OBEYING},
     {"obey"}},
    {"legitimacy",
     "Legitimacy",
     "share, 0 to 1",
     "Mean over residents, and in the district where it is lowest; as the step begins.",
     STP_VALUES_PART,
     2,
     {STP_TOTAL_LEGITIMACY, STP_TOTAL_LOWEST},
     {"mean", "lowest district"}},
    {"strength",
     "Strength of the incumbent",
     "share, 0 to 1",
     "The probability that the incumbent's camp beats the rival's; reckoned once a day.",
     STP_VALUES_SHARE,
     1,
     {STP_TOTAL_STRENGTH},
     {"strength"}},
};

static void add_curve(stp_figure *figure, const double *values, const char *label)
{
    if (!values || figure->count == STP_FIGURE_CURVES)
        return;
    figure->curves[figure->count] = values;
    figure->labels[figure->count++] = label;
}

static size_t add_powers(const stp_report *report, stp_figure *figures)
{
    const steppe_scenario *s = report->scenario;
    figures[0] = (stp_figure){.name = "attention",
                              .title = "Attention of powers outside",
                              .unit = "share, 0 to 1",
                              .note = "What part of its attention each of them gives to "
                                      "this country; reckoned once a day.",
                              .values = STP_VALUES_SHARE};
    for (size_t k = 0; k < s->power_count; k++)
        add_curve(&figures[0], report->attention[k],
                  s->powers[k].name ? s->powers[k].name : s->powers[k].id);
    if (figures[0].count == 0)
        return 0;
    figures[1] = (stp_figure){
        .name = "hotspots",
        .title = "Hot spots elsewhere",
        .unit = "salience",
        .note = "They compete for that attention. On the scale of the country's own "
                "unrest: 1 is a share of attention.unit of its citizens active, seen "
                "from 1,000 km away.",
        .values = STP_VALUES_AMOUNT};
    for (size_t k = 0; k < s->hotspot_count; k++)
        add_curve(&figures[1], report->salience[k],
                  s->hotspots[k].name ? s->hotspots[k].name : s->hotspots[k].id);
    return figures[1].count > 0 ? 2 : 1;
}

size_t stp_report_charts(const stp_report *report, stp_figure *figures)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof CHARTS / sizeof *CHARTS; i++) {
        if (!report->series_of[CHARTS[i].totals[0]])
            continue;
        stp_figure *f = &figures[count++];
        *f = (stp_figure){CHARTS[i].name, CHARTS[i].title, CHARTS[i].unit, CHARTS[i].note,
                          CHARTS[i].values};
        for (size_t c = 0; c < CHARTS[i].count; c++)
            add_curve(f, report->series_of[CHARTS[i].totals[c]], CHARTS[i].labels[c]);
    }
    return count + add_powers(report, figures + count);
}

void stp_report_draw_chart(FILE *file, const stp_report *report, const stp_figure *figure)
{
    stp_timeline_write(file, report, figure);
}

static void put_number(FILE *file, const stp_figure *figure, double value)
{
    if (isfinite(value))
        fprintf(file, figure->values == STP_VALUES_COUNT ? "%.0f" : "%.6f", value);
}

void stp_report_chart_csv(FILE *file, const stp_report *report, const stp_figure *figure)
{
    char time[STEPPE_TIME_TEXT];
    fputs("step,time", file);
    for (size_t c = 0; c < figure->count; c++) {
        putc(',', file);
        stp_csv_text(file, figure->labels[c]);
    }
    putc('\n', file);
    for (size_t i = 0; i < report->series.steps; i++) {
        fprintf(file, "%zu,%s", i + 1,
                steppe_scenario_time(report->scenario, i + 1, time));
        for (size_t c = 0; c < figure->count; c++) {
            putc(',', file);
            put_number(file, figure, figure->curves[c][i]);
        }
        putc('\n', file);
    }
}

/* ---- the section ---- */

static void write_value(FILE *file, const stp_figure *figure, double value)
{
    char words[STP_COUNT_TEXT];
    if (isnan(value))
        fputs("<td>–</td>", file);
    else
        fprintf(file, "<td>%s</td>",
                figure->values == STP_VALUES_COUNT    ? stp_count_words(value, words)
                : figure->values == STP_VALUES_AMOUNT ? stp_amount_words(value, words)
                                                      : stp_share_words(value, words));
}

/* The ends of the days. */
static void write_table(FILE *file, const stp_report *report, const stp_figure *figure)
{
    size_t day = (size_t)fmax(1, lround(24 / report->series.step_hours));
    char time[STEPPE_TIME_TEXT], words[64];
    fputs("<details><summary>The numbers</summary><div class='scroll'><table><caption>",
          file);
    stp_html_text(file, figure->title);
    fputs(", ", file);
    stp_html_text(file, figure->unit);
    fputs(day > 1 ? ", every 24 h" : "", file);
    fputs("</caption><thead><tr><th scope='col'>Until</th>", file);
    for (size_t c = 0; c < figure->count; c++) {
        fputs("<th scope='col'>", file);
        stp_html_text(file, figure->labels[c]);
        fputs("</th>", file);
    }
    fputs("</tr></thead><tbody>\n", file);
    for (size_t i = day; i < report->series.steps + day; i += day) {
        size_t step = i < report->series.steps ? i : report->series.steps;
        steppe_scenario_time(report->scenario, step, time);
        fputs("<tr><th scope='row'>", file);
        stp_html_text(file, stp_date_words(time, 0, words, sizeof words));
        fputs("</th>", file);
        for (size_t c = 0; c < figure->count; c++)
            write_value(file, figure, figure->curves[c][step - 1]);
        fputs("</tr>\n", file);
    }
    fputs("</tbody></table></div></details>\n", file);
}

void stp_report_begin_chart(FILE *file, const stp_figure *figure, size_t index)
{
    fprintf(file,
            "<figure class='chart' aria-labelledby='chart-%s' data-chart='%zu' "
            "data-name='%s'>\n<h3 id='chart-%s'>%s "
            "<span class='unit'>%s</span></h3>\n<div class='plot' hidden></div>"
            "<div class='still'>\n",
            figure->name, index, figure->name, figure->name, figure->title, figure->unit);
}

void stp_report_caption_chart(FILE *file, const stp_report *report,
                              const stp_figure *figure)
{
    fprintf(file, "</div>\n<figcaption>%s ", figure->note);
    stp_report_write_source(file, report);
    fputs("</figcaption>\n", file);
}

static void write_chart(FILE *file, const stp_report *report, const stp_figure *figure,
                        size_t index)
{
    stp_report_begin_chart(file, figure, index);
    stp_timeline_write(file, report, figure);
    stp_report_caption_chart(file, report, figure);
    write_table(file, report, figure);
    fputs("</figure>\n", file);
}

void stp_report_write_events(FILE *file, const stp_report *report)
{
    char time[STEPPE_TIME_TEXT], words[64];
    if (report->event_count == 0)
        return;
    fputs("<h3>What it was told</h3>\n<p class='note'>Dated acts and shocks that the "
          "scenario gives as causes. The numbers are those above the charts; what people "
          "then "
          "did is the model's.</p>\n<ol class='events'>\n",
          file);
    for (size_t i = 0; i < report->event_count; i++) {
        steppe_event_info event = stp_report_event(report, i);
        steppe_scenario_time(report->scenario, event.step > 0 ? event.step - 1 : 0, time);
        fputs("<li><time>", file);
        stp_html_text(file, stp_date_words(time, 0, words, sizeof words));
        fputs("</time> ", file);
        stp_html_text(file, event.title && *event.title ? event.title : event.id);
        if (event.source && *event.source) {
            fputs(" <span class='source'>", file);
            stp_html_text(file, event.source);
            fputs("</span>", file);
        }
        fputs("</li>\n", file);
    }
    fputs("</ol>\n", file);
}

static bool has_charts(const stp_report *report)
{
    stp_figure figures[STP_MAX_FIGURES];
    return stp_report_charts(report, figures) > 0;
}

static int write_charts(FILE *file, const stp_report *report)
{
    stp_figure figures[STP_MAX_FIGURES];
    size_t count = stp_report_charts(report, figures);
    fputs("<p class='note interactive' hidden>Point at a chart to read it in all of "
          "them; drag to "
          "zoom, double-click to see everything again. Dotted lines are events, numbered "
          "below.</p>\n<div class='charts'>\n",
          file);
    for (size_t i = 0; i < count; i++)
        write_chart(file, report, &figures[i], i);
    fputs("</div>\n", file);
    stp_report_write_events(file, report);
    return STEPPE_OK;
}

const stp_report_section stp_section_charts = {"over-time", "Over time", has_charts,
                                               write_charts};
