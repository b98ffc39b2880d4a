/* Fear: what officers did to others keeps people at home, for a time.
 *
 * With h the harm of the last step, per citizen, in units of a citizen killed,
 *     h_j = (killed + wound_weight wounded) / citizens,
 * fear in district k fades with a half-life tau, and grows by what happens there and, by the
 * kernel W of news and as far as media reach people, m_k, elsewhere:
 *     F_k(t + dt) = F_k(t) 2^(-dt / tau) + h_k + news_weight m_k sum_(j != k) W_kj h_j.
 * The threshold T of everyone in k is higher by effect * F_k: whoever goes out has to find it
 * worth that much more.
 *
 * The form is linear, as an expected cost is: twice as many dead make it twice as likely to be
 * one of the next. What the same harm takes from support (legitimacy.c) has an end, for nobody
 * can lose more than all of it: grievance grows by at most so much. So the two together leave
 * backlash where harm is low, if people resent the first shot more than they fear it (for someone
 * of hardship H that is while H L0 w_s death_weight > effect, w_s normalised), and deterrence where
 * harm is high; and deterrence alone if they do not. Which it is, is a matter of the weights.
 *
 * Source: that backlash is weighed against an expected cost, Lichbach (J. Conflict Resolution 31,
 * 1987) and Opp and Roehl (Social Forces 69, 1990), reduced; that little state violence enlarges
 * later protest and much shrinks it, Steinert-Threlkeld, Chan and Joo. Steppe's own: the equations,
 * and that it acts through T, on everybody in the district alike. Left out: arrests, which count by
 * the officers whom people see; harm to officers; and who among the dead was known to whom. */
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
    stp_province *p = &nation->provinces[district];
    double kept = stp_part_kept(s, s->fear.half_life.value);
    double elsewhere = stp_news_elsewhere(nation, district, STP_REPORTED_HURT);
    p->fear = p->fear * kept + p->hurt +
              s->fear.news_weight.value * p->media_reach * elsewhere;
}

double stp_fear_cost(const stp_nation *nation, const stp_province *p)
{
    return nation->scenario->fear.effect.value * p->fear;
}
