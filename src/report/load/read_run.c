/* Read the results file of a run. */
#include "base/text.h"
#include "report/load/runs.h"
#include "report/svg/axis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const FACTS[STP_FACTS] = {
    "status",          "seed",          "population_seed", "scale",   "steps",
    "agents",          "engine",        "schedule",        "threads", "version",
    "results_version", "scenario_file", "scenario_digest", "seat"};

typedef struct reader {
    stp_report *report;
    sqlite3 *db;
} reader;

static int damaged(const reader *r)
{
    return stp_results_damaged(r->report->context, r->report->path, r->db);
}

int stp_report_of_no_street(const stp_report *report, const char *model)
{
    return stp_fail(
        report->context, STEPPE_BAD_RESULTS,
        "%.800s: is of the model '%s', which has no street; reports are made of "
        "runs and ensembles of streets",
        report->path, model);
}

static int read_facts(const reader *r)
{
    stp_report *report = r->report;
    int status = STEPPE_OK;
    char model[32];
    for (int i = 0; i < STP_FACTS && status == STEPPE_OK; i++)
        status = stp_results_fact(report->context, report->path, r->db, FACTS[i],
                                  report->facts[i], STP_FACT_TEXT);
    if (status == STEPPE_OK)
        status = stp_results_fact(report->context, report->path, r->db, "model", model,
                                  sizeof model);
    if (status == STEPPE_OK && *model && strcmp(model, "street") != 0)
        return stp_report_of_no_street(report, model);
    return status;
}

/* ---- time series ---- */

static double *make_series(stp_report *report, stp_total total)
{
    return report->series_of[total] = calloc(report->series.steps, sizeof(double));
}

double stp_report_people(const stp_report *report, size_t district, double citizens)
{
    double people = citizens * report->series.scale;
    return report->scenario->top.rules.value == STP_EPSTEIN
               ? fmin(people, (double)stp_district_residents(report->scenario, district))
               : people;
}

/* Can more of this have happened than people live there? */
static bool is_bounded(stp_series_column column)
{
    return column != STP_SERIES_ARRESTS && column != STP_SERIES_OFFICERS_KILLED;
}

/* The sum of a column over the districts, in residents or officers; of happenings, since the
 * start. */
static int sum_up(stp_report *report, stp_total total, stp_series_column column,
                  bool since_start)
{
    const stp_series *s = &report->series;
    const double *counts = s->counts[column];
    if (!counts)
        return STEPPE_OK;
    double *values = make_series(report, total),
           *so_far = calloc(s->district_count, sizeof *so_far);
    if (!values || !so_far) {
        free(so_far);
        return stp_no_memory(report->context);
    }
    for (size_t i = 0; i < s->steps; i++)
        for (size_t k = 0; k < s->district_count; k++) {
            double count = counts[i * s->district_count + k];
            so_far[k] = since_start ? so_far[k] + count : count;
            values[i] += is_bounded(column) ? stp_report_people(report, k, so_far[k])
                                            : so_far[k] * s->scale;
        }
    free(so_far);
    return STEPPE_OK;
}

static int sum_all(stp_report *report)
{
    static const struct {
        stp_total total;
        stp_series_column column;
        bool since_start, force;
    } SUMS[] = {
        {STP_TOTAL_ACTIVE, STP_SERIES_ACTIVE, false, false},
        {STP_TOTAL_VIOLENT, STP_SERIES_VIOLENT, false, true},
        {STP_TOTAL_DETAINED, STP_SERIES_DETAINED, false, false},
        {STP_TOTAL_ARRESTS, STP_SERIES_ARRESTS, true, false},
        {STP_TOTAL_KILLED, STP_SERIES_KILLED, true, true},
        {STP_TOTAL_OFFICERS_KILLED, STP_SERIES_OFFICERS_KILLED, true, true},
    };
    int status = STEPPE_OK;
    for (size_t i = 0; i < sizeof SUMS / sizeof *SUMS && status == STEPPE_OK; i++)
        if (!SUMS[i].force || !report->series.forceless)
            status = sum_up(report, SUMS[i].total, SUMS[i].column, SUMS[i].since_start);
    return status;
}

static int share_obeying(stp_report *report)
{
    const stp_series *s = &report->series;
    const double *obeying = s->counts[STP_SERIES_OBEYING],
                 *officers = s->counts[STP_SERIES_OFFICERS];
    if (s->forceless || !obeying || !officers)
        return STEPPE_OK;
    double *values = make_series(report, STP_TOTAL_OBEYING);
    if (!values)
        return stp_no_memory(report->context);
    for (size_t i = 0; i < s->steps; i++) {
        double all = 0, part = 0;
        for (size_t k = i * s->district_count; k < (i + 1) * s->district_count; k++) {
            all += officers[k];
            part += obeying[k];
        }
        values[i] = all > 0 ? part / all : NAN;
    }
    return STEPPE_OK;
}

