/* What the runs at several scales say of one outcome. */
#include "study/scale/scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Does each seed give the same value at both scales? */
static bool same_throughout(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i] != b[i] && !isnan(a[i]) && !isnan(b[i]))
            return false;
    return true;
}

/* One-sided p: probability of a mean of `a`, less `off`, as large (or, if not `larger`, as small) as observed if
 * the true mean is `factor` times the reference's. */
static double chance(const stp_moments *a, const stp_moments *reference, double factor,
                     bool larger, double off)
{
    const stp_moments groups[2] = {*a, *reference};
    const double more[2] = {1, -factor}, less[2] = {-1, factor};
    stp_two_sample c = stp_two_sample_of(groups, larger ? more : less, 2);
    c.estimate -= off;
    return stp_two_sample_above(&c);
}

/* A group with its mean mirrored at 0, for a reference whose mean is negative. */
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
                               .robust = NAN,
                               .flips_most = NAN,
                               .flips_size = NAN,
                               .spread = NAN,
                               .spread_low = NAN,
                               .spread_high = NAN};
}

/* The largest p of the one-sided tests of equivalence, for each margin, with `off` subtracted. */
static double equivalence_of(const stp_moments *a, const stp_moments *b,
                             const stp_scale_rule *rule, double off)
{
    double p = 0;
    if (rule->share > 0)
        p = fmax(chance(a, b, 1 - rule->share, true, off),
                 chance(a, b, 1 + rule->share, false, off));
    if (rule->absolute > 0)
        p = fmax(p, fmax(chance(a, b, 1, true, off - rule->absolute),
                         chance(a, b, 1, false, off - rule->absolute)));
    return p;
}

/* The smallest p of the tests that the means differ by more than a margin. */
static double beyond_of(const stp_moments *a, const stp_moments *b,
                        const stp_scale_rule *rule)
{
    double p = 1, margins = (rule->share > 0) + (rule->absolute > 0);
    if (rule->share > 0)
        p = fmin(chance(a, b, 1 + rule->share, true, 0),
                 chance(a, b, 1 - rule->share, false, 0));
    if (rule->absolute > 0)
        p = fmin(p, fmin(chance(a, b, 1, true, rule->absolute),
                         chance(a, b, 1, false, rule->absolute)));
    return fmin(1, p * margins);
}

/* Compare a scale with the reference. share: of the error, for the verdict "depends". */
static void test_cell(const stp_moments *group, const stp_moments *reference,
                      const stp_scale_rule *rule, double share, const stp_flips *flips,
                      steppe_scale_cell *cell)
{
    double sign = reference->mean < 0 ? -1 : 1, error = rule->error;
    const stp_moments a = upright(group, sign), b = upright(reference, sign);
    const stp_moments groups[2] = {*group, *reference};
    const double coefficients[2] = {1, -1};
    const stp_two_sample c = stp_two_sample_of(groups, coefficients, 2);
    const stp_interval d = stp_two_sample_interval(&c, 1 - error);
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
    cell->flips = flips->seen;
    cell->flips_most = flips->most;
    cell->flips_size = flips->size;
    cell->equivalence = equivalence_of(&a, &b, rule, 0);
    cell->robust = equivalence_of(&a, &b, rule, flips->most * flips->size);
    cell->verdict = STEPPE_SCALE_UNDECIDED;
    if (group->n < STP_FEWEST_RUNS || reference->n < STP_FEWEST_RUNS)
        return;
    if (cell->robust <= error)
        cell->verdict = STEPPE_SCALE_EQUIVALENT;
    else if (beyond_of(&a, &b, rule) <= share)
        cell->verdict = STEPPE_SCALE_DEPENDS;
}

/* Flips between runs of the same seed at a scale and at the reference. */
static int find_flips(const double *values, const double *reference,
                      const stp_scale_rule *rule, size_t scale, size_t scale_count,
                      size_t count, stp_flips *flips)
{
    double *arms = calloc(2 * count + 1, sizeof *arms);
    bool *off = calloc(2 * count + 1, sizeof *off);
    const double *unrest = rule->unrest;
    size_t n = 0;
    int status = arms && off ? 0 : -1;
    for (size_t i = 0; i < count && status == 0; i++) {
        if (isnan(values[i]) || isnan(reference[i]))
            continue;
        arms[n] = reference[i];
        arms[count + n] = values[i];
        if (unrest) {
            off[n] = unrest[(scale_count - 1) * count + i] > rule->take_off;
            off[count + n] = unrest[scale * count + i] > rule->take_off;
        }
        n++;
    }
    const stp_pairs pairs = {arms, arms + count, unrest ? off : NULL,
                             unrest ? off + count : NULL, n};
    *flips = (stp_flips){0, 1, 0};
    if (status == 0 && n > 0)
        status = stp_flips_find(&pairs, flips);
    free(arms);
    free(off);
    return status;
}

