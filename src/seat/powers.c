/* Foreign powers: what they attend to, and the effects.
 *
 * Attention is scarce (Simon; Jones and Baumgartner 2005). To a power at a distance of d
 * km the country's unrest has the salience
 *     v = (a / unit) N 1000 / max(d, 100),
 * for friends times the effect of diplomacy, D = 1 + e (O_d - 1). a is the share of
 * citizens active on the day before and N its novelty: it halves in a half-life of unrest
 * (a at least the unit), and regains half of what is missing in one of calm. The power
 * attends if v > 0 and fewer hot spots than it has slots are more salient. Its attention
 * A follows with a lag, and yields
 *     backing F = sum over friends of stance * means * A * D,
 *     blame B = sum over the others,
 * each at most 1. A power that is asked for troops attends at once, and grants them as
 * soon as
 *     stance * means * A * D >= grants.
 * (Steppe's own form.) */
#include "seat/seat.h"

#include <math.h>

static double diplomacy(const steppe_seat *seat)
{
    return 1 + seat->scenario->channels.diplomacy_effect.value *
                   (seat->output[STP_WORK_DIPLOMACY] - 1);
}

/* Support, or blame if negative. */
static double support(const steppe_seat *seat, size_t power)
{
    const stp_seat_power *p = &seat->powers[power];
    double done = p->stance * seat->scenario->powers[power].means.value * p->attention;
    return p->stance > 0 ? done * diplomacy(seat) : done;
}

static double salience(const steppe_seat *seat, size_t power)
{
    const steppe_scenario *s = seat->scenario;
    double v = seat->look.active / s->attention.unit.value * seat->novelty *
               (1000 / fmax(s->powers[power].distance.value, 100));
    return seat->powers[power].stance > 0 ? v * diplomacy(seat) : v;
}

static bool attends(const steppe_seat *seat, size_t power)
{
    const steppe_scenario *s = seat->scenario;
    double own = salience(seat, power), before = 0;
    for (size_t k = 0; k < s->hotspot_count; k++)
        before += seat->hotspots[k] > own;
    return own > 0 && before < s->powers[power].slots.value;
}

static void consider(steppe_seat *seat, size_t power, int event)
{
    stp_seat_power *p = &seat->powers[power];
    if (!p->asked || p->granted ||
        support(seat, power) < seat->scenario->powers[power].grants.value)
        return;
    p->granted = true;
    stp_seat_note(seat, STP_LOG_GRANTED, event, -1, -1, (int)power, 0);
}

void stp_seat_ask(steppe_seat *seat, size_t power, int event)
{
    seat->powers[power].asked = true;
    seat->powers[power].attention = 1;
    stp_seat_note(seat, STP_LOG_ASKED, event, -1, -1, (int)power, 0);
    consider(seat, power, event);
}

bool stp_seat_grants(const steppe_seat *seat, size_t power)
{
    return seat->scenario->attention.enabled.value == 0 || seat->powers[power].granted;
}

void stp_seat_attend(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    seat->backing = seat->blame = 0;
    if (s->attention.enabled.value == 0)
        return;
    double part = stp_lag_fraction(STP_DAY_HOURS, s->attention.lag.value);
    for (size_t k = 0; k < s->power_count; k++) {
        stp_seat_power *p = &seat->powers[k];
        p->attention += (attends(seat, k) - p->attention) * part;
        consider(seat, k, -1);
        double done = support(seat, k);
        seat->backing += fmax(done, 0);
        seat->blame += fmax(-done, 0);
    }
    seat->backing = fmin(seat->backing, 1);
    seat->blame = fmin(seat->blame, 1);
    double kept = stp_decay_factor(STP_DAY_HOURS, s->attention.half_life.value);
    bool unrest = seat->look.active >= s->attention.unit.value;
    seat->novelty = unrest ? seat->novelty * kept : 1 - (1 - seat->novelty) * kept;
}
