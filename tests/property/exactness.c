/* The digests that this results version has: the same from any compiler, with any flags, on
 * any number of threads, with either engine. They change only together with
 * STEPPE_RESULTS_VERSION and a decision note that says why (CONTRIBUTING.md).
 *
 * To print the table anew, to be pasted over the old lines:
 *     STEPPE_PRINT_GOLDEN=1 BUILD/tests/test_exactness
 * The test runs in the root of the sources, where it finds the scenarios. */
#include "scenario/range.h"
#include "steppe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PUBLISHED "scenarios/published/"
#define EPSTEIN PUBLISHED "epstein-2002-run2.yaml"
#define SCENARIOS "tests/property/scenarios/"

static const struct {
    const char *name, *file, *setting; /* setting: or NULL */
    uint64_t seed;
    steppe_schedule schedule;
    bool small; /* enough for the reference engine */
} CASES[] = {
    {"epstein", EPSTEIN, NULL, 1, STEPPE_SEQUENTIAL, true},
    {"epstein", EPSTEIN, NULL, 2, STEPPE_SEQUENTIAL, true},
    {"literal", EPSTEIN, "citizens.ratio=literal", 1, STEPPE_SEQUENTIAL, true},
    {"two-towns", SCENARIOS "two-towns.yaml", NULL, 1, STEPPE_TILES, true},
    {"two-towns", SCENARIOS "two-towns.yaml", NULL, 0xffffffffffffffff, STEPPE_TILES,
     false},
    {"two-towns", SCENARIOS "two-towns.yaml", NULL, 1, STEPPE_SEQUENTIAL, false},
    {"short-sight", SCENARIOS "short-sight.yaml", NULL, 3, STEPPE_TILES, true},
    {"short-sight", SCENARIOS "short-sight.yaml", NULL, 3, STEPPE_SEQUENTIAL, true},
    {"long-sight", SCENARIOS "long-sight.yaml", NULL, 4, STEPPE_TILES, false},
    {"officers move", EPSTEIN, "citizens.movement=officers", 5, STEPPE_SEQUENTIAL, true},
    {"officers leave", PUBLISHED "epstein-2002-run5.yaml", NULL, 6, STEPPE_SEQUENTIAL,
     true},
    {"netlogo", PUBLISHED "netlogo-rebellion.yaml", NULL, 7, STEPPE_SEQUENTIAL, false},
    {"mesa", PUBLISHED "mesa-epstein.yaml", NULL, 8, STEPPE_SEQUENTIAL, false},
    {"two groups", PUBLISHED "epstein-2002-run8.yaml", NULL, 9, STEPPE_SEQUENTIAL, false},
    {"three-towns", SCENARIOS "three-towns.yaml", NULL, 10, STEPPE_TILES, true},
    {"three-towns", SCENARIOS "three-towns.yaml", NULL, 10, STEPPE_SEQUENTIAL, false},
    {"afraid", SCENARIOS "afraid.yaml", NULL, 11, STEPPE_TILES, true},
    {"afraid", SCENARIOS "afraid.yaml", NULL, 11, STEPPE_SEQUENTIAL, false},
    {"seat", SCENARIOS "seat.yaml", NULL, 12, STEPPE_TILES, true},
    {"seat", SCENARIOS "seat.yaml", NULL, 12, STEPPE_SEQUENTIAL, false},
    {"epstein, home", EPSTEIN, "presence=home", 1, STEPPE_SEQUENTIAL, true},
    {"two-towns, home", SCENARIOS "two-towns.yaml", "presence=home", 1, STEPPE_TILES,
     true},
    {"two-towns, home", SCENARIOS "two-towns.yaml", "presence=home", 1, STEPPE_SEQUENTIAL,
     false},
    {"long-sight, home", SCENARIOS "long-sight.yaml", "presence=home", 4, STEPPE_TILES,
     false},
    {"three-towns, home", SCENARIOS "three-towns.yaml", "presence=home", 10, STEPPE_TILES,
     true},
    {"afraid, home", SCENARIOS "afraid.yaml", "presence=home", 11, STEPPE_TILES, true},
    {"seat, home", SCENARIOS "seat.yaml", "presence=home", 12, STEPPE_TILES, true},
};
enum { CASE_COUNT = sizeof CASES / sizeof *CASES };

/* Steps at which a digest stands in the table, as far as the case has them. */
static const uint64_t STEPS[] = {0, 1, 5, 20, 40, 60, 200};
enum { STEP_COUNT = sizeof STEPS / sizeof *STEPS, MAX_STEPS = 200 };

