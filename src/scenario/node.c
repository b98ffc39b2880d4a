#include "scenario/node.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

typedef struct anchor {
    char *name;
    stp_node *node;
    bool open; /* being read: an alias to it would contain itself */
} anchor;

typedef struct reader {
    steppe_context *context;
    stp_tree *tree;
    const unsigned char *bytes;
    size_t size;
    yaml_parser_t parser;
    anchor *anchors;
    size_t anchor_count;
} reader;

static int out_of_memory(reader *r)
{
    return stp_no_memory(r->context);
}

static int fail_at(reader *r, yaml_mark_t mark, const char *words)
{
    return stp_fail(r->context, STEPPE_BAD_SCENARIO, "%s:%zu:%zu: %s", r->tree->name,
                    mark.line + 1, mark.column + 1, words);
}

static stp_node *new_node(reader *r, stp_node_kind kind, yaml_mark_t mark)
{
    stp_tree *tree = r->tree;
    if (tree->count == tree->capacity) {
        size_t capacity = tree->capacity * 2 + 64;
        stp_node **all = realloc(tree->all, capacity * sizeof *all);
        if (!all)
            return NULL;
        tree->all = all;
        tree->capacity = capacity;
    }
    stp_node *node = calloc(1, sizeof *node);
    if (!node)
        return NULL;
    node->kind = kind;
    node->line = (unsigned)mark.line + 1;
    node->column = (unsigned)mark.column + 1;
    node->weight = 1;
    node->setting = tree->setting;
    tree->all[tree->count++] = node;
    return node;
}

/* Line and column of a byte, for errors that libyaml reports by offset. */
static yaml_mark_t mark_of_offset(const reader *r, size_t offset)
{
    yaml_mark_t mark = {.index = offset};
    for (size_t i = 0; i < offset && i < r->size; i++) {
        mark.column++;
        if (r->bytes[i] == '\n') {
            mark.line++;
            mark.column = 0;
        }
    }
    return mark;
}

static int fail_of_parser(reader *r)
{
    const yaml_parser_t *p = &r->parser;
    char words[512];
    if (p->error == YAML_MEMORY_ERROR)
        return out_of_memory(r);
    if (p->error == YAML_READER_ERROR) {
        snprintf(words, sizeof words, "not a text file in UTF-8: %s", p->problem);
        return fail_at(r, mark_of_offset(r, p->problem_offset), words);
    }
    bool tab = strstr(p->problem ? p->problem : "", "cannot start any token") != NULL;
    snprintf(words, sizeof words, "not valid YAML: %s%s%s%s",
             p->context ? p->context : "", p->context ? ", " : "",
             p->problem ? p->problem : "syntax error",
             tab ? " (is it a tab? indent with spaces)" : "");
    return fail_at(r, p->problem_mark, words);
}

static int next_event(reader *r, yaml_event_t *event)
{
    return yaml_parser_parse(&r->parser, event) ? STEPPE_OK : fail_of_parser(r);
}

static int remember_anchor(reader *r, const yaml_char_t *name, stp_node *node)
{
    if (!name)
        return STEPPE_OK;
    if (r->anchor_count >= STP_MAX_ANCHORS)
        return stp_fail(r->context, STEPPE_BAD_SCENARIO,
                        "%s:%u:%u: more than %d anchors: too many for a scenario",
                        r->tree->name, node->line, node->column, STP_MAX_ANCHORS);
    anchor *anchors = realloc(r->anchors, (r->anchor_count + 1) * sizeof *anchors);
    if (!anchors)
        return out_of_memory(r);
    r->anchors = anchors;
    char *copy = stp_copy((const char *)name);
    if (!copy)
        return out_of_memory(r);
    r->anchors[r->anchor_count++] = (anchor){copy, node, node->kind != STP_SCALAR};
    return STEPPE_OK;
}

