/* The fast engine: threads over tiles and districts together. What it does is what
 * reference.c does, to the bit. The sums of a step (active, digest) are kept turn by turn, so
 * that no pass over the lattice is needed for them. */
#include "street/fast.h"

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

/* ---- coming and going ---- */

/* Agents on their way to the lattice, whose places are looked for together. */
typedef struct arrivals {
    uint32_t step, last_turn; /* in which they are taken to have had their last turn */
    bool officers;
    uint32_t count, ids[STP_DEAL];
    uint64_t digest; /* sum of the hashes of those who have arrived */
} arrivals;

static stp_spot spot_of(const stp_district *d, uint32_t cell)
{
    return stp_spot_at(cell % d->width, cell / d->width);
}

static bool is_free(const stp_town *t, stp_spot spot)
{
    return !stp_plane_get(t->occupied, &t->grid, stp_spot_x(spot), stp_spot_y(spot));
}

/* The place that stp_candidate and what is said there give agent k of those who arrive; draws: of
 * the first four attempts. */
static stp_spot find_empty(const stp_street *s, const stp_town *t, const arrivals *a,
                           uint32_t k, uint32_t draws[4][STP_DEAL])
{
    const stp_district *d = t->district;
    uint32_t cell = 0;
    for (uint32_t attempt = 0; attempt < STP_ATTEMPTS; attempt++) {
        cell = attempt < 4
                   ? stp_below(draws[attempt][k], d->cells)
                   : stp_candidate(s->world->seed, d, a->ids[k], a->step, attempt);
        if (is_free(t, spot_of(d, cell)))
            return spot_of(d, cell);
    }
    while (!is_free(t, spot_of(d, cell)))
        cell = (cell + 1) % d->cells;
    return spot_of(d, cell);
}

/* The words of those who arrive, but for parity. */
static void make_words(const stp_street *s, const stp_town *t, const arrivals *a,
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

/* Put those who are on their way on empty cells, one after the other. */
static void settle(const stp_street *s, stp_town *t, arrivals *a)
{
    const stp_district *d = t->district;
    const stp_stream stream = {s->world->seed, STP_PURPOSE_PLACE, d->index, a->step};
    uint32_t draws[4][STP_DEAL], words[STP_DEAL];
    if (a->count == 0)
        return;
    s->level->draws(&stream, a->ids, a->count, draws);
    /* Ask for the memory that will be looked at. */
    for (uint32_t k = 0; k < a->count; k++) {
        for (int i = 0; i < 4; i++) {
            stp_spot spot = spot_of(d, stp_below(draws[i][k], d->cells));
            __builtin_prefetch(t->occupied + t->grid.origin +
                                   stp_plane_word(&t->grid, stp_spot_x(spot),
                                                  stp_spot_y(spot)),
                               1);
        }
    }
    make_words(s, t, a, words);
    for (uint32_t k = 0; k < a->count; k++) {
        stp_spot spot = find_empty(s, t, a, k, draws);
        uint32_t x = stp_spot_x(spot), y = stp_spot_y(spot);
        t->words[stp_site_of(t, x, y)] = words[k] | stp_parity_of(a->last_turn);
        stp_plane_set(t->occupied, &t->grid, x, y, true);
        if (a->officers)
            stp_plane_set(t->police, &t->grid, x, y, true);
        if (t->spots)
            t->spots[a->ids[k]] = spot;
        a->digest += stp_agent_hash(d->index, a->ids[k],
                                    a->officers ? STP_OFFICER : STP_QUIET,
                                    y * d->width + x);
    }
    a->count = 0;
}

static void expect(const stp_street *s, stp_town *t, arrivals *a, uint32_t id)
{
    a->ids[a->count++] = id;
    if (a->count == STP_DEAL)
        settle(s, t, a);
}

/* Take the officers from identity `first` on off the street. */
static void withdraw(stp_town *t, uint32_t first)
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

static void set_officers(const stp_street *s, stp_town *t, uint32_t officers,
                         uint32_t step)
{
    uint32_t first = t->district->citizens;
    arrivals a = {.step = step, .last_turn = step - (step > 0), .officers = true};
    if (officers < t->on_street)
        withdraw(t, first + officers);
    for (uint32_t i = t->on_street; i < officers; i++)
        if (!t->district_summaries || t->district_summaries[i] == 0)
            expect(s, t, &a, first + i);
    settle(s, t, &a);
    for (uint32_t i = officers; t->district_summaries && i < t->on_street; i++)
        t->gone -= t->district_summaries[i] != 0;
    for (uint32_t i = t->on_street; t->district_summaries && i < officers; i++)
        t->gone += t->district_summaries[i] != 0;
    t->on_street = officers;
}

/* ---- detention ---- */

/* What happens in one of all wards at the end of a step. */
static void end_ward(const stp_street *s, uint32_t number)
{
    stp_town *t = &s->towns[s->ward_towns[number]];
    uint32_t i = number - s->first_wards[s->ward_towns[number]], n = t->ward_count;
    size_t first = (size_t)t->on_street * i / n, end = (size_t)t->on_street * (i + 1) / n;
    stp_ward *ward = &t->wards[i];
    if (!stp_ward_admit(ward, t->district->index, t->caught + first, end - first))
        atomic_store_explicit(&t->failed, true, memory_order_relaxed);
    stp_ward_discharge(ward, t->district->index, s->step, t->due);
}

static size_t detained_in(const stp_town *t)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < t->ward_count; i++)
        sum += stp_ward_count(&t->wards[i]);
    return sum;
}

