/* The report of a run: what its parts share. */
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

/* Numbers of the whole country, one a step. */
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
    STP_TOTAL_STRENGTH,   /* of the incumbent, a share; holds for the day */
    STP_TOTALS,
} stp_total;

/* What a district went through; steps from 1, 0: never. Residents. */
typedef struct stp_district_summary {
    size_t unrest; /* the first step with unrest */
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
    /* Of powers outside, and of hot spots elsewhere; [step], NULL: the same. */
    double *attention[STP_POWERS_LISTED], *salience[STP_HOTSPOTS_LISTED];
    stp_district_summary *district_summaries; /* one a district */
    steppe_fit *fit;                          /* NULL: nothing is on record */
    stp_boundaries boundaries;                /* empty: there are none */
    bool seat;                                /* the run had a seat of power */
    size_t *events;     /* indices of those that happened, in order of time ... */
    size_t event_count; /* ... they are called 1, 2, ... */
    stp_input *inputs;  /* every value that went in */
    size_t input_count;
    const steppe_ask_options *asking; /* NULL: answers were not looked for */
    steppe_answer **answers; /* one a question; NULL: its runs are not all kept ... */
    char **elsewhere;        /* with which other options it was asked; NULL: with none */
    char **refusals;         /* ... or why it cannot be asked; NULL otherwise */
    size_t answer_count;     /* that are there */
    const char *png;         /* the program that draws a figure as PNG; NULL: none */
    struct stp_many *many; /* the runs of an ensemble (report_many.h); NULL: a single run.
                              Of `series` an ensemble has steps, scale, step_hours and
                              scenario alone */
} stp_report;

/* Read a results file. boundaries: a file of boundaries, or NULL for the one beside the scenario, if
 * it is there. Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS, STEPPE_NO_MEMORY; clear in any case. */
int stp_report_read(steppe_context *context, const char *path, const char *boundaries,
                    stp_report *report);
/* Note that a results file is of a model without a street; returns STEPPE_BAD_RESULTS. */
int stp_report_of_no_street(const stp_report *report, const char *model);
void stp_report_clear(stp_report *report);

/* Read boundaries: `path`, or if it is NULL "boundaries.topo.json" in the folder of the scenario, if it is
 * where it was. Errors: those of stp_boundaries_read. */
int stp_report_find_boundaries(stp_report *report, const char *path);
/* A time series without values, all NAN; NULL if memory ran out. */
double *stp_report_series(const stp_report *report);
/* Let each value of a time series hold until the next. */
void stp_report_hold(const stp_report *report, double *series);
/* Read what powers outside attended to, if the run had attention. Errors: STEPPE_BAD_RESULTS,
 * STEPPE_NO_MEMORY. */
int stp_report_read_attention(stp_report *report, sqlite3 *db);

/* Look for the answers to the scenario's questions, as they were asked with `options`; nothing is run.
 * Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS, STEPPE_BAD_ARGUMENT, STEPPE_NO_MEMORY. */
int stp_report_find_answers(stp_report *report, const steppe_ask_options *options);

/* Citizens of a district as people: no more than live there. Rules of others know no residents. */
double stp_report_people(const stp_report *report, size_t district, double citizens);

/* An event that happened. step: before whose turns. */
steppe_event_info stp_report_event(const stp_report *report, size_t index);

/* The last value of a time series; 0 without it. */
double stp_report_last(const stp_report *report, stp_total total);
/* The step (from 1) of the highest value, or of the lowest. */
size_t stp_report_highest(const stp_report *report, stp_total total);
size_t stp_report_lowest(const stp_report *report, stp_total total);

/* ---- sections, in HTML; each may find that it has nothing to say ---- */

typedef struct stp_report_section {
    const char *id, *title; /* of the page's contents */
    bool (*there)(const stp_report *report);
    int (*write)(FILE *file, const stp_report *report); /* 0, or a negative status */
} stp_report_section;

extern const stp_report_section stp_section_map, stp_section_spread, stp_section_charts,
    stp_section_seat, stp_section_record, stp_section_answers, stp_section_basis;

/* Find the events, by their steps. Errors: STEPPE_NO_MEMORY. */
int stp_report_sort_events(stp_report *report);

/* "1,000 residents in 2 districts, over 14 days ...; one agent ..." */
void stp_report_write_setting(FILE *file, const stp_report *report);

/* What was run, what came of it, and that it is no forecast. */
void stp_report_write_story(FILE *file, const stp_report *report);