static void close_anchor(reader *r, const stp_node *node)
{
    for (size_t i = 0; i < r->anchor_count; i++)
        if (r->anchors[i].node == node)
            r->anchors[i].open = false;
}

static int resolve_alias(reader *r, const yaml_event_t *event, stp_node **node)
{
    const char *name = (const char *)event->data.alias.anchor;
    char words[256];
    for (size_t i = r->anchor_count; i-- > 0;) {
        if (strcmp(r->anchors[i].name, name) != 0)
            continue;
        if (r->anchors[i].open) {
            snprintf(
                words, sizeof words,
                "the alias *%.60s stands inside its own anchor: it would contain itself",
                name);
            return fail_at(r, event->start_mark, words);
        }
        *node = r->anchors[i].node;
        return STEPPE_OK;
    }
    snprintf(words, sizeof words, "the alias *%.60s has no anchor &%.60s before it", name,
             name);
    return fail_at(r, event->start_mark, words);
}

static int add_item(reader *r, stp_node *parent, size_t slots, stp_node *item)
{
    if ((slots & (slots - 1)) == 0) { /* full at every power of two */
        size_t capacity = slots ? slots * 2 : 1;
        stp_node **items = realloc(parent->items, capacity * sizeof *items);
        if (!items)
            return out_of_memory(r);
        parent->items = items;
    }
    parent->items[slots] = item;
    parent->weight += item->weight;
    if (parent->weight > STP_MAX_VALUES)
        return stp_fail(r->context, STEPPE_BAD_SCENARIO,
                        "%s:%u:%u: expands to more than %d values (aliases counted each "
                        "time): too many for a scenario",
                        r->tree->name, parent->line, parent->column, STP_MAX_VALUES);
    return STEPPE_OK;
}

static int read_node(reader *r, yaml_event_t *event, unsigned depth, stp_node **result);

static int read_next(reader *r, unsigned depth, yaml_event_type_t end, stp_node **result)
{
    yaml_event_t event;
    *result = NULL;
    int status = next_event(r, &event);
    if (status != STEPPE_OK)
        return status;
    if (event.type != end)
        status = read_node(r, &event, depth, result);
    yaml_event_delete(&event);
    return status;
}

static bool is_digits(const char *text)
{
    return text[strspn(text, "0123456789")] == '\0';
}

static int check_twin(reader *r, const stp_node *mapping, const stp_node *key)
{
    char words[256];
    yaml_mark_t mark = {.line = key->line - 1, .column = key->column - 1};
    const stp_node *twin = NULL;
    for (size_t i = 0; i < mapping->count; i++)
        if (strcmp(mapping->items[2 * i]->text, key->text) == 0)
            twin = mapping->items[2 * i];
    if (!twin)
        return STEPPE_OK;
    snprintf(words, sizeof words, "the key '%.80s' stands here twice; first in line %u",
             key->text, twin->line);
    return fail_at(r, mark, words);
}

static int check_key(reader *r, const stp_node *mapping, const stp_node *key)
{
    yaml_mark_t mark = {.line = key->line - 1, .column = key->column - 1};
    if (key->kind != STP_SCALAR)
        return fail_at(r, mark, "a key must be a word, not a list or mapping");
    if (mapping->count >= STP_MAX_KEYS)
        return fail_at(r, mark, "too many keys in one mapping for a scenario");
    return is_digits(key->text) ? STEPPE_OK : check_twin(r, mapping, key);
}

/* The pieces of a number with commas, { x: 7,000,000 }, are keys without a value, and may be alike: the reader
 * of the mapping reports them with a better message. */
static int check_digits(reader *r, const stp_node *mapping, const stp_node *key,
                        const stp_node *value)
{
    bool piece = value->kind == STP_SCALAR && value->text[0] == '\0' && !value->quoted &&
                 mapping->count > 0;
    return piece || !is_digits(key->text) ? STEPPE_OK : check_twin(r, mapping, key);
}