static size_t dead_in(const stp_town *t)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < t->ward_count; i++)
        sum += t->wards[i].dead;
    return sum;
}

static uint64_t digest_of_detained(const stp_town *t)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < t->ward_count; i++)
        sum += t->wards[i].digest;
    return sum;
}

/* Put those whom the wards let go back on the lattice, in order of identity. */
static void release(const stp_street *s, stp_town *t)
{
    arrivals a = {.step = s->step, .last_turn = s->step};
    for (uint32_t i = 0; i <= t->district->citizens / 64; i++) {
        uint64_t due = atomic_load_explicit(&t->due[i], memory_order_relaxed);
        if (due == 0)
            continue;
        atomic_store_explicit(&t->due[i], 0, memory_order_relaxed);
        for (; due; due &= due - 1) {
            expect(s, t, &a, i * 64 + (uint32_t)__builtin_ctzll(due));
            t->tally.counts.releases++;
        }
    }
    settle(s, t, &a);
    t->tally.digest += a.digest;
}

/* ---- a step ---- */

/* Agents in a job, about. */
static double weight_of(const stp_street *s, const stp_job *j)
{
    const stp_district *d = &s->world->districts[j->town];
    double agents = (double)d->citizens + s->towns[j->town].on_street;
    return d->tiled ? agents * j->count / (d->tiles_x * d->tiles_y) : agents;
}

/* Cut the jobs of a colour into a share for each thread, of about the same weight. */
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

/* The tile whose upper left corner is the first of the lattice, or near it: the jobs begin there,
 * so that a thread has much the same part of the lattice in every step. */
static uint32_t first_row(const stp_district *d, const stp_tiling *tiling)
{
    for (uint32_t row = 0; row < d->tiles_y; row++) {
        stp_tile tile = stp_tile_of(d, tiling, row * d->tiles_x);
        if (tile.y < tile.height)
            return row;
    }
    return 0;
}

/* Add the jobs of a district that have a colour. abreast: most tiles in one. Returns how many jobs
 * there are then. */
static size_t add_jobs(stp_street *s, uint32_t town, int phase, uint32_t abreast,
                       size_t count)
{
    const stp_district *d = &s->world->districts[town];
    const stp_tiling *tiling = &s->towns[town].tiling;
    if (!d->tiled) {
        if (phase == 0)
            s->jobs[count++] = (stp_job){.town = town};
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
            *job = (stp_job){.town = town};
        }
        job->tiles[job->count++] = tile;
    }
    return count;
}

/* How many tiles a job should have: no thread is to be without one. */
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

/* The jobs of a step, colour by colour; a sequential district is one job of the first. */
static void plan(stp_street *s)
{
    size_t count = 0, most = s->world->count;
    uint32_t abreast = tiles_abreast(s);
    for (uint32_t i = 0; i < s->world->count; i++)
        s->towns[i].tiling = stp_tiling_draw(s->world, &s->world->districts[i], s->step);
    for (int phase = 0; phase < 4; phase++) {
        s->starts[phase] = count;
        for (uint32_t i = 0; i < s->world->count; i++)
            count = add_jobs(s, i, phase, abreast, count);
        most = count - s->starts[phase] > most ? count - s->starts[phase] : most;
    }
    s->starts[4] = count;
    /* More threads than jobs at once would only wait. */
    s->useful = (size_t)s->threads < most ? s->threads : (int)most;
    for (int phase = 0; phase < 4; phase++)
        share_out(s, phase);
}

/* What a thread does of a colour: its own share, then what is left of the others'. */
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

static void begin_town(const stp_street *s, stp_town *t)
{
    memset(&t->tally, 0, sizeof t->tally);
    if (!stp_stop_asked(s->stop))
        set_officers(s, t, s->conditions[t->district->index].officers, s->step);
}

static void end_town(const stp_street *s, stp_town *t)
{
    if (stp_stop_asked(s->stop))
        return;
    release(s, t);
    t->tally.digest += digest_of_detained(t);
    t->tally.counts.detained = detained_in(t);
    t->tally.counts.citizens = t->district->citizens - dead_in(t);
    t->tally.counts.on_street = t->tally.counts.citizens - t->tally.counts.detained;
    t->tally.counts.officers = t->on_street;
}

