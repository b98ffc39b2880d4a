/* Vacancies: whom the incumbent appoints where the scenario does not say.
 *
 * An office that has been vacant for some time goes to someone of the competence q* that
 * a ruler chooses who is weak with the probability mu = 1 - theta (Egorov and Sonin 2011,
 * as reduced in models/appointment.h): the weaker, the less competent. mu is held to
 * [0.01, p*], p* being the belief above which betrayal pays: beyond it the reduction has
 * the wrong sign. The appointee is the eligible person at large without office nearest to
 * q*, then nearest to the incumbent, then the first; without any, a nameless official of
 * competence q*. */
#include "seat/seat.h"

#include "models/appointment.h"

#include <math.h>

double stp_seat_wanted(const steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    stp_appointment a = {
        .bribe = s->vacancies.bribe.value,
        .punishment = s->vacancies.punishment.value,
        .wage = s->vacancies.wage.value,
        .detect_least = s->vacancies.detect_least.value,
        .detect_most = s->vacancies.detect_most.value,
    };
    double most = fmin(0.99, stp_appointment_belief_to_betray(&a));
    a.weakness = fmin(fmax(1 - seat->strength, 0.01), most);
    return stp_appointment_choice(&a);
}

static bool holds_office(const steppe_seat *seat, size_t person)
{
    for (size_t k = 0; k < seat->scenario->office_count; k++)
        if (seat->offices[k].holder == (int)person)
            return true;
    return false;
}

/* Index of a person, or an official. */
static int choose(const steppe_seat *seat, double wanted)
{
    const steppe_scenario *s = seat->scenario;
    int best = STEPPE_SEAT_OFFICIAL;
    double distance = INFINITY, position = 0;
    for (size_t i = 0; i < s->person_count; i++) {
        const stp_person *p = &s->persons[i];
        if (p->eligible.value == 0 || (int)i == s->seat.incumbent ||
            !stp_seat_plays(seat, i) || seat->persons[i].defected ||
            holds_office(seat, i))
            continue;
        double d = fabs(p->competence.value - wanted);
        if (d < distance || (d <= distance && p->position.value > position)) {
            best = (int)i;
            distance = d;
            position = p->position.value;
        }
    }
    return best;
}

void stp_seat_fill(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    uint64_t time = stp_whole_days(s->vacancies.fill_time.value, 0);
    double wanted = 0;
    if (s->vacancies.enabled.value == 0)
        return;
    for (size_t k = 0; k < s->office_count; k++) {
        const stp_seat_office *o = &seat->offices[k];
        if (o->holder != STEPPE_SEAT_NOBODY || seat->days < o->since + time)
            continue;
        if (wanted == 0) /* once a day */
            wanted = stp_seat_wanted(seat);
        int holder = choose(seat, wanted);
        double competence = holder >= 0 ? s->persons[holder].competence.value : wanted;
        stp_seat_install(seat, k, holder, wanted);
        stp_seat_note(seat, STP_LOG_FILLED, -1, holder, (int)k, -1, competence);
    }
}
