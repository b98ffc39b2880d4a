/* One turn of an agent, and the two schedules, in the fast engine. What happens is what
 * reference.c does, to the bit. This file is compiled once for each kind of processor, with
 * STP_TURNS as the name of what it exports. */
#include "street/fast.h"
#include "street/philox.h"
#include "street/window.h"

/* ---- looking ---- */

/* What a job needs at every turn, in one place that nothing else points to, so that the compiler
 * may keep it in registers. */
typedef struct turn {
    stp_grid grid;
    uint32_t *words;
    uint16_t *occupied, *active, *police;
    stp_spot *spots;
    stp_captive *caught;
    uint32_t district, citizens;
    stp_worker *w;
    uint64_t seed;
    uint32_t step, done; /* done: parity of those who had their turn */
    uint32_t activations, arrests;
    uint64_t actives, digest;
    const stp_town *town;
    const stp_rules *rules;
    stp_conditions now;
    bool moves, acts_first;
    uint64_t arrest_share;
} turn;

/* Where a spot's bit is in every plane, and whether it has copies in the margin. */
typedef struct site {
    size_t word;
    uint16_t bit;
    bool edge;
} site;

STP_INLINE site site_of(const turn *u, stp_spot spot)
{
    uint32_t x = stp_spot_x(spot), y = stp_spot_y(spot), r = u->grid.reach;
    uint32_t column = x + STP_MARGIN;
    return (site){(size_t)(column / 16) * u->grid.rows + y + STP_MARGIN,
                  (uint16_t)(1u << column % 16),
                  x - r >= u->grid.width - 2 * r || y - r >= u->grid.height - 2 * r};
}

STP_INLINE void mark(const turn *u, uint16_t *plane, stp_spot spot, site at, bool value)
{
    if (at.edge)
        stp_plane_set_edge(plane, &u->town->grid, stp_spot_x(spot), stp_spot_y(spot),
                           value);
    else
        plane[at.word] = (uint16_t)(value ? plane[at.word] | at.bit
                                          : plane[at.word] & ~at.bit);
}

STP_INLINE uint32_t cell_of(const turn *u, stp_spot spot)
{
    return stp_spot_y(spot) * u->grid.width + stp_spot_x(spot);
}

/* A spot some cells away; only near an edge may it lie on the other side of the torus. */
STP_INLINE stp_spot shifted(const turn *u, stp_spot from, bool edge, int dx, int dy)
{
    if (!edge)
        return from + ((uint32_t)dy << 16) + (uint32_t)dx;
    int x = (int)stp_spot_x(from) + dx, y = (int)stp_spot_y(from) + dy;
    int width = (int)u->grid.width, height = (int)u->grid.height;
    x += x < 0 ? width : 0;
    x -= x >= width ? width : 0;
    y += y < 0 ? height : 0;
    y -= y >= height ? height : 0;
    return stp_spot_at((uint32_t)x, (uint32_t)y);
}

/* A window of either kind. */
typedef union view {
    stp_window wide;
    stp_square square;
} view;

/* What is set around a spot: how many, and the view to pick from. wide: the radius may be
 * anything; else it is 6 or 7. */
STP_INLINE uint32_t look(const turn *u, const uint16_t *plane, const stp_stencil *stencil,
                         stp_spot at, uint64_t flip, bool wide, view *seen)
{
    uint32_t x = stp_spot_x(at), y = stp_spot_y(at);
    if (wide) {
        stp_window_read(&seen->wide, plane, &u->town->grid, stencil, x, y, flip);
        return stp_window_count(&seen->wide, stencil);
    }
    stp_square_read(&seen->square, plane, &u->grid, stencil, x, y, flip);
    return stp_square_count(&seen->square);
}

STP_INLINE stp_spot pick(const turn *u, const stp_stencil *stencil, const view *seen,
                         stp_spot at, bool edge, uint32_t k, bool wide)
{
    int dx, dy;
    if (wide)
        stp_window_pick(&seen->wide, stencil, k, &dx, &dy);
    else
        stp_square_pick(&seen->square, stencil, k, &dx, &dy);
    return shifted(u, at, edge, dx, dy);
}

/* ---- one turn ---- */

/* An empty spot in sight, or the same one if there is none; the agent's bits in `own`, the plane
 * of its kind (NULL for none), move along. */
