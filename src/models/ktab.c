#include "models/ktab.h"

#include "base/exact.h"

#include <math.h>
#include <stdlib.h>

static const double LEAST_STRENGTH = 1e-8;
static const double LEAST_DIFFERENCE =
    1e-8;                         /* that a binary vote takes for a whole one */
static const double ENOUGH = 1.1; /* advantage that decides */
static const double UPSET = 1e-6; /* odds of the weaker side when it is decided */
static const double SELF_INCENTIVE = 1e-10; /* so that a favourite all prefer stays */
static const double TOLERANCE = 1e-8;       /* change at which the chain has arrived */

double stp_ktab_vote(stp_ktab_rule rule, double difference)
{
    double cubic = difference * difference * difference;
    double binary = difference / LEAST_DIFFERENCE;
    binary = binary > 1 ? 1 : binary < -1 ? -1 : binary;
    switch (rule) {
    case STP_KTAB_BINARY: return binary;
    case STP_KTAB_PROPORTIONAL_BINARY: return 0.8 * difference + 0.2 * binary;
    case STP_KTAB_PROPORTIONAL_CUBIC: return 0.5 * difference + 0.5 * cubic;
    case STP_KTAB_CUBIC: return cubic;
    case STP_KTAB_PROSPECT: return difference > 0 ? difference * 2 / 3 : difference;
    default: return difference;
    }
}

void stp_ktab_strengths(stp_ktab_rule rule, const double *weights,
                        const double *utilities, size_t actors, size_t options,
                        double *strengths)
{
    for (size_t i = 0; i < options * options; i++)
        strengths[i] = LEAST_STRENGTH;
    for (size_t actor = 0; actor < actors; actor++) {
        const double *worth = utilities + actor * options;
        for (size_t later = 0; later < options; later++)
            for (size_t first = 0; first < later; first++) {
                double vote = weights[actor] *
                              stp_ktab_vote(rule, worth[later] - worth[first]);
                if (vote > 0)
                    strengths[later * options + first] += vote;
                else
                    strengths[first * options + later] -= vote;
            }
    }
}

/* Odds of the weaker side, whose strength is `ratio` <= 1 of the stronger one's. */
static double odds(stp_ktab_victory victory, double ratio)
{
    if (victory == STP_KTAB_DECISIVE) {
        double share = 1 / (1 + ratio); /* P goes from 1/2 to 1 as it goes to 1.1 / 2.1 */
        double p = (share * (ENOUGH + 1) - 1) / (ENOUGH - 1);
        double fair = 1 / p - 1;
        return fair > UPSET ? fair : UPSET;
    }
    double power = ratio;
    for (int n = 1; n < (int)victory; n *= 2)
        power *= power;
    return power;
}

void stp_ktab_victories(stp_ktab_victory victory, const double *strengths, size_t options,
                        double *victories)
{
    for (size_t a = 0; a < options; a++)
        for (size_t b = 0; b < options; b++) {
            double own = strengths[a * options + b], other = strengths[b * options + a];
            double x = odds(victory, own < other ? own / other : other / own);
            victories[a * options + b] = own < other ? x / (1 + x) : 1 / (1 + x);
        }
}

static void normalize(double *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    for (size_t i = 0; i < n; i++)
        values[i] /= sum;
}

/* p[a] as the product over b of P[a > b]. In logarithms, as many options would
 * underflow. */
static void conditional(const double *victories, size_t options, double *probabilities)
{
    double largest = -INFINITY;
    for (size_t a = 0; a < options; a++) {
        double sum = 0;
        for (size_t b = 0; b < options; b++)
            sum += stp_log(victories[a * options + b]);
        probabilities[a] = sum;
        largest = sum > largest ? sum : largest;
    }
    for (size_t a = 0; a < options; a++)
        probabilities[a] = stp_exp(probabilities[a] - largest);
    normalize(probabilities, options);
}

/* C[a > b], the probability that a is the one to challenge when b is the favourite: alike
 * for all, or as what its coalition would win by it, n[a > b] = S[a:b] P[a > b]. */
static void challenges(stp_ktab_resolution resolution, const double *strengths,
                       const double *victories, size_t options, double *challenge)
{
    for (size_t b = 0; b < options; b++) {
        double sum = 0;
        for (size_t a = 0; a < options; a++) {
            size_t i = a * options + b;
            challenge[i] = resolution == STP_KTAB_MARKOV_UNIFORM ? 1
                           : a == b ? strengths[i] * victories[i] + SELF_INCENTIVE
                                    : strengths[i] * victories[i];
            sum += challenge[i];
        }
        for (size_t a = 0; a < options; a++)
            challenge[a * options + b] /= sum;
    }
}

/* Goes from p half the way to its image q, q[a] = sum over b of P[a > b] (p[a] C[b > a] +
 * p[b] C[a > b]), and returns the largest change. */
static double advance(const double *victories, const double *challenge, size_t options,
                      double *p, double *q)
{
    double largest = 0;
    for (size_t a = 0; a < options; a++) {
        q[a] = 0;
        for (size_t b = 0; b < options; b++)
            q[a] += victories[a * options + b] * (p[a] * challenge[b * options + a] +
                                                  p[b] * challenge[a * options + b]);
    }
    for (size_t a = 0; a < options; a++) {
        double change = (q[a] - p[a]) / 2;
        p[a] += change;
        largest = fabs(change) > largest ? fabs(change) : largest;
    }
    return largest;
}

int stp_ktab_resolve(stp_ktab_resolution resolution, const double *strengths,
                     const double *victories, size_t options, int limit,
                     double *probabilities, bool *converged)
{
    if (resolution == STP_KTAB_CONDITIONAL) {
        conditional(victories, options, probabilities);
        *converged = true;
        return 0;
    }
    double *challenge = malloc(options * (options + 1) * sizeof *challenge);
    if (!challenge)
        return -1;
    double *image = challenge + options * options;
    challenges(resolution, strengths, victories, options, challenge);
    for (size_t a = 0; a < options; a++)
        probabilities[a] = 1.0 / (double)options;
    *converged = false;
    for (int step = 0; step < limit && !*converged; step++)
        *converged = advance(victories, challenge, options, probabilities, image) <
                     TOLERANCE;
    normalize(probabilities, options); /* rounding alone moves the sum off 1 */
    free(challenge);
    return 0;
}

double stp_ktab_distance(const double *position, const double *ideal,
                         const double *salience, size_t dimensions)
{
    double sum = 0, most = 0;
    for (size_t k = 0; k < dimensions; k++) {
        double difference = salience[k] * (position[k] - ideal[k]);
        sum += difference * difference;
        most += salience[k] * salience[k];
    }
    return sqrt(sum / most);
}

double stp_ktab_utility(double distance, double risk)
{
    return (1 - distance) * (1 + risk * distance);
}
