/* Promise (seat/powers.c): a power outside attends to unrest that is near and new, as long as it has
 * slots left by hotter spots; its attention follows with a lag, and backs or blames; and troops come
 * from who is asked and has enough support. */
#include "court.h"

static const double LAG = 48; /* h, as by default */

/* Powers and what else is said of them, beside a ruler and a diplomat. */
static court world_of_powers(void **state, const char *powers, const char *more)
{
    return daily(state,
                 words(state,
                       "seat: { enabled: true, incumbent: r, fall_time: 10000 d }\n"
                       "persons: [{ id: r, name: R }, { id: d, name: D, position: 1 }]\n"
                       "powers:\n%s%s",
                       powers, more));
}

static double attention(const court *c, size_t power)
{
    return c->seat->powers[power].attention;
}

/* ---- attention ---- */

static void it_follows_with_a_lag(void **state)
{
    court c = world_of_powers(state,
                              "  - { id: p, name: P, stance: 1, distance: 1000 km }\n",
                              "");
    double wanted = 0, part = 1 - exp(-24 / LAG);
    for (int day = 0; day < 60; day++) {
        bool unrest = day % 20 < 10;
        active_days(&c, 1, unrest ? 0.002 : 0);
        wanted += ((double)unrest - wanted) * part;
        assert_near(attention(&c, 0), wanted, 1e-14);
        assert_near(seen(&c).backing, wanted, 1e-14);
        assert_same(seen(&c).blame, 0);
    }
}

