/* What a report knows of the runs of an ensemble. */
#ifndef STP_RUNS_H
#define STP_RUNS_H

#include "record/ensemble.h"
#include "report/load/report.h"
#include "study/measures/outcome.h"

/* Time series over days, one per replicate. */
typedef enum stp_daily_series {
    STP_DAILY_SERIES_ACTIVE, /* residents, mean of the day */
    STP_DAILY_SERIES_VIOLENT,
    STP_DAILY_SERIES_DETAINED, /* ... at its end */
    STP_DAILY_SERIES_KILLED,   /* ... since the start */
    STP_DAILY_SERIES_OBEYING,  /* share */
    STP_DAILY_SERIES_LEGITIMACY,
    STP_DAILY_SERIES_STRENGTH,
    STP_DAILY_SERIES_COUNT,
} stp_daily_series;

enum { STP_FAN = 5 }; /* 5, 25, 50, 75 and 95 % */

/* A parameter range that was drawn from. */
typedef struct stp_factor {
    char *path, *kind;
    double low, high;
    double quantiles[STP_FAN]; /* of what was drawn */
    double correlation, p; /* of the ranks, with citizen-hours; NAN: none. p: Holm's */
} stp_factor;

typedef struct stp_region_risk {
    size_t region, any; /* runs with unrest in any week ... */
    size_t *weeks;      /* ... and by week */
} stp_region_risk;

typedef struct stp_runs {
    size_t planned, done, failed; /* replicates */
    char sampling[16], width[32], from[32], to[32];
    char *settings;   /* of an arm of a question; "" if it is none */
    char *failure;    /* what the first that failed says; NULL if none did */
    size_t *numbers;  /* of the replicates that are done */
    size_t day_count; /* days that the file has */
    double *series_of
        [STP_DAILY_SERIES_COUNT]; /* quantiles [day * STP_FAN + k], NAN without a value;
                                     NULL: no day has one */
    double *outcomes[STP_OUTCOME_COUNT]; /* [done], NAN without one */
    size_t counts[STP_OUTCOME_COUNT];    /* that have it */
    double quantiles[STP_OUTCOME_COUNT][STP_FAN], means[STP_OUTCOME_COUNT];
    double lowest[STP_OUTCOME_COUNT], highest[STP_OUTCOME_COUNT];
    double take_off_hours; /* citizen-hours above which unrest has taken off ... */
    size_t took_off;       /* ... and the runs where it did, over which these are */
    double off_quantiles[STP_OUTCOME_COUNT][STP_FAN];
    stp_factor *factors;
    size_t factor_count;
    stp_region_risk *regions; /* by falling risk; NULL: a file without weeks */
    size_t region_count, week_count, with_weeks; /* with_weeks: replicates */
} stp_runs;

/* Is it the file of an ensemble? Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS. */
int stp_runs_is(steppe_context *context, const char *path, bool *is);

/* Read it into a report, whose `runs` is set then. Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS (also if
 * no replicate is done), STEPPE_NO_MEMORY; clear the report in any case. boundaries: as
 * of stp_report_read. */
int stp_runs_read(steppe_context *context, const char *path, const char *boundaries,
                  stp_report *report);
void stp_runs_clear(stp_runs *runs);

/* "none", "latin", "sobol", "posterior" or the name of a design in words. */
const char *stp_runs_sampling(const stp_runs *runs);
/* Are the points those of a sensitivity analysis? */
bool stp_runs_designed(const stp_runs *runs);
/* Are they those of a calibration's posterior? */
bool stp_runs_of_posterior(const stp_runs *runs);

#endif
