#include "scenario/parameter_group.h"

#include "scenario/path.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct maker {
    const steppe_scenario *scenario;
    const stp_range *ranges;
    size_t range_count;
    bool *taken; /* one per range */
    stp_parameter_group *groups;
    size_t count;
} maker;

static bool in_group(const stp_group_spec *spec, const stp_range *range)
{
    for (size_t i = 0; i < spec->parameter_count; i++)
        if (stp_path_matches(spec->parameters[i], range->path))
            return true;
    return false;
}

/* "events.*.fuel_price" for a list's range, else its path. */
static const char *column_of(const stp_range *range, char *buffer, size_t size)
{
    const stp_parameter *p = range->parameter;
    if (p->section < STP_UNITS)
        snprintf(buffer, size, "%s", range->path);
    else
        snprintf(buffer, size, "%s.*.%s", STP_SECTIONS[p->section].name, p->name);
    return buffer;
}

/* Is a range, not taken yet, in the group of a spec, or else of a pattern? */
static bool belongs(const maker *m, size_t range, const stp_group_spec *spec,
                    const char *pattern)
{
    const stp_range *r = &m->ranges[range];
    return !m->taken[range] &&
           (spec ? in_group(spec, r) : stp_path_matches(pattern, r->path));
}

/* Add a group of the ranges from `first` to before `end` that belong to it; nothing if there is none. */
static bool add(maker *m, const char *name, const stp_group_spec *spec,
                const char *pattern, size_t first, size_t end)
{
    size_t count = 0, filled = 0;
    for (size_t k = first; k < end; k++)
        count += belongs(m, k, spec, pattern);
    if (count == 0)
        return true;
    stp_parameter_group *group = &m->groups[m->count++];
    *group = (stp_parameter_group){stp_copy(name), calloc(count, sizeof *group->members),
                                   count, spec != NULL};
    if (!group->name || !group->members)
        return false;
    for (size_t k = first; k < end; k++)
        if (belongs(m, k, spec, pattern)) {
            group->members[filled++] = k;
            m->taken[k] = true;
        }
    return true;
}

static bool add_all(maker *m, stp_ungrouped ungrouped)
{
    const steppe_scenario *s = m->scenario;
    char column[200];
    for (size_t i = 0; i < s->group_count; i++)
        if (!add(m, s->groups[i].id, &s->groups[i], NULL, 0, m->range_count))
            return false;
    for (size_t k = 0; k < m->range_count && ungrouped != STP_UNGROUPED_LEFT_OUT; k++) {
        const stp_range *range = &m->ranges[k];
        bool alone = ungrouped == STP_UNGROUPED_ALONE;
        const char *name = alone ? range->path : column_of(range, column, sizeof column);
        if (!m->taken[k] && !add(m, name, NULL, name, k, alone ? k + 1 : m->range_count))
            return false;
    }
    return true;
}

int stp_parameter_groups_find(steppe_context *context, const steppe_scenario *scenario,
                              const stp_range *ranges, size_t range_count,
                              stp_ungrouped ungrouped, stp_parameter_group **groups,
                              size_t *count)
{
    maker m = {scenario, ranges, range_count,
               .taken = calloc(range_count + 1, sizeof *m.taken),
               .groups = calloc(range_count + 1, sizeof *m.groups)};
    bool done = m.taken && m.groups && add_all(&m, ungrouped);
    free(m.taken);
    *groups = m.groups;
    *count = m.count;
    if (done)
        return STEPPE_OK;
    stp_parameter_groups_free(m.groups, m.count);
    *groups = NULL;
    *count = 0;
    return stp_no_memory(context);
}

void stp_parameter_groups_free(stp_parameter_group *groups, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(groups[i].name);
        free(groups[i].members);
    }
    free(groups);
}

int steppe_scenario_parameter_set(const steppe_scenario *s, size_t index,
                                  steppe_parameter_set *set)
{
    if (index < s->correlation_count) {
        const stp_correlation *c = &s->correlations[index];
        *set = (steppe_parameter_set){STP_SECTIONS[STP_CORRELATIONS].name,
                                      c->id,
                                      "",
                                      (const char *const *)c->parameters,
                                      c->parameter_count,
                                      c->correlation.value};
        return STEPPE_OK;
    }
    index -= s->correlation_count;
    if (index >= s->group_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_group_spec *g = &s->groups[index];
    *set = (steppe_parameter_set){STP_SECTIONS[STP_PARAMETER_GROUPS].name,
                                  g->id,
                                  g->title ? g->title : "",
                                  (const char *const *)g->parameters,
                                  g->parameter_count,
                                  NAN};
    return STEPPE_OK;
}
