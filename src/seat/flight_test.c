/* Promise (seat/insecurity.c, seat/flight.c): a purge frightens those tied to who is
 * purged, by what ties them, and nobody else; the insecure leave or give, at their rates,
 * and no money is made or lost by it. */
#include "court.h"

/* ---- fear ---- */

#define FAMILY                                                                           \
    "seat: { enabled: true, incumbent: ruler }\ndefection: { enabled: false }\n"         \
    "persons:\n"                                                                         \
    "  - { id: ruler, name: R }\n  - { id: chief, name: C }\n  - { id: kin, name: K }\n" \
    "  - { id: client, name: L }\n  - { id: partner, name: P }\n"                        \
    "  - { id: both, name: B }\n  - { id: far, name: F }\n  - { id: alone, name: A }\n"  \
    "ties:\n"                                                                            \
    "  - { id: t1, a: chief, b: kin, kind: kin, strength: 0.8 }\n"                       \
    "  - { id: t2, a: client, b: chief, kind: patronage, strength: 0.8 }\n"              \
    "  - { id: t3, a: chief, b: partner, kind: business, strength: 0.8 }\n"              \
    "  - { id: t4, a: chief, b: both, kind: patronage, strength: 1 }\n"                  \
    "  - { id: t5, a: both, b: chief, kind: business, strength: 0.6 }\n"                 \
    "  - { id: t6, a: far, b: kin, kind: kin }\n"                                        \
    "  - { id: t7, a: ruler, b: chief, kind: kin }\n"

static double fear_of(const court *c, const char *id)
{
    return person(c, id)->insecurity;
}

static void it_runs_along_ties_by_their_kind(void **state)
{
    court c = daily(state, FAMILY);
    stp_seat_purge(c.seat, (size_t)person_of(&c, "chief"), 1);
    assert_near(fear_of(&c, "kin"), 0.5 * 0.8, 1e-15);
    assert_near(fear_of(&c, "client"), 0.5 * 0.7 * 0.8, 1e-15);
    assert_near(fear_of(&c, "partner"), 0.5 * 0.5 * 0.8, 1e-15);
    assert_near(fear_of(&c, "both"), 0.5 * (1 - (1 - 0.7) * (1 - 0.5 * 0.6)), 1e-15);
    assert_same(fear_of(&c, "far"), 0);
    assert_same(fear_of(&c, "alone"), 0);
    assert_same(fear_of(&c, "chief"), 0);
    assert_same(fear_of(&c, "ruler"), 0);
}

static void what_a_tie_counts_is_the_scenarios(void **state)
{
    court c = daily(state,
                    FAMILY "purge: { fear: 1, kin: 0.2, patronage: 0, business: 1 }\n");
    stp_seat_purge(c.seat, (size_t)person_of(&c, "chief"), 0.5);
    assert_near(fear_of(&c, "kin"), 0.5 * 0.2 * 0.8, 1e-15);
    assert_same(fear_of(&c, "client"), 0);
    assert_near(fear_of(&c, "partner"), 0.5 * 0.8, 1e-15);
    assert_near(fear_of(&c, "both"), 0.5 * 0.6, 1e-15);
}

/* One purge after the other: what is left of calm falls by the same part. */
static void it_adds_up_to_no_more_than_all(void **state)
{
    court c = daily(state, FAMILY);
    for (int n = 1; n <= 60; n++) {
        stp_seat_purge(c.seat, (size_t)person_of(&c, "chief"), 1);
        assert_near(fear_of(&c, "kin"), 1 - pow(0.6, n), 1e-14);
        assert_true(fear_of(&c, "kin") <= 1);
    }
}

static void who_is_gone_has_no_more_to_fear(void **state)
{
    court c = daily(state, FAMILY);
    person(&c, "kin")->whereabouts = STP_ABROAD;
    person(&c, "client")->whereabouts = STP_IN_DETENTION;
    stp_seat_purge(c.seat, (size_t)person_of(&c, "chief"), 1);
    assert_same(fear_of(&c, "kin"), 0);
    assert_same(fear_of(&c, "client"), 0);
    assert_true(fear_of(&c, "partner") > 0);
}

