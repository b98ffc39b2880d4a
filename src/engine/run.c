#include "engine/run.h"

#include "scenario/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- making ---- */

static int check_options(steppe_context *context, const steppe_run_options *o)
{
    if (o->scale != 0 && !(o->scale >= 1 && o->scale <= 1e9))
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "scale must be in [1, 1e9] residents per agent, not %g",
                        o->scale);
    if (o->threads < 0 || o->threads > 1024)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "threads must be in [1, 1024], or 0 for one per core, not %d",
                        o->threads);
    if (o->steps > 1000000000)
        return stp_fail(context, STEPPE_BAD_ARGUMENT, "steps must be at most 1e9");
    const struct {
        const char *what;
        int value, last;
    } choices[] = {{"engine", (int)o->engine, STEPPE_PRESET},
                   {"schedule", (int)o->schedule, STEPPE_TILES},
                   {"simd level", (int)o->simd, STEPPE_SIMD_V4}};
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (choices[i].value < 0 || choices[i].value > choices[i].last)
            return stp_fail(context, STEPPE_BAD_ARGUMENT, "there is no %s %d",
                            choices[i].what, choices[i].value);
    return STEPPE_OK;
}

static void apply_options(steppe_run *run, const steppe_run_options *o)
{
    const steppe_scenario *s = run->scenario;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    bool preset = s->top.rules.value != STP_EPSTEIN,
         home = s->top.presence.value == STP_PRESENCE_HOME;
    run->engine_kind = preset ? STEPPE_PRESET : o->engine;
    run->engine = preset                          ? &STP_PRESET
                  : o->engine == STEPPE_REFERENCE ? &STP_REFERENCE
                  : home                          ? &STP_HOME
                                                  : &STP_FAST;
    run->threads = o->threads     ? o->threads
                   : cores > 1024 ? 1024
                   : cores < 1    ? 1
                                  : (int)cores;
    if (preset || o->engine == STEPPE_REFERENCE)
        run->threads = 1;
    run->steps = o->steps ? o->steps : (uint64_t)s->time.steps.value;
    run->schedule = o->schedule                  ? o->schedule
                    : s->top.schedule.value == 0 ? STEPPE_SEQUENTIAL
                                                 : STEPPE_TILES;
    if (preset)
        run->schedule = STEPPE_SEQUENTIAL;
}

static int make_parts(steppe_run *run, const steppe_run_options *o)
{
    double scale = o->scale != 0 ? o->scale : run->scenario->top.scale.value;
    uint64_t people = o->population_seed_given ? o->population_seed : o->seed;
    int status = stp_world_create(run->context, run->scenario, o->seed, people, scale,
                                  run->schedule, &run->world);
    if (status == STEPPE_OK)
        status = stp_rules_create(run->context, run->scenario, run->world, &run->rules);
    if (status == STEPPE_OK)
        status = stp_nation_create(run->context, run->scenario, run->world, &run->nation);
    if (status != STEPPE_OK)
        return status;
    size_t n = run->world->count;
    run->conditions = calloc(n, sizeof *run->conditions);
    run->tallies = calloc(n, sizeof *run->tallies);
    run->next = calloc(n, sizeof *run->next);
    run->counts = calloc(n, sizeof *run->counts);
    run->fields = calloc(n, sizeof *run->fields);
    if (!run->conditions || !run->tallies || !run->next || !run->counts || !run->fields)
        return stp_no_memory(run->context);
    status = stp_nation_step(run->nation, 0, run->counts, run->conditions);
    if (status != STEPPE_OK)
        return stp_fail_setup(run->context, &run->context->stop);
    if (o->dry_run)
        return STEPPE_OK;
    const stp_engine_options options = {run->threads, o->simd, &run->context->stop};
    return run->engine->create(run->context, run->world, run->rules, run->conditions,
                               &options, &run->street);
}

/* Copy tallies and conditions to where observers find them. */
static void publish(steppe_run *run)
{
    run->digest = 0;
    for (size_t i = 0; i < run->world->count; i++) {
        run->counts[i] = run->tallies[i].counts;
        run->activations += run->tallies[i].counts.activations;
        run->digest += run->tallies[i].digest;
        stp_nation_fields(run->nation, i, &run->conditions[i], &run->fields[i]);
    }
    steppe_scenario_time(run->scenario, run->step, run->time);
}

