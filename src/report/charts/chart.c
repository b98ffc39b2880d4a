#include "report/charts/chart.h"

#include "report/svg/axis.h"
#include "report/svg/label.h"
#include "report/svg/path.h"

#include <math.h>
#include <string.h>

/* Sizes of letters and heights of lines; margins; the sample of a curve in the legend.
 * Pixels. */
static const double TITLE = 13, TITLE_LINE = 17, TEXT = 11, TEXT_LINE = 15, SMALL = 8;
static const double EDGE = 14, GAP_X = 18, GAP_Y = 18, SAMPLE = 24, SAMPLE_GAP = 6,
                    ENTRY_GAP = 18;

/* Colours of Okabe and Ito (2008), safe for the colour-blind; the dashes do without
 * colour. */
static const struct {
    const char *colour, *dashes;
} STYLES[STP_MAX_CURVES] = {
    {"#0072b2", ""},
    {"#d55e00", " stroke-dasharray='6 3.5'"},
    {"#009e73", " stroke-dasharray='1.5 3'"},
    {"#cc79a7", " stroke-dasharray='9 3.5 1.5 3.5'"},
};

static const char REFERENCE[] =
    "<path fill='none' stroke='#222' stroke-dasharray='4 3' d='M";

typedef struct entry {
    const stp_curve *curve; /* NULL: the reference */
    stp_label name;
    double x; /* from the left */
    int line;
} entry;

/* A plot with its axes and texts laid out for a frame of some size. */
typedef struct panel {
    const stp_plot *plot;
    double width, height; /* of the frame, which holds the data */
    stp_axis x, y;
    stp_label title, x_name, y_name;
    entry entries[STP_MAX_CURVES + 1];
    int entry_count, legend_lines;
} panel;

/* Shared by the panels of a picture. */
typedef struct margins {
    double left, right;
    int title_lines, legend_lines, x_lines;
} margins;

/* A panel in its place. left, top: the corner of the frame. */
typedef struct view {
    FILE *file;
    const panel *panel;
    double left, top;
} view;

/* ---- Layout ---------------------------------------------------------------------- */

static bool shown(const stp_curve *c, size_t i)
{
    return stp_axis_shows(c->x[i]) && stp_axis_shows(c->y[i]);
}

static bool ranged(const stp_curve *c, size_t i)
{
    return c->low && shown(c, i) && stp_axis_shows(c->low[i]) &&
           stp_axis_shows(c->high[i]);
}

typedef struct range {
    double low, high;
} range;

static void widen(range *r, double value)
{
    r->low = fmin(r->low, value);
    r->high = fmax(r->high, value);
}

static void set_axes(panel *p)
{
    range x = {INFINITY, -INFINITY}, y = x;
    bool points = false;
    for (size_t k = 0; k < p->plot->curve_count; k++) {
        const stp_curve *c = &p->plot->curves[k];
        points = points || c->mark == STP_MARK_POINTS;
        for (size_t i = 0; i < c->count; i++) {
            if (shown(c, i)) {
                widen(&x, c->x[i]);
                widen(&y, c->y[i]);
            }
            if (ranged(c, i)) {
                widen(&y, c->low[i]);
                widen(&y, c->high[i]);
            }
        }
    }
    if (stp_axis_shows(p->plot->reference))
        widen(&y, p->plot->reference);
    if (points && x.low < x.high && p->plot->by_factors) {
        double room = pow(x.high / x.low, 0.03);
        x = (range){x.low / room, x.high * room};
    } else if (points && x.low < x.high) {
        double room = 0.03 * (x.high - x.low);
        x = (range){x.low - room, x.high + room};
    }
    p->x = p->plot->by_factors ? stp_axis_across_by_factors(x.low, x.high, p->width, TEXT)
                               : stp_axis_across(x.low, x.high, p->width, TEXT);
    p->y = stp_axis_upwards(y.low, y.high, p->height, TEXT);
}

