/* Results compared with observations. */
#ifndef STP_FIT_H
#define STP_FIT_H

#include "study/measures/observed_measures.h"
#include "study/plots/plot.h"

/* An observation and its measure in the files; owns its texts. */
typedef struct stp_fit_row {
    steppe_fit_row shown;
    const stp_observation *observation;
    size_t pattern;   /* index */
    double *values;   /* one per file */
    size_t undefined; /* files in which the measure is not defined */
    char *where, *when, *observed, *simulated;
    char reason[STP_REASON_TEXT]; /* of the first file without a value */
} stp_fit_row;

/* A measure over time. */
typedef struct stp_fit_series {
    size_t row;     /* the first of its group */
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

/* Rows of the same pattern and measure form a group, shown in one plot: is `row` its first; are two rows of
 * the same group? */
bool stp_fit_leads(const steppe_fit *fit, size_t row);
bool stp_fit_same_group(const steppe_fit *fit, size_t a, size_t b);

/* Allocate the time series that the plots show. Errors: STEPPE_NO_MEMORY. */
int stp_fit_plan_series(steppe_fit *fit);
/* Read their values from a file. */
void stp_fit_take_series(steppe_fit *fit, const stp_view *view, size_t file);
void stp_fit_free_series(steppe_fit *fit);

/* Make the plots of a pattern, at most `most`, which the caller clears. Returns how many, or -1 when out of
 * memory. */
int stp_fit_plot(const steppe_fit *fit, size_t pattern, stp_plot *plots, size_t most);

/* Median and 5 and 95 % quantiles of the values that are not NAN; NAN if there are none. workspace: n
 * numbers. */
void stp_fit_spread(const double *values, size_t n, double *workspace, double *median,
                    double *low, double *high);

/* Add a note, which takes over the text's data. Errors: STEPPE_NO_MEMORY. */
int stp_fit_note(steppe_fit *fit, stp_text *text);
/* Choose the files to compare: each run once, with a note. chosen: `count` entries. Sets fit->file_count.
 * Errors: those of opening; STEPPE_BAD_RESULTS also for an ensemble, and for files of different scales or
 * results versions. */
int stp_fit_choose(steppe_fit *fit, const char *const *paths, size_t count,
                   const char **chosen);

#endif
