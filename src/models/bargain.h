/* Bueno de Mesquita's expected utility model of bargaining over one issue, as far as
 * Scholz, Calbert and Smith (2011) could recover it. A comparator, not a forecast: nobody
 * has audited the accuracy claimed for it, and its two public replications doubt the
 * original and disagree with each other, so their readings are a parameter here. The
 * utilities of a status quo that improves or worsens, without weight at the paper's default
 * Q = 1, are left out. */
#ifndef STP_BARGAIN_H
#define STP_BARGAIN_H

#include <stddef.h>

/* Columns of `count` >= 2 actors. */
typedef struct stp_bargain {
    size_t count;
    const double *capability; /* c >= 0, in any unit */
    const double *position;   /* x, in any unit; not all the same in the first round */
    const double *salience;   /* s: share of c that it spends on this, in [0, 1] */
    double range;             /* of the positions on the issue, > 0 */
} stp_bargain;

/* How the probability P(i, j) that i prevails over j is read. An actor k votes v = c s
 * (|x_k - x_j| - |x_k - x_i|) / range for i. The last two are those of the public
 * replications by the names in brackets; the last is said to be that of Scholz's
 * program. */
typedef enum stp_bargain_reading {
    STP_BARGAIN_PRINT,     /* votes for i over all votes: as printed */
    STP_BARGAIN_NET,       /* votes for i less those for j, or 0, over all (dmasad) */
    STP_BARGAIN_ALL_PAIRS, /* votes for i over all votes of all pairs (jmckib) */
} stp_bargain_reading;

/* Position x at which the sum of capability times salience, from low positions to high,
 * first reaches half of all; no other position gets more votes. At least one actor must
 * have weight. */
double stp_bargain_median(const stp_bargain *issue);

/* Probability P(i, j) in [0, 1] that i prevails over j; 0 if they stand at the same
 * place, where there is nothing to contest. i, j: below count. */
double stp_bargain_probability(const stp_bargain *issue, stp_bargain_reading reading,
                               size_t i, size_t j);

/* Expected utility to i of challenging j, in [-3, 3], as seen by an actor of risk
 * exponent r in [0.5, 2]: s_j (P U_s + (1 - P) U_f) + (1 - s_j) U_s - U_q, with U_s = 2 -
 * 4 (1/2 - d/2)^r, U_f = 2 - 4 (1/2 + d/2)^r, U_q = 2 - 4 (1/2)^r and d = |x_i - x_j| /
 * range. probability: P(i, j). Source: Scholz, Calbert and Smith (2011). */
double stp_bargain_utility(const stp_bargain *issue, size_t i, size_t j,
                           double probability, double risk);

/* Risk exponents r = (1 - R/3) / (1 + R/3) in [0.5, 2], 2 for the actor that is most
 * secure. R = (2 S - max S - min S) / (max S - min S) in [-1, 1], with S the sum of what
 * the others expect, at r = 1, of challenging the actor; 1 for all if all are alike.
 * exponents[count]. Returns 0, or -1 when out of memory (exponents unchanged). Source:
 * Scholz, Calbert and Smith (2011). */
int stp_bargain_exponents(const stp_bargain *issue, stp_bargain_reading reading,
                          double *exponents);

/* What becomes of i, facing j. */
typedef enum stp_bargain_offer {
    STP_BARGAIN_NONE,
    STP_BARGAIN_CONFRONTATION, /* both would challenge, i expects less: it moves to j */
    STP_BARGAIN_COMPROMISE, /* i would lose less than j gains: it goes part of the way */
    STP_BARGAIN_CAPITULATION, /* i would lose more than j gains: it moves to j */
} stp_bargain_offer;

/* What i, at own_position, is offered by j, at other_position. own: expected utility to i
 * of challenging j, other: to j of challenging i. moved: where i stands if it accepts.
 * Source: Scholz, Calbert and Smith (2011). */
stp_bargain_offer stp_bargain_offered(double own, double other, double own_position,
                                      double other_position, double *moved);

/* One round: every actor sees the expected utilities with its own risk exponent, and
 * accepts of all offers the one that moves it least, the first such if several do; all
 * move at once. positions[count]: not those of the issue. Returns 0, or -1 when out of
 * memory (positions unchanged). */
int stp_bargain_round(const stp_bargain *issue, stp_bargain_reading reading,
                      double *positions);

#endif
