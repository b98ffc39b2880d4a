/* Promise (world/world.h): lattices hold their people at the density asked for, scales
 * round to the nearest agent, what does not fit is refused, and citizens are born by the
 * shares. */
#include "world/world.h"

#include "support.h"

static const stp_district *district(void **state, const char *text, double scale)
{
    return &world_of(state, parse(state, text), scale, STEPPE_SEQUENTIAL)->districts[0];
}

/* ---- lattices ---- */

/* A square: the side is the root of population / density, rounded up. */
static void lattices_hold_their_people(void **state)
{
    static const struct {
        uint64_t population;
        double density;
        uint32_t side;           /* by hand */
    } CASES[] = {{700, 0.7, 32}, /* 1000 cells: 31.6 */
                 {1, 0.7, 2},    /* 1.43 cells */
                 {1, 1, 1},
                 {100, 1, 10},
                 {101, 1, 11},
                 {133084, 0.7, 437},   /* Zhanaozen: 190,120 cells: 436.03 */
                 {2101485, 0.7, 1733}, /* Almaty: 3,002,121.4 cells: 1732.66 */
                 {9, 0.09, 10},
                 {1000, 0.1, 100}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const stp_district *d = district(
            state,
            words(state,
                  HEAD "citizens: { density: %g }\ndistricts: [{ id: a, name: A,\n"
                       "  population: %llu, officers: 0 }]\n",
                  CASES[i].density, (unsigned long long)CASES[i].population),
            1);
        assert_int_equal(d->citizens, CASES[i].population);
        assert_int_equal(d->width, CASES[i].side);
        assert_int_equal(d->height, CASES[i].side);
        assert_int_equal(d->cells, CASES[i].side * CASES[i].side);
    }
}

/* Epstein's lattice: 70% of 1600 cells are 1120 citizens, 4% are 64 officers. */
static void lattices_may_be_given(void **state)
{
    const stp_district *d = district(
        state, HEAD "districts: [{ id: a, name: A, width: 40, height: 40 }]\n", 1);
    assert_int_equal(d->citizens, 1120);
    assert_int_equal(d->posts, 64);
    d = district(state, HEAD "districts: [{ id: a, name: A, width: 11, height: 3 }]\n",
                 1);
    assert_int_equal(d->width, 11);
    assert_int_equal(d->height, 3);
    assert_int_equal(d->citizens, 23); /* 23.1 */
    assert_int_equal(d->posts, 1);     /* 1.32 */
    d = district(state,
                 HEAD "districts: [{ id: a, name: A, width: 10, height: 10,\n"
                      "  population: 50, officers: 7 }]\n",
                 1);
    assert_int_equal(d->citizens, 50);
    assert_int_equal(d->posts, 7);
    assert_int_equal(d->cells, 100);
}

/* "Without it, a square that holds the population at the density": if that square is too
 * large to be had, it is not silently another density. */
static void a_lattice_too_large_is_refused(void **state)
{
    stp_world *world;
    const steppe_scenario *s =
        parse(state,
              HEAD "citizens: { density: 1e-7 }\nofficers: { density: 0 }\n"
                   "districts: [{ id: a, name: A, population: 1000 }]\n"); /* 100,000^2 */
    int status = stp_world_create(context_of(state), s, 1, 1, 1, STEPPE_SEQUENTIAL,
                                  &world);
    if (status == STEPPE_OK)
        keep(state, world, release_world);
    assert_int_equal(status, STEPPE_BAD_ARGUMENT);
    assert_non_null(strstr(steppe_context_message(context_of(state)), "'a'"));
}

/* ---- scale ---- */

static void scaling_rounds_halves_up(void **state)
{
    (void)state;
    assert_int_equal(stp_scaled(0, 1), 0);
    assert_int_equal(stp_scaled(7, 1), 7);
    assert_int_equal(stp_scaled(24, 10), 2);
    assert_int_equal(stp_scaled(25, 10), 3);
    assert_int_equal(stp_scaled(34.9, 10), 3);
    assert_int_equal(stp_scaled(1, 1e9), 0);
    assert_int_equal(stp_scaled(4e9, 1), 4000000000u);
}