static void add_entry(panel *p, const stp_curve *curve, const char *name, double *x)
{
    entry *e = &p->entries[p->entry_count];
    double room = p->width - SAMPLE - SAMPLE_GAP;
    if (name[0] == '\0')
        return;
    *e = (entry){.curve = curve, .name = stp_label_fit(name, room, 1, TEXT, SMALL)};
    if (*x > 0 && *x + e->name.width > room) {
        *x = 0;
        p->legend_lines++;
    }
    e->x = *x;
    e->line = p->legend_lines - 1;
    *x += SAMPLE + SAMPLE_GAP + e->name.width + ENTRY_GAP;
    p->entry_count++;
}

static void set_legend(panel *p)
{
    const stp_plot *plot = p->plot;
    bool reference = stp_axis_shows(plot->reference) && plot->reference_name[0];
    double x = 0;
    p->legend_lines = 1;
    if (plot->curve_count > 1 || reference)
        for (size_t k = 0; k < plot->curve_count; k++)
            add_entry(p, &plot->curves[k], plot->curves[k].name, &x);
    if (reference)
        add_entry(p, NULL, plot->reference_name, &x);
    if (p->entry_count == 0)
        p->legend_lines = 0;
}

static panel panel_of(const stp_plot *plot, size_t columns)
{
    static const double widths[4] = {620, 350, 240, 190},
                        heights[4] = {250, 190, 150, 130};
    size_t size = columns < 4 ? columns - 1 : 3;
    panel p = {.plot = plot, .width = widths[size], .height = heights[size]};
    set_axes(&p);
    p.title = stp_label_fit(plot->title, p.width + EDGE, 2, TITLE, 9);
    p.x_name = stp_label_fit(plot->x_axis, p.width, 2, TEXT, SMALL);
    p.y_name = stp_label_fit(plot->y_axis, p.height, 2, TEXT, SMALL);
    set_legend(&p);
    return p;
}

/* What the vertical axis takes to the left of the frame. */
static double left_of(const panel *p)
{
    return p->y_name.count * TEXT_LINE + stp_axis_label_width(&p->y, TEXT) + 14;
}

static void add_margins(margins *m, const panel *p)
{
    double half = stp_axis_label_width(&p->x, TEXT) / 2;
    m->left = fmax(m->left, fmax(left_of(p), half));
    m->right = fmax(m->right, half);
    if (m->title_lines < p->title.count)
        m->title_lines = p->title.count;
    if (m->legend_lines < p->legend_lines)
        m->legend_lines = p->legend_lines;
    if (m->x_lines < p->x_name.count)
        m->x_lines = p->x_name.count;
}

/* The heights above and below a frame. */
static double head_of(const margins *m)
{
    return m->title_lines * TITLE_LINE + m->legend_lines * TEXT_LINE +
           (m->legend_lines > 0 ? 14 : 10);
}

static double foot_of(const margins *m)
{
    return 22 + m->x_lines * TEXT_LINE;
}

/* ---- Texts and lines ------------------------------------------------------------- */

static void put(FILE *file, const char *before, double value)
{
    fputs(before, file);
    stp_tenths_write(file, lround(10 * value));
}

/* The lines of a label, the first at x, y and the others below. more: attributes. */
static void put_label(FILE *file, const stp_label *label, double x, double y,
                      double height, const char *more)
{
    for (int i = 0; i < label->count; i++) {
        put(file, "<text x='", x);
        put(file, "' y='", y + i * height);
        put(file, "' font-size='", label->size);
        if (label->squeezed[i] > 0)
            put(file, "' lengthAdjust='spacingAndGlyphs' textLength='",
                label->squeezed[i]);
        fprintf(file, "'%s>", more);
        stp_label_write(file, label->lines[i], label->lengths[i]);
        fputs("</text>\n", file);
    }
}

static void put_tick_label(const view *v, const stp_axis *axis, int64_t k, double x,
                           double y)
{
    char text[STP_AXIS_TEXT];
    put(v->file, "<text x='", x);
    put(v->file, "' y='", y);
    fprintf(v->file, "'>%s</text>\n", stp_axis_label(axis, k, text));
}

