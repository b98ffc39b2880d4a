/* Points with names in a plane: the size of effects against their spread. */
#ifndef STP_EFFECTS_H
#define STP_EFFECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* x, y: 0 or more; NAN: not drawn. */
typedef struct stp_effect {
    const char *name;
    double x, y;
    bool pale;
    bool named; /* its name is written, not only shown under a pointer */
} stp_effect;

typedef struct stp_effect_panel {
    const char *title, *x_axis, *y_axis;
    const stp_effect *effects;
    size_t count;
} stp_effect_panel;

/* Draw panels, one below the other, as an <svg> element; a dashed line shows where y is x. Returns 0, or -1 if the
 * file could not be written. */
int stp_effects_write(FILE *file, const char *title, const stp_effect_panel *panels,
                      size_t count);

#endif
