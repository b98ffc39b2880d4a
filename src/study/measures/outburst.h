/* Outbursts of unrest in a series of actives, as Epstein (2002) counts them: one begins when the
 * actives rise above a threshold and ends when they fall below it. */
#ifndef STP_OUTBURST_H
#define STP_OUTBURST_H

#include <stddef.h>
#include <stdint.h>

typedef struct stp_outbursts {
    uint64_t threshold; /* actives */
    /* Of those that have begun, the last perhaps not at its end. */
    size_t count;
    uint64_t activation; /* sum of the actives over the steps within outbursts */
    uint64_t peak;       /* most actives ever */
    size_t waits;        /* steps from the ends to the beginnings that followed ... */
    size_t pauses;       /* ... and how many such pauses there were */
    /* under way */
    int within;
    size_t since; /* steps since the last one ended */
} stp_outbursts;

stp_outbursts stp_outbursts_begin(uint64_t threshold);

/* active: at the end of one more step. */
void stp_outbursts_add(stp_outbursts *outbursts, uint64_t active);

/* Mean activation of an outburst, and mean wait between two; NAN if there was none. */
double stp_outbursts_size(const stp_outbursts *outbursts);
double stp_outbursts_wait(const stp_outbursts *outbursts);

#endif
