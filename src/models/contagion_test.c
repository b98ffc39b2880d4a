/* Promise (models/contagion.h): the equations are solved to the order of the method,
 * keep what they must keep, and carry unrest from place to place as a wave
 * (Bonnasse-Gahot and others 2018). */
#include "models/contagion.h"

#include "support.h"

enum { MOST = 40 };
static const double HOUR = 1.0 / 24;

typedef struct land {
    double weight[MOST * MOST], active[MOST], susceptible[MOST];
    stp_contagion model;
} land;

/* Places in a row, `apart` km from each to the next, a thousand susceptible in each;
 * one active in the first. Rates such that a riot at its height lasts for days. */
static void lay_out(land *l, size_t places, double apart, stp_contagion_response response)
{
    double distance[MOST * MOST];
    for (size_t k = 0; k < places; k++) {
        for (size_t j = 0; j < places; j++)
            distance[k * places + j] = fabs((double)k - (double)j) * apart;
        l->active[k] = k == 0;
        l->susceptible[k] = 1000;
    }
    stp_contagion_kernel(distance, places, 10, 4, l->weight);
    l->model = (stp_contagion){places, l->weight, 0.4, response, 0.001, 0, 0};
    if (response == STP_RESPONSE_THRESHOLD) {
        l->model.beta = 1;
        l->model.gamma = 0.002;
        l->model.critical = 0.5;
    }
}

static void go_on(land *l, double step, size_t steps)
{
    assert_int_equal(stp_contagion_advance(&l->model, step, steps, l->active,
                                           l->susceptible),
                     0);
}

static void kernel_falls_with_distance(void **state)
{
    (void)state;
    const double distance[] = {0, 10, 30, 1e6};
    double weight[4];
    stp_contagion_kernel(distance, 2, 10, 1, weight);
    assert_same(weight[0], 1);
    assert_near(weight[1], 0.5, 1e-15);
    assert_near(weight[2], 0.25, 1e-15);
    assert_near(weight[3], 1e-5, 1e-9);
    stp_contagion_kernel(distance, 2, 20, 2.5, weight);
    assert_near(weight[2], pow(2.5, -2.5), 1e-15);
    stp_contagion_kernel(distance, 2, 20, 0, weight);
    assert_same(weight[3], 1);
    double same[] = {0, 10, 30, 1e6};
    stp_contagion_kernel(same, 2, 20, 2.5, same);
    stp_contagion_kernel(distance, 2, 20, 2.5, weight);
    assert_memory_equal(same, weight, sizeof weight);
}

static void nothing_comes_of_nothing(void **state)
{
    (void)state;
    static land l;
    for (int r = STP_RESPONSE_LINEAR; r <= STP_RESPONSE_THRESHOLD; r++) {
        lay_out(&l, 20, 10, (stp_contagion_response)r);
        l.active[0] = 0;
        go_on(&l, HOUR, 1000);
        for (int k = 0; k < 20; k++) {
            assert_same(l.active[k], 0);
            assert_same(l.susceptible[k], 1000);
        }
    }
}

/* Below the critical activity it dies away at the rate omega, and takes nobody along. */
static void below_the_threshold_it_dies_away(void **state)
{
    (void)state;
    static land l;
    lay_out(&l, 20, 10, STP_RESPONSE_THRESHOLD);
    l.model.critical = 1;
    go_on(&l, HOUR, 240);
    assert_near(l.active[0], exp(-0.4 * 10), 1e-9);
    assert_same(l.active[1], 0);
    for (int k = 0; k < 20; k++)
        assert_same(l.susceptible[k], 1000);
}

/* If nobody ever stops, nobody is lost. */
static void everybody_is_somewhere(void **state)
{
    (void)state;
    static land l;
    for (int r = STP_RESPONSE_LINEAR; r <= STP_RESPONSE_THRESHOLD; r++) {
        lay_out(&l, 20, 10, (stp_contagion_response)r);
        l.model.omega = 0;
        for (int day = 0; day < 30; day++) {
            go_on(&l, HOUR, 24);
            for (int k = 0; k < 20; k++)
                assert_near(l.active[k] + l.susceptible[k], 1000 + (k == 0), 1e-9);
        }
        assert_near(l.active[19], 1000, 1e-3); /* and all are drawn in */
    }
}

