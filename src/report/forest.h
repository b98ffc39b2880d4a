/* Answers beside each other: each effect, with its interval, in units of what matters. */
#ifndef STP_FOREST_H
#define STP_FOREST_H

#include "steppe.h"

#include <stdio.h>

/* The colour of a verdict; they differ to the colour-blind as well. */
const char *stp_verdict_colour(steppe_answer_verdict verdict);
/* "more", "no difference that matters" */
const char *stp_verdict_words(steppe_answer_verdict verdict);

/* Draw `count` answers, one a line, as a picture of SVG: where the interval lies within the band, no
 * difference matters. What has no interval, since no pair differs, is a point. Returns 0, or -1 if the file
 * could not be written. */
int stp_forest_write(FILE *file, const steppe_answer *const *answers, size_t count);

#endif
