/* Scores of probability forecasts of yes-or-no events. Cases belong to groups (replicates of an ensemble),
 * within which they are correlated; intervals take that into account. */
#ifndef STP_BRIER_H
#define STP_BRIER_H

#include "study/stats/interval.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct stp_cases {
    const double *forecast; /* 0 .. 1 */
    const bool *happened;
    const size_t *group; /* 0 .. groups - 1 */
    size_t count, groups;
} stp_cases;

/* Brier's score (1950), the mean squared error, and its parts (Murphy 1973) over cases of equal forecast:
 * score = reliability - resolution + uncertainty. Smaller is better, except for resolution. All NAN without
 * cases. */
typedef struct stp_brier {
    double score, reliability, resolution, uncertainty;
} stp_brier;

/* Returns 0, or -1 when out of memory. */
int stp_brier_of(const stp_cases *cases, stp_brier *brier);

/* Skill relative to reference forecasts of the same cases: 1 - score / score of the reference; 1 is perfect,
 * 0 no better. Interval: jackknife over the groups with Student's t (Tukey 1958); NAN for fewer than two
 * groups, or a perfect reference. Returns 0, or -1 when out of memory. */
int stp_skill_of(const stp_cases *cases, const double *reference, stp_interval *skill);

/* The share of cases that happened, among those flagged in `among` (NULL: all), with Wilson's interval for the
 * effective number of cases (Korn and Graubard 1998), which is smaller than n as cases of a group are
 * correlated. If all or none happened, a group counts as one case. Returns 0, or -1 when out of memory. */
int stp_grouped_share(const stp_cases *cases, const bool *among, stp_interval *share);

/* Classes of forecasts: exactly 0, ten of a tenth each, exactly 1. */
enum { STP_BINS = 12 };
typedef struct stp_bin {
    double forecast;       /* mean; NAN without cases */
    stp_interval happened; /* share, as by stp_grouped_share */
} stp_bin;

size_t stp_bin_of(double forecast);
/* Returns 0, or -1 when out of memory. */
int stp_reliability(const stp_cases *cases, stp_bin bins[STP_BINS]);

#endif
