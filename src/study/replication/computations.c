#include "study/replication/computations.h"

#include "models/ktab.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static double value(const stp_arm *arm, size_t run, size_t measure)
{
    return arm->values[run * arm->width + measure];
}

static double mean(const stp_arm *arm, size_t measure)
{
    return stp_arm_mean(arm, measure).estimate;
}

static stp_interval exactly(double x)
{
    return (stp_interval){x, x, x, 1};
}

static bool give(stp_number *n, double x)
{
    n->interval = n->values[n->count++] = exactly(x);
    return true;
}

/* ---- models without a lattice ---- */

/* Arms: a signal 0 to 1 with free media, then with little of them. By how much more
 * the threshold falls with free media as the signal goes from 0.2 to 0.8. */
static bool compute_media(const stp_arm *const *arms, size_t count, stp_number *n)
{
    enum { SIGNALS = 41, LOW = 8, HIGH = 32 };
    (void)count;
    return give(n,
                (arms[LOW]->values[0] - arms[HIGH]->values[0]) -
                    (arms[SIGNALS + LOW]->values[0] - arms[SIGNALS + HIGH]->values[0]));
}

/* Everybody prefers one option, and is indifferent enough to the next: a cycle. Odds
 * by each rule. */
static bool compute_cycle(const stp_arm *const *arms, size_t count, stp_number *n)
{
    static const double WEIGHTS[3] = {1, 1, 1},
                        UTILITIES[9] = {1, 0.5, 0, 0, 1, 0.5, 0.5, 0, 1};
    double strengths[9], victories[9], odds[3];
    bool converged;
    (void)arms;
    (void)count;
    stp_ktab_strengths(STP_KTAB_PROPORTIONAL, WEIGHTS, UTILITIES, 3, 3, strengths);
    stp_ktab_victories(STP_KTAB_LINEAR, strengths, 3, victories);
    for (int k = 0; k < 3; k++) {
        if (stp_ktab_resolve((stp_ktab_resolution)k, strengths, victories, 3, 1000, odds,
                             &converged) != 0)
            return false;
        for (int i = 0; i < 3; i++)
            give(n, odds[i]);
    }
    return true;
}

/* An arm with the hours to the peak in each of 16 districts, 10 km apart: how many
 * have theirs later than the one before. */
static bool compute_wave(const stp_arm *const *arms, size_t count, stp_number *n)
{
    const double *hours = arms[0]->values;
    size_t last = arms[0]->width - 1, later = 0;
    (void)count;
    for (size_t i = 1; i <= last; i++)
        later += hours[i] > hours[i - 1];
    snprintf(n->text, sizeof n->text, " of %zu; %.1f km a day", last,
             24 * 10.0 * (double)last / (hours[last] - hours[0]));
    return give(n, (double)later);
}

/* ---- the seat of power ---- */

/* Arms: the same seeds, in which a great person is free to turn, and held by a tie.
 * Others who turned, less those who did with the tie, where the person turned only
 * without it. */
static bool compute_pull(const stp_arm *const *arms, size_t count, stp_number *n)
{
    const stp_arm *free_one = arms[0], *held = arms[1];
    size_t runs = free_one->runs < held->runs ? free_one->runs : held->runs, found = 0;
    double *more = malloc(runs * sizeof *more);
    (void)count;
    for (size_t i = 0; more && i < runs; i++)
        if (value(free_one, i, STP_SEAT_PERSON_TURNED) > 0 &&
            value(held, i, STP_SEAT_PERSON_TURNED) == 0)
            more[found++] = value(free_one, i, STP_SEAT_OTHERS) -
                            value(held, i, STP_SEAT_OTHERS);
    n->interval = stp_mean_interval(more, found);
    snprintf(n->text, sizeof n->text, ", in the %zu of %zu runs in which it does", found,
             runs);
    free(more);
    return more != NULL;
}

/* Runs in which a share in [low, high] of the elite turned. */
static size_t turned_within(const stp_arm *arm, double low, double high)
{
    size_t hits = 0;
    for (size_t i = 0; i < arm->runs; i++)
        hits += value(arm, i, STP_SEAT_SHARE_TURNED) >= low &&
                value(arm, i, STP_SEAT_SHARE_TURNED) <= high;
    return hits;
}

/* Of arms with streets of all sizes, the one in which nearest to half of the elite
 * turn: does a middle third turn in fewer runs than the rarer of the outer thirds? */
