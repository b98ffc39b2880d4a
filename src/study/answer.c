/* Answers in words. */
#include "study/ask.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* A number of the outcome as people read it. */
static void add_number(stp_text *t, double value)
{
    double size = fabs(value);
    if (isnan(value))
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
    stp_text_add(t, " (");
    add_number(t, low);
    stp_text_add(t, " to ");
    add_number(t, high);
    stp_text_add(t, ")");
}

static void add_verdict(stp_text *t, const steppe_answer_facts *f)
{
    switch (f->verdict) {
    case STEPPE_ANSWER_SAME:
        stp_text_add(
            t,
            "it changes nothing at all: each of %zu pairs of runs is the same to the "
            "bit with and without it.",
            f->pairs);
        return;
    case STEPPE_ANSWER_NONE: /* Clopper and Pearson's end for none of n */
        stp_text_add(
            t,
            "it changes %s in none of %zu pairs of runs (with 95 %% confidence, in "
            "fewer than %.1f %% of all); what people do differs in %zu.",
            f->outcome, f->pairs, 100 * (1 - pow(0.05, 1 / (double)f->pairs)),
            f->pairs - f->identical);
        return;
    case STEPPE_ANSWER_MORE:
    case STEPPE_ANSWER_LESS:
        stp_text_add(t, "it %s %s by ", f->effect > 0 ? "raises" : "lowers", f->outcome);
        add_number(t, fabs(f->effect));
        break;
    case STEPPE_ANSWER_NEGLIGIBLE:
        stp_text_add(t, "it makes no difference to %s that matters: ", f->outcome);
        add_number(t, f->effect);
        break;
    default:
        stp_text_add(t, "nothing can be said yet of what it does to %s: ", f->outcome);
        add_number(t, f->effect);
    }
    add_range(t, f->effect < 0 && f->verdict == STEPPE_ANSWER_LESS ? -f->high : f->low,
              f->effect < 0 && f->verdict == STEPPE_ANSWER_LESS ? -f->low : f->high);
    stp_text_add(t, " %s, %+.1f %%, over %zu pairs of runs; ", f->unit,
                 f->base != 0 ? 100 * f->effect / f->base : NAN, f->pairs);
    stp_text_add(t, "what would matter is ");
    add_number(t, f->smallest);
    stp_text_add(t, ".");
    if (f->verdict == STEPPE_ANSWER_UNDECIDED && f->too_alike)
        stp_text_add(t,
                     " So few pairs are unlike the others (%d at least are wanted) that "
                     "means say little.",
                     STP_FEWEST_UNLIKE);
    else if (f->verdict == STEPPE_ANSWER_UNDECIDED && f->needed > 0)
        stp_text_add(t,
                     " Some %.0f pairs would be needed to find such an effect, %.0f to "
                     "show that there is none.",
                     f->needed, f->needed_negligible);
}

static void add_falls(stp_text *t, const steppe_answer_facts *f)
{
    size_t n = f->fell_both + f->fell_base + f->fell_changed + f->fell_neither;
    if (!f->falls)
        return;
    stp_text_add(
        t, " The ruler falls in %zu of %zu runs without it, in %zu with it (p = %.2g).",
        f->fell_both + f->fell_base, n, f->fell_both + f->fell_changed, f->fall_p);
}

static void add_space(stp_text *t, const steppe_answer_facts *f)
{
    if (f->draws == 0)
        return;
    if (f->width < 1)
        stp_text_add(t, " Over the middle %.3g of the ", f->width);
    else
        stp_text_add(t, " Over the ");
    stp_text_add(
        t,
        "ranges of what is not known (%zu points) it raises it at %zu, lowers it at %zu, "
        "and does nothing at %zu; at %zu by more than what matters.",
        f->draws, f->draws_positive, f->draws_negative, f->draws_zero, f->draws_beyond);
    if (f->verdict != STEPPE_ANSWER_UNDECIDED)
        stp_text_add(t, " What was found holds at %zu of them, %.0f %%.", f->draws_agree,
                     100 * (double)f->draws_agree / (double)f->draws);
}

static void add_break_even(stp_text *t, const steppe_answer_facts *f)
{
    if (!*f->driver)
        return;
    if (!isnan(f->break_even)) {
        stp_text_add(t, " The verdict would turn at %s = %.3g.", f->driver,
                     f->break_even);
        return;
    }
    bool matters = fabs(f->points[0].effect) >= f->smallest;
    stp_text_add(t, " At none of %zu values of %s from %.3g to %.3g does the effect %s.",
                 f->point_count, f->driver, f->points[0].value,
                 f->points[f->point_count - 1].value,
                 matters ? "cease to matter" : "begin to matter");
}

int stp_answer_word(steppe_context *context, steppe_answer *answer)
{
    const steppe_answer_facts *f = &answer->facts;
    stp_text t = {0};
    stp_text_add(&t, "In this model, under these assumptions, ");
    add_verdict(&t, f);
    add_falls(&t, f);
    add_space(&t, f);
    add_break_even(&t, f);
    answer->words = t.data;
    return t.failed ? stp_no_memory(context) : STEPPE_OK;
}
