/* Text in a picture: how wide it is, where it is broken. */
#ifndef STP_LABEL_H
#define STP_LABEL_H

#include "report/format/escape.h"

#include <stddef.h>

enum { STP_LABEL_LINES = 2 };

/* A text broken into lines; points into the text. */
typedef struct stp_label {
    const char *lines[STP_LABEL_LINES];
    size_t lengths[STP_LABEL_LINES];  /* bytes */
    double squeezed[STP_LABEL_LINES]; /* the width a line is to be pressed into, or 0 */
    int count;                        /* of lines; 0 for an empty text */
    double size;                      /* of the letters, pixels */
    double width;                     /* of the widest line, pixels */
} stp_label;

/* How wide a text is, in pixels, in the usual sans-serif fonts; rather too wide. */
double stp_label_width(const char *text, size_t length, double size);

/* Fit a text into `width` pixels and `lines` lines: by breaking it, then by smaller
 * letters (from `size` to `smallest`), then by pressing them together. */
stp_label stp_label_fit(const char *text, double width, int lines, double size,
                        double smallest);

#endif
