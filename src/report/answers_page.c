/* Answers to a scenario's questions, by the claims that they put to the test, as a page in Markdown with a
 * picture. */
#include "base/text.h"
#include "report/forest.h"
#include "report/page.h"
#include "scenario/scenario.h"
#include "study/interval.h"

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
    if (isnan(value)) {
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
    fprintf(file, "%s%s%s", stp_verdict_words(f->verdict), signs ? ": " : "",
            signs ? f->outcome : "");
}

static void put_sides(FILE *file, const steppe_answer_facts *f)
{
    if (f->has_placebo)
        fprintf(file, "| placebo | %zu of %zu pairs the same to the bit |\n",
                f->placebo_identical, f->side_pairs);
    if (f->has_control) {
        fputs("| positive control | ", file);
        put_range(file, f->control_effect, f->control_low, f->control_high);
        fprintf(file, ", %zu pairs |\n", f->side_pairs);
    }
}

static void put_space(FILE *file, const steppe_answer_facts *f)
{
    if (f->draws == 0)
        return;
    fprintf(
        file,
        "| over the ranges%s | %zu points: more at %zu, the same at %zu, less at %zu; "
        "beyond what matters at %zu",
        f->width < 1 ? ", narrowed" : "", f->draws, f->draws_positive, f->draws_zero,
        f->draws_negative, f->draws_beyond);
    if (f->verdict != STEPPE_ANSWER_UNDECIDED)
        fprintf(file, "; as the verdict says at %zu, **%.0f %%**", f->draws_agree,
                100 * (double)f->draws_agree / (double)f->draws);
    if (f->width < 1)
        fprintf(file, " (the middle %g of each range)", f->width);
    if (f->draws_failed)
        fprintf(file, "; %zu could not be run", f->draws_failed);
    fputs(" |\n", file);
    fputs("| it goes there with | ", file);
    if (f->driver_count == 0)
        fputs("no range by more than chance would have it (rank correlations, Holm)",
              file);
    for (size_t k = 0; k < f->driver_count; k++)
        fprintf(file, "%s`%s` (rank correlation %+.2f, p %.2g)", k ? "; " : "",
                f->drivers[k], f->driver_correlation[k], f->driver_p[k]);
    fputs(" |\n", file);
}

static void put_falls(FILE *file, const steppe_answer_facts *f)
{
    if (f->falls)
        fprintf(
            file,
            "| the ruler falls | in both %zu, in the first alone %zu, in the second "
            "alone %zu, in neither %zu; difference %+.3f (%.3f to %.3f), exact p %.2g "
            "|\n",
            f->fell_both, f->fell_base, f->fell_changed, f->fell_neither,
            f->fall_difference, f->fall_low, f->fall_high, f->fall_p);
}

static void put_figures(FILE *file, const steppe_answer_facts *f)
{
    fprintf(file,
            "\n| %s, %s | mean | 5 %% | 25 %% | 50 %% | 75 %% | 95 %% |\n"
            "|---|---|---|---|---|---|---|\n",
            f->outcome, f->unit);
    put_row(file, "first arm", f->base, f->quantiles[0]);
    put_row(file, "second arm", f->changed, f->quantiles[1]);
    put_row(file, "difference", f->effect, f->quantiles[2]);
    fputs("\n| | |\n|---|---|\n| effect, interval over all looks | ", file);
    put_range(file, f->effect, f->low, f->high);
    fputs(" |\n| ... by the bootstrap | ", file);
    put_range(file, f->effect, f->bootstrap_low, f->bootstrap_high);
    fputs(" |\n| smallest that matters | ", file);
    put_number(file, f->smallest);
    fputs("; the interval set beside it ", file);
    put_number(file, f->narrow_low);
    fputs(" to ", file);
    put_number(file, f->narrow_high);
    fprintf(
        file,
        "; equivalence p %.2g |\n| pairs | %zu of at most %zu: more in %zu, the same in "
        "%zu, less in %zu; one agent for %g residents |\n",
        f->equivalence, f->pairs, f->most_pairs, f->positive, f->zero, f->negative,
        f->scale);
    if (f->changes)
        fprintf(file, "| until the arms part, after step %llu | %zu of %zu the same |\n",
                (unsigned long long)f->changes, f->same_before, f->pairs);
    if (f->needed > 0 && !f->too_alike)
        fprintf(file,
                "| pairs needed | %.0f to find the smallest effect that matters, %.0f to "
                "show that there is none |\n",
                f->needed, f->needed_negligible);
    put_falls(file, f);
    put_sides(file, f);
    put_space(file, f);
    putc('\n', file);
}

