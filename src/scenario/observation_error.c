#include "scenario/observation_error.h"

#include "base/exact.h"

#include <math.h>
#include <stdlib.h>

/* Width of the central 90 % of a normal distribution, in standard deviations. */
static const double WIDTH_90 = 3.2897072539029457;

/* By confidence, where nothing tells how far off a record may be. */
static double by_confidence(stp_nearness nearness, size_t confidence)
{
    static const double SD[][3] = {
        [STP_BY_RATIO] = {0.1, 0.25, 0.5},
        [STP_BY_SHARE] = {0.05, 0.1, 0.2},
        [STP_BY_NUMBER] = {0.5, 1, 2},
        [STP_BY_HOURS] = {3, 6, 12},
    };
    return SD[nearness][confidence];
}

/* From the range; 0 if it tells nothing. */
static double by_range(const stp_observation *o, stp_nearness nearness)
{
    if (isnan(o->low) || !(o->low < o->high))
        return 0;
    if (nearness != STP_BY_RATIO)
        return (o->high - o->low) / WIDTH_90;
    if (o->low > 0)
        return (stp_log(o->high) - stp_log(o->low)) / WIDTH_90;
    return o->wanted > 0 && o->high > o->wanted
               ? 2 * (stp_log(o->high) - stp_log(o->wanted)) / WIDTH_90
               : 0;
}

/* Units that have a district where it was observed. */
static size_t count_units(const steppe_scenario *s, const stp_observation *o)
{
    bool *in = calloc(s->unit_count + 1, sizeof *in);
    size_t count = 0;
    if (!in) /* as if it was observed everywhere */
        return s->unit_count;
    for (size_t i = 0; i < s->district_count; i++) {
        int unit = s->districts[i].unit;
        if (unit < 0 || !o->where[i] || in[unit])
            continue;
        in[unit] = true;
        count++;
    }
    free(in);
    return count;
}

static double of_units(const steppe_scenario *s, const stp_observation *o,
                       const stp_measure_row *m)
{
    double wrong = o->misclassified.given ? o->misclassified.value : 0;
    if (!m->units || wrong == 0)
        return 0;
    double n = (double)count_units(s, o);
    double sd = sqrt(n * wrong * (1 - wrong));
    return m->nearness == STP_BY_SHARE ? sd / fmax(n, 1) : sd;
}

stp_observation_error stp_observation_error_of(const steppe_scenario *s, size_t index)
{
    const stp_observation *o = &s->observations[index];
    size_t measure = (size_t)o->measure.value;
    const stp_measure_row *m = &STP_OBSERVABLES[measure];
    double range = by_range(o, m->nearness);
    stp_observation_error e = {
        .record = o->error.given ? o->error.value
                  : range > 0    ? range
                              : by_confidence(m->nearness, (size_t)o->confidence.value),
        .units = of_units(s, o, m),
        .bias_sd = o->bias >= 0 ? s->biases[o->bias].sd.value : 0,
        .discrepancy = o->discrepancy.given ? o->discrepancy.value : 0,
        .bias = o->bias,
        .censored = !o->censored.given       ? STP_CENSORED_NOT
                    : o->censored.value == 0 ? STP_CENSORED_BELOW
                                             : STP_CENSORED_ABOVE,
        .train = measure != STP_OBSERVABLE_NONE &&
                 (!o->train.given || o->train.value != 0),
    };
    e.total = sqrt(e.record * e.record + e.units * e.units + e.bias_sd * e.bias_sd +
                   e.discrepancy * e.discrepancy);
    return e;
}

int steppe_scenario_observation_error(const steppe_scenario *s, size_t index,
                                      steppe_observation_error *error)
{
    static const char *const SCALES[] = {[STP_BY_RATIO] = "log",
                                         [STP_BY_SHARE] = "share",
                                         [STP_BY_NUMBER] = "units",
                                         [STP_BY_HOURS] = "h"};
    static const char *const CENSORED[] = {"", "below", "above"};
    if (index >= s->observation_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_observation *o = &s->observations[index];
    const stp_measure_row *m = &STP_OBSERVABLES[(size_t)o->measure.value];
    stp_observation_error e = stp_observation_error_of(s, index);
    *error = (steppe_observation_error){
        .id = o->id,
        .measure = m->name,
        .scale = SCALES[m->nearness],
        .record = e.record,
        .units = e.units,
        .bias_sd = e.bias_sd,
        .discrepancy = e.discrepancy,
        .total = e.total,
        .bias = e.bias >= 0 ? s->biases[e.bias].id : "",
        .censored = CENSORED[e.censored],
        .train = e.train,
    };
    return STEPPE_OK;
}
