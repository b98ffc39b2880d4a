/* From a YAML tree to a scenario's records, by the parameter table. */
#ifndef STP_READ_H
#define STP_READ_H

#include "scenario/ids.h"
#include "scenario/node.h"
#include "scenario/parameter.h"

/* The ids and errors found so far. Reading continues after an error, without checks that depend on the broken
 * part. */
enum { STP_SOURCES = STP_SECTION_COUNT, STP_MAX_BROKEN = 64 };
typedef struct stp_findings {
    bool bad;
    bool broken[STP_SECTION_COUNT + 1];      /* sections, and sources */
    const stp_node *records[STP_MAX_BROKEN]; /* broken records */
    size_t record_count;
    stp_ids ids[STP_SECTION_COUNT]; /* of each list that was read */
} stp_findings;

typedef struct stp_reader {
    steppe_context *context;
    const stp_tree *tree;
    steppe_scenario *scenario;
    stp_findings *found;
    bool whole; /* the file itself; else a variant that is only to be run */
} stp_reader;

/* Report an error at a node, "file:line:column: ...", and return STEPPE_BAD_SCENARIO. Of a record that is
 * known to be broken no further error is reported. */
int stp_read_fail(const stp_reader *reader, const stp_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for record `index` of a list, or its key; the message begins with "event 'ID': ". */
int stp_read_fail_in(const stp_reader *reader, stp_section list, size_t index,
                     const char *key, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Continue after a reported error: STEPPE_OK for STEPPE_BAD_SCENARIO; other failures stay. */
int stp_may_continue(const stp_reader *reader, int status);

/* Mark a section (or STP_SOURCES), and a record of it (its mapping, or NULL), as broken. */
void stp_break(const stp_reader *reader, int section, const stp_node *record);
bool stp_is_broken(const stp_reader *reader, int section);

/* Read every section of the tree into the scenario, with defaults for what is absent, without resolving
 * references between records. Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_read_all(const stp_reader *reader);

#endif
