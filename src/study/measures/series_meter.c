#include "study/measures/series_meter.h"

#include <stdlib.h>

struct stp_series_meter {
    stp_series series;
    size_t capacity; /* steps */
    double ceiling;
    bool stopped;
};

/* A column of a row of the results file. */
static double count_of(const steppe_counts *c, stp_series_column column)
{
    switch (column) {
    case STP_SERIES_ACTIVE: return (double)c->active;
    case STP_SERIES_ARRESTS: return (double)c->arrests;
    case STP_SERIES_DETAINED: return (double)c->detained;
    case STP_SERIES_OFFICERS: return (double)c->officers;
    case STP_SERIES_ALIVE: return (double)c->citizens;
    case STP_SERIES_KILLED: return (double)c->killed;
    case STP_SERIES_VIOLENT: return (double)c->violent;
    case STP_SERIES_OBEYING: return (double)c->obeying;
    default: return (double)c->officers_killed;
    }
}

/* Returning 1 stops the run after the step. */
static int on_step(const steppe_run *run, void *user)
{
    stp_series_meter *m = user;
    stp_series *s = &m->series;
    if (s->steps == m->capacity)
        return 1;
    for (size_t i = 0; i < s->district_count; i++)
        for (int c = 0; c < STP_SERIES_COLUMNS; c++)
            s->counts[c][s->steps * s->district_count + i] =
                count_of(&run->counts[i], (stp_series_column)c);
    s->steps++;
    m->stopped = steppe_run_active(run) > m->ceiling;
    return m->stopped;
}

int stp_series_meter_create(steppe_context *context, steppe_run *run, double ceiling,
                            stp_series_meter **meter)
{
    *meter = NULL;
    stp_series_meter *m = calloc(1, sizeof *m);
    if (!m)
        return stp_no_memory(context);
    m->series = (stp_series){.forceless = !run->rules->force,
                             .scale = steppe_run_scale(run),
                             .step_hours = steppe_run_step_hours(run),
                             .district_count = run->world->count};
    m->capacity = (size_t)steppe_run_steps(run);
    m->ceiling = ceiling;
    int status = STEPPE_OK;
    for (int c = 0; c < STP_SERIES_COLUMNS && status == STEPPE_OK; c++) {
        m->series.counts[c] = malloc((m->capacity * run->world->count + 1) *
                                     sizeof *m->series.counts[c]);
        if (!m->series.counts[c])
            status = stp_no_memory(context);
    }
    if (status == STEPPE_OK)
        status = steppe_run_observe(run, on_step, m);
    if (status != STEPPE_OK) {
        stp_series_meter_free(m);
        return status;
    }
    *meter = m;
    return STEPPE_OK;
}

void stp_series_meter_free(stp_series_meter *meter)
{
    if (!meter)
        return;
    for (int c = 0; c < STP_SERIES_COLUMNS; c++)
        free(meter->series.counts[c]);
    free(meter);
}

const stp_series *stp_series_meter_read(const stp_series_meter *meter)
{
    return &meter->series;
}

bool stp_series_meter_stopped(const stp_series_meter *meter)
{
    return meter->stopped;
}
