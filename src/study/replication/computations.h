/* Numbers of claims that no measure and no comparison of two arms gives: one function
 * each, which the file of a study names ("compute: pull"). */
#ifndef STP_COMPUTATIONS_H
#define STP_COMPUTATIONS_H

#include "study/replication/replicate.h"

enum { STP_MAX_NUMBERS = 12 };

/* What the criterion of a claim is applied to. */
typedef struct stp_number {
    stp_interval interval;
    size_t count; /* of values, for criteria that compare several numbers */
    stp_interval values[STP_MAX_NUMBERS];
    bool counted;         /* the number is a share of runs ... */
    size_t hits, runs;    /* ... in so many of so many; runs: that it rests on, else */
    double bound;         /* of "above: computed" and "below: computed" */
    char text[STP_WORDS]; /* to be said behind the number */
} stp_number;

typedef struct stp_computation {
    const char *study, *name;
    stp_arm_kind kind; /* of its arms */
    size_t min, max;   /* how many arms it takes */
    size_t outcomes;   /* that each of them has, if they are solved; 0: any */
    /* false if out of memory. */
    bool (*compute)(const stp_arm *const *arms, size_t count, stp_number *number);
} stp_computation;

extern const stp_computation STP_COMPUTATIONS[];
extern const size_t STP_COMPUTATION_COUNT; /* at most 32 */

#endif
