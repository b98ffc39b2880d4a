/* The first screen of the report of an ensemble, its data and its files. */
#include "base/text.h"
#include "report/format/html.h"
#include "report/format/markdown.h"
#include "report/load/report_many.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *stp_many_sampling(const stp_many *m)
{
    return strcmp(m->sampling, "latin") == 0   ? "a Latin hypercube"
           : strcmp(m->sampling, "sobol") == 0 ? "a Sobol sequence"
                                               : "none: every number at its default";
}

/* ---- the first screen ---- */

static void write_state(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
    size_t there = m->done + m->failed;
    if (there < m->planned)
        fprintf(file,
                "<p class='warning' role='note'><strong>This ensemble is not "
                "complete:</strong> it has %zu of %zu runs. The same command goes on "
                "with it. All numbers here are of those that are there.</p>\n",
                there, m->planned);
    if (m->failed > 0) {
        fprintf(file,
                "<p class='warning' role='note'><strong>%zu run%s failed</strong> and "
                "%s left out; the first says: ",
                m->failed, m->failed == 1 ? "" : "s", m->failed == 1 ? "is" : "are");
        stp_html_text(file, m->failure);
        fputs("</p>\n", file);
    }
    if (*m->settings) {
        fputs("<p class='warning' role='note'><strong>An arm of a question:</strong> the "
              "scenario with the settings <code>",
              file);
        for (const char *from = m->settings; *from;) {
            size_t length = strcspn(from, "\n");
            char line[400];
            snprintf(line, sizeof line, "%.*s", (int)(length < 399 ? length : 399), from);
            stp_html_text(file, line);
            from += length;
            if (*from && *++from)
                fputs("</code>, <code>", file);
        }
        fputs("</code>.</p>\n", file);
    }
    if (strcmp(m->from, "0") != 0 && *m->from) {
        fputs("<p class='note'>Outcomes are of the steps after ", file);
        stp_html_text(file, m->from);
        fputs(" up to ", file);
        stp_html_text(file, m->to);
        fputs(" alone.</p>\n", file);
    }
}

static void write_paragraph(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
    fprintf(file, "<p>These are %zu run%s of a model: ", m->done,
            m->done == 1 ? "" : "s");
    stp_report_write_setting(file, report);
    if (m->factor_count > 0)
        fprintf(file,
                " They differ in their seeds, and in %zu number%s that nobody knows, "
                "drawn from %s by %s%s.",
                m->factor_count, m->factor_count == 1 ? "" : "s",
                m->factor_count == 1 ? "its range" : "their ranges", stp_many_sampling(m),
                strcmp(m->width, "1") == 0 ? "" : ", within a part of each");
    else
        fputs(" They differ in their seeds alone: chance does what is shown here, and "
              "what is not known stands at its default.",
              file);
    if (*stp_report_population(report)) {
        fputs(" All have the same population, drawn from the seed ", file);
        stp_html_text(file, stp_report_population(report));
        fputs(".", file);
    } else {
        fputs(" Each has a population of its own, drawn from its seed.", file);
    }
    fputs("</p>\n", file);
}

static void write_tile(FILE *file, const stp_many *m, stp_outcome k, const char *title)
{
    char middle[STP_COUNT_TEXT], low[STP_COUNT_TEXT], high[STP_COUNT_TEXT];
    const double *q = m->quantiles[k];
    if (m->counts[k] == 0)
        return;
    const char *(*words)(double, char *) = strcmp(STP_OUTCOMES[k].unit, "share") == 0
                                               ? stp_share_words
                                               : stp_count_words;
    fprintf(file,
            "<div class='tile'><dt>%s</dt><dd><b>%s</b><span>%s to %s in nine of ten "
            "runs</span></dd></div>\n",
            title, words(q[2], middle), words(q[0], low), words(q[4], high));
}

static void write_falls(FILE *file, const stp_many *m)
{
    size_t falls = 0, n = m->counts[STP_OUTCOME_FALL];
    for (size_t i = 0; i < m->done; i++)
        falls += m->outcomes[STP_OUTCOME_FALL][i] > 0.5;
    if (n > 0)
        fprintf(file,
                "<div class='tile'><dt>The ruler falls</dt><dd><b>%zu of "
                "%zu</b><span>runs</span></dd></div>\n",
                falls, n);
}

