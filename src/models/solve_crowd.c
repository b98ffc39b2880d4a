/* Models of crowds: thresholds, networks, contagion between districts. */
#include "models/contagion.h"
#include "models/network.h"
#include "models/solve.h"
#include "models/threshold.h"
#include "world/geography.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- thresholds ---- */

enum { ENDLESS_ROUNDS = 1000000 };
static const double LEAST_DEVIATION = 1e-12; /* of shares; below, all are alike */

/* The thresholds of a scenario; NULL if out of memory. Freed by the caller. */
static double *thresholds_of(const steppe_scenario *s, size_t *count)
{
    int distribution = (int)s->threshold.distribution.value;
    bool list = distribution == STP_THRESHOLDS_LIST;
    size_t n = list ? s->threshold.list.count : (size_t)s->threshold.persons.value;
    double *thresholds = malloc(n * sizeof *thresholds);
    *count = n;
    if (!thresholds)
        return NULL;
    double whole = s->threshold.whole.given ? s->threshold.whole.value : (double)n;
    if (list)
        memcpy(thresholds, s->threshold.list.items, n * sizeof *thresholds);
    else if (distribution == STP_THRESHOLDS_NORMAL)
        stp_threshold_normal(s->threshold.mean.value, s->threshold.deviation.value, n,
                             thresholds);
    else
        for (size_t i = 0; i < n; i++)
            thresholds[i] = whole * (double)i / (double)n;
    return thresholds;
}

static void add_cascade(steppe_solution *solution, size_t n, double whole,
                        stp_threshold_start start, const stp_cascade *cascade)
{
    const steppe_scenario *s = solution->scenario;
    stp_solution_add_plain(
        solution,
        (const stp_plain_outcome[]){
            {"acting", (double)cascade->acting, "persons", "persons who act in the end"},
            {"share", (double)cascade->acting / (double)n, "share", "their share of all"},
            {"rounds", (double)cascade->rounds, "rounds",
             "rounds in which somebody joined, or left"}},
        3);
    double mean = s->threshold.mean.value / whole;
    double deviation = s->threshold.deviation.value / whole;
    if (s->threshold.distribution.value == STP_THRESHOLDS_NORMAL &&
        deviation > LEAST_DEVIATION)
        stp_solution_add(solution, "endless.share", NULL,
                         stp_threshold_equilibrium(mean, deviation, start,
                                                   ENDLESS_ROUNDS),
                         "share", "share that acts in the end in an endless crowd", NULL);
}

int stp_solve_threshold(steppe_context *context, steppe_solution *solution)
{
    const steppe_scenario *s = solution->scenario;
    size_t n;
    double *thresholds = thresholds_of(s, &n);
    if (!thresholds)
        return stp_no_memory(context);
    double whole = s->threshold.whole.given ? s->threshold.whole.value : (double)n;
    stp_threshold_start start = s->threshold.start.value == 0 ? STP_FROM_NOBODY
                                                              : STP_FROM_EVERYBODY;
    size_t *path = malloc((n + 1) * sizeof *path);
    stp_cascade cascade;
    bool made = path &&
                stp_threshold_cascade(thresholds, n, whole, start, path, &cascade) == 0 &&
                stp_solution_allocate(solution, cascade.rounds + 1, 1);
    if (made) {
        stp_solution_name(solution, 0, "acting", NULL);
        for (size_t t = 0; t <= cascade.rounds; t++)
            *stp_solution_at(solution, t, 0) = (double)path[t];
        add_cascade(solution, n, whole, start, &cascade);
    }
    free(path);
    free(thresholds);
    return made ? STEPPE_OK : stp_no_memory(context);
}

/* ---- networks ---- */

