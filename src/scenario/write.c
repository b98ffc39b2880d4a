#include "scenario/write.h"

#include "scenario/model.h"
#include "scenario/prior.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

const char *stp_kind_word(stp_kind kind)
{
    static const char *const WORDS[] = {"default", "unstated", "fact", "claim",
                                        "assumption"};
    return WORDS[kind];
}

typedef struct writer {
    stp_text *out;
    steppe_scenario *scenario;
    bool
        as_in_file; /* values that the caller set have the kind and source of the file's */
    bool bare;      /* no titles, notes and provenance */
    size_t runs;    /* length of the text without claims and questions */
} writer;

/* ---- resolved text ---- */

/* The code of a letter that YAML wants escaped (C1 controls, line and paragraph
 * separators, the byte order mark, U+FFFE and U+FFFF), with its size in bytes; 0 for others. */
static unsigned rare_letter(const char *text, size_t *size)
{
    const unsigned char *c = (const unsigned char *)text;
    *size = 1;
    if (c[0] == 0xc2 && c[1] < 0xa0) {
        *size = 2;
        return c[1];
    }
    if (c[0] != 0xe2 && c[0] != 0xef)
        return 0;
    unsigned code = (c[0] & 0xfu) << 12 | (c[1] & 0x3fu) << 6 | (c[2] & 0x3fu);
    bool rare = code == 0x2028 || code == 0x2029 || code == 0xfeff || code >= 0xfffe;
    *size = rare ? 3 : 1;
    return rare ? code : 0;
}

void stp_quote_yaml(stp_text *out, const char *text)
{
    stp_text_append(out, "\"", 1);
    size_t size;
    for (const char *c = text; *c; c += size) {
        size = 1;
        if (*c == '"' || *c == '\\')
            stp_text_add(out, "\\%c", *c);
        else if (*c == '\n')
            stp_text_append(out, "\\n", 2);
        else if ((unsigned char)*c < 0x20 || *c == 0x7f)
            stp_text_add(out, "\\x%02x", (unsigned char)*c);
        else if (rare_letter(c, &size))
            stp_text_add(out, "\\u%04x", rare_letter(c, &size));
        else
            stp_text_append(out, c, size);
    }
    stp_text_append(out, "\"", 1);
}

static void write_named(stp_text *out, const char *before, const char *text)
{
    if (!text)
        return;
    stp_text_add(out, "%s", before);
    stp_quote_yaml(out, text);
}

/* A value as the file writes it; of a list, at most `most` numbers. */
static void write_value(stp_text *out, const stp_parameter *p, void *record, size_t most)
{
    char value[64];
    if (p->type != STP_NUMBERS) {
        stp_text_add(out, "%s",
                     stp_value_text(p, stp_quantity_of(record, p)->value, value,
                                    sizeof value));
        return;
    }
    const stp_numbers *n = stp_numbers_of(record, p);
    for (size_t i = 0; i < n->count && i < most; i++)
        stp_text_add(out, "%s%s", i ? ", " : "[", stp_number_text(n->items[i], value));
    if (n->count > most)
        stp_text_add(out, ", ... %s", stp_number_text(n->items[n->count - 1], value));
    stp_text_append(out, "]", 1);
}

static void write_numbers(stp_text *out, const double *numbers, size_t count)
{
    char text[STP_NUMBER_TEXT];
    for (size_t i = 0; i < count; i++)
        stp_text_add(out, "%s%s", i ? ", " : "[", stp_number_text(numbers[i], text));
    stp_text_append(out, "]", 1);
}

/* The same in the unit of the parameter, as the file writes its values. */
static void write_values(stp_text *out, const stp_parameter *p, const double *values,
                         size_t count)
{
    char text[64];
    for (size_t i = 0; i < count; i++)
        stp_text_add(out, "%s%s", i ? ", " : "[",
                     stp_value_text(p, values[i], text, sizeof text));
    stp_text_append(out, "]", 1);
}

