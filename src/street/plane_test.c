/* Promise (street/plane.h): bit planes with margins do what a plain grid on a torus does:
 * set, clear, count and pick within any stencil, anywhere. */
#include "street/plane.h"

#include "scenario/scenario.h"
#include "support.h"

/* A plane and the plain grid that it has to match. */
typedef struct fixture {
    stp_grid grid;
    uint16_t *plane;
    bool *plain;
} fixture;

static fixture make(uint32_t width, uint32_t height, int reach)
{
    fixture f = {.grid = stp_grid_of(width, height, reach)};
    f.plane = calloc(f.grid.words, sizeof *f.plane);
    f.plain = calloc((size_t)width * height, sizeof *f.plain);
    return f;
}

static void clean(fixture *f)
{
    free(f->plane);
    free(f->plain);
}

static void set(fixture *f, uint32_t x, uint32_t y, bool value)
{
    stp_plane_set(f->plane, &f->grid, x, y, value);
    f->plain[(size_t)y * f->grid.width + x] = value;
}

static bool plain_at(const fixture *f, int x, int y)
{
    int width = (int)f->grid.width, height = (int)f->grid.height;
    x = (x % width + width) % width;
    y = (y % height + height) % height;
    return f->plain[(size_t)y * (size_t)width + (size_t)x];
}

static void scatter(fixture *f, uint64_t *random, uint32_t percent)
{
    for (uint32_t y = 0; y < f->grid.height; y++)
        for (uint32_t x = 0; x < f->grid.width; x++)
            set(f, x, y, any_below(random, 100) < percent);
}

static void expect_cells(const fixture *f)
{
    for (uint32_t y = 0; y < f->grid.height; y++)
        for (uint32_t x = 0; x < f->grid.width; x++)
            if (stp_plane_get(f->plane, &f->grid, x, y) !=
                f->plain[(size_t)y * f->grid.width + x])
                fail_msg("cell %u, %u of %u x %u", x, y, f->grid.width, f->grid.height);
}

/* Lattices from 1 x 1 to 97 x 61, with the sides at which storage and margins turn over.
 * */
static const uint32_t WIDTHS[] = {1,  2,  3,  5,  8,  15, 16, 17, 31,
                                  32, 33, 47, 48, 49, 64, 80, 97};
static const uint32_t HEIGHTS[] = {1, 2, 4, 7, 9, 15, 16, 17, 29, 31, 33, 48, 61};
enum {
    WIDTH_COUNT = sizeof WIDTHS / sizeof *WIDTHS,
    HEIGHT_COUNT = sizeof HEIGHTS / sizeof *HEIGHTS,
    SIZE_COUNT = WIDTH_COUNT * HEIGHT_COUNT,
};

static fixture make_size(size_t i, int reach)
{
    return make(WIDTHS[i % WIDTH_COUNT], HEIGHTS[i / WIDTH_COUNT], reach);
}

static void cells_are_set_and_cleared(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (size_t i = 0; i < SIZE_COUNT; i++) {
        fixture f = make_size(i, (int)(i % (STP_MAX_RADIUS + 1)));
        for (int round = 0; round < 3; round++) {
            for (uint32_t k = 0; k < f.grid.width * f.grid.height; k++)
                set(&f, any_below(&random, f.grid.width),
                    any_below(&random, f.grid.height), any(&random) & 1);
            expect_cells(&f);
        }
        clean(&f);
    }
}

/* What is wanted of one window: the plain grid, offset by offset. */
static void expect_window(const fixture *f, const stp_disc *disc,
                          const stp_stencil *stencil, uint32_t x, uint32_t y,
                          bool inverted)
{
    static uint32_t wanted[STP_MAX_DISC];
    uint32_t count = 0;
    stp_window window;
    for (uint32_t i = 0; i < disc->count; i++)
        if (plain_at(f, (int)x + disc->dx[i], (int)y + disc->dy[i]) != inverted)
            wanted[count++] = i;
    stp_window_read(&window, f->plane, &f->grid, stencil, x, y,
                    inverted ? ~(uint64_t)0 : 0);
    if (stp_window_count(&window, stencil) != count)
        fail_msg("%u cells and not %u around %u, %u of %u x %u, radius %d",
                 stp_window_count(&window, stencil), count, x, y, f->grid.width,
                 f->grid.height, disc->radius);
    /* Every k, but of long lists only some: the first and last, and strides between. */
    for (uint32_t k = 0; k < count; k += k < 40 || k + 40 > count ? 1 : 13) {
        uint32_t column, row;
        stp_window_pick(&window, stencil, k, &column, &row);
        int dx = (int)column - stencil->radius, dy = (int)row - stencil->radius;
        if (dx != disc->dx[wanted[k]] || dy != disc->dy[wanted[k]])
            fail_msg("cell %u around %u, %u of %u x %u, radius %d: %d, %d and not %d, %d",
                     k, x, y, f->grid.width, f->grid.height, disc->radius, dx, dy,
                     disc->dx[wanted[k]], disc->dy[wanted[k]]);
    }
}

