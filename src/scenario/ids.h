/* The ids of a list's records, by hash. */
#ifndef STP_IDS_H
#define STP_IDS_H

#include "scenario/parameter.h"

typedef struct stp_ids {
    uint32_t *slots; /* by hash of the id: index of a record, from 1; 0: free */
    size_t slot_count;
    bool nameless; /* a record has an empty id: it could not be read */
} stp_ids;

/* Make an empty table for `count` ids; false: out of memory. */
bool stp_ids_create(stp_ids *ids, size_t count);
void stp_ids_free(stp_ids *ids);

/* Add the id of record `index`. Returns the index of the first record with that id. */
size_t stp_ids_add(stp_ids *ids, const steppe_scenario *scenario, stp_section list,
                   size_t index);

/* Index of the first record of that id; SIZE_MAX if there is none. */
size_t stp_ids_find(const stp_ids *ids, const steppe_scenario *scenario, stp_section list,
                    const char *id);

#endif
