/* One answer: what it is in words, its facts, its numbers and its pictures. */
#include "report/answers/answers.h"
#include "report/charts/answer_picture.h"
#include "report/format/html.h"
#include "report/format/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An outcome as the subject of a sentence. */
static const struct {
    const char *outcome, *subject;
    bool plural;
} SUBJECTS[] = {
    {"citizen-hours", "unrest", false},
    {"peak", "the peak of unrest", false},
    {"deaths", "deaths", true},
    {"arrests", "arrests", true},
    {"detained", "people held", true},
    {"districts", "districts with unrest", true},
    {"units", "units with unrest", true},
    {"strength", "the incumbent's strength", false},
    {"lowest-strength", "the incumbent's lowest strength", false},
    {"fall", "the risk that the ruler falls", false},
    {"defections", "defections", true},
    {"exits", "departures from the country", true},
    {"given", "gifts to the fund", true},
    {"delivered", "delivered reform", false},
};

static const char *subject_of(const char *outcome, bool *plural)
{
    *plural = false;
    for (size_t i = 0; i < sizeof SUBJECTS / sizeof *SUBJECTS; i++)
        if (strcmp(SUBJECTS[i].outcome, outcome) == 0) {
            *plural = SUBJECTS[i].plural;
            return SUBJECTS[i].subject;
        }
    return outcome;
}

const char *stp_answer_verdict(const steppe_answer_facts *f, char words[STP_VERDICT_TEXT])
{
    bool plural, more = f->verdict == STEPPE_ANSWER_MORE;
    const char *subject = subject_of(f->outcome, &plural);
    const double percent = fabs(100 * f->effect / f->base), times = f->changed / f->base;
    char size[60] = "";
    if (!more && f->verdict != STEPPE_ANSWER_LESS) {
        snprintf(words, STP_VERDICT_TEXT, "%s", steppe_verdict_text(f->verdict));
        return words;
    }
    if (isfinite(percent) && percent < 1000)
        snprintf(size, sizeof size, " by %.*f %%", percent < 10 ? 1 : 0, percent);
    else if (isfinite(percent) && isfinite(times))
        snprintf(size, sizeof size, " to %.0f times as much", times);
    snprintf(words, STP_VERDICT_TEXT, "%s %s%s%s", subject, more ? "rise" : "fall",
             plural ? "" : "s", size);
    return words;
}

/* ---- facts ---- */

static void begin_fact(FILE *file, const char *name)
{
    fprintf(file, "<div><dt>%s</dt><dd>", name);
}

static void end_fact(FILE *file)
{
    fputs("</dd></div>\n", file);
}

static void settings(FILE *file, const char *name, char *const *texts, size_t count)
{
    if (count == 0)
        return;
    begin_fact(file, name);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? "<br><code>" : "<code>", file);
        stp_html_write(file, "{}</code>", texts[i]);
    }
    end_fact(file);
}

/* "in 3 of 8 parameter sets it lowers unrest, in 5 nothing changes" */
static void write_signs(FILE *file, const steppe_answer_facts *f)
{
    const struct {
        size_t count;
        const char *words;
        bool subject;
    } PARTS[] = {{f->draws_negative, "it lowers ", true},
                 {f->draws_positive, "it raises ", true},
                 {f->draws_zero, "nothing changes", false}};
    bool plural, first = true;
    const char *subject = subject_of(f->outcome, &plural);
    for (size_t k = 0; k < 3; k++) {
        if (PARTS[k].count == 0)
            continue;
        fprintf(file, "%s %zu", first ? "in" : ", in", PARTS[k].count);
        if (first)
            fprintf(file, " of %zu parameter sets", f->draws);
        fprintf(file, " %s%s", PARTS[k].words, PARTS[k].subject ? subject : "");
        first = false;
    }
}

/* When it was registered, and line by line what changed since. */
static void write_registration(FILE *file, const steppe_answer_facts *f)
{
    begin_fact(file, "Registration");
    stp_html_text(file, f->registered_words);
    for (size_t k = 0; k < f->registration_change_count; k++) {
        const steppe_registration_change *c = &f->registration_changes[k];
        fputs("<br>", file);
        if (*c->since)
            stp_html_write(file, "on {}: ", c->since);
        stp_html_write(file, "<code>{}</code>: registered {}", c->field,
                       *c->registered ? c->registered : "none");
        stp_html_write(file, ", now {}", *c->now ? c->now : "none");
    }
    end_fact(file);
}

/* What was found, as the page in Markdown has it; and how to ask it again. */
static int write_facts(FILE *file, const stp_report *report, const stp_question *q,
                       const steppe_answer *answer)
{
    const steppe_answer_facts *f = steppe_answer_read(answer);
    steppe_table *details = steppe_answer_table(answer, "details");
    if (!details || details->failed) {
        steppe_table_free(details);
        return stp_no_memory(report->context);
    }
    stp_html_write(file,
                   "<dl class='facts'>\n<div><dt>Outcome</dt><dd>{}, {}</dd></div>\n",
                   f->outcome, f->unit);
    for (size_t i = 0; i < steppe_table_row_count(details); i++)
        stp_html_write(file, "<div><dt>{}</dt><dd>{}</dd></div>\n",
                       steppe_table_word(details, i, 0),
                       steppe_table_word(details, i, 1));
    steppe_table_free(details);
    if (q->margin_reason)
        stp_html_write(file, "<div><dt>Why this margin</dt><dd>{}</dd></div>\n",
                       q->margin_reason);
    write_registration(file, f);
    if (f->draws > 0) {
        begin_fact(file, strcmp(f->sampled, "posterior") == 0
                             ? "In short, over the posterior"
                             : "In short, over the prior");
        write_signs(file, f);
        end_fact(file);
    }
    settings(file, "Both arms", q->base, q->base_count);
    settings(file, "The change", q->change, q->change_count);
    begin_fact(file, "To ask it again");
    stp_answer_write_command(file, report, f->id);
    end_fact(file);
    fputs("</dl>\n", file);
    return STEPPE_OK;
}

