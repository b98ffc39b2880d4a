/* Arrivals, departures and counting with presence `home`, and the order of the
 * records. */
#include "street/home.h"

#include <stdlib.h>

/* ---- records ---- */

static bool make_room(stp_district_home *t, size_t more)
{
    size_t wanted = (size_t)t->count + more;
    if (wanted <= t->capacity)
        return true;
    size_t capacity = wanted + wanted / 4 + 64;
    uint32_t *who = realloc(t->who, capacity * sizeof *who);
    if (who)
        t->who = who;
    stp_coord *at = realloc(t->at, capacity * sizeof *at);
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

/* make_room comes first. */
static void put(const stp_street *s, stp_district_home *t, uint32_t who)
{
    stp_coord coord = stp_find_empty(s->world, t->district, &t->grid, t->occupied,
                                     who & STP_IDENTITY, s->step, NULL);
    uint32_t x = stp_coord_x(coord), y = stp_coord_y(coord);
    bool officer = (who & STP_IS_OFFICER) != 0;
    stp_plane_set(t->occupied, &t->grid, x, y, true);
    if (officer)
        stp_plane_set(t->police, &t->grid, x, y, true);
    t->who[t->count] = who;
    t->at[t->count] = coord;
    stp_home_set(t, t->count++, officer ? STP_OFFICER : STP_QUIET);
}

static void shift(stp_district_home *t, uint32_t to, uint32_t from)
{
    t->who[to] = t->who[from];
    t->at[to] = t->at[from];
    stp_home_set(t, to, (stp_standing)t->standing[from]);
}

/* ---- arrivals and withdrawals ---- */

/* Take the officers of identity `first` and above off the street. */
static void withdraw(stp_district_home *t, uint32_t first)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        uint32_t x = stp_coord_x(t->at[i]), y = stp_coord_y(t->at[i]);
        if (!(t->who[i] & STP_IS_OFFICER) || (t->who[i] & STP_IDENTITY) < first) {
            shift(t, kept++, i);
            continue;
        }
        stp_plane_set(t->occupied, &t->grid, x, y, false);
        stp_plane_set(t->police, &t->grid, x, y, false);
    }
    t->count = t->sorted = kept;
}

/* At the beginning of an epoch every officer draws whether it will obey. */
static void draw_duties(const stp_street *s, stp_district_home *t, uint32_t epoch)
{
    const uint32_t first = t->district->citizens, most = t->district->max_officers;
    const stp_stream stream = {s->world->seed, STP_PURPOSE_OBEY, t->district->index,
                               epoch};
    uint32_t ids[STP_DEAL], words[4][STP_DEAL];
    if (epoch == t->epoch || !t->duties)
        return;
    for (uint32_t k = 0; k < most; k += STP_DEAL) {
        uint32_t count = stp_draw_from(s->level, &stream, first + k, first + most, ids,
                                       words);
        memcpy(t->duties + k, words[0], count * sizeof *t->duties);
    }
    t->epoch = epoch;
}

static bool set_officers(const stp_street *s, stp_district_home *t, uint32_t officers)
{
    uint32_t first = t->district->citizens;
    if (officers < t->on_street)
        withdraw(t, first + officers);
    else if (!make_room(t, officers - t->on_street))
        return false;
    for (uint32_t i = t->on_street; i < officers; i++)
        if (!t->losses || t->losses[i] == 0)
            put(s, t, STP_PRESENT | STP_IS_OFFICER | (first + i));
    t->gone += stp_losses_among(t->losses, t->on_street, officers);
    t->gone -= stp_losses_among(t->losses, officers, t->on_street);
    t->on_street = officers;
    return true;
}

/* Add those released at the end of the last step whom stp_crowd_move will not add, as
 * their hardship was above the mark before. */
