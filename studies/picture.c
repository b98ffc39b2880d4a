#include "picture.h"

#include <math.h>

enum { WIDTH = 250, HEIGHT = 150, LEFT = 44, TOP = 62, GAP_X = 48, GAP_Y = 84 };

/* Blue and orange of Okabe and Ito (2008): safe for the colour-blind. */
static const char *const COLOURS[2] = {"#0072b2", "#d55e00"};

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* A round number near a fourth of the range, for the ticks. */
static double tick_of(double range)
{
    double raw = range / 4, power = pow(10, floor(log10(raw))), m = raw / power;
    return power * (m < 1.5 ? 1 : m < 3.5 ? 2 : m < 7.5 ? 5 : 10);
}

static void write_curve(FILE *file, const panel *p, int sample, double low, double range,
                        double x, double y)
{
    const double *v = p->samples[sample];
    size_t n = p->counts[sample];
    fprintf(file, "<path fill='none' stroke='%s' stroke-width='1.6'%s d='M%.1f %.1f",
            COLOURS[sample], sample ? " stroke-dasharray='5 2.5'" : "", x, y + HEIGHT);
    for (size_t i = 0; i < n; i++)
        fprintf(file, "H%.1fV%.1f", x + (v[i] - low) / range * WIDTH,
                y + HEIGHT - (double)(i + 1) / (double)n * HEIGHT);
    fprintf(file, "H%.1f'/>\n", x + WIDTH);
}

static void write_panel(FILE *file, const panel *p, double x, double y)
{
    double low = smaller(p->samples[0][0], p->samples[1][0]);
    double high = -smaller(-p->samples[0][p->counts[0] - 1],
                           -p->samples[1][p->counts[1] - 1]);
    double range = high > low ? high - low : 1, tick = tick_of(range);
    fprintf(file, "<rect x='%.0f' y='%.0f' width='%d' height='%d' class='frame'/>\n", x,
            y, WIDTH, HEIGHT);
    fprintf(file, "<text x='%.0f' y='%.0f'>%s</text>\n", x, y - 7, p->title);
    for (int k = 0; k <= 2; k++)
        fprintf(file,
                "<text x='%.0f' y='%.0f' text-anchor='end' class='small'>%g</text>\n",
                x - 5, y + HEIGHT - k * HEIGHT / 2.0 + 4, k / 2.0);
    for (double at = ceil(low / tick) * tick; at <= high; at += tick) {
        double tx = x + (at - low) / range * WIDTH;
        fprintf(file, "<path class='frame' d='M%.1f %.0fv4'/>", tx, y + HEIGHT);
        fprintf(file,
                "<text x='%.1f' y='%.0f' text-anchor='middle' class='small'>%g</text>\n",
                tx, y + HEIGHT + 16, at);
    }
    fprintf(file,
            "<text x='%.0f' y='%.0f' text-anchor='middle' class='small'>%s</text>\n",
            x + WIDTH / 2.0, y + HEIGHT + 31, p->unit);
    write_curve(file, p, 0, low, range, x, y);
    write_curve(file, p, 1, low, range, x, y);
}

void picture_write(FILE *file, const panel *panels, int rows, int columns,
                   const char *const *heads, const char *const names[2])
{
    int width = LEFT + columns * (WIDTH + GAP_X), height = TOP + rows * (HEIGHT + GAP_Y);
    fprintf(
        file,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' "
        "font-family='sans-serif' font-size='13'>\n"
        "<style>.frame{fill:none;stroke:#888}.small{font-size:11px;fill:#444}</style>\n"
        "<rect width='100%%' height='100%%' fill='white'/>\n",
        width, height, width);
    for (int i = 0; i < 2; i++) {
        fprintf(file,
                "<path stroke='%s' stroke-width='2'%s d='M%d 16h28'/>"
                "<text x='%d' y='20'>%s</text>\n",
                COLOURS[i], i ? " stroke-dasharray='5 2.5'" : "", LEFT + 150 * i,
                LEFT + 150 * i + 34, names[i]);
    }
    fprintf(file,
            "<text x='%d' y='20' class='small'>share of the runs with at most so "
            "much</text>\n",
            LEFT + 300);
    for (int row = 0; row < rows; row++) {
        double y = TOP + row * (HEIGHT + GAP_Y);
        fprintf(file, "<text x='%d' y='%.0f' font-weight='bold'>%s</text>\n", LEFT,
                y - 25, heads[row]);
        for (int column = 0; column < columns; column++)
            write_panel(file, &panels[row * columns + column],
                        LEFT + column * (WIDTH + GAP_X), y);
    }
    fprintf(file, "</svg>\n");
}
