/* Components of variance: units, each with a few observations, by one-way analysis of variance (Searle, Casella and
 * McCulloch 1992). */
#ifndef STP_COMPONENTS_H
#define STP_COMPONENTS_H

#include <stddef.h>

typedef struct stp_components {
    double between; /* variance of the units' true means, at least 0 */
    double within;  /* variance of an observation around its unit's */
} stp_components;

/* Of n units with means[n] of counts[n] observations each (at least 1); squares: the sum of the squares of all
 * observations. */
stp_components stp_components_of(const double *means, const size_t *counts, size_t n,
                                 double squares);

/* The share of the variance of means of `count` observations that is between units; 1 if there is none. Its square root is
 * the factor by which means are moved towards the mean of all so that their variance is that of the true means (Louis
 * 1984). */
double stp_components_reliability(const stp_components *components, size_t count);

#endif
