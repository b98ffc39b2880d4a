/* Answers to a scenario's questions, by the claims that they put to the test, as a page in Markdown with a
 * picture. */
#include "base/text.h"
#include "report/charts/forest.h"
#include "report/format/markdown.h"
#include "scenario/scenario.h"
#include "study/stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct page {
    const steppe_scenario *scenario;
    const steppe_answer *const *answers;
    size_t count;
    uint64_t seed;
    const char *stem; /* of the picture's name */
} page;

/* ---- numbers ---- */

static void put_number(FILE *file, double value)
{
    char text[40];
    double size = fabs(value);
    if (!isfinite(value)) {
        fputs("-", file);
        return;
    }
    if (size < 1000 || size >= 1e15) {
        fprintf(file, "%.4g", value);
        return;
    }
    snprintf(text, sizeof text, "%.0f", size);
    fputs(value < 0 ? "-" : "", file);
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++)
        fprintf(file, "%s%c", i > 0 && (length - i) % 3 == 0 ? "," : "", text[i]);
}

static void put_range(FILE *file, double value, double low, double high)
{
    put_number(file, value);
    if (!isfinite(low) || !isfinite(high))
        return;
    fputs(" (", file);
    put_number(file, low);
    fputs(" to ", file);
    put_number(file, high);
    fputs(")", file);
}

static void put_row(FILE *file, const char *name, double mean, const double *quantiles)
{
    fprintf(file, "| %s | ", name);
    put_number(file, mean);
    for (int k = 0; k < 5; k++) {
        fputs(" | ", file);
        put_number(file, quantiles[k]);
    }
    fputs(" |\n", file);
}

/* ---- one answer ---- */

/* "less: citizen-hours" */
static void put_verdict(FILE *file, const steppe_answer_facts *f)
{
    bool signs = f->verdict == STEPPE_ANSWER_MORE || f->verdict == STEPPE_ANSWER_LESS;
    fprintf(file, "%s%s%s", steppe_verdict_text(f->verdict), signs ? ": " : "",
            signs ? f->outcome : "");
}

static void put_sides(FILE *file, const steppe_answer_facts *f)
{
    if (f->has_placebo)
        fprintf(file, "| placebo | %zu of %zu pairs bit-identical |\n",
                f->placebo_identical, f->side_pairs);
    if (f->has_control) {
        fputs("| positive control | ", file);
        put_range(file, f->control_effect, f->control_low, f->control_high);
        fprintf(file, ", %zu pairs |\n", f->side_pairs);
    }
}

/* ", p 0.012", or nothing */
static void put_p(FILE *file, const char *before, double p)
{
    if (isfinite(p))
        fprintf(file, "%s%.2g", before, p);
}

static void put_screening(FILE *file, const steppe_answer_facts *f)
{
    fputs("| it correlates there with | ", file);
    if (!f->screened) {
        fprintf(file, "not looked for: %zu points cannot tell %zu ranges apart", f->draws,
                f->screen_ranges);
        if (isfinite(f->screen_least))
            fprintf(file, " (only rank correlations above %.2f; Holm)", f->screen_least);
        fprintf(file, "; it takes %zu points, none of which fails |\n", f->screen_points);
        return;
    }
    if (f->driver_count == 0)
        fputs("no range by more than chance would have it (rank correlations, Holm)",
              file);
    for (size_t k = 0; k < f->driver_count; k++) {
        fputs(k ? "; " : "", file);
        stp_page_code(file, f->drivers[k]);
        fprintf(file, " (rank correlation %+.2f, p %.2g)", f->driver_correlation[k],
                f->driver_p[k]);
    }
    fprintf(file, "; a dummy that means nothing has %+.2f (p %.2g) |\n",
            f->dummy_correlation, f->dummy_p);
}

