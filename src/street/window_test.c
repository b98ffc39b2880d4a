/* Promise (street/window.h, street/philox.h): what is compiled for wider processors gives
 * what the plain windows and the plain generator give. */
#include "street/window_test.h"

#include "base/random.h"
#include "support.h"

static const struct {
    steppe_simd simd;
    window_function *window;
    philox_function *philox;
} LEVELS[] = {
    {STEPPE_SIMD_PLAIN, window_case_plain, philox_plain},
#ifdef STP_SIMD_LEVELS
    {STEPPE_SIMD_V3, window_case_v3, philox_v3},
    {STEPPE_SIMD_V4, window_case_v4, philox_v4},
#endif
};
enum { LEVEL_COUNT = sizeof LEVELS / sizeof *LEVELS };

static void windows_are_those_of_the_planes(void **state)
{
    (void)state;
    for (int i = 0; i < LEVEL_COUNT; i++) {
        if (!steppe_has_simd(LEVELS[i].simd))
            continue;
        for (uint64_t seed = 1; seed <= 400; seed++) {
            window_case c = LEVELS[i].window(seed);
            assert_int_equal(c.counts[0], c.wanted_counts[0]);
            assert_int_equal(c.counts[1], c.wanted_counts[1]);
            assert_int_equal(c.drawn, c.wanted);
        }
    }
}

static void blocks_are_those_of_the_generator(void **state)
{
    (void)state;
    static const uint32_t COUNTS[] = {0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64};
    uint64_t any_state = 5, seed = 0x0123456789abcdefu;
    uint32_t agents[64], draws[64], random[4][64];
    for (int k = 0; k < 64; k++) {
        agents[k] = any(&any_state) << 1 | (any(&any_state) & 1);
        draws[k] = any(&any_state) & 0xffffff;
    }
    for (int i = 0; i < LEVEL_COUNT; i++) {
        if (!steppe_has_simd(LEVELS[i].simd))
            continue;
        for (size_t n = 0; n < sizeof COUNTS / sizeof *COUNTS; n++) {
            memset(random, 0, sizeof random);
            LEVELS[i].philox(seed, agents, draws, COUNTS[n], random);
            for (uint32_t k = 0; k < COUNTS[n]; k++) {
                stp_words wanted = stp_random(seed, STP_PURPOSE_ORDER, 7, agents[k], 11,
                                              draws[k]);
                for (int word = 0; word < 4; word++)
                    assert_int_equal(random[word][k], wanted.w[word]);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_are_those_of_the_planes),
        cmocka_unit_test(blocks_are_those_of_the_generator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
