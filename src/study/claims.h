/* The studies, each in its file claims_NAME.c: what is run, and what is made of it. */
#ifndef STP_CLAIMS_H
#define STP_CLAIMS_H

#include "study/replicate.h"

void stp_epstein_plan(steppe_replication *r);
void stp_epstein_judge(steppe_replication *r);
void stp_netlogo_plan(steppe_replication *r);
void stp_netlogo_judge(steppe_replication *r);
void stp_mesa_plan(steppe_replication *r);
void stp_mesa_judge(steppe_replication *r);

#endif
