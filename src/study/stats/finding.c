#include "study/stats/finding.h"

#include "base/normal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- flips ---- */

static const double FLIP_DEVIATIONS = 5, FLIP_CONFIDENCE = 0.95;

static double range_of(const double *values, size_t n, double *workspace)
{
    memcpy(workspace, values, n * sizeof *workspace);
    stp_sort(workspace, n);
    return stp_quantile(workspace, n, 0.95) - stp_quantile(workspace, n, 0.05);
}

/* workspace: n numbers. */
static double robust_deviation(const double *differences, size_t n, double *workspace,
                               double *median)
{
    double sum = 0;
    memcpy(workspace, differences, n * sizeof *workspace);
    stp_sort(workspace, n);
    *median = stp_quantile(workspace, n, 0.5);
    for (size_t i = 0; i < n; i++) {
        workspace[i] = fabs(differences[i] - *median);
        sum += workspace[i];
    }
    stp_sort(workspace, n);
    double middle = stp_quantile(workspace, n, 0.5);
    return middle > 0 ? 1.4826 * middle : 1.2533 * sum / (double)n;
}

static size_t count_flips(const stp_pairs *pairs, const double *differences,
                          double *workspace)
{
    size_t seen = 0;
    double median = 0, deviation = 0;
    if (!pairs->base_off)
        deviation = robust_deviation(differences, pairs->n, workspace, &median);
    for (size_t i = 0; i < pairs->n; i++)
        seen += pairs->base_off
                    ? pairs->base_off[i] != pairs->changed_off[i]
                    : fabs(differences[i] - median) > FLIP_DEVIATIONS * deviation;
    return seen;
}

int stp_flips_find(const stp_pairs *pairs, stp_flips *flips)
{
    size_t n = pairs->n;
    double *differences = malloc((2 * n + 1) * sizeof *differences),
           *workspace = differences + n;
    if (!differences)
        return -1;
    for (size_t i = 0; i < n; i++)
        differences[i] = pairs->changed[i] - pairs->base[i];
    flips->seen = count_flips(pairs, differences, workspace);
    flips->most = stp_share_upper(flips->seen, n, FLIP_CONFIDENCE);
    flips->size = fmax(range_of(pairs->base, n, workspace),
                       range_of(pairs->changed, n, workspace));
    free(differences);
    return 0;
}

double stp_required_pairs_with_flips(double deviation, double margin, double alpha,
                                     const stp_flips *flips, size_t n)
{
    enum { MOST = 1000000 };
    double z = stp_normal_inverse(0.9) - stp_normal_inverse(alpha);
    double share = n > 0 ? (double)flips->seen / (double)n : 0;
    size_t low = 1, high = MOST;
    while (low < high) { /* `added` falls with the number of pairs */
        size_t middle = low + (high - low) / 2;
        size_t seen = (size_t)ceil(share * (double)middle);
        double added = stp_share_upper(seen, middle, FLIP_CONFIDENCE) * flips->size;
        if (added + z * deviation / sqrt((double)middle) <= margin)
            high = middle;
        else
            low = middle + 1;
    }
    return low < MOST ? (double)low : INFINITY;
}

/* ---- margins ---- */

/* Sums of both arms around their means. */
typedef struct moments {
    double base, changed;              /* means */
    double base_2, changed_2, product; /* variances and covariance of the means */
} moments;

static moments moments_of(const double *base, const double *changed, size_t n)
{
    moments m = {0};
    double count = (double)n;
    for (size_t i = 0; i < n; i++) {
        m.base += base[i];
        m.changed += changed[i];
    }
    m.base /= count;
    m.changed /= count;
    for (size_t i = 0; i < n; i++) {
        double x = base[i] - m.base, y = changed[i] - m.changed;
        m.base_2 += x * x / (count - 1) / count;
        m.changed_2 += y * y / (count - 1) / count;
        m.product += x * y / (count - 1) / count;
    }
    return m;
}

/* Mean and standard error of changed - factor * base. */
static stp_interval combination(const double *base, const double *changed, size_t n,
                                double factor, double *error)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        mean += changed[i] - factor * base[i];
    mean /= (double)n;
    for (size_t i = 0; i < n; i++) {
        double off = changed[i] - factor * base[i] - mean;
        squares += off * off;
    }
    *error = sqrt(squares / (double)(n - 1) / (double)n);
    if (*error <= 1e-12 * fabs(mean)) /* rounding error */
        *error = 0;
    return (stp_interval){mean, mean, mean, n};
}