STP_INLINE stp_spot move(const turn *u, uint32_t self, const stp_stencil *stencil,
                         stp_spot from, uint32_t word, uint16_t *own, bool wide)
{
    view seen;
    uint32_t empty = look(u, u->occupied, stencil, from, ~(uint64_t)0, wide, &seen);
    if (empty == 0)
        return from;
    site here = site_of(u, from);
    stp_spot to = pick(u, stencil, &seen, from, here.edge, stp_below(word, empty), wide);
    site there = site_of(u, to);
    mark(u, u->occupied, from, here, false);
    mark(u, u->occupied, to, there, true);
    if (own) {
        mark(u, own, from, here, false);
        mark(u, own, to, there, true);
    }
    u->words[cell_of(u, from)] = 0;
    if (u->spots)
        u->spots[self & STP_IDENTITY] = to;
    return to;
}

/* Is the citizen active after a look around? traits: word 0 of what it was born with. */
STP_INLINE bool decide(const turn *u, uint32_t self, uint32_t traits, stp_spot at,
                       uint32_t word, bool wide)
{
    uint32_t group = self >> STP_GROUP_SHIFT & 7;
    const stp_stencil *stencil = &u->town->citizen_stencil;
    int64_t margin = stp_margin(u->rules, &u->now,
                                stp_hardship_of(u->town->district, traits), group);
    if (margin <= 0 || group & STP_UNABLE)
        return false; /* whatever is in sight */
    view seen;
    uint32_t officers = look(u, u->police, stencil, at, 0, wide, &seen);
    uint32_t actives = look(u, u->active, stencil, at, 0, wide, &seen);
    return stp_is_active(u->rules, margin, traits & 0xffff, officers,
                         stp_reckoned(u->rules, &u->now, actives, word));
}

/* An officer's look around, and perhaps an arrest. Active citizens who had their turn are in
 * the job's sums and leave them. */
STP_INLINE void arrest(turn *u, uint32_t self, stp_spot at, const uint32_t *words,
                       bool wide)
{
    const stp_stencil *stencil = &u->town->officer_stencil;
    view seen;
    if (words[3] >= u->arrest_share)
        return;
    uint32_t actives = look(u, u->active, stencil, at, 0, wide, &seen);
    if (actives == 0)
        return;
    stp_spot spot = pick(u, stencil, &seen, at, true, stp_below(words[1], actives), wide);
    site there = site_of(u, spot);
    uint32_t cell = cell_of(u, spot), suspect = u->words[cell],
             id = suspect & STP_IDENTITY;
    if ((suspect & STP_PARITY) == u->done) {
        u->actives--;
        u->digest -= stp_agent_hash(u->district, id, STP_ACTIVE, cell);
    }
    u->caught[(self & STP_IDENTITY) - u->citizens] =
        (stp_captive){id, stp_release_step(u->rules, u->step, words[2])};
    mark(u, u->occupied, spot, there, false);
    mark(u, u->active, spot, there, false);
    u->words[cell] = 0;
    if (u->spots)
        u->spots[id] = STP_NOWHERE;
    u->arrests++;
}

STP_INLINE void citizen_turn(turn *u, uint32_t self, uint32_t traits, stp_spot at,
                             const uint32_t *words, bool wide)
{
    site here = site_of(u, at);
    bool was = (u->active[here.word] & here.bit) != 0, active = was;
    if (u->acts_first) {
        active = decide(u, self, traits, at, words[1], wide);
        if (active != was)
            mark(u, u->active, at, here, active);
    }
    if (u->moves)
        at = move(u, self, &u->town->citizen_stencil, at, words[0],
                  active ? u->active : NULL, wide);
    if (!u->acts_first) {
        active = decide(u, self, traits, at, words[1], wide);
        if (active != was)
            mark(u, u->active, at, site_of(u, at), active);
    }
    uint32_t cell = cell_of(u, at);
    u->words[cell] = self ^ STP_PARITY;
    u->actives += active;
    u->digest += stp_agent_hash(u->district, self & STP_IDENTITY,
                                active ? STP_ACTIVE : STP_QUIET, cell);
}

STP_INLINE void officer_turn(turn *u, uint32_t self, stp_spot at, const uint32_t *words,
                             bool wide)
{
    if (u->acts_first)
        arrest(u, self, at, words, wide);
    if (u->moves)
        at = move(u, self, &u->town->officer_stencil, at, words[0], u->police, wide);
    uint32_t cell = cell_of(u, at);
    u->words[cell] = self ^ STP_PARITY;
    if (!u->acts_first)
        arrest(u, self, at, words, wide);
    u->digest += stp_agent_hash(u->district, self & STP_IDENTITY, STP_OFFICER, cell);
}

