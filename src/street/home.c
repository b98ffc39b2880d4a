/* The fast engine with presence `home`: threads over districts and over tiles of a
 * colour, bit-identical to reference.c. */
#include "street/home.h"

#include "base/threads.h"

#include <stdlib.h>

enum {
    JOB = 2 * STP_CHUNK, /* least turns of a job */
    SHARED = 16384,      /* people in a step from which on a second thread pays */
};

/* ---- a step ---- */

static bool add_job(stp_street *s, size_t count, stp_home_job job)
{
    if (count == s->job_capacity) {
        size_t capacity = s->job_capacity * 2 + 64;
        stp_home_job *jobs = realloc(s->jobs, capacity * sizeof *jobs);
        if (!jobs)
            return false;
        s->jobs = jobs;
        s->job_capacity = capacity;
    }
    s->jobs[count] = job;
    return true;
}

/* The jobs of a colour in a district: neighbouring tiles, until they have enough
 * people. */
static bool add_jobs(stp_street *s, uint32_t district, uint8_t colour, size_t *count)
{
    const stp_district_home *t = &s->districts[district];
    uint32_t tiles = t->district->tiles_x * t->district->tiles_y, people = 0, first = 0;
    for (uint32_t k = 0; k < tiles; k++) {
        if (stp_tile_colour(t->district, k) == colour)
            people += t->starts[k + 1] - t->starts[k];
        if (people >= JOB || (k == tiles - 1 && people > 0)) {
            stp_home_job job = {.district = district,
                                .first = first,
                                .end = k + 1,
                                .colour = colour};
            if (!add_job(s, (*count)++, job))
                return false;
            people = 0;
            first = k + 1;
        }
    }
    return true;
}

/* The jobs of a step, colour by colour; a sequential district is one job of the first
 * colour. */
static bool plan(stp_street *s)
{
    size_t count = 0;
    bool planned = true;
    for (int phase = 0; phase < 4; phase++) {
        s->starts[phase] = count;
        for (uint32_t i = 0; i < s->world->count && planned; i++) {
            const stp_district_home *t = &s->districts[i];
            if (t->district->tiled)
                planned = add_jobs(s, i, t->tiling.colours[phase], &count);
            else if (phase == 0 && t->count > 0)
                planned = add_job(s, count++, (stp_home_job){.district = i});
        }
    }
    s->starts[4] = count;
    return planned;
}

/* Lists as long as the tiles that are dealt together need. */
static bool make_lists(stp_street *s)
{
    size_t longest = 0;
    for (size_t i = 0; i < s->world->count; i++)
        longest = s->districts[i].count > longest ? s->districts[i].count : longest;
    longest += STP_CHUNK;
    for (int k = 0; k < s->threads; k++) {
        stp_home_worker *w = &s->workers[k];
        w->list = stp_home_renew(w->list, &w->list_capacity, longest, sizeof *w->list);
        if (longest > w->list_capacity)
            return false;
    }
    return true;
}

static void add_sums(const stp_street *s, const stp_home_job *j)
{
    const stp_sums *sums = &j->sums;
    stp_district_home *t = &s->districts[j->district];
    stp_sums_add(sums, &t->tally);
    t->gone += sums->officers_killed + sums->officers_wounded + sums->officers_left;
    t->gone_digest += sums->gone_digest;
}

/* Threads that pay in a step; all in the first, which draws everybody. */
static int threads_for(const stp_street *s)
{
    size_t people = s->step == 0 ? SHARED : 0;
    for (size_t i = 0; i < s->world->count; i++)
        people += s->districts[i].count;
    return people < SHARED ? 1 : s->threads;
}

static void begin_all(stp_street *s)
{
    size_t districts = s->world->count;
    int threads = threads_for(s);
#pragma omp parallel for num_threads(threads) schedule(dynamic) if (threads > 1)
    for (size_t i = 0; i < districts; i++)
        if (!stp_stop_asked(s->stop) &&
            !stp_home_begin(s, &s->districts[i], &s->workers[omp_get_thread_num()]))
            atomic_store_explicit(&s->districts[i].failed, true, memory_order_relaxed);
}

