/* The outcomes of a sensitivity analysis, at each point of its design. */
#include "base/text.h"
#include "record/ensemble.h"
#include "record/results.h"
#include "study/measures/outcome.h"
#include "study/sensitivity/sensitivity.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a sensitivity analysis has beside the outcomes of ensembles. */
static const struct stp_outcome_info TAKE_OFF = {
    "take-off", "share",
    "whether unrest took off: one resident in 10,000 active, on average over the run"};
static const struct stp_outcome_info SIZE = {"take-off-size", "residents h",
                                             "citizen-hours, where unrest took off"};

static bool is_street(const steppe_sensitivity *s)
{
    return strcmp(steppe_scenario_model(s->scenario), "street") == 0;
}

/* ---- names ---- */

/* Outcome `index` of those there are; false past the last. */
static bool name_at(const steppe_sensitivity *s, size_t index,
                    stp_sensitivity_outcome *outcome)
{
    steppe_outcome solved;
    *outcome = (stp_sensitivity_outcome){0};
    if (!is_street(s)) {
        if (steppe_solution_outcome(s->solution, index, &solved) != STEPPE_OK)
            return false;
        outcome->name = solved.name;
        outcome->unit = solved.unit;
        outcome->meaning = solved.meaning;
        return true;
    }
    if (index >= STP_OUTCOME_COUNT + 2)
        return false;
    const struct stp_outcome_info *info = index == 0   ? &TAKE_OFF
                                          : index == 1 ? &SIZE
                                                       : &STP_OUTCOMES[index - 2];
    outcome->name = info->name;
    outcome->unit = info->unit;
    outcome->meaning = info->meaning;
    return true;
}

static int refuse_name(steppe_context *context, const steppe_sensitivity *s,
                       const char *name)
{
    char shown[200];
    stp_text list = {0};
    stp_sensitivity_outcome o;
    for (size_t i = 0; name_at(s, i, &o); i++)
        stp_text_add(&list, "%s%s", i ? ", " : "", o.name);
    int status = list.failed ? stp_no_memory(context)
                             : stp_fail(context, STEPPE_BAD_ARGUMENT,
                                        "no outcome is called '%s'; there are: %s",
                                        steppe_show_line(name, shown, sizeof shown),
                                        list.data ? list.data : "none");
    stp_text_free(&list);
    return status;
}

int stp_sensitivity_find_outcomes(steppe_context *context, steppe_sensitivity *s,
                                  const steppe_sensitivity_options *options)
{
    int status = is_street(s) ? STEPPE_OK
                              : steppe_solution_create(context, s->scenario,
                                                       options->seed, &s->solution);
    if (status != STEPPE_OK)
        return status;
    size_t all = is_street(s) ? 2 : steppe_solution_outcome_count(s->solution);
    size_t count = options->outcome_count ? options->outcome_count : all;
    s->outcomes = calloc(count + 1, sizeof *s->outcomes);
    if (!s->outcomes)
        return stp_no_memory(context);
    s->facts.outcomes = count;
    for (size_t i = 0; i < count; i++) {
        stp_sensitivity_outcome *o = &s->outcomes[i];
        size_t k = options->outcome_count ? 0 : i;
        while (name_at(s, k, o) && options->outcome_count &&
               strcmp(o->name, options->outcomes[i]) != 0)
            k++;
        if (!o->name)
            return refuse_name(context, s, options->outcomes[i]);
    }
    return STEPPE_OK;
}

/* ---- values ---- */

/* The mean over the runs of each point of those that are not NAN. */
static void average(const steppe_sensitivity *s, const double *runs,
                    stp_sensitivity_outcome *outcome)
{
    size_t seeds = s->facts.seeds, n = 0;
    double *known = outcome->values;
    for (size_t p = 0; p < s->facts.points; p++) {
        double sum = 0;
        size_t count = 0;
        for (size_t k = 0; k < seeds; k++) {
            double value = runs[p * seeds + k];
            sum += isnan(value) ? 0 : value;
            count += !isnan(value);
        }
        outcome->values[p] = count ? sum / (double)count : NAN;
        outcome->missing += count == 0;
    }
    double mean = 0, square = 0;
    for (size_t p = 0; p < s->facts.points; p++) {
        if (isnan(known[p]))
            continue;
        double change = known[p] - mean;
        mean += change / (double)++n;
        square += change * (known[p] - mean);
    }
    outcome->mean = n ? mean : NAN;
    outcome->deviation = n > 1 ? sqrt(square / (double)(n - 1)) : NAN;
}

static int read_outcome(steppe_context *context, const steppe_sensitivity *s, sqlite3 *db,
                        double *runs, stp_sensitivity_outcome *outcome)
{
    bool took_off = outcome->meaning == TAKE_OFF.meaning,
         size = outcome->meaning == SIZE.meaning;
    const char *name = took_off || size ? STP_OUTCOMES[STP_OUTCOME_CITIZEN_HOURS].name
                                        : outcome->name;
    int status = stp_ensemble_outcome(context, s->path, db, name, runs, s->facts.runs);
    double hours = (double)s->facts.steps * s->scenario->time.step.value,
           least = took_off || size
                       ? stp_residents_hours(s->scenario, STP_TAKE_OFF, hours)
                       : 0;
    for (size_t i = 0; i < s->facts.runs && (took_off || size); i++) {
        if (size && runs[i] < least)
            runs[i] = NAN;
        else if (took_off && !isnan(runs[i]))
            runs[i] = runs[i] >= least;
    }
    if (status == STEPPE_OK)
        average(s, runs, outcome);
    return status;
}

int stp_sensitivity_read_outcomes(steppe_context *context, steppe_sensitivity *s)
{
    sqlite3 *db = NULL;
    double *runs = calloc(s->facts.runs + 1, sizeof *runs);
    int status = runs ? stp_results_open(context, s->path, &db) : stp_no_memory(context);
    for (size_t i = 0; i < s->facts.outcomes && status == STEPPE_OK; i++) {
        s->outcomes[i].values = calloc(s->facts.points + 1, sizeof(double));
        status = s->outcomes[i].values
                     ? read_outcome(context, s, db, runs, &s->outcomes[i])
                     : stp_no_memory(context);
    }
    sqlite3_close(db);
    free(runs);
    return status;
}
