/* Read the results file of an ensemble. */
#include "report/load/runs.h"

#include "base/text.h"
#include "report/svg/axis.h"
#include "scenario/model.h"
#include "study/stats/interval.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double SHARES[STP_FAN] = {0.05, 0.25, 0.5, 0.75, 0.95};

typedef struct reader {
    stp_report *report;
    stp_runs *runs;
    sqlite3 *db;
    double *workspace; /* [replicate] */
} reader;

static int damaged(const reader *r)
{
    return stp_results_damaged(r->report->context, r->report->path, r->db);
}

static int fact(const reader *r, const char *key, char *value, size_t size)
{
    return stp_results_fact(r->report->context, r->report->path, r->db, key, value, size);
}

int stp_runs_is(steppe_context *context, const char *path, bool *is)
{
    char model[32] = "";
    sqlite3 *db = NULL;
    int status = stp_results_open(context, path, &db);
    if (status == STEPPE_OK)
        status = stp_results_fact(context, path, db, "model", model, sizeof model);
    *is = strcmp(model, "ensemble") == 0;
    sqlite3_close(db);
    return status;
}

/* ---- facts and scenario ---- */

/* A text of any length, "" if it is missing; the caller frees it. */
static int text_fact(const reader *r, const char *key, char **text)
{
    const stp_report *report = r->report;
    int status = stp_results_text(report->context, report->path, r->db, key, text);
    if (status == STEPPE_OK && !*text && !(*text = stp_copy("")))
        status = stp_no_memory(report->context);
    return status;
}

static int read_facts(const reader *r)
{
    static const struct {
        stp_fact fact;
        const char *key;
    } FACTS[] = {{STP_FACT_STATUS, "status"},
                 {STP_FACT_SEED, "seed"},
                 {STP_FACT_POPULATION_SEED, "population_seed"},
                 {STP_FACT_SCALE, "scale"},
                 {STP_FACT_STEPS, "steps"},
                 {STP_FACT_VERSION, "version"},
                 {STP_FACT_RESULTS_VERSION, "results_version"},
                 {STP_FACT_SCENARIO_FILE, "scenario_file"},
                 {STP_FACT_SCENARIO_DIGEST, "runs_digest"}};
    stp_runs *m = r->runs;
    char planned[32];
    int status = STEPPE_OK;
    for (size_t i = 0; i < sizeof FACTS / sizeof *FACTS && status == STEPPE_OK; i++)
        status = fact(r, FACTS[i].key, r->report->facts[FACTS[i].fact], STP_FACT_TEXT);
    const struct {
        const char *key;
        char *text;
        size_t size;
    } more[] = {{"replicates", planned, sizeof planned},
                {"sampling", m->sampling, sizeof m->sampling},
                {"width", m->width, sizeof m->width},
                {"from", m->from, sizeof m->from},
                {"to", m->to, sizeof m->to}};
    for (size_t i = 0; i < sizeof more / sizeof *more && status == STEPPE_OK; i++)
        status = fact(r, more[i].key, more[i].text, more[i].size);
    if (status == STEPPE_OK)
        status = text_fact(r, "settings", &m->settings);
    m->planned = status == STEPPE_OK ? strtoull(planned, NULL, 10) : 0;
    return status;
}

static int read_scenario(const reader *r)
{
    stp_report *report = r->report;
    int status = text_fact(r, "scenario", &report->series.scenario);
    if (status == STEPPE_OK)
        status = stp_report_parse_scenario(report);
    if (status != STEPPE_OK)
        return status;
    if (stp_model_of(report->scenario) != STP_STREET)
        return stp_report_of_no_street(report, steppe_scenario_model(report->scenario));
    report->series.steps = strtoull(report->facts[STP_FACT_STEPS], NULL, 10);
    report->series.step_hours = report->scenario->time.step.value;
    if (report->series.steps < 1 || report->series.steps > 100000000 ||
        !stp_number_parse(report->facts[STP_FACT_SCALE], &report->series.scale) ||
        !(report->series.scale >= 1 && report->series.scale <= 1e9))
        return stp_results_reject(r->report->context, r->report->path,
                                  "it says nothing of its steps or scale");
    return STEPPE_OK;
}

/* ---- replicates ---- */

