/* Bit planes: one bit per cell of a torus, stored so that a window takes a few loads.
 *
 * A strip of 16 columns holds one 16-bit word per row, row after row, so that one 64-bit
 * load is four rows of 16 columns. A margin of STP_MARGIN columns and `reach` rows around
 * the lattice repeats the opposite side, up to half of that axis, so that a window never
 * wraps. Setting a bit near an edge also sets its copies in the margin.
 *
 * A window of radius r is one block of 16 columns (r <= 7) or two (r <= 15), each of
 * ceil((2 r + 1) / 4) groups of four rows. */
#ifndef STP_PLANE_H
#define STP_PLANE_H

#include "world/vision.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the bit planes expect a little-endian machine"
#endif

enum {
    STP_MARGIN = 16,
    STP_MAX_GROUPS = (2 * STP_MAX_RADIUS + 1 + 3) / 4,
    STP_MAX_BLOCKS = 2,
};

typedef struct stp_grid {
    uint32_t width, height; /* of the lattice */
    uint32_t reach;         /* how far into the margin a window may be read */
    uint32_t across, along; /* how far the margin has copies: columns, rows */
    uint32_t rows;          /* of a strip, margins included */
    size_t words;           /* 16-bit words of a plane */
    size_t origin;          /* the word that holds the cell (0, 0) */
} stp_grid;

/* The cells in sight as masks over the words of a window. */
typedef struct stp_stencil {
    int radius, blocks, groups;
    uint64_t mask[STP_MAX_BLOCKS][STP_MAX_GROUPS];
} stp_stencil;

/* The bits of a window, same layout as the masks. */
typedef struct stp_window {
    uint64_t bits[STP_MAX_BLOCKS][STP_MAX_GROUPS];
} stp_window;

/* reach: largest radius of a window, at most STP_MAX_RADIUS. What a window holds beyond
 * half of an axis has no meaning: no disc has cells there. */
static inline stp_grid stp_grid_of(uint32_t width, uint32_t height, int reach)
{
    stp_grid grid = {.width = width,
                     .height = height,
                     .reach = (uint32_t)reach,
                     .across = (uint32_t)reach < width / 2 ? (uint32_t)reach : width / 2,
                     .along = (uint32_t)reach < height / 2 ? (uint32_t)reach : height / 2,
                     .rows = height + 2 * (uint32_t)reach + 4};
    /* A window may begin in the last strip with a cell, and needs one or two more. */
    size_t strips = (width + STP_MARGIN) / 16 + 3;
    grid.words = strips * grid.rows;
    grid.origin = (size_t)(STP_MARGIN / 16) * grid.rows + (uint32_t)reach;
    return grid;
}

static inline void stp_stencil_make(stp_stencil *stencil, const stp_disc *disc)
{
    memset(stencil, 0, sizeof *stencil);
    stencil->radius = disc->radius;
    stencil->blocks = disc->radius <= 7 ? 1 : 2;
    stencil->groups = (2 * disc->radius + 1 + 3) / 4;
    for (uint32_t i = 0; i < disc->count; i++) {
        int column = disc->dx[i] + disc->radius, row = disc->dy[i] + disc->radius;
        stencil->mask[column / 16][row / 4] |= (uint64_t)1
                                               << (16 * (row % 4) + column % 16);
    }
}

/* The word with a cell's bit (bit x % 16), counted from the word of the cell (0, 0). */
static inline size_t stp_plane_word(const stp_grid *grid, uint32_t x, uint32_t y)
{
    return (size_t)(x / 16) * grid->rows + y;
}

static inline void stp_plane_put(uint16_t *word, uint32_t x, bool value)
{
    uint16_t bit = (uint16_t)(1u << x % 16);
    *word = (uint16_t)(value ? *word | bit : *word & ~bit);
}

/* stp_plane_set for a cell near an edge. */
void stp_plane_set_edge(uint16_t *plane, const stp_grid *grid, uint32_t x, uint32_t y,
                        bool value);

