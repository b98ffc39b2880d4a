/* The seat of power as part of the country: what it sees of the street, and its effects.
 *
 * It sees of each day the mean share of citizens active, the mean share over residents of
 * what media let through (each at most 1), and whether in any step the capital's forces
 * had ceased to obey: fewer than a share of the officers posted obeyed, and the violent
 * outnumbered those. Its effects on orders, relief, legitimacy, shots and survival hold
 * for a day; the file of each mechanism says where they enter. */
#include "nation/nation.h"

#include <math.h>

static double mean_media(const stp_nation *n)
{
    double sum = 0, residents = 0;
    for (size_t i = 0; i < n->world->count; i++) {
        double here = (double)stp_district_residents(n->scenario, i);
        sum += here * fmin(n->districts[i].media_reach, 1);
        residents += here;
    }
    return sum / residents;
}

static bool capital_lost(const stp_nation *n, const steppe_counts *counts,
                         const stp_conditions *last)
{
    const steppe_scenario *s = n->scenario;
    if (s->seat.capital < 0)
        return false;
    const steppe_counts *here = &counts[s->seat.capital];
    double wanted = s->seat.fall_obeying.value * last[s->seat.capital].officers;
    return (double)here->obeying < wanted && here->violent > here->obeying;
}

static void observe(stp_nation *n, const steppe_counts *counts,
                    const stp_conditions *last)
{
    double active = 0;
    for (size_t i = 0; i < n->world->count; i++)
        active += (double)counts[i].active;
    n->day_active += active / (double)n->world->citizens;
    n->day_steps++;
    n->capital_lost |= capital_lost(n, counts, last);
}

void stp_nation_seat_step(stp_nation *n, uint64_t step, const steppe_counts *counts,
                          const stp_conditions *last)
{
    if (!n->seat)
        return;
    if (step > 1) /* there is a last step */
        observe(n, counts, last);
    if (step > 0) {
        const steppe_seat_look seen = {
            .active = n->day_steps > 0 ? n->day_active / (double)n->day_steps : 0,
            .media = mean_media(n),
            .capital_lost = n->capital_lost,
        };
        if (steppe_seat_step(n->seat, step, &seen) > 0) {
            n->day_active = 0;
            n->day_steps = 0;
            n->capital_lost = false;
        }
    }
    n->effects = n->seat->effects;
}

bool stp_nation_refuses(const stp_nation *n, const stp_event *e)
{
    return n->seat && e->granted >= 0 && !stp_seat_grants(n->seat, (size_t)e->granted);
}

double stp_nation_orders(const stp_nation *n, const stp_district_state *p)
{
    return fmin(fmax(p->orders * n->effects.orders, 0), 1);
}

double stp_nation_survival(const stp_nation *n, const stp_district_state *p)
{
    return fmin(fmax(p->survival * n->effects.survival, 0), 1);
}