int steppe_run_create(steppe_context *context, const steppe_scenario *scenario,
                      const steppe_run_options *options, steppe_run **run)
{
    const steppe_run_options defaults = {.seed = 1};
    *run = NULL;
    if (!options)
        options = &defaults;
    int status = check_options(context, options);
    if (status != STEPPE_OK)
        return status;
    if (stp_model_of(scenario) != STP_STREET)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "%s: the model '%s' has no street to run; solve it "
                        "(steppe_solution_create)",
                        scenario->file, steppe_scenario_model(scenario));
    if (options->steps && !stp_steps_dated(scenario, options->steps))
        return stp_fail(
            context, STEPPE_BAD_ARGUMENT,
            "%s: %llu steps would end after the year 9999, the last one of dates",
            scenario->file, (unsigned long long)options->steps);
    steppe_run *r = calloc(1, sizeof *r);
    if (!r)
        return stp_no_memory(context);
    r->context = context;
    r->scenario = scenario;
    apply_options(r, options);
    status = make_parts(r, options);
    if (status != STEPPE_OK) {
        steppe_run_free(r);
        return status;
    }
#pragma omp parallel for num_threads(r->threads) schedule(dynamic)
    for (size_t i = 0; i < r->world->count; i++)
        if (r->street)
            r->engine->tally(r->street, i, &r->tallies[i]);
    publish(r);
    *run = r;
    return STEPPE_OK;
}

void steppe_run_free(steppe_run *run)
{
    if (!run)
        return;
    if (run->street)
        run->engine->free(run->street);
    stp_nation_free(run->nation);
    stp_rules_free(run->rules);
    stp_world_free(run->world);
    free(run->conditions);
    free(run->tallies);
    free(run->next);
    free(run->counts);
    free(run->fields);
    free(run);
}

const steppe_seat *steppe_run_seat(const steppe_run *run)
{
    return run->nation->seat;
}

/* ---- running ---- */

int steppe_run_observe(steppe_run *run, steppe_observer observer, void *user)
{
    if (!observer || run->observer_count == STP_MAX_OBSERVERS)
        return stp_fail(run->context, STEPPE_BAD_ARGUMENT,
                        "a run has at most %d observers", STP_MAX_OBSERVERS);
    run->observers[run->observer_count].call = observer;
    run->observers[run->observer_count++].user = user;
    return STEPPE_OK;
}

static void check_invariants(const steppe_run *run)
{
#ifdef STP_INVARIANTS
    const char *violation = NULL;
    bool drawn = run->rules->rule_set == STP_MESA; /* the number of officers varies */
    for (size_t i = 0; i < run->world->count && !violation; i++) {
        uint64_t officers = run->tallies[i].counts.officers,
                 posted = run->conditions[i].officers;
        violation = run->engine->violation(run->street, i);
        if (!violation && !drawn && officers != posted &&
            !(run->rules->force && officers < posted))
            violation = "officers are not as many as the conditions say";
    }
    if (violation) {
        fprintf(stderr, "step %llu: %s\n", (unsigned long long)run->step, violation);
        abort();
    }
#else
    (void)run;
#endif
}

/* One step: events and national fields, then the street, then observers. */
static int one_step(steppe_run *run)
{
    uint64_t step = run->step + 1;
    int status = run->cut
                     ? STEPPE_STOPPED
                     : stp_nation_step(run->nation, step, run->counts, run->conditions);
    if (status == STEPPE_OK)
        status = run->engine->step(run->street, (uint32_t)step, run->conditions,
                                   run->next);
    if (status != STEPPE_OK) {
        run->cut = true;
        return stp_fail(run->context, status,
                        status == STEPPE_STOPPED ? "stopped in step %llu"
                                                 : "out of memory at step %llu",
                        (unsigned long long)step);
    }
    stp_tally *last = run->tallies;
    run->tallies = run->next;
    run->next = last;
    run->step = step;
    check_invariants(run);
    publish(run);
    int stop = 0;
    for (size_t i = 0; i < run->observer_count; i++)
        stop |= run->observers[i].call(run, run->observers[i].user);
    return stop ? stp_fail(run->context, STEPPE_STOPPED, "stopped after step %llu",
                           (unsigned long long)step)
                : STEPPE_OK;
}

int steppe_run_advance(steppe_run *run, uint64_t steps)
{
    int status = run->street ? STEPPE_OK
                             : stp_fail(run->context, STEPPE_BAD_ARGUMENT,
                                        "a run made with dry_run cannot advance");
    for (; status == STEPPE_OK && steps > 0 && run->step < run->steps; steps--)
        status = one_step(run);
    return status;
}

/* ---- reading ---- */

uint64_t steppe_run_step(const steppe_run *run)
{
    return run->step;
}

uint64_t steppe_run_steps(const steppe_run *run)
{
    return run->steps;
}

double steppe_run_scale(const steppe_run *run)
{
    return run->world->scale;
}

uint64_t steppe_run_agents(const steppe_run *run)
{
    return run->world->citizens + run->world->officers;
}

