/* Legitimacy that responds: unrest and harm lower it, and it recovers with time.
 *
 * In district k, with L0 the legitimacy that the scenario or an event sets,
 *     L = L0 (w_l legality + w_j justification + w_s support)
 *         / (w_l + w_j justification + w_s),
 * weights 1/4, 1/4 and 1/2: it is L0 as long as nothing has happened, and never above.
 *
 * Legality is the share of the district's citizens who are not active. Justification,
 * what the regime is granted whatever happens, is a constant that only dampens. Support
 * is 1 less the loss D. With h the harm of the last step per citizen,
 *     h_j = (arrest_weight arrests + wound_weight wounded + death_weight killed)
 *           / citizens,
 * people in k see their own and, by the kernel W of news and as far as media reach them,
 * m_k,
 *     s_k = own_weight h_k + news_weight m_k sum_(j != k) W_kj h_j,
 * and the loss fades with a half-life tau while new harm adds to it:
 *     D(t + dt) = 1 - (1 - D(t) 2^(-dt / tau)) exp(-s).
 *
 * Source: Lemos, Lopes and Coelho (Int. J. Intelligent Systems 31, 2016), who take
 * legality, justification and acts of consent at these weights, and let the loss of
 * support fade exponentially. A reduction, of which Steppe's own are: justification as a
 * constant; support that falls with what officers do and not with who is active or in
 * jail; the exponential form, in which harm adds up and support stays in (0, 1]; news by
 * distance; the norm, so that a scenario's legitimacy keeps its meaning.
 *
 * A seat of power adds its image and the effect of its reforms; where there are orders to
 * shoot, the blame of foreign powers is subtracted. */
#include "nation/nation.h"

#include "base/exact.h"

#include <stddef.h>

double stp_legitimacy_harm(const steppe_scenario *s, const steppe_counts *counts,
                           double citizens)
{
    return (s->legitimacy.arrest_weight.value * (double)counts->arrests +
            s->legitimacy.wound_weight.value * (double)counts->wounded +
            s->legitimacy.death_weight.value * (double)counts->killed) /
           citizens;
}

static double harm_seen(const stp_nation *nation, size_t district)
{
    const steppe_scenario *s = nation->scenario;
    double elsewhere = stp_news_elsewhere(nation, district, STP_REPORTED_HARM);
    const stp_district_state *p = &nation->districts[district];
    return s->legitimacy.own_weight.value * p->harm +
           s->legitimacy.news_weight.value * p->media_reach * elsewhere;
}

void stp_legitimacy_step(const stp_nation *nation, size_t district)
{
    const steppe_scenario *s = nation->scenario;
    if (s->legitimacy.enabled.value == 0)
        return;
    stp_district_state *p = &nation->districts[district];
    double kept = stp_decay_factor(s->time.step.value, s->legitimacy.half_life.value);
    p->support_lost = 1 - (1 - p->support_lost * kept) *
                              stp_exp(-harm_seen(nation, district));
}

/* The scenario's legitimacy after the response. */
static double responding(const steppe_scenario *s, const stp_district_state *p)
{
    if (s->legitimacy.enabled.value == 0)
        return p->legitimacy;
    double legality = s->legitimacy.legality_weight.value;
    double support = s->legitimacy.support_weight.value;
    double granted = s->legitimacy.justification_weight.value *
                     s->legitimacy.justification.value;
    double whole = legality + granted + support;
    double left = legality * (1 - p->active) + granted + support * (1 - p->support_lost);
    return whole > 0 ? p->legitimacy * (left / whole) : p->legitimacy;
}

double stp_legitimacy(const stp_nation *nation, const stp_district_state *p)
{
    const stp_seat_effects *e = &nation->effects;
    double blame = p->shots > 0 ? e->blame_legitimacy : 0;
    return responding(nation->scenario, p) + e->image + e->reform_legitimacy - blame;
}
