/* The questions that the scenario asks, and their answers. */
#include "report/answers/answers.h"
#include "report/charts/answer_picture.h"
#include "report/charts/forest.h"
#include "report/format/html.h"
#include "report/format/table.h"
#include "study/questions/ask.h"

#include <math.h>
#include <stdlib.h>

static steppe_table *answers_table(const steppe_answer *const *answers, size_t count)
{
    typedef struct row {
        char verdict[STP_VERDICT_TEXT], agreement[80], style[16];
        steppe_answer_facts of;
    } row;
#define F(member) STEPPE_FIELD(row, member)
    static const steppe_column COLUMNS[] = {
        {NULL, "Question", F(of.id)},
        {NULL, "Claim", F(of.claim)},
        {NULL, "Text", F(of.text)},
        {NULL, "Verdict", F(verdict)},
        {NULL, "Effect", STEPPE_CELL_NUMBER, 0, 2, F(of.effect)},
        {NULL, NULL, F(of.low)},
        {NULL, NULL, F(of.high)},
        {NULL, "Unit", F(of.unit)},
        {NULL, "Margin", STEPPE_CELL_NUMBER, F(of.smallest)},
        {NULL, "Holds over the parameters", F(agreement)},
        {NULL, NULL, F(style)}};
#undef F
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(COLUMNS));
    for (size_t i = 0; i < count; i++) {
        row r = {.agreement = "–", .of = *steppe_answer_read(answers[i])};
        const steppe_answer_facts *f = &r.of;
        char words[STP_AGREEMENT_TEXT];
        stp_answer_verdict(f, r.verdict);
        snprintf(r.style, sizeof r.style, "t-%s", stp_verdict_tone(f->verdict));
        if (*stp_answer_agreement(f, words))
            snprintf(r.agreement, sizeof r.agreement, "%s", words);
        steppe_table_add(table, &r);
    }
    return table;
}

static int write_forest(FILE *file, const stp_report *report)
{
    const steppe_answer **list = stp_answers_list(report);
    if (!list)
        return stp_no_memory(report->context);
    fputs(
        "<figure class='asked' data-name='answers'>\n<h3>All effects</h3>\n<div "
        "class='still scroll wide' tabindex='0' role='group' aria-label='Effects of all "
        "questions'>\n",
        file);
    stp_forest_write(file, list, report->answer_count);
    fputs("</div>\n<figcaption>Each effect with its interval, in units of its question's "
          "margin, which is the shaded band. ",
          file);
    stp_write_source(file, report);
    fputs("</figcaption>\n", file);
    int status = stp_table_put_html(file, report->context,
                                    answers_table(list, report->answer_count),
                                    &(stp_table_frame){"The numbers", .style = "answers",
                                                       .link = "#answer-",
                                                       .row_style = 10});
    fputs("</figure>\n", file);
    free(list);
    return status;
}

static bool is_of(const stp_report *report, size_t question, size_t claim)
{
    return report->scenario->questions[question].claim_index == (int)claim;
}

/* Answers about a claim, or those of none (claim: their count). */
static int write_claim(FILE *file, const stp_report *report, size_t claim)
{
    const steppe_scenario *s = report->scenario;
    bool headed = s->claim_count == 0;
    int status = STEPPE_OK;
    for (size_t i = 0; i < s->question_count && status == STEPPE_OK; i++) {
        if (!report->answers[i] ||
            (claim < s->claim_count ? !is_of(report, i, claim)
                                    : s->questions[i].claim_index >= 0))
            continue;
        if (!headed && claim < s->claim_count) {
            stp_html_write(file, "<h3 class='claim'><span>Claim {}</span> {}",
                           s->claims[claim].id, s->claims[claim].text);
            if (s->claims[claim].source >= 0)
                stp_html_write(file, "<small>Claimed by: {}</small>",
                               s->sources[s->claims[claim].source].title);
            fputs("</h3>\n", file);
        } else if (!headed) {
            fputs("<h3 class='claim'>Questions without a claim</h3>\n", file);
        }
        headed = true;
        status = stp_answer_write(file, report, i);
    }
    return status;
}

static void write_missing(FILE *file, const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    if (report->answer_count == s->question_count)
        return;
    fputs("<h3>Not asked yet, or with other options</h3>\n<p class='note'>Not all runs "
          "that these need with the options of this report are kept there. "
          "<code>again.yaml</code> is the scenario of this page, to be saved at its "
          "end.</p>\n<ul class='missing'>\n",
          file);
    for (size_t i = 0; i < s->question_count; i++) {
        if (report->answers[i])
            continue;
        fputs("<li>", file);
        if (s->questions[i].claim)
            stp_html_write(file, "{}: ", s->questions[i].claim);
        stp_html_write(file, "{}<br>", s->questions[i].text);
        if (report->refusals[i])
            stp_html_text(file, report->refusals[i]);
        else
            stp_answer_write_command(file, report, s->questions[i].id);
        if (report->elsewhere[i])
            stp_html_write(file,
                           "<br>Asked already, with {}; give the same options to "
                           "<code>steppe report</code> to see it.",
                           report->elsewhere[i]);
        fputs("</li>\n", file);
    }
    fputs("</ul>\n", file);
}

/* Claims that no question puts to the test. */
static void write_untested(FILE *file, const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    bool headed = false;
    for (size_t k = 0; k < s->claim_count; k++) {
        bool asked = false;
        for (size_t i = 0; i < s->question_count && !asked; i++)
            asked = is_of(report, i, k);
        if (asked)
            continue;
        fputs(headed ? "" : "<h3>Claims without a question</h3>\n<ul class='missing'>\n",
              file);
        headed = true;
        stp_html_write(file, "<li>{}: {}", s->claims[k].id, s->claims[k].text);
        if (s->claims[k].note)
            stp_html_write(file, "<small>{}</small>", s->claims[k].note);
        fputs("</li>\n", file);
    }
    fputs(headed ? "</ul>\n" : "", file);
}

static bool has_answers(const stp_report *report)
{
    return report->asking != NULL;
}

static int write_answers(FILE *file, const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    int status = STEPPE_OK;
    if (s->question_count == 0) {
        fputs("<p>The scenario asks no questions.</p>\n", file);
        return STEPPE_OK;
    }
    fprintf(file,
            "<p>The scenario asks %zu question%s: each compares it with itself after "
            "one change, in pairs of runs on the same random numbers. %zu of them %s "
            "answered by runs that are kept in <code>",
            s->question_count, steppe_plural((double)s->question_count),
            report->answer_count, report->answer_count == 1 ? "is" : "are");
    stp_html_text(file, report->asking->folder);
    fprintf(file,
            "</code>; nothing was run for this page. Verdict rules %d.</p>\n<p "
            "class='caution'>An answer is one in this model, under these assumptions. It "
            "says what the model does; it is no forecast, and no finding about a "
            "person.</p>\n",
            STEPPE_VERDICT_RULES);
    if (report->answer_count > 0)
        status = write_forest(file, report);
    for (size_t k = 0; k <= s->claim_count && status == STEPPE_OK; k++)
        status = write_claim(file, report, k);
    write_missing(file, report);
    write_untested(file, report);
    return status;
}

const stp_page_section stp_section_answers = {"answers", "Questions asked", has_answers,
                                              write_answers};
