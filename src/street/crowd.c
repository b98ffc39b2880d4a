#include "street/crowd.h"

#include <stdlib.h>

void stp_crowd_begin(stp_crowd *crowd)
{
    *crowd = (stp_crowd){0};
    for (uint32_t g = 0; g < STP_GROUPS_ABLE; g++)
        crowd->rolls[g].bound = crowd->rolls[g].least = STP_NOBODY_IS;
}

void stp_crowd_free(stp_crowd *crowd)
{
    for (uint32_t g = 0; g < STP_GROUPS_ABLE; g++) {
        free(crowd->rolls[g].ids);
        free(crowd->rolls[g].hardships);
    }
    free(crowd->coming);
}

bool stp_crowd_add(stp_crowd *crowd, uint32_t word)
{
    if (crowd->coming_count == crowd->coming_capacity) {
        uint32_t capacity = crowd->coming_capacity + crowd->coming_capacity / 2 + 64;
        uint32_t *words = realloc(crowd->coming, capacity * sizeof *words);
        if (!words)
            return false;
        crowd->coming = words;
        crowd->coming_capacity = capacity;
    }
    crowd->coming[crowd->coming_count++] = word;
    return true;
}

static int by_identity(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a & STP_IDENTITY,
             y = *(const uint32_t *)b & STP_IDENTITY;
    return (x > y) - (x < y);
}

void stp_crowd_sort(stp_crowd *crowd)
{
    if (crowd->coming_count > 1)
        qsort(crowd->coming, crowd->coming_count, sizeof *crowd->coming, by_identity);
}

/* ---- the list of a group ---- */

static bool grow(stp_roll *r)
{
    uint32_t capacity = r->capacity + r->capacity / 2 + 256;
    uint32_t *ids = realloc(r->ids, capacity * sizeof *ids);
    if (ids)
        r->ids = ids;
    uint16_t *hardships = realloc(r->hardships, capacity * sizeof *hardships);
    if (hardships)
        r->hardships = hardships;
    if (!ids || !hardships)
        return false;
    r->capacity = capacity;
    return true;
}

/* Radix sort by falling hardship. */
static bool sort(stp_roll *r)
{
    if (r->count < 2)
        return true;
    uint32_t *ids = malloc(r->count * sizeof *ids);
    uint16_t *hardships = malloc(r->count * sizeof *hardships);
    for (unsigned shift = 0; ids && hardships && shift < 16; shift += 8) {
        uint32_t starts[257] = {0};
        for (uint32_t i = 0; i < r->count; i++)
            starts[256 - (r->hardships[i] >> shift & 255)]++;
        for (uint32_t k = 1; k < 257; k++)
            starts[k] += starts[k - 1];
        for (uint32_t i = 0; i < r->count; i++) {
            uint32_t to = starts[255 - (r->hardships[i] >> shift & 255)]++;
            ids[to] = r->ids[i];
            hardships[to] = r->hardships[i];
        }
        memcpy(r->ids, ids, r->count * sizeof *ids);
        memcpy(r->hardships, hardships, r->count * sizeof *hardships);
    }
    bool sorted = ids && hardships;
    free(ids);
    free(hardships);
    return sorted;
}

/* Hardship of a rank (0 .. 65535), with which it grows. */
static uint32_t hardship_at(const stp_district *d, uint32_t rank)
{
    return stp_hardship_of(d, stp_quantile_word(d->quantiles, rank << 16));
}