/* The data of the page, as the text of a JSON object. */
int stp_report_write_data(FILE *file, const stp_report *report);

/* ---- figures ---- */

enum { STP_MAX_FIGURES = 16, STP_FIGURE_CURVES = 8 };

/* What the values of a figure are: it makes their axis and their digits. */
typedef enum stp_values {
    STP_VALUES_COUNT,  /* whole numbers, from 0 */
    STP_VALUES_SHARE,  /* from 0 to 1 */
    STP_VALUES_PART,   /* a share, on an axis of what it reaches */
    STP_VALUES_AMOUNT, /* any number, from 0 */
} stp_values;

/* A picture with a name for its file and what it shows. */
typedef struct stp_figure {
    const char *name, *title, *unit;
    const char *note; /* how it is to be read */
    stp_values values;
    size_t count;                            /* of curves; a map or a fan has none */
    const double *curves[STP_FIGURE_CURVES]; /* [step], borrowed */
    const char *labels[STP_FIGURE_CURVES];   /* maybe texts of the scenario */
} stp_figure;

/* The charts that a report has, into figures[STP_MAX_FIGURES]; returns how many. */
size_t stp_report_charts(const stp_report *report, stp_figure *figures);
/* Begin the data of a chart as JSON: what it is, its values in units of 1 / parts. */
void stp_report_write_chart_head(FILE *file, const stp_figure *figure, int parts);
/* Begin a figure of the page that the script brings to life: a picture of it follows, then its caption. */
void stp_report_begin_chart(FILE *file, const stp_figure *figure, size_t index);
void stp_report_caption_chart(FILE *file, const stp_report *report,
                              const stp_figure *figure);
void stp_report_draw_chart(FILE *file, const stp_report *report,
                           const stp_figure *figure);
void stp_report_chart_csv(FILE *file, const stp_report *report, const stp_figure *figure);

/* The events as a list, numbered as in the charts. */
void stp_report_write_events(FILE *file, const stp_report *report);

/* "Source: ..." of everything that the run gave. */
void stp_report_write_source(FILE *file, const stp_report *report);
/* The seed of the population, where it is not that of the run, or of each run; else "". */
const char *stp_report_population(const stp_report *report);

/* Of the answers: all of them as a table; of one, its distributions and where it turns. source: room for
 * the text that it is written into. */
enum { STP_SOURCE_TEXT = 320 };
const char *stp_report_answer_source(const stp_report *report,
                                     const steppe_answer_facts *facts,
                                     char source[STP_SOURCE_TEXT]);
/* The command that asks a question again, as HTML. */
void stp_report_answer_command(FILE *file, const stp_report *report, const char *id);
void stp_report_answers_csv(FILE *file, const stp_report *report);
void stp_report_answer_csv(FILE *file, const steppe_answer_facts *facts);
void stp_report_turn_csv(FILE *file, const steppe_answer_facts *facts);
/* The answers that are there as a list that the caller frees; NULL if memory ran out. */
const steppe_answer **stp_report_answer_list(const stp_report *report);

/* Where the files of `--figures` go. */
typedef struct stp_figure_folder {
    const char *path;
    stp_outputs *outputs;
} stp_figure_folder;

/* What a file of `--figures` is made of; what a writer does not need is 0. */
struct stp_figure_job;
typedef int (*stp_figure_writer)(FILE *file, const struct stp_figure_job *job);
typedef struct stp_figure_job {
    const stp_report *report;
    const stp_figure *figure;
    const struct stp_seat_log *log;
    int which; /* measure of a map; before or after; time series or outcome */
    const steppe_answer_facts *answer;
    stp_figure_writer write;
} stp_figure_job;

/* Write the file FOLDER/NAME.ENDING, and of a picture ("svg") its PNG if there is a program for it. Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int stp_report_put(const stp_figure_folder *folder, const char *name, const char *ending,
                   const stp_figure_job *job);
/* The same of a picture and of its numbers (CSV), whatever writer the job has. */
int stp_report_put_pair(const stp_figure_folder *folder, const char *name,
                        const stp_figure_job *job, stp_figure_writer picture,
                        stp_figure_writer numbers);

/* Write every figure (SVG, PNG) and its numbers (CSV) into a folder, with other outputs. */
int stp_report_write_figures(const stp_report *report, stp_outputs *outputs,
                             const char *path);

#endif
