/* The fast engine with everybody on the street: threads over tiles and districts
 * together, bit-identical to reference.c. Turns keep the sums of a step (active, digest),
 * which saves a pass over the lattice. */
#include "street/fast.h"

#include "base/threads.h"

#include <stdlib.h>

/* ---- arrivals and withdrawals ---- */

/* Agents about to enter the lattice, whose cells are looked for together. */
typedef struct arrivals {
    uint32_t step, last_turn; /* last_turn: step whose parity they get */
    bool officers;
    uint32_t count, ids[STP_DEAL];
    uint64_t digest; /* sum of the hashes of those who have arrived */
} arrivals;

/* The words of those who arrive, without parity. */
static void make_words(const stp_street *s, const stp_district_fast *t, const arrivals *a,
                       uint32_t words[STP_DEAL])
{
    const stp_district *d = t->district;
    const stp_stream birth = {s->world->population_seed, STP_PURPOSE_TRAITS, d->index, 0};
    uint32_t draws[4][STP_DEAL];
    if (!a->officers)
        s->level->draws(&birth, a->ids, a->count, draws);
    for (uint32_t k = 0; k < a->count; k++) {
        uint32_t kind = a->officers
                            ? STP_IS_OFFICER
                            : stp_group_of(d, draws[1][k], draws[2][k], draws[3][k])
                                  << STP_GROUP_SHIFT;
        words[k] = STP_PRESENT | kind | a->ids[k];
    }
}

static void settle(const stp_street *s, stp_district_fast *t, arrivals *a)
{
    const stp_district *d = t->district;
    const stp_stream stream = {s->world->seed, STP_PURPOSE_PLACE, d->index, a->step};
    uint32_t draws[4][STP_DEAL], words[STP_DEAL];
    if (a->count == 0)
        return;
    s->level->draws(&stream, a->ids, a->count, draws);
    for (uint32_t k = 0; k < a->count; k++) {
        for (int i = 0; i < 4; i++) {
            stp_coord coord = stp_coord_of(d, stp_below(draws[i][k], d->cells));
            size_t word = stp_plane_word(&t->grid, stp_coord_x(coord),
                                         stp_coord_y(coord));
            __builtin_prefetch(t->occupied + t->grid.origin + word, 1);
        }
    }
    make_words(s, t, a, words);
    for (uint32_t k = 0; k < a->count; k++) {
        stp_coord coord = stp_find_empty(s->world, d, &t->grid, t->occupied, a->ids[k],
                                         a->step, &draws[0][k]);
        uint32_t x = stp_coord_x(coord), y = stp_coord_y(coord);
        t->words[stp_site_of(t, x, y)] = words[k] | stp_parity_of(a->last_turn);
        stp_plane_set(t->occupied, &t->grid, x, y, true);
        if (a->officers)
            stp_plane_set(t->police, &t->grid, x, y, true);
        if (t->coords)
            t->coords[a->ids[k]] = coord;
        a->digest += stp_agent_hash(d->index, a->ids[k],
                                    a->officers ? STP_OFFICER : STP_QUIET,
                                    y * d->width + x);
    }
    a->count = 0;
}

static void add_arrival(const stp_street *s, stp_district_fast *t, arrivals *a,
                        uint32_t id)
{
    a->ids[a->count++] = id;
    if (a->count == STP_DEAL)
        settle(s, t, a);
}

/* Take the officers of identity `first` and above off the street. */
static void withdraw(stp_district_fast *t, uint32_t first)
{
    for (uint32_t y = 0; y < t->grid.height; y++) {
        for (uint32_t x = 0; x < t->grid.width; x++) {
            uint32_t *word = &t->words[stp_site_of(t, x, y)];
            if (!(*word & STP_IS_OFFICER) || (*word & STP_IDENTITY) < first)
                continue;
            *word = 0;
            stp_plane_set(t->occupied, &t->grid, x, y, false);
            stp_plane_set(t->police, &t->grid, x, y, false);
        }
    }
}