static void susceptible_only_fall(void **state)
{
    (void)state;
    static land l;
    uint64_t random = 29;
    for (int trial = 0; trial < 100; trial++) {
        lay_out(&l, 1 + any_below(&random, 30), any_between(&random, 1, 50),
                (stp_contagion_response)(trial % 2));
        l.model.omega = any_between(&random, 0, 2);
        l.model.beta *= any_between(&random, 0, 3);
        for (size_t k = 0; k < l.model.districts; k++) {
            l.susceptible[k] = any_between(&random, 0, 2000);
            l.active[k] = any_below(&random, 4) ? 0 : any_between(&random, 0, 100);
        }
        for (int step = 0; step < 480; step++) {
            double before[MOST];
            memcpy(before, l.susceptible, sizeof before);
            go_on(&l, HOUR, 1);
            for (size_t k = 0; k < l.model.districts; k++) {
                assert_true(l.susceptible[k] <= before[k]);
                assert_true(l.susceptible[k] >= 0);
                assert_true(l.active[k] >= 0);
            }
        }
    }
}

/* One place with the linear response is an epidemic with removal: along its way lambda
 * + sigma - omega / beta ln sigma stays. And Euler's method with very small steps, its
 * error taken out by a second run with half of them. */
static void one_place_is_the_textbooks_epidemic(void **state)
{
    (void)state;
    static land l;
    lay_out(&l, 1, 1, STP_RESPONSE_LINEAR);
    double ratio = l.model.omega / l.model.beta, invariant = 1 + 1000 - ratio * log(1000);
    go_on(&l, HOUR, 24 * 10);
    double euler[2][2];
    for (int fine = 0; fine < 2; fine++) {
        int steps = fine ? 2000000 : 1000000;
        double x = 1, s = 1000, step = 10.0 / steps;
        for (int i = 0; i < steps; i++) {
            double joining = 0.001 * s * x;
            s -= step * joining;
            x += step * (joining - 0.4 * x);
        }
        euler[fine][0] = x;
        euler[fine][1] = s;
    }
    assert_near(l.active[0], 2 * euler[1][0] - euler[0][0], 1e-3);
    assert_near(l.susceptible[0], 2 * euler[1][1] - euler[0][1], 1e-3);
    for (int day = 10; day < 100; day++) {
        assert_near(l.active[0] + l.susceptible[0] - ratio * log(l.susceptible[0]),
                    invariant, 1e-3);
        go_on(&l, HOUR, 24);
    }
    /* in the end: who was never drawn in solves s = 1000 e^(-(1001 - s) / ratio) */
    double rest = 100;
    for (int i = 0; i < 200; i++)
        rest = 1000 * exp(-(1001 - rest) / ratio);
    assert_near(l.susceptible[0], rest, 1e-3);
    assert_near(l.active[0], 0, 1e-6);
}

/* Places that are all alike are one place: weight 1 throughout, everyone at it at
 * once. */
static void without_space_places_are_one(void **state)
{
    (void)state;
    static land one, many;
    lay_out(&one, 1, 1, STP_RESPONSE_LINEAR);
    lay_out(&many, 8, 0, STP_RESPONSE_LINEAR);
    one.susceptible[0] = 8000;
    one.active[0] = 8;
    one.model.beta = many.model.beta = 0.0001;
    for (int k = 0; k < 8; k++)
        many.active[k] = 1;
    go_on(&one, HOUR, 24 * 8);
    go_on(&many, HOUR, 24 * 8);
    assert_true(one.active[0] > 100);
    for (int k = 0; k < 8; k++) {
        assert_near(8 * many.active[k], one.active[0], 1e-8);
        assert_near(8 * many.susceptible[k], one.susceptible[0], 1e-8);
    }
}

/* Distance from the finest solution after 12 days, in steps of 1/4, 1/8, 1/16, 1/32 of
 * a day. */
