/* What an observation of a scenario measures: one table for reading, computing and judging. */
#ifndef STP_OBSERVABLE_H
#define STP_OBSERVABLE_H

#include <stdbool.h>

/* In the order of the table's words of `observed.measure`. */
typedef enum stp_observable {
    STP_OBSERVABLE_UNITS_WITH_UNREST,
    STP_OBSERVABLE_TURNOUT,
    STP_OBSERVABLE_PARTICIPANTS,
    STP_OBSERVABLE_DEATHS,
    STP_OBSERVABLE_DEATHS_SHARE,
    STP_OBSERVABLE_DETAINED,
    STP_OBSERVABLE_DETAINED_SHARE,
    STP_OBSERVABLE_ARRESTS,
    STP_OBSERVABLE_VIOLENCE_PEAK,
    STP_OBSERVABLE_NON_VIOLENT_UNITS,
    STP_OBSERVABLE_OBEYING,
    STP_OBSERVABLE_FIRST_UNREST,
    STP_OBSERVABLE_UNREST_AFTER,
    STP_OBSERVABLE_NONE,
    STP_OBSERVABLE_COUNT,
} stp_observable;

/* How far a simulated value is from an observed one. */
typedef enum stp_nearness {
    STP_BY_RATIO,  /* natural logarithm of simulated / observed */
    STP_BY_SHARE,  /* difference of shares */
    STP_BY_NUMBER, /* difference of small whole numbers */
    STP_BY_HOURS,  /* difference of times */
} stp_nearness;

typedef struct stp_measure_row {
    const char *name, *unit;
    stp_nearness nearness;
    bool instant; /* is measured at `at`; else over a period */
    bool units;   /* counts units: the scenario has to have them */
    const char *meaning;
} stp_measure_row;

extern const stp_measure_row STP_OBSERVABLES[STP_OBSERVABLE_COUNT];

#endif
