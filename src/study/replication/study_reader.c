#include "study/replication/study_reader.h"

#include "base/text.h"
#include "scenario/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- nodes ---- */

bool stp_study_keys(stp_study_reader *s, const stp_node *node, const char *where,
                    const char *const *keys)
{
    char words[96];
    size_t count = 0;
    if (!node || node->kind != STP_MAPPING) {
        STP_STUDY_FAIL(s, node ? node : s->yaml.tree->root,
                       "expected a mapping for %s, not %s", where,
                       node ? stp_node_words(node, words, sizeof words) : "nothing");
        return false;
    }
    while (keys[count])
        count++;
    bool known = true;
    for (size_t i = 0; i < node->count; i++) {
        size_t k = 0;
        while (k < count && strcmp(keys[k], node->items[2 * i]->text) != 0)
            k++;
        if (k == count)
            s->status = stp_unknown_key(&s->yaml, node, i, where, keys, count);
        known &= k < count;
    }
    return known;
}

const stp_node *stp_study_need(stp_study_reader *s, const stp_node *mapping,
                               const char *key)
{
    const stp_node *value = stp_node_get(mapping, key);
    if (!value)
        STP_STUDY_FAIL(s, mapping, "the key '%s' is missing", key);
    return value;
}

const char *stp_study_text(stp_study_reader *s, const stp_node *node)
{
    char words[96];
    if (node->kind == STP_SCALAR)
        return node->text;
    STP_STUDY_FAIL(s, node, "expected a text, not %s",
                   stp_node_words(node, words, sizeof words));
    return "";
}

const char *stp_study_text_of(stp_study_reader *s, const stp_node *mapping,
                              const char *key)
{
    const stp_node *value = stp_node_get(mapping, key);
    return value ? stp_study_text(s, value) : NULL;
}

double stp_study_number(stp_study_reader *s, const stp_node *node, double low,
                        double high)
{
    char words[96], ends[2][STP_NUMBER_TEXT];
    double value;
    const char *text = node->kind == STP_SCALAR && !node->quoted ? node->text : "";
    bool minus = strcmp(text, "-.inf") == 0;
    if (stp_number_parse(minus ? text + 1 : text, &value)) {
        value = minus ? -value : value;
        if (value >= low && value <= high)
            return value;
    }
    STP_STUDY_FAIL(s, node, "expected a number from %s to %s, not %s",
                   stp_number_text(low, ends[0]), stp_number_text(high, ends[1]),
                   stp_node_words(node, words, sizeof words));
    return low;
}

double stp_study_number_of(stp_study_reader *s, const stp_node *mapping, const char *key,
                           double low, double high, double fallback)
{
    const stp_node *value = stp_node_get(mapping, key);
    return value ? stp_study_number(s, value, low, high) : fallback;
}

const stp_node *const *stp_study_items(stp_study_reader *s, const stp_node *const *node,
                                       size_t max, size_t *count)
{
    bool list = (*node)->kind == STP_LIST;
    *count = list ? (*node)->count : 1;
    if (*count > max) {
        STP_STUDY_FAIL(s, *node, "a list of %zu items: at most %zu can be read here",
                       *count, max);
        *count = max;
    }
    return list ? (const stp_node *const *)(*node)->items : node;
}

size_t stp_study_numbers(stp_study_reader *s, const stp_node *node, double *numbers,
                         size_t min, size_t max)
{
    size_t count;
    const stp_node *const *items = stp_study_items(s, &node, max, &count);
    for (size_t i = 0; i < count; i++)
        numbers[i] = stp_study_number(s, items[i], -INFINITY, INFINITY);
    if (count < min)
        STP_STUDY_FAIL(s, node, "expected a list of %zu numbers, not of %zu", min, count);
    return count < min ? 0 : count;
}

size_t stp_study_choice(stp_study_reader *s, const stp_node *node, const char *what,
                        const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    const char *nearest = stp_nearest(word, words, count);
    STP_STUDY_FAIL(s, node, "there is no %s '%.60s' here%s%s%s", what, word,
                   nearest ? "; did you mean '" : "", nearest ? nearest : "",
                   nearest ? "'?" : "");
    return 0;
}

