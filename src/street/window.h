/* Windows of one block and four groups (radius 6 or 7, Epstein's 7 among them): the same as
 * those of plane.h, with the loops gone and wide registers where the build has them. */
#ifndef STP_WINDOW_H
#define STP_WINDOW_H

#include "street/plane.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#define STP_INLINE static inline __attribute__((always_inline))

/* 256 bits: 16 rows of 16 columns. */
typedef struct stp_square {
    uint64_t group[4];
} stp_square;

/* As stp_window_read; flip is 0, or all ones to invert. */
STP_INLINE void stp_square_read(stp_square *square, const uint16_t *plane,
                                const stp_grid *grid, const stp_stencil *stencil,
                                uint32_t x, uint32_t y, uint64_t flip)
{
    uint32_t column = x + STP_MARGIN - (uint32_t)stencil->radius;
    uint32_t row = y + STP_MARGIN - (uint32_t)stencil->radius;
    const uint16_t *left = plane + (size_t)(column / 16) * grid->rows + row;
    unsigned shift = column % 16;
    bool reaches = shift + 2 * (unsigned)stencil->radius + 1 > 16;
    const uint16_t *right = left + (reaches ? grid->rows : 0);
    const uint64_t *mask = stencil->mask[0];
#if defined(__AVX2__)
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)left);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)right);
    low = _mm256_srl_epi16(low, _mm_cvtsi32_si128((int)shift));
    high = _mm256_sll_epi16(high, _mm_cvtsi32_si128((int)(16 - shift)));
    __m256i bits = _mm256_xor_si256(_mm256_or_si256(low, high),
                                    _mm256_set1_epi64x((long long)flip));
    bits = _mm256_and_si256(bits,
                            _mm256_loadu_si256((const __m256i *)(const void *)mask));
    _mm256_storeu_si256((__m256i *)(void *)square->group, bits);
#else
    for (int g = 0; g < 4; g++)
        square->group[g] = (stp_four_rows(left + 4 * g, right + 4 * g, shift) ^ flip) &
                           mask[g];
#endif
}

STP_INLINE uint32_t stp_square_count(const stp_square *square)
{
    const uint64_t *b = square->group;
    return (uint32_t)(__builtin_popcountll(b[0]) + __builtin_popcountll(b[1]) +
                      __builtin_popcountll(b[2]) + __builtin_popcountll(b[3]));
}

/* The k-th set bit of a word, from 0. */
STP_INLINE int stp_select_fast(uint64_t word, uint32_t k)
{
#ifdef __BMI2__
    return __builtin_ctzll(_pdep_u64((uint64_t)1 << k, word));
#else
    return stp_select(word, k);
#endif
}

/* As stp_window_pick. */
STP_INLINE void stp_square_pick(const stp_square *square, const stp_stencil *stencil,
                                uint32_t k, int *dx, int *dy)
{
    const uint64_t *b = square->group;
    uint32_t c0 = (uint32_t)__builtin_popcountll(b[0]);
    uint32_t c1 = c0 + (uint32_t)__builtin_popcountll(b[1]);
    uint32_t c2 = c1 + (uint32_t)__builtin_popcountll(b[2]);
    uint32_t before = 0;
    uint64_t word = b[0];
    int g = 0;
    if (k >= c0)
        before = c0, word = b[1], g = 4;
    if (k >= c1)
        before = c1, word = b[2], g = 8;
    if (k >= c2)
        before = c2, word = b[3], g = 12;
    int bit = stp_select_fast(word, k - before);
    *dx = (bit & 15) - stencil->radius;
    *dy = g + (bit >> 4) - stencil->radius;
}

#endif
