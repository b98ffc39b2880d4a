/* From a YAML tree to a scenario's records, by the parameter table. */
#ifndef STP_READ_H
#define STP_READ_H

#include "scenario/ids.h"
#include "scenario/node.h"
#include "scenario/parameter.h"

/* What was found so far: ids, and what is wrong: reading goes on behind it, but what rests on it is not looked at. */
enum { STP_SOURCES = STP_SECTION_COUNT, STP_MAX_BROKEN = 64 };
typedef struct stp_findings {
    bool bad;
    bool broken[STP_SECTION_COUNT +
                1]; /* sections, and sources, of which something is wrong */
    const stp_node
        *records[STP_MAX_BROKEN]; /* mappings of which something is wrong ... */
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

/* Note what is wrong at a node, as "file:line:column: ...", and return STEPPE_BAD_SCENARIO. Of a record
 * that is known to be wrong nothing more is noted. */
int stp_read_fail(const stp_reader *reader, const stp_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Go on behind what is wrong and noted: STEPPE_OK for STEPPE_BAD_SCENARIO; other failures stay. */
int stp_may_continue(const stp_reader *reader, int status);

/* Something is wrong with a record (its mapping, or NULL) of a section (or STP_SOURCES). */
void stp_break(const stp_reader *reader, int section, const stp_node *record);
bool stp_is_broken(const stp_reader *reader, int section);

/* Read every section of the tree into the scenario, with defaults where the file says
 * nothing; references between records are not looked at yet. Errors: STEPPE_BAD_SCENARIO,
 * STEPPE_NO_MEMORY. */
int stp_read_all(const stp_reader *reader);

#endif
