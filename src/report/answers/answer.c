/* One answer: what it is in words, its facts, its numbers and its pictures. */
#include "report/answers/answers.h"
#include "report/charts/answer_picture.h"
#include "report/format/html.h"

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

void stp_answer_cell(FILE *file, double value)
{
    char words[STP_COUNT_TEXT];
    stp_html_cell(file, value, stp_amount_words(value, words));
}

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

/* "unrest falls by 98 %", in its colour; or another verdict. */
void stp_answer_write_verdict(FILE *file, const steppe_answer_facts *f)
{
    bool plural, more = f->verdict == STEPPE_ANSWER_MORE,
                 less = f->verdict == STEPPE_ANSWER_LESS;
    const char *subject = subject_of(f->outcome, &plural);
    double percent = fabs(100 * f->effect / f->base);
    fprintf(file, "<strong class='t-%s'>", stp_verdict_tone(f->verdict));
    if (more || less)
        fprintf(file, "%s %s%s", subject, more ? "rise" : "fall", plural ? "" : "s");
    else
        fputs(steppe_verdict_text(f->verdict), file);
    if ((more || less) && isfinite(percent) && percent < 1000)
        fprintf(file, " by %.*f %%", percent < 10 ? 1 : 0, percent);
    else if ((more || less) && isfinite(percent) && isfinite(f->changed / f->base))
        fprintf(file, " to %.0f times as much", f->changed / f->base);
    fputs("</strong>", file);
}

/* "12 of 14 (60 to 96 %)": of the points that differ, those where the sign is the verdict's. */
void stp_answer_write_agreement(FILE *file, const steppe_answer_facts *f)
{
    size_t differ = f->draws - f->draws_zero;
    if (isfinite(f->agree_low) && differ > 0)
        fprintf(file, "%zu of %zu (%.0f to %.0f %%)", f->draws_agree, differ,
                100 * f->agree_low, 100 * f->agree_high);
    else
        fputs("–", file);
}

/* ---- facts ---- */

static void settings(FILE *file, const char *name, char *const *texts, size_t count)
{
    if (count == 0)
        return;
    fprintf(file, "<div><dt>%s</dt><dd>", name);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? "<br><code>" : "<code>", file);
        stp_html_write(file, "{}</code>", texts[i]);
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
    if (isfinite(f->required_pairs)) {
        begin_fact(file, "Pairs required");
        amount(file, ceil(f->required_pairs));
        fputs(" to find an effect as large as the margin, ", file);
        if (isfinite(f->required_pairs_equivalent))
            amount(file, ceil(f->required_pairs_equivalent));
        else
            fputs("no number", file);
        fputs(isfinite(f->required_pairs_equivalent) ? " to show equivalence"
                                                     : " would show equivalence",
              file);
        end_fact(file);
    }
    if (f->changes) {
        begin_fact(file, "Before the change");
        fprintf(file, "runs are identical up to step %llu",
                (unsigned long long)f->changes);
        if (f->same_before < f->pairs)
            fprintf(file, " in %zu of %zu pairs", f->same_before, f->pairs);
        end_fact(file);
    }
}

static void write_sides(FILE *file, const steppe_answer_facts *f)
{
    if (f->has_placebo) {
        begin_fact(file, "Placebo, which should do nothing");
        fprintf(file, "<span class='%s'>%zu of %zu pairs are bit-identical</span>",
                f->placebo_identical == f->side_pairs ? "v3" : "v1", f->placebo_identical,
                f->side_pairs);
        end_fact(file);
    }
    if (f->has_positive_control) {
        begin_fact(file, "Positive control, which should matter");
        range(file, f->positive_control_effect, f->positive_control_low,
              f->positive_control_high);
        fprintf(file, ", %zu pairs", f->side_pairs);
        end_fact(file);
    }
}

