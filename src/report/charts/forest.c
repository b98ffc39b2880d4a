#include "report/charts/forest.h"

#include "report/svg/draw.h"

#include <math.h>

static const double WIDTH = 820, LEFT = 190, RIGHT = 640, TOP = 46, LINE = 26;
static const double LETTERS = 12, SMALL = 11;

static const stp_paint RULE = {"rule", "#cfd4d8"};

const char *stp_verdict_colour(steppe_answer_verdict verdict)
{
    switch (verdict) { /* of Okabe and Ito's palette (2008) */
    case STEPPE_ANSWER_MORE: return "#d55e00";
    case STEPPE_ANSWER_LESS: return "#0072b2";
    case STEPPE_ANSWER_EQUIVALENT:
    case STEPPE_ANSWER_SAME: return "#222222";
    default: return "#999999"; /* no answer */
    }
}

static stp_paint paint_of(steppe_answer_verdict verdict)
{
    return (stp_paint){verdict == STEPPE_ANSWER_MORE   ? "more"
                       : verdict == STEPPE_ANSWER_LESS ? "less"
                       : stp_verdict_answers(verdict)  ? "ink"
                                                       : "pale",
                       stp_verdict_colour(verdict)};
}

bool stp_verdict_answers(steppe_answer_verdict verdict)
{
    return verdict >= STEPPE_ANSWER_MORE && verdict <= STEPPE_ANSWER_SAME;
}

/* Effects are spread by the inverse hyperbolic sine: evenly near the margin, by their logarithm beyond. */
typedef struct scale {
    double most; /* asinh of the largest that is shown */
} scale;

static double place(const scale *s, double value)
{
    double part = fmax(-1, fmin(1, asinh(value) / s->most));
    return (LEFT + RIGHT) / 2 + part * (RIGHT - LEFT) / 2;
}

static scale scale_of(const steppe_answer *const *answers, size_t count)
{
    double most = 3;
    for (size_t i = 0; i < count; i++) {
        const steppe_answer_facts *f = steppe_answer_read(answers[i]);
        const double ends[3] = {f->effect, f->low, f->high};
        for (int k = 0; k < 3; k++) {
            double size = fabs(ends[k] / f->smallest);
            if (isfinite(size) && size < 1e6)
                most = fmax(most, size);
        }
    }
    return (scale){asinh(most * 1.15)};
}

static void line(FILE *file, double x, double y, double x2, double y2, stp_paint colour,
                 double width)
{
    fprintf(file,
            "<line class='s-%s' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' "
            "stroke-width='%.1f'/>\n",
            colour.class, x, y, x2, y2, colour.colour, width);
}

static void ground(FILE *file, const scale *s, size_t count)
{
    static const double TICKS[] = {-1e5, -1e4, -1000, -100, -10, -1, 0,
                                   1,    10,   100,   1000, 1e4, 1e5};
    double bottom = TOP + LINE * (double)count;
    fprintf(file,
            "<rect class='band' x='%.1f' y='%.1f' width='%.1f' height='%.1f' "
            "fill='#eceff1'/>\n",
            place(s, -1), TOP, place(s, 1) - place(s, -1), bottom - TOP);
    for (size_t k = 0; k < sizeof TICKS / sizeof *TICKS; k++) {
        char words[24];
        if (asinh(fabs(TICKS[k])) > s->most)
            continue;
        double x = place(s, TICKS[k]);
        line(file, x, TOP, x, bottom, TICKS[k] == 0 ? STP_INK : RULE, 1);
        snprintf(words, sizeof words, "%s%g", TICKS[k] < 0 ? "\xe2\x88\x92" : "",
                 fabs(TICKS[k]));
        stp_svg_text(file, x, bottom + 16, SMALL, "middle", STP_PALE, words);
    }
    stp_svg_text(file, (LEFT + RIGHT) / 2, bottom + 34, SMALL, "middle", STP_PALE,
                 "effect, in units of the margin");
    stp_svg_text(file, place(s, 0) - 8, TOP - 10, SMALL, "end", STP_PALE, "less");
    stp_svg_text(file, place(s, 0) + 8, TOP - 10, SMALL, "start", STP_PALE, "more");
}

/* The end of an interval beyond the picture is an arrow. */
static void end_of(FILE *file, const scale *s, double value, double y, stp_paint colour)
{
    double x = place(s, value), step = value < 0 ? 6 : -6;
    if (asinh(fabs(value)) <= s->most)
        line(file, x, y - 4, x, y + 4, colour, 2);
    else
        fprintf(file, "<path class='f-%s' d='M%.1f %.1f l%.1f -4 v8 z' fill='%s'/>\n",
                colour.class, x, y, step, colour.colour);
}

static void row(FILE *file, const scale *s, const steppe_answer_facts *f, double y)
{
    stp_paint colour = paint_of(f->verdict);
    char verdict[64];
    double effect = f->effect / f->smallest, low = f->low / f->smallest,
           high = f->high / f->smallest;
    stp_svg_fitted(file, LEFT - 12, y + 4, LEFT - 20, LETTERS, "end", STP_INK, f->id);
    bool signs = f->verdict == STEPPE_ANSWER_MORE || f->verdict == STEPPE_ANSWER_LESS;
    snprintf(verdict, sizeof verdict, "%s%s%s", steppe_verdict_text(f->verdict),
             signs ? " " : "", signs ? f->outcome : "");
    stp_svg_text(file, RIGHT + 14, y + 4, SMALL, "start", colour, verdict);
    if (!(f->smallest > 0))
        effect = f->effect == 0 ? 0 : NAN;
    if (isfinite(low) && isfinite(high)) {
        line(file, place(s, low), y, place(s, high), y, colour, 2);
        end_of(file, s, low, y, colour);
        end_of(file, s, high, y, colour);
    }
    bool open = !stp_verdict_answers(f->verdict);
    if (isfinite(effect))
        fprintf(file,
                "<circle class='%s%s s-%s' cx='%.1f' cy='%.1f' r='4.5' fill='%s' "
                "stroke='%s' stroke-width='1.5'/>\n",
                open ? "" : "f-", open ? "hole" : colour.class, colour.class,
                place(s, effect), y, open ? "#fff" : colour.colour, colour.colour);
}

int stp_forest_write(FILE *file, const steppe_answer *const *answers, size_t count)
{
    double height = TOP + LINE * (double)count + 48;
    scale s = scale_of(answers, count);
    stp_svg_open(file, WIDTH, height, "Effects of the questions, in units of the margin",
                 "");
    stp_svg_text(file, LEFT - 12, TOP - 10, SMALL, "end", STP_PALE, "question");
    stp_svg_text(file, RIGHT + 14, TOP - 10, SMALL, "start", STP_PALE, "verdict");
    ground(file, &s, count);
    for (size_t i = 0; i < count; i++)
        row(file, &s, steppe_answer_read(answers[i]), TOP + LINE * ((double)i + 0.5));
    fputs("</svg>\n", file);
    return ferror(file) ? -1 : 0;
}
