/* One turn of an agent, and the two schedules, in the fast engine. What happens is what
 * reference.c does, to the bit. This file is compiled once for each kind of processor, with
 * STP_LEVEL as the name of what it exports. */
#include "street/fast.h"
#include "street/philox.h"
#include "street/window.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

/* ---- places ---- */

/* What one job needs at every turn, in one place that nothing else points to, so that the compiler
 * may keep it in registers. near: an edge of the lattice may be in reach of the job's agents,
 * wide: windows may have any radius, else 6 or 7, force: the street has force; all are known when
 * this is compiled. */
typedef struct turn {
    uint32_t *words;
    /* From the word of the cell (0, 0); violent is there on streets with force. */
    uint16_t *occupied, *active, *police, *violent;
    uint32_t width, height, reach, rows; /* of the grid */
    stp_stencil stencils[2];             /* of citizens and of officers */
    stp_worker *w;
    /* Sums over the job so far. */
    uint32_t activations, arrests;
    uint64_t actives, digest;
    stp_job sums; /* of what there is on streets with force */
    uint8_t *fates;
    uint32_t count; /* of agents in the chunk under way */
    bool moves, officers_move, acts_first;
    stp_rules rules;
    stp_conditions now;
    stp_spot *spots;
    stp_captive *caught;
    uint64_t seed;
    uint32_t district, citizens, step;
    uint32_t hardship_low, hardship_span;
    uint32_t done; /* parity of those who had their turn */
    const stp_town *town;
} turn;

/* A spot, and where in memory it is (see stp_site_of). */
typedef struct place {
    stp_spot spot;
    uint32_t site;
} place;

STP_INLINE uint32_t site_of(const turn *u, stp_spot spot)
{
    uint32_t x = stp_spot_x(spot), y = stp_spot_y(spot);
    return (x / 16 * u->rows + y) * 16 + x % 16;
}

STP_INLINE bool on_edge(const turn *u, stp_spot spot)
{
    uint32_t x = stp_spot_x(spot), y = stp_spot_y(spot), r = u->reach;
    return x - r >= u->width - 2 * r || y - r >= u->height - 2 * r;
}

STP_INLINE void mark(const turn *u, uint16_t *plane, place at, bool value, bool near)
{
    if (near && on_edge(u, at.spot))
        stp_plane_set_edge(plane - u->town->grid.origin, &u->town->grid,
                           stp_spot_x(at.spot), stp_spot_y(at.spot), value);
    else
        stp_plane_put(plane + at.site / 16, at.site, value);
}

/* A spot at (x, y) on a torus, which lies less than its size outside it; in the arithmetic of
 * unsigned numbers. */
STP_INLINE stp_spot wrapped(const turn *u, uint32_t x, uint32_t y)
{
    x = x < u->width ? x : (int32_t)x < 0 ? x + u->width : x - u->width;
    y = y < u->height ? y : (int32_t)y < 0 ? y + u->height : y - u->height;
    return stp_spot_at(x, y);
}

/* ---- looking ---- */

STP_INLINE stp_frame frame_of(const turn *u, place at, uint32_t radius)
{
    return stp_frame_of(at.site / 16, at.site % 16, radius, u->rows);
}

/* A view of any radius, and what is set in it. */
STP_INLINE uint32_t look(const turn *u, const uint16_t *plane, bool officer, place at,
                         uint64_t flip, stp_window *window)
{
    const stp_stencil *stencil = &u->stencils[officer];
    stp_window_read(window, plane - u->town->grid.origin, &u->town->grid, stencil,
                    stp_spot_x(at.spot), stp_spot_y(at.spot), flip);
    return stp_window_count(window, stencil);
}

