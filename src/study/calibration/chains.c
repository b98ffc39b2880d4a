#include "study/calibration/chains.h"

#include "base/exact.h"
#include "base/normal.h"
#include "study/calibration/smc.h"
#include "study/calibration/tempering.h"
#include "study/stats/matrix.h"
#include "study/stats/sampling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Kinds of draw, in place of the step. */
enum { RESAMPLE = 0x4301, ACCEPT, MOVE = 0x4400 };

/* The two blocks of coordinates, in the order of stp_chains_level.accepted. */
enum { LEADING, OTHERS };

typedef struct sampler {
    const stp_chains_options *o;
    stp_chains_likelihood call;
    void *user;
    stp_chains *out;
    size_t batch;
    double power, scale[2];
    double *root;         /* of the leading coordinates' covariance */
    double *now;          /* [chain], log likelihoods */
    double *prior;        /* [chain], of a proposal: what acceptance has to count of it */
    size_t *from;         /* [chain], its particle */
    double *z, *proposal; /* [chain * dimensions] */
    double *proposed;     /* [chain], log likelihoods */
    double *weights;      /* [draw] */
    double *seen, *seen_now; /* [chain * extras], of the proposals and of the chains */
} sampler;

/* ---- the power ---- */

/* Draw the chains' beginnings after the next rise of the power: as far as twice as many particles still count as there are
 * chains, or half of the possible ones. */
static void resample(sampler *s, size_t possible, stp_chains_level *level)
{
    size_t n = s->o->chains, d = s->o->dimensions, extras = s->o->extras;
    stp_tempering t = {s->out->log_likelihood, s->out->draws, s->weights};
    double rise = stp_tempering_rise(&t, 1 - s->power,
                                     fmin(2 * (double)n, (double)possible / 2));
    stp_tempering_weigh(&t, rise);
    stp_tempering_draw(&t,
                       stp_smc_uniform(s->o->seed, RESAMPLE, 0,
                                       (uint32_t)s->out->level_count),
                       n, s->from);
    for (size_t i = 0; i < n; i++) {
        size_t from = s->from[i];
        memcpy(s->z + i * d, s->out->z + from * d, d * sizeof *s->z);
        memcpy(s->seen_now + i * extras, s->out->seen + from * extras,
               extras * sizeof *s->seen);
        s->now[i] = s->out->log_likelihood[from];
        level->ancestors += i == 0 || from != s->from[i - 1];
    }
    s->out->evidence += stp_log(t.sum / (double)s->out->draws) + rise * t.largest;
    s->power += rise;
    if (1 - s->power < 1e-12)
        s->power = 1;
}

/* ---- moves ---- */

/* The root of the particles' weighted covariance in the leading coordinates, shrunk towards its diagonal; the weights are
 * those of the last resample(). */
static void find_root(sampler *s)
{
    size_t n = s->out->draws, d = s->o->dimensions, m = s->o->leading;
    double sum = 0, *mean = s->proposal; /* free for now */
    for (size_t i = 0; i < n; i++)
        sum += s->weights[i];
    for (size_t k = 0; k < m; k++) {
        mean[k] = 0;
        for (size_t i = 0; i < n; i++)
            mean[k] += s->weights[i] / sum * s->out->z[i * d + k];
    }
    for (size_t a = 0; a < m; a++)
        for (size_t b = 0; b <= a; b++) {
            double c = 0;
            for (size_t i = 0; i < n; i++)
                c += s->weights[i] / sum * (s->out->z[i * d + a] - mean[a]) *
                     (s->out->z[i * d + b] - mean[b]);
            s->root[a * m + b] = 2.38 * 2.38 / (double)m *
                                 (a == b ? fmax(c, 1e-4) : 0.8 * c);
        }
    if (stp_cholesky(s->root, m))
        return;
    memset(s->root, 0, m * m * sizeof *s->root);
    for (size_t k = 0; k < m; k++)
        s->root[k * m + k] = 0.3 / sqrt((double)m);
}

