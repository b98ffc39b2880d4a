/* What was observed, and what this run has. */
#include "report/format/html.h"
#include "report/format/table.h"
#include "report/run/run.h"

static bool has_record(const stp_report *report)
{
    return report->fit != NULL;
}

/* A pattern, or below it one of its rows. */
typedef struct row {
    char what[800], known[120], style[16];
    const char *title, *notes, *observed, *simulated, *source;
    steppe_fit_match match;
} row;

static void add_pattern(steppe_table *table, const steppe_fit_pattern *p)
{
    row r = {.title = p->pattern, .match = p->match};
    snprintf(r.style, sizeof r.style, "pattern v%d", p->match);
    snprintf(r.known, sizeof r.known, "%zu of %zu matched", p->matched, p->rows);
    steppe_table_add(table, &r);
}

static void add_row(steppe_table *table, const steppe_fit_row *f)
{
    row r = {.title = f->title && *f->title ? f->title : f->id,
             .notes = r.what,
             .observed = f->observed_words,
             .simulated = f->simulated_words,
             .source = f->source,
             .match = f->match};
    snprintf(r.style, sizeof r.style, "v%d", f->match);
    snprintf(r.what, sizeof r.what, "%s; %s; %s", f->measure, f->when, f->where);
    snprintf(r.known, sizeof r.known, "%s, known with %s confidence", f->kind,
             f->confidence);
    steppe_table_add(table, &r);
}

static steppe_table *record_table(const steppe_fit *fit)
{
    static const char *const VERDICTS[] = {"· not in the file", "✕ not matched", "≈ near",
                                           "✓ matched"};
#define F(member) STEPPE_FIELD(row, member)
    static const steppe_column COLUMNS[] = {{NULL, "What", .joined = 1, F(title)},
                                            {NULL, NULL, F(notes)},
                                            {NULL, "Observed", F(observed)},
                                            {NULL, "This run", F(simulated)},
                                            {NULL, "Verdict", .words = VERDICTS,
                                             F(match)},
                                            {NULL, "How well it is known", .joined = 1,
                                             F(known)},
                                            {NULL, NULL, F(source)},
                                            {NULL, NULL, F(style)}};
#undef F
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(COLUMNS));
    for (size_t k = 0; k < fit->pattern_count; k++) {
        add_pattern(table, &fit->patterns[k]);
        for (size_t i = 0; i < fit->row_count; i++)
            if (fit->rows[i].pattern == k)
                add_row(table, &fit->rows[i].shown);
    }
    return table;
}

static int write_record(FILE *file, const stp_report *report)
{
    size_t counts[4] = {0};
    for (size_t i = 0; i < report->fit->pattern_count; i++)
        counts[report->fit->patterns[i].match]++;
    fprintf(
        file,
        "<p>The scenario records what was observed, in %zu pattern%s. Of these this "
        "run matches %zu, comes near in %zu, and does not match %zu; %zu cannot be "
        "told from the file. A pattern counts as its worst row. That a model can look "
        "like the record does not say that its causes are the true ones.</p>\n",
        report->fit->pattern_count, steppe_plural((double)report->fit->pattern_count),
        counts[STEPPE_FIT_MATCHED], counts[STEPPE_FIT_NEAR], counts[STEPPE_FIT_APART],
        counts[STEPPE_FIT_UNKNOWN]);
    for (size_t i = 0; i < report->fit->note_count; i++)
        stp_html_write(file, "<p class='note'>{}</p>\n", report->fit->notes[i]);
    int status = stp_table_put_html(
        file, report->context, record_table(report->fit),
        &(stp_table_frame){.caption = "Observed and simulated, row by row",
                           .style = "record",
                           .row_style = 7,
                           .spans = true});
    fputs("<p class='note'>Counts match within the observed range, or "
          "within a factor 1.25 of a value without one. Source: the scenario's section "
          "<code>observed</code>; <code>steppe fit --page</code> has every rule.</p>\n",
          file);
    return status;
}

const stp_page_section stp_section_record = {"record", "Compared with the record",
                                             has_record, write_record};
