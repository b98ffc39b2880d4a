/* Promise (seat/defection.c): persons change sides as in a global game with a public signal (Morris
 * and Shin 2003), which the street lowers and backing raises; who does so draws others along on the
 * same day; and what a person sees alone depends on its id and the epoch alone. */
#include "court.h"

#include "base/normal.h"
#include "models/global_game.h"

enum { WATCHERS = 60 };

/* Where `watchers` who count for nothing stand at x, beside a ruler and a rival with `theta` of all
 * weight between them. Whatever the watchers do, the strength is theta. */
static court court_at(void **state, double theta, double x, const char *defection,
                      size_t watchers)
{
    stp_text people = {0};
    for (size_t i = 0; i < watchers; i++)
        stp_text_add(&people, "  - { id: w%zu, name: W, position: %.17g }\n", i, x);
    const char *text =
        words(state,
              "seat: { enabled: true, incumbent: ruler }\ndefection: { %s }\n"
              "offices:\n"
              "  - { id: throne, name: T, power: %.17g, holder: ruler }\n"
              "  - { id: house, name: H, power: %.17g, holder: rival }\n"
              "persons:\n  - { id: ruler, name: R }\n  - { id: rival, name: V, position: "
              "0 }\n%s",
              defection, theta, 1 - theta, people.data ? people.data : "");
    free(people.data);
    return daily(state, text);
}

/* ---- the threshold ---- */

/* LITERATURE 3.2. */
static void the_threshold_is_the_published_one(void **state)
{
    static const struct {
        double signal, alpha, beta, threshold;
    } CASES[] = {{0.3, 0, 1, 0.6},
                 {0.9, 0, 9, 0.6},
                 {0.2, 1, 1, 0.841},
                 {0.5, 1, 1, 0.718},
                 {0.8, 1, 1, 0.539}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        court c = court_at(state, CASES[i].signal, 0.5,
                           words(state,
                                 "cost: 0.4, media_freedom: 1, alpha: %g, beta: %g",
                                 CASES[i].alpha, CASES[i].beta),
                           0);
        assert_near(seen(&c).signal, CASES[i].signal, 1e-7);
        assert_near(seen(&c).threshold, CASES[i].threshold, 5e-4);
    }
}

/* y = theta - b a + b' F. */
static void what_moves_the_signal(void **state)
{
    court c = court_at(state, 0.6, 0.5, "street_effect: 50, backing_effect: 0.3", 0);
    c.seat->look.active = 0.004;
    c.seat->backing = 0.5;
    stp_seat_signal(c.seat);
    assert_near(seen(&c).signal, 0.6 - 0.2 + 0.15, 1e-7);
    c.seat->backing = 0;
    stp_seat_signal(c.seat);
    double weaker = seen(&c).threshold;
    c.seat->look.active = 0;
    stp_seat_signal(c.seat);
    assert_near(seen(&c).signal, 0.6, 1e-7);
    assert_true(seen(&c).threshold < weaker);
}

/* Where media let nothing through there is no public signal, and the street is not seen. */
static void media_make_it_precise(void **state)
{
    static const double MEDIA[] = {0, 0.25, 0.5, 1};
    double last = -1;
    court c = court_at(state, 0.6, 0.5, "media_freedom: 0.5, alpha: 6", 0);
    c.seat->look.active = 0.01;
    for (size_t i = 0; i < 4; i++) {
        c.seat->look.media = MEDIA[i];
        stp_seat_signal(c.seat);
        const stp_global_game game = {seen(&c).signal, 3 * MEDIA[i], 9, 0.7};
        double wanted[STP_GLOBAL_GAME_MAX];
        assert_int_equal(stp_global_game_thresholds(&game, wanted), 1);
        assert_same(seen(&c).threshold, wanted[0]);
        assert_true(seen(&c).threshold > last); /* more of the street is seen */
        last = seen(&c).threshold;
        if (i == 0)
            assert_near(seen(&c).threshold, 1 - 0.7, 1e-12);
    }
}

/* ---- how many ---- */

/* Probability that someone of cost c sees too little to stay, in closed form: with m = (alpha y + beta
 * s) / (alpha + beta), Phi(sqrt(alpha + beta) (theta* - m)) > c where s < s*. */
static double share_of(double theta, double y, double threshold, double alpha,
                       double beta, double cost)
{
    double m = threshold - stp_normal_inverse(cost) / sqrt(alpha + beta);
    double s = ((alpha + beta) * m - alpha * y) / beta;
    return stp_normal(sqrt(beta) * (s - theta));
}

