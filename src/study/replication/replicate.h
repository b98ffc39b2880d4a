/* Published models, run again and compared with their published numbers. The file of a
 * study, claims/NAME.yaml in the folder of the scenarios, names the arms (many runs of
 * one scenario), the claims with their criteria, and the figures; what is here runs
 * the arms and applies the criteria. */
#ifndef STP_REPLICATE_H
#define STP_REPLICATE_H

#include "scenario/node.h"
#include "study/measures/lattice_measures.h"
#include "study/measures/seat_measures.h"
#include "study/plots/plot.h"
#include "study/stats/interval.h"

enum {
    STP_MAX_SETTINGS = 16,  /* of an arm */
    STP_SETTING_TEXT = 112, /* bytes of one */
    STP_ARM_NAME = 64,      /* bytes */
    STP_MAX_OUTCOMES = 16,  /* of an arm */
    STP_WORDS = 320,        /* bytes of a text of a row */
    STP_MAX_PLOTS = 6,      /* of a figure */
    STP_MAX_POINTS = 128,   /* arms that one number or curve is made of */
};

typedef enum stp_arm_kind {
    STP_ARM_LATTICE, /* measures: stp_measure */
    STP_ARM_SEAT,    /* the seat of power alone; measures: stp_seat_measure */
    STP_ARM_SOLVED,  /* a model without a lattice; measures: its outcomes, in order */
} stp_arm_kind;

/* Runs of one scenario with seeds 1 .. runs. Texts are borrowed from the study's file. */
typedef struct stp_arm {
    const struct stp_study *study;
    char name[STP_ARM_NAME]; /* unique in the study; with doses: "run2/floor" */
    stp_arm_kind kind;
    const char *file; /* in the folder of the published models */
    char settings[STP_MAX_SETTINGS][STP_SETTING_TEXT];
    size_t setting_count;
    const char *dose_name; /* of what varies, or NULL */
    double dose;
    bool certain; /* one run at any effort: chance has no part in it */
    size_t runs;
    uint64_t steps;
    unsigned looks;    /* STP_LOOK_... */
    uint64_t from, to; /* the window of some measures, as in stp_measured */
    bool series;       /* keep active and detained of the first run, step by step */
    const char *outcomes[STP_MAX_OUTCOMES];
    size_t outcome_count;
    stp_seat_watch seat;
    /* What came out; values[run * width + measure]. */
    size_t width;
    double *values, *active, *detained;
    double *workspace; /* `runs` numbers */
} stp_arm;

/* A line of the table. Texts but id and claim may be NULL. */
typedef struct stp_row {
    const struct stp_study *study;
    const char *id;         /* in the study: "c" */
    const char *variant;    /* of the model, such as "floor", or NULL */
    const char *claim;      /* what is published, in a sentence */
    const char *published;  /* the number, if the claim has one */
    const char *replicated; /* what an independent replication found */
    const char *source;
    const char *tier; /* "must", "should", "gap" (known not to be recovered) */
    char ours[STP_WORDS], criterion[STP_WORDS];
    stp_interval
        interval; /* of the number that decides the verdict; NAN for exact ones */
    size_t runs;
    steppe_verdict verdict;
} stp_row;

typedef struct stp_study_figure {
    const struct stp_study *study;
    const char *name; /* of the file, without its ending */
    const char *caption;
    stp_plot plots[STP_MAX_PLOTS];
    size_t count, columns;
} stp_study_figure;

/* A distribution over runs, which owns its values. */
typedef struct stp_distribution {
    steppe_distribution shown;
    double *values;
} stp_distribution;

typedef struct stp_study {
    const char *name, *title;
} stp_study;

extern const stp_study STP_STUDIES[];
extern const size_t STP_STUDY_COUNT;

struct steppe_replication {
    steppe_context *context;
    char *folder;
    bool *chosen;    /* one per study */
    stp_tree *trees; /* one per study: its file, if it is chosen ... */
    char **paths;    /* ... and the name of that, which the tree borrows */
    int effort;      /* percent of the runs */
    stp_arm **arms;
    stp_row **rows;
    stp_study_figure **figures;
    stp_distribution **distributions;
    size_t arm_count, row_count, figure_count, distribution_count;
};

