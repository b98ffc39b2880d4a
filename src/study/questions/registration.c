/* What is registered of a question, and what differs from it. */
#include "study/questions/registration.h"

#include "scenario/check.h"
#include "scenario/unit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct stp_registered_info STP_REGISTERED[STP_REGISTERED_FIELDS] = {
#define X(name, word, list) {word, list},
    STP_REGISTERED_LIST(X)
#undef X
};

/* ---- the design ---- */

typedef struct maker {
    const stp_asking *asking;
    stp_registered_design *design;
    bool failed;
} maker;

static void put(maker *m, stp_registered_field field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void put(maker *m, stp_registered_field field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&m->design->values[field], format, arguments);
    va_end(arguments);
    if (length >= 0)
        return;
    m->design->values[field] = NULL;
    m->failed = true;
}

static void put_text(maker *m, stp_registered_field field, const char *text)
{
    if (text && *text)
        put(m, field, "%s", text);
}

static void put_number(maker *m, stp_registered_field field, double value)
{
    char text[STP_NUMBER_TEXT];
    put(m, field, "%s", stp_number_text(value, text));
}

static void put_list(maker *m, stp_registered_field field, char *const *items,
                     size_t count)
{
    stp_text all = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            stp_text_add(&all, "%c", STP_REGISTERED_BREAK);
        stp_text_add(&all, "%s", items[i]);
    }
    m->failed = m->failed || all.failed;
    m->design->values[field] = all.data;
}

/* A step of the window as a date, or in hours since the start. */
static void put_moment(maker *m, stp_registered_field field, uint64_t step)
{
    const steppe_scenario *s = m->asking->scenario;
    double minutes = (double)step * (double)stp_step_minutes(s);
    char text[STP_DATE_TEXT], number[STP_NUMBER_TEXT];
    if (stp_scenario_dated(s))
        put(m, field, "%s",
            stp_date_text((int64_t)(s->time.start.value + minutes), text));
    else
        put(m, field, "%s h", stp_number_text(minutes / 60, number));
}

static void put_outcome(maker *m)
{
    const stp_question *q = m->asking->question;
    const struct stp_outcome_info *o = &STP_OUTCOMES[(size_t)q->outcome.value];
    char number[STP_NUMBER_TEXT];
    put_text(m, STP_REGISTERED_OUTCOME, o->name);
    put_moment(m, STP_REGISTERED_FROM, q->begins);
    put_moment(m, STP_REGISTERED_TO, q->ends);
    if (q->smallest_absolute.given)
        put(m, STP_REGISTERED_MARGIN, "%s%s%s",
            stp_number_text(q->smallest_absolute.value, number), *o->unit ? " " : "",
            o->unit);
    else
        put(m, STP_REGISTERED_MARGIN, "%s of the mean of the control arm",
            stp_number_text(q->smallest.value, number));
    put_text(m, STP_REGISTERED_MARGIN_REASON, q->margin_reason);
}

static void put_pairs(maker *m)
{
    const stp_asking *a = m->asking;
    const stp_question *q = a->question;
    size_t most = a->options->pairs ? a->options->pairs : (size_t)q->pairs.value;
    size_t looks[STP_ASK_LOOKS], count = stp_ask_looks(most, looks);
    stp_text words = {0};
    for (size_t k = 0; k < count; k++)
        stp_text_add(&words, "%s%zu", k ? ", " : "", looks[k]);
    m->failed = m->failed || words.failed;
    m->design->values[STP_REGISTERED_LOOKS] = words.data;
    put(m, STP_REGISTERED_PAIRS, "%zu", most);
    put_number(m, STP_REGISTERED_ERROR, q->error.value);
    if (q->take_off.given)
        put_number(m, STP_REGISTERED_TAKE_OFF, q->take_off.value);
}

static void put_draws(maker *m)
{
    const stp_asking *a = m->asking;
    put(m, STP_REGISTERED_DRAWS, "%zu", stp_ask_draws(a));
    if (!a->sampling)
        return;
    if (a->posterior_digest)
        put(m, STP_REGISTERED_SAMPLE, "posterior, digest %016llx",
            (unsigned long long)a->posterior_digest);
    else
        put_text(m, STP_REGISTERED_SAMPLE, "prior");
    put_number(m, STP_REGISTERED_WIDTH, a->width);
}

