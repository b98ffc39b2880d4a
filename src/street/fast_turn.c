/* The turns of a job and the two schedules in the fast engine with everybody on the
 * street, bit-identical to reference.c. Compiled once per kind of processor, with
 * STP_LEVEL as the name of what it exports. */
#include "street/fast.h"
#include "street/fast_look.h"

/* ---- agents are words in their cells ---- */

enum { KEEPS_SUMS = true };

STP_INLINE uint32_t agent_at(const turn *u, spot there)
{
    return u->words[there.site];
}

STP_INLINE uint32_t agent_of(const turn *u, uint32_t k)
{
    return u->w->self[k];
}

STP_INLINE uint32_t identity_of(const turn *u, uint32_t word)
{
    (void)u;
    return word & STP_IDENTITY;
}

STP_INLINE uint64_t hash_at(const turn *u, uint32_t word, stp_standing standing, spot at)
{
    return stp_agent_hash(u->district, word & STP_IDENTITY, standing,
                          stp_coord_y(at.coord) * u->width + stp_coord_x(at.coord));
}

STP_INLINE void uncount(turn *u, uint32_t word, stp_standing was, spot there)
{
    if ((word & STP_PARITY) != u->done)
        return;
    u->sums.obeying -= was == STP_OFFICER;
    u->sums.active -= was != STP_OFFICER;
    u->sums.violent -= was == STP_VIOLENT;
    u->sums.digest -= hash_at(u, word, was, there);
}

STP_INLINE void calm_down(turn *u, uint32_t word, spot there)
{
    if ((word & STP_PARITY) == u->done)
        u->sums.digest += hash_at(u, word, STP_QUIET, there);
}

STP_INLINE void move_agent(const turn *u, uint32_t k, spot to)
{
    u->words[u->w->sites[k]] = 0;
    if (u->coords)
        u->coords[u->w->ids[k]] = to.coord;
}

STP_INLINE void remove_agent(const turn *u, uint32_t word, spot there, bool near)
{
    mark(u, u->occupied, there, false, near);
    u->words[there.site] = 0;
    if (u->coords)
        u->coords[word & STP_IDENTITY] = STP_NOWHERE;
}

STP_INLINE void end_turn(turn *u, uint32_t k, spot at, uint32_t standing)
{
    stp_worker *w = u->w;
    u->words[at.site] = w->self[k] ^ STP_PARITY;
    w->standings[k] = standing;
    w->ended[k] = at.coord;
}

STP_INLINE stp_standing standing_of(const turn *u, uint32_t k, spot at, bool force)
{
    (void)k;
    return force && is_set(u->violent, at) ? STP_VIOLENT
           : is_set(u->active, at)         ? STP_ACTIVE
                                           : STP_QUIET;
}

STP_INLINE stp_duty duty_of(const turn *u, uint32_t k)
{
    uint32_t id = u->w->ids[k];
    return stp_duty_of(&u->now, u->seed, u->district, id, id - u->citizens);
}

#include "street/fast_act.h"

/* ---- a chunk of turns ---- */

/* Add the hashes of those of STP_DEAL agents of the chunk who had their turn. */
STP_INLINE void add_hashes(turn *u, uint32_t first)
{
    const stp_worker *w = u->w;
    const uint32_t district = u->district, width = u->width;
    uint64_t digest = 0;
    uint32_t ended = 0;
    for (uint32_t k = first; k < first + STP_DEAL; k++) {
        uint32_t cell = w->ended[k] / 65536 * width + (w->ended[k] & 0xffff);
        bool had = w->standings[k] != STP_OFF_DUTY;
        uint64_t hash = stp_agent_hash(district, w->ids[k], w->standings[k], cell);
        digest += had ? hash : 0;
        ended += had;
    }
    u->sums.digest += digest;
    u->sums.activations += ended;
}

/* The turns of those of the chunk who are still there. */
STP_COPIES void go(turn *u, bool near, bool wide, bool force)
{
    const stp_worker *w = u->w;
    for (uint32_t k = 0; k < u->count; k += STP_DEAL)
        prepare(u, k, STP_DEAL);
    for (uint32_t k = 0; k < u->count; k++) {
        if (u->words[w->sites[k]] != w->self[k])
            continue;
        if (w->self[k] & STP_IS_OFFICER)
            officer_turn(u, k, near, wide, force);
        else
            citizen_turn(u, k, near, wide, force);
    }
    for (uint32_t k = 0; k < u->count; k += STP_DEAL)
        add_hashes(u, k);
}