static int read_replicates(reader *r)
{
    stp_runs *m = r->runs;
    sqlite3_stmt *q = NULL;
    size_t size;
    int code,
        status = stp_ensemble_size(r->report->context, r->report->path, r->db, &size);
    if (status != STEPPE_OK)
        return status;
    if (size > 1000000)
        return stp_results_reject(r->report->context, r->report->path,
                                  "it has too many replicates");
    m->numbers = calloc(size + 1, sizeof *m->numbers);
    r->workspace = calloc(size + 1, sizeof *r->workspace);
    if (!m->numbers || !r->workspace)
        return stp_no_memory(r->report->context);
    if (sqlite3_prepare_v2(r->db,
                           "SELECT replicate, status, message FROM replicate ORDER BY "
                           "replicate",
                           -1, &q, NULL) != SQLITE_OK)
        return damaged(r);
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        sqlite3_int64 i = sqlite3_column_int64(q, 0);
        const char *state = (const char *)sqlite3_column_text(q, 1),
                   *message = (const char *)sqlite3_column_text(q, 2);
        bool done = state && strcmp(state, "done") == 0;
        if (i < 0 || (size_t)i >= size)
            continue;
        if (done)
            m->numbers[m->done++] = (size_t)i;
        else if (m->failed++ == 0)
            m->failure = stp_copy(message ? message : "");
    }
    sqlite3_finalize(q);
    if (code != SQLITE_DONE)
        return damaged(r);
    if (m->failed > 0 && !m->failure)
        return stp_no_memory(r->report->context);
    if (m->done == 0)
        return stp_fail(r->report->context, STEPPE_BAD_RESULTS,
                        "%.800s: has no replicate that succeeded%s, so there is "
                        "nothing to report",
                        r->report->path, m->failed ? "" : " yet");
    return STEPPE_OK;
}

static void quantiles_of(double *values, size_t n, double *quantiles)
{
    size_t there = stp_sort(values, n);
    for (int k = 0; k < STP_FAN; k++)
        quantiles[k] = stp_quantile(values, there, SHARES[k]);
}

/* The runs where unrest took off, and the quantiles of each outcome over them. */
static void find_take_off(const reader *r)
{
    stp_runs *m = r->runs;
    const stp_report *report = r->report;
    const double *unrest = m->outcomes[STP_OUTCOME_CITIZEN_HOURS];
    double steps = (double)report->series.steps, from = strtod(m->from, NULL),
           to = strtod(m->to, NULL);
    steps = (to > 0 && to < steps ? to : steps) - from;
    m->take_off_hours = stp_residents_hours(report->scenario, STP_TAKE_OFF,
                                            fmax(0, steps) * report->series.step_hours);
    for (int k = 0; k < STP_OUTCOME_COUNT; k++) {
        m->took_off = 0;
        for (size_t i = 0; i < m->done; i++)
            if (unrest[i] > m->take_off_hours)
                r->workspace[m->took_off++] = m->outcomes[k][i];
        quantiles_of(r->workspace, m->took_off, m->off_quantiles[k]);
    }
}

static int read_outcomes(const reader *r)
{
    stp_runs *m = r->runs;
    size_t size = m->numbers[m->done - 1] + 1;
    double *all = calloc(size, sizeof *all);
    int status = all ? STEPPE_OK : stp_no_memory(r->report->context);
    for (int k = 0; k < STP_OUTCOME_COUNT && status == STEPPE_OK; k++) {
        double *values = m->outcomes[k] = calloc(m->done, sizeof *values), sum = 0;
        if (!values) {
            status = stp_no_memory(r->report->context);
            break;
        }
        status = stp_ensemble_outcome(r->report->context, r->report->path, r->db,
                                      STP_OUTCOMES[k].name, all, size);
        for (size_t i = 0; i < m->done && status == STEPPE_OK; i++) {
            values[i] = stp_axis_known(all[m->numbers[i]]);
            m->counts[k] += !isnan(values[i]);
            sum += isnan(values[i]) ? 0 : values[i];
        }
        m->means[k] = m->counts[k] ? sum / (double)m->counts[k] : NAN;
        memcpy(r->workspace, values, m->done * sizeof *values);
        quantiles_of(r->workspace, m->done, m->quantiles[k]);
        size_t last = m->counts[k] ? m->counts[k] - 1 : 0; /* they are sorted */
        m->lowest[k] = m->counts[k] ? r->workspace[0] : NAN;
        m->highest[k] = m->counts[k] ? r->workspace[last] : NAN;
    }
    if (status == STEPPE_OK)
        find_take_off(r);
    free(all);
    return status;
}

/* ---- days ---- */

