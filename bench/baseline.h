/* The baseline: the same model in good plain C. */
#ifndef BENCH_BASELINE_H
#define BENCH_BASELINE_H

#include <stdint.h>

typedef struct baseline baseline;

/* A torus of side x side cells with Epstein's Run 2: density 0.7, officers 0.04, vision
 * 7, L 0.82, T 0.1, k 2.3, Jmax 30, floored ratio, movement on. NULL if out of memory. */
baseline *baseline_create(int side, uint64_t seed);
/* One step; returns the activations in it. */
uint64_t baseline_step(baseline *model);
/* Citizens active, and in detention, now. */
uint64_t baseline_active(const baseline *model);
uint64_t baseline_detained(const baseline *model);
void baseline_free(baseline *model);

#endif
