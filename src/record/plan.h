/* The facts by which the plan of an ensemble is told from others, as the table `run` of its file has them. */
#ifndef STP_PLAN_H
#define STP_PLAN_H

#include "record/ensemble.h"

enum { STP_PLAN_POPULATION = 12, STP_PLAN_FACTS, STP_PLAN_TEXT = 64 };

/* As texts; "" for one that the plan lacks, which is not kept then. */
void stp_plan_facts(const stp_plan *plan, char facts[STP_PLAN_FACTS][STP_PLAN_TEXT]);
/* Key of fact number `fact`. */
const char *stp_plan_key(int fact);
/* Is an open file of this plan? path: of the file, for messages. Errors: STEPPE_BAD_RESULTS, with what differs. */
int stp_plan_compare(steppe_context *context, const char *path, sqlite3 *db,
                     const stp_plan *plan);

#endif
