/* Models of actors with weights who bargain over one issue: KTAB, expected utility. */
#include "models/bargain.h"
#include "models/ktab.h"
#include "models/solve.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- KTAB ---- */

enum { RESOLUTIONS = 3, MAX_CHAIN = 100000 };

/* The options are the positions that somebody holds, each once. */
typedef struct vote {
    size_t actors, options;
    size_t *holder;         /* of an option: the first actor who holds it */
    double *weight, *worth; /* actors; actors x options */
    double *strength, *victory, *probability; /* options x options, twice; options */
} vote;

static bool allocate(size_t actors, vote *v)
{
    v->actors = actors;
    v->holder = malloc(actors * sizeof *v->holder);
    v->weight = malloc((3 * actors + 2) * actors * sizeof *v->weight);
    if (!v->holder || !v->weight)
        return false;
    v->worth = v->weight + actors;
    v->strength = v->worth + actors * actors;
    v->victory = v->strength + actors * actors;
    v->probability = v->victory + actors * actors;
    return true;
}

static void find_options(const steppe_scenario *s, vote *v)
{
    for (size_t i = 0; i < v->actors; i++) {
        size_t k = 0;
        while (k < v->options &&
               s->actors[v->holder[k]].position.value != s->actors[i].position.value)
            k++;
        if (k == v->options)
            v->holder[v->options++] = i;
    }
}

static void weigh_options(const steppe_scenario *s, vote *v)
{
    static const stp_ktab_victory VICTORIES[] = {STP_KTAB_LINEAR, STP_KTAB_SQUARE,
                                                 STP_KTAB_QUARTIC, STP_KTAB_OCTIC,
                                                 STP_KTAB_DECISIVE};
    const double salience = 1;
    for (size_t i = 0; i < v->actors; i++) {
        const stp_actor *a = &s->actors[i];
        v->weight[i] = a->weight.value;
        for (size_t k = 0; k < v->options; k++) {
            double distance = stp_ktab_distance(&s->actors[v->holder[k]].position.value,
                                                &a->position.value, &salience, 1);
            v->worth[i * v->options + k] = stp_ktab_utility(distance, a->risk.value);
        }
    }
    stp_ktab_strengths((stp_ktab_rule)s->ktab.rule.value, v->weight, v->worth, v->actors,
                       v->options, v->strength);
    stp_ktab_victories(VICTORIES[(int)s->ktab.victory.value], v->strength, v->options,
                       v->victory);
}

static bool add_resolution(steppe_solution *solution, vote *v, int resolution)
{
    static const char *const NAMES[RESOLUTIONS] = {"conditional", "uniform", "incentive"};
    const steppe_scenario *s = solution->scenario;
    char probability[40];
    bool arrived;
    size_t winner = 0;
    if (stp_ktab_resolve((stp_ktab_resolution)resolution, v->strength, v->victory,
                         v->options, MAX_CHAIN, v->probability, &arrived) != 0)
        return false;
    snprintf(probability, sizeof probability, "probability.%s", NAMES[resolution]);
    for (size_t k = 0; k < v->options; k++) {
        const stp_actor *holder = &s->actors[v->holder[k]];
        winner = v->probability[k] > v->probability[winner] ? k : winner;
        stp_solution_add(solution, probability, holder->id, v->probability[k],
                         "probability", "that the position comes out of", holder->name);
    }
    const stp_actor *holder = &s->actors[v->holder[winner]];
    stp_solution_add(solution, "winner", NAMES[resolution], holder->position.value,
                     "position", "likeliest position under this resolution, that of",
                     holder->name);
    if (resolution != STP_KTAB_CONDITIONAL)
        stp_solution_add(solution, "arrived", NAMES[resolution], arrived, "",
                         "1 if the Markov chain came to rest; 0: do not rely on it",
                         NULL);
    if (resolution == (int)s->ktab.resolution.value)
        stp_solution_add(solution, "winner", NULL, holder->position.value, "position",
                         "likeliest position under the resolution of the scenario, that "
                         "of",
                         holder->name);
    return true;
}