static void scale_shrinks_people_and_lattice_alike(void **state)
{
    const char *text = HEAD "districts: [{ id: a, name: A, width: 80, height: 40 }]\n";
    const stp_district *d = district(state, text, 4);
    assert_int_equal(d->width, 40);
    assert_int_equal(d->height, 20);
    assert_int_equal(d->citizens, 560); /* 2240 / 4 */
    assert_int_equal(d->posts, 32);     /* 128 / 4 */
    d = district(state, text, 2);
    assert_int_equal(d->width, 57);  /* 56.57 */
    assert_int_equal(d->height, 28); /* 28.28 */
    assert_int_equal(d->citizens, 1120);
    /* By population: the density stays. */
    d = district(state, HEAD "districts: [{ id: a, name: A, population: 70000 }]\n", 100);
    assert_int_equal(d->citizens, 700);
    assert_int_equal(d->width, 32);
    assert_int_equal(d->posts, 40); /* 4% of 100,000 cells, / 100 */
}

static void every_district_keeps_someone(void **state)
{
    const stp_district *d = district(
        state, HEAD "districts: [{ id: a, name: A, population: 3, officers: 1 }]\n", 1e9);
    assert_int_equal(d->citizens, 1);
    assert_int_equal(d->posts, 0);
}

static void a_world_sums_its_districts(void **state)
{
    const stp_world *w = world_of(
        state,
        parse(state, HEAD "districts:\n"
                          "  - { id: a, name: A, population: 1000, officers: 10 }\n"
                          "  - { id: b, name: B, population: 2345, officers: 15 }\n"
                          "  - { id: c, name: C, width: 40, height: 40 }\n"),
        10, STEPPE_SEQUENTIAL);
    assert_int_equal(w->count, 3);
    assert_int_equal(w->citizens, 100 + 235 + 112);
    assert_int_equal(w->officers, 1 + 2 + 6); /* 1.5 and 6.4 */
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(w->districts[i].index, i);
}

/* ---- vision ---- */

/* Each axis is cut by its own side (decision 017): columns and rows in sight, vision
 * 7. */
static void small_lattices_limit_vision(void **state)
{
    static const struct {
        unsigned width, height;
        int radius;
        uint32_t cells; /* in sight, all that are within 7 */
    } CASES[] = {{1, 1, 0, 0},     {2, 2, 1, 3},     {3, 3, 1, 8},    {400, 1, 7, 14},
                 {400, 3, 7, 44},  {3, 400, 7, 44},  {9, 5, 4, 44},   {2, 400, 7, 29},
                 {14, 14, 7, 195}, {15, 40, 7, 224}, {99, 15, 7, 224}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const stp_district *d = district(
            state,
            words(state,
                  HEAD "officers: { density: 0 }\ncitizens: { density: 0.5, "
                       "neighbourhood: moore }\n"
                       "districts: [{ id: a, name: A, width: %u, height: %u }]\n",
                  CASES[i].width, CASES[i].height),
            1);
        assert_int_equal(d->citizen_disc.radius, CASES[i].radius);
        assert_int_equal(d->officer_disc.radius, CASES[i].radius);
        assert_int_equal(d->citizen_disc.count, CASES[i].cells);
        assert_int_equal(d->officer_disc.count, CASES[i].cells);
    }
}

static void citizens_and_officers_have_their_own_vision(void **state)
{
    const stp_district *d = district(
        state,
        HEAD "citizens: { vision: 1.7, neighbourhood: moore }\nofficers: { vision: 7 }\n"
             "districts: [{ id: a, name: A, width: 40, height: 40 }]\n",
        1);
    assert_int_equal(d->citizen_disc.count, 8);
    assert_int_equal(d->officer_disc.count, 15 * 15 - 1);
}

