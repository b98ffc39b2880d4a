/* The finding of an interim look at the pairs of two arms: an effect, equivalence, or nothing yet. Equivalence
 * has to be robust to flips, rare pairs in which unrest takes off in one arm only, which a few pairs may not
 * show. */
#ifndef STP_FINDING_H
#define STP_FINDING_H

#include "study/stats/paired.h"
#include "study/stats/sequential.h"

/* With fewer pairs there is no verdict. */
enum { STP_FEWEST_PAIRS = 50 };

/* Outcomes of the runs of pairs; none is NAN. */
typedef struct stp_pairs {
    const double *base, *changed; /* control arm, treatment arm; one per pair */
    /* Did unrest take off in the run? One per pair; both NULL if not defined for the outcome. */
    const bool *base_off, *changed_off;
    size_t n;
} stp_pairs;

/* Flips: only one arm takes off or, where take-off is not defined, the difference lies more than five robust
 * deviations from the median. A robust deviation is 1.4826 times the median absolute deviation or, where
 * that is 0, 1.2533 times the mean absolute deviation from the median (Iglewicz and Hoaglin 1993). */
typedef struct stp_flips {
    size_t seen;
    double most; /* upper limit of their probability, 95 % (Clopper and Pearson 1934) */
    double
        size; /* effect of one on the outcome: the larger of the arms' 5 to 95 % ranges */
} stp_flips;

/* pairs->n >= 1. Returns 0, or -1 when out of memory (flips unchanged). */
int stp_flips_find(const stp_pairs *pairs, stp_flips *flips);

/* The smallest effect of interest. */
typedef struct stp_smallest {
    double value; /* > 0; otherwise there is no equivalence */
    bool share;   /* of the mean of the control arm; otherwise in units of the outcome */
} stp_smallest;

typedef struct stp_finding {
    stp_verdict verdict;
    bool differs; /* the wide interval excludes 0 */
    bool within;  /* both one-sided tests place the effect within the margin */
    bool robust;  /* the same with as many flips as flips.most allows */
    bool too_alike;
    stp_interval wide;   /* of the mean difference, over all looks */
    stp_interval narrow; /* compared with the margin, in units of the outcome */
    double robust_low, robust_high; /* the same with the flips added to both sides */
    /* Mean of the treatment arm over that of the control arm, with Fieller's (1954) interval, which lies
     * within 1 - margin .. 1 + margin if and only if both tests say so. Open ends are infinite; estimate
     * is NAN where the control arm's mean is 0. */
    stp_interval ratio;
    double p; /* the larger one-sided p, without flips, for a single look */
    stp_flips flips;
} stp_finding;

/* The ratio of the means of changed over base, with Fieller's (1954) paired interval; critical: of Student's
 * t; n >= 2. */
stp_interval stp_paired_ratio(const double *base, const double *changed, size_t n,
                              double critical);

/* Test the first plan->pairs[look] pairs (>= 2; pairs->n must be as many). A margin that is a share m is
 * tested by Sasabuchi's (1980) test on pairs: the means of base * (1 + m) - changed and changed -
 * base * (1 - m) must both be above 0, which takes the uncertainty of the control arm's mean into account.
 * STP_EQUIVALENT requires both tests to hold after subtracting most * size of the flips; it takes
 * precedence over STP_EFFECT. Equal differences have an interval of no width.
 * Returns 0, or -1 when out of memory (finding unchanged). */
int stp_finding_make(const stp_sequential *plan, size_t look, const stp_pairs *pairs,
                     const stp_smallest *margin, stp_finding *finding);

/* Pairs that would show equivalence with power 80 % if the true mean difference is 0 and flips are as frequent
 * as observed in n pairs; INFINITY if a million would not. deviation: of a difference; margin: in units of
 * the outcome. */
double stp_required_pairs_with_flips(double deviation, double margin, double alpha,
                                     const stp_flips *flips, size_t n);

#endif
