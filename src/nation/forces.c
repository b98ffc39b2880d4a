/* Forces: who is on the street, and how long others take to arrive.
 *
 * On the street of district i are, at scale 1, of the force of its own officers
 *     n_i = P_i s_i + min(F_i, P_i (1 - s_i)),   F_i = sum over forces of guards * frees,
 * P_i being the posts and s_i the share deployed; and of each force the reinforcements.
 * Guards from elsewhere do not patrol: they free local officers who guarded sites (the
 * reported role of the CSTO in Kazakhstan in January 2022). An event that says from where
 * its people come takes effect in district i after
 *     ready + d(from, i) / speed,
 * d the great-circle distance, in the step that begins then or next. (Steppe's own
 * form.) */
#include "nation/nation.h"

#include "world/geography.h"

#include <math.h>
#include <stdlib.h>

_Static_assert((int)STP_FORCES_LISTED == (int)STP_MAX_FORCES,
               "scenarios may have as many forces as streets");

/* ---- movements ---- */

static bool sends(const stp_event *e)
{
    return e->enabled.value != 0 && (e->reinforcement.given || e->guards.given);
}

/* The step before which the people of an event arrive in district i. */
static uint64_t arrival(const steppe_scenario *s, const stp_event *e, size_t i)
{
    if (e->from < 0)
        return e->due;
    const stp_district_spec *a = &s->districts[e->from], *b = &s->districts[i];
    const stp_force *f = &s->forces[e->force];
    double distance = (size_t)e->from == i
                          ? 0
                          : stp_distance_km(a->latitude.value, a->longitude.value,
                                            b->latitude.value, b->longitude.value);
    return stp_event_step(s, e, (f->ready.value + distance / f->speed.value) * 60);
}

int stp_forces_create(steppe_context *context, stp_nation *n)
{
    const steppe_scenario *s = n->scenario;
    size_t count = 0;
    for (size_t e = 0; e < s->event_count; e++)
        for (size_t i = 0; sends(&s->events[e]) && i < s->district_count; i++)
            count += s->events[e].where[i];
    n->sendings = calloc(count ? count : 1, sizeof *n->sendings);
    if (!n->sendings)
        return stp_no_memory(context);
    for (size_t e = 0; e < s->event_count; e++)
        for (size_t i = 0; sends(&s->events[e]) && i < s->district_count; i++)
            if (s->events[e].where[i])
                n->sendings[n->sending_count++] =
                    (stp_sending){e, i, arrival(s, &s->events[e], i)};
    return STEPPE_OK;
}

/* ---- arrivals ---- */

/* Was event a (from 1; 0: none) ordered after event b, so that b no longer holds when its
 * people arrive? */
static bool overtaken(const steppe_scenario *s, size_t a, size_t b)
{
    return a > 0 && (s->events[a - 1].due > s->events[b - 1].due ||
                     (s->events[a - 1].due == s->events[b - 1].due && a > b));
}

static void arrive(stp_nation *n, const stp_sending *x)
{
    const steppe_scenario *s = n->scenario;
    const stp_event *e = &s->events[x->event];
    stp_detachment *d = &n->districts[x->district].detachments[e->force];
    if (stp_nation_refuses(n, e))
        return;
    const bool given[STP_SENT_COUNT] = {e->reinforcement.given, e->guards.given};
    const double people[STP_SENT_COUNT] = {e->reinforcement.value, stp_event_freed(e)};
    for (int k = 0; k < STP_SENT_COUNT; k++) {
        if (!given[k] || overtaken(s, d->latest[k], x->event + 1))
            continue;
        double share = stp_event_share(s, e, x->district);
        d->latest[k] = x->event + 1;
        d->ramps[k] = (stp_ramp){d->sent[k], people[k] * share, x->step, e->parts};
    }
}

void stp_forces_step(stp_nation *n, uint64_t step)
{
    for (size_t x = 0; x < n->sending_count; x++)
        if (n->sendings[x].step == step)
            arrive(n, &n->sendings[x]);
    for (size_t i = 0; i < n->world->count; i++) {
        for (size_t f = 0; f < stp_force_count(n->scenario); f++) {
            stp_detachment *d = &n->districts[i].detachments[f];
            for (int k = 0; k < STP_SENT_COUNT; k++)
                stp_ramp_advance(&d->ramps[k], &d->sent[k], step);
        }
    }
}

/* ---- officers on the street ---- */

/* Officers on the street of the district's own posts, at scale 1. */
static double own_officers(const stp_nation *n, size_t i)
{
    const stp_district_state *p = &n->districts[i];
    double posts = (double)stp_district_officers(n->scenario, i);
    double officers = posts * p->deployment, freed = 0;
    for (size_t f = 0; f < stp_force_count(n->scenario); f++)
        freed += p->detachments[f].sent[STP_SENT_FREED];
    return officers + fmin(freed, fmax(posts - officers, 0));
}

/* Rounds running sums and not each force, so that the total does not depend on the number
 * of forces. */
void stp_forces_settle(const stp_nation *n, size_t i, stp_conditions *conditions)
{
    const steppe_scenario *s = n->scenario;
    const stp_district_state *p = &n->districts[i];
    uint32_t most = n->world->districts[i].max_officers;
    double sum = 0;
    conditions->force_count = (uint32_t)stp_force_count(s);
    for (uint32_t f = 0; f < conditions->force_count; f++) {
        const stp_detachment *d = &p->detachments[f];
        sum += ((int)f == s->own_force ? own_officers(n, i) : 0) +
               d->sent[STP_SENT_STREET];
        uint32_t end = stp_scaled(sum, n->world->scale);
        conditions->force_end[f] = end < most ? end : most;
        conditions->obey[f] = d->obey;
        conditions->defect[f] = d->defect;
    }
    conditions->officers = conditions->force_end[conditions->force_count - 1];
}