static void put_points(FILE *file, const steppe_answer_facts *f)
{
    if (f->point_count == 0)
        return;
    fprintf(file, "| `%s` | effect (%zu pairs each) |\n|---|---|\n", f->driver,
            f->point_pairs);
    for (size_t k = 0; k < f->point_count; k++) {
        const steppe_answer_point *p = &f->points[k];
        fputs("| ", file);
        put_number(file, p->value);
        fputs(" | ", file);
        put_range(file, p->effect, p->low, p->high);
        fputs(" |\n", file);
    }
    putc('\n', file);
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
    for (size_t i = 0; i < count; i++)
        fprintf(file, "%s`%s`", i ? ", " : "", settings[i]);
    fputs(". ", file);
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
        put_settings(file, "The second arm", q->change, q->change_count);
        stp_page_text(file, q->note);
        fputs("\n", file);
    }
    put_figures(file, f);
    put_points(file, f);
    fprintf(file, "Again: `steppe ask %s %s --seed %llu`\n\n", p->scenario->file, f->id,
            (unsigned long long)p->seed);
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
    if (f->base != 0)
        fprintf(file, "%+.1f %% | ", 100 * f->effect / f->base);
    else
        fputs("- | ", file);
    if (f->draws && f->verdict != STEPPE_ANSWER_UNDECIDED)
        fprintf(file, "%.0f %% | ", 100 * (double)f->draws_agree / (double)f->draws);
    else
        fputs("- | ", file);
    if (!isnan(f->break_even))
        fprintf(file, "`%s` at %.3g |\n", f->driver, f->break_even);
    else
        fprintf(file, "%s |\n", f->point_count ? "nowhere in its range" : "-");
}

static void put_summary(FILE *file, const page *p)
{
    fprintf(file,
            "## In short\n\n![effects in units of what matters](%s.svg)\n\n"
            "| claim | question | verdict | effect | of the first arm | holds over the "
            "ranges | turns |\n|---|---|---|---|---|---|---|\n",
            p->stem);
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
        double factor = steppe_answer_read(p->answers[i])->pairing;
        if (!isnan(factor))
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
            if (!isnan(f->pairing))
                fprintf(file, "| %s | %s |\n", f->id, factor_text(f->pairing, text));
        }
        putc('\n', file);
    }
    free(factors);
}

static int write_page(FILE *file, const void *user)
{
    const page *p = user;
    fputs("# ", file);
    stp_page_text(file, steppe_scenario_title(p->scenario));
    fprintf(
        file,
        ": claims put to the test\n\nWritten by `steppe ask --page`, not by hand; "
        "version %s, results version %d, seed %llu.\n\nEvery answer is one in this "
        "model, under these assumptions: it says what the model does, and is no "
        "forecast and no finding\nabout a person. The first arm is the scenario as it "
        "stands, or with the settings named; the second has the change as well.\nHow "
        "verdicts are reached: [questions.md](questions.md).\n\n",
        steppe_version(), STEPPE_RESULTS_VERSION, (unsigned long long)p->seed);
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
    int status = picture.failed
                     ? stp_no_memory(context)
                     : stp_page_replace(context, picture.data, write_picture, &p);
    if (status == STEPPE_OK)
        status = stp_page_replace(context, path, write_page, &p);
    stp_text_free(&picture);
    free(stem);
    return status;
}
