/* Checks between the records of a scenario, and values derived from them. */
#ifndef STP_CHECK_H
#define STP_CHECK_H

#include "scenario/read.h"

/* Resolve references, inherit, spread provenance, compute the steps of events, and check the whole.
 * Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_check_all(const stp_reader *reader);

/* Its part for models without a lattice. Errors: STEPPE_BAD_SCENARIO. */
int stp_check_model(const stp_reader *reader);

/* Districts, dates and values of observations; dates lie inside the run.
 * Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_check_observed(const stp_reader *reader);

/* The seat of power: references of offices, ties and acts, and the keys that an act needs.
 * Errors: STEPPE_BAD_SCENARIO. */
int stp_check_seat(const stp_reader *reader);

/* Claims and questions: sources, windows, smallest effects of interest, drivers. Errors: STEPPE_BAD_SCENARIO. */
int stp_check_questions(const stp_reader *reader);

/* Correlations and parameter groups. Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_check_priors(const stp_reader *reader);

/* The word of an act (STP_ACT_...). */
const char *stp_act_name(size_t act);

/* Find the record of the list `to` whose id a key of a section has (of a list: of its record `index`).
 * *found: its index, or -1 without an id. Errors: STEPPE_BAD_SCENARIO if there is no such record. */
int stp_refer(const stp_reader *reader, stp_section section, size_t index,
              const char *key, const char *id, stp_section to, int *found);

/* Find a source by its id; *found: its index. Errors: STEPPE_BAD_SCENARIO. */
int stp_find_source(const stp_reader *reader, const stp_node *node, const char *id,
                    int *found);

/* The same for the key `source` of a list's record; -1 without an id. */
int stp_refer_source(const stp_reader *reader, stp_section section, size_t index,
                     const char *id, int *found);

/* A time of an observation or question, given as a date or an hour, in hours since the start.
 * key: "at", "from" or "to". *given: whether it is there; *hours is unchanged if not.
 * Errors: STEPPE_BAD_SCENARIO. */
int stp_moment(const stp_reader *reader, stp_section section, size_t index,
               const char *key, const stp_quantity *date, const stp_quantity *hour,
               bool *given, double *hours);

/* The units and districts of a record; neither: everywhere. */
typedef struct stp_places {
    char *const *units, *const *districts;
    size_t unit_count, district_count;
} stp_places;

/* Which districts those are, one flag per district (the caller frees), for record `index` of a list.
 * Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_locate(const stp_reader *reader, stp_section section, size_t index,
               const stp_places *places, bool **where);

/* The node of record `index` of a list, or of its key, for messages; of a section as stp_node_in. */
const stp_node *stp_node_of(const stp_reader *reader, stp_section section, size_t index,
                            const char *key);
/* The node of a section, or of its key; of the whole file if neither is there. */
const stp_node *stp_node_in(const stp_reader *reader, stp_section section,
                            const char *key);

#endif
