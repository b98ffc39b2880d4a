#include "models/bargain.h"

#include "base/exact.h"

#include <math.h>
#include <stdlib.h>

/* What k, with all it spends on the issue, votes for x over y. */
static double vote(const stp_bargain *issue, size_t k, double x, double y)
{
    double own = issue->position[k];
    return issue->capability[k] * issue->salience[k] * (fabs(own - y) - fabs(own - x)) /
           issue->range;
}

/* Weight of those at x or below. */
static double weight_up_to(const stp_bargain *issue, double x)
{
    double sum = 0;
    for (size_t k = 0; k < issue->count; k++)
        if (issue->position[k] <= x)
            sum += issue->capability[k] * issue->salience[k];
    return sum;
}

double stp_bargain_median(const stp_bargain *issue)
{
    double half = weight_up_to(issue, INFINITY) / 2, median = INFINITY;
    for (size_t k = 0; k < issue->count; k++) {
        double x = issue->position[k];
        if (x < median && weight_up_to(issue, x) >= half)
            median = x;
    }
    return median;
}

/* Absolute votes of all actors on every ordered pair of positions. */
static double votes_of_all_pairs(const stp_bargain *issue)
{
    double sum = 0;
    for (size_t i = 0; i < issue->count; i++)
        for (size_t j = 0; j < issue->count; j++)
            for (size_t k = 0; k < issue->count; k++)
                sum += fabs(vote(issue, k, issue->position[i], issue->position[j]));
    return sum;
}

/* P(i, j), with the votes of all pairs already counted if the reading needs them. */
static double probability_among(const stp_bargain *issue, stp_bargain_reading reading,
                                size_t i, size_t j, double all_pairs)
{
    double x = issue->position[i], y = issue->position[j], for_i = 0, for_j = 0;
    for (size_t k = 0; k < issue->count; k++) {
        double v = vote(issue, k, x, y);
        if (v > 0)
            for_i += v;
        else
            for_j -= v;
    }
    if (for_i <= 0)
        return 0;
    switch (reading) {
    case STP_BARGAIN_NET: return for_i > for_j ? (for_i - for_j) / (for_i + for_j) : 0;
    case STP_BARGAIN_ALL_PAIRS: return for_i / all_pairs;
    default: return for_i / (for_i + for_j);
    }
}

static double all_pairs_for(const stp_bargain *issue, stp_bargain_reading reading)
{
    return reading == STP_BARGAIN_ALL_PAIRS ? votes_of_all_pairs(issue) : 0;
}

double stp_bargain_probability(const stp_bargain *issue, stp_bargain_reading reading,
                               size_t i, size_t j)
{
    return probability_among(issue, reading, i, j, all_pairs_for(issue, reading));
}

double stp_bargain_utility(const stp_bargain *issue, size_t i, size_t j,
                           double probability, double risk)
{
    double half = fabs(issue->position[i] - issue->position[j]) / issue->range / 2;
    double success = 2 - 4 * stp_pow(0.5 - half, risk);
    double failure = 2 - 4 * stp_pow(0.5 + half, risk);
    double quo = 2 - 4 * stp_pow(0.5, risk);
    double resisted = probability * success + (1 - probability) * failure;
    return issue->salience[j] * resisted + (1 - issue->salience[j]) * success - quo;
}

/* What all others together expect, at r = 1, of challenging i. */
static double danger(const stp_bargain *issue, stp_bargain_reading reading, size_t i,
                     double all_pairs)
{
    double sum = 0;
    for (size_t j = 0; j < issue->count; j++)
        if (j != i) {
            double p = probability_among(issue, reading, j, i, all_pairs);
            sum += stp_bargain_utility(issue, j, i, p, 1);
        }
    return sum;
}

int stp_bargain_exponents(const stp_bargain *issue, stp_bargain_reading reading,
                          double *exponents)
{
    double *dangers = malloc(issue->count * sizeof *dangers);
    double all_pairs = all_pairs_for(issue, reading);
    double least = INFINITY, most = -INFINITY;
    if (!dangers)
        return -1;
    for (size_t i = 0; i < issue->count; i++) {
        dangers[i] = danger(issue, reading, i, all_pairs);
        least = dangers[i] < least ? dangers[i] : least;
        most = dangers[i] > most ? dangers[i] : most;
    }
    for (size_t i = 0; i < issue->count; i++) {
        double risk = most > least ? (2 * dangers[i] - most - least) / (most - least) : 0;
        exponents[i] = (1 - risk / 3) / (1 + risk / 3);
    }
    free(dangers);
    return 0;
}

stp_bargain_offer stp_bargain_offered(double own, double other, double own_position,
                                      double other_position, double *moved)
{
    *moved = own_position;
    if (other <= 0 || own == 0 || own >= other)
        return STP_BARGAIN_NONE;
    if (own < 0 && -own < other) {
        *moved += (other_position - own_position) * (-own / other);
        return STP_BARGAIN_COMPROMISE;
    }
    *moved = other_position;
    return own > 0 ? STP_BARGAIN_CONFRONTATION : STP_BARGAIN_CAPITULATION;
}

/* Where the best offer to i leaves it. */
static double moved_by_best(const stp_bargain *issue, stp_bargain_reading reading,
                            size_t i, double all_pairs, double risk)
{
    double best = issue->position[i], least = INFINITY;
    for (size_t j = 0; j < issue->count; j++) {
        double p_own = probability_among(issue, reading, i, j, all_pairs), moved;
        double p_other = probability_among(issue, reading, j, i, all_pairs);
        double own = stp_bargain_utility(issue, i, j, p_own, risk);
        double other = stp_bargain_utility(issue, j, i, p_other, risk);
        if (issue->position[j] == issue->position[i] ||
            stp_bargain_offered(own, other, issue->position[i], issue->position[j],
                                &moved) == STP_BARGAIN_NONE)
            continue;
        double way = fabs(moved - issue->position[i]);
        if (way < least) {
            least = way;
            best = moved;
        }
    }
    return best;
}

int stp_bargain_round(const stp_bargain *issue, stp_bargain_reading reading,
                      double *positions)
{
    double *exponents = malloc(issue->count * sizeof *exponents);
    double all_pairs = all_pairs_for(issue, reading);
    if (!exponents || stp_bargain_exponents(issue, reading, exponents) != 0) {
        free(exponents);
        return -1;
    }
    for (size_t i = 0; i < issue->count; i++)
        positions[i] = moved_by_best(issue, reading, i, all_pairs, exponents[i]);
    free(exponents);
    return 0;
}
