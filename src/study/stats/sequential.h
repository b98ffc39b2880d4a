/* Group-sequential tests: boundaries by error spending (Lan and DeMets 1983), and the verdict at an interim
 * look. */
#ifndef STP_SEQUENTIAL_H
#define STP_SEQUENTIAL_H

#include "study/stats/interval.h"

#include <stdbool.h>

enum { STP_MAX_LOOKS = 100 };

/* Error of each side spent when a fraction t of all pairs has been run. */
typedef enum stp_spending {
    STP_SPEND_LATE, /* 2 - 2 Phi(z(1 - alpha/2) / sqrt(t)), near O'Brien and Fleming's (1979) */
    STP_SPEND_EVEN, /* alpha ln(1 + (e - 1) t), near Pocock's (1977) */
} stp_spending;

/* The error spent by t (0 .. 1), of alpha (0 .. 0.5) at t = 1. */
double stp_spent(stp_spending spending, double alpha, double t);

/* Critical values z[0 .. looks-1] of a standard normal statistic, such that without an effect the probability
 * of having exceeded one by a look is the error spent by then. Two-sided: |z|, alpha on each side.
 * fractions: of the information, increasing, in (0, 1]; looks: 1 .. STP_MAX_LOOKS; alpha: in (0, 0.5), of
 * one side. A look that spends less than 1e-15 has critical value 8. Recursion of Armitage, McPherson and
 * Rowe (1969), integrated by Gauss-Legendre over panels no wider than the next step's standard deviation;
 * accurate to 1e-7. Returns 0, or -1 when out of memory or for bad arguments (z unchanged). */
int stp_boundary(stp_spending spending, double alpha, bool two_sided,
                 const double *fractions, size_t looks, double *z);

/* Probability crossed[k] of having exceeded critical values z, in (0, 8], by look k, when the statistic's mean
 * is drift * sqrt(fraction); with N pairs in all, drift = sqrt(N) mean / deviation. Gives a plan's power and
 * expected size. Otherwise as stp_boundary. */
int stp_crossing(const double *fractions, const double *z, size_t looks, bool two_sided,
                 double drift, double *crossed);

/* ---- the verdict ---- */

/* Fixed before the first look. */
typedef struct stp_sequential {
    double delta; /* smallest mean difference of interest, > 0, in units of the outcome */
    size_t looks;
    size_t pairs[STP_MAX_LOOKS]; /* cumulative */
    /* critical values of Student's t for the wide and the narrow interval */
    double wide[STP_MAX_LOOKS], narrow[STP_MAX_LOOKS];
} stp_sequential;

/* Make a plan. pairs[0 .. looks-1]: increasing, the first >= 2; alpha_effect: probability of ever claiming an
 * effect where there is none; alpha_equivalent: of ever calling a mean of delta or more, on either side,
 * equivalent; each in (0, 0.5) and spent separately, so that both hold whichever ends the runs. Returns 0,
 * or -1 as stp_boundary does. */
int stp_sequential_plan(stp_spending spending, double alpha_effect,
                        double alpha_equivalent, double delta, const size_t *pairs,
                        size_t looks, stp_sequential *plan);

typedef enum stp_verdict {
    STP_UNDECIDED,
    STP_EFFECT,     /* the mean difference is not 0 */
    STP_EQUIVALENT, /* it lies within -delta .. delta, whether or not it is 0 */
} stp_verdict;

typedef struct stp_look_result {
    stp_verdict verdict;
    bool differs; /* the wide interval excludes 0 */
    bool within;  /* the narrow interval lies within -delta .. delta */
    /* Repeated intervals (Jennison and Turnbull 1989): over all looks, whichever is the last, the wide one
     * holds the mean with confidence 1 - alpha_effect, the narrow one with 1 - 2 alpha_equivalent. */
    stp_interval wide, narrow;
    bool too_alike; /* too few pairs differ to estimate their deviation */
} stp_look_result;

/* Where most pairs do not differ, as many must before there is a verdict. */
enum { STP_FEWEST_UNLIKE = 10 };

/* The verdict at a look (from 0) on differences[0 .. plan->pairs[look] - 1], none NAN. Student's t replaces
 * the normal at the same error rate (Pocock 1977), which is close from 20 pairs. If differs and within both
 * hold, the verdict is STP_EQUIVALENT: an effect, but smaller than delta. Where most pairs do not differ, and
 * fewer than STP_FEWEST_UNLIKE do, it is STP_UNDECIDED, even at the last look. Equal differences have an
 * interval of no width: a constant that is not 0 differs. Flips are left to study/stats/finding.h.
 * Both error rates assume nearly normal means. With alphas of 5 %, looks at 50, 100 .. 250 pairs and late
 * spending, a mean at the margin on the side of the long tail was called equivalent in 6.2 % of lognormal
 * samples (a false effect in 2.4 %) and in 5.5 % of samples with four fifths zeros (0.9 %); when continued
 * after a first verdict, 12 and 9 % (8.5 and 4.7 %) were wrong at some look. Even spending with looks at 20,
 * 40 .. 100 pairs called 14 % of such lognormal means equivalent. So spend late, look first at 50 pairs or
 * more, and stop at the first verdict. */
stp_look_result stp_sequential_verdicts(const stp_sequential *plan, size_t look,
                                        const double *differences);

#endif
