#include "report/charts/heat_map.h"

#include "report/svg/draw.h"

#include <math.h>
#include <string.h>

static const double NAMES = 170, NOTES = 120, MARGIN = 16, WIDEST = 34, NARROWEST = 2;
static const double ROOM = 900, ROW = 24, HEAD = 156, FOOT = 84;

static double cell_width(const stp_heat_map *m)
{
    return fmin(WIDEST, fmax(NARROWEST, ROOM / (double)(m->columns ? m->columns : 1)));
}

/* ColorBrewer's Blues (Brewer and Harrower 2003), between its seven stops. */
static void colour_of(double share, char colour[8], bool *dark)
{
    static const double STOPS[7][3] = {{255, 255, 255}, {222, 235, 247}, {198, 219, 239},
                                       {158, 202, 225}, {107, 174, 214}, {49, 130, 189},
                                       {8, 48, 107}};
    double at = fmin(fmax(share, 0), 1) * 6;
    int from = at >= 6 ? 5 : (int)at;
    unsigned rgb[3];
    for (int i = 0; i < 3; i++)
        rgb[i] = (unsigned)(STOPS[from][i] +
                            (STOPS[from + 1][i] - STOPS[from][i]) * (at - from) + 0.5);
    snprintf(colour, 8, "#%02x%02x%02x", rgb[0] & 0xff, rgb[1] & 0xff, rgb[2] & 0xff);
    *dark = share > 0.7;
}

static void draw_cell(FILE *file, const stp_heat_map *m, size_t row, size_t column)
{
    double share = m->shares[row * m->columns + column], wide = cell_width(m);
    double x = MARGIN + NAMES + wide * (double)column, y = HEAD + ROW * (double)row;
    char colour[8], words[32];
    bool dark = false;
    if (isnan(share)) {
        fprintf(file,
                "<rect class='band' x='%.1f' y='%.1f' width='%.1f' height='%.1f' "
                "fill='#eee'/>\n",
                x, y, wide, ROW);
        return;
    }
    colour_of(share, colour, &dark);
    fprintf(file,
            "<rect class='heat' style='--share:%.3f' x='%.1f' y='%.1f' width='%.1f' "
            "height='%.1f' fill='%s'%s><title>",
            share, x, y, wide, ROW, colour,
            wide > 8 ? " stroke='#ccc' stroke-width='0.5'" : "");
    stp_label_write(file, m->row_names[row], strlen(m->row_names[row]));
    fputs(", ", file);
    stp_label_write(file, m->column_names[column], strlen(m->column_names[column]));
    fprintf(file, ": %.1f %%</title></rect>\n", 100 * share);
    if (wide < 22)
        return;
    double percent = 100 * share; /* what is not 0 is not written as 0, nor less as 100 */
    if (percent > 0 && percent < 0.5)
        snprintf(words, sizeof words, "<1");
    else if (percent < 100 && percent > 99.5)
        snprintf(words, sizeof words, ">99");
    else
        snprintf(words, sizeof words, "%.0f", percent);
    const stp_paint filled = {share > 0.55 ? "on-bright" : "ink", dark ? "#fff" : "#222"},
                    none = {"pale", "#888"};
    stp_svg_text(file, x + wide / 2, y + ROW / 2 + 4, 11, "middle",
                 share > 0 ? filled : none, words);
}

static void draw_heads(FILE *file, const stp_heat_map *m)
{
    double wide = cell_width(m), right = MARGIN + NAMES + wide * (double)m->columns;
    size_t every = (size_t)ceil(12 / wide); /* letters are 11 high */
    for (size_t c = 0; c < m->columns; c += every) {
        double x = MARGIN + NAMES + wide * ((double)c + 0.5) + 4;
        fprintf(file,
                "<text class='ink' transform='translate(%.1f %.1f) rotate(-90)' "
                "font-size='11' fill='%s'>",
                x, HEAD - 6, STP_INK.colour);
        stp_label_write(file, m->column_names[c], strlen(m->column_names[c]));
        fputs("</text>\n", file);
    }
    stp_svg_text(file, MARGIN + NAMES - 8, HEAD - 8, 11, "end", STP_PALE,
                 m->column_title);
    if (m->notes)
        stp_svg_text(file, right + 10, HEAD - 8, 11, "start", STP_PALE, m->note_title);
    for (size_t r = 0; r < m->rows; r++) {
        double y = HEAD + ROW * (double)r + ROW / 2 + 4;
        stp_svg_fitted(file, MARGIN + NAMES - 8, y, NAMES - 8, 12, "end", STP_INK,
                       m->row_names[r]);
        if (m->notes)
            stp_svg_fitted(file, right + 10, y, NOTES - 10, 11, "start", STP_INK,
                           m->notes[r]);
    }
}

static void draw_legend(FILE *file, const stp_heat_map *m)
{
    const double y = HEAD + ROW * (double)m->rows + 26, step = 9;
    double x = MARGIN + NAMES;
    stp_svg_fitted(file, x - 8, y + 12, NAMES - 8, 11, "end", STP_PALE, m->legend);
    for (int i = 0; i <= 20; i++) {
        char colour[8];
        bool dark;
        colour_of(i / 20.0, colour, &dark);
        fprintf(file,
                "<rect class='heat' style='--share:%.3f' x='%.1f' y='%.1f' width='%.1f' "
                "height='14' fill='%s' stroke='#ccc' stroke-width='0.5'/>\n",
                i / 20.0, x + step * i, y, step, colour);
    }
    static const char *const MARKS[] = {"0", "25", "50", "75", "100 %"};
    for (int i = 0; i < 5; i++)
        stp_svg_text(file, x + step * (5 * i + 0.5), y + 28, 11, "middle", STP_INK,
                     MARKS[i]);
}

int stp_heat_map_write(FILE *file, const stp_heat_map *m)
{
    double body = NAMES + cell_width(m) * (double)m->columns + (m->notes ? NOTES : 0);
    double width = fmax(2 * MARGIN + body, 620),
           height = HEAD + ROW * (double)m->rows + FOOT;
    stp_svg_open(file, width, height, m->title, "");
    stp_svg_fitted(file, MARGIN, 26, width - 2 * MARGIN, 16, "start", STP_INK, m->title);
    stp_svg_fitted(file, MARGIN, 46, width - 2 * MARGIN, 11, "start", STP_PALE,
                   m->caption);
    draw_heads(file, m);
    for (size_t r = 0; r < m->rows; r++)
        for (size_t c = 0; c < m->columns; c++)
            draw_cell(file, m, r, c);
    draw_legend(file, m);
    fputs("</svg>\n", file);
    return ferror(file) ? -1 : 0;
}
