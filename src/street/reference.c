/* The reference engine: one record per agent, one grid per district, loops over the cells
 * in sight. Plain and slow; the fast engine must be bit-identical. */
#include "base/digest.h"
#include "street/schedule.h"
#include "street/street.h"

#include <stdlib.h>

enum { EMPTY = -1 };

typedef struct agent {
    stp_traits traits;
    uint32_t where;   /* cell at liberty or on the street; step of release in detention */
    uint8_t standing; /* stp_standing */
} agent;

typedef struct district_state {
    const stp_district *district;
    agent *agents;   /* citizens, then officers */
    int32_t *grid;   /* agent in each cell, or EMPTY */
    uint32_t *order; /* agents of the district or tile, in the order of their turns */
    uint32_t posted; /* officers posted; some of them may have fallen or left */
} district_state;

struct stp_street {
    const stp_world *world;
    const stp_rules *rules;
    district_state *districts;
    const stp_stop *stop;
    /* of the step under way */
    uint32_t step;
    const stp_conditions *now;
    stp_tally *tally;
};

static bool is_officer(const district_state *t, uint32_t id)
{
    return id >= t->district->citizens;
}

static bool has_turn(const agent *a)
{
    return a->standing == STP_QUIET || a->standing == STP_ACTIVE ||
           a->standing == STP_VIOLENT || a->standing == STP_OFFICER ||
           a->standing == STP_STANDING_BY;
}

/* An officer who fell or left for good. */
static bool is_gone(const agent *a)
{
    return a->standing == STP_DEAD || a->standing == STP_WOUNDED ||
           a->standing == STP_DEFECTED;
}

/* ---- arrivals and departures ---- */

/* See stp_candidate. */
static uint32_t find_empty(const stp_street *s, const district_state *t, uint32_t id,
                           uint32_t step)
{
    uint32_t cell = 0;
    for (uint32_t attempt = 0; attempt < STP_ATTEMPTS; attempt++) {
        cell = stp_candidate(s->world->seed, t->district, id, step, attempt);
        if (t->grid[cell] == EMPTY)
            return cell;
    }
    while (t->grid[cell] != EMPTY)
        cell = (cell + 1) % t->district->cells;
    return cell;
}

static void put(const stp_street *s, district_state *t, uint32_t id,
                stp_standing standing, uint32_t step)
{
    uint32_t cell = find_empty(s, t, id, step);
    t->grid[cell] = (int32_t)id;
    t->agents[id].where = cell;
    t->agents[id].standing = (uint8_t)standing;
}

static void set_officers(const stp_street *s, district_state *t, uint32_t officers,
                         uint32_t step)
{
    uint32_t first = t->district->citizens;
    for (; t->posted < officers; t->posted++)
        if (!is_gone(&t->agents[first + t->posted]))
            put(s, t, first + t->posted, STP_OFFICER, step);
    while (t->posted > officers) {
        agent *a = &t->agents[first + --t->posted];
        if (is_gone(a))
            continue;
        t->grid[a->where] = EMPTY;
        a->where = 0;
        a->standing = STP_OFF_DUTY;
    }
}

static void go_home(agent *a)
{
    a->standing = STP_AT_HOME;
    a->where = 0;
}

/* Citizens at home who would act if no officer were in sight come to the street. */
static void come(const stp_street *s, district_state *t, uint32_t step)
{
    for (uint32_t id = 0; id < t->district->citizens; id++) {
        const agent *a = &t->agents[id];
        if (a->standing == STP_AT_HOME &&
            stp_is_drawn(s->rules, s->now, a->traits.hardship, a->traits.group))
            put(s, t, id, STP_QUIET, step);
    }
}

static void release(stp_street *s, district_state *t)
{
    const stp_district *d = t->district;
    for (uint32_t id = 0; id < d->citizens; id++) {
        agent *a = &t->agents[id];
        if (a->standing != STP_DETAINED || a->where > s->step || a->where == UINT32_MAX)
            continue;
        if (s->world->home)
            go_home(a);
        else
            put(s, t, id, STP_QUIET, s->step);
        s->tally->counts.releases++;
    }
}

/* ---- one turn ---- */

