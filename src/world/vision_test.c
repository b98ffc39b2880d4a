/* Promise (world/vision.h): the disc of a radius and shape holds the cells it should,
 * without the own one, in row-major order. */
#include "world/vision.h"

#include "scenario/scenario.h"
#include "support.h"

static uint32_t cells_in(double vision, int shape, uint32_t side)
{
    static stp_disc disc;
    stp_disc_make(&disc, vision, shape, side, side);
    return disc.count;
}

static void discs_have_published_sizes(void **state)
{
    (void)state;
    assert_int_equal(cells_in(1.7, STP_EUCLIDEAN, 99),
                     8); /* Epstein 2002, as replicated */
    assert_int_equal(cells_in(7, STP_EUCLIDEAN, 99),
                     148); /* the same; NetLogo: 149 - 1 */
    assert_int_equal(cells_in(7, STP_VON_NEUMANN, 99), 112); /* Mesa */
    assert_int_equal(cells_in(1, STP_EUCLIDEAN, 99), 4);
    assert_int_equal(cells_in(1, STP_MOORE, 99), 8);
    /* Points of the plane's lattice within r of its origin (Gauss's circle problem, OEIS
     * A000328), less the origin. */
    static const uint32_t GAUSS[] = {1,   5,   13,  29,  49,  81,  113, 149,
                                     197, 253, 317, 377, 441, 529, 613, 709};
    for (int r = 0; r <= 15; r++)
        assert_int_equal(cells_in(r, STP_EUCLIDEAN, 99), GAUSS[r] - 1);
}

static void squares_and_diamonds_have_their_formulas(void **state)
{
    (void)state;
    for (int r = 0; r <= 15; r++) {
        uint32_t side = 2 * (uint32_t)r + 1;
        assert_int_equal(cells_in(r, STP_MOORE, 99), side * side - 1);
        assert_int_equal(cells_in(r, STP_VON_NEUMANN, 99), 2 * r * (r + 1));
        assert_int_equal(cells_in(r + 0.9, STP_MOORE, 99), side * side - 1);
        assert_int_equal(cells_in(r + 0.9, STP_VON_NEUMANN, 99), 2 * r * (r + 1));
    }
}

static void distance_itself_is_within(void **state)
{
    (void)state;
    assert_int_equal(cells_in(5, STP_EUCLIDEAN, 99), 80);     /* 3-4-5 */
    assert_int_equal(cells_in(4.999, STP_EUCLIDEAN, 99), 68); /* without 12 cells at 5 */
    assert_int_equal(cells_in(1.41, STP_EUCLIDEAN, 99), 4);
    assert_int_equal(cells_in(1.4143, STP_EUCLIDEAN, 99), 8);
}

/* Around a small torus each cell is seen once: counted by shortest ways, one cell at a
 * time. */
static void around_a_torus_each_cell_is_seen_once(void **state)
{
    (void)state;
    static stp_disc disc;
    static const uint32_t SIDES[] = {1, 2, 3, 9, 10, 15, 20, 31};
    static const double VISIONS[] = {0, 0.5, 1, 7, 14.9};
    for (int i = 0; i < 8 * 8 * 5 * 3; i++) {
        int width = (int)SIDES[i % 8], height = (int)SIDES[i / 8 % 8], shape = i / 320;
        double vision = VISIONS[i / 64 % 5];
        uint32_t within = 0;
        stp_disc_make(&disc, vision, shape, (uint32_t)width, (uint32_t)height);
        for (int cell = 1; cell < width * height; cell++) {
            int x = cell % width, y = cell / width;
            int dx = x < width - x ? x : width - x, dy = y < height - y ? y : height - y;
            double far = shape == STP_EUCLIDEAN ? hypot(dx, dy)
                         : shape == STP_MOORE   ? (dx > dy ? dx : dy)
                                                : dx + dy;
            within += far <= vision;
        }
        assert_int_equal(disc.count, within);
        static uint8_t seen[31 * 31];
        memset(seen, 0, sizeof seen);
        for (uint32_t k = 0; k < disc.count; k++) {
            int x = (disc.dx[k] + 31 * width) % width,
                y = (disc.dy[k] + 31 * height) % height;
            assert_int_equal(seen[y * width + x]++, 0);
        }
    }
}