/* Set or clear the bit of a cell, and its copies in the margin. */
static inline __attribute__((always_inline)) void stp_plane_set(uint16_t *plane,
                                                                const stp_grid *grid,
                                                                uint32_t x, uint32_t y,
                                                                bool value)
{
    const uint32_t h = grid->across, v = grid->along;
    if (x >= h && y >= v && x + h < grid->width && y + v < grid->height)
        stp_plane_put(plane + grid->origin + stp_plane_word(grid, x, y), x, value);
    else
        stp_plane_set_edge(plane, grid, x, y, value);
}

static inline bool stp_plane_get(const uint16_t *plane, const stp_grid *grid, uint32_t x,
                                 uint32_t y)
{
    return plane[grid->origin + stp_plane_word(grid, x, y)] >> x % 16 & 1;
}

/* Four rows of 16 columns across two neighbouring strips, `shift` columns into the left
 * one. */
static inline uint64_t stp_four_rows(const uint16_t *left, const uint16_t *right,
                                     unsigned shift)
{
    const uint64_t lanes = 0x0001000100010001u;
    uint64_t low, high;
    memcpy(&low, left, sizeof low);
    memcpy(&high, right, sizeof high);
    uint64_t keep = lanes * (0xffffu >> shift);
    return (low >> shift & keep) | (high << (16 - shift) & ~keep);
}

/* The bits around a cell under the stencil; inverted if `flip` is all ones. */
static inline void stp_window_read(stp_window *window, const uint16_t *plane,
                                   const stp_grid *grid, const stp_stencil *stencil,
                                   uint32_t x, uint32_t y, uint64_t flip)
{
    uint32_t column = x + STP_MARGIN - (uint32_t)stencil->radius;
    uint32_t row = y + grid->reach - (uint32_t)stencil->radius;
    const uint16_t *strip = plane + (size_t)(column / 16) * grid->rows + row;
    unsigned shift = column % 16;
    for (int b = 0; b < stencil->blocks; b++, strip += grid->rows) {
        /* The right strip only if the window reaches into it: another thread may be
         * writing words without a cell in sight. */
        int wanted = 2 * stencil->radius + 1 - 16 * b;
        size_t right = shift + (unsigned)(wanted < 16 ? wanted : 16) > 16 ? grid->rows
                                                                          : 0;
        for (int g = 0; g < stencil->groups; g++) {
            const uint16_t *rows = strip + 4 * (ptrdiff_t)g;
            window->bits[b][g] = (stp_four_rows(rows, rows + right, shift) ^ flip) &
                                 stencil->mask[b][g];
        }
    }
}

static inline uint32_t stp_window_count(const stp_window *window,
                                        const stp_stencil *stencil)
{
    int count = 0;
    for (int b = 0; b < stencil->blocks; b++)
        for (int g = 0; g < stencil->groups; g++)
            count += __builtin_popcountll(window->bits[b][g]);
    return (uint32_t)count;
}

/* The k-th set bit of a word, from 0. */
static inline int stp_select(uint64_t word, uint32_t k)
{
    while (k-- > 0)
        word &= word - 1;
    return __builtin_ctzll(word);
}

/* Column x and row y of a window's k-th set bit (from 0), in row-major order; the
 * window's centre is at (radius, radius). */
static inline void stp_window_pick(const stp_window *window, const stp_stencil *stencil,
                                   uint32_t k, uint32_t *x, uint32_t *y)
{
    int g = 0;
    for (;; g++) { /* the group of four rows */
        uint32_t count = 0;
        for (int b = 0; b < stencil->blocks; b++)
            count += (uint32_t)__builtin_popcountll(window->bits[b][g]);
        if (k < count)
            break;
        k -= count;
    }
    for (int row = 0;; row++) {
        uint32_t bits = 0;
        for (int b = 0; b < stencil->blocks; b++)
            bits |= (uint32_t)(window->bits[b][g] >> (16 * row) & 0xffff) << (16 * b);
        uint32_t count = (uint32_t)__builtin_popcount(bits);
        if (k < count) {
            *x = (uint32_t)stp_select(bits, k);
            *y = (uint32_t)(4 * g + row);
            return;
        }
        k -= count;
    }
}

/* Zeroed memory aligned to a cache line; large blocks on large pages, since a tile's
 * strips lie far apart. NULL if out of memory; released by free(). */
void *stp_zeroed(size_t size);

#endif
