/* The file of registrations, read and written. */
#include "study/questions/registration.h"

#include "base/file.h"
#include "base/output.h"
#include "base/text.h"
#include "scenario/node.h"
#include "scenario/unit.h"
#include "scenario/write.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

enum { FORMAT = 1 };

/* ---- digest of a registration, so that a change by hand is seen ---- */

static void add_part(stp_text *all, const char *name, const char *value)
{
    if (value)
        stp_text_add(all, "%s: %s\n", name, value);
}

static int digest_of(steppe_context *context, const stp_registered *r, uint64_t *digest)
{
    stp_text all = {0};
    add_part(&all, "id", r->id);
    add_part(&all, "registered", r->date);
    add_part(&all, "runs_before", r->runs_before);
    for (size_t k = 0; k < STP_REGISTERED_FIELDS; k++)
        add_part(&all, STP_REGISTERED[k].word, r->design.values[k]);
    for (size_t i = 0; i < r->revision_count; i++) {
        const stp_registered_revision *v = &r->revisions[i];
        add_part(&all, "date", v->date);
        add_part(&all, "runs_before", v->runs_before);
        for (size_t k = 0; k < v->count; k++) {
            add_part(&all, "field", v->changes[k].field);
            add_part(&all, "registered", v->changes[k].registered);
            add_part(&all, "now", v->changes[k].now);
        }
    }
    if (!all.failed)
        *digest = XXH64(all.data, all.length, 0);
    int status = all.failed ? stp_no_memory(context) : STEPPE_OK;
    stp_text_free(&all);
    return status;
}

/* ---- reading ---- */

typedef struct reader {
    steppe_context *context;
    stp_tree tree;
    stp_registrations *all;
} reader;

