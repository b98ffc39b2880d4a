#include "scenario/value.h"

#include "scenario/check.h"
#include "scenario/read_prior.h"
#include "scenario/unit.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "; it has a no-break space (U+00A0) in it", if a text has a letter that looks like another; else "". */
static const char *odd_words(const stp_node *node, char *buffer, size_t size)
{
    char odd[80];
    buffer[0] = '\0';
    if (node->kind == STP_SCALAR && stp_text_odd(node->text, odd, sizeof odd))
        snprintf(buffer, size, "; it has %s in it", odd);
    return buffer;
}

/* ---- numbers as people write them ---- */

static bool all_digits(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

bool stp_is_split(const stp_node *mapping, size_t index)
{
    const stp_node *value = mapping->items[2 * index + 1];
    if (!all_digits(mapping->items[2 * index]->text) || value->kind != STP_SCALAR ||
        value->text[0] != '\0' || index == 0)
        return false;
    const stp_node *before = mapping->items[2 * index - 1];
    return stp_is_split(mapping, index - 1) ||
           (before->kind == STP_SCALAR && !before->quoted &&
            all_digits(before->text + (before->text[0] == '-')));
}

/* The number that commas cut in pieces, "0.7" or "7000000": groups of three digits are thousands, unless they
 * follow a single 0. */
static void join(const char *whole, const char *const *groups, size_t count, char *buffer,
                 size_t size)
{
    bool thousands = strcmp(whole, "0") != 0 || count > 1;
    for (size_t i = 0; i < count; i++)
        thousands &= strlen(groups[i]) == 3;
    size_t used = (size_t)snprintf(buffer, size, "%s%s", whole, thousands ? "" : ".");
    for (size_t i = 0; i < count && used < size; i++)
        used += (size_t)snprintf(buffer + used, size - used, "%s", groups[i]);
}

/* Report a number that commas cut in pieces once, at its first piece. */
static int fail_split(const stp_reader *r, const stp_node *mapping, size_t index)
{
    enum { MAX_GROUPS = 6 };
    const char *groups[MAX_GROUPS];
    char number[80];
    size_t first = index, count = 0;
    while (stp_is_split(mapping, first - 1))
        first--;
    if (first < index)
        return STEPPE_BAD_SCENARIO; /* already reported */
    const stp_node *key = mapping->items[2 * first - 2],
                   *whole = mapping->items[2 * first - 1];
    for (size_t i = first; i < mapping->count && count < MAX_GROUPS; i++)
        if (stp_is_split(mapping, i))
            groups[count++] = mapping->items[2 * i]->text;
        else
            break;
    join(whole->text, groups, count, number, sizeof number);
    return stp_read_fail(r, whole,
                         "%.80s: a comma ends a number; write %s (a decimal point, and "
                         "no marks for thousands)",
                         key->text, number);
}

/* Digits with marks between them ("7,000,000", "7_000_000", "7 000 000"), or "7 million", as the file has to
 * write them; "" for anything else. */
static const char *meant(const char *text, char *buffer, size_t size)
{
    char copy[64], *groups[8], *rest = copy;
    double number, factor = 1;
    size_t count = 0;
    buffer[0] = '\0';
    int digits = (int)strspn(text, "0123456789.");
    const char *word = text + digits + strspn(text + digits, " ");
    if (strcmp(word, "thousand") == 0)
        factor = 1e3;
    if (strcmp(word, "million") == 0)
        factor = 1e6;
    snprintf(copy, sizeof copy, "%.*s", digits, text);
    if (factor > 1 && stp_number_parse(copy, &number)) {
        snprintf(buffer, size, "%.0f", number * factor);
        return buffer;
    }
    if (strlen(text) >= sizeof copy)
        return buffer;
    snprintf(copy, sizeof copy, "%s", text);
    /* no-break spaces count as spaces */
    for (char *c = copy; (c = strstr(c, "\xc2\xa0"));) {
        c[0] = ' ';
        memmove(c + 1, c + 2, strlen(c + 2) + 1);
    }
    for (char *group; count < 8 && (group = strsep(&rest, ",_' "));) {
        if (!all_digits(group))
            return buffer;
        groups[count++] = group;
    }
    bool comma = strchr(text, ',') != NULL;
    for (size_t i = 1; i < count && !comma; i++)
        if (strlen(groups[i]) != 3)
            return buffer;
    if (rest || count < 2)
        return buffer;
    join(groups[0], (const char *const *)groups + 1, count - 1, buffer, size);
    return buffer;
}

/* "; write 0.7" for a text that people read as a number; else its odd letter, or "". */
static const char *number_hint(const stp_node *node, char *buffer, size_t size)
{
    char number[80];
    double value;
    buffer[0] = '\0';
    if (node->kind != STP_SCALAR)
        return buffer;
    if (*meant(node->text, number, sizeof number))
        snprintf(buffer, size, "; write %s", number);
    else if (node->quoted && stp_number_parse(node->text, &value))
        snprintf(buffer, size, "; leave out the quotation marks");
    else
        odd_words(node, buffer, size);
    return buffer;
}

/* ---- keys and texts ---- */

int stp_unknown_key(const stp_reader *r, const stp_node *mapping, size_t index,
                    const char *where, const char *const *valid, size_t count)
{
    enum { FEW = 3, ALL_SHOWN = 20 };
    const stp_node *key = mapping->items[2 * index];
    const char *nearest = stp_nearest(key->text, valid, count), *few[FEW];
    char choices[600] = "", odd[120];
    if (stp_is_split(mapping, index))
        return fail_split(r, mapping, index);
    bool many = count > ALL_SHOWN;
    size_t shown = many ? stp_nearest_few(key->text, valid, count, few, FEW) : count;
    for (size_t i = 0, used = 0; !nearest && i < shown && used < sizeof choices; i++)
        used += (size_t)snprintf(choices + used, sizeof choices - used, "%s%s",
                                 i ? ", " : "", many ? few[i] : valid[i]);
    return stp_read_fail(r, key, "unknown key '%.80s' in %s%s; %s%s%s", key->text, where,
                         odd_words(key, odd, sizeof odd),
                         nearest ? "did you mean '"
                         : many  ? "the nearest are: "
                                 : "expected one of: ",
                         nearest ? nearest : choices, nearest ? "'?" : "");
}

int stp_text_read(const stp_reader *r, const char *what, const stp_node *node,
                  char **text)
{
    char words[96];
    if (node->kind != STP_SCALAR)
        return stp_read_fail(r, node, "%s must be a text, not %s", what,
                             stp_node_words(node, words, sizeof words));
    char *copy = stp_copy(node->text);
    if (!copy)
        return stp_no_memory(r->context);
    free(*text);
    *text = copy;
    return STEPPE_OK;
}

static int read_source(const stp_reader *r, const stp_node *node, int *index)
{
    char words[96];
    if (node->kind != STP_SCALAR)
        return stp_read_fail(r, node,
                             "source must be the id of an entry in 'sources', not %s",
                             stp_node_words(node, words, sizeof words));
    return stp_find_source(r, node, node->text, index);
}

/* A note may be copied to every value of a column: it has to be short. */
static int read_note(const stp_reader *r, const stp_node *value, char **note)
{
    enum { MAX_NOTE = 4000 };
    if (value->kind == STP_SCALAR && strlen(value->text) > MAX_NOTE)
        return stp_read_fail(r, value, "a note may have at most %d bytes", MAX_NOTE);
    return stp_text_read(r, "note", value, note);
}

int stp_provenance_read(const stp_reader *r, const stp_node *key, const stp_node *value,
                        stp_quantity *q, bool *known)
{
    static const char *const KINDS[] = {"fact", "claim", "assumption"};
    char words[96];
    *known = true;
    if (strcmp(key->text, "source") == 0)
        return read_source(r, value, &q->source);
    if (strcmp(key->text, "note") == 0)
        return read_note(r, value, &q->note);
    if (strcmp(key->text, "kind") != 0) {
        *known = false;
        return STEPPE_OK;
    }
    for (size_t i = 0; value->kind == STP_SCALAR && i < 3; i++) {
        if (strcmp(value->text, KINDS[i]) == 0) {
            q->kind = (stp_kind)(STP_KIND_FACT + i);
            return STEPPE_OK;
        }
    }
    return stp_read_fail(r, value, "kind must be fact, claim or assumption, not %s",
                         stp_node_words(value, words, sizeof words));
}

static int check_range(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                       double value)
{
    char range[80], number[STP_NUMBER_TEXT];
    if (p->type == STP_INTEGER && value != floor(value))
        return stp_read_fail(r, node, "%s must be a whole number, not %s", p->name,
                             stp_number_text(value, number));

    bool ok = (p->open_low ? value > p->low : value >= p->low) &&
              (p->open_high ? value < p->high : value <= p->high);
    if (ok && isinf(value) && !p->endless)
        return stp_read_fail(r, node, "%s must be a finite number", p->name);
    if (ok)
        return STEPPE_OK;
    return stp_read_fail(r, node, "%s must be in %s%s%s, not %s", p->name,
                         stp_range_words(p, range, sizeof range), *p->unit ? " " : "",
                         p->unit, stp_number_text(value, number));
}

/* A scalar "48", "48 h" or "48h" in the parameter's unit. unit: of the annotation, or NULL. */
static int read_number(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                       const char *unit, double *value)
{
    char words[96], number[64], own[64], hint[120];
    const char *type = p->type == STP_INTEGER ? "a whole number" : "a number";
    if (node->kind != STP_SCALAR || node->quoted)
        return stp_read_fail(r, node, "%s must be %s, not %s%s%s", p->name, type,
                             node->quoted ? "the quoted text " : "",
                             stp_node_words(node, words, sizeof words),
                             number_hint(node, hint, sizeof hint));
    const char *text = node->text;
    size_t digits = strspn(text, "0123456789+-.");
    if (text[digits] == 'e' || text[digits] == 'E') {
        size_t exponent = strspn(text + digits + 1, "0123456789+-");
        if (exponent)
            digits += 1 + exponent;
    }
    if (strcmp(text, ".inf") == 0)
        digits = 4;
    const char *rest = text + digits + strspn(text + digits, " ");
    if (digits >= sizeof number || strlen(rest) >= sizeof own)
        digits = 0;
    snprintf(number, sizeof number, "%.*s", (int)digits, text);
    bool marked = *number_hint(node, hint, sizeof hint) != '\0';
    if (digits == 0 || !stp_number_parse(number, value) || marked)
        return stp_read_fail(r, node, "%s must be %s%s%s%s, not %s%s", p->name, type,
                             *p->unit ? " (" : "", p->unit, *p->unit ? ")" : "",
                             stp_node_words(node, words, sizeof words), hint);
    if (*rest)
        unit = rest;
    double factor = 1;
    if (unit && !stp_unit_factor(unit, p->unit, &factor))
        return stp_read_fail(r, node, "%s cannot be in '%s'; expected %s", p->name, unit,
                             stp_unit_choices(p->unit));
    /* A hundredth is not exact in binary, a division by a hundred is. */
    *value = factor < 1 ? *value / floor(1 / factor + 0.5) : *value * factor;
    return check_range(r, p, node, *value);
}

static int read_choice(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                       double *value)
{
    char text[32][32], words[96], list[600], odd[120];
    const char *choices[32];
    const char *all = p->type == STP_FLAG ? "false|true" : p->words;
    size_t count = stp_choice_count(all);
    for (size_t i = 0; i < count; i++) {
        choices[i] = stp_choice_word(all, i, text[i], sizeof text[i]);
        if (node->kind == STP_SCALAR && strcmp(node->text, choices[i]) == 0) {
            *value = (double)i;
            return STEPPE_OK;
        }
    }
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                 i == 0           ? ""
                                 : i + 1 == count ? " or "
                                                  : ", ",
                                 choices[i]);
    const char *nearest = node->kind == STP_SCALAR
                              ? stp_nearest(node->text, choices, count)
                              : NULL;
    return stp_read_fail(r, node, "%s must be %s, not %s%s%s%s%s", p->name, list,
                         stp_node_words(node, words, sizeof words),
                         nearest ? "; did you mean '" : "", nearest ? nearest : "",
                         nearest ? "'?" : "", odd_words(node, odd, sizeof odd));
}

