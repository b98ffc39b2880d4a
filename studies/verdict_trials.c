#include "verdict_trials.h"

#include "base/normal.h"
#include "base/random.h"
#include "study/stats/finding.h"

#include <math.h>
#include <stdio.h>

const verdict_case VERDICT_CASES[] = {
    {VERDICT_NORMAL, 0, 0},          {VERDICT_LOGNORMAL_UP, 0, 0},
    {VERDICT_LOGNORMAL_DOWN, 0, 0},  {VERDICT_LOGNORMAL_KNOWN, 0, 0},
    {VERDICT_LOGNORMAL_ALONE, 0, 0}, {VERDICT_SHARE, 0, 0},
    {VERDICT_FLIPS, 0, 5},           {VERDICT_FLIPS, 0.005, 5},
    {VERDICT_FLIPS, 0.01, 5},        {VERDICT_FLIPS, 0.02, 5},
    {VERDICT_FLIPS, 0.05, 5},        {VERDICT_FLIPS, 0.1, 5},
    {VERDICT_FLIPS, 0, 20},          {VERDICT_FLIPS, 0.005, 20},
    {VERDICT_FLIPS, 0.01, 20},       {VERDICT_FLIPS, 0.02, 20},
    {VERDICT_FLIPS, 0.05, 20},       {VERDICT_FLIPS, 0.1, 20},
    {VERDICT_FLIPS_BLIND, 0.005, 5}, {VERDICT_FLIPS_BLIND, 0.01, 5},
    {VERDICT_FLIPS_BLIND, 0.02, 5},  {VERDICT_FLIPS_BLIND, 0.05, 5},
    {VERDICT_FLIPS_BLIND, 0.1, 5},   {VERDICT_FLIPS_BLIND, 0.005, 20},
    {VERDICT_FLIPS_BLIND, 0.01, 20}, {VERDICT_FLIPS_BLIND, 0.02, 20},
    {VERDICT_FLIPS_BLIND, 0.05, 20}, {VERDICT_FLIPS_BLIND, 0.1, 20},
    {VERDICT_SPARSE, 0.01, 5},       {VERDICT_SPARSE, 0.05, 5},
    {VERDICT_BEYOND, 0.01, 20},      {VERDICT_BEYOND, 0.05, 20},
};
const size_t VERDICT_CASE_COUNT = sizeof VERDICT_CASES / sizeof *VERDICT_CASES;
const double VERDICT_MARGIN[2][VERDICT_MARGINS] = {{0.5, 1, 2, 8}, {0.25, 0.5, 0.75, 1}};

enum { SEED = 17 };

const char *verdict_case_name(const verdict_case *c, char buffer[80])
{
    static const char *const NAMES[] = {
        "normal",
        "lognormal, tail up",
        "lognormal, tail down",
        "lognormal, take-off known",
        "lognormal, one arm constant",
        "flips, take-off known",
        "flips, take-off not known",
        "flips alone, take-off known",
        "lognormal, margin a share",
        "a regime that the control arm lacks",
    };
    if (c->size > 0)
        snprintf(buffer, 80, "%s: %g %% of %g", NAMES[c->kind], 100 * c->rate, c->size);
    else
        snprintf(buffer, 80, "%s", NAMES[c->kind]);
    return buffer;
}

bool verdict_case_counts(const verdict_case *c)
{
    return c->kind != VERDICT_BEYOND;
}

double verdict_limit(size_t trials)
{
    return 0.05 + 3 * sqrt(0.05 * 0.95 / (double)trials);
}

/* ---- pairs ---- */

typedef struct sample {
    double base[MAX_VERDICT_PAIRS], ordinary[MAX_VERDICT_PAIRS],
        changed[MAX_VERDICT_PAIRS]; /* ordinary: changed but for the move of the mean */
    bool base_off[MAX_VERDICT_PAIRS], changed_off[MAX_VERDICT_PAIRS];
} sample;

static double uniform(uint32_t word)
{
    return (word + 0.5) / 4294967296.0;
}

/* A lognormal of mean 0 and standard deviation 1. */
static double skewed(double z)
{
    const double e = exp(1);
    return (exp(z) - sqrt(e)) / sqrt(e * (e - 1));
}

