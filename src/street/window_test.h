/* What is tested of the code that is compiled for several processors, compiled for them
 * too. */
#ifndef STP_WINDOW_TEST_H
#define STP_WINDOW_TEST_H

#include <stdint.h>

/* Around a cell of a random plane, with a stencil of radius 6 or 7: what window.h says of
 * it, and what plane.h, which is tested by itself, says. */
typedef struct window_case {
    uint32_t counts[2], drawn;         /* in two planes; in the first, by a random word */
    uint32_t wanted_counts[2], wanted; /* drawn: 16 * row + column, 256 for nothing */
} window_case;

typedef window_case window_function(uint64_t seed);
window_function window_case_plain, window_case_v3, window_case_v4;

/* random[word][k]: as stp_philox_many. */
typedef void philox_function(uint64_t seed, const uint32_t agents[64],
                             const uint32_t draws[64], uint32_t count,
                             uint32_t random[4][64]);
philox_function philox_plain, philox_v3, philox_v4;

#endif
