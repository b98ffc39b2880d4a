/* Promise (seat/strength.c): the strength is the probability that the incumbent's camp
 * beats the rival's, by the weights and places of those at large; under proportional
 * voting and linear victory it is sum w max(0, 2x - 1) / sum w |2x - 1|. */
#include "court.h"

enum { PROSPECT = 5 };
static const double FLOOR = 1e-8; /* of the strength of a camp, in KTAB */
static const char *const RULES[] = {"binary",       "proportional-binary",
                                    "proportional", "proportional-cubic",
                                    "cubic",        "prospect"};
static const char *const VICTORIES[] = {"linear", "square", "quartic", "octic",
                                        "decisive"};

/* A divided seat. Nobody defects, so that it can be worked by hand. */
#define EXAMPLE                                                                   \
    "seat: { enabled: true, incumbent: ruler, resource_weight: 0.000001 }\n"      \
    "defection: { enabled: false }\n"                                             \
    "offices:\n"                                                                  \
    "  - { id: presidency, name: P, power: 0.4, image: 0.6, holder: ruler }\n"    \
    "  - { id: council, name: C, power: 0.15, security: 0.4, holder: founder }\n" \
    "  - { id: security, name: S, power: 0.2, security: 0.6, learning: 30 d,\n"   \
    "      holder: spy }\n"                                                       \
    "persons:\n"                                                                  \
    "  - { id: ruler, name: R, position: 1, exposure: 0.8 }\n"                    \
    "  - { id: founder, name: F, position: 0, exposure: 0.5 }\n"                  \
    "  - { id: spy, name: S, position: 0.3 }\n"                                   \
    "  - { id: tycoon, name: T, resources: 200000, position: 0.4 }\n"             \
    "ties:\n"                                                                     \
    "  - { id: t1, a: founder, b: spy, kind: patronage, strength: 0.8 }\n"        \
    "  - { id: t2, a: founder, b: tycoon, kind: kin }\n"
#define HOURLY "steppe: 1\ntitle: A test\ntime: { step: 1 h, steps: 5000 }\n" LATTICE
#define TAKES "{ id: takes, title: T, hour: 19, act: take-office, office: council }"
#define DISMISSES "{ id: dismisses, title: D, hour: 20, act: dismiss, person: spy }"

/* .4 / (.4 + .15 + .2 x .4 + .2 x .2); then the council's .15 on the ruler's side; then
 * the spy without weight. */
static void the_example_of_the_plan(void **state)
{
    court c = court_of(state, HOURLY EXAMPLE "events: [" TAKES "]\n");
    assert_near(seen(&c).strength, 0.4 / 0.67, 1e-6);
    assert_near(seen(&c).strength, 0.597, 5e-4);
    quiet_days(&c, 24);
    assert_near(seen(&c).strength, 0.4 / 0.67, 1e-6); /* a day's strength stands for it */
    quiet_days(&c, 1);
    assert_near(seen(&c).strength, 0.55 / 0.67, 1e-6);
    assert_near(seen(&c).strength, 0.821, 5e-4);
    c = court_of(state, HOURLY EXAMPLE "events: [" TAKES ", " DISMISSES "]\n");
    quiet_days(&c, 25);
    assert_near(seen(&c).strength, 0.55 / 0.59, 1e-6);
    assert_near(seen(&c).strength, 0.932, 5e-4);
}

/* Of security, .4 of 1 is left, in the hands of someone who has trained for a day. */
static void what_the_example_does_to_orders(void **state)
{
    court c = court_of(state, HOURLY EXAMPLE "events: [" TAKES ", " DISMISSES "]\n");
    assert_same(seen(&c).output[STP_WORK_SECURITY], 1);
    assert_same(seen(&c).orders, 1);
    quiet_days(&c, 25);
    double ramp = 1 - 0.5 * exp(-24.0 / 1440);
    assert_near(office(&c, "council").ramp, ramp, 1e-14);
    assert_near(seen(&c).output[STP_WORK_SECURITY], 0.4 * ramp, 1e-14);
    assert_near(seen(&c).output[STP_WORK_SECURITY], 0.203, 5e-4);
    assert_near(seen(&c).orders, 0.5 + 0.5 * 0.4 * ramp, 1e-14);
    assert_near(seen(&c).orders, 0.60, 5e-3);
}

/* ---- the formula ---- */

