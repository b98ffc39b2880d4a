/* Arms and verdicts of the studies of directions. */
#include "study/replication/sign_claims.h"

#include <stdlib.h>
#include <string.h>

enum { RUNS = 20 };

/* ---- what is run ---- */

stp_arm *stp_stage_arm(steppe_replication *r, const stp_stage *on,
                       const char *const *settings, int most, const char *name,
                       int number)
{
    stp_arm *arm = stp_arm_add(r, on->file, on->runs ? on->runs : RUNS, on->steps,
                               "%s/%d", name, number);
    arm->from = on->from;
    arm->to = on->to;
    if (on->seat.days)
        stp_arm_watch_seat(arm, &on->seat);
    for (int i = 0; i < most && settings[i]; i++)
        stp_arm_set(arm, "%s", settings[i]);
    return arm;
}

static void give_dose(stp_arm *arm, const char *key, double dose)
{
    if (strcmp(key, "look.active") == 0)
        arm->seat.active = dose;
    else if (strcmp(key, "look.cut") == 0)
        arm->seat.cut = dose;
    else if (strcmp(key, "look.days") == 0)
        arm->seat.days = (uint64_t)dose;
    else
        stp_arm_set(arm, "%s=%.10g", key, dose);
}

void stp_directions_plan(steppe_replication *r, const stp_directions *all)
{
    for (size_t i = 0; i < all->single_count; i++)
        stp_stage_arm(r, all->singles[i].stage, all->singles[i].settings,
                      STP_MAX_SETTINGS, all->singles[i].name, 0);
    for (size_t i = 0; i < all->sweep_count; i++) {
        const stp_sweep *s = &all->sweeps[i];
        for (int k = 0; k < s->count; k++)
            give_dose(stp_stage_arm(r, s->stage, s->settings, STP_MAX_COMMON, s->name, k),
                      s->key, s->doses[k]);
    }
}

const stp_sweep *stp_sweep_find(const stp_directions *all, const char *name)
{
    const stp_sweep *s = all->sweeps;
    while (strcmp(s->name, name) != 0)
        s++;
    return s;
}

const stp_arm *stp_single_arm(const steppe_replication *r, const char *name)
{
    return stp_arm_find(r, "%s/0", name);
}

/* ---- verdicts ---- */

stp_interval stp_sweep_rise(const steppe_replication *r, const char *name,
                            const double *doses, int count, size_t measure)
{
    const stp_arm *arms[STP_MAX_DOSES] = {stp_arm_find(r, "%s/0", name)};
    for (int k = 1; k < count; k++)
        arms[k] = stp_arm_find(r, "%s/%d", name, k);
    size_t runs = arms[0]->runs;
    double *rises = malloc(runs * sizeof *rises), y[STP_MAX_DOSES];
    for (size_t i = 0; rises && i < runs; i++) {
        for (int k = 0; k < count; k++)
            y[k] = arms[k]->values[i * arms[k]->width + measure];
        rises[i] = stp_slope_interval(doses, y, (size_t)count).estimate *
                   (doses[count - 1] - doses[0]);
    }
    stp_interval mean = stp_mean_interval(rises, rises ? runs : 0);
    free(rises);
    return mean;
}

void stp_row_say_doses(const steppe_replication *r, stp_row *row, const char *name,
                       const char *key, const double *doses, int count, size_t measure,
                       int decimals)
{
    for (int k = 0; k < count; k++)
        stp_row_say(row, "%s%.*f", k ? ", " : "; ", decimals,
                    stp_arm_mean(stp_arm_find(r, "%s/%d", name, k), measure).estimate);
    stp_row_say(row, " at %s", key);
    for (int k = 0; k < count; k++)
        stp_row_say(row, "%s%g", k ? ", " : " ", doses[k]);
}

void stp_verdict_sign(stp_row *row, stp_interval i, int sign, int decimals,
                      const char *unit)
{
    if (sign > 0)
        stp_verdict_above(row, i, 0, decimals, unit);
    else
        stp_verdict_below(row, i, 0, decimals, unit);
}

/* One arm against another. */
static void verdict_on_pair(steppe_replication *r, const stp_direction *d)
{
    const stp_arm *more = stp_single_arm(r, d->more), *less = stp_single_arm(r, d->less);
    stp_row *row = stp_row_add(r, d->row);
    stp_verdict_sign(row, stp_arm_difference(more, d->measure, less, d->measure), d->sign,
                     d->decimals, d->unit);
    stp_row_say(row, ": %.*f, against %.*f", d->decimals,
                stp_arm_mean(more, d->measure).estimate, d->decimals,
                stp_arm_mean(less, d->measure).estimate);
}

void stp_verdict_direction(steppe_replication *r, const stp_directions *all,
                           const stp_direction *d)
{
    if (d->less) {
        verdict_on_pair(r, d);
        return;
    }
    const stp_sweep *s = stp_sweep_find(all, d->more);
    stp_row *row = stp_row_add(r, d->row);
    stp_verdict_sign(row, stp_sweep_rise(r, s->name, s->doses, s->count, d->measure),
                     d->sign, d->decimals, d->unit);
    stp_row_say_doses(r, row, s->name, s->key, s->doses, s->count, d->measure,
                      d->decimals);
}

void stp_verdict_each(stp_row *row, size_t hits, size_t runs)
{
    stp_verdict_figures(row, (const double[]){(double)hits},
                        (const double[]){(double)runs}, 1, 0);
    stp_row_say(row, " of %zu runs", runs);
}

void stp_plot_sweep(steppe_replication *r, const stp_directions *all, stp_plot *plot,
                    const char *label, const char *name, size_t measure)
{
    const stp_sweep *s = stp_sweep_find(all, name);
    stp_interval means[STP_MAX_DOSES];
    for (int k = 0; k < s->count; k++)
        means[k] = stp_arm_mean(stp_arm_find(r, "%s/%d", name, k), measure);
    stp_plot_means(r, plot, label, s->doses, means, (size_t)s->count);
}
