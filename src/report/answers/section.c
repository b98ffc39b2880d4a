/* The questions that the scenario asks, and what its runs in pairs answer. */
#include "report/charts/answer_picture.h"
#include "report/charts/forest.h"
#include "report/format/html.h"
#include "report/svg/label.h"
#include "report/load/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers ---- */

static void amount(FILE *file, double value)
{
    char words[STP_COUNT_TEXT];
    fputs(stp_amount_words(value, words), file);
}

static void range(FILE *file, double value, double low, double high)
{
    amount(file, value);
    if (!isfinite(low) || !isfinite(high))
        return;
    fputs(" (", file);
    amount(file, low);
    fputs(" to ", file);
    amount(file, high);
    fputs(")", file);
}

/* A cell: what is read, and beside it the number that is saved. */
static void cell(FILE *file, double value)
{
    if (isfinite(value))
        fprintf(file, "<td data-value='%.10g'>", value);
    else
        fputs("<td data-value=''>", file);
    amount(file, value);
    fputs("</td>", file);
}

/* "less citizen-hours", in its colour. */
static void verdict(FILE *file, const steppe_answer_facts *f)
{
    bool signs = f->verdict == STEPPE_ANSWER_MORE || f->verdict == STEPPE_ANSWER_LESS;
    fprintf(file, "<strong class='t-%s'>%s%s%s</strong>", stp_verdict_tone(f->verdict),
            steppe_verdict_text(f->verdict), signs ? " " : "", signs ? f->outcome : "");
}

/* Of the points that differ, those that say what the verdict says. */
static void agreeing(FILE *file, const steppe_answer_facts *f)
{
    size_t told = f->draws - f->draws_zero;
    if (isfinite(f->agree_low) && told > 0)
        fprintf(file, "%zu of %zu (%.0f to %.0f %%)", f->draws_agree, told,
                100 * f->agree_low, 100 * f->agree_high);
    else
        fputs("-", file);
}

/* ---- facts of one answer ---- */

static void settings(FILE *file, const char *name, char *const *texts, size_t count)
{
    if (count == 0)
        return;
    fprintf(file, "<div><dt>%s</dt><dd>", name);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? "<br><code>" : "<code>", file);
        stp_html_text(file, texts[i]);
        fputs("</code>", file);
    }
    fputs("</dd></div>\n", file);
}

static void begin_fact(FILE *file, const char *name)
{
    fprintf(file, "<div><dt>%s</dt><dd>", name);
}

static void end_fact(FILE *file)
{
    fputs("</dd></div>\n", file);
}

static void write_pairs(FILE *file, const steppe_answer_facts *f)
{
    begin_fact(file, "Pairs of runs");
    fprintf(file, "%zu of at most %zu: more in %zu, the same in %zu, less in %zu",
            f->pairs, f->max_pairs, f->positive, f->zero, f->negative);
    if (f->failed)
        fprintf(file, "; %zu failed and are left out", f->failed);
    end_fact(file);
    if (isfinite(f->needed)) {
        begin_fact(file, "Pairs needed");
        fprintf(file, "%.0f to find an effect as large as the margin, ", f->needed);
        if (isfinite(f->needed_equivalent))
            fprintf(file, "%.0f to show equivalence", f->needed_equivalent);
        else
            fputs("no number would show equivalence", file);
        end_fact(file);
    }
    if (f->changes) {
        begin_fact(file, "Until the arms part");
        fprintf(file, "%zu of %zu pairs are bit-identical (step %llu)", f->same_before,
                f->pairs, (unsigned long long)f->changes);
        end_fact(file);
    }
}

static void write_sides(FILE *file, const steppe_answer_facts *f)
{
    begin_fact(file, "Placebo, which should do nothing");
    if (f->has_placebo)
        fprintf(file, "<span class='%s'>%zu of %zu pairs are bit-identical</span>",
                f->placebo_identical == f->side_pairs ? "v3" : "v1", f->placebo_identical,
                f->side_pairs);
    else
        fputs("none", file);
    end_fact(file);
    begin_fact(file, "Positive control, which should matter");
    if (f->has_control) {
        range(file, f->control_effect, f->control_low, f->control_high);
        fprintf(file, ", %zu pairs", f->side_pairs);
    } else {
        fputs("none", file);
    }
    end_fact(file);
}

