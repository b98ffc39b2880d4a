/* Many blocks of Philox4x32-10 at once, with the numbers of stp_random. */
#ifndef STP_PHILOX_H
#define STP_PHILOX_H

#include "base/random.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

enum { STP_MANY = 16 }; /* blocks at once */

/* What the blocks have in common. */
typedef struct stp_stream {
    uint64_t seed;
    stp_purpose purpose;
    uint32_t district, step;
} stp_stream;

#if defined(__AVX512F__)

#define STP_LANES 16
typedef __m512i stp_lanes;
#define STP_LANES_SET32(x) _mm512_set1_epi32((int)(x))
#define STP_LANES_SET64(x) _mm512_set1_epi64((long long)(x))
#define STP_LANES_LOAD(p) _mm512_loadu_si512(p)
#define STP_LANES_STORE(p, x) _mm512_storeu_si512(p, x)
#define STP_LANES_OR(x, y) _mm512_or_si512(x, y)
#define STP_LANES_XOR3(x, y, z) _mm512_ternarylogic_epi64(x, y, z, 0x96)
#define STP_LANES_PRODUCT(x, y) _mm512_mul_epu32(x, y)
#define STP_LANES_HIGH(x) _mm512_srli_epi64(x, 32)
#define STP_LANES_PAIR(even, odd) \
    _mm512_mask_blend_epi32(0xaaaa, even, _mm512_slli_epi64(odd, 32))

#elif defined(__AVX2__)

#define STP_LANES 8
typedef __m256i stp_lanes;
#define STP_LANES_SET32(x) _mm256_set1_epi32((int)(x))
#define STP_LANES_SET64(x) _mm256_set1_epi64x((long long)(x))
#define STP_LANES_LOAD(p) _mm256_loadu_si256((const __m256i *)(const void *)(p))
#define STP_LANES_STORE(p, x) _mm256_storeu_si256((__m256i *)(void *)(p), x)
#define STP_LANES_OR(x, y) _mm256_or_si256(x, y)
#define STP_LANES_XOR3(x, y, z) _mm256_xor_si256(_mm256_xor_si256(x, y), z)
#define STP_LANES_PRODUCT(x, y) _mm256_mul_epu32(x, y)
#define STP_LANES_HIGH(x) _mm256_srli_epi64(x, 32)
#define STP_LANES_PAIR(even, odd) \
    _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xaa)

#endif

#ifdef STP_LANES

/* One round of blocks in the low halves of 64-bit lanes. */
static inline __attribute__((always_inline)) void stp_philox_round(stp_lanes x[4],
                                                                   stp_lanes k0,
                                                                   stp_lanes k1)
{
    stp_lanes p = STP_LANES_PRODUCT(x[0], STP_LANES_SET64(0xD2511F53));
    stp_lanes q = STP_LANES_PRODUCT(x[2], STP_LANES_SET64(0xCD9E8D57));
    x[0] = STP_LANES_XOR3(STP_LANES_HIGH(q), x[1], k0);
    x[2] = STP_LANES_XOR3(STP_LANES_HIGH(p), x[3], k1);
    x[1] = q;
    x[3] = p;
}

#endif

/* random[i][k] = word i of stp_random(seed, purpose, district, agents[k], step, draws[k])
 * for k < count, and anything behind; agents, draws and each random[i] have a capacity
 * that is a multiple of STP_MANY. */
static inline void stp_philox_many(const stp_stream *stream, const uint32_t *agents,
                                   const uint32_t *draws, uint32_t count,
                                   uint32_t *random[4])
{
#ifdef STP_LANES
    const stp_lanes high = STP_LANES_SET32((uint32_t)stream->purpose << 24);
    for (uint32_t k = 0; k < count; k += STP_LANES) {
        stp_lanes agent = STP_LANES_LOAD(agents + k);
        stp_lanes draw = STP_LANES_OR(high, STP_LANES_LOAD(draws + k));
        stp_lanes even[4] = {agent, STP_LANES_SET64(stream->district),
                             STP_LANES_SET64(stream->step), draw};
        stp_lanes odd[4] = {STP_LANES_HIGH(agent), even[1], even[2],
                            STP_LANES_HIGH(draw)};
        uint32_t k0 = (uint32_t)stream->seed, k1 = (uint32_t)(stream->seed >> 32);
        for (int round = 0; round < 10; round++) {
            stp_philox_round(even, STP_LANES_SET64(k0), STP_LANES_SET64(k1));
            stp_philox_round(odd, STP_LANES_SET64(k0), STP_LANES_SET64(k1));
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        for (int i = 0; i < 4; i++)
            STP_LANES_STORE(random[i] + k, STP_LANES_PAIR(even[i], odd[i]));
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