int stp_scalar_read(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                    const char *unit, double *value)
{
    char words[96], odd[120];
    int64_t minutes;
    switch (p->type) {
    case STP_CHOICE:
    case STP_FLAG: return read_choice(r, p, node, value);
    case STP_DATE:
        if (node->kind != STP_SCALAR || !stp_date_parse(node->text, &minutes))
            return stp_read_fail(r, node,
                                 "%s must be a date such as 2022-01-05 or "
                                 "2022-01-05T16:30, not %s%s",
                                 p->name, stp_node_words(node, words, sizeof words),
                                 odd_words(node, odd, sizeof odd));
        *value = (double)minutes;
        return STEPPE_OK;
    default: return read_number(r, p, node, unit, value);
    }
}

/* Read a list of numbers into its field of the record, and its length into *count. */
static int read_numbers(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                        const char *unit, void *record, double *count)
{
    char words[96];
    if (node->kind != STP_LIST || node->count == 0)
        return stp_read_fail(r, node,
                             "%s must be a list of numbers, such as [1, 2], not %s",
                             p->name,
                             node->kind == STP_LIST
                                 ? "an empty one"
                                 : stp_node_words(node, words, sizeof words));
    double *items = malloc(node->count * sizeof *items);
    if (!items)
        return stp_no_memory(r->context);
    stp_numbers *numbers = stp_numbers_of(record, p);
    free(numbers->items);
    *numbers = (stp_numbers){items, node->count};
    *count = (double)node->count;
    int status = STEPPE_OK;
    for (size_t i = 0; i < node->count && status == STEPPE_OK; i++)
        status = read_number(r, p, node->items[i], unit, &items[i]);
    return status;
}

