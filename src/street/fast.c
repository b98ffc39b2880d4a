/* The fast engine: threads over tiles and districts together. What it does is what
 * reference.c does, to the bit. The sums of a step (active, digest) are kept turn by turn, so
 * that no pass over the lattice is needed for them. */
#include "street/fast.h"

#include <stdlib.h>
#include <sys/mman.h>

#ifdef _OPENMP
#include <omp.h>
#else
static int omp_get_thread_num(void)
{
    return 0;
}
#endif

/* ---- coming and going ---- */

/* Put an agent on an empty cell; last_turn: the step in which it is taken to have had its
 * last turn. Returns the cell. */
static uint32_t put(const stp_street *s, stp_town *t, uint32_t word, uint32_t step,
                    uint32_t last_turn)
{
    const stp_district *d = t->district;
    uint32_t id = word & STP_IDENTITY, cell = 0, attempt = 0;
    do
        cell = stp_candidate(s->world->seed, d, id, step, attempt);
    while (!stp_cell_empty(t, cell) && ++attempt < STP_ATTEMPTS);
    while (!stp_cell_empty(t, cell))
        cell = (cell + 1) % d->cells;
    uint32_t x = cell % d->width, y = cell / d->width;
    t->words[cell] = (word & ~STP_PARITY) | STP_PRESENT | stp_parity_of(last_turn);
    stp_plane_set(t->occupied, &t->grid, x, y, true);
    if (word & STP_IS_OFFICER)
        stp_plane_set(t->police, &t->grid, x, y, true);
    if (t->spots)
        t->spots[id] = stp_spot_at(x, y);
    return cell;
}

static uint32_t put_citizen(const stp_street *s, stp_town *t, uint32_t id, uint32_t step)
{
    uint32_t group = stp_traits_of(s->world, t->district, id).group;
    return put(s, t, group << STP_GROUP_SHIFT | id, step, step);
}

/* Take the officers from identity `first` on off the street. */
static void withdraw(stp_town *t, uint32_t first)
{
    for (uint32_t cell = 0; cell < t->district->cells; cell++) {
        uint32_t word = t->words[cell];
        if (!(word & STP_IS_OFFICER) || (word & STP_IDENTITY) < first)
            continue;
        uint32_t x = cell % t->grid.width, y = cell / t->grid.width;
        t->words[cell] = 0;
        stp_plane_set(t->occupied, &t->grid, x, y, false);
        stp_plane_set(t->police, &t->grid, x, y, false);
    }
}

static void set_officers(const stp_street *s, stp_town *t, uint32_t officers,
                         uint32_t step)
{
    uint32_t first = t->district->citizens;
    if (officers < t->on_street)
        withdraw(t, first + officers);
    for (uint32_t i = t->on_street; i < officers; i++)
        put(s, t, STP_IS_OFFICER | (first + i), step, step - (step > 0));
    t->on_street = officers;
}

/* ---- detention ---- */

static uint64_t hash_of(const stp_town *t, stp_captive c)
{
    return stp_agent_hash(t->district->index, c.id, STP_DETAINED, c.release);
}

static bool make_room(stp_town *t)
{
    if (t->captive_count < t->captive_capacity)
        return true;
    size_t capacity = t->captive_capacity + t->captive_capacity / 4 + 64;
    stp_captive *captives = realloc(t->captives, capacity * sizeof *captives);
    if (!captives)
        return false;
    t->captives = captives;
    t->captive_capacity = capacity;
    return true;
}

/* Take over those whom officers caught in this step. */
static void detain(stp_town *t)
{
    for (uint32_t i = 0; i < t->on_street; i++) {
        stp_captive c = t->caught[i];
        if (c.release == 0)
            continue;
        t->caught[i].release = 0;
        if (!make_room(t)) {
            t->failed = true;
            return;
        }
        t->captives[t->captive_count++] = c;
        t->captive_digest += hash_of(t, c);
    }
}

static int by_identity(const void *a, const void *b)
{
    uint32_t x = ((const stp_captive *)a)->id, y = ((const stp_captive *)b)->id;
    return (x > y) - (x < y);
}

/* Move those whose term is over to the end of the list, in order of identity, and put them
 * on the lattice. */
static void release(const stp_street *s, stp_town *t)
{
    size_t kept = 0, count = t->captive_count;
    for (size_t i = 0; i < count; i++) {
        stp_captive c = t->captives[i];
        if (c.release > s->step || c.release == UINT32_MAX) {
            t->captives[i] = t->captives[kept];
            t->captives[kept++] = c;
        }
    }
    if (kept < count) /* or there may be no list at all */
        qsort(t->captives + kept, count - kept, sizeof *t->captives, by_identity);
    for (size_t i = kept; i < count; i++) {
        stp_captive c = t->captives[i];
        uint32_t cell = put_citizen(s, t, c.id, s->step);
        t->captive_digest -= hash_of(t, c);
        t->tally.digest += stp_agent_hash(t->district->index, c.id, STP_QUIET, cell);
    }
    t->captive_count = kept;
    t->tally.counts.releases = count - kept;
}