static void put_space(FILE *file, const steppe_answer_facts *f)
{
    size_t told = f->draws - f->draws_zero;
    if (f->draws == 0)
        return;
    fprintf(file,
            "| over the parameter ranges%s | %zu points: more at %zu, less at %zu, both "
            "arms the same at %zu; beyond the margin at %zu",
            f->width < 1 ? ", narrowed" : "", f->draws, f->draws_positive,
            f->draws_negative, f->draws_zero, f->draws_beyond);
    if (isfinite(f->agree_low) && told > 0)
        fprintf(file,
                "; of the %zu that differ, as the verdict says at %zu, **%.0f %%** (%.0f "
                "to %.0f)",
                told, f->draws_agree, 100 * (double)f->draws_agree / (double)told,
                100 * f->agree_low, 100 * f->agree_high);
    if (f->width < 1)
        fprintf(file, " (the middle %g of each range)", f->width);
    if (f->draws_failed)
        fprintf(file, "; %zu could not be run", f->draws_failed);
    fputs(" |\n", file);
    put_screening(file, f);
}

/* How often unrest takes off in each arm, and what the change does where it does in both. */
static void put_take_off(FILE *file, const steppe_answer_facts *f)
{
    size_t n = f->off_both + f->off_base + f->off_changed + f->off_neither;
    if (n == 0)
        return;
    fputs("| unrest takes off (more than ", file);
    put_number(file, f->take_off_hours);
    fprintf(file, " residents h, %.3g %% of the residents' hours) |", 100 * f->take_off);
    for (int arm = 0; arm < 2; arm++)
        fprintf(file, " %s arm %.0f %% (%.0f to %.0f),", arm ? "treatment" : "control",
                100 * f->off_rate[arm][0], 100 * f->off_rate[arm][1],
                100 * f->off_rate[arm][2]);
    fprintf(file, " difference %+.3f (%.3f to %.3f)", f->off_difference, f->off_low,
            f->off_high);
    put_p(file, ", exact p ", f->off_p);
    fprintf(file, "; in both %zu, in one alone %zu and %zu, in neither %zu |\n",
            f->off_both, f->off_base, f->off_changed, f->off_neither);
    fputs("| effect where both take off | ", file);
    put_range(file, f->given_effect, f->given_low, f->given_high);
    fprintf(file, ", %zu pairs |\n", f->off_both);
}

static void put_falls(FILE *file, const steppe_answer_facts *f)
{
    if (!f->falls)
        return;
    fprintf(file,
            "| the ruler falls | in both %zu, in the control arm alone %zu, in the "
            "treatment arm alone %zu, in neither %zu; difference %+.3f (%.3f to %.3f)",
            f->fell_both, f->fell_base, f->fell_changed, f->fell_neither,
            f->fall_difference, f->fall_low, f->fall_high);
    put_p(file, ", exact p ", f->fall_p);
    fputs(" |\n", file);
}

/* What is compared with the margin, without and with the flips that there may be. */
static void put_margin(FILE *file, const steppe_answer_facts *f)
{
    fputs("| margin | ", file);
    put_number(file, f->smallest);
    if (f->share > 0)
        fprintf(file, ", %g %% of the control arm's mean", 100 * f->share);
    if (f->agent > 0) {
        fputs("; an agent's worth is ", file);
        put_number(file, f->agent);
    }
    fputs(" |\n| compared with it | ", file);
    put_number(file, f->narrow_low);
    fputs(" to ", file);
    put_number(file, f->narrow_high);
    if (f->share > 0 && isfinite(f->ratio)) {
        fputs("; ratio of the means ", file);
        put_range(file, f->ratio, f->ratio_low, f->ratio_high);
    }
    put_p(file, "; equivalence p ", f->equivalence);
    fputs(" |\n", file);
    if (isfinite(f->flips_most)) {
        fprintf(file, "| ... with rare flips | ");
        put_number(file, f->robust_low);
        fputs(" to ", file);
        put_number(file, f->robust_high);
        fprintf(file, ": %zu flips seen, so up to %.1f %%, each of up to ", f->flips,
                100 * f->flips_most);
        put_number(file, f->flips_size);
        fputs(" |\n", file);
    }
}

static void put_needed(FILE *file, const steppe_answer_facts *f)
{
    if (f->reason == STEPPE_REASON_ALIKE || !isfinite(f->needed))
        return;
    fprintf(file, "| pairs needed | %.0f to find an effect as large as the margin, ",
            f->needed);
    if (isfinite(f->needed_equivalent))
        fprintf(file, "%.0f to show equivalence |\n", f->needed_equivalent);
    else
        fputs("no number would show equivalence |\n", file);
}