static uint32_t cell_at(const stp_district *d, uint32_t from, int dx, int dy)
{
    int width = (int)d->width, height = (int)d->height;
    int x = ((int)(from % d->width) + dx + width) % width;
    int y = ((int)(from / d->width) + dy + height) % height;
    return (uint32_t)(y * width + x);
}

static int standing_at(const district_state *t, uint32_t cell)
{
    return t->grid[cell] == EMPTY ? EMPTY : t->agents[t->grid[cell]].standing;
}

/* wanted: a standing, or EMPTY; the violent are active, too. */
static bool matches(int there, int wanted)
{
    return there == wanted || (wanted == STP_ACTIVE && there == STP_VIOLENT);
}

/* Agents of a standing (or EMPTY cells) in sight from a cell. */
static uint32_t count_in_sight(const district_state *t, const stp_disc *disc,
                               uint32_t from, int standing)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < disc->count; i++) {
        uint32_t cell = cell_at(t->district, from, disc->dx[i], disc->dy[i]);
        count += matches(standing_at(t, cell), standing);
    }
    return count;
}

/* The k-th (from 0) of them. */
static uint32_t pick_in_sight(const district_state *t, const stp_disc *disc,
                              uint32_t from, int standing, uint32_t k)
{
    for (uint32_t i = 0;; i++) {
        uint32_t cell = cell_at(t->district, from, disc->dx[i], disc->dy[i]);
        if (matches(standing_at(t, cell), standing) && k-- == 0)
            return cell;
    }
}

static void move(district_state *t, const stp_disc *disc, uint32_t id, uint32_t word)
{
    agent *a = &t->agents[id];
    uint32_t empty = count_in_sight(t, disc, a->where, EMPTY);
    if (empty == 0)
        return;
    uint32_t to = pick_in_sight(t, disc, a->where, EMPTY, stp_below(word, empty));
    t->grid[a->where] = EMPTY;
    t->grid[to] = (int32_t)id;
    a->where = to;
}

/* Take the agent in a cell off the lattice. where: see agent. */
static void remove_from(district_state *t, uint32_t cell, stp_standing standing,
                        uint32_t where)
{
    agent *a = &t->agents[t->grid[cell]];
    a->standing = (uint8_t)standing;
    a->where = where;
    t->grid[cell] = EMPTY;
}

static void attack(const stp_street *s, district_state *t, uint32_t id, uint32_t officers)
{
    const stp_disc *disc = &t->district->citizen_disc;
    uint32_t from = t->agents[id].where;
    uint32_t violent = 1 + count_in_sight(t, disc, from, STP_VIOLENT);
    stp_words words = stp_force_words(s->world->seed, t->district->index, id, s->step);
    if (officers == 0 || words.w[0] >= stp_attack_share(s->rules, violent, officers))
        return;
    uint32_t cell = pick_in_sight(t, disc, from, STP_OFFICER,
                                  stp_below(words.w[1], officers));
    bool kills = words.w[2] < s->rules->attack_lethality;
    remove_from(t, cell, kills ? STP_DEAD : STP_WOUNDED, 0);
    s->tally->counts.officers_killed += kills;
    s->tally->counts.officers_wounded += !kills;
}

static void decide(const stp_street *s, district_state *t, uint32_t id, uint32_t word)
{
    const stp_disc *disc = &t->district->citizen_disc;
    agent *a = &t->agents[id];
    uint32_t officers = count_in_sight(t, disc, a->where, STP_OFFICER);
    uint32_t seen = count_in_sight(t, disc, a->where, STP_ACTIVE);
    uint32_t actives = stp_perceived_actives(s->rules, s->now, seen, word);
    int64_t margin = stp_margin(s->rules, s->now, a->traits.hardship, a->traits.group);
    bool able = !(a->traits.group & STP_UNABLE);
    bool active = able && stp_is_active(s->rules, margin, a->traits.risk_aversion,
                                        officers, actives);
    bool violent = able && stp_is_active(s->rules, margin - s->rules->violence,
                                         a->traits.risk_aversion, officers, actives);
    a->standing = violent ? STP_VIOLENT : active ? STP_ACTIVE : STP_QUIET;
    if (violent)
        attack(s, t, id, officers);
}

/* The officer may shoot at the suspect in a cell, who dies, or is wounded and quiet.
 * Returns whether it shoots. */
