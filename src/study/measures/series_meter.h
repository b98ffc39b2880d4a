/* Counts of a run in memory, as a results file holds them: for measures of observations. */
#ifndef STP_SERIES_METER_H
#define STP_SERIES_METER_H

#include "engine/run.h"
#include "record/results.h"

typedef struct stp_series_meter stp_series_meter;

/* Observe a run that has not started. ceiling: the run is stopped after a step in which more residents are active
 * (INFINITY: never). The run and context must outlive the meter. Errors: STEPPE_NO_MEMORY, STEPPE_BAD_ARGUMENT. */
int stp_series_meter_create(steppe_context *context, steppe_run *run, double ceiling,
                            stp_series_meter **meter);
void stp_series_meter_free(stp_series_meter *meter);

/* What the run's steps so far were like; district i of the series is district i of the scenario. Borrowed. */
const stp_series *stp_series_meter_read(const stp_series_meter *meter);
/* Did the ceiling stop the run? */
bool stp_series_meter_stopped(const stp_series_meter *meter);

#endif
