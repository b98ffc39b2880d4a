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

/* Claims, and what is asked: sources, windows, effects that matter, drivers. Errors: STEPPE_BAD_SCENARIO. */
int stp_check_questions(const stp_reader *reader);

/* The word of an act (STP_ACT_...). */
const char *stp_act_name(size_t act);

/* Find the record of the list `to` that a key of a section names (record `index`, of a list); *found: its
 * index, or -1 if there is no id. Errors: STEPPE_BAD_SCENARIO where no record is called so. */
int stp_refer(const stp_reader *reader, stp_section section, size_t index,
              const char *key, const char *id, stp_section to, int *found);

/* The same for the source that a record of a list names by its key `source`. */
int stp_refer_source(const stp_reader *reader, stp_section section, size_t index,
                     const char *id, int *found);

/* A time that a record of a list (what was observed, questions) gives as a date or an hour, in hours since the
 * start. key: "at", "from" or "to". *given: whether it is there; *hours is left alone if it is not.
 * Errors: STEPPE_BAD_SCENARIO. */
int stp_moment(const stp_reader *reader, stp_section section, size_t index,
               const char *key, const stp_quantity *date, const stp_quantity *hour,
               bool *given, double *hours);

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
