#include "street/schedule.h"

stp_tiling stp_tiling_draw(const stp_world *world, const stp_district *d, uint32_t step)
{
    stp_words words = stp_random(world->seed, STP_PURPOSE_TILING, d->index, 0, step, 0);
    stp_tiling tiling = {.x = stp_below(words.w[0], d->width),
                         .y = stp_below(words.w[1], d->height),
                         .colours = {0, 1, 2, 3}};
    uint32_t order = stp_below(words.w[2], 24); /* one of the 24 permutations */
    for (uint32_t i = 0, left = 24; i < 3; i++) {
        left /= 4 - i;
        uint32_t pick = i + order / left;
        order %= left;
        uint8_t swap = tiling.colours[i];
        tiling.colours[i] = tiling.colours[pick];
        tiling.colours[pick] = swap;
    }
    return tiling;
}

stp_tile stp_tile_of(const stp_district *d, const stp_tiling *tiling, uint32_t tile)
{
    uint32_t column = tile % d->tiles_x, row = tile / d->tiles_x;
    uint32_t left = (uint32_t)((uint64_t)column * d->width / d->tiles_x);
    uint32_t right = (uint32_t)((uint64_t)(column + 1) * d->width / d->tiles_x);
    uint32_t top = (uint32_t)((uint64_t)row * d->height / d->tiles_y);
    uint32_t bottom = (uint32_t)((uint64_t)(row + 1) * d->height / d->tiles_y);
    return (stp_tile){(left + tiling->x) % d->width, (top + tiling->y) % d->height,
                      right - left, bottom - top};
}
