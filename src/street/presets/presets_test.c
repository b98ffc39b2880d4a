/* Promise (street/presets/presets.h): NetLogo's Rebellion, Mesa's Epstein model and
 * Epstein's Model II run by their own rules; people are conserved; one seed is one
 * result. Builds with tests look after every step that everyone is in one place and that
 * fields and lists agree. */
#include "support.h"

typedef struct case_of {
    shelf *shelf;
    steppe_scenario *scenario;
    steppe_run *run;
} case_of;

static void start(void **state, const char *rules, const char *more, uint64_t seed,
                  case_of *c)
{
    char text[1024];
    snprintf(text, sizeof text,
             "steppe: 1\ntitle: A classic\ntime: { steps: 2000 }\nrules: %s\n%s"
             "districts: [{ id: a, name: A, width: 40, height: 40 }]\n",
             rules, more);
    c->shelf = *state;
    const steppe_run_options options = {.seed = seed};
    if (steppe_scenario_parse(c->shelf->context, "classic.yaml", text, strlen(text), NULL,
                              0, &c->scenario) != STEPPE_OK ||
        steppe_run_create(c->shelf->context, c->scenario, &options, &c->run) != STEPPE_OK)
        fail_msg("%s", steppe_context_message(c->shelf->context));
}

static void stop(case_of *c)
{
    steppe_run_free(c->run);
    steppe_scenario_free(c->scenario);
}

static void mark_officer(const steppe_agent *a, void *user)
{
    uint8_t *officers = user;
    officers[a->row * 20 + a->column] |= a->officer;
}

static const char MODEL_2[] = "citizens: { vision: 1.7, legitimacy: 0.8 }\n"
                              "officers: { vision: 1.7, density: 0.04 }\n"
                              "detention: { term_max: 15 h }\n";

static const struct {
    const char *rules, *more;
} CASES[] = {
    {"netlogo", ""},
    {"netlogo",
     "citizens: { movement: none, vision: 3 }\ndetention: { term_max: .inf }\n"},
    {"mesa", "citizens: { neighbourhood: von-neumann, ratio: round, legitimacy: 0.8 }\n"
             "officers: { density: 0.074 }\ndetention: { term_max: 1000 h }\n"},
    {"mesa", "citizens: { vision: 9, movement: none }\ndetention: { term_max: 5 h }\n"},
    {"epstein-2", MODEL_2},
    {"epstein-2", "citizens: { legitimacy: 0.7, lifetime: 40 h, cloning: 0.2 }\n"},
};
enum { CASE_COUNT = sizeof CASES / sizeof *CASES };

static void people_are_conserved(void **state)
{
    for (int i = 0; i < CASE_COUNT; i++) {
        case_of c;
        start(state, CASES[i].rules, CASES[i].more, 3, &c);
        steppe_counts before = steppe_run_counts(c.run)[0];
        for (int step = 0; step < 120; step++) {
            assert_int_equal(steppe_run_advance(c.run, 1), STEPPE_OK);
            steppe_counts now = steppe_run_counts(c.run)[0];
            assert_int_equal(now.citizens,
                             before.citizens + now.born - now.killed - now.died);
            assert_int_equal(now.groups[0] + now.groups[1], now.citizens);
            /* NetLogo's arrests may be for no time at all; who is in detention may die
             * there. */
            bool plain = strcmp(CASES[i].rules, "netlogo") != 0 && now.died == 0;
            if (plain)
                assert_int_equal(now.detained + now.releases,
                                 before.detained + now.arrests);
            assert_true(now.active + now.detained <= now.citizens);
            assert_int_equal(now.officers, before.officers);
            before = now;
        }
        stop(&c);
    }
}

static void one_seed_is_one_result(void **state)
{
    for (int i = 0; i < CASE_COUNT; i++) {
        uint64_t digests[3];
        for (int k = 0; k < 3; k++) {
            case_of c;
            start(state, CASES[i].rules, CASES[i].more, k == 2 ? 8 : 7, &c);
            assert_int_equal(steppe_run_advance(c.run, 40), STEPPE_OK);
            digests[k] = steppe_run_digest(c.run);
            stop(&c);
        }
        assert_true(digests[0] == digests[1]);
        assert_true(digests[0] != digests[2]);
    }
}

/* Mesa draws every cell: 1,600 of them, so the numbers of citizens have a standard
 * deviation of 18. NetLogo's are exact. */
