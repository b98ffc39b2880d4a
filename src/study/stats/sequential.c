#include "study/stats/sequential.h"

#include "base/exact.h"
#include "base/normal.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Normal variables are cut off here. */
static const double FARTHEST = 8;

double stp_spent(stp_spending spending, double alpha, double t)
{
    if (t <= 0 || t >= 1)
        return t <= 0 ? 0 : alpha;
    if (spending == STP_SPEND_EVEN)
        return alpha * stp_log(1 + (stp_exp(1) - 1) * t);
    return 2 * stp_normal(stp_normal_inverse(alpha / 2) / sqrt(t));
}

/* ---- the density of the score, without crossings so far ---- */

enum { NODES = 8, MAX_PANELS = 8192 };

/* Half of the eight-point Gauss-Legendre rule (Abramowitz and Stegun 1964, table 25.4). */
static const double NODE[] = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                              0.9602898564975363};
static const double WEIGHT[] = {0.3626837833783620, 0.3137066458778873,
                                0.2223810344533745, 0.1012285362903763};

/* The score, the statistic times the root of the fraction, at a look: points with their probabilities. */
typedef struct density {
    size_t count;
    double *at, *mass;
    double fraction; /* of the information at this look */
} density;

static void density_free(density *d)
{
    free(d->at);
    free(d->mass);
}

/* Points over low .. high for a step of some standard deviation; mass holds the weights of the rule. */
static int density_make(double low, double high, double deviation, density *d)
{
    double wanted = ceil((high - low) / deviation);
    size_t panels = wanted < 1 ? 1 : wanted > MAX_PANELS ? MAX_PANELS : (size_t)wanted;
    double half = (high - low) / (double)panels / 2;
    d->count = panels * NODES;
    d->at = malloc(d->count * sizeof *d->at);
    d->mass = malloc(d->count * sizeof *d->mass);
    if (!d->at || !d->mass) {
        density_free(d);
        return -1;
    }
    for (size_t p = 0; p < panels; p++)
        for (size_t k = 0; k < NODES; k++) {
            size_t kind = k < NODES / 2 ? NODES / 2 - 1 - k : k - NODES / 2;
            double middle = low + (2 * (double)p + 1) * half;
            double off = half * NODE[kind];
            d->at[p * NODES + k] = k < NODES / 2 ? middle - off : middle + off;
            d->mass[p * NODES + k] = half * WEIGHT[kind];
        }
    return 0;
}

/* Probability of a score above `score` (or below it) at a fraction, from the density before. */
static double beyond(const density *before, double fraction, double drift, double score,
                     bool above)
{
    double step = fraction - before->fraction, deviation = sqrt(step), sum = 0;
    for (size_t i = 0; i < before->count; i++) {
        double z = (score - before->at[i] - drift * step) / deviation;
        if (before->mass[i] > 0)
            sum += before->mass[i] * stp_normal(above ? -z : z);
    }
    return sum;
}

/* The density at the next look over low .. high, where it does not end. next_step: increase of the fraction to
 * the look after. */
static int density_step(const density *before, double fraction, double drift, double low,
                        double high, double next_step, density *after)
{
    double step = fraction - before->fraction, deviation = sqrt(step);
    double narrow = next_step < step ? next_step : step;
    if (density_make(low, high, sqrt(narrow), after))
        return -1;
    after->fraction = fraction;
    size_t first = 0; /* both increase; distant points do not count */
    for (size_t i = 0; i < after->count; i++) {
        double sum = 0, from = after->at[i] - drift * step;
        while (first < before->count &&
               (from - before->at[first]) / deviation > FARTHEST + 1)
            first++;
        for (size_t k = first; k < before->count; k++) {
            double z = (from - before->at[k]) / deviation;
            if (z < -FARTHEST - 1)
                break;
            sum += before->mass[k] * stp_exp(-z * z / 2);
        }
        after->mass[i] *= sum / (deviation * 2.5066282746310002); /* root of 2 pi */
    }
    return 0;
}

