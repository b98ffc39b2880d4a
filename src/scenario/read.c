#include "scenario/check.h"

#include "scenario/model.h"
#include "scenario/value.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_KEYS = 40 }; /* of a section */

/* Is a node within `depth` levels below another? */
static bool contains(const stp_node *whole, const stp_node *node, int depth)
{
    if (whole == node)
        return true;
    size_t count = whole->kind == STP_MAPPING ? 2 * whole->count : whole->count;
    for (size_t i = 0; whole->kind != STP_SCALAR && depth > 0 && i < count; i++)
        if (contains(whole->items[i], node, depth - 1))
            return true;
    return false;
}

static bool is_known(const stp_reader *r, const stp_node *node)
{
    for (size_t i = 0; i < r->found->record_count; i++)
        if (contains(r->found->records[i], node, 3))
            return true;
    return false;
}

int stp_read_fail(const stp_reader *r, const stp_node *node, const char *format, ...)
{
    char place[600], words[900], message[1024];
    if (is_known(r, node))
        return STEPPE_BAD_SCENARIO;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    snprintf(message, sizeof message, "%s: %s",
             stp_node_place(r->tree, node, place, sizeof place), words);
    bool set = node->setting > 0;
    stp_problem_note(r->context, set ? 0 : node->line, set ? 0 : node->column, message);
    return STEPPE_BAD_SCENARIO;
}

int stp_read_fail_in(const stp_reader *r, stp_section list, size_t index, const char *key,
                     const char *format, ...)
{
    char words[700];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    return stp_read_fail(r, stp_node_of(r, list, index, key), "%s '%s': %s",
                         STP_SECTIONS[list].record, stp_list_id(r->scenario, list, index),
                         words);
}

int stp_may_continue(const stp_reader *r, int status)
{
    r->found->bad |= status == STEPPE_BAD_SCENARIO;
    return status == STEPPE_BAD_SCENARIO ? STEPPE_OK : status;
}

void stp_break(const stp_reader *r, int section, const stp_node *record)
{
    stp_findings *f = r->found;
    f->bad = f->broken[section] = true;
    if (record && record != r->tree->root && f->record_count < STP_MAX_BROKEN)
        f->records[f->record_count++] = record;
}

bool stp_is_broken(const stp_reader *r, int section)
{
    return r->found->broken[section];
}

/* Keys of the top that are neither parameters nor sections. */
static const char *const OTHERS[] = {"provenance", "sources"};

static bool is_structure(stp_section section, const char *name)
{
    for (int k = STP_TIME; section == STP_TOP && k < STP_SECTION_COUNT; k++)
        if (strcmp(STP_SECTIONS[k].name, name) == 0)
            return true;
    return section == STP_TOP &&
           (strcmp(OTHERS[0], name) == 0 || strcmp(OTHERS[1], name) == 0);
}

/* The sections that have a key, "citizens or officers", into buffer; "" for names that many sections have,
 * or none. */
static const char *owners(const char *key, char *buffer, size_t size)
{
    static const char *const COMMON[] = {"id",   "name",      "title",   "note",
                                         "text", "source",    "enabled", "from",
                                         "to",   "parameters"};
    size_t used = 0, count = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < sizeof COMMON / sizeof *COMMON; i++)
        if (strcmp(COMMON[i], key) == 0)
            return buffer;
    for (size_t i = 0; i < STP_PARAMETER_COUNT && count < 4; i++) {
        const stp_parameter *p = &STP_PARAMETERS[i];
        if (p->section != STP_TOP && strcmp(p->name, key) == 0 && used < size)
            used += (size_t)snprintf(buffer + used, size - used, "%s%s",
                                     count++ ? " or " : "",
                                     STP_SECTIONS[p->section].name);
    }
    return buffer;
}

