/* The fast engine's state with presence `home` seen from outside: a visit of everyone,
 * and the invariants for builds with tests. */
#include "street/home.h"

#include <stdlib.h>

static bool is_set(const stp_district_home *t, const uint16_t *plane, stp_coord coord)
{
    return stp_plane_get(plane, &t->grid, stp_coord_x(coord), stp_coord_y(coord));
}

static const char *check_record(const stp_district_home *t, uint32_t i, uint8_t *seen)
{
    uint32_t id = t->who[i] & STP_IDENTITY;
    uint8_t standing = t->standing[i];
    bool officer = (t->who[i] & STP_IS_OFFICER) != 0;
    if (officer != (id >= t->district->citizens) ||
        id >= t->district->citizens + t->on_street)
        return "an officer is not marked as one, or a citizen is";
    if (officer
            ? standing != STP_OFFICER && standing != STP_STANDING_BY
            : standing != STP_QUIET && standing != STP_ACTIVE && standing != STP_VIOLENT)
        return "a citizen or officer has another's standing";
    if (!is_set(t, t->occupied, t->at[i]) ||
        is_set(t, t->police, t->at[i]) != (standing == STP_OFFICER) ||
        is_set(t, t->active, t->at[i]) !=
            (standing == STP_ACTIVE || standing == STP_VIOLENT) ||
        (t->violent && is_set(t, t->violent, t->at[i]) != (standing == STP_VIOLENT)))
        return "a record and its bits do not agree";
    if (officer && t->losses && t->losses[id - t->district->citizens] != 0)
        return "an officer who is gone is on the street";
    seen[id]++;
    return NULL;
}

/* As many cells are occupied as there are records: given the check of records, each has
 * its own. */
static const char *check_cells(const stp_district_home *t)
{
    uint32_t taken = 0;
    for (uint32_t y = 0; y < t->grid.height; y++)
        for (uint32_t x = 0; x < t->grid.width; x++)
            taken += stp_plane_get(t->occupied, &t->grid, x, y);
    return taken == t->count ? NULL : "someone is nowhere, or in two places";
}

static const char *check_citizens(const stp_street *s, const stp_district_home *t,
                                  const uint8_t *seen)
{
    const stp_conditions *now = &s->conditions[t->district->index];
    size_t away = 0, at_home = 0, out = 0;
    for (uint32_t id = 0; id < t->district->citizens; id++) {
        stp_traits born = stp_traits_of(s->world, t->district, id);
        bool drawn = stp_is_drawn(s->rules, now, born.hardship, born.group);
        bool gone = t->away[id / 64] >> id % 64 & 1;
        if (seen[id] > 1 || (gone && seen[id]))
            return "someone is in two places";
        if (seen[id] && !drawn)
            return "someone below the threshold is on the street";
        away += gone;
        out += seen[id];
        at_home += !gone && !seen[id];
        if (drawn && !gone && !seen[id]) {
            size_t i = 0;
            while (i < t->released_count && t->released[i] != id)
                i++;
            if (i == t->released_count)
                return "someone above the threshold is at home";
        }
    }
    if (away != stp_ward_count(&t->ward) + t->ward.dead)
        return "someone is away, and neither in detention nor dead";
    return away + at_home + out == t->district->citizens ? NULL : "someone is missing";
}

const char *stp_home_violation(const stp_street *s, size_t district)
{
    const stp_district_home *t = &s->districts[district];
    uint8_t *seen = calloc((size_t)t->district->citizens + t->on_street + 1, 1);
    const char *violation = seen ? check_cells(t) : "out of memory";
    for (uint32_t i = 0; i < t->count && !violation; i++)
        violation = check_record(t, i, seen);
    if (!violation)
        violation = check_citizens(s, t, seen);
    free(seen);
    return violation;
}

static void show(const stp_street *s, const stp_district_home *t, uint32_t i,
                 steppe_visitor visitor, void *user)
{
    uint32_t cell = stp_coord_y(t->at[i]) * t->district->width + stp_coord_x(t->at[i]);
    uint8_t standing = t->standing[i];
    steppe_agent seen = stp_agent_seen(s->world, t->district, t->who[i] & STP_IDENTITY,
                                       cell,
                                       standing == STP_ACTIVE || standing == STP_VIOLENT);
    visitor(&seen, user);
}

static int by_spot(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Without memory for a sorted list: search for the next each time. */
static void visit_slowly(const stp_street *s, const stp_district_home *t,
                         steppe_visitor visitor, void *user)
{
    stp_coord from = 0;
    for (uint32_t shown = 0; shown < t->count; shown++) {
        uint32_t next = UINT32_MAX;
        for (uint32_t i = 0; i < t->count; i++)
            if (t->at[i] >= from && (next == UINT32_MAX || t->at[i] < t->at[next]))
                next = i;
        from = t->at[next] + 1;
        show(s, t, next, visitor, user);
    }
}

void stp_home_visit(const stp_street *s, size_t district, steppe_visitor visitor,
                    void *user)
{
    const stp_district_home *t = &s->districts[district];
    uint64_t *order = malloc(((size_t)t->count + 1) * sizeof *order);
    if (!order) {
        visit_slowly(s, t, visitor, user);
        return;
    }
    for (uint32_t i = 0; i < t->count; i++)
        order[i] = (uint64_t)t->at[i] << 32 | i;
    qsort(order, t->count, sizeof *order, by_spot);
    for (uint32_t i = 0; i < t->count; i++)
        show(s, t, (uint32_t)order[i], visitor, user);
    free(order);
}
