/* What holds for all seats of power, tried on ones made at random, by themselves. If something does
 * not hold, the number of the scenario is printed; with STEPPE_SCENARIO=NUMBER in the environment that
 * one alone is tried, with STEPPE_LONG=1 ten times as many. */
#include "random_scenario.h"
#include "seat/seat.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 90 };

static struct {
    random_scenario scenario;
    char text[MAX_RANDOM_TEXT];
    uint64_t number;
} now;

#define HOLDS(condition, ...)                                                     \
    do {                                                                          \
        if (!(condition)) {                                                       \
            fprintf(stderr, "\n# STEPPE_SCENARIO=%" PRIu64 ":\n%s\n", now.number, \
                    now.text);                                                    \
            fail_msg(__VA_ARGS__);                                                \
        }                                                                         \
    } while (0)

/* Draw seat i of a test, whose acts fall into DAYS; false after the last. */
static bool next_seat(uint64_t test, uint64_t i, uint64_t count)
{
    const char *chosen = getenv("STEPPE_SCENARIO"), *longer = getenv("STEPPE_LONG");
    if (longer && strcmp(longer, "1") == 0)
        count *= 10;
    if (i >= (chosen ? 1 : count))
        return false;
    now.number = chosen ? strtoull(chosen, NULL, 10) : test * 1000000 + i;
    random_scenario_draw(&now.scenario, now.number);
    random_seat *s = &now.scenario.seat;
    s->there = true;
    double stretch = DAYS * 24 / ((double)now.scenario.steps * now.scenario.step_hours);
    for (size_t k = 0; k < s->act_count; k++)
        s->acts[k].hour = floor(s->acts[k].hour * stretch);
    return true;
}

typedef struct court {
    steppe_context *context;
    steppe_scenario *scenario;
    steppe_seat *seat;
    uint64_t step;
} court;

static court court_now(const char *setting)
{
    court c = {.step = 0};
    size_t length = random_scenario_write(&now.scenario, now.text);
    now.text[length] = '\0';
    assert_int_equal(steppe_context_create(&c.context), STEPPE_OK);
    int status = steppe_scenario_parse(c.context, "random.yaml", now.text, length,
                                       &setting, setting != NULL, &c.scenario);
    HOLDS(status == STEPPE_OK, "%s", steppe_context_message(c.context));
    status = steppe_seat_create(c.context, c.scenario, now.scenario.seed, &c.seat);
    HOLDS(status == STEPPE_OK, "%s", steppe_context_message(c.context));
    return c;
}

static void court_free(court *c)
{
    steppe_seat_free(c->seat);
    steppe_scenario_free(c->scenario);
    steppe_context_free(c->context);
}

/* What the street is like on a day: quiet, or not, for some days. */
static steppe_seat_look look_of(uint64_t day)
{
    uint64_t word = (day / 7 + now.number) * 0x9e3779b97f4a7c15u;
    return (steppe_seat_look){.active = word >> 62 ? 0
                                                   : (double)(word >> 40 & 255) / 25600,
                              .media = word >> 20 & 1 ? 1 : 0.3};
}

/* Go on to the next day. */
static void one_day(court *c)
{
    const steppe_seat_look look = look_of(c->seat->days);
    while (steppe_seat_step(c->seat, ++c->step, &look) == 0)
        ;
}

/* ---- at every day ---- */

static bool is_share(double x)
{
    return x >= 0 && x <= 1;
}

static void check_effects(const steppe_seat_state *s)
{
    /* a camp 1e8 times as strong may round to 1 by its 8th power */
    HOLDS(s->strength > 0 && s->strength <= 1, "day %" PRIu64 ": strength %.17g", s->days,
          s->strength);
    HOLDS(isfinite(s->signal) && is_share(s->threshold), "day %" PRIu64 ": signal %g, %g",
          s->days, s->signal, s->threshold);
    HOLDS(is_share(s->backing) && is_share(s->blame) && is_share(s->restraint),
          "day %" PRIu64 ": backing %g, blame %g, restraint %g", s->days, s->backing,
          s->blame, s->restraint);
    HOLDS(s->orders >= 0 && s->orders <= 1 / 0.75 && s->pace >= 0 && s->pace <= 1 / 0.75,
          "day %" PRIu64 ": orders %g, pace %g", s->days, s->orders, s->pace);
    HOLDS(is_share(s->survival) && is_share(s->fund_relief) && fabs(s->image) <= 0.5 &&
              is_share(s->blame_legitimacy) && fabs(s->reform_legitimacy) <= 1 &&
              s->reform_hardship >= 0 && s->reform_hardship <= 4,
          "day %" PRIu64 ": survival %g, relief %g, image %g", s->days, s->survival,
          s->fund_relief, s->image);
    HOLDS(is_share(s->promised) && is_share(s->delivered),
          "day %" PRIu64 ": reform %g, %g", s->days, s->promised, s->delivered);
}

