/* Promise (base/random.h): random numbers are Philox4x32-10, a pure function of seed,
 * purpose, district, agent, step and draw; stp_below spreads a word over 0 .. n-1. */
#include "base/random.h"

#include "support.h"

/* The known answers for philox4x32, 10 rounds, in the file kat_vectors of the Random123
 * distribution (Salmon, Moraes, Dror and Shaw 2011): counter, key, result. */
static const struct {
    uint32_t counter[4], key[2], result[4];
} KNOWN[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, /* digits of pi */
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

/* The counter is (agent, district, step, purpose and draw), the key the seed, low half
 * first: results depend on it. */
static void answers_are_the_known_ones(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        const uint32_t *c = KNOWN[i].counter;
        uint64_t seed = (uint64_t)KNOWN[i].key[1] << 32 | KNOWN[i].key[0];
        stp_words words = stp_random(seed, (stp_purpose)(c[3] >> 24), c[1], c[0], c[2],
                                     c[3] & 0xffffff);
        for (int k = 0; k < 4; k++)
            assert_int_equal(words.w[k], KNOWN[i].result[k]);
    }
}

static bool same(stp_words a, stp_words b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void every_key_gives_other_numbers(void **state)
{
    (void)state;
    stp_words base = stp_random(1, STP_PURPOSE_TRAITS, 2, 3, 4, 5);
    assert_true(same(base, stp_random(1, STP_PURPOSE_TRAITS, 2, 3, 4, 5)));
    assert_false(same(base, stp_random(0, STP_PURPOSE_TRAITS, 2, 3, 4, 5)));
    assert_false(same(base, stp_random(1 + ((uint64_t)1 << 32), STP_PURPOSE_TRAITS, 2, 3,
                                       4, 5)));
    assert_false(same(base, stp_random(1, STP_PURPOSE_PLACE, 2, 3, 4, 5)));
    assert_false(same(base, stp_random(1, STP_PURPOSE_TRAITS, 3, 2, 4, 5)));
    assert_false(same(base, stp_random(1, STP_PURPOSE_TRAITS, 2, 4, 3, 5)));
    assert_false(same(base, stp_random(1, STP_PURPOSE_TRAITS, 2, 3, 5, 4)));
    assert_false(same(base, stp_random(1, STP_PURPOSE_TRAITS, 2, 3, 4, 0)));
}

/* Purposes are part of the results: renumbering them changes every run. */
static void purposes_keep_their_numbers(void **state)
{
    (void)state;
    assert_int_equal(STP_PURPOSE_TRAITS, 1);
    assert_int_equal(STP_PURPOSE_PLACE, 2);
    assert_int_equal(STP_PURPOSE_ORDER, 3);
    assert_int_equal(STP_PURPOSE_TILING, 4);
    assert_int_equal(STP_PURPOSE_ACTIVATE, 5);
}

/* A sanity check that numbers are dealt evenly along each argument by which the program
 * counts, for each word: chi-square over 64 classes of 6 bits, 63 degrees of freedom.
 * Chance gives more than 139.6, or less than 20.8, once in ten million times; and the
 * numbers are always the same ones. */
static void numbers_are_even_along_every_argument(void **state)
{
    (void)state;
    enum { CLASSES = 64, DRAWS = 64000 };
    for (int argument = 0; argument < 4; argument++) {
        static uint32_t seen[4][CLASSES];
        memset(seen, 0, sizeof seen);
        for (uint32_t i = 0; i < DRAWS; i++) {
            stp_words words = stp_random(7, STP_PURPOSE_ACTIVATE, argument == 0 ? i : 1,
                                         argument == 1 ? i : 2, argument == 2 ? i : 3,
                                         argument == 3 ? i : 0);
            for (int k = 0; k < 4; k++)
                seen[k][stp_below(words.w[k], CLASSES)]++;
        }
        for (int k = 0; k < 4; k++) {
            double square = 0, expected = (double)DRAWS / CLASSES;
            for (int c = 0; c < CLASSES; c++)
                square += (seen[k][c] - expected) * (seen[k][c] - expected) / expected;
            assert_true(square < 139.6);
            assert_true(square > 20.8); /* nor more even than chance would have it */
        }
    }
}

static void below_keeps_its_bounds(void **state)
{
    (void)state;
    static const uint32_t SIZES[] = {1,     2,     3,          7,          31,        148,
                                     65535, 65536, 0x7fffffff, 0x80000000, 0xffffffff};
    uint64_t random = 1;
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        uint32_t n = SIZES[i];
        assert_int_equal(stp_below(0, n), 0);
        assert_int_equal(stp_below(0xffffffff, n), n - 1);
        for (int k = 0; k < 1000; k++)
            assert_true(stp_below(any(&random) << 1, n) < n);
    }
}

/* Each value has the floor or ceiling of 2^32 / n words. They are intervals, since the
 * result never falls as the word rises; so it is enough to find where each begins: value
 * v begins at word ceil(v 2^32 / n). */
static void below_shares_the_words_out_evenly(void **state)
{
    (void)state;
    static const uint32_t SIZES[] = {2, 3, 7, 31, 148, 961, 65537};
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        uint32_t n = SIZES[i];
        for (uint32_t v = 1; v < n; v++) {
            uint32_t first = (uint32_t)((((uint64_t)v << 32) + n - 1) / n);
            assert_int_equal(stp_below(first, n), v);
            assert_int_equal(stp_below(first - 1, n), v - 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_the_known_ones),
        cmocka_unit_test(every_key_gives_other_numbers),
        cmocka_unit_test(purposes_keep_their_numbers),
        cmocka_unit_test(numbers_are_even_along_every_argument),
        cmocka_unit_test(below_keeps_its_bounds),
        cmocka_unit_test(below_shares_the_words_out_evenly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