static int read_children(reader *r, stp_node *node, unsigned depth)
{
    bool mapping = node->kind == STP_MAPPING;
    yaml_event_type_t end = mapping ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
    for (;;) {
        stp_node *item;
        int status = read_next(r, depth + 1, end, &item);
        if (status != STEPPE_OK || !item)
            return status;
        if (mapping && (status = check_key(r, node, item)) != STEPPE_OK)
            return status;
        size_t slots = mapping ? 2 * node->count : node->count;
        if ((status = add_item(r, node, slots, item)) != STEPPE_OK)
            return status;
        if (mapping) {
            const stp_node *key = item;
            if ((status = read_next(r, depth + 1, YAML_NO_EVENT, &item)) != STEPPE_OK ||
                !item || /* never: no event ends a value */
                (status = add_item(r, node, slots + 1, item)) != STEPPE_OK ||
                (status = check_digits(r, node, key, item)) != STEPPE_OK)
                return status;
        }
        node->count++;
    }
}

static int read_scalar(reader *r, const yaml_event_t *event, stp_node *node)
{
    size_t length = event->data.scalar.length;
    const char *text = (const char *)event->data.scalar.value;
    if (memchr(text, '\0', length))
        return fail_at(r, event->start_mark, "a text may not contain a NUL character");
    node->text = stp_copy(text);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->weight += length / 64; /* an alias must not multiply a long text either */
    return node->text ? STEPPE_OK : out_of_memory(r);
}

static int read_node(reader *r, yaml_event_t *event, unsigned depth, stp_node **result)
{
    const yaml_char_t *name = NULL;
    stp_node_kind kind = STP_SCALAR;
    if (depth > STP_MAX_DEPTH)
        return fail_at(r, event->start_mark, "nested too deeply for a scenario");
    switch (event->type) {
    case YAML_ALIAS_EVENT: return resolve_alias(r, event, result);
    case YAML_SCALAR_EVENT: name = event->data.scalar.anchor; break;
    case YAML_SEQUENCE_START_EVENT:
        name = event->data.sequence_start.anchor;
        kind = STP_LIST;
        break;
    case YAML_MAPPING_START_EVENT:
        name = event->data.mapping_start.anchor;
        kind = STP_MAPPING;
        break;
    default: return fail_at(r, event->start_mark, "not valid YAML here");
    }
    stp_node *node = new_node(r, kind, event->start_mark);
    if (!node)
        return out_of_memory(r);
    *result = node;
    int status = remember_anchor(r, name, node);
    if (status != STEPPE_OK)
        return status;
    if (kind == STP_SCALAR)
        return read_scalar(r, event, node);
    status = read_children(r, node, depth);
    close_anchor(r, node);
    return status;
}

static int read_document(reader *r, stp_node **root)
{
    *root = NULL;
    for (;;) {
        yaml_event_t event;
        int status = next_event(r, &event);
        if (status != STEPPE_OK)
            return status;
        yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT && *root)
            status = fail_at(r, event.start_mark,
                             "a second document begins here; a scenario "
                             "file holds one");
        else if (type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT &&
                 type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT)
            status = read_node(r, &event, 0, root);
        yaml_event_delete(&event);
        if (status != STEPPE_OK || type == YAML_STREAM_END_EVENT)
            return status;
    }
}

static int read_bytes(steppe_context *context, stp_tree *tree, const void *bytes,
                      size_t size, stp_node **root)
{
    reader r = {.context = context, .tree = tree, .bytes = bytes, .size = size};
    if (!yaml_parser_initialize(&r.parser))
        return stp_no_memory(context);
    yaml_parser_set_input_string(&r.parser, bytes, size);
    int status = read_document(&r, root);
    yaml_parser_delete(&r.parser);
    for (size_t i = 0; i < r.anchor_count; i++)
        free(r.anchors[i].name);
    free(r.anchors);
    return status;
}