static int reject(const reader *r, const stp_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int reject(const reader *r, const stp_node *node, const char *format, ...)
{
    char words[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    stp_fail(r->context, STEPPE_BAD_SCENARIO, "%.300s:%u:%u: %s", r->all->path,
             node->line, node->column, words);
    return STEPPE_BAD_SCENARIO;
}

/* A mapping whose keys are all known. known: ends with NULL. what: "a registration". */
static int check_mapping(const reader *r, const stp_node *node, const char *what,
                         const char *const *known)
{
    char words[100];
    size_t count = 0;
    if (node->kind != STP_MAPPING)
        return reject(r, node, "expected %s, not %s", what,
                      stp_node_words(node, words, sizeof words));
    while (known[count])
        count++;
    for (size_t i = 0; i < node->count; i++) {
        const stp_node *key = node->items[2 * i];
        size_t k = 0;
        while (k < count && strcmp(known[k], key->text) != 0)
            k++;
        const char *near = k < count ? NULL : stp_nearest(key->text, known, count);
        if (k == count)
            return reject(r, key, "%s has no key '%.60s'%s%s%s", what, key->text,
                          near ? "; is it '" : "", near ? near : "", near ? "'?" : "");
    }
    return STEPPE_OK;
}

/* A text of a mapping, which the caller frees; *text stays NULL if it is not there and may be missing. */
static int read_text(const reader *r, const stp_node *mapping, const char *key, bool must,
                     char **text)
{
    const stp_node *node = stp_node_get(mapping, key);
    char words[100];
    if (!node)
        return must ? reject(r, mapping, "expected the key '%s'", key) : STEPPE_OK;
    if (node->kind != STP_SCALAR)
        return reject(r, node, "'%s': expected a text, not %s", key,
                      stp_node_words(node, words, sizeof words));
    *text = stp_copy(node->text);
    if (*text)
        return STEPPE_OK;
    stp_no_memory(r->context);
    return STEPPE_NO_MEMORY;
}

static int read_date(const reader *r, const stp_node *mapping, const char *key,
                     char **date)
{
    int64_t minutes;
    int status = read_text(r, mapping, key, true, date);
    if (status == STEPPE_OK &&
        (strlen(*date) != strlen("2022-01-06") || !stp_date_parse(*date, &minutes)))
        return reject(r, stp_node_get(mapping, key),
                      "'%s': expected a day such as 2022-01-06, not '%.40s'", key, *date);
    return status;
}

static int read_items(const reader *r, const stp_node *node, const char *key,
                      char **value)
{
    stp_text all = {0};
    char words[100];
    if (node->kind != STP_LIST)
        return reject(r, node, "'%s': expected a list, not %s", key,
                      stp_node_words(node, words, sizeof words));
    for (size_t i = 0; i < node->count; i++) {
        const stp_node *item = node->items[i];
        if (item->kind != STP_SCALAR) {
            stp_text_free(&all);
            return reject(r, item, "'%s': expected a setting, not %s", key,
                          stp_node_words(item, words, sizeof words));
        }
        if (i > 0)
            stp_text_add(&all, "%c", STP_REGISTERED_BREAK);
        stp_text_add(&all, "%s", item->text);
    }
    if (all.failed)
        stp_text_free(&all);
    *value = all.data;
    return all.failed ? stp_no_memory(r->context) : STEPPE_OK;
}

static int read_design(const reader *r, const stp_node *question,
                       stp_registered_design *design)
{
    const char *known[STP_REGISTERED_FIELDS + 1] = {NULL};
    const stp_node *node = stp_node_get(question, "design");
    if (!node)
        return reject(r, question, "expected the key 'design'");
    for (size_t k = 0; k < STP_REGISTERED_FIELDS; k++)
        known[k] = STP_REGISTERED[k].word;
    int status = check_mapping(r, node, "a design", known);
    for (size_t k = 0; k < STP_REGISTERED_FIELDS && status == STEPPE_OK; k++) {
        const stp_node *value = stp_node_get(node, known[k]);
        if (!STP_REGISTERED[k].list)
            status = read_text(r, node, known[k], false, &design->values[k]);
        else if (value)
            status = read_items(r, value, known[k], &design->values[k]);
    }
    return status;
}

static int read_change(const reader *r, const stp_node *node, stp_registered_change *c)
{
    static const char *const KNOWN[] = {"field", "registered", "now", NULL};
    int status = check_mapping(r, node, "a change", KNOWN);
    if (status == STEPPE_OK)
        status = read_text(r, node, "field", true, &c->field);
    if (status == STEPPE_OK)
        status = read_text(r, node, "registered", true, &c->registered);
    return status == STEPPE_OK ? read_text(r, node, "now", true, &c->now) : status;
}

/* The items of a list below a key, as zeroed records; *list: NULL without the key. */
static int begin_list(const reader *r, const stp_node *mapping, const char *key,
                      size_t size, const stp_node **list, void **records, size_t *count)
{
    char words[100];
    *list = stp_node_get(mapping, key);
    if (!*list)
        return STEPPE_OK;
    if ((*list)->kind != STP_LIST)
        return reject(r, *list, "'%s': expected a list, not %s", key,
                      stp_node_words(*list, words, sizeof words));
    *records = calloc((*list)->count + 1, size);
    *count = *records ? (*list)->count : 0;
    if (*records)
        return STEPPE_OK;
    stp_no_memory(r->context);
    return STEPPE_NO_MEMORY;
}

static int read_revision(const reader *r, const stp_node *node,
                         stp_registered_revision *v)
{
    static const char *const KNOWN[] = {"date", "runs_before", "changes", NULL};
    const stp_node *list = NULL;
    void *changes = NULL;
    int status = check_mapping(r, node, "a revision", KNOWN);
    if (status == STEPPE_OK)
        status = read_date(r, node, "date", &v->date);
    if (status == STEPPE_OK)
        status = read_text(r, node, "runs_before", true, &v->runs_before);
    if (status == STEPPE_OK)
        status = begin_list(r, node, "changes", sizeof *v->changes, &list, &changes,
                            &v->count);
    v->changes = changes;
    for (size_t k = 0; k < v->count && status == STEPPE_OK; k++)
        status = read_change(r, list->items[k], &v->changes[k]);
    return status;
}

static int check_digest(const reader *r, const stp_node *node, const stp_registered *q)
{
    char *text = NULL, now[32];
    uint64_t digest = 0;
    int status = read_text(r, node, "digest", true, &text);
    if (status == STEPPE_OK)
        status = digest_of(r->context, q, &digest);
    snprintf(now, sizeof now, "%016llx", (unsigned long long)digest);
    if (status == STEPPE_OK && strcmp(text, now) != 0)
        status = reject(r, node,
                        "the registration of '%.60s' was changed by hand or is damaged "
                        "(its digest is %s, not %.40s): restore the file, as by 'git "
                        "checkout'",
                        q->id, now, text);
    free(text);
    return status;
}

static int read_question(const reader *r, const stp_node *node, stp_registered *q)
{
    static const char *const KNOWN[] = {"id",     "registered", "runs_before",
                                        "design", "revisions",  "digest",
                                        NULL};
    const stp_node *list = NULL;
    void *revisions = NULL;
    int status = check_mapping(r, node, "a registration", KNOWN);
    q->line = node->line;
    if (status == STEPPE_OK)
        status = read_text(r, node, "id", true, &q->id);
    if (status == STEPPE_OK && stp_registrations_find(r->all, q->id) != q)
        status = reject(r, node, "the question '%.60s' is registered twice", q->id);
    if (status == STEPPE_OK)
        status = read_date(r, node, "registered", &q->date);
    if (status == STEPPE_OK)
        status = read_text(r, node, "runs_before", true, &q->runs_before);
    if (status == STEPPE_OK)
        status = read_design(r, node, &q->design);
    if (status == STEPPE_OK)
        status = begin_list(r, node, "revisions", sizeof *q->revisions, &list, &revisions,
                            &q->revision_count);
    q->revisions = revisions;
    for (size_t k = 0; k < q->revision_count && status == STEPPE_OK; k++)
        status = read_revision(r, list->items[k], &q->revisions[k]);
    return status == STEPPE_OK ? check_digest(r, node, q) : status;
}

static int refuse_foreign(const stp_registrations *all, steppe_context *context)
{
    return stp_fail(context, STEPPE_BAD_SCENARIO,
                    "%.300s:1: expected a file of registrations, which 'steppe ask "
                    "--register' writes",
                    all->path);
}

static int read_head(const reader *r, const stp_node *root)
{
    static const char *const KNOWN[] = {"registrations", "scenario", "questions", NULL};
    const stp_node *format = root && root->kind == STP_MAPPING
                                 ? stp_node_get(root, "registrations")
                                 : NULL;
    char *scenario = NULL;
    if (!format)
        return refuse_foreign(r->all, r->context);
    if (format->kind != STP_SCALAR || strcmp(format->text, "1") != 0)
        return reject(r, format,
                      "expected 'registrations: %d', the format that this "
                      "Steppe reads",
                      FORMAT);
    int status = check_mapping(r, root, "a file of registrations", KNOWN);
    if (status == STEPPE_OK)
        status = read_text(r, root, "scenario", true, &scenario);
    if (status == STEPPE_OK && r->all->scenario &&
        strcmp(scenario, r->all->scenario) != 0)
        status = reject(r, stp_node_get(root, "scenario"),
                        "holds registrations of '%.80s', not of '%.80s'", scenario,
                        r->all->scenario);
    free(scenario);
    return status;
}

/* Nothing but blanks and comments, which the reader of YAML would call an empty scenario. */
static bool is_empty(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '#')
            while (i < size && bytes[i] != '\n')
                i++;
        else if (!strchr(" \n\r", bytes[i]) || bytes[i] == '\0')
            return false;
    }
    return true;
}

