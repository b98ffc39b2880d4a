#include "study/probe.h"

#include "engine/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { OUTBURST = 50, CALM = 10, BEFORE = 5, TRUNCATED = 30 };

typedef struct mean {
    double sum;
    size_t n;
} mean;

static void add(mean *m, double value)
{
    m->sum += value;
    m->n++;
}

static double mean_of(const mean *m)
{
    return m->n ? m->sum / (double)m->n : NAN;
}

typedef struct probe {
    stp_outbursts outbursts;
    mean active, detained, calm, near, far, before, quiet, excess;
    uint64_t killed, peak_step, last_detained, tipped, officers_then, extinct;
    int victor;
    double tension[BEFORE]; /* of the last steps outside outbursts, a ring ... */
    size_t tensions; /* ... and how many have been put there since the last outburst */
    unsigned looks;
    double *actives, *detaineds;
    const steppe_run *run;
    /* of the look under way */
    uint8_t *officers; /* one a cell: there is one */
    size_t count;
    double grievance, aversion;
} probe;

/* ---- looks at everyone ---- */

static void find_officers(const steppe_agent *a, void *user)
{
    probe *p = user;
    if (a->officer)
        p->officers[a->row * p->run->world->districts[0].width + a->column] = 1;
}

static bool sees_officer(const probe *p, const steppe_agent *a)
{
    const stp_district *d = &p->run->world->districts[0];
    for (uint32_t i = 0; i < d->citizen_disc.count; i++) {
        int x = ((int)a->column + d->citizen_disc.dx[i] + (int)d->width) % (int)d->width;
        int y = ((int)a->row + d->citizen_disc.dy[i] + (int)d->height) % (int)d->height;
        if (p->officers[(uint32_t)y * d->width + (uint32_t)x])
            return true;
    }
    return false;
}

static double grievance_of(const probe *p, const steppe_agent *a)
{
    return a->hardship * (1 - p->run->conditions[0].legitimacy / 65536.0);
}

static void look_near(const steppe_agent *a, void *user)
{
    probe *p = user;
    if (!a->officer && grievance_of(p, a) > p->run->scenario->citizens.threshold.value)
        add(sees_officer(p, a) ? &p->near : &p->far, a->active);
}

static void look_tension(const steppe_agent *a, void *user)
{
    probe *p = user;
    if (a->officer || a->active)
        return;
    p->count++;
    p->grievance += grievance_of(p, a);
    p->aversion += a->risk_aversion;
}

/* Mean grievance times their number over mean risk aversion. */
static double tension_now(probe *p)
{
    p->count = 0;
    p->grievance = p->aversion = 0;
    steppe_run_look(p->run, 0, look_tension, p);
    return p->aversion > 0 ? p->grievance * (double)p->count / p->aversion : 0;
}

/* Steps outside outbursts: those that turn out to be the last ones before one count as before. */
static void follow_tension(probe *p, bool began)
{
    size_t held = p->tensions < BEFORE ? p->tensions : BEFORE;
    if (began || p->outbursts.within) {
        for (size_t i = 0; i < held; i++)
            add(&p->before, p->tension[i]);
        p->tensions = 0;
        return;
    }
    double *slot = &p->tension[p->tensions % BEFORE];
    if (p->tensions >= BEFORE)
        add(&p->quiet, *slot);
    *slot = tension_now(p);
    p->tensions++;
}

/* ---- steps ---- */

static void follow_outbursts(probe *p, uint64_t active, uint64_t step, uint64_t officers)
{
    size_t count = p->outbursts.count, waited = p->outbursts.waits,
           pauses = p->outbursts.pauses;
    uint64_t peak = p->outbursts.peak;
    stp_outbursts_add(&p->outbursts, active);
    bool began = p->outbursts.count > count;
    if (p->outbursts.peak > peak)
        p->peak_step = step;
    if (began && p->tipped == 0) {
        p->tipped = step;
        p->officers_then = officers;
    }
    if (p->outbursts.pauses > pauses && p->outbursts.waits - waited > TRUNCATED)
        add(&p->excess, (double)(p->outbursts.waits - waited - TRUNCATED));
    if (p->looks & STP_LOOK_TENSION)
        follow_tension(p, began);
}

