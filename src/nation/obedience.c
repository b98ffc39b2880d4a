/* Obedience: which officers obey, stand by, or leave.
 *
 * Once a period each officer obeys, shirks or defects by a multinomial logit against
 * obeying,
 *     ln(P[shirk] / P[obey])  = base + x + o (1 - Q),
 *     ln(P[defect] / P[obey]) = defect_base + x,
 *     x = a C + b S - c B - d W,   C = A / (A + h N),
 * with A active citizens and N officers of the district in the last step (h of them per
 * officer make half of the effect), S the share of those officers who did not obey, B the
 * belief in the regime's survival, W the patronage of the force, Q the quality of its
 * orders. Signs as in Bellin (2004, 2012) and Barany (2016): crowds and standing by
 * spread, belief and patronage hold; that missing orders count follows reports from
 * Almaty of 4 January 2022. The form is Steppe's reduction, and none of its numbers is
 * estimated.
 *
 * The probabilities are constant over an epoch of one period, since an officer draws once
 * per epoch. */
#include "nation/nation.h"

#include "base/exact.h"
#include "scenario/duration.h"

#include <math.h>

void stp_obedience_odds(const steppe_scenario *s, const stp_temptation *temptation,
                        uint64_t *obey, uint64_t *defect)
{
    const stp_temptation *t = temptation;
    double x = s->obedience.crowd_effect.value * t->crowd +
               s->obedience.peers_effect.value * t->shirking -
               s->obedience.survival_effect.value * t->survival -
               s->obedience.patronage_effect.value * t->patronage;
    double shirks = s->obedience.base.value + x +
                    s->obedience.orders_effect.value * (1 - t->orders);
    double defects = s->obedience.defect_base.value + x;
    double most = fmax(fmax(shirks, defects), 0); /* against overflow */
    double weights[3] = {stp_exp(-most), stp_exp(shirks - most), stp_exp(defects - most)};
    double sum = weights[0] + weights[1] + weights[2];
    *obey = stp_fixed_32(weights[0] / sum);
    *defect = stp_fixed_32(weights[2] / sum);
    if (*obey + *defect > (uint64_t)1 << 32)
        *defect = ((uint64_t)1 << 32) - *obey;
}

void stp_obedience_observe(const stp_nation *n, stp_district_state *p,
                           const steppe_counts *counts)
{
    double active = (double)counts->active, officers = (double)counts->officers;
    double enough = n->scenario->obedience.crowd_half.value * officers;
    p->crowd = active > 0 ? active / (active + enough) : 0;
    p->shirking = officers > 0 ? 1 - fmin((double)counts->obeying / officers, 1) : 0;
}

static uint64_t period_of(const steppe_scenario *s)
{
    return stp_span_count(STP_SPAN_NEAREST, s->obedience.period.value,
                          s->time.step.value);
}

uint32_t stp_obedience_epoch(const steppe_scenario *s, uint64_t step)
{
    return s->obedience.enabled.value != 0 ? (uint32_t)(step / period_of(s)) : 0;
}

/* Step 0 only makes the world: the first epoch is set at step 1. */
void stp_obedience_step(stp_nation *n, uint64_t step)
{
    const steppe_scenario *s = n->scenario;
    if (s->obedience.enabled.value == 0 || (step > 1 && step % period_of(s) != 0))
        return;
    for (size_t i = 0; i < n->world->count; i++) {
        stp_district_state *p = &n->districts[i];
        for (size_t f = 0; f < stp_force_count(s); f++) {
            const stp_temptation t = {p->crowd, p->shirking, stp_nation_survival(n, p),
                                      s->forces[f].patronage.value,
                                      stp_nation_orders(n, p)};
            stp_detachment *d = &p->detachments[f];
            stp_obedience_odds(s, &t, &d->obey, &d->defect);
        }
    }
}