/* stp_shuffle_pick of the items base .. base + STP_DEAL - 1 of n at once; of item base +
 * k at picks[k % 4][k / 4]. base: a multiple of 4. Of items from n on: anything. */
STP_INLINE void deal(const turn *u, uint32_t tile, uint32_t base, uint32_t n,
                     uint32_t picks[4][STP_DEAL / 4])
{
    const stp_stream stream = {u->seed, STP_PURPOSE_ORDER, u->district, u->step};
    uint32_t tiles[STP_DEAL / 4], draws[STP_DEAL / 4];
    for (uint32_t k = 0; k < STP_DEAL / 4; k++) {
        tiles[k] = tile;
        draws[k] = base / 4 + k;
    }
    stp_philox_many(&stream, tiles, draws, STP_DEAL / 4,
                    (uint32_t *[4]){picks[0], picks[1], picks[2], picks[3]});
    for (uint32_t i = 0; i < 4; i++)
        for (uint32_t k = 0; k < STP_DEAL / 4; k++) {
            uint32_t item = base + 4 * k + i;
            picks[i][k] = item + stp_below(picks[i][k], n - item);
        }
}

/* ---- the two schedules ---- */

STP_INLINE void go_sequential(turn *u, uint32_t *order, uint32_t n, bool wide, bool force)
{
    stp_worker *w = u->w;
    for (uint32_t id = 0; id < n; id++)
        order[id] = id;
    for (uint32_t base = 0; base < n && !stp_stop_asked(u->stop); base += STP_DEAL) {
        uint32_t size = n - base < STP_DEAL ? n - base : STP_DEAL, count = 0;
        uint32_t picks[4][STP_DEAL / 4];
        deal(u, 0, base, n, picks);
        for (uint32_t k = 0; k < size; k++) {
            uint32_t pick = picks[k % 4][k / 4], id = order[pick];
            order[pick] = order[base + k];
            stp_coord at = u->coords[id];
            if (at == STP_NOWHERE) /* in detention, or gone */
                continue;
            w->self[count] = u->words[site_of(u, at)];
            w->at[count++] = at;
        }
        u->count = count;
        go(u, true, wide, force);
    }
}

/* Prefetch part `part` of `parts` of a tile's words, and of its planes with what is in
 * sight around it. */
static void prefetch_part(const stp_district_fast *t, const stp_tile *tile, uint32_t part,
                          uint32_t parts)
{
    const stp_grid *grid = &t->grid;
    uint32_t rows = tile->height + 2 * grid->reach;
    if (tile->x + tile->width > grid->width || tile->y + rows > grid->rows)
        return; /* across an edge of the lattice: rare */
    uint32_t first = tile->y + tile->height * part / parts,
             end = tile->y + tile->height * (part + 1) / parts;
    for (uint32_t x = tile->x / 16 * 16; x < tile->x + tile->width; x += 16)
        for (uint32_t y = first; y < end; y++)
            __builtin_prefetch(t->words + stp_site_of(t, x, y), 0, 2);
    uint32_t strips = (tile->width + 2 * STP_MARGIN + 15) / 16, lines = (rows + 31) / 32;
    for (uint32_t i = strips * lines * part / parts;
         i < strips * lines * (part + 1) / parts; i++) {
        size_t word = (size_t)(tile->x / 16 + i / lines) * grid->rows + tile->y +
                      (size_t)(i % lines) * 32;
        if (word >= grid->words)
            return;
        __builtin_prefetch(t->occupied + word, 0, 2);
        __builtin_prefetch(t->active + word, 0, 2);
        __builtin_prefetch(t->police + word, 0, 2);
    }
}

/* List those in columns first .. end - 1 of 16 neighbouring cells who have not had their
 * turn. coord: of column 0. Overwrites up to STP_SLACK entries behind them. */
