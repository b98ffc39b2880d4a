#include "scenario/scenario.h"

#include "base/file.h"
#include "scenario/check.h"
#include "scenario/effects.h"
#include "scenario/parameter.h"
#include "scenario/prior.h"
#include "scenario/read.h"
#include "scenario/unit.h"
#include "scenario/write.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- opening ---- */

static int read_stream(steppe_context *context, const char *path, FILE *file,
                       stp_text *bytes)
{
    char block[65536];
    size_t size;
    while ((size = fread(block, 1, sizeof block, file)) > 0) {
        stp_text_append(bytes, block, size);
        if (bytes->failed)
            return stp_no_memory(context);
        if (bytes->length > STP_MAX_FILE)
            return stp_fail(context, STEPPE_BAD_SCENARIO,
                            "%s: larger than %d MiB: not a scenario file", path,
                            STP_MAX_FILE >> 20);
    }
    if (ferror(file))
        return stp_fail(context, STEPPE_CANNOT_READ, "%s: cannot be read: %s", path,
                        strerror(errno));
    return STEPPE_OK;
}

int steppe_scenario_open(steppe_context *context, const char *path,
                         const char *const *settings, size_t count,
                         steppe_scenario **scenario)
{
    *scenario = NULL;
    FILE *file;
    stp_text bytes = {0};
    int status = stp_file_open(context, path, &file);
    if (status != STEPPE_OK)
        return status;
    status = read_stream(context, path, file, &bytes);
    fclose(file);
    if (status == STEPPE_OK)
        status = steppe_scenario_parse(context, path, bytes.data ? bytes.data : "",
                                       bytes.length, settings, count, scenario);
    stp_text_free(&bytes);
    return status;
}

static int build(const stp_reader *r)
{
    int status = stp_read_all(r);
    if (status == STEPPE_OK)
        status = stp_check_all(r);
    if (status == STEPPE_OK && r->found->bad)
        status = STEPPE_BAD_SCENARIO;
    if (!r->whole || status != STEPPE_OK)
        return status;
    status = stp_warn(r);
    if (status == STEPPE_OK)
        status = stp_write_resolved(r->context, r->scenario);
    return status == STEPPE_OK ? stp_write_entries(r->context, r->scenario) : status;
}

/* An empty scenario with its file's name and settings. */
static int create(steppe_context *context, const char *name, const stp_setting *settings,
                  size_t count, steppe_scenario **scenario)
{
    steppe_scenario *s = *scenario = calloc(1, STP_SECTIONS[STP_TOP].size);
    if (!s)
        return stp_no_memory(context);
    s->file = stp_copy(name);
    s->settings = calloc(count + 1, sizeof *s->settings);
    if (!s->file || !s->settings)
        return stp_no_memory(context);
    for (; s->setting_count < count; s->setting_count++)
        if (!(s->settings[s->setting_count] = stp_copy(settings[s->setting_count].text)))
            return stp_no_memory(context);
    return STEPPE_OK;
}

/* An error before there is a scenario to read is the only one. */
static int note_alone(steppe_context *context, int status)
{
    char message[sizeof context->message];
    if (status != STEPPE_BAD_SCENARIO)
        return status;
    memcpy(message, context->message, sizeof message);
    stp_problem_note(context, 0, 0, message);
    return status;
}

/* Make a scenario of a tree, with the tree's settings from `applied` on. */
static int make(steppe_context *context, stp_tree *tree, size_t applied, bool whole,
                steppe_scenario *s)
{
    stp_findings found = {.bad = false};
    int status = STEPPE_OK;
    for (size_t i = applied; i < s->setting_count && status == STEPPE_OK; i++)
        status = note_alone(context, stp_tree_set(context, tree, i));
    if (status == STEPPE_OK)
        status = build(&(stp_reader){context, tree, s, &found, whole});
    for (int k = 0; k < STP_SECTION_COUNT; k++)
        stp_ids_free(&found.ids[k]);
    tree->settings = NULL;
    return status;
}

static int finish(steppe_context *context, int status, steppe_scenario **scenario)
{
    if (status != STEPPE_OK) {
        steppe_scenario_free(*scenario);
        *scenario = NULL;
    }
    return status == STEPPE_BAD_SCENARIO ? stp_problems_report(context, status) : status;
}

