/* Coming, going and counting with presence `home`, and the order in which a step finds people. */
#include "street/home.h"

#include <stdlib.h>

/* ---- records ---- */

static bool make_room(stp_home_town *t, size_t more)
{
    size_t wanted = (size_t)t->count + more;
    if (wanted <= t->capacity)
        return true;
    size_t capacity = wanted + wanted / 4 + 64;
    uint32_t *who = realloc(t->who, capacity * sizeof *who);
    if (who)
        t->who = who;
    stp_spot *at = realloc(t->at, capacity * sizeof *at);
    if (at)
        t->at = at;
    _Atomic uint8_t *standing = realloc(t->standing, capacity * sizeof *standing);
    if (standing)
        t->standing = standing;
    if (!who || !at || !standing)
        return false;
    t->capacity = (uint32_t)capacity;
    return true;
}

static bool is_free(const stp_home_town *t, stp_spot spot)
{
    return !stp_plane_get(t->occupied, &t->grid, stp_spot_x(spot), stp_spot_y(spot));
}

static stp_spot spot_of(const stp_district *d, uint32_t cell)
{
    return stp_spot_at(cell % d->width, cell / d->width);
}

static stp_spot find_empty(const stp_street *s, const stp_home_town *t, uint32_t id,
                           uint32_t step)
{
    const stp_district *d = t->district;
    uint32_t cell = 0;
    for (uint32_t attempt = 0; attempt < STP_ATTEMPTS; attempt++) {
        cell = stp_candidate(s->world->seed, d, id, step, attempt);
        if (is_free(t, spot_of(d, cell)))
            return spot_of(d, cell);
    }
    while (!is_free(t, spot_of(d, cell)))
        cell = (cell + 1) % d->cells;
    return spot_of(d, cell);
}

/* There is room for the record. */
static void put(const stp_street *s, stp_home_town *t, uint32_t who)
{
    stp_spot spot = find_empty(s, t, who & STP_IDENTITY, s->step);
    bool officer = (who & STP_IS_OFFICER) != 0;
    stp_plane_set(t->occupied, &t->grid, stp_spot_x(spot), stp_spot_y(spot), true);
    if (officer)
        stp_plane_set(t->police, &t->grid, stp_spot_x(spot), stp_spot_y(spot), true);
    t->who[t->count] = who;
    t->at[t->count] = spot;
    stp_home_set(t, t->count++, officer ? STP_OFFICER : STP_QUIET);
}

/* Copy record `from` to place `to`. */
static void shift(stp_home_town *t, uint32_t to, uint32_t from)
{
    t->who[to] = t->who[from];
    t->at[to] = t->at[from];
    stp_home_set(t, to, (stp_standing)t->standing[from]);
}

/* ---- who comes ---- */

/* Take the officers from identity `first` on off the street. */
static void withdraw(stp_home_town *t, uint32_t first)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        uint32_t x = stp_spot_x(t->at[i]), y = stp_spot_y(t->at[i]);
        if (!(t->who[i] & STP_IS_OFFICER) || (t->who[i] & STP_IDENTITY) < first) {
            shift(t, kept++, i);
            continue;
        }
        stp_plane_set(t->occupied, &t->grid, x, y, false);
        stp_plane_set(t->police, &t->grid, x, y, false);
    }
    t->count = t->sorted = kept;
}

/* Where an epoch begins, every officer draws whether it will obey. */
static void draw_duties(const stp_street *s, stp_home_town *t, uint32_t epoch)
{
    const uint32_t first = t->district->citizens, most = t->district->officers_most;
    const stp_stream stream = {s->world->seed, STP_PURPOSE_OBEY, t->district->index,
                               epoch};
    uint32_t ids[STP_DEAL], words[4][STP_DEAL];
    if (epoch == t->epoch || !t->duties)
        return;
    for (uint32_t k = 0; k < most; k += STP_DEAL) {
        uint32_t count = most - k < STP_DEAL ? most - k : STP_DEAL;
        for (uint32_t i = 0; i < STP_DEAL; i++)
            ids[i] = first + k + i;
        s->level->draws(&stream, ids, count, words);
        memcpy(t->duties + k, words[0], count * sizeof *t->duties);
    }
    t->epoch = epoch;
}

