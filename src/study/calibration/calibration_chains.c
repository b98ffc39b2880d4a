/* The posterior by chains of runs. */
#include "study/calibration/calibration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    steppe_calibration *c;
    const stp_record *record;
    stp_simulator simulator;
    void *user;
} job;

/* The likelihood of the record at points, by a run at each; keeps the statistics. */
static int evaluate(void *user, size_t batch, size_t n, const double *z, double *logs,
                    double *seen)
{
    const job *j = user;
    const stp_statistics *all = &j->c->statistics;
    stp_wave wave;
    int status = stp_wave_create(j->c->context, n, j->c->width, all->count, &wave);
    if (status == STEPPE_OK)
        status = j->simulator(j->user, batch, n, z, wave.runs);
    for (size_t i = 0; status == STEPPE_OK && i < n; i++)
        logs[i] = stp_run_log(all, j->record, &wave.runs[i]);
    if (status == STEPPE_OK)
        memcpy(seen, wave.measured, n * all->count * sizeof *seen);
    stp_wave_clear(&wave);
    return status;
}

/* Draws spread over all that the chains passed. */
static int take_draws(steppe_calibration *c)
{
    const stp_chains *all = &c->chains;
    stp_posterior *p = &c->posterior;
    size_t draws = c->options.draws < all->draws ? c->options.draws : all->draws,
           d = c->width;
    *p = (stp_posterior){.draws = draws,
                         .dimensions = d,
                         .z = malloc(draws * d * sizeof *p->z),
                         .log_likelihood = malloc(draws * sizeof *p->log_likelihood),
                         .evidence = all->evidence,
                         .empty = all->empty || all->cut};
    if (!p->z || !p->log_likelihood)
        return stp_no_memory(c->context);
    for (size_t i = 0; i < draws; i++) {
        size_t from = i * all->draws / draws;
        memcpy(p->z + i * d, all->z + from * d, d * sizeof *p->z);
        p->log_likelihood[i] = all->log_likelihood[from];
    }
    return STEPPE_OK;
}

int stp_chains_posterior(steppe_calibration *c, const stp_record *record, uint64_t seed,
                         stp_simulator simulator, void *user)
{
    job j = {c, record, simulator, user};
    const stp_chains_options options = {.seed = seed,
                                        .dimensions = c->width,
                                        .leading = c->dimensions,
                                        .extras = c->statistics.count,
                                        .first = c->options.points,
                                        .chains = c->options.chains,
                                        .steps = STP_CHAIN_MOVES,
                                        .levels = STP_MAX_LEVELS};
    stp_chains_clear(&c->chains);
    stp_posterior_clear(&c->posterior);
    int status = stp_chains_draw(&options, evaluate, &j, &c->chains);
    if (status == -1)
        status = stp_no_memory(c->context);
    return status == STEPPE_OK ? take_draws(c) : status;
}