/* ---- a step ---- */

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
                s->jobs[count++] = (stp_job){.town = i};
            for (uint32_t k = 0; d->tiled && k < d->tiles_x * d->tiles_y; k++)
                if (stp_tile_colour(d, k) == s->towns[i].tiling.colours[phase])
                    s->jobs[count++] = (stp_job){.town = i, .tile = k};
        }
    }
    s->starts[4] = count;
    /* More threads than jobs at once would only wait. */
    size_t most = s->world->count;
    for (int phase = 0; phase < 4; phase++)
        if (s->starts[phase + 1] - s->starts[phase] > most)
            most = s->starts[phase + 1] - s->starts[phase];
    s->useful = (size_t)s->threads < most ? s->threads : (int)most;
}

static void begin_town(const stp_street *s, stp_town *t)
{
    memset(&t->tally, 0, sizeof t->tally);
    set_officers(s, t, s->conditions[t->district->index].officers, s->step);
}

static void end_town(const stp_street *s, stp_town *t)
{
    detain(t);
    if (!t->failed)
        release(s, t);
    t->tally.digest += t->captive_digest;
    t->tally.counts.detained = t->captive_count;
    t->tally.counts.citizens = t->district->citizens;
    t->tally.counts.officers = t->on_street;
}

static int fast_step(stp_street *s, uint32_t step, const stp_conditions *conditions,
                     stp_tally *tallies)
{
    size_t towns = s->world->count;
    s->step = step;
    s->conditions = conditions;
    plan(s);
#pragma omp parallel num_threads(s->useful) if (s->useful > 1)
    {
        stp_worker *w = &s->workers[omp_get_thread_num()];
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < towns; i++)
            begin_town(s, &s->towns[i]);
        for (int phase = 0; phase < 4; phase++) {
#pragma omp for schedule(dynamic)
            for (size_t i = s->starts[phase]; i < s->starts[phase + 1]; i++)
                s->turns(s, &s->jobs[i], w);
        }
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < towns; i++)
            end_town(s, &s->towns[i]);
    }
    for (size_t i = 0; i < towns; i++) {
        if (s->towns[i].failed)
            return STEPPE_NO_MEMORY;
        tallies[i] = s->towns[i].tally;
    }
    for (size_t i = 0; i < s->starts[4]; i++) {
        const stp_job *j = &s->jobs[i];
        tallies[j->town].counts.activations += j->activations;
        tallies[j->town].counts.arrests += j->arrests;
        tallies[j->town].counts.active += j->active;
        tallies[j->town].digest += j->digest;
    }
    return STEPPE_OK;
}

/* ---- the engine ---- */

static void tally_town(const stp_town *t, stp_tally *tally)
{
    const stp_district *d = t->district;
    *tally = (stp_tally){.counts = {.detained = t->captive_count,
                                    .citizens = d->citizens,
                                    .officers = t->on_street},
                         .digest = t->captive_digest};
    for (uint32_t cell = 0; cell < d->cells; cell++) {
        if (stp_cell_empty(t, cell))
            continue;
        uint32_t word = t->words[cell];
        bool active = stp_plane_get(t->active, &t->grid, cell % d->width,
                                    cell / d->width);
        stp_standing standing = word & STP_IS_OFFICER ? STP_OFFICER
                                : active              ? STP_ACTIVE
                                                      : STP_QUIET;
        tally->counts.active += active;
        tally->digest += stp_agent_hash(d->index, word & STP_IDENTITY, standing, cell);
    }
}

static void fast_tally(stp_street *s, stp_tally *tallies)
{
    size_t towns = s->world->count;
#pragma omp parallel for num_threads(s->threads) schedule(dynamic)
    for (size_t i = 0; i < towns; i++)
        tally_town(&s->towns[i], &tallies[i]);
}

static void fast_free(stp_street *s)
{
    if (!s)
        return;
    for (size_t i = 0; s->towns && i < s->world->count; i++) {
        stp_town *t = &s->towns[i];
        free(t->words);
        free(t->occupied);
        free(t->active);
        free(t->police);
        free(t->spots);
        free(t->order);
        free(t->caught);
        free(t->captives);
    }
    for (int k = 0; s->workers && k < s->threads; k++) {
        free(s->workers[k].words);
        free(s->workers[k].spots);
    }
    free(s->towns);
    free(s->workers);
    free(s->jobs);
    free(s);
}

/* Zeroed memory; large pieces on large pages where the system has them, for a tile's rows lie
 * far apart. */
static void *zeroed(size_t size)
{
    const size_t page = (size_t)2 << 20;
    if (size < 4 * page)
        return calloc(1, size);
    void *memory = aligned_alloc(page, (size + page - 1) / page * page);
    if (memory) {
        madvise(memory, size, MADV_HUGEPAGE);
        memset(memory, 0, size);
    }
    return memory;
}

