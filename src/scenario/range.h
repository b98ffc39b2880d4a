/* The ranges of what is not known in a scenario: the space that ensembles draw from. */
#ifndef STP_RANGE_H
#define STP_RANGE_H

#include "scenario/parameter.h"

typedef struct stp_range {
    char *path; /* as --set takes it: "events.lpg-price.fuel_price" */
    const stp_parameter *parameter;
    stp_kind kind;
    double value, low, high;
} stp_range;

/* All ranges of assumptions, of claims and of values without a stated kind, in the order of the file's
 * sections; facts are not varied. *ranges: to be freed with stp_ranges_free. Errors:
 * STEPPE_NO_MEMORY. */
int stp_ranges_find(steppe_context *context, const steppe_scenario *scenario,
                    stp_range **ranges, size_t *count);
void stp_ranges_free(stp_range *ranges, size_t count);

/* The value at a part (0 to 1) of the way from the low end to the high one; whole where the parameter is. */
double stp_range_at(const stp_range *range, double part);

/* Leave only a part (0 to 1) of the range, which lies around the value that is used as the whole does. */
void stp_range_narrow(stp_range *range, double part);

/* "PATH=VALUE", the caller's to free; NULL when memory ran out. */
char *stp_range_setting(const stp_range *range, double value);

#endif
