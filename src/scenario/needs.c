#include "scenario/needs.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static bool reaches(const char *setting, const char *path)
{
    size_t length = strcspn(setting, "="), own = strlen(path);
    return length <= own ? strncmp(setting, path, length) == 0 &&
                               (path[length] == '.' || path[length] == '\0')
                         : strncmp(setting, path, own) == 0 && setting[own] == '.';
}

bool stp_settings_reach(char *const *settings, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++)
        if (reaches(settings[i], path))
            return true;
    return false;
}

bool stp_question_sets(const steppe_scenario *s, const char *path)
{
    for (size_t i = 0; i < s->question_count; i++) {
        const stp_question *q = &s->questions[i];
        if (stp_settings_reach(q->base, q->base_count, path) ||
            stp_settings_reach(q->change, q->change_count, path) ||
            stp_settings_reach(q->placebo, q->placebo_count, path) ||
            stp_settings_reach(q->positive_control, q->positive_control_count, path) ||
            (q->driver && reaches(q->driver, path)))
            return true;
    }
    return false;
}

bool stp_caller_sets(const steppe_scenario *s, const char *path)
{
    return stp_settings_reach(s->settings, s->setting_count, path);
}

const stp_event *stp_setting_event(const steppe_scenario *s, const char *setting)
{
    if (strncmp(setting, "events.", 7) != 0)
        return NULL;
    size_t length = strcspn(setting + 7, ".=");
    for (size_t i = 0; i < s->event_count; i++)
        if (strlen(s->events[i].id) == length &&
            strncmp(s->events[i].id, setting + 7, length) == 0)
            return &s->events[i];
    return NULL;
}

bool stp_is_always(const steppe_scenario *s, const stp_quantity *q, double value,
                   const char *path)
{
    bool ranges = !isnan(q->low) && (q->low != value || q->high != value);
    return q->value == value && !ranges && !q->set && !stp_question_sets(s, path);
}

bool stp_is_off(const steppe_scenario *s, const char *path)
{
    const stp_parameter *p = stp_parameter_at(path);
    const stp_quantity *q = stp_quantity_of((void *)(uintptr_t)s, p);
    return stp_is_always(s, q, 0, path);
}

/* The first parameter that is always off; "" for other districts; NULL if all needs are met. */
static const char *missing(const steppe_scenario *s, const stp_needs *n)
{
    for (int k = 0; k < STP_MAX_NEEDS && n->parameters[k]; k++)
        if (stp_is_off(s, n->parameters[k]))
            return n->parameters[k];
    return n->elsewhere && s->district_count < 2 ? "" : NULL;
}

void stp_reason_add(char *buffer, size_t size, const char *words)
{
    size_t used = strlen(buffer);
    if (!strstr(buffer, words))
        snprintf(buffer + used, size - used, "%s%s", used ? ", " : "", words);
}

const char *stp_needs_missing(const steppe_scenario *s, const stp_needs *needs,
                              char *buffer, size_t size)
{
    char words[80];
    buffer[0] = '\0';
    for (int k = 0; k < STP_MAX_ALTERNATIVES && needs[k].parameters[0]; k++) {
        const char *path = missing(s, &needs[k]);
        if (!path) {
            buffer[0] = '\0';
            return buffer;
        }
        const stp_parameter *p = *path ? stp_parameter_at(path) : NULL;
        snprintf(words, sizeof words, "%s is %s", path,
                 p && p->type == STP_FLAG ? "false" : "0");
        if (p)
            stp_reason_add(buffer, size, words);
    }
    return buffer;
}
