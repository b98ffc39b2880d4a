/* Promise (steppe_run_visit): everyone on a lattice is shown once, row by row, as the
 * counts say, and the same by either engine. */
#include "support.h"

typedef struct crowd {
    size_t officers, active, quiet, detained, groups[2];
    uint64_t hash;
    uint32_t last; /* cell */
    uint32_t width, height;
    bool ordered;
} crowd;

static void meet(const steppe_agent *a, void *user)
{
    crowd *c = user;
    uint32_t cell = a->row * c->width + a->column;
    c->ordered &= a->column < c->width && a->row < c->height && cell >= c->last;
    c->last = cell;
    c->officers += a->officer;
    c->detained += a->detained;
    c->active += a->active;
    c->quiet += !a->officer && !a->detained && !a->active;
    c->groups[a->group] += !a->officer;
    c->hash = c->hash * 6364136223846793005u + a->id * 4 + a->active * 2 + a->officer +
              (uint64_t)(a->hardship * 65536) * 77 + (uint64_t)(a->risk_aversion * 65536);
}

static crowd look_at(steppe_run *run)
{
    steppe_district_info d;
    assert_int_equal(steppe_run_district(run, 0, &d), STEPPE_OK);
    crowd c = {.width = d.width, .height = d.height, .ordered = true};
    assert_int_equal(steppe_run_visit(run, 0, meet, &c), STEPPE_OK);
    assert_true(c.ordered);
    return c;
}

static void release_run(void *run)
{
    steppe_run_free(run);
}

static steppe_run *run_of(void **state, const char *text, steppe_engine engine)
{
    steppe_run_options options = {.seed = 3, .threads = 2, .engine = engine};
    steppe_run *run;
    expect_ok(state,
              steppe_run_create(context_of(state), parse(state, text), &options, &run));
    keep(state, run, release_run);
    return run;
}

#define STREET                                                                          \
    "steppe: 1\ntitle: A test\ntime: { steps: 40 }\n"                                   \
    "districts: [{ id: a, name: A, width: 31, height: 28 }]\ndetention: { term_max: 9 " \
    "h }\n"

static void as_the_counts_say(void **state)
{
    static const char *const SCENARIOS[] = {
        STREET, STREET "rules: netlogo\n", STREET "rules: mesa\n",
        STREET "rules: epstein-2\ncitizens: { legitimacy: 0.8 }\n"};
    for (size_t i = 0; i < 4; i++) {
        steppe_run *run = run_of(state, SCENARIOS[i], STEPPE_FAST);
        bool stay = i == 1 || i == 2; /* the detained are on the lattice */
        size_t seen = 0;
        for (int step = 0; step < 40; step++) {
            crowd c = look_at(run);
            const steppe_counts *now = steppe_run_counts(run);
            assert_int_equal(c.officers, now->officers);
            assert_int_equal(c.active, now->active);
            assert_int_equal(c.detained, stay ? now->detained : 0);
            assert_int_equal(c.quiet + c.active + (stay ? 0 : now->detained) + c.detained,
                             now->citizens);
            seen += c.active;
            expect_ok(state, steppe_run_advance(run, 1));
        }
        assert_true(seen > 0);
    }
}

static void the_same_by_either_engine(void **state)
{
    steppe_run *fast = run_of(state, STREET, STEPPE_FAST),
               *reference = run_of(state, STREET, STEPPE_REFERENCE);
    for (int step = 0; step < 40; step++) {
        assert_true(look_at(fast).hash == look_at(reference).hash);
        expect_ok(state, steppe_run_advance(fast, 1));
        expect_ok(state, steppe_run_advance(reference, 1));
    }
}

static void what_is_not_there(void **state)
{
    steppe_run *run = run_of(state, STREET, STEPPE_FAST);
    crowd c = {0};
    assert_int_equal(steppe_run_visit(run, 1, meet, &c), STEPPE_BAD_ARGUMENT);
    const steppe_run_options plan = {.seed = 1, .dry_run = true};
    steppe_run *planned;
    expect_ok(state, steppe_run_create(context_of(state), parse(state, STREET), &plan,
                                       &planned));
    keep(state, planned, release_run);
    assert_int_equal(steppe_run_visit(planned, 0, meet, &c), STEPPE_BAD_ARGUMENT);
    assert_int_equal(steppe_run_engine(run), STEPPE_FAST);
    run = run_of(state, STREET "rules: mesa\n", STEPPE_REFERENCE);
    assert_int_equal(steppe_run_engine(run), STEPPE_PRESET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {with_shelf(as_the_counts_say),
                                       with_shelf(the_same_by_either_engine),
                                       with_shelf(what_is_not_there)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