static void only_mesas_numbers_vary(void **state)
{
    double mesa[20];
    for (uint64_t seed = 1; seed <= 20; seed++) {
        case_of c;
        start(state, "mesa", "", seed, &c);
        mesa[seed - 1] = (double)steppe_run_counts(c.run)[0].citizens;
        stop(&c);
        start(state, "netlogo", "", seed, &c);
        assert_int_equal(steppe_run_counts(c.run)[0].citizens, 1120);
        assert_int_equal(steppe_run_counts(c.run)[0].officers, 64);
        stop(&c);
    }
    double sum = 0, square = 0;
    for (int i = 0; i < 20; i++) {
        sum += mesa[i] / 20;
        square += mesa[i] * mesa[i] / 20;
    }
    assert_near(sum, 1120, 4 * 18.3 / sqrt(20));
    assert_true(sqrt(square - sum * sum) > 8 && sqrt(square - sum * sum) < 32);
}

/* NetLogo (2004): whoever sees only the own patch sees no officer, since none shares it,
 * and is active if the grievance alone is enough: 0.18 H > 0.1. */
static void with_no_vision_grievance_decides(void **state)
{
    case_of c;
    start(state, "netlogo", "citizens: { vision: 0 }\nofficers: { vision: 0 }\n", 5, &c);
    assert_int_equal(steppe_run_advance(c.run, 3), STEPPE_OK);
    double aggrieved = 1120 * (1 - 0.1 / 0.18);
    assert_near((double)steppe_run_counts(c.run)[0].active, aggrieved, 5 * 16.7);
    assert_int_equal(steppe_run_counts(c.run)[0].arrests, 0);
    stop(&c);
}

/* Mesa: where 0.4 officers are expected, it is so, and not their rounded number. */
static void few_officers_are_drawn_by_the_density(void **state)
{
    double sum = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        case_of c;
        start(state, "mesa", "officers: { density: 0.00025 }\n", seed, &c);
        sum += (double)steppe_run_counts(c.run)[0].officers / 300;
        assert_int_equal(steppe_run_advance(c.run, 1), STEPPE_OK);
        stop(&c);
    }
    assert_near(sum, 0.4, 5 * sqrt(0.4 / 300));
}

/* A full lattice: where the last ones find no empty cell by trying, all that are left are
 * as likely. Officers stand where 392 citizens on 400 cells have left room. */
static void the_last_empty_cells_are_alike(void **state)
{
    enum { RUNS = 3000 };
    steppe_scenario *scenario = parse(state, HEAD LATTICE
                                      "rules: netlogo\ncitizens: { density: 0.98 }\n"
                                      "officers: { density: 0.02 }\n");
    double beside = 0;
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        steppe_run_options options = {.seed = seed};
        steppe_run *run;
        uint8_t officers[400] = {0};
        expect_ok(state, steppe_run_create(context_of(state), scenario, &options, &run));
        steppe_run_visit(run, 0, mark_officer, officers);
        for (int cell = 0; cell < 400; cell++)
            beside += officers[cell] && officers[cell / 20 * 20 + (cell + 1) % 20];
        steppe_run_free(run);
    }
    /* 8 * 7 / 399 pairs a run, if they are drawn alike */
    assert_near(beside / RUNS, 56 / 399.0, 4 * sqrt(56 / 399.0 / RUNS));
}

/* Epstein (2002): with the other group's right to exist at 0.9 nobody kills; at 0.8 and
 * without officers one of the groups is gone after a while. */
static void without_peacekeepers_one_group_is_killed(void **state)
{
    case_of c;
    start(state, "epstein-2",
          "citizens: { vision: 1.7, legitimacy: 0.9 }\nofficers: { density: 0 }\n", 1,
          &c);
    for (int step = 0; step < 100; step++) {
        steppe_run_advance(c.run, 1);
        assert_int_equal(steppe_run_counts(c.run)[0].killed, 0);
    }
    assert_true(steppe_run_counts(c.run)[0].groups[0] > 100);
    assert_true(steppe_run_counts(c.run)[0].groups[1] > 100);
    stop(&c);
    start(state, "epstein-2",
          "citizens: { vision: 1.7, legitimacy: 0.8 }\nofficers: { density: 0 }\n", 1,
          &c);
    steppe_run_advance(c.run, 600);
    const steppe_counts *now = steppe_run_counts(c.run);
    assert_true(now->groups[0] == 0 || now->groups[1] == 0);
    assert_true(now->citizens > 500);
    stop(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(people_are_conserved),
        with_shelf(one_seed_is_one_result),
        with_shelf(only_mesas_numbers_vary),
        with_shelf(with_no_vision_grievance_decides),
        with_shelf(few_officers_are_drawn_by_the_density),
        with_shelf(the_last_empty_cells_are_alike),
        with_shelf(without_peacekeepers_one_group_is_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
