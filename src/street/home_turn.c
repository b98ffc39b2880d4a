/* The turns of those on the street with presence `home`, bit-identical to reference.c.
 * Compiled once per kind of processor, with STP_LEVEL as the name of what it exports. */
#include "street/fast_look.h"
#include "street/home.h"

/* ---- agents are records ---- */

enum { KEEPS_SUMS = false }; /* the end of the step counts */

STP_INLINE uint32_t agent_at(const turn *u, spot there)
{
    return stp_home_find(u->home, there.coord);
}

STP_INLINE uint32_t agent_of(const turn *u, uint32_t k)
{
    return u->records[k];
}

STP_INLINE uint32_t identity_of(const turn *u, uint32_t record)
{
    return u->home->who[record] & STP_IDENTITY;
}

STP_INLINE void uncount(turn *u, uint32_t record, stp_standing was, spot there)
{
    (void)u, (void)record, (void)was, (void)there;
}

STP_INLINE void calm_down(turn *u, uint32_t record, spot there)
{
    (void)there;
    stp_home_set(u->home, record, STP_QUIET);
}

STP_INLINE void move_agent(const turn *u, uint32_t k, spot to)
{
    (void)u, (void)k, (void)to;
}

STP_INLINE void remove_agent(const turn *u, uint32_t record, spot there, bool near)
{
    mark(u, u->occupied, there, false, near);
    stp_home_set(u->home, record, STP_OFF_DUTY);
}

STP_INLINE void end_turn(turn *u, uint32_t k, spot at, stp_standing standing)
{
    uint32_t record = u->records[k];
    u->home->at[record] = at.coord;
    stp_home_set(u->home, record, standing);
    u->sums.activations++;
}

STP_INLINE stp_standing standing_of(const turn *u, uint32_t k, spot at, bool force)
{
    (void)at, (void)force;
    return (stp_standing)u->home->standing[u->records[k]];
}

STP_INLINE stp_duty duty_of(const turn *u, uint32_t k)
{
    uint32_t number = u->w->ids[k] - u->citizens;
    return stp_duty_by(&u->now, number, u->home->duties[number]);
}

#include "street/fast_act.h"

STP_INLINE void go_home(const turn *u, uint32_t record, spot at, bool near, bool force)
{
    if (is_set(u->active, at))
        mark(u, u->active, at, false, near);
    if (force && is_set(u->violent, at))
        mark(u, u->violent, at, false, near);
    remove_agent(u, record, at, near);
}

/* ---- a chunk of turns, of several tiles ---- */

/* Items base .. base + count - 1 of a tile's list, to be dealt; base: a multiple of 4. */
typedef struct part {
    uint32_t tile, base, count, length;
    uint32_t *list;
} part;

/* The chunk that is being filled. */
typedef struct chunk {
    part parts[STP_CHUNK];
    uint32_t part_count, count;
} chunk;

enum { AHEAD = 12 }; /* turns whose memory is prefetched */
enum { MAX_BLOCKS = (STP_CHUNK / 4 + STP_CHUNK + STP_MANY) / STP_MANY * STP_MANY };

/* The words that shuffle the items of all parts; block i / 4 of a part after those of the
 * parts before. */
STP_INLINE void draw_order(const turn *u, const chunk *c, uint32_t *words[4])
{
    const stp_stream stream = {u->seed, STP_PURPOSE_ORDER, u->district, u->step};
    uint32_t tiles[MAX_BLOCKS] = {0}, draws[MAX_BLOCKS] = {0}, blocks = 0;
    for (uint32_t p = 0; p < c->part_count; p++)
        for (uint32_t i = 0; i < c->parts[p].count; i += 4) {
            tiles[blocks] = c->parts[p].tile;
            draws[blocks++] = (c->parts[p].base + i) / 4;
        }
    stp_philox_many(&stream, tiles, draws, blocks, words);
}

/* Deal the parts: fill the chunk in the order of turns. */
STP_INLINE void deal(const turn *u, const stp_district_home *t, const chunk *c,
                     stp_home_worker *w)
{
    uint32_t random[4][MAX_BLOCKS], block = 0, k = 0;
    draw_order(u, c, (uint32_t *[4]){random[0], random[1], random[2], random[3]});
    for (uint32_t p = 0; p < c->part_count; p++) {
        const part *x = &c->parts[p];
        for (uint32_t i = 0; i < x->count; i++) {
            uint32_t item = x->base + i;
            uint32_t pick = item +
                            stp_below(random[i % 4][block + i / 4], x->length - item);
            uint32_t record = x->list[pick];
            x->list[pick] = x->list[item];
            w->records[k] = record;
            w->turns.self[k] = t->who[record];
            w->turns.at[k++] = t->at[record];
        }
        block += (x->count + 3) / 4;
    }
    for (; k % STP_MANY != 0; k++) { /* padding */
        w->turns.self[k] = w->turns.self[0];
        w->turns.at[k] = w->turns.at[0];
    }
}

/* Prefetch what agent k of the chunk will look at. */
STP_INLINE void prefetch(const turn *u, const stp_worker *w, uint32_t k)
{
    const uint16_t *left = u->occupied + w->lefts[k], *right = left + w->rights[k];
    size_t rows = 2 * (size_t)u->reach;
    __builtin_prefetch(left, 1);
    __builtin_prefetch(left + rows, 1);
    __builtin_prefetch(right, 1);
    __builtin_prefetch(right + rows, 1);
    __builtin_prefetch(u->police + w->lefts[k] + u->reach, 1);
    __builtin_prefetch(u->police + w->lefts[k] + w->rights[k] + u->reach, 1);
    if (!(w->self[k] & STP_IS_OFFICER))
        __builtin_prefetch(u->active + w->lefts[k] + u->reach, 1);
}

