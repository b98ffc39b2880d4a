/* Insecurity: the fear of being next, which purges spread along ties and which fades with
 * time.
 *
 * The tie of two persons is T_ij = 1 - product over their ties of (1 - kind * strength),
 * kind being the weight of ties of that kind. The purge of p with severity v brings
 * everyone tied to p who is at large, except the incumbent,
 *     z_j <- z_j + (1 - z_j) fear v T_pj,
 * and every day z fades with a half-life. (Steppe's own form.) */
#include "seat/seat.h"

void stp_seat_tie_up(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    for (size_t k = 0; k < s->tie_count; k++) {
        const stp_tie *t = &s->ties[k];
        double strength = s->purge.kinds[(size_t)t->kind.value].value * t->strength.value;
        double *tie = &seat->ties[t->a][t->b];
        *tie = 1 - (1 - *tie) * (1 - strength);
        seat->ties[t->b][t->a] = *tie;
    }
}

void stp_seat_purge(steppe_seat *seat, size_t person, double severity)
{
    const steppe_scenario *s = seat->scenario;
    if (s->purge.enabled.value == 0)
        return;
    for (size_t j = 0; j < s->person_count; j++) {
        if (j == person || (int)j == s->seat.incumbent || !stp_seat_plays(seat, j))
            continue;
        double *z = &seat->persons[j].insecurity;
        *z += (1 - *z) * (s->purge.fear.value * severity * seat->ties[person][j]);
    }
}

void stp_seat_calm(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    double kept = s->purge.enabled.value != 0
                      ? stp_decay_factor(STP_DAY_HOURS, s->purge.half_life.value)
                      : 1;
    for (size_t i = 0; i < s->person_count; i++)
        seat->persons[i].insecurity *= kept;
}