static int fail_unknown(const stp_reader *r, stp_section section, const stp_node *mapping,
                        size_t index)
{
    const char *valid[MAX_KEYS + STP_SECTION_COUNT + 2];
    char where[200];
    const stp_node *key = mapping->items[2 * index];
    const char *name = section == STP_TOP ? "the scenario" : STP_SECTIONS[section].name;
    size_t count = 0;
    for (const stp_parameter *p = stp_section_parameters(section); p->section == section;
         p++)
        valid[count++] = p->name;
    for (int k = STP_TIME; section == STP_TOP && k < STP_SECTION_COUNT; k++)
        valid[count++] = STP_SECTIONS[k].name;
    for (size_t i = 0; section == STP_TOP && i < 2; i++)
        valid[count++] = OTHERS[i];
    bool split = stp_is_split(mapping, index);
    if (section == STP_QUESTIONS && strcmp(key->text, "control") == 0)
        return stp_read_fail(r, key, "'control' is called 'positive_control' now");
    if (!split && *owners(key->text, where, sizeof where))
        return stp_read_fail(r, key, "unknown key '%.80s' in %s; it belongs to %s",
                             key->text, name, where);
    return stp_unknown_key(r, mapping, index, name, valid, count);
}

static void set_defaults(stp_section section, void *record)
{
    for (const stp_parameter *p = stp_section_parameters(section); p->section == section;
         p++)
        if (stp_is_quantity(p->type))
            *stp_quantity_of(record, p) = (stp_quantity){.value = p->fallback,
                                                         .low = NAN,
                                                         .high = NAN,
                                                         .source = -1};
}

/* Does the mapping have an unknown key that is probably this one, misspelt? Then it is not missing as well. */
static bool is_misspelt(stp_section section, const stp_node *mapping, const char *name)
{
    for (size_t i = 0; i < mapping->count; i++) {
        const char *key = mapping->items[2 * i]->text;
        if (!stp_parameter_find(section, key) && !is_structure(section, key) &&
            (stp_nearest(key, &name, 1) || strncmp(key, name, strlen(name)) == 0))
            return true;
    }
    return false;
}

static int check_required(const stp_reader *r, stp_section section,
                          const stp_node *mapping)
{
    int status = STEPPE_OK;
    if (stp_is_broken(r, STP_TOP))
        return STEPPE_OK;
    for (const stp_parameter *p = stp_section_parameters(section); p->section == section;
         p++)
        if (p->need == STP_REQUIRED && !stp_node_get(mapping, p->name) &&
            stp_model_uses(r->scenario, p) && !is_misspelt(section, mapping, p->name))
            status = stp_read_fail(r, mapping, "'%s' is missing%s%s: %s", p->name,
                                   section == STP_TOP ? "" : " in ",
                                   STP_SECTIONS[section].name, p->meaning);
    return status;
}

/* Keys that do nothing under the model, or under one of its choices, are errors. */
static int refuse_unused(const stp_reader *r, stp_section section,
                         const stp_node *mapping)
{
    char words[32];
    int status = STEPPE_OK;
    const steppe_scenario *s = r->scenario;
    for (size_t i = 0; i < mapping->count; i++) {
        const stp_node *key = mapping->items[2 * i];
        const stp_parameter *p = stp_parameter_find(section, key->text);
        if (!p || stp_model_uses(s, p))
            continue;
        const stp_parameter *choice = stp_model_choice(s, p);
        if (!choice) {
            status = stp_read_fail(r, key,
                                   "'%s' does nothing under the model '%s': leave it out",
                                   key->text, steppe_scenario_model(s));
            continue;
        }
        const stp_quantity *q = stp_quantity_of(r->scenario, choice);
        stp_choice_word(choice->words, (size_t)q->value, words, sizeof words);
        status = stp_read_fail(r, key, "'%s' does nothing with %s '%s': leave it out",
                               key->text, choice->name, words);
    }
    return status;
}

/* So are whole sections. */
static int refuse_sections(const stp_reader *r)
{
    const stp_node *root = r->tree->root;
    int status = STEPPE_OK;
    for (size_t i = 0; i < root->count; i++) {
        const stp_node *key = root->items[2 * i];
        for (stp_section k = STP_TIME; k < STP_SECTION_COUNT; k++)
            if (strcmp(STP_SECTIONS[k].name, key->text) == 0 &&
                !stp_model_has(r->scenario, k))
                status = stp_read_fail(
                    r, key, "'%s' does nothing under the model '%s': leave it out",
                    key->text, steppe_scenario_model(r->scenario));
    }
    return status;
}