uint64_t steppe_run_activations(const steppe_run *run)
{
    return run->activations;
}

int steppe_run_threads(const steppe_run *run)
{
    return run->threads;
}

steppe_engine steppe_run_engine(const steppe_run *run)
{
    return run->engine_kind;
}

const char *steppe_run_time(const steppe_run *run)
{
    return run->time;
}

double steppe_run_step_hours(const steppe_run *run)
{
    return run->scenario->time.step.value;
}

uint64_t steppe_run_digest(const steppe_run *run)
{
    return run->digest;
}

size_t steppe_run_district_count(const steppe_run *run)
{
    return run->world->count;
}

/* See steppe_district_info. */
static void note_sight(const steppe_scenario *s, const stp_district *d,
                       steppe_district_info *info)
{
    double vision = fmax(s->citizens.vision.value, s->officers.vision.value);
    uint32_t whole = 2 * (uint32_t)vision + 1;
    info->seen_columns = d->width < whole ? d->width : whole;
    info->seen_rows = d->height < whole ? d->height : whole;
    info->sight_cut = info->seen_columns < whole || info->seen_rows < whole;
}

int steppe_run_district(const steppe_run *run, size_t index, steppe_district_info *info)
{
    if (index >= run->world->count)
        return STEPPE_BAD_ARGUMENT;
    const stp_district *d = &run->world->districts[index];
    const stp_district_spec *p = &run->scenario->districts[index];
    *info = (steppe_district_info){
        .id = p->id,
        .name = p->name,
        .unit = p->unit >= 0 ? run->scenario->units[p->unit].name : "",
        .latitude = p->latitude.given ? p->latitude.value : NAN,
        .longitude = p->longitude.given ? p->longitude.value : NAN,
        .residents = stp_district_residents(run->scenario, index),
        .width = d->width,
        .height = d->height,
        .schedule = d->tiled                  ? "tiles"
                    : run->world->tiles_asked ? "sequential (too small for tiles)"
                                              : "sequential",
        .engine = run->engine->variant ? run->engine->variant(d) : run->engine->name,
    };
    note_sight(run->scenario, d, info);
    return STEPPE_OK;
}

double steppe_run_active(const steppe_run *run)
{
    double scale = run->world->scale, over = 0;
    uint64_t active = 0;
    for (size_t i = 0; i < run->world->count; i++) {
        active += run->counts[i].active;
        over += stp_people_over(&run->world->districts[i], run->counts[i].active, scale);
    }
    return (double)active * scale - over;
}

const steppe_counts *steppe_run_counts(const steppe_run *run)
{
    return run->counts;
}

const steppe_fields *steppe_run_fields(const steppe_run *run)
{
    return run->fields;
}

uint64_t steppe_run_district_digest(const steppe_run *run, size_t index)
{
    return run->tallies[index].digest;
}

int steppe_run_visit(const steppe_run *run, size_t index, steppe_visitor visitor,
                     void *user)
{
    if (!run->street)
        return stp_fail(run->context, STEPPE_BAD_ARGUMENT,
                        "a run made with dry_run has no agents");
    if (index >= run->world->count)
        return stp_fail(run->context, STEPPE_BAD_ARGUMENT, "there is no district %zu",
                        index);
    run->engine->visit(run->street, index, visitor, user);
    return STEPPE_OK;
}

typedef struct quiet {
    const steppe_run *run;
    size_t index; /* of the district */
    stp_calm calm;
} quiet;

static void add_quiet(const steppe_agent *a, void *user)
{
    quiet *q = user;
    const stp_world *w = q->run->world;
    if (a->officer || a->active || a->detained)
        return;
    stp_traits traits = {.hardship = (uint16_t)(a->hardship * 65536),
                         .risk_aversion = (uint16_t)(a->risk_aversion * 65536)};
    if (q->run->rules->rule_set == STP_EPSTEIN) /* other rules have no groups */
        traits = stp_traits_of(w, &w->districts[q->index], a->id);
    stp_calm_add(&q->calm, &q->run->conditions[q->index], traits, 1);
}

int steppe_run_tension(const steppe_run *run, size_t index, double *tension)
{
    quiet q = {.run = run, .index = index};
    bool home = run->world->home && run->street && index < run->world->count;
    int status = home ? run->engine->calm(run->street, index, &run->conditions[index],
                                          &q.calm)
                      : steppe_run_visit(run, index, add_quiet, &q);
    if (status != STEPPE_OK)
        return home ? stp_no_memory(run->context) : status;
    double grievance = (double)q.calm.grievance / 4294967296.0,
           aversion = (double)q.calm.aversion / 65536;
    *tension = aversion > 0 ? grievance / aversion * (double)q.calm.count : 0;
    return STEPPE_OK;
}
