#include "study/sensitivity/saltelli.h"

#include "base/random.h"
#include "study/stats/interval.h"
#include "study/stats/sampling.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

size_t stp_saltelli_length(const stp_factors *factors)
{
    return factors->groups + 2;
}

int stp_saltelli_grows(const stp_factors *f, size_t rows)
{
    return 2 * f->count <= STP_MAX_SOBOL && rows >= 4 * f->count;
}

int stp_saltelli_design(uint64_t seed, const stp_factors *f, size_t rows, double *points)
{
    size_t n = f->count, length = stp_saltelli_length(f);
    double *both = calloc(rows * 2 * n + 1, sizeof *both);
    int bad = !both                         ? -1
              : stp_saltelli_grows(f, rows) ? stp_sobol(seed, 0, rows, 2 * n, both)
                                            : stp_latin(seed, rows, 2 * n, both);
    for (size_t j = 0; bad == 0 && j < rows; j++) {
        const double *a = both + j * 2 * n, *b = a + n;
        double *row = points + j * length * n;
        for (size_t g = 0; g <= f->groups; g++)
            for (size_t k = 0; k < n; k++)
                row[g * n + k] = g > 0 && f->group[k] == g - 1 ? b[k] : a[k];
        memcpy(row + (length - 1) * n, b, n * sizeof *b);
    }
    free(both);
    return bad;
}

/* ---- indices ---- */

/* The complete rows, centred; A, AB of each group, B. */
typedef struct table {
    double *values;
    size_t groups, length, rows;
} table;

static int keep_complete(size_t groups, size_t rows, const double *values, table *t)
{
    double mean = 0;
    *t = (table){calloc(rows * (groups + 2) + 1, sizeof(double)), groups, groups + 2, 0};
    if (!t->values)
        return -1;
    for (size_t j = 0; j < rows; j++) {
        const double *row = values + j * t->length;
        size_t k = 0;
        while (k < t->length && !isnan(row[k]))
            k++;
        if (k == t->length)
            memcpy(t->values + t->rows++ * t->length, row, t->length * sizeof *row);
    }
    size_t count = t->rows * t->length;
    for (size_t i = 0; i < count; i++)
        mean += t->values[i] / (double)count;
    for (size_t i = 0; i < count; i++)
        t->values[i] -= mean; /* a mean far from 0 would add to the error of `first` */
    return 0;
}

/* One estimate from the rows of a resample; pick NULL: all rows once. sums: [3 * groups]. */
static void estimate(const table *t, const uint32_t *pick, double *sums,
                     stp_sobol_index *indices)
{
    double mean = 0, square = 0, n = (double)t->rows;
    memset(sums, 0, 3 * t->groups * sizeof *sums);
    for (size_t i = 0; i < t->rows; i++) {
        const double *row = t->values + (pick ? pick[i] : i) * t->length;
        double a = row[0], b = row[t->length - 1];
        mean += (a + b) / (2 * n);
        square += (a * a + b * b) / (2 * n);
        for (size_t g = 0; g < t->groups; g++) {
            double ab = row[g + 1];
            sums[3 * g] += b * (ab - a);
            sums[3 * g + 1] += (a - ab) * (a - ab);
            sums[3 * g + 2] += (b - ab) * (b - ab);
        }
    }
    double variance = square - mean * mean;
    bool varies = variance > 1e-14 * square;
    for (size_t g = 0; g < t->groups; g++) {
        indices[g].first = varies ? sums[3 * g] / n / variance : NAN;
        indices[g].total = varies ? sums[3 * g + 1] / (2 * n) / variance : NAN;
        indices[g].first_jansen = varies ? 1 - sums[3 * g + 2] / (2 * n) / variance : NAN;
    }
}

static void set_interval(double *draws, size_t n, double confidence, double *low,
                         double *high)
{
    n = stp_sort(draws, n);
    *low = stp_quantile(draws, n, (1 - confidence) / 2);
    *high = stp_quantile(draws, n, (1 + confidence) / 2);
}

static int resample(const table *t, uint64_t seed, size_t resamples, double confidence,
                    double *sums, stp_sobol_index *indices)
{
    stp_sobol_index *drawn = calloc(t->groups + 1, sizeof *drawn);
    uint32_t *pick = calloc(t->rows + 1, sizeof *pick);
    double *draws = calloc(2 * t->groups * resamples + 1, sizeof *draws);
    bool bad = !drawn || !pick || !draws;
    for (size_t r = 0; !bad && r < resamples; r++) {
        for (size_t i = 0; i < t->rows; i++) {
            uint32_t word = stp_random(seed, STP_PURPOSE_RESAMPLE, 0, (uint32_t)i,
                                       (uint32_t)r, 0)
                                .w[0];
            pick[i] = stp_below(word, (uint32_t)t->rows);
        }
        estimate(t, pick, sums, drawn);
        for (size_t g = 0; g < t->groups; g++) {
            draws[(2 * g) * resamples + r] = drawn[g].first;
            draws[(2 * g + 1) * resamples + r] = drawn[g].total;
        }
    }
    for (size_t g = 0; !bad && g < t->groups; g++) {
        set_interval(draws + (2 * g) * resamples, resamples, confidence,
                     &indices[g].first_low, &indices[g].first_high);
        set_interval(draws + (2 * g + 1) * resamples, resamples, confidence,
                     &indices[g].total_low, &indices[g].total_high);
    }
    free(drawn);
    free(pick);
    free(draws);
    return bad ? -1 : 0;
}

int stp_sobol_indices(size_t groups, size_t rows, const double *values, uint64_t seed,
                      size_t resamples, double confidence, stp_sobol_index *indices,
                      size_t *used)
{
    table t;
    double *sums = calloc(3 * groups + 1, sizeof *sums);
    int bad = sums ? keep_complete(groups, rows, values, &t) : -1;
    for (size_t g = 0; g < groups; g++)
        indices[g] = (stp_sobol_index){NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    *used = bad == 0 ? t.rows : 0;
    if (*used > 1) {
        estimate(&t, NULL, sums, indices);
        if (resamples > 0)
            bad = resample(&t, seed, resamples, confidence, sums, indices);
    }
    if (sums)
        free(t.values);
    free(sums);
    return bad;
}
