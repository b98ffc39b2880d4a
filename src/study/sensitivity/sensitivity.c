#include "study/sensitivity/sensitivity.h"

#include "base/text.h"
#include "scenario/scenario.h"
#include "study/ensembles/design.h"
#include "study/sensitivity/morris.h"
#include "study/sensitivity/saltelli.h"
#include "study/stats/sampling.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static const char *const METHODS[] = {"morris", "sobol", "pawn"};
/* As the results file has them: "sobol" is a plain Sobol sequence there. */
static const char *const SAMPLINGS[] = {"morris", "saltelli", "pawn"};

/* ---- options ---- */

static int check_options(steppe_context *context, const steppe_sensitivity_options *o)
{
    if (o->method > STEPPE_PAWN || o->groups > STEPPE_GROUPS_RECORD)
        return stp_fail(context, STEPPE_BAD_ARGUMENT, "no such method or grouping");
    if (o->method == STEPPE_PAWN && o->groups != STEPPE_GROUPS_NONE)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "pawn looks at each parameter alone, never at groups: choose a "
                        "few (--vary) instead");
    if (o->levels && (o->levels % 2 || o->levels > 100))
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "levels must be even and in [2, 100], not %zu", o->levels);
    if (o->slices == 1 || o->slices > 100)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "slices must be in [2, 100], not %zu", o->slices);
    return STEPPE_OK;
}

/* Too few points for so many groups: say how many it takes. */
static int refuse_count(steppe_context *context, const steppe_sensitivity *s,
                        const steppe_sensitivity_options *o)
{
    const steppe_sensitivity_facts *f = &s->facts;
    const char *advice = "choose a few of them (--vary)";
    if (o->groups == STEPPE_GROUPS_NONE && s->method != STEPPE_PAWN)
        advice = "group them (--groups), or choose a few (--vary)";
    return stp_fail(context, STEPPE_BAD_ARGUMENT,
                    "%s: to tell the indices of %zu %s from chance takes %zu %s, that is "
                    "%zu runs; %zu are too few: take more (-n), or %s",
                    s->scenario->file, f->groups,
                    o->groups == STEPPE_GROUPS_NONE ? "parameters" : "groups", f->least,
                    stp_sensitivity_unit_name(s),
                    f->least * stp_sensitivity_length(s) * f->seeds, f->count, advice);
}

enum { MAX_UNASKED = 100 };

/* So many groups are no accident only if somebody has said how many points. */
static int refuse_groups(steppe_context *context, const steppe_sensitivity *s)
{
    const steppe_sensitivity_facts *f = &s->facts;
    return stp_fail(context, STEPPE_BAD_ARGUMENT,
                    "%s: %zu %s, each alone, would take %zu runs: group them (--groups), "
                    "choose a few (--vary), or say how many %s (-n), %zu or more",
                    s->scenario->file, f->groups,
                    f->groups == f->parameters ? "parameters" : "groups",
                    f->count * stp_sensitivity_length(s) * f->seeds,
                    stp_sensitivity_unit_name(s), f->least);
}

/* The size of the design. */
static int set_size(steppe_context *context, steppe_sensitivity *s,
                    const steppe_sensitivity_options *o)
{
    static const size_t COUNTS[] = {30, 512, 1000};
    steppe_sensitivity_facts *f = &s->facts;
    f->levels = o->levels ? o->levels : 4;
    f->slices = o->slices ? o->slices : 10;
    f->seeds = o->seeds ? o->seeds : 1;
    f->least = stp_sensitivity_least(s->method, f->groups, f->slices);
    f->count = o->count                        ? o->count
               : COUNTS[s->method] >= f->least ? COUNTS[s->method]
                                               : f->least;
    if (f->count < f->least)
        return refuse_count(context, s, o);
    if (!o->count && f->groups > MAX_UNASKED && s->method != STEPPE_PAWN)
        return refuse_groups(context, s);
    double runs = (double)f->count * (double)stp_sensitivity_length(s) * (double)f->seeds;
    if (!(runs <= 1e6))
        return stp_fail(
            context, STEPPE_BAD_ARGUMENT,
            "%s: %zu %s of %zu groups, %zu seeds each, are %.0f runs; at most "
            "1,000,000 can be made",
            s->scenario->file, f->count, stp_sensitivity_unit_name(s), f->groups,
            f->seeds, runs);
    f->points = f->count * stp_sensitivity_length(s);
    f->runs = f->points * f->seeds;
    return STEPPE_OK;
}

