/* Measures of a run on a lattice, as published claims have them. */
#ifndef STP_LATTICE_MEASURES_H
#define STP_LATTICE_MEASURES_H

#include "base/error.h"
#include "study/measures/outburst.h"

typedef enum stp_measure {
    STP_MEAN_ACTIVE,   /* citizens, over the steps */
    STP_PEAK,          /* most active citizens at the end of a step ... */
    STP_PEAK_STEP,     /* ... and when */
    STP_CALM,          /* share of the steps with fewer than 10 active */
    STP_OUTBURSTS,     /* from more than 50 active to fewer than 50 */
    STP_OUTBURST_SIZE, /* mean over outbursts of the actives, summed over its steps */
    STP_WAIT,          /* mean steps from the end of one to the beginning of the next */
    STP_WAIT_SLOPE,    /* of the log frequency of waits above 30 steps, if exponential */
    STP_MEAN_DETAINED, /* citizens, over the steps */
    STP_LAST_DETAINED, /* at the end */
    STP_TIPPED,        /* the first step with more than 50 active; NAN: none ... */
    STP_OFFICERS_THEN, /* ... and the officers on the street then */
    STP_KILLED,        /* citizens, in all */
    STP_EXTINCT, /* Model II: the step in which one group was gone; NAN: neither ... */
    STP_VICTOR,  /* ... and the group that was left, 0 or 1 */
    /* Of those whose grievance exceeds the threshold, the share who are active, at the ends of
     * steps (asked for with STP_LOOK_NEAR). */
    STP_ACTIVE_NEAR, /* with an officer in sight */
    STP_ACTIVE_FAR,  /* without */
    /* Epstein's tension: mean grievance times the number of the quiet at liberty, over their mean
     * risk aversion (asked for with STP_LOOK_TENSION). */
    STP_TENSION_BEFORE, /* mean over the 5 steps before outbursts ... */
    STP_TENSION_CALM,   /* ... and over all other steps outside outbursts */
    STP_ARRESTS,        /* in all */
    STP_WOUNDED,        /* citizens, in all */
    STP_OFFICERS_HIT,   /* killed or wounded, in all */
    STP_MEAN_VIOLENT,   /* citizens, over the steps */
    STP_VIOLENT_EXCESS, /* most violent beyond the active, at the end of a step; below 0: fewer */
    STP_DISTRICTS_REACHED, /* that ever had unrest (outcome.unrest_share) ... */
    STP_ARRIVAL, /* ... and when they first did: mean step over all, one past the last if never */
    STP_STRENGTHENED,    /* first step with more officers than in the first; NAN: none */
    STP_LAST_LEGITIMACY, /* at the end, mean over the districts */
    STP_DIGEST,          /* of the last step: its upper 52 bits */
    /* Of the steps in the window that was asked for, and of those after it; NAN: no such step. */
    STP_ACTIVE_WITHIN,  /* mean active */
    STP_ACTIVE_AFTER,   /* the same */
    STP_ARRESTS_WITHIN, /* a step */
    STP_OBEYING_WITHIN, /* share of the officers on the street, mean over the steps */
    STP_OBEYING_AFTER,  /* the same */
    STP_CITIZEN_HOURS,  /* of unrest, within the window: sum of active citizens x hours */
    STP_FELL, /* by whom the ruler at the seat of power fell: 1 elite, 2 street, 3 both; 0 not */
    STP_MEASURE_COUNT,
} stp_measure;

enum { STP_LOOK_NEAR = 1, STP_LOOK_TENSION = 2 };

/* What to run, and what to look at. */
typedef struct stp_measured {
    const char *file;
    const char *const *settings; /* as for steppe_scenario_open */
    size_t setting_count;
    uint64_t seed;
    uint64_t steps; /* 0: of the scenario */
    unsigned looks; /* a set of STP_LOOK_... */
    /* The window: steps after `from` up to `to`; both 0: all of them. */
    uint64_t from, to;
    /* Both NULL, or of length `steps` (not 0 then): active and in detention at each step; NAN for steps
     * that the run did not reach. */
    double *active, *detained;
} stp_measured;

/* One run of a scenario, with one thread; counts are of all districts together, visits of everyone
 * in the first. Stops when one of two groups is gone.
 * values[STP_MEASURE_COUNT]: NAN where there is nothing to measure.
 * Errors: as those of opening and running a scenario. */
int stp_measure_run(steppe_context *context, const stp_measured *what, double *values);

#endif