STP_INLINE void list_cells(const uint32_t *cells, uint32_t first, uint32_t end,
                           stp_coord coord, uint32_t done, stp_turn_list *list)
{
    const uint32_t both = STP_PRESENT | STP_PARITY, due = both ^ done;
    uint32_t count = list->length;
#if defined(__AVX512F__)
    const __m512i spread = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
                                             14, 15);
    __mmask16 in = (__mmask16)((1u << end) - (1u << first));
    __m512i words = _mm512_loadu_si512(cells);
    __m512i coords = _mm512_add_epi32(_mm512_set1_epi32((int)coord), spread);
    __mmask16 take = _mm512_mask_cmpeq_epi32_mask(
        in, _mm512_and_si512(words, _mm512_set1_epi32((int)both)),
        _mm512_set1_epi32((int)due));
    _mm512_storeu_si512(list->words + count, _mm512_maskz_compress_epi32(take, words));
    _mm512_storeu_si512(list->coords + count, _mm512_maskz_compress_epi32(take, coords));
    count += (uint32_t)__builtin_popcount(take);
#elif defined(__AVX2__)
    const __m256i spread = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    uint32_t in = (1u << end) - (1u << first);
    for (uint32_t half = 0; half < 16; half += 8) {
        __m256i words = _mm256_loadu_si256((const __m256i *)(const void *)(cells + half));
        __m256i coords = _mm256_add_epi32(_mm256_set1_epi32((int)(coord + half)), spread);
        __m256i take = _mm256_cmpeq_epi32(_mm256_and_si256(words,
                                                           _mm256_set1_epi32((int)both)),
                                          _mm256_set1_epi32((int)due));
        uint32_t lanes = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(take)) &
                         in >> half;
        uint64_t bytes = _pdep_u64(lanes, 0x0101010101010101u) * 0xff;
        __m256i which = _mm256_cvtepu8_epi32(
            _mm_cvtsi64_si128((long long)_pext_u64(0x0706050403020100u, bytes)));
        _mm256_storeu_si256((__m256i *)(void *)(list->words + count),
                            _mm256_permutevar8x32_epi32(words, which));
        _mm256_storeu_si256((__m256i *)(void *)(list->coords + count),
                            _mm256_permutevar8x32_epi32(coords, which));
        count += (uint32_t)__builtin_popcount(lanes);
    }
#else
    for (uint32_t i = first; i < end; i++) {
        list->words[count] = cells[i];
        list->coords[count] = coord + i;
        count += (cells[i] & both) == due;
    }
#endif
    list->length = count;
}

STP_INLINE void list_row(const turn *u, uint32_t y, uint32_t x, uint32_t end,
                         stp_turn_list *list)
{
    for (uint32_t strip = x / 16 * 16; strip < end; strip += 16)
        list_cells(u->words + (size_t)(strip / 16 * u->rows + y) * 16,
                   strip < x ? x - strip : 0, end - strip < 16 ? end - strip : 16,
                   stp_coord_at(strip, y), u->done, list);
}

/* List those who stood in the tile when the step began and have not been arrested since,
 * row by row: those without their turn so far, for whoever has come since has had it. */
STP_INLINE void list_tile(const turn *u, const stp_tile *tile, stp_turn_list *list)
{
    uint32_t end = tile->x + tile->width;
    list->length = 0;
    for (uint32_t r = 0; r < tile->height; r++) {
        uint32_t y = tile->y + r < u->height ? tile->y + r : tile->y + r - u->height;
        list_row(u, y, tile->x, end < u->width ? end : u->width, list);
        if (end > u->width)
            list_row(u, y, 0, end - u->width, list);
    }
}

/* Shuffle the next of a list into every `abreast`-th item of the chunk, and fill up with
 * a word that no cell has. */
STP_INLINE void take_deal(turn *u, stp_turn_list *list, uint32_t base, uint32_t first,
                          uint32_t abreast)
{
    stp_worker *w = u->w;
    uint32_t picks[4][STP_DEAL / 4];
    uint32_t left = base < list->length ? list->length - base : 0,
             count = left < STP_DEAL ? left : STP_DEAL;
    deal(u, list->tile, base, list->length, picks);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t pick = picks[k % 4][k / 4];
        w->self[k * abreast + first] = list->words[pick];
        w->at[k * abreast + first] = list->coords[pick];
        list->words[pick] = list->words[base + k];
        list->coords[pick] = list->coords[base + k];
    }
    for (uint32_t k = count; k < STP_DEAL; k++) {
        w->self[k * abreast + first] = ~STP_PRESENT;
        w->at[k * abreast + first] = list->corner; /* no other thread is there */
    }
}

