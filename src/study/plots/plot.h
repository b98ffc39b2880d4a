/* The curves of a picture, without how it is drawn. */
#ifndef STP_PLOT_H
#define STP_PLOT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum stp_mark {
    STP_MARK_LINE,   /* a line through the points */
    STP_MARK_STEPS,  /* y holds until the next x */
    STP_MARK_POINTS, /* with a bar from low to high, if given */
} stp_mark;

enum { STP_MAX_CURVES = 4, STP_PLOT_TEXT = 96 };

typedef struct stp_curve {
    char name[STP_PLOT_TEXT]; /* "" for a single curve */
    stp_mark mark;
    size_t count;
    double *x, *y;      /* y NAN: a gap */
    double *low, *high; /* ends of a bar or band around each point; both may be NULL */
} stp_curve;

/* A plot owns the numbers of its curves. */
typedef struct stp_plot {
    char title[STP_PLOT_TEXT], x_axis[STP_PLOT_TEXT], y_axis[STP_PLOT_TEXT];
    double reference; /* height of a dashed line, such as a published value; NAN: none */
    char reference_name[STP_PLOT_TEXT];
    stp_curve curves[STP_MAX_CURVES];
    size_t curve_count;
    bool by_factors; /* logarithmic x axis: all x above 0 */
} stp_plot;

/* Add a copy of a curve; low and high may both be NULL. Returns 0, or -1 when out of memory or if there are
 * STP_MAX_CURVES (plot unchanged). */
int stp_plot_add(stp_plot *plot, const char *name, stp_mark mark, size_t count,
                 const double *x, const double *y, const double *low, const double *high);

/* Free the numbers and empty the plot. */
void stp_plot_clear(stp_plot *plot);

#endif