int steppe_scenario_parse(steppe_context *context, const char *name, const void *text,
                          size_t size, const char *const *settings, size_t count,
                          steppe_scenario **scenario)
{
    *scenario = NULL;
    stp_setting *all = calloc(count + 1, sizeof *all);
    if (!all)
        return stp_no_memory(context);
    for (size_t i = 0; i < count; i++)
        all[i] = (stp_setting){settings[i], "--set"};
    stp_problems_begin(context);
    int status = create(context, name, all, count, scenario);
    if (status == STEPPE_OK && !((*scenario)->tree = calloc(1, sizeof(stp_tree))))
        status = stp_no_memory(context);
    if (status == STEPPE_OK)
        status = note_alone(context, stp_tree_parse(context, (*scenario)->file, text,
                                                    size, (*scenario)->tree));
    if (status == STEPPE_OK) {
        (*scenario)->tree->settings = all;
        status = make(context, (*scenario)->tree, 0, true, *scenario);
    }
    free(all);
    return finish(context, status, scenario);
}

int stp_scenario_vary(steppe_context *context, const steppe_scenario *base,
                      const stp_setting *settings, size_t count, stp_variant how,
                      steppe_scenario **varied)
{
    *varied = NULL;
    size_t before = base->setting_count;
    stp_setting *all = calloc(before + count + 1, sizeof *all);
    if (!all)
        return stp_no_memory(context);
    for (size_t i = 0; i < before; i++)
        all[i] = (stp_setting){base->settings[i], "--set"};
    for (size_t i = 0; i < count; i++)
        all[before + i] = settings[i];
    stp_tree tree = {.name = base->file, .root = base->tree->root, .settings = all};
    stp_problems_begin(context);
    int status = create(context, base->file, all, before + count, varied);
    if (status == STEPPE_OK)
        status = make(context, &tree, before, how == STP_WHOLE, *varied);
    stp_tree_free(&tree);
    free(all);
    return finish(context, status, varied);
}

/* ---- freeing ---- */

static void free_record(stp_section section, void *record)
{
    for (const stp_parameter *p = stp_section_parameters(section); p->section == section;
         p++) {
        if (stp_is_quantity(p->type)) {
            free(stp_quantity_of(record, p)->note);
            stp_prior_free(stp_quantity_of(record, p)->prior);
            if (p->type == STP_NUMBERS)
                free(stp_numbers_of(record, p)->items);
        } else if (stp_is_texts(p->type)) {
            char **ids = *(char ***)(void *)stp_string_of(record, p);
            size_t count = *(size_t *)(void *)((char *)record + p->extra);
            for (size_t k = 0; ids && k < count; k++)
                free(ids[k]);
            free(ids);
        } else {
            free(*stp_string_of(record, p));
        }
    }
}

static void free_sources(steppe_scenario *s)
{
    for (size_t i = 0; i < s->source_count; i++) {
        free(s->sources[i].id);
        free(s->sources[i].title);
        free(s->sources[i].author);
        free(s->sources[i].year);
        free(s->sources[i].licence);
        free(s->sources[i].note);
    }
    free(s->sources);
    for (size_t i = 0; i < s->column_count; i++) {
        free(s->columns[i].path);
        free(s->columns[i].quantity.note);
    }
    free(s->columns);
}

void steppe_scenario_free(steppe_scenario *s)
{
    if (!s)
        return;
    for (int k = STP_TOP; k < STP_UNITS; k++)
        free_record((stp_section)k, s);
    for (size_t i = 0; i < s->event_count; i++)
        free(s->events[i].where);
    for (size_t i = 0; i < s->observation_count; i++)
        free(s->observations[i].where);
    for (stp_section k = STP_UNITS; k < STP_SECTION_COUNT; k++) {
        for (size_t i = 0; i < stp_list_count(s, k); i++)
            free_record(k, stp_list_record(s, k, i));
        free(stp_list_record(s, k, 0));
    }
    for (size_t i = 0; i < s->entry_count; i++) {
        free(s->entries[i].path);
        free(s->entries[i].value);
        free(s->entries[i].range);
        free(s->entries[i].prior);
    }
    free_sources(s);
    for (size_t i = 0; i < s->setting_count; i++)
        free(s->settings[i]);
    free(s->settings);
    free(s->entries);
    for (size_t i = 0; i < s->warning_count; i++)
        free(s->warnings[i]);
    free(s->warnings);
    if (s->tree)
        stp_tree_free(s->tree);
    free(s->tree);
    free(s->file);
    stp_text_free(&s->resolved);
    free(s);
}

/* ---- reading ---- */

bool stp_scenario_dated(const steppe_scenario *s)
{
    return s->time.start.given;
}

