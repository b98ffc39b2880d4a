#include "study/stats/components.h"

#include "study/stats/statistics.h"

#include <math.h>

stp_components stp_components_of(const double *means, const size_t *counts, size_t n,
                                 double squares)
{
    stp_components c = {0, 0};
    double left = squares, all = 0, inverse = 0;
    for (size_t i = 0; i < n; i++) {
        double count = (double)counts[i];
        left -= count * means[i] * means[i];
        all += count;
        inverse += 1 / count / (double)n;
    }
    if (all > (double)n)
        c.within = fmax(left, 0) / (all - (double)n);
    double deviation = n > 1 ? stp_deviation(means, n) : 0;
    c.between = fmax(0, deviation * deviation - c.within * inverse);
    return c;
}

double stp_components_reliability(const stp_components *c, size_t count)
{
    double all = c->between + c->within / (double)count;
    return all > 0 ? c->between / all : 1;
}
