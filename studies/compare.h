/* What the studies that compare two ways of running have in common: two samples, one number a run,
 * tested against each other, and drawn. For programs: what goes wrong ends them, with a reason. */
#ifndef STUDY_COMPARE_H
#define STUDY_COMPARE_H

#include "study/plots/plot.h"
#include "study/stats/statistics.h"

#include <stdio.h>

/* Tell why on standard error, behind the program's name, and exit with status 1. */
_Noreturn void study_stop(const char *why);

/* `n` numbers, all 0; the caller's to free. */
double *study_values(size_t n);

typedef struct study_comparison {
    double means[2], deviations[2];
    stp_test ks, mw; /* Kolmogorov and Smirnov; Mann and Whitney */
} study_comparison;

/* Compare two samples of n >= 1 values each, which are sorted in place. */
study_comparison study_compare(double *a, double *b, size_t n);

/* Correct p[0 .. n-1] in place for their number (Holm 1979). *below: how many are less than 0.05 before
 * it. Returns the smallest after it; 1 if there is none. */
double study_holm(double *p, size_t n, size_t *below);

/* A plot of the distributions over runs of two sorted samples of n >= 1 values each. unit: what is on
 * the axis across. To be cleared by stp_plot_clear. */
stp_plot study_plot(const char *title, const char *unit, const char *const names[2],
                    const double *a, const double *b, size_t n);

/* A file that is written beside its place; study_close puts it there, in place of what there was. */
FILE *study_open(const char *path);
void study_close(FILE *file, const char *path);

#endif
