/* Which parameters vary, and in which groups. */
#include "base/normal.h"
#include "base/text.h"
#include "scenario/parameter_group.h"
#include "scenario/scenario.h"
#include "study/sensitivity/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An index of this size has to be told from one of 0, at this error in all (Holm). */
static const double SMALLEST = 0.3, ERROR = 0.05;

/* Morris: that a group has larger effects than the dummy in every trajectory has probability 2^-r by chance alone.
 * Sobol: the standard error of an index S, from N rows, is at most some sqrt(2 S / N). PAWN: Smirnov's bound on the
 * distance between a slice of N / slices points and all of them. */
size_t stp_sensitivity_least(steppe_sensitivity_method method, size_t groups,
                             size_t slices)
{
    double k = (double)groups, least;
    if (method == STEPPE_MORRIS) {
        least = log2(k / ERROR);
    } else if (method == STEPPE_SOBOL) {
        double z = stp_normal_inverse(1 - ERROR / (2 * k));
        least = 2 * z * z / SMALLEST;
    } else {
        double tests = k * (double)slices;
        least = ((double)slices + 1) * log(2 * tests / ERROR) / (2 * SMALLEST * SMALLEST);
    }
    return (size_t)ceil(least);
}

size_t stp_sensitivity_length(const steppe_sensitivity *s)
{
    return s->method == STEPPE_MORRIS  ? s->factors.groups + 1
           : s->method == STEPPE_SOBOL ? s->factors.groups + 2
                                       : 1;
}

/* ---- parameters ---- */

/* Is a path this one, or does it begin with it? "events.a" begins "events.a.b", not "events.ab.c". */
static bool begins(const char *path, const char *with)
{
    size_t length = strlen(with);
    return strncmp(path, with, length) == 0 &&
           (path[length] == '\0' || path[length] == '.');
}

static bool is_chosen(const char *path, const steppe_sensitivity_options *o)
{
    bool chosen = o->vary_count == 0;
    for (size_t i = 0; i < o->vary_count && !chosen; i++)
        chosen = begins(path, o->vary[i]);
    return chosen;
}

/* The path, or the section, that may have been meant; NULL if none is near. */
static const char *nearest(const steppe_sensitivity *s, const char *name,
                           const char **paths)
{
    const char *sections[STP_SECTION_COUNT];
    for (size_t i = 0; i < s->range_count; i++)
        paths[i] = s->ranges[i].path;
    for (int k = 0; k < STP_SECTION_COUNT; k++)
        sections[k] = STP_SECTIONS[k].name;
    const char *near = stp_nearest(name, paths, s->range_count);
    return near ? near : stp_nearest(name, sections, STP_SECTION_COUNT);
}

static int refuse_name(steppe_context *context, const steppe_sensitivity *s,
                       const char *name)
{
    char shown[200];
    const char **paths = calloc(s->range_count + 1, sizeof *paths);
    if (!paths)
        return stp_no_memory(context);
    const char *near = nearest(s, name, paths);
    int status = stp_fail(context, STEPPE_BAD_ARGUMENT,
                          "%s: no parameter with a range is called '%s' or begins with "
                          "it%s%s%s; 'steppe describe' lists them",
                          s->scenario->file, steppe_show_line(name, shown, sizeof shown),
                          near ? "; did you mean '" : "", near ? near : "",
                          near ? "'?" : "");
    free(paths);
    return status;
}

static int check_names(steppe_context *context, const steppe_sensitivity *s,
                       const steppe_sensitivity_options *o)
{
    for (size_t i = 0; i < o->vary_count; i++) {
        size_t k = 0;
        while (k < s->range_count && !begins(s->ranges[k].path, o->vary[i]))
            k++;
        if (k == s->range_count)
            return refuse_name(context, s, o->vary[i]);
    }
    return STEPPE_OK;
}

