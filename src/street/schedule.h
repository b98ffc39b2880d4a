/* The order in which the agents of a district have their turn. Both schedules are part of
 * the model: the order is a function of seed, district and step alone.
 *
 * sequential: a uniformly random permutation of the district's citizens and officers on
 * the street, without those in detention.
 *
 * tiles: the torus is cut into tiles_x by tiles_y tiles, both even, at an offset drawn
 * each step. A tile's colour is the parity of its column and row; the colours follow one
 * another in an order drawn each step. An agent belongs to the tile in which it stood
 * when the step began. When a tile's turn comes, those of its agents who have not been
 * arrested meanwhile are listed in row-major order, shuffled and take their turns. The
 * sides of a tile are at least 4 r + 16 cells, r being the largest radius of vision: an
 * agent moves up to r, then sees and acts up to r from there, so what one tile writes and
 * the next tile of its colour reads lie 4 r apart, and storage that packs cells into
 * words needs 16 more. Tiles of one colour are therefore independent: they may run in any
 * order or at once, with the result of one serial order. Large lattices have tiles with
 * sides of 16 r cells or more; a lattice too small for eight tiles runs sequential. */
#ifndef STP_SCHEDULE_H
#define STP_SCHEDULE_H

#include "world/world.h"

typedef struct stp_tiling {
    uint32_t x, y;      /* offset of tile 0 */
    uint8_t colours[4]; /* in the order in which they go */
} stp_tiling;

/* Offset and colour order of a district's tiles in a step. */
stp_tiling stp_tiling_draw(const stp_world *world, const stp_district *district,
                           uint32_t step);

/* A tile's rectangle on the torus: columns x .. x + width - 1 modulo the lattice's width,
 * rows likewise. */
typedef struct stp_tile {
    uint32_t x, y, width, height;
} stp_tile;

/* tile: 0 .. tiles_x * tiles_y - 1. */
stp_tile stp_tile_of(const stp_district *district, const stp_tiling *tiling,
                     uint32_t tile);

static inline uint8_t stp_tile_colour(const stp_district *district, uint32_t tile)
{
    return (uint8_t)((tile % district->tiles_x & 1) | (tile / district->tiles_x & 1)
                                                          << 1);
}

/* A random permutation, item by item (Fisher and Yates 1938): for i = 0, 1 ... n - 1,
 * swap item i with item stp_shuffle_pick(..., i, n), which lies in i .. n - 1. */
typedef struct stp_shuffle {
    uint64_t seed;
    uint32_t district, tile, step;
    stp_words words; /* of block i / 4 */
} stp_shuffle;

/* tile: number of the tile; 0 for a whole district. */
static inline stp_shuffle stp_shuffle_begin(uint64_t seed, uint32_t district,
                                            uint32_t tile, uint32_t step)
{
    return (stp_shuffle){.seed = seed, .district = district, .tile = tile, .step = step};
}

/* To be called with i = 0, 1, ... in order. */
static inline uint32_t stp_shuffle_pick(stp_shuffle *shuffle, uint32_t i, uint32_t n)
{
    if (i % 4 == 0)
        shuffle->words = stp_random(shuffle->seed, STP_PURPOSE_ORDER, shuffle->district,
                                    shuffle->tile, shuffle->step, i / 4);
    return i + stp_below(shuffle->words.w[i % 4], n - i);
}

/* Swap item i with the one that the shuffle picks, and return that. i: as above. */
static inline uint32_t stp_shuffle_deal(stp_shuffle *shuffle, uint32_t *items, uint32_t i,
                                        uint32_t n)
{
    uint32_t pick = stp_shuffle_pick(shuffle, i, n), item = items[pick];
    items[pick] = items[i];
    return items[i] = item;
}

#endif
