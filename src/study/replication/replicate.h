/* Published models, run again and set beside their published numbers. A study plans arms, which
 * are many runs of one scenario, and then judges: it makes rows, one a claim, and pictures. */
#ifndef STP_REPLICATE_H
#define STP_REPLICATE_H

#include "study/measures/lattice_measures.h"
#include "study/measures/seat_measures.h"
#include "study/plots/plot.h"
#include "study/stats/interval.h"

enum {
    STP_MAX_SETTINGS = 12,  /* of an arm */
    STP_SETTING_TEXT = 112, /* bytes of one */
    STP_WORDS = 320,        /* bytes of a text of a row */
    STP_MAX_FIGURES = 12,   /* numbers of a row that are checked to their digits */
    STP_MAX_PLOTS = 6,      /* of a figure */
};

/* Runs of one scenario with seeds 1 .. runs. */
typedef struct stp_arm {
    char name[48];    /* unique, and what a study finds it by */
    const char *file; /* in the folder of the published models */
    char settings[STP_MAX_SETTINGS][STP_SETTING_TEXT];
    size_t setting_count;
    size_t runs;
    uint64_t steps;
    unsigned looks;    /* STP_LOOK_... */
    uint64_t from, to; /* the window of some measures, as in stp_measured */
    bool series;       /* keep active and detained of the first run, step by step */
    /* A model without a lattice: the names of the outcomes that are asked for. */
    const char *outcomes[STP_MAX_FIGURES];
    size_t outcome_count;
    stp_seat_watch seat; /* a seat of power alone, if it has days */
    /* What came out; values[run * width + measure or outcome]. */
    size_t width;
    double *values, *active, *detained;
} stp_arm;

/* A line of the table. Texts but id and claim may be NULL. */
typedef struct stp_row {
    const char *id;         /* in the study: "c" */
    const char *variant;    /* of the model, such as "floor", or NULL */
    const char *claim;      /* what is published, in a sentence */
    const char *published;  /* the number, if the claim has one */
    const char *replicated; /* what an independent replication found */
    const char *source;
    const char *tier; /* "must", "should", "gap" (known not to be recovered) */
    char ours[STP_WORDS], criterion[STP_WORDS];
    stp_interval
        interval; /* of the number that the verdict hangs on; NAN for exact ones */
    size_t runs;
    steppe_verdict verdict;
    const struct stp_study *study; /* set by stp_row_add */
} stp_row;

typedef struct stp_figure {
    const struct stp_study *study;
    const char *name; /* of the file, without its ending */
    const char *caption;
    stp_plot plots[STP_MAX_PLOTS];
    size_t count, columns;
} stp_figure;

/* A distribution over runs, which owns its values. */
typedef struct stp_distribution {
    steppe_distribution shown;
    double *values;
} stp_distribution;

typedef struct stp_study {
    const char *name, *title, *about;
    void (*plan)(steppe_replication *r);    /* add the arms */
    void (*verdict)(steppe_replication *r); /* add rows, figures and distributions */
} stp_study;

extern const stp_study STP_STUDIES[];
extern const size_t STP_STUDY_COUNT;

struct steppe_replication {
    steppe_context *context;
    char *folder;
    bool *chosen;           /* one a study */
    int effort;             /* percent of the runs */
    const stp_study *study; /* that plans or judges now */
    stp_arm **arms;
    stp_row **rows;
    stp_figure **figures;
    stp_distribution **distributions;
    size_t arm_count, row_count, figure_count, distribution_count;
    /* Memory ran out: what could not be added went here, and will not be shown. */
    bool failed;
    stp_arm overflow_arm;
    stp_row overflow_row;
    stp_figure overflow_figure;
};

/* What is below notes in the replication when memory ran out, so that studies need not look; what
 * is returned is never NULL. */

/* Add an arm, named as by printf; its runs are cut to the effort, but not below 2 (or 1 if it has
 * but one). Returns it, to be filled further. */
stp_arm *stp_arm_add(steppe_replication *r, const char *file, size_t runs, uint64_t steps,
                     const char *name, ...) __attribute__((format(printf, 5, 6)));