int stp_registrations_parse(steppe_context *context, const void *bytes, size_t size,
                            stp_registrations *registrations)
{
    reader r = {.context = context, .all = registrations};
    const stp_node *list = NULL;
    void *questions = NULL;
    if (is_empty(bytes, size))
        return refuse_foreign(registrations, context);
    int status = stp_tree_parse(context, registrations->path, bytes, size, &r.tree);
    const stp_node *root = status == STEPPE_OK ? r.tree.root : NULL;
    if (status == STEPPE_OK)
        status = read_head(&r, root);
    if (status == STEPPE_OK && !stp_node_get(root, "questions"))
        status = reject(&r, root, "expected the key 'questions'");
    if (status == STEPPE_OK)
        status = begin_list(&r, root, "questions", sizeof *registrations->all, &list,
                            &questions, &registrations->count);
    registrations->all = questions;
    for (size_t k = 0; k < registrations->count && status == STEPPE_OK; k++)
        status = read_question(&r, list->items[k], &registrations->all[k]);
    stp_tree_free(&r.tree);
    return status;
}

/* "FOLDER/town.registered.yaml" of "FOLDER/town.yaml". */
static char *path_of(const char *scenario_file)
{
    const char *slash = strrchr(scenario_file, '/'),
               *name = slash ? slash + 1 : scenario_file, *dot = strrchr(name, '.');
    bool yaml = dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
    stp_text path = {0};
    stp_text_add(&path, "%.*s.registered.yaml",
                 (int)(yaml ? (size_t)(dot - scenario_file) : strlen(scenario_file)),
                 scenario_file);
    if (!path.failed)
        return path.data;
    stp_text_free(&path);
    return NULL;
}

