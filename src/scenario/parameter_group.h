/* Groups of parameter ranges that a sensitivity analysis moves together. */
#ifndef STP_PARAMETER_GROUP_H
#define STP_PARAMETER_GROUP_H

#include "scenario/range.h"

typedef struct stp_parameter_group {
    char *name; /* its id in the file; without one "events.*.fuel_price", or a path */
    size_t *members; /* indices of ranges, ascending */
    size_t count;    /* at least 1 */
    bool stated;     /* stands in the scenario's parameter_groups */
} stp_parameter_group;

/* What becomes of the ranges that no group of the file names. */
typedef enum stp_ungrouped {
    STP_UNGROUPED_ALONE,     /* each is a group of its own, named by its path */
    STP_UNGROUPED_BY_COLUMN, /* those of a list's key are one: "events.*.fuel_price" */
    STP_UNGROUPED_LEFT_OUT,
} stp_ungrouped;

/* Divide the ranges of a scenario (as of stp_ranges_find) into groups: first the file's, in its order, without
 * members that have no range, and without groups that have no member left; then the ungrouped ranges, by their
 * first member. Each range is in at most one group.
 * *groups: to be freed with stp_parameter_groups_free. Errors: STEPPE_NO_MEMORY. */
int stp_parameter_groups_find(steppe_context *context, const steppe_scenario *scenario,
                              const stp_range *ranges, size_t range_count,
                              stp_ungrouped ungrouped, stp_parameter_group **groups,
                              size_t *count);
void stp_parameter_groups_free(stp_parameter_group *groups, size_t count);

#endif
