/* Horizontal bars with intervals. */
#ifndef STP_BARS_H
#define STP_BARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Numbers are 0 or more; NAN: not drawn. */
typedef struct stp_bar {
    const char *name;
    double value, low, high;
    double second, second_low, second_high; /* a thinner bar below it */
    bool pale;                              /* a dummy, or one that is not told from it */
} stp_bar;

typedef struct stp_bar_panel {
    const char *title, *axis;
    const stp_bar *bars;
    size_t count;     /* at least 1 */
    double reference; /* a dashed line; NAN: none */
} stp_bar_panel;

/* Draw panels, one below the other, as an <svg> element. names: of the bars and of the thinner ones, for the
 * legend; second NULL: there are none. Returns 0, or -1 if the file could not be written. */
int stp_bars_write(FILE *file, const char *title, const char *first, const char *second,
                   const stp_bar_panel *panels, size_t count);

#endif