static void put_runs(maker *m)
{
    const stp_asking *a = m->asking;
    const steppe_ask_options *o = a->options;
    put_number(m, STP_REGISTERED_SCALE, a->scale);
    put(m, STP_REGISTERED_SEED, "%llu", (unsigned long long)o->seed);
    if (o->population_seed_given)
        put(m, STP_REGISTERED_POPULATION_SEED, "%llu",
            (unsigned long long)o->population_seed);
    put(m, STP_REGISTERED_RESULTS_VERSION, "%d", STEPPE_RESULTS_VERSION);
    put(m, STP_REGISTERED_VERDICT_RULES, "%d", STEPPE_VERDICT_RULES);
    put(m, STP_REGISTERED_RUNS_DIGEST, "%016llx",
        (unsigned long long)a->scenario->runs_digest);
    put(m, STP_REGISTERED_SCENARIO_DIGEST, "%016llx",
        (unsigned long long)a->scenario->digest);
}

int stp_registered_design_make(const stp_asking *a, stp_registered_design *design)
{
    const stp_question *q = a->question;
    char low[STP_NUMBER_TEXT], high[STP_NUMBER_TEXT];
    *design = (stp_registered_design){{NULL}};
    maker m = {a, design, false};
    put_text(&m, STP_REGISTERED_TEXT, q->text);
    put_text(&m, STP_REGISTERED_CLAIM, q->claim);
    put_list(&m, STP_REGISTERED_BASE, q->base, q->base_count);
    put_list(&m, STP_REGISTERED_CHANGE, q->change, q->change_count);
    put_list(&m, STP_REGISTERED_CAUSES, q->causes, q->cause_count);
    put_list(&m, STP_REGISTERED_PLACEBO, q->placebo, q->placebo_count);
    put_list(&m, STP_REGISTERED_POSITIVE_CONTROL, q->positive_control,
             q->positive_control_count);
    put_outcome(&m);
    put_pairs(&m);
    put_text(&m, STP_REGISTERED_BY_CONSTRUCTION, q->by_construction);
    put_text(&m, STP_REGISTERED_DRIVER, q->driver);
    if (q->driver)
        put(&m, STP_REGISTERED_DRIVER_RANGE, "%s to %s",
            stp_number_text(q->driver_low.value, low),
            stp_number_text(q->driver_high.value, high));
    put_draws(&m);
    put_runs(&m);
    return m.failed ? stp_no_memory(a->context) : STEPPE_OK;
}

void stp_registered_design_clear(stp_registered_design *design)
{
    for (size_t k = 0; k < STP_REGISTERED_FIELDS; k++)
        free(design->values[k]);
    *design = (stp_registered_design){{NULL}};
}

size_t stp_registered_differ(const stp_registered_design *a,
                             const stp_registered_design *b, size_t field)
{
    for (; field < STP_REGISTERED_FIELDS; field++) {
        const char *x = a->values[field], *y = b->values[field];
        if (field != STP_REGISTERED_SCENARIO_DIGEST &&
            strcmp(x ? x : "", y ? y : "") != 0)
            break;
    }
    return field;
}

char *stp_registered_line(const char *value)
{
    stp_text line = {0};
    stp_text_add(&line, "%s", "");
    for (const char *c = value ? value : ""; *c; c++) {
        if (*c == STP_REGISTERED_BREAK)
            stp_text_append(&line, ", ", 2);
        else
            stp_text_append(&line, *c == '\n' ? " " : c, 1);
    }
    if (!line.failed)
        return line.data;
    stp_text_free(&line);
    return NULL;
}

/* ---- compared with how it is asked ---- */

/* Texts that the answer owns are kept with it; false: out of memory. */
static bool add_change(steppe_answer *answer, const char *since, const char *field,
                       const char *registered, const char *now)
{
    size_t at = answer->change_count;
    stp_answer_change *list = realloc(answer->changes, (at + 1) * sizeof *list);
    if (!list)
        return false;
    answer->changes = list;
    list[at] = (stp_answer_change){{stp_copy(since), stp_copy(field),
                                    stp_registered_line(registered),
                                    stp_registered_line(now)}};
    answer->change_count++;
    for (int k = 0; k < 4; k++)
        if (!list[at].texts[k])
            return false;
    return true;
}

