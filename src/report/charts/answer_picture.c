#include "report/charts/answer_picture.h"

#include "base/number.h"
#include "report/charts/forest.h"
#include "report/svg/axis.h"
#include "report/svg/draw.h"

#include <math.h>

static const double WIDTH = 480, SIDE = 16, INSET = 14, TEXT = 13, SMALL = 10.5,
                    IMPRINT = 34;

const char *stp_verdict_tone(steppe_answer_verdict verdict)
{
    switch (verdict) {
    case STEPPE_ANSWER_MORE: return "more";
    case STEPPE_ANSWER_LESS: return "less";
    default: return stp_verdict_answers(verdict) ? "ink" : "pale";
    }
}

typedef struct panel {
    FILE *file;
    stp_axis axis;
    double left, width, top, foot;
} panel;

/* ---- parts ---- */

static double x_of(const panel *p, double value)
{
    return p->left + p->width * stp_axis_place(&p->axis, value);
}

static void reach(double value, double *low, double *high)
{
    if (stp_axis_shows(value)) {
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

/* The band within the margin. */
static void draw_band(const panel *p, double smallest)
{
    if (!(smallest > 0) || !stp_axis_shows(smallest))
        return;
    double from = x_of(p, -smallest), to = x_of(p, smallest);
    fprintf(p->file,
            "<rect class='band' x='%.1f' y='%.1f' width='%.1f' height='%.1f' "
            "fill='#e9edf0'/>\n",
            from, p->top, to - from, p->foot - p->top);
}

static void draw_axis(const panel *p, bool zero)
{
    char text[STP_AXIS_TEXT];
    for (int64_t k = p->axis.first; k <= p->axis.last; k++) {
        double x = x_of(p, stp_axis_tick(&p->axis, k));
        fprintf(p->file,
                "<path class='grid' d='M%.1f %.1fV%.1f' stroke='#e3e6e8'/>"
                "<path d='M%.1f %.1fv4' stroke='#8a949c'/>\n",
                x, p->top, p->foot, x, p->foot);
        stp_svg_text(p->file, x, p->foot + 18, TEXT, "middle", STP_PALE,
                     stp_axis_label(&p->axis, k, text));
    }
    fprintf(p->file, "<path d='M%.1f %.1fh%.1f' stroke='#8a949c'/>\n", p->left, p->foot,
            p->width);
    if (zero)
        fprintf(p->file, "<path class='s-ink' d='M%.1f %.1fV%.1f' stroke='#1b2530'/>\n",
                x_of(p, 0), p->top, p->foot);
}

/* A line from 5 to 95 %, a box from 25 to 75 %, a stroke at the median, a dot at the mean. */
static void draw_box(const panel *p, double y, const double *q, double mean,
                     const char *tone, const char *colour)
{
    for (int k = 0; k < 5; k++)
        if (!stp_axis_shows(q[k]))
            return;
    fprintf(p->file,
            "<path class='s-%s' d='M%.1f %.1fH%.1f' stroke='%s' stroke-width='1.5'/>\n"
            "<rect class='f-%s' x='%.1f' y='%.1f' width='%.1f' height='14' fill='%s' "
            "fill-opacity='.35'/>\n"
            "<path class='s-%s' d='M%.1f %.1fv18' stroke='%s' stroke-width='2.5'/>\n",
            tone, x_of(p, q[0]), y, x_of(p, q[4]), colour, tone, x_of(p, q[1]), y - 7,
            fmax(1, x_of(p, q[3]) - x_of(p, q[1])), colour, tone, x_of(p, q[2]), y - 9,
            colour);
    if (stp_axis_shows(mean))
        fprintf(p->file,
                "<circle class='hole s-%s' cx='%.1f' cy='%.1f' r='3.5' fill='#fff' "
                "stroke='%s' stroke-width='1.5'/>\n",
                tone, x_of(p, mean), y, colour);
}

/* The mean with its interval; a point without one, where no pair differs. */
static void draw_effect(const panel *p, double y, const steppe_answer_facts *f)
{
    const char *tone = stp_verdict_tone(f->verdict),
               *colour = stp_verdict_colour(f->verdict);
    if (stp_axis_shows(f->low) && stp_axis_shows(f->high))
        fprintf(p->file,
                "<path class='s-%s' d='M%.1f %.1fH%.1fM%.1f %.1fv10M%.1f %.1fv10' "
                "stroke='%s' stroke-width='2'/>\n",
                tone, x_of(p, f->low), y, x_of(p, f->high), x_of(p, f->low), y - 5,
                x_of(p, f->high), y - 5, colour);
    if (stp_axis_shows(f->effect))
        fprintf(p->file, "<circle class='f-%s' cx='%.1f' cy='%.1f' r='5' fill='%s'/>\n",
                tone, x_of(p, f->effect), y, colour);
}

/* ---- panels ---- */

static panel panel_of(FILE *file, double low, double high, double top, double foot)
{
    panel p = {file, {0}, SIDE + INSET, WIDTH - 2 * (SIDE + INSET), top, foot};
    p.axis = stp_axis_across(low, high, p.width, TEXT);
    return p;
}

static void draw_arms(FILE *file, const steppe_answer_facts *f)
{
    char words[160];
    double low = INFINITY, high = -INFINITY;
    for (int arm = 0; arm < 2; arm++)
        for (int k = 0; k < 5; k++)
            reach(f->quantiles[arm][k], &low, &high);
    reach(f->base, &low, &high);
    reach(f->changed, &low, &high);
    panel p = panel_of(file, low, high, 26, 116);
    snprintf(words, sizeof words, "%s, %s: both arms", f->outcome, f->unit);
    stp_svg_text(file, SIDE, 16, TEXT, "start", STP_INK, words);
    draw_axis(&p, false);
    stp_svg_text(file, SIDE, 42, TEXT, "start", STP_PALE,
                 "control arm, without the change");
    draw_box(&p, 55, f->quantiles[0], f->base, "pale", "#55606a");
    stp_svg_text(file, SIDE, 84, TEXT, "start", STP_PALE, "treatment arm, with it");
    draw_box(&p, 97, f->quantiles[1], f->changed, "pale", "#55606a");
}

static void draw_differences(FILE *file, const steppe_answer_facts *f)
{
    double low = 0, high = 0;
    for (int k = 0; k < 5; k++)
        reach(f->quantiles[2][k], &low, &high);
    const double ends[] = {f->effect, f->low, f->high, f->smallest, -f->smallest};
    for (int k = 0; k < 5; k++)
        reach(ends[k], &low, &high);
    panel p = panel_of(file, low, high, 172, 262);
    stp_svg_text(file, SIDE, 162, TEXT, "start", STP_INK,
                 "What the change does, pair by pair");
    draw_band(&p, f->smallest);
    draw_axis(&p, true);
    stp_svg_text(file, SIDE, 188, TEXT, "start", STP_PALE, "differences");
    draw_box(&p, 201, f->quantiles[2], NAN, "pale", "#55606a");
    stp_svg_text(file, SIDE, 230, TEXT, "start", STP_PALE,
                 "their mean, with its interval");
    draw_effect(&p, 243, f);
}

/* Parameter sets by the sign of the effect. */
static void draw_space(FILE *file, const steppe_answer_facts *f)
{
    static const struct {
        const char *tone, *colour, *word, *anchor;
        double at;
    } PARTS[3] = {{"less", "#0072b2", "less", "start", 0},
                  {"pale", "#9aa3aa", "the same", "middle", 0.5},
                  {"more", "#d55e00", "more", "end", 1}};
    const size_t counts[3] = {f->draws_negative, f->draws_zero, f->draws_positive};
    double width = WIDTH - 2 * SIDE, x = SIDE;
    char words[160];
    snprintf(words, sizeof words, "Over the parameter ranges: %zu sets", f->draws);
    stp_svg_text(file, SIDE, 308, TEXT, "start", STP_INK, words);
    for (int k = 0; k < 3; k++) {
        double part = width * (double)counts[k] / (double)f->draws;
        fprintf(file,
                "<rect class='f-%s' x='%.1f' y='318' width='%.1f' height='18' "
                "fill='%s' fill-opacity='%s'/>\n",
                PARTS[k].tone, x, part, PARTS[k].colour, k == 1 ? ".5" : "1");
        x += part;
        snprintf(words, sizeof words, "%s %zu", PARTS[k].word, counts[k]);
        stp_svg_text(file, SIDE + PARTS[k].at * width, 353, TEXT, PARTS[k].anchor,
                     STP_PALE, words);
    }
    size_t differ = f->draws - f->draws_zero;
    if (isfinite(f->holds))
        snprintf(words, sizeof words,
                 "The verdict holds in %.0f %% (%.0f to %.0f) of those that differ",
                 100 * f->holds, 100 * f->holds_low, 100 * f->holds_high);
    else if (!isfinite(f->agree_low) || differ == 0)
        snprintf(words, sizeof words, "Beyond the margin in %zu", f->draws_beyond);
    else
        snprintf(words, sizeof words,
                 "Of %zu that differ, %zu agree with the verdict (%.0f to %.0f %%)",
                 differ, f->draws_agree, 100 * f->agree_low, 100 * f->agree_high);
    stp_svg_text(file, SIDE, 376, TEXT, "start", STP_INK, words);
}

/* ---- whole pictures ---- */

static void begin(FILE *file, const steppe_answer_facts *f, double height,
                  const char *what)
{
    char title[512];
    snprintf(title, sizeof title, "%s: %.400s", what, f->text);
    stp_svg_open(file, WIDTH, height + IMPRINT, title, "");
}

/* What is asked, and whence; the page says that around it. */
static void end(FILE *file, const steppe_answer_facts *f, double height,
                const char *source)
{
    const stp_paint paint = {"imprint", "#55606a"};
    stp_svg_fitted(file, SIDE, height + 12, WIDTH - 2 * SIDE, SMALL, "start", paint,
                   f->text);
    stp_svg_text(file, SIDE, height + 27, SMALL, "start", paint, source);
    fputs("</svg>\n", file);
}

void stp_answer_draw(FILE *file, const steppe_answer_facts *facts, const char *source)
{
    double height = facts->draws > 0 ? 386 : 286;
    begin(file, facts, height, "Both arms and their differences");
    draw_arms(file, facts);
    draw_differences(file, facts);
    if (facts->draws > 0)
        draw_space(file, facts);
    end(file, facts, height, source);
}

/* ---- break-even ---- */

typedef struct turn {
    panel across;
    stp_axis up;
    const steppe_answer_facts *facts;
} turn;

static double y_of(const turn *t, double value)
{
    return t->across.foot -
           (t->across.foot - t->across.top) * stp_axis_place(&t->up, value);
}

static turn turn_of(FILE *file, const steppe_answer_facts *f)
{
    turn t = {{file, {0}, 0, 0, 44, 218}, {0}, f};
    double low = 0, high = 0;
    for (size_t k = 0; k < f->point_count; k++) {
        const double ends[] = {f->points[k].effect, f->points[k].low, f->points[k].high};
        for (int i = 0; i < 3; i++)
            reach(ends[i], &low, &high);
    }
    reach(f->smallest, &low, &high);
    reach(-f->smallest, &low, &high);
    t.up = stp_axis_upwards(low, high, t.across.foot - t.across.top, TEXT);
    t.across.left = fmax(40, stp_axis_label_width(&t.up, TEXT) + 14);
    t.across.width = WIDTH - t.across.left - 24;
    t.across.axis = stp_axis_across(f->points[0].value,
                                    f->points[f->point_count - 1].value, t.across.width,
                                    TEXT);
    return t;
}

static void draw_frame(const turn *t)
{
    const panel *p = &t->across;
    char text[STP_AXIS_TEXT];
    double smallest = t->facts->smallest;
    if (smallest > 0 && stp_axis_shows(smallest))
        fprintf(p->file,
                "<rect class='band' x='%.1f' y='%.1f' width='%.1f' height='%.1f' "
                "fill='#e9edf0'/>\n",
                p->left, y_of(t, smallest), p->width,
                y_of(t, -smallest) - y_of(t, smallest));
    for (int64_t k = t->up.first; k <= t->up.last; k++) {
        double y = y_of(t, stp_axis_tick(&t->up, k));
        fprintf(p->file, "<path class='grid' d='M%.1f %.1fh%.1f' stroke='#e3e6e8'/>\n",
                p->left, y, p->width);
        stp_svg_text(p->file, p->left - 6, y + 4, TEXT, "end", STP_PALE,
                     stp_axis_label(&t->up, k, text));
    }
    draw_axis(p, false);
    fprintf(p->file, "<path class='s-ink' d='M%.1f %.1fh%.1f' stroke='#1b2530'/>\n",
            p->left, y_of(t, 0), p->width);
}

static void draw_points(const turn *t)
{
    const panel *p = &t->across;
    fputs("<path class='s-accent' fill='none' stroke='#0b5c9e' stroke-width='1.5' d='",
          p->file);
    for (size_t k = 0; k < t->facts->point_count; k++)
        fprintf(p->file, "%s%.1f %.1f", k ? "L" : "M", x_of(p, t->facts->points[k].value),
                y_of(t, t->facts->points[k].effect));
    fputs("'/>\n", p->file);
    for (size_t k = 0; k < t->facts->point_count; k++) {
        const steppe_answer_point *o = &t->facts->points[k];
        double x = x_of(p, o->value);
        if (stp_axis_shows(o->low) && stp_axis_shows(o->high))
            fprintf(p->file,
                    "<path class='s-accent' d='M%.1f %.1fV%.1f' stroke='#0b5c9e' "
                    "stroke-width='1.5'/>\n",
                    x, y_of(t, o->low), y_of(t, o->high));
        fprintf(p->file,
                "<circle class='f-accent' cx='%.1f' cy='%.1f' r='4' fill='#0b5c9e'/>\n",
                x, y_of(t, o->effect));
    }
}

static void draw_even(const turn *t)
{
    const panel *p = &t->across;
    char words[STP_COUNT_TEXT + 24], value[STP_COUNT_TEXT];
    if (!stp_axis_shows(t->facts->break_even))
        return;
    double x = x_of(p, t->facts->break_even);
    bool right = x > p->left + 0.6 * p->width;
    snprintf(words, sizeof words, "break-even at %s",
             stp_amount_words(t->facts->break_even, value));
    double from = isfinite(t->facts->break_even_low)
                      ? fmax(p->left, x_of(p, t->facts->break_even_low))
                      : p->left,
           to = isfinite(t->facts->break_even_high)
                    ? fmin(p->left + p->width, x_of(p, t->facts->break_even_high))
                    : p->left + p->width;
    fprintf(p->file,
            "<rect class='f-more' x='%.1f' y='%.1f' width='%.1f' height='4' "
            "fill='#d55e00' fill-opacity='.35'/>\n",
            from, p->foot - 4, fmax(1, to - from));
    fprintf(p->file,
            "<path class='s-more' d='M%.1f %.1fV%.1f' stroke='#d55e00' "
            "stroke-width='1.5' stroke-dasharray='4 3'/>\n",
            x, p->top - 6, p->foot);
    stp_svg_text(p->file, x + (right ? -5 : 5), p->top - 4, TEXT, right ? "end" : "start",
                 (stp_paint){"f-more", "#d55e00"}, words);
}

void stp_answer_draw_turn(FILE *file, const steppe_answer_facts *facts,
                          const char *source)
{
    turn t = turn_of(file, facts);
    char words[160];
    begin(file, facts, 268, "Break-even");
    snprintf(words, sizeof words, "effect, %s", facts->unit);
    stp_svg_text(file, SIDE, 16, TEXT, "start", STP_INK, words);
    draw_frame(&t);
    draw_points(&t);
    draw_even(&t);
    stp_svg_fitted(file, t.across.left + t.across.width / 2, 258, t.across.width, TEXT,
                   "middle", STP_PALE, facts->driver);
    end(file, facts, 268, source);
}