/* Add the sums of a job to the tally of its district. */
static void add_job(const stp_street *s, const stp_job *j, stp_tally *tally)
{
    stp_town *t = &s->towns[j->town];
    steppe_counts *c = &tally->counts;
    c->activations += j->activations;
    c->arrests += j->arrests;
    c->active += j->active;
    tally->digest += j->digest;
    if (!s->rules->force)
        return;
    c->violent += j->violent;
    c->obeying += j->obeying;
    c->killed += j->killed;
    c->wounded += j->wounded;
    c->officers_killed += j->officers_killed;
    c->officers_wounded += j->officers_wounded;
    c->officers_left += j->officers_left;
    t->gone += j->officers_killed + j->officers_wounded + j->officers_left;
    t->gone_digest += j->gone_digest;
}

/* What is only known when all jobs are added: who of the officers is left. Without force all obey. */
static void count_officers(const stp_street *s, const stp_town *t, stp_tally *tally)
{
    tally->counts.officers = t->on_street - t->gone;
    tally->digest += t->gone_digest;
    if (!s->rules->force)
        tally->counts.obeying = t->on_street;
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
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < towns; i++)
            begin_town(s, &s->towns[i]);
        for (int phase = 0; phase < 4; phase++) {
            work(s, phase, omp_get_thread_num());
#pragma omp barrier
        }
#pragma omp for schedule(dynamic)
        for (uint32_t i = 0; i < s->ward_count; i++)
            end_ward(s, i);
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < towns; i++)
            end_town(s, &s->towns[i]);
    }
    if (stp_stop_asked(s->stop))
        return STEPPE_STOPPED;
    for (size_t i = 0; i < towns; i++) {
        if (s->towns[i].failed)
            return STEPPE_NO_MEMORY;
        tallies[i] = s->towns[i].tally;
    }
    for (size_t i = 0; i < s->starts[4]; i++)
        add_job(s, &s->jobs[i], &tallies[s->jobs[i].town]);
    for (size_t i = 0; i < towns; i++)
        count_officers(s, &s->towns[i], &tallies[i]);
    return STEPPE_OK;
}

/* ---- the engine ---- */

static void tally_town(const stp_town *t, stp_tally *tally)
{
    const stp_district *d = t->district;
    *tally = (stp_tally){.counts = {.detained = detained_in(t),
                                    .citizens = d->citizens - dead_in(t),
                                    .officers = t->on_street - t->gone},
                         .digest = digest_of_detained(t) + t->gone_digest};
    tally->counts.on_street = tally->counts.citizens - tally->counts.detained;
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
        free(t->occupied); /* and the other planes */
        free(t->spots);
        free(t->order);
        free(t->caught);
        for (uint32_t k = 0; t->wards && k < t->ward_count; k++)
            stp_ward_free(&t->wards[k]);
        free(t->wards);
        free(t->due);
        free(t->district_summaries);
    }
    for (int k = 0; s->workers && k < s->threads; k++) {
        for (int i = 0; i < STP_ABREAST; i++) {
            free(s->workers[k].lists[i].words);
            free(s->workers[k].lists[i].spots);
        }
    }
    free(s->towns);
    free(s->workers);
    free(s->ward_towns);
    free(s->first_wards);
    free(s->jobs);
    free(s->shares);
    free(s);
}

enum { CITIZENS_OF_A_WARD = 1 << 19 };

static bool make_town(stp_town *t, const stp_district *d, bool force)
{
    size_t most = (size_t)d->citizens + d->officers_most;
    t->district = d;
    t->grid = stp_grid_of(d->width, d->height,
                          d->citizen_disc.radius > d->officer_disc.radius
                              ? d->citizen_disc.radius
                              : d->officer_disc.radius);
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
    t->district_summaries = force ? calloc((size_t)d->officers_most + 1, 1) : NULL;
    t->caught = calloc((size_t)d->officers_most + 1, sizeof *t->caught);
    t->due = calloc((size_t)d->citizens / 64 + 1, sizeof *t->due);
    t->ward_count = 1 + d->citizens / CITIZENS_OF_A_WARD;
    t->wards = calloc(t->ward_count, sizeof *t->wards);
    if (!d->tiled) {
        t->spots = calloc(most, sizeof *t->spots);
        t->order = calloc(most, sizeof *t->order);
    }
    return t->words && t->occupied && t->caught && t->due && t->wards &&
           (!force || t->district_summaries) && (d->tiled || (t->spots && t->order));
}