STP_INLINE void take_turn(turn *u, uint32_t self, stp_spot at, uint32_t k, bool wide)
{
    const stp_worker *w = u->w;
    const uint32_t words[4] = {w->random[0][k], w->random[1][k], w->random[2][k],
                               w->random[3][k]};
    u->activations++;
    if (self & STP_IS_OFFICER)
        officer_turn(u, self, at, words, wide);
    else
        citizen_turn(u, self, w->traits[0][k], at, words, wide);
}

/* ---- the two schedules ---- */

/* The random numbers of a chunk of turns, and the traits of those who have them; w->ids says
 * who. */
STP_INLINE void draw_turns(const turn *u, uint32_t count)
{
    static const uint32_t zeros[STP_MANY];
    const stp_stream stream = {u->seed, STP_PURPOSE_ACTIVATE, u->district, u->step};
    const stp_stream birth = {u->seed, STP_PURPOSE_TRAITS, u->district, 0};
    stp_philox_many(&stream, u->w->ids, zeros, count, u->w->random);
    stp_philox_many(&birth, u->w->ids, zeros, count, u->w->traits);
}

/* The words of a shuffle, many at a time: what stp_shuffle_pick draws for item i is at
 * [i % 4][i / 4 % STP_MANY]. */
typedef struct deal {
    stp_stream stream;
    uint32_t tiles[STP_MANY], draws[STP_MANY];
    uint32_t words[4][STP_MANY];
} deal;

static void deal_begin(const stp_stream *stream, uint32_t tile, deal *d)
{
    d->stream = *stream;
    for (uint32_t k = 0; k < STP_MANY; k++)
        d->tiles[k] = tile;
}

/* Which of the items i .. n - 1 comes next; i from 0 upwards by ones. */
STP_INLINE uint32_t deal_next(deal *d, uint32_t i, uint32_t n)
{
    if (i % (4 * STP_MANY) == 0) {
        uint32_t left = (n - i + 3) / 4, count = left < STP_MANY ? left : STP_MANY;
        for (uint32_t k = 0; k < STP_MANY; k++)
            d->draws[k] = i / 4 + k;
        stp_philox_many(&d->stream, d->tiles, d->draws, count, d->words);
    }
    return i + stp_below(d->words[i % 4][i / 4 % STP_MANY], n - i);
}

STP_INLINE void go_sequential(turn *u, uint32_t *order, uint32_t count, bool wide)
{
    const stp_stream stream = {u->seed, STP_PURPOSE_ORDER, u->district, u->step};
    deal dealt;
    deal_begin(&stream, 0, &dealt);
    for (uint32_t id = 0; id < count; id++)
        order[id] = id;
    for (uint32_t base = 0; base < count; base += STP_CHUNK) {
        uint32_t size = count - base < STP_CHUNK ? count - base : STP_CHUNK;
        for (uint32_t k = 0; k < size; k++) {
            uint32_t i = base + k, swap = deal_next(&dealt, i, count);
            u->w->ids[k] = order[swap];
            order[swap] = order[i];
        }
        draw_turns(u, size);
        for (uint32_t k = 0; k < size; k++) {
            stp_spot at = u->spots[u->w->ids[k]];
            if (at != STP_NOWHERE) /* in detention */
                take_turn(u, u->words[cell_of(u, at)], at, k, wide);
        }
    }
}

/* Ask the memory for a row of words of a tile before it is needed. */
static void prefetch_row(const stp_town *t, const stp_tile *tile, uint32_t y)
{
    if (y >= t->grid.height || tile->x + tile->width > t->grid.width)
        return;
    const uint32_t *row = t->words + (size_t)y * t->grid.width + tile->x;
    for (uint32_t x = 0; x < tile->width + 16; x += 16)
        __builtin_prefetch(row + x, 1);
}

/* The same for the words of its planes, with what is in sight around it. */
static void prefetch_planes(const stp_town *t, const stp_tile *tile)
{
    const stp_grid *grid = &t->grid;
    uint32_t rows = tile->height + 2 * STP_MARGIN;
    if (tile->y + rows > grid->rows)
        return;
    for (uint32_t x = tile->x; x < tile->x + tile->width + 2 * STP_MARGIN; x += 16) {
        size_t word = (size_t)(x / 16) * grid->rows + tile->y;
        if (word + rows > grid->words)
            return;
        for (uint32_t y = 0; y < rows; y += 32) {
            __builtin_prefetch(t->occupied + word + y, 1);
            __builtin_prefetch(t->active + word + y, 1);
            __builtin_prefetch(t->police + word + y, 1);
        }
    }
}

