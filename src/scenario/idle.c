#include "scenario/idle.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ---- what may be other than it is ---- */

/* Does a setting replace the value at a path, or something that holds it? */
static bool touches(const char *setting, const char *path)
{
    size_t length = strcspn(setting, "="), own = strlen(path);
    return length <= own ? strncmp(setting, path, length) == 0 &&
                               (path[length] == '.' || path[length] == '\0')
                         : strncmp(setting, path, own) == 0 && setting[own] == '.';
}

static bool any_touches(char *const *settings, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++)
        if (touches(settings[i], path))
            return true;
    return false;
}

bool stp_is_asked(const steppe_scenario *s, const char *path)
{
    for (size_t i = 0; i < s->question_count; i++) {
        const stp_question *q = &s->questions[i];
        if (any_touches(q->base, q->base_count, path) ||
            any_touches(q->change, q->change_count, path) ||
            any_touches(q->placebo, q->placebo_count, path) ||
            any_touches(q->positive_control, q->positive_control_count, path) ||
            (q->driver && touches(q->driver, path)))
            return true;
    }
    return false;
}

bool stp_is_set(const steppe_scenario *s, const char *path)
{
    return any_touches(s->settings, s->setting_count, path);
}

bool stp_is_idle(const steppe_scenario *s, const stp_quantity *q, double idle,
                 const char *path)
{
    bool ranges = !isnan(q->low) && (q->low != idle || q->high != idle);
    return q->value == idle && !ranges && !q->set && !stp_is_asked(s, path);
}

bool stp_path_idle(const steppe_scenario *s, const char *path)
{
    const stp_parameter *p = stp_parameter_at(path);
    const stp_quantity *q = stp_quantity_of((void *)(uintptr_t)s, p);
    return stp_is_idle(s, q, 0, path);
}

/* ---- what effects need ---- */

/* What is missing for a way: the first of its needs that is idle; NULL if nothing is. */
static const char *missing(const steppe_scenario *s, const stp_way *w)
{
    for (int k = 0; k < STP_MAX_NEEDS && w->needs[k]; k++)
        if (stp_path_idle(s, w->needs[k]))
            return w->needs[k];
    return w->elsewhere && s->place_count < 2 ? "" : NULL;
}

void stp_idle_add(char *buffer, size_t size, const char *words)
{
    size_t used = strlen(buffer);
    if (!strstr(buffer, words))
        snprintf(buffer + used, size - used, "%s%s", used ? ", " : "", words);
}

const char *stp_idle_needs(const steppe_scenario *s, const stp_way *ways, char *buffer,
                           size_t size)
{
    char words[80];
    buffer[0] = '\0';
    for (int k = 0; k < STP_MAX_WAYS && ways[k].needs[0]; k++) {
        const char *path = missing(s, &ways[k]);
        if (!path) {
            buffer[0] = '\0';
            return buffer;
        }
        const stp_parameter *p = *path ? stp_parameter_at(path) : NULL;
        snprintf(words, sizeof words, "%s is %s", path,
                 p && p->type == STP_FLAG ? "false" : "0");
        if (p)
            stp_idle_add(buffer, size, words);
    }
    return buffer;
}
