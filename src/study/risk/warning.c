#include "study/risk/warning.h"

#include "world/geography.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool unrest(const stp_runs *r, size_t run, size_t week, size_t region)
{
    return r->values[(run * r->weeks + week) * r->regions + region].unrest;
}

/* ---- near regions ---- */

/* The least distance between districts of each pair of regions. */
static void measure(const steppe_scenario *s, size_t n, double *least)
{
    for (size_t i = 0; i < n * n; i++)
        least[i] = INFINITY;
    for (size_t i = 0; i < s->district_count; i++)
        for (size_t k = 0; k < s->district_count; k++) {
            const stp_district_spec *x = &s->districts[i], *y = &s->districts[k];
            int a = stp_region_of(s, i), b = stp_region_of(s, k);
            if (a < 0 || b < 0 || a == b || !x->latitude.given || !y->latitude.given)
                continue;
            double *pair = &least[(size_t)a * n + (size_t)b];
            *pair = fmin(*pair, stp_distance_km(x->latitude.value, x->longitude.value,
                                                y->latitude.value, y->longitude.value));
        }
}

int stp_regions_near(const steppe_scenario *s, bool *near)
{
    size_t n = stp_region_count(s);
    double *least = malloc((n * n + 1) * sizeof *least);
    if (!least)
        return -1;
    measure(s, n, least);
    memset(near, 0, n * n * sizeof *near);
    for (size_t a = 0; a < n; a++)
        for (int rank = 0; rank < STP_NEAREST; rank++) {
            size_t best = n;
            for (size_t b = 0; b < n; b++)
                if (!near[a * n + b] && isfinite(least[a * n + b]) &&
                    (best == n || least[a * n + b] < least[a * n + best]))
                    best = b;
            if (best < n)
                near[a * n + best] = true;
        }
    free(least);
    return 0;
}

size_t stp_state_of(const stp_runs *r, const bool *near, size_t run, size_t week,
                    size_t region)
{
    size_t others = 0;
    for (size_t k = 0; k < r->regions; k++) {
        if (k == region || !unrest(r, run, week, k))
            continue;
        size_t now = near[region * r->regions + k] ? 2 : 1;
        others = now > others ? now : others;
    }
    return 3 * (size_t)unrest(r, run, week, region) + others;
}

/* ---- training ---- */

typedef struct share {
    double hits, cases;
} share;

/* Shares of the training runs; one block. */
typedef struct lesson {
    share all, *regions, *weeks, *region_weeks; /* [week * regions + region] */
    share states[STP_STATES], *state_weeks;     /* [week * STP_STATES + state] */
} lesson;

static void count(share *s, bool happened)
{
    s->hits += happened;
    s->cases++;
}

static int learn_from(const stp_runs *r, const bool *near, size_t first, size_t last,
                      lesson *l)
{
    share *block = calloc(r->regions + r->weeks * (1 + r->regions + STP_STATES) + 1,
                          sizeof *block);
    *l = (lesson){.regions = block};
    if (!block)
        return -1;
    l->weeks = block + r->regions;
    l->region_weeks = l->weeks + r->weeks;
    l->state_weeks = l->region_weeks + r->weeks * r->regions;
    for (size_t i = 0; i < r->count; i++)
        for (size_t w = first + 1; w <= last; w++)
            for (size_t k = 0; k < r->regions; k++) {
                size_t state = stp_state_of(r, near, i, w - 1, k);
                bool came = unrest(r, i, w, k);
                count(&l->all, came);
                count(&l->regions[k], came);
                count(&l->weeks[w], came);
                count(&l->region_weeks[w * r->regions + k], came);
                count(&l->states[state], came);
                count(&l->state_weeks[w * STP_STATES + state], came);
            }
    return 0;
}

/* The share, or a coarser one without cases. */
static double of(share s, double otherwise)
{
    return s.cases > 0 ? s.hits / s.cases : otherwise;
}

/* ---- evaluation ---- */

