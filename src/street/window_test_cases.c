/* Compiled once for each kind of processor, with WINDOW_CASE and PHILOX as the names of
 * what it exports; called only where the processor is of that kind. */
#include "street/philox.h"
#include "street/window.h"
#include "street/window_test.h"

#include <stdlib.h>

enum { SIDE = 80 };

static uint32_t next(uint64_t *random)
{
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*random >> 32);
}

static void fill(uint16_t *plane, const stp_grid *grid, uint64_t *random)
{
    uint32_t percent = next(random) % 5 * 25; /* 0 .. 100: some are empty, some full */
    for (uint32_t y = 0; y < SIDE; y++)
        for (uint32_t x = 0; x < SIDE; x++)
            stp_plane_set(plane, grid, x, y, next(random) % 100 < percent);
}

window_case WINDOW_CASE(uint64_t seed)
{
    static stp_disc disc;
    stp_grid grid = stp_grid_of(SIDE, SIDE, 7);
    uint16_t *planes[2] = {calloc(grid.words, 2), calloc(grid.words, 2)};
    uint64_t random = seed;
    uint32_t x = next(&random) % SIDE, y = next(&random) % SIDE;
    uint64_t flip = next(&random) % 2 ? ~(uint64_t)0 : 0;
    stp_stencil stencil;
    stp_disc_make(&disc, 6 + next(&random) % 2, (int)(next(&random) % 3), SIDE, SIDE);
    stp_stencil_make(&stencil, &disc);
    window_case c = {.wanted = STP_NOTHING};
    stp_window_frame frame = stp_window_frame_of((uint32_t)stp_plane_word(&grid, x, y),
                                                 x % 16, (uint32_t)stencil.radius,
                                                 grid.rows);
    for (int i = 0; i < 2; i++) {
        stp_window window;
        fill(planes[i], &grid, &random);
        stp_window_read(&window, planes[i], &grid, &stencil, x, y, 0);
        c.wanted_counts[i] = stp_window_count(&window, &stencil);
    }
    stp_squares_count(planes[0] + grid.origin, planes[1] + grid.origin, frame, &stencil,
                      &c.counts[0], &c.counts[1]);
    uint32_t word = next(&random);
    c.drawn = stp_square_draw(stp_square_read(planes[0] + grid.origin, frame, &stencil,
                                              flip),
                              word);
    stp_window window;
    stp_window_read(&window, planes[0], &grid, &stencil, x, y, flip);
    uint32_t count = stp_window_count(&window, &stencil), column, row;
    if (count > 0) {
        stp_window_pick(&window, &stencil, stp_below(word, count), &column, &row);
        c.wanted = 16 * row + column;
    }
    free(planes[0]);
    free(planes[1]);
    return c;
}

void PHILOX(uint64_t seed, const uint32_t agents[64], const uint32_t draws[64],
            uint32_t count, uint32_t random[4][64])
{
    const stp_stream stream = {seed, STP_PURPOSE_ORDER, 7, 11};
    stp_philox_many(&stream, agents, draws, count,
                    (uint32_t *[4]){random[0], random[1], random[2], random[3]});
}
