#include "street/rules.h"

#include "base/exact.h"
#include "scenario/duration.h"

#include <math.h>
#include <stdlib.h>

static double ratio_of(int ratio, uint32_t officers, uint32_t actives)
{
    uint32_t whole = officers / actives, rest = officers % actives;
    switch (ratio) {
    case STP_RATIO_FLOOR: return whole;
    case STP_RATIO_ROUND:
        if (2 * rest > actives || (2 * rest == actives && whole % 2 == 1))
            whole++;
        return whole;
    default: return (double)officers / actives;
    }
}

uint32_t stp_risk(double k, int ratio, uint32_t officers, uint32_t actives)
{
    double probability = 1.0 - stp_exp(-k * ratio_of(ratio, officers, actives));
    return (uint32_t)(probability * 65536.0 + 0.5);
}

/* Cells in the largest disc of any district: the most that anyone can count. */
static uint32_t max_seen(const stp_world *world)
{
    uint32_t most = 0;
    for (size_t i = 0; i < world->count; i++)
        if (world->districts[i].citizen_disc.count > most)
            most = world->districts[i].citizen_disc.count;
    return most;
}

static uint32_t in_steps(const steppe_scenario *s, double hours)
{
    uint64_t steps = stp_span_count(STP_SPAN_CUT, hours, s->time.step.value);
    return steps < 2000000000 ? (uint32_t)steps : UINT32_MAX;
}

/* Fill the table of stp_risk. Whole ratios are at most max_officers and all stand in the
 * column of one active, so that they take few exponentials. */
static void fill(stp_rules *r, double k, int ratio)
{
    bool whole = ratio == STP_RATIO_FLOOR || ratio == STP_RATIO_ROUND;
    for (uint32_t c = 0; c <= r->max_officers; c++) {
        uint32_t *row = r->risk + (size_t)c * r->max_actives;
        row[0] = stp_risk(k, ratio, c, 1);
        for (uint32_t a = 2; a <= r->max_actives; a++) {
            size_t alike = whole ? (size_t)ratio_of(ratio, c, a) : 0;
            row[a - 1] = whole ? r->risk[alike * r->max_actives]
                               : stp_risk(k, ratio, c, a);
        }
    }
}

int stp_rules_create(steppe_context *context, const steppe_scenario *s,
                     const stp_world *world, stp_rules **rules)
{
    *rules = NULL;
    stp_rules *r = calloc(1, sizeof *r);
    if (!r)
        return stp_no_memory(context);
    uint32_t seen = max_seen(world);
    r->threshold = (int64_t)floor(s->citizens.threshold.value * 65536.0 + 0.5) * 65536;
    r->moves = s->citizens.movement.value == STP_MOVE_RANDOM;
    r->officers_move = s->citizens.movement.value != STP_MOVE_NONE;
    r->acts_first = s->citizens.order.value == STP_ACT_MOVE;
    r->arrest_share = stp_fixed_32(s->officers.arrest_probability.value);
    r->max_term = in_steps(s, s->detention.term_max.value);
    r->rule_set = (int)s->top.rules.value;
    r->cloning = stp_fixed_32(s->citizens.cloning.value);
    r->lifetime = in_steps(s, s->citizens.lifetime.value);
    r->force = s->force.enabled.value != 0;
    double violence = s->force.violence_threshold.value - s->citizens.threshold.value;
    r->violence = r->force && violence <= 2
                      ? (int64_t)floor(violence * 65536.0 + 0.5) * 65536
                      : INT64_MAX / 2;
    r->attack = stp_fixed_32(s->force.attack.value);
    r->attack_lethality = stp_fixed_32(s->force.attack_lethality.value);
    r->lethality = stp_fixed_32(s->force.lethality.value);
    r->term_fixed = s->detention.term.value == STP_TERM_FIXED;
    r->arrest_constant = s->citizens.arrest_constant.value;
    r->ratio = (int)s->citizens.ratio.value;
    r->max_officers = seen;
    r->max_actives = 1 + 2 * seen;
    r->risk = calloc((size_t)(seen + 1) * r->max_actives, sizeof *r->risk);
    if (!r->risk) {
        stp_rules_free(r);
        return stp_no_memory(context);
    }
    fill(r, r->arrest_constant, r->ratio);
    *rules = r;
    return STEPPE_OK;
}

void stp_rules_free(stp_rules *rules)
{
    if (!rules)
        return;
    free(rules->risk);
    free(rules);
}
