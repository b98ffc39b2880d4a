/* Compares the observations of regions and weeks with an ensemble. An observation says that a region had unrest
 * in a week if its period lies within the week, and
 * - it counts units with unrest, and is as high as the number of its units; or
 * - it counts residents in the street, of districts in one region, and is at least outcome.unrest_share of
 *   their residents. */
#include "study/risk/risk.h"

#include <math.h>
#include <stdlib.h>

/* The week (from 0) of an observation; the number of weeks if its period does not lie in one. */
static size_t week_of(const steppe_risk *r, const stp_observation *o)
{
    double week = floor(o->begins / 168 + 1e-9);
    bool within = o->ends <= (week + 1) * 168 + 1e-6 && week >= 0 &&
                  week < (double)r->facts.weeks;
    return within ? (size_t)week : r->facts.weeks;
}

/* The regions of an observation; *residents: of its districts. */
static size_t regions_of(const steppe_risk *r, const stp_observation *o, bool *regions,
                         double *residents)
{
    size_t count = 0;
    *residents = 0;
    for (size_t k = 0; k < r->facts.regions; k++)
        regions[k] = false;
    for (size_t i = 0; i < r->scenario->district_count; i++) {
        int region = stp_region_of(r->scenario, i);
        if (!o->where[i] || region < 0)
            continue;
        *residents += (double)stp_district_residents(r->scenario, i);
        count += !regions[region];
        regions[region] = true;
    }
    return count;
}

/* The least value that means unrest in its regions; INFINITY: none does. */
static double threshold(const steppe_risk *r, const stp_observation *o, size_t regions,
                        double residents)
{
    switch ((stp_observable)(size_t)o->measure.value) {
    case STP_OBSERVABLE_UNITS_WITH_UNREST: return regions ? (double)regions : INFINITY;
    case STP_OBSERVABLE_TURNOUT:
    case STP_OBSERVABLE_PARTICIPANTS:
        return regions == 1 ? r->facts.unrest_share * residents : INFINITY;
    default: return INFINITY;
    }
}

/* Is it about some of the regions, but without a week, or not of unrest? */
static bool is_undated(const steppe_risk *r, const stp_observation *o, size_t regions)
{
    return regions < r->facts.regions && o->wanted > 0 &&
           (size_t)o->measure.value != STP_OBSERVABLE_NONE;
}

static void add(steppe_risk *r, const stp_observation *o, size_t week, size_t region,
                bool sure)
{
    static const char *const CONFIDENCE[] = {"high", "medium", "low"};
    for (size_t i = 0; i < r->record_count; i++) {
        steppe_risk_record *old = &r->records[i];
        if (old->week == week + 1 && old->id == stp_region_id(r->scenario, region)) {
            old->sure = old->sure || sure;
            return;
        }
    }
    size_t hits = 0, n = r->facts.replicates;
    for (size_t i = 0; i < n; i++)
        hits += r->values[(i * r->facts.weeks + week) * r->facts.regions + region].unrest;
    stp_interval risk = stp_share_interval(hits, n);
    r->records[r->record_count++] = (steppe_risk_record){
        .observation = o->id,
        .title = o->title,
        .confidence = CONFIDENCE[(size_t)o->confidence.value],
        .kind = stp_kind_word(o->value.given ? o->value.kind : STP_KIND_UNSTATED),
        .id = stp_region_id(r->scenario, region),
        .name = stp_region_name(r->scenario, region),
        .week = week + 1,
        .sure = sure,
        .risk = risk.estimate,
        .low = risk.low,
        .high = risk.high};
}

/* Pairs without unrest at the low end of the observation's range. */
static size_t doubt(const stp_observation *o, size_t regions)
{
    if (isnan(o->low) || o->low >= o->wanted)
        return 0;
    double missing = (double)regions - o->low;
    return (size_t)o->measure.value == STP_OBSERVABLE_UNITS_WITH_UNREST && missing > 0
               ? (size_t)ceil(missing)
               : 0;
}

static int by_risk(const void *a, const void *b)
{
    const steppe_risk_record *x = a, *y = b;
    return (x->risk < y->risk) - (x->risk > y->risk);
}

/* The score of the pairs; the worst: if there was no unrest in the doubtful ones of highest risk. */
static int score(steppe_risk *r)
{
    steppe_risk_record_facts *f = &r->record;
    size_t n = f->named = r->record_count, left = f->doubtful;
    steppe_risk_record *sorted = malloc((n + 1) * sizeof *sorted);
    f->brier = f->brier_worst = NAN;
    if (!sorted)
        return stp_no_memory(r->context);
    for (size_t i = 0; i < n; i++)
        sorted[i] = r->records[i];
    qsort(sorted, n, sizeof *sorted, by_risk);
    double sum = 0, worst = 0;
    for (size_t i = 0; i < n; i++) {
        double p = sorted[i].risk;
        bool doubted = left > 0 && !sorted[i].sure;
        left -= doubted;
        sum += (p - 1) * (p - 1);
        worst += doubted ? fmax(p * p, (p - 1) * (p - 1)) : (p - 1) * (p - 1);
        f->hits += p >= 0.5;
        bool region_is_new = true, week_is_new = true;
        for (size_t k = 0; k < i; k++) {
            region_is_new = region_is_new && sorted[k].id != sorted[i].id;
            week_is_new = week_is_new && sorted[k].week != sorted[i].week;
        }
        f->regions += region_is_new;
        f->weeks += week_is_new;
    }
    if (n > 0) {
        f->brier = sum / (double)n;
        f->brier_worst = worst / (double)n;
    }
    free(sorted);
    return STEPPE_OK;
}

int stp_risk_recall(steppe_risk *r)
{
    const steppe_scenario *s = r->scenario;
    size_t n = r->facts.regions;
    bool *regions = calloc(n + 1, sizeof *regions);
    r->records = calloc(r->facts.weeks * n + 1, sizeof *r->records);
    for (size_t i = 0; regions && r->records && i < s->observation_count; i++) {
        const stp_observation *o = &s->observations[i];
        double residents;
        size_t week = week_of(r, o), of = regions_of(r, o, regions, &residents);
        double least = threshold(r, o, of, residents);
        if (week == r->facts.weeks || !(o->wanted >= least)) {
            r->record.undated += is_undated(r, o, of);
            continue;
        }
        bool sure = isnan(o->low) || o->low >= least;
        for (size_t k = 0; k < n; k++)
            if (regions[k])
                add(r, o, week, k, sure);
        size_t doubtful = doubt(o, of);
        r->record.doubtful = doubtful > r->record.doubtful ? doubtful
                                                           : r->record.doubtful;
    }
    bool whole = regions && r->records;
    free(regions);
    return whole ? score(r) : stp_no_memory(r->context);
}
