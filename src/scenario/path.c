#include "scenario/path.h"

#include "scenario/check.h"
#include "scenario/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- matching ---- */

/* Where * stands, matching is tried again one letter later: no recursion, so that no pattern is slow. */
static bool matches(const char *pattern, size_t length, const char *word, size_t size)
{
    size_t p = 0, w = 0, star = SIZE_MAX, retry = 0;
    while (w < size) {
        if (p < length && pattern[p] == '*') {
            star = p++;
            retry = w;
        } else if (p < length && pattern[p] == word[w]) {
            p++;
            w++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            w = ++retry;
        } else {
            return false;
        }
    }
    while (p < length && pattern[p] == '*')
        p++;
    return p == length;
}

bool stp_path_matches(const char *pattern, const char *path)
{
    for (;;) {
        size_t length = strcspn(pattern, "."), size = strcspn(path, ".");
        if (!matches(pattern, length, path, size) || !pattern[length] != !path[size])
            return false;
        if (!pattern[length])
            return true;
        pattern += length + 1;
        path += size + 1;
    }
}

/* ---- the numbers of a scenario ---- */

static bool varies(const stp_parameter *p)
{
    return p->type == STP_NUMBER || p->type == STP_INTEGER || p->type == STP_DATE;
}

/* Sections of which something is drawn. */
static bool is_drawn(stp_section section)
{
    return section > STP_TOP && section < STP_CORRELATIONS;
}

/* A pattern in its two or three parts. */
typedef struct parts {
    const char *at[3];
    size_t length[3], count;
} parts;

static parts split(const char *pattern)
{
    parts s = {.count = 0};
    for (const char *c = pattern;; c++) {
        size_t length = strcspn(c, ".");
        if (s.count < 3) {
            s.at[s.count] = c;
            s.length[s.count] = length;
        }
        s.count++;
        c += length;
        if (!*c)
            return s;
    }
}

static bool fits(const parts *s, size_t part, const char *word)
{
    return matches(s->at[part], s->length[part], word, strlen(word));
}

static bool add(stp_path_list *list, stp_path_match match)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity * 2 + 32;
        stp_path_match *items = realloc(list->items, capacity * sizeof *items);
        if (!items)
            return false;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = match;
    return true;
}

static bool add_record(stp_path_list *list, const steppe_scenario *s, stp_section section,
                       const parts *pattern, size_t record, size_t owner)
{
    for (const stp_parameter *p = stp_section_parameters(section); p->section == section;
         p++)
        if (varies(p) && stp_model_uses(s, p) &&
            fits(pattern, pattern->count - 1, p->name))
            if (!add(list, (stp_path_match){p, record, owner}))
                return false;
    return true;
}

bool stp_path_list_add(stp_path_list *list, const steppe_scenario *s, const char *pattern,
                       size_t owner)
{
    parts p = split(pattern);
    for (stp_section k = STP_TIME; k < STP_SECTION_COUNT; k++) {
        if (!is_drawn(k) || p.count != (k < STP_UNITS ? 2 : 3) ||
            !fits(&p, 0, STP_SECTIONS[k].name))
            continue;
        if (k < STP_UNITS && !add_record(list, s, k, &p, 0, owner))
            return false;
        for (size_t i = 0; k >= STP_UNITS && i < stp_list_count(s, k); i++)
            if (fits(&p, 1, stp_list_id(s, k, i)) &&
                !add_record(list, s, k, &p, i, owner))
                return false;
    }
    return true;
}

static int compare(const void *one, const void *other)
{
    const stp_path_match *a = one, *b = other;
    if (a->parameter != b->parameter)
        return a->parameter < b->parameter ? -1 : 1;
    if (a->record != b->record)
        return a->record < b->record ? -1 : 1;
    return a->owner < b->owner ? -1 : a->owner > b->owner;
}

void stp_path_list_sort(stp_path_list *list)
{
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, compare);
}

bool stp_path_same(const stp_path_match *a, const stp_path_match *b)
{
    return a->parameter == b->parameter && a->record == b->record;
}

const char *stp_path_text(const steppe_scenario *s, const stp_path_match *match,
                          char *buffer, size_t size)
{
    stp_section section = match->parameter->section;
    bool listed = section >= STP_UNITS;
    snprintf(buffer, size, "%s%s%s.%s", STP_SECTIONS[section].name, listed ? "." : "",
             listed ? stp_list_id(s, section, match->record) : "",
             match->parameter->name);
    return buffer;
}

