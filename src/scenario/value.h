/* One value of a scenario file: plain or annotated, checked against its parameter. */
#ifndef STP_VALUE_H
#define STP_VALUE_H

#include "scenario/read.h"

/* Read a node as the value of a parameter into its place in the record; what stood there is
 * replaced. Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_value_read(const stp_reader *reader, const stp_parameter *parameter,
                   const stp_node *node, void *record);

/* Read kind, source and note of an annotation or a provenance entry, when the key is one of
 * them; *known tells. */
int stp_provenance_read(const stp_reader *reader, const stp_node *key,
                        const stp_node *value, stp_quantity *quantity, bool *known);

/* A node as text (a scalar); NULL with an error noted if it is something else. */
int stp_text_read(const stp_reader *reader, const char *what, const stp_node *node,
                  char **text);

/* A node as an id: a short name of letters, digits, - and _. */
int stp_id_read(const stp_reader *reader, const char *what, const stp_node *node,
                char **text);

/* Unknown key, pair `index` of a mapping: names it and the nearest of the valid ones; or the number that
 * was cut in pieces by its commas. */
int stp_unknown_key(const stp_reader *reader, const stp_node *mapping, size_t index,
                    const char *where, const char *const *valid, size_t count);

/* Is pair `index` of a mapping a piece of a number that was written with commas, { x: 7,000 }? */
bool stp_is_split(const stp_node *mapping, size_t index);

#endif