/* clang-format off */
static const struct {
    int which; /* of CASES */
    uint64_t step, digest;
} GOLDEN[] = {
    /* epstein, seed 1, sequential */
    {0, 0, 0x771ae66e195a00e7},
    {0, 1, 0x2a4fbccb7a212331},
    {0, 5, 0x51d35284f5726878},
    {0, 20, 0xcfeaddecb93b55f7},
    {0, 40, 0x326889f23675a25a},
    {0, 60, 0xf4baf2c8c5b5a646},
    {0, 200, 0xc88a396dcbed996d},
    /* epstein, seed 2, sequential */
    {1, 0, 0xe382dbd275a8fcb8},
    {1, 1, 0x02879c32ca3dd96e},
    {1, 5, 0xfdfb1bf7f15eedea},
    {1, 20, 0x460f6762bc3f0aed},
    {1, 40, 0x8bfd75b7236c50ba},
    {1, 60, 0xafc410630ed38a89},
    {1, 200, 0x80ba4ce33d7dd1d0},
    /* literal, seed 1, sequential */
    {2, 0, 0x771ae66e195a00e7},
    {2, 1, 0xd97642982329afc0},
    {2, 5, 0x9defafe4b78845f0},
    {2, 20, 0xd81df9069162e3ea},
    {2, 40, 0x85966096ce531827},
    {2, 60, 0x74728830463e331d},
    {2, 200, 0x1b1f63a1ddc3f176},
    /* two-towns, seed 1, tiles */
    {3, 0, 0x9a9cb4e404e48bcb},
    {3, 1, 0xa6a393298dbce92e},
    {3, 5, 0x0d0aec07a2a66a0b},
    {3, 20, 0x4f836208528b03d0},
    {3, 40, 0x8ee0e7545a1774de},
    /* two-towns, seed 18446744073709551615, tiles */
    {4, 0, 0x619066720a3216b0},
    {4, 1, 0x5fd52aa7f2dd869f},
    {4, 5, 0x68305641a8d09803},
    {4, 20, 0x3a3710ea1cf264e3},
    {4, 40, 0xe8dfbfadbc894f1f},
    /* two-towns, seed 1, sequential */
    {5, 0, 0x9a9cb4e404e48bcb},
    {5, 1, 0xbe039056f0b5025c},
    {5, 5, 0x6a793a83d808f3ee},
    {5, 20, 0xeda75109b37aa368},
    {5, 40, 0xd4cada2ac43a0dfe},
    /* short-sight, seed 3, tiles */
    {6, 0, 0xbd5a85d510fbe2ee},
    {6, 1, 0x98a5eb4a9c33b708},
    {6, 5, 0xd590d6af7342e123},
    {6, 20, 0x8d9a1cc6948b3048},
    {6, 40, 0x4a55942fd5bf4050},
    {6, 60, 0x0b7f76a0121bcb24},
    /* short-sight, seed 3, sequential */
    {7, 0, 0xbd5a85d510fbe2ee},
    {7, 1, 0xdc5101782aa3d64a},
    {7, 5, 0x908aecbdc4432ae0},
    {7, 20, 0x3079233953ad24b6},
    {7, 40, 0x757c962ebf4a8b09},
    {7, 60, 0xacc9464f4a464104},
    /* long-sight, seed 4, tiles */
    {8, 0, 0x9239905a5eb9bedd},
    {8, 1, 0x744546c210322700},
    {8, 5, 0x9c869a947125ec51},
    {8, 20, 0xd1debc2b8f508951},
    /* officers move, seed 5, sequential */
    {9, 0, 0xdda40e54395bd7b7},
    {9, 1, 0x709f6dd82792dab4},
    {9, 5, 0x7bd25d19ae113de8},
    {9, 20, 0x30f617b3e042e181},
    {9, 40, 0xf5c8d8caf0d034e4},
    {9, 60, 0x700cb27e239c6a4a},
    {9, 200, 0xb13d9ad5bd6bd0b6},
    /* officers leave, seed 6, sequential */
    {10, 0, 0x1cd1cec713c3dd6d},
    {10, 1, 0x2dd30afb27f7ac66},
    {10, 5, 0x5f1c934ef3f4a567},
    {10, 20, 0x64132b26b33ee437},
    {10, 40, 0x7e5ff55d1d89ff07},
    {10, 60, 0x85cae02a399eafb5},
    {10, 200, 0xd1fe7e8741a6da80},
    /* netlogo, seed 7, sequential */
    {11, 0, 0x5b581b544f2ed115},
    {11, 1, 0xcb0c2b1fcbb88bb0},
    {11, 5, 0xd16417b5af099359},
    {11, 20, 0x2683dfc17a3119b8},
    {11, 40, 0xf661c6cc913dabdb},
    {11, 60, 0xf23b9c7eb5242f1a},
    {11, 200, 0x07399fa09b50f7a0},
    /* mesa, seed 8, sequential */
    {12, 0, 0xffbe2cbe7d8d4f9a},
    {12, 1, 0x0d6fcd06ea259b16},
    {12, 5, 0x6764b6a21d7bf6c2},
    {12, 20, 0x62901fc7fa149892},
    {12, 40, 0xc719a52c4f4edd66},
    {12, 60, 0x0070411eed85a68d},
    {12, 200, 0x8d1a2bad584b7172},
    /* two groups, seed 9, sequential */
    {13, 0, 0x359cb06ea3d734c6},
    {13, 1, 0x1640220aadbf0ede},
    {13, 5, 0x12907beda58294ed},
    {13, 20, 0xa6a89c51895e53de},
    {13, 40, 0x94de08f1788b61c8},
    {13, 60, 0xb75cb34f953cc145},
    {13, 200, 0x330dd179fc6f1647},
    /* three-towns, seed 10, tiles */
    {14, 0, 0x6a55a4785baf2a09},
    {14, 1, 0x79d953566d025327},
    {14, 5, 0x275e0d969986930c},
    {14, 20, 0xd741c0238a826382},
    {14, 40, 0xf30320175b21e085},
    {14, 60, 0xacd02d189c263743},
    /* three-towns, seed 10, sequential */
    {15, 0, 0x6a55a4785baf2a09},
    {15, 1, 0xbe082d11c047f02b},
    {15, 5, 0x968b81d94e02b869},
    {15, 20, 0x7108ca6fb61d7674},
    {15, 40, 0xe402b68cc650fd42},
    {15, 60, 0x6442f81db3b80763},
    /* afraid, seed 11, tiles */
    {16, 0, 0x14e610f9d75eaa5c},
    {16, 1, 0x02eac222db32e433},
    {16, 5, 0xb048710ca082765c},
    {16, 20, 0xbb7f44ed58e9e12d},
    {16, 40, 0x0ba4dab2061e5995},
    {16, 60, 0xb7c73de5ae5570bb},
    /* afraid, seed 11, sequential */
    {17, 0, 0x14e610f9d75eaa5c},
    {17, 1, 0x563483bfa4603c95},
    {17, 5, 0xa8aba82fc15eb48d},
    {17, 20, 0x0c3c6b1fa902c247},
    {17, 40, 0xa14a564d6d9275b4},
    {17, 60, 0x1f6cde89f993dd82},
    /* seat, seed 12, tiles */
    {18, 0, 0xe54a255053ed76ff},
    {18, 1, 0xd706fd91dbdd2de0},
    {18, 5, 0x258500a0fdf7efa7},
    {18, 20, 0xc03988731816af9a},
    {18, 40, 0xeefdf6ba7e31c194},
    {18, 60, 0x7a6465e61c597893},
    /* seat, seed 12, sequential */
    {19, 0, 0xe54a255053ed76ff},
    {19, 1, 0x89f291505c60097e},
    {19, 5, 0xa7e408946710f276},
    {19, 20, 0x5c088f98d4b83088},
    {19, 40, 0x24be4005787ab1de},
    {19, 60, 0x96f0127b266084e0},
    /* epstein, home, seed 1, sequential */
    {20, 0, 0xdd8ef321f63cd933},
    {20, 1, 0x8beb5bb6f8a6f762},
    {20, 5, 0xb101debc3d49d03b},
    {20, 20, 0x944815cb3b2e3ac9},
    {20, 40, 0xf753257e9f73131c},
    {20, 60, 0x16b528758b5e16df},
    {20, 200, 0x1344efece12bc507},
    /* two-towns, home, seed 1, tiles */
    {21, 0, 0x5de12ef0d1f4d26a},
    {21, 1, 0x21778d634a10afc6},
    {21, 5, 0xe152ee0823dc066e},
    {21, 20, 0x1a8e475fb3677c9b},
    {21, 40, 0x9636119e358bcdb3},
    /* two-towns, home, seed 1, sequential */
    {22, 0, 0x5de12ef0d1f4d26a},
    {22, 1, 0x6f47b4b3639d0e82},
    {22, 5, 0xd75ad18a1dbcb7bc},
    {22, 20, 0xf7a00c252055245e},
    {22, 40, 0xfeb3887a4b69302b},
    /* long-sight, home, seed 4, tiles */
    {23, 0, 0x84bf085f9dc57a82},
    {23, 1, 0x6e9fc7a143e2cc43},
    {23, 5, 0x24ac1e29be585ed8},
    {23, 20, 0xa5184dd3b0c71420},
    /* three-towns, home, seed 10, tiles */
    {24, 0, 0xabcb968222b8ae98},
    {24, 1, 0x3a181d2ca88eac06},
    {24, 5, 0xc44c011bf739cbc3},
    {24, 20, 0x968f2a615207bd8d},
    {24, 40, 0x031895f701d8bcb3},
    {24, 60, 0xb7c5c565c915f4ad},
    /* afraid, home, seed 11, tiles */
    {25, 0, 0x0ac35056c2e22722},
    {25, 1, 0x225aa8f999554771},
    {25, 5, 0xeb22d80be879ef0a},
    {25, 20, 0x77f2f9878c41b99f},
    {25, 40, 0xa30fd92c5b644877},
    {25, 60, 0x63c78878623a5608},
    /* seat, home, seed 12, tiles */
    {26, 0, 0x6a4d7f5a379ea042},
    {26, 1, 0x435caee7a9759572},
    {26, 5, 0xaec431bf1459b69a},
    {26, 20, 0x736d8abdf3d31311},
    {26, 40, 0x9cd1ff0e43a2c4db},
    {26, 60, 0xf1e8229ed8b9afa4},
};
/* clang-format on */
enum { GOLDEN_COUNT = sizeof GOLDEN / sizeof *GOLDEN };