/* ---- patterns without a match ---- */

/* The word of many that is nearest to a part, in a message; "" if none is near or the part has a *. */
static const char *hint(const parts *s, size_t part, const char *const *words,
                        size_t count, char *buffer, size_t size)
{
    char word[80];
    snprintf(word, sizeof word, "%.*s", (int)s->length[part], s->at[part]);
    const char *near = strchr(word, '*') ? NULL : stp_nearest(word, words, count);
    buffer[0] = '\0';
    if (near)
        snprintf(buffer, size, "; did you mean '%s'?", near);
    return buffer;
}

static int fail_section(const stp_reader *r, const stp_node *node, const char *pattern,
                        const parts *s)
{
    const char *names[STP_SECTION_COUNT];
    char near[120];
    size_t count = 0;
    for (int k = STP_TIME; k < STP_CORRELATIONS; k++)
        names[count++] = STP_SECTIONS[k].name;
    return stp_read_fail(r, node,
                         "'%.80s' names no parameter; expected SECTION.NAME or "
                         "LIST.ID.NAME, such as events.*.fuel_price%s",
                         pattern, hint(s, 0, names, count, near, sizeof near));
}

static int fail_id(const stp_reader *r, const stp_node *node, const char *pattern,
                   const parts *s, stp_section k)
{
    enum { MAX_NEAR = 1024 };
    const char *ids[MAX_NEAR];
    char near[120];
    size_t count = 0;
    for (size_t i = 0; i < stp_list_count(r->scenario, k) && count < MAX_NEAR; i++)
        ids[count++] = stp_list_id(r->scenario, k, i);
    return stp_read_fail(r, node, "'%.80s' names no %s%s", pattern,
                         STP_SECTIONS[k].record,
                         hint(s, 1, ids, count, near, sizeof near));
}

static int fail_name(const stp_reader *r, const stp_node *node, const char *pattern,
                     const parts *s, stp_section k)
{
    enum { MAX_NAMES = 64 };
    const char *names[MAX_NAMES];
    char near[120];
    size_t count = 0;
    for (const stp_parameter *p = stp_section_parameters(k); p->section == k; p++) {
        if (fits(s, s->count - 1, p->name))
            return stp_read_fail(r, node, "'%.80s' is %s", pattern,
                                 varies(p) ? "not used by this scenario"
                                           : "not a number, and has no range");
        if (varies(p) && count < MAX_NAMES)
            names[count++] = p->name;
    }
    return stp_read_fail(r, node, "'%.80s' names no parameter of %s%s", pattern,
                         STP_SECTIONS[k].name,
                         hint(s, s->count - 1, names, count, near, sizeof near));
}

static bool has_id(const steppe_scenario *s, const parts *p, stp_section k)
{
    for (size_t i = 0; i < stp_list_count(s, k); i++)
        if (fits(p, 1, stp_list_id(s, k, i)))
            return true;
    return false;
}

static int fail_pattern(const stp_reader *r, const stp_node *node, const char *pattern)
{
    parts s = split(pattern);
    for (stp_section k = STP_TIME; k < STP_CORRELATIONS; k++) {
        if (memchr(s.at[0], '*', s.length[0]) || !fits(&s, 0, STP_SECTIONS[k].name) ||
            s.count != (k < STP_UNITS ? 2 : 3))
            continue;
        if (stp_is_broken(r, k)) /* it may be the broken one */
            return STEPPE_BAD_SCENARIO;
        return k >= STP_UNITS && !has_id(r->scenario, &s, k)
                   ? fail_id(r, node, pattern, &s, k)
                   : fail_name(r, node, pattern, &s, k);
    }
    return fail_section(r, node, pattern, &s);
}

int stp_path_list_read(const stp_reader *r, stp_section section, size_t index,
                       char *const *patterns, size_t count, stp_path_list *list)
{
    enum { MAX_MATCHES = 2000000 };
    const stp_node *node = stp_node_of(r, section, index, "parameters");
    for (size_t i = 0; i < count; i++) {
        size_t before = list->count;
        if (!stp_path_list_add(list, r->scenario, patterns[i], index))
            return stp_no_memory(r->context);
        if (list->count > MAX_MATCHES)
            return stp_read_fail(r, node, "it names more than %d parameters",
                                 MAX_MATCHES);
        if (list->count == before)
            return fail_pattern(r,
                                node->kind == STP_LIST && i < node->count ? node->items[i]
                                                                          : node,
                                patterns[i]);
    }
    return STEPPE_OK;
}
