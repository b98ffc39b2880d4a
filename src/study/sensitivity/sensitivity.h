/* Which parameters of a scenario matter to which outcome. */
#ifndef STP_SENSITIVITY_H
#define STP_SENSITIVITY_H

#include "scenario/range.h"
#include "study/plots/plot.h"
#include "study/sensitivity/factors.h"

enum { STP_CONVERGENCE_STEPS = 8 };

/* An outcome at each point of the design. */
typedef struct stp_sensitivity_outcome {
    const char *name, *unit, *meaning;
    double *values; /* [point], the mean over its seeds; NAN where no run has it */
    size_t missing; /* points without */
    double mean, deviation;
} stp_sensitivity_outcome;

/* Indices from the first part of the design. */
typedef struct stp_sensitivity_step {
    size_t count; /* trajectories, rows or points */
    double index, low, high;
} stp_sensitivity_step;

struct steppe_sensitivity {
    const steppe_scenario *scenario;
    steppe_sensitivity_method method;
    steppe_sensitivity_facts facts;
    char *path;
    char failure[440]; /* the first run that failed, and why */
    stp_range *ranges; /* of the parameters that vary */
    size_t range_count;
    stp_copula *copula; /* of their correlations; NULL: none */
    /* Factors: the parameters and, last, the dummy; groups: likewise. */
    stp_factors factors;
    size_t *group_of;
    char **groups;   /* their names, "dummy" the last */
    double *points;  /* [point * factors + factor] */
    uint64_t *seeds; /* [point] */
    steppe_solution
        *solution; /* of a model without a street: names of outcomes; else NULL */
    stp_sensitivity_outcome *outcomes;
    steppe_sensitivity_row *rows; /* [outcome * groups + rank - 1] */
    size_t *order;                /* group of a row, likewise */
    size_t step_count;
    stp_sensitivity_step *steps; /* [(outcome * groups + group) * step_count + step] */
};

/* Choose the parameters that vary, and their groups. Errors: STEPPE_BAD_ARGUMENT, STEPPE_NO_MEMORY. */
int stp_sensitivity_choose(steppe_context *context, steppe_sensitivity *s,
                           const steppe_sensitivity_options *options);
/* The coordinates of a point without the dummy, as probabilities for stp_ranges_draw. On Morris's grid the lowest and
 * the highest level are ends of a range; where there is a prior with tails, or a correlation, each level is the middle of
 * its share of the probability instead. */
void stp_sensitivity_parts(const steppe_sensitivity *s, size_t point, double *parts);
/* The fewest trajectories, rows or points with which the index of a group, of so many, can be told from chance. */
size_t stp_sensitivity_least(steppe_sensitivity_method method, size_t groups,
                             size_t slices);
/* Points of one trajectory or row; 1 for PAWN. */
size_t stp_sensitivity_length(const steppe_sensitivity *s);

/* Find the outcomes that are asked for, without values. Errors: STEPPE_BAD_ARGUMENT, STEPPE_NO_MEMORY. */
int stp_sensitivity_find_outcomes(steppe_context *context, steppe_sensitivity *s,
                                  const steppe_sensitivity_options *options);
/* Read their values from the runs. Errors: STEPPE_BAD_RESULTS, STEPPE_NO_MEMORY. */
int stp_sensitivity_read_outcomes(steppe_context *context, steppe_sensitivity *s);

/* Compute all indices, and their convergence. Returns 0, or -1 when out of memory. */
int stp_sensitivity_compute(steppe_sensitivity *s);

/* "mu*", "total index", "median distance". */
const char *stp_sensitivity_index_name(const steppe_sensitivity *s);
/* "trajectories", "rows", "points". */
const char *stp_sensitivity_unit_name(const steppe_sensitivity *s);
/* Plot how the indices of the groups that matter most, and of the dummy, converge. Returns 0, or -1 when out of
 * memory. */
int stp_sensitivity_convergence_plot(const steppe_sensitivity *s, size_t outcome,
                                     stp_plot *plot);

#endif