static int allocate(stp_forecast_trials *t, const stp_runs *test, size_t weeks)
{
    size_t count = test->count * weeks * test->regions;
    t->runs = test->count;
    t->happened = malloc(count * sizeof *t->happened + 1);
    t->run = malloc(count * sizeof *t->run + 1);
    bool whole = t->happened && t->run;
    for (int f = 0; f < STP_FORECAST_COUNT; f++) {
        t->forecasts[f] = malloc(count * sizeof(double) + 1);
        whole = whole && t->forecasts[f];
    }
    return whole ? 0 : -1;
}

static void add_case(stp_forecast_trials *t, const lesson *l, size_t regions, size_t week,
                     size_t region, size_t state)
{
    double all = of(l->all, 0), by_state = of(l->states[state], all);
    const double values[STP_FORECAST_COUNT] = {
        [STP_FORECAST_CLIMATE] = all,
        [STP_FORECAST_REGION] = of(l->regions[region], all),
        [STP_FORECAST_WEEK] = of(l->weeks[week], all),
        [STP_FORECAST_REGION_WEEK] = of(l->region_weeks[week * regions + region], all),
        [STP_FORECAST_STATE] = by_state,
        [STP_FORECAST_STATE_WEEK] = of(l->state_weeks[week * STP_STATES + state],
                                       by_state),
    };
    for (int f = 0; f < STP_FORECAST_COUNT; f++)
        t->forecasts[f][t->count] = values[f];
}

/* How often unrest followed each state. Returns 0, or -1 when out of memory. */
static int share_states(const stp_runs *r, const bool *near, size_t first, size_t last,
                        bool trained, stp_state_share *states)
{
    size_t count = r->count * (last - first) * r->regions, i = 0;
    bool *happened = malloc(count + 1), *among = malloc(count + 1);
    size_t *run = malloc((count + 1) * sizeof *run),
           *state = malloc((count + 1) * sizeof *state);
    int bad = happened && among && run && state ? 0 : -1;
    for (size_t g = 0; !bad && g < r->count; g++)
        for (size_t w = first + 1; w <= last; w++)
            for (size_t k = 0; k < r->regions; k++, i++) {
                happened[i] = unrest(r, g, w, k);
                run[i] = g;
                state[i] = stp_state_of(r, near, g, w - 1, k);
            }
    const stp_cases cases = {NULL, happened, run, count, r->count};
    for (size_t s = 0; s < STP_STATES && !bad; s++) {
        for (i = 0; i < count; i++)
            among[i] = state[i] == s;
        bad = stp_grouped_share(&cases, among,
                                trained ? &states[s].trained : &states[s].evaluated);
    }
    free(happened);
    free(among);
    free(run);
    free(state);
    return bad;
}

int stp_forecast_trials_make(const stp_runs *learn, const stp_runs *test,
                             const bool *near, size_t first, size_t last,
                             stp_forecast_trials *t)
{
    lesson l = {.regions = NULL};
    *t = (stp_forecast_trials){.count = 0};
    int bad = allocate(t, test, last - first);
    if (!bad)
        bad = learn_from(learn, near, first, last, &l);
    for (size_t i = 0; !bad && i < test->count; i++)
        for (size_t w = first + 1; w <= last; w++)
            for (size_t k = 0; k < test->regions; k++) {
                add_case(t, &l, test->regions, w, k,
                         stp_state_of(test, near, i, w - 1, k));
                t->happened[t->count] = unrest(test, i, w, k);
                t->run[t->count++] = i;
            }
    if (!bad)
        bad = share_states(learn, near, first, last, true, t->states);
    if (!bad)
        bad = share_states(test, near, first, last, false, t->states);
    free(l.regions);
    return bad;
}

void stp_forecast_trials_clear(stp_forecast_trials *t)
{
    for (int f = 0; f < STP_FORECAST_COUNT; f++)
        free(t->forecasts[f]);
    free(t->happened);
    free(t->run);
    *t = (stp_forecast_trials){.count = 0};
}

stp_cases stp_forecast_trials_cases(const stp_forecast_trials *t, stp_forecast forecast)
{
    return (stp_cases){t->forecasts[forecast], t->happened, t->run, t->count, t->runs};
}
