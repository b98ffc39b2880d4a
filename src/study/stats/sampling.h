/* Points that fill a cube [0, 1)^dimensions evenly: where in the ranges of its assumptions each replicate
 * of an ensemble lies. */
#ifndef STP_SAMPLING_H
#define STP_SAMPLING_H

#include <stddef.h>
#include <stdint.h>

/* Dimensions that a Sobol sequence may have here. */
enum { STP_MAX_SOBOL = 2000 };

/* A Latin hypercube (McKay, Beckman and Conover 1979): in each dimension one point lies in each of `count`
 * slices, at a random place of it, and the slices are paired at random. points: [count * dimensions],
 * point by point. Returns 0, or -1 if memory ran out. */
int stp_latin(uint64_t seed, size_t count, size_t dimensions, double *points);

/* Points `first` .. first + count - 1 of a Sobol sequence (Sobol 1967) with a random digital shift, so
 * that each point is uniform and no number is 0 by itself. More points of the same seed go on where
 * fewer ended. dimensions: at most STP_MAX_SOBOL. The sequence's first dimension is van der Corput's,
 * and the others come from primitive polynomials in the order of their degree, with odd initial numbers
 * that are drawn, for the first 256 with a choice among draws such that pairs of dimensions fill squares
 * evenly. Take at least twice as many points as dimensions: of fewer, some two dimensions have the same
 * first digit in all. points: [count * dimensions], point by point. Returns 0, or -1 if memory ran out or
 * there are too many dimensions or points (first + count above 2^32). */
int stp_sobol(uint64_t seed, uint64_t first, size_t count, size_t dimensions,
              double *points);

#endif
