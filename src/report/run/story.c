/* The first screen: what was run, what came of it, and what it is not. */
#include "report/format/html.h"
#include "report/run/run.h"
#include "study/measures/outburst.h"

#include <math.h>
#include <string.h>

/* ---- the headline ---- */

/* Where and when unrest was, over all districts. Steps from 1. */
typedef struct extent {
    size_t districts; /* that had it; 0: none */
    size_t first;     /* the district where it began */
    size_t end;       /* the last step with it */
    size_t peak_step;
    double peak; /* most people in the street at once */
} extent;

static extent find_extent(const stp_report *report)
{
    extent c = {.peak_step = stp_report_highest(report, STP_TOTAL_ACTIVE)};
    c.peak = report->series_of[STP_TOTAL_ACTIVE][c.peak_step - 1];
    for (size_t i = 0; i < report->series.district_count; i++) {
        const stp_district_summary *d = &report->district_summaries[i];
        if (d->unrest == 0)
            continue;
        if (c.districts++ == 0 || d->unrest < report->district_summaries[c.first].unrest)
            c.first = i;
        c.end = d->last > c.end ? d->last : c.end;
    }
    return c;
}

static void write_at(FILE *file, const stp_report *report, size_t step)
{
    fputs(stp_scenario_dated(report->scenario) ? " on " : " at ", file);
    stp_write_when(file, report, step, true);
}

static void write_crowd(FILE *file, double people)
{
    char words[STP_COUNT_TEXT];
    fprintf(file, "%s people in the street at once", stp_count_words(people, words));
}

/* A count of a file, which may be damaged. */
static uint64_t whole(double count)
{
    return (uint64_t)fmin(1e15, fmax(0, count));
}

/* Of a single district without dates: outbursts, as Epstein (2002) counts them (50 of 1,120 agents). */
static void write_outbursts(FILE *file, const stp_report *report, const extent *c)
{
    const stp_series *s = &report->series;
    const double agents = s->counts[STP_SERIES_ALIVE][0];
    stp_outbursts bursts = stp_outbursts_begin(whole(fmax(2, agents * 50 / 1120)));
    char words[STP_COUNT_TEXT], steps[STP_COUNT_TEXT];
    for (size_t i = 0; i < s->steps; i++)
        stp_outbursts_add(&bursts, whole(s->counts[STP_SERIES_ACTIVE][i]));
    stp_count_words((double)s->steps, steps);
    if (bursts.count == 0)
        fprintf(file, "In %s steps there was no outburst of unrest: at most ", steps);
    else
        fprintf(file, "In %s steps, unrest broke out %zu time%s: at the highest, ", steps,
                bursts.count, steppe_plural((double)bursts.count));
    write_crowd(file, c->peak);
    write_at(file, report, c->peak_step);
    if (bursts.pauses > 0)
        fprintf(file, "; between outbursts, %s steps of calm on average",
                stp_count_words(stp_outbursts_wait(&bursts), words));
    fprintf(file, ".</p>\n<p class='note'>An outburst: more than %zu citizens active.",
            (size_t)bursts.threshold);
}

static void write_headline(FILE *file, const stp_report *report)
{
    const extent c = find_extent(report);
    const steppe_scenario *s = report->scenario;
    const double share = s->outcome.unrest_share.value;
    fputs("<p class='headline'>", file);
    if (s->district_count == 1 && !stp_scenario_dated(s)) {
        write_outbursts(file, report, &c);
        fputs("</p>\n", file);
        return;
    }
    if (c.districts == 0) {
        fputs("The country stayed calm: at most ", file);
        write_crowd(file, c.peak);
        write_at(file, report, c.peak_step);
    } else {
        fputs(s->district_count > 1 ? "It began in " : "It began", file);
        if (s->district_count > 1)
            stp_html_text(file, stp_report_district_name(report, c.first));
        write_at(file, report, report->district_summaries[c.first].unrest);
        if (s->district_count > 1)
            fprintf(file, ", reached %zu of %zu districts", c.districts,
                    s->district_count);
        fputs(", peaked", file);
        write_at(file, report, c.peak_step);
        fputs(" with ", file);
        write_crowd(file, c.peak);
        if (c.end == report->series.steps) {
            fputs(", and had not ended when the run did", file);
        } else {
            fputs(", and ended", file);
            write_at(file, report, c.end);
        }
    }
    fprintf(
        file,
        ".</p>\n<p class='note'>Unrest: %g of 1,000 residents of a district, or more, "
        "in the street at once.</p>\n",
        1000 * share);
}