/* Required texts that are missing become empty: later checks need not test for NULL. */
static int fill_texts(const stp_reader *r, stp_section section, void *record)
{
    for (const stp_parameter *p = stp_section_parameters(section); p->section == section;
         p++) {
        if (p->need != STP_REQUIRED || stp_is_quantity(p->type) ||
            stp_is_texts(p->type) || *stp_string_of(record, p))
            continue;
        if (!(*stp_string_of(record, p) = stp_copy("")))
            return stp_no_memory(r->context);
    }
    return STEPPE_OK;
}

static int read_keys(const stp_reader *r, stp_section section, const stp_node *mapping,
                     void *record)
{
    char words[96];
    int bad = STEPPE_OK;
    if (mapping->kind != STP_MAPPING)
        return stp_read_fail(r, mapping,
                             "%s%smust be a mapping of keys to values, not %s",
                             section == STP_TOP ? "a scenario"
                                                : STP_SECTIONS[section].name,
                             section < STP_UNITS ? " " : ": each entry ",
                             stp_node_words(mapping, words, sizeof words));
    for (size_t i = 0; i < mapping->count; i++) {
        const stp_node *key = mapping->items[2 * i];
        const stp_parameter *p = stp_parameter_find(section, key->text);
        int status = STEPPE_OK;
        if (p)
            status = stp_value_read(r, p, mapping->items[2 * i + 1], record);
        else if (!is_structure(section, key->text))
            status = fail_unknown(r, section, mapping, i);
        if (status == STEPPE_NO_MEMORY)
            return status;
        bad = status != STEPPE_OK ? status : bad;
        if (status != STEPPE_OK && p && section == STP_TOP && p->type == STP_CHOICE)
            stp_break(r, STP_TOP, NULL); /* what is used depends on it */
    }
    /* What is used depends on choices, which may be among what is wrong. */
    return bad == STEPPE_OK && !stp_is_broken(r, STP_TOP)
               ? refuse_unused(r, section, mapping)
               : bad;
}

static int read_record(const stp_reader *r, stp_section section, const stp_node *mapping,
                       void *record)
{
    set_defaults(section, record);
    int status = read_keys(r, section, mapping, record);
    if (status != STEPPE_NO_MEMORY && mapping->kind == STP_MAPPING &&
        check_required(r, section, mapping) != STEPPE_OK)
        status = STEPPE_BAD_SCENARIO;
    if (status == STEPPE_BAD_SCENARIO && section != STP_TOP)
        stp_break(r, section, mapping);
    int filled = fill_texts(r, section, record);
    return filled == STEPPE_OK ? status : filled;
}

/* Is a section missing that has required keys? */
static int check_absent(const stp_reader *r, stp_section section)
{
    char names[300] = "";
    bool missing = false;
    size_t used = 0;
    for (const stp_parameter *p = stp_section_parameters(section);
         p->section == section && used < sizeof names; p++) {
        if (!stp_model_uses(r->scenario, p))
            continue;
        missing |= p->need == STP_REQUIRED;
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                 used ? ", " : "", p->name);
    }
    if (!missing || stp_is_broken(r, STP_TOP))
        return STEPPE_OK;
    stp_break(r, section, NULL);
    return stp_read_fail(r, r->tree->root, "'%s' is missing: {%s}",
                         STP_SECTIONS[section].name, names);
}

static int read_section(const stp_reader *r, stp_section section)
{
    const stp_node *node = stp_node_get(r->tree->root, STP_SECTIONS[section].name);
    if (node)
        return read_record(r, section, node, r->scenario);
    set_defaults(section, r->scenario);
    return check_absent(r, section);
}

