#include "report/charts/bars.h"

#include "report/svg/axis.h"
#include "report/svg/draw.h"

#include <math.h>
#include <string.h>

static const double WIDTH = 820, LEFT = 230, RIGHT = 796, LINE = 26;
static const double HEAD = 44, TITLE = 34, FOOT = 48;
static const double LETTERS = 12, SMALL = 11;

/* Of Okabe and Ito's palette (2008). */
static const stp_paint FIRST = {"first", "#0072b2"}, SECOND = {"second", "#e69f00"},
                       NOISE = {"pale", "#b4bbc1"}, RULE = {"rule", "#cfd4d8"};

static double height_of(const stp_bar_panel *p)
{
    return TITLE + LINE * (double)p->count + FOOT;
}

static stp_axis axis_of(const stp_bar_panel *p)
{
    double most = 0;
    for (size_t i = 0; i < p->count; i++) {
        const stp_bar *b = &p->bars[i];
        const double ends[] = {b->value, b->high, b->second, b->second_high};
        for (int k = 0; k < 4; k++)
            if (stp_axis_shows(ends[k]))
                most = fmax(most, ends[k]);
    }
    if (stp_axis_shows(p->reference))
        most = fmax(most, p->reference);
    return stp_axis_across(0, most > 0 ? most * 1.02 : 1, RIGHT - LEFT, SMALL);
}

static double place(const stp_axis *axis, double value)
{
    return LEFT + stp_axis_place(axis, value) * (RIGHT - LEFT);
}

static void line(FILE *file, double x, double y, double x2, double y2, stp_paint colour,
                 const char *more)
{
    fprintf(
        file,
        "<line class='s-%s' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'%s/>\n",
        colour.class, x, y, x2, y2, colour.colour, more);
}

static void block(FILE *file, const stp_axis *axis, double value, double y, double height,
                  stp_paint colour)
{
    double from = place(axis, 0), to = place(axis, value);
    if (stp_axis_shows(value))
        fprintf(file,
                "<rect class='f-%s' x='%.1f' y='%.1f' width='%.1f' height='%.1f' "
                "fill='%s'/>\n",
                colour.class, fmin(from, to), y, fmax(fabs(to - from), 0.5), height,
                colour.colour);
}

static void interval(FILE *file, const stp_axis *axis, double low, double high, double y)
{
    if (!stp_axis_shows(low) || !stp_axis_shows(high))
        return;
    line(file, place(axis, low), y, place(axis, high), y, STP_INK, " stroke-width='1.4'");
    line(file, place(axis, low), y - 3, place(axis, low), y + 3, STP_INK, "");
    line(file, place(axis, high), y - 3, place(axis, high), y + 3, STP_INK, "");
}

static void draw_bar(FILE *file, const stp_axis *axis, const stp_bar *b, double y,
                     bool two)
{
    double first = two ? 11 : 14, top = y + (two ? 2 : 5);
    stp_svg_fitted(file, LEFT - 10, y + LINE / 2 + 4, LEFT - 20, LETTERS, "end",
                   b->pale ? STP_PALE : STP_INK, b->name);
    block(file, axis, b->value, top, first, b->pale ? NOISE : FIRST);
    interval(file, axis, b->low, b->high, top + first / 2);
    if (!two)
        return;
    block(file, axis, b->second, top + first + 1, 8, b->pale ? NOISE : SECOND);
    interval(file, axis, b->second_low, b->second_high, top + first + 5);
}

static void draw_panel(FILE *file, const stp_bar_panel *p, double y, bool two)
{
    stp_axis axis = axis_of(p);
    double top = y + TITLE, bottom = top + LINE * (double)p->count;
    char label[STP_AXIS_TEXT];
    stp_svg_fitted(file, 16, y + 20, WIDTH - 32, 13, "start", STP_INK, p->title);
    for (int64_t k = axis.first; k <= axis.last; k++) {
        double x = place(&axis, stp_axis_tick(&axis, k));
        line(file, x, top, x, bottom, RULE, "");
        stp_svg_text(file, x, bottom + 16, SMALL, "middle", STP_PALE,
                     stp_axis_label(&axis, k, label));
    }
    stp_svg_text(file, (LEFT + RIGHT) / 2, bottom + 33, SMALL, "middle", STP_PALE,
                 p->axis);
    for (size_t i = 0; i < p->count; i++)
        draw_bar(file, &axis, &p->bars[i], top + LINE * (double)i, two);
    if (stp_axis_shows(p->reference))
        line(file, place(&axis, p->reference), top, place(&axis, p->reference), bottom,
             STP_INK, " stroke-dasharray='4 3'");
}

static void draw_legend(FILE *file, const char *first, const char *second)
{
    const char *const names[] = {first, second, "not told from the dummy",
                                 "upper end of the dummy"};
    const stp_paint paints[] = {FIRST, SECOND, NOISE};
    double x = 16;
    for (int i = 0; i < 4; i++) {
        if (!names[i])
            continue;
        if (i < 3)
            fprintf(file,
                    "<rect class='f-%s' x='%.1f' y='16' width='14' height='11' "
                    "fill='%s'/>\n",
                    paints[i].class, x, paints[i].colour);
        else
            line(file, x + 7, 14, x + 7, 29, STP_INK, " stroke-dasharray='4 3'");
        stp_svg_text(file, x + 20, 26, SMALL, "start", STP_INK, names[i]);
        x += 44 + stp_label_width(names[i], strlen(names[i]), SMALL);
    }
}

int stp_bars_write(FILE *file, const char *title, const char *first, const char *second,
                   const stp_bar_panel *panels, size_t count)
{
    double height = HEAD + 6, y = HEAD;
    for (size_t i = 0; i < count; i++)
        height += height_of(&panels[i]);
    stp_svg_open(file, WIDTH, height, title, "");
    draw_legend(file, first, second);
    for (size_t i = 0; i < count; i++) {
        draw_panel(file, &panels[i], y, second != NULL);
        y += height_of(&panels[i]);
    }
    fputs("</svg>\n", file);
    return ferror(file) ? -1 : 0;
}