static void it_fades_by_half_in_a_half_life(void **state)
{
    static const struct {
        const char *purge;
        double left[3]; /* after 1, 10 and 60 days */
    } CASES[] = {{"half_life: 10 d", {0.93303299153680741, 0.5, 1.0 / 64}},
                 {"half_life: .inf", {1, 1, 1}},
                 {"half_life: 0", {0, 0, 0}},
                 {"enabled: false", {1, 1, 1}}};
    for (size_t i = 0; i < 4; i++) {
        court c = daily(state, words(state, FAMILY "purge: { %s }\n", CASES[i].purge));
        person(&c, "alone")->insecurity = 0.8;
        quiet_days(&c, 1);
        assert_near(fear_of(&c, "alone"), 0.8 * CASES[i].left[0], 1e-14);
        quiet_days(&c, 9);
        assert_near(fear_of(&c, "alone"), 0.8 * CASES[i].left[1], 1e-14);
        quiet_days(&c, 50);
        assert_near(fear_of(&c, "alone"), 0.8 * CASES[i].left[2], 1e-14);
    }
}

static void switched_off_nobody_is_afraid(void **state)
{
    court c = daily(state, FAMILY "purge: { enabled: false }\n");
    stp_seat_purge(c.seat, (size_t)person_of(&c, "chief"), 1);
    assert_same(fear_of(&c, "kin"), 0);
}

/* ---- flight ---- */

enum { RICH = 60, SEEDS = 150 };

/* `RICH` persons with money, and as afraid as is said, for ever. */
static court rich(void **state, const char *flight, double insecurity, long resources,
                  const char *more)
{
    stp_text people = {0};
    for (int i = 0; i < RICH; i++)
        stp_text_add(
            &people,
            "  - { id: p%d, name: P, resources: %ld, insecurity: %g, position: 1 }\n", i,
            resources, insecurity);
    const char *text =
        words(state,
              "seat: { enabled: true, incumbent: ruler, resource_weight: 1 }\n"
              "defection: { enabled: false }\npurge: { half_life: .inf }\n"
              "flight: { %s }\n"
              "persons:\n  - { id: ruler, name: R, resources: 1000,\n"
              "      insecurity: 1 }\n"
              "  - { id: poor, name: P, insecurity: 1 }\n%s%s",
              flight, people.data, more);
    free(people.data);
    return daily(state, text);
}

static void expect_rate(size_t count, double wanted, double draws)
{
    assert_near((double)count / draws, wanted,
                5 * sqrt(wanted * (1 - wanted) / draws) + 5 / draws);
}

static void they_leave_or_give_at_their_rates(void **state)
{
    static const struct {
        double exit, gift, fear;
    } CASES[] = {
        {0.02, 0.05, 1}, {0.02, 0.05, 0.3}, {0.3, 0.1, 0.5}, {0.1, 0, 1}, {0, 0.2, 1}};
    for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
        double e = CASES[k].exit, d = CASES[k].gift, draws = RICH * SEEDS;
        court any = rich(state, words(state, "exit_rate: %g, donate_rate: %g", e, d),
                         CASES[k].fear, 1000, "");
        size_t left = 0, gave = 0;
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            steppe_seat *seat;
            expect_ok(state,
                      steppe_seat_create(context_of(state), any.scenario, seed, &seat));
            steppe_seat_step(seat, 1, NULL);
            for (size_t i = 0; i < RICH + 2; i++)
                left += seat->persons[i].whereabouts == STP_ABROAD;
            gave += steppe_seat_entry_count(seat);
            steppe_seat_free(seat);
        }
        gave -= left; /* nothing else is noted */
        double acts = 1 - exp(-(e + d) * CASES[k].fear);
        expect_rate(left, acts * e / (e + d), draws);
        expect_rate(gave, acts * d / (e + d), draws);
    }
}

/* On other days other draws, and each person its own. */
static void days_differ(void **state)
{
    court c = rich(state, "exit_rate: 0.05, donate_rate: 0", 1, 1000, "");
    size_t gone = 0;
    double expected = 0;
    for (int day = 0; day < 40; day++) {
        expected += (double)(RICH - gone) * (1 - exp(-0.05));
        quiet_days(&c, 1);
        gone = noted(&c, "left");
    }
    assert_near((double)gone, expected, 5 * sqrt(expected));
    assert_true(gone > RICH / 2 && gone < RICH);
    for (size_t i = 0; i < c.count; i++)
        for (size_t k = 0; k < i; k++)
            assert_true(c.noted[i].person != c.noted[k].person); /* gone for good */
}

