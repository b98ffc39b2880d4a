#include "study/validation/fit.h"

#include "base/text.h"
#include "scenario/model.h"
#include "scenario/parameter.h"
#include "scenario/unit.h"
#include "study/stats/interval.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- matching ---- */

/* Distances within which a value without a range matches, and within which a value or range is near. */
static const struct {
    double matched, near;
    const char *words;
} RULES[] = {
    [STP_BY_RATIO] = {0.22314355131420976, 0.69314718055994531,
                      "matched: in the range, or within a factor 1.25 of a value without "
                      "one; near: within a factor 2"},
    [STP_BY_SHARE] =
        {0.05, 0.15,
         "matched: in the range, or within 0.05 of a value without one; near: "
         "within 0.15"},
    [STP_BY_NUMBER] = {0.5, 2,
                       "matched: in the range, or the value where there is none; near: "
                       "within 2"},
    [STP_BY_HOURS] =
        {12, 24,
         "matched: in the range, or within 12 h of a time without one; near: "
         "within 24 h"},
};

static double distance(stp_nearness nearness, double simulated, double wanted)
{
    if (nearness != STP_BY_RATIO)
        return simulated - wanted;
    return simulated == wanted ? 0 : log(simulated / wanted);
}

static void match(stp_fit_row *row)
{
    steppe_fit_row *shown = &row->shown;
    size_t observable = (size_t)row->observation->measure.value;
    stp_nearness nearness = STP_OBSERVABLES[observable].nearness;
    shown->distance = NAN;
    shown->match = row->undefined ? STEPPE_FIT_APART : STEPPE_FIT_UNKNOWN;
    shown->rule = RULES[nearness].words;
    if (shown->files == 0)
        return;
    bool ranged = !isnan(shown->low);
    double wanted = ranged ? fmin(fmax(shown->simulated, shown->low), shown->high)
                           : shown->observed;
    shown->distance = distance(nearness, shown->simulated, wanted);
    double far = fabs(shown->distance),
           matched = ranged ? 0 : RULES[nearness].matched + 1e-9;
    shown->match = far <= matched                       ? STEPPE_FIT_MATCHED
                   : far <= RULES[nearness].near + 1e-9 ? STEPPE_FIT_NEAR
                                                        : STEPPE_FIT_APART;
}

void stp_fit_spread(const double *values, size_t n, double *workspace, double *median,
                    double *low, double *high)
{
    memcpy(workspace, values, n * sizeof *workspace);
    size_t there = stp_sort(workspace, n);
    *median = stp_quantile(workspace, there, 0.5);
    *low = stp_quantile(workspace, there, 0.05);
    *high = stp_quantile(workspace, there, 0.95);
}

/* ---- words ---- */

static void add_number(stp_text *text, const steppe_fit *fit, const stp_fit_row *row,
                       double value)
{
    const steppe_scenario *s = fit->scenario;
    char date[STP_DATE_TEXT], digits[40];
    size_t observable = (size_t)row->observation->measure.value;
    if (STP_OBSERVABLES[observable].nearness == STP_BY_HOURS && stp_scenario_dated(s)) {
        stp_text_add(text, "%s",
                     stp_date_text((int64_t)(s->time.start.value + value * 60 + 0.5),
                                   date));
        return;
    }
    if (fabs(value) < 100 || fabs(value) >= 1e15) {
        stp_text_add(text, "%.3g", value);
        return;
    }
    int length = snprintf(digits, sizeof digits, "%.0f", value);
    for (int i = 0; i < length; i++)
        stp_text_add(text, "%s%c", i > 0 && (length - i) % 3 == 0 ? "," : "", digits[i]);
}

static void add_numbers(stp_text *text, const steppe_fit *fit, const stp_fit_row *row,
                        double value, double low, double high)
{
    if (isnan(value))
        return;
    add_number(text, fit, row, value);
    if (isnan(low))
        return;
    stp_text_add(text, " (");
    add_number(text, fit, row, low);
    stp_text_add(text, " to ");
    add_number(text, fit, row, high);
    stp_text_add(text, ")");
}

