#include "study/measures/outcome.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *steppe_outcome_name(size_t index)
{
    return index < STP_OUTCOME_COUNT ? STP_OUTCOMES[index].name : NULL;
}

const double STP_TAKE_OFF = 0.0001;

bool stp_outcome_is_of_unrest(size_t outcome)
{
    return outcome <= STP_OUTCOME_UNITS;
}

double stp_residents_hours(const steppe_scenario *s, double share, double hours)
{
    double residents = 0;
    for (size_t i = 0; i < s->district_count; i++)
        residents += (double)stp_district_residents(s, i);
    return share * residents * hours;
}

struct stp_meter {
    const steppe_run *run;
    uint64_t from, to;
    double sums[STP_OUTCOME_COUNT];
    stp_seat_tally tally;
    bool *reached; /* one per district: had unrest */
    stp_outcome_day *days;
    size_t day_count, day_capacity;
    stp_region_week *weeks; /* [week * regions + region] */
    size_t week_count, regions;
    uint64_t day_steps; /* of the last day */
    bool seen;          /* a step of the window */
};

/* Sums over the districts of a step. Those of people, in residents: active, violent, killed, detained;
 * in agents: arrests, officers, obeying. */
typedef struct step_sums {
    double active, violent, killed, arrests, detained, officers, obeying, legitimacy,
        residents;
} step_sums;

/* Agents of all districts in residents, but no more than live in each district. */
static void count_people(const steppe_run *run, step_sums *s)
{
    double scale = run->world->scale, over[4] = {0};
    for (size_t i = 0; i < run->world->count; i++) {
        const stp_district *d = &run->world->districts[i];
        const steppe_counts *c = &run->counts[i];
        over[0] += stp_people_over(d, c->active, scale);
        over[1] += stp_people_over(d, c->violent, scale);
        over[2] += stp_people_over(d, c->detained, scale);
        over[3] += stp_killed_over(d, c, scale);
    }
    s->active = s->active * scale - over[0];
    s->violent = s->violent * scale - over[1];
    s->detained = s->detained * scale - over[2];
    s->killed = s->killed * scale - over[3];
}

static step_sums sum_up(stp_meter *m, bool counts)
{
    const steppe_run *run = m->run;
    step_sums s = {0};
    for (size_t i = 0; i < run->world->count; i++) {
        const steppe_counts *c = &run->counts[i];
        double residents = (double)stp_district_residents(run->scenario, i);
        s.active += (double)c->active;
        s.violent += (double)c->violent;
        s.killed += (double)c->killed;
        s.arrests += (double)c->arrests;
        s.detained += (double)c->detained;
        s.officers += (double)c->officers;
        s.obeying += (double)c->obeying;
        s.legitimacy += residents * run->fields[i].legitimacy;
        s.residents += residents;
        double share = (double)c->active / (double)c->citizens;
        m->reached[i] |= counts && share >= run->scenario->outcome.unrest_share.value;
    }
    count_people(run, &s);
    return s;
}

static void add_seat(stp_meter *m)
{
    const steppe_seat *seat = steppe_run_seat(m->run);
    steppe_seat_state state;
    if (!seat)
        return;
    stp_seat_count(seat, &m->tally);
    steppe_seat_read(seat, &state);
    double *lowest = &m->sums[STP_OUTCOME_LOWEST_STRENGTH];
    *lowest = m->seen ? fmin(*lowest, state.strength) : state.strength;
    m->sums[STP_OUTCOME_STRENGTH] = state.strength;
    m->sums[STP_OUTCOME_DELIVERED] = state.delivered;
}

static void add_step(stp_meter *m, const step_sums *s)
{
    double scale = m->run->world->scale;
    m->sums[STP_OUTCOME_CITIZEN_HOURS] += s->active * m->run->scenario->time.step.value;
    m->sums[STP_OUTCOME_PEAK] = fmax(m->sums[STP_OUTCOME_PEAK], s->active);
    m->sums[STP_OUTCOME_DEATHS] += s->killed;
    m->sums[STP_OUTCOME_ARRESTS] += s->arrests * scale;
    m->sums[STP_OUTCOME_DETAINED] = s->detained;
    m->sums[STP_OUTCOME_LEGITIMACY] = s->legitimacy / s->residents;
}

static stp_outcome_day *day_of(stp_meter *m, uint64_t day)
{
    if (day < m->day_count)
        return &m->days[day];
    if (day >= m->day_capacity) {
        size_t capacity = (size_t)day * 2 + 32;
        stp_outcome_day *days = realloc(m->days, capacity * sizeof *days);
        if (!days)
            return NULL;
        m->days = days;
        m->day_capacity = capacity;
    }
    while (m->day_count <= day)
        m->days[m->day_count++] = (stp_outcome_day){.strength = NAN};
    m->day_steps = 0;
    return &m->days[day];
}

