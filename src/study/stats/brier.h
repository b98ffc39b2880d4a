/* Forecasts of what happens or does not, as probabilities, beside what did. Cases belong to groups (the
 * replicates of an ensemble): within one they hang together, and intervals go by groups. */
#ifndef STP_BRIER_H
#define STP_BRIER_H

#include "study/stats/interval.h"

#include <stdbool.h>
#include <stddef.h>

/* Cases of forecasts: probability, what came, and the group, from 0 up to groups - 1. */
typedef struct stp_cases {
    const double *forecast; /* 0 .. 1 */
    const bool *happened;
    const size_t *group;
    size_t count, groups;
} stp_cases;

/* The score of Brier (1950), the mean squared distance from what came (1 or 0), and its parts by Murphy
 * (1973), over cases of the same forecast: score = reliability - resolution + uncertainty. Reliability
 * and score are better the less they are. All NAN without cases. */
typedef struct stp_brier {
    double score, reliability, resolution, uncertainty;
} stp_brier;

/* Returns 0, or -1 if memory ran out. */
int stp_brier_of(const stp_cases *cases, stp_brier *brier);

/* How much better forecasts are than a reference, the same cases under other forecasts:
 * 1 - score / score of the reference; 1 is perfect, 0 as good, below 0 worse. The interval is that of
 * the jackknife over the groups with Student's t (Tukey 1958); NAN for fewer than two groups, or a
 * reference that is perfect. Returns 0, or -1 if memory ran out. */
int stp_skill_of(const stp_cases *cases, const double *reference, stp_interval *skill);

/* The share of cases that happened, among those that `among` picks (or all: NULL), with an interval of
 * Wilson's for as many cases as the groups are worth (Korn and Graubard 1998): as the cases of a group
 * are alike, fewer than there are. Where all or none happened, a group counts as one case. n: cases.
 * Returns 0, or -1 if memory ran out. */
int stp_grouped_share(const stp_cases *cases, const bool *among, stp_interval *share);

/* Classes of forecasts: exactly 0, ten of a tenth each, exactly 1. */
enum { STP_BINS = 12 };
typedef struct stp_bin {
    double forecast;       /* mean; NAN without cases */
    stp_interval happened; /* share, as by stp_grouped_share */
} stp_bin;

/* The class that a forecast falls into. */
size_t stp_bin_of(double forecast);
/* Returns 0, or -1 if memory ran out. */
int stp_reliability(const stp_cases *cases, stp_bin bins[STP_BINS]);

#endif
