#include "study/measures/observed_measures.h"

#include <math.h>
#include <stdio.h>

/* The steps of a period, numbered from 0, `end` excluded. */
typedef struct span {
    size_t begin, end;
} span;

static double at(const stp_view *v, stp_series_column column, size_t step, size_t place)
{
    const stp_series *s = v->series;
    return s->counts[column][step * s->district_count + v->column[place]];
}

static double sum_at(const stp_view *v, stp_series_column column, const bool *where,
                     size_t step)
{
    double sum = 0;
    for (size_t i = 0; i < v->scenario->district_count; i++)
        if (where[i])
            sum += at(v, column, step, i);
    return sum;
}

static double sum_over(const stp_view *v, stp_series_column column, const bool *where,
                       span steps)
{
    double sum = 0;
    for (size_t t = steps.begin; t < steps.end; t++)
        sum += sum_at(v, column, where, t);
    return sum;
}

static double share_active(const stp_view *v, size_t step, size_t place)
{
    double alive = at(v, STP_SERIES_ALIVE, step, place);
    return alive > 0 ? at(v, STP_SERIES_ACTIVE, step, place) / alive : 0;
}

static bool has_unrest(const stp_view *v, size_t step, size_t place)
{
    return at(v, STP_SERIES_ALIVE, step, place) > 0 &&
           share_active(v, step, place) >= v->scenario->outcome.unrest_share.value;
}

/* ---- single measures ---- */

static bool unit_has_unrest(const stp_view *v, size_t unit, const bool *where, span steps)
{
    const steppe_scenario *s = v->scenario;
    for (size_t i = 0; i < s->district_count; i++)
        for (size_t t = steps.begin;
             where[i] && s->districts[i].unit == (int)unit && t < steps.end; t++)
            if (has_unrest(v, t, i))
                return true;
    return false;
}

static double units_with_unrest(const stp_view *v, const bool *where, span steps)
{
    double count = 0;
    for (size_t u = 0; u < v->scenario->unit_count; u++)
        count += unit_has_unrest(v, u, where, steps);
    return count;
}

static double most(const stp_view *v, stp_series_column column, const bool *where,
                   span steps)
{
    double most = 0;
    for (size_t t = steps.begin; t < steps.end; t++)
        most = fmax(most, sum_at(v, column, where, t));
    return most;
}

static double participants(const stp_view *v, const bool *where, span steps)
{
    double sum = 0;
    for (size_t i = 0; i < v->scenario->district_count; i++) {
        double most = 0;
        for (size_t t = steps.begin; where[i] && t < steps.end; t++)
            most = fmax(most, at(v, STP_SERIES_ACTIVE, t, i));
        sum += most;
    }
    return sum;
}

static double deaths(const stp_view *v, const bool *where, span steps)
{
    return sum_over(v, STP_SERIES_KILLED, where, steps) +
           sum_over(v, STP_SERIES_OFFICERS_KILLED, where, steps);
}

static double deaths_everywhere(const stp_view *v, span steps)
{
    const stp_series *s = v->series;
    double sum = 0;
    for (size_t i = steps.begin * s->district_count; i < steps.end * s->district_count;
         i++)
        sum += s->counts[STP_SERIES_KILLED][i] + s->counts[STP_SERIES_OFFICERS_KILLED][i];
    return sum;
}

static double peak_of_violence(const stp_view *v, const bool *where, span steps)
{
    double most = 0, when = NAN;
    for (size_t t = steps.begin; t < steps.end; t++) {
        double violent = sum_at(v, STP_SERIES_VIOLENT, where, t);
        if (violent > most)
            when = (double)(t + 1) * v->series->step_hours;
        most = fmax(most, violent);
    }
    return when;
}

/* Does the share of violent residents of a unit ever exceed a tenth of unrest_share? -1 if none of its
 * districts is in `where`. */
static int is_violent(const stp_view *v, size_t unit, const bool *where, span steps)
{
    const steppe_scenario *s = v->scenario;
    int violent = -1;
    for (size_t t = steps.begin; t < steps.end && violent < 1; t++) {
        double some = 0, all = 0;
        for (size_t i = 0; i < s->district_count; i++) {
            if (!where[i] || s->districts[i].unit != (int)unit)
                continue;
            some += at(v, STP_SERIES_VIOLENT, t, i);
            all += at(v, STP_SERIES_ALIVE, t, i);
            violent = 0;
        }
        if (some > 0 && some > 0.1 * s->outcome.unrest_share.value * all)
            violent = 1;
    }
    return violent;
}

static double non_violent_units(const stp_view *v, const bool *where, span steps)
{
    double peaceful = 0, all = 0;
    for (size_t u = 0; u < v->scenario->unit_count; u++) {
        int violent = is_violent(v, u, where, steps);
        all += violent >= 0;
        peaceful += violent == 0;
    }
    return all > 0 ? peaceful / all : NAN;
}

