/* News between districts: activity seen from district k is
 *     Lambda_k = sum_j W_kj a_j,   W_kj proportional to (1 + d_kj / d0)^(-delta),
 * a_j the share of active citizens at the end of the last step, d the great-circle
 * distance, rows of W summing to 1 (kernel of Bonnasse-Gahot et al. 2018; kernel.c
 * computes it). Media bring a part m_k of it: 1 as usual, less in a shutdown. News takes
 * time to get through and to be forgotten: what is heard, M, follows with a lag (0: at
 * once),
 *     M_k(t + dt) = M_k + (m_k Lambda_k - M_k) (1 - exp(-dt / lag)).
 * A citizen hears of reach * M_k * (citizens expected in vision) actives.
 *
 * Those add to the actives that a citizen counts, and so only lower the risk of arrest
 * that it sees: where no officer is in sight they change nothing. News may also embolden
 * by itself: it then lowers the threshold T by
 *     emboldens * s (1 - exp(-M_k / s)),   s the saturation (none: emboldens * M_k),
 * but never below 0, so that nobody acts without grievance. That the effect saturates,
 * and this form of it, are from Bonnasse-Gahot et al. 2018; that it acts through T, and
 * the lag, are Steppe's own.
 *
 * A shutdown lowers m_k, with two opposite effects: less is heard, which damps; and
 * people look in the street for what they cannot read, which multiplies gatherings
 * (Hassanpour 2011). For the second, events raise `attention`, the extra weight of each
 * active in sight. */
#include "nation/nation.h"

#include "base/exact.h"
#include <math.h>
#include <stdlib.h>

int stp_news_create(steppe_context *context, stp_nation *nation)
{
    const steppe_scenario *s = nation->scenario;
    size_t n = s->district_count;
    for (int k = 0; k < STP_REPORTED_COUNT; k++)
        if (!(nation->reported[k] = calloc(n, sizeof *nation->reported[k])))
            return stp_no_memory(context);
    if (isfinite(s->news.cutoff.value))
        return stp_kernel_of_near(context, s, s->news.cutoff.value, &nation->near);
    nation->kernel = stp_kernel_of_all(s, nation->stop);
    return nation->kernel ? STEPPE_OK : stp_no_memory(context);
}

void stp_news_free(stp_nation *nation)
{
    free(nation->kernel);
    stp_near_free(nation->near);
    for (int k = 0; k < STP_REPORTED_COUNT; k++)
        free(nation->reported[k]);
}

void stp_news_observe(stp_nation *nation)
{
    size_t n = nation->reported[0] ? nation->world->count : 0;
    for (size_t i = 0; i < n; i++) {
        nation->reported[STP_REPORTED_ACTIVE][i] = nation->districts[i].active;
        nation->reported[STP_REPORTED_HARM][i] = nation->districts[i].harm;
        nation->reported[STP_REPORTED_HURT][i] = nation->districts[i].hurt;
    }
}

/* The sum of a reported number by the kernel's row of a district; but: a district that is
 * left out, or SIZE_MAX. */
static double heard_of(const stp_nation *nation, size_t district, stp_reported what,
                       size_t but)
{
    const double *reported = nation->reported[what];
    const stp_near *near = nation->near;
    double sum = 0;
    size_t n = nation->world->count;
    for (size_t j = 0; nation->kernel && j < n; j++)
        if (j != but)
            sum += nation->kernel[district * n + j] * reported[j];
    for (size_t i = near ? near->begins[district] : 0;
         near && i < near->begins[district + 1]; i++)
        if (near->districts[i] != but)
            sum += near->weights[i] * reported[near->districts[i]];
    return sum;
}

void stp_news_step(const stp_nation *nation, size_t district)
{
    const steppe_scenario *s = nation->scenario;
    stp_district_state *p = &nation->districts[district];
    double lag = s->news.lag.value;
    double heard = p->media_reach *
                   heard_of(nation, district, STP_REPORTED_ACTIVE, SIZE_MAX);
    if (lag > 0)
        p->heard += (heard - p->heard) * stp_lag_fraction(s->time.step.value, lag);
    else
        p->heard = heard;
}

double stp_news_elsewhere(const stp_nation *nation, size_t district, stp_reported what)
{
    return heard_of(nation, district, what, district);
}

double stp_news_heard(const stp_nation *nation, const stp_district_state *p)
{
    return nation->scenario->news.reach.value * p->heard * p->in_sight;
}

double stp_news_lowers(const stp_nation *nation, const stp_district_state *p)
{
    const steppe_scenario *s = nation->scenario;
    double most = s->news.saturation.value, heard = p->heard;
    if (most < INFINITY)
        heard = most * (1 - stp_exp(-heard / most));
    double lower = s->news.emboldens.value * heard;
    double threshold = floor(s->citizens.threshold.value * 65536.0 + 0.5) / 65536.0;
    return fmin(lower, fmax(threshold, 0));
}