static bool add_released(const stp_street *s, stp_district_home *t,
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

static bool add_citizens(const stp_street *s, stp_district_home *t)
{
    const stp_conditions *now = &s->conditions[t->district->index];
    t->crowd.coming_count = 0;
    if (!add_released(s, t, now) ||
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

static bool renew_buffers(stp_home_worker *w, size_t records, size_t counters)
{
    w->sorting = stp_home_renew(w->sorting, &w->sorting_capacity, records,
                                sizeof *w->sorting);
    w->counters = stp_home_renew(w->counters, &w->counter_capacity, counters,
                                 sizeof *w->counters);
    w->offsets = stp_home_renew(w->offsets, &w->offset_capacity, records,
                                sizeof *w->offsets);
    return records <= w->sorting_capacity && counters <= w->counter_capacity &&
           records <= w->offset_capacity;
}

static stp_home_record take(const stp_district_home *t, uint32_t i, uint32_t key)
{
    return (stp_home_record){key, t->who[i], t->at[i], t->standing[i]};
}

static void lay(stp_district_home *t, uint32_t i, stp_home_record record)
{
    t->who[i] = record.who;
    t->at[i] = record.at;
    stp_home_set(t, i, (stp_standing)record.standing);
}

static int by_key(const void *a, const void *b)
{
    uint32_t x = ((const stp_home_record *)a)->key, y = ((const stp_home_record *)b)->key;
    return (x > y) - (x < y);
}

static bool sort_by_identity(stp_district_home *t, stp_home_worker *w)
{
    if (t->sorted == t->count)
        return true;
    if (!renew_buffers(w, t->count, 0))
        return false;
    for (uint32_t i = 0; i < t->count; i++)
        w->sorting[i] = take(t, i, t->who[i] & STP_IDENTITY);
    qsort(w->sorting, t->count, sizeof *w->sorting, by_key);
    for (uint32_t i = 0; i < t->count; i++)
        lay(t, i, w->sorting[i]);
    t->sorted = t->count;
    return true;
}

/* Coordinates from the tiling's offset, row << 16 | column. */
static uint32_t offset_of(const stp_district_home *t, stp_coord coord)
{
    const stp_district *d = t->district;
    uint32_t x = stp_coord_x(coord) - t->tiling.x, y = stp_coord_y(coord) - t->tiling.y;
    /* Unsigned, below zero is above everything: the lesser one is right, without a
     * branch. */
    x = x < x + d->width ? x : x + d->width;
    y = y < y + d->height ? y : y + d->height;
    return y << 16 | x;
}

static uint32_t tile_at(const stp_district_home *t, uint32_t offset)
{
    return t->tile_rows[offset >> 16] * t->district->tiles_x +
           t->tile_columns[offset & 0xffff];
}

/* Offsets of the records, and where the records of each row and tile begin; rows,
 * t->starts: one entry more than there are rows and tiles. */
static void find_offsets(stp_district_home *t, uint32_t *restrict offsets, uint32_t *rows)
{
    const uint32_t tiles = t->district->tiles_x * t->district->tiles_y;
    const uint32_t height = t->district->height;
    memset(rows, 0, ((size_t)height + 1) * sizeof *rows);
    memset(t->starts, 0, ((size_t)tiles + 1) * sizeof *t->starts);
    for (uint32_t i = 0; i < t->count; i++)
        offsets[i] = offset_of(t, t->at[i]);
    for (uint32_t i = 0; i < t->count; i++) {
        rows[(offsets[i] >> 16) + 1]++;
        t->starts[tile_at(t, offsets[i]) + 1]++;
    }
    for (uint32_t k = 0; k < height; k++)
        rows[k + 1] += rows[k];
    for (uint32_t k = 0; k < tiles; k++)
        t->starts[k + 1] += t->starts[k];
}

/* Sort by tile, and row by row within each: distribute by row, then by tile, then insert
 * by column. */
static bool sort_by_tile(stp_district_home *t, stp_home_worker *w)
{
    const uint32_t tiles = t->district->tiles_x * t->district->tiles_y;
    if (!renew_buffers(w, t->count, (size_t)t->district->height + 1 + tiles))
        return false;
    uint32_t *rows = w->counters, *ends = rows + t->district->height + 1;
    find_offsets(t, w->offsets, rows);
    for (uint32_t i = 0; i < t->count; i++)
        w->sorting[rows[w->offsets[i] >> 16]++] = take(t, i, w->offsets[i]);
    memcpy(ends, t->starts, tiles * sizeof *ends);
    for (uint32_t i = 0; i < t->count; i++) {
        const stp_home_record r = w->sorting[i];
        uint32_t tile = tile_at(t, r.key), k = ends[tile]++;
        for (; k > t->starts[tile] && w->offsets[k - 1] > r.key; k--) {
            shift(t, k, k - 1);
            w->offsets[k] = w->offsets[k - 1];
        }
        lay(t, k, r);
        w->offsets[k] = r.key;
    }
    return true;
}

/* ---- finding ---- */

/* The record among first .. end - 1; UINT32_MAX if there is none. */
static uint32_t find_between(const stp_district_home *t, stp_coord coord, uint32_t first,
                             uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (t->at[i] == coord && stp_home_is_there(t, i))
            return i;
    return UINT32_MAX;
}

/* Who stands there has moved at most `reach` since the step began, so it began in a tile
 * within reach. */
uint32_t stp_home_find(const stp_district_home *t, stp_coord coord)
{
    const stp_district *d = t->district;
    if (!d->tiled)
        return find_between(t, coord, 0, t->count);
    const uint32_t offset = offset_of(t, coord), reach = t->grid.reach;
    uint32_t tile = tile_at(t, offset);
    uint32_t found = find_between(t, coord, t->starts[tile], t->starts[tile + 1]);
    for (uint32_t k = 0; k < 9 && found == UINT32_MAX; k++) {
        uint32_t x = ((offset & 0xffff) + d->width + k % 3 * reach - reach) % d->width;
        uint32_t y = ((offset >> 16) + d->height + k / 3 * reach - reach) % d->height;
        tile = tile_at(t, y << 16 | x);
        found = find_between(t, coord, t->starts[tile], t->starts[tile + 1]);
    }
    return found;
}

bool stp_home_begin(const stp_street *s, stp_district_home *t, stp_home_worker *w)
{
    const stp_conditions *now = &s->conditions[t->district->index];
    t->tally = (stp_tally){0};
    draw_duties(s, t, now->epoch);
    if (!set_officers(s, t, now->officers) || !add_citizens(s, t))
        return false;
    if (!t->district->tiled)
        return sort_by_identity(t, w);
    t->tiling = stp_tiling_draw(s->world, t->district, s->step);
    return sort_by_tile(t, w);
}

/* ---- the end of a step ---- */

static void set_away(stp_district_home *t, uint32_t id, bool away)
{
    uint64_t bit = (uint64_t)1 << id % 64;
    t->away[id / 64] = away ? t->away[id / 64] | bit : t->away[id / 64] & ~bit;
}

static bool detain_and_release(const stp_street *s, stp_district_home *t)
{
    const stp_district *d = t->district;
    for (uint32_t i = 0; i < t->on_street; i++)
        if (t->caught[i].release != 0)
            set_away(t, t->caught[i].id, true);
    if (!stp_ward_admit(&t->ward, d->index, t->caught, t->on_street))
        return false;
    size_t most = stp_ward_max_due(&t->ward, s->step);
    t->released = stp_home_renew(t->released, &t->released_capacity, most,
                                 sizeof *t->released);
    if (most > t->released_capacity)
        return false;
    t->released_count = stp_ward_let_go(&t->ward, d->index, s->step, t->released);
    for (size_t i = 0; i < t->released_count; i++)
        set_away(t, t->released[i], false);
    t->tally.counts.releases = t->released_count;
    return true;
}

void stp_home_count(const stp_district_home *t, stp_tally *tally)
{
    const uint32_t district = t->district->index, width = t->district->width;
    uint64_t digest = 0, officers = 0, active = 0, violent = 0, obeying = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        uint8_t standing = t->standing[i];
        uint32_t cell = stp_coord_y(t->at[i]) * width + stp_coord_x(t->at[i]);
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

bool stp_home_end(const stp_street *s, stp_district_home *t)
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