bool stp_scenario_hears(const steppe_scenario *s)
{
    bool harm = s->legitimacy.enabled.value != 0 && s->legitimacy.news_weight.value > 0;
    bool fear = s->fear.enabled.value != 0 && s->fear.news_weight.value > 0;
    return s->news.enabled.value != 0 &&
           (s->news.reach.value > 0 || s->news.emboldens.value > 0 || harm || fear);
}

stp_kind stp_quantity_kind(const stp_quantity *q)
{
    return !q->given ? STP_KIND_DEFAULT : q->set ? STP_KIND_ASSUMPTION : q->kind;
}

size_t steppe_scenario_warning_count(const steppe_scenario *s)
{
    return s->warning_count;
}

const char *steppe_scenario_warning(const steppe_scenario *s, size_t index)
{
    return index < s->warning_count ? s->warnings[index] : NULL;
}

size_t steppe_scenario_setting_count(const steppe_scenario *s)
{
    return s->setting_count;
}

const char *steppe_scenario_setting(const steppe_scenario *s, size_t index)
{
    return index < s->setting_count ? s->settings[index] : NULL;
}

const char *steppe_scenario_title(const steppe_scenario *s)
{
    return s->title;
}

uint64_t steppe_scenario_residents(const steppe_scenario *s)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < s->district_count; i++)
        sum += stp_district_residents(s, i);
    return sum;
}

uint64_t stp_district_residents(const steppe_scenario *s, size_t index)
{
    const stp_district_spec *p = &s->districts[index];
    if (p->population.given)
        return (uint64_t)p->population.value;
    return (uint64_t)(s->citizens.density.value * p->width.value * p->height.value + 0.5);
}

uint64_t stp_district_officers(const steppe_scenario *s, size_t index)
{
    const stp_district_spec *p = &s->districts[index];
    if (p->officers.given)
        return (uint64_t)p->officers.value;
    double cells = p->width.given ? p->width.value * p->height.value
                                  : p->population.value / s->citizens.density.value;
    return (uint64_t)(s->officers.density.value * cells + 0.5);
}

size_t stp_force_count(const steppe_scenario *s)
{
    return s->force_count ? s->force_count : 1;
}

/* In minutes, which are mostly whole: hours would not be exact. */
uint64_t stp_event_step(const steppe_scenario *s, const stp_event *e, double later)
{
    double minutes = (e->date.given ? e->date.value - s->time.start.value
                                    : e->hour.value * 60) +
                     later;
    double steps = ceil((minutes - 1e-6) / (double)stp_step_minutes(s));
    return steps < 0 ? 1 : steps > 1e15 ? UINT64_MAX : (uint64_t)steps + 1;
}

double stp_event_freed(const stp_event *e)
{
    return e->guards.value * (e->frees.given ? e->frees.value : 1);
}

uint32_t stp_person_key(const stp_person *person)
{
    uint32_t hash = 2166136261u;
    for (const char *c = person->id; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    return hash;
}

double stp_event_share(const steppe_scenario *s, const stp_event *e, size_t index)
{
    return e->where[index] ? (double)stp_district_residents(s, index) / e->residents : 0;
}

size_t steppe_scenario_district_count(const steppe_scenario *s)
{
    return s->district_count;
}

size_t steppe_scenario_event_count(const steppe_scenario *s)
{
    return s->event_count;
}

int steppe_scenario_event(const steppe_scenario *s, size_t index,
                          steppe_event_info *event)
{
    if (index >= s->event_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_event *e = &s->events[index];
    *event = (steppe_event_info){
        .id = e->id,
        .title = e->title,
        .note = e->note ? e->note : "",
        .source = e->source >= 0 ? s->sources[e->source].title : "",
        .enabled = e->enabled.value != 0,
        .step = e->due,
        .act = e->act.given ? stp_act_name((size_t)e->act.value) : "",
    };
    return STEPPE_OK;
}

int64_t stp_step_minutes(const steppe_scenario *s)
{
    return (int64_t)floor(s->time.step.value * 60 + 0.5);
}

bool stp_steps_dated(const steppe_scenario *s, uint64_t steps)
{
    const double end = 4223371679; /* 9999-12-31T23:59, in minutes since 1970 */
    return !stp_scenario_dated(s) ||
           s->time.start.value + (double)stp_step_minutes(s) * (double)steps <= end;
}

const char *steppe_scenario_time(const steppe_scenario *s, uint64_t step,
                                 char buffer[STEPPE_TIME_TEXT])
{
    char date[STP_DATE_TEXT];
    if (!stp_scenario_dated(s))
        snprintf(buffer, STEPPE_TIME_TEXT, "step %llu", (unsigned long long)step);
    else
        snprintf(buffer, STEPPE_TIME_TEXT, "%s",
                 stp_date_text((int64_t)s->time.start.value +
                                   stp_step_minutes(s) * (int64_t)step,
                               date));
    return buffer;
}

bool steppe_scenario_dated(const steppe_scenario *scenario)
{
    return stp_scenario_dated(scenario);
}

const char *steppe_scenario_day(const steppe_scenario *s, uint64_t day,
                                char buffer[STEPPE_TIME_TEXT])
{
    char date[STP_DATE_TEXT];
    if (!stp_scenario_dated(s))
        snprintf(buffer, STEPPE_TIME_TEXT, "day %llu", (unsigned long long)day);
    else
        snprintf(buffer, STEPPE_TIME_TEXT, "%.10s",
                 stp_date_text((int64_t)s->time.start.value + 1440 * (int64_t)day, date));
    return buffer;
}

int steppe_scenario_step_at(steppe_context *context, const steppe_scenario *s,
                            const char *moment, uint64_t *step)
{
    double hours;
    int64_t minutes = 0;
    bool dated = stp_scenario_dated(s);
    if (dated && !stp_date_parse(moment, &minutes))
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "'%.60s' is no date; expected one such as 2022-01-31 or "
                        "2022-01-31T18:00",
                        moment);
    if (!dated && (!stp_number_parse(moment, &hours) || !(fabs(hours) <= 1e9)))
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "'%.60s' is no time; expected hours since the start, because the "
                        "scenario has no dates",
                        moment);
    minutes = dated ? minutes - (int64_t)s->time.start.value : (int64_t)(hours * 60);
    if (minutes < 0)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "'%.60s' is before the scenario starts", moment);
    *step = (uint64_t)(minutes / stp_step_minutes(s)) + 1;
    return STEPPE_OK;
}