static void take_turns(stp_street *s)
{
    int threads = threads_for(s);
#pragma omp parallel num_threads(threads) if (threads > 1)
    for (int phase = 0; phase < 4; phase++) {
#pragma omp for schedule(dynamic)
        for (size_t i = s->starts[phase]; i < s->starts[phase + 1]; i++)
            if (!stp_stop_asked(s->stop))
                s->turns->turns(s, &s->jobs[i], &s->workers[omp_get_thread_num()]);
    }
    for (size_t i = 0; i < s->starts[4]; i++)
        add_sums(s, &s->jobs[i]);
}

static void end_all(stp_street *s)
{
    size_t districts = s->world->count;
    int threads = threads_for(s);
#pragma omp parallel for num_threads(threads) schedule(dynamic) if (threads > 1)
    for (size_t i = 0; i < districts; i++)
        if (!stp_home_end(s, &s->districts[i]))
            atomic_store_explicit(&s->districts[i].failed, true, memory_order_relaxed);
}

static bool has_failed(const stp_street *s)
{
    for (size_t i = 0; i < s->world->count; i++)
        if (s->districts[i].failed)
            return true;
    return false;
}

static int home_step(stp_street *s, uint32_t step, const stp_conditions *conditions,
                     stp_tally *tallies)
{
    s->step = step;
    s->conditions = conditions;
    begin_all(s);
    if (stp_stop_asked(s->stop))
        return STEPPE_STOPPED;
    if (has_failed(s) || !plan(s) || !make_lists(s))
        return STEPPE_NO_MEMORY;
    take_turns(s);
    if (stp_stop_asked(s->stop))
        return STEPPE_STOPPED;
    end_all(s);
    if (has_failed(s))
        return STEPPE_NO_MEMORY;
    for (size_t i = 0; i < s->world->count; i++)
        tallies[i] = s->districts[i].tally;
    return STEPPE_OK;
}

static void home_tally(const stp_street *s, size_t district, stp_tally *tally)
{
    *tally = (stp_tally){0};
    stp_home_count(&s->districts[district], tally);
}

/* ---- the engine ---- */

static void free_district(stp_district_home *t)
{
    free(t->who);
    free(t->at);
    free(t->standing);
    free(t->starts);
    free(t->tile_columns); /* and rows */
    free(t->losses);
    free(t->duties);
    free(t->caught);
    stp_ward_free(&t->ward);
    free(t->away);
    free(t->released);
    free(t->levels);
    stp_crowd_free(&t->crowd);
}

static void home_free(stp_street *s)
{
    if (!s)
        return;
    for (size_t i = 0; s->districts && i < s->world->count; i++)
        free_district(&s->districts[i]);
    for (int k = 0; s->workers && k < s->threads; k++) {
        free(s->workers[k].list);
        free(s->workers[k].sorting);
        free(s->workers[k].counters);
        free(s->workers[k].offsets);
    }
    free(s->planes);
    free(s->districts);
    free(s->workers);
    free(s->jobs);
    free(s);
}

/* The tile column (or row) of each column (or row), both counted from the tiling's
 * offset. */
static void number_tiles(uint16_t *of, uint32_t side, uint32_t tiles)
{
    for (uint32_t k = 0; k < tiles; k++)
        for (uint32_t i = (uint32_t)((uint64_t)k * side / tiles);
             i < (uint64_t)(k + 1) * side / tiles; i++)
            of[i] = (uint16_t)k;
}

static bool make_tiles(stp_district_home *t, const stp_district *d)
{
    if (!d->tiled)
        return true;
    t->starts = calloc((size_t)d->tiles_x * d->tiles_y + 1, sizeof *t->starts);
    t->tile_columns = calloc((size_t)d->width + d->height, sizeof *t->tile_columns);
    if (!t->starts || !t->tile_columns)
        return false;
    t->tile_rows = t->tile_columns + d->width;
    number_tiles(t->tile_columns, d->width, d->tiles_x);
    number_tiles(t->tile_rows, d->height, d->tiles_y);
    return true;
}

