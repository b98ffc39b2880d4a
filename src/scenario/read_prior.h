/* The `prior` of an annotated number. */
#ifndef STP_READ_PRIOR_H
#define STP_READ_PRIOR_H

#include "scenario/prior.h"
#include "scenario/read.h"

/* Read `prior: {normal: [mean, sd]}` of a parameter into the quantity, whose range (or NAN) was read before, and set
 * its low and high to where the prior is cut off: at the range; without one at the ends of the distribution, or at
 * the quantiles 0.001 and 0.999 of what the parameter's limits leave of it. A uniform prior becomes a plain range.
 * unit: of the annotation, or NULL. Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_prior_read(const stp_reader *reader, const stp_parameter *parameter,
                   const stp_node *node, const char *unit, stp_quantity *quantity);

/* The median of what a quantity's prior leaves: the value of an annotation that states none. */
double stp_prior_median(const stp_parameter *parameter, const stp_quantity *quantity);

/* Is the value one that the prior can draw? An error at the node if not. Errors: STEPPE_BAD_SCENARIO. */
int stp_prior_check_value(const stp_reader *reader, const stp_parameter *parameter,
                          const stp_node *node, const stp_quantity *quantity);

#endif
