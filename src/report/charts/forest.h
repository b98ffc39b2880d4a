/* The effects of several answers, with intervals, in units of their margins. */
#ifndef STP_FOREST_H
#define STP_FOREST_H

#include "steppe.h"

#include <stdbool.h>
#include <stdio.h>

/* The colour of a verdict; they differ to the colour-blind as well. */
const char *stp_verdict_colour(steppe_answer_verdict verdict);
/* Does it say what the change does? */
bool stp_verdict_answers(steppe_answer_verdict verdict);

/* Draw `count` answers, one a line, as a picture of SVG: the band is what lies within the
 * margin. What has no interval, since all pairs differ alike, is a point. Returns 0, or -1 if the file
 * could not be written. */
int stp_forest_write(FILE *file, const steppe_answer *const *answers, size_t count);

#endif