/* Take over a text's data; *failed: out of memory. */
static char *take(stp_text *text, bool *failed)
{
    if (!text->failed && !text->data)
        stp_text_append(text, "", 0);
    if (text->failed || !text->data) {
        stp_text_free(text);
        char *empty = stp_copy("");
        *failed |= !empty || text->failed;
        return empty;
    }
    return text->data;
}

static char *where_words(const steppe_scenario *s, const stp_observation *o, bool *failed)
{
    stp_text text = {0};
    for (size_t k = 0; k < o->unit_count; k++)
        for (size_t u = 0; u < s->unit_count; u++)
            if (strcmp(s->units[u].id, o->units[k]) == 0)
                stp_text_add(&text, "%s%s", text.length ? ", " : "", s->units[u].name);
    for (size_t k = 0; k < o->district_count; k++)
        for (size_t i = 0; i < s->district_count; i++)
            if (strcmp(s->districts[i].id, o->districts[k]) == 0)
                stp_text_add(&text, "%s%s", text.length ? ", " : "",
                             s->districts[i].name);
    if (!text.length)
        stp_text_add(&text, "everywhere");
    return take(&text, failed);
}

static void add_time(stp_text *text, const steppe_scenario *s, double hours)
{
    char date[STP_DATE_TEXT], number[STP_NUMBER_TEXT];
    if (!stp_scenario_dated(s)) {
        stp_text_add(text, "hour %s", stp_number_text(hours, number));
        return;
    }
    stp_date_text((int64_t)(s->time.start.value + hours * 60 + 0.5), date);
    bool midnight = strlen(date) == 16 && strcmp(date + 11, "00:00") == 0;
    stp_text_add(text, "%.*s", midnight ? 10 : 16, date);
}

static char *when_words(const steppe_scenario *s, const stp_observation *o, bool *failed)
{
    stp_text text = {0};
    bool moment = o->at.given || o->at_hour.given;
    bool whole = !moment && !o->from.given && !o->from_hour.given && !o->to.given &&
                 !o->to_hour.given;
    if (whole) {
        stp_text_add(&text, "whole run");
    } else {
        add_time(&text, s, o->begins);
        if (!moment) {
            stp_text_add(&text, " to ");
            add_time(&text, s, o->ends);
        }
    }
    return take(&text, failed);
}

static char *simulated_words(const steppe_fit *fit, const stp_fit_row *row, bool *failed)
{
    stp_text text = {0};
    const steppe_fit_row *shown = &row->shown;
    add_numbers(&text, fit, row, shown->simulated, shown->simulated_low,
                shown->simulated_high);
    if (*row->reason && shown->files == 0)
        stp_text_add(&text, "%s", row->reason);
    else if (*row->reason)
        stp_text_add(&text, "%s%s in %zu of %zu files", text.length ? "; " : "",
                     row->reason, fit->file_count - shown->files, fit->file_count);
    return take(&text, failed);
}

/* ---- rows and patterns ---- */

static size_t pattern_of(steppe_fit *fit, const char *name)
{
    size_t i = 0;
    while (i < fit->pattern_count && strcmp(fit->patterns[i].pattern, name) != 0)
        i++;
    if (i == fit->pattern_count)
        fit->patterns[fit->pattern_count++] = (steppe_fit_pattern){.pattern = name};
    return i;
}

static int begin_row(steppe_fit *fit, size_t index)
{
    static const char *const CONFIDENCE[] = {"high", "medium", "low"};
    const steppe_scenario *s = fit->scenario;
    const stp_observation *o = &s->observations[index];
    const stp_measure_row *observable = &STP_OBSERVABLES[(size_t)o->measure.value];
    const stp_quantity *q = o->date.given ? &o->date : &o->value;
    const stp_source *source = q->source >= 0 ? &s->sources[q->source] : NULL;
    stp_fit_row *row = &fit->rows[index];
    bool failed = false;
    *row = (stp_fit_row){.observation = o, .pattern = pattern_of(fit, o->pattern)};
    row->shown = (steppe_fit_row){.id = o->id,
                                  .pattern = o->pattern,
                                  .title = o->title,
                                  .measure = observable->name,
                                  .meaning = observable->meaning,
                                  .unit = observable->unit,
                                  .confidence = CONFIDENCE[(size_t)o->confidence.value],
                                  .kind = stp_kind_word(q->given ? q->kind
                                                                 : STP_KIND_UNSTATED),
                                  .source_id = source ? source->id : "",
                                  .source = source ? source->title : "",
                                  .note = q->note ? q->note : "",
                                  .observed = o->wanted,
                                  .low = o->low,
                                  .high = o->high};
    stp_text observed = {0};
    add_numbers(&observed, fit, row, o->wanted, o->low, o->high);
    row->observed = take(&observed, &failed);
    row->where = where_words(s, o, &failed);
    row->when = when_words(s, o, &failed);
    row->values = calloc(fit->file_count, sizeof *row->values);
    return failed || !row->observed || !row->where || !row->when || !row->values
               ? stp_no_memory(fit->context)
               : STEPPE_OK;
}

