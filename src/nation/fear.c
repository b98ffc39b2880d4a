/* Fear: what officers did to others keeps people at home, for a time.
 *
 * With h the harm of the last step per citizen, in units of a citizen killed,
 *     h_j = (killed + wound_weight wounded) / citizens,
 * fear in district k fades with a half-life tau, and grows by what happens there and, by
 * the kernel W of news and as far as media reach people, m_k, elsewhere:
 *     F_k(t + dt) = F_k(t) 2^(-dt / tau) + h_k + news_weight m_k sum_(j != k) W_kj h_j.
 * The threshold T of everyone in k is higher by effect * F_k.
 *
 * The form is linear, as an expected cost is: twice as many dead make it twice as likely
 * to be one of the next. The support that the same harm costs (legitimacy.c) is bounded,
 * as nobody can lose more than all of it. Together the two leave backlash where harm is
 * low, if people resent the first shot more than they fear it (with hardship H: if H L0
 * w_s death_weight > effect, w_s normalised), and deterrence where harm is high;
 * otherwise deterrence alone. Which it is depends on the weights.
 *
 * Source: that backlash is weighed against an expected cost, Lichbach (J. Conflict
 * Resolution 31, 1987) and Opp and Roehl (Social Forces 69, 1990), reduced; that little
 * state violence enlarges later protest and much shrinks it, Steinert-Threlkeld, Chan and
 * Joo. Steppe's own: the equations, and that fear acts through T on everybody in the
 * district alike. Left out: arrests, which count by the officers in sight; harm to
 * officers; and who knew the dead. */
#include "nation/nation.h"

#include <stddef.h>

double stp_fear_hurt(const steppe_scenario *s, const steppe_counts *counts,
                     double citizens)
{
    return ((double)counts->killed +
            s->fear.wound_weight.value * (double)counts->wounded) /
           citizens;
}

void stp_fear_step(const stp_nation *nation, size_t district)
{
    const steppe_scenario *s = nation->scenario;
    if (s->fear.enabled.value == 0)
        return;
    stp_district_state *p = &nation->districts[district];
    double kept = stp_decay_factor(s->time.step.value, s->fear.half_life.value);
    double elsewhere = stp_news_elsewhere(nation, district, STP_REPORTED_HURT);
    p->fear = p->fear * kept + p->hurt +
              s->fear.news_weight.value * p->media_reach * elsewhere;
}

double stp_fear_cost(const stp_nation *nation, const stp_district_state *p)
{
    return nation->scenario->fear.effect.value * p->fear;
}