static void write_screening(FILE *file, const steppe_answer_facts *f)
{
    begin_fact(file, "There it correlates with");
    if (!f->screened)
        fprintf(file,
                "not looked for: %zu points cannot tell %zu ranges apart; it takes %zu "
                "points, none of which fails",
                f->draws, f->screen_ranges, f->screen_points);
    else if (f->driver_count == 0)
        fputs("no range by more than chance would have it", file);
    for (size_t k = 0; k < f->driver_count; k++) {
        fputs(k ? "<br><code>" : "<code>", file);
        stp_html_text(file, f->drivers[k]);
        fprintf(file, "</code> (rank correlation %+.2f, p %.2g)",
                f->driver_correlation[k], f->driver_p[k]);
    }
    if (f->screened)
        fprintf(file, "; a dummy that means nothing: %+.2f, p %.2g", f->dummy_correlation,
                f->dummy_p);
    end_fact(file);
}

static void write_space(FILE *file, const steppe_answer_facts *f)
{
    begin_fact(file, "Over the parameter ranges");
    if (f->draws == 0) {
        fputs("not looked at", file);
        end_fact(file);
        return;
    }
    fprintf(file, "%zu points, beyond the margin at %zu, both arms the same at %zu",
            f->draws, f->draws_beyond, f->draws_zero);
    if (isfinite(f->agree_low)) {
        fputs("; as the verdict says at ", file);
        agreeing(file, f);
    }
    if (f->width < 1)
        fprintf(file, ", of the middle %g of each range", f->width);
    if (f->draws_failed)
        fprintf(file, "; %zu could not be run", f->draws_failed);
    end_fact(file);
    write_screening(file, f);
}

/* Take-off: how often in each arm, and the effect where both take off. */
static void write_take_off(FILE *file, const steppe_answer_facts *f)
{
    size_t n = f->off_both + f->off_base + f->off_changed + f->off_neither;
    if (n == 0)
        return;
    begin_fact(file, "Unrest takes off");
    fputs("(more than ", file);
    amount(file, f->take_off_hours);
    fputs(" residents h)", file);
    for (int arm = 0; arm < 2; arm++)
        fprintf(file, "%s %s the change in %.0f %% (%.0f to %.0f)", arm ? "," : "",
                arm ? "with" : "without", 100 * f->off_rate[arm][0],
                100 * f->off_rate[arm][1], 100 * f->off_rate[arm][2]);
    fprintf(file, "; difference %+.3f (%.3f to %.3f)", f->off_difference, f->off_low,
            f->off_high);
    if (isfinite(f->off_p))
        fprintf(file, ", exact p %.2g", f->off_p);
    end_fact(file);
    begin_fact(file, "Effect where both take off");
    range(file, f->given_effect, f->given_low, f->given_high);
    fprintf(file, ", %zu pairs", f->off_both);
    end_fact(file);
}

static void write_flips(FILE *file, const steppe_answer_facts *f)
{
    if (!isfinite(f->flips_most) || !isfinite(f->flips_size))
        return;
    begin_fact(file, "Flips: one arm alone takes off, or differs by far more");
    fprintf(file, "%zu seen, so up to %.1f %%, each of up to ", f->flips,
            100 * f->flips_most);
    amount(file, f->flips_size);
    end_fact(file);
}

static void write_turn(FILE *file, const steppe_answer_facts *f)
{
    if (f->point_count == 0)
        return;
    begin_fact(file, "Break-even");
    fputs("<code>", file);
    stp_html_text(file, f->driver);
    if (f->turn == STEPPE_BREAK_EVEN_FOUND) {
        fputs("</code> at ", file);
        amount(file, f->break_even);
        fputs(", from ", file);
        amount(file,
               isfinite(f->break_even_low) ? f->break_even_low : f->points[0].value);
        fputs(isfinite(f->break_even_low) ? " to " : " or less to ", file);
        amount(file, isfinite(f->break_even_high) ? f->break_even_high
                                                  : f->points[f->point_count - 1].value);
        fputs(isfinite(f->break_even_high) ? "" : " or more", file);
    } else if (f->turn == STEPPE_BREAK_EVEN_NOWHERE) {
        fputs("</code>: nowhere from ", file);
        amount(file, f->points[0].value);
        fputs(" to ", file);
        amount(file, f->points[f->point_count - 1].value);
    } else {
        fputs("</code>: not resolved", file);
    }
    end_fact(file);
}

