/* The parts that pictures are made of. */
#ifndef STP_DRAW_H
#define STP_DRAW_H

#include "report/svg/label.h"

#include <stdio.h>

/* A colour on paper, and the class that stands for it in a page. */
typedef struct stp_paint {
    const char *class, *colour;
} stp_paint;
#define STP_INK ((stp_paint){"ink", "#1b2530"})
#define STP_PALE ((stp_paint){"pale", "#55606a"})

/* Begin an <svg> element with its title (any text), on a sheet. more: attributes. */
void stp_svg_open(FILE *file, double width, double height, const char *title,
                  const char *more);

/* A text. anchor: "start", "middle" or "end". */
void stp_svg_text(FILE *file, double x, double y, double size, const char *anchor,
                  stp_paint paint, const char *text);

/* A text in one line no wider than `width`, in letters of `size` or smaller. */
void stp_svg_fitted(FILE *file, double x, double y, double width, double size,
                    const char *anchor, stp_paint paint, const char *text);

/* The lines of a label, `line` pixels apart. */
void stp_svg_label(FILE *file, double x, double y, double line, const char *anchor,
                   stp_paint paint, const stp_label *label);

#endif