/* The place at (x, y) of a window around another place. */
STP_INLINE place place_in_sight(const turn *u, place middle, stp_frame frame,
                                uint32_t radius, uint32_t x, uint32_t y, bool near,
                                bool wide)
{
    if (near) {
        uint32_t column = stp_spot_x(middle.spot) + x - radius;
        uint32_t row = stp_spot_y(middle.spot) + y - radius;
        if (wide || column >= u->width || row >= u->height) {
            stp_spot spot = wrapped(u, column, row);
            return (place){spot, site_of(u, spot)};
        }
    }
    uint32_t column = frame.shift + x;
    uint32_t word = (uint32_t)frame.left + y + (column >= 16 ? u->rows : 0);
    return (place){middle.spot + stp_spot_at(x, y) - stp_spot_at(radius, radius),
                   word * 16 + column % 16};
}

/* One of the places in sight that are set in a plane (flip: that are not, with all bits set), by a
 * random word; the same place if there is none. */
STP_INLINE place draw(const turn *u, const uint16_t *plane, uint64_t flip, bool officer,
                      place at, stp_frame frame, uint32_t random, bool near, bool wide)
{
    const stp_stencil *stencil = &u->stencils[officer];
    uint32_t radius = (uint32_t)stencil->radius, x, y;
    if (wide) {
        stp_window window = {0};
        uint32_t count = look(u, plane, officer, at, flip, &window);
        if (count == 0)
            return at;
        stp_window_pick(&window, stencil, stp_below(random, count), &x, &y);
    } else {
        uint32_t bit = stp_square_draw(stp_square_read(plane, frame, stencil, flip),
                                       random);
        if (bit == STP_NOTHING)
            return at;
        x = bit % 16;
        y = bit / 16;
    }
    return place_in_sight(u, at, frame, radius, x, y, near, wide);
}

/* ---- what an agent does ---- */

/* Agent k of the chunk goes to an empty place in sight, if there is one, and its bits with it:
 * in the plane of the occupied and, if it is not NULL, in `own`. Returns where it is then. */
STP_INLINE place move(const turn *u, uint32_t k, bool officer, uint16_t *own, bool near,
                      bool wide)
{
    const stp_worker *w = u->w;
    place from = {w->at[k], w->sites[k]};
    stp_frame frame = {w->lefts[k], w->rights[k], w->shifts[k]};
    place to = draw(u, u->occupied, ~(uint64_t)0, officer, from, frame, w->random[0][k],
                    near, wide);
    if (to.site == from.site)
        return from;
    mark(u, u->occupied, from, false, near);
    mark(u, u->occupied, to, true, near);
    if (own) {
        mark(u, own, from, false, near);
        mark(u, own, to, true, near);
    }
    u->words[from.site] = 0;
    if (u->spots)
        u->spots[w->ids[k]] = to.spot;
    return to;
}

STP_INLINE bool is_set(const uint16_t *plane, place at)
{
    return plane[at.site / 16] >> at.site % 16 & 1;
}

/* Those of two planes whom a citizen sees. */
STP_INLINE void count_two(const turn *u, const uint16_t *a, const uint16_t *b, place at,
                          bool wide, uint32_t *in_a, uint32_t *in_b)
{
    if (wide) {
        stp_window window = {0};
        *in_a = look(u, a, false, at, 0, &window);
        *in_b = look(u, b, false, at, 0, &window);
    } else {
        stp_squares_count(a, b, frame_of(u, at, (uint32_t)u->stencils[0].radius),
                          &u->stencils[0], in_a, in_b);
    }
}

/* What citizen k of the chunk is after a look around; officers: obeying ones in sight, set if the
 * citizen looked. */
STP_INLINE stp_standing decide(const turn *u, uint32_t k, place at, bool wide, bool force,
                               uint32_t *officers)
{
    const stp_worker *w = u->w;
    int64_t margin = w->margins[k];
    if (margin <= 0)
        return STP_QUIET; /* whatever is in sight */
    uint32_t actives, aversion = w->traits[k] & 0xffff;
    count_two(u, u->police, u->active, at, wide, officers, &actives);
    actives = stp_reckoned(&u->rules, &u->now, actives, w->random[1][k]);
    if (force && stp_is_active(&u->rules, margin - u->rules.violence, aversion, *officers,
                               actives))
        return STP_VIOLENT;
    return stp_is_active(&u->rules, margin, aversion, *officers, actives) ? STP_ACTIVE
                                                                          : STP_QUIET;
}

