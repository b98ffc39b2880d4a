#include "study/plots/plot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int stp_plot_add(stp_plot *plot, const char *name, stp_mark mark, size_t count,
                 const double *x, const double *y, const double *low, const double *high)
{
    size_t size = count * sizeof *x;
    /* one block for all: x owns it */
    double *block = plot->curve_count < STP_MAX_CURVES ? malloc(4 * size + 1) : NULL;
    if (!block)
        return -1;
    stp_curve *c = &plot->curves[plot->curve_count++];
    *c = (stp_curve){.mark = mark, .count = count, .x = block, .y = block + count};
    snprintf(c->name, sizeof c->name, "%s", name);
    memcpy(c->x, x, size);
    memcpy(c->y, y, size);
    if (low && high) {
        c->low = block + 2 * count;
        c->high = block + 3 * count;
        memcpy(c->low, low, size);
        memcpy(c->high, high, size);
    }
    return 0;
}

void stp_plot_clear(stp_plot *plot)
{
    for (size_t i = 0; i < plot->curve_count; i++)
        free(plot->curves[i].x);
    *plot = (stp_plot){0};
}