/* Measure a row in a file. */
static void take_row(stp_fit_row *row, const stp_view *view, size_t file)
{
    const stp_observation *o = row->observation;
    stp_observed_value r = stp_observed_measure(view,
                                                (stp_observable)(size_t)o->measure.value,
                                                o->where, o->begins, o->ends);
    row->values[file] = r.value;
    row->undefined += r.there && isnan(r.value);
    row->shown.files += !isnan(r.value);
    if (*r.reason && !*row->reason)
        snprintf(row->reason, sizeof row->reason, "%s", r.reason);
}

static int end_row(steppe_fit *fit, stp_fit_row *row)
{
    steppe_fit_row *shown = &row->shown;
    double *workspace = malloc((fit->file_count + 1) * sizeof *workspace);
    if (!workspace)
        return stp_no_memory(fit->context);
    stp_fit_spread(row->values, fit->file_count, workspace, &shown->simulated,
                   &shown->simulated_low, &shown->simulated_high);
    free(workspace);
    if (fit->file_count == 1)
        shown->simulated_low = shown->simulated_high = NAN;
    match(row);
    if (row->undefined > shown->files) /* not defined in most runs */
        shown->match = STEPPE_FIT_APART;
    bool failed = false;
    row->simulated = simulated_words(fit, row, &failed);
    shown->where = row->where;
    shown->when = row->when;
    shown->observed_words = row->observed;
    shown->simulated_words = row->simulated;
    shown->values = row->values;
    steppe_fit_pattern *p = &fit->patterns[row->pattern];
    p->rows++;
    p->matched += shown->match == STEPPE_FIT_MATCHED;
    p->near += shown->match == STEPPE_FIT_NEAR;
    p->apart += shown->match == STEPPE_FIT_APART;
    p->match = p->apart     ? STEPPE_FIT_APART
               : p->near    ? STEPPE_FIT_NEAR
               : p->matched ? STEPPE_FIT_MATCHED
                            : STEPPE_FIT_UNKNOWN;
    return failed || !row->simulated ? stp_no_memory(fit->context) : STEPPE_OK;
}

/* ---- files ---- */

int stp_fit_note(steppe_fit *fit, stp_text *text)
{
    bool failed = text->failed;
    char *note = failed ? NULL : text->data;
    if (failed || !note)
        stp_text_free(text);
    char **notes = note ? realloc(fit->notes, (fit->note_count + 1) * sizeof *notes)
                        : NULL;
    if (!notes) {
        free(note);
        return stp_no_memory(fit->context);
    }
    fit->notes = notes;
    fit->notes[fit->note_count++] = note;
    return STEPPE_OK;
}

/* Does a line begin a section, or key of the top, that affects no run? */
static bool is_idle(const char *line)
{
    static const char *const IDLE[] = {
        "title:",        "description:",      "sources:",
        "correlations:", "reporting_biases:", "observed:",
        "claims:",       "questions:",        "parameter_groups:"};
    for (size_t i = 0; i < sizeof IDLE / sizeof *IDLE; i++)
        if (strncmp(line, IDLE[i], strlen(IDLE[i])) == 0)
            return true;
    return false;
}