static void populate(const stp_street *s, stp_town *t, uint32_t officers)
{
    arrivals a = {0};
    for (uint32_t id = 0; id < t->district->citizens; id++) {
        if (id % STP_DEAL == 0 && stp_stop_asked(s->stop))
            return;
        expect(s, t, &a, id);
    }
    settle(s, t, &a);
    set_officers(s, t, officers, 0);
}

static bool number_wards(stp_street *s)
{
    for (size_t i = 0; i < s->world->count; i++)
        s->ward_count += s->towns[i].ward_count;
    s->ward_towns = calloc(s->ward_count, sizeof *s->ward_towns);
    s->first_wards = calloc(s->world->count, sizeof *s->first_wards);
    if (!s->ward_towns || !s->first_wards)
        return false;
    for (uint32_t i = 0, number = 0; i < s->world->count; i++) {
        s->first_wards[i] = number;
        for (uint32_t k = 0; k < s->towns[i].ward_count; k++)
            s->ward_towns[number++] = i;
    }
    return true;
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
    s->workers = stp_zeroed((size_t)s->threads * sizeof *s->workers);
    s->shares = aligned_alloc(_Alignof(stp_share),
                              4 * (size_t)s->threads * sizeof *s->shares);
    if (!s->jobs || !s->workers || !s->shares)
        return false;
    for (int k = 0; k < s->threads; k++) {
        for (int i = 0; i < STP_ABREAST; i++) {
            stp_list *list = &s->workers[k].lists[i];
            list->words = calloc(longest + STP_SLACK, sizeof *list->words);
            list->spots = calloc(longest + STP_SLACK, sizeof *list->spots);
            if (!list->words || !list->spots)
                return false;
        }
    }
    return true;
}

bool steppe_has_simd(steppe_simd simd)
{
    if (simd == STEPPE_SIMD_BEST || simd == STEPPE_SIMD_PLAIN)
        return true;
#ifdef STP_SIMD_LEVELS
    if (simd == STEPPE_SIMD_V3)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
    if (simd == STEPPE_SIMD_V4)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512vpopcntdq");
#endif
    return false;
}

int stp_level_choose(steppe_context *context, steppe_simd simd, const stp_level **level)
{
    static const stp_level *const LEVELS[] = {
        NULL,
        &stp_level_plain,
#ifdef STP_SIMD_LEVELS
        &stp_level_v3,
        &stp_level_v4,
#endif
    };
    if (simd == STEPPE_SIMD_BEST) {
        simd = steppe_has_simd(STEPPE_SIMD_V4)   ? STEPPE_SIMD_V4
               : steppe_has_simd(STEPPE_SIMD_V3) ? STEPPE_SIMD_V3
                                                 : STEPPE_SIMD_PLAIN;
    }
    if (!steppe_has_simd(simd)) {
        stp_fail(context, STEPPE_BAD_ARGUMENT,
                 "this processor does not have what simd level %d needs", simd);
        return STEPPE_BAD_ARGUMENT;
    }
    *level = LEVELS[simd];
    return STEPPE_OK;
}

static int fast_create(steppe_context *context, const stp_world *world,
                       const stp_rules *rules, const stp_conditions *conditions,
                       const stp_engine_options *means, stp_street **street)
{
    *street = NULL;
    stp_street *s = calloc(1, sizeof *s);
    if (!s)
        return stp_no_memory(context);
    s->world = world;
    s->rules = rules;
    s->threads = means->threads;
    s->stop = means->stop;
    int status = stp_level_choose(context, means->simd, &s->level);
    if (status == STEPPE_OK)
        status = stp_threads_check(context, s->threads);
    if (status != STEPPE_OK) {
        fast_free(s);
        return status;
    }
    s->towns = calloc(world->count, sizeof *s->towns);
    bool made = s->towns != NULL;
    for (size_t i = 0; i < world->count && made; i++)
        made = make_town(&s->towns[i], &world->districts[i], rules->force);
    if (!made || !number_wards(s) || !make_workers(s)) {
        fast_free(s);
        return stp_no_memory(context);
    }
#pragma omp parallel for num_threads(s->threads) schedule(dynamic)
    for (size_t i = 0; i < world->count; i++)
        populate(s, &s->towns[i], conditions[i].officers);
    if (stp_stop_asked(s->stop)) {
        fast_free(s);
        return stp_fail(context, STEPPE_STOPPED, "stopped in set-up");
    }
    *street = s;
    return STEPPE_OK;
}

const char *stp_fast_way(const stp_district *d)
{
    stp_stencil stencils[2];
    stp_stencil_make(&stencils[0], &d->citizen_disc);
    stp_stencil_make(&stencils[1], &d->officer_disc);
    return stp_is_square(stencils) ? "fast" : "fast, wide windows";
}

const stp_engine STP_FAST = {"fast",        fast_create,        fast_step,
                             fast_tally,    stp_fast_violation, stp_fast_way,
                             stp_fast_look, fast_free};