static void set_officers(const stp_street *s, stp_district_fast *t, uint32_t officers,
                         uint32_t step)
{
    uint32_t first = t->district->citizens;
    arrivals a = {.step = step, .last_turn = step - (step > 0), .officers = true};
    if (officers < t->on_street)
        withdraw(t, first + officers);
    for (uint32_t i = t->on_street; i < officers; i++)
        if (!t->losses || t->losses[i] == 0)
            add_arrival(s, t, &a, first + i);
    settle(s, t, &a);
    t->gone += stp_losses_among(t->losses, t->on_street, officers);
    t->gone -= stp_losses_among(t->losses, officers, t->on_street);
    t->on_street = officers;
}

/* ---- detention ---- */

/* Admissions and discharges of one ward at the end of a step. */
static void end_ward(const stp_street *s, uint32_t number)
{
    stp_district_fast *t = &s->districts[s->ward_districts[number]];
    uint32_t i = number - s->first_wards[s->ward_districts[number]], n = t->ward_count;
    size_t first = (size_t)t->on_street * i / n, end = (size_t)t->on_street * (i + 1) / n;
    stp_ward *ward = &t->wards[i];
    if (!stp_ward_admit(ward, t->district->index, t->caught + first, end - first))
        atomic_store_explicit(&t->failed, true, memory_order_relaxed);
    stp_ward_discharge(ward, t->district->index, s->step, t->due);
}

static void count_wards(const stp_district_fast *t, stp_tally *tally)
{
    steppe_counts *c = &tally->counts;
    c->citizens = t->district->citizens;
    for (uint32_t i = 0; i < t->ward_count; i++) {
        c->detained += stp_ward_count(&t->wards[i]);
        c->citizens -= t->wards[i].dead;
        tally->digest += t->wards[i].digest;
    }
    c->on_street = c->citizens - c->detained;
}

/* Put the released back on the lattice, in order of identity. */
static void release(const stp_street *s, stp_district_fast *t)
{
    arrivals a = {.step = s->step, .last_turn = s->step};
    for (uint32_t i = 0; i <= t->district->citizens / 64; i++) {
        uint64_t due = atomic_load_explicit(&t->due[i], memory_order_relaxed);
        if (due == 0)
            continue;
        atomic_store_explicit(&t->due[i], 0, memory_order_relaxed);
        for (; due; due &= due - 1) {
            add_arrival(s, t, &a, i * 64 + (uint32_t)__builtin_ctzll(due));
            t->tally.counts.releases++;
        }
    }
    settle(s, t, &a);
    t->tally.digest += a.digest;
}

/* ---- a step ---- */

static double weight_of(const stp_street *s, const stp_job *j)
{
    const stp_district *d = &s->world->districts[j->district];
    double agents = (double)d->citizens + s->districts[j->district].on_street;
    return d->tiled ? agents * j->count / (d->tiles_x * d->tiles_y) : agents;
}

/* Divide the jobs of a colour into one share per thread, of about the same weight. */
static void share_out(stp_street *s, int phase)
{
    double all = 0, given = 0;
    size_t next = s->starts[phase], end = s->starts[phase + 1];
    for (size_t i = next; i < end; i++)
        all += weight_of(s, &s->jobs[i]);
    for (int k = 0; k < s->useful; k++) {
        stp_share *share = &s->shares[phase * s->threads + k];
        atomic_init(&share->next, next);
        while (next < end && (k == s->useful - 1 || given < all * (k + 1) / s->useful))
            given += weight_of(s, &s->jobs[next++]);
        share->end = next;
    }
}

/* The row of tiles at the top of the lattice, or near it: the jobs begin there, so that a
 * thread keeps much the same part of the lattice from step to step. */
static uint32_t first_row(const stp_district *d, const stp_tiling *tiling)
{
    for (uint32_t row = 0; row < d->tiles_y; row++) {
        stp_tile tile = stp_tile_of(d, tiling, row * d->tiles_x);
        if (tile.y < tile.height)
            return row;
    }
    return 0;
}

/* Add the jobs of a colour in a district. abreast: most tiles per job. Returns the number
 * of jobs. */
