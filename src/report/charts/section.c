#include "report/charts/section.h"

#include "report/format/html.h"
#include "report/load/runs.h"

#include <math.h>

enum { EVENTS_OPEN = 12 }; /* more are folded away */

const char *stp_when_words(const stp_report *report, size_t step, bool day_only,
                           char words[STP_WHEN_TEXT])
{
    char time[STEPPE_TIME_TEXT];
    steppe_scenario_time(report->scenario, step, time);
    return stp_date_words(time, day_only, words, STP_WHEN_TEXT);
}

void stp_write_when(FILE *file, const stp_report *report, size_t step, bool day_only)
{
    char words[STP_WHEN_TEXT];
    stp_html_text(file, stp_when_words(report, step, day_only, words));
}

static void write_span(FILE *file, const stp_report *report)
{
    char words[STP_COUNT_TEXT];
    double hours = (double)report->series.steps * report->series.step_hours;
    if (!stp_scenario_dated(report->scenario)) {
        fprintf(file, "%s step%s", stp_count_words((double)report->series.steps, words),
                steppe_plural((double)report->series.steps));
        return;
    }
    if (hours >= 48)
        fprintf(file, "%s days", stp_count_words(round(hours / 24), words));
    else
        fprintf(file, "%.3g hours", hours);
    fputs(", from ", file);
    stp_write_when(file, report, 0, true);
    fputs(" on", file);
    if (report->series.step_hours == 1)
        fputs(", hour by hour", file);
    else
        fprintf(file, ", in steps of %.4g h", report->series.step_hours);
}

void stp_write_setting(FILE *file, const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    char words[STP_COUNT_TEXT];
    const double residents = (double)steppe_scenario_residents(s);
    fprintf(file, "%s resident%s", stp_count_words(residents, words),
            steppe_plural(residents));
    if (s->district_count > 1)
        fprintf(file, " in %zu districts", s->district_count);
    if (s->unit_count > 1)
        fprintf(file, " of %zu units", s->unit_count);
    fputs(", over ", file);
    write_span(file, report);
    if (report->series.scale > 1)
        fprintf(file,
                "; one agent stands for %s residents, so counts are multiples of that, "
                "and what is rare, deaths above all, is coarse.",
                stp_count_words(report->series.scale, words));
    else
        fputs("; one agent for every resident.", file);
}

void stp_write_events(FILE *file, const stp_report *report)
{
    if (report->event_count == 0)
        return;
    fprintf(file,
            "<details class='scripted'%s><summary>Scripted events <span "
            "class='count'>%zu</span></summary>\n<p class='note'>Dated acts and shocks "
            "that the scenario gives as causes, numbered as above the charts. What "
            "people do then is the model's answer.</p>\n<ol class='events'>\n",
            report->event_count <= EVENTS_OPEN ? " open" : "", report->event_count);
    for (size_t i = 0; i < report->event_count; i++) {
        steppe_event_info event = stp_report_event(report, i);
        fputs("<li><time>", file);
        stp_write_when(file, report, event.step > 0 ? event.step - 1 : 0, false);
        stp_html_write(file, "</time> {}",
                       event.title && *event.title ? event.title : event.id);
        if (event.source && *event.source)
            stp_html_write(file, " <span class='source'>{}</span>", event.source);
        fputs("</li>\n", file);
    }
    fputs("</ol></details>\n", file);
}

void stp_write_source(FILE *file, const stp_report *report)
{
    stp_html_write(file, "Source: Steppe {}", report->facts[STP_FACT_VERSION]);
    if (report->runs)
        fprintf(file, ", %zu run%s from seed ", report->runs->done,
                steppe_plural((double)report->runs->done));
    else
        fputs(", seed ", file);
    stp_html_text(file, report->facts[STP_FACT_SEED]);
    if (*stp_report_population(report))
        stp_html_write(file, ", population seed {}", stp_report_population(report));
    fputs(".", file);
}
