/* Checks of models without a lattice. */
#include "scenario/check.h"

#include "scenario/model.h"

#include <math.h>

enum {
    MAX_ACTORS = 200,  /* bargaining takes time of the third power of their number */
    MAX_PLACES = 2000, /* a contagion has a number for each pair */
    VALUES_OF_PATH = 10000000, /* of a contagion: steps times districts */
};
static const double MAX_TIES = 1e8; /* of a network */

/* The expected number of ties of the network. */
static double ties_of(const steppe_scenario *s)
{
    double n = s->network.persons.value;
    switch ((int)s->network.kind.value) {
    case STP_SMALL_WORLD: return n * s->network.reach.value;
    case STP_VILLAGE:
        return n / 2 *
               (fmin(n, s->network.size.value) - 1 + (n - 1) * s->network.across.value);
    case STP_OPINION_LEADER: return n * s->network.ties.value;
    default:
        return n * (1 + fmin(n, s->network.span.value) / 2 * s->network.siblings.value);
    }
}

static int check_network(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    double n = s->network.persons.value;
    int kind = (int)s->network.kind.value;
    const stp_node *node = stp_node_in(r, STP_OF_NETWORK, "persons");
    if (kind == STP_SMALL_WORLD && n <= 2 * s->network.reach.value)
        return stp_read_fail(
            r, node, "persons must be more than twice the reach of %.0f, not %.0f",
            s->network.reach.value, n);
    if (kind == STP_OPINION_LEADER && n <= s->network.ties.value)
        return stp_read_fail(r, node,
                             "persons must be more than the ties of %.0f, not %.0f",
                             s->network.ties.value, n);
    if (ties_of(s) > MAX_TIES)
        return stp_read_fail(r, node,
                             "this network would have some %.0f ties; the most is %.0f",
                             ties_of(s), MAX_TIES);
    return STEPPE_OK;
}

static int check_place(const stp_reader *r, size_t i)
{
    const steppe_scenario *s = r->scenario;
    const stp_district_spec *p = &s->districts[i];
    if (!p->population.given)
        return stp_read_fail_in(r, STP_DISTRICTS, i, NULL, "'population' is missing");
    if (p->latitude.given != p->longitude.given)
        return stp_read_fail_in(r, STP_DISTRICTS, i, NULL,
                                "give both lat and lon, or neither");
    if (!p->latitude.given && s->district_count > 1)
        return stp_read_fail_in(
            r, STP_DISTRICTS, i, NULL,
            "'lat' and 'lon' are missing; a contagion between districts needs them");
    return STEPPE_OK;
}

static int check_contagion(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    if (s->district_count == 0 || s->district_count > MAX_PLACES)
        return stp_read_fail(r, stp_node_in(r, STP_DISTRICTS, ""),
                             "the model 'contagion' needs 'districts': from 1 to %d",
                             MAX_PLACES);
    if (s->time.steps.value * (double)(s->district_count + 1) > VALUES_OF_PATH)
        return stp_read_fail(r, stp_node_in(r, STP_TIME, "steps"),
                             "steps times districts must be at most %d", VALUES_OF_PATH);
    int status = STEPPE_OK;
    for (size_t i = 0; i < s->district_count && status == STEPPE_OK; i++)
        status = check_place(r, i);
    return status;
}

static int check_actors(const stp_reader *r, size_t least)
{
    const steppe_scenario *s = r->scenario;
    if (s->actor_count < least || s->actor_count > MAX_ACTORS)
        return stp_read_fail(r, stp_node_in(r, STP_ACTORS, ""),
                             "the model '%s' needs 'actors': from %zu to %d",
                             steppe_scenario_model(s), least, MAX_ACTORS);
    return STEPPE_OK;
}

static int check_ktab(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    int status = check_actors(r, 1);
    for (size_t i = 0; i < s->actor_count && status == STEPPE_OK; i++)
        if (s->actors[i].position.value < 0 || s->actors[i].position.value > 1)
            status =
                stp_read_fail_in(r, STP_ACTORS, i, "position",
                                 "under the model 'ktab' a position must be in [0, 1]");
    return status;
}

static int check_expected_utility(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    double least = INFINITY, most = -INFINITY, weight = 0;
    int status = check_actors(r, 2);
    if (status != STEPPE_OK)
        return status;
    for (size_t i = 0; i < s->actor_count; i++) {
        least = fmin(least, s->actors[i].position.value);
        most = fmax(most, s->actors[i].position.value);
        weight += s->actors[i].weight.value * s->actors[i].salience.value;
    }
    if (least == most)
        return stp_read_fail(r, stp_node_in(r, STP_ACTORS, ""),
                             "all actors have the same position: there is nothing to "
                             "bargain about");
    if (!(weight > 0))
        return stp_read_fail(r, stp_node_in(r, STP_ACTORS, ""),
                             "no actor has any salience: give one a 'salience' above 0");
    if (s->expected_utility.range.given && s->expected_utility.range.value < most - least)
        return stp_read_fail(r, stp_node_in(r, STP_OF_EXPECTED_UTILITY, "range"),
                             "the positions lie %g apart: range must be at least that",
                             most - least);
    return STEPPE_OK;
}

static int check_appointment(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    int given = s->appointment.base.given + s->appointment.cost.given +
                s->appointment.outside_least.given + s->appointment.outside_most.given;
    if (given != 0 && given != 4)
        return stp_read_fail(r, stp_node_in(r, STP_OF_APPOINTMENT, ""),
                             "appointment: give all of base, cost, outside_least and "
                             "outside_most, or none");
    return STEPPE_OK;
}

int stp_check_model(const stp_reader *r)
{
    switch (stp_model_of(r->scenario)) {
    case STP_NETWORK: return check_network(r);
    case STP_CONTAGION: return check_contagion(r);
    case STP_KTAB: return check_ktab(r);
    case STP_EXPECTED_UTILITY: return check_expected_utility(r);
    case STP_APPOINTMENT: return check_appointment(r);
    default: return STEPPE_OK;
    }
}
