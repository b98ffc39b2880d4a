/* Time series drawn as SVG, with marks for the events. */
#ifndef STP_TIME_CHART_H
#define STP_TIME_CHART_H

#include "report/charts/section.h"
#include "report/format/table.h"
#include "report/svg/axis.h"

enum { STP_MAX_CHARTS = 16, STP_MAX_CHART_CURVES = 8 };

/* What the values of a chart are: sets their axis and their digits. */
typedef enum stp_values {
    STP_VALUES_COUNT,  /* whole numbers, from 0 */
    STP_VALUES_SHARE,  /* from 0 to 1 */
    STP_VALUES_PART,   /* a share, on an axis of what it reaches */
    STP_VALUES_AMOUNT, /* any number, from 0 */
} stp_values;

typedef struct stp_time_chart {
    const char *name, *title, *unit; /* name: of its files */
    const char *note;                /* how it is to be read */
    stp_values values;
    size_t count;                               /* of curves; a fan has none */
    const double *curves[STP_MAX_CHART_CURVES]; /* [step], borrowed */
    const char *labels[STP_MAX_CHART_CURVES];   /* maybe texts of the scenario */
} stp_time_chart;

/* Make a column of a table, of numbers, for values in the digits of a chart; texts are borrowed. */
steppe_column stp_time_chart_column(const stp_time_chart *chart, const char *key,
                                    const char *title, size_t offset);

/* Draw a chart as an <svg> element. what: the stp_time_chart. A stp_figure_writer. */
int stp_time_chart_draw(FILE *file, const stp_report *report, const void *what,
                        int which);

/* Begin a figure of the page, which the script makes interactive: a still picture of it follows, then
 * its caption. index: among the page's charts. */
void stp_time_chart_begin(FILE *file, const stp_time_chart *chart, size_t index);
void stp_time_chart_caption(FILE *file, const stp_report *report,
                            const stp_time_chart *chart);

/* Begin the data of a chart as JSON, in units of 1 / parts. */
void stp_time_chart_write_head(FILE *file, const stp_time_chart *chart, int parts);

/* ---- the frame of a picture over time ---- */

typedef struct stp_chart_frame {
    FILE *file;
    const stp_report *report;
    const stp_time_chart *chart;
    stp_axis y;
    double left, top, width, height;
} stp_chart_frame;

/* Begin the <svg> element of a chart whose values reach from low to high (low > high: none) with grid,
 * events and dates; end it with title and source. */
stp_chart_frame stp_chart_frame_begin(FILE *file, const stp_report *report,
                                      const stp_time_chart *chart, double low,
                                      double high);
void stp_chart_frame_end(const stp_chart_frame *frame);
/* Pixels of the end of a step (or a part of one), and of a value. */
double stp_chart_frame_x(const stp_chart_frame *frame, double step);
double stp_chart_frame_y(const stp_chart_frame *frame, double value);
/* A word of the legend; returns where the next begins. There are 22 pixels before it for a sample. */
double stp_chart_frame_word(const stp_chart_frame *frame, double x, const char *word);
/* The unit, at the right end of the legend. */
void stp_chart_frame_unit(const stp_chart_frame *frame);

#endif
