/* Which outcomes questions may have. */
#ifndef STP_QUESTIONS_H
#define STP_QUESTIONS_H

#include "scenario/outcome.h"
#include "scenario/scenario.h"

/* Why the outcome of a question cannot change in an arm (a scenario with the arm's settings), in words:
 * "there is no seat of power (seat.enabled is false)"; NULL if it can. A question is not askable if
 * it cannot in either arm. */
const char *stp_question_unaskable(const steppe_scenario *arm,
                                   const stp_question *question);

#endif