static int read_legitimacy(const reader *r)
{
    stp_report *report = r->report;
    const stp_series *s = &report->series;
    sqlite3_stmt *q = NULL;
    if (sqlite3_table_column_metadata(r->db, NULL, "series", "legitimacy", NULL, NULL,
                                      NULL, NULL, NULL) != SQLITE_OK)
        return STEPPE_OK;
    double *mean = make_series(report, STP_TOTAL_LEGITIMACY),
           *lowest = make_series(report, STP_TOTAL_LOWEST);
    if (!mean || !lowest)
        return stp_no_memory(report->context);
    if (sqlite3_prepare_v2(r->db, "SELECT legitimacy FROM series ORDER BY step, district",
                           -1, &q, NULL) != SQLITE_OK)
        return damaged(r);
    size_t i = 0, size = s->steps * s->district_count;
    double sum = 0, all = 0, least = 0;
    for (; i < size && sqlite3_step(q) == SQLITE_ROW; i++) {
        double value = stp_axis_known(sqlite3_column_double(q, 0)) * 1e-6,
               people = s->counts[STP_SERIES_ALIVE][i];
        bool first = i % s->district_count == 0;
        sum = (first ? 0 : sum) + value * people;
        all = (first ? 0 : all) + people;
        least = first ? value : fmin(least, value);
        mean[i / s->district_count] = all > 0 ? sum / all : NAN;
        lowest[i / s->district_count] = least;
    }
    sqlite3_finalize(q);
    return i == size ? STEPPE_OK
                     : stp_results_reject(report->context, report->path,
                                          "a row of 'series' cannot be read");
}

double *stp_report_series(const stp_report *report)
{
    double *values = calloc(report->series.steps, sizeof *values);
    for (size_t i = 0; values && i < report->series.steps; i++)
        values[i] = NAN;
    return values;
}

void stp_report_forward_fill(const stp_report *report, double *series)
{
    for (size_t i = 1; i < report->series.steps; i++)
        if (isnan(series[i]))
            series[i] = series[i - 1];
}

static int read_strength(const reader *r)
{
    stp_report *report = r->report;
    sqlite3_stmt *q = NULL;
    double *values = report->series_of[STP_TOTAL_STRENGTH] = stp_report_series(report);
    if (!values)
        return stp_no_memory(report->context);
    if (sqlite3_prepare_v2(r->db, "SELECT step, strength FROM seat ORDER BY day", -1, &q,
                           NULL) != SQLITE_OK)
        return damaged(r);
    while (sqlite3_step(q) == SQLITE_ROW) {
        sqlite3_int64 step = sqlite3_column_int64(q, 0);
        if (step >= 1 && (size_t)step <= report->series.steps)
            values[step - 1] = stp_axis_known(sqlite3_column_double(q, 1));
    }
    sqlite3_finalize(q);
    stp_report_forward_fill(report, values);
    return STEPPE_OK;
}

static int read_digest(const reader *r)
{
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(r->db, "SELECT digest FROM step WHERE step = ?", -1, &q,
                           NULL) != SQLITE_OK)
        return damaged(r);
    sqlite3_bind_int64(q, 1, (sqlite3_int64)r->report->series.steps);
    if (sqlite3_step(q) == SQLITE_ROW && sqlite3_column_text(q, 0))
        snprintf(r->report->digest, sizeof r->report->digest, "%s",
                 (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    return STEPPE_OK;
}

/* ---- what went in ---- */

int stp_report_add_input(stp_report *report, const char *const texts[STP_INPUT_TEXTS])
{
    size_t n = report->input_count;
    if ((n & (n - 1)) == 0) { /* the capacity is the next power of two */
        stp_input *inputs = realloc(report->inputs, (2 * n + 1) * sizeof *inputs);
        if (!inputs)
            return stp_no_memory(report->context);
        report->inputs = inputs;
    }
    stp_input *input = &report->inputs[report->input_count++];
    *input = (stp_input){{NULL}};
    for (int i = 0; i < STP_INPUT_TEXTS; i++)
        if (!(input->texts[i] = stp_copy(texts[i] ? texts[i] : "")))
            return stp_no_memory(report->context);
    return STEPPE_OK;
}

/* As the run wrote it: in the resolved scenario, defaults look like what was given. */
static int read_inputs(const reader *r)
{
    stp_report *report = r->report;
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(r->db,
                           "SELECT path, value, range, unit, kind, source, note FROM "
                           "parameter ORDER BY rowid",
                           -1, &q, NULL) != SQLITE_OK)
        return damaged(r);
    int status = STEPPE_OK;
    while (status == STEPPE_OK && sqlite3_step(q) == SQLITE_ROW) {
        const char *texts[STP_INPUT_TEXTS];
        for (int i = 0; i < STP_INPUT_TEXTS; i++)
            texts[i] = (const char *)sqlite3_column_text(q, i);
        status = stp_report_add_input(report, texts);
    }
    sqlite3_finalize(q);
    return status;
}

