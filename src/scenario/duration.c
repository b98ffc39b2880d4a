#include "scenario/duration.h"

#include "scenario/model.h"

#include <math.h>
#include <stdio.h>

enum { DAY = 24 };

uint64_t stp_span_count(stp_span span, double hours, double step_hours)
{
    double count = span == STP_SPAN_CUT       ? floor(hours / step_hours + 1e-9)
                   : span == STP_SPAN_NEAREST ? floor(hours / step_hours + 0.5)
                   : span == STP_SPAN_PARTS   ? fmax(floor(hours / step_hours + 0.5), 1)
                   : span == STP_SPAN_DAYS    ? ceil(hours / DAY - 1e-9)
                                              : 0;
    return isinf(hours) ? UINT64_MAX : count < 1e15 ? (uint64_t)count : (uint64_t)1e15;
}

static bool is_counted(stp_span span)
{
    return span == STP_SPAN_CUT || span == STP_SPAN_NEAREST || span == STP_SPAN_DAYS;
}

/* The step or day that a time is counted in, in hours. */
static double unit_of(stp_span span, double step_hours)
{
    return span == STP_SPAN_DAYS ? DAY : step_hours;
}

/* Is the mechanism on that a time belongs to? */
static bool is_in_use(const steppe_scenario *s, const stp_parameter *p)
{
    const stp_parameter *enabled = stp_parameter_find(p->section, "enabled");
    if (stp_parameter_find(STP_CITIZENS, "lifetime") == p)
        return s->top.rules.value == STP_EPSTEIN_2;
    return p->section >= STP_UNITS || !enabled ||
           stp_quantity_of((void *)(uintptr_t)s, enabled)->value != 0;
}

static bool has_value(const stp_parameter *p, const stp_quantity *q)
{
    return q->given || p->need == STP_OPTIONAL;
}

static int check_one(const stp_reader *r, const stp_parameter *p)
{
    steppe_scenario *s = r->scenario;
    const stp_quantity *q = stp_quantity_of(s, p);
    double unit = unit_of(p->span, s->time.step.value);
    char shortest[32];
    if (!has_value(p, q) || !is_in_use(s, p) || q->value == 0 || q->value >= unit - 1e-9)
        return STEPPE_OK;
    snprintf(shortest, sizeof shortest, "%g h", unit);
    return stp_read_fail(
        r,
        q->given ? stp_node_in(r, p->section, p->name) : stp_node_in(r, STP_TIME, "step"),
        "%s.%s is %g h%s; it is counted in whole %s%s%s%s, and shorter than one: give at "
        "least %s%s",
        STP_SECTIONS[p->section].name, p->name, q->value, q->given ? "" : " by default",
        p->span == STP_SPAN_DAYS ? "days" : "steps",
        p->span == STP_SPAN_DAYS ? "" : " (time.step: ",
        p->span == STP_SPAN_DAYS ? "" : shortest, p->span == STP_SPAN_DAYS ? "" : ")",
        shortest, p->low == 0 && !p->open_low ? ", or 0" : "");
}

int stp_check_durations(const stp_reader *r)
{
    int status = STEPPE_OK;
    for (const stp_parameter *p = STP_PARAMETERS; p->section < STP_UNITS; p++)
        if (is_counted(p->span) && status == STEPPE_OK)
            status = stp_may_continue(r, check_one(r, p));
    return status;
}

int steppe_scenario_rounded(const steppe_scenario *s, size_t index,
                            steppe_rounded_time *time)
{
    if (stp_model_of(s) != STP_STREET)
        return STEPPE_BAD_ARGUMENT;
    for (const stp_parameter *p = STP_PARAMETERS; p->section < STP_UNITS; p++) {
        if (!is_counted(p->span))
            continue;
        const stp_quantity *q = stp_quantity_of((void *)(uintptr_t)s, p);
        double unit = unit_of(p->span, s->time.step.value);
        uint64_t count = stp_span_count(p->span, q->value, s->time.step.value);
        if (!has_value(p, q) || !is_in_use(s, p) || isinf(q->value) ||
            fabs((double)count * unit - q->value) < 1e-6 || index-- > 0)
            continue;
        *time = (steppe_rounded_time){.section = STP_SECTIONS[p->section].name,
                                      .name = p->name,
                                      .hours = q->value,
                                      .count = count,
                                      .unit = unit};
        return STEPPE_OK;
    }
    return STEPPE_BAD_ARGUMENT;
}