/* Read a plain value: a number into *value, a list into the record. */
static int read_plain(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                      const char *unit, void *record, double *value)
{
    return p->type == STP_NUMBERS ? read_numbers(r, p, node, unit, record, value)
                                  : stp_scalar_read(r, p, node, unit, value);
}

typedef struct annotation {
    const stp_node *value, *range, *prior, *fallback, *unit, *set;
    bool sourced; /* by the same caller who set the value */
} annotation;

/* `set`, of a value that the caller set: true, or the {kind, source, note} of the value that it replaced. */
static int read_replaced(const stp_reader *r, const stp_node *node, stp_quantity *q)
{
    static const char *const KEYS[] = {"kind", "source", "note"};
    char words[96];
    bool plain = node->kind == STP_SCALAR && strcmp(node->text, "true") == 0;
    if (q->kind != STP_KIND_ASSUMPTION || (!plain && node->kind != STP_MAPPING))
        return stp_read_fail(r, node,
                             "'set' marks an assumption of the caller's, with true or "
                             "with the {kind, source, note} that it replaces, not %s",
                             stp_node_words(node, words, sizeof words));
    free(q->note);
    q->note = NULL;
    q->kind = STP_KIND_UNSTATED;
    q->source = -1;
    q->set = true;
    for (size_t i = 0; !plain && i < node->count; i++) {
        bool known;
        int status = stp_provenance_read(r, node->items[2 * i], node->items[2 * i + 1], q,
                                         &known);
        if (status == STEPPE_OK && !known)
            status = stp_unknown_key(r, node, i, "'set'", KEYS, 3);
        if (status != STEPPE_OK)
            return status;
    }
    return STEPPE_OK;
}

