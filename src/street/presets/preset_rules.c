/* A turn under each set of rules. They share Epstein's decision: active if grievance less
 * perceived risk exceeds the threshold. */
#include "street/presets/presets.h"

static const stp_sight *sight_of(const stp_street *s, const stp_district_preset *p,
                                 const stp_inhabitant *a)
{
    return &s->sights[2 * p->district->index + a->officer];
}

/* A citizen becomes active or quiet, taking itself and the actives in sight into account.
 * Returns whether it is active. */
static bool decide(const stp_street *s, stp_district_preset *p, uint32_t who)
{
    const stp_rules *r = s->rules;
    const stp_inhabitant *a = &p->people[who];
    const stp_sight *sight = sight_of(s, p, a);
    uint32_t officers = stp_field_sum(p, &p->officers, sight, a->cell),
             actives = 1 + stp_field_sum(p, &p->actives, sight, a->cell);
    bool tabled = officers <= r->max_officers && actives <= r->max_actives;
    uint64_t risk = tabled ? r->risk[(size_t)officers * r->max_actives + actives - 1]
                           : stp_risk(r->arrest_constant, r->ratio, officers, actives);
    bool active = stp_margin(r, s->now, a->hardship, 0) >
                  (int64_t)(a->risk_aversion * risk);
    stp_person_become(s, p, who, active ? STP_ACTIVE : STP_QUIET);
    return active;
}

/* One of the open patches in sight, drawn uniformly; UINT32_MAX if there is none. */
static uint32_t open_patch(const stp_street *s, const stp_district_preset *p,
                           uint32_t who, uint32_t word)
{
    const stp_sight *sight = sight_of(s, p, &p->people[who]);
    uint32_t from = p->people[who].cell, rest,
             open = stp_field_sum(p, &p->open, sight, from);
    if (open == 0)
        return UINT32_MAX;
    return stp_field_find(p, &p->open, sight, from, stp_below(word, open), &rest);
}

static void move(const stp_street *s, stp_district_preset *p, uint32_t who, uint32_t word)
{
    uint32_t to = open_patch(s, p, who, word);
    if (to == UINT32_MAX)
        return;
    stp_patch_leave(s, p, who);
    stp_patch_enter(s, p, who, to);
}

/* Someone in sight of person `who`, drawn uniformly from those whom a field counts
 * (actives or a group); UINT32_MAX if there is nobody. */
static uint32_t someone(const stp_street *s, const stp_district_preset *p, uint32_t who,
                        const stp_field *field, uint32_t word)
{
    const stp_sight *sight = sight_of(s, p, &p->people[who]);
    uint32_t from = p->people[who].cell, rest,
             seen = stp_field_sum(p, field, sight, from);
    if (seen == 0)
        return UINT32_MAX;
    uint32_t cell = stp_field_find(p, field, sight, from, stp_below(word, seen), &rest);
    for (int32_t i = p->first[cell];; i = p->people[i].next) {
        const stp_inhabitant *a = &p->people[i];
        bool counts = field == &p->actives ? a->standing == STP_ACTIVE : !a->officer;
        if (counts && rest-- == 0)
            return (uint32_t)i;
    }
}

/* ---- NetLogo's Rebellion (Wilensky 2004) ---- */

/* An arrest for 0 .. Jmax - 1 steps, 0 being no detention; the officer moves to the
 * suspect. */
static void netlogo_enforce(const stp_street *s, stp_district_preset *p, uint32_t who,
                            const stp_words *words)
{
    uint32_t suspect = someone(s, p, who, &p->actives, words->w[1]);
    if (suspect == UINT32_MAX)
        return;
    uint32_t most = s->rules->max_term;
    p->people[suspect].term = most == UINT32_MAX ? most
                              : most == 0        ? 0
                                                 : stp_below(words->w[2], most);
    stp_person_become(s, p, suspect,
                      p->people[suspect].term > 0 ? STP_DETAINED : STP_QUIET);
    p->tally->counts.arrests++;
    stp_patch_leave(s, p, who);
    stp_patch_enter(s, p, who, p->people[suspect].cell);
}

/* Move, then decide or enforce. Without movement only citizens stand still. An active
 * citizen counts itself twice: as itself, and in sight. */
static void netlogo_turn(const stp_street *s, stp_district_preset *p, uint32_t who,
                         const stp_words *words)
{
    bool officer = p->people[who].officer;
    if (officer || s->rules->moves)
        move(s, p, who, words->w[0]);
    if (officer) {
        netlogo_enforce(s, p, who, words);
        return;
    }
    decide(s, p, who);
}