static int check_id(const stp_reader *r, stp_section list, const stp_node *item,
                    size_t index)
{
    if (stp_ids_add(&r->found->ids[list], r->scenario, list, index) == index)
        return STEPPE_OK;
    return stp_read_fail(r, stp_node_get(item, "id"), "the id '%s' stands in %s twice",
                         stp_list_id(r->scenario, list, index), STP_SECTIONS[list].name);
}

/* A list that cannot be read is broken: references to it are not checked. */
static int check_list(const stp_reader *r, stp_section list, const stp_node *node)
{
    char words[96];
    const stp_section_row *row = &STP_SECTIONS[list];
    if (node->kind == STP_LIST && node->count <= row->most)
        return STEPPE_OK;
    stp_break(r, (int)list, NULL);
    if (node->kind != STP_LIST)
        return stp_read_fail(r, node, "%s must be a list, not %s", row->name,
                             stp_node_words(node, words, sizeof words));
    return stp_read_fail(r, node, "there may be at most %zu %s, not %zu", row->most,
                         row->name, node->count);
}

static int read_list(const stp_reader *r, stp_section list)
{
    const stp_section_row *row = &STP_SECTIONS[list];
    const stp_node *node = stp_node_get(r->tree->root, row->name);
    int status = node ? check_list(r, list, node) : STEPPE_OK;
    if (!node || status != STEPPE_OK)
        return status;
    void *data = calloc(node->count ? node->count : 1, row->size);
    if (!data || !stp_ids_create(&r->found->ids[list], node->count)) {
        free(data);
        return stp_no_memory(r->context);
    }
    *(void **)(void *)((char *)r->scenario + row->records) = data;
    *(size_t *)(void *)((char *)r->scenario + row->count) = node->count;
    for (size_t i = 0; i < node->count && status == STEPPE_OK; i++) {
        const stp_node *item = node->items[i];
        status = stp_may_continue(r, read_record(r, list, item,
                                                 stp_list_record(r->scenario, list, i)));
        if (status == STEPPE_OK)
            status = stp_may_continue(r, check_id(r, list, item, i));
    }
    return status;
}

/* Without a list of forces there is one, with the table's defaults. */
static int make_force(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    if (s->force_count > 0)
        return STEPPE_OK;
    if (!s->forces && !(s->forces = calloc(1, sizeof *s->forces)))
        return stp_no_memory(r->context);
    set_defaults(STP_FORCES, s->forces);
    return STEPPE_OK;
}

static int read_source(const stp_reader *r, const stp_node *key, const stp_node *value,
                       stp_source *source)
{
    static const char *const KEYS[] = {"title", "author", "year", "licence", "note"};
    char **slots[] = {&source->title, &source->author, &source->year, &source->licence,
                      &source->note};
    int status = stp_id_read(r, "the id of a source", key, &source->id);
    if (!source->id && !(source->id = stp_copy("")))
        return stp_no_memory(r->context);
    if (status != STEPPE_OK)
        return status;
    if (value->kind != STP_MAPPING)
        return stp_read_fail(r, value, "source '%.60s' must be a mapping with a 'title'",
                             key->text);
    for (size_t i = 0; i < value->count; i++) {
        const stp_node *name = value->items[2 * i];
        size_t k = 0;
        while (k < 5 && strcmp(KEYS[k], name->text) != 0)
            k++;
        if (k == 5)
            return stp_unknown_key(r, value, i, "a source", KEYS, 5);
        status = stp_text_read(r, KEYS[k], value->items[2 * i + 1], slots[k]);
        if (status != STEPPE_OK)
            return status;
    }
    if (!source->title || !source->title[0])
        return stp_read_fail(r, value, "source '%.60s' has no 'title'", key->text);
    return STEPPE_OK;
}