static bool add_revisions(steppe_answer *answer, const stp_registered *r)
{
    bool whole = true;
    for (size_t i = 0; i < r->revision_count; i++) {
        const stp_registered_revision *v = &r->revisions[i];
        for (size_t k = 0; k < v->count && whole; k++)
            whole = add_change(answer, v->date, v->changes[k].field,
                               v->changes[k].registered, v->changes[k].now);
    }
    return whole;
}

static bool add_differences(steppe_answer *answer, const stp_registered_design *then,
                            const stp_registered_design *now)
{
    bool whole = true;
    for (size_t k = 0;
         (k = stp_registered_differ(then, now, k)) < STP_REGISTERED_FIELDS && whole; k++)
        whole = add_change(answer, "", STP_REGISTERED[k].word, then->values[k],
                           now->values[k]);
    return whole;
}

/* "registered on 2026-05-01, anew on 2026-05-03 (pairs), when runs of it were there: ...; asked otherwise: seed" */
static bool add_words(steppe_answer *answer, const stp_registered *r)
{
    stp_text t = {0};
    size_t changed = 0;
    stp_text_add(&t, "registered on %s", r->date);
    if (*r->runs_before)
        stp_text_add(&t, ", when runs of it were there already (%s)", r->runs_before);
    for (size_t i = 0; i < r->revision_count; i++) {
        const stp_registered_revision *v = &r->revisions[i];
        stp_text_add(&t, ", anew on %s (", v->date);
        for (size_t k = 0; k < v->count; k++)
            stp_text_add(&t, "%s%s", k ? ", " : "", v->changes[k].field);
        stp_text_add(&t, ")%s%s%s",
                     *v->runs_before ? ", when runs of it were there already (" : "",
                     v->runs_before, *v->runs_before ? ")" : "");
        changed += v->count;
    }
    for (size_t k = changed; k < answer->change_count; k++)
        stp_text_add(&t, "%s%s", k > changed ? ", " : "; asked otherwise now: ",
                     answer->changes[k].texts[1]);
    answer->registered_words = t.data;
    answer->registered_on = stp_copy(r->date);
    return !t.failed && answer->registered_on;
}

/* The public view of what the answer owns. */
static bool show_changes(steppe_answer *answer)
{
    steppe_registration_change *shown = calloc(answer->change_count + 1, sizeof *shown);
    for (size_t k = 0; shown && k < answer->change_count; k++) {
        char *const *texts = answer->changes[k].texts;
        shown[k] = (steppe_registration_change){texts[0], texts[1], texts[2], texts[3]};
    }
    answer->shown_changes = shown;
    answer->facts.registration_changes = shown;
    answer->facts.registration_change_count = shown ? answer->change_count : 0;
    return shown != NULL;
}

int stp_ask_registration(const stp_asking *a)
{
    steppe_answer *answer = a->answer;
    steppe_answer_facts *f = &answer->facts;
    stp_registrations all;
    stp_registered_design now = {{NULL}};
    bool whole = true;
    int status = stp_registrations_read(a->context,
                                        a->options->scenario_file
                                            ? a->options->scenario_file
                                            : a->scenario->file,
                                        &all);
    const stp_registered *r = status == STEPPE_OK
                                  ? stp_registrations_find(&all, a->question->id)
                                  : NULL;
    if (r)
        status = stp_registered_design_make(a, &now);
    if (r && status == STEPPE_OK) {
        whole = add_revisions(answer, r) && add_differences(answer, &r->design, &now) &&
                add_words(answer, r) && show_changes(answer);
        f->registration = answer->change_count ? STEPPE_REGISTERED_CHANGED
                                               : STEPPE_REGISTERED;
    }
    if (r && status == STEPPE_OK && whole) {
        f->registered_on = answer->registered_on;
        f->registered_words = answer->registered_words;
    }
    stp_registered_design_clear(&now);
    stp_registrations_clear(&all);
    return whole ? status : stp_no_memory(a->context);
}
