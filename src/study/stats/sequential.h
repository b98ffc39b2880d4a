/* Runs of pairs in groups, looked at after each: when may one stop? Boundaries by spending of the error
 * rate (Lan and DeMets 1983), and the verdict at a look. Nothing here decides what happens in a run. */
#ifndef STP_SEQUENTIAL_H
#define STP_SEQUENTIAL_H

#include "study/stats/interval.h"

#include <stdbool.h>

/* Looks that a plan may have. */
enum { STP_MAX_LOOKS = 100 };

/* How much of the error rate alpha of each side is spent when a fraction t of all pairs has been run. */
typedef enum stp_spending {
    STP_SPEND_LATE, /* 2 - 2 Phi(z(1 - alpha/2) / sqrt(t)), near O'Brien and Fleming's (1979) */
    STP_SPEND_EVEN, /* alpha ln(1 + (e - 1) t), near Pocock's (1977) */
} stp_spending;

/* Error rate that may have been spent on one side by t (0 .. 1), of alpha (0 .. 0.5) at t = 1. */
double stp_spent(stp_spending spending, double alpha, double t);

/* Critical values z[0 .. looks-1] of a standard normal statistic at the looks, such that under no effect
 * the probability of having exceeded one by a look is what is spent by then. Two-sided: |z| exceeds,
 * alpha on each side. fractions: of all the information, rising, in (0, 1]; looks: 1 ..
 * STP_MAX_LOOKS; alpha: in (0, 0.5), of one side. A look that may spend less than 1e-15 has the critical
 * value 8. Recursion of Armitage, McPherson and Rowe (1969), integrated by Gauss and Legendre's rule
 * over panels no wider than the next step's standard deviation; z to some 1e-7. Returns 0, or -1 if
 * memory ran out or the arguments are not such; z is then as it was. */
int stp_boundary(stp_spending spending, double alpha, bool two_sided,
                 const double *fractions, size_t looks, double *z);

/* Probability crossed[k] of having exceeded critical values z by look k, when the statistic's mean is
 * drift * sqrt(fraction): with N pairs in all, drift = sqrt(N) mean / deviation. For how many pairs a
 * plan runs on average, and its power. The same restrictions; z: in (0, 8]. Returns 0 or -1. */
int stp_crossing(const double *fractions, const double *z, size_t looks, bool two_sided,
                 double drift, double *crossed);

/* ---- a decision while pairs are being run ---- */

/* When to look, and what to claim then. Fixed before the first look. */
typedef struct stp_sequential {
    double
        delta; /* the smallest mean difference that matters, > 0, in units of the outcome */
    size_t looks;
    size_t pairs[STP_MAX_LOOKS]; /* at each look, in all */
    /* critical values of Student's t for the wide and the narrow interval of each look */
    double wide[STP_MAX_LOOKS], narrow[STP_MAX_LOOKS];
} stp_sequential;

/* Make a plan. pairs[0 .. looks-1]: rising, the first >= 2; alpha_effect: probability that
 * an effect is ever claimed where there is none; alpha_equivalent: that a mean of delta or more, to either
 * side, is ever called equivalent; each in (0, 0.5), and spent over the looks on its own, so that
 * both hold however the other ends the runs. Returns 0, or -1 as stp_boundary does. */
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
    bool differs; /* the wide interval leaves 0 out */
    bool within;  /* the narrow interval lies within -delta .. delta */
    /* Repeated intervals (Jennison and Turnbull 1989): at whichever look one stops, or goes on all the
     * same, the wide one holds the mean with confidence 1 - alpha_effect over all looks, the
     * narrow one with 1 - 2 alpha_equivalent. */
    stp_interval wide, narrow;
    bool too_alike; /* too few pairs differ at all to judge how they spread */
} stp_look_result;

/* Pairs that must differ, where most do not, before a mean is said to be known. */
enum { STP_FEWEST_UNLIKE = 10 };

/* The verdict at a look (0 ..) on differences[0 .. plan->pairs[look] - 1] (none NAN: leave such pairs out
 * beforehand and run others). Student's t stands for the normal at the same error rate (Pocock
 * 1977), close from some 20 pairs at the first look. If differs and within both hold, the verdict is
 * STP_EQUIVALENT: an effect, but smaller than what matters. Where most pairs do not differ at all, the
 * deviation of the first few says little; then, with some that differ but fewer than STP_FEWEST_UNLIKE,
 * the verdict is STP_UNDECIDED, even at the last look. Differences that are all the same have an interval of
 * no width: a constant that is not 0 differs. Rare flips are not looked for here, but by study/stats/finding.h.
 * Both error rates rest on means that are nearly normal. With alphas of 5 %, looks at 50, 100 .. 250
 * pairs and late spending, plans on lognormal differences called a mean at the margin on the side of
 * the long tail equivalent in 6.2 % (and an effect where none was in 2.4 %), on differences that are
 * 0 for four fifths of pairs in 5.5 % (0.9 %); if one goes on after a first verdict, 12 and 9 % (8.5 and
 * 4.7 %) were wrong at some look. Even spending with looks at 20, 40 .. 100 pairs called 14 % of such
 * lognormal means equivalent. So spend late, look first at 50 pairs or more, and stop when told. */
stp_look_result stp_sequential_verdicts(const stp_sequential *plan, size_t look,
                                        const double *differences);

#endif