/* A place in the frame, in tenths of a pixel of the picture. */
static stp_spot spot_of(const view *v, double x, double y)
{
    const panel *p = v->panel;
    double across = stp_axis_place(&p->x, x), up = stp_axis_place(&p->y, y);
    return (stp_spot){lround(10 * (v->left + across * p->width)),
                      lround(10 * (v->top + (1 - up) * p->height))};
}

static void put_spot(FILE *file, const char *before, stp_spot spot)
{
    fputs(before, file);
    stp_tenths_write(file, spot.x);
    fputc(' ', file);
    stp_tenths_write(file, spot.y);
}

static void draw_grid(const view *v)
{
    const stp_axis *y = &v->panel->y;
    fputs("<path stroke='#e4e4e4' d='", v->file);
    for (int64_t k = y->first; k <= y->last; k++) {
        put_spot(v->file, "M", spot_of(v, v->panel->x.low, stp_axis_tick(y, k)));
        put(v->file, "h", v->panel->width);
    }
    fputs("'/>\n<g text-anchor='end' fill='#444'>\n", v->file);
    for (int64_t k = y->first; k <= y->last; k++)
        put_tick_label(v, y, k, v->left - 7,
                       (double)spot_of(v, 0, stp_axis_tick(y, k)).y / 10 + 4);
    fputs("</g>\n", v->file);
}

/* The horizontal axis: at the foot, and a line at zero if that is elsewhere. */
static void draw_base(const view *v)
{
    const panel *p = v->panel;
    double foot = v->top + p->height;
    if (p->y.first < 0 && p->y.last > 0) {
        put_spot(v->file, "<path stroke='#aaa' d='M", spot_of(v, p->x.low, 0));
        put(v->file, "h", p->width);
        fputs("'/>\n", v->file);
    }
    put(v->file, "<path fill='none' stroke='#666' d='M", v->left);
    put(v->file, " ", foot);
    put(v->file, "h", p->width);
    for (int64_t k = p->x.first; k <= p->x.last; k++) {
        put_spot(v->file, "M", spot_of(v, stp_axis_tick(&p->x, k), p->y.low));
        fputs("v4", v->file);
    }
    fputs("'/>\n<g text-anchor='middle' fill='#444'>\n", v->file);
    for (int64_t k = p->x.first; k <= p->x.last; k++)
        put_tick_label(v, &p->x, k, (double)spot_of(v, stp_axis_tick(&p->x, k), 0).x / 10,
                       foot + 17);
    fputs("</g>\n", v->file);
}

/* ---- Curves ---------------------------------------------------------------------- */

/* Along points a to b - 1, all of which are shown. */
static void trace(const view *v, stp_path *path, const stp_curve *c, const double *y,
                  size_t a, size_t b)
{
    for (size_t i = a; i < b; i++) {
        if (c->mark == STP_MARK_STEPS && i > a)
            stp_path_to(path, spot_of(v, c->x[i], y[i - 1]));
        stp_path_to(path, spot_of(v, c->x[i], y[i]));
    }
    if (c->mark == STP_MARK_STEPS && b < c->count && stp_axis_shows(c->x[b]))
        stp_path_to(path, spot_of(v, c->x[b], y[b - 1]));
}

static void trace_back(const view *v, stp_path *path, const stp_curve *c, const double *y,
                       size_t a, size_t b)
{
    if (c->mark == STP_MARK_STEPS && b < c->count && stp_axis_shows(c->x[b]))
        stp_path_to(path, spot_of(v, c->x[b], y[b - 1]));
    for (size_t i = b; i-- > a;) {
        stp_path_to(path, spot_of(v, c->x[i], y[i]));
        if (c->mark == STP_MARK_STEPS && i > a)
            stp_path_to(path, spot_of(v, c->x[i], y[i - 1]));
    }
}

