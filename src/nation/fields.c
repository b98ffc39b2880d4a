/* The national fields of a district as observers see them: the conditions of its street,
 * in whole units and averaged over groups and forces. */
#include "nation/nation.h"

static const double ONE = 4294967296.0;

/* Over groups, which citizens draw independently (stp_group_of). */
static double mean_shift(const stp_district *d, const stp_conditions *now)
{
    double fuel = (double)d->fuel_share / ONE, jobless = (double)d->jobless_share / ONE;
    double sum = 0;
    for (unsigned group = 0; group < STP_GROUPS; group++)
        sum += (group & STP_FUEL ? fuel : 1 - fuel) *
               (group & STP_JOBLESS ? jobless : 1 - jobless) * now->shift[group];
    return sum / 65536;
}

/* Over the officers on the street; if there are none, of the district's own force. */
static double mean_obedience(const steppe_scenario *s, const stp_conditions *now)
{
    double sum = 0;
    if (s->obedience.enabled.value == 0 || s->force.enabled.value == 0)
        return 1;
    if (now->officers == 0)
        return (double)now->obey[s->own_force] / ONE;
    for (uint32_t f = 0; f < now->force_count; f++) {
        uint32_t first = f > 0 ? now->force_end[f - 1] : 0;
        sum += (double)now->obey[f] * (now->force_end[f] - first);
    }
    return sum / ONE / now->officers;
}

void stp_nation_fields(const stp_nation *nation, size_t district,
                       const stp_conditions *now, steppe_fields *fields)
{
    *fields = (steppe_fields){
        .legitimacy = now->legitimacy / 65536.0,
        .hardship = mean_shift(&nation->world->districts[district], now),
        .threshold_shift = (double)now->threshold_shift / ONE,
        .heard = now->news / 65536.0,
        .orders = stp_nation_orders(nation, &nation->districts[district]),
        .obedience = mean_obedience(nation->scenario, now),
    };
}