/* "normal: [0.8, 0.05]" */
static void write_prior(stp_text *out, const stp_parameter *p, const stp_prior *d)
{
    const double numbers[] = {d->a, d->b, d->c};
    char mean[64], spread[STP_NUMBER_TEXT];
    stp_text_add(out, "%s: ", stp_prior_word(d->kind));
    if (d->kind == STP_PRIOR_TRIANGULAR) {
        write_values(out, p, numbers, 3);
    } else if (d->kind == STP_PRIOR_CHOICES) {
        write_values(out, p, d->values, d->count);
        if (d->written) {
            stp_text_append(out, ", weights: ", 11);
            write_numbers(out, d->written, d->count);
        }
    } else if (p->type == STP_DATE && d->kind == STP_PRIOR_NORMAL) {
        stp_text_add(out, "[%s, %s]", stp_value_text(p, d->a, mean, sizeof mean),
                     stp_number_text(d->c, spread));
    } else {
        write_numbers(out, numbers, 2);
    }
}

/* The kind, source and note of a value, each behind ", "; returns how many there are. */
static int write_provenance(stp_text *out, const steppe_scenario *s,
                            const stp_quantity *q)
{
    int count = 0;
    if (q->kind > STP_KIND_UNSTATED)
        stp_text_add(out, "%skind: %s", count++ ? ", " : "", stp_kind_word(q->kind));
    if (q->source >= 0)
        write_named(out, count++ ? ", source: " : "source: ", s->sources[q->source].id);
    if (q->note)
        write_named(out, count++ ? ", note: " : "note: ", q->note);
    return count;
}

/* ", kind: assumption, set: ..." with the provenance of the value that the caller replaced. */
static void write_set(stp_text *out, const steppe_scenario *s, const stp_quantity *q)
{
    stp_text_add(out, ", kind: assumption, set: ");
    size_t at = out->length;
    stp_text_append(out, "{", 1);
    if (write_provenance(out, s, q) > 0) {
        stp_text_append(out, "}", 1);
    } else if (!out->failed) {
        out->length = at;
        stp_text_add(out, "true");
    }
}

static void write_quantity(const writer *w, const stp_parameter *p, void *record)
{
    stp_text *out = w->out;
    const stp_quantity *q = stp_quantity_of(record, p);
    bool set = q->set && !w->as_in_file;
    bool plain = q->kind <= STP_KIND_UNSTATED && isnan(q->low) && !q->note &&
                 q->source < 0 && !set;
    if (plain || w->bare) {
        write_value(out, p, record, SIZE_MAX);
        return;
    }
    stp_text_append(out, "{value: ", 8);
    write_value(out, p, record, SIZE_MAX);
    if (!isnan(q->low) && (!q->prior || q->prior->ranged)) {
        char low[64], high[64];
        stp_text_add(out, ", range: [%s, %s]", stp_value_text(p, q->low, low, sizeof low),
                     stp_value_text(p, q->high, high, sizeof high));
    }
    if (q->prior) {
        stp_text_append(out, ", prior: {", 10);
        write_prior(out, p, q->prior);
        stp_text_append(out, "}", 1);
    }
    if (set) {
        write_set(out, w->scenario, q);
    } else if (q->kind > STP_KIND_UNSTATED || q->source >= 0 || q->note) {
        stp_text_append(out, ", ", 2);
        write_provenance(out, w->scenario, q);
    }
    stp_text_append(out, "}", 1);
}

static void write_texts(stp_text *out, char **texts, size_t count)
{
    stp_text_append(out, "[", 1);
    for (size_t i = 0; i < count; i++)
        write_named(out, i ? ", " : "", texts[i]);
    stp_text_append(out, "]", 1);
}

/* Must the text have this value to be read back the same? */
static bool is_written(const steppe_scenario *s, const stp_parameter *p, void *record)
{
    if (!stp_model_uses(s, p))
        return false;
    if (stp_is_texts(p->type))
        return *stp_string_of(record, p) != NULL;
    if (!stp_is_quantity(p->type))
        return *stp_string_of(record, p) != NULL;
    return stp_quantity_of(record, p)->given || p->need == STP_OPTIONAL;
}