/* Propose for all chains, and set the change of the prior's logarithm that acceptance has to count. */
static void propose(sampler *s, int block)
{
    size_t d = s->o->dimensions, m = s->o->leading;
    uint32_t kind = (uint32_t)(MOVE + s->batch);
    double step = fmin(s->scale[OTHERS], 1), kept = sqrt(1 - step * step);
    memcpy(s->proposal, s->z, s->o->chains * d * sizeof *s->z);
    for (size_t i = 0; i < s->o->chains; i++) {
        double *z = s->proposal + i * d;
        s->prior[i] = 0;
        if (block == OTHERS) {
            for (size_t k = m; k < d; k++)
                z[k] = kept * z[k] +
                       step * stp_smc_normal(s->o->seed, kind, (uint32_t)i, (uint32_t)k);
            continue;
        }
        for (size_t j = 0; j < m; j++) {
            double noise = s->scale[LEADING] *
                           stp_smc_normal(s->o->seed, kind, (uint32_t)i, (uint32_t)j);
            for (size_t k = j; k < m; k++)
                z[k] += s->root[k * m + j] * noise;
        }
        for (size_t k = 0; k < m; k++)
            s->prior[i] += (s->z[i * d + k] - z[k]) * (s->z[i * d + k] + z[k]) / 2;
    }
}

/* A Metropolis step of all chains. Returns the share that was accepted, or below 0 the likelihood's error. */
static int move(sampler *s, int block, double *accepted)
{
    size_t n = s->o->chains, d = s->o->dimensions, count = 0;
    s->batch++;
    propose(s, block);
    int status = s->call(s->user, s->batch, n, s->proposal, s->proposed, s->seen);
    for (size_t i = 0; status == 0 && i < n; i++) {
        double ratio = s->prior[i] + s->power * (s->proposed[i] - s->now[i]);
        if (isnan(s->proposed[i]) || isinf(s->proposed[i]) ||
            (ratio < 0 && stp_smc_uniform(s->o->seed, ACCEPT, (uint32_t)i,
                                          (uint32_t)s->batch) >= stp_exp(ratio)))
            continue;
        memcpy(s->z + i * d, s->proposal + i * d, d * sizeof *s->z);
        memcpy(s->seen_now + i * s->o->extras, s->seen + i * s->o->extras,
               s->o->extras * sizeof *s->seen);
        s->now[i] = s->proposed[i];
        count++;
    }
    *accepted = (double)count / (double)n;
    return status;
}

/* Steps so small that chance alone decides are of no use. */
static void adapt(sampler *s, int block, double accepted)
{
    static const double LEAST[2] = {0.2, 0.05};
    double factor = accepted < 0.1    ? 0.6
                    : accepted < 0.2  ? 0.8
                    : accepted > 0.35 ? 1.25
                                      : 1;
    s->scale[block] = fmax(s->scale[block] * factor, LEAST[block]);
}

static bool moves_leading(const sampler *s, size_t step)
{
    return s->o->leading == s->o->dimensions || (s->o->leading > 0 && step % 3 != 2);
}

/* The chains' moves of a level: all that they pass are its particles. */
static int move_all(sampler *s, stp_chains_level *level)
{
    size_t n = s->o->chains, d = s->o->dimensions, moves[2] = {0};
    for (size_t step = 0; step < s->o->steps; step++) {
        int block = moves_leading(s, step) ? LEADING : OTHERS;
        double accepted;
        int status = move(s, block, &accepted);
        if (status != 0)
            return status;
        memcpy(s->out->z + step * n * d, s->z, n * d * sizeof *s->z);
        memcpy(s->out->log_likelihood + step * n, s->now, n * sizeof *s->now);
        memcpy(s->out->seen + step * n * s->o->extras, s->seen_now,
               n * s->o->extras * sizeof *s->seen);
        level->accepted[block] += accepted;
        level->scale[block] = s->scale[block];
        moves[block]++;
        adapt(s, block, accepted);
    }
    for (int block = 0; block < 2; block++)
        level->accepted[block] /= moves[block] ? (double)moves[block] : NAN;
    return 0;
}

