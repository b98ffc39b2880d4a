/* What a report knows of a results file. */
#ifndef STP_REPORT_H
#define STP_REPORT_H

#include "base/output.h"
#include "record/results.h"
#include "report/load/boundaries.h"
#include "scenario/scenario.h"
#include "study/validation/fit.h"

#include "steppe.h"

#include <stdio.h>

/* Facts of the table `run`, as texts. */
typedef enum stp_fact {
    STP_FACT_STATUS,
    STP_FACT_SEED,
    STP_FACT_POPULATION_SEED, /* that of a run; of an ensemble, if all have one; or "" */
    STP_FACT_SCALE,
    STP_FACT_STEPS,
    STP_FACT_AGENTS,
    STP_FACT_ENGINE,
    STP_FACT_SCHEDULE,
    STP_FACT_THREADS,
    STP_FACT_VERSION,
    STP_FACT_RESULTS_VERSION,
    STP_FACT_SCENARIO_FILE,
    STP_FACT_SCENARIO_DIGEST,
    STP_FACT_SEAT,
    STP_FACTS,
} stp_fact;

enum { STP_FACT_TEXT = 512 };

/* Numbers of the whole country, one per step. */
typedef enum stp_total {
    STP_TOTAL_ACTIVE, /* residents, at the end of the step */
    STP_TOTAL_VIOLENT,
    STP_TOTAL_DETAINED,
    STP_TOTAL_ARRESTS, /* residents, since the start */
    STP_TOTAL_KILLED,
    STP_TOTAL_OFFICERS_KILLED,
    STP_TOTAL_OBEYING,    /* share of the officers on the street */
    STP_TOTAL_LEGITIMACY, /* mean over residents */
    STP_TOTAL_LOWEST,     /* ... and in the district where it is lowest */
    STP_TOTAL_STRENGTH,   /* of the incumbent, a share; computed once a day */
    STP_TOTALS,
} stp_total;

/* What happened in a district. Steps from 1, 0: never; people in residents. */
typedef struct stp_district_summary {
    size_t unrest, last; /* the first step with unrest, and the last */
    size_t peak_step;
    double peak, arrests, killed, violent_peak;
} stp_district_summary;

/* A value that went in, as the file has it; texts of its own, "" if there is none. */
typedef enum stp_input_text {
    STP_INPUT_PATH,
    STP_INPUT_VALUE,
    STP_INPUT_RANGE,
    STP_INPUT_UNIT,
    STP_INPUT_KIND, /* "fact", "claim", "assumption", "unstated" or "default" */
    STP_INPUT_SOURCE,
    STP_INPUT_NOTE,
    STP_INPUT_TEXTS,
} stp_input_text;

typedef struct stp_input {
    char *texts[STP_INPUT_TEXTS];
} stp_input;

typedef struct stp_report {
    steppe_context *context;
    const char *path;
    steppe_scenario *scenario; /* that of the file */
    stp_series series;
    char facts[STP_FACTS][STP_FACT_TEXT];
    char digest[32];               /* of the last step */
    double *series_of[STP_TOTALS]; /* [step]; NULL: the file does not tell */
    /* Of foreign powers, and of hot spots elsewhere; [step], NULL: not in the file. */
    double *attention[STP_POWERS_LISTED], *salience[STP_HOTSPOTS_LISTED];
    stp_district_summary *district_summaries; /* one per district */
    steppe_fit *fit;                          /* NULL: nothing was observed */
    stp_boundaries boundaries;                /* empty: there are none */
    bool seat;                                /* the run had a seat of power */
    size_t *events;     /* indices of those that happened, in order of time ... */
    size_t event_count; /* ... they are called 1, 2, ... */
    stp_input *inputs;  /* every value that went in */
    size_t input_count;
    const steppe_ask_options *asking; /* NULL: answers were not looked for */
    steppe_answer **answers; /* one per question; NULL: its runs are not all kept ... */
    char **elsewhere;        /* other options it was asked with; NULL: none */
    char **refusals;         /* ... or why it cannot be asked; NULL otherwise */
    size_t answer_count;     /* that are there */
    char *folder_word;       /* the folder of the answers, as a word for a shell */
    const char *png;         /* the program that draws a figure as PNG; NULL: none */
    /* The runs of an ensemble (runs.h), which has only steps, scale, step_hours and scenario of
     * `series`; NULL: a single run. */
    struct stp_runs *runs;
} stp_report;

/* Read a results file. boundaries: a file of boundaries, or NULL for the one next to the scenario, if
 * it is there. Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS, STEPPE_NO_MEMORY; clear in any case. */
int stp_report_read(steppe_context *context, const char *path, const char *boundaries,
                    stp_report *report);
/* Note that a results file is of a model without a street; returns STEPPE_BAD_RESULTS. */
int stp_report_of_no_street(const stp_report *report, const char *model);
void stp_report_clear(stp_report *report);

/* Read boundaries: `path`, or if it is NULL "boundaries.topo.json" in the folder of the scenario, if it is
 * still there. Errors: those of stp_boundaries_read. */
int stp_report_find_boundaries(stp_report *report, const char *path);
/* A time series without values, all NAN; NULL if out of memory. */
double *stp_report_series(const stp_report *report);
/* Forward-fill a time series: NAN takes the value before. */
void stp_report_forward_fill(const stp_report *report, double *series);
/* Read what foreign powers attended to, if the run had attention. Errors: STEPPE_BAD_RESULTS,
 * STEPPE_NO_MEMORY. */
int stp_report_read_attention(stp_report *report, sqlite3 *db);

/* Find the answers to the scenario's questions that were asked with `options`; nothing is run.
 * Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS, STEPPE_BAD_ARGUMENT, STEPPE_NO_MEMORY. */
int stp_report_find_answers(stp_report *report, const steppe_ask_options *options);

/* ---- for those who read results files ---- */

/* Parse the scenario in `series`. Errors: STEPPE_BAD_RESULTS, STEPPE_NO_MEMORY. */
int stp_report_parse_scenario(stp_report *report);
/* Errors: STEPPE_NO_MEMORY. A text may be NULL: "". */
int stp_report_add_input(stp_report *report, const char *const texts[STP_INPUT_TEXTS]);
/* Find the events of the run, by their steps. Errors: STEPPE_NO_MEMORY. */
int stp_report_sort_events(stp_report *report);

/* ---- for those who write ---- */

/* Citizens of a district as people: no more than live there. Rules of others know no residents. */
double stp_report_people(const stp_report *report, size_t district, double citizens);

/* The name of a district, or its id. */
const char *stp_report_district_name(const stp_report *report, size_t district);

/* An event that happened. step: before whose turns. */
steppe_event_info stp_report_event(const stp_report *report, size_t index);

/* The last value of a time series; 0 without it. */
double stp_report_last(const stp_report *report, stp_total total);
/* The step (from 1) of the highest value, or of the lowest. */
size_t stp_report_highest(const stp_report *report, stp_total total);
size_t stp_report_lowest(const stp_report *report, stp_total total);
/* Is there a time series whose values differ? */
bool stp_report_varies(const stp_report *report, stp_total total);

/* The seed of the population where it differs from that of the run; else "". */
const char *stp_report_population(const stp_report *report);

#endif