uint64_t steppe_scenario_horizon(const steppe_scenario *s)
{
    uint64_t last = (uint64_t)s->time.steps.value,
             year = (uint64_t)(8760 / s->time.step.value) + 1;
    for (size_t i = 0; i < s->event_count; i++) {
        bool never = s->events[i].due > (uint64_t)1e15;
        uint64_t after = never ? 0 : s->events[i].due + year;
        last = after > last ? after : last;
    }
    return last;
}

uint64_t steppe_scenario_steps(const steppe_scenario *s)
{
    return (uint64_t)s->time.steps.value;
}

const char *steppe_scenario_resolved(const steppe_scenario *s)
{
    return s->resolved.data;
}

uint64_t steppe_scenario_digest(const steppe_scenario *s)
{
    return s->digest;
}

size_t steppe_scenario_entry_count(const steppe_scenario *s)
{
    return s->entry_count;
}

int steppe_scenario_entry(const steppe_scenario *s, size_t index, steppe_entry *entry)
{
    if (index >= s->entry_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_entry *e = &s->entries[index];
    *entry = (steppe_entry){e->path,      e->value,  e->range, e->unit,    e->kind,
                            e->source_id, e->source, e->note,  e->meaning, e->prior};
    return STEPPE_OK;
}

size_t steppe_parameter_count(void)
{
    return STP_PARAMETER_COUNT;
}

static const char *type_words(const stp_parameter *p)
{
    switch (p->type) {
    case STP_NUMBER: return "number";
    case STP_INTEGER: return "whole number";
    case STP_CHOICE: return p->words;
    case STP_FLAG: return "true or false";
    case STP_DATE: return "date";
    case STP_NUMBERS: return "list of numbers";
    case STP_STRING: return "text";
    case STP_ID: return "id";
    case STP_IDS: return "list of ids";
    default: return "list of texts";
    }
}

int steppe_parameter(size_t index, char *buffer, size_t size, steppe_parameter_info *info)
{
    if (index >= STP_PARAMETER_COUNT || size < 256)
        return STEPPE_BAD_ARGUMENT;
    const stp_parameter *p = &STP_PARAMETERS[index];
    char *fallback = buffer + 128;
    *fallback = '\0';
    if (p->need == STP_REQUIRED)
        snprintf(fallback, 128, "required");
    else if (p->need == STP_INHERITED)
        snprintf(fallback, 128, "citizens.%s", p->name);
    else if (p->need == STP_OPTIONAL && stp_is_quantity(p->type))
        stp_value_text(p, p->fallback, fallback, 128);
    *info = (steppe_parameter_info){
        STP_SECTIONS[p->section].name,   p->name,  type_words(p), p->unit,
        stp_range_words(p, buffer, 128), fallback, p->meaning,    p->source};
    return STEPPE_OK;
}
