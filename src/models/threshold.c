#include "models/threshold.h"

#include "base/normal.h"

#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How many of the sorted thresholds are at most `reach`. */
static size_t reached(const double *sorted, size_t n, double reach)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] <= reach)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int stp_threshold_cascade(const double *thresholds, size_t n, double whole,
                          stp_threshold_start start, size_t *path, stp_cascade *cascade)
{
    double *sorted = malloc(n * sizeof *sorted);
    if (!sorted)
        return -1;
    memcpy(sorted, thresholds, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_value);
    /* F never falls, so r goes one way from either end, and rests within n rounds. */
    size_t acting = start == STP_FROM_NOBODY ? 0 : n, before, rounds = 0;
    do {
        if (path)
            path[rounds] = acting;
        before = acting;
        acting = reached(sorted, n, whole * (double)before / (double)n);
        rounds += acting != before;
    } while (acting != before);
    free(sorted);
    *cascade = (stp_cascade){acting, rounds};
    return 0;
}

void stp_threshold_normal(double mean, double deviation, size_t n, double *thresholds)
{
    for (size_t i = 0; i < n; i++) {
        double p = ((double)i + 0.5) / (double)n;
        thresholds[i] = mean + deviation * stp_normal_inverse(p);
    }
}

double stp_threshold_equilibrium(double mean, double deviation, stp_threshold_start start,
                                 size_t rounds)
{
    double share = start == STP_FROM_NOBODY ? 0 : 1;
    for (size_t t = 0; t < rounds; t++) {
        double next = stp_normal((share - mean) / deviation);
        /* a turn against the direction it came from is only the last digit */
        if (start == STP_FROM_NOBODY ? next <= share : next >= share)
            break;
        share = next;
    }
    return share;
}
