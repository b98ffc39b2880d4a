/* What may be asked of a scenario. */
#ifndef STP_QUESTIONS_H
#define STP_QUESTIONS_H

#include "scenario/scenario.h"

/* In the order of the table's words of `questions.outcome`. */
typedef enum stp_question_outcome {
    STP_ASKS_CITIZEN_HOURS,
    STP_ASKS_PEAK,
    STP_ASKS_DEATHS,
    STP_ASKS_ARRESTS,
    STP_ASKS_DETAINED,
    STP_ASKS_DISTRICTS,
    STP_ASKS_UNITS,
    STP_ASKS_LEGITIMACY,
    STP_ASKS_STRENGTH,
    STP_ASKS_LOWEST_STRENGTH,
    STP_ASKS_FALL,
    STP_ASKS_DEFECTIONS,
    STP_ASKS_EXITS,
    STP_ASKS_GIVEN,
    STP_ASKS_DELIVERED,
} stp_question_outcome;

/* Why the outcome of a question cannot change in an arm (a scenario with the arm's settings), in words:
 * "there is no seat of power (seat.enabled is false)"; NULL if it can. A question is not askable if
 * it cannot in either arm. */
const char *stp_question_unaskable(const steppe_scenario *arm,
                                   const stp_question *question);

#endif
