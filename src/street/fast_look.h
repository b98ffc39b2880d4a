/* What an agent sees on its turn, where it goes and whom it acts on, in both forms of the
 * fast engine. Included by fast_turn.c and home_turn.c, which are compiled once per kind
 * of processor. */
#ifndef STP_FAST_LOOK_H
#define STP_FAST_LOOK_H

#include "street/fast_base.h"
#include "street/window.h"

/* One copy per kind of street; under sanitizers one for all, since ten take minutes to
 * compile. */
#ifdef STP_ONE_COPY
#define STP_COPIES static __attribute__((noinline))
#else
#define STP_COPIES STP_INLINE
#endif

/* ---- cells ---- */

/* What a job needs at every turn, copied so that nothing else points to it and the
 * compiler may keep it in registers. Three compile-time flags go along: near, an edge of
 * the lattice may be in reach; wide, windows may have any radius, not only 6 or 7; force,
 * the street has force. */
typedef struct turn {
    uint32_t *words;
    /* From the word of the cell (0, 0); violent: with force, else NULL. */
    uint16_t *occupied, *active, *police, *violent;
    uint32_t width, height, reach, across, along, rows; /* of the grid */
    stp_stencil stencils[2];                            /* of citizens and of officers */
    stp_worker *w;
    stp_sums sums; /* of the job so far */
    uint8_t *losses;
    uint32_t count; /* of agents in the chunk under way */
    bool moves, officers_move, acts_first;
    stp_rules rules;
    stp_conditions now;
    stp_coord *coords;
    stp_captive *caught;
    uint64_t seed, population_seed;
    uint32_t district, citizens, step;
    uint32_t hardship_low, hardship_span;
    const uint16_t *quantiles;
    uint32_t done; /* parity of those who had their turn */
    struct stp_district_home
        *home; /* of presence `home`, with the records of the chunk */
    const uint32_t *records;
    const stp_grid *grid;
    const stp_stop *stop;
} turn;

/* A cell, and where in memory it is (see stp_site_of). */
typedef struct spot {
    stp_coord coord;
    uint32_t site;
} spot;

STP_INLINE uint32_t site_of(const turn *u, stp_coord coord)
{
    uint32_t x = stp_coord_x(coord), y = stp_coord_y(coord);
    return (x / 16 * u->rows + y) * 16 + x % 16;
}

/* Is a cell outside `columns` x `rows` cells from (x, y) on? */
STP_INLINE bool is_outside(stp_coord coord, uint32_t x, uint32_t y, uint32_t columns,
                           uint32_t rows)
{
    return stp_coord_x(coord) - x >= columns || stp_coord_y(coord) - y >= rows;
}

STP_INLINE void mark(const turn *u, uint16_t *plane, spot at, bool value, bool near)
{
    const uint32_t h = u->across, v = u->along;
    if (near && is_outside(at.coord, h, v, u->width - 2 * h, u->height - 2 * v))
        stp_plane_set_edge(plane - u->grid->origin, u->grid, stp_coord_x(at.coord),
                           stp_coord_y(at.coord), value);
    else
        stp_plane_put(plane + at.site / 16, at.site, value);
}

/* The cell (x, y) of the torus; each is less than a side outside it, negative ones as
 * unsigned. */
STP_INLINE stp_coord wrapped(const turn *u, uint32_t x, uint32_t y)
{
    x = x < u->width ? x : (int32_t)x < 0 ? x + u->width : x - u->width;
    y = y < u->height ? y : (int32_t)y < 0 ? y + u->height : y - u->height;
    return stp_coord_at(x, y);
}

/* What a job needs in either form; the caller sets the planes. */
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
        .quantiles = district->quantiles,
        .grid = grid,
    };
}

/* ---- looking ---- */

STP_INLINE stp_window_frame frame_of(const turn *u, spot at, uint32_t radius)
{
    return stp_window_frame_of(at.site / 16, at.site % 16, radius, u->rows);
}

STP_INLINE uint32_t look(const turn *u, const uint16_t *plane, bool officer, spot at,
                         uint64_t flip, stp_window *window)
{
    const stp_stencil *stencil = &u->stencils[officer];
    stp_window_read(window, plane - u->grid->origin, u->grid, stencil,
                    stp_coord_x(at.coord), stp_coord_y(at.coord), flip);
    return stp_window_count(window, stencil);
}

/* The spot at (x, y) of the window around another. */
STP_INLINE spot spot_in_sight(const turn *u, spot middle, stp_window_frame frame,
                              uint32_t radius, uint32_t x, uint32_t y, bool near,
                              bool wide)
{
    if (near) {
        uint32_t column = stp_coord_x(middle.coord) + x - radius;
        uint32_t row = stp_coord_y(middle.coord) + y - radius;
        if (wide || column >= u->width || row >= u->height) {
            stp_coord coord = wrapped(u, column, row);
            return (spot){coord, site_of(u, coord)};
        }
    }
    uint32_t column = frame.shift + x;
    uint32_t word = (uint32_t)frame.left + y + (column >= 16 ? u->rows : 0);
    return (spot){middle.coord + stp_coord_at(x, y) - stp_coord_at(radius, radius),
                  word * 16 + column % 16};
}

