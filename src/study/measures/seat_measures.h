/* Measures of a seat of power by itself, with a given street, in milliseconds. */
#ifndef STP_SEAT_MEASURES_H
#define STP_SEAT_MEASURES_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* What the seat sees, and for how long. */
typedef struct stp_seat_watch {
    uint64_t days;
    double active; /* share of citizens active ... */
    uint64_t from; /* ... on all days from this one on (from 0), and nobody before */
    double cut;    /* share of the news that media do not let through */
    uint64_t lost; /* the day (from 1) on which the capital's forces give way; 0: never */
    /* Ids, or NULL: of whom, of what and of which power some measures are. */
    const char *person, *office, *power;
} stp_seat_watch;

typedef enum stp_seat_measure {
    /* As of the last day. */
    STP_SEAT_STRENGTH,
    STP_SEAT_SIGNAL,
    STP_SEAT_THRESHOLD,
    STP_SEAT_ORDERS,
    STP_SEAT_PACE,
    STP_SEAT_IMAGE,
    STP_SEAT_BACKING,
    STP_SEAT_INSECURITY, /* of the person */
    STP_SEAT_OUTPUT,     /* of the office */
    STP_SEAT_RAMP,       /* the same: share of the work that its holder has trained */
    STP_SEAT_ATTENTION,  /* of the power */
    STP_SEAT_GRANTED,    /* the same: whether it has granted troops */
    /* Of all days together. */
    STP_SEAT_TURNED,        /* persons who ever changed sides ... */
    STP_SEAT_ANY,           /* ... whether there was one ... */
    STP_SEAT_PERSON_TURNED, /* ... whether the person was among them ... */
    STP_SEAT_OTHERS,        /* ... the others, without the person ... */
    STP_MAX_SEAT,           /* ... and most who did so on one day */
    STP_SEAT_SHARE_TURNED,  /* of those with weight in the contest, the share who did */
    STP_SEAT_FELL,
    STP_SEAT_FELL_ELITE,  /* whether it fell by the elite, alone or with the street */
    STP_SEAT_FELL_STREET, /* ... by the street, alone or with the elite */
    STP_SEAT_COMPETENCE,  /* of the last who filled a vacancy; NAN: none did */
    STP_SEAT_THEN,        /* strength at the end of the day before that */
    STP_SEAT_EXITS,
    STP_SEAT_PERSON_EXITS, /* whether the person left */
    STP_SEAT_GIFTS,
    STP_SEAT_GIVEN,      /* money */
    STP_SEAT_FRIGHTENED, /* persons who were insecure at the end of a day */
    STP_SEAT_KEPT,       /* whether no unit of money was made or lost on any day */
    STP_SEAT_MEASURE_COUNT,
} stp_seat_measure;

/* Runs of the seat of a scenario with seeds 1 .. runs.
 * values[runs * STP_SEAT_MEASURE_COUNT], run by run.
 * Errors: as those of opening a scenario and of steppe_seat_create; STEPPE_BAD_ARGUMENT: there is
 * no such person, office or power. */
int stp_seat_measures(steppe_context *context, const char *file,
                      const char *const *settings, size_t setting_count,
                      const stp_seat_watch *watch, size_t runs, double *values);

#endif