/* Nobody is in a place any more. */
STP_INLINE void vacate(const turn *u, place there, uint32_t id, bool near)
{
    mark(u, u->occupied, there, false, near);
    u->words[there.site] = 0;
    if (u->spots)
        u->spots[id] = STP_NOWHERE;
}

STP_INLINE uint64_t hash_at(const turn *u, uint32_t id, stp_standing standing, place at)
{
    return stp_agent_hash(u->district, id, standing,
                          stp_spot_y(at.spot) * u->width + stp_spot_x(at.spot));
}

/* An officer falls or leaves, and is not in the place any more. */
STP_INLINE void lose_officer(turn *u, place there, uint32_t id, stp_standing fate,
                             bool near)
{
    mark(u, u->police, there, false, near);
    vacate(u, there, id, near);
    u->fates[id - u->citizens] = (uint8_t)fate;
    u->sums.gone_digest += stp_agent_hash(u->district, id, fate, 0);
}

/* Violent citizen k of the chunk perhaps hits an officer in sight. Officers who had their turn are
 * in the sums and leave them. */
STP_INLINE void attack(turn *u, uint32_t k, place at, uint32_t officers, bool near,
                       bool wide)
{
    uint32_t id = u->w->ids[k], violent, obeying;
    if (officers == 0)
        return;
    stp_words words = stp_force_words(u->seed, u->district, id, u->step);
    count_two(u, u->violent, u->police, at, wide, &violent, &obeying);
    if (words.w[0] >= stp_attack_share(&u->rules, 1 + violent, officers))
        return;
    stp_frame frame = frame_of(u, at, (uint32_t)u->stencils[0].radius);
    place there = draw(u, u->police, 0, false, at, frame, words.w[1], near, wide);
    uint32_t victim = u->words[there.site];
    id = victim & STP_IDENTITY;
    if ((victim & STP_PARITY) == u->done) {
        u->sums.obeying--;
        u->digest -= hash_at(u, id, STP_OFFICER, there);
    }
    bool kills = words.w[2] < u->rules.attack_lethality;
    u->sums.officers_killed += kills;
    u->sums.officers_wounded += !kills;
    lose_officer(u, there, id, kills ? STP_DEAD : STP_WOUNDED, near);
}

/* Officer k of the chunk perhaps shoots at a suspect instead of an arrest: sets whether that
 * kills. */
STP_INLINE bool shoots(const turn *u, uint32_t k, bool violent, bool *kills)
{
    if (!violent && !u->now.shot_at_all)
        return false;
    stp_words words = stp_force_words(u->seed, u->district, u->w->ids[k], u->step);
    *kills = words.w[1] < u->rules.lethality;
    return words.w[0] < u->now.shot;
}

/* An officer's look around, and perhaps an arrest, of one of the violent if there are any. Active
 * citizens who had their turn are in the job's sums and leave them. */
STP_INLINE void arrest(turn *u, uint32_t k, place at, bool near, bool wide, bool force)
{
    const stp_worker *w = u->w;
    if (w->random[3][k] >= u->rules.arrest_share)
        return;
    stp_frame frame = frame_of(u, at, (uint32_t)u->stencils[1].radius);
    uint32_t random = w->random[1][k], release;
    place there = at;
    bool violent = false, shot = false, kills = false;
    if (force) {
        there = draw(u, u->violent, 0, true, at, frame, random, near, wide);
        violent = there.site != at.site;
    }
    if (!violent)
        there = draw(u, u->active, 0, true, at, frame, random, near, wide);
    if (there.site == at.site)
        return;
    uint32_t suspect = u->words[there.site], id = suspect & STP_IDENTITY;
    bool done = (suspect & STP_PARITY) == u->done;
    if (force)
        shot = shoots(u, k, violent, &kills);
    if (done) {
        u->actives--;
        u->digest -= hash_at(u, id, violent ? STP_VIOLENT : STP_ACTIVE, there);
    }
    mark(u, u->active, there, false, near);
    if (force && violent) {
        u->sums.violent -= done;
        mark(u, u->violent, there, false, near);
    }
    if (force && shot && !kills) {
        u->sums.wounded++;
        if (done)
            u->digest += hash_at(u, id, STP_QUIET, there);
        return;
    }
    release = shot ? STP_SHOT_DEAD
                   : stp_release_step(&u->rules, u->step, w->random[2][k]);
    u->caught[w->ids[k] - u->citizens] = (stp_captive){id, release};
    vacate(u, there, id, near);
    u->sums.killed += shot;
    u->arrests += !shot;
}

