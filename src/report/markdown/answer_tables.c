/* Tables of answers: all their numbers, and what was found in words. */
#include "base/number.h"
#include "base/text.h"
#include "report/format/table.h"
#include "study/questions/ask.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- numbers ---- */

static void add_number(stp_text *text, double value)
{
    char buffer[STP_COUNT_TEXT];
    stp_text_add(text, "%s", stp_amount_words(value, buffer));
}

/* "-1.2 (-3.4 to 1.0)" */
static void add_range(stp_text *text, double value, double low, double high)
{
    add_number(text, value);
    if (!isfinite(low) || !isfinite(high))
        return;
    stp_text_add(text, " (");
    add_number(text, low);
    stp_text_add(text, " to ");
    add_number(text, high);
    stp_text_add(text, ")");
}

/* ", p 0.012", or nothing */
static void add_p(stp_text *text, const char *before, double p)
{
    if (isfinite(p))
        stp_text_add(text, "%s%.2g", before, p);
}

static void add_break_even(stp_text *text, const steppe_answer_facts *f)
{
    static const char *const WORDS[] = {"", "", "nowhere in its range", "not resolved"};
    stp_text_add(text, "%s", WORDS[f->turn]);
    if (f->turn != STEPPE_BREAK_EVEN_FOUND)
        return;
    stp_text_add(text, "%s at %.3g", f->driver, f->break_even);
    if (isfinite(f->break_even_low) && isfinite(f->break_even_high))
        stp_text_add(text, " (%.3g to %.3g)", f->break_even_low, f->break_even_high);
    else if (isfinite(f->break_even_low))
        stp_text_add(text, " (%.3g or more)", f->break_even_low);
    else
        stp_text_add(text, " (%.3g or less)", f->break_even_high);
}

/* ---- all numbers of an answer ---- */

/* An answer, with what is shown of it in words. */
typedef struct answer_row {
    const char *verdict, *reason, *words, *turn, *registration;
    char seed[24]; /* of a population that is held fixed */
    char agreeing[STP_AGREEMENT_TEXT], break_even[200];
    double share, relative; /* NAN for none */
    steppe_answer_facts of;
} answer_row;

