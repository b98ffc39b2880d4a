/* The fast engine: threads over tiles and districts together. What it does is what
 * reference.c does, to the bit. */
#include "street/fast.h"
#include "base/digest.h"

#include <stdlib.h>

#ifdef _OPENMP
#include <omp.h>
#else
static int omp_get_thread_num(void)
{
    return 0;
}
#endif

enum { BAND_CELLS = 1 << 16 }; /* cells of one tally job, about */

/* ---- coming and going ---- */

/* Put an agent on an empty cell; last_turn: the step in which it is taken to have had its
 * last turn. */
static void put(const stp_street *s, town *t, uint64_t word, uint32_t step,
                uint32_t last_turn)
{
    const stp_district *d = t->district;
    uint32_t id = (uint32_t)(word & IDENTITY), cell = 0, attempt = 0;
    do
        cell = stp_candidate(s->world->seed, d, id, step, attempt);
    while (!is_empty(t, cell) && ++attempt < STP_ATTEMPTS);
    while (!is_empty(t, cell))
        cell = (cell + 1) % d->cells;
    occupy(t, cell, (word & ~PARITY) | parity_of(last_turn));
}

static int by_identity(const void *a, const void *b)
{
    uint64_t x = ((const captive *)a)->word & IDENTITY,
             y = ((const captive *)b)->word & IDENTITY;
    return (x > y) - (x < y);
}

/* Move those whose term is over to the end of the list, in order of identity, and put them
 * on the lattice. */
static void release(const stp_street *s, town *t)
{
    size_t kept = 0, count = t->captive_count;
    for (size_t i = 0; i < count; i++) {
        captive c = t->captives[i];
        if (c.release > s->step || c.release == UINT32_MAX) {
            t->captives[i] = t->captives[kept];
            t->captives[kept++] = c;
        }
    }
    qsort(t->captives + kept, count - kept, sizeof *t->captives, by_identity);
    for (size_t i = kept; i < count; i++)
        put(s, t, t->captives[i].word, s->step, s->step);
    t->captive_count = kept;
    t->releases = count - kept;
}

/* Take the officers from identity `first` on off the street. */
static void withdraw(town *t, uint32_t first)
{
    for (uint32_t cell = 0; cell < t->district->cells; cell++) {
        uint64_t word = t->words[cell];
        if (!is_empty(t, cell) && (word & OFFICER) && (word & IDENTITY) >= first)
            vacate(t, cell);
    }
}

static void set_officers(const stp_street *s, town *t, uint32_t officers, uint32_t step)
{
    uint32_t first = t->district->citizens;
    if (officers < t->on_street)
        withdraw(t, first + officers);
    for (uint32_t i = t->on_street; i < officers; i++)
        put(s, t, OFFICER | (first + i), step, step - (step > 0));
    t->on_street = officers;
}

/* ---- the plan of a step ---- */

/* The jobs of a step, colour by colour; a sequential district is one job of the first. */
static void plan(stp_street *s)
{
    size_t count = 0;
    for (uint32_t i = 0; i < s->world->count; i++)
        s->towns[i].tiling = stp_tiling_draw(s->world, &s->world->districts[i], s->step);
    for (int phase = 0; phase < 4; phase++) {
        s->starts[phase] = count;
        for (uint32_t i = 0; i < s->world->count; i++) {
            const stp_district *d = &s->world->districts[i];
            if (!d->tiled && phase == 0)
                s->jobs[count++] = (job){.town = i};
            for (uint32_t k = 0; d->tiled && k < d->tiles_x * d->tiles_y; k++)
                if (stp_tile_colour(d, k) == s->towns[i].tiling.colours[phase])
                    s->jobs[count++] = (job){.town = i, .part = k};
        }
    }
    s->starts[4] = count;
}

/* ---- detention and tally ---- */

static int collect_captives(stp_street *s)
{
    for (int k = 0; k < s->threads; k++) {
        worker *w = &s->workers[k];
        for (size_t i = 0; i < w->captive_count; i++) {
            town *t = &s->towns[w->captives[i].district];
            if (t->captive_count == t->captive_capacity) {
                size_t capacity = t->captive_capacity * 2 + 64;
                captive *captives = realloc(t->captives, capacity * sizeof *captives);
                if (!captives)
                    return STEPPE_NO_MEMORY;
                t->captives = captives;
                t->captive_capacity = capacity;
            }
            t->captives[t->captive_count++] = w->captives[i];
        }
        w->captive_count = 0;
    }
    return STEPPE_OK;
}