static void write_falls(FILE *file, const steppe_answer_facts *f)
{
    if (!f->falls)
        return;
    begin_fact(file, "The ruler falls");
    fprintf(file,
            "in both %zu, without the change alone %zu, with it alone %zu, in neither "
            "%zu; difference %+.3f (%.3f to %.3f)",
            f->fell_both, f->fell_base, f->fell_changed, f->fell_neither,
            f->fall_difference, f->fall_low, f->fall_high);
    if (isfinite(f->fall_p))
        fprintf(file, ", exact p %.2g", f->fall_p);
    end_fact(file);
}

static void write_facts(FILE *file, const stp_report *report, const stp_question *q,
                        const steppe_answer_facts *f)
{
    fputs("<dl class='facts'>\n", file);
    begin_fact(file, "Effect, interval over all looks");
    range(file, f->effect, f->low, f->high);
    fprintf(file, " %s", f->unit);
    end_fact(file);
    begin_fact(file, "Margin");
    amount(file, f->smallest);
    if (f->share > 0)
        fprintf(file, ", %g %% of the mean without the change", 100 * f->share);
    end_fact(file);
    write_pairs(file, f);
    write_sides(file, f);
    write_space(file, f);
    write_flips(file, f);
    write_take_off(file, f);
    write_turn(file, f);
    write_falls(file, f);
    settings(file, "Both arms", q->base, q->base_count);
    settings(file, "The change", q->change, q->change_count);
    begin_fact(file, "To ask it again");
    stp_report_answer_command(file, report, f->id);
    end_fact(file);
    fputs("</dl>\n", file);
}

/* ---- tables ---- */

static void row(FILE *file, const char *name, double mean, const double *quantiles)
{
    fprintf(file, "<tr><th scope='row'>%s</th>", name);
    cell(file, mean);
    for (int k = 0; k < 5; k++)
        cell(file, quantiles[k]);
    fputs("</tr>\n", file);
}

static void pair_row(FILE *file, const char *name, double low, double high)
{
    fprintf(file, "<tr><th scope='row'>%s</th>", name);
    cell(file, low);
    cell(file, high);
    fputs("</tr>\n", file);
}

static void write_tables(FILE *file, const steppe_answer_facts *f)
{
    fprintf(file,
            "<details><summary>The numbers</summary><div class='scroll'>"
            "<table><caption>%s, %s</caption><thead><tr><th scope='col'>What</th>"
            "<th scope='col'>mean</th><th scope='col'>5 %%</th><th scope='col'>25 %%</th>"
            "<th scope='col'>50 %%</th><th scope='col'>75 %%</th>"
            "<th scope='col'>95 %%</th></tr></thead><tbody>\n",
            f->outcome, f->unit);
    row(file, "without the change", f->base, f->quantiles[0]);
    row(file, "with it", f->changed, f->quantiles[1]);
    row(file, "differences", f->effect, f->quantiles[2]);
    if (f->draws > 0)
        row(file, "differences over the ranges", NAN, f->draw_quantiles);
    fputs("</tbody></table><table><thead><tr><th scope='col'>Interval</th><th "
          "scope='col'>from</th><th scope='col'>to</th></tr></thead><tbody>\n",
          file);
    pair_row(file, "effect, over all looks", f->low, f->high);
    pair_row(file, "effect, by the bootstrap", f->bootstrap_low, f->bootstrap_high);
    pair_row(file, "compared with the margin", f->narrow_low, f->narrow_high);
    pair_row(file, "... with rare flips", f->robust_low, f->robust_high);
    pair_row(file, "within the margin", -f->smallest, f->smallest);
    if (f->has_placebo)
        pair_row(file, "placebo", f->placebo_low, f->placebo_high);
    if (f->has_control)
        pair_row(file, "positive control", f->control_low, f->control_high);
    fputs("</tbody></table>", file);
    if (f->point_count > 0) {
        fputs("<table><thead><tr><th scope='col'>", file);
        stp_html_text(file, f->driver);
        fputs("</th><th scope='col'>effect</th><th scope='col'>from</th><th "
              "scope='col'>to</th></tr></thead><tbody>\n",
              file);
        for (size_t k = 0; k < f->point_count; k++) {
            const steppe_answer_point *p = &f->points[k];
            fprintf(file, "<tr><th scope='row' data-value='%.10g'>", p->value);
            amount(file, p->value);
            fputs("</th>", file);
            cell(file, p->effect);
            cell(file, p->low);
            cell(file, p->high);
            fputs("</tr>\n", file);
        }
        fputs("</tbody></table>", file);
    }
    fputs("</div></details>\n", file);
}

