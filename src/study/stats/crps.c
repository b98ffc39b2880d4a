#include "study/stats/crps.h"

#include "study/stats/interval.h"

#include <math.h>

double stp_crps(double *values, size_t n, double observed)
{
    size_t there = stp_sort(values, n);
    double distance = 0, spread = 0, count = (double)there;
    if (there < 2 || isnan(observed))
        return NAN;
    for (size_t i = 0; i < there; i++) {
        distance += fabs(values[i] - observed);
        spread += values[i] *
                  (2 * (double)i + 1 - count); /* sum of differences of pairs */
    }
    return distance / count - spread / (count * (count - 1));
}
