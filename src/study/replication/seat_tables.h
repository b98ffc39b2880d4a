/* What the study `seat` runs and claims, as tables. */
#ifndef STP_SEAT_TABLES_H
#define STP_SEAT_TABLES_H

#include "study/replication/sign_claims.h"

extern const stp_directions STP_SEAT_DIRECTIONS;

#define STP_SEAT_OWN "Steppe model"

#endif