/* ---- */

typedef struct digests {
    uint64_t at[MAX_STEPS + 1];
    uint64_t steps, arrests;
} digests;

static int keep(const steppe_run *run, void *user)
{
    digests *d = user;
    d->steps = steppe_run_step(run);
    d->at[d->steps] = steppe_run_digest(run);
    for (size_t i = 0; i < steppe_run_district_count(run); i++)
        d->arrests += steppe_run_counts(run)[i].arrests;
    return 0;
}

/* Run what was read with this status; frees the scenario. */
static void run_scenario(steppe_context *context, int status, steppe_scenario *scenario,
                         const steppe_run_options *how, uint64_t steps, digests *d)
{
    steppe_run *run = NULL;
    if (status == STEPPE_OK)
        status = steppe_run_create(context, scenario, how, &run);
    if (status != STEPPE_OK)
        fail_msg("%s", steppe_context_message(context));
    *d = (digests){{steppe_run_digest(run)}, 0, 0};
    assert_int_equal(steppe_run_observe(run, keep, d), STEPPE_OK);
    assert_int_equal(steppe_run_advance(run, steps), STEPPE_OK);
    steppe_run_free(run);
    steppe_scenario_free(scenario);
}

/* how: engine, threads, simd. */
static void run_case(int which, steppe_run_options how, uint64_t steps, digests *d)
{
    steppe_context *context;
    steppe_scenario *scenario = NULL;
    const char *const settings[] = {CASES[which].setting};
    how.seed = CASES[which].seed;
    how.schedule = CASES[which].schedule;
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    int status = steppe_scenario_open(context, CASES[which].file, settings,
                                      settings[0] != NULL, &scenario);
    run_scenario(context, status, scenario, &how, steps, d);
    steppe_context_free(context);
}