/* The next points without a gap, from *a (out: the first) to the returned end. */
static size_t run_of(const stp_curve *c, bool (*there)(const stp_curve *, size_t),
                     size_t *a)
{
    while (*a < c->count && !there(c, *a))
        ++*a;
    size_t b = *a;
    while (b < c->count && there(c, b))
        b++;
    return b;
}

static void draw_band(const view *v, const stp_curve *c, const char *colour)
{
    stp_path path = {.file = v->file};
    fprintf(v->file, "<path fill='%s' fill-opacity='.2' d='", colour);
    for (size_t a = 0, b; (b = run_of(c, ranged, &a)) > a; a = b) {
        trace(v, &path, c, c->high, a, b);
        trace_back(v, &path, c, c->low, a, b);
        stp_path_close(&path);
    }
    fputs("'/>\n", v->file);
}

static void draw_line(const view *v, const stp_curve *c, size_t style)
{
    stp_path path = {.file = v->file};
    bool dense = (double)c->count > v->panel->width;
    fprintf(v->file,
            "<path fill='none' stroke='%s' stroke-width='%s' stroke-linejoin='round' "
            "stroke-linecap='round'%s d='",
            STYLES[style].colour, dense ? "1" : "1.6", STYLES[style].dashes);
    for (size_t a = 0, b; (b = run_of(c, shown, &a)) > a; a = b) {
        trace(v, &path, c, c->y, a, b);
        stp_path_lift(&path);
    }
    fputs("'/>\n", v->file);
}

/* A circle, a square, a triangle or a diamond, `radius` in tenths of a pixel. */
static void put_marker(FILE *file, size_t style, stp_spot at, long radius)
{
    static const stp_spot corners[STP_MAX_CURVES][4] = {
        {{0, 0}}, /* a dot with a round pen */
        {{-9, -9}, {9, -9}, {9, 9}, {-9, 9}},
        {{0, -12}, {11, 8}, {-11, 8}, {0, -12}},
        {{0, -13}, {13, 0}, {0, 13}, {-13, 0}},
    };
    if (style == 0) {
        put_spot(file, "M", at);
        fputs("h0", file);
        return;
    }
    stp_path path = {.file = file};
    for (int i = 0; i < 4; i++)
        stp_path_to(&path, (stp_spot){at.x + corners[style][i].x * radius / 10,
                                      at.y + corners[style][i].y * radius / 10});
    stp_path_close(&path);
}

static void begin_markers(FILE *file, size_t style, long radius)
{
    if (style == 0) {
        fprintf(file, "<path stroke='%s' stroke-linecap='round' stroke-width='",
                STYLES[0].colour);
        stp_tenths_write(file, 2 * radius);
        fputs("' d='", file);
    } else {
        /* every other one hollow */
        fprintf(file, "<path fill='%s' stroke='%s' stroke-width='1.2' d='",
                style % 2 ? "#fff" : STYLES[style].colour, STYLES[style].colour);
    }
}

static bool same_places(const stp_curve *a, const stp_curve *b)
{
    return a->mark == STP_MARK_POINTS && b->mark == STP_MARK_POINTS &&
           a->count == b->count && memcmp(a->x, b->x, a->count * sizeof *a->x) == 0;
}

/* Points of several curves at the same places are drawn a little apart: how
 * far, in tenths of a pixel. */
static long aside(const stp_plot *plot, size_t style, double spacing)
{
    int before = 0, all = 0;
    for (size_t k = 0; k < plot->curve_count; k++)
        if (same_places(&plot->curves[k], &plot->curves[style])) {
            before += k < style;
            all++;
        }
    return lround(10 * fmin(8.0 / all, spacing / (all + 1)) * (before - (all - 1) / 2.0));
}

