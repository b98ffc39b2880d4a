/* What an agent sees on its turn, where it goes and whom it acts on, in both ways of the fast engine:
 * reference.c's, to the bit. A part of fast_turn.c and home_turn.c, which are compiled once for each
 * kind of processor. */
#ifndef STP_FAST_LOOK_H
#define STP_FAST_LOOK_H

#include "street/fast_base.h"
#include "street/window.h"

/* A copy for each kind of street; but under sanitizers one for all, since they take minutes to compile
 * ten. */
#ifdef STP_ONE_COPY
#define STP_COPIES static __attribute__((noinline))
#else
#define STP_COPIES STP_INLINE
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
    uint32_t width, height, reach, across, along, rows; /* of the grid */
    stp_stencil stencils[2];                            /* of citizens and of officers */
    stp_worker *w;
    /* Sums over the job so far. */
    uint32_t activations, arrests;
    uint64_t actives, digest;
    stp_job sums; /* of what there is on streets with force */
    uint8_t *district_summaries;
    uint32_t count; /* of agents in the chunk under way */
    bool moves, officers_move, acts_first;
    stp_rules rules;
    stp_conditions now;
    stp_spot *spots;
    stp_captive *caught;
    uint64_t seed, population_seed;
    uint32_t district, citizens, step;
    uint32_t hardship_low, hardship_span;
    const uint16_t *ladder;
    uint32_t done; /* parity of those who had their turn */
    const stp_grid *grid;
    const struct stp_town *town; /* of a street on which everybody is; else NULL */
    const stp_stop *stop;
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
    uint32_t x = stp_spot_x(spot), y = stp_spot_y(spot), h = u->across, v = u->along;
    return x - h >= u->width - 2 * h || y - v >= u->height - 2 * v;
}