/* The critical value with the upper tail `share`. */
static double critical_value(const density *before, double fraction, double share)
{
    double low = -FARTHEST, high = FARTHEST;
    if (share < 1e-15)
        return FARTHEST;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (beyond(before, fraction, 0, middle * sqrt(fraction), true) > share)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

static bool rises(const double *fractions, size_t looks)
{
    if (looks < 1 || looks > STP_MAX_LOOKS || !(fractions[0] > 0))
        return false;
    for (size_t k = 1; k < looks; k++)
        if (!(fractions[k] > fractions[k - 1]))
            return false;
    return fractions[looks - 1] <= 1;
}

/* Go through the looks. spending: find z for it, with alpha of a side; NULL: z is given. crossed: probability of
 * a crossing by each look, on both sides if there are two. */
static int go_through(const stp_spending *spending, double alpha, bool two_sided,
                      const double *fractions, size_t looks, double drift, double *z,
                      double *crossed)
{
    double start_at = 0, start_mass = 1, upper = 0, sum = 0;
    density now = {1, &start_at, &start_mass, 0};
    int status = 0;
    for (size_t k = 0; k < looks && status == 0; k++) {
        double fraction = fractions[k], root = sqrt(fraction);
        if (spending)
            z[k] = critical_value(&now, fraction,
                                  stp_spent(*spending, alpha, fraction) - upper);
        double up = beyond(&now, fraction, drift, z[k] * root, true);
        upper += up;
        sum += up;
        if (two_sided)
            sum += beyond(&now, fraction, drift, -z[k] * root, false);
        crossed[k] = sum;
        if (k + 1 == looks)
            break;
        double high = z[k] * root, low = -high;
        if (!two_sided) /* to the cut-off, and below the upper end in any case */
            low = fmin(drift * fraction - (FARTHEST + 1) * root, high - root);
        density next;
        status = density_step(&now, fraction, drift, low, high,
                              fractions[k + 1] - fraction, &next);
        if (k > 0)
            density_free(&now);
        now = next;
        if (status)
            return -1;
    }
    if (looks > 1)
        density_free(&now);
    return status;
}

int stp_boundary(stp_spending spending, double alpha, bool two_sided,
                 const double *fractions, size_t looks, double *z)
{
    double found[STP_MAX_LOOKS], crossed[STP_MAX_LOOKS];
    if (!rises(fractions, looks) || !(alpha > 0 && alpha < 0.5))
        return -1;
    if (go_through(&spending, alpha, two_sided, fractions, looks, 0, found, crossed))
        return -1;
    memcpy(z, found, looks * sizeof *z);
    return 0;
}

int stp_crossing(const double *fractions, const double *z, size_t looks, bool two_sided,
                 double drift, double *crossed)
{
    double given[STP_MAX_LOOKS], found[STP_MAX_LOOKS];
    if (!rises(fractions, looks))
        return -1;
    memcpy(given, z, looks * sizeof *z);
    for (size_t k = 0; k < looks; k++)
        if (!(z[k] > 0 && z[k] <= FARTHEST))
            return -1;
    if (go_through(NULL, 0, two_sided, fractions, looks, drift, given, found))
        return -1;
    memcpy(crossed, found, looks * sizeof *crossed);
    return 0;
}

/* ---- the verdict ---- */

int stp_sequential_plan(stp_spending spending, double alpha_effect,
                        double alpha_equivalent, double delta, const size_t *pairs,
                        size_t looks, stp_sequential *plan)
{
    double fractions[STP_MAX_LOOKS], effect[STP_MAX_LOOKS], equivalent[STP_MAX_LOOKS];
    if (looks < 1 || looks > STP_MAX_LOOKS || pairs[0] < 2 || !(delta > 0))
        return -1;
    for (size_t k = 0; k < looks; k++)
        fractions[k] = (double)pairs[k] / (double)pairs[looks - 1];
    if (stp_boundary(spending, alpha_effect / 2, true, fractions, looks, effect) ||
        stp_boundary(spending, alpha_equivalent, false, fractions, looks, equivalent))
        return -1;
    plan->delta = delta;
    plan->looks = looks;
    for (size_t k = 0; k < looks; k++) {
        plan->pairs[k] = pairs[k];
        double freedom = (double)pairs[k] - 1;
        plan->wide[k] = -stp_student_quantile(stp_normal(-effect[k]), freedom);
        plan->narrow[k] = -stp_student_quantile(stp_normal(-equivalent[k]), freedom);
    }
    return 0;
}

/* Are all but a few of n differences 0? The most frequent is found by Boyer and Moore's (1991) vote. */
static bool too_alike(const double *values, size_t n)
{
    double commonest = 0;
    size_t votes = 0, unlike = 0;
    for (size_t i = 0; i < n; i++) {
        if (votes == 0)
            commonest = values[i];
        votes = values[i] == commonest ? votes + 1 : votes - 1;
    }
    for (size_t i = 0; i < n; i++)
        unlike += values[i] != commonest;
    return commonest == 0 && unlike > 0 && unlike < STP_FEWEST_UNLIKE &&
           unlike < n - unlike;
}

stp_look_result stp_sequential_verdicts(const stp_sequential *plan, size_t look,
                                        const double *differences)
{
    stp_look_result j = {0};
    size_t n = plan->pairs[look];
    double mean = stp_mean(differences, n);
    double error = stp_deviation(differences, n) / sqrt((double)n);
    double wide = plan->wide[look] * error, narrow = plan->narrow[look] * error;
    j.wide = (stp_interval){mean, mean - wide, mean + wide, n};
    j.narrow = (stp_interval){mean, mean - narrow, mean + narrow, n};
    j.too_alike = too_alike(differences, n);
    j.differs = !j.too_alike && (j.wide.low > 0 || j.wide.high < 0);
    j.within = !j.too_alike && j.narrow.low > -plan->delta && j.narrow.high < plan->delta;
    j.verdict = j.within ? STP_EQUIVALENT : j.differs ? STP_EFFECT : STP_UNDECIDED;
    return j;
}