void stp_many_write_story(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
    fputs("<header>\n<p class='kicker'>Steppe · report of an ensemble</p>\n<h1>", file);
    stp_html_text(file, report->scenario->title);
    fputs("</h1>\n", file);
    write_state(file, report);
    fputs("<div class='opening'>\n", file);
    write_paragraph(file, report);
    fputs("<p class='caution'><strong>A model, not a forecast.</strong> It says what "
          "follows from the assumptions below, as far as chance and their ranges go, and "
          "nothing of what any person thought or meant.</p>\n</div>\n<dl "
          "class='tiles'>\n",
          file);
    write_tile(file, m, STP_OUTCOME_PEAK, "Most people in the street at once, median");
    write_tile(file, m, STP_OUTCOME_CITIZEN_HOURS, "Unrest in citizen-hours, median");
    write_tile(file, m, STP_OUTCOME_DISTRICTS, "Districts with unrest, median");
    write_tile(file, m, STP_OUTCOME_DEATHS, "Citizens killed, median");
    write_tile(file, m, STP_OUTCOME_ARRESTS, "Arrests, median");
    write_tile(file, m, STP_OUTCOME_LEGITIMACY, "Legitimacy at the end, median");
    write_tile(file, m, STP_OUTCOME_STRENGTH, "Incumbent's strength at the end, median");
    write_falls(file, m);
    fputs("</dl>\n</header>\n", file);
}

/* ---- files ---- */

static int fan(FILE *file, const stp_figure_job *j)
{
    stp_many_draw_fan(file, j->report, j->figure, (stp_daily_series)j->which);
    return STEPPE_OK;
}

static int fan_csv(FILE *file, const stp_figure_job *j)
{
    stp_many_fan_csv(file, j->report, (stp_daily_series)j->which);
    return STEPPE_OK;
}

static int outcome(FILE *file, const stp_figure_job *j)
{
    stp_many_draw_outcome(file, j->report, (stp_outcome)j->which);
    return STEPPE_OK;
}

static int outcomes_csv(FILE *file, const stp_figure_job *j)
{
    stp_many_outcomes_csv(file, j->report);
    return STEPPE_OK;
}

static int risk(FILE *file, const stp_figure_job *j)
{
    return stp_many_draw_risk(file, j->report);
}

static int risk_map(FILE *file, const stp_figure_job *j)
{
    return stp_many_draw_risk_map(file, j->report);
}

static int risk_csv(FILE *file, const stp_figure_job *j)
{
    stp_many_risk_csv(file, j->report);
    return STEPPE_OK;
}

static int drivers(FILE *file, const stp_figure_job *j)
{
    stp_many_draw_drivers(file, j->report);
    return STEPPE_OK;
}

static int draws_csv(FILE *file, const stp_figure_job *j)
{
    stp_many_draws_csv(file, j->report);
    return STEPPE_OK;
}

static int put_outcomes(const stp_report *report, const stp_figure_folder *folder)
{
    int status = stp_report_put(folder, "outcomes", "csv",
                                &(stp_figure_job){.report = report,
                                                  .write = outcomes_csv});
    for (int k = 0; k < STP_OUTCOME_COUNT && status == STEPPE_OK; k++) {
        stp_text name = {0};
        if (report->many->counts[k] == 0)
            continue;
        stp_text_add(&name, "outcome-%s", STP_OUTCOMES[k].name);
        status = name.failed ? stp_no_memory(report->context)
                             : stp_report_put(folder, name.data, "svg",
                                              &(stp_figure_job){.report = report,
                                                                .which = k,
                                                                .write = outcome});
        stp_text_free(&name);
    }
    return status;
}

int stp_many_write_figures(const stp_report *report, const stp_figure_folder *folder)
{
    stp_figure figures[STP_DAILY_SERIES_COUNT];
    stp_daily_series which[STP_DAILY_SERIES_COUNT];
    size_t count = stp_many_fans(report, figures, which);
    stp_figure_job job = {.report = report};
    int status = STEPPE_OK;
    for (size_t i = 0; i < count && status == STEPPE_OK; i++)
        status = stp_report_put_pair(folder, figures[i].name,
                                     &(stp_figure_job){.report = report,
                                                       .figure = &figures[i],
                                                       .which = (int)which[i]},
                                     fan, fan_csv);
    if (status == STEPPE_OK)
        status = put_outcomes(report, folder);
    if (status == STEPPE_OK && stp_section_risk.there(report))
        status = stp_report_put_pair(folder, "risk", &job, risk, risk_csv);
    job.write = risk_map;
    if (status == STEPPE_OK && stp_many_has_map(report))
        status = stp_report_put(folder, "risk-map", "svg", &job);
    if (status == STEPPE_OK && report->many->factor_count > 0)
        status = stp_report_put_pair(folder, "draws", &job, drivers, draws_csv);
    return status;
}
