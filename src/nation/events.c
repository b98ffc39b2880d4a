/* Dated events: each sets quantities of the districts where it happens, from the step that
 * begins then or next. Only causes are scripted, never outcomes. */
#include "nation/nation.h"

static void set_if_given(double *value, const stp_quantity *effect)
{
    if (effect->given)
        *value = effect->value;
}

static void apply(const stp_nation *nation, const stp_event *e)
{
    const steppe_scenario *s = nation->scenario;
    for (size_t i = 0; i < s->place_count; i++) {
        stp_province *p = &nation->provinces[i];
        if (!e->where[i])
            continue;
        set_if_given(&p->price, &e->fuel_price);
        set_if_given(&p->media_reach, &e->media_reach);
        set_if_given(&p->attention, &e->attention);
        set_if_given(&p->deployment, &e->deployment);
        set_if_given(&p->legitimacy, &e->legitimacy);
        if (e->reinforcement.given)
            p->reinforcement = e->reinforcement.value * stp_event_share(s, e, i);
    }
}

void stp_events_apply(stp_nation *nation, uint64_t step)
{
    const steppe_scenario *s = nation->scenario;
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].due == step && s->events[i].enabled.value != 0)
            apply(nation, &s->events[i]);
}