/* The shorter side says nothing of sight along the longer one. */
static void each_axis_cuts_by_itself(void **state)
{
    (void)state;
    static stp_disc disc;
    for (int shape = STP_EUCLIDEAN; shape <= STP_VON_NEUMANN; shape++) {
        for (uint32_t side = 1; side <= 40; side++) {
            int back = 0, ahead = 0, up = 0, down = 0, whole = side > 30 ? 15 : 0;
            stp_disc_make(&disc, 15.999, shape, 99, side);
            for (uint32_t i = 0; i < disc.count; i++) {
                back = disc.dx[i] < back ? disc.dx[i] : back;
                ahead = disc.dx[i] > ahead ? disc.dx[i] : ahead;
                up = disc.dy[i] < up ? disc.dy[i] : up;
                down = disc.dy[i] > down ? disc.dy[i] : down;
            }
            assert_true(back == -15 && ahead == 15 && disc.radius == 15);
            assert_int_equal(-up, whole ? whole : (int)(side - 1) / 2);
            assert_int_equal(down, whole ? whole : (int)side / 2);
        }
    }
    assert_int_equal(cells_in(7, STP_EUCLIDEAN, 1), 0);
    assert_int_equal(cells_in(7, STP_EUCLIDEAN, 2), 3);
    assert_int_equal(cells_in(7, STP_EUCLIDEAN, 3), 8);
    /* A 9 x 9 square, of which all is within 7 (4, 4: 32 <= 49). */
    assert_int_equal(cells_in(7, STP_EUCLIDEAN, 9), 80);
    stp_disc_make(&disc, 7, STP_MOORE, 400, 3); /* a long street */
    assert_int_equal(disc.count, 15 * 3 - 1);
    stp_disc_make(&disc, 7, STP_MOORE, 400, 1);
    assert_int_equal(disc.count, 14);
    stp_disc_make(&disc, 7, STP_MOORE, 2, 400);
    assert_int_equal(disc.count, 15 * 2 - 1);
}

static void radius_is_the_largest_offset(void **state)
{
    (void)state;
    static stp_disc disc;
    stp_disc_make(&disc, 1.7, STP_EUCLIDEAN, 99, 99);
    assert_int_equal(disc.radius, 1);
    stp_disc_make(&disc, 6.9, STP_VON_NEUMANN, 99, 99);
    assert_int_equal(disc.radius, 6);
    stp_disc_make(&disc, 15.999, STP_EUCLIDEAN, 99, 99);
    assert_int_equal(disc.radius, 15);
}

static void cells_come_row_by_row_and_once(void **state)
{
    (void)state;
    static stp_disc disc;
    for (int shape = STP_EUCLIDEAN; shape <= STP_VON_NEUMANN; shape++) {
        for (double vision = 1; vision < 16; vision += 0.35) {
            stp_disc_make(&disc, vision, shape, 99, 99);
            assert_true(disc.count <= STP_MAX_DISC);
            for (uint32_t i = 0; i < disc.count; i++) {
                assert_false(disc.dx[i] == 0 && disc.dy[i] == 0);
                if (i > 0)
                    assert_true(disc.dy[i] > disc.dy[i - 1] ||
                                (disc.dy[i] == disc.dy[i - 1] &&
                                 disc.dx[i] > disc.dx[i - 1]));
                /* What sees is seen: the mirror image is the disc read backwards. */
                assert_int_equal(disc.dx[i], -disc.dx[disc.count - 1 - i]);
                assert_int_equal(disc.dy[i], -disc.dy[disc.count - 1 - i]);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(discs_have_published_sizes),
        cmocka_unit_test(squares_and_diamonds_have_their_formulas),
        cmocka_unit_test(distance_itself_is_within),
        cmocka_unit_test(around_a_torus_each_cell_is_seen_once),
        cmocka_unit_test(each_axis_cuts_by_itself),
        cmocka_unit_test(radius_is_the_largest_offset),
        cmocka_unit_test(cells_come_row_by_row_and_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