/* The corners, the edges, both sides of where storage cuts strips, and anywhere. */
static uint32_t place(uint64_t *random, uint32_t i, uint32_t size)
{
    switch (i % 8) {
    case 0: return 0;
    case 1: return size - 1;
    case 2: return size / 2;
    case 3: return size > 16 ? 16 - any_below(random, 2) : size - 1;
    case 4: return size > 8 ? any_below(random, 8) : 0;
    case 5: return size > 15 ? size - 1 - any_below(random, 15) : size - 1;
    default: return any_below(random, size);
    }
}

static void look_around(fixture *f, uint64_t *random, int shape, int radius)
{
    static stp_disc disc;
    stp_stencil stencil;
    stp_disc_make(&disc, radius, shape, f->grid.width, f->grid.height);
    stp_stencil_make(&stencil, &disc);
    assert_int_equal(stencil.blocks, disc.radius <= 7 ? 1 : 2);
    for (uint32_t i = 0; i < 8; i++)
        expect_window(f, &disc, &stencil, place(random, i, f->grid.width),
                      place(random, any(random), f->grid.height), any(random) & 1);
    expect_window(f, &disc, &stencil, 0, 0, false);
    expect_window(f, &disc, &stencil, f->grid.width - 1, f->grid.height - 1, true);
}

/* With margins just as wide as the largest window needs, and wider. */
static void windows_match_a_plain_grid(void **state)
{
    (void)state;
    static const uint32_t PERCENT[] = {0, 4, 30, 70, 97, 100};
    static const int REACHES[] = {1, 6, 7, 8, STP_MAX_RADIUS};
    uint64_t random = 2;
    for (size_t i = 0; i < SIZE_COUNT; i++) {
        for (int k = 0; k < 5; k++) {
            fixture f = make_size(i, REACHES[k]);
            for (int shape = STP_EUCLIDEAN; shape <= STP_VON_NEUMANN; shape++) {
                scatter(&f, &random, PERCENT[any_below(&random, 6)]);
                for (int radius = 1; radius <= REACHES[k]; radius++)
                    look_around(&f, &random, shape, radius);
            }
            clean(&f);
        }
    }
}

/* Every cell of a small lattice, while single cells come and go: margins follow. */
static void margins_follow_every_change(void **state)
{
    (void)state;
    static stp_disc disc;
    uint64_t random = 3;
    for (uint32_t width = 1; width <= 19; width += 3) {
        for (uint32_t height = 1; height <= 20; height += 3) {
            fixture f = make(width, height, 9);
            stp_stencil stencil;
            stp_disc_make(&disc, 9, STP_MOORE, width, height);
            stp_stencil_make(&stencil, &disc);
            for (int change = 0; change < 4; change++) {
                for (int k = 0; k < 5; k++)
                    set(&f, any_below(&random, width), any_below(&random, height),
                        change % 4 != 3);
                for (uint32_t y = 0; y < height; y++)
                    for (uint32_t x = 0; x < width; x++)
                        expect_window(&f, &disc, &stencil, x, y, false);
            }
            clean(&f);
        }
    }
}

/* A stencil holds exactly the cells of its disc. */
static void stencils_hold_their_discs(void **state)
{
    (void)state;
    static stp_disc disc;
    fixture f = make(40, 40, STP_MAX_RADIUS);
    for (uint32_t y = 0; y < 40; y++)
        for (uint32_t x = 0; x < 40; x++)
            set(&f, x, y, true);
    for (int shape = STP_EUCLIDEAN; shape <= STP_VON_NEUMANN; shape++) {
        for (double vision = 1; vision < 16; vision += 0.5) {
            stp_stencil stencil;
            stp_window window;
            stp_disc_make(&disc, vision, shape, 99, 99);
            stp_stencil_make(&stencil, &disc);
            stp_window_read(&window, f.plane, &f.grid, &stencil, 5, 38, 0);
            assert_int_equal(stp_window_count(&window, &stencil), disc.count);
            stp_window_read(&window, f.plane, &f.grid, &stencil, 5, 38, ~(uint64_t)0);
            assert_int_equal(stp_window_count(&window, &stencil), 0);
        }
    }
    clean(&f);
}

static void select_finds_the_bit(void **state)
{
    (void)state;
    uint64_t random = 4;
    for (int i = 0; i < 2000; i++) {
        uint64_t word = (uint64_t)any(&random) << 33 ^ any(&random);
        uint32_t k = 0;
        for (int bit = 0; bit < 64; bit++)
            if (word >> bit & 1)
                assert_int_equal(stp_select(word, k++), bit);
    }
    assert_int_equal(stp_select((uint64_t)1 << 63, 0), 63);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_set_and_cleared),
        cmocka_unit_test(windows_match_a_plain_grid),
        cmocka_unit_test(margins_follow_every_change),
        cmocka_unit_test(stencils_hold_their_discs),
        cmocka_unit_test(select_finds_the_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
