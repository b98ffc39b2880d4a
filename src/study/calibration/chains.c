#include "study/calibration/chains.h"

#include "base/exact.h"
#include "base/normal.h"
#include "study/calibration/smc.h"
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
    double *root;            /* of the leading coordinates' covariance */
    double *start, *now;     /* [chain], log likelihoods */
    double *z, *proposal;    /* [chain * dimensions] */
    double *proposed;        /* [chain], log likelihoods */
    double *weights;         /* [draw] */
    double *seen, *seen_now; /* [chain * extras], of the proposals and of the chains */
} sampler;

static double uniform(const sampler *s, uint32_t kind, size_t chain, size_t k)
{
    return stp_normal(stp_smc_normal(s->o->seed, kind, (uint32_t)chain, (uint32_t)k));
}

/* ---- the power ---- */

/* Weights that a rise of the power gives, relative to the largest. Returns the effective sample size. */
static double weigh(const sampler *s, double rise, double *sum, double *largest)
{
    double squares = 0;
    *sum = 0;
    *largest = -INFINITY;
    for (size_t i = 0; i < s->out->draws; i++)
        *largest = fmax(*largest, s->out->log_likelihood[i]);
    for (size_t i = 0; i < s->out->draws; i++) {
        double value = s->out->log_likelihood[i];
        double w = isinf(value) ? 0 : stp_exp(rise * (value - *largest));
        s->weights[i] = w;
        *sum += w;
        squares += w * w;
    }
    return squares > 0 ? *sum * *sum / squares : 0;
}

/* The rise of the power after which as many particles count as are drawn, twice over, or half of the possible ones. */
static double find_rise(const sampler *s, size_t possible)
{
    double low = 0, high = 1 - s->power, sum, largest;
    double wanted = fmin(2 * (double)s->o->chains, (double)possible / 2);
    if (weigh(s, high, &sum, &largest) >= wanted)
        return high;
    for (int k = 0; k < 60; k++) {
        double middle = (low + high) / 2;
        *(weigh(s, middle, &sum, &largest) >= wanted ? &low : &high) = middle;
    }
    return high;
}

/* Systematic resampling (Kitagawa 1996). */
static void resample(sampler *s, double rise, stp_chains_level *level)
{
    size_t n = s->o->chains, d = s->o->dimensions, from = 0, last = SIZE_MAX;
    double sum, largest, passed = 0;
    weigh(s, rise, &sum, &largest);
    double offset = uniform(s, RESAMPLE, 0, s->out->level_count);
    for (size_t i = 0; i < n; i++) {
        double place = ((double)i + offset) / (double)n * sum;
        for (; passed + s->weights[from] <= place && from + 1 < s->out->draws; from++)
            passed += s->weights[from];
        memcpy(s->z + i * d, s->out->z + from * d, d * sizeof *s->z);
        memcpy(s->seen_now + i * s->o->extras, s->out->seen + from * s->o->extras,
               s->o->extras * sizeof *s->seen);
        s->now[i] = s->out->log_likelihood[from];
        level->ancestors += from != last;
        last = from;
    }
    s->out->evidence += stp_log(sum / (double)s->out->draws) + rise * largest;
    s->power += rise;
    if (1 - s->power < 1e-12)
        s->power = 1;
}

/* ---- moves ---- */

/* The root of the particles' weighted covariance in the leading coordinates, shrunk towards its diagonal; the weights are
 * those of the last weigh(). */
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

/* Propose for all chains. prior[chain]: the change of the prior's logarithm that acceptance has to count. */
static void propose(sampler *s, int block, double *prior)
{
    size_t d = s->o->dimensions, m = s->o->leading;
    uint32_t kind = (uint32_t)(MOVE + s->batch);
    double step = fmin(s->scale[OTHERS], 1), kept = sqrt(1 - step * step);
    memcpy(s->proposal, s->z, s->o->chains * d * sizeof *s->z);
    for (size_t i = 0; i < s->o->chains; i++) {
        double *z = s->proposal + i * d;
        prior[i] = 0;
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
            prior[i] += (s->z[i * d + k] - z[k]) * (s->z[i * d + k] + z[k]) / 2;
    }
}

/* A Metropolis step of all chains. Returns the share that was accepted, or below 0 the likelihood's error. */
static int move(sampler *s, int block, double *accepted)
{
    size_t n = s->o->chains, d = s->o->dimensions, count = 0;
    double *prior = s->start;
    s->batch++;
    propose(s, block, prior);
    int status = s->call(s->user, s->batch, n, s->proposal, s->proposed, s->seen);
    for (size_t i = 0; status == 0 && i < n; i++) {
        double ratio = prior[i] + s->power * (s->proposed[i] - s->now[i]);
        if (isnan(s->proposed[i]) || isinf(s->proposed[i]) ||
            (ratio < 0 && uniform(s, ACCEPT, i, s->batch) >= stp_exp(ratio)))
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
        resample(s, find_rise(s, possible), level);
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
                 .start = calloc(n, sizeof(double)),
                 .now = calloc(n, sizeof(double)),
                 .z = calloc(n * d, sizeof(double)),
                 .proposal = calloc(n * d, sizeof(double)),
                 .proposed = calloc(n, sizeof(double)),
                 .seen = calloc(n * o->extras + 1, sizeof(double)),
                 .seen_now = calloc(n * o->extras + 1, sizeof(double)),
                 .weights = calloc(all, sizeof(double))};
    bool whole = out->z && out->log_likelihood && out->seen && s.seen && s.seen_now &&
                 s.root && s.start && s.now && s.z && s.proposal && s.proposed &&
                 s.weights;
    int status = whole ? run_levels(&s) : -1;
    free(s.root);
    free(s.start);
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
