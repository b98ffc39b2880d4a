#include "compare.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void study_stop(const char *why)
{
    fprintf(stderr, "%s: %s\n", program_invocation_short_name, why);
    exit(1);
}

double *study_values(size_t n)
{
    double *values = calloc(n ? n : 1, sizeof *values);
    if (!values)
        study_stop("out of memory");
    return values;
}

study_comparison study_compare(double *a, double *b, size_t n)
{
    study_comparison c = {.means = {stp_mean(a, n), stp_mean(b, n)},
                          .deviations = {stp_deviation(a, n), stp_deviation(b, n)}};
    c.ks = stp_kolmogorov_smirnov(a, n, b, n);
    c.mw = stp_mann_whitney(a, n, b, n);
    return c;
}

double study_holm(double *p, size_t n, size_t *below)
{
    double smallest = 1;
    *below = 0;
    for (size_t i = 0; i < n; i++)
        *below += p[i] < 0.05;
    if (n && stp_holm(p, n) != 0)
        study_stop("out of memory");
    for (size_t i = 0; i < n; i++)
        smallest = fmin(smallest, p[i]);
    return smallest;
}

/* Add the empirical distribution of a sorted sample, over the range from low to high. */
static void add_distribution(stp_plot *plot, const char *name, const double *values,
                             size_t n, double low, double high)
{
    double *x = study_values(n + 2), *y = study_values(n + 2);
    x[0] = low;
    for (size_t i = 1; i <= n; i++) {
        x[i] = values[i - 1];
        y[i] = (double)i / (double)n;
    }
    x[n + 1] = high;
    y[n + 1] = 1;
    if (stp_plot_add(plot, name, STP_MARK_STEPS, n + 2, x, y, NULL, NULL) != 0)
        study_stop("out of memory");
    free(x);
    free(y);
}

stp_plot study_plot(const char *title, const char *unit, const char *const names[2],
                    const double *a, const double *b, size_t n)
{
    stp_plot plot = {.reference = NAN, .y_axis = "share of the runs"};
    double low = fmin(a[0], b[0]), high = fmax(a[n - 1], b[n - 1]);
    snprintf(plot.title, sizeof plot.title, "%s", title);
    snprintf(plot.x_axis, sizeof plot.x_axis, "%s", unit);
    add_distribution(&plot, names[0], a, n, low, high);
    add_distribution(&plot, names[1], b, n, low, high);
    return plot;
}

/* The name of the unfinished file; the caller frees it. */
static char *part_of(const char *path)
{
    char *part = NULL;
    if (asprintf(&part, "%s.part", path) < 0)
        study_stop("out of memory");
    return part;
}

FILE *study_open(const char *path)
{
    char *part = part_of(path);
    FILE *file = fopen(part, "w");
    if (!file) {
        perror(part);
        exit(1);
    }
    free(part);
    return file;
}

void study_close(FILE *file, const char *path)
{
    char *part = part_of(path);
    bool bad = ferror(file) != 0;
    if (fclose(file) != 0 || bad || rename(part, path) != 0) {
        perror(path);
        exit(1);
    }
    free(part);
}
