/* A nation made from a few lines of text, for the tests of its mechanisms. */
#ifndef STP_TEST_COUNTRY_H
#define STP_TEST_COUNTRY_H

#include "nation/nation.h"
#include "support.h"

typedef struct country {
    stp_world *world;
    stp_nation *nation;
    stp_conditions *conditions; /* one per district, as the next two */
    uint64_t *active;
    steppe_counts *counts; /* of the last step; active from above, if it is there */
} country;

static inline void release_nation(void *nation)
{
    stp_nation_free(nation);
}

static inline country country_of(void **state, const char *text, double scale)
{
    steppe_scenario *scenario = parse(state, text);
    country c = {.world = world_of(state, scenario, scale, STEPPE_SEQUENTIAL)};
    expect_ok(state, stp_nation_create(context_of(state), scenario, c.world, &c.nation));
    keep(state, c.nation, release_nation);
    c.conditions = calloc(c.world->count, sizeof *c.conditions);
    keep(state, c.conditions, free);
    c.active = calloc(c.world->count, sizeof *c.active);
    keep(state, c.active, free);
    c.counts = calloc(c.world->count, sizeof *c.counts);
    keep(state, c.counts, free);
    return c;
}

/* Three towns; `far` is far away, and has twice the people of `here` on twice the cells. news: its section; sections:
 * lines of others. */
static inline country towns_of(void **state, const char *news, const char *sections,
                               const char *events)
{
    return country_of(
        state,
        words(state,
              HEAD "news: { %s }\n%s\ndistricts:\n"
                   "  - { id: here, name: H, lat: 40, lon: 70, width: 20, height: 20 }\n"
                   "  - { id: near, name: N, lat: 41, lon: 70, width: 20, height: 20 }\n"
                   "  - { id: far, name: F, lat: 50, lon: 70, width: 40, height: 20 }\n"
                   "%s",
              news, sections, events),
        1);
}

/* The conditions of a step. */
static inline void step_to(country *c, uint64_t step)
{
    for (size_t i = 0; i < c->world->count; i++)
        if (c->active[i] > 0)
            c->counts[i].active = c->active[i];
    stp_nation_step(c->nation, step, c->counts, c->conditions);
}

#endif
