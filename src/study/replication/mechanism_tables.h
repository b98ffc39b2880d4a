/* What the study `mechanisms` runs and claims, as tables. */
#ifndef STP_MECHANISM_TABLES_H
#define STP_MECHANISM_TABLES_H

#include "study/replication/sign_claims.h"

/* Officers from elsewhere, on their way to the first of eight towns. */
extern const stp_stage STP_MARCH;

extern const stp_directions STP_MECHANISMS;

/* Sources that rows name more than once. */
#define STP_BY_OWN "Steppe model"
#define STP_BY_REPRESSION "Steinert-Threlkeld, Chan and Joo"
#define STP_BY_LEMOS "Lemos, Lopes and Coelho 2016"

#endif
