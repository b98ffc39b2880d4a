/* The indices of all outcomes, ranked, and how they converge. */
#include "study/sensitivity/morris.h"
#include "study/sensitivity/pawn.h"
#include "study/sensitivity/saltelli.h"
#include "study/sensitivity/sensitivity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RESAMPLES = 1000, PAWN_RESAMPLES = 200, STEP_RESAMPLES = 200 };
static const double CONFIDENCE = 0.95;

const char *stp_sensitivity_index_name(const steppe_sensitivity *s)
{
    static const char *const NAMES[] = {"mu*", "total index", "median distance"};
    return NAMES[s->method];
}

const char *stp_sensitivity_unit_name(const steppe_sensitivity *s)
{
    static const char *const NAMES[] = {"trajectories", "rows", "points"};
    return NAMES[s->method];
}

/* Of one outcome, from the first `count` trajectories, rows or points: rows[group]. Returns -1: no memory. */
typedef struct job {
    const steppe_sensitivity *s;
    const double *values;
    size_t count, resamples;
    steppe_sensitivity_row *rows;
} job;

static int by_morris(const job *j)
{
    const steppe_sensitivity *s = j->s;
    size_t n = s->factors.groups;
    stp_morris_index *index = calloc(n, sizeof *index);
    int bad = index ? stp_morris_indices(&s->factors, j->count, s->points, j->values,
                                         s->facts.seed, j->resamples, CONFIDENCE, index)
                    : -1;
    for (size_t g = 0; bad == 0 && g < n; g++) {
        steppe_sensitivity_row *r = &j->rows[g];
        r->used = index[g].count;
        r->index = index[g].mu_star;
        r->low = index[g].low;
        r->high = index[g].high;
        r->mu = index[g].mu;
        r->sigma = index[g].sigma;
        r->spread = index[g].spread;
    }
    free(index);
    return bad;
}

static int by_sobol(const job *j)
{
    const steppe_sensitivity *s = j->s;
    size_t n = s->factors.groups, used = 0;
    stp_sobol_index *index = calloc(n, sizeof *index);
    int bad = index ? stp_sobol_indices(n, j->count, j->values, s->facts.seed,
                                        j->resamples, CONFIDENCE, index, &used)
                    : -1;
    for (size_t g = 0; bad == 0 && g < n; g++) {
        steppe_sensitivity_row *r = &j->rows[g];
        r->used = used;
        r->index = index[g].total;
        r->low = index[g].total_low;
        r->high = index[g].total_high;
        r->second = index[g].first;
        r->second_low = index[g].first_low;
        r->second_high = index[g].first_high;
        r->first_jansen = index[g].first_jansen;
    }
    free(index);
    return bad;
}

static int by_pawn(const job *j)
{
    const steppe_sensitivity *s = j->s;
    size_t n = s->factors.groups, used = 0;
    stp_pawn_index *index = calloc(n, sizeof *index);
    const stp_pawn_points points = {s->factors.count, j->count, s->points, j->values};
    const stp_pawn_bootstrap bootstrap = {s->facts.seed, j->resamples, CONFIDENCE};
    int bad = index ? stp_pawn_indices(&points, s->facts.slices, bootstrap, index, &used)
                    : -1;
    for (size_t g = 0; bad == 0 && g < n; g++) { /* each factor is its own group */
        steppe_sensitivity_row *r = &j->rows[g];
        r->used = used;
        r->index = index[g].median;
        r->low = index[g].median_low;
        r->high = index[g].median_high;
        r->second = index[g].maximum;
        r->second_low = index[g].maximum_low;
        r->second_high = index[g].maximum_high;
    }
    free(index);
    return bad;
}

static int compute(const job *j)
{
    for (size_t g = 0; g < j->s->factors.groups; g++)
        j->rows[g] = (steppe_sensitivity_row){.index = NAN,
                                              .low = NAN,
                                              .high = NAN,
                                              .second = NAN,
                                              .second_low = NAN,
                                              .second_high = NAN,
                                              .mu = NAN,
                                              .sigma = NAN,
                                              .spread = NAN,
                                              .first_jansen = NAN};
    return j->s->method == STEPPE_MORRIS  ? by_morris(j)
           : j->s->method == STEPPE_SOBOL ? by_sobol(j)
                                          : by_pawn(j);
}

/* ---- ranks ---- */

static int by_index(const void *a, const void *b)
{
    const steppe_sensitivity_row *x = a, *y = b;
    if (isnan(x->index) || isnan(y->index))
        return isnan(x->index) - isnan(y->index);
    return (x->index < y->index) - (x->index > y->index);
}