/* ---- a replication's lists ---- */

/* Add a copy of an arm, its runs cut to the effort, but not below 2 (or 1 if it has
 * but one). Errors: STEPPE_NO_MEMORY. */
int stp_arm_add(steppe_replication *r, const stp_arm *arm);
/* The arm of that name, or the first of those of which it is the name without the
 * dose; *count: how many, one behind the other. NULL: there is none. */
stp_arm *const *stp_arms_find(const steppe_replication *r, const stp_study *study,
                              const char *name, size_t *count);
/* Add an empty row, an empty figure, a distribution of a measure; NULL, or
 * STEPPE_NO_MEMORY, if out of memory. */
stp_row *stp_row_add(steppe_replication *r, const stp_study *study);
stp_study_figure *stp_figure_add(steppe_replication *r, const stp_study *study);
int stp_distribution_add(steppe_replication *r, const stp_arm *arm, size_t measure,
                         const char *words, const char *unit);

/* ---- what an arm measured ---- */

/* One measure of all runs, in the workspace of the arm: until the next call of one of
 * these. */
double *stp_arm_values(const stp_arm *arm, size_t measure);
/* Mean and standard deviation over the runs that have it. */
stp_interval stp_arm_mean(const stp_arm *arm, size_t measure);
double stp_arm_deviation(const stp_arm *arm, size_t measure);
/* Mean of the difference, run by run, of a measure in two arms (or of two measures in
 * one). */
stp_interval stp_arm_difference(const stp_arm *a, size_t of_a, const stp_arm *b,
                                size_t of_b);

/* ---- verdicts ---- */

/* Each writes the criterion and what came out (ours) into the row, with `decimals`
 * digits behind the point; trend only if the estimate alone is on the right side.
 * unit: behind the number, or "". */
void stp_verdict_above(stp_row *row, stp_interval i, double bound, int decimals,
                       const char *unit);
void stp_verdict_below(stp_row *row, stp_interval i, double bound, int decimals,
                       const char *unit);
/* Reproduced if the interval meets [low, high], trend only if the estimate is within a
 * fourth of the nearer end. */
void stp_verdict_within(stp_row *row, stp_interval i, double low, double high,
                        int decimals, const char *unit);
/* A published number of one run: reproduced if it lies within the middle 95 % of our
 * runs, trend only if our mean is within a factor 1.5 of it. */
void stp_verdict_typical(stp_row *row, const stp_arm *arm, size_t measure,
                         double published, int decimals, const char *unit);
/* What is published as happening always, from 20 to 30 runs, which cannot distinguish
 * always from 19 times of 20: reproduced if it does so in 19 of 20 runs, trend only in
 * four of five. */
void stp_verdict_always(stp_row *row, stp_interval share, const char *what);
/* Something that chance has no part in: reproduced if it holds in each run. */
void stp_verdict_each(stp_row *row, size_t hits, size_t runs);
/* Numbers without chance: reproduced if each, rounded as it was printed, is the
 * published one. */
void stp_verdict_figures(stp_row *row, const double *ours, const double *published,
                         size_t count, int decimals);
/* Means of arms against published numbers: reproduced if each of these is within a
 * tenth of ours, or `margin` if that is more; trend only if within a fourth, or twice
 * the margin. */
void stp_verdict_profile(stp_row *row, const stp_interval *ours, const double *published,
                         size_t count, double margin, int decimals);
/* Add to what came out. */
void stp_row_say(stp_row *row, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- the file of a study ---- */

/* Read the file's text and add its arms. The tree lives as long as what was made of
 * it. Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_study_plan(steppe_replication *r, const stp_study *study, stp_tree *tree);
/* What the file says about the study. */
const char *stp_study_about(const steppe_replication *r, const stp_study *study);
/* Add rows, distributions and figures, from the arms' values. Before the runs, with
 * all values 0, it finds what is wrong with the file. Errors: as above. */
int stp_study_conclude(steppe_replication *r, const stp_study *study,
                       const stp_tree *tree);
/* Allocate what the arms will measure, all 0. Errors: STEPPE_NO_MEMORY. */
int stp_arms_prepare(steppe_replication *r);
/* Free rows, distributions and figures. */
void stp_replication_clear(steppe_replication *r);

#endif