static void check_money(const court *c, const steppe_seat_state *s)
{
    int64_t sum = s->fund + s->paid + s->seized, first = 0;
    for (size_t i = 0; i < c->scenario->person_count; i++) {
        HOLDS(c->seat->persons[i].resources >= 0, "person %zu owes", i);
        sum += c->seat->persons[i].resources;
        first += now.scenario.seat.persons[i].resources;
    }
    HOLDS(sum == first && s->whole == first && s->fund >= 0 && s->paid >= 0 &&
              s->seized >= 0,
          "day %" PRIu64 ": %" PRId64 " of %" PRId64 " in all", s->days, sum, first);
}

static void check_persons(const court *c)
{
    for (size_t i = 0; i < c->scenario->person_count; i++) {
        const stp_seat_person *p = &c->seat->persons[i];
        HOLDS(is_share(p->insecurity) && is_share(p->doubt) && is_share(p->cost),
              "person %zu: z %g, doubt %g, cost %g", i, p->insecurity, p->doubt, p->cost);
        HOLDS(p->weight >= 0 && (p->whereabouts == STP_AT_LARGE || p->weight == 0),
              "person %zu: weight %g", i, p->weight);
    }
    const stp_seat_person *ruler = &c->seat->persons[c->scenario->seat.incumbent];
    HOLDS(!ruler->defected, "the incumbent has changed sides");
    for (size_t k = 0; k < c->scenario->office_count; k++) {
        int who = c->seat->offices[k].holder;
        steppe_seat_office o;
        assert_int_equal(steppe_seat_office_at(c->seat, k, &o), STEPPE_OK);
        HOLDS(who < 0 || c->seat->persons[who].whereabouts == STP_AT_LARGE,
              "office %zu is held from jail or abroad", k);
        HOLDS(is_share(o.ramp) && is_share(o.output), "office %zu: ramp %g, output %g", k,
              o.ramp, o.output);
    }
}

static void test_all_stays_within_its_bounds(void **state)
{
    (void)state;
    uint64_t i = 0, fell = 0, defected = 0, left = 0;
    for (; next_seat(1, i, 300); i++) {
        court c = court_now(NULL);
        steppe_seat_state s = {0};
        for (int day = 0; day < DAYS; day++) {
            one_day(&c);
            steppe_seat_read(c.seat, &s);
            check_effects(&s);
            check_money(&c, &s);
            check_persons(&c);
            defected += s.defectors;
        }
        for (size_t k = 0; k < c.scenario->person_count; k++)
            left += c.seat->persons[k].whereabouts == STP_ABROAD;
        fell += s.fallen;
        court_free(&c);
    }
    if (i > 1) { /* or this would show nothing */
        assert_true(fell * 20 > i && fell * 2 < i);
        assert_true(defected * 4 > i && left * 4 > i);
    }
}

/* ---- the file ---- */

static void compare_person(const court *a, const court *b, size_t i, size_t j)
{
    const stp_seat_person *p = &a->seat->persons[i], *q = &b->seat->persons[j];
    HOLDS(p->defected == q->defected && p->whereabouts == q->whereabouts &&
              p->resources == q->resources,
          "day %" PRIu64 ": what happens to %s depends on its place in the file",
          a->seat->days, a->scenario->persons[i].id);
    HOLDS(fabs(p->insecurity - q->insecurity) < 1e-9 &&
              fabs(p->doubt - q->doubt) < 1e-9 && fabs(p->weight - q->weight) < 1e-9,
          "day %" PRIu64 ": %s: z %g and %g, doubt %g and %g", a->seat->days,
          a->scenario->persons[i].id, p->insecurity, q->insecurity, p->doubt, q->doubt);
}