/* clang-format off */
#define F(member) STEPPE_FIELD(answer_row, of.member)
static const steppe_column ANSWERS[] = {
    {"id", "question", F(id)},
    {"claim", "claim", F(claim)},
    {"text", "asked", .wide = true, F(text)},
    {"outcome", "outcome", F(outcome)},
    {"unit", "unit", F(unit)},
    {"verdict", "verdict", STEPPE_FIELD(answer_row, verdict)},
    {"reason", NULL, STEPPE_FIELD(answer_row, reason)},
    {"because", NULL, F(because)},
    {"words", NULL, STEPPE_FIELD(answer_row, words)},
    {"effect", "effect", STEPPE_CELL_NUMBER, 0, 2, F(effect)},
    {"low", F(low)},
    {"high", F(high)},
    {"relative_effect", "of the control arm", STEPPE_CELL_SHARE, 1, .wide = true, STEPPE_FIELD(answer_row, relative)},
    {NULL, "holds over the parameters", .wide = true, STEPPE_FIELD(answer_row, agreeing)},
    {NULL, "break-even", .wide = true, STEPPE_FIELD(answer_row, break_even)},
    {"registration.state", NULL, STEPPE_FIELD(answer_row, registration)},
    {"registration.date", NULL, F(registered_on)},
    {"registration.words", "registration", .wide = true, F(registered_words)},
    {"pairs", F(pairs)}, {"max_pairs", F(max_pairs)}, {"failed", F(failed)},
    {"identical", F(identical)}, {"same_before", F(same_before)}, {"idle", F(idle)},
    {"changes_after_step", F(changes)}, {"scale", F(scale)},
    {"population_seed", NULL, STEPPE_FIELD(answer_row, seed)},
    {"margin", F(smallest)}, {"share", NULL, STEPPE_FIELD(answer_row, share)}, {"agent", F(agent)},
    {"control_mean", F(base)}, {"treatment_mean", F(changed)},
    {"bootstrap_low", F(bootstrap_low)}, {"bootstrap_high", F(bootstrap_high)},
    {"narrow_low", F(narrow_low)}, {"narrow_high", F(narrow_high)},
    {"ratio", F(ratio)}, {"ratio_low", F(ratio_low)}, {"ratio_high", F(ratio_high)},
    {"equivalence_p", F(equivalence)}, {"superiority", F(superiority)},
    {"variance_reduction", F(variance_reduction)},
    {"required_pairs", F(required_pairs)}, {"required_pairs_equivalent", F(required_pairs_equivalent)},
    {"signs.more", F(positive)}, {"signs.same", F(zero)}, {"signs.less", F(negative)},
    {"flips.seen", F(flips)}, {"flips.most", F(flips_most)}, {"flips.size", F(flips_size)},
    {"flips.low", F(robust_low)}, {"flips.high", F(robust_high)},
    {"take_off.share", F(take_off)}, {"take_off.citizen_hours", F(take_off_hours)},
    {"take_off.both", F(off_both)}, {"take_off.control", F(off_base)},
    {"take_off.treatment", F(off_changed)}, {"take_off.neither", F(off_neither)},
    {"take_off.control_rate", .list = "take_off.control_rate", F(off_rate[0][0])},
    {"take_off.control_rate_low", .list = "take_off.control_rate", F(off_rate[0][1])},
    {"take_off.control_rate_high", .list = "take_off.control_rate", F(off_rate[0][2])},
    {"take_off.treatment_rate", .list = "take_off.treatment_rate", F(off_rate[1][0])},
    {"take_off.treatment_rate_low", .list = "take_off.treatment_rate", F(off_rate[1][1])},
    {"take_off.treatment_rate_high", .list = "take_off.treatment_rate", F(off_rate[1][2])},
    {"take_off.difference", F(off_difference)}, {"take_off.low", F(off_low)},
    {"take_off.high", F(off_high)}, {"take_off.p", F(off_p)},
    {"take_off.effect_given_both", .list = "take_off.effect_given_both", F(given_effect)},
    {"take_off.effect_given_both_low", .list = "take_off.effect_given_both", F(given_low)},
    {"take_off.effect_given_both_high", .list = "take_off.effect_given_both", F(given_high)},
    {"falls.both", F(fell_both)}, {"falls.control", F(fell_base)}, {"falls.treatment", F(fell_changed)},
    {"falls.neither", F(fell_neither)}, {"falls.difference", F(fall_difference)},
    {"falls.low", F(fall_low)}, {"falls.high", F(fall_high)}, {"falls.p", F(fall_p)},
    {"sides.pairs", F(side_pairs)},
    {"sides.placebo.identical", F(placebo_identical)}, {"sides.placebo.effect", F(placebo_effect)},
    {"sides.placebo.low", F(placebo_low)}, {"sides.placebo.high", F(placebo_high)},
    {"sides.positive_control.effect", F(positive_control_effect)},
    {"sides.positive_control.low", F(positive_control_low)}, {"sides.positive_control.high", F(positive_control_high)},
    {"space.sampled", NULL, F(sampled)}, {"space.sampled_why", NULL, F(sampled_why)},
    {"space.width", F(width)}, {"space.draws", F(draws)}, {"space.agree", F(draws_agree)},
    {"space.agree_low", F(agree_low)}, {"space.agree_high", F(agree_high)},
    {"space.failed", F(draws_failed)}, {"space.more", F(draws_positive)}, {"space.same", F(draws_zero)},
    {"space.less", F(draws_negative)}, {"space.beyond", F(draws_beyond)},
    {"space.beyond_low", F(beyond_low)}, {"space.beyond_high", F(beyond_high)},
    {"space.pairs", F(draw_pairs)}, {"space.between_deviation", F(between_deviation)},
    {"space.within_deviation", F(within_deviation)}, {"space.seed_error", F(seed_error)},
    {"space.holds", F(holds)}, {"space.holds_low", F(holds_low)}, {"space.holds_high", F(holds_high)},
    {"space.q5", .list = "space.quantiles", F(draw_quantiles[0])},
    {"space.q25", .list = "space.quantiles", F(draw_quantiles[1])},
    {"space.q50", .list = "space.quantiles", F(draw_quantiles[2])},
    {"space.q75", .list = "space.quantiles", F(draw_quantiles[3])},
    {"space.q95", .list = "space.quantiles", F(draw_quantiles[4])},
    {"space.screening.done", NULL, STEPPE_CELL_FLAG, F(screened)},
    {"space.screening.ranges", F(screen_ranges)}, {"space.screening.required_points", F(screen_points)},
    {"space.screening.least_correlation", F(screen_least)},
    {"space.screening.dummy_correlation", F(dummy_correlation)}, {"space.screening.dummy_p", F(dummy_p)},
    {"break_even.driver", NULL, F(driver)}, {"break_even.pairs", F(point_pairs)},
    {"break_even.found", NULL, STEPPE_FIELD(answer_row, turn)}, {"break_even.value", F(break_even)},
    {"break_even.low", F(break_even_low)}, {"break_even.high", F(break_even_high)}};