static bool set_officers(const stp_street *s, stp_home_town *t, uint32_t officers)
{
    uint32_t first = t->district->citizens;
    if (officers < t->on_street)
        withdraw(t, first + officers);
    else if (!make_room(t, officers - t->on_street))
        return false;
    for (uint32_t i = t->on_street; i < officers; i++)
        if (!t->district_summaries || t->district_summaries[i] == 0)
            put(s, t, STP_PRESENT | STP_IS_OFFICER | (first + i));
    for (uint32_t i = officers; t->district_summaries && i < t->on_street; i++)
        t->gone -= t->district_summaries[i] != 0;
    for (uint32_t i = t->on_street; t->district_summaries && i < officers; i++)
        t->gone += t->district_summaries[i] != 0;
    t->on_street = officers;
    return true;
}

/* Of those released at the end of the last step, those whom the mark will not pass on its way: it was below
 * them before. */
static bool released_come(const stp_street *s, stp_home_town *t,
                          const stp_conditions *now)
{
    for (size_t i = 0; i < t->released_count; i++) {
        uint32_t id = t->released[i];
        stp_traits born = stp_traits_of(s->world, t->district, id);
        if (stp_is_drawn(s->rules, now, born.hardship, born.group) &&
            stp_crowd_had(&t->crowd, born.hardship, born.group) &&
            !stp_crowd_add(&t->crowd, (uint32_t)born.group << STP_GROUP_SHIFT | id))
            return false;
    }
    t->released_count = 0;
    return true;
}

static bool citizens_come(const stp_street *s, stp_home_town *t)
{
    const stp_conditions *now = &s->conditions[t->district->index];
    t->crowd.coming_count = 0;
    if (!released_come(s, t, now) ||
        !stp_crowd_move(&t->crowd, s->world, t->district, s->rules, now, t->away,
                        s->level, s->stop) ||
        !make_room(t, t->crowd.coming_count))
        return false;
    stp_crowd_sort(&t->crowd);
    for (uint32_t i = 0; i < t->crowd.coming_count; i++)
        put(s, t, STP_PRESENT | t->crowd.coming[i]);
    return true;
}

/* ---- the order of a step ---- */

static bool make_sorting_room(stp_home_worker *w, size_t records, size_t counters)
{
    w->sorting = stp_home_renew(w->sorting, &w->sorting_room, records,
                                sizeof *w->sorting);
    w->counters = stp_home_renew(w->counters, &w->counter_room, counters,
                                 sizeof *w->counters);
    return records <= w->sorting_room && counters <= w->counter_room;
}

static bool make_places(stp_home_worker *w, size_t records)
{
    w->places = stp_home_renew(w->places, &w->place_room, records, sizeof *w->places);
    return records <= w->place_room;
}

static stp_home_record take(const stp_home_town *t, uint32_t i, uint32_t key)
{
    return (stp_home_record){key, t->who[i], t->at[i], t->standing[i]};
}

static void lay(stp_home_town *t, uint32_t place, stp_home_record record)
{
    t->who[place] = record.who;
    t->at[place] = record.at;
    stp_home_set(t, place, (stp_standing)record.standing);
}

static int by_key(const void *a, const void *b)
{
    uint32_t x = ((const stp_home_record *)a)->key, y = ((const stp_home_record *)b)->key;
    return (x > y) - (x < y);
}

/* Citizens by identity, then officers, whose identities are higher. */
static bool sort_by_identity(stp_home_town *t, stp_home_worker *w)
{
    if (t->sorted == t->count)
        return true;
    if (!make_sorting_room(w, t->count, 0))
        return false;
    for (uint32_t i = 0; i < t->count; i++)
        w->sorting[i] = take(t, i, t->who[i] & STP_IDENTITY);
    qsort(w->sorting, t->count, sizeof *w->sorting, by_key);
    for (uint32_t i = 0; i < t->count; i++)
        lay(t, i, w->sorting[i]);
    t->sorted = t->count;
    return true;
}