static int make_network(const steppe_scenario *s, uint64_t seed, stp_network *network)
{
    uint32_t n = (uint32_t)s->network.persons.value;
    switch ((int)s->network.kind.value) {
    case STP_SMALL_WORLD:
        return stp_network_small_world(seed, n, (uint32_t)s->network.reach.value,
                                       s->network.moved.value, network);
    case STP_VILLAGE:
        return stp_network_villages(seed, n, (uint32_t)s->network.size.value,
                                    s->network.across.value, network);
    case STP_OPINION_LEADER:
        return stp_network_opinion_leader(seed, n, (uint32_t)s->network.ties.value,
                                          s->network.exponent.value, network);
    default:
        return stp_network_hierarchy(seed, n, (uint32_t)s->network.span.value,
                                     s->network.siblings.value, network);
    }
}

static void add_participation(steppe_solution *solution, const stp_network *network,
                              const stp_participation *end, uint32_t initiators)
{
    double n = network->n;
    size_t most = 0;
    for (uint32_t i = 0; i < network->n; i++) {
        size_t ties = network->first[i + 1] - network->first[i];
        most = ties > most ? ties : most;
    }
    const stp_plain_outcome outcomes[] = {
        {"share", end->share, "share", "share of the persons who take part in the end"},
        {"participants", floor(end->share * n + 0.5), "persons",
         "persons who take part in the end"},
        {"initiators", initiators, "persons",
         "persons who take part after the first step"},
        {"steps", end->steps, "steps", "steps until the last of them joined"},
        {"settled", end->settled, "",
         "1 if nobody else would ever join; 0 if the steps were over before"},
        {"ties", (double)network->first[network->n] / n, "", "ties a person, on average"},
        {"ties.most", (double)most, "", "ties of the person who has most"}};
    stp_solution_add_plain(solution, outcomes, sizeof outcomes / sizeof *outcomes);
}

int stp_solve_network(steppe_context *context, steppe_solution *solution)
{
    const steppe_scenario *s = solution->scenario;
    const stp_motivation motivation = {s->network.mean.value, s->network.deviation.value,
                                       s->network.memory.value,
                                       (uint32_t)s->network.steps.value};
    stp_network network = {0};
    stp_participation end;
    uint32_t *path = calloc((size_t)motivation.steps + 1, sizeof *path);
    bool made = path && make_network(s, solution->seed, &network) == 0 &&
                stp_network_participate(&network, &motivation, solution->seed, path,
                                        &end) == 0 &&
                stp_solution_allocate(solution, (size_t)end.steps + 1, 1);
    if (made) {
        stp_solution_name(solution, 0, "participants", NULL);
        for (size_t t = 0; t <= end.steps; t++)
            *stp_solution_at(solution, t, 0) = path[t];
        add_participation(solution, &network, &end, path[1]);
    }
    free(path);
    stp_network_free(&network);
    return made ? STEPPE_OK : stp_no_memory(context);
}

/* ---- contagion ---- */

typedef struct riots {
    stp_contagion model;
    double *weight, *active, *susceptible; /* of the districts */
} riots;

static bool lay_out(const steppe_scenario *s, riots *r)
{
    size_t n = s->district_count;
    r->weight = malloc((n + 2) * n * sizeof *r->weight);
    if (!r->weight)
        return false;
    r->active = r->weight + n * n;
    r->susceptible = r->active + n;
    for (size_t k = 0; k < n; k++) {
        const stp_district_spec *p = &s->districts[k];
        for (size_t j = 0; j < n; j++)
            r->weight[k * n + j] = j == k
                                       ? 0
                                       : stp_distance_km(p->latitude.value,
                                                         p->longitude.value,
                                                         s->districts[j].latitude.value,
                                                         s->districts[j].longitude.value);
        r->active[k] = p->active_at_start.value;
        r->susceptible[k] = s->contagion.susceptible.value * p->population.value;
    }
    stp_contagion_kernel(r->weight, n, s->contagion.distance.value,
                         s->contagion.exponent.value, r->weight);
    bool linear = s->contagion.response.value == STP_CONTAGION_LINEAR;
    r->model = (stp_contagion){n,
                               r->weight,
                               s->contagion.omega.value,
                               linear ? STP_RESPONSE_LINEAR : STP_RESPONSE_THRESHOLD,
                               s->contagion.beta.value,
                               s->contagion.gamma.value,
                               s->contagion.critical.value};
    return true;
}

