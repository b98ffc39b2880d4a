/* A calibration as a page in Markdown with pictures. */
#include "base/normal.h"
#include "report/charts/shifts.h"
#include "report/format/markdown.h"
#include "report/format/table.h"
#include "study/calibration/calibration.h"
#include "study/stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct page {
    steppe_context *context;
    const steppe_calibration *c;
    const char *stem;
} page;

/* ---- numbers of the pictures ---- */

static const char *name_of(const steppe_calibration *c, size_t parameter)
{
    return c->ranges[c->calibrated[parameter]].path;
}

/* The posterior's places in the prior, 0 to 1. */
static stp_shift parameter_shift(const steppe_calibration *c, size_t k, double *workspace)
{
    const stp_posterior *p = &c->posterior;
    for (size_t i = 0; i < p->draws; i++)
        workspace[i] = stp_normal(p->z[i * p->dimensions + k]);
    stp_sort(workspace, p->draws);
    stp_shift s = {name_of(c, k),
                   0.05,
                   0.5,
                   0.95,
                   stp_quantile(workspace, p->draws, 0.05),
                   stp_quantile(workspace, p->draws, 0.5),
                   stp_quantile(workspace, p->draws, 0.95),
                   .faint = false};
    s.faint = s.high - s.low > 0.72; /* hardly narrower than the prior's 0.9 */
    return s;
}

static int by_width(const void *a, const void *b)
{
    const stp_shift *x = a, *y = b;
    double dx = x->high - x->low, dy = y->high - y->low;
    return dx != dy ? (dx > dy) - (dx < dy) : strcmp(x->name, y->name);
}

static int draw_parameters(FILE *file, const void *user)
{
    const page *p = user;
    const steppe_calibration *c = p->c;
    stp_shift *shifts = calloc(c->dimensions, sizeof *shifts);
    double *workspace = malloc(c->posterior.draws * sizeof *workspace);
    int result = shifts && workspace ? 0 : stp_no_memory(p->context);
    if (result == 0) {
        for (size_t k = 0; k < c->dimensions; k++)
            shifts[k] = parameter_shift(c, k, workspace);
        qsort(shifts, c->dimensions, sizeof *shifts, by_width);
        const stp_shifts all = {"What the record tells of each parameter",
                                "place in the prior: 0 its low end, 1 its high end",
                                "prior, 5 to 95 %",
                                "posterior, 5 to 95 %",
                                "posterior, hardly narrower",
                                shifts,
                                c->dimensions,
                                0,
                                1,
                                NAN};
        result = stp_shifts_write(file, &all) == 0 ? 0 : 1;
    }
    free(shifts);
    free(workspace);
    return result;
}

/* How far the runs of a wave are from the record, in standard deviations of the record's and the model's errors. */
static void spread_of(const steppe_calibration *c, const stp_wave *wave, size_t k,
                      double *workspace, double q[3])
{
    static const double SHARES[] = {0.05, 0.5, 0.95};
    const stp_statistic *s = &c->statistics.list[k];
    double unit = stp_statistic_spread(s);
    for (size_t i = 0; i < wave->count; i++)
        workspace[i] = (wave->runs[i].values[k] - s->wanted) / unit;
    size_t there = stp_sort(workspace, wave->count);
    for (int i = 0; i < 3; i++)
        q[i] = stp_quantile(workspace, there, SHARES[i]);
}

static int draw_observations(FILE *file, const void *user)
{
    const page *p = user;
    const steppe_calibration *c = p->c;
    size_t most = c->prior.count > c->predicted.count ? c->prior.count
                                                      : c->predicted.count;
    stp_shift *shifts = calloc(c->statistics.count, sizeof *shifts);
    double *workspace = malloc((most + 1) * sizeof *workspace);
    int result = shifts && workspace ? 0 : stp_no_memory(p->context);
    for (size_t k = 0; result == 0 && k < c->statistics.count; k++) {
        double before[3], after[3];
        spread_of(c, &c->prior, k, workspace, before);
        spread_of(c, &c->predicted, k, workspace, after);
        shifts[k] = (stp_shift){c->statistics.list[k].observation->title,
                                before[0],
                                before[1],
                                before[2],
                                after[0],
                                after[1],
                                after[2],
                                !c->statistics.list[k].trains};
    }
    if (result == 0) {
        const stp_shifts all = {"What runs predict of the record",
                                "distance from the record, in standard deviations of its "
                                "errors and the model's",
                                "runs of the prior, 5 to 95 %",
                                "runs of the posterior, 5 to 95 %",
                                "the same, held out",
                                shifts,
                                c->statistics.count,
                                -6,
                                6,
                                0};
        result = stp_shifts_write(file, &all) == 0 ? 0 : 1;
    }
    free(shifts);
    free(workspace);
    return result;
}

/* ---- words ---- */