/* Keep the ranges that vary. */
static int find_ranges(steppe_context *context, steppe_sensitivity *s,
                       const steppe_sensitivity_options *o)
{
    int status = stp_ranges_find(context, s->scenario, &s->ranges, &s->range_count);
    if (status == STEPPE_OK && s->range_count == 0)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "%s: no value has a range to be drawn from", s->scenario->file);
    if (status == STEPPE_OK)
        status = check_names(context, s, o);
    size_t kept = 0;
    for (size_t i = 0; status == STEPPE_OK && i < s->range_count; i++) {
        if (is_chosen(s->ranges[i].path, o))
            s->ranges[kept++] = s->ranges[i];
        else
            free(s->ranges[i].path);
    }
    if (status == STEPPE_OK)
        s->range_count = kept;
    return status;
}

/* ---- groups ---- */

/* How much of a path names its group. */
static size_t name_length(const char *path, steppe_sensitivity_groups how)
{
    if (how == STEPPE_GROUPS_NONE)
        return strlen(path);
    const char *first = strchr(path, '.'), *last = strrchr(path, '.');
    const char *end = how == STEPPE_GROUPS_SECTION ? first : last;
    return end ? (size_t)(end - path) : strlen(path);
}

/* The group of that name, which is made if it is new; -1: out of memory. */
static int find_group(steppe_sensitivity *s, const char *name, size_t length,
                      size_t *group)
{
    for (*group = 0; *group < s->factors.groups; ++*group)
        if (s->groups[*group] && strlen(s->groups[*group]) == length &&
            memcmp(s->groups[*group], name, length) == 0)
            return 0;
    char *copy = calloc(length + 1, 1);
    if (!copy)
        return -1;
    memcpy(copy, name, length);
    s->groups[s->factors.groups++] = copy;
    return 0;
}

/* Put each range that a group of the scenario names into it, and all others into groups by their paths. */
static int make_groups(steppe_context *context, steppe_sensitivity *s,
                       steppe_sensitivity_groups how)
{
    stp_parameter_group *stated = NULL;
    size_t count = 0, n = s->range_count;
    const char **names = calloc(n + 1, sizeof *names);
    int status = !names ? stp_no_memory(context)
                 : how == STEPPE_GROUPS_NONE
                     ? STEPPE_OK
                     : stp_parameter_groups_find(context, s->scenario, s->ranges, n,
                                                 STP_UNGROUPED_LEFT_OUT, &stated, &count);
    for (size_t g = 0; status == STEPPE_OK && g < count; g++)
        for (size_t i = 0; i < stated[g].count; i++)
            names[stated[g].members[i]] = stated[g].name;
    for (size_t i = 0; status == STEPPE_OK && i < n; i++) {
        const char *name = names[i] ? names[i] : s->ranges[i].path;
        size_t length = names[i] ? strlen(name) : name_length(name, how);
        if (find_group(s, name, length, &s->group_of[i]) != 0)
            status = stp_no_memory(context);
    }
    stp_parameter_groups_free(stated, count);
    free(names);
    return status;
}

int stp_sensitivity_choose(steppe_context *context, steppe_sensitivity *s,
                           const steppe_sensitivity_options *o)
{
    int status = find_ranges(context, s, o);
    if (status != STEPPE_OK)
        return status;
    size_t n = s->range_count;
    s->groups = calloc(n + 1, sizeof *s->groups);
    s->group_of = calloc(n + 1, sizeof *s->group_of);
    if (!s->groups || !s->group_of)
        return stp_no_memory(context);
    status = make_groups(context, s, o->groups);
    if (status == STEPPE_OK)
        status = stp_copula_create(context, s->scenario, s->ranges, n, &s->copula);
    if (status != STEPPE_OK)
        return status;
    s->facts.parameters = n;
    s->facts.groups = s->factors.groups;
    s->group_of[n] = s->factors.groups;
    s->groups[s->factors.groups] = stp_copy("dummy");
    if (!s->groups[s->factors.groups])
        return stp_no_memory(context);
    s->factors.groups++;
    s->factors.count = n + 1;
    s->factors.group = s->group_of;
    return STEPPE_OK;
}
