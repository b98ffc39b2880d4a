#include "study/calibration/tempering.h"

#include "base/exact.h"

#include <math.h>

double stp_tempering_weigh(stp_tempering *p, double rise)
{
    double squares = 0;
    p->sum = 0;
    p->largest = -INFINITY;
    for (size_t i = 0; i < p->count; i++)
        p->largest = fmax(p->largest, p->logs[i]);
    for (size_t i = 0; i < p->count; i++) {
        double w = isinf(p->logs[i]) ? 0 : stp_exp(rise * (p->logs[i] - p->largest));
        p->weights[i] = w;
        p->sum += w;
        squares += w * w;
    }
    return squares > 0 ? p->sum * p->sum / squares : 0;
}

double stp_tempering_rise(stp_tempering *p, double room, double wanted)
{
    double low = 0, high = room;
    if (stp_tempering_weigh(p, high) >= wanted)
        return high;
    for (int k = 0; k < 60; k++) {
        double middle = (low + high) / 2;
        *(stp_tempering_weigh(p, middle) >= wanted ? &low : &high) = middle;
    }
    return high;
}

void stp_tempering_draw(const stp_tempering *p, double offset, size_t draws, size_t *from)
{
    double passed = 0;
    size_t at = 0;
    for (size_t i = 0; i < draws; i++) {
        double place = ((double)i + offset) / (double)draws * p->sum;
        for (; passed + p->weights[at] <= place && at + 1 < p->count; at++)
            passed += p->weights[at];
        from[i] = at;
    }
}
