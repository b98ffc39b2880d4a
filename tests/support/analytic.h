/* Functions whose sensitivity indices are known, of points in [0, 1]. */
#ifndef ANALYTIC_H
#define ANALYTIC_H

#include <math.h>
#include <stddef.h>

/* Ishigami and Homma (1990), a = 7, b = 0.1, of three factors uniform in [-pi, pi]. */
static inline double ishigami(const double *x)
{
    const double pi = 3.14159265358979323846;
    double z[3];
    for (int k = 0; k < 3; k++)
        z[k] = pi * (2 * x[k] - 1);
    return sin(z[0]) + 7 * sin(z[1]) * sin(z[1]) + 0.1 * pow(z[2], 4) * sin(z[0]);
}

/* Sobol's g-function (Saltelli and Sobol 1995), a = 0, 1, 4.5, 9, 99, 99, 99, 99. */
enum { G_FACTORS = 8 };
static const double G_WEIGHTS[G_FACTORS] = {0, 1, 4.5, 9, 99, 99, 99, 99};

static inline double g_function(const double *x)
{
    double product = 1;
    for (int k = 0; k < G_FACTORS; k++)
        product *= (fabs(4 * x[k] - 2) + G_WEIGHTS[k]) / (1 + G_WEIGHTS[k]);
    return product;
}

/* Its variance explained by factor k alone, and all of it. */
static inline double g_part(int k)
{
    return 1 / (3 * (1 + G_WEIGHTS[k]) * (1 + G_WEIGHTS[k]));
}

static inline double g_variance(void)
{
    double product = 1;
    for (int k = 0; k < G_FACTORS; k++)
        product *= 1 + g_part(k);
    return product - 1;
}

#endif