#undef F
/* clang-format on */

steppe_table *steppe_answers_table(const steppe_answer *const *answers, size_t count)
{
    static const char *const REASONS[] = {"", "too few pairs", "too few differ",
                                          "rare flips"};
    static const char *const TURNS[] = {"none", "found", "nowhere", "not resolved"};
    static const char *const REGISTERED[] = {"not registered", "registered", "changed"};
    steppe_table *table = steppe_table_create(ANSWERS, sizeof ANSWERS / sizeof *ANSWERS);
    for (size_t i = 0; i < count; i++) {
        const steppe_answer_facts *f = steppe_answer_read(answers[i]);
        stp_text turn = {0};
        answer_row row = {.verdict = steppe_verdict_text(f->verdict),
                          .reason = REASONS[f->reason],
                          .words = steppe_answer_words(answers[i]),
                          .turn = TURNS[f->turn],
                          .registration = REGISTERED[f->registration],
                          .share = f->share > 0 ? f->share : NAN,
                          .relative = f->base != 0 ? f->effect / f->base : NAN,
                          .of = *f};
        if (f->population_held)
            snprintf(row.seed, sizeof row.seed, "%llu",
                     (unsigned long long)f->population_seed);
        stp_answer_agreement(f, row.agreeing);
        add_break_even(&turn, f);
        snprintf(row.break_even, sizeof row.break_even, "%s", turn.data ? turn.data : "");
        stp_text_free(&turn);
        steppe_table_add(table, &row);
    }
    return table;
}

/* ---- tables of one answer ---- */

typedef struct arm_row {
    const char *arm;
    double mean, quantiles[5];
} arm_row;
typedef struct detail_row {
    const char *what, *finding;
} detail_row;
typedef struct driver_row {
    const char *path;
    double correlation, p;
} driver_row;

/* clang-format off */
#define F(member) STEPPE_FIELD(arm_row, member)
static const steppe_column ARMS[] = {
    {"arm", "", F(arm)},
    {"mean", "mean", STEPPE_CELL_NUMBER, F(mean)},
    {"q5", "5 %", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[0])},
    {"q25", "25 %", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[1])},
    {"q50", "50 %", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[2])},
    {"q75", "75 %", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[3])},
    {"q95", "95 %", STEPPE_CELL_NUMBER, .list = "quantiles", F(quantiles[4])}};
#undef F
static const steppe_column DETAILS[] = {
    {"what", "", STEPPE_FIELD(detail_row, what)},
    {"finding", "", STEPPE_FIELD(detail_row, finding)}};