static size_t add_jobs(stp_street *s, uint32_t district, int phase, uint32_t abreast,
                       size_t count)
{
    const stp_district *d = &s->world->districts[district];
    const stp_tiling *tiling = &s->districts[district].tiling;
    if (!d->tiled) {
        if (phase == 0)
            s->jobs[count++] = (stp_job){.district = district};
        return count;
    }
    uint32_t tiles = d->tiles_x * d->tiles_y, first = first_row(d, tiling) * d->tiles_x;
    stp_job *job = NULL;
    for (uint32_t k = 0; k < tiles; k++) {
        uint32_t tile = first + k < tiles ? first + k : first + k - tiles;
        if (stp_tile_colour(d, tile) != tiling->colours[phase])
            continue;
        if (!job || job->count == abreast) {
            job = &s->jobs[count++];
            *job = (stp_job){.district = district};
        }
        job->tiles[job->count++] = tile;
    }
    return count;
}

/* Tiles per job, few enough that every thread has a job. */
static uint32_t tiles_abreast(const stp_street *s)
{
    size_t tiles = 0; /* of a colour */
    for (size_t i = 0; i < s->world->count; i++) {
        const stp_district *d = &s->world->districts[i];
        tiles += d->tiled ? (size_t)d->tiles_x * d->tiles_y / 4 : 0;
    }
    size_t each = tiles / (size_t)s->threads;
    return each < 1 ? 1 : each > STP_ABREAST ? STP_ABREAST : (uint32_t)each;
}

/* The jobs of a step, colour by colour; a sequential district is one job of the first
 * colour. */
static void plan(stp_street *s)
{
    size_t count = 0, most = s->world->count;
    uint32_t abreast = tiles_abreast(s);
    for (uint32_t i = 0; i < s->world->count; i++)
        s->districts[i].tiling = stp_tiling_draw(s->world, &s->world->districts[i],
                                                 s->step);
    for (int phase = 0; phase < 4; phase++) {
        s->starts[phase] = count;
        for (uint32_t i = 0; i < s->world->count; i++)
            count = add_jobs(s, i, phase, abreast, count);
        most = count - s->starts[phase] > most ? count - s->starts[phase] : most;
    }
    s->starts[4] = count;
    /* More threads than jobs of a colour would only wait. */
    s->useful = (size_t)s->threads < most ? s->threads : (int)most;
    for (int phase = 0; phase < 4; phase++)
        share_out(s, phase);
}

/* A thread's work on a colour: its own share, then what is left of the others'. */
static void work(const stp_street *s, int phase, int thread)
{
    for (int k = 0; k < s->useful; k++) {
        stp_share *share = &s->shares[phase * s->threads + (thread + k) % s->useful];
        for (;;) {
            size_t i = atomic_fetch_add_explicit(&share->next, 1, memory_order_relaxed);
            if (i >= share->end || stp_stop_asked(s->stop))
                break;
            s->level->turns(s, &s->jobs[i], &s->workers[thread],
                            i + 1 < share->end ? &s->jobs[i + 1] : NULL);
        }
    }
}

static void begin_district(const stp_street *s, stp_district_fast *t)
{
    memset(&t->tally, 0, sizeof t->tally);
    if (!stp_stop_asked(s->stop))
        set_officers(s, t, s->conditions[t->district->index].officers, s->step);
}

static void end_district(const stp_street *s, stp_district_fast *t)
{
    if (stp_stop_asked(s->stop))
        return;
    release(s, t);
    count_wards(t, &t->tally);
}

static void add_job(const stp_street *s, const stp_job *j, stp_tally *tally)
{
    const stp_sums *sums = &j->sums;
    stp_district_fast *t = &s->districts[j->district];
    stp_sums_add(sums, tally);
    t->gone += sums->officers_killed + sums->officers_wounded + sums->officers_left;
    t->gone_digest += sums->gone_digest;
}

/* Once all jobs are added: the officers who are left. Without force all obey. */
static void count_officers(const stp_street *s, const stp_district_fast *t,
                           stp_tally *tally)
{
    tally->counts.officers = t->on_street - t->gone;
    tally->digest += t->gone_digest;
    if (!s->rules->force)
        tally->counts.obeying = t->on_street;
}

