/* From a YAML tree to a scenario's records, by the parameter table. */
#ifndef STP_READ_H
#define STP_READ_H

#include "scenario/node.h"
#include "scenario/parameter.h"

typedef struct stp_reader {
    steppe_context *context;
    const stp_tree *tree;
    steppe_scenario *scenario;
} stp_reader;

/* Fail at a node: the message is "file:line:column: ...". */
int stp_read_fail(const stp_reader *reader, const stp_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Read every section of the tree into the scenario, with defaults where the file says
 * nothing; references between records are not looked at yet. Errors: STEPPE_BAD_SCENARIO,
 * STEPPE_NO_MEMORY. */
int stp_read_all(const stp_reader *reader);

#endif