static bool shoot(const stp_street *s, district_state *t, uint32_t id, uint32_t cell)
{
    agent *suspect = &t->agents[t->grid[cell]];
    if (!s->rules->force || (suspect->standing != STP_VIOLENT && !s->now->shot_at_all))
        return false;
    stp_words words = stp_force_words(s->world->seed, t->district->index, id, s->step);
    if (words.w[0] >= s->now->shot)
        return false;
    if (words.w[1] < s->rules->lethality) {
        remove_from(t, cell, STP_DEAD, 0);
        s->tally->counts.killed++;
    } else {
        suspect->standing = STP_QUIET;
        s->tally->counts.wounded++;
    }
    return true;
}

/* The officer acts on one of the violent in sight or, without any, of the active. */
static void arrest(const stp_street *s, district_state *t, uint32_t id,
                   const stp_words *words)
{
    const stp_disc *disc = &t->district->officer_disc;
    uint32_t from = t->agents[id].where;
    if (words->w[3] >= s->rules->arrest_share)
        return;
    stp_standing whom = STP_VIOLENT;
    uint32_t seen = count_in_sight(t, disc, from, STP_VIOLENT);
    if (seen == 0) {
        whom = STP_ACTIVE;
        seen = count_in_sight(t, disc, from, STP_ACTIVE);
    }
    if (seen == 0)
        return;
    uint32_t cell = pick_in_sight(t, disc, from, whom, stp_below(words->w[1], seen));
    if (shoot(s, t, id, cell))
        return;
    remove_from(t, cell, STP_DETAINED, stp_release_step(s->rules, s->step, words->w[2]));
    s->tally->counts.arrests++;
}

static void act(const stp_street *s, district_state *t, uint32_t id,
                const stp_words *words)
{
    if (is_officer(t, id))
        arrest(s, t, id, words);
    else
        decide(s, t, id, words->w[1]);
}

/* Does the officer obey? If not, it stands by or leaves. */
static bool obeys(const stp_street *s, district_state *t, uint32_t id)
{
    const stp_district *d = t->district;
    agent *a = &t->agents[id];
    stp_duty duty = stp_duty_of(s->now, s->world->seed, d->index, id, id - d->citizens);
    if (duty == STP_LEAVES) {
        remove_from(t, a->where, STP_DEFECTED, 0);
        s->tally->counts.officers_left++;
    } else {
        a->standing = duty == STP_OBEYS ? STP_OFFICER : STP_STANDING_BY;
    }
    return duty == STP_OBEYS;
}

/* Does the citizen go home at its turn? Until then it may be arrested. */
static bool leaves(const stp_street *s, district_state *t, uint32_t id)
{
    agent *a = &t->agents[id];
    if (!s->world->home || is_officer(t, id) ||
        stp_is_drawn(s->rules, s->now, a->traits.hardship, a->traits.group))
        return false;
    t->grid[a->where] = EMPTY;
    go_home(a);
    return true;
}

static void take_turn(const stp_street *s, district_state *t, uint32_t id)
{
    const stp_district *d = t->district;
    const stp_disc *disc = is_officer(t, id) ? &d->officer_disc : &d->citizen_disc;
    if (!has_turn(&t->agents[id]) || leaves(s, t, id))
        return;
    if (s->rules->force && is_officer(t, id) && !obeys(s, t, id)) {
        s->tally->counts.activations += t->agents[id].standing == STP_STANDING_BY;
        return;
    }
    stp_words words = stp_turn_words(s->world->seed, d->index, id, s->step);
    if (s->rules->acts_first)
        act(s, t, id, &words);
    if (is_officer(t, id) ? s->rules->officers_move : s->rules->moves)
        move(t, disc, id, words.w[0]);
    if (!s->rules->acts_first)
        act(s, t, id, &words);
    s->tally->counts.activations++;
}

/* ---- the two schedules ---- */

static void shuffle_and_go(const stp_street *s, district_state *t, uint32_t tile,
                           uint32_t *order, uint32_t count)
{
    stp_shuffle shuffle = stp_shuffle_begin(s->world->seed, t->district->index, tile,
                                            s->step);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t id = stp_shuffle_deal(&shuffle, order, i, count);
        if (stp_stop_asked(s->stop))
            return;
        take_turn(s, t, id);
    }
}