typedef struct crowd {
    double position, resources, power;
} crowd;

/* `count` persons beside a ruler who has nothing; each has an office. */
static court court_with(void **state, const char *seat, const crowd *persons,
                        size_t count)
{
    stp_text offices = {0}, people = {0};
    for (size_t i = 0; i < count; i++) {
        stp_text_add(&offices, "  - { id: o%zu, name: O, power: %.17g, holder: p%zu }\n",
                     i, persons[i].power, i);
        stp_text_add(&people,
                     "  - { id: p%zu, name: P, position: %.17g, resources: %.17g }\n", i,
                     persons[i].position, persons[i].resources);
    }
    const char *text = words(state,
                             "seat: { enabled: true, incumbent: ruler, %s }\n"
                             "defection: { enabled: false }\n"
                             "offices:\n%spersons:\n"
                             "  - { id: ruler, name: R, position: 0 }\n%s",
                             seat, offices.data, people.data);
    free(offices.data);
    free(people.data);
    return daily(state, text);
}

static void it_is_the_formula(void **state)
{
    uint64_t random = 7;
    for (int n = 0; n < 40; n++) {
        crowd persons[12];
        double won = FLOOR, whole = 2 * FLOOR;
        for (size_t i = 0; i < 12; i++) {
            persons[i] = (crowd){any_between(&random, 0, 1),
                                 floor(any_between(&random, 0, 1e6)),
                                 any_between(&random, 0, 1)};
            double w = persons[i].power + 2e-6 * persons[i].resources;
            won += w * fmax(0, 2 * persons[i].position - 1);
            whole += w * fabs(2 * persons[i].position - 1);
        }
        court c = court_with(state, "resource_weight: 2e-6", persons, 12);
        assert_near(seen(&c).strength, won / whole, 1e-12);
        for (int i = 0; i < 12; i++)
            assert_near(person(&c, words(state, "p%d", i))->weight,
                        persons[i].power + 2e-6 * persons[i].resources, 1e-12);
    }
}

/* Whatever the rule, a stronger camp wins more often; of two equal ones each half of the
 * time, but where losses weigh more than gains, and what is, the incumbent, more than
 * what might be. */
static void every_rule_gives_a_probability(void **state)
{
    for (size_t r = 0; r < 6; r++)
        for (size_t v = 0; v < 5; v++) {
            const char *seat = words(state, "rule: %s, victory: %s", RULES[r],
                                     VICTORIES[v]);
            double last = -1;
            for (int n = 0; n <= 10; n++) {
                const crowd camps[] = {{1, 0, 0.1 * n}, {0, 0, 1 - 0.1 * n}, {0.5, 0, 3}};
                court c = court_with(state, seat, camps, 3);
                double theta = seen(&c).strength;
                if (!(theta >= 0 && theta <= 1 && theta >= last))
                    fail_msg("%s: %g of 10 give %.17g, after %.17g", seat, (double)n,
                             theta, last);
                if (n == 5 && r == PROSPECT)
                    assert_true(theta > 0.599);
                else if (n == 5)
                    assert_near(theta, 0.5, 1e-9);
                last = theta;
            }
            assert_true(last > 0.99);
        }
}

/* How large a majority is counts by the model of victory. */
static void victory_raises_the_odds_to_a_power(void **state)
{
    static const double POWERS[] = {1, 2, 4, 8};
    const crowd camps[] = {{1, 0, 0.6}, {0, 0, 0.4}};
    for (size_t v = 0; v < 4; v++) {
        court c = court_with(state, words(state, "victory: %s", VICTORIES[v]), camps, 2);
        double odds = pow(0.6 / 0.4, POWERS[v]);
        assert_near(seen(&c).strength, odds / (1 + odds), 1e-6);
    }
}

/* The greatest weights that a scenario can give: nothing overflows, and nobody is
 * nothing. */
static void the_greatest_weights_are_no_trouble(void **state)
{
    static const double SHARES[][2] = {{1, 1}, {1, 0}, {0, 1}};
    static const double WANTED[] = {0.5, 1, 0};
    for (size_t v = 0; v < 5; v++)
        for (size_t i = 0; i < 3; i++) {
            const crowd camps[] = {{1, 1e15 * SHARES[i][0], 1e6 * SHARES[i][0]},
                                   {0, 1e15 * SHARES[i][1], 1e6 * SHARES[i][1]}};
            court c = court_with(state,
                                 words(state, "resource_weight: 1e6, victory: %s",
                                       VICTORIES[v]),
                                 camps, 2);
            assert_near(seen(&c).strength, WANTED[i], 1e-5);
            assert_true(seen(&c).strength > 0);
        }
}