static void tally_band(const stp_street *s, job *j)
{
    const town *t = &s->towns[j->town];
    const stp_district *d = t->district;
    uint32_t rows = BAND_CELLS / d->width + 1;
    uint32_t end = j->part + rows < d->height ? j->part + rows : d->height;
    j->active = j->digest = 0;
    for (uint32_t y = j->part; y < end; y++) {
        for (uint32_t x = 0; x < d->width; x++) {
            if (!stp_plane_get(t->occupied, &t->grid, x, y))
                continue;
            uint32_t cell = y * d->width + x;
            uint64_t word = t->words[cell];
            bool active = stp_plane_get(t->active, &t->grid, x, y);
            stp_standing standing = word & OFFICER ? STP_OFFICER
                                    : active       ? STP_ACTIVE
                                                   : STP_QUIET;
            j->active += active;
            j->digest += stp_agent_hash(d->index, (uint32_t)(word & IDENTITY), standing,
                                        cell);
        }
    }
}

static void tally_captives(const town *t, stp_tally *tally)
{
    for (size_t i = 0; i < t->captive_count; i++)
        tally->digest += stp_agent_hash(t->district->index,
                                        (uint32_t)(t->captives[i].word & IDENTITY),
                                        STP_DETAINED, t->captives[i].release);
    tally->counts.detained = t->captive_count;
    tally->counts.citizens = t->district->citizens;
    tally->counts.officers = t->on_street;
}

static void fast_tally(stp_street *s, stp_tally *tallies)
{
    size_t count = s->row_count;
#pragma omp parallel for num_threads(s->threads) schedule(dynamic)
    for (size_t i = 0; i < count; i++)
        tally_band(s, &s->rows[i]);
    memset(tallies, 0, s->world->count * sizeof *tallies);
    for (size_t i = 0; i < count; i++) {
        tallies[s->rows[i].town].counts.active += s->rows[i].active;
        tallies[s->rows[i].town].digest += s->rows[i].digest;
    }
    for (size_t i = 0; i < s->world->count; i++)
        tally_captives(&s->towns[i], &tallies[i]);
}

/* ---- the engine ---- */

static int fast_step(stp_street *s, uint32_t step, const stp_conditions *conditions,
                     stp_tally *tallies)
{
    size_t towns = s->world->count;
    s->step = step;
    s->conditions = conditions;
    plan(s);
#pragma omp parallel num_threads(s->threads)
    {
        worker *w = &s->workers[omp_get_thread_num()];
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < towns; i++)
            set_officers(s, &s->towns[i], conditions[i].officers, step);
        for (int phase = 0; phase < 4; phase++) {
#pragma omp for schedule(dynamic)
            for (size_t i = s->starts[phase]; i < s->starts[phase + 1]; i++)
                stp_fast_turns(s, &s->jobs[i], w);
        }
    }
    int status = collect_captives(s);
    if (status != STEPPE_OK)
        return status;
#pragma omp parallel for num_threads(s->threads) schedule(dynamic)
    for (size_t i = 0; i < towns; i++)
        release(s, &s->towns[i]);
    fast_tally(s, tallies);
    for (size_t i = 0; i < s->starts[4]; i++) {
        tallies[s->jobs[i].town].counts.activations += s->jobs[i].activations;
        tallies[s->jobs[i].town].counts.arrests += s->jobs[i].arrests;
    }
    for (size_t i = 0; i < towns; i++)
        tallies[i].counts.releases = s->towns[i].releases;
    return STEPPE_OK;
}

static void fast_free(stp_street *s)
{
    if (!s)
        return;
    for (size_t i = 0; s->towns && i < s->world->count; i++) {
        town *t = &s->towns[i];
        free(t->words);
        free(t->occupied);
        free(t->active);
        free(t->police);
        free(t->where);
        free(t->order);
        free(t->captives);
    }
    for (int k = 0; s->workers && k < s->threads; k++) {
        free(s->workers[k].list);
        free(s->workers[k].captives);
    }
    free(s->towns);
    free(s->workers);
    free(s->jobs);
    free(s->rows);
    free(s);
}

