/* What an agent does on its turn, in both forms of the fast engine. fast_turn.c and
 * home_turn.c first define how they keep agents, then include this:
 * - agent_at, agent_of: the agent on a spot, and agent k of the chunk (word or record);
 * - identity_of: its identity; standing_of, duty_of: of agent k;
 * - move_agent, remove_agent: move it, take it off the street; calm_down: quiet a wounded;
 * - end_turn: record where and how its turn ended;
 * - KEEPS_SUMS: whether turns add to the sums; uncount: subtract an agent from them. */
#ifndef STP_FAST_ACT_H
#define STP_FAST_ACT_H

#include "street/fast_look.h"

/* Agent k of the chunk moves to an empty spot in sight, if there is one, with its bits in
 * the plane of the occupied and in `own` (may be NULL). Returns where it is then. */
STP_INLINE spot move(const turn *u, uint32_t k, bool officer, uint16_t *own, bool near,
                     bool wide)
{
    const stp_worker *w = u->w;
    spot from = {w->at[k], w->sites[k]};
    stp_window_frame frame = {w->lefts[k], w->rights[k], w->shifts[k]};
    spot to = draw(u, u->occupied, ~(uint64_t)0, officer, from, frame, w->random[0][k],
                   near, wide);
    if (to.site == from.site)
        return from;
    mark(u, u->occupied, from, false, near);
    mark(u, u->occupied, to, true, near);
    if (own) {
        mark(u, own, from, false, near);
        mark(u, own, to, true, near);
    }
    move_agent(u, k, to);
    return to;
}

/* An officer falls or leaves. how: see losses. */
STP_INLINE void lose_officer(turn *u, uint32_t officer, spot there, stp_standing how,
                             bool near)
{
    uint32_t id = identity_of(u, officer);
    mark(u, u->police, there, false, near);
    remove_agent(u, officer, there, near);
    u->losses[id - u->citizens] = (uint8_t)how;
    u->sums.gone_digest += stp_agent_hash(u->district, id, how, 0);
}

STP_INLINE void attack(turn *u, uint32_t k, spot at, uint32_t officers, bool near,
                       bool wide)
{
    spot there;
    bool kills;
    if (!hits(u, k, at, officers, near, wide, &there, &kills))
        return;
    uint32_t victim = agent_at(u, there);
    uncount(u, victim, STP_OFFICER, there);
    u->sums.officers_killed += kills;
    u->sums.officers_wounded += !kills;
    lose_officer(u, victim, there, kills ? STP_DEAD : STP_WOUNDED, near);
}

STP_INLINE void arrest(turn *u, uint32_t k, spot at, bool near, bool wide, bool force)
{
    bool violent, shot = false, kills = false;
    spot there = suspect_of(u, k, at, near, wide, force, &violent);
    if (there.site == at.site)
        return;
    uint32_t suspect = agent_at(u, there);
    if (force)
        shot = shoots(u, k, violent, &kills);
    uncount(u, suspect, force && violent ? STP_VIOLENT : STP_ACTIVE, there);
    mark(u, u->active, there, false, near);
    if (force && violent)
        mark(u, u->violent, there, false, near);
    if (force && shot && !kills) {
        u->sums.wounded++;
        calm_down(u, suspect, there);
        return;
    }
    uint32_t release = shot ? STP_SHOT_DEAD
                            : stp_release_step(&u->rules, u->step, u->w->random[2][k]);
    u->caught[u->w->ids[k] - u->citizens] = (stp_captive){identity_of(u, suspect),
                                                          release};
    remove_agent(u, suspect, there, near);
    u->sums.killed += shot;
    u->sums.arrests += !shot;
}

/* Does officer k obey? If not, it stands by or leaves, and its turn is over. */
STP_INLINE bool obeys(turn *u, uint32_t k, spot at, bool near)
{
    stp_duty duty = duty_of(u, k);
    bool obeying = duty == STP_OBEYS;
    if (duty == STP_LEAVES) {
        u->sums.officers_left++;
        lose_officer(u, agent_of(u, k), at, STP_DEFECTED, near);
        return false;
    }
    if (is_set(u->police, at) != obeying)
        mark(u, u->police, at, obeying, near);
    if (KEEPS_SUMS)
        u->sums.obeying += obeying;
    if (!obeying)
        end_turn(u, k, at, STP_STANDING_BY);
    return obeying;
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

STP_INLINE stp_standing become(turn *u, uint32_t k, spot at, stp_standing was, bool near,
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
    spot at = {u->w->at[k], u->w->sites[k]};
    stp_standing is = standing_of(u, k, at, force);
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
    if (KEEPS_SUMS)
        u->sums.active += is != STP_QUIET;
    if (KEEPS_SUMS && force)
        u->sums.violent += is == STP_VIOLENT;
    end_turn(u, k, at, is);
}

#endif