/* The next line of a resolved scenario that affects a run. Returns its length; 0 at the end. */
static size_t next_line(const char **text, bool *skipping)
{
    for (const char *line = *text; *line;) {
        size_t length = strcspn(line, "\n");
        *text = line + length + (line[length] == '\n');
        if (*line != ' ')
            *skipping = is_idle(line);
        if (!*skipping && length > 0)
            return length;
        line = *text;
    }
    return 0;
}

/* Note a file of a scenario that differs in a line that affects a run. */
static int compare_scenarios(steppe_fit *fit, const char *path, const char *theirs)
{
    const char *a = fit->scenario->resolved.data, *b = theirs;
    bool skipping_a = false, skipping_b = false;
    for (;;) {
        size_t length_a = next_line(&a, &skipping_a);
        const char *line_a = a - length_a - (length_a && a[-1] == '\n');
        size_t length_b = next_line(&b, &skipping_b);
        const char *line_b = b - length_b - (length_b && b[-1] == '\n');
        if (length_a == 0 && length_b == 0)
            return STEPPE_OK;
        if (length_a == length_b && memcmp(line_a, line_b, length_a) == 0)
            continue;
        size_t blank_a = strspn(line_a, " "), blank_b = strspn(line_b, " ");
        blank_a = blank_a < length_a ? blank_a : length_a;
        blank_b = blank_b < length_b ? blank_b : length_b;
        stp_text text = {0};
        if (!*theirs)
            stp_text_add(&text, "%s does not contain its scenario", path);
        else
            stp_text_add(&text,
                         "%s is of another scenario than %s; first difference: "
                         "'%.*s' and here '%.*s'",
                         path, fit->scenario->file, (int)(length_b - blank_b),
                         line_b + blank_b, (int)(length_a - blank_a), line_a + blank_a);
        return stp_fit_note(fit, &text);
    }
}

static int note_incomplete(steppe_fit *fit, const char *path, const stp_series *series)
{
    stp_text text = {0};
    if (series->complete)
        return STEPPE_OK;
    stp_text_add(&text, "%s is incomplete: %zu of %llu steps", path, series->steps,
                 (unsigned long long)steppe_scenario_steps(fit->scenario));
    return stp_fit_note(fit, &text);
}

/* Map the scenario's districts to the file's, which may have another order. */
static int map_districts(const steppe_fit *fit, const char *path,
                         const stp_series *series, size_t *column)
{
    const steppe_scenario *s = fit->scenario;
    for (size_t i = 0; i < s->district_count; i++) {
        size_t k = 0;
        while (k < series->district_count &&
               strcmp(series->ids[k], s->districts[i].id) != 0)
            k++;
        if (k == series->district_count)
            return stp_fail(fit->context, STEPPE_BAD_RESULTS,
                            "%s: has no district '%s': results of another scenario than "
                            "%s",
                            path, s->districts[i].id, s->file);
        column[i] = k;
    }
    if (series->district_count == s->district_count)
        return STEPPE_OK;
    return stp_fail(fit->context, STEPPE_BAD_RESULTS,
                    "%s: has %zu districts, and %s %zu: results of another scenario",
                    path, series->district_count, s->file, s->district_count);
}

static int check_start(const steppe_fit *fit, const char *path, const stp_series *series)
{
    const steppe_scenario *s = fit->scenario;
    int64_t end;
    bool dated = stp_date_parse(series->first_time, &end);
    double start = (double)end - floor(series->step_hours * 60 + 0.5);
    if (series->steps == 0 ||
        (dated ? stp_scenario_dated(s) && start == s->time.start.value
               : !stp_scenario_dated(s)))
        return STEPPE_OK;
    return stp_fail(fit->context, STEPPE_BAD_RESULTS,
                    "%s: begins at another time than %s (its first step ends at '%.40s')",
                    path, s->file, series->first_time);
}

static int take_file(steppe_fit *fit, const char *path, size_t file)
{
    stp_series series;
    size_t *column = calloc(fit->scenario->district_count, sizeof *column);
    if (!column)
        return stp_no_memory(fit->context);
    int status = stp_series_read(fit->context, path, &series);
    if (status == STEPPE_OK)
        status = map_districts(fit, path, &series, column);
    if (status == STEPPE_OK)
        status = check_start(fit, path, &series);
    if (status == STEPPE_OK)
        status = note_incomplete(fit, path, &series);
    if (status == STEPPE_OK)
        status = compare_scenarios(fit, path, series.scenario);
    if (status == STEPPE_OK) {
        const stp_view view = {fit->scenario, &series, column};
        for (size_t i = 0; i < fit->row_count; i++)
            take_row(&fit->rows[i], &view, file);
        stp_fit_take_series(fit, &view, file);
    }
    stp_series_clear(&series);
    free(column);
    return status;
}

