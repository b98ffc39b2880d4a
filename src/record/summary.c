/* Summarizes a run while it runs: what the terminal shows. */
#include "engine/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct steppe_summarizer {
    const steppe_run *run;
    steppe_summary sum;
    steppe_summary_day *days;
    size_t day_count, day_capacity;
    uint64_t steps_per_day;
    uint64_t *first;      /* first step with unrest, per district */
    bool *today;          /* unrest today, per district */
    bool *units;          /* unrest today, per unit */
    double first_share;   /* highest share active of any district today */
    stp_seat_tally tally; /* of the seat of power */
    bool failed;          /* out of memory */
};

static steppe_summary_day *begin_day(steppe_summarizer *m)
{
    if (m->day_count == m->day_capacity) {
        size_t capacity = m->day_capacity * 2 + 32;
        steppe_summary_day *days = realloc(m->days, capacity * sizeof *days);
        if (!days)
            return NULL;
        m->days = days;
        m->day_capacity = capacity;
    }
    steppe_summary_day *day = &m->days[m->day_count++];
    *day = (steppe_summary_day){0};
    char time[STEPPE_TIME_TEXT];
    steppe_scenario_time(m->run->scenario, m->run->step - 1, time);
    if (stp_scenario_dated(m->run->scenario))
        snprintf(day->day, sizeof day->day, "%.10s", time);
    else
        snprintf(day->day, sizeof day->day, "from step %llu",
                 (unsigned long long)m->run->step);
    memset(m->today, 0, m->run->world->count * sizeof *m->today);
    m->first_share = 0;
    return day;
}

/* Days begin at midnight or, without a calendar, every 24 h. */
static bool is_new_day(const steppe_summarizer *m)
{
    if (m->day_count == 0)
        return true;
    if (!stp_scenario_dated(m->run->scenario))
        return (m->run->step - 1) % m->steps_per_day == 0;
    char before[STEPPE_TIME_TEXT];
    steppe_scenario_time(m->run->scenario, m->run->step - 1, before);
    return strncmp(before, m->days[m->day_count - 1].day, 10) != 0;
}

static void count_unrest(const steppe_summarizer *m, steppe_summary_day *day)
{
    const steppe_scenario *s = m->run->scenario;
    memset(m->units, 0, (s->unit_count + 1) * sizeof *m->units);
    day->districts = day->units = 0;
    for (size_t i = 0; i < m->run->world->count; i++) {
        int unit = s->districts[i].unit;
        if (!m->today[i])
            continue;
        day->districts++;
        day->units += unit >= 0 && !m->units[unit];
        if (unit >= 0)
            m->units[unit] = true;
    }
}

static void visit_district(steppe_summarizer *m, size_t i, steppe_summary_day *day)
{
    const steppe_counts *c = &m->run->counts[i];
    double share = (double)c->active / (double)c->citizens;
    if (share >= m->run->scenario->outcome.unrest_share.value) {
        m->today[i] = true;
        if (m->first[i] == 0)
            m->first[i] = m->run->step;
    }
    if (share > m->first_share) {
        m->first_share = share;
        day->first = i;
    }
}

static void count_lives(steppe_summarizer *m, const stp_district *d,
                        const steppe_counts *c, double scale)
{
    m->sum.killed += (double)c->killed * scale - stp_killed_over(d, c, scale);
    m->sum.died += (double)c->died * scale;
    m->sum.born += (double)c->born * scale;
    for (int g = 0; g < 2; g++)
        m->sum.groups[g] += (double)c->groups[g] * scale;
}

/* The lowest legitimacy, if it responds. */
static void visit_legitimacy(steppe_summarizer *m, size_t i)
{
    const steppe_run *run = m->run;
    double legitimacy = run->fields[i].legitimacy;
    if (run->scenario->legitimacy.enabled.value == 0 ||
        (m->sum.lowest_step > 0 && legitimacy >= m->sum.lowest_legitimacy))
        return;
    m->sum.lowest_legitimacy = legitimacy;
    m->sum.lowest_step = run->step;
    m->sum.lowest_district = i;
    snprintf(m->sum.lowest_time, sizeof m->sum.lowest_time, "%.31s", run->time);
}

static void visit_seat(steppe_summarizer *m)
{
    const steppe_seat *seat = steppe_run_seat(m->run);
    steppe_seat_state now;
    if (!seat)
        return;
    stp_seat_count(seat, &m->tally);
    m->sum.defections = m->tally.defections;
    m->sum.exits = m->tally.exits;
    m->sum.gifts = m->tally.gifts;
    m->sum.purged = m->tally.removed;
    m->sum.given = m->tally.given;
    steppe_seat_read(seat, &now);
    if (!m->sum.seat)
        m->sum.strength_first = m->sum.strength_lowest = now.strength;
    m->sum.seat = true;
    m->sum.strength_lowest = fmin(m->sum.strength_lowest, now.strength);
    m->sum.strength_last = now.strength;
    if (now.fallen && !m->sum.fallen)
        snprintf(m->sum.fallen_time, sizeof m->sum.fallen_time, "%.31s", m->run->time);
    m->sum.fallen = now.fallen;
    m->sum.fell_channel = now.fell_channel;
}