static int read_annotation(const stp_reader *r, const stp_node *node, annotation *a,
                           stp_quantity *q)
{
    static const char *const KEYS[] = {"value", "range", "prior",  "default", "unit",
                                       "set",   "kind",  "source", "note"};
    const stp_node **slots[] = {&a->value,    &a->range, &a->prior,
                                &a->fallback, &a->unit,  &a->set};
    for (size_t i = 0; i < node->count; i++) {
        const stp_node *key = node->items[2 * i], *value = node->items[2 * i + 1];
        bool known = false;
        for (size_t k = 0; k < 6; k++) {
            if (strcmp(key->text, KEYS[k]) == 0) {
                *slots[k] = value;
                known = true;
            }
        }
        a->sourced |= value->setting > 0 && strcmp(key->text, "source") == 0;
        int status = known ? STEPPE_OK : stp_provenance_read(r, key, value, q, &known);
        if (status != STEPPE_OK)
            return status;
        if (!known)
            return stp_unknown_key(r, node, i, "an annotated value", KEYS, 9);
    }
    if (a->value && a->fallback)
        return stp_read_fail(r, a->fallback, "give 'value' or 'default', not both");
    if (!a->value && !a->fallback && !a->range && !a->prior)
        return stp_read_fail(r, node,
                             "an annotated value needs 'value', 'range' or 'prior'");
    return STEPPE_OK;
}

