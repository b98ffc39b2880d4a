/* Promise (street/rules.h, the engines): force does what its numbers say. Without any it changes
 * nothing; the violent hit officers where they are more; officers shoot as they are ordered, stand
 * by or leave as they are drawn to; both engines agree; nobody is lost count of. */
#include "street/street.h"

#include "support.h"

#define TOWN(more)                                                      \
    "steppe: 1\ntitle: Force\ntime: { steps: 60 }\nschedule: tiles\n"   \
    "citizens: { legitimacy: 0.79, vision: 3 }\n"                       \
    "officers: { density: 0.05, vision: 3, arrest_probability: 0.4 }\n" \
    "detention: { term_max: 9 h }\n" more                               \
    "districts:\n  - { id: a, name: A, width: 131, height: 70 }\n"      \
    "  - { id: b, name: B, width: 20, height: 30 }\n"

#define VIOLENT                                                        \
    "force: { enabled: true, violence_threshold: 0.12, attack: 0.1,\n" \
    "  attack_lethality: 0.3, lethality: 0.4 }\n"

/* ---- the rules ---- */

static void the_violent_hit_where_they_are_more(void **state)
{
    (void)state;
    const stp_rules rules = {.attack = (uint64_t)1 << 31};
    assert_int_equal(stp_attack_share(&rules, 1, 1), 0);
    assert_int_equal(stp_attack_share(&rules, 1, 5), 0);
    assert_int_equal(stp_attack_share(&rules, 0, 0), 0);
    assert_int_equal(stp_attack_share(&rules, 3, 0), (uint64_t)1 << 31);
    for (uint32_t violent = 3; violent < 200; violent++)
        assert_true(stp_attack_share(&rules, violent, 2) >
                    stp_attack_share(&rules, violent - 1, 2));
    for (uint32_t officers = 1; officers < 20; officers++)
        assert_true(stp_attack_share(&rules, 20, officers) <
                    stp_attack_share(&rules, 20, officers - 1));
}

/* The shares of those who obey, stand by and leave, by force; one draw per epoch. */
static void duty_is_drawn_by_force_and_epoch(void **state)
{
    (void)state;
    stp_conditions now = {.force_count = 2,
                          .force_end = {100, 20000},
                          .obey = {(uint64_t)1 << 32, (uint64_t)1 << 31},
                          .defect = {0, (uint64_t)1 << 29}};
    uint32_t counts[3] = {0}, changed = 0;
    for (uint32_t number = 0; number < 20000; number++) {
        stp_duty duty = stp_duty_of(&now, 5, 1, 1000 + number, number);
        if (number < 100) {
            assert_int_equal(duty, STP_OBEYS);
            continue;
        }
        counts[duty]++;
        assert_int_equal(stp_duty_of(&now, 5, 1, 1000 + number, number), duty);
        now.epoch++;
        changed += stp_duty_of(&now, 5, 1, 1000 + number, number) != duty;
        now.epoch--;
    }
    /* 1/2, 3/8 and 1/8 of 19,900, within five standard deviations */
    assert_near(counts[STP_OBEYS], 9950, 5 * 70.5);
    assert_near(counts[STP_LEAVES], 2487.5, 5 * 46.7);
    assert_true(changed > 10000);
    /* who is past the last force belongs to it */
    assert_int_equal(stp_force_of(&now, 99), 0);
    assert_int_equal(stp_force_of(&now, 100), 1);
    assert_int_equal(stp_force_of(&now, 30000), 1);
}

/* ---- the engines, with conditions of the test's own ---- */

typedef struct pair {
    const stp_engine *engines[2];
    stp_street *streets[2];
    stp_world *world;
    stp_rules *rules;
    stp_conditions conditions[2];
    stp_tally tallies[2][2]; /* [engine][district] */
    uint64_t dead, gone;     /* so far */
} pair;

static void begin(void **state, pair *p, const char *text, steppe_schedule schedule)
{
    const stp_engine_options means = {.threads = 2};
    *p = (pair){.engines = {&STP_REFERENCE, &STP_FAST}};
    steppe_scenario *s = parse(state, text);
    p->world = world_of(state, s, 1, schedule);
    expect_ok(state, stp_rules_create(context_of(state), s, p->world, &p->rules));
    for (size_t i = 0; i < 2; i++)
        p->conditions[i] = (stp_conditions){.legitimacy = 52000,
                                            .officers = p->world->districts[i].posts,
                                            .force_count = 1,
                                            .force_end = {10000},
                                            .obey = {(uint64_t)1 << 32}};
    for (int e = 0; e < 2; e++)
        expect_ok(state, p->engines[e]->create(context_of(state), p->world, p->rules,
                                               p->conditions, &means, &p->streets[e]));
}

static void end(pair *p)
{
    for (int e = 0; e < 2; e++)
        p->engines[e]->free(p->streets[e]);
    stp_rules_free(p->rules);
}

/* One step by both; they agree, and nobody is lost count of. */
static void step(pair *p, uint32_t number)
{
    for (int e = 0; e < 2; e++) {
        assert_int_equal(p->engines[e]->step(p->streets[e], number, p->conditions,
                                             p->tallies[e]),
                         STEPPE_OK);
        for (size_t i = 0; i < 2; i++) {
            const char *violation = p->engines[e]->violation(p->streets[e], i);
            if (violation)
                fail_msg("%s, step %u: %s", p->engines[e]->name, number, violation);
        }
    }
    uint64_t citizens = 0, officers = 0, wanted = 0;
    for (size_t i = 0; i < 2; i++) {
        const steppe_counts *c = &p->tallies[0][i].counts;
        assert_memory_equal(c, &p->tallies[1][i].counts, sizeof *c);
        assert_true(p->tallies[0][i].digest == p->tallies[1][i].digest);
        p->dead += c->killed;
        p->gone += c->officers_killed + c->officers_wounded + c->officers_left;
        citizens += c->citizens;
        officers += c->officers;
        wanted += p->conditions[i].officers;
        assert_true(c->violent <= c->active && c->obeying <= c->officers);
    }
    assert_int_equal(citizens + p->dead, p->world->citizens);
    assert_true(officers <= wanted && officers + p->gone >= wanted);
}