#define F(member) STEPPE_FIELD(steppe_answer_point, member)
static const steppe_column POINTS[] = {
    {"value", "at", STEPPE_CELL_NUMBER, F(value)},
    {"effect", "effect", STEPPE_CELL_NUMBER, 0, 2, F(effect)},
    {"low", F(low)},
    {"high", F(high)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_answer_cause, member)
static const steppe_column CAUSES[] = {
    {"cause", "cause", F(name)},
    {"effect", "adds to the outcome", STEPPE_CELL_NUMBER, 0, 2, F(effect)},
    {"low", F(low)},
    {"high", F(high)},
    {"share", "of what all add", STEPPE_CELL_SHARE, 1, F(share)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_registration_change, member)
static const steppe_column REGISTRATION[] = {
    {"since", "registered anew on", F(since)},
    {"field", "field", F(field)},
    {"registered", "registered", F(registered)},
    {"now", "now", F(now)}};
#undef F
#define F(member) STEPPE_FIELD(driver_row, member)
static const steppe_column DRIVERS[] = {
    {"path", "parameter", STEPPE_CELL_CODE, F(path)},
    {"correlation", "rank correlation", STEPPE_CELL_SIGNED, 2, F(correlation)},
    {"p", "p", STEPPE_CELL_NUMBER, 2, F(p)}};
#undef F
/* clang-format on */

static void add_arms(steppe_table *t, const void *object)
{
    static const char *const ARMS_NAMED[] = {"control arm", "treatment arm",
                                             "difference"};
    const steppe_answer_facts *f = object;
    const double means[] = {f->base, f->changed, f->effect};
    for (int k = 0; k < 3; k++) {
        arm_row row = {ARMS_NAMED[k], means[k], {0}};
        memcpy(row.quantiles, f->quantiles[k], sizeof row.quantiles);
        steppe_table_add(t, &row);
    }
}

/* The same, and over the parameter ranges. */
static void add_distributions(steppe_table *t, const void *object)
{
    const steppe_answer_facts *f = object;
    arm_row row = {"difference over the parameter ranges", NAN, {0}};
    memcpy(row.quantiles, f->draw_quantiles, sizeof row.quantiles);
    add_arms(t, f);
    if (f->draws > 0)
        steppe_table_add(t, &row);
}

static void add_points(steppe_table *t, const void *object)
{
    const steppe_answer_facts *f = object;
    for (size_t k = 0; k < f->point_count; k++)
        steppe_table_add(t, &f->points[k]);
}

static void add_causes(steppe_table *t, const void *object)
{
    const steppe_answer_facts *f = object;
    for (size_t k = 0; k < f->cause_count; k++)
        steppe_table_add(t, &f->causes[k]);
}

static void add_registration(steppe_table *t, const void *object)
{
    const steppe_answer_facts *f = object;
    for (size_t k = 0; k < f->registration_change_count; k++)
        steppe_table_add(t, &f->registration_changes[k]);
}

static void add_drivers(steppe_table *t, const void *object)
{
    const steppe_answer_facts *f = object;
    for (size_t k = 0; k < f->driver_count; k++)
        steppe_table_add(t, &(driver_row){f->drivers[k], f->driver_correlation[k],
                                          f->driver_p[k]});
}

/* Add a finding, and empty it for the next. */
static void add_detail(steppe_table *t, const char *what, stp_text *finding)
{
    steppe_table_add(t, &(detail_row){what, finding->data ? finding->data : ""});
    if (t)
        t->failed = t->failed || finding->failed;
    stp_text_free(finding);
}

static void add_margin(steppe_table *t, const steppe_answer_facts *f)
{
    stp_text x = {0};
    add_number(&x, f->smallest);
    if (f->share > 0)
        stp_text_add(&x, ", %g %% of the control arm's mean", 100 * f->share);
    if (f->agent > 0) {
        stp_text_add(&x, "; one agent is worth ");
        add_number(&x, f->agent);
    }
    add_detail(t, "margin", &x);
    add_number(&x, f->narrow_low);
    stp_text_add(&x, " to ");
    add_number(&x, f->narrow_high);
    if (f->share > 0 && isfinite(f->ratio)) {
        stp_text_add(&x, "; ratio of means ");
        add_range(&x, f->ratio, f->ratio_low, f->ratio_high);
    }
    add_p(&x, "; equivalence p ", f->equivalence);
    add_detail(t, "compared with the margin", &x);
    if (!isfinite(f->flips_most))
        return;
    add_number(&x, f->robust_low);
    stp_text_add(&x, " to ");
    add_number(&x, f->robust_high);
    stp_text_add(&x, "; %zu flips seen, so at most %.1f %%, each of at most ", f->flips,
                 100 * f->flips_most);
    add_number(&x, f->flips_size);
    add_detail(t, "... with rare flips", &x);
}

static void add_pairs(steppe_table *t, const steppe_answer_facts *f)
{
    stp_text x = {0};
    stp_text_add(&x,
                 "%zu of at most %zu: more in %zu, equal in %zu, less in %zu; %g "
                 "resident%s per agent",
                 f->pairs, f->max_pairs, f->positive, f->zero, f->negative, f->scale,
                 steppe_plural(f->scale));
    if (f->failed)
        stp_text_add(&x, "; %zu failed and left out", f->failed);
    add_detail(t, "pairs", &x);
    stp_text_add(&x, "%zu of %zu identical to the end", f->identical, f->pairs);
    if (f->changes)
        stp_text_add(&x, ", %zu identical up to step %llu, where the arms part",
                     f->same_before, (unsigned long long)f->changes);
    add_detail(t, "bit-identical pairs", &x);
    if (f->reason != STEPPE_REASON_ALIKE && isfinite(f->required_pairs)) {
        stp_text_add(&x, "%.0f to find an effect of the margin's size, ",
                     f->required_pairs);
        if (isfinite(f->required_pairs_equivalent))
            stp_text_add(&x, "%.0f to show equivalence", f->required_pairs_equivalent);
        else
            stp_text_add(&x, "no number would show equivalence");
        add_detail(t, "pairs required", &x);
    }
    if (isfinite(f->variance_reduction)) {
        add_number(&x, f->variance_reduction);
        stp_text_add(&x, " times as many runs without pairing");
        add_detail(t, "variance reduction", &x);
    }
}

/* How often unrest takes off in each arm, and what the change does where it does in both. */
static void add_take_off(steppe_table *t, const steppe_answer_facts *f)
{
    stp_text x = {0};
    if (f->off_both + f->off_base + f->off_changed + f->off_neither == 0)
        return;
    stp_text_add(&x, "over ");
    add_number(&x, f->take_off_hours);
    stp_text_add(
        &x,
        " resident-hours (%.3g %%): control arm %.0f %% (%.0f to %.0f), treatment arm "
        "%.0f %% (%.0f to %.0f), difference %+.3f (%.3f to %.3f)",
        100 * f->take_off, 100 * f->off_rate[0][0], 100 * f->off_rate[0][1],
        100 * f->off_rate[0][2], 100 * f->off_rate[1][0], 100 * f->off_rate[1][1],
        100 * f->off_rate[1][2], f->off_difference, f->off_low, f->off_high);
    add_p(&x, ", exact p ", f->off_p);
    stp_text_add(
        &x,
        "; pairs: both %zu, control arm only %zu, treatment arm only %zu, neither %zu",
        f->off_both, f->off_base, f->off_changed, f->off_neither);
    add_detail(t, "unrest takes off", &x);
    add_range(&x, f->given_effect, f->given_low, f->given_high);
    stp_text_add(&x, ", %zu pairs", f->off_both);
    add_detail(t, "effect where both take off", &x);
}

static void add_falls_and_sides(steppe_table *t, const steppe_answer_facts *f)
{
    stp_text x = {0};
    if (f->falls) {
        stp_text_add(
            &x,
            "both arms %zu, control arm only %zu, treatment arm only %zu, neither %zu; "
            "difference %+.3f (%.3f to %.3f)",
            f->fell_both, f->fell_base, f->fell_changed, f->fell_neither,
            f->fall_difference, f->fall_low, f->fall_high);
        add_p(&x, ", exact p ", f->fall_p);
        add_detail(t, "the ruler falls", &x);
    }
    if (f->has_placebo) {
        stp_text_add(&x, "%zu of %zu pairs bit-identical", f->placebo_identical,
                     f->side_pairs);
        add_detail(t, "placebo", &x);
    }
    if (f->has_positive_control) {
        add_range(&x, f->positive_control_effect, f->positive_control_low,
                  f->positive_control_high);
        stp_text_add(&x, ", %zu pairs", f->side_pairs);
        add_detail(t, "positive control", &x);
    }
}

static void add_screening(steppe_table *t, const steppe_answer_facts *f)
{
    stp_text x = {0};
    if (!f->screened) {
        stp_text_add(&x, "not computed: %zu points cannot tell %zu ranges apart",
                     f->draws, f->screen_ranges);
        if (isfinite(f->screen_least))
            stp_text_add(&x, " (only rank correlations above %.2f; Holm)",
                         f->screen_least);
        stp_text_add(&x, "; it takes %zu points without a failed one", f->screen_points);
    } else {
        for (size_t k = 0; k < f->driver_count; k++)
            stp_text_add(&x, "%s (rank correlation %+.2f, p %.2g); ", f->drivers[k],
                         f->driver_correlation[k], f->driver_p[k]);
        if (f->driver_count == 0)
            stp_text_add(&x, "no range beyond chance (rank correlations, Holm); ");
        stp_text_add(&x, "a dummy: %+.2f (p %.2g)", f->dummy_correlation, f->dummy_p);
    }
    add_detail(t, "correlates with", &x);
}

/* What parameters do and what seeds do, apart. */
static void add_components(steppe_table *t, const steppe_answer_facts *f)
{
    stp_text x = {0};
    char words[STP_AGREEMENT_TEXT];
    if (f->draw_pairs == 0)
        return;
    if (isfinite(f->holds)) {
        stp_text_add(&x, "%s, of the draws in which it changes something",
                     stp_answer_agreement(f, words));
        add_detail(t, "the verdict holds in", &x);
    }
    add_number(&x, f->between_deviation);
    stp_text_add(&x, " over draws, ");
    add_number(&x, f->within_deviation);
    stp_text_add(&x, " over seeds; standard error of the effect by seeds alone: ");
    add_number(&x, f->seed_error);
    add_detail(t, "standard deviation of the effect", &x);
}

static void add_space(steppe_table *t, const steppe_answer_facts *f)
{
    size_t differ = f->draws - f->draws_zero;
    stp_text x = {0};
    if (f->draws == 0)
        return;
    stp_text_add(&x, "%zu draws", f->draws);
    if (f->width < 1)
        stp_text_add(&x, " from the middle %g of each range", f->width);
    if (*f->sampled_why)
        stp_text_add(&x, " (%s)", f->sampled_why);
    stp_text_add(&x, ": more at %zu, less at %zu, equal at %zu; beyond the margin at %zu",
                 f->draws_positive, f->draws_negative, f->draws_zero, f->draws_beyond);
    if (isfinite(f->beyond_low))
        stp_text_add(&x, " (%.0f to %.0f %%)", 100 * f->beyond_low, 100 * f->beyond_high);
    if (isfinite(f->agree_low) && differ > 0)
        stp_text_add(&x,
                     "; of the %zu that differ, as the verdict says at %zu, %.0f %% "
                     "(%.0f to %.0f)",
                     differ, f->draws_agree,
                     100 * (double)f->draws_agree / (double)differ, 100 * f->agree_low,
                     100 * f->agree_high);
    if (f->draws_failed)
        stp_text_add(&x, "; %zu could not be run", f->draws_failed);
    add_detail(t,
               strcmp(f->sampled, "posterior") == 0 ? "over the posterior"
                                                    : "over the prior",
               &x);
    add_components(t, f);
    add_screening(t, f);
}

static void add_details(steppe_table *t, const void *object)
{
    const steppe_answer_facts *f = object;
    stp_text x = {0};
    add_range(&x, f->effect, f->low, f->high);
    add_detail(t, "effect, interval over all looks", &x);
    add_range(&x, f->effect, f->bootstrap_low, f->bootstrap_high);
    add_detail(t, "... by the bootstrap", &x);
    add_margin(t, f);
    add_pairs(t, f);
    add_take_off(t, f);
    add_falls_and_sides(t, f);
    add_space(t, f);
    if (f->point_count > 0) {
        add_break_even(&x, f);
        add_detail(t, "break-even", &x);
    }
}

steppe_table *steppe_answer_table(const steppe_answer *answer, const char *name)
{
    static const steppe_table_kind KINDS[] = {
        {"distribution", STEPPE_COLUMNS(ARMS), add_arms},
        {"distributions", STEPPE_COLUMNS(ARMS), add_distributions},
        {"details", STEPPE_COLUMNS(DETAILS), add_details},
        {"points", STEPPE_COLUMNS(POINTS), add_points},
        {"drivers", STEPPE_COLUMNS(DRIVERS), add_drivers},
        {"causes", STEPPE_COLUMNS(CAUSES), add_causes},
        {"registration", STEPPE_COLUMNS(REGISTRATION), add_registration},
        {0}};
    return steppe_table_make(KINDS, name, steppe_answer_read(answer));
}