static void draw_points(const view *v, const stp_curve *c, size_t style)
{
    double spacing = v->panel->width / (double)c->count;
    long radius = lround(fmin(fmax(3.5 * spacing, 15), 30));
    long across = aside(v->panel->plot, style, spacing);
    if (c->low) {
        fprintf(v->file, "<path stroke='%s' stroke-width='1.2' d='",
                STYLES[style].colour);
        for (size_t i = 0; i < c->count; i++) {
            if (!ranged(c, i))
                continue;
            stp_spot low = spot_of(v, c->x[i], c->low[i]);
            stp_spot high = spot_of(v, c->x[i], c->high[i]);
            put_spot(v->file, "M", (stp_spot){low.x + across, low.y});
            put(v->file, "V", (double)high.y / 10);
        }
        fputs("'/>\n", v->file);
    }
    begin_markers(v->file, style, radius);
    for (size_t i = 0; i < c->count; i++) {
        if (!shown(c, i))
            continue;
        stp_spot at = spot_of(v, c->x[i], c->y[i]);
        put_marker(v->file, style, (stp_spot){at.x + across, at.y}, radius);
    }
    fputs("'/>\n", v->file);
}

static void draw_curves(const view *v)
{
    const stp_plot *plot = v->panel->plot;
    for (size_t k = 0; k < plot->curve_count; k++)
        if (plot->curves[k].low && plot->curves[k].mark != STP_MARK_POINTS)
            draw_band(v, &plot->curves[k], STYLES[k].colour);
    for (size_t k = 0; k < plot->curve_count; k++)
        if (plot->curves[k].mark != STP_MARK_POINTS)
            draw_line(v, &plot->curves[k], k);
    if (stp_axis_shows(plot->reference)) {
        put_spot(v->file, REFERENCE, spot_of(v, v->panel->x.low, plot->reference));
        put(v->file, "h", v->panel->width);
        fputs("'/>\n", v->file);
    }
    for (size_t k = 0; k < plot->curve_count; k++)
        if (plot->curves[k].mark == STP_MARK_POINTS)
            draw_points(v, &plot->curves[k], k);
}

/* ---- Panels ---------------------------------------------------------------------- */

/* How a curve looks, from x, y to the right. */
static void draw_sample(const view *v, const stp_curve *c, double x, double y)
{
    FILE *file = v->file;
    size_t style = (size_t)(c - v->panel->plot->curves);
    stp_spot middle = {lround(10 * (x + SAMPLE / 2)), lround(10 * y)};
    if (c->mark == STP_MARK_POINTS) {
        if (c->low) {
            fprintf(file, "<path stroke='%s' stroke-width='1.2' d='",
                    STYLES[style].colour);
            put_spot(file, "M", (stp_spot){middle.x, middle.y - 60});
            fputs("v12'/>", file);
        }
        begin_markers(file, style, 30);
        put_marker(file, style, middle, 30);
    } else {
        if (c->low) {
            put(file, "<rect x='", x);
            put(file, "' y='", y - 4);
            put(file, "' width='", SAMPLE);
            fprintf(file, "' height='8' fill='%s' fill-opacity='.2'/>",
                    STYLES[style].colour);
        }
        fprintf(file, "<path stroke='%s' stroke-width='1.6' stroke-linecap='round'%s",
                STYLES[style].colour, STYLES[style].dashes);
        put(file, " d='M", x);
        put(file, " ", y);
        put(file, "h", SAMPLE);
    }
    fputs("'/>\n", file);
}

static void draw_legend(const view *v, double y)
{
    for (int i = 0; i < v->panel->entry_count; i++) {
        const entry *e = &v->panel->entries[i];
        double at = y + e->line * TEXT_LINE, x = v->left + e->x;
        if (e->curve) {
            draw_sample(v, e->curve, x, at - 4);
        } else {
            put(v->file, REFERENCE, x);
            put(v->file, " ", at - 4);
            put(v->file, "h", SAMPLE);
            fputs("'/>\n", v->file);
        }
        put_label(v->file, &e->name, x + SAMPLE + SAMPLE_GAP, at, TEXT_LINE, "");
    }
}

