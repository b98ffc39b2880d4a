/* Results beside what was observed, and how that is shown. */
#ifndef STP_FIT_H
#define STP_FIT_H

#include "study/measures/observed_measures.h"
#include "study/plots/plot.h"

/* An observation and what the files say of it; its texts are its own. */
typedef struct stp_fit_row {
    steppe_fit_row shown;
    const stp_observation *observation;
    size_t pattern;   /* index */
    double *values;   /* one a file */
    size_t undefined; /* files that hold it and have no value */
    char *where, *when, *observed, *simulated;
    char reason[STP_REASON_TEXT]; /* of the first file without a value */
} stp_fit_row;

/* A measure as it goes on: values by time and file. */
typedef struct stp_fit_series {
    size_t row;     /* the first of the rows that it is shown with */
    size_t count;   /* points */
    double *hours;  /* hours[count], since the start */
    double *values; /* values[file * count + point] */
} stp_fit_series;

struct steppe_fit {
    steppe_context *context;
    const steppe_scenario *scenario;
    size_t file_count;
    stp_fit_row *rows;
    size_t row_count;
    steppe_fit_pattern *patterns;
    size_t pattern_count;
    stp_fit_series *series_of;
    size_t series_count;
    char **notes;
    size_t note_count;
};

/* Rows of one pattern and measure, which are shown in one plot: is `row` the first of them? Do two
 * rows belong together? */
bool stp_fit_leads(const steppe_fit *fit, size_t row);
bool stp_fit_same_group(const steppe_fit *fit, size_t a, size_t b);

/* Make room for the time series that the rows' plots show. Errors: STEPPE_NO_MEMORY. */
int stp_fit_plan_series(steppe_fit *fit);
/* Take their values from a file. */
void stp_fit_take_series(steppe_fit *fit, const stp_view *view, size_t file);
void stp_fit_free_series(steppe_fit *fit);

/* Add the plots of a pattern to plots[0 .. most-1], which the caller clears; returns how many, or
 * -1 if memory ran out. */
int stp_fit_plot(const steppe_fit *fit, size_t pattern, stp_plot *plots, size_t most);

/* Median and the 5 and 95 % quantiles of those of values[0 .. n-1] that are not NAN; all NAN if
 * none is. workspace: n numbers to work with. */
void stp_fit_spread(const double *values, size_t n, double *workspace, double *median,
                    double *low, double *high);

/* Put a note there; the text's data are taken. Errors: STEPPE_NO_MEMORY. */
int stp_fit_note(steppe_fit *fit, stp_text *text);
/* Which of the files a fit is made of: each run once, said in a note; chosen: room for all. Sets the fit's
 * file_count. Errors: those of opening; STEPPE_BAD_RESULTS also for an ensemble, and for files of
 * different scales or results versions. */
int stp_fit_choose(steppe_fit *fit, const char *const *paths, size_t count,
                   const char **chosen);

#endif