stp_interval stp_paired_ratio(const double *base, const double *changed, size_t n,
                              double critical)
{
    moments m = moments_of(base, changed, n);
    double t = critical * critical;
    double a = m.base * m.base - t * m.base_2;
    double b = m.base * m.changed - t * m.product;
    double c = m.changed * m.changed - t * m.changed_2;
    if (m.base == 0)
        return (stp_interval){NAN, -INFINITY, INFINITY, n};
    stp_interval ratio = {m.changed / m.base, -INFINITY, INFINITY, n};
    if (a > 0) {
        double root = sqrt(fmax(0, b * b - a * c));
        ratio.low = (b - root) / a;
        ratio.high = (b + root) / a;
    }
    return ratio;
}

/* One of the two one-sided tests. */
typedef struct side {
    double mean, error; /* mean > 0: the effect is within this side of the margin */
} side;

static side side_of(const stp_pairs *pairs, const stp_smallest *margin, double sign)
{
    side s;
    double mean = 0;
    if (!margin->share) {
        stp_interval d = combination(pairs->base, pairs->changed, pairs->n, 1, &s.error);
        s.mean = margin->value - sign * d.estimate;
        return s;
    }
    for (size_t i = 0; i < pairs->n; i++)
        mean += pairs->base[i];
    double upright = mean < 0 ? -1 : 1; /* 10 % more of a negative mean is less */
    stp_interval d = combination(pairs->base, pairs->changed, pairs->n,
                                 1 + upright * sign * margin->value, &s.error);
    s.mean = -sign * d.estimate;
    return s;
}

static bool passes(const side *s, double critical, double taken_off)
{
    return s->mean - critical * s->error - taken_off > 0;
}

static double p_of(const side *s, size_t n)
{
    if (s->error > 0)
        return stp_student_cumulative(-s->mean / s->error, (double)n - 1);
    return s->mean > 0 ? 0 : 1;
}

/* ---- the finding ---- */

static void compare_with_margin(const stp_sequential *plan, size_t look,
                                const stp_pairs *pairs, const stp_smallest *margin,
                                stp_finding *f)
{
    double critical = plan->narrow[look], taken_off = f->flips.most * f->flips.size;
    f->ratio = stp_paired_ratio(pairs->base, pairs->changed, pairs->n, critical);
    if (margin->share && f->narrow.n > 0) { /* in units of the outcome */
        double base = 0;
        for (size_t i = 0; i < pairs->n; i++)
            base += pairs->base[i];
        base /= (double)pairs->n;
        double a = (f->ratio.low - 1) * base, b = (f->ratio.high - 1) * base;
        if (base != 0) {
            f->narrow.low = fmin(a, b);
            f->narrow.high = fmax(a, b);
        }
    }
    f->robust_low = f->narrow.low - taken_off;
    f->robust_high = f->narrow.high + taken_off;
    f->p = 1;
    if (!(margin->value > 0))
        return;
    const side up = side_of(pairs, margin, 1), down = side_of(pairs, margin, -1);
    f->within = passes(&up, critical, 0) && passes(&down, critical, 0);
    f->robust = passes(&up, critical, taken_off) && passes(&down, critical, taken_off);
    f->p = fmax(p_of(&up, pairs->n), p_of(&down, pairs->n));
}

int stp_finding_make(const stp_sequential *plan, size_t look, const stp_pairs *pairs,
                     const stp_smallest *margin, stp_finding *finding)
{
    stp_finding f = {0};
    size_t n = pairs->n;
    double *differences = malloc((n + 1) * sizeof *differences);
    if (!differences || stp_flips_find(pairs, &f.flips) != 0) {
        free(differences);
        return -1;
    }
    for (size_t i = 0; i < n; i++)
        differences[i] = pairs->changed[i] - pairs->base[i];
    const stp_look_result j = stp_sequential_verdicts(plan, look, differences);
    free(differences);
    f.wide = j.wide;
    f.narrow = j.narrow;
    f.differs = j.differs;
    f.too_alike = j.too_alike;
    compare_with_margin(plan, look, pairs, margin, &f);
    f.verdict = n < STP_FEWEST_PAIRS ? STP_UNDECIDED
                : f.robust           ? STP_EQUIVALENT
                : f.differs          ? STP_EFFECT
                                     : STP_UNDECIDED;
    *finding = f;
    return 0;
}
