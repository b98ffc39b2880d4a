/* Flight: the insecure leave with their resources, or give to the relief fund for safety.
 *
 * A person at large with resources c > 0 and insecurity z does one of the two today with
 * the probability 1 - exp(-(e + d) z), with rates e of leaving and d of giving (0 while
 * the fund is not open); it leaves with the probability e / (e + d). A giver parts with
 * the share g of c, and loses a part of z. The fund pays a share of its money each day,
 * more with more output of the economic offices; recent payments (they fade by half in 30
 * days) lower hardship. Money is in whole units, and the sum of what persons, fund and
 * treasury have and what was paid is constant. (Steppe's own form.) */
#include "seat/seat.h"

#include "base/exact.h"
#include "base/random.h"

#include <math.h>

static const double LATELY = 720; /* h */

static void give(steppe_seat *seat, size_t person)
{
    const steppe_scenario *s = seat->scenario;
    stp_seat_person *p = &seat->persons[person];
    int64_t gift = (int64_t)floor((double)p->resources * s->flight.donation.value);
    gift = gift < 1 ? 1 : gift > p->resources ? p->resources : gift;
    p->resources -= gift;
    seat->fund += gift;
    p->insecurity *= 1 - s->flight.donation_relief.value;
    stp_seat_note(seat, STP_LOG_DONATED, -1, (int)person, -1, -1, (double)gift);
}

static void go(steppe_seat *seat, size_t person)
{
    stp_seat_vacate(seat, person);
    seat->persons[person].whereabouts = STP_ABROAD;
    stp_seat_note(seat, STP_LOG_LEFT, -1, (int)person, -1, -1,
                  (double)seat->persons[person].resources);
}

void stp_seat_flee(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    double exit = s->flight.exit_rate.value,
           gift = seat->fund_open ? s->flight.donate_rate.value : 0;
    if (s->flight.enabled.value == 0 || exit + gift <= 0)
        return;
    uint64_t share = stp_fixed_32(exit / (exit + gift));
    for (size_t i = 0; i < s->person_count; i++) {
        stp_seat_person *p = &seat->persons[i];
        if (!stp_seat_plays(seat, i) || (int)i == s->seat.incumbent || p->resources == 0)
            continue;
        stp_words word = stp_random(seat->seed, STP_PURPOSE_FLIGHT, 0, p->key,
                                    (uint32_t)(seat->days + 1), 0);
        double acts = 1 - stp_exp(-(exit + gift) * p->insecurity);
        if (word.w[0] >= stp_fixed_32(acts))
            continue;
        if (word.w[1] < share)
            go(seat, i);
        else
            give(seat, i);
    }
}

void stp_seat_pay(steppe_seat *seat)
{
    double pace = seat->output[STP_WORK_ECONOMY];
    double share = fmin(1, seat->scenario->flight.payout.value * pace);
    int64_t sum = (int64_t)floor((double)seat->fund * share);
    sum = sum < seat->fund ? sum : seat->fund;
    seat->fund -= sum;
    seat->paid += sum;
    seat->paid_lately = seat->paid_lately * stp_decay_factor(STP_DAY_HOURS, LATELY) +
                        (double)sum;
}

int64_t stp_seat_money(const steppe_seat *seat)
{
    int64_t sum = seat->fund + seat->paid + seat->seized;
    for (size_t i = 0; i < seat->scenario->person_count; i++)
        sum += seat->persons[i].resources;
    return sum;
}