static void go_sequential(const stp_street *s, district_state *t)
{
    uint32_t count = 0;
    for (uint32_t id = 0; id < t->district->citizens + t->posted; id++)
        if (!s->world->home || has_turn(&t->agents[id]))
            t->order[count++] = id;
    shuffle_and_go(s, t, 0, t->order, count);
}

/* Drop those from a tile's list who were arrested since the step began. */
static uint32_t drop_detained(const district_state *t, uint32_t *order, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (has_turn(&t->agents[order[i]]))
            order[kept++] = order[i];
    return kept;
}

static void go_tiles(const stp_street *s, district_state *t)
{
    const stp_district *d = t->district;
    uint32_t tiles = d->tiles_x * d->tiles_y;
    stp_tiling tiling = stp_tiling_draw(s->world, d, s->step);
    /* Lists of all tiles, one after another, of those who stand there as the step
     * begins. */
    uint32_t *starts = t->order + d->cells, count = 0;
    for (uint32_t k = 0; k < tiles; k++) {
        stp_tile tile = stp_tile_of(d, &tiling, k);
        starts[k] = count;
        for (uint32_t y = 0; y < tile.height; y++) {
            for (uint32_t x = 0; x < tile.width; x++) {
                uint32_t cell = (tile.y + y) % d->height * d->width +
                                (tile.x + x) % d->width;
                if (t->grid[cell] != EMPTY)
                    t->order[count++] = (uint32_t)t->grid[cell];
            }
        }
    }
    starts[tiles] = count;
    for (int phase = 0; phase < 4; phase++) {
        for (uint32_t k = 0; k < tiles; k++) {
            if (stp_tile_colour(d, k) != tiling.colours[phase])
                continue;
            uint32_t *order = t->order + starts[k];
            shuffle_and_go(s, t, k, order,
                           drop_detained(t, order, starts[k + 1] - starts[k]));
        }
    }
}

/* ---- the engine ---- */

static void count(const district_state *t, stp_tally *tally)
{
    const stp_district *d = t->district;
    tally->counts.citizens = d->citizens;
    for (uint32_t id = 0; id < d->citizens + d->max_officers; id++) {
        const agent *a = &t->agents[id];
        tally->counts.active += matches(a->standing, STP_ACTIVE);
        tally->counts.violent += a->standing == STP_VIOLENT;
        tally->counts.citizens -= id < d->citizens && a->standing == STP_DEAD;
        tally->counts.officers += is_officer(t, id) && has_turn(a);
        tally->counts.obeying += a->standing == STP_OFFICER;
        tally->counts.detained += a->standing == STP_DETAINED;
        tally->counts.on_street += !is_officer(t, id) && has_turn(a);
        if (a->standing != STP_OFF_DUTY && a->standing != STP_AT_HOME)
            tally->digest += stp_agent_hash(d->index, id, (stp_standing)a->standing,
                                            a->where);
    }
}

static void reference_free(stp_street *s)
{
    if (!s)
        return;
    for (size_t i = 0; s->districts && i < s->world->count; i++) {
        free(s->districts[i].agents);
        free(s->districts[i].grid);
        free(s->districts[i].order);
    }
    free(s->districts);
    free(s);
}

static bool make_district(const stp_street *s, district_state *t, const stp_district *d)
{
    size_t most = (size_t)d->citizens + d->max_officers;
    t->district = d;
    t->agents = calloc(most, sizeof *t->agents);
    t->grid = malloc(d->cells * sizeof *t->grid);
    t->order = calloc((size_t)d->cells + (size_t)d->tiles_x * d->tiles_y + 1,
                      sizeof *t->order);
    if (!t->agents || !t->grid || !t->order)
        return false;
    for (uint32_t cell = 0; cell < d->cells; cell++)
        t->grid[cell] = EMPTY;
    for (uint32_t id = 0; id < d->citizens; id++) {
        if (stp_stop_asked(s->stop))
            return false;
        t->agents[id].traits = stp_traits_of(s->world, d, id);
        if (s->world->home)
            go_home(&t->agents[id]);
        else
            put(s, t, id, STP_QUIET, 0);
    }
    for (uint32_t id = d->citizens; id < most; id++)
        t->agents[id].standing = STP_OFF_DUTY;
    set_officers(s, t, s->now->officers, 0);
    if (s->world->home)
        come(s, t, 0);
    return true;
}

