/* What must hold between the records of a scenario, and what follows from them. */
#ifndef STP_CHECK_H
#define STP_CHECK_H

#include "scenario/read.h"

/* Resolve references, inherit, spread provenance, work out when events fall due, and check
 * that it all fits together. Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_check_all(const stp_reader *reader);

/* The last part of it for models other than the street: what must hold between their
 * parameters. Errors: STEPPE_BAD_SCENARIO. */
int stp_check_model(const stp_reader *reader);

/* The last part of all: places, dates and values of what was observed; dates lie inside the run.
 * Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_check_observed(const stp_reader *reader);

/* The seat of power: who is meant by what an office, tie or act names, and what an act needs.
 * Errors: STEPPE_BAD_SCENARIO. */
int stp_check_seat(const stp_reader *reader);

/* What is asked: windows, effects that matter, drivers. Errors: STEPPE_BAD_SCENARIO. */
int stp_check_questions(const stp_reader *reader);

/* The word of an act (STP_ACT_...). */
const char *stp_act_name(size_t act);

/* Index of the record called `id` among `count` of `size` bytes that begin with their id. what: "unit",
 * for the message at `node` if there is none. Errors: STEPPE_BAD_SCENARIO. */
int stp_find_record(const stp_reader *reader, const stp_node *node, const char *id,
                    const char *what, const void *records, size_t size, size_t count,
                    int *index);

/* Places as a record names them: neither units nor districts means everywhere. */
typedef struct stp_places {
    char *const *units, *const *districts;
    size_t unit_count, district_count;
} stp_places;

/* Which districts those are, one flag a district (the caller's to free), for record `index` of a
 * list section. Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_locate(const stp_reader *reader, stp_section section, size_t index,
               const stp_places *places, bool **where);

/* The node of record `index` of a list section, or of its key, for messages. */
const stp_node *stp_node_of(const stp_reader *reader, stp_section section, size_t index,
                            const char *key);
/* The node of a section, or of its key; of the whole file if neither is there. */
const stp_node *stp_node_in(const stp_reader *reader, stp_section section,
                            const char *key);

#endif
