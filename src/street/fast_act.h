/* What an agent does on its turn in the fast engine with everybody on the street.
 * Included by fast_turn.c. */
#ifndef STP_FAST_ACT_H
#define STP_FAST_ACT_H

#include "street/fast.h"
#include "street/fast_look.h"

/* As walk; the agent's word moves too. */
STP_INLINE spot move(const turn *u, uint32_t k, bool officer, uint16_t *own, bool near,
                     bool wide)
{
    const stp_worker *w = u->w;
    spot to = walk(u, k, officer, own, near, wide);
    if (to.site != w->sites[k]) {
        u->words[w->sites[k]] = 0;
        if (u->coords)
            u->coords[w->ids[k]] = to.coord;
    }
    return to;
}

STP_INLINE void vacate(const turn *u, spot there, uint32_t id, bool near)
{
    mark(u, u->occupied, there, false, near);
    u->words[there.site] = 0;
    if (u->coords)
        u->coords[id] = STP_NOWHERE;
}

STP_INLINE uint64_t hash_at(const turn *u, uint32_t id, stp_standing standing, spot at)
{
    return stp_agent_hash(u->district, id, standing,
                          stp_coord_y(at.coord) * u->width + stp_coord_x(at.coord));
}

/* An officer falls or leaves. how: see losses. */
STP_INLINE void lose_officer(turn *u, spot there, uint32_t id, stp_standing how,
                             bool near)
{
    mark(u, u->police, there, false, near);
    vacate(u, there, id, near);
    u->losses[id - u->citizens] = (uint8_t)how;
    u->sums.gone_digest += stp_agent_hash(u->district, id, how, 0);
}

/* Violent citizen k of the chunk may hit an officer in sight, who leaves the sums after
 * its turn. */
STP_INLINE void attack(turn *u, uint32_t k, spot at, uint32_t officers, bool near,
                       bool wide)
{
    spot there;
    bool kills;
    if (!hits(u, k, at, officers, near, wide, &there, &kills))
        return;
    uint32_t victim = u->words[there.site], id = victim & STP_IDENTITY;
    if ((victim & STP_PARITY) == u->done) {
        u->sums.obeying--;
        u->sums.digest -= hash_at(u, id, STP_OFFICER, there);
    }
    u->sums.officers_killed += kills;
    u->sums.officers_wounded += !kills;
    lose_officer(u, there, id, kills ? STP_DEAD : STP_WOUNDED, near);
}

/* Officer k of the chunk may arrest or shoot a suspect, who leaves the sums after its
 * turn. */
STP_INLINE void arrest(turn *u, uint32_t k, spot at, bool near, bool wide, bool force)
{
    const stp_worker *w = u->w;
    bool violent, shot = false, kills = false;
    spot there = suspect_of(u, k, at, near, wide, force, &violent);
    if (there.site == at.site)
        return;
    uint32_t suspect = u->words[there.site], id = suspect & STP_IDENTITY;
    bool done = (suspect & STP_PARITY) == u->done;
    if (force)
        shot = shoots(u, k, violent, &kills);
    if (done) {
        u->sums.active--;
        u->sums.digest -= hash_at(u, id, violent ? STP_VIOLENT : STP_ACTIVE, there);
    }
    mark(u, u->active, there, false, near);
    if (force && violent) {
        u->sums.violent -= done;
        mark(u, u->violent, there, false, near);
    }
    if (force && shot && !kills) {
        u->sums.wounded++;
        if (done)
            u->sums.digest += hash_at(u, id, STP_QUIET, there);
        return;
    }
    uint32_t release = shot ? STP_SHOT_DEAD
                            : stp_release_step(&u->rules, u->step, w->random[2][k]);
    u->caught[w->ids[k] - u->citizens] = (stp_captive){id, release};
    vacate(u, there, id, near);
    u->sums.killed += shot;
    u->sums.arrests += !shot;
}

/* ---- a turn ---- */

STP_INLINE void end_turn(turn *u, uint32_t k, spot at, uint32_t standing)
{
    stp_worker *w = u->w;
    u->words[at.site] = w->self[k] ^ STP_PARITY;
    w->standings[k] = standing;
    w->ended[k] = at.coord;
}

/* Does the officer obey? If not, it stands by or leaves, and its turn is over. */
STP_INLINE bool obeys(turn *u, uint32_t k, spot at, bool near)
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
    spot at = {u->w->at[k], u->w->sites[k]};
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

/* Citizen k of the chunk decides, and attacks if violent. */
STP_INLINE stp_standing become(turn *u, uint32_t k, spot at, stp_standing was, bool near,
                               bool wide, bool force)
{
    uint32_t officers = 0;
    stp_standing is = decide(u, k, at, wide, force, &officers);
    mark_change(u, at, was, is, near, force);
    if (force && is == STP_VIOLENT)
        attack(u, k, at, officers, near, wide);
    return is;
}

STP_INLINE void citizen_turn(turn *u, uint32_t k, bool near, bool wide, bool force)
{
    spot at = {u->w->at[k], u->w->sites[k]};
    stp_standing is = force && is_set(u->violent, at) ? STP_VIOLENT
                      : is_set(u->active, at)         ? STP_ACTIVE
                                                      : STP_QUIET;
    if (u->acts_first)
        is = become(u, k, at, is, near, wide, force);
    if (u->moves) {
        spot to = move(u, k, false, is == STP_QUIET ? NULL : u->active, near, wide);
        if (force && is == STP_VIOLENT && to.site != at.site) {
            mark(u, u->violent, at, false, near);
            mark(u, u->violent, to, true, near);
        }
        at = to;
    }
    if (!u->acts_first)
        is = become(u, k, at, is, near, wide, force);
    u->sums.active += is != STP_QUIET;
    if (force)
        u->sums.violent += is == STP_VIOLENT;
    end_turn(u, k, at, is);
}

#endif
