#include "scenario/causes.h"

#include "scenario/node.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

/* "NAME: PATHS" into its name and paths; false if it is nothing of the kind. */
static bool split(const char *text, char name[STP_CAUSE_NAME], const char **paths)
{
    const char *colon = strchr(text, ':');
    size_t length = colon ? (size_t)(colon - text) : 0;
    if (length == 0 || length >= STP_CAUSE_NAME || colon[1] != ' ' || colon[2] == '\0' ||
        strchr(colon, '='))
        return false;
    snprintf(name, STP_CAUSE_NAME, "%.*s", (int)length, text);
    *paths = colon + 2;
    return true;
}

static bool matches(const char *paths, const char *setting)
{
    char key[512];
    snprintf(key, sizeof key, "%.*s", (int)strcspn(setting, "="), setting);
    return fnmatch(paths, key, 0) == 0;
}

/* Add a name unless it is there; its place, STP_MAX_CAUSES if there are too many. */
static size_t place_of(char names[STP_MAX_CAUSES][STP_CAUSE_NAME], size_t *count,
                       const char *name)
{
    size_t at = 0;
    while (at < *count && strcmp(names[at], name) != 0)
        at++;
    if (at == *count && at < STP_MAX_CAUSES)
        snprintf(names[(*count)++], STP_CAUSE_NAME, "%s", name);
    return at;
}

size_t stp_cause_names(const stp_question *q, char names[STP_MAX_CAUSES][STP_CAUSE_NAME])
{
    size_t count = 0;
    char name[STP_CAUSE_NAME];
    const char *paths;
    for (size_t i = 0; i < q->cause_count; i++)
        if (split(q->causes[i], name, &paths))
            place_of(names, &count, name);
    return count;
}

/* hits: how many of the causes the setting belongs to. */
static size_t find_cause(const stp_question *q, const char *setting, size_t *hits)
{
    char names[STP_MAX_CAUSES][STP_CAUSE_NAME], name[STP_CAUSE_NAME];
    const char *paths;
    size_t count = 0, found = 0;
    *hits = 0;
    for (size_t i = 0; i < q->cause_count; i++) {
        if (!split(q->causes[i], name, &paths))
            continue;
        size_t at = place_of(names, &count, name);
        if (!matches(paths, setting) || (*hits > 0 && at == found))
            continue;
        found = at;
        ++*hits;
    }
    return found;
}

size_t stp_cause_of(const stp_question *q, const char *setting)
{
    size_t hits;
    return find_cause(q, setting, &hits);
}

static int reject(const stp_reader *r, size_t index, const char *words, const char *what)
{
    return stp_read_fail_in(r, STP_QUESTIONS, index, "causes", words, what);
}

int stp_check_causes(const stp_reader *r, size_t index)
{
    const stp_question *q = &r->scenario->questions[index];
    char names[STP_MAX_CAUSES][STP_CAUSE_NAME], name[STP_CAUSE_NAME];
    size_t count = 0, used[STP_MAX_CAUSES + 1] = {0}, hits;
    const char *paths;
    if (q->cause_count == 0)
        return STEPPE_OK;
    for (size_t i = 0; i < q->cause_count; i++) {
        if (!split(q->causes[i], name, &paths))
            return reject(r, index,
                          "a cause is 'NAME: PATHS', such as 'price: "
                          "events.lpg-*', not '%.80s'",
                          q->causes[i]);
        if (place_of(names, &count, name) == STP_MAX_CAUSES)
            return reject(r, index, "at most four causes: '%.60s' is the fifth", name);
    }
    for (size_t i = 0; i < q->change_count; i++) {
        size_t at = find_cause(q, q->change[i], &hits);
        if (hits != 1)
            return reject(r, index,
                          hits ? "the change '%.200s' belongs to more than one cause"
                               : "the change '%.200s' belongs to no cause",
                          q->change[i]);
        used[at]++;
    }
    for (size_t k = 0; k < count; k++)
        if (used[k] == 0)
            return reject(r, index, "no setting of the change belongs to '%.60s'",
                          names[k]);
    return count < 2 ? reject(r, index, "one cause, '%.60s', has no other to share with",
                              names[0])
                     : STEPPE_OK;
}