/* ---- officers ---- */

static void room_is_kept_for_the_most_officers(void **state)
{
    const stp_district *d = district(
        state,
        HEAD "officers: { deployment: 0.3 }\n"
             "districts: [{ id: a, name: A, population: 10000, officers: 101 }]\n",
        1);
    assert_int_equal(d->posts, 101);
    assert_int_equal(d->max_officers, 31); /* 30.3 */
    d = district(state,
                 HEAD
                 "officers: { deployment: 0.3 }\n"
                 "districts: [{ id: a, name: A, population: 10000, officers: 100 }]\n"
                 "events:\n"
                 "  - { id: e, title: E, hour: 1, deployment: 0.9, reinforcement: 60 }\n"
                 "  - { id: f, title: F, hour: 2, deployment: 0.6, reinforcement: 80 }\n",
                 1);
    assert_int_equal(d->max_officers, 90 + 80);
}

/* ---- refusals ---- */

static void expect_refusal(void **state, const char *text, double scale,
                           const char *wanted)
{
    stp_world *world = (stp_world *)state; /* anything but NULL */
    const steppe_scenario *s = parse(state, text);
    int status = stp_world_create(context_of(state), s, 1, 1, scale, STEPPE_TILES,
                                  &world);
    assert_int_equal(status, STEPPE_BAD_ARGUMENT);
    assert_null(world);
    const char *message = steppe_context_message(context_of(state));
    if (!strstr(message, wanted))
        fail_msg("'%s' does not say '%s'", message, wanted);
}

static void too_many_people_are_refused(void **state)
{
    expect_refusal(state,
                   HEAD "districts: [{ id: a, name: A, population: 100000000,\n"
                        "  officers: 0 }]\n",
                   1, "'a' has 100000000 residents");
    expect_refusal(state,
                   HEAD "districts: [{ id: a, name: A, population: 4000000000,\n"
                        "  officers: 0 }]\n",
                   50, "larger scale");
    expect_refusal(state,
                   HEAD "districts: [{ id: b, name: B, population: 60000000,\n"
                        "  officers: 20000000 }]\n",
                   1, "80000000 agents");
    /* At a larger scale the same people are fine. */
    assert_int_equal(district(state,
                              HEAD
                              "districts: [{ id: a, name: A, population: 100000000,\n"
                              "  officers: 0 }]\n",
                              1000)
                         ->citizens,
                     100000);
}

static void people_who_do_not_fit_are_refused(void **state)
{
    expect_refusal(state,
                   HEAD
                   "districts: [{ id: a, name: A, population: 700, officers: 500 }]\n",
                   1, "do not fit");
    expect_refusal(state,
                   HEAD "citizens: { density: 1 }\nofficers: { density: 0 }\n"
                        "districts: [{ id: a, name: A, width: 10, height: 10 }]\n"
                        "events: [{ id: e, title: E, hour: 1, reinforcement: 1 }]\n",
                   1, "do not fit");
}

/* ---- citizens ---- */

static void hardship_and_aversion_are_uniform(void **state)
{
    const stp_world *w = world_of(
        state,
        parse(state, HEAD "districts: [{ id: a, name: A, population: 64000,\n"
                          "  officers: 0, hardship_low: 0.25, hardship_high: 0.75 }]\n"),
        1, STEPPE_SEQUENTIAL);
    const stp_district *d = &w->districts[0];
    uint32_t hardship[64] = {0}, aversion[64] = {0};
    for (uint32_t id = 0; id < 64000; id++) {
        stp_traits traits = stp_traits_of(w, d, id);
        assert_in_range(traits.hardship, 65536 / 4, 65536 / 4 * 3 - 1);
        hardship[(traits.hardship - 65536 / 4) / 512]++;
        aversion[traits.risk_aversion / 1024]++;
    }
    /* Chi-square with 63 degrees of freedom is above 139.6 once in ten million. */
    double squares[2] = {0};
    for (int i = 0; i < 64; i++) {
        squares[0] += (hardship[i] - 1000.0) * (hardship[i] - 1000.0) / 1000;
        squares[1] += (aversion[i] - 1000.0) * (aversion[i] - 1000.0) / 1000;
    }
    assert_true(squares[0] < 139.6);
    assert_true(squares[1] < 139.6);
}