static bool make_districts(stp_street *s, const stp_conditions *conditions)
{
    s->districts = calloc(s->world->count, sizeof *s->districts);
    bool made = s->districts != NULL;
    for (size_t i = 0; i < s->world->count && made; i++) {
        s->now = &conditions[i];
        made = make_district(s, &s->districts[i], &s->world->districts[i]);
    }
    return made && !stp_stop_asked(s->stop);
}

static int reference_create(steppe_context *context, const stp_world *world,
                            const stp_rules *rules, const stp_conditions *conditions,
                            const stp_engine_options *options, stp_street **street)
{
    stp_street *s = *street = calloc(1, sizeof *s);
    if (!s)
        return stp_no_memory(context);
    *s = (stp_street){.world = world, .rules = rules, .stop = options->stop};
    if (make_districts(s, conditions))
        return STEPPE_OK;
    reference_free(s);
    *street = NULL;
    return stp_fail_setup(context, options->stop);
}

static int reference_step(stp_street *s, uint32_t step, const stp_conditions *conditions,
                          stp_tally *tallies)
{
    s->step = step;
    for (size_t i = 0; i < s->world->count; i++) {
        district_state *t = &s->districts[i];
        s->now = &conditions[i];
        s->tally = &tallies[i];
        *s->tally = (stp_tally){0};
        set_officers(s, t, conditions[i].officers, step);
        if (s->world->home)
            come(s, t, step);
        if (t->district->tiled)
            go_tiles(s, t);
        else
            go_sequential(s, t);
        if (stp_stop_asked(s->stop))
            return STEPPE_STOPPED;
        release(s, t);
        count(t, s->tally);
    }
    return STEPPE_OK;
}

static void reference_tally(const stp_street *s, size_t district, stp_tally *tally)
{
    *tally = (stp_tally){0};
    count(&s->districts[district], tally);
}

static const char *reference_violation(const stp_street *s, size_t district)
{
    const district_state *t = &s->districts[district];
    const stp_district *d = t->district;
    uint32_t present = 0, people = 0;
    for (uint32_t cell = 0; cell < d->cells; cell++) {
        if (t->grid[cell] == EMPTY)
            continue;
        present++;
        if (t->agents[t->grid[cell]].where != cell ||
            !has_turn(&t->agents[t->grid[cell]]))
            return "someone stands where they are not";
    }
    for (uint32_t id = 0; id < d->citizens + d->max_officers; id++) {
        const agent *a = &t->agents[id];
        bool on_street = a->standing == STP_OFFICER || a->standing == STP_STANDING_BY,
             off_duty = a->standing == STP_OFF_DUTY,
             posted = id < d->citizens + t->posted;
        people += has_turn(a);
        if (is_officer(t, id)
                ? !is_gone(a) && (on_street != posted || on_street == off_duty)
                : on_street || off_duty)
            return "a citizen or officer has another's standing";
    }
    return people == present ? NULL : "someone is nowhere, or in two places";
}

static void reference_visit(const stp_street *s, size_t district, steppe_visitor visitor,
                            void *user)
{
    const district_state *t = &s->districts[district];
    for (uint32_t cell = 0; cell < t->district->cells; cell++) {
        if (t->grid[cell] == EMPTY)
            continue;
        uint32_t id = (uint32_t)t->grid[cell];
        bool active = matches(t->agents[id].standing, STP_ACTIVE);
        steppe_agent seen = stp_agent_seen(s->world, t->district, id, cell, active);
        visitor(&seen, user);
    }
}

static int reference_calm(stp_street *s, size_t district, const stp_conditions *now,
                          stp_calm *calm)
{
    const district_state *t = &s->districts[district];
    *calm = (stp_calm){0};
    for (uint32_t id = 0; id < t->district->citizens; id++)
        if (t->agents[id].standing == STP_QUIET || t->agents[id].standing == STP_AT_HOME)
            stp_calm_add(calm, now, t->agents[id].traits, 1);
    return STEPPE_OK;
}

const stp_engine STP_REFERENCE = {.name = "reference",
                                  .create = reference_create,
                                  .step = reference_step,
                                  .tally = reference_tally,
                                  .violation = reference_violation,
                                  .visit = reference_visit,
                                  .free = reference_free,
                                  .calm = reference_calm};
