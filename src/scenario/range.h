/* The parameter ranges of a scenario, which ensembles draw from. */
#ifndef STP_RANGE_H
#define STP_RANGE_H

#include "scenario/parameter.h"

typedef struct stp_range {
    char *path; /* as --set takes it: "events.lpg-price.fuel_price" */
    const stp_parameter *parameter;
    stp_kind kind;
    double value, low, high;
} stp_range;

/* All ranges but those of facts, in the order of the file's sections. *ranges: to be freed with stp_ranges_free. Errors:
 * STEPPE_NO_MEMORY. */
int stp_ranges_find(steppe_context *context, const steppe_scenario *scenario,
                    stp_range **ranges, size_t *count);
void stp_ranges_free(stp_range *ranges, size_t count);

/* The value at a part (0 to 1) of the way from the low end to the high one; whole where the parameter is. */
double stp_range_at(const stp_range *range, double part);

/* Narrow the range to a part (0 to 1) of itself, around its value in the same proportion. */
void stp_range_narrow(stp_range *range, double part);

/* "PATH=VALUE", which the caller frees; NULL: out of memory. */
char *stp_range_setting(const stp_range *range, double value);

#endif