static int fast_step(stp_street *s, uint32_t step, const stp_conditions *conditions,
                     stp_tally *tallies)
{
    size_t districts = s->world->count;
    s->step = step;
    s->conditions = conditions;
    plan(s);
#pragma omp parallel num_threads(s->useful) if (s->useful > 1)
    {
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < districts; i++)
            begin_district(s, &s->districts[i]);
        for (int phase = 0; phase < 4; phase++) {
            work(s, phase, omp_get_thread_num());
#pragma omp barrier
        }
#pragma omp for schedule(dynamic)
        for (uint32_t i = 0; i < s->ward_count; i++)
            end_ward(s, i);
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < districts; i++)
            end_district(s, &s->districts[i]);
    }
    if (stp_stop_asked(s->stop))
        return STEPPE_STOPPED;
    for (size_t i = 0; i < districts; i++) {
        if (s->districts[i].failed)
            return STEPPE_NO_MEMORY;
        tallies[i] = s->districts[i].tally;
    }
    for (size_t i = 0; i < s->starts[4]; i++)
        add_job(s, &s->jobs[i], &tallies[s->jobs[i].district]);
    for (size_t i = 0; i < districts; i++)
        count_officers(s, &s->districts[i], &tallies[i]);
    return STEPPE_OK;
}

/* ---- the engine ---- */

static void fast_tally(const stp_street *s, size_t district, stp_tally *tally)
{
    const stp_district_fast *t = &s->districts[district];
    const stp_district *d = t->district;
    *tally = (stp_tally){.counts.officers = t->on_street - t->gone,
                         .digest = t->gone_digest};
    count_wards(t, tally);
    for (uint32_t y = 0; y < d->height; y++) {
        for (uint32_t x = 0; x < d->width; x++) {
            uint32_t word = t->words[stp_site_of(t, x, y)];
            if (word == 0)
                continue;
            bool active = stp_plane_get(t->active, &t->grid, x, y);
            bool violent = t->violent && stp_plane_get(t->violent, &t->grid, x, y);
            bool obeying = stp_plane_get(t->police, &t->grid, x, y);
            stp_standing standing = word & STP_IS_OFFICER
                                        ? (obeying ? STP_OFFICER : STP_STANDING_BY)
                                    : violent ? STP_VIOLENT
                                    : active  ? STP_ACTIVE
                                              : STP_QUIET;
            tally->counts.active += active;
            tally->counts.violent += violent;
            tally->counts.obeying += obeying;
            tally->digest += stp_agent_hash(d->index, word & STP_IDENTITY, standing,
                                            y * d->width + x);
        }
    }
}

static void fast_free(stp_street *s)
{
    if (!s)
        return;
    for (size_t i = 0; s->districts && i < s->world->count; i++) {
        stp_district_fast *t = &s->districts[i];
        free(t->words);
        free(t->occupied); /* and the other planes */
        free(t->coords);
        free(t->order);
        free(t->caught);
        for (uint32_t k = 0; t->wards && k < t->ward_count; k++)
            stp_ward_free(&t->wards[k]);
        free(t->wards);
        free(t->due);
        free(t->losses);
    }
    for (int k = 0; s->workers && k < s->threads; k++) {
        for (int i = 0; i < STP_ABREAST; i++) {
            free(s->workers[k].lists[i].words);
            free(s->workers[k].lists[i].coords);
        }
    }
    free(s->districts);
    free(s->workers);
    free(s->ward_districts);
    free(s->first_wards);
    free(s->jobs);
    free(s->shares);
    free(s);
}

enum { CITIZENS_OF_A_WARD = 1 << 19 };

static bool make_district(stp_district_fast *t, const stp_district *d, bool force)
{
    size_t most = (size_t)d->citizens + d->max_officers;
    t->district = d;
    t->grid = stp_grid_of(d->width, d->height, stp_radius_of(d));
    stp_stencil_make(&t->stencils[0], &d->citizen_disc);
    stp_stencil_make(&t->stencils[1], &d->officer_disc);
    size_t cells = (stp_site_of(t, d->width - 1, d->height - 1) / 16 + 1) * 16;
    t->words = stp_zeroed(cells * sizeof *t->words);
    t->occupied = stp_zeroed((force ? 4 : 3) * t->grid.words * sizeof *t->occupied);
    if (t->occupied) {
        t->active = t->occupied + t->grid.words;
        t->police = t->active + t->grid.words;
        t->violent = force ? t->police + t->grid.words : NULL;
    }
    t->losses = force ? calloc((size_t)d->max_officers + 1, 1) : NULL;
    t->caught = calloc((size_t)d->max_officers + 1, sizeof *t->caught);
    t->due = calloc((size_t)d->citizens / 64 + 1, sizeof *t->due);
    t->ward_count = 1 + d->citizens / CITIZENS_OF_A_WARD;
    t->wards = calloc(t->ward_count, sizeof *t->wards);
    if (!d->tiled) {
        t->coords = calloc(most, sizeof *t->coords);
        t->order = calloc(most, sizeof *t->order);
    }
    return t->words && t->occupied && t->caught && t->due && t->wards &&
           (!force || t->losses) && (d->tiled || (t->coords && t->order));
}

