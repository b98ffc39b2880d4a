/* The plots of a fit: measures over time, or one row after another. */
#include "scenario/unit.h"
#include "study/validation/fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_POINTS = 240, MAX_DAYS = 1000 };

/* How a measure is plotted over time. */
typedef enum way {
    WAY_NONE,
    WAY_DAYS,    /* one value per day */
    WAY_COUNTS,  /* cumulative since the period began */
    WAY_MOMENTS, /* at each moment */
} way;

static stp_observable observable_of(const stp_fit_row *row)
{
    return (stp_observable)(size_t)row->observation->measure.value;
}

static way way_of(stp_observable observable)
{
    switch (observable) {
    case STP_OBSERVABLE_UNITS_WITH_UNREST:
    case STP_OBSERVABLE_TURNOUT:
    case STP_OBSERVABLE_PARTICIPANTS:
    case STP_OBSERVABLE_OBEYING: return WAY_DAYS;
    case STP_OBSERVABLE_DEATHS:
    case STP_OBSERVABLE_ARRESTS: return WAY_COUNTS;
    case STP_OBSERVABLE_DETAINED:
    case STP_OBSERVABLE_VIOLENCE_PEAK: return WAY_MOMENTS;
    default: return WAY_NONE;
    }
}

bool stp_fit_same_group(const steppe_fit *fit, size_t a, size_t b)
{
    return fit->rows[a].pattern == fit->rows[b].pattern &&
           observable_of(&fit->rows[a]) == observable_of(&fit->rows[b]);
}

bool stp_fit_leads(const steppe_fit *fit, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (stp_fit_same_group(fit, i, row))
            return false;
    return observable_of(&fit->rows[row]) != STP_OBSERVABLE_NONE;
}

static double run_hours(const steppe_fit *fit)
{
    return fit->scenario->time.steps.value * fit->scenario->time.step.value;
}

/* Can a group be plotted over time? Its rows need the same districts and suitable periods. */
static bool is_over_time(const steppe_fit *fit, size_t first)
{
    const stp_observation *a = fit->rows[first].observation;
    way w = way_of(observable_of(&fit->rows[first]));
    bool fits = w != WAY_NONE && run_hours(fit) > fit->scenario->time.step.value;
    for (size_t i = first; i < fit->row_count && fits; i++) {
        const stp_observation *b = fit->rows[i].observation;
        if (!stp_fit_same_group(fit, first, i))
            continue;
        fits = memcmp(a->where, b->where,
                      fit->scenario->district_count * sizeof *a->where) == 0;
        if (w == WAY_DAYS && observable_of(&fit->rows[i]) != STP_OBSERVABLE_OBEYING)
            fits = fits && b->ends - b->begins <= 24;
        if (w == WAY_COUNTS)
            fits = fits && b->begins == a->begins;
    }
    return fits;
}

/* ---- values ---- */

static size_t points_of(const steppe_fit *fit, way w)
{
    double days = ceil(run_hours(fit) / 24 - 1e-9),
           steps = fit->scenario->time.steps.value;
    return w == WAY_DAYS ? (size_t)fmin(days, MAX_DAYS) : (size_t)fmin(steps, MAX_POINTS);
}

/* The time of a point; of a day, its beginning. */
static double hour_of(const steppe_fit *fit, way w, size_t point, size_t count)
{
    if (w == WAY_DAYS)
        return 24.0 * (double)point;
    double steps = fit->scenario->time.steps.value;
    return ceil(steps * (double)(point + 1) / (double)count) *
           fit->scenario->time.step.value;
}

int stp_fit_plan_series(steppe_fit *fit)
{
    fit->series_of = calloc(fit->row_count, sizeof *fit->series_of);
    if (!fit->series_of)
        return stp_no_memory(fit->context);
    for (size_t i = 0; i < fit->row_count; i++) {
        if (!stp_fit_leads(fit, i) || !is_over_time(fit, i))
            continue;
        way w = way_of(observable_of(&fit->rows[i]));
        size_t count = points_of(fit, w);
        stp_fit_series *c = &fit->series_of[fit->series_count++];
        *c = (stp_fit_series){.row = i,
                              .count = count,
                              .hours = malloc(count * sizeof(double)),
                              .values = calloc(count * fit->file_count, sizeof(double))};
        if (!c->hours || !c->values)
            return stp_no_memory(fit->context);
        for (size_t k = 0; k < count; k++)
            c->hours[k] = hour_of(fit, w, k, count);
    }
    return STEPPE_OK;
}