static void put_figures(FILE *file, const steppe_answer_facts *f)
{
    fprintf(file,
            "\n| %s, %s | mean | 5 %% | 25 %% | 50 %% | 75 %% | 95 %% |\n"
            "|---|---|---|---|---|---|---|\n",
            f->outcome, f->unit);
    put_row(file, "control arm", f->base, f->quantiles[0]);
    put_row(file, "treatment arm", f->changed, f->quantiles[1]);
    put_row(file, "difference", f->effect, f->quantiles[2]);
    fputs("\n| | |\n|---|---|\n| effect, interval over all looks | ", file);
    put_range(file, f->effect, f->low, f->high);
    fputs(" |\n| ... by the bootstrap | ", file);
    put_range(file, f->effect, f->bootstrap_low, f->bootstrap_high);
    fputs(" |\n", file);
    put_margin(file, f);
    fprintf(
        file,
        "| pairs | %zu of at most %zu: more in %zu, the same in %zu, less in %zu; one "
        "agent for %g residents |\n",
        f->pairs, f->max_pairs, f->positive, f->zero, f->negative, f->scale);
    if (f->changes)
        fprintf(file, "| until the arms part, after step %llu | %zu of %zu the same |\n",
                (unsigned long long)f->changes, f->same_before, f->pairs);
    put_needed(file, f);
    put_take_off(file, f);
    put_falls(file, f);
    put_sides(file, f);
    put_space(file, f);
    putc('\n', file);
}

static void put_turn(FILE *file, const steppe_answer_facts *f)
{
    static const char *const WORDS[] = {"-", "", "nowhere in its range", "not resolved"};
    if (f->turn != STEPPE_BREAK_EVEN_FOUND) {
        fputs(WORDS[f->turn], file);
        return;
    }
    stp_page_code(file, f->driver);
    fprintf(file, " at %.3g", f->break_even);
    if (isfinite(f->break_even_low) && isfinite(f->break_even_high))
        fprintf(file, " (%.3g to %.3g)", f->break_even_low, f->break_even_high);
    else if (isfinite(f->break_even_low))
        fprintf(file, " (%.3g or more)", f->break_even_low);
    else
        fprintf(file, " (%.3g or less)", f->break_even_high);
}

static void put_points(FILE *file, const steppe_answer_facts *f)
{
    if (f->point_count == 0)
        return;
    fputs("| ", file);
    stp_page_code(file, f->driver);
    fprintf(file, " | effect (%zu pairs each) |\n|---|---|\n", f->point_pairs);
    for (size_t k = 0; k < f->point_count; k++) {
        const steppe_answer_point *p = &f->points[k];
        fputs("| ", file);
        put_number(file, p->value);
        fputs(" | ", file);
        put_range(file, p->effect, p->low, p->high);
        fputs(" |\n", file);
    }
    fputs("\nBreak-even: ", file);
    put_turn(file, f);
    fputs("\n\n", file);
}

static const stp_question *question_of(const page *p, const steppe_answer_facts *f)
{
    for (size_t i = 0; i < p->scenario->question_count; i++)
        if (strcmp(p->scenario->questions[i].id, f->id) == 0)
            return &p->scenario->questions[i];
    return NULL;
}

static void put_settings(FILE *file, const char *what, char *const *settings,
                         size_t count)
{
    if (count == 0)
        return;
    fprintf(file, "%s: ", what);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ", " : "", file);
        stp_page_code(file, settings[i]);
    }
    fputs(". ", file);
}

/* The command that gives the answer again. */
static void put_command(FILE *file, const page *p, const char *question)
{
    stp_text command = {0};
    stp_text_add(&command, "steppe ask ");
    stp_shell_word(&command, p->scenario->file);
    stp_text_add(&command, " ");
    stp_shell_word(&command, question);
    stp_text_add(&command, " --seed %llu", (unsigned long long)p->seed);
    if (p->count > 0 && steppe_answer_read(p->answers[0])->population_held)
        stp_text_add(
            &command, " --population-seed %llu",
            (unsigned long long)steppe_answer_read(p->answers[0])->population_seed);
    fputs("Again: ", file);
    stp_page_code(file, command.data);
    fputs("\n\n", file);
    stp_text_free(&command);
}

