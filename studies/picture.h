/* Small pictures (SVG) of samples. */
#ifndef PICTURE_H
#define PICTURE_H

#include <stdio.h>

/* The empirical distribution functions of two samples in a frame. values: sorted. */
typedef struct panel {
    const char *title, *unit;
    const double *samples[2];
    size_t counts[2];
} panel;

/* Write `rows` x `columns` panels with a legend for the two samples. heads: one a row. */
void picture_write(FILE *file, const panel *panels, int rows, int columns,
                   const char *const *heads, const char *const names[2]);

#endif
