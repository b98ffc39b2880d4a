/* What one agent sees and does on its turn, in the fast engine: reference.c's, to the bit. A part of
 * fast_turn.c, which is compiled once for each kind of processor. */
#ifndef STP_FAST_ACT_H
#define STP_FAST_ACT_H

#include "street/fast.h"
#include "street/window.h"

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
    uint8_t *fates;
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
    const stp_town *town;
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

#endif
