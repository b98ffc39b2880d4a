#include "study/measures/outburst.h"

#include "steppe.h"

#include <math.h>

stp_outbursts stp_outbursts_begin(uint64_t threshold)
{
    return (stp_outbursts){.threshold = threshold};
}

void stp_outbursts_add(stp_outbursts *o, uint64_t active)
{
    o->peak = active > o->peak ? active : o->peak;
    if (!o->within && active > o->threshold) {
        o->within = 1;
        o->pauses += o->count > 0;
        o->waits += o->count > 0 ? o->since : 0;
        o->count++;
    } else if (o->within && active < o->threshold) {
        o->within = 0;
        o->since = 0;
    }
    if (o->within)
        o->activation += active;
    else
        o->since++;
}

double stp_outbursts_size(const stp_outbursts *o)
{
    return o->count ? (double)o->activation / (double)o->count : NAN;
}

double stp_outbursts_wait(const stp_outbursts *o)
{
    return o->pauses ? (double)o->waits / (double)o->pauses : NAN;
}

steppe_outbursts steppe_outbursts_of(const double *active, size_t steps, double threshold)
{
    stp_outbursts o = stp_outbursts_begin((uint64_t)threshold);
    for (size_t i = 0; i < steps; i++)
        stp_outbursts_add(&o, (uint64_t)active[i]);
    return (steppe_outbursts){o.count, stp_outbursts_size(&o), stp_outbursts_wait(&o)};
}
