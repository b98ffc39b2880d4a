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

/* What is no harm to citizens: who is held or let go, and what officers suffer. */
static const steppe_counts NO_HARM = {.activations = 300,
                                      .releases = 100,
                                      .detained = 200,
                                      .citizens = 280,
                                      .officers = 16,
                                      .officers_killed = 8,
                                      .officers_wounded = 8,
                                      .officers_left = 8};

/* A number of a district that fades, and what makes it. */
typedef struct fading {
    const char *section; /* with a half-life of 48 h */
    steppe_counts cause; /* of one step, of 280 citizens */
    size_t offset;       /* of the number, in stp_district_state */
    double first;        /* the number after that, or after an hour of it ... */
    bool by_hour;        /* ... where it grows with the hours of a step */
    double tolerance;
} fading;

/* Half of it fades in each half-life, whatever the step. */
static inline void expect_half_to_fade(void **state, const fading *f)
{
    static const struct {
        const char *step;
        double hours;
        uint64_t steps; /* of a half-life */
    } CASES[] = {{"1 h", 1, 48}, {"30 min", 0.5, 96}, {"48 h", 48, 1}, {"1 d", 24, 2}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        country c =
            country_of(state,
                       words(state,
                             "steppe: 1\ntitle: A test\ntime: { step: %s, steps: 1000 }\n"
                             "detention: { term_max: .inf }\n%s\n" LATTICE,
                             CASES[i].step, f->section),
                       1);
        const double *number = (const double *)((const char *)c.nation->districts +
                                                f->offset);
        c.counts[0] = f->cause;
        step_to(&c, 1);
        double first = *number;
        assert_near(first, f->first * (f->by_hour ? CASES[i].hours : 1), 1e-15);
        c.counts[0] = (steppe_counts){0};
        for (int halves = 1; halves <= 5; halves++) {
            for (uint64_t n = 0; n < CASES[i].steps; n++)
                step_to(&c, 2 + n);
            assert_near(*number, first * pow(0.5, halves), f->tolerance);
        }
    }
}

#endif
