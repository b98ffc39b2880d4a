/* The data of an SVG path, with no more points than can be seen. */
#ifndef STP_PATH_H
#define STP_PATH_H

#include <stdbool.h>
#include <stdio.h>

/* Tenths of a pixel. */
typedef struct stp_spot {
    long x, y;
} stp_spot;

/* Start from {.file = file}. */
typedef struct stp_path {
    FILE *file;
    bool lined;   /* a line was written since the last move */
    bool down;    /* `at` was written */
    bool ahead;   /* `next` has to be written unless it lies on the way */
    char command; /* the last one written */
    stp_spot at, next;
    int seen; /* points of the pixel column so far */
    stp_spot first, top, bottom, last;
    bool top_first;
} stp_path;

/* Go on to a point. Of the points in a column of pixels the first, the last, the
 * topmost and the lowest are written, less those in the middle of a straight line. */
void stp_path_to(stp_path *path, stp_spot spot);

/* End the line: the next point begins another. */
void stp_path_lift(stp_path *path);

/* End the line where it began. */
void stp_path_close(stp_path *path);

/* Write tenths as pixels: "-1.5". */
void stp_tenths_write(FILE *file, long tenths);

#endif
