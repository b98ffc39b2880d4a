/* Settings: values of a scenario that are replaced from outside, by a dotted path. */
#include "scenario/node.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A setting while it is applied. */
typedef struct work {
    steppe_context *context;
    stp_tree *tree;
    char label[160]; /* "--set KEY=VALUE", for messages */
} work;

/* The item of a list that a part of a path names: by its id, or its number from 1. */
static stp_node **find_item(const stp_node *list, const char *name)
{
    size_t digits = strspn(name, "0123456789");
    unsigned long number = name[digits] == '\0' ? strtoul(name, NULL, 10) : 0;
    for (size_t i = 0; i < list->count; i++) {
        const stp_node *id = stp_node_get(list->items[i], "id");
        bool named = id && id->kind == STP_SCALAR && strcmp(id->text, name) == 0;
        if (named || number == i + 1)
            return &list->items[i];
    }
    return NULL;
}

static stp_node **find_pair(const stp_node *mapping, const char *name)
{
    for (size_t i = 0; i < mapping->count; i++)
        if (strcmp(mapping->items[2 * i]->text, name) == 0)
            return &mapping->items[2 * i + 1];
    return NULL;
}

static int fail_item(const work *w, const stp_node *list, const char *name)
{
    const char *ids[256];
    size_t count = 0;
    for (size_t i = 0; i < list->count && count < 256; i++) {
        const stp_node *id = stp_node_get(list->items[i], "id");
        if (id && id->kind == STP_SCALAR)
            ids[count++] = id->text;
    }
    const char *nearest = stp_nearest(name, ids, count);
    return stp_fail(w->context, STEPPE_BAD_SCENARIO,
                    "%s: nothing is called '%s' there%s%s%s", w->label, name,
                    nearest ? "; did you mean '" : "", nearest ? nearest : "",
                    nearest ? "'?" : "");
}

/* The slot of the value at a dotted path; `path` is cut at its dots. */
static int find_slot(const work *w, char *path, stp_node ***slot)
{
    *slot = &w->tree->root;
    char *rest = path;
    for (char *name; (name = strsep(&rest, "."));) {
        if (!**slot || (**slot)->kind == STP_SCALAR || !*name)
            return stp_fail(w->context, STEPPE_BAD_SCENARIO,
                            "%s: '%s' leads nowhere; expected KEY=VALUE with a key "
                            "such as citizens.legitimacy or events.ID.enabled",
                            w->label, name);
        int status = stp_tree_own(w->context, w->tree, *slot);
        stp_node *node = **slot, **next = NULL;
        if (status == STEPPE_OK && node->kind == STP_LIST) {
            next = find_item(node, name);
            status = next ? STEPPE_OK : fail_item(w, node, name);
        } else if (status == STEPPE_OK) {
            next = find_pair(node, name);
            if (!next)
                status = stp_tree_add_pair(w->context, w->tree, node, name, &next);
        }
        if (status != STEPPE_OK)
            return status;
        *slot = next;
    }
    return STEPPE_OK;
}

static int apply(const work *w, const char *setting)
{
    const char *equals = strchr(setting, '=');
    if (!equals || equals == setting)
        return stp_fail(w->context, STEPPE_BAD_SCENARIO,
                        "%s: expected KEY=VALUE, such as citizens.legitimacy=0.8",
                        w->label);
    char *path = stp_copy(setting);
    if (!path)
        return stp_no_memory(w->context);
    path[equals - setting] = '\0';
    stp_node **slot = NULL, *value = NULL;
    int status = stp_text_clean(path)
                     ? find_slot(w, path, &slot)
                     : stp_fail(w->context, STEPPE_BAD_SCENARIO,
                                "--set: the key is not text in UTF-8, or has control "
                                "characters");
    free(path);
    if (status == STEPPE_OK)
        status = stp_tree_read(w->context, w->tree, w->label, equals + 1, &value);
    if (status == STEPPE_OK && !value)
        return stp_fail(w->context, STEPPE_BAD_SCENARIO, "%s: there is no value",
                        w->label);
    if (status == STEPPE_OK && slot)
        *slot = value;
    return status;
}

int stp_tree_set(steppe_context *context, stp_tree *tree, size_t index)
{
    const stp_setting *setting = &tree->settings[index];
    work w = {.context = context, .tree = tree};
    snprintf(w.label, sizeof w.label, "%s %.140s", setting->from, setting->text);
    tree->setting = (unsigned)index + 1;
    return apply(&w, setting->text);
}