/* Numbers that can be those of persons; they cannot when the steps were too long. */
static bool is_sound(const riots *r)
{
    bool sound = true;
    for (size_t k = 0; k < r->model.districts; k++)
        sound = sound && r->active[k] >= 0 && r->susceptible[k] >= 0 &&
                isfinite(r->active[k]) && isfinite(r->susceptible[k]);
    return sound;
}

/* The state after a step: districts, then all of them together. */
static void keep(steppe_solution *solution, const riots *r, size_t step)
{
    double sum = 0;
    for (size_t k = 0; k < r->model.districts; k++) {
        *stp_solution_at(solution, step, k) = r->active[k];
        sum += r->active[k];
    }
    *stp_solution_at(solution, step, r->model.districts) = sum;
}

/* The step at which a series is highest. */
static size_t peak_of(steppe_solution *solution, size_t column)
{
    size_t peak = 0;
    for (size_t t = 1; t < solution->steps; t++)
        if (*stp_solution_at(solution, t, column) >
            *stp_solution_at(solution, peak, column))
            peak = t;
    return peak;
}

/* Of a series: of a district, or of all. */
static void add_riot(steppe_solution *solution, size_t column, const char *id,
                     const char *whose, double joined)
{
    size_t peak = peak_of(solution, column);
    stp_solution_add(solution, "peak", id, *stp_solution_at(solution, peak, column),
                     "persons", "most active at once", whose);
    stp_solution_add(solution, "peak_hour", id,
                     (double)peak * solution->scenario->time.step.value, "h",
                     "hours from the start to that", whose);
    stp_solution_add(solution, "joined", id, joined, "persons", "persons who joined",
                     whose);
}

static double joined_in(const steppe_scenario *s, const riots *r, size_t district)
{
    return s->contagion.susceptible.value * s->districts[district].population.value -
           r->susceptible[district];
}

static void add_riots(steppe_solution *solution, const riots *r)
{
    const steppe_scenario *s = solution->scenario;
    double joined = 0;
    for (size_t k = 0; k < s->district_count; k++)
        joined += joined_in(s, r, k);
    add_riot(solution, s->district_count, NULL, "all districts together", joined);
    for (size_t k = 0; k < s->district_count; k++)
        add_riot(solution, k, s->districts[k].id, s->districts[k].name,
                 joined_in(s, r, k));
}

static int follow(steppe_context *context, steppe_solution *solution, riots *r)
{
    const steppe_scenario *s = solution->scenario;
    size_t substeps = (size_t)s->contagion.substeps.value;
    double days = s->time.step.value / 24 / (double)substeps;
    keep(solution, r, 0);
    for (size_t t = 1; t < solution->steps; t++) {
        if (stp_contagion_advance(&r->model, days, substeps, r->active, r->susceptible) !=
            0)
            return stp_no_memory(context);
        if (!is_sound(r))
            return stp_fail(context, STEPPE_BAD_SCENARIO,
                            "%s: the contagion goes too fast for its steps: raise "
                            "contagion.substeps, or shorten time.step",
                            s->file);
        keep(solution, r, t);
    }
    return STEPPE_OK;
}

int stp_solve_contagion(steppe_context *context, steppe_solution *solution)
{
    const steppe_scenario *s = solution->scenario;
    size_t n = s->district_count;
    riots r = {0};
    if (!lay_out(s, &r) ||
        !stp_solution_allocate(solution, (size_t)s->time.steps.value + 1, n + 1)) {
        free(r.weight);
        return stp_no_memory(context);
    }
    for (size_t k = 0; k < n; k++)
        stp_solution_name(solution, k, "active", s->districts[k].id);
    stp_solution_name(solution, n, "active", NULL);
    int status = follow(context, solution, &r);
    if (status == STEPPE_OK)
        add_riots(solution, &r);
    free(r.weight);
    return status;
}
