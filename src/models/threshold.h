/* Threshold models: everyone acts once enough others do (Granovetter 1978), or says in
 * public what they think once enough others have said it (Kuran 1989, 1991). */
#ifndef STP_THRESHOLD_H
#define STP_THRESHOLD_H

#include <stddef.h>

/* Where a cascade starts. The first leads to the smallest equilibrium, the second to the
 * largest one; where the two differ, history decides. */
typedef enum stp_threshold_start {
    STP_FROM_NOBODY,
    STP_FROM_EVERYBODY,
} stp_threshold_start;

typedef struct stp_cascade {
    size_t acting; /* persons, in the end */
    size_t rounds; /* in which somebody joined, or left */
} stp_cascade;

/* The equilibrium of a crowd: r(t+1) = F(r(t)), where F(r) is how many have a threshold
 * that r reaches (Granovetter 1978). It is also Kuran's (1991): the smallest fixed point
 * is the public opposition after a calm past.
 * thresholds: n of them, in any order, none NAN: how many must act before this person
 * does; one of 0 or below acts first, INFINITY never acts. n: persons, >= 1.
 * whole: the unit of the thresholds, as what everybody together makes: n if they are
 * numbers of persons, 1 if shares, 100 if percentages. Where r act, person i does if
 * thresholds[i] <= whole * r / n.
 * path: NULL, or n + 1 numbers; path[t] is how many act after t rounds, t = 0 ..
 * cascade->rounds.
 * Returns 0, or -1 when out of memory. */
int stp_threshold_cascade(const double *thresholds, size_t n, double whole,
                          stp_threshold_start start, size_t *path, stp_cascade *cascade);

/* Thresholds of a normal distribution without chance: the quantile of (i + 1/2) / n for
 * person i. mean, deviation: in the unit of the thresholds, deviation >= 0.
 * thresholds[n]. The convention matters where a handful starts everything: in the crowd of
 * 100 with mean 25 (Granovetter 1978) all join from a deviation of 12.55 on; with
 * (i + 1) / (n + 1) from 12.83, with i / n from 12.23, in the endless crowd from 12.222. */
void stp_threshold_normal(double mean, double deviation, size_t n, double *thresholds);

/* Equilibrium of an endless crowd with normal thresholds, as a share of it: the iteration
 * r(t+1) = Phi((r(t) - mean) / deviation) until r stands still in the last digit, or for
 * `rounds` rounds (Granovetter 1978).
 * mean, deviation: shares of the crowd, deviation > 0.
 * rounds: 1,000,000 is enough unless deviation is within some 1e-10 of a jump. */
double stp_threshold_equilibrium(double mean, double deviation, stp_threshold_start start,
                                 size_t rounds);

#endif