/* Sentences that say how much the record tells, and what it does not. */
static void write_told(FILE *file, const steppe_calibration *c, double *workspace)
{
    size_t told[3] = {0};
    for (size_t k = 0; k < c->dimensions; k++)
        told[stp_calibration_told(c, k, workspace)]++;
    fprintf(file,
            "Of %zu parameters that were inferred, the record tells much of %zu, "
            "something of "
            "%zu, and next to nothing of %zu: what hangs\non the latter rests on "
            "assumptions.",
            c->dimensions, told[2], told[1], told[0]);
    if (c->range_count > c->dimensions)
        fprintf(file, " %zu more were not inferred, and follow their priors.",
                c->range_count - c->dimensions);
    fputs("\n\n", file);
}

static void write_misses(FILE *file, const steppe_calibration *c, double *workspace)
{
    size_t misses = 0;
    for (size_t k = 0; k < c->statistics.count; k++) {
        double q[3];
        spread_of(c, &c->predicted, k, workspace, q);
        const stp_statistic *s = &c->statistics.list[k];
        if (!(q[0] > 2 || q[2] < -2))
            continue;
        fprintf(file, "%s",
                misses++ ? "; "
                         : "Nine in ten runs of the posterior miss the "
                           "record by more than two standard deviations "
                           "in:\n");
        stp_page_text(file, s->observation->title);
        fprintf(file, " (%s%s)", q[0] > 2 ? "too high" : "too low",
                s->trains ? "" : ", held out");
    }
    fputs(misses ? ".\n\n"
                 : "No observation is missed by nine in ten runs of the posterior by "
                   "more than two standard deviations.\n\n",
          file);
}

static void write_held_out(FILE *file, const steppe_calibration *c, double *workspace)
{
    size_t better = 0, worse = 0;
    for (size_t k = 0; k < c->statistics.count; k++) {
        double prior, posterior;
        if (c->statistics.list[k].trains)
            continue;
        stp_calibration_scores(c, k, workspace, &prior, &posterior);
        better += posterior < prior;
        worse += posterior > prior;
    }
    if (better + worse > 0)
        fprintf(file,
                "Of the observations that were held out, the posterior predicts %zu "
                "better than "
                "the prior, and %zu worse (by the CRPS).\n\n",
                better, worse);
}

static void put_picture(FILE *file, const page *p, const char *words, const char *suffix)
{
    fprintf(file, "![%s](", words);
    stp_page_target(file, p->stem);
    fprintf(file, "%s)\n\n", suffix);
}

static void write_head(FILE *file, const steppe_calibration *c)
{
    const steppe_calibrate_options *o = &c->options;
    const steppe_calibration_facts *f = &c->facts;
    fputs("# ", file);
    stp_page_text(file, steppe_scenario_title(c->scenario));
    fprintf(
        file,
        ": what the record tells\n\nWritten by `steppe calibrate --page`, not by hand; "
        "version %s, results version %d.\n\n%zu runs of %llu steps, %g resident%s per "
        "agent, seed %llu: ",
        steppe_version(), STEPPE_RESULTS_VERSION, f->runs,
        (unsigned long long)c->statistics.steps, o->scale, o->scale == 1 ? "" : "s",
        (unsigned long long)o->seed);
    if (o->chains)
        fprintf(
            file,
            "%zu of the prior, %zu levels of %zu chains with %d moves each, and %zu at "
            "draws of the posterior.\n",
            o->points, c->chains.level_count, o->chains, STP_CHAIN_MOVES, o->predicted);
    else
        fprintf(file,
                "%zu waves of %zu runs, one from the posterior, and %zu at its draws.\n",
                o->waves, o->points, o->predicted);
    fprintf(file, "%zu of them were stopped at ten times the crowd on record%s.\n\n",
            f->stopped,
            f->failed ? "; in some the parameters contradicted each other" : "");
}

static void write_rules(FILE *file, bool chains)
{
    fputs(
        "## How to read it\n\n"
        "The *prior* is what the scenario says of a number (its range or distribution); "
        "the "
        "*posterior* is what is left of it after the\ntraining observations. *Narrower "
        "by* is "
        "the share by which the spread of the place in the prior fell: half or more is\n"
        "called identified, a fifth or more partly. Predictions are of runs, without the "
        "errors of a record; the *CRPS* is their distance\nfrom the record on the scale "
        "on "
        "which the measure is compared, lower is better. Parameters that trade off are "
        "told "
        "together\nand not apart. ",
        file);
    fputs(chains ? "The posterior was drawn by chains of runs: each level weighs the "
                   "record more, "
                   "up to a power of 1; where few proposals are\naccepted or few "
                   "ancestors are "
                   "left, the draws are few in truth.\n"
                 : "The posterior stands on emulators: that runs at its draws meet the "
                   "record is "
                   "shown above, not assumed.\n",
          file);
}