static int observe(const steppe_run *run, void *user)
{
    probe *p = user;
    const steppe_counts *c = steppe_run_counts(run);
    uint64_t step = steppe_run_step(run);
    p->run = run;
    if (p->actives) {
        p->actives[step - 1] = (double)c->active;
        p->detaineds[step - 1] = (double)c->detained;
    }
    add(&p->active, (double)c->active);
    add(&p->detained, (double)c->detained);
    add(&p->calm, c->active < CALM);
    p->last_detained = c->detained;
    p->killed += c->killed;
    follow_outbursts(p, c->active, step, c->officers);
    if (p->looks & STP_LOOK_NEAR) {
        memset(p->officers, 0, run->world->districts[0].cells);
        steppe_run_look(run, 0, find_officers, p);
        steppe_run_look(run, 0, look_near, p);
    }
    bool two = run->rules->book == STP_EPSTEIN_2;
    if (two && (c->groups[0] == 0 || c->groups[1] == 0)) {
        p->extinct = step;
        p->victor = c->groups[0] == 0;
        return 1;
    }
    return 0;
}

static void fill(const probe *p, double *values)
{
    const stp_outbursts *o = &p->outbursts;
    const double all[STP_MEASURE_COUNT] = {
        [STP_MEAN_ACTIVE] = mean_of(&p->active),
        [STP_PEAK] = (double)o->peak,
        [STP_PEAK_STEP] = (double)p->peak_step,
        [STP_CALM] = mean_of(&p->calm),
        [STP_OUTBURSTS] = (double)o->count,
        [STP_OUTBURST_SIZE] = stp_outbursts_size(o),
        [STP_WAIT] = stp_outbursts_wait(o),
        [STP_WAIT_SLOPE] = p->excess.n ? -1 / mean_of(&p->excess) : NAN,
        [STP_MEAN_DETAINED] = mean_of(&p->detained),
        [STP_LAST_DETAINED] = (double)p->last_detained,
        [STP_TIPPED] = p->tipped ? (double)p->tipped : NAN,
        [STP_OFFICERS_THEN] = p->tipped ? (double)p->officers_then : NAN,
        [STP_KILLED] = (double)p->killed,
        [STP_EXTINCT] = p->extinct ? (double)p->extinct : NAN,
        [STP_VICTOR] = p->extinct ? p->victor : NAN,
        [STP_ACTIVE_NEAR] = mean_of(&p->near),
        [STP_ACTIVE_FAR] = mean_of(&p->far),
        [STP_TENSION_BEFORE] = mean_of(&p->before),
        [STP_TENSION_CALM] = mean_of(&p->quiet),
    };
    memcpy(values, all, sizeof all);
}

static int run_it(steppe_context *context, const steppe_scenario *scenario,
                  const stp_probed *what, probe *p)
{
    const steppe_run_options options = {.seed = what->seed,
                                        .steps = what->steps,
                                        .threads = 1};
    steppe_run *run;
    int status = steppe_run_create(context, scenario, &options, &run);
    if (status == STEPPE_OK) {
        p->officers = calloc(run->world->districts[0].cells, 1);
        status = p->officers ? steppe_run_observe(run, observe, p)
                             : stp_no_memory(context);
    }
    for (uint64_t i = 0; status == STEPPE_OK && p->actives && i < run->steps; i++)
        p->actives[i] = p->detaineds[i] = NAN;
    if (status == STEPPE_OK)
        status = steppe_run_advance(run, UINT64_MAX);
    free(p->officers);
    steppe_run_free(run);
    return status == STEPPE_STOPPED ? STEPPE_OK : status;
}

int stp_probe_run(steppe_context *context, const stp_probed *what, double *values)
{
    steppe_scenario *scenario;
    probe p = {.outbursts = stp_outbursts_begin(OUTBURST),
               .looks = what->looks,
               .actives = what->active,
               .detaineds = what->detained};
    int status = steppe_scenario_open(context, what->file, what->settings,
                                      what->setting_count, &scenario);
    if (status == STEPPE_OK)
        status = run_it(context, scenario, what, &p);
    steppe_scenario_free(scenario);
    if (status == STEPPE_OK)
        fill(&p, values);
    return status;
}
