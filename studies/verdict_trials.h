/* How often the verdict is "equivalent" where the effect lies at the margin, and where there is none, on simulated
 * pairs. Used by the program that writes the table, and by tests.
 *
 * The design, fixed before the table was made:
 *
 * A case is a distribution of the difference of a pair, changed - base; its ordinary part has a standard deviation
 * of 1:
 *   normal     both arms normal
 *   lognormal  the difference is a lognormal (sigma 1) with its long tail up, or down; skewness 6.2
 *              (twice more where take-off is known and none flips: with the spread of both arms, and with none
 *              in the control arm)
 *   flips      the control arm has two regimes, each in half of the runs, one flip apart (5 or 20); of all
 *              pairs a share (0, 0.5, 1, 2, 5, 10 %) has the treatment arm alone in the upper regime; once with
 *              the take-off of each run known, once to be found by robust deviations
 *   sparse     as flips, but pairs do not differ otherwise
 *   share      both arms lognormal (sigma 0.5) and independent, the margin a share of the control arm's mean
 * For n = 50, 100, 200 pairs (one look, error 5 %) and margins of 0.5, 1, 2 and 8 (shares: 0.25, 0.5, 0.75, 1),
 * the mean effect is put at the margin, above and below 0, by moving the ordinary part; a share, above.
 *   false       share of trials with "equivalent" there: the worst over margins and sides
 *   t alone     the same for two one-sided t tests without the rule for flips
 *   power       the smallest of these margins at which four of five trials are "equivalent" if the effect is 0
 * Criterion: false is at most 5 % and three standard errors of the trials (2,000: 6.5 %), in every case.
 * Not held to the criterion: a regime that no control run and few treatment runs have. Where no pair shows it,
 * its probability is bounded, but not its size. */
#ifndef VERDICT_TRIALS_H
#define VERDICT_TRIALS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum verdict_kind {
    VERDICT_NORMAL,
    VERDICT_LOGNORMAL_UP,
    VERDICT_LOGNORMAL_DOWN,
    VERDICT_LOGNORMAL_KNOWN, /* as up; take-off is known, and all take off */
    VERDICT_LOGNORMAL_ALONE, /* ... and the control arm is always the same */
    VERDICT_FLIPS,           /* take-off known */
    VERDICT_FLIPS_BLIND,     /* take-off not known */
    VERDICT_SPARSE,
    VERDICT_SHARE,
    VERDICT_BEYOND,
} verdict_kind;

typedef struct verdict_case {
    verdict_kind kind;
    double rate, size; /* of flips */
} verdict_case;

enum { VERDICT_MARGINS = 4, MAX_VERDICT_PAIRS = 200 };
extern const verdict_case VERDICT_CASES[];
extern const size_t VERDICT_CASE_COUNT;
extern const double VERDICT_MARGIN[2][VERDICT_MARGINS]; /* absolute; share */

typedef struct verdict_rates {
    double wrong, wrong_t;         /* worst over margins and sides */
    double power[VERDICT_MARGINS]; /* where the effect is 0 */
} verdict_rates;

const char *verdict_case_name(const verdict_case *c, char buffer[80]);
/* Is the case held to the criterion? */
bool verdict_case_counts(const verdict_case *c);
/* The criterion for a number of trials. */
double verdict_limit(size_t trials);

/* Make trials of case number `index` with n pairs (50 .. MAX_VERDICT_PAIRS). Returns 0, or -1 when
 * out of memory. */
int verdict_try(size_t index, size_t n, size_t trials, verdict_rates *rates);

#endif
