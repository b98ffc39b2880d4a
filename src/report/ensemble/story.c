/* The first screen of the page of an ensemble. */
#include "report/ensemble/ensemble.h"
#include "report/format/html.h"

#include <string.h>

static void write_state(FILE *file, const stp_report *report)
{
    const stp_runs *m = report->runs;
    size_t there = m->done + m->failed;
    if (there < m->planned)
        fprintf(file,
                "<p class='warning' role='note'><strong>This ensemble is not "
                "complete:</strong> it has %zu of %zu runs. The same command resumes it. "
                "All numbers here are of the runs that it has.</p>\n",
                there, m->planned);
    if (m->failed > 0) {
        fprintf(file,
                "<p class='warning' role='note'><strong>%zu run%s failed</strong> and "
                "%s left out; the first says: ",
                m->failed, steppe_plural((double)m->failed),
                m->failed == 1 ? "is" : "are");
        stp_html_write(file, "{}</p>\n", m->failure);
    }
    if (*m->settings) {
        fputs("<p class='warning' role='note'><strong>An arm of a question:</strong> the "
              "scenario with the settings <code>",
              file);
        for (const char *from = m->settings; *from;) {
            size_t length = strcspn(from, "\n");
            stp_label_write(file, from, length);
            from += length;
            if (*from && *++from)
                fputs("</code>, <code>", file);
        }
        fputs("</code>.</p>\n", file);
    }
    if (strcmp(m->from, "0") != 0 && *m->from)
        stp_html_write(
            file,
            "<p class='note'>Outcomes are of the steps after {} up to {} alone.</p>\n",
            m->from, m->to);
}

/* "At the peak of those, a median of 12,000 people were in the street at once ..." */
static void write_taken_off(FILE *file, const stp_report *report)
{
    const stp_runs *m = report->runs;
    const size_t n = m->counts[STP_OUTCOME_CITIZEN_HOURS];
    char words[STP_COUNT_TEXT];
    fprintf(file, " At the peak%s, a median of %s people were in the street at once",
            m->took_off < n ? " of those" : "",
            stp_count_words(m->off_quantiles[STP_OUTCOME_PEAK][2], words));
    if (report->scenario->district_count > 1)
        fprintf(file, "; %s of %zu districts had unrest (median)",
                stp_count_words(m->off_quantiles[STP_OUTCOME_DISTRICTS][2], words),
                report->scenario->district_count);
    if (m->took_off < n)
        fprintf(file, ". The other %zu run%s stayed calm", n - m->took_off,
                steppe_plural((double)(n - m->took_off)));
    fputs(".", file);
}

static void write_headline(FILE *file, const stp_report *report)
{
    const stp_runs *m = report->runs;
    const size_t n = m->counts[STP_OUTCOME_CITIZEN_HOURS];
    char words[STP_COUNT_TEXT];
    if (n == 0)
        return;
    fputs("<p class='headline'>Unrest took off in ", file);
    if (m->took_off == 0)
        fprintf(file,
                "none of %zu run%s: at most %s people were in the street at once in any "
                "of them.",
                n, steppe_plural((double)n),
                stp_count_words(m->highest[STP_OUTCOME_PEAK], words));
    else if (m->took_off == n)
        fprintf(file, n == 1 ? "the one run." : "all %zu runs.", n);
    else
        fprintf(file, "%zu of %zu runs.", m->took_off, n);
    if (m->took_off > 0)
        write_taken_off(file, report);
    fprintf(file,
            "</p>\n<p class='note'>Taken off: more than %s citizen-hours in the street, "
            "as if one resident in ten thousand had been there throughout.</p>\n",
            stp_count_words(m->take_off_hours, words));
}

