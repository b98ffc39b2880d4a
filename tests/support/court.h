/* A seat of power made from a few lines of text, for the tests of its mechanisms. */
#ifndef STP_TEST_COURT_H
#define STP_TEST_COURT_H

#include "seat/seat.h"
#include "support.h"

enum { MAX_NOTED = 4096 };

typedef struct court {
    steppe_scenario *scenario;
    steppe_seat *seat;
    uint64_t step;            /* the last that was made */
    steppe_seat_entry *noted; /* all that happened so far */
    size_t count;
} court;

/* What stands before the sections of a seat: a step is a day, so that step n begins day n - 1. */
#define DAILY "steppe: 1\ntitle: A test\ntime: { step: 1 d, steps: 100000 }\n" LATTICE

static inline void release_seat(void *seat)
{
    steppe_seat_free(seat);
}

/* The same scenario with another seed. */
static inline court court_again(void **state, const court *of, uint64_t seed)
{
    court c = {.scenario = of->scenario};
    expect_ok(state, steppe_seat_create(context_of(state), c.scenario, seed, &c.seat));
    keep(state, c.seat, release_seat);
    c.noted = calloc(MAX_NOTED, sizeof *c.noted);
    keep(state, c.noted, free);
    return c;
}

/* A whole scenario, and the seat of its first run. */
static inline court court_of(void **state, const char *text)
{
    const court only = {.scenario = parse(state, text)};
    return court_again(state, &only, 1);
}

/* The sections of a seat, with steps of a day. */
static inline court daily(void **state, const char *sections)
{
    return court_of(state, words(state, DAILY "%s", sections));
}

/* Go on for so many steps; look: of each day; NULL: a country in which nothing happens. Returns
 * the days that began. */
static inline uint64_t go_on(court *c, uint64_t steps, const steppe_seat_look *look)
{
    uint64_t days = 0;
    for (; steps > 0; steps--) {
        days += steppe_seat_step(c->seat, ++c->step, look);
        for (size_t i = 0; i < steppe_seat_entry_count(c->seat); i++) {
            assert_true(c->count < MAX_NOTED);
            assert_int_equal(steppe_seat_entry_at(c->seat, i, &c->noted[c->count++]),
                             STEPPE_OK);
        }
    }
    return days;
}

static inline void quiet_days(court *c, uint64_t days)
{
    go_on(c, days, NULL);
}

/* Days on which so large a share is active. */
static inline void active_days(court *c, uint64_t days, double active)
{
    const steppe_seat_look look = {.active = active, .media = 1};
    go_on(c, days, &look);
}

/* ---- what stands where ---- */

static inline int person_of(const court *c, const char *id)
{
    for (size_t i = 0; i < c->scenario->person_count; i++)
        if (strcmp(c->scenario->persons[i].id, id) == 0)
            return (int)i;
    fail_msg("no person '%s'", id);
    return -1;
}

static inline int office_of(const court *c, const char *id)
{
    for (size_t k = 0; k < c->scenario->office_count; k++)
        if (strcmp(c->scenario->offices[k].id, id) == 0)
            return (int)k;
    fail_msg("no office '%s'", id);
    return -1;
}

static inline stp_seat_person *person(const court *c, const char *id)
{
    return &c->seat->persons[person_of(c, id)];
}

static inline steppe_seat_office office(const court *c, const char *id)
{
    steppe_seat_office o;
    assert_int_equal(steppe_seat_office_at(c->seat, (size_t)office_of(c, id), &o),
                     STEPPE_OK);
    return o;
}

/* Id of who holds an office: "nobody", "official", or a person's. */
static inline const char *holder(const court *c, const char *id)
{
    int who = office(c, id).holder;
    return who == STEPPE_SEAT_NOBODY     ? "nobody"
           : who == STEPPE_SEAT_OFFICIAL ? "official"
                                         : c->scenario->persons[who].id;
}

static inline steppe_seat_state seen(const court *c)
{
    steppe_seat_state s;
    steppe_seat_read(c->seat, &s);
    return s;
}

/* ---- what happened ---- */

static inline size_t noted(const court *c, const char *kind)
{
    size_t sum = 0;
    for (size_t i = 0; i < c->count; i++)
        sum += strcmp(c->noted[i].kind, kind) == 0;
    return sum;
}

/* The first entry of a kind; there must be one. */
static inline const steppe_seat_entry *first_noted(const court *c, const char *kind)
{
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->noted[i].kind, kind) == 0)
            return &c->noted[i];
    fail_msg("nothing of the kind '%s' happened", kind);
    return NULL;
}

/* Both stand alike, to the last bit. */
static inline void expect_alike(const court *a, const court *b)
{
    steppe_seat_state x = seen(a), y = seen(b);
    assert_int_equal(x.days, y.days);
    assert_same(x.strength, y.strength);
    assert_same(x.signal, y.signal);
    assert_same(x.threshold, y.threshold);
    assert_same(x.backing, y.backing);
    assert_same(x.blame, y.blame);
    assert_same(x.orders, y.orders);
    assert_same(x.pace, y.pace);
    assert_same(x.survival, y.survival);
    assert_same(x.restraint, y.restraint);
    assert_same(x.image, y.image);
    assert_same(x.reform_legitimacy, y.reform_legitimacy);
    assert_same(x.blame_legitimacy, y.blame_legitimacy);
    assert_same(x.reform_hardship, y.reform_hardship);
    assert_same(x.fund_relief, y.fund_relief);
    assert_same(x.promised, y.promised);
    assert_same(x.delivered, y.delivered);
    assert_true(x.fund == y.fund && x.paid == y.paid && x.seized == y.seized);
    assert_int_equal(x.fallen, y.fallen);
    assert_int_equal(x.fell_day, y.fell_day);
    for (int work = 0; work < STP_WORK_COUNT; work++)
        assert_same(x.output[work], y.output[work]);
    for (size_t i = 0; i < a->scenario->person_count; i++) {
        const stp_seat_person *p = &a->seat->persons[i], *q = &b->seat->persons[i];
        assert_true(p->resources == q->resources);
        assert_same(p->insecurity, q->insecurity);
        assert_same(p->weight, q->weight);
        assert_same(p->doubt, q->doubt);
        assert_same(p->cost, q->cost);
        assert_int_equal(p->defected, q->defected);
        assert_int_equal(p->whereabouts, q->whereabouts);
    }
    for (size_t k = 0; k < a->scenario->office_count; k++) {
        assert_int_equal(a->seat->offices[k].holder, b->seat->offices[k].holder);
        assert_int_equal(a->seat->offices[k].since, b->seat->offices[k].since);
    }
}

#endif