static double obeying(const stp_view *v, const bool *where, span steps)
{
    double sum = 0, counted = 0;
    for (size_t t = steps.begin; t < steps.end; t++) {
        double officers = sum_at(v, STP_SERIES_OFFICERS, where, t);
        if (officers > 0) {
            sum += sum_at(v, STP_SERIES_OBEYING, where, t) / officers;
            counted++;
        }
    }
    return counted > 0 ? sum / counted : NAN;
}

/* Of districts in unrest at the same first step, the one with the highest share counts. */
static double is_first(const stp_view *v, const bool *where, span steps)
{
    for (size_t t = steps.begin; t < steps.end; t++) {
        double highest = -1;
        bool here = false;
        for (size_t i = 0; i < v->scenario->district_count; i++) {
            double share = share_active(v, t, i);
            if (has_unrest(v, t, i) && share > highest) {
                highest = share;
                here = where[i];
            }
        }
        if (highest >= 0)
            return here;
    }
    return NAN;
}

static double mean_active(const stp_view *v, const bool *where, span steps)
{
    return sum_over(v, STP_SERIES_ACTIVE, where, steps) /
           (double)(steps.end - steps.begin);
}

/* ---- periods ---- */

static double steps_of(const stp_view *v, double hours)
{
    return hours / v->series->step_hours;
}

/* The steps that begin in a period; of a period within one step, that step. */
static span span_of(const stp_view *v, double begins, double ends)
{
    span steps = {(size_t)ceil(fmax(0, steps_of(v, begins) - 1e-6)),
                  (size_t)ceil(fmax(0, steps_of(v, ends) - 1e-6))};
    if (steps.end <= steps.begin) {
        steps.begin = (size_t)floor(fmax(0, steps_of(v, begins) + 1e-6));
        steps.end = steps.begin + 1;
    }
    return steps;
}

/* The last step that has ended by then. */
static span moment_of(const stp_view *v, double hour)
{
    size_t ended = (size_t)floor(fmax(0, steps_of(v, hour) + 1e-6));
    return (span){ended ? ended - 1 : 0, ended};
}

static stp_observed_value lacking(const char *format, const char *word)
{
    stp_observed_value r = {.value = NAN};
    snprintf(r.reason, sizeof r.reason, format, word);
    return r;
}

static stp_observed_value short_of(const stp_view *v)
{
    stp_observed_value r = {.value = NAN};
    snprintf(r.reason, sizeof r.reason, "the file ends with step %zu", v->series->steps);
    return r;
}

static stp_observed_value unrest_after(const stp_view *v, const bool *where, double hour)
{
    const double day = fmax(24, v->series->step_hours);
    const double run = v->scenario->time.steps.value * v->scenario->time.step.value;
    span before = {moment_of(v, hour - day).end, moment_of(v, hour).end};
    span after = {before.end, moment_of(v, fmin(hour + day, run)).end};
    if (after.end > v->series->steps)
        return short_of(v);
    if (before.end == before.begin || after.end == after.begin)
        return lacking("%s", "no step before or after it");
    double calm = mean_active(v, where, before);
    stp_observed_value r = {.value = mean_active(v, where, after) / calm, .there = true};
    if (calm == 0) {
        r.value = NAN;
        snprintf(r.reason, sizeof r.reason, "no unrest before");
    }
    return r;
}

/* ---- all measures ---- */

enum {
    ACTIVE = 1 << STP_SERIES_ACTIVE | 1 << STP_SERIES_ALIVE,
    DEATHS = 1 << STP_SERIES_KILLED | 1 << STP_SERIES_OFFICERS_KILLED,
    VIOLENT = 1 << STP_SERIES_VIOLENT | 1 << STP_SERIES_ALIVE,
};

/* The columns that a measure needs, and why it may still have no value. */
static const struct {
    unsigned columns;
    const char *nothing;
} NEEDS[STP_OBSERVABLE_COUNT] = {
    [STP_OBSERVABLE_UNITS_WITH_UNREST] = {ACTIVE, ""},
    [STP_OBSERVABLE_TURNOUT] = {ACTIVE, ""},
    [STP_OBSERVABLE_PARTICIPANTS] = {ACTIVE, ""},
    [STP_OBSERVABLE_DEATHS] = {DEATHS, ""},
    [STP_OBSERVABLE_DEATHS_SHARE] = {DEATHS, "no deaths"},
    [STP_OBSERVABLE_DETAINED] = {1 << STP_SERIES_DETAINED, ""},
    [STP_OBSERVABLE_DETAINED_SHARE] = {1 << STP_SERIES_DETAINED | ACTIVE,
                                       "no participants"},
    [STP_OBSERVABLE_ARRESTS] = {1 << STP_SERIES_ARRESTS, ""},
    [STP_OBSERVABLE_VIOLENCE_PEAK] = {VIOLENT, "no violence"},
    [STP_OBSERVABLE_NON_VIOLENT_UNITS] = {VIOLENT, "no units"},
    [STP_OBSERVABLE_OBEYING] = {1 << STP_SERIES_OBEYING | 1 << STP_SERIES_OFFICERS,
                                "no officers"},
    [STP_OBSERVABLE_FIRST_UNREST] = {ACTIVE, "no unrest"},
    [STP_OBSERVABLE_UNREST_AFTER] = {ACTIVE, "no unrest before"},
};

