#include "report/charts/shifts.h"

#include "report/svg/axis.h"
#include "report/svg/draw.h"

#include <math.h>
#include <string.h>

static const double WIDTH = 820, LEFT = 270, RIGHT = 796, LINE = 20, HEAD = 62, FOOT = 46;
static const double LETTERS = 12, SMALL = 11;

/* Of Okabe and Ito's palette (2008). */
static const stp_paint BEFORE = {"pale", "#cfd4d8"}, AFTER = {"first", "#0072b2"},
                       FAINT = {"faint", "#8fb8d4"}, RULE = {"rule", "#e3e7ea"};

static double place(const stp_axis *axis, double value)
{
    return LEFT + stp_axis_place(axis, value) * (RIGHT - LEFT);
}

static void block(FILE *file, const stp_axis *axis, double low, double high, double y,
                  double height, stp_paint colour)
{
    if (!stp_axis_shows(low) || !stp_axis_shows(high))
        return;
    double from = place(axis, low), to = place(axis, high);
    fprintf(
        file,
        "<rect class='f-%s' x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>\n",
        colour.class, from, y, fmax(to - from, 1), height, colour.colour);
}

static void rule(FILE *file, double x, double y, double y2, stp_paint colour,
                 const char *more)
{
    fprintf(
        file,
        "<line class='s-%s' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'%s/>\n",
        colour.class, x, y, x, y2, colour.colour, more);
}

static void draw_shift(FILE *file, const stp_axis *axis, const stp_shift *s, double y)
{
    double middle = y + LINE / 2;
    stp_paint colour = s->faint ? FAINT : AFTER;
    stp_svg_fitted(file, LEFT - 10, middle + 4, LEFT - 20, LETTERS, "end",
                   s->faint ? STP_PALE : STP_INK, s->name);
    block(file, axis, s->before_low, s->before_high, middle - 6, 12, BEFORE);
    if (stp_axis_shows(s->before))
        rule(file, place(axis, s->before), middle - 6, middle + 6, STP_PALE, "");
    block(file, axis, s->low, s->high, middle - 3, 6, colour);
    if (stp_axis_shows(s->middle))
        fprintf(file, "<circle class='f-%s' cx='%.1f' cy='%.1f' r='4.5' fill='%s'/>\n",
                colour.class, place(axis, s->middle), middle, colour.colour);
}

static void draw_legend(FILE *file, const stp_shifts *s)
{
    const char *const names[] = {s->before, s->after, s->faint};
    const stp_paint paints[] = {BEFORE, AFTER, FAINT};
    double x = 16;
    for (int i = 0; i < 3 && names[i]; i++) {
        fprintf(file,
                "<rect class='f-%s' x='%.1f' y='36' width='14' height='10' fill='%s'/>\n",
                paints[i].class, x, paints[i].colour);
        stp_svg_text(file, x + 20, 45, SMALL, "start", STP_INK, names[i]);
        x += 44 + stp_label_width(names[i], strlen(names[i]), SMALL);
    }
}

int stp_shifts_write(FILE *file, const stp_shifts *s)
{
    double bottom = HEAD + LINE * (double)s->count;
    stp_axis axis = stp_axis_across(s->low, s->high, RIGHT - LEFT, SMALL);
    char label[STP_AXIS_TEXT];
    stp_svg_open(file, WIDTH, bottom + FOOT, s->title, "");
    stp_svg_fitted(file, 16, 22, WIDTH - 32, 14, "start", STP_INK, s->title);
    draw_legend(file, s);
    for (int64_t k = axis.first; k <= axis.last; k++) {
        double x = place(&axis, stp_axis_tick(&axis, k));
        rule(file, x, HEAD, bottom, RULE, "");
        stp_svg_text(file, x, bottom + 16, SMALL, "middle", STP_PALE,
                     stp_axis_label(&axis, k, label));
    }
    stp_svg_text(file, (LEFT + RIGHT) / 2, bottom + 34, SMALL, "middle", STP_PALE,
                 s->axis);
    for (size_t i = 0; i < s->count; i++)
        draw_shift(file, &axis, &s->shifts[i], HEAD + LINE * (double)i);
    if (stp_axis_shows(s->reference))
        rule(file, place(&axis, s->reference), HEAD, bottom, STP_INK,
             " stroke-dasharray='4 3'");
    fputs("</svg>\n", file);
    return ferror(file) ? -1 : 0;
}