/* Note those of some neighbouring cells who have not had their turn. */
STP_INLINE uint32_t list_cells(const uint32_t *row, stp_spot first, uint32_t size,
                               uint32_t done, uint32_t count, stp_worker *w)
{
    for (uint32_t i = 0; i < size; i++) {
        w->words[count] = row[i];
        w->spots[count] = first + i;
        count += row[i] != 0 && (row[i] & STP_PARITY) != done;
    }
    return count;
}

/* Those who stood in the tile when the step began and have not been arrested since: they are
 * still there, and have not had their turn; whoever has come since has. */
static uint32_t list_tile(const stp_town *t, const stp_tile *tile, uint32_t done,
                          stp_worker *w)
{
    uint32_t width = t->grid.width, height = t->grid.height, count = 0;
    uint32_t before = width - tile->x; /* columns before the edge of the lattice */
    if (before > tile->width)
        before = tile->width;
    prefetch_planes(t, tile);
    for (uint32_t r = 0; r < tile->height; r++) {
        uint32_t y = tile->y + r < height ? tile->y + r : tile->y + r - height;
        const uint32_t *row = t->words + (size_t)y * width;
        prefetch_row(t, tile, y + 6);
        count = list_cells(row + tile->x, stp_spot_at(tile->x, y), before, done, count,
                           w);
        count = list_cells(row, stp_spot_at(0, y), tile->width - before, done, count, w);
    }
    return count;
}

STP_INLINE void go_tile(turn *u, uint32_t tile, uint32_t count, bool wide)
{
    stp_worker *w = u->w;
    const stp_stream stream = {u->seed, STP_PURPOSE_ORDER, u->district, u->step};
    deal dealt;
    deal_begin(&stream, tile, &dealt);
    for (uint32_t base = 0; base < count; base += STP_CHUNK) {
        uint32_t size = count - base < STP_CHUNK ? count - base : STP_CHUNK;
        for (uint32_t k = 0; k < size; k++) {
            uint32_t i = base + k, swap = deal_next(&dealt, i, count);
            uint32_t word = w->words[swap];
            stp_spot spot = w->spots[swap];
            w->words[swap] = w->words[i];
            w->spots[swap] = w->spots[i];
            w->words[i] = word;
            w->spots[i] = spot;
            w->ids[k] = word & STP_IDENTITY;
        }
        draw_turns(u, size);
        for (uint32_t k = 0; k < size; k++) {
            uint32_t self = w->words[base + k];
            stp_spot at = w->spots[base + k];
            if (u->words[cell_of(u, at)] == self) /* else it has been arrested */
                take_turn(u, self, at, k, wide);
        }
    }
}

void STP_TURNS(const stp_street *s, stp_job *j, stp_worker *w)
{
    const stp_town *t = &s->towns[j->town];
    turn u = {
        .grid = t->grid,
        .words = t->words,
        .occupied = t->occupied,
        .active = t->active,
        .police = t->police,
        .spots = t->spots,
        .caught = t->caught,
        .district = t->district->index,
        .citizens = t->district->citizens,
        .w = w,
        .seed = s->world->seed,
        .step = s->step,
        .done = stp_parity_of(s->step),
        .town = t,
        .rules = s->rules,
        .now = s->conditions[j->town],
        .moves = s->rules->moves,
        .acts_first = s->rules->acts_first,
        .arrest_share = s->rules->arrest_share,
    };
    bool wide = t->citizen_stencil.groups != 4 || t->officer_stencil.groups != 4;
    if (t->district->tiled) {
        stp_tile tile = stp_tile_of(t->district, &t->tiling, j->tile);
        uint32_t count = list_tile(t, &tile, u.done, w);
        wide ? go_tile(&u, j->tile, count, true) : go_tile(&u, j->tile, count, false);
    } else {
        uint32_t count = t->district->citizens + t->on_street;
        wide ? go_sequential(&u, t->order, count, true)
             : go_sequential(&u, t->order, count, false);
    }
    j->activations = u.activations;
    j->arrests = u.arrests;
    j->active = u.actives;
    j->digest = u.digest;
}