/* ---- the design ---- */

static int draw_points(steppe_context *context, steppe_sensitivity *s)
{
    const steppe_sensitivity_facts *f = &s->facts;
    const stp_factors *x = &s->factors;
    s->points = calloc(f->points * x->count + 1, sizeof *s->points);
    if (!s->points)
        return stp_no_memory(context);
    int bad = s->method == STEPPE_MORRIS
                  ? stp_morris_design(f->seed, x, f->count, f->levels, s->points)
              : s->method == STEPPE_SOBOL
                  ? stp_saltelli_design(f->seed, x, f->count, s->points)
                  : stp_latin(f->seed, f->count, x->count, s->points);
    return bad ? stp_no_memory(context) : STEPPE_OK;
}

/* The seeds of a trajectory or row are two blocks: that of its first point, and that of the points whose dummy
 * differs from it. Each point of PAWN has its own. */
static int set_seeds(steppe_context *context, steppe_sensitivity *s)
{
    size_t length = stp_sensitivity_length(s), factors = s->factors.count;
    s->seeds = calloc(s->facts.points + 1, sizeof *s->seeds);
    if (!s->seeds)
        return stp_no_memory(context);
    for (size_t p = 0; p < s->facts.points; p++) {
        const double *first = s->points + p / length * length * factors;
        bool moved = s->points[p * factors + factors - 1] != first[factors - 1];
        size_t block = length > 1 ? 2 * (p / length) + moved : p;
        s->seeds[p] = s->facts.seed + block * s->facts.seeds;
    }
    return STEPPE_OK;
}

/* All that the points follow from, but their number where more of them extend the design. */
static uint64_t digest_of(const steppe_sensitivity *s)
{
    bool grows = s->method == STEPPE_MORRIS ||
                 (s->method == STEPPE_SOBOL &&
                  stp_saltelli_grows(&s->factors, s->facts.count));
    uint64_t digest = XXH64(SAMPLINGS[s->method], strlen(SAMPLINGS[s->method]), 1);
    const uint64_t numbers[] = {s->method == STEPPE_MORRIS ? s->facts.levels : 0,
                                s->facts.seeds, grows ? 0 : s->facts.count};
    digest = XXH64(numbers, sizeof numbers, digest);
    for (size_t k = 0; k < s->range_count; k++) {
        uint64_t group = s->group_of[k];
        digest = XXH64(s->ranges[k].path, strlen(s->ranges[k].path), digest);
        digest = XXH64(&group, sizeof group, digest);
    }
    return digest;
}

void stp_sensitivity_parts(const steppe_sensitivity *s, size_t point, double *parts)
{
    size_t n = s->range_count;
    double levels = (double)s->facts.levels;
    memcpy(parts, s->points + point * (n + 1), n * sizeof *parts);
    for (size_t k = 0; k < n && s->method == STEPPE_MORRIS; k++)
        if (s->copula || s->ranges[k].prior)
            parts[k] = (parts[k] * (levels - 1) + 0.5) / levels;
}

/* The points without the dummy, which no parameter has. */
static double *without_dummy(const steppe_sensitivity *s)
{
    size_t n = s->range_count;
    double *points = calloc(s->facts.points * n + 1, sizeof *points);
    for (size_t p = 0; points && p < s->facts.points; p++)
        stp_sensitivity_parts(s, p, points + p * n);
    return points;
}