/* ---- a turn ---- */

STP_INLINE void end_turn(turn *u, uint32_t k, place at, uint32_t standing)
{
    stp_worker *w = u->w;
    u->words[at.site] = w->self[k] ^ STP_PARITY;
    w->standings[k] = standing;
    w->ended[k] = at.spot;
}

/* Does the officer obey? If not, its turn is over: it stands by or leaves. */
STP_INLINE bool obeys(turn *u, uint32_t k, place at, bool near)
{
    uint32_t id = u->w->ids[k];
    stp_duty duty = stp_duty_of(&u->now, u->seed, u->district, id, id - u->citizens);
    if (duty == STP_LEAVES) {
        u->sums.officers_left++;
        lose_officer(u, at, id, STP_DEFECTED, near);
        return false;
    }
    if (is_set(u->police, at) != (duty == STP_OBEYS))
        mark(u, u->police, at, duty == STP_OBEYS, near);
    u->sums.obeying += duty == STP_OBEYS;
    if (duty == STP_STANDS_BY)
        end_turn(u, k, at, STP_STANDING_BY);
    return duty == STP_OBEYS;
}

STP_INLINE void officer_turn(turn *u, uint32_t k, bool near, bool wide, bool force)
{
    place at = {u->w->at[k], u->w->sites[k]};
    if (force && !obeys(u, k, at, near))
        return;
    if (u->acts_first)
        arrest(u, k, at, near, wide, force);
    if (u->officers_move)
        at = move(u, k, true, u->police, near, wide);
    end_turn(u, k, at, STP_OFFICER);
    if (!u->acts_first)
        arrest(u, k, at, near, wide, force);
}

/* Citizen k decides; its bits follow. */
STP_INLINE stp_standing become(turn *u, uint32_t k, place at, stp_standing was, bool near,
                               bool wide, bool force)
{
    uint32_t officers = 0;
    stp_standing is = decide(u, k, at, wide, force, &officers);
    if ((is == STP_QUIET) != (was == STP_QUIET))
        mark(u, u->active, at, is != STP_QUIET, near);
    if (force && (is == STP_VIOLENT) != (was == STP_VIOLENT))
        mark(u, u->violent, at, is == STP_VIOLENT, near);
    if (force && is == STP_VIOLENT)
        attack(u, k, at, officers, near, wide);
    return is;
}

STP_INLINE void citizen_turn(turn *u, uint32_t k, bool near, bool wide, bool force)
{
    place at = {u->w->at[k], u->w->sites[k]};
    stp_standing is = force && is_set(u->violent, at) ? STP_VIOLENT
                      : is_set(u->active, at)         ? STP_ACTIVE
                                                      : STP_QUIET;
    if (u->acts_first)
        is = become(u, k, at, is, near, wide, force);
    if (u->moves) {
        place to = move(u, k, false, is == STP_QUIET ? NULL : u->active, near, wide);
        if (force && is == STP_VIOLENT && to.site != at.site) {
            mark(u, u->violent, at, false, near);
            mark(u, u->violent, to, true, near);
        }
        at = to;
    }
    if (!u->acts_first)
        is = become(u, k, at, is, near, wide, force);
    u->actives += is != STP_QUIET;
    if (force)
        u->sums.violent += is == STP_VIOLENT;
    end_turn(u, k, at, is);
}

/* ---- a chunk of turns ---- */

/* What STP_DEAL agents of the chunk, from number first, draw and are born with, their grievances,
 * and where they look. */