static const steppe_run_options ONE_THREAD = {.threads = 1, .simd = STEPPE_SIMD_PLAIN};

static void print_golden(void)
{
    for (int which = 0; which < CASE_COUNT; which++) {
        digests d;
        run_case(which, ONE_THREAD, MAX_STEPS, &d);
        printf("    /* %s, seed %" PRIu64 ", %s */\n", CASES[which].name,
               CASES[which].seed,
               CASES[which].schedule == STEPPE_TILES ? "tiles" : "sequential");
        for (int i = 0; i < STEP_COUNT && STEPS[i] <= d.steps; i++)
            printf("    {%d, %" PRIu64 ", 0x%016" PRIx64 "},\n", which, STEPS[i],
                   d.at[STEPS[i]]);
    }
}

static void compare_case(int which, steppe_run_options how, uint64_t steps)
{
    digests d;
    int compared = 0;
    run_case(which, how, steps, &d);
    for (int i = 0; i < GOLDEN_COUNT; i++) {
        if (GOLDEN[i].which != which || GOLDEN[i].step > d.steps)
            continue;
        if (d.at[GOLDEN[i].step] != GOLDEN[i].digest)
            fail_msg("%s, seed %" PRIu64 ", step %" PRIu64 ": digest 0x%016" PRIx64
                     ", not 0x%016" PRIx64,
                     CASES[which].name, CASES[which].seed, GOLDEN[i].step,
                     d.at[GOLDEN[i].step], GOLDEN[i].digest);
        compared++;
    }
    assert_true(compared >= 3);
    assert_true(d.arrests > 0 || strcmp(CASES[which].name, "literal") == 0);
}

