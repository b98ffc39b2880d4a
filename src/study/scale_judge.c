/* What the runs at several scales say of one outcome. */
#include "base/normal.h"
#include "study/paired.h"
#include "study/scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double POWER = 0.8;

/* Does each seed give the same at both scales, to the bit? */
static bool same_throughout(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i] != b[i] && !isnan(a[i]) && !isnan(b[i]))
            return false;
    return true;
}

/* The chance of so large (or, of the other sign, so small) a mean of `a` if it truly is `factor` times
 * the reference's. */
static double chance(const stp_moments *a, const stp_moments *reference, double factor,
                     bool larger)
{
    const stp_moments groups[2] = {*a, *reference};
    const double more[2] = {1, -factor}, less[2] = {-1, factor};
    const stp_contrast c = stp_contrast_of(groups, larger ? more : less, 2);
    return stp_contrast_above(&c);
}

/* A group mirrored at 0, so that the reference's mean is not below it. */
static stp_moments upright(const stp_moments *g, double sign)
{
    stp_moments up = *g;
    up.mean *= sign;
    return up;
}

static steppe_scale_cell blank(double scale)
{
    return (steppe_scale_cell){.scale = scale,
                               .verdict = STEPPE_SCALE_ABSENT,
                               .difference = NAN,
                               .low = NAN,
                               .high = NAN,
                               .ratio = NAN,
                               .ratio_low = NAN,
                               .ratio_high = NAN,
                               .equivalence = NAN,
                               .spread = NAN,
                               .spread_low = NAN,
                               .spread_high = NAN};
}

/* A scale beside the reference. share: of the error that a verdict of "hangs on it" may use up here. */
static void judge_cell(const stp_moments *group, const stp_moments *reference,
                       double margin, double error, double share, steppe_scale_cell *cell)
{
    double sign = reference->mean < 0 ? -1 : 1;
    const stp_moments a = upright(group, sign), b = upright(reference, sign);
    const stp_moments groups[2] = {*group, *reference};
    const double coefficients[2] = {1, -1};
    const stp_contrast c = stp_contrast_of(groups, coefficients, 2);
    const stp_interval d = stp_contrast_interval(&c, 1 - error);
    const stp_interval r = stp_ratio_interval(&a, &b, 1 - 2 * error);
    const stp_interval s = stp_spread_interval(group, reference, 1 - error);
    cell->difference = d.estimate;
    cell->low = d.low;
    cell->high = d.high;
    cell->differs = d.low > 0 || d.high < 0;
    cell->ratio = r.estimate;
    cell->ratio_low = r.low;
    cell->ratio_high = r.high;
    cell->spread = s.estimate;
    cell->spread_low = s.low;
    cell->spread_high = s.high;
    cell->equivalence = fmax(chance(&a, &b, 1 - margin, true),
                             chance(&a, &b, 1 + margin, false));
    double beyond = fmin(chance(&a, &b, 1 + margin, true),
                         chance(&a, &b, 1 - margin, false));
    if (cell->equivalence <= error)
        cell->verdict = STEPPE_SCALE_FREE;
    else if (beyond <= share)
        cell->verdict = STEPPE_SCALE_HANGS;
    else
        cell->verdict = STEPPE_SCALE_UNDECIDED;
}

/* Runs a scale that would show equivalence, if the means are truly the same. */
static double needed_for(const stp_moments *a, const stp_moments *b, double margin,
                         double error)
{
    double size = margin * fabs(b->mean) / sqrt(a->variance + b->variance);
    return size > 0 && isfinite(size)
               ? stp_pairs_needed_for_equivalence(size, error, POWER)
               : NAN;
}

/* Change of the mean a tenfold of the scale, as a share of the reference's mean: the least-squares line
 * through the means, whose own errors make its interval. */
