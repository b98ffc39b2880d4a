/* What was observed, and what this run has. */
#include "report/format/html.h"
#include "report/run/run.h"

static const char *const VERDICTS[] = {"not in the file", "not matched", "near",
                                       "matched"};
static const char *const SIGNS[] = {"·", "✕", "≈", "✓"};

static bool has_record(const stp_report *report)
{
    return report->fit != NULL;
}

static void write_verdict(FILE *file, steppe_fit_match match)
{
    fprintf(file,
            "<span class='verdict v%d'><span aria-hidden='true'>%s</span> %s</span>",
            match, SIGNS[match], VERDICTS[match]);
}

static void write_row(FILE *file, const steppe_fit_row *row)
{
    stp_html_write(file, "<tr><th scope='row'>{}<small>{}; {}; {}</small></th>",
                   row->title && *row->title ? row->title : row->id, row->measure,
                   row->when, row->where);
    stp_html_words(file, row->observed_words);
    stp_html_words(file, row->simulated_words);
    fputs("<td class='text'>", file);
    write_verdict(file, row->match);
    fprintf(file, "</td><td class='text'>%s, known with %s confidence", row->kind,
            row->confidence);
    if (row->source && *row->source)
        stp_html_write(file, "<small>{}</small>", row->source);
    fputs("</td></tr>\n", file);
}

static void write_pattern(FILE *file, const steppe_fit *fit, size_t index)
{
    const steppe_fit_pattern *p = &fit->patterns[index];
    stp_html_write(file,
                   "<tbody>\n<tr class='pattern'><th scope='rowgroup' "
                   "colspan='3'>{}</th><td class='text'>",
                   p->pattern);
    write_verdict(file, p->match);
    fprintf(file, "</td><td class='text'>%zu of %zu matched</td></tr>\n", p->matched,
            p->rows);
    for (size_t i = 0; i < fit->row_count; i++)
        if (fit->rows[i].pattern == index)
            write_row(file, &fit->rows[i].shown);
    fputs("</tbody>\n", file);
}

static int write_record(FILE *file, const stp_report *report)
{
    size_t counts[4] = {0};
    for (size_t i = 0; i < report->fit->pattern_count; i++)
        counts[report->fit->patterns[i].match]++;
    fprintf(
        file,
        "<p>The scenario records what was observed, in %zu patterns. Of these this "
        "run matches %zu, comes near in %zu, and does not match %zu; %zu cannot be "
        "told from the file. A pattern counts as its worst row. That a model can look "
        "like the record does not say that its causes are the true ones.</p>\n",
        report->fit->pattern_count, counts[STEPPE_FIT_MATCHED], counts[STEPPE_FIT_NEAR],
        counts[STEPPE_FIT_APART], counts[STEPPE_FIT_UNKNOWN]);
    for (size_t i = 0; i < report->fit->note_count; i++)
        stp_html_write(file, "<p class='note'>{}</p>\n", report->fit->notes[i]);
    fputs("<div class='scroll' tabindex='0'><table class='record'><caption>Observed and "
          "simulated, row by row</caption><thead><tr><th scope='col'>What</th><th "
          "scope='col'>Observed</th><th scope='col'>This run</th><th "
          "scope='col'>Verdict</th><th scope='col'>How well it is "
          "known</th></tr></thead>\n",
          file);
    for (size_t i = 0; i < report->fit->pattern_count; i++)
        write_pattern(file, report->fit, i);
    fputs("</table></div>\n<p class='note'>Counts match within the observed range, or "
          "within a factor 1.25 of a value without one. Source: the scenario's section "
          "<code>observed</code>; <code>steppe fit --page</code> has every rule.</p>\n",
          file);
    return STEPPE_OK;
}

const stp_page_section stp_section_record = {"record", "Compared with the record",
                                             has_record, write_record};