/* ---- districts ---- */

static int summarize_districts(stp_report *report)
{
    const stp_series *s = &report->series;
    const double *active = s->counts[STP_SERIES_ACTIVE],
                 *alive = s->counts[STP_SERIES_ALIVE],
                 *arrests = s->counts[STP_SERIES_ARRESTS],
                 *killed = s->forceless ? NULL : s->counts[STP_SERIES_KILLED];
    const double share = report->scenario->outcome.unrest_share.value;
    report->district_summaries = calloc(s->district_count,
                                        sizeof *report->district_summaries);
    if (!report->district_summaries)
        return stp_no_memory(report->context);
    for (size_t i = 0; i < s->steps * s->district_count; i++) {
        stp_district_summary *f = &report->district_summaries[i % s->district_count];
        size_t step = i / s->district_count + 1;
        if (active[i] > 0 && active[i] >= share * alive[i]) {
            f->unrest = f->unrest ? f->unrest : step;
            f->last = step;
        }
        double people = stp_report_people(report, i % s->district_count, active[i]);
        if (people > f->peak) {
            f->peak = people;
            f->peak_step = step;
        }
        f->arrests += arrests ? arrests[i] * s->scale : 0;
        f->killed += killed ? killed[i] : 0;
    }
    for (size_t k = 0; k < s->district_count; k++)
        report->district_summaries[k].killed =
            stp_report_people(report, k, report->district_summaries[k].killed);
    return STEPPE_OK;
}

/* ---- events ---- */

steppe_event_info stp_report_event(const stp_report *report, size_t index)
{
    steppe_event_info event = {0};
    steppe_scenario_event(report->scenario, report->events[index], &event);
    return event;
}

/* Those that are enabled and lie within the run, by their steps: an insertion sort. */
int stp_report_sort_events(stp_report *report)
{
    steppe_event_info event;
    report->events = calloc(report->scenario->event_count + 1, sizeof *report->events);
    if (!report->events)
        return stp_no_memory(report->context);
    for (size_t i = 0; steppe_scenario_event(report->scenario, i, &event) == STEPPE_OK;
         i++) {
        if (!event.enabled || event.step > report->series.steps)
            continue;
        size_t k = report->event_count++;
        for (; k > 0 && stp_report_event(report, k - 1).step > event.step; k--)
            report->events[k] = report->events[k - 1];
        report->events[k] = i;
    }
    return STEPPE_OK;
}

/* ---- all of it ---- */

/* The scenario's districts are those of the file, in the same order. */
static int match_districts(const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    if (s->district_count != report->series.district_count)
        return stp_results_reject(report->context, report->path,
                                  "its districts are not those of its scenario");
    for (size_t i = 0; i < s->district_count; i++)
        if (strcmp(s->districts[i].id ? s->districts[i].id : "", report->series.ids[i]) !=
            0)
            return stp_results_reject(report->context, report->path,
                                      "its districts are not those of its scenario");
    return STEPPE_OK;
}

int stp_report_parse_scenario(stp_report *report)
{
    steppe_context *context = report->context;
    const char *text = report->series.scenario;
    int status = steppe_scenario_parse(context, "the scenario in it", text, strlen(text),
                                       NULL, 0, &report->scenario);
    if (status != STEPPE_BAD_SCENARIO)
        return status;
    char message[sizeof context->message];
    snprintf(message, sizeof message, "%s", context->message);
    return stp_results_reject(report->context, report->path, message);
}

int stp_report_find_boundaries(stp_report *report, const char *path)
{
    if (path)
        return stp_boundaries_read(report->context, path, &report->boundaries);
    const char *file = report->facts[STP_FACT_SCENARIO_FILE], *slash = strrchr(file, '/');
    stp_text usual = {0};
    stp_text_add(&usual, "%.*sboundaries.topo.json", slash ? (int)(slash - file) + 1 : 0,
                 file);
    int status = usual.failed ? stp_no_memory(report->context) : STEPPE_OK;
    if (status == STEPPE_OK && access(usual.data, R_OK) == 0)
        status = stp_boundaries_read(report->context, usual.data, &report->boundaries);
    stp_text_free(&usual);
    return status;
}