static int read_file(steppe_context *context, const char *path, stp_text *bytes)
{
    FILE *file;
    char part[4096];
    int status = stp_file_open(context, path, &file);
    if (status != STEPPE_OK)
        return status;
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;) {
        stp_text_append(bytes, part, n);
        if (bytes->length > STP_MAX_FILE)
            break;
    }
    if (ferror(file))
        status = stp_fail(context, STEPPE_CANNOT_READ, "%.800s: cannot be read", path);
    else if (bytes->length > STP_MAX_FILE)
        status = stp_fail(context, STEPPE_BAD_SCENARIO,
                          "%.800s: larger than %d MiB: not a file of registrations", path,
                          STP_MAX_FILE >> 20);
    fclose(file);
    return bytes->failed ? stp_no_memory(context) : status;
}

int stp_registrations_read(steppe_context *context, const char *scenario_file,
                           stp_registrations *registrations)
{
    const char *slash = strrchr(scenario_file, '/');
    stp_text bytes = {0};
    *registrations = (stp_registrations){path_of(scenario_file),
                                         stp_copy(slash ? slash + 1 : scenario_file),
                                         NULL, 0};
    if (!registrations->path || !registrations->scenario)
        return stp_no_memory(context);
    if (access(registrations->path, F_OK) != 0)
        return STEPPE_OK;
    int status = read_file(context, registrations->path, &bytes);
    if (status == STEPPE_OK)
        status = stp_registrations_parse(context, bytes.data ? bytes.data : "",
                                         bytes.length, registrations);
    stp_text_free(&bytes);
    return status;
}

/* ---- writing ---- */

static void write_item(stp_text *out, const char *before, const char *text, size_t length)
{
    char *copy = strndup(text, length);
    out->failed = out->failed || !copy;
    stp_text_add(out, "%s", before);
    if (copy)
        stp_quote_yaml(out, copy);
    stp_text_add(out, "\n");
    free(copy);
}

static void write_text(stp_text *out, const char *before, const char *text)
{
    write_item(out, before, text, strlen(text));
}

static void write_list(stp_text *out, const char *items)
{
    const char separator[] = {STP_REGISTERED_BREAK, '\0'};
    for (;;) {
        size_t length = strcspn(items, separator);
        write_item(out, "        - ", items, length);
        if (!items[length])
            return;
        items += length + 1;
    }
}

