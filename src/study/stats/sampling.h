/* Space-filling designs in [0, 1)^dimensions, for the parameter ranges of an ensemble. */
#ifndef STP_SAMPLING_H
#define STP_SAMPLING_H

#include <stddef.h>
#include <stdint.h>

/* Maximum number of dimensions. */
enum { STP_MAX_SOBOL = 2000 };

/* A Latin hypercube (McKay, Beckman and Conover 1979). points: [point * dimensions + dimension]. Returns 0, or
 * -1 when out of memory. */
int stp_latin(uint64_t seed, size_t count, size_t dimensions, double *points);

/* Points `first` .. first + count - 1 of a Sobol sequence (Sobol 1967) with a random digital shift; later
 * points of the same seed extend it. The first dimension is van der Corput's; the others use primitive
 * polynomials by degree, with random odd initial numbers, chosen for the first 256 such that pairs of
 * dimensions fill squares evenly. Use at least twice as many points as dimensions: otherwise two dimensions
 * share their first digit. points: [point * dimensions + dimension]. Returns 0, or -1 when out of memory, for
 * more than STP_MAX_SOBOL dimensions, or for first + count above 2^32. */
int stp_sobol(uint64_t seed, uint64_t first, size_t count, size_t dimensions,
              double *points);

#endif