/* Runs per scale that would show equivalence if the true means are equal; NAN: no number would. */
static double required_runs(const stp_moments *a, const stp_moments *b,
                            const stp_scale_rule *rule, const stp_flips *flips, size_t n)
{
    double deviation = sqrt(a->variance + b->variance),
           margin = rule->share > 0 ? rule->share * fabs(b->mean) : INFINITY;
    if (rule->absolute > 0)
        margin = fmin(margin, rule->absolute);
    double needed = stp_required_pairs_with_flips(deviation, margin, rule->error, flips,
                                                  n);
    return isfinite(needed) ? fmax(needed, STP_FEWEST_RUNS) : NAN;
}

/* Slope of the least-squares line through the means over log10 of the scale, as a share of the reference's
 * mean; its interval follows from the errors of the means. */
static void find_slope(const double *scales, size_t count, const stp_moments *groups,
                       double error, steppe_scale_row *row)
{
    double coefficients[STP_MAX_SCALES] = {0}, middle = 0, squares = 0;
    for (size_t k = 0; k < count; k++)
        middle += log10(scales[k]) / (double)count;
    for (size_t k = 0; k < count; k++)
        squares += pow(log10(scales[k]) - middle, 2);
    for (size_t k = 0; k < count; k++)
        coefficients[k] = (log10(scales[k]) - middle) / squares;
    const stp_two_sample c = stp_two_sample_of(groups, coefficients, count);
    const stp_interval i = stp_two_sample_interval(&c, 1 - error);
    double unit = c.error > 0 ? fabs(groups[count - 1].mean) : 0; /* 0: no slope */
    row->slope = unit > 0 ? i.estimate / unit : NAN;
    row->slope_low = unit > 0 ? i.low / unit : NAN;
    row->slope_high = unit > 0 ? i.high / unit : NAN;
}

/* The verdict over all cells, and the scale from which on they agree. */
static void sum_up(const steppe_scale_cell *cells, size_t count, steppe_scale_row *row)
{
    bool agree = true;
    size_t same = 0, dependent = 0, equivalent = 0;
    row->from = NAN;
    for (size_t k = count - 1; k-- > 0;) {
        steppe_scale_verdict v = cells[k].verdict;
        same += v == STEPPE_SCALE_SAME;
        dependent += v == STEPPE_SCALE_DEPENDS;
        equivalent += v == STEPPE_SCALE_EQUIVALENT;
        agree = agree && (v == STEPPE_SCALE_SAME || v == STEPPE_SCALE_EQUIVALENT);
        if (agree)
            row->from = cells[k].scale;
    }
    row->verdict = dependent > 0                    ? STEPPE_SCALE_DEPENDS
                   : same == count - 1              ? STEPPE_SCALE_SAME
                   : same + equivalent == count - 1 ? STEPPE_SCALE_EQUIVALENT
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

static int describe_all(const double *values, size_t scale_count, size_t count,
                        const double *scales, double error, stp_moments *groups,
                        steppe_scale_cell *cells)
{
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
        if (describe(values + k * count, count, &cells[k]) != 0)
            return -1;
    }
    return 0;
}

int stp_scale_verdicts(const double *scales, size_t scale_count, const double *values,
                       size_t count, const stp_scale_rule *rule, steppe_scale_row *row,
                       steppe_scale_cell *cells)
{
    stp_moments groups[STP_MAX_SCALES];
    const stp_moments *reference = &groups[scale_count - 1];
    const double *fine = values + (scale_count - 1) * count;
    double error = rule->error;
    if (describe_all(values, scale_count, count, scales, error, groups, cells) != 0)
        return -1;
    row->verdict = STEPPE_SCALE_ABSENT;
    row->from = row->slope = row->slope_low = row->slope_high = row->needed = NAN;
    row->few = false;
    for (size_t k = 0; k < scale_count; k++)
        if (groups[k].n < 2) /* an outcome that the scenario does not have */
            return 0;
    row->needed = 0;
    for (size_t k = 0; k + 1 < scale_count; k++) {
        stp_flips flips;
        if (find_flips(values + k * count, fine, rule, k, scale_count, count, &flips) !=
            0)
            return -1;
        test_cell(&groups[k], reference, rule, error / (double)(scale_count - 1), &flips,
                  &cells[k]);
        bool few = groups[k].n < STP_FEWEST_RUNS || reference->n < STP_FEWEST_RUNS;
        row->few = row->few || few;
        if (!few && same_throughout(values + k * count, fine, count))
            cells[k].verdict = STEPPE_SCALE_SAME;
        double needed = required_runs(&groups[k], reference, rule, &flips, groups[k].n);
        row->needed = isnan(needed) || isnan(row->needed) ? NAN
                                                          : fmax(row->needed, needed);
    }
    cells[scale_count - 1].verdict = STEPPE_SCALE_REFERENCE;
    sum_up(cells, scale_count, row);
    if (row->verdict != STEPPE_SCALE_SAME)
        find_slope(scales, scale_count, groups, error, row);
    return 0;
}
