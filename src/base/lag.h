/* Quantities that follow others with a lag, and that fade. Times in one unit, which does not matter. */
#ifndef STP_LAG_H
#define STP_LAG_H

#include "base/exact.h"

/* How much of the way to its target a quantity with a lag goes in a time: 1 - exp(-time / lag); all of
 * it without a lag. */
static inline double stp_lag_fraction(double time, double lag)
{
    return lag > 0 ? 1.0 - stp_exp(-time / lag) : 1.0;
}

/* How much of a quantity with a half-life is left after a time: 2^(-time / half_life); nothing if that
 * is 0. */
static inline double stp_decay_factor(double time, double half_life)
{
    const double LN2 = 0x1.62e42fefa39efp-1;
    return half_life > 0 ? stp_exp(-LN2 * (time / half_life)) : 0;
}

#endif