static void put_answer(FILE *file, const page *p, const steppe_answer *answer)
{
    const steppe_answer_facts *f = steppe_answer_read(answer);
    const stp_question *q = question_of(p, f);
    fputs("### ", file);
    stp_page_text(file, f->text);
    fputs("\n\n**", file);
    put_verdict(file, f);
    fputs(".** ", file);
    stp_page_text(file, steppe_answer_words(answer));
    fputs("\n\n", file);
    if (q) {
        put_settings(file, "Both arms", q->base, q->base_count);
        put_settings(file, "The treatment arm", q->change, q->change_count);
        stp_page_text(file, q->note);
        fputs("\n", file);
    }
    if (f->pairs > 0)
        put_figures(file, f);
    put_points(file, f);
    put_command(file, p, f->id);
}

/* ---- all of them ---- */

static void put_line(FILE *file, const char *claim, const steppe_answer *answer)
{
    const steppe_answer_facts *f = steppe_answer_read(answer);
    fputs("| ", file);
    stp_page_cell(file, claim);
    stp_page_cell(file, f->text);
    put_verdict(file, f);
    fputs(" | ", file);
    put_range(file, f->effect, f->low, f->high);
    fprintf(file, " %s | ", f->unit);
    if (f->base != 0 && isfinite(100 * f->effect / f->base))
        fprintf(file, "%+.1f %% | ", 100 * f->effect / f->base);
    else
        fputs("- | ", file);
    size_t told = f->draws - f->draws_zero;
    if (isfinite(f->agree_low) && told > 0)
        fprintf(file, "%zu of %zu (%.0f to %.0f %%) | ", f->draws_agree, told,
                100 * f->agree_low, 100 * f->agree_high);
    else
        fputs("- | ", file);
    put_turn(file, f);
    fputs(" |\n", file);
}

static void put_summary(FILE *file, const page *p)
{
    fputs("## In short\n\n![effects in units of the margin](", file);
    stp_page_target(file, p->stem);
    fputs(".svg)\n\n| claim | question | verdict | effect | of the control arm | holds "
          "over "
          "the ranges, of points that differ | break-even "
          "|\n|---|---|---|---|---|---|---|\n",
          file);
    for (size_t i = 0; i < p->count; i++)
        put_line(file, steppe_answer_read(p->answers[i])->claim, p->answers[i]);
    putc('\n', file);
}

static bool is_about(const steppe_answer *answer, const char *claim)
{
    return strcmp(steppe_answer_read(answer)->claim, claim) == 0;
}

static bool is_asked_about(const steppe_scenario *s, const char *claim)
{
    for (size_t i = 0; i < s->question_count; i++)
        if (s->questions[i].claim && strcmp(s->questions[i].claim, claim) == 0)
            return true;
    return false;
}

static void put_claim(FILE *file, const page *p, const stp_claim *claim)
{
    const steppe_scenario *s = p->scenario;
    size_t asked = 0;
    fputs("## ", file);
    stp_page_text(file, claim->id);
    fputs(": ", file);
    stp_page_text(file, claim->text);
    fputs("\n\n", file);
    if (claim->source >= 0) {
        fputs("Claimed by: ", file);
        stp_page_text(file, s->sources[claim->source].title);
        fputs(". ", file);
    }
    stp_page_text(file, claim->note);
    fputs("\n\n", file);
    for (size_t i = 0; i < p->count; i++)
        if (is_about(p->answers[i], claim->id) && ++asked)
            put_answer(file, p, p->answers[i]);
    if (asked == 0)
        fputs(is_asked_about(s, claim->id) ? "Not asked here.\n\n"
                                           : "No question is about it.\n\n",
              file);
}

/* Answers to questions of no claim on the list. */
static void put_others(FILE *file, const page *p)
{
    bool headed = p->scenario->claim_count == 0;
    for (size_t i = 0; i < p->count; i++) {
        bool listed = false;
        for (size_t k = 0; k < p->scenario->claim_count && !listed; k++)
            listed = is_about(p->answers[i], p->scenario->claims[k].id);
        if (listed)
            continue;
        if (!headed)
            fputs("## Of no claim\n\n", file);
        headed = true;
        put_answer(file, p, p->answers[i]);
    }
}