static int on_step(const steppe_run *run, void *user)
{
    steppe_summarizer *m = user;
    steppe_summary_day *day = is_new_day(m) ? begin_day(m) : &m->days[m->day_count - 1];
    if (!day) {
        m->failed = true;
        return 1;
    }
    double scale = run->world->scale;
    uint64_t arrests = 0, releases = 0, detained = 0;
    double over = 0; /* detained beyond the number of residents */
    size_t worst = 0;
    m->sum.groups[0] = m->sum.groups[1] = 0;
    for (size_t i = 0; i < run->world->count; i++) {
        const steppe_counts *c = &run->counts[i];
        visit_district(m, i, day);
        visit_legitimacy(m, i);
        arrests += c->arrests;
        releases += c->releases;
        detained += c->detained;
        over += stp_people_over(&run->world->districts[i], c->detained, scale);
        count_lives(m, &run->world->districts[i], c, scale);
        if (c->active > run->counts[worst].active)
            worst = i;
    }
    double active = steppe_run_active(run);
    m->sum.steps = run->step;
    m->sum.citizen_hours += active * run->scenario->time.step.value;
    m->sum.arrests += (double)arrests * scale;
    m->sum.releases += (double)releases * scale;
    m->sum.detained = (double)detained * scale - over;
    if (active > m->sum.peak_active) {
        m->sum.peak_active = active;
        m->sum.peak_step = run->step;
        m->sum.peak_district = worst;
        snprintf(m->sum.peak_time, sizeof m->sum.peak_time, "%.31s", run->time);
    }
    day->peak_active = fmax(day->peak_active, active);
    day->arrests += (double)arrests * scale;
    count_unrest(m, day);
    visit_seat(m);
    return 0;
}

int steppe_summarizer_create(steppe_context *context, steppe_run *run,
                             steppe_summarizer **summarizer)
{
    *summarizer = NULL;
    steppe_summarizer *m = calloc(1, sizeof *m);
    if (!m)
        return stp_no_memory(context);
    m->run = run;
    double steps = floor(24 / run->scenario->time.step.value + 1e-9);
    m->steps_per_day = steps < 1 ? 1 : (uint64_t)steps;
    m->first = calloc(run->world->count, sizeof *m->first);
    m->today = calloc(run->world->count, sizeof *m->today);
    m->units = calloc(run->scenario->unit_count + 1, sizeof *m->units);
    int status = m->first && m->today && m->units ? STEPPE_OK : stp_no_memory(context);
    if (status == STEPPE_OK && (run->step > 0 || !run->street))
        status = stp_fail(context, STEPPE_BAD_ARGUMENT,
                          "a summarizer must be created before the first step");
    if (status == STEPPE_OK)
        status = steppe_run_observe(run, on_step, m);
    if (status != STEPPE_OK) {
        steppe_summarizer_free(m);
        return status;
    }
    *summarizer = m;
    return STEPPE_OK;
}

void steppe_summarizer_free(steppe_summarizer *summarizer)
{
    if (!summarizer)
        return;
    free(summarizer->days);
    free(summarizer->first);
    free(summarizer->today);
    free(summarizer->units);
    free(summarizer);
}

void steppe_summarizer_read(const steppe_summarizer *summarizer, steppe_summary *summary)
{
    *summary = summarizer->sum;
}

int steppe_run_warning(const steppe_summarizer *summarizer, size_t index,
                       char text[STEPPE_WARNING_TEXT])
{
    const steppe_summarizer *m = summarizer;
    double residents = (double)steppe_scenario_residents(m->run->scenario);
    double first = m->day_count > 0 ? m->days[0].peak_active : 0;
    if (m->run->rules->rule_set != STP_EPSTEIN)
        return STEPPE_BAD_ARGUMENT; /* presets have no residents */
    if (m->sum.arrests > residents && index-- == 0) {
        snprintf(text, STEPPE_WARNING_TEXT,
                 "there were more arrests (%.0f) than residents (%.0f): many were "
                 "arrested several times",
                 m->sum.arrests, residents);
        return STEPPE_OK;
    }
    if (first * 3 >= residents && index-- == 0) {
        snprintf(text, STEPPE_WARNING_TEXT,
                 "%.0f %% of all residents were active on the first day: the scenario "
                 "begins in an outburst",
                 100 * first / residents);
        return STEPPE_OK;
    }
    return STEPPE_BAD_ARGUMENT;
}

int steppe_summarizer_day(const steppe_summarizer *summarizer, size_t index,
                          steppe_summary_day *day)
{
    if (index >= summarizer->day_count)
        return STEPPE_BAD_ARGUMENT;
    *day = summarizer->days[index];
    return STEPPE_OK;
}

uint64_t steppe_summarizer_first_unrest(const steppe_summarizer *summarizer, size_t index)
{
    return summarizer->first[index];
}
