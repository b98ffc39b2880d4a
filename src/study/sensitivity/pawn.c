#include "study/sensitivity/pawn.h"

#include "base/random.h"
#include "study/stats/interval.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SLICES = 100 };

typedef struct ranked {
    double value;
    size_t point;
} ranked;

static int by_value(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->point > y->point) - (x->point < y->point);
}

typedef struct sample {
    size_t n, slices;
    ranked *outcome; /* sorted */
    ranked *factor;  /* sorted */
    uint32_t *times; /* how often each point is in the resample */
    size_t *slice;   /* of each point */
    double *draws;   /* [2 * resamples]: medians, maxima */
} sample;

/* Slices of equal weight; equal values of the factor stay together only by chance. */
static void cut(sample *s)
{
    size_t before = 0;
    for (size_t i = 0; i < s->n; i++) {
        size_t point = s->factor[i].point;
        s->slice[point] = before * s->slices / s->n;
        before += s->times[point];
        if (s->slice[point] >= s->slices)
            s->slice[point] = s->slices - 1;
    }
}

/* The distance of each slice from all points; NAN for an empty slice. */
static void find_distances(const sample *s, double *distances)
{
    double counts[MAX_SLICES] = {0}, sizes[MAX_SLICES] = {0}, all = 0;
    for (size_t i = 0; i < s->n; i++)
        sizes[s->slice[i]] += s->times[i];
    for (size_t k = 0; k < s->slices; k++)
        distances[k] = sizes[k] > 0 ? 0 : NAN;
    for (size_t i = 0; i < s->n; i++) {
        size_t point = s->outcome[i].point;
        all += s->times[point];
        counts[s->slice[point]] += s->times[point];
        if (i + 1 < s->n && s->outcome[i + 1].value == s->outcome[i].value)
            continue; /* a tie: both distributions jump at once */
        for (size_t k = 0; k < s->slices; k++)
            if (sizes[k] > 0)
                distances[k] = fmax(distances[k],
                                    fabs(counts[k] / sizes[k] - all / (double)s->n));
    }
}

static void estimate(sample *s, double *median, double *maximum)
{
    double distances[MAX_SLICES];
    cut(s);
    find_distances(s, distances);
    size_t n = stp_sort(distances, s->slices);
    *median = stp_quantile(distances, n, 0.5);
    *maximum = n > 0 ? distances[n - 1] : NAN;
}

/* Percentiles around the estimate, without the bias of the draws. */
static void set_interval(double *draws, size_t n, double confidence, double value,
                         double *low, double *high)
{
    double bias = stp_mean(draws, n) - value;
    stp_sort(draws, n);
    *low = fmax(0, stp_quantile(draws, n, (1 - confidence) / 2) - bias);
    *high = fmin(1, stp_quantile(draws, n, (1 + confidence) / 2) - bias);
}

static void find_index(sample *s, stp_pawn_bootstrap b, stp_pawn_index *index)
{
    for (size_t i = 0; i < s->n; i++)
        s->times[i] = 1;
    estimate(s, &index->median, &index->maximum);
    for (size_t r = 0; r < b.resamples; r++) {
        memset(s->times, 0, s->n * sizeof *s->times);
        for (size_t i = 0; i < s->n; i++) {
            uint32_t word = stp_random(b.seed, STP_PURPOSE_RESAMPLE, 0, (uint32_t)i,
                                       (uint32_t)r, 0)
                                .w[0];
            s->times[stp_below(word, (uint32_t)s->n)]++;
        }
        estimate(s, &s->draws[r], &s->draws[b.resamples + r]);
    }
    if (b.resamples == 0)
        return;
    set_interval(s->draws, b.resamples, b.confidence, index->median, &index->median_low,
                 &index->median_high);
    set_interval(s->draws + b.resamples, b.resamples, b.confidence, index->maximum,
                 &index->maximum_low, &index->maximum_high);
}

/* The points without NAN, as numbers of points. */
static size_t find_complete(const stp_pawn_points *p, size_t *kept)
{
    size_t count = 0;
    for (size_t i = 0; i < p->n; i++) {
        size_t k = 0;
        while (k < p->factors && !isnan(p->points[i * p->factors + k]))
            k++;
        if (k == p->factors && !isnan(p->values[i]))
            kept[count++] = i;
    }
    return count;
}

static void free_sample(sample *s)
{
    free(s->outcome);
    free(s->factor);
    free(s->times);
    free(s->slice);
    free(s->draws);
}

int stp_pawn_indices(const stp_pawn_points *points, size_t slices,
                     stp_pawn_bootstrap bootstrap, stp_pawn_index *indices, size_t *used)
{
    size_t n = points->n;
    size_t *kept = calloc(n + 1, sizeof *kept);
    sample s = {0,
                slices,
                calloc(n + 1, sizeof *s.outcome),
                calloc(n + 1, sizeof *s.factor),
                calloc(n + 1, sizeof *s.times),
                calloc(n + 1, sizeof *s.slice),
                calloc(2 * bootstrap.resamples + 1, sizeof *s.draws)};
    bool bad = !kept || !s.outcome || !s.factor || !s.times || !s.slice || !s.draws;
    if (!bad)
        s.n = find_complete(points, kept);
    *used = s.n;
    for (size_t i = 0; i < s.n; i++)
        s.outcome[i] = (ranked){points->values[kept[i]], i};
    if (!bad)
        qsort(s.outcome, s.n, sizeof *s.outcome, by_value);
    for (size_t k = 0; !bad && k < points->factors; k++) {
        indices[k] = (stp_pawn_index){NAN, NAN, NAN, NAN, NAN, NAN};
        if (s.n < 2 * slices)
            continue;
        for (size_t i = 0; i < s.n; i++)
            s.factor[i] = (ranked){points->points[kept[i] * points->factors + k], i};
        qsort(s.factor, s.n, sizeof *s.factor, by_value);
        find_index(&s, bootstrap, &indices[k]);
    }
    free_sample(&s);
    free(kept);
    return bad ? -1 : 0;
}
