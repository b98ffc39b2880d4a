/* The facts of the table `run` that identify the plan of an ensemble. */
#ifndef STP_PLAN_H
#define STP_PLAN_H

#include "record/ensemble.h"

enum { STP_PLAN_POPULATION = 12, STP_PLAN_DESIGN, STP_PLAN_FACTS, STP_PLAN_TEXT = 64 };

/* As texts; "" for one that the plan lacks and that is not stored. */
void stp_plan_facts(const stp_plan *plan, char facts[STP_PLAN_FACTS][STP_PLAN_TEXT]);
const char *stp_plan_key(int fact);
/* Check that an open file is of this plan. path: for messages. Errors: STEPPE_BAD_RESULTS, with what differs. */
int stp_plan_compare(steppe_context *context, const char *path, sqlite3 *db,
                     const stp_plan *plan);

#endif
