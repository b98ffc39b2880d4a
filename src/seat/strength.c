/* The strength of the incumbent: the probability that his camp beats the rival's.
 *
 * Every person at large has the weight
 *     w = resource_weight * resources + sum over offices held of their power,
 * and stands at x: at 0, the rival's end, if it has defected, and the incumbent at 1.
 * There are two options, the incumbent (1) and the rival (0); with utilities
 *     u = 1 - |x - option|
 * each person speaks for one against the other by the voting rule, and the victory model
 * turns the strengths into the probability theta (KTAB: Wise, Lester and Efird 2015).
 * Nameless officials, whom the incumbent appointed, speak for him. With proportional
 * voting and linear victory, theta = sum w max(0, 2x - 1) / sum w |2x - 1|; with nobody
 * there it is 1/2. */
#include "seat/seat.h"

#include "models/ktab.h"

static const stp_ktab_victory VICTORIES[] = {STP_KTAB_LINEAR, STP_KTAB_SQUARE,
                                             STP_KTAB_QUARTIC, STP_KTAB_OCTIC,
                                             STP_KTAB_DECISIVE};

enum { INCUMBENT, RIVAL, CAMPS };

/* Weights, and the utility of each camp. */
typedef struct voters {
    double weights[STP_PERSONS_LISTED + 1];
    double utilities[(STP_PERSONS_LISTED + 1) * CAMPS];
    size_t count;
} voters;

static void add_voter(voters *v, double weight, double position)
{
    static const double ENDS[CAMPS] = {1, 0}, ONE = 1;
    if (weight <= 0)
        return;
    v->weights[v->count] = weight;
    for (int camp = 0; camp < CAMPS; camp++)
        v->utilities[v->count * CAMPS + (size_t)camp] =
            stp_ktab_utility(stp_ktab_distance(&ENDS[camp], &position, &ONE, 1), 0);
    v->count++;
}

static double weight_of(const steppe_seat *seat, size_t person)
{
    const steppe_scenario *s = seat->scenario;
    if (!stp_seat_plays(seat, person))
        return 0;
    double weight = s->seat.resource_weight.value *
                    (double)seat->persons[person].resources;
    for (size_t k = 0; k < s->office_count; k++)
        if (seat->offices[k].holder == (int)person)
            weight += s->offices[k].power.value;
    return weight;
}

static double officials_weight(const steppe_seat *seat)
{
    double weight = 0;
    for (size_t k = 0; k < seat->scenario->office_count; k++)
        if (seat->offices[k].holder == STEPPE_SEAT_OFFICIAL)
            weight += seat->scenario->offices[k].power.value;
    return weight;
}

void stp_seat_weigh(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    voters v = {.count = 0};
    for (size_t i = 0; i < s->person_count; i++) {
        stp_seat_person *p = &seat->persons[i];
        p->weight = weight_of(seat, i);
        double position = (int)i == s->seat.incumbent ? 1
                          : p->defected               ? 0
                                                      : s->persons[i].position.value;
        add_voter(&v, p->weight, position);
    }
    add_voter(&v, officials_weight(seat), 1);
    double strengths[CAMPS * CAMPS], victories[CAMPS * CAMPS];
    stp_ktab_strengths((stp_ktab_rule)s->seat.rule.value, v.weights, v.utilities, v.count,
                       CAMPS, strengths);
    stp_ktab_victories(VICTORIES[(size_t)s->seat.victory.value], strengths, CAMPS,
                       victories);
    seat->strength = victories[INCUMBENT * CAMPS + RIVAL];
}
