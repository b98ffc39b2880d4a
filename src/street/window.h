/* Windows of one block and four groups (radius 6, or 7 as Epstein's): those of plane.h
 * without loops, in wide registers where the build has them. */
#ifndef STP_WINDOW_H
#define STP_WINDOW_H

#include "base/random.h"
#include "street/plane.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#define STP_INLINE static inline __attribute__((always_inline))

/* value if a condition holds, else 0; without a branch, for unpredictable conditions. */
STP_INLINE size_t stp_if(bool condition, size_t value)
{
    size_t mask = (size_t)0 - condition;
#if defined(__GNUC__)
    __asm__("" : "+r"(mask)); /* keeps the compiler from making a branch of it */
#endif
    return value & mask;
}

/* 256 bits: 16 rows of 16 columns. */
#if defined(__AVX2__)
typedef __m256i stp_square;
#else
typedef struct stp_square {
    uint64_t group[4];
} stp_square;
#endif

/* Where in a plane a window lies: the word of its first row in the left strip, the offset
 * from there to the right strip, and how many columns into the left one it begins. The
 * offset is 0 if the window does not reach into the right strip: another thread may be
 * writing words without a cell in sight. */
typedef struct stp_window_frame {
    ptrdiff_t left;
    size_t right;
    uint32_t shift;
} stp_window_frame;

/* The frame around the cell whose bit is bit `column` of a word, in strips of `rows`
 * rows. */
STP_INLINE stp_window_frame stp_window_frame_of(uint32_t word, uint32_t column,
                                                uint32_t radius, uint32_t rows)
{
    uint32_t shift = (column - radius) % 16;
    return (stp_window_frame){(ptrdiff_t)word - (ptrdiff_t)radius -
                                  (ptrdiff_t)stp_if(column < radius, rows),
                              stp_if(shift + 2 * radius + 1 > 16, rows), shift};
}

/* As stp_window_read. plane: at the word that the frame counts from; flip: 0, or all ones
 * to invert. */
STP_INLINE stp_square stp_square_read(const uint16_t *plane, stp_window_frame frame,
                                      const stp_stencil *stencil, uint64_t flip)
{
    const uint16_t *left = plane + frame.left, *right = left + frame.right;
    const uint64_t *mask = stencil->mask[0];
#if defined(__AVX2__)
    __m256i low = _mm256_loadu_si256((const void *)left);
    __m256i high = _mm256_loadu_si256((const void *)right);
    low = _mm256_srl_epi16(low, _mm_cvtsi32_si128((int)frame.shift));
    high = _mm256_sll_epi16(high, _mm_cvtsi32_si128((int)(16 - frame.shift)));
    __m256i bits = _mm256_or_si256(low, high),
            cut = _mm256_loadu_si256((const void *)mask);
    return flip ? _mm256_andnot_si256(bits, cut) : _mm256_and_si256(bits, cut);
#else
    stp_square square;
    for (size_t g = 0; g < 4; g++)
        square.group[g] = (stp_four_rows(left + 4 * g, right + 4 * g, frame.shift) ^
                           flip) &
                          mask[g];
    return square;
#endif
}

/* Count the bits of the same window of two planes. */
STP_INLINE void stp_squares_count(const uint16_t *a, const uint16_t *b,
                                  stp_window_frame frame, const stp_stencil *stencil,
                                  uint32_t *in_a, uint32_t *in_b)
{
    stp_square squares[2] = {stp_square_read(a, frame, stencil, 0),
                             stp_square_read(b, frame, stencil, 0)};
#if defined(__AVX512VPOPCNTDQ__)
    __m512i counts = _mm512_popcnt_epi64(
        _mm512_inserti64x4(_mm512_castsi256_si512(squares[0]), squares[1], 1));
    counts = _mm512_add_epi64(counts, _mm512_permutex_epi64(counts, 0x4e));
    counts = _mm512_add_epi64(counts, _mm512_permutex_epi64(counts, 0xb1));
    *in_a = (uint32_t)_mm_cvtsi128_si32(_mm512_castsi512_si128(counts));
    *in_b = (uint32_t)_mm_cvtsi128_si32(_mm512_extracti32x4_epi32(counts, 2));
#else
    uint64_t b64[2][4];
    int counts[2] = {0};
    memcpy(b64, squares, sizeof b64);
    for (int i = 0; i < 2; i++)
        for (int g = 0; g < 4; g++)
            counts[i] += __builtin_popcountll(b64[i][g]);
    *in_a = (uint32_t)counts[0];
    *in_b = (uint32_t)counts[1];
#endif
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

enum { STP_NOTHING = 256 };

/* The stp_below(random, count)-th set bit of a window in row-major order, as 16 * row +
 * column; STP_NOTHING if none is set. */
STP_INLINE uint32_t stp_square_draw(stp_square square, uint32_t random)
{
    uint64_t b[4];
    uint32_t before[5] = {0};
    memcpy(b, &square, sizeof b);
    for (int g = 0; g < 4; g++)
        before[g + 1] = before[g] + (uint32_t)__builtin_popcountll(b[g]);
    if (before[4] == 0)
        return STP_NOTHING;
    uint32_t k = stp_below(random, before[4]);
    /* Without branches: the position of the k-th bit is unpredictable. */
    uint32_t g = (k >= before[1]) + (k >= before[2]) + (k >= before[3]);
    return 64 * g + (uint32_t)stp_select_fast(b[g], k - before[g]);
}

#endif
