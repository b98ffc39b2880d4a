/* A report: one page of HTML that needs nothing but itself, and its figures as files. */
#include "record/recorder.h"
#include "report/answers/answers.h"
#include "report/ensemble/ensemble.h"
#include "report/format/html.h"
#include "report/page/page.h"
#include "report/page/web.h"
#include "report/run/run.h"

#include <string.h>

enum { MAX_SECTIONS = 7 };

/* Of a run, and of an ensemble. */
static const stp_page_section *const SECTIONS[2][MAX_SECTIONS] = {
    {&stp_section_map, &stp_section_spread, &stp_section_charts, &stp_section_seat,
     &stp_section_record, &stp_section_answers, &stp_section_basis},
    {&stp_section_fans, &stp_section_outcomes, &stp_section_risk, &stp_section_draws,
     &stp_section_answers, &stp_section_basis},
};

/* Section `index` of a report, if it has it; else NULL. */
static const stp_page_section *section_of(const stp_report *report, size_t index)
{
    const stp_page_section *section = SECTIONS[report->runs ? 1 : 0][index];
    return section && section->there(report) ? section : NULL;
}

/* The page may fetch nothing, whatever a scenario says. */
static const char POLICY[] =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:\">\n";

static void write_head(FILE *file, const stp_report *report)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
          file);
    fputs(POLICY, file);
    fputs("<meta name=\"viewport\" content=\"width=device-width, "
          "initial-scale=1\">\n" STP_MARK_HTML " " STEPPE_VERSION "\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" "
          "href=\"data:,\">\n<title>",
          file);
    stp_html_write(file, "{} – Steppe</title>\n<style>\n", report->scenario->title);
    fwrite(stp_web_chart_css, 1, strlen(stp_web_chart_css), file);
    fwrite(stp_web_page_css, 1, strlen(stp_web_page_css), file);
    fputs("</style>\n</head>\n", file);
}

static void write_contents(FILE *file, const stp_report *report)
{
    fputs("<nav aria-label=\"Contents\"><ul>\n", file);
    for (size_t i = 0; i < MAX_SECTIONS; i++) {
        const stp_page_section *section = section_of(report, i);
        if (section)
            fprintf(file, "<li><a href=\"#%s\">%s</a></li>\n", section->id,
                    section->title);
    }
    fputs("</ul></nav>\n", file);
}

/* Only for our own scripts and the chart library's, which contain no "</script". */
static void write_script(FILE *file, const char *text)
{
    if (*text)
        fprintf(file, "<script>\n%s\n</script>\n", text);
}

static int write_page(FILE *file, const void *user)
{
    const stp_report *report = user;
    int status = STEPPE_OK;
    write_head(file, report);
    fputs("<body>\n<main>\n", file);
    (report->runs ? stp_ensemble_write_story : stp_run_write_story)(file, report);
    write_contents(file, report);
    for (size_t i = 0; i < MAX_SECTIONS && status == STEPPE_OK; i++) {
        const stp_page_section *section = section_of(report, i);
        if (!section)
            continue;
        fprintf(file,
                "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">%s"
                "</h2>\n",
                section->id, section->id, section->id, section->title);
        status = section->write(file, report);
        fputs("</section>\n", file);
    }
    fputs("</main>\n<footer>Made by Steppe. This file is whole: it needs no network and "
          "sends nothing.</footer>\n<script type=\"application/json\" id=\"data\">",
          file);
    if (status == STEPPE_OK)
        status = stp_page_write_data(file, report);
    fputs("</script>\n", file);
    write_script(file, stp_web_chart_js);
    write_script(file, stp_web_page_js);
    fputs("</body>\n</html>\n", file);
    return status;
}

static int write_figures(const stp_report *report, stp_outputs *outputs, const char *path)
{
    const stp_figure_folder folder = {report, path, outputs};
    int status = stp_make_folder(report->context, path);
    if (status == STEPPE_OK)
        status = (report->runs ? stp_ensemble_put_figures : stp_run_put_figures)(&folder);
    return status == STEPPE_OK && report->answer_count > 0
               ? stp_answers_put_figures(&folder)
               : status;
}

static int read_any(steppe_context *context, const char *results,
                    const steppe_report_options *options, stp_report *report)
{
    bool many = false;
    *report = (stp_report){.context = context, .path = results};
    int status = stp_runs_is(context, results, &many);
    if (status == STEPPE_OK)
        status = many ? stp_runs_read(context, results, options->boundaries, report)
                      : stp_report_read(context, results, options->boundaries, report);
    return status;
}

int steppe_report_write(steppe_context *context, const char *results,
                        const steppe_report_options *options)
{
    stp_report report;
    int status = read_any(context, results, options, &report);
    report.png = options->png;
    if (status == STEPPE_OK && options->answers)
        status = stp_report_find_answers(&report, options->answers);
    stp_outputs outputs = {.context = context};
    if (status == STEPPE_OK && options->page)
        status = stp_outputs_write(&outputs, options->page, STP_OUTPUT_HTML, write_page,
                                   &report);
    if (status == STEPPE_OK && options->figures)
        status = write_figures(&report, &outputs, options->figures);
    status = stp_outputs_close(&outputs, status);
    stp_report_clear(&report);
    return status;
}