static void draw_pair(const verdict_case *c, const stp_words *w, size_t i, sample *s)
{
    double z = stp_normal_inverse(uniform(w->w[0])),
           y = stp_normal_inverse(uniform(w->w[2])), u = uniform(w->w[3]);
    bool up = false, flip = false;
    s->base[i] = z;
    switch (c->kind) {
    case VERDICT_NORMAL: s->ordinary[i] = z + y; break;
    case VERDICT_LOGNORMAL_ALONE:
        s->base[i] = 0;
        s->ordinary[i] = skewed(y);
        break;
    case VERDICT_LOGNORMAL_KNOWN:
    case VERDICT_LOGNORMAL_UP: s->ordinary[i] = z + skewed(y); break;
    case VERDICT_LOGNORMAL_DOWN: s->ordinary[i] = z - skewed(y); break;
    case VERDICT_SHARE: /* both of mean 1 */
        s->base[i] = exp(z / 2 - 0.125);
        s->ordinary[i] = exp(y / 2 - 0.125);
        break;
    case VERDICT_BEYOND:
        flip = u < c->rate;
        s->ordinary[i] = z + y + (flip ? c->size : 0);
        break;
    default:
        up = uniform(w->w[1]) < 0.5;
        flip = !up && u < 2 * c->rate; /* of the calm half */
        s->base[i] = z + (up ? c->size : 0);
        s->ordinary[i] = z + (c->kind == VERDICT_SPARSE ? 0 : y) +
                         (up || flip ? c->size : 0);
    }
    s->base_off[i] = up;
    s->changed_off[i] = up || flip;
}

/* Is the verdict "equivalent", with the rule and by t alone, for a mean effect of `effect`? */
static int verdict(const verdict_case *c, const stp_sequential *plan, size_t n,
                   double margin, double effect, sample *s, bool said[2])
{
    const stp_smallest m = {margin, c->kind == VERDICT_SHARE};
    bool known = c->kind == VERDICT_FLIPS || c->kind == VERDICT_SPARSE ||
                 c->kind == VERDICT_LOGNORMAL_KNOWN || c->kind == VERDICT_LOGNORMAL_ALONE;
    const stp_pairs pairs = {s->base, s->changed, known ? s->base_off : NULL,
                             known ? s->changed_off : NULL, n};
    stp_finding f;
    for (size_t i = 0; i < n; i++)
        s->changed[i] = m.share ? s->ordinary[i] * (1 + effect)
                                : s->ordinary[i] + effect - c->rate * c->size;
    if (stp_finding_make(plan, 0, &pairs, &m, &f) != 0)
        return -1;
    said[0] = f.verdict == STP_EQUIVALENT;
    said[1] = f.within;
    return 0;
}

/* Counts of "equivalent", per margin: at the margin, by side and rule; without an effect. */
enum { COUNTS = VERDICT_MARGINS * 5 };

static int try_once(size_t index, size_t n, size_t trial, const stp_sequential *plan,
                    long counts[COUNTS])
{
    const verdict_case *c = &VERDICT_CASES[index];
    const double *margins = VERDICT_MARGIN[c->kind == VERDICT_SHARE];
    sample s;
    int status = 0;
    for (size_t i = 0; i < n; i++) {
        stp_words w = stp_random(SEED, STP_PURPOSE_RESAMPLE, (uint32_t)index, (uint32_t)i,
                                 (uint32_t)trial, (uint32_t)n);
        draw_pair(c, &w, i, &s);
    }
    for (int m = 0; m < VERDICT_MARGINS; m++)
        for (int side = 0; side < 3; side++) {
            double effect = side == 0 ? margins[m] : side == 1 ? -margins[m] : 0;
            bool said[2];
            if (side == 1 && c->kind == VERDICT_SHARE)
                continue;
            status |= verdict(c, plan, n, margins[m], effect, &s, said);
            for (int rule = 0; rule < 2 && side < 2; rule++)
                counts[m * 5 + side * 2 + rule] += said[rule];
            counts[m * 5 + 4] += side == 2 && said[0];
        }
    return status;
}

int verdict_try(size_t index, size_t n, size_t trials, verdict_rates *rates)
{
    stp_sequential plan;
    long counts[COUNTS] = {0};
    int failed = stp_sequential_plan(STP_SPEND_LATE, 0.05, 0.05, 1, &n, 1, &plan) != 0;
#pragma omp parallel for reduction(+ : counts[:COUNTS], failed)
    for (size_t t = 0; t < trials; t++)
        failed += !failed && try_once(index, n, t, &plan, counts) != 0;
    *rates = (verdict_rates){0};
    for (int m = 0; m < VERDICT_MARGINS; m++) {
        const long *c = counts + m * 5;
        rates->wrong = fmax(rates->wrong, (double)(c[0] > c[2] ? c[0] : c[2]));
        rates->wrong_t = fmax(rates->wrong_t, (double)(c[1] > c[3] ? c[1] : c[3]));
        rates->power[m] = (double)c[4] / (double)trials;
    }
    rates->wrong /= (double)trials;
    rates->wrong_t /= (double)trials;
    return failed ? -1 : 0;
}