static uint64_t random_share(uint64_t *random)
{
    static const uint64_t OFTEN[] = {0, (uint64_t)1 << 32, (uint64_t)1 << 31};
    return any_below(random, 2) ? OFTEN[any_below(random, 3)]
                                : (uint64_t)any(random) << 1;
}

/* Whatever is ordered and however officers obey. */
static void engines_agree_whatever_is_ordered(void **state)
{
    uint64_t random = 17, wounded = 0, left = 0, hit = 0, stood_by = 0;
    for (int round = 0; round < 6; round++) {
        pair p;
        begin(state, &p, TOWN(VIOLENT), round % 2 ? STEPPE_TILES : STEPPE_SEQUENTIAL);
        for (uint32_t number = 1; number <= 40; number++) {
            for (size_t i = 0; i < 2; i++) {
                stp_conditions *c = &p.conditions[i];
                uint32_t posts = p.world->districts[i].posts;
                if (any_below(&random, 4) == 0)
                    c->officers = any_below(&random, posts + 1);
                c->force_count = 1 + any_below(&random, 3);
                for (uint32_t k = 0; k < c->force_count; k++) {
                    c->force_end[k] = (k + 1) * posts / 3;
                    c->obey[k] = random_share(&random);
                    c->defect[k] = (((uint64_t)1 << 32) - c->obey[k]) / 50;
                }
                c->epoch = number / 5;
                c->shot = random_share(&random);
                c->shot_at_all = any_below(&random, 2);
            }
            step(&p, number);
            for (size_t i = 0; i < 2; i++) {
                const steppe_counts *c = &p.tallies[0][i].counts;
                wounded += c->wounded;
                left += c->officers_left;
                hit += c->officers_killed + c->officers_wounded;
                stood_by += c->officers - c->obeying;
            }
        }
        assert_true(p.dead > 0);
        end(&p);
    }
    assert_true(wounded > 0 && left > 0 && hit > 0 && stood_by > 0);
}

/* No threshold, no attack, no shot and everybody obeys: what happens is what happens without. */
static void force_without_numbers_changes_nothing(void **state)
{
    pair with, without;
    begin(state, &with, TOWN("force: { enabled: true }\n"), STEPPE_TILES);
    begin(state, &without, TOWN(""), STEPPE_TILES);
    for (uint32_t number = 1; number <= 30; number++) {
        step(&with, number);
        step(&without, number);
        for (size_t i = 0; i < 2; i++)
            assert_true(with.tallies[0][i].digest == without.tallies[0][i].digest);
    }
    end(&with);
    end(&without);
}

/* Totals over 20 steps under an order. */
typedef struct toll {
    uint64_t killed, wounded, arrests, hit, citizen_hours;
} toll;

static toll under(void **state, const char *text, uint64_t obey, uint64_t shot,
                  bool at_all)
{
    pair p;
    toll sum = {0};
    begin(state, &p, text, STEPPE_SEQUENTIAL);
    for (size_t i = 0; i < 2; i++) {
        p.conditions[i].obey[0] = obey;
        p.conditions[i].shot = shot;
        p.conditions[i].shot_at_all = at_all;
    }
    for (uint32_t number = 1; number <= 20; number++) {
        step(&p, number);
        for (size_t i = 0; i < 2; i++) {
            const steppe_counts *c = &p.tallies[0][i].counts;
            sum.killed += c->killed;
            sum.wounded += c->wounded;
            sum.arrests += c->arrests;
            sum.hit += c->officers_killed + c->officers_wounded;
            sum.citizen_hours += c->active;
        }
    }
    end(&p);
    return sum;
}

static void orders_have_their_direction(void **state)
{
    const uint64_t all = (uint64_t)1 << 32;
    toll none = under(state, TOWN(VIOLENT), all, 0, false),
         some = under(state, TOWN(VIOLENT), all, all / 4, false),
         each = under(state, TOWN(VIOLENT), all, all, true),
         idle = under(state, TOWN(VIOLENT), 0, all, true),
         calm = under(state, TOWN("force: { enabled: true, lethality: 1 }\n"), all, all,
                      false),
         open = under(state, TOWN("force: { enabled: true, lethality: 1 }\n"), all, all,
                      true);
    assert_int_equal(none.killed + none.wounded, 0);
    assert_true(some.killed > 0 && some.wounded > 0 && some.arrests > 0);
    assert_true(each.killed + each.wounded > some.killed + some.wounded);
    assert_int_equal(each.arrests, 0);
    /* who stands by does nothing, and nobody is in the violent's way */
    assert_int_equal(idle.killed + idle.wounded + idle.arrests, 0);
    assert_true(idle.citizen_hours > none.citizen_hours);
    /* orders against the violent alone harm nobody where nobody is violent */
    assert_int_equal(calm.killed + calm.wounded, 0);
    assert_true(calm.arrests > 0);
    assert_true(open.killed > 0 && open.wounded == 0 && open.arrests == 0);
    assert_true(none.hit > 0 && calm.hit == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_violent_hit_where_they_are_more),
        cmocka_unit_test(duty_is_drawn_by_force_and_epoch),
        with_shelf(engines_agree_whatever_is_ordered),
        with_shelf(force_without_numbers_changes_nothing),
        with_shelf(orders_have_their_direction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
