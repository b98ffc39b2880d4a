/* Curfews and emergencies: going out costs more.
 *
 * While a curfew of strictness c in [0, 1] is in force in a district, the threshold T of everyone
 * in it is higher by effect * c: whoever goes out has to find it worth that much more. Steppe's
 * own form, a reduction: nobody is shut in, those who are active still are if their grievance is
 * enough, and it makes no difference between day and night. What a curfew costs in hardship or
 * legitimacy is not in here: the scenario's events have to say it. */
#include "nation/nation.h"

double stp_curfew_cost(const stp_nation *nation, const stp_province *p)
{
    const steppe_scenario *s = nation->scenario;
    return s->curfew.enabled.value != 0 ? s->curfew.effect.value * p->curfew : 0;
}