static double value_at(const steppe_fit *fit, const stp_fit_row *row,
                       const stp_view *view, double hour)
{
    const stp_observation *o = row->observation;
    stp_observable observable = observable_of(row);
    if (observable == STP_OBSERVABLE_VIOLENCE_PEAK)
        return view->series->forceless
                   ? NAN
                   : stp_observed_sum_at(view, STP_SERIES_VIOLENT, o->where, hour);
    if (observable == STP_OBSERVABLE_DETAINED)
        return stp_observed_sum_at(view, STP_SERIES_DETAINED, o->where, hour);
    if (way_of(observable) == WAY_COUNTS)
        return hour > o->begins
                   ? stp_observed_measure(view, observable, o->where, o->begins, hour)
                         .value
                   : 0;
    return stp_observed_measure(view, observable, o->where, hour,
                                fmin(hour + 24, run_hours(fit)))
        .value;
}

void stp_fit_take_series(steppe_fit *fit, const stp_view *view, size_t file)
{
    for (size_t i = 0; i < fit->series_count; i++) {
        stp_fit_series *c = &fit->series_of[i];
        for (size_t k = 0; k < c->count; k++)
            c->values[file * c->count + k] = value_at(fit, &fit->rows[c->row], view,
                                                      c->hours[k]);
    }
}

void stp_fit_free_series(steppe_fit *fit)
{
    for (size_t i = 0; i < fit->series_count; i++) {
        free(fit->series_of[i].hours);
        free(fit->series_of[i].values);
    }
    free(fit->series_of);
}

/* ---- plots ---- */

/* Points of a curve with their bars; one block, which x owns. */
typedef struct points {
    double *x, *y, *low, *high;
    size_t count;
} points;

/* Space for `most` points; x is NULL when out of memory. */
static points make_points(size_t most)
{
    double *block = malloc(4 * most * sizeof *block + 1);
    return block ? (points){block, block + most, block + 2 * most, block + 3 * most, 0}
                 : (points){0};
}

static void add_point(points *p, double x, double y, double low, double high)
{
    p->x[p->count] = x;
    p->y[p->count] = y;
    p->low[p->count] = isnan(low) ? y : low;
    p->high[p->count++] = isnan(high) ? y : high;
}

static int add_curve(stp_plot *plot, const char *name, stp_mark mark, const points *p,
                     bool bars)
{
    return stp_plot_add(plot, name, mark, p->count, p->x, p->y, bars ? p->low : NULL,
                        bars ? p->high : NULL);
}

/* Days are numbered from 1: noon of the second is 2.5. */
static double day_of(double hours)
{
    return 1 + hours / 24;
}

static void name_axes(const steppe_fit *fit, stp_plot *plot, size_t row)
{
    const steppe_scenario *s = fit->scenario;
    const stp_measure_row *observable = &STP_OBSERVABLES[observable_of(&fit->rows[row])];
    char date[STP_DATE_TEXT] = "";
    if (s->time.start.given)
        stp_date_text((int64_t)s->time.start.value, date);
    snprintf(plot->title, sizeof plot->title, "%s, %.60s", observable->name,
             fit->rows[row].where);
    snprintf(plot->x_axis, sizeof plot->x_axis, "day%s%.10s", *date ? ", from 1: " : "",
             date);
    snprintf(plot->y_axis, sizeof plot->y_axis, "%s",
             observable->nearness == STP_BY_HOURS ? "violent residents"
             : *observable->unit                  ? observable->unit
                                                  : observable->name);
    plot->reference = NAN;
}

/* The time of the peak is drawn as a line at the top. */
static void add_peak(points *p, const stp_observation *o, double height)
{
    add_point(p, day_of(isnan(o->low) ? o->wanted : o->low), height, NAN, NAN);
    if (!isnan(o->low))
        add_point(p, day_of(o->high), height, NAN, NAN);
}

