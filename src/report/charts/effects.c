#include "report/charts/effects.h"

#include "report/svg/axis.h"
#include "report/svg/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double WIDTH = 820, LEFT = 96, RIGHT = 640, HEIGHT = 380;
static const double TOP = 44, BOTTOM = 330, SMALL = 11, LINE = 13;

static const stp_paint POINT = {"first", "#0072b2"}, NOISE = {"pale", "#9aa3ab"},
                       RULE = {"rule", "#cfd4d8"};

typedef struct plane {
    FILE *file;
    stp_axis x, y;
    double top; /* of the panel */
} plane;

static double across(const plane *p, double value)
{
    return LEFT + stp_axis_place(&p->x, value) * (RIGHT - LEFT);
}

static double up(const plane *p, double value)
{
    return p->top + BOTTOM - stp_axis_place(&p->y, value) * (BOTTOM - TOP);
}

static bool shown(const stp_effect *e)
{
    return stp_axis_shows(e->x) && stp_axis_shows(e->y);
}

static void line(const plane *p, double x, double y, double x2, double y2,
                 stp_paint colour, const char *more)
{
    fprintf(
        p->file,
        "<line class='s-%s' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'%s/>\n",
        colour.class, x, y, x2, y2, colour.colour, more);
}

static void draw_axes(const plane *p, const stp_effect_panel *panel)
{
    char label[STP_AXIS_TEXT];
    double bottom = p->top + BOTTOM;
    for (int64_t k = p->x.first; k <= p->x.last; k++) {
        double x = across(p, stp_axis_tick(&p->x, k));
        line(p, x, p->top + TOP, x, bottom, RULE, "");
        stp_svg_text(p->file, x, bottom + 16, SMALL, "middle", STP_PALE,
                     stp_axis_label(&p->x, k, label));
    }
    for (int64_t k = p->y.first; k <= p->y.last; k++) {
        double y = up(p, stp_axis_tick(&p->y, k));
        line(p, LEFT, y, RIGHT, y, RULE, "");
        stp_svg_text(p->file, LEFT - 6, y + 4, SMALL, "end", STP_PALE,
                     stp_axis_label(&p->y, k, label));
    }
    stp_svg_text(p->file, (LEFT + RIGHT) / 2, bottom + 34, SMALL, "middle", STP_PALE,
                 panel->x_axis);
    stp_svg_text(p->file, LEFT, p->top + TOP - 8, SMALL, "start", STP_PALE,
                 panel->y_axis);
}

/* The first free line of text from this place upwards, so that names do not cover each other. */
static double free_line(const double *taken, size_t count, double y)
{
    for (size_t i = 0; i < count; i++)
        if (fabs(taken[i] - y) < LINE) {
            y = taken[i] - LINE - 0.01;
            i = (size_t)-1; /* compared with all of them again */
        }
    return y;
}

enum { NAMES = 24 };

/* Names stand in a column at the right, joined to their points. */
static void draw_name(const plane *p, const stp_effect *e, double *taken, size_t *count)
{
    double x = across(p, e->x), y = up(p, e->y);
    if (*count == NAMES)
        return;
    double at = free_line(taken, *count, y);
    taken[(*count)++] = at;
    line(p, x, y, RIGHT + 10, at, RULE, "");
    stp_svg_fitted(p->file, RIGHT + 14, at + 4, WIDTH - RIGHT - 20, SMALL, "start",
                   e->pale ? STP_PALE : STP_INK, e->name);
}

static void draw_points(const plane *p, const stp_effect_panel *panel)
{
    for (size_t i = 0; i < panel->count; i++) {
        const stp_effect *e = &panel->effects[i];
        stp_paint colour = e->pale ? NOISE : POINT;
        if (!shown(e))
            continue;
        fprintf(p->file,
                "<circle class='f-%s' cx='%.1f' cy='%.1f' r='4' fill='%s'><title>",
                colour.class, across(p, e->x), up(p, e->y), colour.colour);
        stp_label_write(p->file, e->name, strlen(e->name));
        fputs("</title></circle>\n", p->file);
    }
}

static int by_height(const void *a, const void *b)
{
    const stp_effect *const *x = a, *const *y = b;
    return ((*x)->y > (*y)->y) - ((*x)->y < (*y)->y);
}

static void draw_names(const plane *p, const stp_effect_panel *panel)
{
    const stp_effect *named[NAMES];
    double taken[NAMES];
    size_t count = 0, lines = 0;
    for (size_t i = 0; i < panel->count && count < NAMES; i++)
        if (panel->effects[i].named && shown(&panel->effects[i]))
            named[count++] = &panel->effects[i];
    qsort(named, count, sizeof *named, by_height);
    for (size_t i = 0; i < count; i++)
        draw_name(p, named[i], taken, &lines);
}

static void draw_panel(FILE *file, const stp_effect_panel *panel, double top)
{
    double right = 0, most = 0;
    for (size_t i = 0; i < panel->count; i++)
        if (shown(&panel->effects[i])) {
            right = fmax(right, panel->effects[i].x);
            most = fmax(most, panel->effects[i].y);
        }
    const plane p = {file,
                     stp_axis_across(0, right > 0 ? right * 1.03 : 1, RIGHT - LEFT,
                                     SMALL),
                     stp_axis_upwards(0, most > 0 ? most : 1, BOTTOM - TOP, SMALL), top};
    stp_svg_fitted(file, 16, top + 20, WIDTH - 32, 13, "start", STP_INK, panel->title);
    draw_axes(&p, panel);
    double end = fmin(p.x.high, p.y.high);
    line(&p, across(&p, 0), up(&p, 0), across(&p, end), up(&p, end), STP_PALE,
         " stroke-dasharray='4 3'");
    draw_names(&p, panel);
    draw_points(&p, panel);
}

int stp_effects_write(FILE *file, const char *title, const stp_effect_panel *panels,
                      size_t count)
{
    stp_svg_open(file, WIDTH, HEIGHT * (double)count, title, "");
    for (size_t i = 0; i < count; i++)
        draw_panel(file, &panels[i], HEIGHT * (double)i);
    fputs("</svg>\n", file);
    return ferror(file) ? -1 : 0;
}
