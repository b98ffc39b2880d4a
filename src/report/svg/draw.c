#include "report/svg/draw.h"

#include "report/format/html.h"

#include <string.h>

void stp_svg_open(FILE *file, double width, double height, const char *title,
                  const char *more)
{
    fprintf(file,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.0f %.0f' "
            "width='%.0f' height='%.0f' "
            "font-family='system-ui,Helvetica,Arial,sans-serif' font-size='12' "
            "fill='#1b2530' role='img' %s>\n<title>",
            width, height, width, height, more);
    stp_html_write(
        file,
        "{}</title>\n<rect class='sheet' width='100%' height='100%' fill='#fff'/>\n",
        title);
}

/* The beginning of a text element. squeezed: the width that it must not exceed, or 0. */
static void begin_text(FILE *file, double x, double y, double size, const char *anchor,
                       stp_paint paint, double squeezed)
{
    fprintf(file,
            "<text class='%s' x='%.1f' y='%.1f' font-size='%.1f' text-anchor='%s' "
            "fill='%s'",
            paint.class, x, y, size, anchor, paint.colour);
    if (squeezed > 0)
        fprintf(file, " textLength='%.1f' lengthAdjust='spacingAndGlyphs'", squeezed);
    putc('>', file);
}

static void end_text(FILE *file, const char *text, size_t length)
{
    stp_label_write(file, text, length);
    fputs("</text>\n", file);
}

void stp_svg_text(FILE *file, double x, double y, double size, const char *anchor,
                  stp_paint paint, const char *text)
{
    begin_text(file, x, y, size, anchor, paint, 0);
    end_text(file, text, strlen(text));
}

void stp_svg_label(FILE *file, double x, double y, double line, const char *anchor,
                   stp_paint paint, const stp_label *label)
{
    for (int i = 0; i < label->count; i++) {
        begin_text(file, x, y + line * i, label->size, anchor, paint, label->squeezed[i]);
        end_text(file, label->lines[i], label->lengths[i]);
    }
}

void stp_svg_fitted(FILE *file, double x, double y, double width, double size,
                    const char *anchor, stp_paint paint, const char *text)
{
    stp_label label = stp_label_fit(text, width, 1, size, 8);
    stp_svg_label(file, x, y, 0, anchor, paint, &label);
}