static bool add_day(stp_meter *m, const step_sums *s)
{
    stp_outcome_day *d = day_of(m, stp_day_of_step(m->run->scenario, m->run->step));
    const steppe_seat *seat = steppe_run_seat(m->run);
    double n = (double)++m->day_steps;
    if (!d)
        return false;
    d->active += (s->active - d->active) / n;
    d->violent += (s->violent - d->violent) / n;
    double obeying = s->officers > 0 ? s->obeying / s->officers : 1;
    d->obeying += (obeying - d->obeying) / n;
    d->killed += s->killed;
    d->detained = s->detained;
    d->legitimacy = s->legitimacy / s->residents;
    if (seat) {
        steppe_seat_state state;
        steppe_seat_read(seat, &state);
        d->strength = state.strength;
    }
    return true;
}

static bool add_week(stp_meter *m)
{
    const steppe_run *run = m->run;
    uint64_t week = stp_day_of_step(run->scenario, run->step) / 7;
    if (week >= m->week_count) {
        size_t count = ((size_t)week + 1) * m->regions,
               before = m->week_count * m->regions;
        stp_region_week *weeks = realloc(m->weeks, count * sizeof *weeks);
        if (!weeks)
            return false;
        memset(weeks + before, 0, (count - before) * sizeof *weeks);
        m->weeks = weeks;
        m->week_count = (size_t)week + 1;
    }
    for (size_t i = 0; i < run->world->count; i++) {
        int region = stp_region_of(run->scenario, i);
        if (region < 0)
            continue;
        const steppe_counts *c = &run->counts[i];
        stp_region_week *w = &m->weeks[week * m->regions + (size_t)region];
        double share = (double)c->active / (double)c->citizens;
        w->unrest |= share >= run->scenario->outcome.unrest_share.value;
        w->share = fmax(w->share, share);
    }
    return true;
}

static int on_step(const steppe_run *run, void *user)
{
    stp_meter *m = user;
    bool counts = run->step > m->from && (m->to == 0 || run->step <= m->to);
    const step_sums s = sum_up(m, counts);
    if (counts) {
        add_seat(m);
        add_step(m, &s);
        m->seen = true;
    }
    return !add_day(m, &s) || !add_week(m);
}

int stp_meter_create(steppe_context *context, steppe_run *run, uint64_t from, uint64_t to,
                     stp_meter **meter)
{
    *meter = NULL;
    stp_meter *m = calloc(1, sizeof *m);
    if (!m)
        return stp_no_memory(context);
    *m = (stp_meter){.run = run,
                     .from = from,
                     .to = to,
                     .regions = stp_region_count(run->scenario)};
    m->reached = calloc(run->world->count, sizeof *m->reached);
    int status = m->reached ? steppe_run_observe(run, on_step, m)
                            : stp_no_memory(context);
    if (status != STEPPE_OK) {
        stp_meter_free(m);
        return status;
    }
    *meter = m;
    return STEPPE_OK;
}

void stp_meter_free(stp_meter *meter)
{
    if (!meter)
        return;
    free(meter->reached);
    free(meter->days);
    free(meter->weeks);
    free(meter);
}

/* Districts with unrest, and units that have one. */
static void count_places(const stp_meter *m, double *values)
{
    const steppe_scenario *s = m->run->scenario;
    values[STP_OUTCOME_DISTRICTS] = values[STP_OUTCOME_UNITS] = 0;
    for (size_t i = 0; i < s->district_count; i++) {
        bool first = m->reached[i] && s->districts[i].unit >= 0;
        for (size_t k = 0; k < i && first; k++)
            first = !m->reached[k] || s->districts[k].unit != s->districts[i].unit;
        values[STP_OUTCOME_DISTRICTS] += m->reached[i];
        values[STP_OUTCOME_UNITS] += first;
    }
}

void stp_meter_read(const stp_meter *m, double *values)
{
    memcpy(values, m->sums, sizeof m->sums);
    count_places(m, values);
    values[STP_OUTCOME_FALL] = (double)m->tally.falls;
    values[STP_OUTCOME_DEFECTIONS] = (double)m->tally.defections;
    values[STP_OUTCOME_EXITS] = (double)m->tally.exits;
    values[STP_OUTCOME_GIVEN] = m->tally.given;
    if (!steppe_run_seat(m->run))
        for (int k = STP_OUTCOME_STRENGTH; k < STP_OUTCOME_COUNT; k++)
            values[k] = NAN;
}

size_t stp_meter_day_count(const stp_meter *meter)
{
    return meter->day_count;
}

const stp_outcome_day *stp_meter_days(const stp_meter *meter)
{
    return meter->days;
}

size_t stp_meter_week_count(const stp_meter *meter)
{
    return meter->week_count;
}

const stp_region_week *stp_meter_weeks(const stp_meter *meter)
{
    return meter->weeks;
}
