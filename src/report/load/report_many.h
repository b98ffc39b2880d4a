/* The report of an ensemble: many runs of one scenario, as the sections need them. */
#ifndef STP_REPORT_MANY_H
#define STP_REPORT_MANY_H

#include "record/ensemble.h"
#include "report/load/report.h"
#include "study/measures/outcome.h"

/* time series over days, one a replicate. */
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

/* A range that was drawn from. */
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

typedef struct stp_many {
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
    stp_factor *factors;
    size_t factor_count;
    stp_region_risk *regions; /* by falling risk; NULL: a file without weeks */
    size_t region_count, week_count, with_weeks; /* with_weeks: replicates */
} stp_many;

/* Is it the file of an ensemble? Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS. */
int stp_many_is(steppe_context *context, const char *path, bool *is);

/* Read it into a report, whose `many` is set then. Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS (also if
 * no replicate is done), STEPPE_NO_MEMORY; clear the report in any case. boundaries: as
 * of stp_report_read. */
int stp_many_read(steppe_context *context, const char *path, const char *boundaries,
                  stp_report *report);
void stp_many_clear(stp_many *many);

extern const stp_report_section stp_section_fans, stp_section_outcomes, stp_section_risk,
    stp_section_draws;

/* "none", "latin" or "sobol" in words. */
const char *stp_many_sampling(const stp_many *many);

void stp_many_write_story(FILE *file, const stp_report *report);
/* The fans, as charts of the page's data. */
void stp_many_write_fan_data(FILE *file, const stp_report *report);
int stp_many_write_figures(const stp_report *report, const stp_figure_folder *folder);

/* ---- figures ---- */

/* Charts over days that an ensemble has, into figures[STP_DAILY_SERIES_COUNT]: which[i] is the time series of figure i. */
size_t stp_many_fans(const stp_report *report, stp_figure *figures,
                     stp_daily_series *which);
void stp_many_draw_fan(FILE *file, const stp_report *report, const stp_figure *figure,
                       stp_daily_series which);
void stp_many_fan_csv(FILE *file, const stp_report *report, stp_daily_series which);
/* The distribution of an outcome that some replicates have. */
void stp_many_draw_outcome(FILE *file, const stp_report *report, stp_outcome outcome);
void stp_many_outcomes_csv(FILE *file, const stp_report *report);
void stp_many_draws_csv(FILE *file, const stp_report *report);
/* The ranges that unrest goes with most, by rank correlation. */
void stp_many_draw_drivers(FILE *file, const stp_report *report);
/* Regions and weeks. Returns 0, or STEPPE_NO_MEMORY. */
int stp_many_draw_risk(FILE *file, const stp_report *report);
/* The map of them, if there are districts with coordinates: in the page, and as a file. Returns 0, or
 * STEPPE_NO_MEMORY. */
bool stp_many_has_map(const stp_report *report);
int stp_many_write_risk_map(FILE *file, const stp_report *report);
int stp_many_draw_risk_map(FILE *file, const stp_report *report);
void stp_many_risk_csv(FILE *file, const stp_report *report);

#endif
