/* What the pairs of two arms say at a look: an effect, equivalence, or nothing yet. Equivalence has to
 * hold against rare flips, pairs in which unrest takes off in one arm alone, of which a few pairs may have
 * seen none. Nothing here decides what happens in a run. */
#ifndef STP_FINDING_H
#define STP_FINDING_H

#include "study/stats/paired.h"
#include "study/stats/sequential.h"

/* No verdict rests on fewer pairs, at any look. */
enum { STP_FEWEST_PAIRS = 50 };

/* Outcomes of the runs of pairs; none is NAN. */
typedef struct stp_pairs {
    const double *base, *changed; /* control arm, treatment arm; one per pair */
    /* Whether unrest took off in the run, one per pair; both NULL: the outcome knows no take-off. */
    const bool *base_off, *changed_off;
    size_t n;
} stp_pairs;

/* Flips: one arm alone takes off; where no take-off is known, the difference lies more than five robust
 * deviations from the median of all. A robust deviation is 1.4826 times the median absolute deviation;
 * where that is 0, since more than half of the differences are the same, 1.2533 times the mean
 * absolute deviation from the median (Iglewicz and Hoaglin 1993). */
typedef struct stp_flips {
    size_t seen;
    double most; /* upper end for their probability, 95 % (Clopper and Pearson 1934) */
    double
        size; /* how far one may throw the outcome: the larger of the arms' 5 to 95 % ranges */
} stp_flips;

/* pairs->n >= 1. Returns 0, or -1 if memory ran out (flips unchanged). */
int stp_flips_find(const stp_pairs *pairs, stp_flips *flips);

/* The smallest effect of interest. */
typedef struct stp_smallest {
    double value; /* > 0; otherwise nothing is equivalent */
    bool share;   /* of the mean of the control arm; otherwise in units of the outcome */
} stp_smallest;

typedef struct stp_finding {
    stp_verdict verdict;
    bool differs; /* the wide interval leaves 0 out */
    bool within;  /* both one-sided tests place the effect within the margin ... */
    bool robust;  /* ... and still do with as many flips as there may be */
    bool too_alike;
    stp_interval wide;   /* of the mean difference, over all looks */
    stp_interval narrow; /* what is compared with the margin, in units of the outcome */
    double robust_low, robust_high; /* the same with the flips added to both sides */
    /* Mean of the treatment arm over that of the control arm, with Fieller's (1954) interval, which
     * lies within 1 - margin .. 1 + margin just when both tests say so. Ends are infinite where it
     * has none, estimate NAN where the control arm's mean is 0. */
    stp_interval ratio;
    double
        p; /* the larger of the two one-sided p, without the flips, at one look alone */
    stp_flips flips;
} stp_finding;

/* The ratio of the means of changed over base, paired, by Fieller's (1954) method with a critical value of
 * Student's t. n >= 2. */
stp_interval stp_paired_ratio(const double *base, const double *changed, size_t n,
                              double critical);

/* Judge the first plan->pairs[look] pairs (>= 2; pairs->n must be as many). A margin that is a share is
 * tested by Sasabuchi's (1980) test on pairs: of base * (1 + m) - changed and changed - base * (1 - m),
 * both means must be above 0, so that the uncertainty of the control arm's mean counts. "Equivalent" holds
 * if both tests hold with most * size of the flips taken off; then it comes before an effect, as in
 * stp_sequential_verdicts. With fewer than STP_FEWEST_PAIRS pairs the verdict is STP_UNDECIDED. Differences
 * that are all the same have an interval of no width.
 * Returns 0, or -1 if memory ran out (finding unchanged). */
int stp_finding_make(const stp_sequential *plan, size_t look, const stp_pairs *pairs,
                     const stp_smallest *margin, stp_finding *finding);

/* Pairs that would show equivalence if the mean difference is truly 0 (power 80 %), with flips as frequent as
 * those seen; INFINITY if no number up to a million would. deviation: of a difference; margin: in units
 * of the outcome; n: pairs that flips were looked for in. */
double stp_pairs_needed_with_flips(double deviation, double margin, double alpha,
                                   const stp_flips *flips, size_t n);

#endif