/* Is a measure meaningless because the run has no force? Its zeros are no findings; deaths under the rules of
 * Model II are. */
static bool is_without_force(const stp_view *v, stp_observable observable)
{
    const stp_series *s = v->series;
    if (!s->forceless)
        return false;
    if (observable == STP_OBSERVABLE_DEATHS || observable == STP_OBSERVABLE_DEATHS_SHARE)
        return deaths_everywhere(v, (span){0, s->steps}) == 0;
    return observable == STP_OBSERVABLE_OBEYING ||
           observable == STP_OBSERVABLE_VIOLENCE_PEAK ||
           observable == STP_OBSERVABLE_NON_VIOLENT_UNITS;
}

/* Agents in residents, but no more than live in these districts (under the rules of other models their
 * number varies). */
static double in_people(const stp_view *v, const bool *where, double agents)
{
    double residents = 0, people = agents * v->series->scale;
    for (size_t i = 0; i < v->scenario->district_count; i++)
        residents += where[i] ? (double)stp_district_residents(v->scenario, i) : 0;
    return v->scenario->top.rules.value == STP_EPSTEIN ? fmin(people, residents) : people;
}

static double value_of(const stp_view *v, stp_observable observable, const bool *where,
                       span steps)
{
    const double scale = v->series->scale;
    const span last = {steps.end - 1, steps.end};
    double all;
    switch (observable) {
    case STP_OBSERVABLE_UNITS_WITH_UNREST: return units_with_unrest(v, where, steps);
    case STP_OBSERVABLE_TURNOUT:
        return in_people(v, where, most(v, STP_SERIES_ACTIVE, where, steps));
    case STP_OBSERVABLE_PARTICIPANTS:
        return in_people(v, where, participants(v, where, steps));
    case STP_OBSERVABLE_DEATHS: return deaths(v, where, steps) * scale;
    case STP_OBSERVABLE_DEATHS_SHARE:
        all = deaths_everywhere(v, steps);
        return all > 0 ? deaths(v, where, steps) / all : NAN;
    case STP_OBSERVABLE_DETAINED:
        return in_people(v, where, sum_over(v, STP_SERIES_DETAINED, where, last));
    case STP_OBSERVABLE_DETAINED_SHARE:
        all = participants(v, where, steps);
        return all > 0 ? sum_over(v, STP_SERIES_DETAINED, where, last) / all : NAN;
    case STP_OBSERVABLE_ARRESTS:
        return sum_over(v, STP_SERIES_ARRESTS, where, steps) * scale;
    case STP_OBSERVABLE_VIOLENCE_PEAK: return peak_of_violence(v, where, steps);
    case STP_OBSERVABLE_NON_VIOLENT_UNITS: return non_violent_units(v, where, steps);
    case STP_OBSERVABLE_OBEYING: return obeying(v, where, steps);
    case STP_OBSERVABLE_FIRST_UNREST: return is_first(v, where, steps);
    default: return NAN;
    }
}

stp_observed_value stp_observed_measure(const stp_view *v, stp_observable observable,
                                        const bool *where, double begins, double ends)
{
    if (observable == STP_OBSERVABLE_NONE)
        return lacking("%s", "no measure");
    for (int c = 0; c < STP_SERIES_COLUMNS; c++)
        if (NEEDS[observable].columns >> c & 1u && !v->series->counts[c])
            return lacking("not in the file: column %s",
                           stp_series_column_name((stp_series_column)c));
    if (is_without_force(v, observable))
        return lacking("%s", "not in the run: a street without force");
    if (observable == STP_OBSERVABLE_UNREST_AFTER)
        return unrest_after(v, where, begins);
    span steps = STP_OBSERVABLES[observable].instant ? moment_of(v, begins)
                                                     : span_of(v, begins, ends);
    if (steps.end > v->series->steps)
        return short_of(v);
    if (steps.end == steps.begin)
        return lacking("%s", "before the end of the first step");
    stp_observed_value r = {.value = value_of(v, observable, where, steps),
                            .there = true};
    if (isnan(r.value))
        snprintf(r.reason, sizeof r.reason, "%s", NEEDS[observable].nothing);
    return r;
}

double stp_observed_sum_at(const stp_view *v, stp_series_column column, const bool *where,
                           double hour)
{
    span step = moment_of(v, hour);
    if (!v->series->counts[column] || step.end == step.begin ||
        step.end > v->series->steps)
        return NAN;
    return in_people(v, where, sum_at(v, column, where, step.begin));
}
