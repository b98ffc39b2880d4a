/* A scenario as text and as a list of entries: what describe, results and digests use. */
#ifndef STP_WRITE_H
#define STP_WRITE_H

#include "scenario/scenario.h"

/* Fill scenario->resolved: YAML with every default, that reads back to the same text.
 * Errors: STEPPE_NO_MEMORY. */
int stp_write_resolved(steppe_context *context, steppe_scenario *scenario);

/* Fill scenario->entries. Errors: STEPPE_NO_MEMORY. */
int stp_write_entries(steppe_context *context, steppe_scenario *scenario);

#endif
