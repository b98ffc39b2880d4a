/* The inputs of a sensitivity analysis: factors, each in a group that moves as one. */
#ifndef STP_FACTORS_H
#define STP_FACTORS_H

#include <stddef.h>

/* Points are rows of factors, in [0, 1]: shares of each factor's prior. */
typedef struct stp_factors {
    size_t count;
    const size_t *group; /* of each factor; 0 .. groups - 1, each used */
    size_t groups;
} stp_factors;

#endif