static void write_paragraph(FILE *file, const stp_report *report)
{
    fputs("<p>This is one run of a model: ", file);
    stp_write_setting(file, report);
    if (report->event_count > 0)
        fprintf(file,
                " Its inputs include %zu scripted event%s; what people did is the "
                "model's answer, one of many that chance allows.",
                report->event_count, steppe_plural((double)report->event_count));
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
            one = one || (report->scenario->districts[i].unit == (int)u &&
                          report->district_summaries[i].unrest > 0);
        count += one;
    }
    return count;
}

static void write_spread(FILE *file, const stp_report *report)
{
    const extent c = find_extent(report);
    char words[64];
    if (c.districts == 0 || report->series.district_count == 1)
        return;
    snprintf(words, sizeof words, "%zu of %zu", c.districts,
             report->series.district_count);
    tile(file, words, "Districts with unrest");
    stp_html_write(file, "first {}, ", stp_report_district_name(report, c.first));
    stp_write_when(file, report, report->district_summaries[c.first].unrest, false);
    if (report->scenario->unit_count > 1)
        fprintf(file, "; %zu of %zu units", units_with_unrest(report),
                report->scenario->unit_count);
    close_tile(file);
}

static void write_harm(FILE *file, const stp_report *report)
{
    char words[STP_COUNT_TEXT];
    if (stp_report_varies(report, STP_TOTAL_KILLED) ||
        stp_report_varies(report, STP_TOTAL_OFFICERS_KILLED)) {
        tile(file, stp_count_words(stp_report_last(report, STP_TOTAL_KILLED), words),
             "Citizens killed");
        if (stp_report_varies(report, STP_TOTAL_OFFICERS_KILLED))
            fprintf(file, "and %s officers",
                    stp_count_words(stp_report_last(report, STP_TOTAL_OFFICERS_KILLED),
                                    words));
        close_tile(file);
    }
    if (stp_report_varies(report, STP_TOTAL_ARRESTS)) {
        tile(file, stp_count_words(stp_report_last(report, STP_TOTAL_ARRESTS), words),
             "Arrests");
        fprintf(file, "%s in detention at the end",
                stp_count_words(stp_report_last(report, STP_TOTAL_DETAINED), words));
        close_tile(file);
    }
}

static void write_order(FILE *file, const stp_report *report)
{
    static const struct {
        stp_total total;
        const char *title, *what;
    } ENDS[] = {
        {STP_TOTAL_LEGITIMACY, "Legitimacy at the end", "a share, mean over residents"},
        {STP_TOTAL_STRENGTH, "Incumbent's strength at the end", "a probability"},
    };
    char words[STP_COUNT_TEXT];
    if (stp_report_varies(report, STP_TOTAL_OBEYING)) {
        size_t step = stp_report_lowest(report, STP_TOTAL_OBEYING);
        snprintf(words, sizeof words, "%.0f %%",
                 100 * report->series_of[STP_TOTAL_OBEYING][step - 1]);
        tile(file, words, "Officers who obeyed, at the lowest");
        stp_write_when(file, report, step, false);
        close_tile(file);
    }
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        char start[STP_COUNT_TEXT];
        const double *values = report->series_of[ENDS[i].total];
        if (!values)
            continue;
        stp_share_words(values[0], start);
        stp_share_words(stp_report_last(report, ENDS[i].total), words);
        if (strcmp(start, words) == 0)
            continue;
        tile(file, words, ENDS[i].title);
        fprintf(file, "%s at the start; %s", start, ENDS[i].what);
        close_tile(file);
    }
}

static void write_tiles(FILE *file, const stp_report *report)
{
    const extent c = find_extent(report);
    char words[STP_COUNT_TEXT];
    fputs("<dl class='tiles'>\n", file);
    tile(file, stp_count_words(c.peak, words), "Most people in the street at once");
    stp_write_when(file, report, c.peak_step, false);
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
            strcmp(status, "running") == 0 ? "It is still running, or was killed."
                                           : "It was interrupted.");
}

void stp_run_write_story(FILE *file, const stp_report *report)
{
    stp_html_write(
        file, "<header>\n<p class='kicker'>Steppe · report of a run</p>\n<h1>{}</h1>\n",
        report->scenario->title);
    write_state(file, report);
    write_headline(file, report);
    write_tiles(file, report);
    fputs("<div class='opening'>\n", file);
    write_paragraph(file, report);
    fputs("<p class='caution'><strong>A model, not a forecast.</strong> It says what "
          "follows from the assumptions below, in one run of many that they allow, and "
          "nothing of what any person thought or meant.</p>\n</div>\n</header>\n",
          file);
}
