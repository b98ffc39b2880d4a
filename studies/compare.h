/* Compare and plot two samples of runs. For programs: errors end them, with a message. */
#ifndef STUDY_COMPARE_H
#define STUDY_COMPARE_H

#include "study/plots/plot.h"
#include "study/stats/statistics.h"

#include <stdio.h>

/* Print why on standard error and exit with status 1. */
_Noreturn void study_stop(const char *why);

/* `n` zeros, which the caller frees. */
double *study_values(size_t n);

typedef struct study_comparison {
    double means[2], deviations[2];
    stp_test ks, mw; /* Kolmogorov and Smirnov; Mann and Whitney */
} study_comparison;

/* Compare two samples of n >= 1 values each; sorts them. */
study_comparison study_compare(double *a, double *b, size_t n);

/* Correct p[0 .. n-1] in place (Holm 1979). *below: how many were less than 0.05. Returns the smallest corrected
 * p; 1 if there is none. */
double study_holm(double *p, size_t n, size_t *below);

/* Plot the distributions of two sorted samples of n >= 1 values each. unit: label of the x axis. The caller clears
 * it (stp_plot_clear). */
stp_plot study_plot(const char *title, const char *unit, const char *const names[2],
                    const double *a, const double *b, size_t n);

/* Write a file under another name; study_close renames it, replacing an existing file. */
FILE *study_open(const char *path);
void study_close(FILE *file, const char *path);

#endif
