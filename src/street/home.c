/* The fast engine with presence `home`: threads over districts and over tiles of a colour. What it does is
 * what reference.c does, to the bit. */
#include "street/home.h"

#include "base/threads.h"

#include <stdlib.h>

#ifdef _OPENMP
#include <omp.h>
#else
static int omp_get_thread_num(void)
{
    return 0;
}
#endif

enum {
    JOB = 2 * STP_CHUNK, /* turns that a job should have at least */
    SHARED =
        16384, /* people of a step that are worth a second thread's being waited for */
};

/* ---- a step ---- */

static bool add_job(stp_street *s, size_t count, stp_home_job job)
{
    if (count == s->job_room) {
        size_t room = s->job_room * 2 + 64;
        stp_home_job *jobs = realloc(s->jobs, room * sizeof *jobs);
        if (!jobs)
            return false;
        s->jobs = jobs;
        s->job_room = room;
    }
    s->jobs[count] = job;
    return true;
}

/* The jobs of a district that have a colour: tiles next to each other, until they have people enough. */
static bool add_jobs(stp_street *s, uint32_t town, uint8_t colour, size_t *count)
{
    const stp_home_town *t = &s->towns[town];
    uint32_t tiles = t->district->tiles_x * t->district->tiles_y, people = 0, first = 0;
    for (uint32_t k = 0; k < tiles; k++) {
        if (stp_tile_colour(t->district, k) == colour)
            people += t->starts[k + 1] - t->starts[k];
        if (people >= JOB || (k == tiles - 1 && people > 0)) {
            stp_home_job job = {.town = town,
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

/* The jobs of a step, colour by colour; a sequential district is one of the first. */
static bool plan(stp_street *s)
{
    size_t count = 0;
    bool planned = true;
    for (int phase = 0; phase < 4; phase++) {
        s->starts[phase] = count;
        for (uint32_t i = 0; i < s->world->count && planned; i++) {
            const stp_home_town *t = &s->towns[i];
            if (t->district->tiled)
                planned = add_jobs(s, i, t->tiling.colours[phase], &count);
            else if (phase == 0 && t->count > 0)
                planned = add_job(s, count++, (stp_home_job){.town = i});
        }
    }
    s->starts[4] = count;
    return planned;
}

/* Room for the lists of the tiles that are dealt together. */
static bool make_lists(stp_street *s)
{
    size_t longest = 0;
    for (size_t i = 0; i < s->world->count; i++)
        longest = s->towns[i].count > longest ? s->towns[i].count : longest;
    longest += STP_CHUNK;
    for (int k = 0; k < s->threads; k++) {
        stp_home_worker *w = &s->workers[k];
        w->list = stp_home_renew(w->list, &w->list_room, longest, sizeof *w->list);
        if (longest > w->list_room)
            return false;
    }
    return true;
}

static void add_sums(const stp_street *s, const stp_home_job *j)
{
    stp_home_town *t = &s->towns[j->town];
    steppe_counts *c = &t->tally.counts;
    c->activations += j->activations;
    c->arrests += j->arrests;
    c->killed += j->killed;
    c->wounded += j->wounded;
    c->officers_killed += j->officers_killed;
    c->officers_wounded += j->officers_wounded;
    c->officers_left += j->officers_left;
    t->gone += j->officers_killed + j->officers_wounded + j->officers_left;
    t->gone_digest += j->gone_digest;
}

/* How many threads a step is worth. The first, in which people are drawn, is worth all. */
static int threads_for(const stp_street *s)
{
    size_t people = s->step == 0 ? SHARED : 0;
    for (size_t i = 0; i < s->world->count; i++)
        people += s->towns[i].count;
    return people < SHARED ? 1 : s->threads;
}

static void begin_all(stp_street *s)
{
    size_t towns = s->world->count;
    int threads = threads_for(s);
#pragma omp parallel for num_threads(threads) schedule(dynamic) if (threads > 1)
    for (size_t i = 0; i < towns; i++)
        if (!stp_stop_asked(s->stop) &&
            !stp_home_begin(s, &s->towns[i], &s->workers[omp_get_thread_num()]))
            atomic_store_explicit(&s->towns[i].failed, true, memory_order_relaxed);
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
    size_t towns = s->world->count;
    int threads = threads_for(s);
#pragma omp parallel for num_threads(threads) schedule(dynamic) if (threads > 1)
    for (size_t i = 0; i < towns; i++)
        if (!stp_home_end(s, &s->towns[i]))
            atomic_store_explicit(&s->towns[i].failed, true, memory_order_relaxed);
}

static bool has_failed(const stp_street *s)
{
    for (size_t i = 0; i < s->world->count; i++)
        if (s->towns[i].failed)
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
        tallies[i] = s->towns[i].tally;
    return STEPPE_OK;
}

static void home_tally(stp_street *s, stp_tally *tallies)
{
    for (size_t i = 0; i < s->world->count; i++) {
        tallies[i] = (stp_tally){0};
        stp_home_count(&s->towns[i], &tallies[i]);
    }
}

/* ---- the engine ---- */

static void free_town(stp_home_town *t)
{
    free(t->who);
    free(t->at);
    free(t->standing);
    free(t->starts);
    free(t->tile_columns); /* and rows */
    free(t->district_summaries);
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
    for (size_t i = 0; s->towns && i < s->world->count; i++)
        free_town(&s->towns[i]);
    for (int k = 0; s->workers && k < s->threads; k++) {
        free(s->workers[k].list);
        free(s->workers[k].sorting);
        free(s->workers[k].counters);
        free(s->workers[k].places);
    }
    free(s->planes);
    free(s->towns);
    free(s->workers);
    free(s->jobs);
    free(s);
}

/* Which tile column (or row) each column (or row) belongs to, counted from the tiling's offset. */
static void number_tiles(uint16_t *of, uint32_t side, uint32_t tiles)
{
    for (uint32_t k = 0; k < tiles; k++)
        for (uint32_t i = (uint32_t)((uint64_t)k * side / tiles);
             i < (uint64_t)(k + 1) * side / tiles; i++)
            of[i] = (uint16_t)k;
}

static bool make_tiles(stp_home_town *t, const stp_district *d)
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

/* Words of all planes of a district, a whole number of cache lines. */
static size_t plane_words(const stp_home_town *t, bool force)
{
    return ((force ? 4 : 3) * t->grid.words + 31) / 32 * 32;
}

/* The planes of all districts are one piece of memory, so that it lies on large pages. */
static bool make_planes(stp_street *s)
{
    size_t words = 0;
    for (size_t i = 0; i < s->world->count; i++)
        words += plane_words(&s->towns[i], s->rules->force);
    s->planes = stp_zeroed(words * sizeof *s->planes);
    uint16_t *next = s->planes;
    for (size_t i = 0; i < s->world->count && next; i++) {
        stp_home_town *t = &s->towns[i];
        t->occupied = next;
        t->active = t->occupied + t->grid.words;
        t->police = t->active + t->grid.words;
        t->violent = s->rules->force ? t->police + t->grid.words : NULL;
        next += plane_words(t, s->rules->force);
    }
    return next != NULL;
}

static bool make_town(stp_home_town *t, const stp_district *d, bool force)
{
    int radius = d->citizen_disc.radius > d->officer_disc.radius ? d->citizen_disc.radius
                                                                 : d->officer_disc.radius;
    t->district = d;
    t->grid = stp_grid_of(d->width, d->height, radius);
    stp_stencil_make(&t->stencils[0], &d->citizen_disc);
    stp_stencil_make(&t->stencils[1], &d->officer_disc);
    stp_crowd_begin(&t->crowd);
    t->district_summaries = force ? calloc((size_t)d->officers_most + 1, 1) : NULL;
    t->duties = force ? calloc((size_t)d->officers_most + 1, sizeof *t->duties) : NULL;
    t->epoch = UINT32_MAX;
    t->caught = calloc((size_t)d->officers_most + 1, sizeof *t->caught);
    t->away = calloc((size_t)d->citizens / 64 + 1, sizeof *t->away);
    return (!force || (t->district_summaries && t->duties)) && t->caught && t->away &&
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
    s->towns = calloc(s->world->count, sizeof *s->towns);
    s->workers = stp_zeroed((size_t)s->threads * sizeof *s->workers);
    bool made = s->towns && s->workers;
    for (size_t i = 0; i < s->world->count && made; i++)
        made = make_town(&s->towns[i], &s->world->districts[i], s->rules->force);
    return made && make_planes(s);
}

static int home_create(steppe_context *context, const stp_world *world,
                       const stp_rules *rules, const stp_conditions *conditions,
                       const stp_engine_options *means, stp_street **street)
{
    *street = NULL;
    stp_street *s = calloc(1, sizeof *s);
    if (!s)
        return stp_no_memory(context);
    *s = (stp_street){.world = world,
                      .rules = rules,
                      .threads = means->threads,
                      .stop = means->stop,
                      .conditions = conditions};
    int status = stp_level_choose(context, means->simd, &s->level);
    if (status == STEPPE_OK)
        status = stp_threads_check(context, s->threads);
    if (status == STEPPE_OK) {
        s->turns = turns_for(s->level);
        if (!make_parts(s))
            status = stp_no_memory(context);
    }
    if (status == STEPPE_OK) {
        begin_all(s);
        if (stp_stop_asked(s->stop))
            status = stp_fail(context, STEPPE_STOPPED, "stopped in set-up");
        else if (has_failed(s))
            status = stp_no_memory(context);
    }
    if (status != STEPPE_OK) {
        home_free(s);
        return status;
    }
    *street = s;
    return STEPPE_OK;
}

const stp_engine STP_HOME = {"fast",        home_create,        home_step,
                             home_tally,    stp_home_violation, stp_fast_way,
                             stp_home_look, home_free,          stp_home_calm};
