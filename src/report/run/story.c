/* The first screen: what was run, what came of it, and what it is not. */
#include "report/format/html.h"
#include "report/load/report_many.h"

#include <math.h>
#include <string.h>

static void write_date(FILE *file, const stp_report *report, size_t step, int day_only)
{
    char time[STEPPE_TIME_TEXT], words[64];
    steppe_scenario_time(report->scenario, step, time);
    stp_html_text(file, stp_date_words(time, day_only, words, sizeof words));
}

/* ---- a paragraph made from the scenario ---- */

static void write_span(FILE *file, const stp_report *report)
{
    char words[STP_COUNT_TEXT];
    double hours = (double)report->series.steps * report->series.step_hours;
    if (hours >= 48)
        fprintf(file, "%s days", stp_count_words(round(hours / 24), words));
    else
        fprintf(file, "%.3g hours", hours);
    if (stp_scenario_dated(report->scenario)) {
        fputs(", from ", file);
        write_date(file, report, 0, 1);
        fputs(" on", file);
    }
    if (report->series.step_hours == 1)
        fputs(", hour by hour", file);
    else
        fprintf(file, ", in steps of %.4g h", report->series.step_hours);
}

void stp_report_write_setting(FILE *file, const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    char words[STP_COUNT_TEXT];
    fprintf(file, "%s residents",
            stp_count_words((double)steppe_scenario_residents(s), words));
    if (s->place_count > 1)
        fprintf(file, " in %zu districts", s->place_count);
    if (s->unit_count > 1)
        fprintf(file, " of %zu units", s->unit_count);
    fputs(", over ", file);
    write_span(file, report);
    if (report->series.scale > 1)
        fprintf(file,
                "; one agent stands for %s residents, so that counts go in steps of "
                "that and what is rare, deaths above all, is coarse.",
                stp_count_words(report->series.scale, words));
    else
        fputs("; one agent for every resident.", file);
}

static void write_paragraph(FILE *file, const stp_report *report)
{
    fputs("<p>This is one run of a model: ", file);
    stp_report_write_setting(file, report);
    if (report->event_count > 0)
        fprintf(file,
                " The run was told %zu dated event%s, and nothing of what people did: "
                "that is "
                "the model's answer, and one of many that chance allows.",
                report->event_count, report->event_count == 1 ? "" : "s");
    fputs("</p>\n", file);
}

/* ---- key figures ---- */

static void tile(FILE *file, const char *value, const char *what)
{
    fprintf(file, "<div class='tile'><dt>%s</dt><dd><b>%s</b><span>", what, value);
}

static void close_tile(FILE *file)
{
    fputs("</span></dd></div>\n", file);
}

static size_t units_with_unrest(const stp_report *report)
{
    size_t count = 0;
    for (size_t u = 0; u < report->scenario->unit_count; u++) {
        bool one = false;
        for (size_t i = 0; i < report->series.district_count; i++)
            one = one || (report->scenario->places[i].unit == (int)u &&
                          report->district_summaries[i].unrest > 0);
        count += one;
    }
    return count;
}

static void write_spread(FILE *file, const stp_report *report)
{
    size_t count = 0, first = report->series.district_count;
    char words[64];
    for (size_t i = 0; i < report->series.district_count; i++) {
        size_t step = report->district_summaries[i].unrest;
        count += step > 0;
        if (step > 0 && (first == report->series.district_count ||
                         step < report->district_summaries[first].unrest))
            first = i;
    }
    snprintf(words, sizeof words, "%zu of %zu", count, report->series.district_count);
    tile(file, words, "Districts with unrest");
    if (first < report->series.district_count) {
        fputs("first ", file);
        stp_html_text(file, report->scenario->places[first].name);
        fputs(", ", file);
        write_date(file, report, report->district_summaries[first].unrest, 0);
        if (report->scenario->unit_count > 1)
            fprintf(file, "; %zu of %zu units", units_with_unrest(report),
                    report->scenario->unit_count);
    } else {
        fputs("the country stayed calm", file);
    }
    close_tile(file);
}