/* Where on the torus a spot is, counted from the tiling's offset; row << 16 | column. */
static uint32_t place_from(const stp_home_town *t, stp_spot spot)
{
    const stp_district *d = t->district;
    uint32_t x = stp_spot_x(spot) - t->tiling.x, y = stp_spot_y(spot) - t->tiling.y;
    /* Below zero is above everything: the lesser one is right, without a branch. */
    x = x < x + d->width ? x : x + d->width;
    y = y < y + d->height ? y : y + d->height;
    return y << 16 | x;
}

static uint32_t tile_at(const stp_home_town *t, uint32_t place)
{
    return t->tile_rows[place >> 16] * t->district->tiles_x +
           t->tile_columns[place & 0xffff];
}

/* Where the records are, and how many are in each row and in each tile: where these begin. rows, t->starts: one
 * entry more than there are, the first of them 0. */
static void count_places(stp_home_town *t, uint32_t *restrict places, uint32_t *rows)
{
    const uint32_t tiles = t->district->tiles_x * t->district->tiles_y;
    const uint32_t height = t->district->height;
    memset(rows, 0, ((size_t)height + 1) * sizeof *rows);
    memset(t->starts, 0, ((size_t)tiles + 1) * sizeof *t->starts);
    for (uint32_t i = 0; i < t->count; i++)
        places[i] = place_from(t, t->at[i]);
    for (uint32_t i = 0; i < t->count; i++) {
        rows[(places[i] >> 16) + 1]++;
        t->starts[tile_at(t, places[i]) + 1]++;
    }
    for (uint32_t k = 0; k < height; k++)
        rows[k + 1] += rows[k];
    for (uint32_t k = 0; k < tiles; k++)
        t->starts[k + 1] += t->starts[k];
}

/* Tile by tile, and row by row within each: dealt to their rows first, then to their tiles; of those in one
 * row of a tile the left one goes first. */
static bool sort_by_tile(stp_home_town *t, stp_home_worker *w)
{
    const uint32_t tiles = t->district->tiles_x * t->district->tiles_y;
    if (!make_sorting_room(w, t->count, (size_t)t->district->height + 1 + tiles) ||
        !make_places(w, t->count))
        return false;
    uint32_t *rows = w->counters, *ends = rows + t->district->height + 1;
    count_places(t, w->places, rows);
    for (uint32_t i = 0; i < t->count; i++)
        w->sorting[rows[w->places[i] >> 16]++] = take(t, i, w->places[i]);
    memcpy(ends, t->starts, tiles * sizeof *ends);
    for (uint32_t i = 0; i < t->count; i++) {
        const stp_home_record r = w->sorting[i];
        uint32_t tile = tile_at(t, r.key), k = ends[tile]++;
        for (; k > t->starts[tile] && w->places[k - 1] > r.key; k--) {
            shift(t, k, k - 1);
            w->places[k] = w->places[k - 1];
        }
        lay(t, k, r);
        w->places[k] = r.key;
    }
    return true;
}

/* ---- finding ---- */

/* Of a tile's records; UINT32_MAX if the spot is none of theirs. */
static uint32_t find_between(const stp_home_town *t, stp_spot spot, uint32_t first,
                             uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (t->at[i] == spot && stp_home_is_there(t, i))
            return i;
    return UINT32_MAX;
}

/* Who stands there has moved up to `reach` since the step began: it began in one of the tiles that are so
 * near. */