/* ---- the object ---- */

static int check_call(steppe_context *context, const steppe_scenario *s, size_t count)
{
    if (stp_model_of(s) != STP_STREET)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "%s: the model '%s' has no street to compare", s->file,
                        steppe_scenario_model(s));
    if (s->observation_count == 0)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "%s: the section 'observed' is missing", s->file);
    if (count == 0)
        return stp_fail(context, STEPPE_BAD_ARGUMENT, "no results files given");
    return STEPPE_OK;
}

static int build(steppe_fit *fit, const char **paths)
{
    size_t n = fit->scenario->observation_count;
    fit->rows = calloc(n, sizeof *fit->rows);
    fit->patterns = calloc(n, sizeof *fit->patterns);
    if (!fit->rows || !fit->patterns)
        return stp_no_memory(fit->context);
    int status = STEPPE_OK;
    for (; fit->row_count < n && status == STEPPE_OK; fit->row_count++)
        status = begin_row(fit, fit->row_count);
    if (status == STEPPE_OK)
        status = stp_fit_plan_series(fit);
    for (size_t f = 0; f < fit->file_count && status == STEPPE_OK; f++)
        status = take_file(fit, paths[f], f);
    for (size_t i = 0; i < n && status == STEPPE_OK; i++)
        status = end_row(fit, &fit->rows[i]);
    return status;
}

int steppe_fit_open(steppe_context *context, const steppe_scenario *scenario,
                    const char *const *paths, size_t count, steppe_fit **fit)
{
    *fit = NULL;
    int status = check_call(context, scenario, count);
    if (status != STEPPE_OK)
        return status;
    steppe_fit *f = calloc(1, sizeof *f);
    if (!f)
        return stp_no_memory(context);
    *f = (steppe_fit){.context = context, .scenario = scenario};
    const char **chosen = calloc(count, sizeof *chosen);
    status = chosen ? stp_fit_choose(f, paths, count, chosen) : stp_no_memory(context);
    if (status == STEPPE_OK)
        status = build(f, chosen);
    free(chosen);
    if (status != STEPPE_OK) {
        steppe_fit_free(f);
        return status;
    }
    *fit = f;
    return STEPPE_OK;
}

void steppe_fit_free(steppe_fit *fit)
{
    if (!fit)
        return;
    for (size_t i = 0; i < fit->row_count; i++) {
        free(fit->rows[i].where);
        free(fit->rows[i].when);
        free(fit->rows[i].observed);
        free(fit->rows[i].simulated);
        free(fit->rows[i].values);
    }
    for (size_t i = 0; i < fit->note_count; i++)
        free(fit->notes[i]);
    stp_fit_free_series(fit);
    free(fit->rows);
    free(fit->patterns);
    free(fit->notes);
    free(fit);
}

size_t steppe_fit_file_count(const steppe_fit *fit)
{
    return fit->file_count;
}

int steppe_fit_row_at(const steppe_fit *fit, size_t index, steppe_fit_row *row)
{
    if (index >= fit->row_count)
        return STEPPE_BAD_ARGUMENT;
    *row = fit->rows[index].shown;
    return STEPPE_OK;
}

size_t steppe_fit_pattern_count(const steppe_fit *fit)
{
    return fit->pattern_count;
}

int steppe_fit_pattern_at(const steppe_fit *fit, size_t index,
                          steppe_fit_pattern *pattern)
{
    if (index >= fit->pattern_count)
        return STEPPE_BAD_ARGUMENT;
    *pattern = fit->patterns[index];
    return STEPPE_OK;
}

const char *steppe_fit_note(const steppe_fit *fit, size_t index)
{
    return index < fit->note_count ? fit->notes[index] : NULL;
}
