#include "study/stats/brier.h"

#include <math.h>
#include <stdlib.h>

/* ---- scores ---- */

typedef struct outcome {
    double forecast;
    bool happened;
} outcome;

static int by_forecast(const void *a, const void *b)
{
    double x = ((const outcome *)a)->forecast, y = ((const outcome *)b)->forecast;
    return (x > y) - (x < y);
}

static void add_parts(const outcome *sorted, size_t n, double mean, stp_brier *b)
{
    for (size_t from = 0, to; from < n; from = to) {
        double hits = 0;
        for (to = from; to < n && sorted[to].forecast == sorted[from].forecast; to++)
            hits += sorted[to].happened;
        double cases = (double)(to - from), share = hits / cases;
        double off = sorted[from].forecast - share, apart = share - mean;
        b->reliability += cases / (double)n * off * off;
        b->resolution += cases / (double)n * apart * apart;
    }
}

int stp_brier_of(const stp_cases *c, stp_brier *b)
{
    *b = (stp_brier){NAN, NAN, NAN, NAN};
    if (c->count == 0)
        return 0;
    outcome *sorted = malloc(c->count * sizeof *sorted);
    double hits = 0, squares = 0, n = (double)c->count;
    if (!sorted)
        return -1;
    for (size_t i = 0; i < c->count; i++) {
        double off = c->forecast[i] - (c->happened[i] ? 1 : 0);
        sorted[i] = (outcome){c->forecast[i], c->happened[i]};
        hits += c->happened[i];
        squares += off * off;
    }
    qsort(sorted, c->count, sizeof *sorted, by_forecast);
    *b = (stp_brier){.score = squares / n, .uncertainty = hits / n * (1 - hits / n)};
    add_parts(sorted, c->count, hits / n, b);
    free(sorted);
    return 0;
}

int stp_skill_of(const stp_cases *c, const double *reference, stp_interval *skill)
{
    double *own = calloc(2 * c->groups + 1, sizeof *own), *other = own + c->groups;
    double all_own = 0, all_other = 0, sum = 0, squares = 0;
    size_t n = c->groups;
    *skill = (stp_interval){NAN, NAN, NAN, n};
    if (!own)
        return -1;
    for (size_t i = 0; i < c->count; i++) {
        double came = c->happened[i] ? 1 : 0;
        own[c->group[i]] += (c->forecast[i] - came) * (c->forecast[i] - came);
        other[c->group[i]] += (reference[i] - came) * (reference[i] - came);
    }
    for (size_t g = 0; g < n; g++) {
        all_own += own[g];
        all_other += other[g];
    }
    if (all_other > 0)
        skill->estimate = 1 - all_own / all_other;
    bool whole = n > 1 && all_other > 0;
    for (size_t g = 0; g < n && whole; g++) { /* pseudo-values */
        double without = all_other - other[g];
        double pseudo = (double)n * skill->estimate -
                        (double)(n - 1) * (1 - (all_own - own[g]) / without);
        whole = without > 1e-12 * all_other;
        sum += pseudo;
        squares += pseudo * pseudo;
    }
    if (whole) {
        double mean = sum / (double)n;
        double deviation = sqrt(fmax(0, squares - sum * mean) / (double)(n - 1));
        stp_interval around = stp_student_interval(skill->estimate, deviation, n, 0.025);
        skill->low = around.low;
        skill->high = around.high;
    }
    free(own);
    return 0;
}

/* ---- shares ---- */

typedef struct tally {
    double cases, hits;
} tally;

/* Effective number of cases: by the variance of the share over groups, as of a ratio (Cochran 1977), with
 * Student's t in place of the normal. */
static double effective(const tally *groups, size_t n, double used, double cases,
                        double share)
{
    double squares = 0;
    if (used < 2)
        return 1;
    double t = stp_student_quantile(0.975, used - 1), ratio = 1.959963984540054 / t;
    if (share <= 0 || share >= 1)
        return used * ratio * ratio;
    for (size_t g = 0; g < n; g++) {
        double off = groups[g].hits - share * groups[g].cases;
        squares += off * off;
    }
    double variance = squares * used / (used - 1) / (cases * cases);
    double worth = variance > 0 ? share * (1 - share) / variance : cases;
    return fmin(worth, cases) * ratio * ratio;
}

int stp_grouped_share(const stp_cases *c, const bool *among, stp_interval *share)
{
    tally *groups = calloc(c->groups + 1, sizeof *groups);
    double cases = 0, hits = 0, used = 0;
    *share = (stp_interval){NAN, NAN, NAN, 0};
    if (!groups)
        return -1;
    for (size_t i = 0; i < c->count; i++) {
        if (among && !among[i])
            continue;
        groups[c->group[i]].cases++;
        groups[c->group[i]].hits += c->happened[i];
        cases++;
        hits += c->happened[i];
    }
    for (size_t g = 0; g < c->groups; g++)
        used += groups[g].cases > 0;
    if (cases > 0) {
        double worth = effective(groups, c->groups, used, cases, hits / cases);
        *share = stp_score_interval(hits / cases, fmax(worth, 0.5));
        share->n = (size_t)cases;
    }
    free(groups);
    return 0;
}

size_t stp_bin_of(double forecast)
{
    if (forecast <= 0 || forecast >= 1)
        return forecast <= 0 ? 0 : STP_BINS - 1;
    return 1 + (size_t)(forecast * (STP_BINS - 2));
}

int stp_reliability(const stp_cases *c, stp_bin bins[STP_BINS])
{
    bool *among = malloc(c->count + 1);
    int bad = among ? 0 : -1;
    for (size_t b = 0; b < STP_BINS && !bad; b++) {
        double sum = 0;
        for (size_t i = 0; i < c->count; i++) {
            among[i] = stp_bin_of(c->forecast[i]) == b;
            sum += among[i] ? c->forecast[i] : 0;
        }
        bad = stp_grouped_share(c, among, &bins[b].happened);
        bins[b].forecast = bins[b].happened.n ? sum / (double)bins[b].happened.n : NAN;
    }
    free(among);
    return bad;
}
