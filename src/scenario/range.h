/* The parameter ranges of a scenario with their priors, which ensembles draw from. */
#ifndef STP_RANGE_H
#define STP_RANGE_H

#include "scenario/parameter.h"
#include "scenario/prior.h"

typedef struct stp_range {
    char *path; /* as --set takes it: "events.lpg-price.fuel_price" */
    const stp_parameter *parameter;
    stp_kind kind;
    double value, low, high; /* low, high: nothing outside is drawn */
    const stp_prior *prior;  /* the scenario's, as long as that lives; NULL: uniform */
    double from,
        to; /* probabilities of the prior between which is drawn; without one 0, 1 */
} stp_range;

/* Is a value drawn: has it a range, and is it no fact? */
bool stp_range_is_drawn(const stp_quantity *quantity);

/* All ranges but those of facts, in the order of the file's sections. *ranges: to be freed with stp_ranges_free. Errors:
 * STEPPE_NO_MEMORY. */
int stp_ranges_find(steppe_context *context, const steppe_scenario *scenario,
                    stp_range **ranges, size_t *count);
void stp_ranges_free(stp_range *ranges, size_t count);

/* The quantile function: the value that a draw exceeds with probability 1 - part, part in [0, 1]; whole where the
 * parameter is. Without a prior: at that part of the way from the low end to the high one. */
double stp_range_at(const stp_range *range, double part);

/* Its inverse: the part at which a value is drawn, in [0, 1]; of a whole number or a choice, the middle of its parts.
 * Values outside the range count as its ends. */
double stp_range_part(const stp_range *range, double value);

/* Narrow the range to a part (0 to 1) of its probability, around its value in the same proportion; without a
 * prior to a part of its length. */
void stp_range_narrow(stp_range *range, double part);

/* "PATH=VALUE", which the caller frees; NULL: out of memory. */
char *stp_range_setting(const stp_range *range, double value);

/* ---- all ranges at once ---- */

/* The stated correlations among ranges, as a Gaussian copula. */
typedef struct stp_copula stp_copula;

/* The copula of a scenario's correlations among these ranges (as of stp_ranges_find); parameters without a range
 * take no part. *copula: to be freed with stp_copula_free; NULL if no two ranges are correlated.
 * Errors: STEPPE_NO_MEMORY. */
int stp_copula_create(steppe_context *context, const steppe_scenario *scenario,
                      const stp_range *ranges, size_t count, stp_copula **copula);
void stp_copula_free(stp_copula *copula);

/* The values of all ranges at a point of the unit cube: independent uniform coordinates become draws from the
 * prior, with the correlations of the copula (NULL: none). point: [0, 1) for each range; values: one for each range.
 * Threads may share the copula. */
void stp_ranges_draw(const stp_range *ranges, size_t count, const stp_copula *copula,
                     const double *point, double *values);

/* Its inverse: the point of the unit cube at which these values are drawn. Coordinates are in [0, 1]. */
void stp_ranges_locate(const stp_range *ranges, size_t count, const stp_copula *copula,
                       const double *values, double *point);

#endif
