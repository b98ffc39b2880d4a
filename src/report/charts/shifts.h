/* Intervals side by side: what was thought before, and what is thought after, on one scale. */
#ifndef STP_SHIFTS_H
#define STP_SHIFTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Numbers that are NAN are not drawn. */
typedef struct stp_shift {
    const char *name;
    double before_low, before, before_high; /* a pale bar with a mark at its middle */
    double low, middle, high;               /* a bar with a point */
    bool faint;                             /* the bar in a lighter colour */
} stp_shift;

typedef struct stp_shifts {
    const char *title, *axis;
    const char *before, *after,
        *faint; /* names of the bars, for the legend; faint NULL: none is */
    const stp_shift *shifts;
    size_t count;     /* at least 1 */
    double low, high; /* of the axis: what lies beyond is drawn at its ends */
    double reference; /* a dashed line; NAN: none */
} stp_shifts;

/* Draw them as an <svg> element. Returns 0, or -1 if the file could not be written. */
int stp_shifts_write(FILE *file, const stp_shifts *shifts);

#endif