/* The least rank with at least a hardship; 65536 if none has it. */
static uint32_t rank_of(const stp_district *d, uint32_t hardship)
{
    uint32_t low = 0, high = STP_RANKS;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (hardship_at(d, middle) >= hardship)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The bound for a list of twice as many as are above `least`, and at least one in RESERVE
 * of all. */
enum { RESERVE = 128 };
static uint32_t bound_for(const stp_district *d, uint32_t least)
{
    uint32_t above = STP_RANKS - rank_of(d, least), listed = 2 * above;
    if (listed < STP_RANKS / RESERVE)
        listed = STP_RANKS / RESERVE;
    return listed >= STP_RANKS ? 0 : hardship_at(d, STP_RANKS - listed);
}

/* List those of `count` citizens who are above the bound of their group. lowest: rank
 * below which nobody is. */
static bool list(stp_crowd *crowd, const stp_district *d, const uint32_t *ids,
                 uint32_t count, uint32_t draws[4][STP_DEAL], uint32_t lowest)
{
    for (uint32_t k = 0; k < count; k++) {
        if (draws[0][k] >> 16 < lowest)
            continue;
        uint32_t group = stp_group_of(d, draws[1][k], draws[2][k], draws[3][k]);
        uint32_t hardship = hardship_at(d, draws[0][k] >> 16);
        if (group & STP_UNABLE || hardship < crowd->rolls[group].bound)
            continue;
        stp_roll *r = &crowd->rolls[group];
        if (r->count == r->capacity && !grow(r))
            return false;
        r->ids[r->count] = ids[k];
        r->hardships[r->count++] = (uint16_t)hardship;
    }
    return true;
}

static bool draw(stp_crowd *crowd, const stp_world *world, const stp_district *d,
                 const stp_level *level, const stp_stop *stop)
{
    const stp_stream birth = {world->population_seed, STP_PURPOSE_TRAITS, d->index, 0};
    uint32_t ids[STP_DEAL], draws[4][STP_DEAL], lowest = STP_RANKS;
    for (uint32_t g = 0; g < STP_GROUPS_ABLE; g++) {
        uint32_t rank = rank_of(d, crowd->rolls[g].bound);
        lowest = rank < lowest ? rank : lowest;
        crowd->rolls[g].count = 0;
    }
    for (uint32_t first = 0; first < d->citizens; first += STP_DEAL) {
        if (first % (STP_DEAL * 256) == 0 && stp_stop_asked(stop))
            return false;
        uint32_t count = stp_draw_from(level, &birth, first, d->citizens, ids, draws);
        if (!list(crowd, d, ids, count, draws, lowest))
            return false;
    }
    bool sorted = true;
    for (uint32_t g = 0; g < STP_GROUPS_ABLE; g++)
        sorted = sorted && sort(&crowd->rolls[g]);
    return sorted;
}

/* ---- as conditions change ---- */

/* The least hardship that draws a citizen to the street; STP_NOBODY_IS if none does. */
static uint32_t least_drawn(const stp_rules *rules, const stp_conditions *now,
                            uint32_t group)
{
    uint32_t low = 0, high = STP_NOBODY_IS;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (stp_is_drawn(rules, now, middle, group))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Put the mark of a list that was drawn again where it was. */
static void mark_again(stp_roll *r)
{
    r->mark = 0;
    while (r->mark < r->count && r->hardships[r->mark] >= r->least)
        r->mark++;
}

/* Move the mark of a group to a least hardship, and add those whom it passes on the way
 * down. */
static bool move_mark(stp_crowd *crowd, uint32_t group, uint32_t least,
                      const uint64_t *away)
{
    stp_roll *r = &crowd->rolls[group];
    bool added = true;
    while (r->mark > 0 && r->hardships[r->mark - 1] < least)
        r->mark--;
    for (; added && r->mark < r->count && r->hardships[r->mark] >= least; r->mark++) {
        uint32_t id = r->ids[r->mark];
        if (!(away[id / 64] >> id % 64 & 1))
            added = stp_crowd_add(crowd, group << STP_GROUP_SHIFT | id);
    }
    r->least = least;
    return added;
}

bool stp_crowd_move(stp_crowd *crowd, const stp_world *world, const stp_district *d,
                    const stp_rules *rules, const stp_conditions *now,
                    const uint64_t *away, const stp_level *level, const stp_stop *stop)
{
    uint32_t least[STP_GROUPS_ABLE];
    bool again = false;
    for (uint32_t g = 0; g < STP_GROUPS_ABLE; g++) {
        least[g] = least_drawn(rules, now, g);
        again = again || least[g] < crowd->rolls[g].bound;
    }
    for (uint32_t g = 0; again && g < STP_GROUPS_ABLE; g++) {
        uint32_t bound = bound_for(d, least[g]);
        if (bound < crowd->rolls[g].bound)
            crowd->rolls[g].bound = bound;
    }
    if (again && !draw(crowd, world, d, level, stop))
        return false;
    for (uint32_t g = 0; again && g < STP_GROUPS_ABLE; g++)
        mark_again(&crowd->rolls[g]);
    bool moved = true;
    for (uint32_t g = 0; g < STP_GROUPS_ABLE; g++)
        moved = moved && move_mark(crowd, g, least[g], away);
    return moved;
}
