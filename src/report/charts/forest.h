/* The effects of several answers, with intervals, in units of their margins. */
#ifndef STP_FOREST_H
#define STP_FOREST_H

#include "steppe.h"

#include <stdbool.h>
#include <stdio.h>

/* The colour of a verdict; they differ to the colour-blind as well. */
const char *stp_verdict_colour(steppe_answer_verdict verdict);
/* Is it an answer, unlike "undecided"? */
bool stp_verdict_answers(steppe_answer_verdict verdict);

/* Draw `count` answers as an <svg> element, one per line; the band is the margin. An answer without an
 * interval, since all pairs differ alike, is a point. Returns 0, or -1 if the file
 * could not be written. */
int stp_forest_write(FILE *file, const steppe_answer *const *answers, size_t count);

#endif