/* Name, compare with the dummy, and sort. order: the group of each row. */
static void rank(const steppe_sensitivity *s, const char *outcome,
                 steppe_sensitivity_row *rows, size_t *order)
{
    size_t n = s->factors.groups;
    double chance = rows[n - 1].high;
    for (size_t g = 0; g < n; g++) {
        rows[g].outcome = outcome;
        rows[g].group = s->groups[g];
        rows[g].dummy = g == n - 1;
        rows[g].above = g < n - 1 && rows[g].used >= s->facts.least &&
                        rows[n - 1].used >= s->facts.least && rows[g].low > chance;
        rows[g].rank = g; /* until they are sorted */
    }
    for (size_t k = 0; k + 1 < s->factors.count; k++)
        rows[s->group_of[k]].parameters++;
    qsort(rows, n, sizeof *rows, by_index);
    for (size_t i = 0; i < n; i++) {
        order[i] = rows[i].rank;
        rows[i].rank = i + 1;
    }
}

/* ---- convergence ---- */

static int find_steps(steppe_sensitivity *s, size_t outcome, steppe_sensitivity_row *rows)
{
    size_t n = s->factors.groups;
    for (size_t k = 0; k < s->step_count; k++) {
        size_t count = s->facts.count * (k + 1) / s->step_count;
        if (compute(&(job){s, s->outcomes[outcome].values, count, STEP_RESAMPLES,
                           rows}) != 0)
            return -1;
        for (size_t g = 0; g < n; g++)
            s->steps[(outcome * n + g) * s->step_count + k] =
                (stp_sensitivity_step){count, rows[g].index, rows[g].low, rows[g].high};
    }
    return 0;
}

int stp_sensitivity_compute(steppe_sensitivity *s)
{
    size_t n = s->factors.groups, all = s->facts.outcomes * n;
    s->step_count = s->facts.count < STP_CONVERGENCE_STEPS ? s->facts.count
                                                           : STP_CONVERGENCE_STEPS;
    s->rows = calloc(all + 1, sizeof *s->rows);
    s->order = calloc(all + 1, sizeof *s->order);
    s->steps = calloc(all * s->step_count + 1, sizeof *s->steps);
    steppe_sensitivity_row *rows = calloc(n, sizeof *rows);
    int bad = s->rows && s->order && s->steps && rows ? 0 : -1;
    for (size_t i = 0; i < s->facts.outcomes && bad == 0; i++) {
        size_t resamples = s->method == STEPPE_PAWN ? PAWN_RESAMPLES : RESAMPLES;
        bad = compute(&(job){s, s->outcomes[i].values, s->facts.count, resamples,
                             s->rows + i * n});
        if (bad == 0)
            rank(s, s->outcomes[i].name, s->rows + i * n, s->order + i * n);
        if (bad == 0)
            bad = find_steps(s, i, rows);
    }
    free(rows);
    return bad;
}

/* The curve of one group. */
static int add_curve(const steppe_sensitivity *s, size_t outcome, size_t group,
                     stp_plot *plot)
{
    double x[STP_CONVERGENCE_STEPS], y[STP_CONVERGENCE_STEPS], low[STP_CONVERGENCE_STEPS],
        high[STP_CONVERGENCE_STEPS];
    const stp_sensitivity_step *steps = s->steps + (outcome * s->factors.groups + group) *
                                                       s->step_count;
    for (size_t k = 0; k < s->step_count; k++) {
        x[k] = (double)steps[k].count;
        y[k] = steps[k].index;
        low[k] = steps[k].low;
        high[k] = steps[k].high;
    }
    return stp_plot_add(plot, s->groups[group], STP_MARK_LINE, s->step_count, x, y, low,
                        high);
}

int stp_sensitivity_convergence_plot(const steppe_sensitivity *s, size_t outcome,
                                     stp_plot *plot)
{
    size_t n = s->factors.groups, shown = 0;
    int bad = 0;
    *plot = (stp_plot){.reference = NAN};
    snprintf(plot->title, sizeof plot->title, "%s", s->outcomes[outcome].name);
    snprintf(plot->x_axis, sizeof plot->x_axis, "%s", stp_sensitivity_unit_name(s));
    snprintf(plot->y_axis, sizeof plot->y_axis, "%s", stp_sensitivity_index_name(s));
    for (size_t i = 0; i < n && shown < STP_MAX_CURVES - 1 && bad == 0; i++) {
        if (s->rows[outcome * n + i].dummy)
            continue;
        bad = add_curve(s, outcome, s->order[outcome * n + i], plot);
        shown++;
    }
    return bad ? bad : add_curve(s, outcome, n - 1, plot);
}