static void write_screening(FILE *file, const steppe_answer_facts *f)
{
    begin_fact(file, "There the effect correlates with");
    if (!f->screened)
        fprintf(file,
                "not computed: %zu parameter sets cannot tell %zu ranges apart; it takes "
                "%zu, none of which fails",
                f->draws, f->screen_ranges, f->screen_points);
    else if (f->driver_count == 0)
        fputs("no range, by more than chance", file);
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

static void write_space(FILE *file, const steppe_answer_facts *f)
{
    if (f->draws == 0)
        return;
    begin_fact(file, strcmp(f->sampled, "posterior") == 0 ? "Over the posterior"
                                                          : "Over the prior");
    write_signs(file, f);
    if (f->draws_beyond)
        fprintf(file, "; beyond the margin in %zu", f->draws_beyond);
    if (f->draws_beyond && isfinite(f->beyond_low))
        fprintf(file, " (%.0f to %.0f %%)", 100 * f->beyond_low, 100 * f->beyond_high);
    if (f->width < 1)
        fprintf(file, "; of the middle %g of each range", f->width);
    if (*f->sampled_why)
        stp_html_write(file, "; {}", f->sampled_why);
    if (f->draws_failed)
        fprintf(file, "; %zu could not be run", f->draws_failed);
    end_fact(file);
    write_screening(file, f);
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
    stp_html_write(file, "<code>{}", f->driver);
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
        fprintf(file, ", %g %% of the mean of the control arm", 100 * f->share);
    if (q->margin_reason)
        stp_html_write(file, ": {}", q->margin_reason);
    end_fact(file);
    write_registration(file, f);
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
    stp_answer_write_command(file, report, f->id);
    end_fact(file);
    fputs("</dl>\n", file);
}

/* ---- tables ---- */

static void row(FILE *file, const char *name, double mean, const double *quantiles)
{
    stp_html_row(file, name);
    stp_answer_cell(file, mean);
    for (int k = 0; k < 5; k++)
        stp_answer_cell(file, quantiles[k]);
    fputs("</tr>\n", file);
}

static void write_intervals(FILE *file, const steppe_answer_facts *f)
{
    const struct {
        const char *name;
        double low, high;
        bool there;
    } ROWS[] = {
        {"effect, over all looks", f->low, f->high, true},
        {"effect, by the bootstrap", f->bootstrap_low, f->bootstrap_high, true},
        {"compared with the margin", f->narrow_low, f->narrow_high, true},
        {"... with rare flips", f->robust_low, f->robust_high, true},
        {"within the margin", -f->smallest, f->smallest, true},
        {"placebo", f->placebo_low, f->placebo_high, f->has_placebo},
        {"positive control", f->positive_control_low, f->positive_control_high,
         f->has_positive_control},
    };
    stp_html_table_begin(file, NULL, NULL, "Interval|from|to");
    for (size_t k = 0; k < sizeof ROWS / sizeof *ROWS; k++) {
        if (!ROWS[k].there)
            continue;
        stp_html_row(file, ROWS[k].name);
        stp_answer_cell(file, ROWS[k].low);
        stp_answer_cell(file, ROWS[k].high);
        fputs("</tr>\n", file);
    }
    stp_html_table_end(file, 0);
}

static void write_points(FILE *file, const steppe_answer_facts *f)
{
    stp_html_write(file,
                   "<div class='scroll'><table><thead><tr><th scope='col'>{}</th><th "
                   "scope='col'>effect</th><th scope='col'>from</th><th "
                   "scope='col'>to</th></tr></thead><tbody>\n",
                   f->driver);
    for (size_t k = 0; k < f->point_count; k++) {
        const steppe_answer_point *p = &f->points[k];
        fprintf(file, "<tr><th scope='row' data-value='%.10g'>", p->value);
        amount(file, p->value);
        fputs("</th>", file);
        stp_answer_cell(file, p->effect);
        stp_answer_cell(file, p->low);
        stp_answer_cell(file, p->high);
        fputs("</tr>\n", file);
    }
    stp_html_table_end(file, 0);
}

static void write_tables(FILE *file, const steppe_answer_facts *f)
{
    char caption[160];
    snprintf(caption, sizeof caption, "%s, %s", f->outcome, f->unit);
    stp_html_table_begin(file, "The numbers", caption,
                         "What|mean|5 %|25 %|50 %|75 %|95 %");
    row(file, "without the change", f->base, f->quantiles[0]);
    row(file, "with it", f->changed, f->quantiles[1]);
    row(file, "differences", f->effect, f->quantiles[2]);
    if (f->draws > 0)
        row(file, "differences over the ranges", NAN, f->draw_quantiles);
    stp_html_table_end(file, 0);
    write_intervals(file, f);
    if (f->point_count > 0)
        write_points(file, f);
    fputs("</details>\n", file);
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

void stp_answer_write(FILE *file, const stp_report *report, size_t index)
{
    const stp_question *q = &report->scenario->questions[index];
    const steppe_answer *answer = report->answers[index];
    const steppe_answer_facts *f = steppe_answer_read(answer);
    fprintf(file, "<article class='answer' id='answer-%s'>\n<div>\n<h4>", f->id);
    if (q->claim && q->claim_index < 0)
        stp_html_write(file, "{}: ", q->claim);
    stp_html_write(file, "{}</h4>\n<p class='ruling'>", f->text);
    stp_answer_write_verdict(file, f);
    stp_html_write(file, "</p>\n<p>{}</p>\n", steppe_answer_words(answer));
    if (q->note)
        stp_html_write(file, "<p class='note'>{}</p>\n", q->note);
    write_facts(file, report, q, f);
    write_tables(file, f);
    fputs("</div>\n", file);
    write_pictures(file, report, f);
    fputs("</article>\n", file);
}
