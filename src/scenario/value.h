/* One value of a scenario file: plain or annotated, checked against its parameter. */
#ifndef STP_VALUE_H
#define STP_VALUE_H

#include "scenario/read.h"

/* Read a node as the value of a parameter into its field of the record.
 * Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_value_read(const stp_reader *reader, const stp_parameter *parameter,
                   const stp_node *node, void *record);

/* Read a scalar as a number of the parameter, in its unit and within its limits. unit: of the annotation, or
 * NULL. Errors: STEPPE_BAD_SCENARIO. */
int stp_scalar_read(const stp_reader *reader, const stp_parameter *parameter,
                    const stp_node *node, const char *unit, double *value);

/* Read the kind, source or note of an annotation or a provenance entry; *known: whether the key is one of
 * them. */
int stp_provenance_read(const stp_reader *reader, const stp_node *key,
                        const stp_node *value, stp_quantity *quantity, bool *known);

/* Read a scalar as text, in place of *text. */
int stp_text_read(const stp_reader *reader, const char *what, const stp_node *node,
                  char **text);

/* Read an id: a short name of letters, digits, - and _. */
int stp_id_read(const stp_reader *reader, const char *what, const stp_node *node,
                char **text);

/* Report an unknown key, pair `index` of a mapping, with the nearest valid one; or the number that commas
 * cut in pieces. */
int stp_unknown_key(const stp_reader *reader, const stp_node *mapping, size_t index,
                    const char *where, const char *const *valid, size_t count);

/* Is pair `index` of a mapping a piece of a number written with commas, { x: 7,000 }? */
bool stp_is_split(const stp_node *mapping, size_t index);

#endif