/* How many of `side` columns (or rows) are at least `far` from both edges. */
STP_INLINE uint32_t inner(uint32_t side, uint32_t far)
{
    return side > 2 * far ? side - 2 * far : 0;
}

STP_COPIES void take_turn(turn *u, uint32_t k, bool near, bool wide, bool force)
{
    if (u->w->self[k] & STP_IS_OFFICER)
        officer_turn(u, k, near, wide, force);
    else if (u->w->margins[k] > 0)
        citizen_turn(u, k, near, wide, force);
    else
        go_home(u, u->records[k], (spot){u->w->at[k], u->w->sites[k]}, near, force);
}

STP_INLINE void go_chunk(turn *u, stp_district_home *t, chunk *c, stp_home_worker *w,
                         bool wide, bool force)
{
    const stp_worker *turns = &w->turns;
    if (c->count == 0)
        return;
    deal(u, t, c, w);
    for (uint32_t k = 0; k < c->count; k += STP_DEAL) {
        uint32_t left = (c->count - k + STP_MANY - 1) / STP_MANY * STP_MANY;
        prepare(u, k, left < STP_DEAL ? left : STP_DEAL);
    }
    for (uint32_t k = 0; k < AHEAD && k < c->count; k++)
        prefetch(u, turns, k);
    /* Agents outside these columns and rows may reach an edge of the lattice: see
     * near_edge. */
    const uint32_t far = 3 * u->reach, columns = inner(u->width, far),
                   rows = inner(u->height, far);
    for (uint32_t k = 0; k < c->count; k++) {
        prefetch(u, turns, k + AHEAD < c->count ? k + AHEAD : k);
        if (!stp_home_is_there(t, w->records[k]))
            continue;
        if (wide || is_outside(turns->at[k], far, far, columns, rows))
            take_turn(u, k, true, wide, force);
        else
            take_turn(u, k, false, wide, force);
    }
    c->part_count = c->count = 0;
}

STP_INLINE uint32_t list_those(const stp_district_home *t, uint32_t first, uint32_t end,
                               uint32_t *list)
{
    uint32_t count = 0;
    for (uint32_t i = first; i < end; i++) {
        list[count] = i;
        count += stp_home_is_there(t, i);
    }
    return count;
}

/* Add a tile (or a sequential district) to the chunk, part by part; a full chunk takes
 * its turns. */
STP_INLINE void add_tile(turn *u, stp_district_home *t, chunk *c, stp_home_worker *w,
                         part all, bool wide, bool force)
{
    while (all.base < all.length) {
        uint32_t left = all.length - all.base, free = STP_CHUNK - c->count;
        all.count = left <= free ? left : free / 4 * 4;
        if (all.count > 0) {
            c->parts[c->part_count++] = all;
            c->count += all.count;
            all.base += all.count;
        }
        if (c->count + 4 > STP_CHUNK || all.count == 0)
            go_chunk(u, t, c, w, wide, force);
    }
}

STP_INLINE void go_job(turn *u, stp_district_home *t, const stp_home_job *j,
                       stp_home_worker *w, bool wide, bool force)
{
    const stp_district *d = t->district;
    chunk c;
    c.part_count = c.count = 0;
    if (!d->tiled) {
        part all = {.length = list_those(t, 0, t->count, w->list), .list = w->list};
        add_tile(u, t, &c, w, all, wide, force);
    }
    uint32_t used = 0;
    for (uint32_t k = j->first; d->tiled && k < j->end; k++) {
        if (stp_tile_colour(d, k) != j->colour || t->starts[k] == t->starts[k + 1])
            continue;
        used = c.count == 0 ? 0 : used;
        part all = {.tile = k, .list = w->list + used};
        all.length = list_those(t, t->starts[k], t->starts[k + 1], all.list);
        used += all.length;
        add_tile(u, t, &c, w, all, wide, force);
    }
    go_chunk(u, t, &c, w, wide, force);
}

STP_INLINE void turns_of(const stp_street *s, stp_home_job *j, stp_home_worker *w,
                         bool force)
{
    stp_district_home *t = &s->districts[j->district];
    const size_t origin = t->grid.origin;
    turn u = turn_on(s->world, s->rules, &s->conditions[j->district], t->district,
                     &t->grid, t->stencils, s->step, &w->turns);
    u.occupied = t->occupied + origin;
    u.active = t->active + origin;
    u.police = t->police + origin;
    u.violent = t->violent ? t->violent + origin : NULL;
    u.losses = t->losses;
    u.caught = t->caught;
    u.home = t;
    u.records = w->records;
    if (stp_is_square(t->stencils))
        go_job(&u, t, j, w, false, force);
    else
        go_job(&u, t, j, w, true, force);
    j->sums = u.sums;
}

static void turns_plain(const stp_street *s, stp_home_job *j, stp_home_worker *w)
{
    turns_of(s, j, w, false);
}

static void turns_with_force(const stp_street *s, stp_home_job *j, stp_home_worker *w)
{
    turns_of(s, j, w, true);
}

static void turns(const stp_street *s, stp_home_job *j, stp_home_worker *w)
{
    if (s->rules->force)
        turns_with_force(s, j, w);
    else
        turns_plain(s, j, w);
}

const stp_home_level STP_LEVEL = {turns};
