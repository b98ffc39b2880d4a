/* Answers in words. */
#include "study/questions/ask.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *steppe_verdict_text(steppe_answer_verdict verdict)
{
    static const char *const TEXTS[] = {"undecided",
                                        "more",
                                        "less",
                                        "equivalent",
                                        "the same",
                                        "floor",
                                        "below resolution",
                                        "by construction",
                                        "not askable"};
    return TEXTS[verdict];
}

void stp_answer_blank(steppe_answer_facts *f)
{
    *f = (steppe_answer_facts){.because = "",
                               .driver = "",
                               .width = 1,
                               .sampled = "",
                               .sampled_why = "",
                               .registered_on = "",
                               .registered_words = "not registered"};
    /* clang-format off */
    double *const numbers[] = {
        &f->smallest, &f->base, &f->changed, &f->effect, &f->low, &f->high,
        &f->bootstrap_low, &f->bootstrap_high, &f->narrow_low, &f->narrow_high,
        &f->robust_low, &f->robust_high, &f->ratio, &f->ratio_low, &f->ratio_high,
        &f->equivalence, &f->flips_most, &f->flips_size, &f->superiority,
        &f->variance_reduction, &f->required_pairs, &f->required_pairs_equivalent, &f->off_difference,
        &f->off_low, &f->off_high, &f->off_p, &f->given_effect, &f->given_low,
        &f->given_high, &f->fall_difference, &f->fall_low, &f->fall_high, &f->fall_p,
        &f->placebo_effect, &f->placebo_low, &f->placebo_high, &f->positive_control_effect,
        &f->positive_control_low, &f->positive_control_high, &f->agree_low, &f->agree_high,
        &f->beyond_low, &f->beyond_high, &f->between_deviation, &f->within_deviation,
        &f->seed_error, &f->holds, &f->holds_low, &f->holds_high,
        &f->screen_least, &f->dummy_correlation, &f->dummy_p, &f->break_even,
        &f->break_even_low, &f->break_even_high,
    };
    /* clang-format on */
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        *numbers[k] = NAN;
    for (int k = 0; k < 5; k++)
        f->draw_quantiles[k] = f->quantiles[0][k] = f->quantiles[1][k] =
            f->quantiles[2][k] = NAN;
    for (int k = 0; k < 6; k++)
        f->off_rate[k / 3][k % 3] = NAN;
}

static void add_number(stp_text *t, double value)
{
    double size = fabs(value);
    if (!isfinite(value))
        stp_text_add(t, "unknown");
    else if (size >= 1e6)
        stp_text_add(t, "%.3g million", value / 1e6);
    else if (size >= 1000) /* 999,999.6 is 1,000,000 */
        stp_text_add(t, "%s%ld,%03ld", value < 0 ? "-" : "", lround(size) / 1000,
                     lround(size) % 1000);
    else if (size >= 100)
        stp_text_add(t, "%.0f", value);
    else
        stp_text_add(t, "%.3g", value);
}

static void add_range(stp_text *t, double low, double high)
{
    if (!isfinite(low) || !isfinite(high))
        return;
    stp_text_add(t, " (");
    add_number(t, low);
    stp_text_add(t, " to ");
    add_number(t, high);
    stp_text_add(t, ")");
}

static void add_percent(stp_text *t, const char *before, double share, const char *after)
{
    if (isfinite(share))
        stp_text_add(t, "%s%.1f %%%s", before, 100 * share, after);
}

/* "over 200 pairs of runs, 4 at each of 50 draws of the posterior" */
static void add_pairs(stp_text *t, const steppe_answer_facts *f)
{
    stp_text_add(t, "over %zu pair%s of runs", f->pairs, steppe_plural((double)f->pairs));
    if (f->draw_pairs > 0)
        stp_text_add(t, ", %zu at each of %zu draws of the posterior", f->draw_pairs,
                     f->draws);
}

/* The effect, its interval and the margin. */
static void add_effect(stp_text *t, const steppe_answer_facts *f)
{
    bool less = f->verdict == STEPPE_ANSWER_LESS,
         decided = less || f->verdict == STEPPE_ANSWER_MORE;
    double percent = 100 * f->effect / f->base;
    add_number(t, less ? fabs(f->effect) : f->effect);
    add_range(t, less ? -f->high : f->low, less ? -f->low : f->high);
    stp_text_add(t, " %s", f->unit);
    if (f->base != 0 && isfinite(percent)) /* "lowers it by 98.0 %" */
        stp_text_add(t, decided ? ", %.1f %%" : ", %+.1f %%",
                     decided ? fabs(percent) : percent);
    stp_text_add(t, ", ");
    add_pairs(t, f);
    stp_text_add(t, "; the margin is ");
    add_number(t, f->smallest);
    stp_text_add(t, ".");
}