static void populate(const stp_street *s, stp_district_fast *t, uint32_t officers)
{
    arrivals a = {0};
    for (uint32_t id = 0; id < t->district->citizens; id++) {
        if (id % STP_DEAL == 0 && stp_stop_asked(s->stop))
            return;
        add_arrival(s, t, &a, id);
    }
    settle(s, t, &a);
    set_officers(s, t, officers, 0);
}

static bool number_wards(stp_street *s)
{
    for (size_t i = 0; i < s->world->count; i++)
        s->ward_count += s->districts[i].ward_count;
    s->ward_districts = calloc(s->ward_count, sizeof *s->ward_districts);
    s->first_wards = calloc(s->world->count, sizeof *s->first_wards);
    if (!s->ward_districts || !s->first_wards)
        return false;
    for (uint32_t i = 0, number = 0; i < s->world->count; i++) {
        s->first_wards[i] = number;
        for (uint32_t k = 0; k < s->districts[i].ward_count; k++)
            s->ward_districts[number++] = i;
    }
    return true;
}

/* Allocate the jobs, and lists for the largest tile. */
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
    s->workers = stp_zeroed((size_t)s->threads * sizeof *s->workers);
    s->shares = aligned_alloc(_Alignof(stp_share),
                              4 * (size_t)s->threads * sizeof *s->shares);
    if (!s->jobs || !s->workers || !s->shares)
        return false;
    for (int k = 0; k < s->threads; k++) {
        for (int i = 0; i < STP_ABREAST; i++) {
            stp_turn_list *list = &s->workers[k].lists[i];
            list->words = calloc(longest + STP_SLACK, sizeof *list->words);
            list->coords = calloc(longest + STP_SLACK, sizeof *list->coords);
            if (!list->words || !list->coords)
                return false;
        }
    }
    return true;
}

static bool make_parts(stp_street *s, const stp_conditions *conditions)
{
    s->districts = calloc(s->world->count, sizeof *s->districts);
    bool made = s->districts != NULL;
    for (size_t i = 0; i < s->world->count && made; i++)
        made = make_district(&s->districts[i], &s->world->districts[i], s->rules->force);
    if (!made || !number_wards(s) || !make_workers(s))
        return false;
#pragma omp parallel for num_threads(s->threads) schedule(dynamic)
    for (size_t i = 0; i < s->world->count; i++)
        populate(s, &s->districts[i], conditions[i].officers);
    return !stp_stop_asked(s->stop);
}

static int fast_create(steppe_context *context, const stp_world *world,
                       const stp_rules *rules, const stp_conditions *conditions,
                       const stp_engine_options *options, stp_street **street)
{
    stp_street *s = *street = calloc(1, sizeof *s);
    if (!s)
        return stp_no_memory(context);
    *s = (stp_street){.world = world,
                      .rules = rules,
                      .threads = options->threads,
                      .stop = options->stop};
    int status = stp_level_choose(context, options->simd, &s->level);
    if (status == STEPPE_OK)
        status = stp_threads_check(context, s->threads);
    if (status == STEPPE_OK && !make_parts(s, conditions))
        status = stp_fail_setup(context, s->stop);
    if (status != STEPPE_OK) {
        fast_free(s);
        *street = NULL;
    }
    return status;
}

const stp_engine STP_FAST = {.name = "fast",
                             .create = fast_create,
                             .step = fast_step,
                             .tally = fast_tally,
                             .violation = stp_fast_violation,
                             .variant = stp_fast_variant,
                             .visit = stp_fast_visit,
                             .free = fast_free};
