/* Forecasts of unrest by region and week, trained from some runs and tried on others: of the runs alone, and
 * of what is seen until the week before. */
#ifndef STP_WARNING_H
#define STP_WARNING_H

#include "scenario/region.h"
#include "study/stats/brier.h"

/* Some runs of a country: [run * weeks * regions + week * regions + region]. */
typedef struct stp_runs {
    const stp_region_week *values;
    size_t count, weeks, regions;
} stp_runs;

/* What the forecast of a region's week is the share of, in the runs that are trained from. */
typedef enum stp_forecast {
    STP_FORECAST_CLIMATE,     /* all regions and weeks */
    STP_FORECAST_REGION,      /* the region's weeks */
    STP_FORECAST_WEEK,        /* the week's regions */
    STP_FORECAST_REGION_WEEK, /* that week in that region */
    STP_FORECAST_STATE,       /* weeks after one like that which has just ended */
    STP_FORECAST_STATE_WEEK, /* the same week after one like that; if never seen, the former */
    STP_FORECAST_COUNT,
} stp_forecast;

/* A region at the end of a week: had it unrest itself, and had others: none, some but none of those near
 * it, or one of these. */
enum { STP_STATES = 6, STP_NEAREST = 3 };
size_t stp_state_of(const stp_runs *runs, const bool *near, size_t run, size_t week,
                    size_t region);

/* Which regions are the STP_NEAREST nearest of each, by the least great-circle distance between districts
 * (of equals the first of the file). near: [region * regions + other], to be filled. Districts without
 * coordinates are near none. Returns 0, or -1 if memory ran out. */
int stp_regions_near(const steppe_scenario *scenario, bool *near);

/* A state, and how often unrest came in the week after it. */
typedef struct stp_state_share {
    stp_interval trained, tried;
} stp_state_share;

/* Cases of the runs that it is tried on: weeks first + 1 .. last (from 0) of each region, run by run, week
 * by week. */
typedef struct stp_forecast_trials {
    double *forecasts[STP_FORECAST_COUNT];
    bool *happened;
    size_t *run;
    size_t count, runs;
    stp_state_share states[STP_STATES];
} stp_forecast_trials;

/* Learn and try. first < last. Returns 0, or -1 if memory ran out; to be cleared in either case. */
int stp_forecast_trials_make(const stp_runs *learn, const stp_runs *test,
                             const bool *near, size_t first, size_t last,
                             stp_forecast_trials *trials);
void stp_forecast_trials_clear(stp_forecast_trials *trials);
stp_cases stp_forecast_trials_cases(const stp_forecast_trials *trials,
                                    stp_forecast forecast);

#endif
