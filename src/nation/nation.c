#include "nation/nation.h"

#include <math.h>
#include <stdlib.h>

static void start(const steppe_scenario *s, const stp_district *d, stp_district_state *p)
{
    *p = (stp_district_state){
        .legitimacy = s->districts[d->index].legitimacy.value,
        .fuel_dependence = s->districts[d->index].fuel_dependence.value,
        .price_base = s->hardship.price_base.value,
        .price = s->hardship.price_base.value,
        .media_reach = 1,
        .attention = s->news.attention.value,
        .deployment = s->officers.deployment.value,
        .survival = s->obedience.survival.value,
        .orders = s->obedience.orders.value,
        .shots = s->officers.shots.value,
        .in_sight = (double)d->citizen_disc.count * d->citizens / d->cells,
    };
    for (int f = 0; f < STP_MAX_FORCES; f++) /* until the first epoch */
        p->detachments[f].obey = (uint64_t)1 << 32;
}

int stp_nation_create(steppe_context *context, const steppe_scenario *s,
                      const stp_world *world, stp_nation **nation)
{
    *nation = NULL;
    stp_nation *n = calloc(1, sizeof *n);
    if (!n)
        return stp_no_memory(context);
    n->scenario = s;
    n->world = world;
    n->stop = &context->stop;
    n->effects = STP_SEAT_NEUTRAL;
    n->districts = calloc(world->count, sizeof *n->districts);
    int status = n->districts ? STEPPE_OK : stp_no_memory(context);
    if (status == STEPPE_OK && stp_scenario_hears(s))
        status = stp_news_create(context, n);
    if (stp_stop_asked(n->stop)) {
        stp_nation_free(n);
        return stp_fail_setup(context, &context->stop);
    }
    if (status == STEPPE_OK)
        status = stp_forces_create(context, n);
    if (status == STEPPE_OK && s->seat.enabled.value != 0)
        status = steppe_seat_create(context, s, world->seed, &n->seat);
    if (status != STEPPE_OK) {
        stp_nation_free(n);
        return status;
    }
    for (size_t i = 0; i < world->count; i++)
        start(s, &world->districts[i], &n->districts[i]);
    *nation = n;
    return STEPPE_OK;
}

void stp_nation_free(stp_nation *nation)
{
    if (!nation)
        return;
    free(nation->districts);
    stp_news_free(nation);
    free(nation->sendings);
    steppe_seat_free(nation->seat);
    free(nation);
}

/* A non-negative quantity in units of 1/65536, at most `most` whole units. */
static uint32_t fixed(double value, double most)
{
    return (uint32_t)(fmin(fmax(value, 0), most) * 65536.0 + 0.5);
}

/* In units of 2^-32, and within 2: enough for everybody or nobody to act. */
static int64_t threshold_shift(const stp_nation *n, const stp_district_state *p)
{
    double lower = stp_news_lowers(n, p) + stp_boldness_lowers(n, p) -
                   stp_curfew_cost(n, p) - stp_fear_cost(n, p);
    return (int64_t)floor(fmin(fmax(lower, -2), 2) * 4294967296.0 + 0.5);
}

static void settle(const stp_nation *n, size_t i, stp_conditions *now)
{
    const stp_district_state *p = &n->districts[i];
    const double most_heard = STP_MAX_DISC;
    now->legitimacy = fixed(stp_legitimacy(n, p), 1);
    for (unsigned group = 0; group < STP_GROUPS; group++) {
        double shift = fmin(fmax(stp_hardship_shift(n, p, group), -2), 2);
        now->shift[group] = (int32_t)floor(shift * 65536.0 + 0.5);
    }
    now->news = fixed(stp_news_heard(n, p), most_heard);
    now->attention = fixed(p->attention, 100);
    now->threshold_shift = threshold_shift(n, p);
    stp_forces_settle(n, i, now);
    double shots = p->shots * n->effects.restraint;
    now->shot = stp_fixed_32(fmin(fmax(shots, 0), 1));
    now->shot_at_all = p->shots_at_all;
}

static void observe(const stp_nation *n, size_t i, const steppe_counts *counts)
{
    stp_district_state *p = &n->districts[i];
    double citizens = n->world->districts[i].citizens;
    p->active = (double)counts->active / citizens;
    p->harm = stp_legitimacy_harm(n->scenario, counts, citizens);
    p->hurt = stp_fear_hurt(n->scenario, counts, citizens);
    p->unpunished = stp_boldness_gained(n->scenario, counts, citizens);
    stp_obedience_observe(n, p, counts);
}

int stp_nation_step(stp_nation *n, uint64_t step, const steppe_counts *counts,
                    stp_conditions *conditions)
{
    stp_nation_seat_step(n, step, counts, conditions);
    stp_events_apply(n, step);
    stp_forces_step(n, step);
    for (size_t i = 0; i < n->world->count; i++)
        observe(n, i, &counts[i]);
    stp_news_observe(n);
    for (size_t i = 0; i < n->world->count; i++) {
        if (stp_stop_asked(n->stop))
            return STEPPE_STOPPED;
        if (step == 0)
            stp_hardship_start(n, &n->districts[i]);
        else
            stp_hardship_step(n, &n->districts[i]);
        stp_legitimacy_step(n, i);
        stp_fear_step(n, i);
        stp_boldness_step(n, i);
        stp_news_step(n, i);
    }
    stp_obedience_step(n, step);
    for (size_t i = 0; i < n->world->count; i++) {
        settle(n, i, &conditions[i]);
        conditions[i].epoch = stp_obedience_epoch(n->scenario, step);
    }
    return STEPPE_OK;
}
