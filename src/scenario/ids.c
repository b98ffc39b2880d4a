#include "scenario/ids.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

bool stp_ids_create(stp_ids *ids, size_t count)
{
    size_t slots = 4;
    while (slots < 2 * count)
        slots *= 2;
    *ids = (stp_ids){.slots = calloc(slots, sizeof *ids->slots), .slot_count = slots};
    return ids->slots != NULL;
}

void stp_ids_free(stp_ids *ids)
{
    free(ids->slots);
    *ids = (stp_ids){0};
}

/* The slot that holds an id, or the free one where it belongs. */
static uint32_t *slot_of(const stp_ids *ids, const steppe_scenario *s, stp_section list,
                         const char *id)
{
    size_t at = (size_t)XXH64(id, strlen(id), 0) & (ids->slot_count - 1);
    while (ids->slots[at] > 0 &&
           strcmp(stp_list_id(s, list, ids->slots[at] - 1), id) != 0)
        at = (at + 1) & (ids->slot_count - 1);
    return &ids->slots[at];
}

size_t stp_ids_add(stp_ids *ids, const steppe_scenario *s, stp_section list, size_t index)
{
    const char *id = stp_list_id(s, list, index);
    if (!*id) {
        ids->nameless = true;
        return index;
    }
    uint32_t *slot = slot_of(ids, s, list, id);
    if (*slot == 0)
        *slot = (uint32_t)index + 1;
    return *slot - 1;
}

size_t stp_ids_find(const stp_ids *ids, const steppe_scenario *s, stp_section list,
                    const char *id)
{
    uint32_t found = ids->slot_count > 0 ? *slot_of(ids, s, list, id) : 0;
    return found > 0 ? found - 1 : SIZE_MAX;
}