STP_INLINE void mark(const turn *u, uint16_t *plane, place at, bool value, bool near)
{
    if (near && on_edge(u, at.spot))
        stp_plane_set_edge(plane - u->grid->origin, u->grid, stp_spot_x(at.spot),
                           stp_spot_y(at.spot), value);
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

/* What a job needs that does not depend on how people are kept; the planes are set by the caller. */
STP_INLINE turn turn_on(const stp_world *world, const stp_rules *rules,
                        const stp_conditions *now, const stp_district *district,
                        const stp_grid *grid, const stp_stencil stencils[2],
                        uint32_t step, stp_worker *w)
{
    return (turn){
        .width = grid->width,
        .height = grid->height,
        .reach = grid->reach,
        .across = grid->across,
        .along = grid->along,
        .rows = grid->rows,
        .stencils = {stencils[0], stencils[1]},
        .w = w,
        .moves = rules->moves,
        .officers_move = rules->officers_move,
        .acts_first = rules->acts_first,
        .rules = *rules,
        .now = *now,
        .seed = world->seed,
        .population_seed = world->population_seed,
        .district = district->index,
        .citizens = district->citizens,
        .step = step,
        .hardship_low = district->hardship_low,
        .hardship_span = district->hardship_span,
        .ladder = district->ladder,
        .grid = grid,
    };
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
    stp_window_read(window, plane - u->grid->origin, u->grid, stencil,
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

/* Is anything in reach of the tile's agents near an edge of the lattice? They go and look
 * `reach` far and act on someone there, whose bits may have copies as far away again. */
STP_INLINE bool near_edge(const turn *u, const stp_tile *tile)
{
    uint32_t far = 3 * u->reach;
    return tile->x < far || tile->y < far || tile->x + tile->width + far > u->width ||
           tile->y + tile->height + far > u->height;
}

/* ---- a chunk of turns ---- */

/* What `many` agents of the chunk, from number first, draw and are born with, their grievances, and
 * where they look. many: up to STP_DEAL, a multiple of STP_MANY. */
STP_INLINE void prepare(const turn *u, uint32_t first, uint32_t many)
{
    static const uint32_t zeros[STP_DEAL];
    const stp_stream stream = {u->seed, STP_PURPOSE_ACTIVATE, u->district, u->step};
    const stp_stream birth = {u->population_seed, STP_PURPOSE_TRAITS, u->district, 0};
    const stp_conditions now = u->now;
    const stp_rules rules = u->rules;
    const stp_district born = {.hardship_low = u->hardship_low,
                               .hardship_span = u->hardship_span};
    const uint32_t rows = u->rows, radii[2] = {(uint32_t)u->stencils[0].radius,
                                               (uint32_t)u->stencils[1].radius};
    stp_worker *w = u->w;
    for (uint32_t k = first; k < first + many; k++) {
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
    stp_philox_many(&stream, w->ids + first, zeros, many,
                    (uint32_t *[4]){w->random[0] + first, w->random[1] + first,
                                    w->random[2] + first, w->random[3] + first});
    stp_philox_many(&birth, w->ids + first, zeros, many,
                    (uint32_t *[4]){w->traits + first, unused[0], unused[1], unused[2]});
    for (uint32_t k = first; u->ladder && k < first + many; k++)
        w->traits[k] = stp_climb(u->ladder, w->traits[k]);
    for (uint32_t k = first; k < first + many; k++) {
        uint32_t group = w->self[k] >> STP_GROUP_SHIFT & 7;
        int64_t margin = stp_margin(&rules, &now, stp_hardship_of(&born, w->traits[k]),
                                    group);
        w->margins[k] = group & STP_UNABLE ? 0 : margin;
    }
}

/* ---- what an agent does, but for who is noted to be where ---- */

/* Agent k of the chunk goes to an empty place in sight, if there is one, and its bits with it:
 * in the plane of the occupied and, if it is not NULL, in `own`. Returns where it is then. */
STP_INLINE place walk(const turn *u, uint32_t k, bool officer, uint16_t *own, bool near,
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
    actives = stp_perceived_actives(&u->rules, &u->now, actives, w->random[1][k]);
    if (force && stp_is_active(&u->rules, margin - u->rules.violence, aversion, *officers,
                               actives))
        return STP_VIOLENT;
    return stp_is_active(&u->rules, margin, aversion, *officers, actives) ? STP_ACTIVE
                                                                          : STP_QUIET;
}

/* A citizen is something else than it was; its bits follow. */
STP_INLINE void mark_change(const turn *u, place at, stp_standing was, stp_standing is,
                            bool near, bool force)
{
    if ((is == STP_QUIET) != (was == STP_QUIET))
        mark(u, u->active, at, is != STP_QUIET, near);
    if (force && (is == STP_VIOLENT) != (was == STP_VIOLENT))
        mark(u, u->violent, at, is == STP_VIOLENT, near);
}

/* Does violent citizen k of the chunk hit one of the officers in sight? Sets whom, and whether that
 * kills. */
STP_INLINE bool hits(const turn *u, uint32_t k, place at, uint32_t officers, bool near,
                     bool wide, place *victim, bool *kills)
{
    uint32_t violent, obeying;
    if (officers == 0)
        return false;
    stp_words words = stp_force_words(u->seed, u->district, u->w->ids[k], u->step);
    count_two(u, u->violent, u->police, at, wide, &violent, &obeying);
    if (words.w[0] >= stp_attack_share(&u->rules, 1 + violent, officers))
        return false;
    stp_frame frame = frame_of(u, at, (uint32_t)u->stencils[0].radius);
    *victim = draw(u, u->police, 0, false, at, frame, words.w[1], near, wide);
    *kills = words.w[2] < u->rules.attack_lethality;
    return true;
}

/* Whom officer k of the chunk acts on: one of the violent in sight or, if there are none, of the
 * active. Returns its own place if there is nobody. */
STP_INLINE place suspect_of(const turn *u, uint32_t k, place at, bool near, bool wide,
                            bool force, bool *violent)
{
    const stp_worker *w = u->w;
    *violent = false;
    if (w->random[3][k] >= u->rules.arrest_share)
        return at;
    stp_frame frame = frame_of(u, at, (uint32_t)u->stencils[1].radius);
    place there = at;
    if (force) {
        there = draw(u, u->violent, 0, true, at, frame, w->random[1][k], near, wide);
        *violent = there.site != at.site;
    }
    if (!*violent)
        there = draw(u, u->active, 0, true, at, frame, w->random[1][k], near, wide);
    return there;
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

#endif