static void error_falls_with_the_fourth_power(void **state)
{
    (void)state;
    static land l;
    for (int r = STP_RESPONSE_LINEAR; r <= STP_RESPONSE_THRESHOLD; r++) {
        double found[5][MOST], error[4] = {0};
        for (int fine = 0; fine < 5; fine++) {
            size_t per_day = fine < 4 ? (size_t)4 << fine : 512;
            lay_out(&l, 12, 10, (stp_contagion_response)r);
            l.model.critical = 0; /* no kink on the way */
            go_on(&l, 1.0 / (double)per_day, 12 * per_day);
            memcpy(found[fine], l.active, sizeof l.active);
        }
        for (int fine = 0; fine < 4; fine++)
            for (int k = 0; k < 12; k++)
                error[fine] = fmax(error[fine], fabs(found[fine][k] - found[4][k]));
        for (int fine = 0; fine < 3; fine++)
            assert_near(log2(error[fine] / error[fine + 1]), 4, 0.35);
        assert_true(error[2] < 1e-5 * 290); /* the step that the header advises */
    }
}

/* The hour at which each place is most active. */
static void find_peaks(land *l, size_t hours, size_t *peak, double *height)
{
    memset(height, 0, l->model.districts * sizeof *height);
    for (size_t hour = 1; hour <= hours; hour++) {
        go_on(l, HOUR, 1);
        for (size_t k = 0; k < l->model.districts; k++)
            if (l->active[k] > height[k]) {
                height[k] = l->active[k];
                peak[k] = hour;
            }
    }
}

/* Places peak the later the farther they are from where it began. With a threshold the
 * wave goes at one speed; without, the far tail of the kernel runs ahead of it and it
 * gains speed. */
static void unrest_travels_as_a_wave(void **state)
{
    (void)state;
    static land l;
    for (int r = STP_RESPONSE_LINEAR; r <= STP_RESPONSE_THRESHOLD; r++) {
        size_t peak[MOST];
        double height[MOST];
        lay_out(&l, 30, 10, (stp_contagion_response)r);
        find_peaks(&l, 24 * 60, peak, height);
        for (int k = 1; k < 30; k++) {
            assert_true(peak[k] > peak[k - 1]);
            assert_true(height[k] > 100);
        }
        double early = (double)(peak[10] - peak[5]) / 5;
        double late = (double)(peak[25] - peak[20]) / 5;
        if (r == STP_RESPONSE_THRESHOLD)
            assert_near(late, early, 0.5);
        else
            assert_true(late < 0.6 * early);
    }
}

/* Two rows of ten, 200 km apart: a threshold holds the wave up, the linear response
 * does not. */
static void wide_gap_stops_a_wave_with_a_threshold(void **state)
{
    (void)state;
    static land l;
    double distance[MOST * MOST];
    for (int r = STP_RESPONSE_LINEAR; r <= STP_RESPONSE_THRESHOLD; r++) {
        lay_out(&l, 20, 10, (stp_contagion_response)r);
        for (int k = 0; k < 20; k++)
            for (int j = 0; j < 20; j++)
                distance[20 * k + j] = 10 * abs(k - j) + ((k < 10) != (j < 10) ? 200 : 0);
        stp_contagion_kernel(distance, 20, 10, 4, l.weight);
        go_on(&l, HOUR, 24 * 60);
        assert_true(l.susceptible[9] < 600);
        if (r == STP_RESPONSE_THRESHOLD)
            assert_same(l.susceptible[10], 1000);
        else
            assert_true(l.susceptible[10] < 600);
    }
}

/* The same bits on every machine; they may change only with the version of the
 * results. */
static void bits_are_those_of_this_version(void **state)
{
    (void)state;
    static land l;
    static const double KNOWN[] = {0x1.517a63b71fc05p+7, 0x1.30157d526aceap+8};
    for (int r = STP_RESPONSE_LINEAR; r <= STP_RESPONSE_THRESHOLD; r++) {
        lay_out(&l, 20, 7, (stp_contagion_response)r);
        go_on(&l, HOUR, 240);
        assert_same(l.active[5], KNOWN[r]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernel_falls_with_distance),
        cmocka_unit_test(nothing_comes_of_nothing),
        cmocka_unit_test(below_the_threshold_it_dies_away),
        cmocka_unit_test(everybody_is_somewhere),
        cmocka_unit_test(susceptible_only_fall),
        cmocka_unit_test(one_place_is_the_textbooks_epidemic),
        cmocka_unit_test(without_space_places_are_one),
        cmocka_unit_test(error_falls_with_the_fourth_power),
        cmocka_unit_test(unrest_travels_as_a_wave),
        cmocka_unit_test(wide_gap_stops_a_wave_with_a_threshold),
        cmocka_unit_test(bits_are_those_of_this_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
