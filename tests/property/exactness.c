/* The digests that results version 1 has: the same from any compiler, with any flags, on
 * any number of threads, with either engine. They change only together with
 * STEPPE_RESULTS_VERSION and a decision note that says why (CONTRIBUTING.md).
 *
 * To print the table anew, to be pasted over the old lines:
 *     STEPPE_PRINT_GOLDEN=1 BUILD/tests/test_exactness
 * The test runs in the root of the sources, where it finds the scenarios. */
#include "steppe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EPSTEIN "scenarios/published/epstein-2002-run2.yaml"
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
};
enum { CASE_COUNT = sizeof CASES / sizeof *CASES };

/* Steps at which a digest stands in the table, as far as the case has them. */
static const uint64_t STEPS[] = {0, 1, 5, 20, 40, 60, 200};
enum { STEP_COUNT = sizeof STEPS / sizeof *STEPS, STEPS_MOST = 200 };

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
};
/* clang-format on */
enum { GOLDEN_COUNT = sizeof GOLDEN / sizeof *GOLDEN };

/* ---- */

typedef struct digests {
    uint64_t at[STEPS_MOST + 1];
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

/* how: engine, threads, simd. */
static void run_case(int which, steppe_run_options how, uint64_t steps, digests *d)
{
    steppe_context *context;
    steppe_scenario *scenario;
    steppe_run *run = NULL;
    const char *const settings[] = {CASES[which].setting};
    how.seed = CASES[which].seed;
    how.schedule = CASES[which].schedule;
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    int status = steppe_scenario_open(context, CASES[which].file, settings,
                                      settings[0] != NULL, &scenario);
    if (status == STEPPE_OK)
        status = steppe_run_create(context, scenario, &how, &run);
    if (status != STEPPE_OK)
        fail_msg("%s", steppe_context_message(context));
    *d = (digests){{steppe_run_digest(run)}, 0, 0};
    assert_int_equal(steppe_run_observe(run, keep, d), STEPPE_OK);
    assert_int_equal(steppe_run_advance(run, steps), STEPPE_OK);
    steppe_run_free(run);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
}

static const steppe_run_options ONE_THREAD = {.threads = 1, .simd = STEPPE_SIMD_PLAIN};

static void print_golden(void)
{
    for (int which = 0; which < CASE_COUNT; which++) {
        digests d;
        run_case(which, ONE_THREAD, STEPS_MOST, &d);
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
        compare_case(which, how, STEPS_MOST);
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

static void test_table_is_of_this_results_version(void **state)
{
    (void)state;
    assert_int_equal(STEPPE_RESULTS_VERSION, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fast_engine_with_one_thread),
        cmocka_unit_test(test_fast_engine_with_three_threads),
        cmocka_unit_test(test_fast_engine_with_each_simd),
        cmocka_unit_test(test_reference_engine),
        cmocka_unit_test(test_table_is_of_this_results_version),
    };
    const char *print = getenv("STEPPE_PRINT_GOLDEN");
    if (print && strcmp(print, "1") == 0) {
        print_golden();
        return 0;
    }
    return cmocka_run_group_tests_name("exactness", tests, NULL, NULL);
}