static bool compute_humps(const stp_arm *const *arms, size_t count, stp_number *n)
{
    const stp_arm *half = arms[0];
    for (size_t k = 1; k < count; k++)
        if (fabs(mean(arms[k], STP_SEAT_SHARE_TURNED) - 0.5) <
            fabs(mean(half, STP_SEAT_SHARE_TURNED) - 0.5))
            half = arms[k];
    size_t few = turned_within(half, 0, 1 / 3.0), many = turned_within(half, 2 / 3.0, 1),
           runs = half->runs, rarer = few < many ? few : many;
    n->interval = stp_share_interval(runs - few - many, runs);
    n->bound = (double)rarer / (double)runs;
    snprintf(n->text, sizeof n->text,
             "; up to a third: %.2f, from two thirds: %.2f, at %g active",
             (double)few / (double)runs, (double)many / (double)runs, half->dose);
    return true;
}

/* Share of the falls, over all arms, that were by the elite alone. */
static bool compute_insiders(const stp_arm *const *arms, size_t count, stp_number *n)
{
    size_t of[4] = {0};
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < arms[k]->runs; i++)
            of[(size_t)value(arms[k], i, STP_FELL)]++;
    n->interval = stp_share_interval(of[1], of[1] + of[2] + of[3]);
    snprintf(n->text, sizeof n->text, "; %zu elite, %zu street, %zu both, %zu none",
             of[1], of[2], of[3], of[0]);
    return true;
}

/* Arms: offices of security, economy, image and diplomacy without weight, and none of
 * it. What they do more than a holder of the reference competence. */
static bool compute_weightless(const stp_arm *const *arms, size_t count, stp_number *n)
{
    (void)count;
    give(n, mean(arms[0], STP_SEAT_ORDERS) - 1);
    give(n, mean(arms[1], STP_SEAT_PACE) - 1);
    give(n, mean(arms[2], STP_SEAT_IMAGE));
    return give(n, mean(arms[3], STP_SEAT_BACKING) - mean(arms[4], STP_SEAT_BACKING));
}

/* Arms: pairs without and with a purge, one for each rule of the contest. In how many
 * is the ruler the stronger before it? */
static bool compute_stronger(const stp_arm *const *arms, size_t count, stp_number *n)
{
    double least = 1, greatest = 0;
    size_t above = 0;
    for (size_t k = 0; k + 1 < count; k += 2) {
        double before = mean(arms[k], STP_SEAT_STRENGTH);
        least = fmin(least, before);
        greatest = fmax(greatest, before);
        above += before > 0.5;
    }
    snprintf(n->text, sizeof n->text,
             " of %zu pairs of rule and victory; strength %.3f to %.3f", count / 2, least,
             greatest);
    return give(n, (double)above);
}

/* ... and in how many does the purge make the ruler stronger? */
static bool compute_purge(const stp_arm *const *arms, size_t count, stp_number *n)
{
    size_t up = 0, down = 0;
    for (size_t k = 0; k + 1 < count; k += 2) {
        double change = mean(arms[k + 1], STP_SEAT_STRENGTH) -
                        mean(arms[k], STP_SEAT_STRENGTH);
        up += change > 0;
        down += change < 0;
    }
    snprintf(n->text, sizeof n->text,
             " of %zu; weaker in %zu, and in the others at the end of what a decisive "
             "victory knows",
             count / 2, down);
    return give(n, (double)up);
}

const stp_computation STP_COMPUTATIONS[] = {
    {"global-game", "media", STP_ARM_SOLVED, 82, 82, 1, compute_media},
    {"ktab", "cycle", STP_ARM_SOLVED, 0, 0, 0, compute_cycle},
    {"contagion", "wave", STP_ARM_SOLVED, 1, 1, 16, compute_wave},
    {"seat", "pull", STP_ARM_SEAT, 2, 2, 0, compute_pull},
    {"seat", "humps", STP_ARM_SEAT, 1, STP_MAX_POINTS, 0, compute_humps},
    {"seat", "insiders", STP_ARM_LATTICE, 1, STP_MAX_POINTS, 0, compute_insiders},
    {"seat", "weightless", STP_ARM_SEAT, 5, 5, 0, compute_weightless},
    {"seat", "stronger", STP_ARM_SEAT, 2, STP_MAX_POINTS, 0, compute_stronger},
    {"seat", "purge", STP_ARM_SEAT, 2, STP_MAX_POINTS, 0, compute_purge},
};
const size_t STP_COMPUTATION_COUNT = sizeof STP_COMPUTATIONS / sizeof *STP_COMPUTATIONS;
