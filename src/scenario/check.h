/* What must hold between the records of a scenario, and what follows from them. */
#ifndef STP_CHECK_H
#define STP_CHECK_H

#include "scenario/read.h"

/* Resolve references, inherit, spread provenance, work out when events fall due, and check
 * that it all fits together. Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_check_all(const stp_reader *reader);

#endif
