/* Who changes sides: a global game with a public signal.
 *
 * Everybody sees of the strength theta the signal
 *     y = theta - b a + b' F,
 * a being the share of all citizens who were active on the day before and F the backing
 * from abroad, with the precision alpha = alpha_free * media_freedom * (what media let
 * through); and each person privately sees s = theta + e / sqrt(beta), e a standard
 * normal number drawn once per epoch. The ruler falls if theta is below the threshold
 * theta* of the game at the mean cost c (Morris and Shin 2003; protest as a public signal
 * to elites: Casper and Tyson 2014). Person i believes that he does with the probability
 *     P_i = Phi(sqrt(alpha + beta) (theta* - m_i)),
 *     m_i = (alpha y + beta s_i) / (alpha + beta),
 * and changes sides if that exceeds its own cost,
 *     c_i = c + loyalty (2 x_i - 1) + tie T_i,incumbent - fear z_i   within [0.01, 0.99];
 * it returns if P_i < c_i - margin. Whoever changes sides takes its weight along, which
 * moves theta: decisions of a day proceed in rounds, all of a round at once, until nobody
 * else changes (returns in the first round alone).
 *
 * Steppe's own: costs that differ within a game solved at the mean cost (with the three
 * effects at 0 it is the published game), b and b', epochs, and the rounds. */
#include "seat/seat.h"

#include "base/normal.h"
#include "base/random.h"
#include "models/global_game.h"

#include <math.h>

static double alpha_of(const steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    return s->defection.alpha.value * s->defection.media_freedom.value * seat->look.media;
}

void stp_seat_signal(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    seat->signal = seat->strength - s->defection.street_effect.value * seat->look.active +
                   s->defection.backing_effect.value * seat->backing;
    const stp_global_game game = {seat->signal, alpha_of(seat), s->defection.beta.value,
                                  s->defection.cost.value};
    double thresholds[STP_GLOBAL_GAME_MAX] = {1};
    stp_global_game_thresholds(&game, thresholds);
    seat->threshold = thresholds[0];
}

double stp_seat_private(const steppe_seat *seat, size_t person, uint64_t day)
{
    uint64_t epoch = day / stp_whole_days(seat->scenario->defection.signal_time.value, 1);
    uint32_t word = stp_random(seat->seed, STP_PURPOSE_SIGNAL, 0,
                               seat->persons[person].key, (uint32_t)(epoch + 1), 0)
                        .w[0];
    return stp_normal_inverse(((double)word + 0.5) / 4294967296.0);
}

static double doubt_of(const steppe_seat *seat, double private_signal)
{
    double alpha = alpha_of(seat), beta = seat->scenario->defection.beta.value;
    double mean = (alpha * seat->signal + beta * private_signal) / (alpha + beta);
    return stp_normal(sqrt(alpha + beta) * (seat->threshold - mean));
}

static double cost_of(const steppe_seat *seat, size_t person)
{
    const steppe_scenario *s = seat->scenario;
    double cost = s->defection.cost.value +
                  s->defection.loyalty_effect.value *
                      (2 * s->persons[person].position.value - 1) +
                  s->defection.tie_effect.value * seat->ties[person][s->seat.incumbent] -
                  s->defection.fear_effect.value * seat->persons[person].insecurity;
    return fmin(fmax(cost, 0.01), 0.99);
}

/* One round, in which all decide on the same signal. Returns how many change sides. */
static size_t decide(steppe_seat *seat, const double *noise, bool returns)
{
    const steppe_scenario *s = seat->scenario;
    double deviation = 1 / sqrt(s->defection.beta.value);
    size_t turned = 0;
    for (size_t i = 0; i < s->person_count; i++) {
        stp_seat_person *p = &seat->persons[i];
        if ((int)i == s->seat.incumbent || !stp_seat_plays(seat, i))
            continue;
        p->doubt = doubt_of(seat, seat->strength + deviation * noise[i]);
        p->cost = cost_of(seat, i);
        bool goes = !p->defected && p->doubt > p->cost;
        bool comes = p->defected && returns &&
                     p->doubt < p->cost - s->defection.return_margin.value;
        if (goes || comes)
            stp_seat_note(seat, goes ? STP_LOG_DEFECTED : STP_LOG_RETURNED, -1, (int)i,
                          -1, -1, 0);
        p->defected = goes || (p->defected && !comes);
        turned += goes || comes;
    }
    return turned;
}

void stp_seat_defect(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    double noise[STP_PERSONS_LISTED] = {0};
    if (s->defection.enabled.value == 0)
        return;
    for (size_t i = 0; i < s->person_count; i++)
        noise[i] = stp_seat_private(seat, i, seat->days);
    bool first = true;
    do {
        stp_seat_weigh(seat);
        stp_seat_signal(seat);
    } while (decide(seat, noise, first) > 0 && !(first = false));
}
