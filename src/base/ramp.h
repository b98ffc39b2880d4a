/* A quantity on its way, in equal parts, to where an event sends it. */
#ifndef STP_RAMP_H
#define STP_RAMP_H

#include <stdbool.h>
#include <stdint.h>

typedef struct stp_ramp {
    double from, to;
    uint64_t first,
        parts; /* the time (step, day) of the first part, and how many; 0: it stands still */
} stp_ramp;

/* The part of the way that falls to a time: at the last the quantity is where it was sent. */
static inline void stp_ramp_advance(stp_ramp *ramp, double *quantity, uint64_t time)
{
    if (ramp->parts == 0)
        return;
    uint64_t part = time - ramp->first + 1;
    bool there = part >= ramp->parts;
    *quantity = there ? ramp->to
                      : ramp->from +
                            (ramp->to - ramp->from) * (double)part / (double)ramp->parts;
    ramp->parts = there ? 0 : ramp->parts;
}

#endif