static void some_always_stay(void **state)
{
    court c = rich(state, "exit_rate: 1, donate_rate: 1", 0, 1000, "");
    quiet_days(&c, 300);
    assert_int_equal(c.count,
                     0); /* without fear nobody goes; the ruler and the poor do not */
    assert_int_equal(person(&c, "ruler")->whereabouts, STP_AT_LARGE);
    assert_int_equal(person(&c, "poor")->whereabouts, STP_AT_LARGE);
    c = rich(state, "enabled: false, exit_rate: 1", 1, 1000, "");
    quiet_days(&c, 300);
    assert_int_equal(c.count, 0);
}

/* With what they have, and from every office. */
static void who_leaves_keeps_his_money_and_nothing_else(void **state)
{
    court c = rich(state, "exit_rate: 1, donate_rate: 0", 1, 1000,
                   "vacancies: { enabled: false }\n"
                   "offices: [{ id: o, name: O, power: 5, holder: p0 },\n"
                   "  { id: q, name: Q, power: 5, holder: p0 }]\n"
                   "ties: [{ id: t, a: p0, b: p1, kind: kin }]\n");
    assert_near(seen(&c).strength, 1, 1e-6);
    assert_same(person(&c, "p0")->weight, 1010);
    while (person(&c, "p0")->whereabouts == STP_AT_LARGE)
        quiet_days(&c, 1);
    assert_string_equal(holder(&c, "o"), "nobody");
    assert_string_equal(holder(&c, "q"), "nobody");
    assert_int_equal(person(&c, "p0")->resources, 1000);
    assert_same(person(&c, "p0")->weight, 0);
    assert_same(person(&c, "p1")->insecurity, 1); /* which is no purge */
    assert_same(first_noted(&c, "left")->amount, 1000);
}

/* ---- giving ---- */

static void a_gift_is_a_share_and_calms(void **state)
{
    static const struct {
        long has, gift;
    } CASES[] = {{1000, 100}, {999, 99}, {15, 1}, {5, 1}, {1, 1}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        court c = rich(state,
                       "exit_rate: 0, donate_rate: 1, donation_relief: 0.25, payout: 0",
                       1, CASES[i].has, "");
        quiet_days(&c, 1);
        size_t gave = noted(&c, "donated");
        assert_true(gave > 20);
        for (size_t k = 0; k < gave; k++) {
            const stp_seat_person *p = &c.seat->persons[c.noted[k].person];
            assert_same(c.noted[k].amount, (double)CASES[i].gift);
            assert_int_equal(p->resources, CASES[i].has - CASES[i].gift);
            assert_near(p->insecurity, 0.75, 1e-15);
        }
        assert_int_equal(seen(&c).fund, (long)gave * CASES[i].gift);
    }
}

/* Until an act opens it, if there is one. */
static void the_fund_may_open_later(void **state)
{
    court c = rich(state, "exit_rate: 0, donate_rate: 1", 1, 1000,
                   "events: [{ id: e, title: E, hour: 240, act: open-fund }]\n");
    quiet_days(&c, 10);
    assert_int_equal(noted(&c, "donated"), 0);
    assert_int_equal(seen(&c).fund, 0);
    quiet_days(&c, 1);
    assert_true(noted(&c, "donated") > 0);
    c = rich(
        state, "exit_rate: 0, donate_rate: 1", 1, 1000,
        "events: [{ id: e, title: E, hour: 240, act: open-fund, enabled: false }]\n");
    quiet_days(&c, 1);
    assert_true(noted(&c, "donated") > 0);
}

/* Those who would have left do so whether there is a fund or not. */
static void without_a_fund_only_the_leaving_is_left(void **state)
{
    court c = rich(state, "exit_rate: 0.02, donate_rate: 1", 1, 1000,
                   "events: [{ id: e, title: E, hour: 24000, act: open-fund }]\n");
    quiet_days(&c, 10);
    assert_int_equal(noted(&c, "donated"), 0);
    expect_rate(noted(&c, "left"), 1 - exp(-0.2), RICH);
}