static void add_flips(stp_text *t, const steppe_answer_facts *f)
{
    if (!isfinite(f->flips_most) || !isfinite(f->flips_size))
        return;
    stp_text_add(t, " In %zu of the pairs %s; so it may be in up to ", f->flips,
                 f->take_off > 0 ? "unrest takes off in one arm alone"
                                 : "the difference is far from the others");
    add_percent(t, "", f->flips_most, " of all (95 % confidence), each by as much as ");
    add_number(t, f->flips_size);
}

static void add_undecided(stp_text *t, const steppe_answer_facts *f)
{
    stp_text_add(t, "the effect on %s is undecided: ", f->outcome);
    add_effect(t, f);
    if (f->reason == STEPPE_REASON_FEW_PAIRS) {
        stp_text_add(t, " Too few pairs: %d are needed for any verdict.",
                     STEPPE_ANSWER_PAIRS);
        return;
    }
    if (f->reason == STEPPE_REASON_FLIPS) {
        add_flips(t, f);
        stp_text_add(t, ": that could throw the mean beyond the margin.");
    }
    if (f->reason == STEPPE_REASON_ALIKE)
        stp_text_add(t, " Too few pairs differ: at least %d are needed.",
                     STP_FEWEST_UNLIKE);
    if (isfinite(f->required_pairs))
        stp_text_add(t, " Some %.0f pair%s would be needed to find such an effect.",
                     f->required_pairs, steppe_plural(f->required_pairs));
    if (isfinite(f->required_pairs_equivalent))
        stp_text_add(t, " Some %.0f would be needed to show equivalence.",
                     f->required_pairs_equivalent);
    else if (f->smallest > 0)
        stp_text_add(t, " No number of pairs would show equivalence: flips are too "
                        "frequent or too large.");
}

/* Verdicts without an answer say why. */
static void add_no_answer(stp_text *t, const steppe_answer_facts *f)
{
    if (f->verdict == STEPPE_ANSWER_NOT_ASKABLE)
        stp_text_add(t, "the question cannot be asked: %s. Nothing was run.", f->because);
    else if (f->verdict == STEPPE_ANSWER_BY_CONSTRUCTION)
        stp_text_add(t, "the answer is by construction, and nothing was run: %s",
                     f->because);
    else if (f->verdict == STEPPE_ANSWER_FLOOR)
        stp_text_add(
            t,
            "the effect cannot be seen: %s is 0 in both arms in %zu of %zu pairs of "
            "runs.",
            f->outcome, f->idle, f->pairs);
    else {
        stp_text_add(t,
                     "one agent for %g residents is too coarse for the question: the "
                     "margin, ",
                     f->scale);
        add_number(t, f->smallest);
        stp_text_add(t, " %s, is less than %d agents' worth (one is ", f->unit,
                     STEPPE_ANSWER_AGENTS);
        add_number(t, f->agent);
        stp_text_add(t, "). The effect: ");
        add_number(t, f->effect);
        add_range(t, f->low, f->high);
        stp_text_add(t, " over %zu pair%s of runs.", f->pairs,
                     steppe_plural((double)f->pairs));
    }
}

static void add_verdict(stp_text *t, const steppe_answer_facts *f)
{
    switch (f->verdict) {
    case STEPPE_ANSWER_SAME:
        stp_text_add(t,
                     "it changes nothing at all: each of %zu pairs of runs is "
                     "bit-identical (with 95 %% confidence, fewer than %.1f %% of all "
                     "are not).",
                     f->pairs, 100 * stp_share_upper(0, f->pairs, 0.95));
        return;
    case STEPPE_ANSWER_MORE:
    case STEPPE_ANSWER_LESS:
        stp_text_add(t, "it %s %s by ",
                     f->verdict == STEPPE_ANSWER_MORE ? "raises" : "lowers", f->outcome);
        add_effect(t, f);
        if (f->scale > 1 && f->smallest < STEPPE_ANSWER_AGENTS * f->agent)
            stp_text_add(t,
                         " One agent for %g residents is too coarse for the margin, but "
                         "the whole interval is beyond %d agents' worth.",
                         f->scale, STEPPE_ANSWER_AGENTS);
        return;
    case STEPPE_ANSWER_EQUIVALENT:
        stp_text_add(t, "both arms are equivalent in %s: the difference is ", f->outcome);
        add_effect(t, f);
        add_flips(t, f);
        stp_text_add(t, ", and the mean would still be within the margin.");
        return;
    case STEPPE_ANSWER_UNDECIDED: add_undecided(t, f); return;
    default: add_no_answer(t, f);
    }
}

