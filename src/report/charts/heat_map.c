#include "report/charts/heat_map.h"

#include "report/svg/label.h"

#include <math.h>
#include <string.h>

static const double NAMES = 170, NOTES = 120, MARGIN = 16, WIDEST = 34, NARROWEST = 2;
static const double ROOM = 900, ROW = 24, HEAD = 156, FOOT = 84;

/* A colour on paper, and its name in a page's style. */
typedef struct paint {
    const char *colour, *name;
} paint;
static const paint INK = {"#222", "ink"}, PALE = {"#555", "pale"};

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

static void text_at(FILE *file, double x, double y, double size, const char *anchor,
                    paint colour, const char *text)
{
    fprintf(file,
            "<text class='%s' x='%.1f' y='%.1f' font-size='%.1f' text-anchor='%s' "
            "fill='%s'>",
            colour.name, x, y, size, anchor, colour.colour);
    stp_label_write(file, text, strlen(text));
    fputs("</text>\n", file);
}

static void fitted(FILE *file, double x, double y, double width, double size,
                   const char *anchor, paint colour, const char *text)
{
    stp_label l = stp_label_fit(text, width, 1, size, 7);
    for (int i = 0; i < l.count; i++) {
        fprintf(file,
                "<text class='%s' x='%.1f' y='%.1f' font-size='%.1f' text-anchor='%s' "
                "fill='%s'",
                colour.name, x, y, l.size, anchor, colour.colour);
        if (l.squeezed[i] > 0)
            fprintf(file, " textLength='%.1f' lengthAdjust='spacingAndGlyphs'",
                    l.squeezed[i]);
        putc('>', file);
        stp_label_write(file, l.lines[i], l.lengths[i]);
        fputs("</text>\n", file);
    }
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
    const paint filled = {dark ? "#fff" : "#222", share > 0.55 ? "on-bright" : "ink"},
                none = {"#888", "pale"};
    text_at(file, x + wide / 2, y + ROW / 2 + 4, 11, "middle", share > 0 ? filled : none,
            words);
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
                x, HEAD - 6, INK.colour);
        stp_label_write(file, m->column_names[c], strlen(m->column_names[c]));
        fputs("</text>\n", file);
    }
    text_at(file, MARGIN + NAMES - 8, HEAD - 8, 11, "end", PALE, m->column_title);
    if (m->notes)
        text_at(file, right + 10, HEAD - 8, 11, "start", PALE, m->note_title);
    for (size_t r = 0; r < m->rows; r++) {
        double y = HEAD + ROW * (double)r + ROW / 2 + 4;
        fitted(file, MARGIN + NAMES - 8, y, NAMES - 8, 12, "end", INK, m->row_names[r]);
        if (m->notes)
            fitted(file, right + 10, y, NOTES - 10, 11, "start", INK, m->notes[r]);
    }
}

static void draw_legend(FILE *file, const stp_heat_map *m)
{
    const double y = HEAD + ROW * (double)m->rows + 26, step = 9;
    double x = MARGIN + NAMES;
    fitted(file, x - 8, y + 12, NAMES - 8, 11, "end", PALE, m->legend);
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
        text_at(file, x + step * (5 * i + 0.5), y + 28, 11, "middle", INK, MARKS[i]);
}

int stp_heat_map_write(FILE *file, const stp_heat_map *m)
{
    double body = NAMES + cell_width(m) * (double)m->columns + (m->notes ? NOTES : 0);
    double width = fmax(2 * MARGIN + body, 620),
           height = HEAD + ROW * (double)m->rows + FOOT;
    fprintf(
        file,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.0f %.0f' width='%.0f' "
        "height='%.0f' font-family='sans-serif' role='img'>\n<title>",
        width, height, width, height);
    stp_label_write(file, m->title, strlen(m->title));
    fprintf(file,
            "</title>\n<rect class='sheet' width='%.0f' height='%.0f' fill='#fff'/>\n",
            width, height);
    fitted(file, MARGIN, 26, width - 2 * MARGIN, 16, "start", INK, m->title);
    fitted(file, MARGIN, 46, width - 2 * MARGIN, 11, "start", PALE, m->caption);
    draw_heads(file, m);
    for (size_t r = 0; r < m->rows; r++)
        for (size_t c = 0; c < m->columns; c++)
            draw_cell(file, m, r, c);
    draw_legend(file, m);
    fputs("</svg>\n", file);
    return ferror(file) ? -1 : 0;
}
