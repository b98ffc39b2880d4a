/* Reform: what is promised, and what is delivered.
 *
 * Promise r and delivery i, shares of a full reform, go where acts send them, in equal
 * parts per day; delivery may also follow the promise by itself, by the part 1 -
 * exp(-pace O_e) of what is missing per day, with the output O_e of the economic offices.
 * People come to count on a promise with a time constant (patience): R follows r.
 * Hardship grows by
 *     kappa_1 max(0, R - i) + kappa_2 max(0, q0 - i),
 * and legitimacy by a constant times i - q0, q0 being the status quo (Finkel and Gehlbach
 * 2020, reduced; patience is Steppe's: without it a promise would be a grievance in the
 * hour in which it is made. docs/decisions/014). */
#include "seat/seat.h"

#include "base/exact.h"

#include <math.h>

void stp_seat_reform(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    if (s->reform.enabled.value == 0)
        return;
    stp_ramp_advance(&seat->promise, &seat->promised, seat->days);
    stp_ramp_advance(&seat->delivery, &seat->delivered, seat->days);
    double missing = fmax(0, seat->promised - seat->delivered);
    double rate = s->reform.pace.value * seat->output[STP_WORK_ECONOMY];
    seat->delivered += missing * (1 - stp_exp(-rate));
    seat->counted_on += (seat->promised - seat->counted_on) *
                        stp_lag_fraction(STP_DAY_HOURS, s->reform.patience.value);
}