STP_INLINE void prepare(const turn *u, uint32_t first)
{
    static const uint32_t zeros[STP_DEAL];
    const stp_stream stream = {u->seed, STP_PURPOSE_ACTIVATE, u->district, u->step};
    const stp_stream birth = {u->seed, STP_PURPOSE_TRAITS, u->district, 0};
    const stp_conditions now = u->now;
    const stp_rules rules = u->rules;
    const stp_district born = {.hardship_low = u->hardship_low,
                               .hardship_span = u->hardship_span};
    const uint32_t rows = u->rows, radii[2] = {(uint32_t)u->stencils[0].radius,
                                               (uint32_t)u->stencils[1].radius};
    stp_worker *w = u->w;
    for (uint32_t k = first; k < first + STP_DEAL; k++) {
        stp_spot at = w->at[k];
        uint32_t column = at % 16, word = (at & 0xffff) / 16 * rows + at / 65536;
        uint32_t radius = w->self[k] & STP_IS_OFFICER ? radii[1] : radii[0];
        uint32_t shift = (column - radius) % 16;
        w->ids[k] = w->self[k] & STP_IDENTITY;
        w->sites[k] = word * 16 + column;
        w->lefts[k] = (int32_t)(word - radius - (column < radius ? rows : 0));
        w->rights[k] = shift + 2 * radius + 1 > 16 ? rows : 0;
        w->shifts[k] = shift;
        w->standings[k] = STP_OFF_DUTY;
    }
    uint32_t unused[3][STP_DEAL];
    stp_philox_many(&stream, w->ids + first, zeros, STP_DEAL,
                    (uint32_t *[4]){w->random[0] + first, w->random[1] + first,
                                    w->random[2] + first, w->random[3] + first});
    stp_philox_many(&birth, w->ids + first, zeros, STP_DEAL,
                    (uint32_t *[4]){w->traits + first, unused[0], unused[1], unused[2]});
    for (uint32_t k = first; k < first + STP_DEAL; k++) {
        uint32_t group = w->self[k] >> STP_GROUP_SHIFT & 7;
        int64_t margin = stp_margin(&rules, &now, stp_hardship_of(&born, w->traits[k]),
                                    group);
        w->margins[k] = group & STP_UNABLE ? 0 : margin;
    }
}

/* The hashes of those of STP_DEAL agents of the chunk who had their turn. */
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
    u->digest += digest;
    u->activations += ended;
}

/* The turns of a chunk, of those who are still there. */
STP_INLINE void go(turn *u, bool near, bool wide, bool force)
{
    const stp_worker *w = u->w;
    for (uint32_t k = 0; k < u->count; k += STP_DEAL)
        prepare(u, k);
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

/* Whom the items base .. base + STP_DEAL - 1 of n change places with when they are shuffled: what
 * stp_shuffle_pick gives, for many at once; of item base + k at picks[k % 4][k / 4]. base: a
 * multiple of 4. Of items that are not there: anything. */
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
    for (uint32_t base = 0; base < n; base += STP_DEAL) {
        uint32_t size = n - base < STP_DEAL ? n - base : STP_DEAL, count = 0;
        uint32_t picks[4][STP_DEAL / 4];
        deal(u, 0, base, n, picks);
        for (uint32_t k = 0; k < size; k++) {
            uint32_t pick = picks[k % 4][k / 4], id = order[pick];
            order[pick] = order[base + k];
            stp_spot at = u->spots[id];
            if (at == STP_NOWHERE) /* in detention, or gone */
                continue;
            w->self[count] = u->words[site_of(u, at)];
            w->at[count++] = at;
        }
        u->count = count;
        go(u, true, wide, force);
    }
}

/* Ask for the memory of part `part` of `parts` of a tile's words, and of the words of its planes
 * with what is in sight around it, before they are needed. */
