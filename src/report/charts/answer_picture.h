/* Pictures of one answer. */
#ifndef STP_ANSWER_PICTURE_H
#define STP_ANSWER_PICTURE_H

#include "steppe.h"

#include <stdio.h>

/* The name of a verdict's colour in the page's style: "more", "less", "pale" or "ink". */
const char *stp_verdict_tone(steppe_answer_verdict verdict);

/* Both arms, their differences, the effect with its interval, and the signs over the ranges. source: what
 * is to be said of where it comes from. */
void stp_answer_draw(FILE *file, const steppe_answer_facts *facts, const char *source);

/* The effect by what may decide the answer, where that was looked at (point_count > 0). */
void stp_answer_draw_turn(FILE *file, const steppe_answer_facts *facts,
                          const char *source);

#endif