static void write_harm(FILE *file, const stp_report *report)
{
    char words[STP_COUNT_TEXT];
    if (report->series_of[STP_TOTAL_KILLED]) {
        tile(file, stp_count_words(stp_report_last(report, STP_TOTAL_KILLED), words),
             "Citizens killed");
        if (report->series_of[STP_TOTAL_OFFICERS_KILLED])
            fprintf(file, "and %s officers",
                    stp_count_words(stp_report_last(report, STP_TOTAL_OFFICERS_KILLED),
                                    words));
        close_tile(file);
    }
    if (report->series_of[STP_TOTAL_ARRESTS]) {
        tile(file, stp_count_words(stp_report_last(report, STP_TOTAL_ARRESTS), words),
             "Arrests");
        fprintf(file, "%s in detention at the end",
                stp_count_words(stp_report_last(report, STP_TOTAL_DETAINED), words));
        close_tile(file);
    }
}

static void write_order(FILE *file, const stp_report *report)
{
    char words[STP_COUNT_TEXT];
    const double *values = report->series_of[STP_TOTAL_OBEYING];
    if (values) {
        size_t step = stp_report_lowest(report, STP_TOTAL_OBEYING);
        snprintf(words, sizeof words, "%.0f %%", 100 * values[step - 1]);
        tile(file, words, "Officers who obeyed, at the lowest");
        write_date(file, report, step, 0);
        close_tile(file);
    }
    values = report->series_of[STP_TOTAL_LEGITIMACY];
    if (values) {
        tile(file, stp_share_words(stp_report_last(report, STP_TOTAL_LEGITIMACY), words),
             "Legitimacy at the end");
        fprintf(file, "%s at the start; a share, mean over residents",
                stp_share_words(values[0], words));
        close_tile(file);
    }
    values = report->series_of[STP_TOTAL_STRENGTH];
    if (values) {
        tile(file, stp_share_words(stp_report_last(report, STP_TOTAL_STRENGTH), words),
             "Incumbent's strength at the end");
        fprintf(file, "%s at the start; a probability",
                stp_share_words(values[0], words));
        close_tile(file);
    }
}

static void write_tiles(FILE *file, const stp_report *report)
{
    char words[STP_COUNT_TEXT];
    size_t step = stp_report_highest(report, STP_TOTAL_ACTIVE);
    fputs("<dl class='tiles'>\n", file);
    tile(file, stp_count_words(report->series_of[STP_TOTAL_ACTIVE][step - 1], words),
         "Most people in the street at once");
    write_date(file, report, step, 0);
    close_tile(file);
    write_spread(file, report);
    write_harm(file, report);
    write_order(file, report);
    fputs("</dl>\n", file);
}

/* ---- all of it ---- */

static void write_state(FILE *file, const stp_report *report)
{
    const char *status = report->facts[STP_FACT_STATUS];
    if (strcmp(status, "complete") == 0)
        return;
    fprintf(file,
            "<p class='warning' role='note'><strong>This run is not complete:</strong> "
            "%zu of ",
            report->series.steps);
    stp_html_text(file, report->facts[STP_FACT_STEPS]);
    fprintf(file, " steps were done. %s All numbers here are of what was done.</p>\n",
            strcmp(status, "running") == 0 ? "It still runs, or was ended by force."
                                           : "It was interrupted.");
}

void stp_report_write_story(FILE *file, const stp_report *report)
{
    fputs("<header>\n<p class='kicker'>Steppe · report of a run</p>\n<h1>", file);
    stp_html_text(file, report->scenario->title);
    fputs("</h1>\n", file);
    write_state(file, report);
    fputs("<div class='opening'>\n", file);
    write_paragraph(file, report);
    fputs("<p class='caution'><strong>A model, not a forecast.</strong> It says what "
          "follows from "
          "the assumptions below, in one run of many that they allow, and nothing of "
          "what any "
          "person thought or meant.</p>\n",
          file);
    fputs("</div>\n", file);
    write_tiles(file, report);
    fputs("</header>\n", file);
}

const char *stp_report_population(const stp_report *report)
{
    const char *people = report->facts[STP_FACT_POPULATION_SEED];
    bool own = !report->many && strcmp(people, report->facts[STP_FACT_SEED]) == 0;
    return own ? "" : people;
}

void stp_report_write_source(FILE *file, const stp_report *report)
{
    fputs("Source: Steppe ", file);
    stp_html_text(file, report->facts[STP_FACT_VERSION]);
    if (report->many)
        fprintf(file, ", %zu runs from seed ", report->many->done);
    else
        fputs(", seed ", file);
    stp_html_text(file, report->facts[STP_FACT_SEED]);
    if (*stp_report_population(report)) {
        fputs(", population seed ", file);
        stp_html_text(file, stp_report_population(report));
    }
    fputs(".", file);
}