/* One of the spots in sight whose bit is set in a plane (flip all ones: not set), by a
 * random word; `at` if there is none. */
/* NOLINTNEXTLINE(readability-function-size): three of the nine are constants when it is compiled. */
STP_INLINE spot draw(const turn *u, const uint16_t *plane, uint64_t flip, bool officer,
                     spot at, stp_window_frame frame, uint32_t random, bool near,
                     bool wide)
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
    return spot_in_sight(u, at, frame, radius, x, y, near, wide);
}

/* Can agents of the tile reach an edge of the lattice? They move, look and act `reach`
 * cells each, and bits near an edge have copies. */
STP_INLINE bool near_edge(const turn *u, const stp_tile *tile)
{
    uint32_t far = 3 * u->reach;
    return tile->x < far || tile->y < far || tile->x + tile->width + far > u->width ||
           tile->y + tile->height + far > u->height;
}

/* ---- a chunk of turns ---- */

/* Draws, traits, margins and windows of `many` agents of the chunk from number `first`
 * on. many: at most STP_DEAL, a multiple of STP_MANY. */
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
        stp_coord at = w->at[k];
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
    for (uint32_t k = first; u->quantiles && k < first + many; k++)
        w->traits[k] = stp_quantile_word(u->quantiles, w->traits[k]);
    for (uint32_t k = first; k < first + many; k++) {
        uint32_t group = w->self[k] >> STP_GROUP_SHIFT & 7;
        int64_t margin = stp_margin(&rules, &now, stp_hardship_of(&born, w->traits[k]),
                                    group);
        w->margins[k] = group & STP_UNABLE ? 0 : margin;
    }
}

/* ---- what an agent sees and chooses ---- */

STP_INLINE bool is_set(const uint16_t *plane, spot at)
{
    return plane[at.site / 16] >> at.site % 16 & 1;
}

STP_INLINE void count_two(const turn *u, const uint16_t *a, const uint16_t *b, spot at,
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

/* Citizen k of the chunk decides. *officers: obeying ones in sight, set if the citizen
 * looks around. */
STP_INLINE stp_standing decide(const turn *u, uint32_t k, spot at, bool wide, bool force,
                               uint32_t *officers)
{
    const stp_worker *w = u->w;
    int64_t margin = w->margins[k];
    if (margin <= 0)
        return STP_QUIET; /* without a look around */
    uint32_t actives, aversion = w->traits[k] & 0xffff;
    count_two(u, u->police, u->active, at, wide, officers, &actives);
    actives = stp_perceived_actives(&u->rules, &u->now, actives, w->random[1][k]);
    if (force && stp_is_active(&u->rules, margin - u->rules.violence, aversion, *officers,
                               actives))
        return STP_VIOLENT;
    return stp_is_active(&u->rules, margin, aversion, *officers, actives) ? STP_ACTIVE
                                                                          : STP_QUIET;
}

/* Does violent citizen k of the chunk hit one of the officers in sight? Sets whom, and
 * whether it kills. */
STP_INLINE bool hits(const turn *u, uint32_t k, spot at, uint32_t officers, bool near,
                     bool wide, spot *victim, bool *kills)
{
    uint32_t violent, obeying;
    if (officers == 0)
        return false;
    stp_words words = stp_force_words(u->seed, u->district, u->w->ids[k], u->step);
    count_two(u, u->violent, u->police, at, wide, &violent, &obeying);
    if (words.w[0] >= stp_attack_share(&u->rules, 1 + violent, officers))
        return false;
    stp_window_frame frame = frame_of(u, at, (uint32_t)u->stencils[0].radius);
    *victim = draw(u, u->police, 0, false, at, frame, words.w[1], near, wide);
    *kills = words.w[2] < u->rules.attack_lethality;
    return true;
}

/* The spot of officer k's suspect: one of the violent in sight or, without any, of the
 * active; `at` if there is nobody. */
STP_INLINE spot suspect_of(const turn *u, uint32_t k, spot at, bool near, bool wide,
                           bool force, bool *violent)
{
    const stp_worker *w = u->w;
    *violent = false;
    if (w->random[3][k] >= u->rules.arrest_share)
        return at;
    stp_window_frame frame = frame_of(u, at, (uint32_t)u->stencils[1].radius);
    spot there = at;
    if (force) {
        there = draw(u, u->violent, 0, true, at, frame, w->random[1][k], near, wide);
        *violent = there.site != at.site;
    }
    if (!*violent)
        there = draw(u, u->active, 0, true, at, frame, w->random[1][k], near, wide);
    return there;
}

/* Does officer k of the chunk shoot at the suspect instead of arresting? Sets whether it
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
