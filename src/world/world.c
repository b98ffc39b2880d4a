#include "world/world.h"

#include "base/exact.h"

#include <math.h>
#include <stdlib.h>

uint32_t stp_scaled(double people, double scale)
{
    return (uint32_t)fmin(people / scale + 0.5, UINT32_MAX);
}

static uint32_t fixed(double share)
{
    uint32_t value = (uint32_t)(share * 65536.0 + 0.5);
    return value > 65535 ? 65535 : value;
}

/* The most officers that events can put on the street: at the highest deployment, with
 * all that guards may free, and the largest reinforcement by each force. */
static double max_officers(const steppe_scenario *s, size_t index)
{
    double deployment = s->officers.deployment.value, posts, most;
    double sent[STP_FORCES_LISTED] = {0}, freed[STP_FORCES_LISTED] = {0};
    for (size_t i = 0; i < s->event_count; i++) {
        const stp_event *e = &s->events[i];
        if (!e->where[index] || e->enabled.value == 0)
            continue;
        if (e->deployment.given && e->deployment.value > deployment)
            deployment = e->deployment.value;
        double share = stp_event_share(s, e, index);
        if (e->reinforcement.given)
            sent[e->force] = fmax(sent[e->force], e->reinforcement.value * share);
        if (e->guards.given)
            freed[e->force] = fmax(freed[e->force], stp_event_freed(e) * share);
    }
    posts = (double)stp_district_officers(s, index);
    most = posts * deployment;
    for (int k = 0; k < STP_FORCES_LISTED; k++)
        most += fmin(freed[k], posts - most);
    for (int k = 0; k < STP_FORCES_LISTED; k++)
        most += sent[k];
    return most;
}

/* Columns and rows: as given (divided by the root of the scale), or a square for the
 * density. */
static int lay_out(steppe_context *context, const steppe_scenario *s, size_t index,
                   double scale, stp_district *d)
{
    const stp_district_spec *p = &s->districts[index];
    double width, height;
    if (p->width.given) {
        width = floor(p->width.value / sqrt(scale) + 0.5);
        height = floor(p->height.value / sqrt(scale) + 0.5);
    } else {
        width = height = ceil(sqrt(d->citizens / s->citizens.density.value));
    }
    if (width > STP_MAX_SIDE || height > STP_MAX_SIDE)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "district '%s' would have a lattice of %.0f x %.0f; the limit is "
                        "%d per side: "
                        "raise the density, or use a larger scale",
                        p->id, width, height, STP_MAX_SIDE);
    d->width = width < 1 ? 1 : (uint32_t)width;
    d->height = height < 1 ? 1 : (uint32_t)height;
    d->cells = d->width * d->height;
    return STEPPE_OK;
}

/* Tiles along a side, an even number: large ones, so that few agents are near a border
 * (docs/decisions/009); four where that would leave fewer; none where not even two of the
 * least size (schedule.h) fit. */
static uint32_t tiles_along(uint32_t side, uint32_t radius)
{
    uint32_t least = 4 * radius + 16, good = 16 * radius > least ? 16 * radius : least;
    if (side >= 4 * good)
        return side / (2 * good) * 2;
    return side >= 4 * least ? 4 : side >= 2 * least ? 2 : 0;
}

/* No tiles where no colour has two, since nothing could run in parallel. */
static void cut_into_tiles(stp_district *d)
{
    uint32_t radius = (uint32_t)stp_radius_of(d);
    d->tiles_x = tiles_along(d->width, radius);
    d->tiles_y = tiles_along(d->height, radius);
    if (d->tiles_x * d->tiles_y < 8)
        d->tiles_x = d->tiles_y = 0;
}

static int check_fit(steppe_context *context, const stp_district_spec *place,
                     const stp_district *d)
{
    uint64_t agents = (uint64_t)d->citizens + d->max_officers;
    if (agents >= STP_MAX_IDENTITY)
        return stp_fail(
            context, STEPPE_BAD_ARGUMENT,
            "district '%s' would have %llu agents; the limit is %d: split it, or use a "
            "larger scale",
            place->id, (unsigned long long)agents, STP_MAX_IDENTITY - 1);
    if (agents > d->cells)
        return stp_fail(
            context, STEPPE_BAD_ARGUMENT,
            "district '%s': %u citizens and up to %u officers do not fit on %u "
            "cells (%u x %u); lower the density, or enlarge the lattice",
            place->id, d->citizens, d->max_officers, d->cells, d->width, d->height);
    return STEPPE_OK;
}

/* Mesa: the probabilities that a cell has a citizen or an officer. */
static void draw_by_density(const steppe_scenario *s, const stp_district_spec *p,
                            stp_district *d)
{
    double cells = d->cells, citizens = s->citizens.density.value,
           officers = s->officers.density.value;
    d->citizen_draw = stp_fixed_32(p->population.given ? d->citizens / cells : citizens);
    d->officer_draw = stp_fixed_32(p->officers.given ? d->posts / cells : officers);
}

