/* The fast engine's state seen from outside: a visit of everyone, and the invariants for
 * builds with tests. */
#include "street/fast.h"

#include <stdlib.h>

static bool same_on_all_sides(const stp_district_fast *t, const uint16_t *plane,
                              uint32_t x, uint32_t y)
{
    const int reach = (int)t->grid.reach, across = (int)t->grid.across,
              along = (int)t->grid.along, width = (int)t->grid.width,
              height = (int)t->grid.height;
    bool value = stp_plane_get(plane, &t->grid, x, y);
    for (int v = -1; v <= 1; v++) {
        for (int h = -1; h <= 1; h++) {
            int column = (int)x + h * width, row = (int)y + v * height;
            if (column < -across || column >= width + across || row < -along ||
                row >= height + along)
                continue;
            uint32_t c = (uint32_t)(column + STP_MARGIN), w = (uint32_t)(row + reach);
            if ((plane[(size_t)(c / 16) * t->grid.rows + w] >> c % 16 & 1) != value)
                return false;
        }
    }
    return true;
}

static const char *check_cell(const stp_district_fast *t, uint32_t cell, uint8_t *seen)
{
    uint32_t x = cell % t->grid.width, y = cell / t->grid.width;
    bool active = stp_plane_get(t->active, &t->grid, x, y);
    bool police = stp_plane_get(t->police, &t->grid, x, y);
    if ((t->violent && !same_on_all_sides(t, t->violent, x, y)) ||
        !same_on_all_sides(t, t->occupied, x, y) ||
        !same_on_all_sides(t, t->active, x, y) || !same_on_all_sides(t, t->police, x, y))
        return "a margin does not repeat the other side";
    uint32_t word = t->words[stp_site_of(t, x, y)];
    if ((word != 0) != stp_plane_get(t->occupied, &t->grid, x, y))
        return "a word and its bit do not agree";
    if (word == 0)
        return active || police ? "an empty cell is active or has an officer" : NULL;
    uint32_t id = word & STP_IDENTITY;
    bool officer = (word & STP_IS_OFFICER) != 0;
    if ((t->losses ? police && !officer : police != officer) ||
        officer != (id >= t->district->citizens))
        return "an officer is not marked as one, or a citizen is";
    if (t->violent && stp_plane_get(t->violent, &t->grid, x, y) && !active)
        return "someone is violent and not active";
    if (t->losses && officer && t->losses[id - t->district->citizens] != 0)
        return "an officer who is gone is on the street";
    if (officer && active)
        return "an officer is active";
    if (id >= t->district->citizens + t->on_street)
        return "an officer off duty is on the street";
    if (t->coords && t->coords[id] != stp_coord_at(x, y))
        return "the list of cells does not match the lattice";
    seen[id]++;
    return NULL;
}

static const char *check_ward(const stp_district_fast *t, const stp_ward *ward,
                              uint8_t *seen)
{
    for (int k = 0; k < STP_WARD_LISTS; k++) {
        for (size_t i = 0; i < ward->lists[k].count; i++) {
            uint32_t id = ward->lists[k].captives[i].id;
            if (id >= t->district->citizens)
                return "an officer is in detention";
            seen[id]++;
        }
    }
    return NULL;
}

const char *stp_fast_violation(const stp_street *s, size_t district)
{
    const stp_district_fast *t = &s->districts[district];
    size_t people = (size_t)t->district->citizens + t->on_street;
    uint8_t *seen = calloc(people, 1);
    const char *violation = seen ? NULL : "out of memory";
    for (uint32_t cell = 0; cell < t->district->cells && !violation; cell++)
        violation = check_cell(t, cell, seen);
    for (uint32_t k = 0; k < t->ward_count && !violation; k++)
        violation = check_ward(t, &t->wards[k], seen);
    size_t missing = 0, gone = t->gone;
    for (size_t i = 0; i < people && !violation; i++) {
        missing += seen[i] == 0;
        if (seen[i] > 1)
            violation = "someone is in two places";
    }
    for (uint32_t k = 0; k < t->ward_count; k++)
        gone += t->wards[k].dead;
    if (!violation && missing != gone)
        violation = "someone is nowhere, and neither dead nor gone";
    free(seen);
    return violation;
}

void stp_fast_visit(const stp_street *s, size_t district, steppe_visitor visitor,
                    void *user)
{
    const stp_district_fast *t = &s->districts[district];
    for (uint32_t cell = 0; cell < t->district->cells; cell++) {
        uint32_t x = cell % t->grid.width, y = cell / t->grid.width;
        uint32_t word = t->words[stp_site_of(t, x, y)];
        if (word == 0)
            continue;
        steppe_agent seen = stp_agent_seen(s->world, t->district, word & STP_IDENTITY,
                                           cell,
                                           stp_plane_get(t->active, &t->grid, x, y));
        visitor(&seen, user);
    }
}