/* ---- who speaks ---- */

static void where_nobody_has_a_say_it_is_even(void **state)
{
    for (size_t r = 0; r < 6; r++)
        for (size_t v = 0; v < 5; v++) {
            const crowd nothing[] = {{1, 100, 0}, {0, 7, 0}};
            court c = court_with(state,
                                 words(state, "rule: %s, victory: %s", RULES[r],
                                       VICTORIES[v]),
                                 nothing, 2);
            assert_same(seen(&c).strength, 0.5);
        }
    const crowd undecided[] = {{0.5, 0, 5}};
    court c = court_with(state, "resource_weight: 0", undecided, 1);
    assert_same(seen(&c).strength, 0.5);
}

/* Wherever the file has him. */
static void the_incumbent_stands_with_himself(void **state)
{
    court c = daily(state, "seat: { enabled: true, incumbent: r }\n"
                           "offices: [{ id: o, name: O, power: 3, holder: r }]\n"
                           "persons: [{ id: r, name: R, position: 0 }]\n");
    assert_near(seen(&c).strength, 1, 1e-8);
    steppe_seat_person r;
    assert_int_equal(steppe_seat_person_at(c.seat, 0, &r), STEPPE_OK);
    assert_same(r.position, 1);
    assert_true(r.incumbent);
}

static void officials_without_a_name_speak_for_him(void **state)
{
    const crowd camps[] = {{1, 0, 1}, {0, 0, 1}, {0, 0, 2}};
    court c = court_with(state, "resource_weight: 0", camps, 3);
    assert_near(seen(&c).strength, 0.25, 1e-7);
    c.seat->offices[2].holder = STEPPE_SEAT_OFFICIAL;
    stp_seat_weigh(c.seat);
    assert_near(seen(&c).strength, 0.75, 1e-7);
    c.seat->offices[2].holder = STEPPE_SEAT_NOBODY;
    stp_seat_weigh(c.seat);
    assert_near(seen(&c).strength, 0.5, 1e-12);
}

static void who_has_defected_stands_with_the_rival(void **state)
{
    const crowd camps[] = {{1, 0, 1}, {0.8, 0, 2}, {0, 0, 1}};
    court c = court_with(state, "resource_weight: 0", camps, 3);
    assert_near(seen(&c).strength, 2.2 / 3.2, 1e-7);
    person(&c, "p1")->defected = true;
    stp_seat_weigh(c.seat);
    assert_near(seen(&c).strength, 1.0 / 4, 1e-7);
    assert_same(person(&c, "p1")->weight, 2);
}

/* Neither offices nor money speak for who is in jail or abroad. */
static void who_is_not_at_large_has_no_say(void **state)
{
    static const stp_whereabouts GONE[] = {STP_IN_DETENTION, STP_ABROAD};
    for (size_t i = 0; i < 2; i++) {
        const crowd camps[] = {{1, 0, 1}, {0, 1000, 2}, {0, 0, 1}};
        court c = court_with(state, "resource_weight: 0.001", camps, 3);
        assert_near(seen(&c).strength, 0.2, 1e-7);
        person(&c, "p1")->whereabouts = GONE[i];
        stp_seat_weigh(c.seat);
        assert_near(seen(&c).strength, 0.5, 1e-12);
        assert_same(person(&c, "p1")->weight, 0);
        assert_int_equal(person(&c, "p1")->resources, 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(the_example_of_the_plan),
        with_shelf(what_the_example_does_to_orders),
        with_shelf(it_is_the_formula),
        with_shelf(every_rule_gives_a_probability),
        with_shelf(victory_raises_the_odds_to_a_power),
        with_shelf(the_greatest_weights_are_no_trouble),
        with_shelf(where_nobody_has_a_say_it_is_even),
        with_shelf(the_incumbent_stands_with_himself),
        with_shelf(officials_without_a_name_speak_for_him),
        with_shelf(who_has_defected_stands_with_the_rival),
        with_shelf(who_is_not_at_large_has_no_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