/* ---- one answer ---- */

static void write_pictures(FILE *file, const stp_report *report,
                           const steppe_answer_facts *f)
{
    char source[STP_SOURCE_TEXT];
    stp_report_answer_source(report, f, source);
    fprintf(file,
            "<div class='pictures'>\n<figure class='asked' data-name='answer-%s'>"
            "<div class='still'>\n",
            f->id);
    stp_answer_draw(file, f, source);
    fputs("</div>\n<figcaption>Lines: 5 to 95 %; boxes: 25 to 75 %, with the median; "
          "rings: means. Shaded: within the margin. ",
          file);
    stp_html_text(file, source);
    fputs("</figcaption></figure>\n", file);
    if (f->point_count > 0) {
        fprintf(file,
                "<figure class='asked' data-name='answer-%s-turn'>"
                "<div class='still'>\n",
                f->id);
        stp_answer_draw_turn(file, f, source);
        fprintf(file,
                "</div>\n<figcaption>The effect, with intervals of 95 %%, at values of "
                "what may decide it; %zu pairs each. Shaded: within the margin."
                "</figcaption></figure>\n",
                f->point_pairs);
    }
    fputs("</div>\n", file);
}

static void write_answer(FILE *file, const stp_report *report, size_t index)
{
    const stp_question *q = &report->scenario->questions[index];
    const steppe_answer *answer = report->answers[index];
    const steppe_answer_facts *f = steppe_answer_read(answer);
    fprintf(file, "<article class='answer' id='answer-%s'>\n<div>\n<h4>", f->id);
    if (q->claim && q->claim_index < 0) {
        stp_html_text(file, q->claim);
        fputs(": ", file);
    }
    stp_html_text(file, f->text);
    fputs("</h4>\n<p class='ruling'>", file);
    verdict(file, f);
    if (f->base != 0 && isfinite(100 * f->effect / f->base) && f->effect != 0)
        fprintf(file, " <span class='unit'>%+.1f %%</span>", 100 * f->effect / f->base);
    fputs("</p>\n<p>", file);
    stp_html_text(file, steppe_answer_words(answer));
    fputs("</p>\n", file);
    if (q->note) {
        fputs("<p class='note'>", file);
        stp_html_text(file, q->note);
        fputs("</p>\n", file);
    }
    write_facts(file, report, q, f);
    write_tables(file, f);
    fputs("</div>\n", file);
    write_pictures(file, report, f);
    fputs("</article>\n", file);
}

/* ---- all of them ---- */

static void write_line(FILE *file, const steppe_answer_facts *f)
{
    fprintf(file, "<tr><th scope='row'><a href='#answer-%s'>%s</a></th><td class='text'>",
            f->id, f->id);
    stp_html_text(file, f->claim);
    fputs("</td><td class='text'>", file);
    stp_html_text(file, f->text);
    fputs("</td><td class='text'>", file);
    verdict(file, f);
    fputs("</td>", file);
    cell(file, f->effect);
    cell(file, f->low);
    cell(file, f->high);
    fprintf(file, "<td class='text'>%s</td>", f->unit);
    cell(file, f->smallest);
    fputs("<td>", file);
    agreeing(file, f);
    fputs("</td></tr>\n", file);
}