/* The turns of the job's tiles, interleaved, so that no turn waits for what the one
 * before has just written. next: see stp_level. */
STP_INLINE void take_tiles(turn *u, const stp_street *s, const stp_job *next,
                           uint32_t abreast, bool near, bool wide, bool force)
{
    stp_tile then[STP_ABREAST];
    uint32_t longest = 0;
    for (uint32_t i = 0; i < abreast; i++)
        longest = u->w->lists[i].length > longest ? u->w->lists[i].length : longest;
    const stp_district_fast *later = next ? &s->districts[next->district] : NULL;
    for (uint32_t i = 0; next && i < next->count; i++)
        then[i] = stp_tile_of(later->district, &later->tiling, next->tiles[i]);
    uint32_t parts = (longest + STP_DEAL - 1) / STP_DEAL;
    for (uint32_t part = 0; part < parts; part++) {
        for (uint32_t i = 0; next && i < next->count; i++)
            prefetch_part(later, &then[i], part, parts);
        for (uint32_t i = 0; i < abreast; i++)
            take_deal(u, &u->w->lists[i], part * STP_DEAL, i, abreast);
        u->count = STP_DEAL * abreast;
        go(u, near, wide, force);
    }
}

STP_INLINE void go_tiles(turn *u, const stp_street *s, const stp_job *job,
                         const stp_job *next, bool wide, bool force)
{
    const stp_district_fast *t = &s->districts[job->district];
    bool near = wide;
    for (uint32_t i = 0; i < job->count; i++) {
        stp_tile tile = stp_tile_of(t->district, &t->tiling, job->tiles[i]);
        u->w->lists[i].tile = job->tiles[i];
        u->w->lists[i].corner = stp_coord_at(tile.x, tile.y);
        list_tile(u, &tile, &u->w->lists[i]);
        near = near || near_edge(u, &tile);
    }
    if (near)
        take_tiles(u, s, next, job->count, true, wide, force);
    else
        take_tiles(u, s, next, job->count, false, wide, force);
}

STP_INLINE void go_job(turn *u, const stp_street *s, const stp_job *j,
                       const stp_job *next, bool wide, bool force)
{
    const stp_district_fast *t = &s->districts[j->district];
    if (t->district->tiled)
        go_tiles(u, s, j, next, wide, force);
    else
        go_sequential(u, t->order, t->district->citizens + t->on_street, wide, force);
}

STP_INLINE void turns_of(const stp_street *s, stp_job *j, stp_worker *w,
                         const stp_job *next, bool force)
{
    const stp_district_fast *t = &s->districts[j->district];
    const size_t origin = t->grid.origin;
    turn u = turn_on(s->world, s->rules, &s->conditions[j->district], t->district,
                     &t->grid, t->stencils, s->step, w);
    u.occupied = t->occupied + origin;
    u.active = t->active + origin;
    u.police = t->police + origin;
    u.violent = t->violent ? t->violent + origin : NULL;
    u.stop = s->stop;
    u.words = t->words;
    u.losses = t->losses;
    u.coords = t->coords;
    u.caught = t->caught;
    u.done = stp_parity_of(s->step);
    if (stp_is_square(t->stencils))
        go_job(&u, s, j, next, false, force);
    else
        go_job(&u, s, j, next, true, force);
    j->sums = u.sums;
}

/* Two functions, so that streets without force do not pay for it. */
static void turns_plain(const stp_street *s, stp_job *j, stp_worker *w,
                        const stp_job *next)
{
    turns_of(s, j, w, next, false);
}

static void turns_with_force(const stp_street *s, stp_job *j, stp_worker *w,
                             const stp_job *next)
{
    turns_of(s, j, w, next, true);
}

static void turns(const stp_street *s, stp_job *j, stp_worker *w, const stp_job *next)
{
    if (s->rules->force)
        turns_with_force(s, j, w, next);
    else
        turns_plain(s, j, w, next);
}

static void draws(const stp_stream *stream, const uint32_t agents[STP_DEAL],
                  uint32_t count, uint32_t random[4][STP_DEAL])
{
    static const uint32_t zeros[STP_DEAL];
    stp_philox_many(stream, agents, zeros, count,
                    (uint32_t *[4]){random[0], random[1], random[2], random[3]});
}

const stp_level STP_LEVEL = {turns, draws};