static void write_paragraph(FILE *file, const stp_report *report)
{
    const stp_runs *m = report->runs;
    fprintf(file, "<p>These are %zu run%s of a model: ", m->done,
            steppe_plural((double)m->done));
    stp_write_setting(file, report);
    if (stp_runs_of_posterior(m))
        fprintf(
            file,
            " They differ in their seeds, and in %zu unknown number%s, drawn together "
            "from the posterior: parameter sets that agree with the record, as steppe "
            "calibrate found them.",
            m->factor_count, m->factor_count == 1 ? "" : "s");
    else if (m->factor_count > 0)
        fprintf(file,
                " They differ in their seeds, and in %zu unknown number%s, drawn from "
                "%s by %s%s.",
                m->factor_count, steppe_plural((double)m->factor_count),
                m->factor_count == 1 ? "its range" : "their ranges", stp_runs_sampling(m),
                strcmp(m->width, "1") == 0 ? "" : ", within a part of each");
    else
        fputs(" They differ in their seeds alone: what is shown here is chance, with "
              "unknown numbers at their defaults.",
              file);
    if (*stp_report_population(report)) {
        stp_html_write(file, " All have the same population, drawn from the seed {}.",
                       stp_report_population(report));
    } else {
        fputs(" Each has a population of its own, drawn from its seed.", file);
    }
    fputs("</p>\n", file);
}

/* A median; of unrest, over the runs where it took off, if others stayed calm. */
static void write_tile(FILE *file, const stp_report *report, stp_outcome k,
                       const char *title)
{
    const stp_runs *m = report->runs;
    char middle[STP_COUNT_TEXT], low[STP_COUNT_TEXT], high[STP_COUNT_TEXT];
    if (!stp_outcome_varies(report, (int)k))
        return;
    bool part = stp_outcome_is_of_unrest(k) && m->took_off > 0 && m->took_off < m->done;
    const double *q = part ? m->off_quantiles[k] : m->quantiles[k];
    const char *(*words)(double, char *) = strcmp(STP_OUTCOMES[k].unit, "share") == 0
                                               ? stp_share_words
                                               : stp_count_words;
    words(q[0], low);
    words(q[4], high);
    if (strcmp(low, high) == 0)
        return;
    fprintf(file, "<div class='tile'><dt>%s</dt><dd><b>%s</b><span>%s to %s in ", title,
            words(q[2], middle), low, high);
    if (part)
        fprintf(file, "the %zu run%s where unrest took off", m->took_off,
                steppe_plural((double)m->took_off));
    else
        fputs("nine of ten runs", file);
    fputs("</span></dd></div>\n", file);
}

static void write_falls(FILE *file, const stp_runs *m)
{
    size_t falls = 0, n = m->counts[STP_OUTCOME_FALL];
    for (size_t i = 0; i < m->done; i++)
        falls += m->outcomes[STP_OUTCOME_FALL][i] > 0.5;
    if (falls > 0)
        fprintf(file,
                "<div class='tile'><dt>The ruler falls</dt><dd><b>%zu of "
                "%zu</b><span>runs</span></dd></div>\n",
                falls, n);
}

void stp_ensemble_write_story(FILE *file, const stp_report *report)
{
    static const struct {
        stp_outcome outcome;
        const char *title;
    } TILES[] = {{STP_OUTCOME_PEAK, "Most people in the street at once, median"},
                 {STP_OUTCOME_CITIZEN_HOURS, "Unrest in citizen-hours, median"},
                 {STP_OUTCOME_DISTRICTS, "Districts with unrest, median"},
                 {STP_OUTCOME_DEATHS, "Citizens killed, median"},
                 {STP_OUTCOME_ARRESTS, "Arrests, median"},
                 {STP_OUTCOME_LEGITIMACY, "Legitimacy at the end, median"},
                 {STP_OUTCOME_STRENGTH, "Incumbent's strength at the end, median"}};
    stp_html_write(
        file,
        "<header>\n<p class='kicker'>Steppe · report of an ensemble</p>\n<h1>{}</h1>\n",
        report->scenario->title);
    write_state(file, report);
    write_headline(file, report);
    fputs("<dl class='tiles'>\n", file);
    for (size_t i = 0; i < sizeof TILES / sizeof *TILES; i++)
        write_tile(file, report, TILES[i].outcome, TILES[i].title);
    write_falls(file, report->runs);
    fputs("</dl>\n<div class='opening'>\n", file);
    write_paragraph(file, report);
    fputs("<p class='caution'><strong>A model, not a forecast.</strong> It says what "
          "follows from the assumptions below, and how far that depends on chance and on "
          "what nobody knows, and nothing of what any person thought or "
          "meant.</p>\n</div>\n</header>\n",
          file);
}
