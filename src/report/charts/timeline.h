/* time series over time drawn as SVG, with a mark for each event. */
#ifndef STP_TIMELINE_H
#define STP_TIMELINE_H

#include "report/svg/axis.h"
#include "report/load/report.h"

/* The frame of a picture over time. */
typedef struct stp_frame {
    FILE *file;
    const stp_report *report;
    const stp_figure *figure;
    stp_axis y;
    double left, top, width, height; /* of the frame */
} stp_frame;

/* Begin the <svg> element of a figure whose values reach from low to high (low > high: none): grid, events
 * and dates. Then the curves; and in the end what it is and whence. */
stp_frame stp_frame_begin(FILE *file, const stp_report *report, const stp_figure *figure,
                          double low, double high);
void stp_frame_end(const stp_frame *frame);
/* Where the end of a step (or a part of one) and a value are. */
double stp_frame_x(const stp_frame *frame, double step);
double stp_frame_y(const stp_frame *frame, double value);
/* A word of the legend; returns where the next begins. There are 22 pixels before it for a sample. */
double stp_frame_word(const stp_frame *frame, double x, const char *word);
/* The unit, at the right end of the legend. */
void stp_frame_unit(const stp_frame *frame);

/* Draw the time series of a figure as an <svg> element. */
void stp_timeline_write(FILE *file, const stp_report *report, const stp_figure *figure);

#endif
