/* The charts of a report: which there are, their numbers as tables, and their section. */
#include "report/html.h"
#include "report/report.h"
#include "report/timeline.h"

#include <math.h>
#include <string.h>

static const stp_figure CHARTS[] = {
    {"active",
     "Citizens in the street",
     "residents",
     "At the end of each step.",
     {STP_TOTAL_ACTIVE, STP_TOTAL_VIOLENT},
     {"active", "of them violent"},
     2,
     false},
    {"detention",
     "In detention",
     "residents",
     "Held at the end of each step, and all arrests since the start.",
     {STP_TOTAL_DETAINED, STP_TOTAL_ARRESTS},
     {"held", "arrests so far"},
     2,
     false},
    {"deaths",
     "Deaths since the start",
     "persons",
     "Citizens and officers who were killed, added up.",
     {STP_TOTAL_KILLED, STP_TOTAL_OFFICERS_KILLED},
     {"citizens", "officers"},
     2,
     false},
    {"obedience",
     "Officers who obey",
     "share of those on the street",
     "All forces together.",
     {STP_TOTAL_OBEYING, 0},
     {"obey"},
     1,
     true},
    {"legitimacy",
     "Legitimacy",
     "share, 0 to 1",
     "Mean over residents, and in the district where it is lowest; as the step begins.",
     {STP_TOTAL_LEGITIMACY, STP_TOTAL_LOWEST},
     {"mean", "lowest district"},
     2,
     false},
    {"strength",
     "Strength of the incumbent",
     "share, 0 to 1",
     "The probability that the incumbent's camp beats the rival's; reckoned once a day.",
     {STP_TOTAL_STRENGTH, 0},
     {"strength"},
     1,
     true},
};

size_t stp_report_charts(const stp_report *report, stp_figure *figures)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof CHARTS / sizeof *CHARTS; i++) {
        if (!report->courses[CHARTS[i].courses[0]])
            continue;
        figures[count] = CHARTS[i];
        if (CHARTS[i].count == 2 && !report->courses[CHARTS[i].courses[1]])
            figures[count].count = 1;
        count++;
    }
    return count;
}

void stp_report_draw_chart(FILE *file, const stp_report *report, const stp_figure *figure)
{
    stp_timeline_write(file, report, figure);
}

static void put_number(FILE *file, const stp_figure *figure, double value)
{
    if (!isnan(value))
        fprintf(file,
                strcmp(figure->unit, "residents") == 0 ||
                        strcmp(figure->unit, "persons") == 0
                    ? "%.0f"
                    : "%.6f",
                value);
}

void stp_report_chart_csv(FILE *file, const stp_report *report, const stp_figure *figure)
{
    char time[STEPPE_TIME_TEXT];
    fputs("step,time", file);
    for (int c = 0; c < figure->count; c++) {
        putc(',', file);
        stp_csv_text(file, figure->labels[c]);
    }
    putc('\n', file);
    for (size_t i = 0; i < report->series.steps; i++) {
        fprintf(file, "%zu,%s", i + 1,
                steppe_scenario_time(report->scenario, i + 1, time));
        for (int c = 0; c < figure->count; c++) {
            putc(',', file);
            put_number(file, figure, report->courses[figure->courses[c]][i]);
        }
        putc('\n', file);
    }
}

/* ---- the section ---- */

static void write_value(FILE *file, const stp_figure *figure, double value)
{
    char words[STP_COUNT_TEXT];
    bool count = strcmp(figure->unit, "residents") == 0 ||
                 strcmp(figure->unit, "persons") == 0;
    if (isnan(value))
        fputs("<td>–</td>", file);
    else
        fprintf(file, "<td>%s</td>",
                count ? stp_count_words(value, words) : stp_share_words(value, words));
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
    for (int c = 0; c < figure->count; c++) {
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
        for (int c = 0; c < figure->count; c++)
            write_value(file, figure, report->courses[figure->courses[c]][step - 1]);
        fputs("</tr>\n", file);
    }
    fputs("</tbody></table></div></details>\n", file);
}

static void write_chart(FILE *file, const stp_report *report, const stp_figure *figure,
                        size_t index)
{
    fprintf(file,
            "<figure class='chart' aria-labelledby='chart-%s' data-chart='%zu' "
            "data-name='%s'>\n<h3 id='chart-%s'>%s "
            "<span class='unit'>%s</span></h3>\n<div class='plot' hidden></div>"
            "<div class='still'>\n",
            figure->name, index, figure->name, figure->name, figure->title, figure->unit);
    stp_timeline_write(file, report, figure);
    fprintf(file, "</div>\n<figcaption>%s ", figure->note);
    stp_report_write_source(file, report);
    fputs("</figcaption>\n", file);
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
    stp_figure figures[STP_FIGURES_MOST];
    return stp_report_charts(report, figures) > 0;
}

static int write_charts(FILE *file, const stp_report *report)
{
    stp_figure figures[STP_FIGURES_MOST];
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

const stp_report_section stp_section_charts = {"course", "Over time", has_charts,
                                               write_charts};
