/* Boldness: having been in the street, and nothing happened, makes people of the district bolder, for a time.
 *
 * With u the citizen-hours per resident that went unpunished in the last step,
 *     u_k = max(0, active_k dt - undone (arrests_k + killed_k + wounded_k)) / citizens_k,
 * what is remembered fades with a half-life tau, and grows by u:
 *     B_k(t + dt) = B_k(t) 2^(-dt / tau) + u_k.
 * The threshold T of everyone in k is lower by effect * B_k, at most by `most`.
 *
 * Those arrested, killed or wounded in a step are not active at its end, so they add nothing; each also undoes `undone`
 * hours of others, who saw it.
 *
 * Source: that having taken part makes taking part again more likely, McAdam (American Sociological Review 54, 1989) and,
 * from an experiment in Hong Kong, Bursztyn, Cantoni, Yang, Yuchtman and Zhang (American Economic Review: Insights 3, 2021);
 * both are of persons. Steppe's own: the equations, that it is of the district and not of the person, and that it acts
 * through T. Left out: who knows whom; organisations that were formed; news of it from elsewhere. */
#include "nation/nation.h"

#include <math.h>

double stp_boldness_gained(const steppe_scenario *s, const steppe_counts *counts,
                           double citizens)
{
    double punished = (double)counts->arrests + (double)counts->killed +
                      (double)counts->wounded;
    double hours = (double)counts->active * s->time.step.value -
                   s->boldness.undone.value * punished;
    return fmax(hours, 0) / citizens;
}

void stp_boldness_step(const stp_nation *nation, size_t district)
{
    const steppe_scenario *s = nation->scenario;
    if (s->boldness.enabled.value == 0)
        return;
    stp_district_state *p = &nation->districts[district];
    p->boldness = p->boldness *
                      stp_decay_factor(s->time.step.value, s->boldness.half_life.value) +
                  p->unpunished;
}

double stp_boldness_lowers(const stp_nation *nation, const stp_district_state *p)
{
    const steppe_scenario *s = nation->scenario;
    return fmin(s->boldness.effect.value * p->boldness, s->boldness.most.value);
}
