/* Promise (street/schedule.h): tiles cut the torus without gap or overlap; tiles of one
 * colour lie at least 4 r + 16 cells apart; offsets, colour orders and shuffles are
 * uniform. */
#include "street/schedule.h"

#include "support.h"

/* A district of a tiled world, for a lattice and a vision. */
typedef struct fixture {
    const stp_world *world;
    const stp_district *d;
} fixture;

static fixture tiled(void **state, unsigned width, unsigned height, double vision,
                     double officer_vision)
{
    const steppe_scenario *scenario = parse(
        state, words(state,
                     HEAD "citizens: { vision: %g }\nofficers: { vision: %g }\n"
                          "districts: [{ id: a, name: A, width: %u, height: %u }]\n",
                     vision, officer_vision, width, height));
    const stp_world *world = world_of(state, scenario, 1, STEPPE_TILES);
    return (fixture){world, &world->districts[0]};
}

/* Odd and even sides, just large enough and generous, for small and large vision. */
static const struct {
    unsigned width, height;
    double vision, officer_vision;
} LATTICES[] = {{40, 80, 1, 1},    {41, 83, 1.7, 1},    {97, 131, 1, 1.7},
                {88, 176, 7, 7},   {89, 177, 7, 3},     {211, 101, 5, 7},
                {152, 304, 15, 7}, {153, 311, 2, 15.9}, {400, 97, 4, 4},
                {333, 222, 7, 7},  {79, 80, 1, 1},      {1000, 447, 7, 7},
                {448, 895, 7, 7},  {448, 896, 7, 1}};
enum { LATTICE_COUNT = sizeof LATTICES / sizeof *LATTICES };

static fixture lattice(void **state, size_t i)
{
    return tiled(state, LATTICES[i].width, LATTICES[i].height, LATTICES[i].vision,
                 LATTICES[i].officer_vision);
}

static uint32_t radius_of(const stp_district *d)
{
    return (uint32_t)(d->citizen_disc.radius > d->officer_disc.radius
                          ? d->citizen_disc.radius
                          : d->officer_disc.radius);
}

/* Even, at least eight in all, and of the good size where four of it fit. */
static void expect_sides(uint32_t side, uint32_t tiles, uint32_t radius)
{
    uint32_t least = 4 * radius + 16, good = 16 * radius > least ? 16 * radius : least;
    assert_true(tiles >= 2 && tiles % 2 == 0);
    assert_true(side / tiles >= least);
    if (side < 4 * good)
        assert_int_equal(tiles, side < 4 * least ? 2 : 4);
    else
        assert_true(side / tiles >= good && (tiles + 2) * good > side);
}

static void tiles_are_even_in_number_and_large(void **state)
{
    for (size_t i = 0; i < LATTICE_COUNT; i++) {
        fixture f = lattice(state, i);
        assert_true(f.d->tiled);
        assert_true(f.d->tiles_x * f.d->tiles_y >= 8);
        expect_sides(f.d->width, f.d->tiles_x, radius_of(f.d));
        expect_sides(f.d->height, f.d->tiles_y, radius_of(f.d));
    }
}

static void tiles_cut_the_torus_exactly(void **state)
{
    for (size_t i = 0; i < LATTICE_COUNT; i++) {
        fixture f = lattice(state, i);
        uint8_t *covered = calloc(f.d->cells, 1);
        keep(state, covered, free);
        for (uint32_t step = 1; step <= 20; step++) {
            stp_tiling tiling = stp_tiling_draw(f.world, f.d, step);
            memset(covered, 0, f.d->cells);
            for (uint32_t k = 0; k < f.d->tiles_x * f.d->tiles_y; k++) {
                stp_tile t = stp_tile_of(f.d, &tiling, k);
                assert_true(t.x < f.d->width && t.y < f.d->height);
                for (uint32_t y = 0; y < t.height; y++)
                    for (uint32_t x = 0; x < t.width; x++)
                        covered[(t.y + y) % f.d->height * f.d->width +
                                (t.x + x) % f.d->width]++;
            }
            for (uint32_t cell = 0; cell < f.d->cells; cell++)
                assert_int_equal(covered[cell], 1);
        }
    }
}

/* Cells strictly between two intervals of a ring, the shorter way; 0 if they overlap. */
static uint32_t gap(uint32_t a, uint32_t a_length, uint32_t b, uint32_t b_length,
                    uint32_t ring)
{
    uint32_t from_a = (b + ring - a) % ring, from_b = (a + ring - b) % ring;
    if (from_a < a_length || from_b < b_length)
        return 0;
    uint32_t after_a = from_a - a_length, after_b = from_b - b_length;
    return after_a < after_b ? after_a : after_b;
}