static void draw_names(const view *v, const margins *m)
{
    const panel *p = v->panel;
    double top = v->top - head_of(m), foot = v->top + p->height + 17 + TEXT_LINE;
    put_label(v->file, &p->title, v->left, top + TITLE, TITLE_LINE,
              " font-weight='bold'");
    draw_legend(v, top + m->title_lines * TITLE_LINE + TEXT + 4);
    put_label(v->file, &p->x_name, v->left + p->width / 2, foot, TEXT_LINE,
              " text-anchor='middle'");
    if (p->y_name.count == 0)
        return;
    put(v->file, "<g transform='translate(", v->left - left_of(p) + TEXT);
    put(v->file, " ", v->top + p->height / 2);
    fputs(")rotate(-90)'>\n", v->file);
    put_label(v->file, &p->y_name, 0, 0, TEXT_LINE, " text-anchor='middle'");
    fputs("</g>\n", v->file);
}

static bool empty(const stp_plot *plot)
{
    for (size_t k = 0; k < plot->curve_count; k++)
        for (size_t i = 0; i < plot->curves[k].count; i++)
            if (shown(&plot->curves[k], i))
                return false;
    return true;
}

static void draw_panel(const view *v, const margins *m)
{
    const panel *p = v->panel;
    fputs("<g>\n", v->file);
    draw_names(v, m);
    draw_grid(v);
    draw_base(v);
    draw_curves(v);
    if (empty(p->plot)) {
        put(v->file,
            "<text text-anchor='middle' fill='#666' stroke='#fff' "
            "stroke-width='4' paint-order='stroke' x='",
            v->left + p->width / 2);
        put(v->file, "' y='", v->top + p->height / 2 + 4);
        fputs("'>no data</text>\n", v->file);
    }
    fputs("</g>\n", v->file);
}

/* The margins of the panels from `first`, `columns` of them unless the last row ends
 * before. */
static margins row_margins(const stp_plot *plots, size_t count, size_t columns,
                           size_t first)
{
    margins m = {0};
    for (size_t i = first; i < count && i < first + columns; i++) {
        panel p = panel_of(&plots[i], columns);
        add_margins(&m, &p);
    }
    return m;
}

static void write_head(FILE *file, double width, double height)
{
    put(file, "<svg xmlns='http://www.w3.org/2000/svg' width='", width);
    put(file, "' height='", height);
    put(file, "' viewBox='0 0 ", width);
    put(file, " ", height);
    fputs("' font-family='Helvetica,Arial,sans-serif' font-size='11' fill='#222'>\n<rect "
          "width='100%' height='100%' fill='#fff'/>\n",
          file);
}

int stp_chart_write(FILE *file, const stp_plot *plots, size_t count, size_t columns)
{
    columns = columns < count ? columns : count;
    margins all = {0};
    panel p = panel_of(&plots[0], columns);
    double height = 2 * EDGE - GAP_Y, top = EDGE;
    for (size_t first = 0; first < count; first += columns) {
        margins row = row_margins(plots, count, columns, first);
        all.left = fmax(all.left, row.left);
        all.right = fmax(all.right, row.right);
        height += head_of(&row) + p.height + foot_of(&row) + GAP_Y;
    }
    double cell = all.left + p.width + all.right + GAP_X;
    write_head(file, 2 * EDGE - GAP_X + (double)columns * cell, height);
    for (size_t first = 0; first < count; first += columns) {
        margins row = row_margins(plots, count, columns, first);
        row.left = all.left;
        top += head_of(&row);
        for (size_t i = first; i < count && i < first + columns; i++) {
            p = panel_of(&plots[i], columns);
            double left = EDGE + (double)(i - first) * cell + all.left;
            draw_panel(&(view){file, &p, left, top}, &row);
        }
        top += p.height + foot_of(&row) + GAP_Y;
    }
    fputs("</svg>\n", file);
    return fflush(file) == 0 && !ferror(file) ? 0 : -1;
}
