/* Plots drawn as SVG. */
#ifndef STP_CHART_H
#define STP_CHART_H

#include "study/plots/plot.h"

#include <stddef.h>
#include <stdio.h>

/* Write `count` plots (1 or more), `columns` (1 or more) per row, as an
 * <svg> element: a file of its own, or a part of a page of HTML. What is no finite
 * number up to 1e300 is a gap. Returns 0, or -1 if the file could not be written. */
int stp_chart_write(FILE *file, const stp_plot *plots, size_t count, size_t columns);

#endif