static void tiles_of_one_colour_lie_apart(void **state)
{
    for (size_t i = 0; i < LATTICE_COUNT; i++) {
        fixture f = lattice(state, i);
        uint32_t apart = 4 * radius_of(f.d) + 16, count = f.d->tiles_x * f.d->tiles_y;
        for (uint32_t step = 1; step <= 5; step++) {
            stp_tiling tiling = stp_tiling_draw(f.world, f.d, step);
            for (uint32_t k = 0; k < count; k++) {
                for (uint32_t j = 0; j < k; j++) {
                    stp_tile a = stp_tile_of(f.d, &tiling, k),
                             b = stp_tile_of(f.d, &tiling, j);
                    if (stp_tile_colour(f.d, j) == stp_tile_colour(f.d, k))
                        assert_true(gap(a.x, a.width, b.x, b.width, f.d->width) >=
                                        apart ||
                                    gap(a.y, a.height, b.y, b.height, f.d->height) >=
                                        apart);
                }
            }
        }
    }
}

/* Neighbours never share a colour, across the seam of the torus too; a quarter of the
 * tiles has each colour. */
static void colours_are_a_chequer_of_four(void **state)
{
    for (size_t i = 0; i < LATTICE_COUNT; i++) {
        fixture f = lattice(state, i);
        uint32_t nx = f.d->tiles_x, ny = f.d->tiles_y, seen[4] = {0};
        for (uint32_t y = 0; y < ny; y++) {
            for (uint32_t x = 0; x < nx; x++) {
                uint8_t own = stp_tile_colour(f.d, y * nx + x);
                assert_in_range(own, 0, 3);
                seen[own]++;
                assert_int_not_equal(own, stp_tile_colour(f.d, y * nx + (x + 1) % nx));
                assert_int_not_equal(own, stp_tile_colour(f.d, (y + 1) % ny * nx + x));
                assert_int_not_equal(own, stp_tile_colour(f.d, (y + 1) % ny * nx +
                                                                   (x + 1) % nx));
            }
        }
        for (int colour = 0; colour < 4; colour++)
            assert_int_equal(seen[colour], nx * ny / 4);
    }
}

static void small_lattices_run_sequential(void **state)
{
    static const struct {
        unsigned width, height;
        double vision;
        bool tiles;
    } CASES[] = {{39, 400, 1, false},  {400, 39, 1, false},  {40, 40, 1, false},
                 {40, 80, 1, true},    {79, 79, 1, false},   {87, 176, 7, false},
                 {88, 175, 7, false},  {88, 176, 7, true},   {152, 303, 15, false},
                 {152, 304, 15, true}, {304, 152, 15, true}, {1, 1, 7, false}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture f = tiled(state, CASES[i].width, CASES[i].height, CASES[i].vision, 1);
        assert_int_equal(f.d->tiled, CASES[i].tiles);
    }
}

static double chi_square(const uint32_t *seen, size_t classes, double total)
{
    double square = 0, expected = total / (double)classes;
    for (size_t i = 0; i < classes; i++)
        square += (seen[i] - expected) * (seen[i] - expected) / expected;
    return square;
}

/* Chi-square with 23 degrees of freedom is above 76.9 once in ten million. */
static void colour_orders_are_uniform(void **state)
{
    fixture f = tiled(state, 88, 176, 7, 7);
    uint32_t seen[256] = {0}, orders[24], count = 0;
    for (uint32_t step = 1; step <= 48000; step++) {
        stp_tiling tiling = stp_tiling_draw(f.world, f.d, step);
        const uint8_t *c = tiling.colours;
        assert_int_equal(1 << c[0] | 1 << c[1] | 1 << c[2] | 1 << c[3],
                         15); /* all four */
        seen[c[0] << 6 | c[1] << 4 | c[2] << 2 | c[3]]++;
    }
    for (int i = 0; i < 256; i++) {
        if (seen[i]) {
            assert_true(count < 24);
            orders[count++] = seen[i];
        }
    }
    assert_int_equal(count, 24);
    assert_true(chi_square(orders, 24, 48000) < 76.9);
}

/* Offsets in 64 classes each way, and in 8 x 8 of both: chi-square with 63 degrees of
 * freedom is above 139.6 once in ten million. */