static int compare_with_record(stp_report *report)
{
    if (report->scenario->observation_count == 0)
        return STEPPE_OK;
    return steppe_fit_open(report->context, report->scenario, &report->path, 1,
                           &report->fit);
}

static int read_rest(const reader *r)
{
    stp_report *report = r->report;
    int status = sum_all(report);
    report->seat = strcmp(report->facts[STP_FACT_SEAT], "true") == 0;
    if (status == STEPPE_OK)
        status = share_obeying(report);
    if (status == STEPPE_OK)
        status = read_legitimacy(r);
    if (status == STEPPE_OK && report->seat)
        status = read_strength(r);
    if (status == STEPPE_OK && report->seat)
        status = stp_report_read_attention(report, r->db);
    if (status == STEPPE_OK)
        status = read_digest(r);
    if (status == STEPPE_OK)
        status = read_inputs(r);
    if (status == STEPPE_OK)
        status = stp_report_sort_events(report);
    return status == STEPPE_OK ? summarize_districts(report) : status;
}

int stp_report_read(steppe_context *context, const char *path, const char *boundaries,
                    stp_report *report)
{
    *report = (stp_report){.context = context, .path = path};
    reader r = {report, NULL};
    int status = stp_results_open(context, path, &r.db);
    if (status == STEPPE_OK)
        status = read_facts(&r);
    if (status == STEPPE_OK)
        status = stp_series_read(context, path, &report->series);
    if (status == STEPPE_OK && report->series.steps == 0)
        status = stp_fail(context, STEPPE_BAD_RESULTS,
                          "%.800s: has no step: its run has just begun, or was stopped "
                          "before its first step",
                          path);
    if (status == STEPPE_OK)
        status = stp_report_parse_scenario(report);
    if (status == STEPPE_OK)
        status = match_districts(report);
    if (status == STEPPE_OK)
        status = read_rest(&r);
    sqlite3_close(r.db);
    if (status == STEPPE_OK)
        status = stp_report_find_boundaries(report, boundaries);
    return status == STEPPE_OK ? compare_with_record(report) : status;
}

void stp_report_clear(stp_report *report)
{
    steppe_fit_free(report->fit);
    stp_boundaries_clear(&report->boundaries);
    for (int i = 0; i < STP_TOTALS; i++)
        free(report->series_of[i]);
    for (int k = 0; k < STP_POWERS_LISTED; k++)
        free(report->attention[k]);
    for (int k = 0; k < STP_HOTSPOTS_LISTED; k++)
        free(report->salience[k]);
    free(report->district_summaries);
    free(report->events);
    for (size_t i = 0; i < report->input_count; i++)
        for (int k = 0; k < STP_INPUT_TEXTS; k++)
            free(report->inputs[i].texts[k]);
    free(report->inputs);
    for (size_t i = 0; report->answers && i < report->scenario->question_count; i++)
        steppe_answer_free(report->answers[i]);
    for (size_t i = 0; report->refusals && i < report->scenario->question_count; i++)
        free(report->refusals[i]);
    free(report->answers);
    for (size_t i = 0; report->elsewhere && i < report->scenario->question_count; i++)
        free(report->elsewhere[i]);
    free(report->elsewhere);
    free(report->folder_word);
    free(report->refusals);
    stp_runs_clear(report->runs);
    stp_series_clear(&report->series);
    steppe_scenario_free(report->scenario);
    *report = (stp_report){0};
}

const char *stp_report_district_name(const stp_report *report, size_t district)
{
    const stp_district_spec *place = &report->scenario->districts[district];
    return place->name ? place->name : place->id;
}

double stp_report_last(const stp_report *report, stp_total total)
{
    const double *values = report->series_of[total];
    return values ? values[report->series.steps - 1] : 0;
}

static size_t extreme(const stp_report *report, stp_total total, double sign)
{
    const double *values = report->series_of[total];
    size_t best = 0;
    for (size_t i = 1; values && i < report->series.steps; i++)
        if (sign * values[i] > sign * values[best])
            best = i;
    return best + 1;
}

size_t stp_report_highest(const stp_report *report, stp_total total)
{
    return extreme(report, total, 1);
}

size_t stp_report_lowest(const stp_report *report, stp_total total)
{
    return extreme(report, total, -1);
}

bool stp_report_varies(const stp_report *report, stp_total total)
{
    const double *values = report->series_of[total];
    for (size_t i = 1; values && i < report->series.steps; i++)
        if (fabs(values[i] - values[0]) > 1e-9)
            return true;
    return false;
}

const char *stp_report_population(const stp_report *report)
{
    const char *seed = report->facts[STP_FACT_POPULATION_SEED];
    bool own = !report->runs && strcmp(seed, report->facts[STP_FACT_SEED]) == 0;
    return own ? "" : seed;
}