static void prefetch_part(const stp_town *t, const stp_tile *tile, uint32_t part,
                          uint32_t parts)
{
    const stp_grid *grid = &t->grid;
    uint32_t rows = tile->height + 2 * grid->reach;
    if (tile->x + tile->width > grid->width || tile->y + rows > grid->rows)
        return; /* across an edge of the lattice: not worth the trouble */
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

/* Note those in columns first .. end - 1 of 16 neighbouring cells who have not had their turn.
 * spot: of column 0. Up to STP_SLACK entries behind them are overwritten. */
STP_INLINE void list_cells(const uint32_t *cells, uint32_t first, uint32_t end,
                           stp_spot spot, uint32_t done, stp_list *list)
{
    const uint32_t both = STP_PRESENT | STP_PARITY, due = both ^ done;
    uint32_t count = list->length;
#if defined(__AVX512F__)
    const __m512i spread = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
                                             14, 15);
    __mmask16 in = (__mmask16)((1u << end) - (1u << first));
    __m512i words = _mm512_loadu_si512(cells);
    __m512i spots = _mm512_add_epi32(_mm512_set1_epi32((int)spot), spread);
    __mmask16 take = _mm512_mask_cmpeq_epi32_mask(
        in, _mm512_and_si512(words, _mm512_set1_epi32((int)both)),
        _mm512_set1_epi32((int)due));
    _mm512_storeu_si512(list->words + count, _mm512_maskz_compress_epi32(take, words));
    _mm512_storeu_si512(list->spots + count, _mm512_maskz_compress_epi32(take, spots));
    count += (uint32_t)__builtin_popcount(take);
#elif defined(__AVX2__)
    const __m256i spread = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    uint32_t in = (1u << end) - (1u << first);
    for (uint32_t half = 0; half < 16; half += 8) {
        __m256i words = _mm256_loadu_si256((const __m256i *)(const void *)(cells + half));
        __m256i spots = _mm256_add_epi32(_mm256_set1_epi32((int)(spot + half)), spread);
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
        _mm256_storeu_si256((__m256i *)(void *)(list->spots + count),
                            _mm256_permutevar8x32_epi32(spots, which));
        count += (uint32_t)__builtin_popcount(lanes);
    }
#else
    for (uint32_t i = first; i < end; i++) {
        list->words[count] = cells[i];
        list->spots[count] = spot + i;
        count += (cells[i] & both) == due;
    }
#endif
    list->length = count;
}

/* Those in columns x .. end - 1 of a row. */
STP_INLINE void list_row(const turn *u, uint32_t y, uint32_t x, uint32_t end,
                         stp_list *list)
{
    for (uint32_t strip = x / 16 * 16; strip < end; strip += 16)
        list_cells(u->words + (size_t)(strip / 16 * u->rows + y) * 16,
                   strip < x ? x - strip : 0, end - strip < 16 ? end - strip : 16,
                   stp_spot_at(strip, y), u->done, list);
}

/* Those who stood in the tile when the step began and have not been arrested since, row by row:
 * they are still there, and have not had their turn; whoever has come since has. */
STP_INLINE void list_tile(const turn *u, const stp_tile *tile, stp_list *list)
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

/* Is anything in reach of the tile's agents near an edge of the lattice? They go and look
 * `reach` far and act on someone there, whose bits may have copies as far away again. */
STP_INLINE bool near_edge(const turn *u, const stp_tile *tile)
{
    uint32_t far = 3 * u->reach;
    return tile->x < far || tile->y < far || tile->x + tile->width + far > u->width ||
           tile->y + tile->height + far > u->height;
}

/* The next of a list, shuffled, into every `abreast`-th place of the chunk; those who are not
 * there have a word that no cell has. */
STP_INLINE void take_deal(turn *u, stp_list *list, uint32_t base, uint32_t first,
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
        w->at[k * abreast + first] = list->spots[pick];
        list->words[pick] = list->words[base + k];
        list->spots[pick] = list->spots[base + k];
    }
    for (uint32_t k = count; k < STP_DEAL; k++) {
        w->self[k * abreast + first] = ~STP_PRESENT;
        w->at[k * abreast + first] = list->corner; /* where no other thread is */
    }
}

/* The turns of the job's tiles, one of each in turns: what one turn wrote is on its way to memory
 * while others go, instead of being waited for by the next. next: see stp_level. */