static int write_forest(FILE *file, const stp_report *report)
{
    const steppe_answer **list = stp_report_answer_list(report);
    if (!list)
        return stp_no_memory(report->context);
    fputs("<figure class='asked' data-name='answers'>\n<h3>All effects beside each "
          "other</h3>\n<div class='still scroll wide' tabindex='0' role='group' "
          "aria-label='Effects of all questions'>\n",
          file);
    stp_forest_write(file, list, report->answer_count);
    fputs("</div>\n<figcaption>Each effect with its interval, in units of its "
          "question's margin; the shaded band is within it. ",
          file);
    stp_report_write_source(file, report);
    fputs("</figcaption>\n<details><summary>The numbers</summary><div class='scroll'>"
          "<table><thead><tr><th scope='col'>Question</th><th scope='col'>Claim</th>"
          "<th scope='col'>Text</th><th scope='col'>Verdict</th><th "
          "scope='col'>Effect</th><th scope='col'>from</th><th scope='col'>to</th><th "
          "scope='col'>Unit</th><th scope='col'>Margin</th><th scope='col'>Holds "
          "over the ranges</th></tr></thead><tbody>\n",
          file);
    for (size_t i = 0; i < report->answer_count; i++)
        write_line(file, steppe_answer_read(list[i]));
    fputs("</tbody></table></div></details>\n</figure>\n", file);
    free(list);
    return STEPPE_OK;
}

static bool is_of(const stp_report *report, size_t question, size_t claim)
{
    return report->scenario->questions[question].claim_index == (int)claim;
}

/* Answers about a claim, or those of none (claim: their count). */
static void write_claim(FILE *file, const stp_report *report, size_t claim)
{
    const steppe_scenario *s = report->scenario;
    bool headed = s->claim_count == 0;
    for (size_t i = 0; i < s->question_count; i++) {
        if (!report->answers[i] ||
            (claim < s->claim_count ? !is_of(report, i, claim)
                                    : s->questions[i].claim_index >= 0))
            continue;
        if (!headed && claim < s->claim_count) {
            fputs("<h3 class='claim'><span>Claim ", file);
            stp_html_text(file, s->claims[claim].id);
            fputs("</span> ", file);
            stp_html_text(file, s->claims[claim].text);
            if (s->claims[claim].source >= 0) {
                fputs("<small>Claimed by: ", file);
                stp_html_text(file, s->sources[s->claims[claim].source].title);
                fputs("</small>", file);
            }
            fputs("</h3>\n", file);
        } else if (!headed) {
            fputs("<h3 class='claim'>Of no claim on the list</h3>\n", file);
        }
        headed = true;
        write_answer(file, report, i);
    }
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
        if (s->questions[i].claim) {
            stp_html_text(file, s->questions[i].claim);
            fputs(": ", file);
        }
        stp_html_text(file, s->questions[i].text);
        fputs("<br>", file);
        if (report->refusals[i])
            stp_html_text(file, report->refusals[i]);
        else
            stp_report_answer_command(file, report, s->questions[i].id);
        if (report->elsewhere[i]) {
            fputs("<br>Asked already, with ", file);
            stp_html_text(file, report->elsewhere[i]);
            fputs("; give the same options to <code>steppe report</code> to see it.",
                  file);
        }
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
        fputs("<li>", file);
        stp_html_text(file, s->claims[k].id);
        fputs(": ", file);
        stp_html_text(file, s->claims[k].text);
        if (s->claims[k].note) {
            fputs("<small>", file);
            stp_html_text(file, s->claims[k].note);
            fputs("</small>", file);
        }
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
            "<p>The scenario asks %zu question%s: each sets it beside itself with one "
            "change, in pairs of runs on the same random numbers. %zu of them %s "
            "answered by runs that are kept in <code>",
            s->question_count, s->question_count == 1 ? "" : "s", report->answer_count,
            report->answer_count == 1 ? "is" : "are");
    stp_html_text(file, report->asking->folder);
    fprintf(file,
            "</code>; for this page nothing was run. Verdict rules %d.</p>\n<p "
            "class='caution'>An answer is one in this model, under these assumptions. It "
            "says what the model does; it is no forecast, and no finding about a "
            "person.</p>\n",
            STEPPE_VERDICT_RULES);
    if (report->answer_count > 0)
        status = write_forest(file, report);
    for (size_t k = 0; k <= s->claim_count; k++)
        write_claim(file, report, k);
    write_missing(file, report);
    write_untested(file, report);
    return status;
}

const stp_report_section stp_section_answers = {"answers", "Questions asked", has_answers,
                                                write_answers};
