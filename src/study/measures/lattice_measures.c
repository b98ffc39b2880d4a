#include "study/measures/lattice_measures.h"

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

typedef struct meter {
    stp_outbursts outbursts;
    mean active, detained, calm, near, far, before, quiet, excess;
    uint64_t killed, peak_step, last_detained, tipped, officers_then, extinct;
    int victor;
    double tension[BEFORE]; /* of the last steps outside outbursts, a ring ... */
    size_t tensions;        /* ... and how many since the last outburst */
    unsigned looks;
    double *actives, *detaineds;
    const steppe_run *run;
    /* of the visit of everyone under way */
    uint8_t *officers; /* one per cell: whether it has an officer */
    size_t count;
    double grievance, aversion;
    /* of all districts */
    uint64_t from, to; /* the window */
    mean violent, active_within, active_after, arrests_within, obeying_within,
        obeying_after;
    uint64_t arrests, wounded, officers_hit, officers_first, strengthened;
    double excess_violent, citizen_hours;
    uint64_t *arrived; /* by district: the first step with unrest; 0: none so far */
} meter;

/* ---- visits of everyone ---- */

static void find_officers(const steppe_agent *a, void *user)
{
    meter *p = user;
    if (a->officer)
        p->officers[a->row * p->run->world->districts[0].width + a->column] = 1;
}

static bool sees_officer(const meter *p, const steppe_agent *a)
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

static double grievance_of(const meter *p, const steppe_agent *a)
{
    return a->hardship * (1 - p->run->conditions[0].legitimacy / 65536.0);
}

static void look_near(const steppe_agent *a, void *user)
{
    meter *p = user;
    if (!a->officer && grievance_of(p, a) > p->run->scenario->citizens.threshold.value)
        add(sees_officer(p, a) ? &p->near : &p->far, a->active);
}

static void look_tension(const steppe_agent *a, void *user)
{
    meter *p = user;
    if (a->officer || a->active)
        return;
    p->count++;
    p->grievance += grievance_of(p, a);
    p->aversion += a->risk_aversion;
}

/* Of the quiet: mean grievance times their number over mean risk aversion. */
static double tension_now(meter *p)
{
    p->count = 0;
    p->grievance = p->aversion = 0;
    steppe_run_visit(p->run, 0, look_tension, p);
    return p->aversion > 0 ? p->grievance * (double)p->count / p->aversion : 0;
}

/* Steps outside outbursts: the last ones before an outburst count as before it. */
static void follow_tension(meter *p, bool began)
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

static void follow_outbursts(meter *p, uint64_t active, uint64_t step, uint64_t officers)
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

/* The counts that are measured, summed over the districts. */
static steppe_counts sum_counts(const steppe_run *run)
{
    const steppe_counts *all = steppe_run_counts(run);
    steppe_counts sum = all[0];
    for (size_t i = 1; i < run->world->count; i++) {
        sum.active += all[i].active;
        sum.violent += all[i].violent;
        sum.arrests += all[i].arrests;
        sum.detained += all[i].detained;
        sum.officers += all[i].officers;
        sum.obeying += all[i].obeying;
        sum.killed += all[i].killed;
        sum.wounded += all[i].wounded;
        sum.officers_killed += all[i].officers_killed;
        sum.officers_wounded += all[i].officers_wounded;
    }
    return sum;
}

static void follow_window(meter *p, const steppe_counts *c, uint64_t step)
{
    double obeying = c->officers ? (double)c->obeying / (double)c->officers : NAN;
    if (step > p->from && step <= p->to) {
        add(&p->active_within, (double)c->active);
        p->citizen_hours += (double)c->active * p->run->scenario->time.step.value;
        add(&p->arrests_within, (double)c->arrests);
        if (c->officers)
            add(&p->obeying_within, obeying);
    } else if (step > p->to) {
        add(&p->active_after, (double)c->active);
        if (c->officers)
            add(&p->obeying_after, obeying);
    }
}

static void follow_districts(meter *p, uint64_t step)
{
    const steppe_counts *all = steppe_run_counts(p->run);
    double share = p->run->scenario->outcome.unrest_share.value;
    for (size_t i = 0; i < p->run->world->count; i++)
        if (p->arrived[i] == 0 && all[i].active > 0 &&
            (double)all[i].active >= share * (double)all[i].citizens)
            p->arrived[i] = step;
}

static void follow_force(meter *p, const steppe_counts *c, uint64_t step)
{
    double excess = (double)c->violent - (double)c->active;
    add(&p->violent, (double)c->violent);
    p->excess_violent = step == 1 ? excess : fmax(p->excess_violent, excess);
    p->arrests += c->arrests;
    p->wounded += c->wounded;
    p->officers_hit += c->officers_killed + c->officers_wounded;
    if (step == 1)
        p->officers_first = c->officers;
    if (p->strengthened == 0 && c->officers > p->officers_first)
        p->strengthened = step;
}