static void make_discs(const steppe_scenario *s, stp_district *d)
{
    int shape = (int)s->citizens.neighbourhood.value;
    stp_disc_make(&d->citizen_disc, s->citizens.vision.value, shape, d->width, d->height);
    stp_disc_make(&d->officer_disc, s->officers.vision.value, shape, d->width, d->height);
}

static int make_district(steppe_context *context, const steppe_scenario *s,
                         stp_world *world, size_t index)
{
    stp_district *d = &world->districts[index];
    const stp_district_spec *p = &s->districts[index];
    double residents = (double)stp_district_residents(s, index);
    if (residents / world->scale + 1 > STP_MAX_IDENTITY)
        return stp_fail(
            context, STEPPE_BAD_ARGUMENT,
            "district '%s' has %.0f residents: more than %d agents; split it, or use a "
            "larger scale",
            p->id, residents, STP_MAX_IDENTITY - 1);
    d->index = (uint32_t)index;
    d->citizens = stp_scaled(residents, world->scale);
    d->residents = s->top.rules.value == STP_EPSTEIN ? residents : INFINITY;
    if (d->citizens == 0)
        d->citizens = 1;
    d->posts = stp_scaled((double)stp_district_officers(s, index), world->scale);
    d->max_officers = (uint32_t)ceil(fmin(max_officers(s, index) / world->scale,
                                          STP_MAX_IDENTITY));
    int status = lay_out(context, s, index, world->scale, d);
    if (status == STEPPE_OK && s->top.rules.value != STP_MESA)
        status = check_fit(context, p, d);
    if (status != STEPPE_OK)
        return status;
    draw_by_density(s, p, d);
    uint32_t high = fixed(p->hardship_high.value);
    if (p->hardship_high.value >= 1)
        high = 65536;
    d->hardship_low = fixed(p->hardship_low.value);
    d->hardship_span = high - d->hardship_low;
    d->quantiles = world->quantiles;
    d->fuel_share = stp_fixed_32(p->fuel_dependence.value);
    d->jobless_share = stp_fixed_32(p->unemployment.value);
    d->able_share = stp_fixed_32(p->able.value);
    make_discs(s, d);
    cut_into_tiles(d);
    d->tiled = world->tiles_asked && d->tiles_x > 0 && d->tiles_y > 0;
    return STEPPE_OK;
}

/* Quantiles of the exponential distribution truncated at 1, at the middle of each
 * rank. */
static bool make_quantiles(stp_world *world, double rate)
{
    if (rate <= 0)
        return true;
    world->quantiles = malloc(STP_RANKS * sizeof *world->quantiles);
    for (uint32_t rank = 0; world->quantiles && rank < STP_RANKS; rank++) {
        double below = (rank + 0.5) / STP_RANKS * (1 - stp_exp(-rate));
        world->quantiles[rank] = (uint16_t)fixed(-stp_log(1 - below) / rate);
    }
    return world->quantiles != NULL;
}

int stp_world_create(steppe_context *context, const steppe_scenario *s, uint64_t seed,
                     uint64_t population_seed, double scale, steppe_schedule schedule,
                     stp_world **world)
{
    *world = NULL;
    stp_world *w = calloc(1, sizeof *w);
    if (!w)
        return stp_no_memory(context);
    w->seed = seed;
    w->population_seed = population_seed;
    w->home = s->top.presence.value == STP_PRESENCE_HOME;
    w->scale = scale;
    w->count = s->district_count;
    w->tiles_asked = schedule == STEPPE_TILES;
    w->districts = calloc(w->count, sizeof *w->districts);
    if (!w->districts || !make_quantiles(w, s->citizens.hardship_rate.value)) {
        stp_world_free(w);
        return stp_no_memory(context);
    }
    int status = STEPPE_OK;
    for (size_t i = 0; i < w->count && status == STEPPE_OK; i++) {
        status = make_district(context, s, w, i);
        w->citizens += w->districts[i].citizens;
        w->officers += w->districts[i].posts;
    }
    if (status != STEPPE_OK) {
        stp_world_free(w);
        return status;
    }
    *world = w;
    return STEPPE_OK;
}

void stp_world_free(stp_world *world)
{
    if (!world)
        return;
    free(world->districts);
    free(world->quantiles);
    free(world);
}

stp_traits stp_traits_of(const stp_world *world, const stp_district *d, uint32_t citizen)
{
    stp_words words = stp_random(world->population_seed, STP_PURPOSE_TRAITS, d->index,
                                 citizen, 0, 0);
    uint32_t word = stp_quantile_word(d->quantiles, words.w[0]);
    stp_traits traits = {
        .hardship = (uint16_t)stp_hardship_of(d, word),
        .risk_aversion = (uint16_t)word,
        .group = (uint8_t)stp_group_of(d, words.w[1], words.w[2], words.w[3]),
    };
    return traits;
}
