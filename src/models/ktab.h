/* Collective choice among options by actors of unequal weight, as in KTAB, the KAPSARC
 * Toolkit for Behavioral Analysis (Wise, Lester and Efird 2015): votes for one option
 * against another make the strengths of two coalitions, these the probability that one
 * defeats the other, and these the probability of each option. The resolution can change
 * which option is the likeliest: try all three.
 *
 * Matrices of options stand row by row: [a * options + b] is about a against b. */
#ifndef STP_KTAB_H
#define STP_KTAB_H

#include <stdbool.h>
#include <stddef.h>

/* How loudly an actor votes, given how much better one option is to it than the other. */
typedef enum stp_ktab_rule {
    STP_KTAB_BINARY,              /* fully, however small the difference */
    STP_KTAB_PROPORTIONAL_BINARY, /* 0.8 proportional + 0.2 binary */
    STP_KTAB_PROPORTIONAL,        /* as the difference */
    STP_KTAB_PROPORTIONAL_CUBIC,  /* 0.5 proportional + 0.5 cubic */
    STP_KTAB_CUBIC,               /* as its cube */
    STP_KTAB_PROSPECT,            /* as the difference, but a gain counts 2/3 of a loss */
} stp_ktab_rule;

/* How surely the stronger coalition wins: the exponent of strength. */
typedef enum stp_ktab_victory {
    STP_KTAB_LINEAR = 1,
    STP_KTAB_SQUARE = 2,
    STP_KTAB_QUARTIC = 4,
    STP_KTAB_OCTIC = 8,
    STP_KTAB_DECISIVE, /* a tenth stronger is enough */
} stp_ktab_victory;

/* How the options' probabilities follow from those of the duels. */
typedef enum stp_ktab_resolution {
    STP_KTAB_CONDITIONAL,      /* an option comes out if it defeats every other */
    STP_KTAB_MARKOV_UNIFORM,   /* the favourite is challenged by any other, all alike */
    STP_KTAB_MARKOV_INCENTIVE, /* ... by those who have most to win from it */
} stp_ktab_resolution;

/* Vote of an actor of weight 1 for an option that is worth `difference` more to it than
 * the other, in [-1, 1]; below 0 a vote against. A binary vote is a ramp from -1 to 1
 * over differences of +-1e-8, so that rounding does not decide. */
double stp_ktab_vote(stp_ktab_rule rule, double difference);

/* Strengths S[a:b] of the coalition for a against b: 1e-8, so that none is 0, plus the
 * sum of weight times vote of those who prefer a. weights[actors]: > 0. utilities
 * [actors * options]: what each option is worth to each actor, in [0, 1], actor by actor.
 * The prospect rule needs something to gain or lose from: of two options the one that is
 * listed first, as in KTAB's own program. strengths[options * options]: 1e-8 on the
 * diagonal. */
void stp_ktab_strengths(stp_ktab_rule rule, const double *weights,
                        const double *utilities, size_t actors, size_t options,
                        double *strengths);

/* Probabilities P[a > b] = S[a:b]^n / (S[a:b]^n + S[b:a]^n) that a defeats b, n being the
 * exponent; 1/2 on the diagonal. With STP_KTAB_DECISIVE the side that is a tenth stronger
 * loses but once in a million, and P is linear in its share of the strength below that.
 * strengths, victories: [options * options]. */
void stp_ktab_victories(stp_ktab_victory victory, const double *strengths, size_t options,
                        double *victories);

/* Probability of each option. strengths, victories: from the functions above. limit:
 * steps of the Markov chain after which it is given up, 1000 in KTAB; with some 50
 * options or more the uniform one takes longer. The chain starts with all options alike
 * and goes half the way to its image each time, until no probability changes by 1e-8.
 * probabilities[options]: sum to 1. converged: whether it got there; always true of
 * STP_KTAB_CONDITIONAL. Returns 0, or -1 when out of memory (outputs unchanged). */
int stp_ktab_resolve(stp_ktab_resolution resolution, const double *strengths,
                     const double *victories, size_t options, int limit,
                     double *probabilities, bool *converged);

/* Distance between a position and an ideal in [0, 1]^dimensions, the dimensions weighted
 * by saliences >= 0, not all 0: sqrt(sum (s (q - theta))^2 / sum s^2), in [0, 1]. */
double stp_ktab_distance(const double *position, const double *ideal,
                         const double *salience, size_t dimensions);

/* Utility (1 - d)(1 + R d) of what is at distance d in [0, 1] to an actor of risk
 * attitude R in [-1, 1]: 1 at its ideal, 0 at the far end, and the higher between the
 * more it shuns risk (R > 0). */
double stp_ktab_utility(double distance, double risk);

#endif
