/* Hardship: how prices and unemployment shift it.
 *
 * A fuel price is felt as people refuel: the felt log ratio f of the price to what people
 * are used to follows it with a time constant tau,
 *     f(t + dt) = f(t) + (ln(price / base) - f(t)) (1 - exp(-dt / tau)).
 * The hardship of those who depend on fuel is shifted by price_effect * f * D, D being the
 * share of their district that depends on it: where most do, fares and goods follow. That of
 * those out of work is shifted by unemployment_effect. (Steppe's own form: decision 004.) */
#include "nation/nation.h"

#include "base/exact.h"

void stp_hardship_step(const stp_nation *nation, stp_province *p)
{
    const steppe_scenario *s = nation->scenario;
    double target = stp_log(p->price / p->price_base);
    double lag = s->hardship.price_lag.value;
    double part = lag > 0 ? 1.0 - stp_exp(-s->time.step.value / lag) : 1.0;
    p->felt += (target - p->felt) * part;
}

double stp_hardship_shift(const stp_nation *nation, const stp_province *p, unsigned group)
{
    const steppe_scenario *s = nation->scenario;
    double shift = 0;
    if (s->hardship.enabled.value == 0)
        return 0;
    if (group & STP_FUEL)
        shift += s->hardship.price_effect.value * p->felt * p->fuel_dependence;
    if (group & STP_JOBLESS)
        shift += s->hardship.unemployment_effect.value;
    return shift;
}
