/* References by id: to a record of a list, to a source, to districts. */
#include "scenario/check.h"

#include <stdlib.h>
#include <string.h>

const stp_node *stp_node_of(const stp_reader *r, stp_section section, size_t index,
                            const char *key)
{
    if (section < STP_UNITS)
        return stp_node_in(r, section, key);
    const stp_node *list = stp_node_get(r->tree->root, STP_SECTIONS[section].name);
    const stp_node *item = list->items[index];
    const stp_node *value = key ? stp_node_get(item, key) : NULL;
    return value ? value : item;
}

const stp_node *stp_node_in(const stp_reader *r, stp_section section, const char *key)
{
    const stp_node *mapping = stp_node_get(r->tree->root, STP_SECTIONS[section].name);
    const stp_node *value = stp_node_get(mapping, key);
    return value ? value : mapping ? mapping : r->tree->root;
}

static int fail_record(const stp_reader *r, const stp_node *node, const char *id,
                       const char *what, const void *records, size_t size, size_t count)
{
    enum { MAX_NEAR = 1024 };
    const char *ids[MAX_NEAR];
    size_t known = count < MAX_NEAR ? count : MAX_NEAR;
    for (size_t i = 0; i < known; i++)
        ids[i] = *(char *const *)(const void *)((const char *)records + i * size);
    const char *nearest = stp_nearest(id, ids, known);
    return stp_read_fail(r, node, "no %s is called '%s'%s%s%s", what, id,
                         nearest ? "; did you mean '" : "", nearest ? nearest : "",
                         nearest ? "'?" : "");
}

int stp_refer(const stp_reader *r, stp_section section, size_t index, const char *key,
              const char *id, stp_section to, int *found)
{
    *found = -1;
    if (!id)
        return STEPPE_OK;
    const stp_ids *ids = &r->found->ids[to];
    size_t count = stp_list_count(r->scenario, to),
           index_of = stp_ids_find(ids, r->scenario, to, id);
    if (index_of != SIZE_MAX) {
        *found = (int)index_of;
        return STEPPE_OK;
    }
    if (ids->nameless || (stp_is_broken(r, to) && count == 0))
        return STEPPE_BAD_SCENARIO; /* it may be the broken one */
    return fail_record(r, stp_node_of(r, section, index, key), id,
                       STP_SECTIONS[to].record, stp_list_record(r->scenario, to, 0),
                       STP_SECTIONS[to].size, count);
}

int stp_find_source(const stp_reader *r, const stp_node *node, const char *id, int *found)
{
    const steppe_scenario *s = r->scenario;
    bool unread = stp_is_broken(r, STP_SOURCES) && s->source_count == 0;
    for (size_t i = 0; i < s->source_count; i++) {
        unread |= *s->sources[i].id == '\0';
        if (strcmp(s->sources[i].id, id) == 0) {
            *found = (int)i;
            return STEPPE_OK;
        }
    }
    return unread ? STEPPE_BAD_SCENARIO
                  : fail_record(r, node, id, "source", s->sources, sizeof *s->sources,
                                s->source_count);
}

int stp_refer_source(const stp_reader *r, stp_section section, size_t index,
                     const char *id, int *found)
{
    *found = -1;
    return id ? stp_find_source(r, stp_node_of(r, section, index, "source"), id, found)
              : STEPPE_OK;
}

int stp_locate(const stp_reader *r, stp_section section, size_t index,
               const stp_places *places, bool **where)
{
    const steppe_scenario *s = r->scenario;
    bool everywhere = places->unit_count == 0 && places->district_count == 0;
    *where = calloc(s->district_count + 1, sizeof **where);
    if (!*where)
        return stp_no_memory(r->context);
    for (size_t i = 0; i < s->district_count; i++)
        (*where)[i] = everywhere;
    int found = -1, status = STEPPE_OK;
    bool *units = calloc(s->unit_count + 1, sizeof *units);
    if (!units)
        return stp_no_memory(r->context);
    for (size_t k = 0; k < places->unit_count && status == STEPPE_OK; k++) {
        status = stp_may_continue(r, stp_refer(r, section, index, "units",
                                               places->units[k], STP_UNITS, &found));
        if (found >= 0)
            units[found] = true;
    }
    for (size_t i = 0; i < s->district_count; i++)
        (*where)[i] |= s->districts[i].unit >= 0 && units[s->districts[i].unit];
    free(units);
    for (size_t k = 0; k < places->district_count && status == STEPPE_OK; k++) {
        status = stp_may_continue(r,
                                  stp_refer(r, section, index, "districts",
                                            places->districts[k], STP_DISTRICTS, &found));
        if (found >= 0)
            (*where)[found] = true;
    }
    return status;
}