static void write_record(writer *w, stp_section section, void *record)
{
    stp_text *out = w->out;
    bool first = true;
    for (const stp_parameter *p = stp_section_parameters(section); p->section == section;
         p++) {
        if (!is_written(w->scenario, p, record) || (w->bare && p->type == STP_STRING))
            continue;
        const char *indent = section == STP_TOP    ? ""
                             : section < STP_UNITS ? "  "
                             : first               ? "  - "
                                                   : "    ";
        stp_text_add(out, "%s%s: ", indent, p->name);
        if (stp_is_quantity(p->type))
            write_quantity(w, p, record);
        else if (stp_is_texts(p->type))
            write_texts(out, *(char ***)(void *)stp_string_of(record, p),
                        *(size_t *)(void *)((char *)record + p->extra));
        else
            stp_quote_yaml(out, *stp_string_of(record, p));
        stp_text_append(out, "\n", 1);
        first = false;
    }
}

static void write_sources(writer *w)
{
    const steppe_scenario *s = w->scenario;
    stp_text *out = w->out;
    if (w->bare)
        return;
    if (s->source_count)
        stp_text_add(out, "sources:\n");
    for (size_t i = 0; i < s->source_count; i++) {
        const stp_source *source = &s->sources[i];
        stp_text_append(out, "  ", 2);
        stp_quote_yaml(out, source->id);
        write_named(out, ": {title: ", source->title);
        write_named(out, ", author: ", source->author);
        write_named(out, ", year: ", source->year);
        write_named(out, ", licence: ", source->licence);
        write_named(out, ", note: ", source->note);
        stp_text_append(out, "}\n", 2);
    }
}

static void write_all(writer *w)
{
    steppe_scenario *s = w->scenario;
    write_record(w, STP_TOP, s);
    for (stp_section k = STP_TIME; k < STP_UNITS; k++) {
        if (!stp_model_has(s, k))
            continue;
        stp_text_add(w->out, "%s:\n", STP_SECTIONS[k].name);
        write_record(w, k, s);
    }
    write_sources(w);
    for (stp_section k = STP_UNITS; k < STP_SECTION_COUNT; k++) {
        size_t count = stp_list_count(s, k);
        if (k == STP_BIASES)
            w->runs = w->out->length;
        if (k == STP_CORRELATIONS && w->bare) /* values decide the run */
            continue;
        if (count)
            stp_text_add(w->out, "%s:\n", STP_SECTIONS[k].name);
        for (size_t i = 0; i < count; i++)
            write_record(w, k, stp_list_record(s, k, i));
    }
}

static bool has_set(const steppe_scenario *s, stp_section section, void *record)
{
    for (const stp_parameter *p = stp_section_parameters(section); p->section == section;
         p++)
        if (stp_is_quantity(p->type) && stp_model_uses(s, p) &&
            stp_quantity_of(record, p)->set)
            return true;
    return false;
}

static bool is_set(steppe_scenario *s)
{
    for (stp_section k = STP_TOP; k < STP_UNITS; k++)
        if (has_set(s, k, s))
            return true;
    for (stp_section k = STP_UNITS; k < STP_SECTION_COUNT; k++)
        for (size_t i = 0; i < stp_list_count(s, k); i++)
            if (has_set(s, k, stp_list_record(s, k, i)))
                return true;
    return false;
}

int stp_write_resolved(steppe_context *context, steppe_scenario *s)
{
    stp_text in_file = {0};
    writer w = {.out = &s->resolved, .scenario = s};
    write_all(&w);
    if (is_set(s)) {
        w.out = &in_file;
        w.as_in_file = true;
        write_all(&w);
    }
    bool failed = s->resolved.failed || w.out->failed;
    if (!failed) {
        s->digest = XXH64(w.out->data, w.out->length, 0);
        s->runs_digest = XXH64(w.out->data, w.runs, 0);
    }
    stp_text_free(&in_file);
    return failed ? stp_no_memory(context) : STEPPE_OK;
}

int stp_write_values(steppe_context *context, const steppe_scenario *s, uint64_t *digest)
{
    stp_text text = {0};
    writer w = {.out = &text, .scenario = (steppe_scenario *)(uintptr_t)s, .bare = true};
    write_all(&w);
    *digest = text.failed ? 0 : XXH64(text.data, w.runs, 0);
    bool failed = text.failed;
    stp_text_free(&text);
    return failed ? stp_no_memory(context) : STEPPE_OK;
}

