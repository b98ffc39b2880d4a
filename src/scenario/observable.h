/* The measures of observations: one table for reading, measuring and comparing. */
#ifndef STP_OBSERVABLE_H
#define STP_OBSERVABLE_H

#include "scenario/choices.h"

#include <stdbool.h>

/* How far a simulated value is from an observed one. */
typedef enum stp_nearness {
    STP_BY_RATIO,  /* natural logarithm of simulated / observed */
    STP_BY_SHARE,  /* difference of shares */
    STP_BY_NUMBER, /* difference of small whole numbers */
    STP_BY_HOURS,  /* difference of times */
} stp_nearness;

/* clang-format off */
/* X(constant, name, unit, distance, whether it is of a moment, whether it counts units, meaning) */
#define STP_OBSERVABLE_LIST(X) \
    X(STP_OBSERVABLE_UNITS_WITH_UNREST, "units-with-unrest", "units", STP_BY_NUMBER, false, true, "units with a district in unrest at any step") \
    X(STP_OBSERVABLE_TURNOUT, "turnout", "residents", STP_BY_RATIO, false, false, "most residents active at the end of one step") \
    X(STP_OBSERVABLE_PARTICIPANTS, "participants", "residents", STP_BY_RATIO, false, false, "each district's most active residents at the end of one step, summed: the least that took part") \
    X(STP_OBSERVABLE_DEATHS, "deaths", "persons", STP_BY_RATIO, false, false, "citizens and officers killed") \
    X(STP_OBSERVABLE_DEATHS_SHARE, "deaths-share", "share", STP_BY_SHARE, false, false, "share of all deaths of the period that happened here") \
    X(STP_OBSERVABLE_DETAINED, "detained", "residents", STP_BY_RATIO, true, false, "residents in detention at that time") \
    X(STP_OBSERVABLE_DETAINED_SHARE, "detained-share", "share", STP_BY_SHARE, false, false, "detained at the end of the period, per participant of it") \
    X(STP_OBSERVABLE_ARRESTS, "arrests", "residents", STP_BY_RATIO, false, false, "arrests") \
    X(STP_OBSERVABLE_VIOLENCE_PEAK, "violence-peak", "h", STP_BY_HOURS, false, false, "when the first of the steps with most violent residents ends") \
    X(STP_OBSERVABLE_NON_VIOLENT_UNITS, "non-violent-units", "share", STP_BY_SHARE, false, true, "share of units of whose residents never more than a tenth of unrest_share are violent") \
    X(STP_OBSERVABLE_OBEYING, "obeying", "share", STP_BY_SHARE, false, false, "share of officers on the street who obey, mean over the steps") \
    X(STP_OBSERVABLE_FIRST_UNREST, "first-unrest", "", STP_BY_SHARE, false, false, "1 if the first district in unrest is one of these, else 0") \
    X(STP_OBSERVABLE_UNREST_AFTER, "unrest-after", "", STP_BY_RATIO, true, false, "unrest of the 24 hours after, over that of the 24 before") \
    X(STP_OBSERVABLE_NONE, "none", "", STP_BY_NUMBER, false, false, "nothing in a results file measures it")
typedef enum stp_observable { STP_OBSERVABLE_LIST(STP_CONSTANT) STP_OBSERVABLE_COUNT } stp_observable;
/* clang-format on */

typedef struct stp_measure_row {
    const char *name, *unit;
    stp_nearness nearness;
    bool instant; /* is measured at `at`; else over a period */
    bool units;   /* counts units: the scenario has to have them */
    const char *meaning;
} stp_measure_row;

extern const stp_measure_row STP_OBSERVABLES[STP_OBSERVABLE_COUNT];

#endif