/* v = (a / unit) N 1000 / max(d, 100), against hot spots of a salience. */
static void the_near_is_more_salient(void **state)
{
    static const struct {
        const char *distance;
        double salience; /* of a = 0.002, at first */
    } CASES[] = {
        {"1000 km", 2}, {"500 km", 4}, {"4000 km", 0.5}, {"100 km", 20}, {"1 km", 20}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (int more = 0; more < 2; more++) {
            court c = world_of_powers(
                state,
                words(state, "  - { id: p, name: P, stance: -1, distance: %s }\n",
                      CASES[i].distance),
                words(state, "hotspots: [{ id: h, name: H, salience: %.17g }]\n",
                      CASES[i].salience * (more ? 1.001 : 0.999)));
            active_days(&c, 1, 0.002);
            assert_int_equal(attention(&c, 0) > 0, !more);
        }
}

static void a_slot_is_taken_by_what_is_hotter(void **state)
{
    for (int slots = 1; slots <= 4; slots++)
        for (int hot = 0; hot <= 4; hot++) {
            const char *spots = hot ? "hotspots:\n" : "";
            for (int k = 0; k < hot; k++)
                spots = words(state, "%s  - { id: h%d, name: H, salience: %d }\n", spots,
                              k, 3 + k);
            court c = world_of_powers(
                state,
                words(state,
                      "  - { id: p, name: P, stance: 1, distance: 1000 km, slots: %d }\n",
                      slots),
                words(state, "%s%s", spots,
                      hot ? "  - { id: cold, name: C, salience: 0.5 }\n" : ""));
            active_days(&c, 1, 0.002);
            assert_int_equal(attention(&c, 0) > 0, hot < slots);
        }
}

/* C9: a war elsewhere takes the attention away, and its end gives it back. */
static void a_hot_spot_may_come_and_go(void **state)
{
    court c = world_of_powers(
        state, "  - { id: p, name: P, stance: 1, distance: 1000 km }\n",
        "hotspots: [{ id: war, name: W }]\n"
        "attention: { half_life: 10000 d }\n"
        "events:\n"
        "  - { id: a, title: A, hour: 240, act: hotspot, hotspot: war, amount: 50 }\n"
        "  - { id: b, title: B, hour: 480, act: hotspot, hotspot: war, amount: 0 }\n");
    active_days(&c, 10, 0.002);
    double before = seen(&c).backing;
    active_days(&c, 10, 0.002);
    assert_true(seen(&c).backing < 0.02 && before > 0.9);
    active_days(&c, 10, 0.002);
    assert_true(seen(&c).backing > 0.9);
}

/* Half of it goes in a half-life of unrest, and half of what is missing comes back in one of calm. */
static void novelty_wears_off(void **state)
{
    court c = world_of_powers(state,
                              "  - { id: p, name: P, stance: 1, distance: 1000 km }\n",
                              "");
    active_days(&c, 14, 0.001); /* the unit itself is unrest */
    assert_near(c.seat->novelty, 0.5, 1e-14);
    active_days(&c, 14, 0.5);
    assert_near(c.seat->novelty, 0.25, 1e-14);
    active_days(&c, 14, 0.000999);
    assert_near(c.seat->novelty, 1 - 0.75 / 2, 1e-14);
    quiet_days(&c, 10000);
    assert_near(c.seat->novelty, 1, 1e-12);
    /* So continuing unrest is lost sight of. */
    c = world_of_powers(state, "  - { id: p, name: P, stance: 1, distance: 1000 km }\n",
                        "hotspots: [{ id: h, name: H, salience: 1 }]\n");
    int days = 0;
    for (double last = -1; attention(&c, 0) > last; days++) {
        last = attention(&c, 0);
        active_days(&c, 1, 0.002);
    }
    assert_in_range(days, 15, 16); /* 2 N < 1 after a half-life */
}

static void without_unrest_nobody_looks(void **state)
{
    court c = world_of_powers(state,
                              "  - { id: p, name: P, stance: 1, distance: 1 km }\n", "");
    quiet_days(&c, 100);
    assert_same(attention(&c, 0), 0);
}

/* ---- what it does ---- */

static void friends_back_and_others_blame(void **state)
{
    court c = world_of_powers(
        state,
        "  - { id: a, name: A, stance: 0.8, means: 0.5, distance: 1000 km }\n"
        "  - { id: b, name: B, stance: 0.3, distance: 1000 km }\n"
        "  - { id: c, name: C, stance: -0.6, means: 0.5, distance: 1000 km }\n"
        "  - { id: e, name: E, stance: -0.2, distance: 1000 km }\n"
        "  - { id: f, name: F, stance: 0, distance: 1000 km }\n",
        "attention: { lag: 0, restraint: 0.4, blame_legitimacy: 0.3 }\n"
        "defection: { street_effect: 0, backing_effect: 0.5 }\n");
    assert_near(seen(&c).signal, 0.5, 1e-9);
    active_days(&c, 1, 0.002);
    assert_near(seen(&c).backing, 0.4 + 0.3, 1e-14);
    assert_near(seen(&c).blame, 0.3 + 0.2, 1e-14);
    assert_near(seen(&c).restraint, 1 - 0.4 * 0.5, 1e-14);
    assert_near(seen(&c).blame_legitimacy, 0.3 * 0.5, 1e-14);
    assert_near(seen(&c).signal, 0.5 + 0.5 * 0.7, 1e-9);
}

static void neither_is_more_than_all(void **state)
{
    const char *powers = "";
    for (int k = 0; k < 8; k++)
        powers = words(state, "%s  - { id: p%d, name: P, stance: %d, distance: 1 km }\n",
                       powers, k, k % 2 ? 1 : -1);
    court c = world_of_powers(
        state, powers, "attention: { lag: 0, restraint: 1, blame_legitimacy: 1 }\n");
    active_days(&c, 1, 0.1);
    assert_same(seen(&c).backing, 1);
    assert_same(seen(&c).blame, 1);
    assert_same(seen(&c).restraint, 0);
    assert_same(seen(&c).blame_legitimacy, 1);
}

/* D = 1 + e (O - 1), of the day before: in the support of friends, and in how salient they find it. */
static void diplomacy_counts_with_friends(void **state)
{
    static const struct {
        double competence, factor;
    } CASES[] = {{0.75, 1},
                 {0.5, 1 + 0.6 * (0.5 / 0.75 - 1)},
                 {1, 1 + 0.6 * (1 / 0.75 - 1)}};
    for (size_t i = 0; i < 3; i++)
        for (int hot = 0; hot < 2; hot++) {
            court c = world_of_powers(
                state,
                "  - { id: f, name: F, stance: 0.5, distance: 1000 km }\n"
                "  - { id: e, name: E, stance: -0.5, distance: 1000 km }\n",
                words(state,
                      "offices: [{ id: o, name: O, diplomacy: 1, holder: d }]\n"
                      "channels: { diplomacy_effect: 0.6 }\nattention: { lag: 0 }\n"
                      "hotspots: [{ id: h, name: H, salience: %.17g }]\n",
                      2 * CASES[i].factor * (hot ? 1.001 : 0.999)));
            c.scenario->persons[1].competence.value = CASES[i].competence;
            stp_seat_work(c.seat);
            active_days(&c, 1, 0.002);
            assert_near(seen(&c).backing, hot ? 0 : 0.5 * CASES[i].factor, 1e-14);
            bool sees = 2 > 2 * CASES[i].factor * (hot ? 1.001 : 0.999);
            assert_near(seen(&c).blame, sees ? 0.5 : 0, 1e-14);
        }
}

static void a_stance_may_change(void **state)
{
    court c = world_of_powers(
        state, "  - { id: p, name: P, stance: 0.5, distance: 1000 km }\n",
        "attention: { lag: 0 }\n"
        "events: [{ id: e, title: E, hour: 48, act: stance, power: p, amount: -0.4 }]\n");
    active_days(&c, 2, 0.002);
    assert_same(seen(&c).backing, 0.5);
    active_days(&c, 1, 0.002);
    assert_same(seen(&c).backing, 0);
    assert_near(seen(&c).blame, 0.4, 1e-15);
}

static void switched_off_they_do_nothing(void **state)
{
    court c = world_of_powers(
        state,
        "  - { id: p, name: P, stance: 1, distance: 1 km }\n"
        "  - { id: q, name: Q, stance: -1, distance: 1 km }\n",
        "attention: { enabled: false, restraint: 1, blame_legitimacy: 1 }\n");
    active_days(&c, 20, 0.002);
    assert_same(seen(&c).backing, 0);
    assert_same(seen(&c).blame, 0);
    assert_same(seen(&c).restraint, 1);
    assert_same(seen(&c).blame_legitimacy, 0);
    assert_true(stp_seat_grants(c.seat, 0)); /* as the scenario has it */
}

/* ---- troops ---- */

/* Asked on day 1. */
static court asking(void **state, const char *power, const char *more)
{
    return world_of_powers(
        state, words(state, "  - { id: p, name: P, distance: 1000 km, %s }\n", power),
        words(
            state,
            "events:\n  - { id: ask, title: A, hour: 24, act: ask-troops, power: p }\n%s",
            more));
}

static void who_is_asked_looks_at_once(void **state)
{
    static const struct {
        const char *power;
        bool granted;
    } CASES[] = {{"stance: 0.5, means: 0.6, grants: 0.3", true},
                 {"stance: 0.5, means: 0.6, grants: 0.31", false},
                 {"stance: 1, grants: 1", true},
                 {"stance: 0, grants: 0", true},
                 {"stance: -1, grants: 0", false},
                 {"stance: 1, means: 0, grants: 0.01", false}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        court c = asking(state, CASES[i].power, "");
        quiet_days(&c, 1);
        assert_false(stp_seat_grants(c.seat, 0)); /* not asked */
        quiet_days(&c, 1);
        assert_int_equal(stp_seat_grants(c.seat, 0), CASES[i].granted);
        assert_int_equal(noted(&c, "asked"), 1);
        assert_int_equal(noted(&c, "granted"), CASES[i].granted);
        if (CASES[i].granted) {
            assert_string_equal(first_noted(&c, "granted")->event, "ask");
            assert_int_equal(first_noted(&c, "granted")->day, 1);
        }
        /* It is kept, and the request is forgotten like everything else. */
        quiet_days(&c, 50);
        assert_int_equal(stp_seat_grants(c.seat, 0), CASES[i].granted);
        assert_true(attention(&c, 0) < 1e-9);
    }
}

/* As soon as there is enough support, without another word. */
static void who_was_asked_may_grant_later(void **state)
{
    court c = asking(state, "stance: 0.1, grants: 0.5",
                     "  - { id: turn, title: T, hour: 240, act: stance, power: p,\n"
                     "      amount: 0.9 }\n");
    active_days(&c, 10, 0.002);
    assert_false(stp_seat_grants(c.seat, 0));
    active_days(&c, 1, 0.002);
    assert_true(stp_seat_grants(c.seat, 0));
    assert_string_equal(first_noted(&c, "granted")->event, "");
    assert_int_equal(first_noted(&c, "granted")->day, 10);
    active_days(&c, 30, 0.002);
    assert_int_equal(noted(&c, "granted"), 1);
}

/* What depends on a grant does not happen without it. */
static void what_is_not_granted_is_refused(void **state)
{
    static const struct {
        const char *power;
        bool granted;
    } CASES[] = {{"stance: 1", true}, {"stance: 0.1", false}};
    for (size_t i = 0; i < 2; i++) {
        court c =
            asking(state, CASES[i].power,
                   "  - { id: early, title: E, hour: 0, granted_by: p,\n"
                   "      act: promise-reform, amount: 0.1 }\n"
                   "  - { id: late, title: L, hour: 48, granted_by: p,\n"
                   "      act: promise-reform, amount: 0.2 }\n"
                   "  - { id: plain, title: T, hour: 48, granted_by: p, relief: 0.1 }\n");
        quiet_days(&c, 1);
        assert_int_equal(noted(&c, "refused"), 1); /* nobody had asked */
        assert_string_equal(first_noted(&c, "refused")->event, "early");
        assert_int_equal(first_noted(&c, "refused")->power, 0);
        quiet_days(&c, 4);
        assert_int_equal(noted(&c, "refused"), CASES[i].granted ? 1 : 3);
        assert_same(seen(&c).promised, CASES[i].granted ? 0.2 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(it_follows_with_a_lag),
        with_shelf(the_near_is_more_salient),
        with_shelf(a_slot_is_taken_by_what_is_hotter),
        with_shelf(a_hot_spot_may_come_and_go),
        with_shelf(novelty_wears_off),
        with_shelf(without_unrest_nobody_looks),
        with_shelf(friends_back_and_others_blame),
        with_shelf(neither_is_more_than_all),
        with_shelf(diplomacy_counts_with_friends),
        with_shelf(a_stance_may_change),
        with_shelf(switched_off_they_do_nothing),
        with_shelf(who_is_asked_looks_at_once),
        with_shelf(who_was_asked_may_grant_later),
        with_shelf(what_is_not_granted_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