/* ---- entries ---- */

const char *stp_range_text(const stp_parameter *p, const stp_quantity *q, char *buffer,
                           size_t size)
{
    char low[40], high[40];
    bool derived = q->prior && !q->prior->ranged && p->type == STP_NUMBER;
    buffer[0] = '\0';
    if (isnan(q->low))
        return buffer;
    if (derived && q->prior->kind != STP_PRIOR_CHOICES)
        snprintf(buffer, size, "%.4g .. %.4g", q->low, q->high);
    else
        snprintf(buffer, size, "%s .. %s", stp_value_text(p, q->low, low, sizeof low),
                 stp_value_text(p, q->high, high, sizeof high));
    return buffer;
}

enum { LIST_SHOWN = 10 }; /* numbers of a list in an entry */

static int add_entry(steppe_scenario *s, const stp_parameter *p, void *record,
                     const char *id, size_t *capacity)
{
    const stp_quantity *q = stp_quantity_of(record, p);
    if (s->entry_count == *capacity) {
        *capacity = *capacity * 2 + 64;
        stp_entry *entries = realloc(s->entries, *capacity * sizeof *entries);
        if (!entries)
            return STEPPE_NO_MEMORY;
        s->entries = entries;
    }
    char range[96] = "";
    stp_text path = {0}, value = {0}, prior = {0};
    stp_text_append(&prior, "", 0);
    if (q->prior)
        write_prior(&prior, p, q->prior);
    write_value(&value, p, record, LIST_SHOWN);
    const char *section = STP_SECTIONS[p->section].name;
    stp_text_add(&path, "%s%s%s%s%s", section, *section ? "." : "", id ? id : "",
                 id ? "." : "", p->name);
    stp_range_text(p, q, range, sizeof range);
    stp_entry *e = &s->entries[s->entry_count];
    *e = (stp_entry){
        .path = path.data,
        .value = value.data,
        .range = stp_copy(range),
        .prior = prior.data,
        .unit = p->unit,
        .kind = stp_kind_word(stp_quantity_kind(q)),
        .source_id = q->source >= 0 && !q->set ? s->sources[q->source].id : "",
        .source = q->set           ? "set by the caller (--set)"
                  : q->source >= 0 ? s->sources[q->source].title
                  : q->given       ? ""
                                   : p->source,
        .note = q->note && !q->set ? q->note : "",
        .meaning = p->meaning,
    };
    s->entry_count++;
    bool whole = !path.failed && !value.failed && !prior.failed;
    return whole && e->path && e->value && e->range && e->prior ? STEPPE_OK
                                                                : STEPPE_NO_MEMORY;
}

static int add_entries(steppe_scenario *s, stp_section section, void *record,
                       const char *id, size_t *capacity)
{
    for (const stp_parameter *p = stp_section_parameters(section); p->section == section;
         p++) {
        if (!stp_is_quantity(p->type) || !stp_model_uses(s, p))
            continue;
        bool shown = stp_quantity_of(record, p)->given ||
                     (section < STP_UNITS && p->need != STP_ABSENT);
        if (shown && add_entry(s, p, record, id, capacity) != STEPPE_OK)
            return STEPPE_NO_MEMORY;
    }
    return STEPPE_OK;
}

int stp_write_entries(steppe_context *context, steppe_scenario *s)
{
    size_t capacity = 0;
    int status = STEPPE_OK;
    for (stp_section k = STP_TOP; k < STP_UNITS && status == STEPPE_OK; k++)
        status = add_entries(s, k, s, NULL, &capacity);
    for (stp_section k = STP_UNITS; k < STP_SECTION_COUNT; k++)
        for (size_t i = 0; i < stp_list_count(s, k) && status == STEPPE_OK; i++)
            status = add_entries(s, k, stp_list_record(s, k, i), stp_list_id(s, k, i),
                                 &capacity);
    return status == STEPPE_OK ? status : stp_no_memory(context);
}
