/* Hardship: how prices, unemployment, relief and unmet expectations shift it.
 *
 * People feel a fuel price as they refuel: the felt log ratio f of the price to the usual
 * one follows it with a time constant tau,
 *     f(t + dt) = f(t) + (ln(price / base) - f(t)) (1 - exp(-dt / tau)).
 * The hardship of those who depend on fuel is shifted by price_effect * f * D, D being
 * the share of their district that depends on it: where most do, fares and goods follow.
 * That of those out of work is shifted by unemployment_effect; that of everyone, by
 * relief, downwards. (Steppe's own form: decision 004.) With a seat of power, relief may
 * take time to reach people, depending on the economic offices (channels.economy_lag),
 * the relief fund adds to it, and a reform that is promised and not delivered shifts
 * everyone's hardship.
 *
 * How well off a group is, A, is the opposite of the sum of these shifts. Its expectation
 * E follows A with a time constant tau_E, from E = A before the first step,
 *     E(t + dt) = E(t) + (A(t + dt) - E(t)) (1 - exp(-dt / tau_E)),
 * and hardship is shifted further by expectation_weight * max(0, E - A - tolerance): what
 * is given and taken away leaves people worse off than if it had never been given. (The
 * J-curve of Davies 1962, reduced: his expectations also rise by themselves, as people
 * extrapolate; these do not.) */
#include "nation/nation.h"

#include "base/exact.h"

/* The shift without expectations. */
static double plain_shift(const steppe_scenario *s, const stp_district_state *p,
                          unsigned group)
{
    double shift = 0;
    if (group & STP_FUEL)
        shift += s->hardship.price_effect.value * p->felt * p->fuel_dependence;
    if (group & STP_JOBLESS)
        shift += s->hardship.unemployment_effect.value;
    return shift - p->relief_reached;
}

void stp_hardship_start(const stp_nation *nation, stp_district_state *p)
{
    for (unsigned group = 0; group < STP_GROUPS; group++)
        p->expected[group] = -plain_shift(nation->scenario, p, group);
}

/* Relief and payments of the fund reach people at once, or with the lag of the economic
 * offices. */
static void relief_step(const stp_nation *nation, stp_district_state *p)
{
    const steppe_scenario *s = nation->scenario;
    double lag = s->channels.economy_lag.value;
    double given = p->relief + nation->effects.fund_relief;
    if (!nation->seat || s->channels.enabled.value == 0 || lag <= 0)
        p->relief_reached = given;
    else
        p->relief_reached += (given - p->relief_reached) *
                             (1 -
                              stp_exp(-s->time.step.value * nation->effects.pace / lag));
}

void stp_hardship_step(const stp_nation *nation, stp_district_state *p)
{
    const steppe_scenario *s = nation->scenario;
    relief_step(nation, p);
    double target = stp_log(p->price / p->price_base);
    p->felt += (target - p->felt) *
               stp_lag_fraction(s->time.step.value, s->hardship.price_lag.value);
    double part = stp_lag_fraction(s->time.step.value, s->hardship.expectation_lag.value);
    for (unsigned group = 0; group < STP_GROUPS; group++)
        p->expected[group] += (-plain_shift(s, p, group) - p->expected[group]) * part;
}

double stp_hardship_shift(const stp_nation *nation, const stp_district_state *p,
                          unsigned group)
{
    const steppe_scenario *s = nation->scenario;
    if (s->hardship.enabled.value == 0)
        return 0;
    double shift = plain_shift(s, p, group);
    double gap = p->expected[group] + shift - s->hardship.expectation_tolerance.value;
    shift = gap > 0 ? shift + s->hardship.expectation_weight.value * gap : shift;
    return shift + nation->effects.reform_hardship;
}