static int write_page(FILE *file, const void *user)
{
    const page *p = user;
    const steppe_calibration *c = p->c;
    size_t most = c->posterior.draws + c->prior.count + c->predicted.count;
    double *workspace = malloc(most * sizeof *workspace);
    if (!workspace)
        return stp_no_memory(p->context);
    write_head(file, c);
    stp_page_settings(file, c->scenario);
    if (c->facts.empty)
        fputs("**No parameter set agrees with the record: what follows comes nearest to "
              "it.**\n\n",
              file);
    write_told(file, c, workspace);
    write_misses(file, c, workspace);
    write_held_out(file, c, workspace);
    put_picture(file, p, "posterior within the prior", "-parameters.svg");
    put_picture(file, p, "predictions and the record", "-observations.svg");
    fputs("## Parameters\n\n", file);
    stp_table_put(file, steppe_calibration_table(c, "parameters"));
    fputs("## Parameters that trade off\n\n", file);
    steppe_table *pairs = steppe_calibration_table(c, "trade-offs");
    if (pairs && steppe_table_row_count(pairs) == 0)
        fputs("None: no two have a correlation of 0.3 or more in the posterior.\n\n",
              file);
    stp_table_put(file, pairs);
    fputs("## Observations\n\n", file);
    stp_table_put(file, steppe_calibration_table(c, "observations"));
    bool chains = c->options.chains > 0;
    fputs(chains ? "## Levels of the chains\n\n" : "## Waves\n\n", file);
    stp_table_put(file, steppe_calibration_table(c, chains ? "levels" : "waves"));
    write_rules(file, c->options.chains > 0);
    free(workspace);
    return ferror(file) ? 1 : 0;
}

/* ---- synthetic truths ---- */

static int draw_ranks(FILE *file, const void *user)
{
    const page *p = user;
    const steppe_calibration *c = p->c;
    size_t quantities = c->dimensions + STP_MORE_RANKS, n = c->options.truths;
    stp_shift *shifts = calloc(quantities, sizeof *shifts);
    double *workspace = malloc((n + 1) * sizeof *workspace);
    int result = shifts && workspace ? 0 : stp_no_memory(p->context);
    for (size_t q = 0; result == 0 && q < quantities; q++) {
        for (size_t t = 0; t < n; t++)
            workspace[t] = c->ranks[t * quantities + q];
        size_t there = stp_sort(workspace, n);
        shifts[q] = (stp_shift){stp_calibration_rank_name(c, q),
                                0.25,
                                0.5,
                                0.75,
                                stp_quantile(workspace, there, 0.25),
                                stp_quantile(workspace, there, 0.5),
                                stp_quantile(workspace, there, 0.75),
                                false};
    }
    if (result == 0) {
        const stp_shifts all = {
            "Ranks of synthetic truths among the draws of their posteriors",
            "rank, from 0 to 1",
            "uniform: quarters and middle",
            "ranks: quarters and middle",
            NULL,
            shifts,
            quantities,
            0,
            1,
            0.5};
        result = stp_shifts_write(file, &all) == 0 ? 0 : 1;
    }
    free(shifts);
    free(workspace);
    return result;
}

static int write_ranks(FILE *file, const void *user)
{
    const page *p = user;
    const steppe_calibration *c = p->c;
    fputs("# ", file);
    stp_page_text(file, steppe_scenario_title(c->scenario));
    fprintf(
        file,
        ": is the calibration right?\n\nWritten by `steppe calibrate --synthetic "
        "--page`, not "
        "by hand; version %s, results version %d.\n\n%zu synthetic truths from the "
        "prior, "
        "each with a record of its own and its errors; %zu were left out, as their runs "
        "were stopped.\nWhere the calibration is right, the rank of a truth among the "
        "draws "
        "of its posterior is uniform (Talts et al. 2018),\nand nine in ten truths lie in "
        "the 90 %% interval. One that returned the prior would fail in the ranks of the "
        "log\nlikelihood and of the predictions.\n\n",
        steppe_version(), STEPPE_RESULTS_VERSION, c->facts.truths, c->facts.left_out);
    put_picture(file, p, "ranks of the truths", "-ranks.svg");
    stp_table_put(file, steppe_calibration_table(c, "ranks"));
    return ferror(file) ? 1 : 0;
}

int steppe_calibration_write_page(steppe_context *context, const steppe_calibration *c,
                                  const char *path)
{
    stp_page made = stp_page_begin(context, path);
    const page p = {context, c, made.name};
    if (c->ranks) {
        stp_page_picture(&made, "-ranks.svg", draw_ranks, &p);
        return stp_page_end(&made, write_ranks, &p);
    }
    stp_page_picture(&made, "-parameters.svg", draw_parameters, &p);
    stp_page_picture(&made, "-observations.svg", draw_observations, &p);
    return stp_page_end(&made, write_page, &p);
}