/* Words of all planes of a district, rounded up to whole cache lines. */
static size_t plane_words(const stp_district_home *t, bool force)
{
    return ((force ? 4 : 3) * t->grid.words + 31) / 32 * 32;
}

/* The planes of all districts share one block, so that it lies on large pages. */
static bool make_planes(stp_street *s)
{
    size_t words = 0;
    for (size_t i = 0; i < s->world->count; i++)
        words += plane_words(&s->districts[i], s->rules->force);
    s->planes = stp_zeroed(words * sizeof *s->planes);
    uint16_t *next = s->planes;
    for (size_t i = 0; i < s->world->count && next; i++) {
        stp_district_home *t = &s->districts[i];
        t->occupied = next;
        t->active = t->occupied + t->grid.words;
        t->police = t->active + t->grid.words;
        t->violent = s->rules->force ? t->police + t->grid.words : NULL;
        next += plane_words(t, s->rules->force);
    }
    return next != NULL;
}

static bool make_district(stp_district_home *t, const stp_district *d, bool force)
{
    t->district = d;
    t->grid = stp_grid_of(d->width, d->height, stp_radius_of(d));
    stp_stencil_make(&t->stencils[0], &d->citizen_disc);
    stp_stencil_make(&t->stencils[1], &d->officer_disc);
    stp_crowd_begin(&t->crowd);
    t->losses = force ? calloc((size_t)d->max_officers + 1, 1) : NULL;
    t->duties = force ? calloc((size_t)d->max_officers + 1, sizeof *t->duties) : NULL;
    t->epoch = UINT32_MAX;
    t->caught = calloc((size_t)d->max_officers + 1, sizeof *t->caught);
    t->away = calloc((size_t)d->citizens / 64 + 1, sizeof *t->away);
    return (!force || (t->losses && t->duties)) && t->caught && t->away &&
           make_tiles(t, d);
}

static const stp_home_level *turns_for(const stp_level *level)
{
#ifdef STP_SIMD_LEVELS
    if (level == &stp_level_v4)
        return &stp_home_v4;
    if (level == &stp_level_v3)
        return &stp_home_v3;
#endif
    return level == &stp_level_plain ? &stp_home_plain : NULL;
}

static bool make_parts(stp_street *s)
{
    s->districts = calloc(s->world->count, sizeof *s->districts);
    s->workers = stp_zeroed((size_t)s->threads * sizeof *s->workers);
    bool made = s->districts && s->workers;
    for (size_t i = 0; i < s->world->count && made; i++)
        made = make_district(&s->districts[i], &s->world->districts[i], s->rules->force);
    if (!made || !make_planes(s))
        return false;
    begin_all(s);
    return !stp_stop_asked(s->stop) && !has_failed(s);
}

static int home_create(steppe_context *context, const stp_world *world,
                       const stp_rules *rules, const stp_conditions *conditions,
                       const stp_engine_options *options, stp_street **street)
{
    stp_street *s = *street = calloc(1, sizeof *s);
    if (!s)
        return stp_no_memory(context);
    *s = (stp_street){.world = world,
                      .rules = rules,
                      .threads = options->threads,
                      .stop = options->stop,
                      .conditions = conditions};
    int status = stp_level_choose(context, options->simd, &s->level);
    if (status == STEPPE_OK)
        status = stp_threads_check(context, s->threads);
    if (status == STEPPE_OK) {
        s->turns = turns_for(s->level);
        if (!make_parts(s))
            status = stp_fail_setup(context, s->stop);
    }
    if (status != STEPPE_OK) {
        home_free(s);
        *street = NULL;
    }
    return status;
}

const stp_engine STP_HOME = {.name = "fast",
                             .create = home_create,
                             .step = home_step,
                             .tally = home_tally,
                             .violation = stp_home_violation,
                             .variant = stp_fast_variant,
                             .visit = stp_home_visit,
                             .free = home_free,
                             .calm = stp_home_calm};