static void hardship_spans_what_is_asked(void **state)
{
    static const struct {
        double low, high;
        uint32_t least, most; /* units of 1/65536 */
    } CASES[] = {{0, 1, 0, 65535},
                 {0, 0, 0, 0},
                 {1, 1, 65535, 65535},
                 {0.5, 0.5, 32768, 32768},
                 {0.25, 0.5, 16384, 32767}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const stp_world *w = world_of(
            state,
            parse(state, words(state,
                               HEAD "citizens: { hardship_low: %g, hardship_high: %g }\n"
                                    "districts: [{ id: a, name: A, population: 1500000,\n"
                                    "  officers: 0 }]\n",
                               CASES[i].low, CASES[i].high)),
            1, STEPPE_SEQUENTIAL);
        uint32_t least = UINT32_MAX, most = 0;
        for (uint32_t id = 0; id < 1500000; id++) {
            uint32_t hardship = stp_traits_of(w, &w->districts[0], id).hardship;
            least = hardship < least ? hardship : least;
            most = hardship > most ? hardship : most;
        }
        /* 1.5 million draws of 65,536 values: each is missed once in e^23 times. */
        assert_int_equal(least, CASES[i].least);
        assert_int_equal(most, CASES[i].most);
    }
}

/* With a rate, the density falls exponentially between the ends: of 640,000 citizens each
 * of 16 slices of the way has its share. Chi-square with 15 degrees of freedom is above
 * 61 once in ten million; a rate that is next to 0 is uniform. */
static void hardship_thins_out_at_its_rate(void **state)
{
    static const double RATES[] = {1e-9, 1, 4, 20};
    for (size_t i = 0; i < sizeof RATES / sizeof *RATES; i++) {
        const stp_world *w = world_of(
            state,
            parse(state, words(state,
                               HEAD "citizens: { hardship_rate: %g, hardship_low: 0.25,\n"
                                    "  hardship_high: 0.75 }\n"
                                    "districts: [{ id: a, name: A, population: 640000,\n"
                                    "  officers: 0 }]\n",
                               RATES[i])),
            1, STEPPE_SEQUENTIAL);
        double seen[16] = {0}, squares = 0;
        for (uint32_t id = 0; id < 640000; id++) {
            uint32_t hardship = stp_traits_of(w, &w->districts[0], id).hardship;
            assert_in_range(hardship, 16384, 49151);
            seen[(hardship - 16384) / 2048]++;
        }
        for (int slice = 0; slice < 16; slice++) {
            double expected = 640000 *
                              (exp(-RATES[i] * slice / 16) -
                               exp(-RATES[i] * (slice + 1) / 16)) /
                              -expm1(-RATES[i]);
            if (expected > 100) /* of fewer, whole ranks would show */
                squares += (seen[slice] - expected) * (seen[slice] - expected) / expected;
        }
        assert_true(squares < 61);
    }
}

/* Groups by the district's shares, each drawn on its own: joint shares are products. With
 * 100,000 citizens the s.d. of a share is at most 0.0016; 6 of them are 0.01. */
static void groups_follow_the_shares(void **state)
{
    const stp_world *w =
        world_of(state,
                 parse(state, HEAD
                       "districts: [{ id: a, name: A, population: 100000, officers: 0,\n"
                       "  fuel_dependence: 0.3, unemployment: 0.05, able: 0.6 }]\n"),
                 1, STEPPE_SEQUENTIAL);
    double seen[8] = {0};
    for (uint32_t id = 0; id < 100000; id++)
        seen[stp_traits_of(w, &w->districts[0], id).group & 7] += 1e-5;
    for (int group = 0; group < 8; group++) {
        double share = (group & STP_FUEL ? 0.3 : 0.7) *
                       (group & STP_JOBLESS ? 0.05 : 0.95) *
                       (group & STP_UNABLE ? 0.4 : 0.6);
        assert_near(seen[group], share, 0.01);
    }
}

