/* The studies, each in its file claims_NAME.c: what is run, and what is made of it. */
#ifndef STP_CLAIMS_H
#define STP_CLAIMS_H

#include "study/replication/replicate.h"

void stp_epstein_plan(steppe_replication *r);
void stp_epstein_verdicts(steppe_replication *r);
void stp_netlogo_plan(steppe_replication *r);
void stp_netlogo_verdicts(steppe_replication *r);
void stp_mesa_plan(steppe_replication *r);
void stp_mesa_verdicts(steppe_replication *r);
/* Those of which all claims are numbers without chance. */
void stp_solved_plan(steppe_replication *r);
void stp_solved_verdicts(steppe_replication *r);
void stp_granovetter_plan(steppe_replication *r);
void stp_granovetter_verdicts(steppe_replication *r);
void stp_siegel_plan(steppe_replication *r);
void stp_siegel_verdicts(steppe_replication *r);
void stp_global_game_plan(steppe_replication *r);
void stp_global_game_verdicts(steppe_replication *r);
void stp_ktab_verdicts(steppe_replication *r);
void stp_appointment_plan(steppe_replication *r);
void stp_appointment_verdicts(steppe_replication *r);
void stp_contagion_plan(steppe_replication *r);
void stp_contagion_verdicts(steppe_replication *r);
void stp_mechanisms_plan(steppe_replication *r);
void stp_mechanisms_verdicts(steppe_replication *r);
void stp_seat_plan(steppe_replication *r);
void stp_seat_verdicts(steppe_replication *r);

#endif