STP_INLINE void take_tiles(turn *u, const stp_street *s, const stp_job *next,
                           uint32_t abreast, bool near, bool wide, bool force)
{
    stp_tile then[STP_ABREAST];
    uint32_t longest = 0;
    for (uint32_t i = 0; i < abreast; i++)
        longest = u->w->lists[i].length > longest ? u->w->lists[i].length : longest;
    for (uint32_t i = 0; next && i < next->count; i++)
        then[i] = stp_tile_of(s->towns[next->town].district, &s->towns[next->town].tiling,
                              next->tiles[i]);
    uint32_t parts = (longest + STP_DEAL - 1) / STP_DEAL;
    for (uint32_t part = 0; part < parts; part++) {
        for (uint32_t i = 0; next && i < next->count; i++)
            prefetch_part(&s->towns[next->town], &then[i], part, parts);
        for (uint32_t i = 0; i < abreast; i++)
            take_deal(u, &u->w->lists[i], part * STP_DEAL, i, abreast);
        u->count = STP_DEAL * abreast;
        go(u, near, wide, force);
    }
}

STP_INLINE void go_tiles(turn *u, const stp_street *s, const stp_job *job,
                         const stp_job *next, bool wide, bool force)
{
    bool near = wide;
    for (uint32_t i = 0; i < job->count; i++) {
        stp_tile tile = stp_tile_of(u->town->district, &u->town->tiling, job->tiles[i]);
        u->w->lists[i].tile = job->tiles[i];
        u->w->lists[i].corner = stp_spot_at(tile.x, tile.y);
        list_tile(u, &tile, &u->w->lists[i]);
        near = near || near_edge(u, &tile);
    }
    if (near)
        take_tiles(u, s, next, job->count, true, wide, force);
    else
        take_tiles(u, s, next, job->count, false, wide, force);
}

/* All turns of a job. */
STP_INLINE void go_job(turn *u, const stp_street *s, const stp_job *j,
                       const stp_job *next, bool wide, bool force)
{
    const stp_town *t = u->town;
    if (t->district->tiled)
        go_tiles(u, s, j, next, wide, force);
    else
        go_sequential(u, t->order, t->district->citizens + t->on_street, wide, force);
}

STP_INLINE void turns_of(const stp_street *s, stp_job *j, stp_worker *w,
                         const stp_job *next, bool force)
{
    const stp_town *t = &s->towns[j->town];
    const size_t origin = t->grid.origin;
    turn u = {
        .words = t->words,
        .occupied = t->occupied + origin,
        .active = t->active + origin,
        .police = t->police + origin,
        .violent = t->violent ? t->violent + origin : NULL,
        .fates = t->fates,
        .width = t->grid.width,
        .height = t->grid.height,
        .reach = t->grid.reach,
        .rows = t->grid.rows,
        .stencils = {t->stencils[0], t->stencils[1]},
        .w = w,
        .moves = s->rules->moves,
        .officers_move = s->rules->officers_move,
        .acts_first = s->rules->acts_first,
        .rules = *s->rules,
        .now = s->conditions[j->town],
        .spots = t->spots,
        .caught = t->caught,
        .seed = s->world->seed,
        .district = t->district->index,
        .citizens = t->district->citizens,
        .step = s->step,
        .hardship_low = t->district->hardship_low,
        .hardship_span = t->district->hardship_span,
        .done = stp_parity_of(s->step),
        .town = t,
    };
    if (stp_is_square(t->stencils))
        go_job(&u, s, j, next, false, force);
    else
        go_job(&u, s, j, next, true, force);
    j->activations = u.activations;
    j->arrests = u.arrests;
    j->active = u.actives;
    j->digest = u.digest;
    j->violent = u.sums.violent;
    j->obeying = u.sums.obeying;
    j->gone_digest = u.sums.gone_digest;
    j->killed = u.sums.killed;
    j->wounded = u.sums.wounded;
    j->officers_killed = u.sums.officers_killed;
    j->officers_wounded = u.sums.officers_wounded;
    j->officers_left = u.sums.officers_left;
}

/* Two functions, so that what only streets with force need costs the others nothing. */
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