/* "1.45", "29" or "1663" */
static const char *factor_text(double factor, char text[40])
{
    snprintf(text, 40, factor < 10 ? "%.2f" : "%.0f", factor);
    return text;
}

/* How many times as many runs unpaired arms would have needed. */
static void put_pairing(FILE *file, const page *p)
{
    double *factors = calloc(p->count + 1, sizeof *factors);
    char text[40];
    size_t n = 0;
    if (!factors)
        return;
    for (size_t i = 0; i < p->count; i++) {
        double factor = steppe_answer_read(p->answers[i])->variance_reduction;
        if (isfinite(factor))
            factors[n++] = factor;
    }
    if (n > 0) {
        stp_sort(factors, n);
        fprintf(
            file,
            "## What pairing saves\n\nRuns that unpaired arms would need for the same "
            "interval, in units of those that were made: the sum of the\nvariances of "
            "both arms over the variance of the differences. Questions in which no pair "
            "differs are left out.\nMedian of %zu questions: **%s**.\n\n| question | "
            "factor |\n|---|---|\n",
            n, factor_text(stp_quantile(factors, n, 0.5), text));
        for (size_t i = 0; i < p->count; i++) {
            const steppe_answer_facts *f = steppe_answer_read(p->answers[i]);
            if (isfinite(f->variance_reduction)) {
                fputs("| ", file);
                stp_page_cell(file, f->id);
                fprintf(file, "%s |\n", factor_text(f->variance_reduction, text));
            }
        }
        putc('\n', file);
    }
    free(factors);
}

/* What is drawn anew with each pair. All answers were asked alike. */
static void put_population(FILE *file, const page *p)
{
    const steppe_answer_facts *f = p->count ? steppe_answer_read(p->answers[0]) : NULL;
    if (f && f->population_held)
        fprintf(file,
                "All pairs have the same population, drawn from the seed %llu: chance is "
                "in what happens to it.\n\n",
                (unsigned long long)f->population_seed);
    else
        fputs("Each pair of runs has a population of its own, the same in both arms.\n\n",
              file);
}

static int write_page(FILE *file, const void *user)
{
    const page *p = user;
    fputs("# ", file);
    stp_page_text(file, steppe_scenario_title(p->scenario));
    fprintf(
        file,
        ": claims put to the test\n\nWritten by `steppe ask --page`, not by hand; "
        "version %s, results version %d, verdict rules %d, seed %llu.\nAnswers by other "
        "verdict rules do not stand.\n\nEvery answer is one in this "
        "model, under these assumptions: it says what the model does, and is no "
        "forecast and no finding\nabout a person. The control arm is the scenario as it "
        "stands, or with the settings named; the treatment arm has the change as "
        "well.\nHow verdicts are reached is told in docs/questions.md of Steppe.\n\n",
        steppe_version(), STEPPE_RESULTS_VERSION, STEPPE_VERDICT_RULES,
        (unsigned long long)p->seed);
    put_population(file, p);
    stp_page_settings(file, p->scenario);
    put_summary(file, p);
    for (size_t i = 0; i < p->scenario->claim_count; i++)
        put_claim(file, p, &p->scenario->claims[i]);
    put_others(file, p);
    put_pairing(file, p);
    return 0;
}

static int write_picture(FILE *file, const void *user)
{
    const page *p = user;
    return stp_forest_write(file, p->answers, p->count);
}

int steppe_answers_write_page(steppe_context *context, const steppe_scenario *scenario,
                              const steppe_answer *const *answers, size_t count,
                              uint64_t seed, const char *path)
{
    const char *name;
    char *stem = stp_page_stem(path, &name);
    stp_text picture = {0};
    if (!stem)
        return stp_no_memory(context);
    page p = {scenario, answers, count, seed, name};
    stp_text_add(&picture, "%s.svg", stem);
    stp_outputs outputs = {.context = context};
    int status = picture.failed ? stp_no_memory(context)
                                : stp_outputs_write(&outputs, picture.data,
                                                    STP_OUTPUT_SVG, write_picture, &p);
    if (status == STEPPE_OK)
        status = stp_outputs_write(&outputs, path, STP_OUTPUT_MARKDOWN, write_page, &p);
    status = stp_outputs_close(&outputs, status);
    stp_text_free(&picture);
    free(stem);
    return status;
}