/* ---- levels ---- */

static size_t count_possible(const stp_chains *c)
{
    size_t count = 0;
    for (size_t i = 0; i < c->draws; i++)
        count += !isinf(c->log_likelihood[i]);
    return count;
}

static int draw_prior(sampler *s)
{
    size_t n = s->out->draws, numbers = n * s->o->dimensions;
    if (stp_latin(s->o->seed, n, s->o->dimensions, s->out->z) != 0)
        return -1;
    for (size_t i = 0; i < numbers; i++)
        s->out->z[i] = stp_normal_inverse(s->out->z[i]);
    s->batch = 1;
    int status = s->call(s->user, 1, n, s->out->z, s->out->log_likelihood, s->out->seen);
    for (size_t i = 0; i < n; i++)
        if (isnan(s->out->log_likelihood[i]))
            s->out->log_likelihood[i] = -INFINITY;
    return status;
}

static int run_levels(sampler *s)
{
    stp_chains *out = s->out;
    int status = draw_prior(s);
    size_t possible = count_possible(out);
    out->empty = status == 0 && possible == 0;
    /* One more level with the whole likelihood, so that the draws do not lie beside a few ancestors. */
    for (bool settled = false; status == 0 && !out->empty && !settled;) {
        if (out->level_count == s->o->levels)
            break;
        stp_chains_level *level = &out->levels[out->level_count++];
        *level = (stp_chains_level){.possible = possible};
        settled = s->power == 1;
        resample(s, possible, level);
        find_root(s);
        level->power = s->power;
        status = move_all(s, level);
        possible = out->draws = s->o->chains * s->o->steps;
    }
    out->cut = s->power < 1;
    return status;
}

int stp_chains_draw(const stp_chains_options *options, stp_chains_likelihood call,
                    void *user, stp_chains *out)
{
    const stp_chains_options *o = options;
    size_t n = o->chains, d = o->dimensions;
    size_t all = n * o->steps > o->first ? n * o->steps : o->first;
    *out = (stp_chains){.draws = o->first,
                        .z = calloc(all * d, sizeof(double)),
                        .log_likelihood = calloc(all, sizeof(double)),
                        .seen = calloc(all * o->extras + 1, sizeof(double))};
    sampler s = {.o = o,
                 .call = call,
                 .user = user,
                 .out = out,
                 .scale = {1, 0.3},
                 .root = calloc(o->leading * o->leading + 1, sizeof(double)),
                 .prior = calloc(n, sizeof(double)),
                 .from = calloc(n, sizeof(size_t)),
                 .now = calloc(n, sizeof(double)),
                 .z = calloc(n * d, sizeof(double)),
                 .proposal = calloc(n * d, sizeof(double)),
                 .proposed = calloc(n, sizeof(double)),
                 .seen = calloc(n * o->extras + 1, sizeof(double)),
                 .seen_now = calloc(n * o->extras + 1, sizeof(double)),
                 .weights = calloc(all, sizeof(double))};
    bool whole = out->z && out->log_likelihood && out->seen && s.seen && s.seen_now &&
                 s.root && s.prior && s.from && s.now && s.z && s.proposal &&
                 s.proposed && s.weights;
    int status = whole ? run_levels(&s) : -1;
    free(s.root);
    free(s.prior);
    free(s.from);
    free(s.now);
    free(s.z);
    free(s.proposal);
    free(s.proposed);
    free(s.seen);
    free(s.seen_now);
    free(s.weights);
    return status;
}

void stp_chains_clear(stp_chains *chains)
{
    free(chains->z);
    free(chains->log_likelihood);
    free(chains->seen);
    *chains = (stp_chains){.draws = 0};
}