static void find_slope(const double *scales, size_t count, const stp_moments *groups,
                       double error, steppe_scale_row *row)
{
    double coefficients[STP_SCALES_MOST], middle = 0, squares = 0;
    for (size_t k = 0; k < count; k++)
        middle += log10(scales[k]) / (double)count;
    for (size_t k = 0; k < count; k++)
        squares += pow(log10(scales[k]) - middle, 2);
    for (size_t k = 0; k < count; k++)
        coefficients[k] = (log10(scales[k]) - middle) / squares;
    const stp_contrast c = stp_contrast_of(groups, coefficients, count);
    const stp_interval i = stp_contrast_interval(&c, 1 - error);
    double unit = c.error > 0 ? fabs(groups[count - 1].mean) : 0; /* 0: nothing to see */
    row->slope = unit > 0 ? i.estimate / unit : NAN;
    row->slope_low = unit > 0 ? i.low / unit : NAN;
    row->slope_high = unit > 0 ? i.high / unit : NAN;
}

/* All of the cells' verdicts in one, and the scale from which on they agree. */
static void sum_up(const steppe_scale_cell *cells, size_t count, steppe_scale_row *row)
{
    bool agree = true;
    size_t same = 0, hang = 0, free_ones = 0;
    row->from = NAN;
    for (size_t k = count - 1; k-- > 0;) {
        steppe_scale_verdict v = cells[k].verdict;
        same += v == STEPPE_SCALE_SAME;
        hang += v == STEPPE_SCALE_HANGS;
        free_ones += v == STEPPE_SCALE_FREE;
        agree = agree && (v == STEPPE_SCALE_SAME || v == STEPPE_SCALE_FREE);
        if (agree)
            row->from = cells[k].scale;
    }
    row->verdict = hang > 0                        ? STEPPE_SCALE_HANGS
                   : same == count - 1             ? STEPPE_SCALE_SAME
                   : same + free_ones == count - 1 ? STEPPE_SCALE_FREE
                                                   : STEPPE_SCALE_UNDECIDED;
}

static int describe(const double *values, size_t count, steppe_scale_cell *cell)
{
    static const double SHARES[5] = {0.05, 0.25, 0.5, 0.75, 0.95};
    double *sorted = malloc((count + 1) * sizeof *sorted);
    if (!sorted)
        return -1;
    memcpy(sorted, values, count * sizeof *sorted);
    size_t n = stp_sort(sorted, count);
    for (int q = 0; q < 5; q++)
        cell->quantiles[q] = stp_quantile(sorted, n, SHARES[q]);
    free(sorted);
    return 0;
}

int stp_scale_judge(const double *scales, size_t scale_count, const double *values,
                    size_t count, double margin, double error, steppe_scale_row *row,
                    steppe_scale_cell *cells)
{
    stp_moments groups[STP_SCALES_MOST];
    const stp_moments *reference = &groups[scale_count - 1];
    bool whole = true;
    for (size_t k = 0; k < scale_count; k++) {
        groups[k] = stp_moments_of(values + k * count, count);
        cells[k] = blank(scales[k]);
        cells[k].count = groups[k].n;
        cells[k].mean = groups[k].mean;
        cells[k].deviation = sqrt(groups[k].variance);
        const stp_interval m = stp_student_interval(groups[k].mean, cells[k].deviation,
                                                    groups[k].n, error / 2);
        cells[k].mean_low = m.low;
        cells[k].mean_high = m.high;
        whole = whole && groups[k].n > 1;
        if (describe(values + k * count, count, &cells[k]) != 0)
            return -1;
    }
    row->verdict = STEPPE_SCALE_ABSENT;
    row->from = row->slope = row->slope_low = row->slope_high = row->needed = NAN;
    if (!whole) /* an outcome that the scenario does not have */
        return 0;
    row->needed = 0;
    for (size_t k = 0; k + 1 < scale_count; k++) {
        judge_cell(&groups[k], reference, margin, error,
                   error / (double)(scale_count - 1), &cells[k]);
        if (same_throughout(values + k * count, values + (scale_count - 1) * count,
                            count))
            cells[k].verdict = STEPPE_SCALE_SAME;
        row->needed = fmax(row->needed, needed_for(&groups[k], reference, margin, error));
    }
    cells[scale_count - 1].verdict = STEPPE_SCALE_REFERENCE;
    sum_up(cells, scale_count, row);
    if (row->verdict != STEPPE_SCALE_SAME)
        find_slope(scales, scale_count, groups, error, row);
    return 0;
}