static int add_observed(const steppe_fit *fit, stp_plot *plot, size_t first, double most)
{
    points p = make_points(2 * fit->row_count);
    way w = way_of(observable_of(&fit->rows[first]));
    bool peak = observable_of(&fit->rows[first]) == STP_OBSERVABLE_VIOLENCE_PEAK;
    for (size_t i = first; p.x && i < fit->row_count; i++) {
        const stp_observation *o = fit->rows[i].observation;
        if (!stp_fit_same_group(fit, first, i))
            continue;
        if (peak)
            add_peak(&p, o, most > 0 ? 1.05 * most : 1);
        else
            add_point(&p, day_of(w == WAY_DAYS ? (o->begins + o->ends) / 2 : o->ends),
                      o->wanted, o->low, o->high);
    }
    bool line = peak && p.count > 1;
    int bad = p.x ? add_curve(plot, peak ? "observed: peak" : "observed",
                              line ? STP_MARK_LINE : STP_MARK_POINTS, &p, !peak)
                  : -1;
    free(p.x);
    return bad;
}

static int plot_series(const steppe_fit *fit, const stp_fit_series *c, stp_plot *plot)
{
    way w = way_of(observable_of(&fit->rows[c->row]));
    points p = make_points(c->count);
    double *values = malloc(2 * fit->file_count * sizeof *values), most = 0;
    name_axes(fit, plot, c->row);
    for (size_t k = 0; p.x && values && k < c->count; k++) {
        double median, low, high;
        for (size_t f = 0; f < fit->file_count; f++)
            values[f] = c->values[f * c->count + k];
        stp_fit_spread(values, fit->file_count, values + fit->file_count, &median, &low,
                       &high);
        add_point(&p, day_of(c->hours[k] + (w == WAY_DAYS ? 12 : 0)), median, low, high);
        most = fmax(most, isnan(high) ? 0 : high);
    }
    int bad = p.x && values
                  ? add_curve(plot,
                              fit->file_count > 1 ? "simulated, 5-95 %" : "simulated",
                              STP_MARK_LINE, &p, fit->file_count > 1)
                  : -1;
    free(p.x);
    free(values);
    return bad ? bad : add_observed(fit, plot, c->row, most);
}

/* Numbered rows side by side: observed left, simulated right. */
static int plot_rows(const steppe_fit *fit, size_t first, stp_plot *plot)
{
    points observed = make_points(fit->row_count),
           simulated = make_points(fit->row_count);
    size_t used = 0, number = 0;
    name_axes(fit, plot, first);
    snprintf(plot->title, sizeof plot->title, "%s",
             STP_OBSERVABLES[observable_of(&fit->rows[first])].name);
    for (size_t i = first; observed.x && simulated.x && i < fit->row_count; i++) {
        const stp_fit_row *row = &fit->rows[i];
        const steppe_fit_row *shown = &row->shown;
        if (!stp_fit_same_group(fit, first, i))
            continue;
        double x = (double)++number;
        add_point(&observed, x - 0.06, shown->observed, shown->low, shown->high);
        add_point(&simulated, x + 0.06, shown->simulated, shown->simulated_low,
                  shown->simulated_high);
        if (used < sizeof plot->x_axis)
            used += (size_t)snprintf(plot->x_axis + used, sizeof plot->x_axis - used,
                                     "%s%zu %s", number > 1 ? ", " : "", number,
                                     shown->id);
    }
    bool whole = observed.x && simulated.x;
    int bad = whole ? add_curve(plot, "simulated", STP_MARK_POINTS, &simulated,
                                fit->file_count > 1)
                    : -1;
    if (bad == 0)
        bad = add_curve(plot, "observed", STP_MARK_POINTS, &observed, true);
    const double ends[2] = {0, (double)number + 1}, ground[2] = {0, 0};
    if (bad == 0) /* extend the axes: a margin on both sides, and zero */
        bad = stp_plot_add(plot, "", STP_MARK_LINE, 2, ends, ground, NULL, NULL);
    free(observed.x);
    free(simulated.x);
    return bad;
}

int stp_fit_plot(const steppe_fit *fit, size_t pattern, stp_plot *plots, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < fit->row_count && count < most; i++) {
        if (fit->rows[i].pattern != pattern || !stp_fit_leads(fit, i))
            continue;
        const stp_fit_series *series = NULL;
        for (size_t c = 0; c < fit->series_count; c++)
            if (fit->series_of[c].row == i)
                series = &fit->series_of[c];
        stp_plot *plot = &plots[count++];
        if (series ? plot_series(fit, series, plot) : plot_rows(fit, i, plot))
            return -1;
    }
    return (int)count;
}