static int run_points(steppe_context *context, steppe_sensitivity *s,
                      const steppe_sensitivity_options *o)
{
    steppe_ensemble_summary summary;
    double *points = without_dummy(s);
    if (!points)
        return stp_no_memory(context);
    const stp_design design = {.name = SAMPLINGS[s->method],
                               .digest = digest_of(s),
                               .ranges = s->ranges,
                               .range_count = s->range_count,
                               .points = points,
                               .seeds = s->seeds,
                               .count = s->facts.points,
                               .runs = s->facts.seeds};
    const steppe_ensemble_options options = {.count = s->facts.runs,
                                             .seed = o->seed,
                                             .population_seed_given =
                                                 o->population_seed_given,
                                             .population_seed = o->population_seed,
                                             .scale = s->facts.scale,
                                             .steps = o->steps,
                                             .path = s->path,
                                             .threads = o->threads,
                                             .progress = o->progress,
                                             .user = o->user};
    if (o->begin)
        o->begin(s->facts.runs, o->user);
    int status = stp_ensemble_design(context, s->scenario, &options, &design, &summary);
    s->facts.there = summary.there;
    s->facts.made = summary.made;
    s->facts.failed = summary.failed;
    snprintf(s->failure, sizeof s->failure, "%s", summary.failure);
    free(points);
    return status;
}

/* ---- the analysis ---- */

static int analyse(steppe_context *context, steppe_sensitivity *s,
                   const steppe_sensitivity_options *o)
{
    int status = check_options(context, o);
    if (status == STEPPE_OK)
        status = stp_sensitivity_choose(context, s, o);
    if (status == STEPPE_OK)
        status = stp_sensitivity_find_outcomes(context, s, o);
    if (status == STEPPE_OK)
        status = set_size(context, s, o);
    if (status == STEPPE_OK)
        status = draw_points(context, s);
    if (status == STEPPE_OK)
        status = set_seeds(context, s);
    if (status == STEPPE_OK)
        status = run_points(context, s, o);
    if (status == STEPPE_OK)
        status = stp_sensitivity_read_outcomes(context, s);
    if (status == STEPPE_OK && stp_sensitivity_compute(s) != 0)
        status = stp_no_memory(context);
    return status;
}

int steppe_sensitivity_run(steppe_context *context, const steppe_scenario *scenario,
                           const steppe_sensitivity_options *options,
                           steppe_sensitivity **sensitivity)
{
    *sensitivity = NULL;
    steppe_sensitivity *s = calloc(1, sizeof *s);
    char *path = stp_copy(options->path);
    if (!s || !path) {
        free(s);
        free(path);
        return stp_no_memory(context);
    }
    *s = (steppe_sensitivity){.scenario = scenario,
                              .method = options->method,
                              .path = path};
    s->facts = (steppe_sensitivity_facts){
        .method = options->method <= STEPPE_PAWN ? METHODS[options->method] : "",
        .path = path,
        .failure = s->failure,
        .seed = options->seed,
        .steps = options->steps ? options->steps : steppe_scenario_steps(scenario),
        .scale = options->scale != 0 ? options->scale : scenario->top.scale.value,
        .population_held = options->population_seed_given,
        .population_seed = options->population_seed};
    int status = analyse(context, s, options);
    if (status == STEPPE_OK)
        *sensitivity = s;
    else
        steppe_sensitivity_free(s);
    return status;
}

void steppe_sensitivity_free(steppe_sensitivity *s)
{
    if (!s)
        return;
    for (size_t g = 0; s->groups && g < s->factors.groups; g++)
        free(s->groups[g]);
    for (size_t i = 0; s->outcomes && i < s->facts.outcomes; i++)
        free(s->outcomes[i].values);
    stp_ranges_free(s->ranges, s->range_count);
    stp_copula_free(s->copula);
    steppe_solution_free(s->solution);
    free(s->groups);
    free(s->group_of);
    free(s->points);
    free(s->seeds);
    free(s->outcomes);
    free(s->rows);
    free(s->order);
    free(s->steps);
    free(s->path);
    free(s);
}

const steppe_sensitivity_facts *steppe_sensitivity_read(const steppe_sensitivity *s)
{
    return &s->facts;
}

int steppe_sensitivity_row_at(const steppe_sensitivity *s, size_t outcome, size_t index,
                              steppe_sensitivity_row *row)
{
    if (outcome >= s->facts.outcomes || index >= s->factors.groups)
        return STEPPE_BAD_ARGUMENT;
    *row = s->rows[outcome * s->factors.groups + index];
    return STEPPE_OK;
}