/* How often unrest takes off in each arm, and the effect where it does in both. */
static void add_take_off(stp_text *t, const steppe_answer_facts *f)
{
    size_t n = f->off_both + f->off_base + f->off_changed + f->off_neither;
    if (n == 0 || f->off_both == n || f->off_neither == n)
        return;
    stp_text_add(t, " Unrest takes off (more than ");
    add_number(t, f->take_off_hours);
    stp_text_add(t, " residents h) in %zu of %zu runs of the control arm",
                 f->off_both + f->off_base, n);
    add_percent(t, " (", f->off_rate[0][1], "");
    add_percent(t, " to ", f->off_rate[0][2], ")");
    stp_text_add(t, " and in %zu of the treatment arm", f->off_both + f->off_changed);
    add_percent(t, " (", f->off_rate[1][1], "");
    add_percent(t, " to ", f->off_rate[1][2], ")");
    if (isfinite(f->off_p))
        stp_text_add(t, ", p = %.2g", f->off_p);
    stp_text_add(t, ".");
    if (f->off_both > 1 && isfinite(f->given_effect)) {
        stp_text_add(t, " Where both take off (%zu pairs) the difference is ",
                     f->off_both);
        add_number(t, f->given_effect);
        add_range(t, f->given_low, f->given_high);
        stp_text_add(t, ".");
    }
}

static void add_falls(stp_text *t, const steppe_answer_facts *f)
{
    size_t n = f->fell_both + f->fell_base + f->fell_changed + f->fell_neither;
    if (!f->falls)
        return;
    stp_text_add(t,
                 " The ruler falls in %zu of %zu runs of the control arm and in %zu of "
                 "the treatment arm",
                 f->fell_both + f->fell_base, n, f->fell_both + f->fell_changed);
    if (isfinite(f->fall_p))
        stp_text_add(t, " (p = %.2g)", f->fall_p);
    stp_text_add(t, ".");
}

/* "Over 64 draws of the prior (no posterior.csv beside the scenario)" */
static void add_sampling(stp_text *t, const steppe_answer_facts *f)
{
    stp_text_add(t, " Over %zu draw%s of the %s", f->draws,
                 steppe_plural((double)f->draws), f->sampled);
    if (f->width < 1)
        stp_text_add(t, ", from the middle %.3g of each range", f->width);
    if (*f->sampled_why)
        stp_text_add(t, " (%s)", f->sampled_why);
}

/* What parameters do and what seeds do, apart. */
static void add_components(stp_text *t, const steppe_answer_facts *f)
{
    if (isfinite(f->holds)) {
        add_percent(t, " The verdict holds in ", f->holds, "");
        add_percent(t, " (", f->holds_low, "");
        add_percent(t, " to ", f->holds_high, ")");
        stp_text_add(t, " of those in which it changes something, chance taken out.");
    }
    stp_text_add(t, " From one draw to the next the effect varies by ");
    add_number(t, f->between_deviation);
    stp_text_add(t, ", from seed to seed by ");
    add_number(t, f->within_deviation);
    stp_text_add(t, " (standard deviations); by chance alone the mean is off by ");
    add_number(t, f->seed_error);
    stp_text_add(t, " (standard error).");
}

