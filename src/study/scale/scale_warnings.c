/* Warnings about a scale: where agents are too few to represent people. */
#include "scenario/model.h"
#include "study/scale/scale.h"
#include "world/world.h"

#include <math.h>
#include <stdio.h>

/* Officers sent by an event are too few below this number of agents. */
static const double FEW = 5;

size_t stp_coarse_districts(const steppe_scenario *s, double scale)
{
    size_t count = 0;
    for (size_t i = 0; i < s->district_count; i++) {
        double agents = (double)stp_district_residents(s, i) / scale;
        count += agents * s->outcome.unrest_share.value <= 1;
    }
    return count;
}

/* Districts whose one agent represents more people than live there; *more: the excess. */
static size_t crowded(const steppe_scenario *s, double scale, double *more)
{
    size_t count = 0;
    *more = 0;
    for (size_t i = 0; i < s->district_count; i++) {
        double residents = (double)stp_district_residents(s, i);
        double people = fmax(stp_scaled(residents, scale), 1) * scale;
        count += people > 1.5 * residents;
        *more += people > 1.5 * residents ? people - residents : 0;
    }
    return count;
}

static size_t few_sent(const steppe_scenario *s, double scale, size_t index, char *text)
{
    size_t count = 0;
    for (size_t i = 0; i < s->event_count; i++) {
        const stp_event *e = &s->events[i];
        double people = e->reinforcement.value;
        if (!e->reinforcement.given || e->enabled.value == 0 || people <= 0 ||
            people / scale >= FEW || scale == 1 || count++ != index)
            continue;
        snprintf(text, STEPPE_WARNING_TEXT,
                 "event '%.60s' sends %.0f officers, who are %u agent%s at scale %g: "
                 "their effect depends on this rounding",
                 e->id, people, stp_scaled(people, scale),
                 steppe_plural(stp_scaled(people, scale)), scale);
    }
    return count;
}

int steppe_scale_warning(const steppe_scenario *s, double scale, size_t index,
                         char text[STEPPE_WARNING_TEXT])
{
    double more;
    scale = scale != 0 ? scale : s->top.scale.value;
    if (stp_model_of(s) != STP_STREET || s->top.rules.value != STP_EPSTEIN || scale <= 1)
        return STEPPE_BAD_ARGUMENT;
    size_t few = stp_coarse_districts(s, scale), full = crowded(s, scale, &more);
    if (few > 0 && index-- == 0) {
        snprintf(text, STEPPE_WARNING_TEXT,
                 "in %zu of %zu districts one active agent is already unrest at "
                 "scale %g: use a smaller scale",
                 few, s->district_count, scale);
        return STEPPE_OK;
    }
    if (full > 0 && index-- == 0) {
        snprintf(text, STEPPE_WARNING_TEXT,
                 "too small for one agent per %g residents: %zu of %zu districts; their "
                 "agent represents all who live there, not %.0f more",
                 scale, full, s->district_count, more);
        return STEPPE_OK;
    }
    return few_sent(s, scale, index, text) > index ? STEPPE_OK : STEPPE_BAD_ARGUMENT;
}
