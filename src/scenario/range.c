#include "scenario/range.h"

#include "base/text.h"
#include "scenario/model.h"

#include <math.h>
#include <stdlib.h>

bool stp_range_is_drawn(const stp_quantity *q)
{
    return !isnan(q->low) && q->low < q->high && q->kind != STP_KIND_FACT;
}

typedef struct finder {
    stp_range *ranges;
    size_t count, capacity;
} finder;

static int add(finder *f, const stp_parameter *p, const stp_quantity *q, const char *id)
{
    if (f->count == f->capacity) {
        f->capacity = f->capacity * 2 + 32;
        stp_range *ranges = realloc(f->ranges, f->capacity * sizeof *ranges);
        if (!ranges)
            return STEPPE_NO_MEMORY;
        f->ranges = ranges;
    }
    stp_text path = {0};
    stp_text_add(&path, "%s.%s%s%s", STP_SECTIONS[p->section].name, id ? id : "",
                 id ? "." : "", p->name);
    stp_range *range = &f->ranges[f->count++];
    *range = (stp_range){path.data, p,      stp_quantity_kind(q),
                         q->value,  q->low, q->high,
                         q->prior,  0,      1};
    if (q->prior)
        stp_prior_part(q->prior, q->low, q->high, &range->from, &range->to);
    return path.failed ? STEPPE_NO_MEMORY : STEPPE_OK;
}

static int add_record(finder *f, const steppe_scenario *s, stp_section section,
                      void *record, const char *id)
{
    int status = STEPPE_OK;
    for (const stp_parameter *p = stp_section_parameters(section);
         p->section == section && status == STEPPE_OK; p++) {
        bool varies = p->type == STP_NUMBER || p->type == STP_INTEGER ||
                      p->type == STP_DATE;
        if (!varies || !stp_model_uses(s, p))
            continue;
        const stp_quantity *q = stp_quantity_of(record, p);
        if (stp_range_is_drawn(q))
            status = add(f, p, q, id);
    }
    return status;
}

int stp_ranges_find(steppe_context *context, const steppe_scenario *s, stp_range **ranges,
                    size_t *count)
{
    finder f = {0};
    int status = STEPPE_OK;
    for (stp_section k = STP_TIME; k < STP_UNITS && status == STEPPE_OK; k++)
        status = add_record(&f, s, k, (void *)s, NULL);
    for (stp_section k = STP_UNITS; k < STP_SECTION_COUNT; k++) {
        /* of the draws, and what is compared: no causes */
        if (k == STP_CORRELATIONS || k == STP_BIASES || k == STP_OBSERVED)
            continue;
        for (size_t i = 0; i < stp_list_count(s, k) && status == STEPPE_OK; i++)
            status = add_record(&f, s, k, stp_list_record(s, k, i), stp_list_id(s, k, i));
    }
    *ranges = f.ranges;
    *count = f.count;
    if (status == STEPPE_OK)
        return STEPPE_OK;
    stp_ranges_free(f.ranges, f.count);
    *ranges = NULL;
    *count = 0;
    return stp_no_memory(context);
}

void stp_ranges_free(stp_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(ranges[i].path);
    free(ranges);
}

double stp_range_at(const stp_range *range, double part)
{
    double value = range->prior ? stp_prior_quantile(range->prior,
                                                     range->from +
                                                         (range->to - range->from) * part)
                                : range->low + (range->high - range->low) * part;
    value = fmin(fmax(value, range->low), range->high);
    if (range->parameter->type != STP_NUMBER)
        value = fmin(fmax(floor(value + 0.5), ceil(range->low)), floor(range->high));
    return value;
}

/* The part below a value of the distribution before it is rounded. */
static double part_below(const stp_range *range, double value)
{
    double low = range->low, high = range->high, part;
    if (range->prior)
        part = (stp_prior_at(range->prior, value) - range->from) /
               (range->to - range->from);
    else
        part = (value - low) / (high - low);
    return part > 0 ? fmin(part, 1) : 0; /* 0 also if the range is a point */
}

double stp_range_part(const stp_range *range, double value)
{
    bool rounded = range->parameter->type != STP_NUMBER &&
                   !(range->prior && range->prior->kind == STP_PRIOR_CHOICES);
    if (!rounded)
        return part_below(range, value);
    double below = value <= ceil(range->low) ? 0 : part_below(range, value - 0.5),
           above = value >= floor(range->high) ? 1 : part_below(range, value + 0.5);
    return below + (above - below) / 2;
}

void stp_range_narrow(stp_range *range, double part)
{
    if (part >= 1) /* the ends exactly as they are written */
        return;
    const stp_prior *d = range->prior;
    if (!d) {
        range->low = range->value - (range->value - range->low) * part;
        range->high = range->value + (range->high - range->value) * part;
        return;
    }
    double at = stp_prior_at(d, range->value);
    at = fmin(fmax(at, range->from), range->to);
    range->from = at - (at - range->from) * part;
    range->to = at + (range->to - at) * part;
    double low = stp_prior_quantile(d, range->from),
           high = stp_prior_quantile(d, range->to);
    range->low = fmax(range->low, fmin(low, range->value));
    range->high = fmin(range->high, fmax(high, range->value));
}

char *stp_range_setting(const stp_range *range, double value)
{
    char text[64];
    stp_text setting = {0};
    stp_text_add(&setting, "%s=%s", range->path,
                 stp_value_text(range->parameter, value, text, sizeof text));
    if (!setting.failed)
        return setting.data;
    stp_text_free(&setting);
    return NULL;
}