static int read_range(const stp_reader *r, const stp_parameter *p, const annotation *a,
                      const char *unit, stp_quantity *q)
{
    char words[96];
    if (p->type != STP_NUMBER && p->type != STP_INTEGER && p->type != STP_DATE)
        return stp_read_fail(r, a->range, "%s is not a number: it cannot have a range",
                             p->name);
    if (a->range->kind != STP_LIST || a->range->count != 2)
        return stp_read_fail(r, a->range,
                             "range must be a list of two numbers [low, high], "
                             "not %s",
                             stp_node_words(a->range, words, sizeof words));
    int status = stp_scalar_read(r, p, a->range->items[0], unit, &q->low);
    if (status == STEPPE_OK)
        status = stp_scalar_read(r, p, a->range->items[1], unit, &q->high);
    if (status == STEPPE_OK && q->low > q->high)
        status = stp_read_fail(r, a->range,
                               "the low end of the range is above its high end");
    return status;
}

/* The value that a run uses where the annotation states none. */
static double middle(const stp_parameter *p, const stp_quantity *q)
{
    if (q->prior)
        return stp_prior_median(p, q);
    double value = q->low + (q->high - q->low) / 2;
    return p->type == STP_INTEGER || p->type == STP_DATE ? floor(value) : value;
}

static bool is_set(const stp_node *node)
{
    return node && node->setting > 0;
}

static int read_annotated(const stp_reader *r, const stp_parameter *p,
                          const stp_node *node, void *record, stp_quantity *q)
{
    annotation a = {0};
    char words[96];
    int status = read_annotation(r, node, &a, q);
    if (status != STEPPE_OK)
        return status;
    if (a.unit && a.unit->kind != STP_SCALAR)
        return stp_read_fail(r, a.unit, "unit must be a word, not %s",
                             stp_node_words(a.unit, words, sizeof words));
    const char *unit = a.unit ? a.unit->text : NULL;
    if (a.range && (status = read_range(r, p, &a, unit, q)) != STEPPE_OK)
        return status;
    if (a.prior && (status = stp_prior_read(r, p, a.prior, unit, q)) != STEPPE_OK)
        return status;
    const stp_node *value = a.value ? a.value : a.fallback;
    if (value)
        status = read_plain(r, p, value, unit, record, &q->value);
    else
        q->value = middle(p, q);
    if (status != STEPPE_OK)
        return status;
    bool from_outside = is_set(node) || is_set(value) || is_set(a.range) ||
                        is_set(a.prior);
    if (a.set && (status = read_replaced(r, a.set, q)) != STEPPE_OK)
        return status;
    q->set |= from_outside && !a.sourced;
    if (!isnan(q->low) && !q->prior && (q->value < q->low || q->value > q->high))
        return stp_read_fail(r, value, "%s lies outside its own range", p->name);
    if (q->prior && value &&
        (status = stp_prior_check_value(r, p, value, q)) != STEPPE_OK)
        return status;
    if (q->kind == STP_KIND_FACT && q->source < 0 && !q->set)
        return stp_read_fail(r, node, "%s is called a fact but names no source", p->name);
    return STEPPE_OK;
}