/* The table of decision 014 for the costs of the defaults: .7 + .3 (2x - 1). */
static const struct {
    double theta, active, threshold, shares[6];
} TABLE[] = {
    {0.60, 0, .144, {.063, .030, .013, .004, .001, 0}},
    {0.60, 0.0026, .240, {.188, .108, .056, .023, .006, 0}},
    {0.60, 0.005, .368, {.446, .313, .200, .107, .037, .001}},
    {0.60, 0.01, .684, {.948, .899, .822, .698, .491, .088}},
    {0.82, 0.0026, .156, {.018, .007, .002, .001, 0, 0}},
    {0.82, 0.01, .549, {.583, .444, .310, .184, .075, .003}},
    {0.93, 0.01, .476, {.301, .192, .110, .052, .015, 0}},
};
enum { ROWS = sizeof TABLE / sizeof *TABLE };

static double cost_at(double x)
{
    return fmin(fmax(0.7 + 0.3 * (2 * x - 1), 0.01), 0.99);
}

static void the_table_of_the_plan(void **state)
{
    for (size_t i = 0; i < ROWS; i++) {
        court c = court_at(state, TABLE[i].theta, 0.5, "enabled: true", 1);
        active_days(&c, 1, TABLE[i].active);
        double threshold = seen(&c).threshold, y = seen(&c).signal;
        assert_near(y, TABLE[i].theta - 100 * TABLE[i].active, 1e-7);
        assert_near(threshold, TABLE[i].threshold, 5e-4);
        for (int k = 0; k < 6; k++)
            assert_near(share_of(TABLE[i].theta, y, threshold, 3, 9, cost_at(0.2 * k)),
                        TABLE[i].shares[k], 5.1e-4);
    }
}

/* Of all watchers, in all seeds, those who defect on the first day. */
static double counted_share(void **state, const court *of, double active, uint64_t seeds)
{
    const steppe_seat_look look = {.active = active, .media = 1};
    size_t defected = 0;
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        steppe_seat *seat;
        expect_ok(state,
                  steppe_seat_create(context_of(state), of->scenario, seed, &seat));
        steppe_seat_step(seat, 1, &look);
        for (size_t i = 2; i < of->scenario->person_count; i++)
            defected += seat->persons[i].defected;
        steppe_seat_free(seat);
    }
    return (double)defected / (double)(seeds * WATCHERS);
}

/* Within five deviations of a binomial. */
static void expect_share(double share, double wanted, double draws)
{
    assert_near(share, wanted, 5 * sqrt(wanted * (1 - wanted) / draws) + 5 / draws);
}

static void so_many_defect(void **state)
{
    static const double PLACES[] = {0, 0.4, 0.8};
    for (size_t i = 0; i < ROWS; i++)
        for (int k = 0; k < 3; k++) {
            court c = court_at(state, TABLE[i].theta, PLACES[k], "enabled: true",
                               WATCHERS);
            double y = TABLE[i].theta - 100 * TABLE[i].active;
            const stp_global_game game = {y, 3, 9, 0.7};
            double t[STP_GLOBAL_GAME_MAX];
            stp_global_game_thresholds(&game, t);
            expect_share(counted_share(state, &c, TABLE[i].active, 60),
                         share_of(TABLE[i].theta, y, t[0], 3, 9, cost_at(PLACES[k])),
                         60.0 * WATCHERS);
        }
}

/* Where all costs are the same it is the published game, whose share of attackers at the threshold is
 * the threshold itself. */
static void without_effects_it_is_morris_and_shin(void **state)
{
    const char *settings =
        "loyalty_effect: 0, tie_effect: 0, fear_effect: 0, cost: 0.4,\n"
        "  media_freedom: 1, alpha: 1, beta: 1, street_effect: 1";
    static const double THETAS[] = {0.2, 0.5, 0.8};
    for (size_t i = 0; i < 3; i++) {
        court c = court_at(state, THETAS[i], 0.3, settings, WATCHERS);
        const stp_global_game game = {THETAS[i], 1, 1, 0.4};
        double t[STP_GLOBAL_GAME_MAX];
        assert_int_equal(stp_global_game_thresholds(&game, t), 1);
        double share = share_of(THETAS[i], THETAS[i], t[0], 1, 1, 0.4);
        expect_share(counted_share(state, &c, 0, 400), share, 400.0 * WATCHERS);
        assert_near(share_of(t[0], THETAS[i], t[0], 1, 1, 0.4), t[0], 1e-9);
    }
}