/* ---- Mesa's Epstein model ---- */

/* Decide or arrest, then move. The detained stay on their patch for a term of 0 .. Jmax
 * turns. */
static void mesa_turn(const stp_street *s, stp_district_preset *p, uint32_t who,
                      const stp_words *words)
{
    stp_inhabitant *a = &p->people[who];
    if (a->officer) {
        uint32_t suspect = someone(s, p, who, &p->actives, words->w[1]);
        if (suspect != UINT32_MAX) {
            uint32_t most = s->rules->max_term;
            p->people[suspect].term = most == UINT32_MAX
                                          ? most
                                          : stp_below(words->w[2], most + 1);
            stp_person_become(s, p, suspect, STP_DETAINED);
            p->tally->counts.arrests++;
        }
    } else {
        p->tally->counts.releases += a->standing == STP_DETAINED;
        decide(s, p, who);
    }
    if (p->people[who].officer ? s->rules->officers_move : s->rules->moves)
        move(s, p, who, words->w[0]);
}

/* ---- Epstein's Model II: two groups (Epstein 2002) ---- */

/* A child on an open patch in sight, with the group and hardship of its parent, and its
 * own risk aversion and lifetime. */
static void clone(const stp_street *s, stp_district_preset *p, uint32_t who)
{
    stp_words life = stp_random(s->world->seed, STP_PURPOSE_LIFE, p->district->index,
                                p->people[who].id, s->step, 1);
    uint32_t cell = life.w[0] < s->rules->cloning ? open_patch(s, p, who, life.w[1])
                                                  : UINT32_MAX;
    if (cell == UINT32_MAX)
        return;
    stp_inhabitant child = p->people[who];
    child.standing = STP_QUIET;
    child.next = STP_NOBODY;
    uint32_t born = stp_person_add(p, child);
    if (born == UINT32_MAX) {
        p->failed = true;
        return;
    }
    p->people[born].risk_aversion =
        stp_traits_of(s->world, p->district, p->people[born].id).risk_aversion;
    stp_words own = stp_random(s->world->seed, STP_PURPOSE_LIFE, p->district->index,
                               p->people[born].id, 0, 0);
    p->people[born].dies = s->step + 1 + stp_below(own.w[1], s->rules->lifetime);
    p->citizens++;
    p->tally->counts.born++;
    stp_patch_enter(s, p, born, cell);
}

static void kill_one(const stp_street *s, stp_district_preset *p, uint32_t who,
                     uint32_t word)
{
    const stp_field *others = &p->groups[1 - p->people[who].group];
    uint32_t victim = someone(s, p, who, others, word);
    if (victim == UINT32_MAX)
        return;
    stp_patch_leave(s, p, victim);
    p->people[victim].standing = STP_DEAD;
    p->citizens--;
    p->tally->counts.killed++;
}

/* Move, then decide (an active kills one of the other group in sight) and maybe have a
 * child; officers, blind to groups, arrest an active. */
static void model_2_turn(const stp_street *s, stp_district_preset *p, uint32_t who,
                         const stp_words *words)
{
    if (p->people[who].officer ? s->rules->officers_move : s->rules->moves)
        move(s, p, who, words->w[0]);
    if (p->people[who].officer) {
        uint32_t suspect = someone(s, p, who, &p->actives, words->w[1]);
        if (suspect == UINT32_MAX)
            return;
        stp_patch_leave(s, p, suspect);
        p->people[suspect].standing = STP_DETAINED;
        p->people[suspect].term = stp_release_step(s->rules, s->step, words->w[2]);
        p->tally->counts.arrests++;
        return;
    }
    if (decide(s, p, who))
        kill_one(s, p, who, words->w[1]);
    clone(s, p, who);
}

void stp_preset_turn(const stp_street *s, stp_district_preset *p, uint32_t who)
{
    stp_inhabitant *a = &p->people[who];
    stp_words words = stp_turn_words(s->world->seed, p->district->index, a->id, s->step);
    if (a->standing == STP_DETAINED) {
        if (s->rules->rule_set != STP_MESA)
            return;
        if (a->term > 0) {
            a->term -= a->term != UINT32_MAX;
            return;
        }
    }
    p->tally->counts.activations++;
    switch (s->rules->rule_set) {
    case STP_NETLOGO: netlogo_turn(s, p, who, &words); break;
    case STP_MESA: mesa_turn(s, p, who, &words); break;
    default: model_2_turn(s, p, who, &words); break;
    }
}