static bool make_town(town *t, const stp_district *d)
{
    size_t most = (size_t)d->citizens + d->officers_most;
    t->district = d;
    t->grid = stp_grid_of(d->width, d->height);
    stp_stencil_make(&t->citizen_stencil, &d->citizen_disc);
    stp_stencil_make(&t->officer_stencil, &d->officer_disc);
    t->words = calloc(d->cells, sizeof *t->words);
    t->occupied = calloc(t->grid.words, sizeof *t->occupied);
    t->active = calloc(t->grid.words, sizeof *t->active);
    t->police = calloc(t->grid.words, sizeof *t->police);
    if (!d->tiled) {
        t->where = calloc(most, sizeof *t->where);
        t->order = calloc(most, sizeof *t->order);
    }
    return t->words && t->occupied && t->active && t->police &&
           (d->tiled || (t->where && t->order));
}

static void settle_town(const stp_street *s, town *t, uint32_t officers)
{
    const stp_district *d = t->district;
    for (uint32_t id = 0; id < d->citizens; id++) {
        stp_traits traits = stp_traits_of(s->world, d, id);
        uint64_t word = (uint64_t)traits.risk_aversion << AVERSION_SHIFT |
                        (uint64_t)traits.hardship << HARDSHIP_SHIFT |
                        (uint64_t)traits.group << GROUP_SHIFT | id;
        put(s, t, word, 0, 0);
    }
    set_officers(s, t, officers, 0);
}

/* Room for jobs, for the longest list of a tile, and for every arrest of a step. */
static bool make_workers(stp_street *s)
{
    size_t jobs = 0, bands = 0, longest = 1, officers = 1;
    for (size_t i = 0; i < s->world->count; i++) {
        const stp_district *d = &s->world->districts[i];
        size_t tiles = (size_t)d->tiles_x * d->tiles_y;
        size_t cells = tiles ? (size_t)(d->width / d->tiles_x + 1) *
                                   (d->height / d->tiles_y + 1)
                             : 0;
        jobs += d->tiled ? tiles : 1;
        bands += d->height / (BAND_CELLS / d->width + 1) + 1;
        longest = d->tiled && cells > longest ? cells : longest;
        officers += d->officers_most;
    }
    s->jobs = calloc(jobs + 1, sizeof *s->jobs);
    s->rows = calloc(bands + 1, sizeof *s->rows);
    s->workers = calloc((size_t)s->threads, sizeof *s->workers);
    if (!s->jobs || !s->rows || !s->workers)
        return false;
    for (int k = 0; k < s->threads; k++) {
        s->workers[k].list = calloc(longest, sizeof *s->workers[k].list);
        s->workers[k].captives = calloc(officers, sizeof *s->workers[k].captives);
        if (!s->workers[k].list || !s->workers[k].captives)
            return false;
    }
    for (uint32_t i = 0; i < s->world->count; i++) {
        const stp_district *d = &s->world->districts[i];
        for (uint32_t y = 0; y < d->height; y += BAND_CELLS / d->width + 1)
            s->rows[s->row_count++] = (job){.town = i, .part = y};
    }
    return true;
}

static int fast_create(steppe_context *context, const stp_world *world,
                       const stp_rules *rules, const stp_conditions *conditions,
                       int threads, stp_street **street)
{
    *street = NULL;
    stp_street *s = calloc(1, sizeof *s);
    if (!s)
        return stp_no_memory(context);
    s->world = world;
    s->rules = rules;
    s->threads = threads;
    s->towns = calloc(world->count, sizeof *s->towns);
    bool made = s->towns != NULL;
    for (size_t i = 0; i < world->count && made; i++)
        made = make_town(&s->towns[i], &world->districts[i]);
    if (!made || !make_workers(s)) {
        fast_free(s);
        return stp_no_memory(context);
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (size_t i = 0; i < world->count; i++)
        settle_town(s, &s->towns[i], conditions[i].officers);
    *street = s;
    return STEPPE_OK;
}

const stp_engine STP_FAST = {"fast",     fast_create,        fast_step,
                             fast_tally, stp_fast_violation, fast_free};
