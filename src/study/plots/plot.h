/* What a picture shows, without how it is drawn: curves over two axes. */
#ifndef STP_PLOT_H
#define STP_PLOT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum stp_mark {
    STP_MARK_LINE,   /* a line through the points */
    STP_MARK_STEPS,  /* the same as steps: y holds until the next x */
    STP_MARK_POINTS, /* points, with a bar from low to high if there are any */
} stp_mark;

enum { STP_MAX_CURVES = 4, STP_PLOT_TEXT = 96 };

typedef struct stp_curve {
    char name[STP_PLOT_TEXT]; /* "" if the plot has but one */
    stp_mark mark;
    size_t count;
    double *x, *y;      /* owned by the plot; y may be NAN: a gap */
    double *low, *high; /* both NULL, or the ends of a bar or band around each point */
} stp_curve;

/* A plot owns its curves' numbers. */
typedef struct stp_plot {
    char title[STP_PLOT_TEXT], x_axis[STP_PLOT_TEXT], y_axis[STP_PLOT_TEXT];
    double
        reference; /* a dashed line at this height, such as a published value; or NAN */
    char reference_name[STP_PLOT_TEXT];
    stp_curve curves[STP_MAX_CURVES];
    size_t curve_count;
    bool by_factors; /* a logarithmic axis across: all x above 0 */
} stp_plot;

/* Add a curve of `count` points, copied; low and high may both be NULL. Returns 0, or -1 if memory
 * ran out or there are STP_MAX_CURVES already (plot unchanged). */
int stp_plot_add(stp_plot *plot, const char *name, stp_mark mark, size_t count,
                 const double *x, const double *y, const double *low, const double *high);

/* Free the numbers; the plot is empty then. */
void stp_plot_clear(stp_plot *plot);

#endif