int stp_tree_parse(steppe_context *context, const char *name, const void *bytes,
                   size_t size, stp_tree *tree)
{
    *tree = (stp_tree){.name = name};
    int status = read_bytes(context, tree, bytes, size, &tree->root);
    if (status == STEPPE_OK && !tree->root)
        status =
            stp_fail(context, STEPPE_BAD_SCENARIO,
                     "%s:1:1: the file is empty; expected a scenario (a mapping with "
                     "'steppe', 'title', 'districts' ...)",
                     name);
    if (status != STEPPE_OK)
        stp_tree_free(tree);
    return status;
}

void stp_tree_free(stp_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        free(tree->all[i]->items);
        free(tree->all[i]->text);
        free(tree->all[i]);
    }
    free(tree->all);
    *tree = (stp_tree){0};
}

stp_node *stp_node_get(const stp_node *mapping, const char *key)
{
    if (!mapping || mapping->kind != STP_MAPPING)
        return NULL;
    for (size_t i = 0; i < mapping->count; i++)
        if (strcmp(mapping->items[2 * i]->text, key) == 0)
            return mapping->items[2 * i + 1];
    return NULL;
}

int stp_tree_read(steppe_context *context, stp_tree *tree, const char *label,
                  const char *text, stp_node **node)
{
    const char *name = tree->name;
    tree->name = label;
    int status = read_bytes(context, tree, text, strlen(text), node);
    tree->name = name;
    return status;
}

int stp_tree_add_pair(steppe_context *context, stp_tree *tree, stp_node *mapping,
                      const char *name, stp_node ***slot)
{
    reader r = {.context = context, .tree = tree};
    stp_node *key = new_node(&r, STP_SCALAR, (yaml_mark_t){0});
    stp_node *value = new_node(&r, STP_MAPPING, (yaml_mark_t){0});
    if (!key || !value || !(key->text = stp_copy(name)))
        return out_of_memory(&r);
    int status = add_item(&r, mapping, 2 * mapping->count, key);
    if (status == STEPPE_OK)
        status = add_item(&r, mapping, 2 * mapping->count + 1, value);
    if (status != STEPPE_OK)
        return status;
    mapping->count++;
    *slot = &mapping->items[2 * mapping->count - 1];
    return STEPPE_OK;
}

int stp_tree_own(steppe_context *context, stp_tree *tree, stp_node **slot)
{
    reader r = {.context = context, .tree = tree};
    const stp_node *node = *slot;
    stp_node *copy = new_node(&r, node->kind, (yaml_mark_t){0});
    if (!copy)
        return out_of_memory(&r);
    *copy = *node;
    copy->weight = 1;
    copy->count = 0;
    copy->items = NULL;
    copy->text = NULL;
    size_t slots = node->kind == STP_MAPPING ? 2 * node->count : node->count;
    for (size_t i = 0; i < slots; i++) {
        int status = add_item(&r, copy, i, node->items[i]);
        if (status != STEPPE_OK)
            return status;
    }
    copy->count = node->count;
    *slot = copy;
    return STEPPE_OK;
}

/* ---- for messages ---- */

const char *stp_node_place(const stp_tree *tree, const stp_node *node, char *buffer,
                           size_t size)
{
    if (node->setting > 0)
        snprintf(buffer, size, "%s %.140s", tree->settings[node->setting - 1].from,
                 tree->settings[node->setting - 1].text);
    else
        snprintf(buffer, size, "%s:%u:%u", tree->name, node->line, node->column);
    return buffer;
}

const char *stp_node_words(const stp_node *node, char *buffer, size_t size)
{
    switch (node->kind) {
    case STP_LIST: snprintf(buffer, size, "a list"); break;
    case STP_MAPPING: snprintf(buffer, size, "a mapping"); break;
    default:
        if (node->text[0] == '\0')
            snprintf(buffer, size, "nothing");
        else
            snprintf(buffer, size, "'%.60s'", node->text);
    }
    return buffer;
}
