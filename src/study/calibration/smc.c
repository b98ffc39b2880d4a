#include "study/calibration/smc.h"

#include "base/exact.h"
#include "base/normal.h"
#include "base/random.h"
#include "study/calibration/tempering.h"
#include "study/stats/matrix.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* Kinds of draw, in place of the step. Moves follow: (level * most moves + move) * 2 + MOVE. */
enum { PRIOR = 1, RESAMPLE, MOVE = 16 };

typedef struct particles {
    const stp_smc_options *o;
    stp_log_likelihood call;
    void *user;
    double *z, *value;           /* as given by the caller */
    double *next_z, *next_value; /* resampled */
    double *weights;             /* [particle] */
    size_t *from;                /* [particle], where the next comes from */
    double *root; /* of the proposal's covariance, [dimensions * dimensions] */
    double power, evidence;
    size_t most_moves, level, accepted, proposed;
    int threads;
} particles;

double stp_smc_uniform(uint64_t seed, uint32_t kind, uint32_t particle,
                       uint32_t coordinate)
{
    stp_words r = stp_random(seed, STP_PURPOSE_CALIBRATE, coordinate, particle, kind, 0);
    return ((double)r.w[0] + 0.5) / 4294967296.0;
}

double stp_smc_normal(uint64_t seed, uint32_t kind, uint32_t particle,
                      uint32_t coordinate)
{
    return stp_normal_inverse(stp_smc_uniform(seed, kind, particle, coordinate));
}

static void draw_prior(particles *p)
{
    size_t n = p->o->particles, d = p->o->dimensions;
#pragma omp parallel for num_threads(p->threads) schedule(dynamic, 16)
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < d; k++)
            p->z[i * d + k] = stp_smc_normal(p->o->seed, PRIOR, (uint32_t)i, (uint32_t)k);
        double value = p->call(p->z + i * d, p->user);
        p->value[i] = isnan(value) ? -INFINITY : value;
    }
}

/* ---- the power ---- */

/* Raise the power until half of the particles still count, and draw them anew. */
static void resample(particles *p)
{
    size_t n = p->o->particles, d = p->o->dimensions;
    stp_tempering t = {p->value, n, p->weights};
    double rise = stp_tempering_rise(&t, 1 - p->power, (double)n / 2);
    p->level++;
    stp_tempering_weigh(&t, rise);
    stp_tempering_draw(&t, stp_smc_uniform(p->o->seed, RESAMPLE, 0, (uint32_t)p->level),
                       n, p->from);
    for (size_t i = 0; i < n; i++) {
        memcpy(p->next_z + i * d, p->z + p->from[i] * d, d * sizeof *p->z);
        p->next_value[i] = p->value[p->from[i]];
    }
    memcpy(p->z, p->next_z, n * d * sizeof *p->z);
    memcpy(p->value, p->next_value, n * sizeof *p->value);
    p->evidence += stp_log(t.sum / (double)n) + rise * t.largest;
    p->power += rise;
}

/* ---- moves ---- */

/* The square root of the particles' covariance, shrunk a little towards the prior's; scaled by Roberts, Gelman and
 * Gilks (1997). */
static void make_proposal(particles *p)
{
    size_t n = p->o->particles, d = p->o->dimensions;
    double scale = 2.38 * 2.38 / (double)d;
    double *mean = p->next_value; /* free until the next resampling */
    for (size_t k = 0; k < d; k++) {
        mean[k] = 0;
        for (size_t i = 0; i < n; i++)
            mean[k] += p->z[i * d + k] / (double)n;
    }
    for (size_t a = 0; a < d; a++)
        for (size_t b = 0; b <= a; b++) {
            double sum = 0;
            for (size_t i = 0; i < n; i++)
                sum += (p->z[i * d + a] - mean[a]) * (p->z[i * d + b] - mean[b]);
            sum /= (double)n;
            p->root[a * d + b] = scale *
                                 (0.95 * sum + (a == b ? 0.05 * fmax(sum, 1e-6) : 0));
        }
    if (stp_cholesky(p->root, d))
        return;
    memset(p->root, 0, d * d * sizeof *p->root);
    for (size_t k = 0; k < d; k++)
        p->root[k * d + k] = 0.1 * sqrt(scale);
}