/* ---- tables ---- */

static int write_intervals(FILE *file, steppe_context *context,
                           const steppe_answer_facts *f)
{
    typedef struct interval {
        const char *name;
        double low, high;
        bool there;
    } interval;
    static const steppe_column COLUMNS[] = {
        {NULL, "Interval", STEPPE_FIELD(interval, name)},
        {NULL, "from", STEPPE_CELL_NUMBER, STEPPE_FIELD(interval, low)},
        {NULL, "to", STEPPE_CELL_NUMBER, STEPPE_FIELD(interval, high)}};
    const interval ROWS[] = {
        {"effect, over all looks", f->low, f->high, true},
        {"effect, by the bootstrap", f->bootstrap_low, f->bootstrap_high, true},
        {"compared with the margin", f->narrow_low, f->narrow_high, true},
        {"... with rare flips", f->robust_low, f->robust_high, true},
        {"within the margin", -f->smallest, f->smallest, true},
        {"placebo", f->placebo_low, f->placebo_high, f->has_placebo},
        {"positive control", f->positive_control_low, f->positive_control_high,
         f->has_positive_control},
    };
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(COLUMNS));
    for (size_t k = 0; k < sizeof ROWS / sizeof *ROWS; k++)
        if (ROWS[k].there)
            steppe_table_add(table, &ROWS[k]);
    return stp_table_put_html(file, context, table, &(stp_table_frame){0});
}

static int write_tables(FILE *file, steppe_context *context, const steppe_answer *answer)
{
    const steppe_answer_facts *f = steppe_answer_read(answer);
    char caption[160];
    snprintf(caption, sizeof caption, "%s, %s", f->outcome, f->unit);
    fputs("<details><summary>The numbers</summary>", file);
    int status = stp_table_put_html(file, context,
                                    steppe_answer_table(answer, "distributions"),
                                    &(stp_table_frame){.caption = caption});
    if (status == STEPPE_OK)
        status = write_intervals(file, context, f);
    if (status == STEPPE_OK && f->cause_count > 0)
        status = stp_table_put_html(file, context, steppe_answer_table(answer, "causes"),
                                    &(stp_table_frame){
                                        .caption = "Shares of the causes (Shapley)"});
    if (status == STEPPE_OK && f->point_count > 0)
        status = stp_table_put_html(file, context, steppe_answer_table(answer, "points"),
                                    &(stp_table_frame){.caption = f->driver});
    fputs("</details>\n", file);
    return status;
}

/* ---- one answer ---- */

static void write_pictures(FILE *file, const stp_report *report,
                           const steppe_answer_facts *f)
{
    char source[STP_SOURCE_TEXT];
    stp_answer_source(report, f, source);
    fprintf(file,
            "<div class='pictures'>\n<figure class='asked' data-name='answer-%s'>"
            "<div class='still'>\n",
            f->id);
    stp_answer_draw(file, f, source);
    stp_html_write(
        file,
        "</div>\n<figcaption>Lines: 5 to 95 %; boxes: 25 to 75 %, with the median; "
        "rings: means. Shaded: within the margin. {}</figcaption></figure>\n",
        source);
    if (f->point_count > 0) {
        fprintf(file,
                "<figure class='asked' data-name='answer-%s-turn'>"
                "<div class='still'>\n",
                f->id);
        stp_answer_draw_turn(file, f, source);
        fprintf(
            file,
            "</div>\n<figcaption>The effect, with intervals of 95 %%, by the value of "
            "the driver; %zu pairs each. Shaded: within the margin."
            "</figcaption></figure>\n",
            f->point_pairs);
    }
    fputs("</div>\n", file);
}

int stp_answer_write(FILE *file, const stp_report *report, size_t index)
{
    const stp_question *q = &report->scenario->questions[index];
    const steppe_answer *answer = report->answers[index];
    const steppe_answer_facts *f = steppe_answer_read(answer);
    char verdict[STP_VERDICT_TEXT];
    fprintf(file, "<article class='answer' id='answer-%s'>\n<div>\n<h4>", f->id);
    if (q->claim && q->claim_index < 0)
        stp_html_write(file, "{}: ", q->claim);
    stp_html_write(file,
                   "{}</h4>\n<p class='ruling'><strong class='t-{}'>{}</strong></p>\n"
                   "<p>{}</p>\n",
                   f->text, stp_verdict_tone(f->verdict), stp_answer_verdict(f, verdict),
                   steppe_answer_words(answer));
    if (q->note)
        stp_html_write(file, "<p class='note'>{}</p>\n", q->note);
    int status = write_facts(file, report, q, answer);
    if (status == STEPPE_OK)
        status = write_tables(file, report->context, answer);
    fputs("</div>\n", file);
    write_pictures(file, report, f);
    fputs("</article>\n", file);
    return status;
}