int stp_solve_ktab(steppe_context *context, steppe_solution *solution)
{
    const steppe_scenario *s = solution->scenario;
    vote v = {0};
    bool made = allocate(s->actor_count, &v);
    if (made) {
        find_options(s, &v);
        weigh_options(s, &v);
        for (int i = 0; i < RESOLUTIONS && made; i++)
            made = add_resolution(solution, &v, i);
    }
    free(v.holder);
    free(v.weight);
    return made ? STEPPE_OK : stp_no_memory(context);
}

/* ---- expected utility ---- */

/* The columns of the actors, one after the other in one piece of memory. */
typedef struct table {
    stp_bargain issue;
    double *position, *workspace;
    double min, max; /* of the positions at the start */
} table;

static void fill(const steppe_scenario *s, double *columns, table *t)
{
    size_t n = s->actor_count;
    *t = (table){.position = columns + n,
                 .workspace = columns + 3 * n,
                 .min = INFINITY,
                 .max = -INFINITY};
    for (size_t i = 0; i < n; i++) {
        const stp_actor *a = &s->actors[i];
        columns[i] = a->weight.value;
        t->position[i] = a->position.value;
        columns[2 * n + i] = a->salience.value;
        t->min = fmin(t->min, a->position.value);
        t->max = fmax(t->max, a->position.value);
    }
    const stp_quantity *range = &s->expected_utility.range;
    t->issue = (stp_bargain){n, columns, t->position, columns + 2 * n,
                             range->given ? range->value : t->max - t->min};
}

/* Positions of the actors, and the median, before the first round or after a round. */
static void keep(steppe_solution *solution, const stp_bargain *issue, size_t round)
{
    for (size_t i = 0; i < issue->count; i++)
        *stp_solution_at(solution, round, i) = issue->position[i];
    *stp_solution_at(solution, round, issue->count) = stp_bargain_median(issue);
}

static bool bargain(steppe_solution *solution, table *t)
{
    const steppe_scenario *s = solution->scenario;
    const stp_bargain *issue = &t->issue;
    stp_bargain_reading reading = (stp_bargain_reading)s->expected_utility.reading.value;
    size_t n = issue->count, rounds = (size_t)s->expected_utility.rounds.value;
    if (!stp_solution_allocate(solution, rounds + 1, n + 1))
        return false;
    for (size_t i = 0; i < n; i++)
        stp_solution_name(solution, i, "position", s->actors[i].id);
    stp_solution_name(solution, n, "median", NULL);
    if (stp_bargain_exponents(issue, reading, t->workspace) != 0)
        return false;
    stp_solution_add(solution, "median.start", NULL, stp_bargain_median(issue),
                     "position", "weighted median of the positions at the start", NULL);
    for (size_t i = 0; i < n; i++)
        stp_solution_add(solution, "risk", s->actors[i].id, t->workspace[i], "",
                         "risk exponent r at the start, 2 for the most secure",
                         s->actors[i].name);
    keep(solution, issue, 0);
    for (size_t round = 1; round <= rounds; round++) {
        if (stp_bargain_round(issue, reading, t->workspace) != 0)
            return false;
        for (size_t i = 0; i < n; i++) /* rounding must lead nobody out of the range */
            t->position[i] = fmin(fmax(t->workspace[i], t->min), t->max);
        keep(solution, issue, round);
    }
    return true;
}

int stp_solve_expected_utility(steppe_context *context, steppe_solution *solution)
{
    const steppe_scenario *s = solution->scenario;
    double *columns = malloc(4 * s->actor_count * sizeof *columns);
    table t;
    if (!columns)
        return stp_no_memory(context);
    fill(s, columns, &t);
    bool made = bargain(solution, &t);
    if (made) {
        stp_solution_add(solution, "median.end", NULL, stp_bargain_median(&t.issue),
                         "position", "weighted median after the last round", NULL);
        for (size_t i = 0; i < s->actor_count; i++)
            stp_solution_add(solution, "position", s->actors[i].id, t.position[i],
                             "position", "position after the last round",
                             s->actors[i].name);
    }
    free(columns);
    return made ? STEPPE_OK : stp_no_memory(context);
}
