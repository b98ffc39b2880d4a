/* Sums over quiet citizens, at home or on the street, in the fast engine with presence
 * `home`. A large district counts its citizens by hardship once, and then subtracts those
 * who are away or active. */
#include "street/home.h"

#include <stdlib.h>

enum {
    LEVELS = 65536,         /* of hardship */
    COUNTED_FROM = 1 << 15, /* citizens from which on counting is worth its memory */
};

static bool count_levels(const stp_street *s, stp_district_home *t)
{
    const stp_district *d = t->district;
    const stp_stream birth = {s->world->population_seed, STP_PURPOSE_TRAITS, d->index, 0};
    uint32_t ids[STP_DEAL], draws[4][STP_DEAL];
    t->levels = calloc((size_t)STP_GROUPS_ABLE * LEVELS, sizeof *t->levels);
    if (!t->levels)
        return false;
    t->aversion = 0;
    for (uint32_t first = 0; first < d->citizens; first += STP_DEAL) {
        uint32_t count = stp_draw_from(s->level, &birth, first, d->citizens, ids, draws);
        for (uint32_t k = 0; k < count; k++) {
            uint32_t group = stp_group_of(d, draws[1][k], draws[2][k], draws[3][k]);
            uint32_t word = stp_quantile_word(d->quantiles, draws[0][k]);
            if (group & STP_UNABLE)
                continue;
            t->levels[group * LEVELS + stp_hardship_of(d, word)]++;
            t->aversion += word & 0xffff;
        }
    }
    return true;
}

static void add_able(const stp_district_home *t, const stp_conditions *now,
                     stp_calm *calm)
{
    for (uint32_t group = 0; group < STP_GROUPS_ABLE; group++)
        for (uint32_t level = 0; level < LEVELS; level++) {
            stp_traits alike = {.hardship = (uint16_t)level, .group = (uint8_t)group};
            uint32_t count = t->levels[group * LEVELS + level];
            if (count > 0)
                stp_calm_add(calm, now, alike, count);
        }
    calm->aversion += t->aversion;
}

static void subtract(const stp_street *s, const stp_district_home *t, uint32_t id,
                     const stp_conditions *now, stp_calm *calm)
{
    stp_calm one = {0};
    stp_calm_add(&one, now, stp_traits_of(s->world, t->district, id), 1);
    calm->count -= one.count;
    calm->grievance -= one.grievance;
    calm->aversion -= one.aversion;
}

int stp_home_calm(stp_street *s, size_t district, const stp_conditions *now,
                  stp_calm *calm)
{
    stp_district_home *t = &s->districts[district];
    uint32_t citizens = t->district->citizens;
    *calm = (stp_calm){0};
    if (citizens >= COUNTED_FROM && !t->levels && !count_levels(s, t))
        return STEPPE_NO_MEMORY;
    if (t->levels)
        add_able(t, now, calm);
    for (uint32_t id = 0; !t->levels && id < citizens; id++)
        stp_calm_add(calm, now, stp_traits_of(s->world, t->district, id), 1);
    for (uint32_t i = 0; i < t->count; i++)
        if (t->standing[i] == STP_ACTIVE || t->standing[i] == STP_VIOLENT)
            subtract(s, t, t->who[i] & STP_IDENTITY, now, calm);
    for (uint32_t word = 0; word <= citizens / 64; word++)
        for (uint64_t away = t->away[word]; away; away &= away - 1)
            subtract(s, t, word * 64 + (uint32_t)__builtin_ctzll(away), now, calm);
    return STEPPE_OK;
}
