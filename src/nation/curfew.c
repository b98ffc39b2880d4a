/* Curfews and emergencies.
 *
 * A curfew of strictness c in [0, 1] raises the threshold T of everyone in a district by
 * effect * c. Steppe's own form, a reduction: nobody is confined, those with enough
 * grievance stay active, and day and night are alike. What a curfew costs in hardship or
 * legitimacy is for the scenario's events to say. */
#include "nation/nation.h"

double stp_curfew_cost(const stp_nation *nation, const stp_district_state *p)
{
    const steppe_scenario *s = nation->scenario;
    return s->curfew.enabled.value != 0 ? s->curfew.effect.value * p->curfew : 0;
}