/* ---- the fund ---- */

static void it_pays_a_share_every_day(void **state)
{
    court c = rich(state, "exit_rate: 0, donate_rate: 0, payout: 0.1, fund_effect: 2", 0,
                   1000, "");
    c.seat->fund = 10005;
    c.seat->whole += 10005;
    int64_t fund = 10005, paid = 0;
    double lately = 0;
    for (int day = 0; day < 200; day++) {
        int64_t sum = fund / 10;
        lately = lately * pow(0.5, 1 / 30.0) + (double)sum;
        fund -= sum;
        paid += sum;
        quiet_days(&c, 1);
        assert_int_equal(seen(&c).fund, fund);
        assert_int_equal(seen(&c).paid, paid);
        assert_near(seen(&c).fund_relief, fmin(1, 2 * lately / 280), 1e-9);
    }
}

static void it_pays_more_where_the_economy_is_better_run(void **state)
{
    static const struct {
        double competence;
        int64_t paid;
    } CASES[] = {{0.75, 1000}, {0.6, 800}, {0.9, 1200}};
    for (size_t i = 0; i < 3; i++) {
        court c =
            rich(state, "exit_rate: 0, donate_rate: 0, payout: 0.1", 0, 0,
                 words(state,
                       "  - { id: banker, name: B, competence: %g }\n"
                       "offices: [{ id: b, name: B, economy: 1, holder: banker }]\n",
                       CASES[i].competence));
        c.seat->fund = 10004;
        c.seat->whole += 10004;
        quiet_days(&c, 1);
        assert_int_equal(seen(&c).paid, CASES[i].paid);
    }
}

/* Whatever happens, to the unit. */
static void money_is_neither_made_nor_lost(void **state)
{
    court any =
        rich(state,
             "exit_rate: 0.01, donate_rate: 0.1, donation: 0.37, payout: 0.07,\n"
             "  donation_relief: 0.1",
             0.7, 123457,
             "events:\n"
             "  - { id: a, title: E, hour: 48, act: detain, person: p1, seized: 0.3 }\n"
             "  - { id: b, title: E, hour: 72, act: exile, person: p2, seized: 0.9 }\n"
             "  - { id: c, title: E, hour: 96, act: detain, person: p3, seized: 1 }\n");
    const int64_t whole = RICH * (int64_t)123457 + 1000;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        court c = court_again(state, &any, seed);
        assert_int_equal(seen(&c).whole, whole);
        int64_t last_paid = 0;
        for (int day = 0; day < 100; day++) {
            quiet_days(&c, 1);
            steppe_seat_state s = seen(&c);
            int64_t sum = s.fund + s.paid + s.seized;
            for (size_t i = 0; i < RICH + 2; i++) {
                assert_true(c.seat->persons[i].resources >= 0);
                sum += c.seat->persons[i].resources;
            }
            assert_int_equal(sum, whole);
            assert_true(s.fund >= 0 && s.paid >= last_paid && s.seized >= 0);
            last_paid = s.paid;
        }
        assert_true(seen(&c).paid > 0 && seen(&c).seized > 0);
        assert_true(noted(&c, "left") > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(it_runs_along_ties_by_their_kind),
        with_shelf(what_a_tie_counts_is_the_scenarios),
        with_shelf(it_adds_up_to_no_more_than_all),
        with_shelf(who_is_gone_has_no_more_to_fear),
        with_shelf(it_fades_by_half_in_a_half_life),
        with_shelf(switched_off_nobody_is_afraid),
        with_shelf(they_leave_or_give_at_their_rates),
        with_shelf(days_differ),
        with_shelf(some_always_stay),
        with_shelf(who_leaves_keeps_his_money_and_nothing_else),
        with_shelf(a_gift_is_a_share_and_calms),
        with_shelf(the_fund_may_open_later),
        with_shelf(without_a_fund_only_the_leaving_is_left),
        with_shelf(it_pays_a_share_every_day),
        with_shelf(it_pays_more_where_the_economy_is_better_run),
        with_shelf(money_is_neither_made_nor_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