static bool make_town(stp_town *t, const stp_district *d)
{
    size_t most = (size_t)d->citizens + d->officers_most;
    t->district = d;
    t->grid = stp_grid_of(d->width, d->height,
                          d->citizen_disc.radius > d->officer_disc.radius
                              ? d->citizen_disc.radius
                              : d->officer_disc.radius);
    stp_stencil_make(&t->citizen_stencil, &d->citizen_disc);
    stp_stencil_make(&t->officer_stencil, &d->officer_disc);
    t->words = zeroed(d->cells * sizeof *t->words);
    t->occupied = calloc(t->grid.words, sizeof *t->occupied);
    t->active = calloc(t->grid.words, sizeof *t->active);
    t->police = calloc(t->grid.words, sizeof *t->police);
    t->caught = calloc((size_t)d->officers_most + 1, sizeof *t->caught);
    if (!d->tiled) {
        t->spots = calloc(most, sizeof *t->spots);
        t->order = calloc(most, sizeof *t->order);
    }
    return t->words && t->occupied && t->active && t->police && t->caught &&
           (d->tiled || (t->spots && t->order));
}

static void settle_town(const stp_street *s, stp_town *t, uint32_t officers)
{
    for (uint32_t id = 0; id < t->district->citizens; id++)
        put_citizen(s, t, id, 0);
    set_officers(s, t, officers, 0);
}

/* Room for the jobs, and for the longest list of a tile. */
static bool make_workers(stp_street *s)
{
    size_t jobs = 1, longest = 1;
    for (size_t i = 0; i < s->world->count; i++) {
        const stp_district *d = &s->world->districts[i];
        if (!d->tiled) {
            jobs++;
            continue;
        }
        size_t cells = (size_t)(d->width / d->tiles_x + 1) * (d->height / d->tiles_y + 1);
        jobs += (size_t)d->tiles_x * d->tiles_y;
        longest = cells > longest ? cells : longest;
    }
    s->jobs = calloc(jobs, sizeof *s->jobs);
    s->workers = calloc((size_t)s->threads, sizeof *s->workers);
    if (!s->jobs || !s->workers)
        return false;
    for (int k = 0; k < s->threads; k++) {
        /* one more: the list is written before it is known whether the entry counts */
        s->workers[k].words = calloc(longest + 1, sizeof *s->workers[k].words);
        s->workers[k].spots = calloc(longest + 1, sizeof *s->workers[k].spots);
        if (!s->workers[k].words || !s->workers[k].spots)
            return false;
    }
    return true;
}

bool steppe_has_simd(steppe_simd simd)
{
    if (simd == STEPPE_SIMD_BEST || simd == STEPPE_SIMD_PLAIN)
        return true;
#if defined(__x86_64__)
    if (simd == STEPPE_SIMD_V3)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
    if (simd == STEPPE_SIMD_V4)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl");
#endif
    return false;
}

static int choose_turns(steppe_context *context, steppe_simd simd, stp_street *s)
{
    static void (*const TURNS[])(const stp_street *, stp_job *, stp_worker *) = {
        NULL,
        stp_turns_plain,
#if defined(__x86_64__)
        stp_turns_v3,
        stp_turns_v4
#endif
    };
    if (simd == STEPPE_SIMD_BEST) {
        simd = steppe_has_simd(STEPPE_SIMD_V4)   ? STEPPE_SIMD_V4
               : steppe_has_simd(STEPPE_SIMD_V3) ? STEPPE_SIMD_V3
                                                 : STEPPE_SIMD_PLAIN;
    }
    if (!steppe_has_simd(simd))
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "this processor does not have what simd level %d needs", simd);
    s->turns = TURNS[simd];
    return STEPPE_OK;
}

static int fast_create(steppe_context *context, const stp_world *world,
                       const stp_rules *rules, const stp_conditions *conditions,
                       const stp_means *means, stp_street **street)
{
    *street = NULL;
    stp_street *s = calloc(1, sizeof *s);
    if (!s)
        return stp_no_memory(context);
    s->world = world;
    s->rules = rules;
    s->threads = means->threads;
    int status = choose_turns(context, means->simd, s);
    if (status != STEPPE_OK) {
        fast_free(s);
        return status;
    }
    s->towns = calloc(world->count, sizeof *s->towns);
    bool made = s->towns != NULL;
    for (size_t i = 0; i < world->count && made; i++)
        made = make_town(&s->towns[i], &world->districts[i]);
    if (!made || !make_workers(s)) {
        fast_free(s);
        return stp_no_memory(context);
    }
#pragma omp parallel for num_threads(s->threads) schedule(dynamic)
    for (size_t i = 0; i < world->count; i++)
        settle_town(s, &s->towns[i], conditions[i].officers);
    *street = s;
    return STEPPE_OK;
}

const stp_engine STP_FAST = {"fast",     fast_create,        fast_step,
                             fast_tally, stp_fast_violation, fast_free};