static int read_quantity(const stp_reader *r, const stp_parameter *p,
                         const stp_node *node, void *record)
{
    stp_quantity q = {.low = NAN,
                      .high = NAN,
                      .source = -1,
                      .kind = STP_KIND_UNSTATED,
                      .given = true,
                      .set = node->kind == STP_SCALAR && node->setting > 0,
                      .line = node->line,
                      .column = node->column};
    int status = node->kind == STP_MAPPING
                     ? read_annotated(r, p, node, record, &q)
                     : read_plain(r, p, node, NULL, record, &q.value);
    if (status != STEPPE_OK) {
        free(q.note);
        stp_prior_free(q.prior);
        return status;
    }
    *stp_quantity_of(record, p) = q;
    return STEPPE_OK;
}

int stp_id_read(const stp_reader *r, const char *what, const stp_node *node, char **text)
{
    char words[96], odd[120];
    bool valid = node->kind == STP_SCALAR && node->text[0] != '\0' &&
                 strlen(node->text) < 64;
    for (const char *c = node->text; valid && *c; c++)
        valid = isalnum((unsigned char)*c) || *c == '-' || *c == '_';
    if (!valid)
        return stp_read_fail(
            r, node, "%s must be a short name of letters, digits, - and _, not %s%s",
            what, stp_node_words(node, words, sizeof words),
            odd_words(node, odd, sizeof odd));
    return stp_text_read(r, what, node, text);
}

static int read_texts(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                      void *record)
{
    char ***list = (char ***)(void *)stp_string_of(record, p);
    size_t *count = (size_t *)(void *)((char *)record + p->extra);
    if (node->kind != STP_LIST || node->count == 0)
        return stp_read_fail(r, node, "%s must be a list of %s, such as [%s]", p->name,
                             p->type == STP_IDS ? "ids" : "texts",
                             p->type == STP_IDS ? "a, b"
                             : strcmp(p->name, "parameters") == 0
                                 ? "news.reach"
                                 : "\"events.a.enabled=false\"");
    *list = calloc(node->count, sizeof **list);
    if (!*list)
        return stp_no_memory(r->context);
    for (size_t i = 0; i < node->count; i++) {
        int status = p->type == STP_IDS
                         ? stp_id_read(r, p->name, node->items[i], &(*list)[i])
                         : stp_text_read(r, p->name, node->items[i], &(*list)[i]);
        if (status != STEPPE_OK)
            return status;
        *count = i + 1;
    }
    return STEPPE_OK;
}

int stp_value_read(const stp_reader *r, const stp_parameter *p, const stp_node *node,
                   void *record)
{
    if (stp_is_quantity(p->type))
        return read_quantity(r, p, node, record);
    if (stp_is_texts(p->type))
        return read_texts(r, p, node, record);
    if (p->type == STP_ID)
        return stp_id_read(r, p->name, node, stp_string_of(record, p));
    int status = stp_text_read(r, p->name, node, stp_string_of(record, p));
    if (status == STEPPE_OK && p->need == STP_REQUIRED && node->text[0] == '\0')
        return stp_read_fail(r, node, "%s must not be empty", p->name);
    return status;
}
