/* Dated events: each sets quantities of the districts where it happens, from the step
 * that begins then or next, at once or in equal parts over a time. Only causes are
 * scripted, never outcomes. forces.c moves the people whom events send. */
#include "nation/nation.h"

static double *quantity_of(stp_district_state *p, int ramp)
{
    double *const quantities[STP_RAMP_COUNT] = {&p->price,      &p->media_reach,
                                                &p->attention,  &p->deployment,
                                                &p->legitimacy, &p->relief,
                                                &p->curfew,     &p->survival,
                                                &p->orders,     &p->shots};
    return quantities[ramp];
}

static void start_ramp(stp_district_state *p, int ramp, const stp_quantity *effect,
                       uint64_t step, uint64_t steps)
{
    if (effect->given)
        p->ramps[ramp] = (stp_ramp){*quantity_of(p, ramp), effect->value, step, steps};
}

static void apply(const stp_nation *nation, const stp_event *e, uint64_t step)
{
    const steppe_scenario *s = nation->scenario;
    const stp_quantity *effects[STP_RAMP_COUNT] = {&e->fuel_price, &e->media_reach,
                                                   &e->attention,  &e->deployment,
                                                   &e->legitimacy, &e->relief,
                                                   &e->curfew,     &e->survival,
                                                   &e->orders,     &e->shots};
    for (size_t i = 0; i < s->district_count; i++) {
        if (!e->where[i])
            continue;
        for (int c = 0; c < STP_RAMP_COUNT; c++)
            start_ramp(&nation->districts[i], c, effects[c], step, e->parts);
        if (e->shots_at.given) /* an order is not gradual */
            nation->districts[i].shots_at_all = e->shots_at.value == STP_SHOTS_AT_ACTIVE;
    }
}

void stp_events_apply(stp_nation *nation, uint64_t step)
{
    const steppe_scenario *s = nation->scenario;
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].due == step && s->events[i].enabled.value != 0 &&
            !stp_nation_refuses(nation, &s->events[i]))
            apply(nation, &s->events[i], step);
    for (size_t i = 0; i < s->district_count; i++)
        for (int c = 0; c < STP_RAMP_COUNT; c++)
            stp_ramp_advance(&nation->districts[i].ramps[c],
                             quantity_of(&nation->districts[i], c), step);
}
