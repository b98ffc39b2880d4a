/* Promise (street/detention.h): whoever is admitted is in the ward until the end of the
 * step of its release, and then due, once; nobody else is; counts and digest follow. */
#include "street/detention.h"

#include "base/digest.h"
#include "support.h"

enum { CITIZENS = 1000, STEPS = 200, OFFICERS = 20 };

static void everyone_is_let_go_when_the_term_is_over(void **state)
{
    (void)state;
    stp_ward ward = {0};
    static _Atomic uint64_t due[CITIZENS / 64 + 1];
    static uint32_t release[CITIZENS]; /* 0: at liberty */
    uint64_t random = 3;
    for (uint32_t step = 1; step <= STEPS; step++) {
        stp_captive caught[OFFICERS] = {{0}};
        for (int i = 0; i < OFFICERS; i++) {
            uint32_t id = any_below(&random, CITIZENS);
            if (release[id] != 0 || any(&random) % 3 == 0)
                continue;
            /* at once, soon, after one or several rounds of the lists, never */
            static const uint32_t TERMS[] = {0, 1, 5, 15, 16, 17, 31, 32, 48, 100};
            uint32_t term = any_below(&random, 11);
            release[id] = term < 10 ? step + TERMS[term] : UINT32_MAX;
            caught[i] = (stp_captive){id, release[id]};
        }
        assert_true(stp_ward_admit(&ward, 4, caught, OFFICERS));
        for (int i = 0; i < OFFICERS; i++)
            assert_int_equal(caught[i].release, 0);
        stp_ward_discharge(&ward, 4, step, due);
        size_t count = 0;
        uint64_t digest = 0;
        for (uint32_t id = 0; id < CITIZENS; id++) {
            bool is_due = due[id / 64] >> id % 64 & 1;
            assert_int_equal(is_due, release[id] == step);
            if (is_due)
                release[id] = 0;
            if (release[id] == 0)
                continue;
            count++;
            digest += stp_agent_hash(4, id, STP_DETAINED, release[id]);
        }
        for (size_t i = 0; i < sizeof due / sizeof *due; i++)
            due[i] = 0;
        assert_int_equal(stp_ward_count(&ward), count);
        assert_true(ward.digest == digest);
    }
    stp_ward_free(&ward);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everyone_is_let_go_when_the_term_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