void stp_study_each(stp_study_reader *s, const char *key, size_t max,
                    void (*read)(stp_study_reader *s, const stp_node *node))
{
    const stp_node *list = stp_node_get(s->yaml.tree->root, key);
    size_t count = 0;
    const stp_node *const *items = list ? stp_study_items(s, &list, max, &count) : NULL;
    for (size_t i = 0; i < count && s->status != STEPPE_NO_MEMORY; i++) {
        int before = s->status;
        s->status = STEPPE_OK;
        read(s, items[i]);
        s->status = s->status == STEPPE_OK ? before : s->status;
    }
}

/* ---- arms and measures ---- */

stp_arm *const *stp_study_arms(stp_study_reader *s, const stp_node *node,
                               const char *name, size_t *count)
{
    char full[2 * STP_ARM_NAME];
    const char *star = s->variant ? strchr(name, '*') : NULL;
    int before = star ? (int)(star - name) : 0;
    snprintf(full, sizeof full, "%.*s%s%s", before, name, star ? s->variant : "",
             star ? star + 1 : name);
    stp_arm *const *arms = stp_arms_find(s->r, s->study, full, count);
    if (!arms)
        STP_STUDY_FAIL(s, node, "there is no run '%s'", full);
    return arms;
}

size_t stp_study_arms_of(stp_study_reader *s, const stp_node *node, const stp_arm **arms)
{
    size_t count, found, total = 0;
    const stp_node *const *items = stp_study_items(s, &node, STP_MAX_POINTS, &count);
    for (size_t i = 0; i < count; i++) {
        stp_arm *const *these = stp_study_arms(s, items[i], stp_study_text(s, items[i]),
                                               &found);
        if (total + found > STP_MAX_POINTS)
            STP_STUDY_FAIL(s, node, "names more than %d arms", STP_MAX_POINTS);
        for (size_t k = 0; k < found && total < STP_MAX_POINTS; k++)
            arms[total++] = these[k];
    }
    if (count == 0)
        STP_STUDY_FAIL(s, node, "expected the name of a run, not an empty list");
    return total;
}

size_t stp_study_measure(stp_study_reader *s, const stp_arm *arm, const stp_node *node,
                         const char *name)
{
    size_t count;
    const char *const *names = stp_measure_names(arm, &count);
    return stp_study_choice(s, node, "measure", name, names, count);
}

/* ---- points ---- */

void stp_study_points(stp_study_reader *s, const stp_node *mapping, const char *key,
                      stp_points *points)
{
    const stp_arm *arms[STP_MAX_POINTS];
    double doses[2] = {-INFINITY, INFINITY},
           scale = stp_study_number_of(s, mapping, "scale", 0, INFINITY, 1);
    const stp_node *range = stp_node_get(mapping, "doses"),
                   *measure = stp_node_get(mapping, "measure"),
                   *names = stp_study_need(s, mapping, key);
    size_t count = names ? stp_study_arms_of(s, names, arms) : 0;
    points->count = 0;
    if (range)
        stp_study_numbers(s, range, doses, 2, 2);
    for (size_t i = 0; i < count; i++) {
        size_t first = 0, last = arms[i]->width - 1;
        if (measure)
            first = last = stp_study_measure(s, arms[i], measure,
                                             stp_study_text(s, measure));
        else if (arms[i]->kind != STP_ARM_SOLVED) {
            stp_study_need(s, mapping, "measure");
            return;
        }
        if (arms[i]->dose < doses[0] - 1e-9 || arms[i]->dose > doses[1] + 1e-9)
            continue;
        for (size_t m = first; m <= last && points->count < STP_MAX_POINTS; m++) {
            stp_interval mean = stp_arm_mean(arms[i], m);
            mean.estimate *= scale;
            mean.low *= scale;
            mean.high *= scale;
            size_t at = points->count++;
            points->dose[at] = arms[i]->dose;
            points->interval[at] = mean;
            points->mean[at] = mean.estimate;
            points->deviation[at] = stp_arm_deviation(arms[i], m);
        }
    }
}