static void write_design(stp_text *out, const stp_registered_design *design)
{
    stp_text_add(out, "    design:\n");
    for (size_t k = 0; k < STP_REGISTERED_FIELDS; k++) {
        const char *value = design->values[k];
        if (!value)
            continue;
        stp_text_add(out, "      %s:%s", STP_REGISTERED[k].word,
                     STP_REGISTERED[k].list ? "\n" : " ");
        if (STP_REGISTERED[k].list)
            write_list(out, value);
        else
            write_text(out, "", value);
    }
}

static void write_revisions(stp_text *out, const stp_registered *q)
{
    if (q->revision_count > 0)
        stp_text_add(out, "    revisions:\n");
    for (size_t i = 0; i < q->revision_count; i++) {
        const stp_registered_revision *v = &q->revisions[i];
        write_text(out, "      - date: ", v->date);
        write_text(out, "        runs_before: ", v->runs_before);
        stp_text_add(out, "        changes:\n");
        for (size_t k = 0; k < v->count; k++) {
            write_text(out, "          - field: ", v->changes[k].field);
            write_text(out, "            registered: ", v->changes[k].registered);
            write_text(out, "            now: ", v->changes[k].now);
        }
    }
}

static int write_all(steppe_context *context, const stp_registrations *all, stp_text *out)
{
    int status = STEPPE_OK;
    stp_text_add(out, STP_MARK_YAML
                 "# Commit it before the first run. To change a registration, change the "
                 "scenario, and\n"
                 "# register again with --force: what changed is kept here.\n");
    stp_text_add(out, "registrations: %d\n", FORMAT);
    write_text(out, "scenario: ", all->scenario);
    stp_text_add(out, "%s", all->count ? "questions:\n" : "questions: []\n");
    for (size_t i = 0; i < all->count && status == STEPPE_OK; i++) {
        const stp_registered *q = &all->all[i];
        uint64_t digest = 0;
        status = digest_of(context, q, &digest);
        write_text(out, "  - id: ", q->id);
        write_text(out, "    registered: ", q->date);
        write_text(out, "    runs_before: ", q->runs_before);
        write_design(out, &q->design);
        write_revisions(out, q);
        stp_text_add(out, "    digest: \"%016llx\"\n", (unsigned long long)digest);
    }
    return out->failed ? stp_no_memory(context) : status;
}

static int write_bytes(FILE *file, const void *user)
{
    const stp_text *text = user;
    return fwrite(text->data, 1, text->length, file) != text->length;
}

int stp_registrations_write(steppe_context *context,
                            const stp_registrations *registrations)
{
    stp_text text = {0};
    int status = write_all(context, registrations, &text);
    if (status == STEPPE_OK)
        status = stp_output_write(context, registrations->path, STP_OUTPUT_YAML,
                                  write_bytes, &text);
    stp_text_free(&text);
    return status;
}

/* ---- freeing ---- */

static void clear_revision(stp_registered_revision *v)
{
    for (size_t k = 0; k < v->count; k++) {
        free(v->changes[k].field);
        free(v->changes[k].registered);
        free(v->changes[k].now);
    }
    free(v->changes);
    free(v->date);
    free(v->runs_before);
}

void stp_registered_clear(stp_registered *registered)
{
    for (size_t i = 0; i < registered->revision_count; i++)
        clear_revision(&registered->revisions[i]);
    free(registered->revisions);
    free(registered->id);
    free(registered->date);
    free(registered->runs_before);
    stp_registered_design_clear(&registered->design);
    *registered = (stp_registered){.id = NULL};
}

void stp_registrations_clear(stp_registrations *registrations)
{
    for (size_t i = 0; i < registrations->count; i++)
        stp_registered_clear(&registrations->all[i]);
    free(registrations->all);
    free(registrations->path);
    free(registrations->scenario);
    *registrations = (stp_registrations){.count = 0};
}

stp_registered *stp_registrations_find(const stp_registrations *registrations,
                                       const char *id)
{
    for (size_t i = 0; i < registrations->count; i++)
        if (registrations->all[i].id && strcmp(registrations->all[i].id, id) == 0)
            return &registrations->all[i];
    return NULL;
}