/* ---- the cost ---- */

static double cost_of(void **state, const char *defection, const char *person_keys)
{
    court c = daily(
        state, words(state,
                     "seat: { enabled: true, incumbent: r }\ndefection: { %s }\n"
                     "purge: { half_life: .inf }\nflight: { enabled: false }\n"
                     "persons: [{ id: r, name: R }, { id: p, name: P, %s }]\n"
                     "ties: [{ id: t, a: p, b: r, kind: patronage, strength: 0.5 }]\n",
                     defection, person_keys));
    quiet_days(&c, 1);
    return person(&c, "p")->cost;
}

static void the_cost_is_one_of_place_ties_and_fear(void **state)
{
    static const struct {
        const char *defection, *keys;
        double cost;
    } CASES[] = {
        {"cost: 0.5, tie_effect: 0", "position: 0.5", 0.5},
        {"cost: 0.5, tie_effect: 0", "position: 1", 0.8},
        {"cost: 0.5, tie_effect: 0", "position: 0", 0.2},
        {"cost: 0.5, tie_effect: 0.4", "position: 0.5", 0.5 + 0.4 * 0.35},
        {"cost: 0.5, tie_effect: 0", "insecurity: 0.5", 0.4},
        {"cost: 0.5, tie_effect: 0, fear_effect: 1", "insecurity: 1", 0.01},
        {"cost: 0.5, tie_effect: 1, loyalty_effect: 1", "position: 1", 0.99},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_near(cost_of(state, CASES[i].defection, CASES[i].keys), CASES[i].cost,
                    1e-14);
}

/* ---- what each sees ---- */

static void what_is_seen_alone_is_normal(void **state)
{
    court c = court_at(state, 0.5, 0.5, "signal_time: 24 h", WATCHERS);
    double sum = 0, squares = 0, n = 0;
    size_t below = 0;
    for (uint64_t day = 0; day < 1000; day++)
        for (size_t i = 2; i < WATCHERS + 2; i++, n++) {
            double e = stp_seat_private(c.seat, i, day);
            sum += e;
            squares += e * e;
            below += e < -1;
        }
    assert_near(sum / n, 0, 5 / sqrt(n));
    assert_near(squares / n, 1, 5 * sqrt(2 / n));
    expect_share((double)below / n, stp_normal(-1), n);
}

static void it_stands_for_an_epoch(void **state)
{
    court c = court_at(state, 0.5, 0.5, "signal_time: 10 d", 1);
    double first = stp_seat_private(c.seat, 2, 0),
           other = stp_seat_private(c.seat, 2, 10);
    assert_true(first != other);
    for (uint64_t day = 0; day < 10; day++) {
        assert_same(stp_seat_private(c.seat, 2, day), first);
        assert_same(stp_seat_private(c.seat, 2, 10 + day), other);
    }
    court same = court_again(state, &c, 1), another = court_again(state, &c, 2);
    assert_same(stp_seat_private(same.seat, 2, 0), first);
    assert_true(stp_seat_private(another.seat, 2, 0) != first);
}

/* Neither what else a file holds nor in which order. */
static void it_hangs_on_the_id_alone(void **state)
{
    court a = daily(state, "seat: { enabled: true, incumbent: r }\n"
                           "persons: [{ id: r, name: R }, { id: p, name: P }]\n");
    court b = daily(state,
                    "seat: { enabled: true, incumbent: r }\n"
                    "persons: [{ id: q, name: Q }, { id: p, name: X, position: 1 },\n"
                    "  { id: r, name: R }]\n");
    for (uint64_t day = 0; day < 100; day += 30) {
        assert_same(stp_seat_private(a.seat, 1, day), stp_seat_private(b.seat, 1, day));
        assert_true(stp_seat_private(b.seat, 0, day) != stp_seat_private(b.seat, 1, day));
    }
}

/* ---- one after the other ---- */

/* A great person, whose side is worth `great`, and many small ones. */
static court cascade(void **state, double great)
{
    stp_text people = {0};
    for (int i = 0; i < 30; i++)
        stp_text_add(&people, "  - { id: s%d, name: S, position: 0.4, resources: 1 }\n",
                     i);
    const char *text =
        words(state,
              "seat: { enabled: true, incumbent: ruler, resource_weight: 0.001 }\n"
              "offices:\n"
              "  - { id: throne, name: T, power: 0.3, holder: ruler }\n"
              "  - { id: house, name: H, power: %g, holder: great }\n"
              "  - { id: other, name: O, power: %g, holder: ruler }\n"
              "persons:\n  - { id: ruler, name: R }\n"
              "  - { id: great, name: G, position: 0.9, insecurity: 1 }\n"
              "  - { id: rival, name: V, position: 0, resources: 200 }\n%s",
              great, 0.4 - great, people.data);
    free(people.data);
    return daily(state, text);
}

/* Belief that someone would have had at the strength and signal of the morning. */
static double doubt_at_first(const court *c, size_t i, double theta, double active)
{
    double y = theta - 100 * active, t[STP_GLOBAL_GAME_MAX];
    const stp_global_game game = {y, 3, 9, 0.7};
    assert_int_equal(stp_global_game_thresholds(&game, t), 1);
    double s = theta + stp_seat_private(c->seat, i, 0) / 3;
    return stp_normal(sqrt(12) * (t[0] - (3 * y + 9 * s) / 12));
}

static void one_draws_others_along_on_the_same_day(void **state)
{
    static const double GREAT[] = {0.4, 0};
    size_t followers[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        court any = cascade(state, GREAT[k]);
        for (uint64_t seed = 1; seed <= 80; seed++) {
            court c = court_again(state, &any, seed);
            double theta = seen(&c).strength;
            bool moved = false;
            active_days(&c, 1, 0.007);
            for (size_t i = 0; i < c.scenario->person_count; i++) {
                const stp_seat_person *p = &c.seat->persons[i];
                if (c.scenario->seat.incumbent == (int)i)
                    continue;
                double doubt = doubt_at_first(&c, i, theta, 0.007);
                moved |= p->defected && doubt > p->cost;
                followers[k] += p->defected && doubt <= p->cost;
                assert_true(p->defected || p->doubt <= p->cost); /* nobody else would */
                assert_true(p->defected || doubt <= p->cost);
            }
            size_t all = noted(&c, "defected");
            assert_int_equal(all, seen(&c).defectors);
            assert_true(moved || all == 0); /* someone has to begin */
            assert_true(seen(&c).strength <= theta);
        }
    }
    assert_true(followers[0] > 100);
    assert_true(followers[1] * 10 < followers[0]); /* nor is it the small ones' doing */
}

static void the_incumbent_never_does(void **state)
{
    court c = daily(state, "seat: { enabled: true, incumbent: r, fall_time: 1000 d }\n"
                           "defection: { cost: 0.01 }\n"
                           "persons: [{ id: r, name: R, position: 0, insecurity: 1 },\n"
                           "  { id: p, name: P, position: 0 }]\n");
    active_days(&c, 100, 1);
    assert_false(person(&c, "r")->defected);
    assert_true(person(&c, "p")->defected);
}

static void who_is_not_at_large_decides_nothing(void **state)
{
    court c = court_at(state, 0.5, 0, "enabled: true", 2);
    person(&c, "w0")->whereabouts = STP_IN_DETENTION;
    person(&c, "w1")->whereabouts = STP_ABROAD;
    active_days(&c, 1, 0.1);
    assert_false(person(&c, "w0")->defected || person(&c, "w1")->defected);
    assert_true(person(&c, "rival")->defected);
    assert_int_equal(seen(&c).defectors, 1);
}

static void switched_off_nobody_does(void **state)
{
    court c = court_at(state, 0.5, 0, "enabled: false", WATCHERS);
    active_days(&c, 1, 0.1);
    assert_int_equal(seen(&c).defectors, 0);
}

/* ---- and back ---- */

static void some_come_back_when_it_is_quiet(void **state)
{
    static const struct {
        const char *margin;
        bool never;
    } CASES[] = {{"return_margin: 0.4", false}, {"return_margin: 1", true}};
    for (size_t k = 0; k < 2; k++) {
        court c = court_at(state, 0.6, 0.3, CASES[k].margin, WATCHERS);
        active_days(&c, 1, 0.01);
        bool was[WATCHERS + 2];
        size_t defected = 0, back = 0;
        for (size_t i = 2; i < WATCHERS + 2; i++) {
            was[i] = c.seat->persons[i].defected;
            defected += was[i];
        }
        assert_true(defected > 5);
        quiet_days(&c, 1);
        for (size_t i = 2; i < WATCHERS + 2; i++) {
            const stp_seat_person *p = &c.seat->persons[i];
            double margin = CASES[k].never ? 1 : 0.4;
            if (was[i])
                assert_int_equal(!p->defected, p->doubt < p->cost - margin);
            back += was[i] && !p->defected;
        }
        assert_int_equal(noted(&c, "returned"), back);
        assert_true(CASES[k].never ? back == 0 : back > 0 && back < defected);
    }
}

/* ---- the file ---- */

/* The same persons the other way round: each does the same, for as long as anybody does. */
static void the_order_of_persons_does_not_matter(void **state)
{
    static const char HEAD_OF_ALL[] =
        "seat: { enabled: true, incumbent: ruler, resource_weight: 0.01,\n"
        "  fall_time: 1000 d }\n"
        "offices: [{ id: t, name: T, power: 1, holder: ruler }]\npersons:\n";
    stp_text one = {0}, other = {0};
    stp_text_add(&one, "  - { id: ruler, name: R }\n");
    for (int i = 0; i < 40; i++) {
        int j = 39 - i;
        stp_text_add(&one,
                     "  - { id: p%d, name: P, position: 0.%02d, resources: %d,\n"
                     "      insecurity: 0.%02d }\n",
                     i, 2 * i, 7 * i % 11 + 1, i);
        stp_text_add(&other,
                     "  - { id: p%d, name: P, position: 0.%02d, resources: %d,\n"
                     "      insecurity: 0.%02d }\n",
                     j, 2 * j, 7 * j % 11 + 1, j);
    }
    stp_text_add(&other, "  - { id: ruler, name: R }\n");
    court a = daily(state, words(state, "%s%s", HEAD_OF_ALL, one.data));
    court b = daily(state, words(state, "%s%s", HEAD_OF_ALL, other.data));
    free(one.data);
    free(other.data);
    for (int day = 0; day < 120; day++) {
        const steppe_seat_look look = {.active = day % 40 < 20 ? 0.006 : 0, .media = 1};
        go_on(&a, 1, &look);
        go_on(&b, 1, &look);
        assert_near(seen(&a).strength, seen(&b).strength, 1e-12);
        for (int i = 0; i < 40; i++) {
            const char *id = words(state, "p%d", i);
            assert_int_equal(person(&a, id)->defected, person(&b, id)->defected);
            assert_int_equal(person(&a, id)->whereabouts, person(&b, id)->whereabouts);
            assert_int_equal(person(&a, id)->resources, person(&b, id)->resources);
            assert_near(person(&a, id)->doubt, person(&b, id)->doubt, 1e-12);
        }
    }
    assert_true(noted(&a, "defected") > 10);
    assert_true(noted(&a, "returned") > 0);
    assert_true(noted(&a, "left") > 0 && noted(&a, "donated") > 0);
}

/* One more, who counts for nothing: the others do what they did. */
static void another_person_changes_nothing_for_the_others(void **state)
{
    court a = court_at(state, 0.6, 0.3, "enabled: true", 40);
    court b = court_at(state, 0.6, 0.3, "enabled: true", 41);
    for (int day = 0; day < 100; day++) {
        const steppe_seat_look look = {.active = day % 40 < 20 ? 0.005 : 0, .media = 1};
        go_on(&a, 1, &look);
        go_on(&b, 1, &look);
        for (size_t i = 0; i < 42; i++) {
            assert_int_equal(a.seat->persons[i].defected, b.seat->persons[i].defected);
            assert_same(a.seat->persons[i].doubt, b.seat->persons[i].doubt);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(the_threshold_is_the_published_one),
        with_shelf(what_moves_the_signal),
        with_shelf(media_make_it_precise),
        with_shelf(the_table_of_the_plan),
        with_shelf(so_many_defect),
        with_shelf(without_effects_it_is_morris_and_shin),
        with_shelf(the_cost_is_one_of_place_ties_and_fear),
        with_shelf(what_is_seen_alone_is_normal),
        with_shelf(it_stands_for_an_epoch),
        with_shelf(it_hangs_on_the_id_alone),
        with_shelf(one_draws_others_along_on_the_same_day),
        with_shelf(the_incumbent_never_does),
        with_shelf(who_is_not_at_large_decides_nothing),
        with_shelf(switched_off_nobody_does),
        with_shelf(some_come_back_when_it_is_quiet),
        with_shelf(the_order_of_persons_does_not_matter),
        with_shelf(another_person_changes_nothing_for_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
