/* Many blocks of Philox4x32-10 at once: what stp_random gives, several side by side. */
#ifndef STP_PHILOX_H
#define STP_PHILOX_H

#include "base/random.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

enum { STP_MANY = 64 }; /* most blocks at once */

/* What the blocks have in common. */
typedef struct stp_stream {
    uint64_t seed;
    stp_purpose purpose;
    uint32_t district, step;
} stp_stream;

#if defined(__AVX2__)

/* Four blocks in 64-bit lanes of which the low halves count. */
static inline __attribute__((always_inline)) void stp_philox_four(uint64_t seed,
                                                                  __m256i x[4])
{
    const __m256i m0 = _mm256_set1_epi64x(0xD2511F53),
                  m1 = _mm256_set1_epi64x(0xCD9E8D57);
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < 10; round++) {
        __m256i p = _mm256_mul_epu32(x[0], m0), q = _mm256_mul_epu32(x[2], m1);
        x[0] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(q, 32), x[1]),
                                _mm256_set1_epi64x(k0));
        x[2] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p, 32), x[3]),
                                _mm256_set1_epi64x(k1));
        x[1] = q;
        x[3] = p;
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
}

#endif

/* random[i][k] = word i of stp_random(seed, purpose, district, agents[k], step, draws[k]),
 * for k below count; agents, draws and random have room for STP_MANY. */
static inline void stp_philox_many(const stp_stream *stream, const uint32_t *agents,
                                   const uint32_t *draws, uint32_t count,
                                   uint32_t random[4][STP_MANY])
{
#if defined(__AVX2__)
    const __m256i high = _mm256_set1_epi32((int)((uint32_t)stream->purpose << 24));
    for (uint32_t k = 0; k < count; k += 8) {
        __m256i agent = _mm256_loadu_si256((const __m256i *)(const void *)(agents + k));
        __m256i draw = _mm256_or_si256(
            high, _mm256_loadu_si256((const __m256i *)(const void *)(draws + k)));
        __m256i even[4] = {agent, _mm256_set1_epi64x(stream->district),
                           _mm256_set1_epi64x(stream->step), draw};
        __m256i odd[4] = {_mm256_srli_epi64(agent, 32), even[1], even[2],
                          _mm256_srli_epi64(draw, 32)};
        stp_philox_four(stream->seed, even);
        stp_philox_four(stream->seed, odd);
        for (int i = 0; i < 4; i++)
            _mm256_storeu_si256((__m256i *)(void *)(random[i] + k),
                                _mm256_blend_epi32(even[i], _mm256_slli_epi64(odd[i], 32),
                                                   0xaa));
    }
#else
    for (uint32_t k = 0; k < count; k++) {
        stp_words words = stp_random(stream->seed, stream->purpose, stream->district,
                                     agents[k], stream->step, draws[k]);
        for (int i = 0; i < 4; i++)
            random[i][k] = words.w[i];
    }
#endif
}

#endif