uint32_t stp_home_find(const stp_home_town *t, stp_spot spot)
{
    const stp_district *d = t->district;
    if (!d->tiled)
        return find_between(t, spot, 0, t->count);
    uint32_t place = place_from(t, spot), reach = t->grid.reach;
    uint32_t found = find_between(t, spot, t->starts[tile_at(t, place)],
                                  t->starts[tile_at(t, place) + 1]);
    for (uint32_t k = 0; k < 9 && found == UINT32_MAX; k++) {
        uint32_t x = ((place & 0xffff) + d->width + k % 3 * reach - reach) % d->width;
        uint32_t y = ((place >> 16) + d->height + k / 3 * reach - reach) % d->height;
        uint32_t tile = tile_at(t, y << 16 | x);
        found = find_between(t, spot, t->starts[tile], t->starts[tile + 1]);
    }
    return found;
}

bool stp_home_begin(const stp_street *s, stp_home_town *t, stp_home_worker *w)
{
    const stp_conditions *now = &s->conditions[t->district->index];
    t->tally = (stp_tally){0};
    draw_duties(s, t, now->epoch);
    if (!set_officers(s, t, now->officers) || !citizens_come(s, t))
        return false;
    if (!t->district->tiled)
        return sort_by_identity(t, w);
    t->tiling = stp_tiling_draw(s->world, t->district, s->step);
    return sort_by_tile(t, w);
}

/* ---- the end of a step ---- */

static void set_away(stp_home_town *t, uint32_t id, bool away)
{
    uint64_t bit = (uint64_t)1 << id % 64;
    t->away[id / 64] = away ? t->away[id / 64] | bit : t->away[id / 64] & ~bit;
}

static bool detain_and_release(const stp_street *s, stp_home_town *t)
{
    const stp_district *d = t->district;
    for (uint32_t i = 0; i < t->on_street; i++)
        if (t->caught[i].release != 0)
            set_away(t, t->caught[i].id, true);
    if (!stp_ward_admit(&t->ward, d->index, t->caught, t->on_street))
        return false;
    size_t most = stp_ward_due_most(&t->ward, s->step);
    if (most > t->released_capacity) {
        size_t capacity = most + most / 4 + 16;
        uint32_t *released = realloc(t->released, capacity * sizeof *released);
        if (!released)
            return false;
        t->released = released;
        t->released_capacity = capacity;
    }
    t->released_count = stp_ward_let_go(&t->ward, d->index, s->step, t->released);
    for (size_t i = 0; i < t->released_count; i++)
        set_away(t, t->released[i], false);
    t->tally.counts.releases = t->released_count;
    return true;
}

void stp_home_count(const stp_home_town *t, stp_tally *tally)
{
    const uint32_t district = t->district->index, width = t->district->width;
    uint64_t digest = 0, officers = 0, active = 0, violent = 0, obeying = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        uint8_t standing = t->standing[i];
        uint32_t cell = stp_spot_y(t->at[i]) * width + stp_spot_x(t->at[i]);
        digest += stp_agent_hash(district, t->who[i] & STP_IDENTITY,
                                 (stp_standing)standing, cell);
        officers += (t->who[i] & STP_IS_OFFICER) != 0;
        active += standing == STP_ACTIVE || standing == STP_VIOLENT;
        violent += standing == STP_VIOLENT;
        obeying += standing == STP_OFFICER;
    }
    tally->digest += digest + t->ward.digest + t->gone_digest;
    tally->counts.active = active;
    tally->counts.violent = violent;
    tally->counts.obeying = obeying;
    tally->counts.officers = officers;
    tally->counts.on_street = t->count - officers;
    tally->counts.detained = stp_ward_count(&t->ward);
    tally->counts.citizens = t->district->citizens - t->ward.dead;
}

bool stp_home_end(const stp_street *s, stp_home_town *t)
{
    uint32_t kept = 0;
    if (!detain_and_release(s, t))
        return false;
    for (uint32_t i = 0; i < t->count; i++)
        if (stp_home_is_there(t, i)) {
            if (kept != i)
                shift(t, kept, i);
            kept++;
        }
    t->count = t->sorted = kept;
    stp_home_count(t, &t->tally);
    return true;
}
