/* Both engines give the same bits, on any number of threads, for each kind of processor, by either
 * schedule, with either presence, tried on small scenarios made at random. */
#include "trial.h"

#include <string.h>

/* How the fast engine is run; stride: so many steps at a time, 0: all at once. Stopping
 * between steps must not matter either. */
static const struct {
    int threads;
    steppe_simd simd;
    uint64_t stride;
} WAYS[] = {{1, STEPPE_SIMD_PLAIN, 0}, {1, STEPPE_SIMD_V3, 0},
            {1, STEPPE_SIMD_V4, 0},    {2, STEPPE_SIMD_BEST, 1},
            {3, STEPPE_SIMD_PLAIN, 7}, {8, STEPPE_SIMD_BEST, 0}};

static void agree(steppe_schedule schedule, bool *tiled, uint64_t *arrests)
{
    steppe_run_options options = {.seed = now.scenario.seed,
                                  .schedule = schedule,
                                  .engine = STEPPE_REFERENCE};
    trace truth = run_now(&options, 0);
    options.engine = STEPPE_FAST;
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        char what[80];
        if (!steppe_has_simd(WAYS[i].simd))
            continue;
        options.threads = WAYS[i].threads;
        options.simd = WAYS[i].simd;
        trace t = run_now(&options, WAYS[i].stride);
        snprintf(what, sizeof what, "%s%s, reference against %d threads, simd %d",
                 now.home ? "home, " : "",
                 schedule == STEPPE_TILES ? "tiles" : "sequential", WAYS[i].threads,
                 WAYS[i].simd);
        same_until(&truth, &t, truth.steps, what);
        HOLDS(t.activations == truth.activations, "%s: activations", what);
        HOLDS(t.tension == truth.tension, "%s: tension", what);
        trace_free(&t);
    }
    *tiled |= truth.tiled;
    *arrests += truth.arrests;
    trace_free(&truth);
}

static void agree_on_all(void)
{
    uint64_t i = 0, tiled = 0, eventful = 0;
    for (; next_scenario(1, i, 48); i++) {
        bool tiles = false;
        uint64_t arrests = 0;
        agree(STEPPE_SEQUENTIAL, &tiles, &arrests);
        agree(STEPPE_TILES, &tiles, &arrests);
        tiled += tiles;
        eventful += arrests > 0;
    }
    if (i > 1) { /* or this would show nothing */
        assert_true(tiled * 4 > i);
        assert_true(eventful * 4 > i);
    }
}

static void test_engines_and_threads_agree(void **state)
{
    (void)state;
    agree_on_all();
}

static void test_engines_and_threads_agree_at_home(void **state)
{
    (void)state;
    now.home = true;
    agree_on_all();
    now.home = false;
}

/* Lattices with sides of 1 .. 2 * vision cells, or one such side: small worlds in which sight is
 * cut along one axis or both. */
static void write_narrow(uint64_t number)
{
    static const char *const SHAPES[] = {"euclidean", "moore", "von-neumann"};
    uint64_t r = number * 0x9e3779b97f4a7c15u + 1;
    uint32_t draws[12];
    for (int i = 0; i < 12; i++) {
        r = r * 6364136223846793005u + 1442695040888963407u;
        draws[i] = (uint32_t)(r >> 33);
    }
    unsigned vision = 1 + draws[0] % 15,
             other = draws[1] % 2 ? vision : 1 + draws[2] % 15;
    unsigned narrow = 1 + draws[3] % (2 * vision), second = 1 + draws[4] % (2 * vision),
             side = 1 + draws[5] % (2 * vision), length = 40 + draws[6] % 60;
    now.scenario.number = number;
    now.scenario.seed = draws[7];
    now.scenario.steps = 12;
    now.length = (size_t)snprintf(
        now.text, sizeof now.text,
        "steppe: 1\ntitle: narrow\ntime: { steps: 12 }\n"
        "citizens: { vision: %u, neighbourhood: %s, legitimacy: 0.%u, order: %s }\n"
        "officers: { vision: %u, density: 0.06 }\nforce: { enabled: %s, attack: 0.3, "
        "violence_threshold: 0.3 }\ndistricts:\n"
        "  - { id: a, name: A, width: %u, height: %u }\n"
        "  - { id: b, name: B, width: %u, height: %u }\n"
        "  - { id: c, name: C, width: %u, height: %u }\n",
        vision, SHAPES[draws[8] % 3], 5 + draws[9] % 4,
        draws[10] % 2 ? "act-move" : "move-act", other, draws[11] % 2 ? "true" : "false",
        narrow, second, length, side, side, length);
}

static void test_engines_agree_where_sight_is_cut(void **state)
{
    (void)state;
    const uint64_t count = trial_count(60);
    uint64_t eventful = 0;
    for (uint64_t i = 0; i < count; i++) {
        bool tiles = false;
        uint64_t arrests = 0;
        write_narrow(i);
        agree(STEPPE_SEQUENTIAL, &tiles, &arrests);
        agree(STEPPE_TILES, &tiles, &arrests);
        now.home = true;
        agree(i % 2 ? STEPPE_SEQUENTIAL : STEPPE_TILES, &tiles, &arrests);
        now.home = false;
        eventful += arrests > 0;
    }
    assert_true(eventful * 4 > count * 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_engines_and_threads_agree),
        cmocka_unit_test(test_engines_and_threads_agree_at_home),
        cmocka_unit_test(test_engines_agree_where_sight_is_cut),
    };
    return run_trials("engines", tests, sizeof tests / sizeof *tests);
}