static void offsets_are_uniform(void **state)
{
    fixture f = tiled(state, 128, 192, 7, 7);
    uint32_t columns[64] = {0}, rows[64] = {0}, both[64] = {0};
    for (uint32_t step = 1; step <= 64000; step++) {
        stp_tiling tiling = stp_tiling_draw(f.world, f.d, step);
        columns[tiling.x / 2]++;
        rows[tiling.y / 3]++;
        both[tiling.y / 24 * 8 + tiling.x / 16]++;
    }
    assert_true(chi_square(columns, 64, 64000) < 139.6);
    assert_true(chi_square(rows, 64, 64000) < 139.6);
    assert_true(chi_square(both, 64, 64000) < 139.6);
}

/* ---- shuffles ---- */

static void deal(uint64_t seed, uint32_t district, uint32_t tile, uint32_t step,
                 uint32_t n, uint32_t *order)
{
    stp_shuffle shuffle = stp_shuffle_begin(seed, district, tile, step);
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t pick = stp_shuffle_pick(&shuffle, i, n), held = order[pick];
        assert_in_range(pick, i, n - 1);
        order[pick] = order[i];
        order[i] = held;
    }
}

static void shuffles_are_permutations(void **state)
{
    (void)state;
    static uint32_t order[1000];
    static bool there[1000];
    for (uint32_t n = 1; n <= 1000; n += n < 20 ? 1 : 71) {
        deal(1, 2, 3, 4, n, order);
        memset(there, 0, sizeof there);
        for (uint32_t i = 0; i < n; i++) {
            assert_true(order[i] < n && !there[order[i]]);
            there[order[i]] = true;
        }
    }
}

static void shuffles_hang_on_every_argument(void **state)
{
    (void)state;
    uint32_t base[50], other[50];
    deal(1, 2, 3, 4, 50, base);
    deal(1, 2, 3, 4, 50, other);
    assert_memory_equal(base, other, sizeof base);
    deal(2, 2, 3, 4, 50, other);
    assert_memory_not_equal(base, other, sizeof base);
    deal(1, 3, 3, 4, 50, other);
    assert_memory_not_equal(base, other, sizeof base);
    deal(1, 2, 4, 4, 50, other);
    assert_memory_not_equal(base, other, sizeof base);
    deal(1, 2, 3, 5, 50, other);
    assert_memory_not_equal(base, other, sizeof base);
}

/* All 120 orders of five: chi-square with 119 degrees of freedom is above 217.2 once in
 * ten million. */
static void every_order_is_as_likely(void **state)
{
    (void)state;
    uint32_t seen[120] = {0}, order[5];
    for (uint32_t step = 0; step < 60000; step++) {
        deal(3, 0, 0, step, 5, order);
        uint32_t rank = 0; /* in the factorial number system */
        for (uint32_t i = 0; i < 5; i++) {
            uint32_t smaller = 0;
            for (uint32_t k = i + 1; k < 5; k++)
                smaller += order[k] < order[i];
            rank = rank * (5 - i) + smaller;
        }
        seen[rank]++;
    }
    assert_true(chi_square(seen, 120, 60000) < 217.2);
}

/* Every item comes to every place equally often, in lists longer than a block of numbers.
 * For each of 17 items, chi-square with 16 degrees of freedom is above 64.2 once in ten
 * million. */
static void every_place_is_as_likely(void **state)
{
    (void)state;
    enum { N = 17, DEALS = 34000 };
    static uint32_t seen[N][N];
    uint32_t order[N];
    for (uint32_t step = 0; step < DEALS; step++) {
        deal(4, 1, 6, step, N, order);
        for (uint32_t place = 0; place < N; place++)
            seen[order[place]][place]++;
    }
    for (uint32_t item = 0; item < N; item++)
        assert_true(chi_square(seen[item], N, DEALS) < 64.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(tiles_are_even_in_number_and_large),
        with_shelf(tiles_cut_the_torus_exactly),
        with_shelf(tiles_of_one_colour_lie_apart),
        with_shelf(colours_are_a_chequer_of_four),
        with_shelf(small_lattices_run_sequential),
        with_shelf(colour_orders_are_uniform),
        with_shelf(offsets_are_uniform),
        cmocka_unit_test(shuffles_are_permutations),
        cmocka_unit_test(shuffles_hang_on_every_argument),
        cmocka_unit_test(every_order_is_as_likely),
        cmocka_unit_test(every_place_is_as_likely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