static int read_sources(const stp_reader *r)
{
    char words[96];
    steppe_scenario *s = r->scenario;
    const stp_node *node = stp_node_get(r->tree->root, "sources");
    if (!node)
        return STEPPE_OK;
    if (node->kind != STP_MAPPING)
        return stp_read_fail(r, node,
                             "sources must be a mapping of ids to sources, not %s",
                             stp_node_words(node, words, sizeof words));
    s->sources = calloc(node->count ? node->count : 1, sizeof *s->sources);
    if (!s->sources)
        return stp_no_memory(r->context);
    for (size_t i = 0; i < node->count; i++) {
        s->source_count = i + 1;
        int status = read_source(r, node->items[2 * i], node->items[2 * i + 1],
                                 &s->sources[i]);
        if (status == STEPPE_BAD_SCENARIO)
            stp_break(r, STP_SOURCES, NULL);
        if (stp_may_continue(r, status) != STEPPE_OK)
            return status;
    }
    return STEPPE_OK;
}

static int read_column(const stp_reader *r, const stp_node *key, const stp_node *value,
                       stp_column *column)
{
    static const char *const KEYS[] = {"kind", "source", "note"};
    column->quantity.source = -1;
    column->quantity.kind = STP_KIND_UNSTATED;
    int status = stp_text_read(r, "a key of provenance", key, &column->path);
    if (status != STEPPE_OK)
        return status;
    const stp_parameter *p = stp_parameter_at(key->text);
    if (!p || !stp_is_quantity(p->type))
        return stp_read_fail(r, key,
                             "provenance: '%.80s' names no parameter; expected "
                             "SECTION.NAME, such as districts.population",
                             key->text);
    if (!stp_model_uses(r->scenario, p))
        return stp_read_fail(r, key, "provenance: '%s' does nothing here: leave it out",
                             key->text);
    if (value->kind != STP_MAPPING)
        return stp_read_fail(r, value, "provenance must be {kind, source, note}");
    for (size_t i = 0; i < value->count; i++) {
        bool known;
        const stp_node *name = value->items[2 * i];
        status = stp_provenance_read(r, name, value->items[2 * i + 1], &column->quantity,
                                     &known);
        if (status == STEPPE_OK && !known)
            status = stp_unknown_key(r, value, i, "provenance", KEYS, 3);
        if (status != STEPPE_OK)
            return status;
    }
    if (column->quantity.kind == STP_KIND_FACT && column->quantity.source < 0)
        return stp_read_fail(r, value, "%s is called a fact but names no source",
                             key->text);
    return STEPPE_OK;
}

static int read_columns(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    const stp_node *node = stp_node_get(r->tree->root, "provenance");
    if (!node)
        return STEPPE_OK;
    if (node->kind != STP_MAPPING)
        return stp_read_fail(r, node,
                             "provenance must be a mapping of parameters to "
                             "{kind, source, note}");
    s->columns = calloc(node->count ? node->count : 1, sizeof *s->columns);
    if (!s->columns)
        return stp_no_memory(r->context);
    for (size_t i = 0; i < node->count; i++) {
        s->column_count = i + 1;
        int status = stp_may_continue(r, read_column(r, node->items[2 * i],
                                                     node->items[2 * i + 1],
                                                     &s->columns[i]));
        if (status != STEPPE_OK)
            return status;
    }
    return STEPPE_OK;
}

int stp_read_all(const stp_reader *r)
{
    steppe_scenario *s = r->scenario;
    char words[96];
    if (r->tree->root->kind != STP_MAPPING)
        return stp_read_fail(r, r->tree->root,
                             "a scenario must be a mapping of keys to values, not %s",
                             stp_node_words(r->tree->root, words, sizeof words));
    int status = stp_may_continue(r, read_sources(r));
    if (status == STEPPE_OK)
        status = stp_may_continue(r, read_record(r, STP_TOP, r->tree->root, s));
    if (status == STEPPE_OK && !stp_is_broken(r, STP_TOP))
        status = stp_may_continue(r, refuse_sections(r));
    for (stp_section section = STP_TIME; status == STEPPE_OK && section < STP_UNITS;
         section++)
        status = stp_may_continue(r, read_section(r, section));
    for (stp_section list = STP_UNITS; status == STEPPE_OK && list < STP_SECTION_COUNT;
         list++)
        status = stp_may_continue(r, read_list(r, list));
    if (status == STEPPE_OK)
        status = make_force(r);
    return status == STEPPE_OK ? stp_may_continue(r, read_columns(r)) : status;
}
