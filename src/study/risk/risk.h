/* The state of a steppe_risk. */
#ifndef STP_RISK_H
#define STP_RISK_H

#include "study/risk/warning.h"

#include "base/error.h"

struct steppe_risk {
    steppe_context *context;
    const steppe_scenario *scenario;
    char *path, *against; /* against: "" without */
    char sampling[16];
    stp_region_week *values,
        *other; /* of the ensemble, and of the one it is evaluated on */
    steppe_risk_facts facts;
    size_t first, last; /* weeks, from 0 */
    steppe_risk_region *regions;
    steppe_risk_week *weeks;
    steppe_risk_cell *cells; /* by falling risk */
    steppe_risk_cell *grid;  /* [(week - first) * regions + region] */
    size_t week_count, cell_count;
    size_t forecast_count; /* 0 or STP_FORECAST_COUNT */
    steppe_risk_forecast forecasts[STP_FORECAST_COUNT];
    steppe_risk_bin bins[STP_FORECAST_COUNT][STP_BINS];
    size_t bin_counts[STP_FORECAST_COUNT];
    steppe_risk_state states[STP_STATES];
    size_t state_count;
    steppe_risk_record *records;
    size_t record_count;
    steppe_risk_record_facts record;
};

/* Fill the ranks, the forecasts, the record. Errors: STEPPE_NO_MEMORY. */
int stp_risk_rank(steppe_risk *risk);
int stp_risk_try(steppe_risk *risk);
int stp_risk_recall(steppe_risk *risk);

#endif