static void compare_all(steppe_run_options how)
{
    for (int which = 0; which < CASE_COUNT; which++)
        compare_case(which, how, MAX_STEPS);
}

static void test_fast_engine_with_one_thread(void **state)
{
    (void)state;
    compare_all(ONE_THREAD);
}

static void test_fast_engine_with_three_threads(void **state)
{
    (void)state;
    compare_all((steppe_run_options){.threads = 3});
}

static void test_fast_engine_with_each_simd(void **state)
{
    (void)state;
    for (steppe_simd simd = STEPPE_SIMD_V3; simd <= STEPPE_SIMD_V4; simd++)
        if (steppe_has_simd(simd))
            compare_all((steppe_run_options){.threads = 1, .simd = simd});
}

static void test_reference_engine(void **state)
{
    const steppe_run_options how = {.engine = STEPPE_REFERENCE};
    (void)state;
    for (int which = 0; which < CASE_COUNT; which++)
        if (CASES[which].small)
            compare_case(which, how, 20); /* it is slow */
}

/* ---- a seat of power that does nothing ---- */

/* All are of the reference competence, nobody does anything, and who has defected works as before:
 * there is everything else that a seat can have. */
static const char NEUTRAL[] =
    "seat: { enabled: true, incumbent: ruler, resource_weight: 0.001, fall_time: 1 d }\n"
    "channels: { defector_effort: 1, insecurity_effort: 0.5 }\n"
    "reform: { pace: 0.1 }\n"
    "offices:\n"
    "  - { id: throne, name: T, power: 0.5, image: 0.7, security: 0.1, holder: ruler }\n"
    "  - { id: police, name: P, power: 0.3, security: 0.6, image: 0.2, holder: chief }\n"
    "  - { id: bank, name: B, economy: 0.7, holder: banker }\n"
    "  - { id: envoy, name: E, economy: 0.1, diplomacy: 0.3, holder: chief }\n"
    "persons:\n"
    "  - { id: ruler, name: R, exposure: 0.9 }\n"
    "  - { id: chief, name: C, position: 0.2, exposure: 0.4, competence: 0.75 }\n"
    "  - { id: banker, name: B, position: 0.4, resources: 1000 }\n"
    "  - { id: rival, name: V, position: 0, resources: 500, eligible: true }\n"
    "powers: [{ id: north, name: N, stance: 0.8, distance: 300 km }]\n"
    "hotspots: [{ id: war, name: W, salience: 0.1 }]\n";

/* A file of exactness with forces that may disobey, and other sections. */
static void run_with(const char *file, const char *sections, const char *setting,
                     digests *d)
{
    static char text[16384];
    steppe_context *context;
    steppe_scenario *scenario = NULL;
    const char *const settings[] = {"obedience.enabled=true", "obedience.orders=0.8",
                                    setting};
    FILE *f = fopen(file, "rb");
    assert_non_null(f);
    size_t size = fread(text, 1, sizeof text, f);
    assert_int_equal(fclose(f), 0);
    assert_true(size + strlen(sections) < sizeof text);
    memcpy(text + size, sections, strlen(sections));
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    int status = steppe_scenario_parse(context, file, text, size + strlen(sections),
                                       settings, 2 + (setting != NULL), &scenario);
    const steppe_run_options how = {.seed = 5, .threads = 1};
    run_scenario(context, status, scenario, &how, MAX_STEPS, d);
    steppe_context_free(context);
}