/* The index of a replicate among those that are done; their count if it is not. */
static size_t index_of(const stp_runs *m, sqlite3_int64 number)
{
    size_t low = 0, high = m->done;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((sqlite3_int64)m->numbers[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m->done && (sqlite3_int64)m->numbers[low] == number ? low : m->done;
}

static int count_days(const reader *r)
{
    sqlite3_stmt *q = NULL;
    sqlite3_int64 count = -1;
    if (sqlite3_prepare_v2(r->db, "SELECT coalesce(max(day) + 1, 0) FROM day", -1, &q,
                           NULL) != SQLITE_OK)
        return damaged(r);
    if (sqlite3_step(q) == SQLITE_ROW)
        count = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    double most = (double)r->report->series.steps * r->report->series.step_hours / 24 + 2;
    if (count < 0 || (double)count > most)
        return stp_results_reject(r->report->context, r->report->path,
                                  "a day lies beyond the run");
    r->runs->day_count = (size_t)count;
    return STEPPE_OK;
}

/* The rows of a column, into values[day * done + replicate]; NAN where there is none. */
static int read_column(const reader *r, const char *name, double *values)
{
    const stp_runs *m = r->runs;
    char sql[96];
    sqlite3_stmt *q = NULL;
    int code;
    for (size_t i = 0; i < m->day_count * m->done; i++)
        values[i] = NAN;
    snprintf(sql, sizeof sql, "SELECT replicate, day, %s FROM day", name);
    if (sqlite3_prepare_v2(r->db, sql, -1, &q, NULL) != SQLITE_OK)
        return damaged(r);
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        size_t i = index_of(m, sqlite3_column_int64(q, 0));
        sqlite3_int64 day = sqlite3_column_int64(q, 1);
        if (i < m->done && day >= 0 && (size_t)day < m->day_count &&
            sqlite3_column_type(q, 2) != SQLITE_NULL)
            values[(size_t)day * m->done + i] = stp_axis_known(sqlite3_column_double(q,
                                                                                     2));
    }
    sqlite3_finalize(q);
    return code == SQLITE_DONE ? STEPPE_OK : damaged(r);
}

static int read_series(const reader *r, stp_daily_series which, const char *name,
                       double *values)
{
    stp_runs *m = r->runs;
    bool any = false;
    int status = read_column(r, name, values);
    if (status != STEPPE_OK)
        return status;
    for (size_t d = 1; which == STP_DAILY_SERIES_KILLED && d < m->day_count; d++)
        for (size_t i = 0; i < m->done; i++)
            values[d * m->done + i] += values[(d - 1) * m->done + i];
    double *fan = m->series_of[which] = calloc(m->day_count * STP_FAN + 1, sizeof *fan);
    if (!fan)
        return stp_no_memory(r->report->context);
    for (size_t d = 0; d < m->day_count; d++) {
        quantiles_of(values + d * m->done, m->done, fan + d * STP_FAN);
        any = any || !isnan(fan[d * STP_FAN]);
    }
    if (!any) {
        free(fan);
        m->series_of[which] = NULL;
    }
    return STEPPE_OK;
}

/* A fan that never changes says nothing: the page has a sentence instead. */
static void drop_constant(stp_runs *m)
{
    for (int c = 0; c < STP_DAILY_SERIES_COUNT; c++) {
        double **fan = &m->series_of[c];
        bool same = true;
        for (size_t i = 0; *fan && i < m->day_count * STP_FAN; i++)
            same = same && !((*fan)[i] < (*fan)[0]) && !((*fan)[i] > (*fan)[0]);
        if (same) {
            free(*fan);
            *fan = NULL;
        }
    }
}

static int read_days(const reader *r)
{
    static const char *const NAMES[STP_DAILY_SERIES_COUNT] = {"active",   "violent",
                                                              "detained", "killed",
                                                              "obeying",  "legitimacy",
                                                              "strength"};
    int status = count_days(r);
    if (status != STEPPE_OK)
        return status;
    double *values = calloc(r->runs->day_count * r->runs->done + 1, sizeof *values);
    if (!values)
        return stp_no_memory(r->report->context);
    for (int c = 0; c < STP_DAILY_SERIES_COUNT && status == STEPPE_OK; c++)
        status = read_series(r, (stp_daily_series)c, NAMES[c], values);
    drop_constant(r->runs);
    free(values);
    return status;
}

/* ---- what was drawn ---- */

static int read_factors(const reader *r)
{
    stp_runs *m = r->runs;
    sqlite3_stmt *q = NULL;
    size_t capacity = 0;
    int status = STEPPE_OK, code = SQLITE_DONE;
    if (sqlite3_prepare_v2(r->db,
                           "SELECT path, kind, low, high FROM factor ORDER BY factor", -1,
                           &q, NULL) != SQLITE_OK)
        return damaged(r);
    while (status == STEPPE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
        if (m->factor_count == capacity) {
            capacity = 2 * capacity + 32;
            stp_factor *more = realloc(m->factors, capacity * sizeof *more);
            if (!more) {
                status = stp_no_memory(r->report->context);
                break;
            }
            m->factors = more;
        }
        const char *path = (const char *)sqlite3_column_text(q, 0),
                   *kind = (const char *)sqlite3_column_text(q, 1);
        stp_factor *f = &m->factors[m->factor_count++];
        *f = (stp_factor){stp_copy(path ? path : ""),
                          stp_copy(kind ? kind : ""),
                          stp_axis_known(sqlite3_column_double(q, 2)),
                          stp_axis_known(sqlite3_column_double(q, 3)),
                          {0},
                          NAN,
                          1};
        if (!f->path || !f->kind)
            status = stp_no_memory(r->report->context);
    }
    sqlite3_finalize(q);
    return status == STEPPE_OK && code != SQLITE_DONE ? damaged(r) : status;
}

/* What was drawn, and its correlation with unrest. */
static int correlate(const reader *r, const double *draws, size_t size, double *p)
{
    stp_runs *m = r->runs;
    for (size_t k = 0; k < m->factor_count; k++) {
        stp_factor *f = &m->factors[k];
        stp_test test;
        for (size_t i = 0; i < m->done; i++)
            r->workspace[i] = draws[k * size + m->numbers[i]];
        if (stp_spearman(r->workspace, m->outcomes[STP_OUTCOME_CITIZEN_HOURS], m->done,
                         &test) != 0)
            return stp_no_memory(r->report->context);
        f->correlation = test.statistic;
        p[k] = isnan(test.p) ? 1 : test.p;
        quantiles_of(r->workspace, m->done, f->quantiles);
    }
    if (stp_holm(p, m->factor_count) != 0)
        return stp_no_memory(r->report->context);
    for (size_t k = 0; k < m->factor_count; k++)
        m->factors[k].p = p[k];
    return STEPPE_OK;
}

static int by_correlation(const void *a, const void *b)
{
    const stp_factor *x = a, *y = b;
    double rx = isnan(x->correlation) ? -1 : fabs(x->correlation),
           ry = isnan(y->correlation) ? -1 : fabs(y->correlation);
    return rx != ry ? (rx < ry) - (rx > ry) : strcmp(x->path, y->path);
}

static int read_draws(const reader *r)
{
    stp_runs *m = r->runs;
    size_t size = m->numbers[m->done - 1] + 1;
    int status = read_factors(r);
    if (status != STEPPE_OK || m->factor_count == 0)
        return status;
    double *draws = calloc(m->factor_count * size, sizeof *draws),
           *p = calloc(m->factor_count, sizeof *p);
    status = draws && p ? stp_ensemble_draws(r->report->context, r->report->path, r->db,
                                             m->factor_count, draws, size)
                        : stp_no_memory(r->report->context);
    if (status == STEPPE_OK)
        status = correlate(r, draws, size, p);
    if (status == STEPPE_OK)
        qsort(m->factors, m->factor_count, sizeof *m->factors, by_correlation);
    free(draws);
    free(p);
    return status;
}

/* ---- regions and weeks ---- */

static int by_risk(const void *a, const void *b)
{
    const stp_region_risk *x = a, *y = b;
    return x->any != y->any ? (x->any < y->any) - (x->any > y->any)
                            : (x->region > y->region) - (x->region < y->region);
}

static int make_regions(stp_runs *m)
{
    m->regions = calloc(m->region_count + 1, sizeof *m->regions);
    for (size_t k = 0; m->regions && k < m->region_count; k++) {
        m->regions[k].region = k;
        m->regions[k].weeks = calloc(m->week_count + 1, sizeof(size_t));
        if (!m->regions[k].weeks)
            return -1;
    }
    return m->regions ? 0 : -1;
}

static void count_unrest(stp_runs *m, const stp_region_week *values, const bool *there,
                         size_t size)
{
    size_t row = m->week_count * m->region_count;
    for (size_t i = 0; i < size; i++) {
        m->with_weeks += there[i];
        for (size_t k = 0; k < m->region_count && there[i]; k++) {
            bool any = false;
            for (size_t w = 0; w < m->week_count; w++) {
                bool unrest = values[i * row + w * m->region_count + k].unrest;
                m->regions[k].weeks[w] += unrest;
                any = any || unrest;
            }
            m->regions[k].any += any;
        }
    }
    qsort(m->regions, m->region_count, sizeof *m->regions, by_risk);
}

static int read_weeks(const reader *r)
{
    stp_runs *m = r->runs;
    const stp_report *report = r->report;
    size_t size = m->numbers[m->done - 1] + 1;
    m->region_count = stp_region_count(report->scenario);
    m->week_count = (size_t)
        ceil((double)report->series.steps * report->series.step_hours / 168 - 1e-9);
    stp_region_week *values = calloc(size * m->week_count * m->region_count + 1,
                                     sizeof *values);
    bool *there = calloc(size + 1, sizeof *there);
    int status = values && there && make_regions(m) == 0
                     ? stp_ensemble_weeks(report->context, report->path, r->db,
                                          report->scenario, m->week_count, values, there,
                                          size)
                     : stp_no_memory(report->context);
    if (status == STEPPE_OK)
        count_unrest(m, values, there, size);
    free(values);
    free(there);
    return status;
}

/* ---- all of it ---- */

/* The numbers of the scenario. In a resolved one, the program's own values look like what was given. */
static int read_inputs(stp_report *report)
{
    size_t count = steppe_scenario_entry_count(report->scenario);
    int status = STEPPE_OK;
    steppe_entry e;
    for (size_t i = 0; i < count && status == STEPPE_OK; i++)
        if (steppe_scenario_entry(report->scenario, i, &e) == STEPPE_OK) {
            const char *const texts[STP_INPUT_TEXTS] = {e.path, e.value,  e.range, e.unit,
                                                        e.kind, e.source, e.note};
            status = stp_report_add_input(report, texts);
        }
    return status;
}

static int read_all(reader *r)
{
    int (*const PARTS[])(const reader *) = {read_outcomes, read_days, read_draws,
                                            read_weeks};
    int status = read_facts(r);
    if (status == STEPPE_OK)
        status = read_scenario(r);
    if (status == STEPPE_OK)
        status = read_replicates(r);
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS && status == STEPPE_OK; i++)
        status = PARTS[i](r);
    if (status == STEPPE_OK)
        status = read_inputs(r->report);
    return status == STEPPE_OK ? stp_report_sort_events(r->report) : status;
}