static void add_space(stp_text *t, const steppe_answer_facts *f)
{
    size_t differ = f->draws - f->draws_zero;
    if (f->draws == 0)
        return;
    add_sampling(t, f);
    stp_text_add(t,
                 ", it raises %s in %zu, lowers it in %zu (by more than the margin in ",
                 f->outcome, f->draws_positive, f->draws_negative);
    stp_text_add(t, "%zu in all", f->draws_beyond);
    if (isfinite(f->beyond_low))
        stp_text_add(t, ", %.0f %% (%.0f to %.0f)",
                     100 * (double)f->draws_beyond / (double)f->draws,
                     100 * f->beyond_low, 100 * f->beyond_high);
    stp_text_add(t, ")");
    if (f->draws_zero > 0)
        stp_text_add(t, ", and changes nothing in %zu", f->draws_zero);
    stp_text_add(t, ".");
    if (f->draw_pairs > 0)
        add_components(t, f);
    else if (isfinite(f->agree_low) && differ > 0)
        stp_text_add(t,
                     " The verdict holds in %zu of the %zu draws in which it changes "
                     "something, %.0f %% (%.0f to %.0f).",
                     f->draws_agree, differ,
                     100 * (double)f->draws_agree / (double)differ, 100 * f->agree_low,
                     100 * f->agree_high);
    if (f->draws < STEPPE_ANSWER_DRAWS)
        stp_text_add(t, " Fewer than %d draws are a look, and no answer.",
                     STEPPE_ANSWER_DRAWS);
}

static void add_causes(stp_text *t, const steppe_answer_facts *f)
{
    for (size_t k = 0; k < f->cause_count; k++) {
        stp_text_add(t, "%s%s adds ", k ? "; " : " Of the causes, ", f->causes[k].name);
        add_number(t, f->causes[k].effect);
        add_range(t, f->causes[k].low, f->causes[k].high);
        add_percent(t, ", ", f->causes[k].share, " of what all add");
    }
    if (f->cause_count > 0)
        stp_text_add(t, ".");
}

static void add_break_even(stp_text *t, const steppe_answer_facts *f)
{
    if (f->turn == STEPPE_BREAK_EVEN_UNRESOLVED) {
        stp_text_add(
            t,
            " Break-even in %s is not resolved: at %zu values the intervals leave open "
            "where the effect crosses the margin.",
            f->driver, f->point_count);
    } else if (f->turn == STEPPE_BREAK_EVEN_NOWHERE) {
        bool matters = fabs(f->points[0].effect) >= f->smallest;
        stp_text_add(t,
                     " At each of %zu values of %s from %.3g to %.3g the effect is %s "
                     "the margin.",
                     f->point_count, f->driver, f->points[0].value,
                     f->points[f->point_count - 1].value, matters ? "beyond" : "within");
    } else if (f->turn == STEPPE_BREAK_EVEN_FOUND) {
        stp_text_add(t, " Break-even at %s = %.3g", f->driver, f->break_even);
        if (isfinite(f->break_even_low) && isfinite(f->break_even_high))
            stp_text_add(t, " (%.3g to %.3g).", f->break_even_low, f->break_even_high);
        else if (isfinite(f->break_even_low))
            stp_text_add(t, " (%.3g or more).", f->break_even_low);
        else
            stp_text_add(t, " (%.3g or less).", f->break_even_high);
    }
}

static void add_population(stp_text *t, const steppe_answer_facts *f)
{
    if (f->population_held && f->pairs > 0)
        stp_text_add(t,
                     " All pairs have one population, drawn from the seed %llu: the "
                     "answer is about "
                     "these people alone.",
                     (unsigned long long)f->population_seed);
}

int stp_answer_word(steppe_context *context, steppe_answer *answer)
{
    const steppe_answer_facts *f = &answer->facts;
    stp_text t = {0};
    stp_text_add(&t, "In this model, under these assumptions, ");
    add_verdict(&t, f);
    add_take_off(&t, f);
    add_falls(&t, f);
    add_space(&t, f);
    add_causes(&t, f);
    add_break_even(&t, f);
    add_population(&t, f);
    if (t.failed) {
        stp_text_free(&t);
        return stp_no_memory(context);
    }
    free(answer->words);
    answer->words = t.data;
    return STEPPE_OK;
}

const char *stp_answer_agreement(const steppe_answer_facts *f,
                                 char words[STP_AGREEMENT_TEXT])
{
    size_t differ = f->draws - f->draws_zero;
    words[0] = '\0';
    if (isfinite(f->holds))
        snprintf(words, STP_AGREEMENT_TEXT, "%.0f %% of the posterior (%.0f to %.0f)",
                 100 * f->holds, 100 * f->holds_low, 100 * f->holds_high);
    else if (isfinite(f->agree_low) && differ > 0)
        snprintf(words, STP_AGREEMENT_TEXT, "%zu of %zu that differ (%.0f to %.0f %%)",
                 f->draws_agree, differ, 100 * f->agree_low, 100 * f->agree_high);
    return words;
}
