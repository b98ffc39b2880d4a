/* How the outcomes of a run are measured. */
#ifndef STP_OUTCOME_H
#define STP_OUTCOME_H

#include "engine/run.h"
#include "scenario/outcome.h"
#include "scenario/region.h"

/* Unrest has taken off when one resident in ten thousand is active throughout a window. */
extern const double STP_TAKE_OFF;
/* Does an outcome say how much unrest there was, so that take-off matters to it? */
bool stp_outcome_is_of_unrest(size_t outcome);
/* A share of the hours that all residents of a scenario spend in a window of `hours`. */
double stp_residents_hours(const steppe_scenario *scenario, double share, double hours);

/* What a day (24 h from the start) was like, for time series over time; agents times scale. */
typedef struct stp_outcome_day {
    double active, violent; /* residents, mean over its steps */
    double detained;        /* residents, at its end */
    double killed;          /* residents, in it */
    double obeying;         /* share of the officers on the street, mean over its steps */
    double legitimacy;      /* mean over residents, at its end */
    double strength; /* of the incumbent, at its end; NAN without a seat of power */
} stp_outcome_day;

typedef struct stp_meter stp_meter;

/* Observe a run that has not started; counts steps after `from` up to `to` (0: the end). A run that is
 * stopped early has what there was until then. Errors: STEPPE_NO_MEMORY, STEPPE_BAD_ARGUMENT. */
int stp_meter_create(steppe_context *context, steppe_run *run, uint64_t from, uint64_t to,
                     stp_meter **meter);
void stp_meter_free(stp_meter *meter);
/* values[STP_OUTCOME_COUNT]: NAN for what the run does not have (a seat of power). */
void stp_meter_read(const stp_meter *meter, double *values);
size_t stp_meter_day_count(const stp_meter *meter);
const stp_outcome_day *stp_meter_days(const stp_meter *meter);
/* Weeks that the run began, and each week's regions: [week * regions + region]. */
size_t stp_meter_week_count(const stp_meter *meter);
const stp_region_week *stp_meter_weeks(const stp_meter *meter);

#endif
