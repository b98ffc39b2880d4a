#include "study/sensitivity/morris.h"

#include "base/random.h"
#include "study/stats/interval.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Kinds of draw of STP_PURPOSE_SAMPLE, in place of the step; 1 to 4 are those of study/stats/sampling.c. */
enum { ORDER = 16, LEVEL };

size_t stp_morris_length(const stp_factors *factors)
{
    return factors->groups + 1;
}

/* A random order of the groups. */
static void shuffle(uint64_t seed, size_t trajectory, size_t count, size_t *order)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i > 1; i--) {
        uint32_t word = stp_random(seed, STP_PURPOSE_SAMPLE, (uint32_t)trajectory,
                                   (uint32_t)i, ORDER, 0)
                            .w[0];
        size_t k = stp_below(word, (uint32_t)i), held = order[i - 1];
        order[i - 1] = order[k];
        order[k] = held;
    }
}

/* The lower and the upper level of a factor in a trajectory; *down: it begins at the upper one. */
static void draw_levels(uint64_t seed, size_t trajectory, size_t factor, size_t levels,
                        double ends[2], int *down)
{
    stp_words words = stp_random(seed, STP_PURPOSE_SAMPLE, (uint32_t)trajectory,
                                 (uint32_t)factor, LEVEL, 0);
    size_t half = levels / 2, low = stp_below(words.w[0], (uint32_t)half);
    ends[0] = (double)low / (double)(levels - 1);
    ends[1] = (double)(low + half) / (double)(levels - 1);
    *down = (int)(words.w[1] >> 31);
}

int stp_morris_design(uint64_t seed, const stp_factors *f, size_t trajectories,
                      size_t levels, double *points)
{
    size_t length = stp_morris_length(f), *order = calloc(f->groups + 1, sizeof *order),
           *place = calloc(f->groups + 1, sizeof *place);
    for (size_t t = 0; order && place && t < trajectories; t++) {
        shuffle(seed, t, f->groups, order);
        for (size_t g = 0; g < f->groups; g++)
            place[order[g]] = g;
        for (size_t k = 0; k < f->count; k++) {
            double ends[2];
            int down;
            draw_levels(seed, t, k, levels, ends, &down);
            for (size_t p = 0; p < length; p++) {
                int moved = p > place[f->group[k]];
                points[(t * length + p) * f->count + k] = ends[moved != down];
            }
        }
    }
    int bad = !order || !place ? -1 : 0;
    free(order);
    free(place);
    return bad;
}

/* ---- effects ---- */

/* Effects of each group: effects[group * trajectories + number], counts[group] of them. */
static void find_effects(const stp_factors *f, size_t trajectories, const double *points,
                         const double *values, double *effects, size_t *counts)
{
    size_t length = stp_morris_length(f);
    for (size_t t = 0; t < trajectories; t++)
        for (size_t p = t * length; p + 1 < (t + 1) * length; p++) {
            const double *from = points + p * f->count, *to = from + f->count;
            size_t k = 0;
            while (k < f->count && from[k] == to[k])
                k++;
            double change = values[p + 1] - values[p];
            if (k == f->count || isnan(change))
                continue;
            size_t g = f->group[k];
            effects[g * trajectories + counts[g]++] = change / (to[k] - from[k]);
        }
}

/* The percentile interval of the mean of values[0 .. n - 1]. */
static void resample_mean(const double *values, size_t n, uint64_t seed, size_t group,
                          size_t resamples, double confidence, double *means,
                          stp_morris_index *index)
{
    for (size_t r = 0; r < resamples; r++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
            uint32_t word = stp_random(seed, STP_PURPOSE_RESAMPLE, (uint32_t)group,
                                       (uint32_t)i, (uint32_t)r, 0)
                                .w[0];
            sum += values[stp_below(word, (uint32_t)n)];
        }
        means[r] = sum / (double)n;
    }
    stp_sort(means, resamples);
    index->low = stp_quantile(means, resamples, (1 - confidence) / 2);
    index->high = stp_quantile(means, resamples, (1 + confidence) / 2);
}

static void summarize(const stp_factors *f, size_t group, double *effects, size_t n,
                      stp_morris_index *index)
{
    size_t factors = 0;
    for (size_t k = 0; k < f->count; k++)
        factors += f->group[k] == group;
    index->count = n;
    if (n > 0 && factors == 1) {
        index->mu = stp_mean(effects, n);
        index->sigma = n > 1 ? stp_deviation(effects, n) : NAN;
    }
    for (size_t i = 0; i < n; i++)
        effects[i] = fabs(effects[i]);
    if (n > 0)
        index->mu_star = stp_mean(effects, n);
    if (n > 1)
        index->spread = stp_deviation(effects, n);
}

int stp_morris_indices(const stp_factors *f, size_t trajectories, const double *points,
                       const double *values, uint64_t seed, size_t resamples,
                       double confidence, stp_morris_index *indices)
{
    double *effects = calloc(f->groups * trajectories + 1, sizeof *effects),
           *means = calloc(resamples + 1, sizeof *means);
    size_t *counts = calloc(f->groups + 1, sizeof *counts);
    int bad = !effects || !means || !counts ? -1 : 0;
    if (bad == 0)
        find_effects(f, trajectories, points, values, effects, counts);
    for (size_t g = 0; bad == 0 && g < f->groups; g++) {
        double *own = effects + g * trajectories;
        indices[g] = (stp_morris_index){0, NAN, NAN, NAN, NAN, NAN, NAN};
        summarize(f, g, own, counts[g], &indices[g]);
        if (counts[g] > 1 && resamples > 0)
            resample_mean(own, counts[g], seed, g, resamples, confidence, means,
                          &indices[g]);
    }
    free(effects);
    free(means);
    free(counts);
    return bad;
}
