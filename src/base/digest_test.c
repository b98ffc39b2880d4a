/* Promise (base/digest.h): the digest of a run is a sum over agents, so that order does
 * not show in it, of a hash in which every part of an agent's state does. */
#include "base/digest.h"

#include "support.h"

/* The mixer's steps undone, from last to first: that this is possible at all is what
 * bijective means. The multipliers' inverses modulo 2^64 are found by Newton's iteration.
 * */
static uint64_t inverse(uint64_t odd)
{
    uint64_t x = odd; /* right to 3 bits; each turn doubles them */
    for (int i = 0; i < 5; i++)
        x *= 2 - odd * x;
    return x;
}

static uint64_t unshift(uint64_t y, int shift)
{
    uint64_t x = y;
    for (int i = 0; i < 64 / shift + 1; i++)
        x = y ^ x >> shift;
    return x;
}

static uint64_t unmix(uint64_t x)
{
    x = unshift(x, 31) * inverse(0x94d049bb133111ebu);
    x = unshift(x, 27) * inverse(0xbf58476d1ce4e5b9u);
    return unshift(x, 30);
}

static void mixer_is_a_bijection(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i < 100000; i++) {
        uint64_t x = (uint64_t)any(&random) << 33 ^ any(&random);
        assert_true(unmix(stp_mix(x)) == x);
    }
    for (int bit = 0; bit < 64; bit++) {
        assert_true(unmix(stp_mix((uint64_t)1 << bit)) == (uint64_t)1 << bit);
        assert_true(unmix(stp_mix(~((uint64_t)1 << bit))) == ~((uint64_t)1 << bit));
    }
}

/* SplitMix64 is this mixer over a counter; the numbers are the first outputs for seed
 * 1234567 as Rosetta Code publishes them ("Pseudo-random numbers/Splitmix64"). */
static void mixer_is_that_of_splitmix(void **state)
{
    (void)state;
    static const uint64_t PUBLISHED[] = {6457827717110365317u, 3203168211198807973u,
                                         9817491932198370423u, 4593380528125082431u,
                                         16408922859458223821u};
    for (uint64_t i = 0; i < 5; i++)
        assert_true(stp_mix(1234567 + (i + 1) * 0x9e3779b97f4a7c15u) == PUBLISHED[i]);
}

static void every_bit_spreads(void **state)
{
    (void)state;
    /* A good mixer turns over each output bit with probability 1/2. Over 64 x 64 pairs of
     * bits and 1,000 inputs each, a count has mean 500 and s.d. 15.8: 7 s.d. is never, by
     * chance. */
    static int turned[64][64];
    uint64_t random = 5;
    for (int i = 0; i < 1000; i++) {
        uint64_t x = (uint64_t)any(&random) << 33 ^ any(&random), y = stp_mix(x);
        for (int in = 0; in < 64; in++) {
            uint64_t change = stp_mix(x ^ (uint64_t)1 << in) ^ y;
            for (int out = 0; out < 64; out++)
                turned[in][out] += change >> out & 1;
        }
    }
    for (int in = 0; in < 64; in++)
        for (int out = 0; out < 64; out++)
            assert_in_range(turned[in][out], 500 - 111, 500 + 111);
}

static void order_does_not_show(void **state)
{
    (void)state;
    uint64_t forwards = 0, backwards = 0;
    for (uint32_t id = 0; id < 1000; id++)
        forwards += stp_agent_hash(3, id, STP_QUIET, id * 7);
    for (uint32_t id = 1000; id-- > 0;)
        backwards += stp_agent_hash(3, id, STP_QUIET, id * 7);
    assert_true(forwards == backwards);
}

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* All small values and all sizes of large ones, in every combination. */
static void every_field_shows(void **state)
{
    (void)state;
    static const uint32_t VALUES[] = {
        0,          1,         2,   3,     15,    16,      17,
        31,         255,       256, 65535, 65536, 1 << 20, (1 << 26) - 1,
        0x80000000, 0xffffffff};
    enum { VALUE_COUNT = 16, STANDINGS = 5 };
    enum { COUNT = VALUE_COUNT * VALUE_COUNT * VALUE_COUNT * STANDINGS };
    static uint64_t hashes[COUNT];
    size_t n = 0;
    for (int i = 0; i < VALUE_COUNT; i++)
        for (int j = 0; j < VALUE_COUNT; j++)
            for (int k = 0; k < VALUE_COUNT; k++)
                for (int standing = 0; standing < STANDINGS; standing++)
                    hashes[n++] = stp_agent_hash(VALUES[i], VALUES[j],
                                                 (stp_standing)standing, VALUES[k]);
    qsort(hashes, COUNT, sizeof *hashes, ascending);
    for (size_t i = 1; i < COUNT; i++)
        assert_true(hashes[i] != hashes[i - 1]);
}

/* Two agents who trade places, or standings, are another state: a sum of hashes of single
 * fields would not see it. */
static void a_trade_shows(void **state)
{
    (void)state;
    uint64_t before = stp_agent_hash(0, 1, STP_QUIET, 10) +
                      stp_agent_hash(0, 2, STP_ACTIVE, 20);
    assert_true(before != stp_agent_hash(0, 1, STP_QUIET, 20) +
                              stp_agent_hash(0, 2, STP_ACTIVE, 10));
    assert_true(before != stp_agent_hash(0, 1, STP_ACTIVE, 10) +
                              stp_agent_hash(0, 2, STP_QUIET, 20));
    assert_true(before != stp_agent_hash(0, 2, STP_QUIET, 10) +
                              stp_agent_hash(0, 1, STP_ACTIVE, 20));
    assert_true(stp_agent_hash(1, 2, STP_QUIET, 0) != stp_agent_hash(2, 1, STP_QUIET, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixer_is_a_bijection),
        cmocka_unit_test(mixer_is_that_of_splitmix),
        cmocka_unit_test(every_bit_spreads),
        cmocka_unit_test(order_does_not_show),
        cmocka_unit_test(every_field_shows),
        cmocka_unit_test(a_trade_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
