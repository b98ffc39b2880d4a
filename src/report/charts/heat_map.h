/* A table of shares as a picture: a colour and a number per cell. */
#ifndef STP_HEAT_MAP_H
#define STP_HEAT_MAP_H

#include <stddef.h>
#include <stdio.h>

typedef struct stp_heat_map {
    const char *title, *caption; /* caption: what a cell is */
    const char *legend;          /* what the colour is */
    const char *column_title;    /* "week" */
    size_t rows, columns;
    const char *const *row_names;
    const char *const *column_names; /* short: written upright above the columns */
    const char *const *notes;        /* one per row, to its right; or NULL ... */
    const char *note_title;          /* ... and over them */
    const double *shares;            /* 0 .. 1 [row * columns + column]; NAN: empty */
} stp_heat_map;

/* Write it as an <svg> element. Colours go from white to dark blue, even in lightness, so that
 * the colour-blind and readers of greyscale can distinguish them; cells that are wide enough hold their percentage. A page may
 * colour them by the class "heat" and the share that they have as --share, as page.css does in the dark.
 * Returns 0, or -1 if the file could not be written. */
int stp_heat_map_write(FILE *file, const stp_heat_map *map);

#endif
