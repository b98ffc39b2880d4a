/* Quantities that follow others with a lag, or that fade. Both times in the same unit. */
#ifndef STP_LAG_H
#define STP_LAG_H

#include "base/exact.h"

/* The fraction of the gap to its target that a quantity closes in a time: 1 - exp(-time /
 * lag); 1 without a lag. */
static inline double stp_lag_fraction(double time, double lag)
{
    return lag > 0 ? 1.0 - stp_exp(-time / lag) : 1.0;
}

/* The factor by which a quantity decays in a time: 2^(-time / half_life); 0 for a
 * half-life of 0. */
static inline double stp_decay_factor(double time, double half_life)
{
    const double LN2 = 0x1.62e42fefa39efp-1;
    return half_life > 0 ? stp_exp(-LN2 * (time / half_life)) : 0;
}

#endif