static void shares_of_all_and_none_are_exact(void **state)
{
    for (int all = 0; all <= 1; all++) {
        const stp_world *w = world_of(
            state,
            parse(state,
                  words(state,
                        HEAD "districts: [{ id: a, name: A, population: 20000,\n"
                             "  officers: 0, fuel_dependence: %d, unemployment: %d,\n"
                             "  able: %d }]\n",
                        all, all, all)),
            1, STEPPE_SEQUENTIAL);
        for (uint32_t id = 0; id < 20000; id++)
            assert_int_equal(stp_traits_of(w, &w->districts[0], id).group,
                             all ? STP_FUEL | STP_JOBLESS : STP_UNABLE);
    }
}

/* Who somebody is does not depend on the schedule or on what happens elsewhere: common
 * random numbers between arms. */
static void citizens_are_the_same_in_every_arm(void **state)
{
    const char *text = HEAD
        "districts: [{ id: a, name: A, population: 1000, officers: 9 }]\n";
    const stp_world *a = world_of(state, parse(state, text), 1, STEPPE_SEQUENTIAL);
    const stp_world *b = world_of(
        state,
        parse(state, words(state,
                           "%sevents: [{ id: e, title: E, hour: 0, legitimacy: 0 }]\n"
                           "citizens: { vision: 3 }\n",
                           text)),
        1, STEPPE_TILES);
    for (uint32_t id = 0; id < 1000; id++) {
        stp_traits x = stp_traits_of(a, a->districts, id),
                   y = stp_traits_of(b, b->districts, id);
        assert_int_equal(x.hardship, y.hardship);
        assert_int_equal(x.risk_aversion, y.risk_aversion);
        assert_int_equal(x.group, y.group);
    }
}

static void candidates_are_cells_and_uniform(void **state)
{
    const stp_district *d =
        district(state, HEAD "districts: [{ id: a, name: A, width: 8, height: 8 }]\n", 1);
    uint32_t seen[64] = {0};
    for (uint32_t agent = 0; agent < 1000; agent++) {
        for (uint32_t attempt = 0; attempt < STP_ATTEMPTS; attempt++) {
            uint32_t cell = stp_candidate(1, d, agent, 3, attempt);
            assert_in_range(cell, 0, 63);
            seen[cell]++;
        }
    }
    double square = 0;
    for (int i = 0; i < 64; i++)
        square += (seen[i] - 1000.0) * (seen[i] - 1000.0) / 1000;
    assert_true(square < 139.6); /* as above */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(lattices_hold_their_people),
        with_shelf(lattices_may_be_given),
        with_shelf(a_lattice_too_large_is_refused),
        cmocka_unit_test(scaling_rounds_halves_up),
        with_shelf(scale_shrinks_people_and_lattice_alike),
        with_shelf(every_district_keeps_someone),
        with_shelf(a_world_sums_its_districts),
        with_shelf(small_lattices_limit_vision),
        with_shelf(citizens_and_officers_have_their_own_vision),
        with_shelf(room_is_kept_for_the_most_officers),
        with_shelf(too_many_people_are_refused),
        with_shelf(people_who_do_not_fit_are_refused),
        with_shelf(hardship_and_aversion_are_uniform),
        with_shelf(hardship_spans_what_is_asked),
        with_shelf(hardship_thins_out_at_its_rate),
        with_shelf(groups_follow_the_shares),
        with_shelf(shares_of_all_and_none_are_exact),
        with_shelf(citizens_are_the_same_in_every_arm),
        with_shelf(candidates_are_cells_and_uniform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
