/* Forecasts of unrest by region and week, trained on some runs and evaluated on others. */
#ifndef STP_WARNING_H
#define STP_WARNING_H

#include "scenario/region.h"
#include "study/stats/brier.h"

/* Some runs of a country: [run * weeks * regions + week * regions + region]. */
typedef struct stp_runs {
    const stp_region_week *values;
    size_t count, weeks, regions;
} stp_runs;

/* A forecast is the share with unrest in the training runs, over: */
typedef enum stp_forecast {
    STP_FORECAST_CLIMATE,     /* all regions and weeks */
    STP_FORECAST_REGION,      /* the region's weeks */
    STP_FORECAST_WEEK,        /* the week's regions */
    STP_FORECAST_REGION_WEEK, /* that week in that region */
    STP_FORECAST_STATE,       /* weeks after one in the same state as the last */
    STP_FORECAST_STATE_WEEK, /* the same week after such a state; if never seen, the former */
    STP_FORECAST_COUNT,
} stp_forecast;

/* The state of a region in a week: unrest or not, and in others none, only far ones, or a near one. */
enum { STP_STATES = 6, STP_NEAREST = 3 };
size_t stp_state_of(const stp_runs *runs, const bool *near, size_t run, size_t week,
                    size_t region);

/* Find the STP_NEAREST nearest regions of each by the least great-circle distance between districts (of equals
 * the first). near: [region * regions + other]. Districts without coordinates are near none. Returns 0, or
 * -1 when out of memory. */
int stp_regions_near(const steppe_scenario *scenario, bool *near);

/* How often unrest followed a state. */
typedef struct stp_state_share {
    stp_interval trained, evaluated;
} stp_state_share;

/* Cases of the evaluation runs: weeks first + 1 .. last (from 0) of each region, by run, then by week. */
typedef struct stp_forecast_trials {
    double *forecasts[STP_FORECAST_COUNT];
    bool *happened;
    size_t *run;
    size_t count, runs;
    stp_state_share states[STP_STATES];
} stp_forecast_trials;

/* Train and evaluate. first < last. Returns 0, or -1 when out of memory; the caller clears trials in either
 * case. */
int stp_forecast_trials_make(const stp_runs *learn, const stp_runs *test,
                             const bool *near, size_t first, size_t last,
                             stp_forecast_trials *trials);
void stp_forecast_trials_clear(stp_forecast_trials *trials);
stp_cases stp_forecast_trials_cases(const stp_forecast_trials *trials,
                                    stp_forecast forecast);

#endif
