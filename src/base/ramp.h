/* A ramp: an event moves a quantity to a value in equal parts. */
#ifndef STP_RAMP_H
#define STP_RAMP_H

#include <stdbool.h>
#include <stdint.h>

typedef struct stp_ramp {
    double from, to;
    uint64_t first, parts; /* time (step, day) of the first part; how many, 0: no ramp */
} stp_ramp;

/* Set the quantity to its value at a time, from the first part on, each time once. */
static inline void stp_ramp_advance(stp_ramp *ramp, double *quantity, uint64_t time)
{
    if (ramp->parts == 0)
        return;
    uint64_t part = time - ramp->first + 1;
    bool done = part >= ramp->parts;
    *quantity = done ? ramp->to
                     : ramp->from +
                           (ramp->to - ramp->from) * (double)part / (double)ramp->parts;
    ramp->parts = done ? 0 : ramp->parts;
}

#endif
