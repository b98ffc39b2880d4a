/* What offices do. An office yields
 *     o = q * effort * ramp,
 *     effort = (1 - insecurity_effort z) * (defector_effort, if defected),
 * 0 if it is vacant or its holder is not at large, with
 *     ramp = 1 - (1 - fresh) exp(-t / learning)
 * at time t after a change of holder, 1 for the first holders. In each of the works
 * security, economy and diplomacy, with weights g of the offices,
 *     O = sum g o / sum g reference:
 * 1 as long as all are held by people of the reference competence, and 1 without any
 * weight; an office of weight 0 has no influence. The image is
 *     I = sum g ramp effort exposure (q - image_reference) / sum g,
 * and public opinion follows it with a lag. (Steppe's own form: docs/decisions/014.) */
#include "seat/seat.h"

#include "base/exact.h"

double stp_seat_ramp(const steppe_seat *seat, size_t office)
{
    const stp_seat_office *o = &seat->offices[office];
    const steppe_scenario *s = seat->scenario;
    double learning = s->offices[office].learning.value;
    if (o->holder == STEPPE_SEAT_NOBODY)
        return 0;
    if (!o->changed || learning <= 0)
        return 1;
    double hours = 24.0 * (double)(seat->today > o->since ? seat->today - o->since : 0);
    return 1 - (1 - s->channels.fresh.value) * stp_exp(-hours / learning);
}

static double competence_of(const steppe_seat *seat, size_t office)
{
    const stp_seat_office *o = &seat->offices[office];
    return o->holder >= 0 ? seat->scenario->persons[o->holder].competence.value
                          : o->competence;
}

static double effort_of(const steppe_seat *seat, size_t office)
{
    const steppe_scenario *s = seat->scenario;
    int holder = seat->offices[office].holder;
    if (holder < 0)
        return 1;
    const stp_seat_person *p = &seat->persons[holder];
    if (p->whereabouts != STP_AT_LARGE)
        return 0;
    double effort = 1 - s->channels.insecurity_effort.value * p->insecurity;
    return p->defected ? effort * s->channels.defector_effort.value : effort;
}

double stp_seat_output(const steppe_seat *seat, size_t office)
{
    return competence_of(seat, office) * effort_of(seat, office) *
           stp_seat_ramp(seat, office);
}

static double output_of(const steppe_seat *seat, int work)
{
    const steppe_scenario *s = seat->scenario;
    double given = 0, reference = 0;
    for (size_t k = 0; k < s->office_count; k++) {
        double weight = s->offices[k].work[work].value;
        given += weight * stp_seat_output(seat, k);
        reference += weight * s->channels.reference.value;
    }
    return reference > 0 ? given / reference : 1;
}

static double image_of(const steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    double sum = 0, weights = 0;
    for (size_t k = 0; k < s->office_count; k++) {
        int holder = seat->offices[k].holder;
        double weight = s->offices[k].work[STP_WORK_IMAGE].value;
        weights += weight;
        if (holder < 0)
            continue; /* nobody known to the public */
        const stp_person *p = &s->persons[holder];
        sum += weight * (stp_seat_ramp(seat, k) * effort_of(seat, k)) *
               (p->exposure.value *
                (p->competence.value - s->channels.image_reference.value));
    }
    return weights > 0 ? sum / weights : 0;
}

void stp_seat_work(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    bool works = s->channels.enabled.value != 0;
    for (int work = 0; work < STP_WORK_COUNT; work++)
        if (work == STP_WORK_IMAGE)
            seat->output[work] = works ? image_of(seat) : 0;
        else
            seat->output[work] = works ? output_of(seat, work) : 1;
    seat->image += (seat->output[STP_WORK_IMAGE] - seat->image) *
                   stp_lag_fraction(STP_DAY_HOURS, s->channels.image_lag.value);
}
