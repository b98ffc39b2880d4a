/* A scenario as text and as a list of entries, for describe, results and digests. */
#ifndef STP_WRITE_H
#define STP_WRITE_H

#include "scenario/read.h"

/* Fill the scenario's resolved text (YAML with every default, that reads back to the same text) and its
 * digests. Errors: STEPPE_NO_MEMORY. */
int stp_write_resolved(steppe_context *context, steppe_scenario *scenario);

/* A digest of the values alone, without titles, kinds, sources and notes: scenarios with the same one run the
 * same. Errors: STEPPE_NO_MEMORY. */
int stp_write_values(steppe_context *context, const steppe_scenario *scenario,
                     uint64_t *digest);

/* Fill scenario->entries. Errors: STEPPE_NO_MEMORY. */
int stp_write_entries(steppe_context *context, steppe_scenario *scenario);

/* Add a text in quotes, as YAML reads it back. */
void stp_quote_yaml(stp_text *out, const char *text);

/* The range of a quantity, "0.05 .. 0.4"; ends that follow from a prior to four digits; "" without one. */
const char *stp_range_text(const stp_parameter *parameter, const stp_quantity *quantity,
                           char *buffer, size_t size);

#endif