/* One Metropolis step of a particle. step: a factor of the proposal. */
static bool move(particles *p, size_t i, uint32_t kind, double step, double *proposal)
{
    size_t d = p->o->dimensions;
    double *z = p->z + i * d, change = 0, *noise = proposal + d;
    for (size_t k = 0; k < d; k++)
        noise[k] = step * stp_smc_normal(p->o->seed, kind, (uint32_t)i, (uint32_t)k);
    for (size_t k = 0; k < d; k++) {
        proposal[k] = z[k];
        for (size_t j = 0; j <= k; j++)
            proposal[k] += p->root[k * d + j] * noise[j];
        change += (z[k] - proposal[k]) * (z[k] + proposal[k]) / 2;
    }
    double value = p->call(proposal, p->user);
    if (isinf(value) || isnan(value))
        return false;
    double log_ratio = change + p->power * (value - p->value[i]);
    double u = stp_smc_uniform(p->o->seed, kind + 1, (uint32_t)i, 0);
    if (!(log_ratio >= 0 || u < stp_exp(log_ratio)))
        return false;
    memcpy(z, proposal, d * sizeof *z);
    p->value[i] = value;
    return true;
}

/* Moves until the particles have been accepted five times on average, or `most_moves`. */
static int move_all(particles *p)
{
    size_t n = p->o->particles, d = p->o->dimensions, accepted = 0;
    double *room = malloc((size_t)p->threads * 2 * d * sizeof *room), step = 1;
    if (!room)
        return -1;
    for (size_t m = 0; m < p->most_moves && accepted < 5 * n; m++) {
        uint32_t kind = (uint32_t)((p->level * p->most_moves + m) * 2 + MOVE);
        size_t here = 0;
#pragma omp parallel for num_threads(p->threads) schedule(dynamic, 16) reduction(+ : here)
        for (size_t i = 0; i < n; i++)
            here += move(p, i, kind, step, room + (size_t)omp_get_thread_num() * 2 * d);
        accepted += here;
        p->accepted = here;
        p->proposed = n;
        double share = (double)here / (double)n;
        step *= share < 0.15 ? 0.7 : share > 0.4 ? 1.3 : 1;
    }
    free(room);
    return 0;
}

static bool any_possible(const particles *p)
{
    for (size_t i = 0; i < p->o->particles; i++)
        if (!isinf(p->value[i]))
            return true;
    return false;
}

static int run_levels(particles *p)
{
    draw_prior(p);
    if (!any_possible(p))
        return 1;
    while (p->power < 1) {
        resample(p);
        make_proposal(p);
        if (move_all(p) != 0)
            return -1;
        if (1 - p->power < 1e-12)
            p->power = 1;
    }
    return 0;
}

int stp_smc(const stp_smc_options *o, stp_log_likelihood call, void *user, double *z,
            double *log_likelihoods, stp_smc_summary *summary)
{
    size_t n = o->particles, d = o->dimensions, room = n > d ? n : d;
    particles p = {.o = o,
                   .call = call,
                   .user = user,
                   .z = z,
                   .value = log_likelihoods,
                   .next_z = malloc(n * d * sizeof(double)),
                   .next_value = malloc(room * sizeof(double)),
                   .weights = malloc(n * sizeof(double)),
                   .from = malloc(n * sizeof(size_t)),
                   .root = malloc(d * d * sizeof(double)),
                   .most_moves = o->most_moves ? o->most_moves : 40,
                   .threads = o->threads ? o->threads : omp_get_num_procs()};
    int status = p.next_z && p.next_value && p.weights && p.from && p.root
                     ? run_levels(&p)
                     : -1;
    *summary = (stp_smc_summary){p.level,
                                 p.proposed ? (double)p.accepted / (double)p.proposed : 0,
                                 p.evidence};
    free(p.next_z);
    free(p.next_value);
    free(p.weights);
    free(p.from);
    free(p.root);
    return status;
}