static int observe(const steppe_run *run, void *user)
{
    meter *p = user;
    const steppe_counts sum = sum_counts(run), *c = &sum;
    uint64_t step = steppe_run_step(run);
    p->run = run;
    follow_window(p, c, step);
    follow_districts(p, step);
    follow_force(p, c, step);
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
        steppe_run_visit(run, 0, find_officers, p);
        steppe_run_visit(run, 0, look_near, p);
    }
    bool two = run->rules->rule_set == STP_EPSTEIN_2;
    if (two && (c->groups[0] == 0 || c->groups[1] == 0)) {
        p->extinct = step;
        p->victor = c->groups[0] == 0;
        return 1;
    }
    return 0;
}

static void fill(const meter *p, double *values)
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
        [STP_ARRESTS] = (double)p->arrests,
        [STP_WOUNDED] = (double)p->wounded,
        [STP_OFFICERS_HIT] = (double)p->officers_hit,
        [STP_MEAN_VIOLENT] = mean_of(&p->violent),
        [STP_VIOLENT_EXCESS] = p->excess_violent,
        [STP_STRENGTHENED] = p->strengthened ? (double)p->strengthened : NAN,
        [STP_ACTIVE_WITHIN] = mean_of(&p->active_within),
        [STP_ACTIVE_AFTER] = mean_of(&p->active_after),
        [STP_ARRESTS_WITHIN] = mean_of(&p->arrests_within),
        [STP_OBEYING_WITHIN] = mean_of(&p->obeying_within),
        [STP_OBEYING_AFTER] = mean_of(&p->obeying_after),
        [STP_CITIZEN_HOURS] = p->citizen_hours,
    };
    memcpy(values, all, sizeof all);
}

static double fell(const steppe_run *run)
{
    const steppe_seat *seat = steppe_run_seat(run);
    steppe_seat_state state;
    if (!seat)
        return 0;
    steppe_seat_read(seat, &state);
    return !state.fallen                               ? 0
           : strcmp(state.fell_channel, "elite") == 0  ? 1
           : strcmp(state.fell_channel, "street") == 0 ? 2
                                                       : 3;
}

/* Measures of the end of the run. */
static void fill_last(const meter *p, const steppe_run *run, double *values)
{
    mean arrival = {0}, legitimacy = {0};
    size_t reached = 0;
    for (size_t i = 0; i < run->world->count; i++) {
        reached += p->arrived[i] > 0;
        add(&arrival, (double)(p->arrived[i] ? p->arrived[i] : run->steps + 1));
        add(&legitimacy, run->conditions[i].legitimacy / 65536.0);
    }
    values[STP_DISTRICTS_REACHED] = (double)reached;
    values[STP_ARRIVAL] = mean_of(&arrival);
    values[STP_LAST_LEGITIMACY] = mean_of(&legitimacy);
    values[STP_FELL] = fell(run);
    values[STP_DIGEST] = (double)(steppe_run_digest(run) >> 12);
}

static int run_it(steppe_context *context, const steppe_scenario *scenario,
                  const stp_measured *what, meter *p, double *values)
{
    const steppe_run_options options = {.seed = what->seed,
                                        .steps = what->steps,
                                        .threads = 1};
    steppe_run *run;
    int status = steppe_run_create(context, scenario, &options, &run);
    if (status == STEPPE_OK) {
        p->officers = calloc(run->world->districts[0].cells, 1);
        p->arrived = calloc(run->world->count, sizeof *p->arrived);
        status = p->officers && p->arrived ? steppe_run_observe(run, observe, p)
                                           : stp_no_memory(context);
    }
    for (uint64_t i = 0; status == STEPPE_OK && p->actives && i < run->steps; i++)
        p->actives[i] = p->detaineds[i] = NAN;
    if (status == STEPPE_OK) {
        status = steppe_run_advance(run, UINT64_MAX);
        status = status == STEPPE_STOPPED ? STEPPE_OK : status;
    }
    if (status == STEPPE_OK) {
        fill(p, values);
        fill_last(p, run, values);
    }
    free(p->officers);
    free(p->arrived);
    steppe_run_free(run);
    return status;
}

int stp_measure_run(steppe_context *context, const stp_measured *what, double *values)
{
    steppe_scenario *scenario;
    meter p = {.outbursts = stp_outbursts_begin(OUTBURST),
               .looks = what->looks,
               .from = what->from,
               .to = what->from || what->to ? what->to : UINT64_MAX,
               .actives = what->active,
               .detaineds = what->detained};
    int status = steppe_scenario_open(context, what->file, what->settings,
                                      what->setting_count, &scenario);
    if (status == STEPPE_OK)
        status = run_it(context, scenario, what, &p, values);
    steppe_scenario_free(scenario);
    return status;
}