int stp_runs_read(steppe_context *context, const char *path, const char *boundaries,
                  stp_report *report)
{
    *report = (stp_report){.context = context, .path = path};
    report->runs = calloc(1, sizeof *report->runs);
    if (!report->runs)
        return stp_no_memory(context);
    reader r = {report, report->runs, NULL, NULL};
    int status = stp_results_open(context, path, &r.db);
    if (status == STEPPE_OK)
        status = read_all(&r);
    sqlite3_close(r.db);
    free(r.workspace);
    return status == STEPPE_OK ? stp_report_find_boundaries(report, boundaries) : status;
}

bool stp_runs_designed(const stp_runs *m)
{
    static const char *const DRAWN[] = {"none", "latin", "sobol", "posterior"};
    bool drawn = *m->sampling == '\0';
    for (int i = 0; i < 4; i++)
        drawn = drawn || strcmp(m->sampling, DRAWN[i]) == 0;
    return !drawn;
}

bool stp_runs_of_posterior(const stp_runs *m)
{
    return strcmp(m->sampling, "posterior") == 0;
}

const char *stp_runs_sampling(const stp_runs *runs)
{
    return strcmp(runs->sampling, "latin") == 0   ? "a Latin hypercube over the prior"
           : strcmp(runs->sampling, "sobol") == 0 ? "a Sobol sequence over the prior"
           : stp_runs_of_posterior(runs) ? "draws of the posterior (steppe calibrate)"
           : stp_runs_designed(runs)     ? "the design of a sensitivity analysis"
                                         : "none: every number at its default";
}

void stp_runs_clear(stp_runs *runs)
{
    if (!runs)
        return;
    for (int c = 0; c < STP_DAILY_SERIES_COUNT; c++)
        free(runs->series_of[c]);
    for (int k = 0; k < STP_OUTCOME_COUNT; k++)
        free(runs->outcomes[k]);
    for (size_t k = 0; k < runs->factor_count; k++) {
        free(runs->factors[k].path);
        free(runs->factors[k].kind);
    }
    for (size_t k = 0; runs->regions && k < runs->region_count; k++)
        free(runs->regions[k].weeks);
    free(runs->factors);
    free(runs->regions);
    free(runs->numbers);
    free(runs->settings);
    free(runs->failure);
    free(runs);
}
