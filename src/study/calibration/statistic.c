#include "study/calibration/statistic.h"

#include "base/exact.h"
#include "scenario/observable.h"
#include "study/measures/outcome.h"
#include "study/measures/series_meter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A run that has ten times as many people in the street as the record is certainly not the country's. */
static const double CEILING = 10;

double stp_statistic_scaled(const stp_statistic *s, double value)
{
    return s->logarithm ? stp_log(fmax(value, s->floor)) : value;
}

double stp_statistic_natural(const stp_statistic *s, double scaled)
{
    return s->logarithm ? stp_exp(scaled) : scaled;
}

double stp_statistic_spread(const stp_statistic *s)
{
    return sqrt(s->error * s->error + s->discrepancy * s->discrepancy +
                s->bias * s->bias);
}

static bool is_measured(const stp_observation *o)
{
    return o->measure.value != STP_OBSERVABLE_NONE && !isnan(o->wanted);
}

/* Is a measure in residents, so that half an agent is the least that tells nothing from something? */
static bool is_of_people(stp_observable observable)
{
    return observable != STP_OBSERVABLE_UNREST_AFTER;
}

static stp_statistic make_one(const steppe_scenario *scenario, size_t index, double scale)
{
    const stp_observation *o = &scenario->observations[index];
    const stp_observation_error error = stp_observation_error_of(scenario, index);
    stp_observable observable = (stp_observable)o->measure.value;
    stp_nearness nearness = STP_OBSERVABLES[observable].nearness;
    stp_statistic s = {.observation = o,
                       .logarithm = nearness == STP_BY_RATIO,
                       .binary = observable == STP_OBSERVABLE_FIRST_UNREST,
                       .trains = error.train,
                       .error = sqrt(error.record * error.record +
                                     error.units * error.units),
                       .discrepancy = error.discrepancy,
                       .bias = error.bias_sd,
                       .shared = error.bias,
                       .censored = error.censored,
                       .floor = is_of_people(observable) ? 0.5 * scale : 1e-3};
    s.wanted = stp_statistic_scaled(&s, o->wanted);
    return s;
}

static double last_hour(const stp_observation *o)
{
    double more = o->measure.value == STP_OBSERVABLE_UNREST_AFTER ? 24 : 0;
    return fmax(o->begins, o->ends) + more;
}

static bool counts_crowds(const stp_observation *o)
{
    return o->measure.value == STP_OBSERVABLE_TURNOUT ||
           o->measure.value == STP_OBSERVABLE_PARTICIPANTS;
}

int stp_statistics_make(steppe_context *context, const steppe_scenario *s, double scale,
                        stp_statistics *statistics)
{
    *statistics = (stp_statistics){.scenario = s, .ceiling = 0};
    statistics->list = calloc(s->observation_count + 1, sizeof *statistics->list);
    if (!statistics->list)
        return stp_no_memory(context);
    double hours = 0;
    size_t training = 0;
    for (size_t i = 0; i < s->observation_count; i++) {
        const stp_observation *o = &s->observations[i];
        if (!is_measured(o))
            continue;
        stp_statistic made = make_one(s, i, scale);
        statistics->list[statistics->count++] = made;
        training += made.trains;
        hours = fmax(hours, last_hour(o));
        if (counts_crowds(o))
            statistics->ceiling = fmax(statistics->ceiling,
                                       CEILING *
                                           fmax(o->wanted, isnan(o->high) ? 0 : o->high));
    }
    statistics->took_off = statistics->ceiling == 0 ||
                           statistics->ceiling / CEILING >=
                               stp_residents_hours(s, STP_TAKE_OFF, 1);
    if (statistics->ceiling == 0)
        statistics->ceiling = INFINITY;
    double steps = ceil(hours / s->time.step.value);
    statistics->steps = (uint64_t)fmin(fmax(steps, 1), s->time.steps.value);
    if (training > 0 && training <= STP_MAX_TRAINING)
        return STEPPE_OK;
    stp_statistics_clear(statistics);
    if (training > 0)
        return stp_fail(context, STEPPE_BAD_SCENARIO,
                        "%s: calibrates to %zu observations, at most %d are possible: "
                        "mark others with 'train: false'",
                        s->file, training, STP_MAX_TRAINING);
    return stp_fail(context, STEPPE_BAD_SCENARIO,
                    "%s: has nothing to calibrate to: the section 'observed' needs an "
                    "observation that a run can be measured by",
                    s->file);
}

void stp_statistics_clear(stp_statistics *statistics)
{
    free(statistics->list);
    statistics->list = NULL;
    statistics->count = 0;
}

/* ---- a run ---- */

static bool took_off(const steppe_scenario *s, const stp_series *series)
{
    double sum = 0;
    for (size_t i = 0; i < series->steps * series->district_count; i++)
        sum += series->counts[STP_SERIES_ACTIVE][i];
    double hours = (double)series->steps * series->step_hours;
    return sum * series->scale * series->step_hours >=
           stp_residents_hours(s, STP_TAKE_OFF, hours);
}

/* column: space for one index per district. */
static void measure(const stp_statistics *statistics, const steppe_scenario *scenario,
                    const stp_series *series, size_t *column, double *values)
{
    for (size_t i = 0; i < scenario->district_count; i++)
        column[i] = i;
    const stp_view view = {scenario, series, column};
    for (size_t k = 0; k < statistics->count; k++) {
        const stp_statistic *s = &statistics->list[k];
        const stp_observation *o = s->observation;
        double value = stp_observed_measure(&view, (stp_observable)o->measure.value,
                                            o->where, o->begins, o->ends)
                           .value;
        values[k] = isnan(value) ? NAN : stp_statistic_scaled(s, value);
    }
}

static int advance(steppe_run *run, const stp_series_meter *meter)
{
    int status = steppe_run_advance(run, UINT64_MAX);
    return status == STEPPE_STOPPED && stp_series_meter_stopped(meter) ? STEPPE_OK
                                                                       : status;
}

int stp_statistics_run(steppe_context *context, const stp_statistics *statistics,
                       const steppe_scenario *varied, uint64_t seed, double scale,
                       stp_sample_run *result)
{
    const steppe_run_options options = {.scale = scale,
                                        .seed = seed,
                                        .steps = statistics->steps,
                                        .threads = 1};
    steppe_run *run = NULL;
    stp_series_meter *meter = NULL;
    size_t *column = malloc((varied->district_count + 1) * sizeof *column);
    int status = column ? steppe_run_create(context, varied, &options, &run)
                        : stp_no_memory(context);
    if (status == STEPPE_OK)
        status = stp_series_meter_create(context, run, statistics->ceiling, &meter);
    if (status == STEPPE_OK)
        status = advance(run, meter);
    if (status == STEPPE_OK) {
        result->seed = seed;
        result->digest = steppe_run_digest(run);
        result->stopped = stp_series_meter_stopped(meter);
        result->took_off = result->stopped ||
                           took_off(varied, stp_series_meter_read(meter));
        for (size_t k = 0; k < statistics->count; k++)
            result->values[k] = NAN;
        if (!result->stopped)
            measure(statistics, varied, stp_series_meter_read(meter), column,
                    result->values);
    }
    stp_series_meter_free(meter);
    steppe_run_free(run);
    free(column);
    return status;
}