/* Add a setting, as by printf. */
void stp_arm_set(stp_arm *arm, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Make it one of a seat of power alone, whose measures are STP_SEAT_... */
void stp_arm_watch_seat(stp_arm *arm, const stp_seat_watch *watch);
/* The arm of that name, which must be there. */
const stp_arm *stp_arm_find(const steppe_replication *r, const char *name, ...)
    __attribute__((format(printf, 2, 3)));

/* One measure of all runs of an arm: values[arm->runs], owned by the caller; NULL if memory ran
 * out. */
double *stp_arm_values(const stp_arm *arm, size_t measure);
/* Mean of it over the runs that have it. */
stp_interval stp_arm_mean(const stp_arm *arm, size_t measure);
/* Its standard deviation over them. */
double stp_arm_deviation(const stp_arm *arm, size_t measure);
/* Share of the runs in which low <= it <= high; one that is NAN is not. Without: of those in which
 * it is NAN. */
stp_interval stp_arm_share(const stp_arm *arm, size_t measure, double low, double high);
stp_interval stp_arm_without(const stp_arm *arm, size_t measure);
/* Mean of the difference, run by run, of a measure in two arms (or of two measures in one). */
stp_interval stp_arm_difference(const stp_arm *a, size_t of_a, const stp_arm *b,
                                size_t of_b);

/* Add a row, to be judged by one of those below. */
stp_row *stp_row_add(steppe_replication *r, stp_row row);

/* A number without chance, as an interval. */
stp_interval stp_exactly(double value);

/* The verdicts. Each writes what counts (criterion) and what came out (ours) into the row, with
 * `decimals` digits behind the point; trend only if the estimate alone is on the right side.
 * unit: behind the number, or "". */
void stp_verdict_above(stp_row *row, stp_interval i, double bound, int decimals,
                       const char *unit);
void stp_verdict_below(stp_row *row, stp_interval i, double bound, int decimals,
                       const char *unit);
/* Reproduced if the interval meets [low, high], trend only if the estimate is within a fourth of
 * the nearer end. */
void stp_verdict_within(stp_row *row, stp_interval i, double low, double high,
                        int decimals, const char *unit);
/* A published number of one run: reproduced if it lies within the middle 95 % of our runs, trend
 * only if our mean is within a factor 1.5 of it. */
void stp_verdict_typical(stp_row *row, const stp_arm *arm, size_t measure,
                         double published, int decimals, const char *unit);
/* Something that is published as happening always, which rests on 20 to 30 runs and cannot tell
 * always from 19 times of 20: reproduced if it does so often, trend only in four of five. */
void stp_verdict_always(stp_row *row, stp_interval share, const char *what);
/* Numbers without chance: reproduced if each, rounded as it was printed, is the published one. */
void stp_verdict_figures(stp_row *row, const double *ours, const double *published,
                         size_t count, int decimals);
/* Means of arms against published numbers: reproduced if each of these is within a tenth of ours,
 * or `margin` if that is more; trend only if within a fourth, or twice the margin. */
void stp_verdict_profile(stp_row *row, const stp_interval *ours, const double *published,
                         size_t count, double margin, int decimals);
/* More about what came out, behind what stands there already. */
void stp_row_say(stp_row *row, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Add a figure with `columns` plots a row. */
stp_figure *stp_figure_add(steppe_replication *r, const char *name, const char *caption,
                           size_t columns);
/* Add an empty plot to it. */
stp_plot *stp_figure_plot(stp_figure *figure, const char *title, const char *x_axis,
                          const char *y_axis);
/* Curves: what a run did; the distribution of a measure over runs (share of runs with at most so
 * much); means with intervals, x[count]; points alone. */
void stp_plot_run(steppe_replication *r, stp_plot *plot, const char *name,
                  const stp_arm *arm, const double *series);
void stp_plot_spread(steppe_replication *r, stp_plot *plot, const char *name,
                     const stp_arm *arm, size_t measure);
void stp_plot_means(steppe_replication *r, stp_plot *plot, const char *name,
                    const double *x, const stp_interval *y, size_t count);
void stp_plot_points(steppe_replication *r, stp_plot *plot, const char *name,
                     const double *x, const double *y, size_t count);
/* The same as a line. */
void stp_plot_line(steppe_replication *r, stp_plot *plot, const char *name,
                   const double *x, const double *y, size_t count);
/* An upright line through a distribution, at a value such as the published one. */
void stp_plot_upright(steppe_replication *r, stp_plot *plot, const char *name, double x);

/* Show the distribution of a measure over the runs. */
void stp_distribution_add(steppe_replication *r, const stp_arm *arm, stp_measure measure,
                          const char *words, const char *unit);

#endif
