/* What an observation of a scenario measures: one table for reading, computing and judging. */
#ifndef STP_GAUGE_H
#define STP_GAUGE_H

#include <stdbool.h>

/* In the order of the table's words of `observed.measure`. */
typedef enum stp_gauge {
    STP_GAUGE_UNITS_WITH_UNREST,
    STP_GAUGE_TURNOUT,
    STP_GAUGE_PARTICIPANTS,
    STP_GAUGE_DEATHS,
    STP_GAUGE_DEATHS_SHARE,
    STP_GAUGE_DETAINED,
    STP_GAUGE_DETAINED_SHARE,
    STP_GAUGE_ARRESTS,
    STP_GAUGE_VIOLENCE_PEAK,
    STP_GAUGE_NON_VIOLENT_UNITS,
    STP_GAUGE_OBEYING,
    STP_GAUGE_FIRST_UNREST,
    STP_GAUGE_UNREST_AFTER,
    STP_GAUGE_NONE,
    STP_GAUGE_COUNT,
} stp_gauge;

/* How far a simulated value is from an observed one. */
typedef enum stp_nearness {
    STP_BY_RATIO,  /* natural logarithm of simulated / observed */
    STP_BY_SHARE,  /* difference of shares */
    STP_BY_NUMBER, /* difference of small whole numbers */
    STP_BY_HOURS,  /* difference of times */
} stp_nearness;

typedef struct stp_gauge_facts {
    const char *name, *unit;
    stp_nearness nearness;
    bool instant; /* is measured at `at`; else over a period */
    bool units;   /* counts units: the scenario has to have them */
    const char *meaning;
} stp_gauge_facts;

extern const stp_gauge_facts STP_GAUGES[STP_GAUGE_COUNT];

#endif