static void test_a_seat_of_the_reference_changes_nothing(void **state)
{
    static const char *const FILES[] = {SCENARIOS "two-towns.yaml",
                                        SCENARIOS "three-towns.yaml",
                                        SCENARIOS "afraid.yaml"};
    static const char *const SAME[] = {NULL, "defection.enabled=false",
                                       "seat.enabled=false"};
    static const char *const OTHER[] = {"persons.chief.competence=0.6",
                                        "channels.defector_effort=0"};
    static digests without, with;
    int differ[2] = {0, 0};
    (void)state;
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        run_with(FILES[i], "", NULL, &without);
        assert_true(without.arrests > 0);
        for (size_t k = 0; k < sizeof SAME / sizeof *SAME; k++) {
            run_with(FILES[i], NEUTRAL, SAME[k], &with);
            assert_int_equal(with.steps, without.steps);
            for (uint64_t step = 0; step <= with.steps; step++)
                if (with.at[step] != without.at[step])
                    fail_msg("%s, %s: step %" PRIu64 " differs", FILES[i],
                             SAME[k] ? SAME[k] : "with a seat", step);
        }
        for (size_t k = 0; k < sizeof OTHER / sizeof *OTHER; k++) {
            run_with(FILES[i], NEUTRAL, OTHER[k], &with);
            differ[k] += with.at[with.steps] != without.at[without.steps];
        }
    }
    assert_true(differ[0] == 3 && differ[1] > 0); /* or this would show nothing */
}

/* A town with a prior of each kind and a correlation. */
static const char DRAWN[] =
    "steppe: 1\ntitle: T\ntime: { start: 2022-01-01, steps: 9 }\n"
    "districts: [{ id: a, name: A, width: 9, height: 9 }]\n"
    "citizens: { legitimacy: { prior: { normal: [0.8, 0.05] } },\n"
    "  threshold: { range: [0, 0.3], prior: { beta: [2, 5] } },\n"
    "  vision: { prior: { choices: [5, 7, 9], weights: [1, 2, 1] } } }\n"
    "news: { lag: { prior: { lognormal: [5 h, 0.5] } }, reach: { range: [0.1, 0.5] } }\n"
    "events: [{ id: e, title: E, media_reach: { prior: { triangular: [0, 0.5, 1] } },\n"
    "  date: { prior: { normal: [2022-01-01T12:00, 90 min] } } }]\n"
    "correlations: [{ id: c, parameters: [citizens.*, news.lag], correlation: 0.4 }]\n";

static uint64_t fold_in(uint64_t hash, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (hash ^ bits) * 1099511628211u; /* FNV-1a, by words */
}

static void test_draws(void **state)
{
    enum { POINTS = 500, RANGES = 7 };
    steppe_context *context;
    steppe_scenario *scenario;
    stp_range *ranges;
    stp_copula *copula;
    size_t count;
    uint64_t hash = 14695981039346656037u;
    double point[RANGES], values[RANGES];
    (void)state;
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    if (steppe_scenario_parse(context, "drawn.yaml", DRAWN, strlen(DRAWN), NULL, 0,
                              &scenario) != STEPPE_OK)
        fail_msg("%s", steppe_context_message(context));
    assert_int_equal(stp_ranges_find(context, scenario, &ranges, &count), STEPPE_OK);
    assert_int_equal(count, RANGES);
    assert_int_equal(stp_copula_create(context, scenario, ranges, count, &copula),
                     STEPPE_OK);
    for (unsigned i = 0; i < POINTS; i++) {
        for (unsigned k = 0; k < RANGES; k++) /* a lattice of rank 1 (Korobov) */
            point[k] = (double)(i * (k * k + 1u) * 7u % POINTS) / POINTS;
        stp_ranges_draw(ranges, count, copula, point, values);
        for (unsigned k = 0; k < RANGES; k++)
            hash = fold_in(hash, values[k]);
    }
    stp_copula_free(copula);
    stp_ranges_free(ranges, count);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    if (hash != 0x9717b1c8984e8c07)
        fail_msg("draws have the digest %016" PRIx64, hash);
}

static void test_table_is_of_this_results_version(void **state)
{
    (void)state;
    assert_int_equal(STEPPE_RESULTS_VERSION, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fast_engine_with_one_thread),
        cmocka_unit_test(test_fast_engine_with_three_threads),
        cmocka_unit_test(test_fast_engine_with_each_simd),
        cmocka_unit_test(test_reference_engine),
        cmocka_unit_test(test_a_seat_of_the_reference_changes_nothing),
        cmocka_unit_test(test_draws),
        cmocka_unit_test(test_table_is_of_this_results_version),
    };
    const char *print = getenv("STEPPE_PRINT_GOLDEN");
    if (print && strcmp(print, "1") == 0) {
        print_golden();
        return 0;
    }
    return cmocka_run_group_tests_name("exactness", tests, NULL, NULL);
}