/* Sums have another order, which moves them by roundings alone. */
static void test_the_order_of_persons_does_not_matter(void **state)
{
    (void)state;
    for (uint64_t i = 0; next_seat(2, i, 200); i++) {
        court a = court_now(NULL);
        now.scenario.seat.reversed = true;
        court b = court_now(NULL);
        size_t count = a.scenario->person_count;
        assert_string_equal(a.scenario->persons[0].id, b.scenario->persons[count - 1].id);
        for (int day = 0; day < DAYS; day++) {
            one_day(&a);
            one_day(&b);
            for (size_t k = 0; k < count; k++)
                compare_person(&a, &b, k, count - 1 - k);
            for (size_t k = 0; k < a.scenario->office_count; k++) {
                int p = a.seat->offices[k].holder, q = b.seat->offices[k].holder;
                HOLDS(p < 0 ? p == q : q == (int)count - 1 - p,
                      "day %" PRIu64 ": office %zu has other holders", a.seat->days, k);
            }
            HOLDS(fabs(a.seat->strength - b.seat->strength) < 1e-9 &&
                      a.seat->fallen == b.seat->fallen && a.seat->fund == b.seat->fund,
                  "day %" PRIu64 ": strength %g and %g", a.seat->days, a.seat->strength,
                  b.seat->strength);
        }
        court_free(&a);
        court_free(&b);
    }
}

/* The same seat, twice, and after it was written and read again. */
static void test_a_seat_is_what_its_file_says(void **state)
{
    (void)state;
    for (uint64_t i = 0; next_seat(3, i, 60); i++) {
        court a = court_now(NULL), b = {.step = 0};
        const char *text = steppe_scenario_resolved(a.scenario);
        assert_int_equal(steppe_context_create(&b.context), STEPPE_OK);
        int status = steppe_scenario_parse(b.context, "again.yaml", text, strlen(text),
                                           NULL, 0, &b.scenario);
        HOLDS(status == STEPPE_OK, "%s", steppe_context_message(b.context));
        assert_int_equal(steppe_seat_create(b.context, b.scenario, now.scenario.seed,
                                            &b.seat),
                         STEPPE_OK);
        for (int day = 0; day < DAYS; day++) {
            one_day(&a);
            one_day(&b);
            HOLDS(memcmp(&a.seat->effects, &b.seat->effects, sizeof a.seat->effects) ==
                          0 &&
                      a.seat->strength == b.seat->strength,
                  "day %" PRIu64 ": as read again it is another", a.seat->days);
        }
        court_free(&a);
        court_free(&b);
    }
}

/* ---- acts ---- */

/* An act that is switched off is as one that is not there, and changes nothing before its day. */
static void test_an_act_changes_nothing_before_its_day(void **state)
{
    (void)state;
    uint64_t tried = 0, differ = 0;
    for (uint64_t i = 0; next_seat(4, i, 150); i++) {
        random_seat *s = &now.scenario.seat;
        if (s->act_count == 0 || strcmp(s->acts[s->act_count - 1].act, "open-fund") == 0)
            continue; /* a fund that opens later is shut before */
        char setting[64];
        snprintf(setting, sizeof setting, "events.a%zu.enabled=false", s->act_count - 1);
        court with = court_now(NULL), off = court_now(setting);
        double hour = s->acts[--s->act_count].hour;
        court without = court_now(NULL);
        bool other = false;
        for (int day = 0; day < DAYS; day++) {
            one_day(&with);
            one_day(&off);
            one_day(&without);
            HOLDS(off.seat->strength == without.seat->strength &&
                      memcmp(&off.seat->effects, &without.seat->effects,
                             sizeof off.seat->effects) == 0,
                  "day %d: an act that is switched off did something", day);
            bool same = with.seat->strength == without.seat->strength &&
                        memcmp(&with.seat->effects, &without.seat->effects,
                               sizeof with.seat->effects) == 0;
            HOLDS(same || (day + 1) * 24 > hour, "day %d: an act of hour %g", day, hour);
            other |= !same;
        }
        tried++;
        differ += other;
        court_free(&with);
        court_free(&off);
        court_free(&without);
    }
    assert_true(tried < 5 || differ * 4 > tried); /* or this would show nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_stays_within_its_bounds),
        cmocka_unit_test(test_the_order_of_persons_does_not_matter),
        cmocka_unit_test(test_a_seat_is_what_its_file_says),
        cmocka_unit_test(test_an_act_changes_nothing_before_its_day),
    };
    return cmocka_run_group_tests_name("seat_properties", tests, NULL, NULL);
}
