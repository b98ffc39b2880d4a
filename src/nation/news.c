/* News between districts: activity seen from district k is
 *     Lambda_k = sum_j W_kj a_j,   W_kj proportional to (1 + d_kj / d0)^(-delta),
 * a_j the share of active citizens at the end of the last step, d the great-circle distance,
 * rows of W summing to 1 (kernel of Bonnasse-Gahot et al. 2018). Media bring a part m_k of it: 1 as
 * always, in a shutdown what is left of it. News takes time to get through, and to be forgotten: what
 * is heard, M, follows with a lag (0: at once),
 *     M_k(t + dt) = M_k + (m_k Lambda_k - M_k) (1 - exp(-dt / lag)).
 * A citizen hears of reach * M_k * (citizens expected in vision) actives.
 *
 * Those add to the actives that a citizen counts, and so only lessen the risk of arrest that it
 * sees: where no officer is in sight they change nothing. News may also embolden by itself: it then
 * lowers the threshold T by
 *     emboldens * s (1 - exp(-M_k / s)),   s the saturation (none: emboldens * M_k),
 * though never below 0, so that nobody acts without grievance. That what spreads has an end, and
 * this form of it, are from Bonnasse-Gahot et al. 2018; that it acts through T, and the lag, are
 * Steppe's own.
 *
 * A shutdown lowers m_k. What it does is not decided beforehand: less is heard, which damps; and
 * people look in the street for what they cannot read, which multiplies gatherings (Hassanpour
 * 2011). For the second, events raise `attention`, the extra weight of each active in sight. */
#include "nation/nation.h"

#include "base/exact.h"
#include "world/geography.h"

#include <math.h>
#include <stdlib.h>

static double weight(const steppe_scenario *s, size_t k, size_t j)
{
    const stp_place *a = &s->places[k], *b = &s->places[j];
    double distance = k == j || !a->latitude.given || !b->latitude.given
                          ? 0
                          : stp_distance_km(a->latitude.value, a->longitude.value,
                                            b->latitude.value, b->longitude.value);
    return stp_pow(1 + distance / s->news.distance.value, -s->news.exponent.value);
}

double *stp_news_kernel(const steppe_scenario *s, const stp_stop *stop)
{
    size_t n = s->place_count;
    double *kernel = calloc(n * n, sizeof *kernel);
    if (!kernel)
        return NULL;
    for (size_t k = 0; k < n && !stp_stop_asked(stop); k++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += kernel[k * n + j] = weight(s, k, j);
        for (size_t j = 0; j < n; j++)
            kernel[k * n + j] /= sum;
    }
    return kernel;
}

/* The share active that is seen from a district, Lambda. */
static double seen_from(const stp_nation *nation, size_t district)
{
    double seen = 0;
    size_t n = nation->world->count;
    for (size_t j = 0; nation->kernel && j < n; j++)
        seen += nation->kernel[district * n + j] * nation->provinces[j].active;
    return seen;
}

void stp_news_step(const stp_nation *nation, size_t district)
{
    const steppe_scenario *s = nation->scenario;
    stp_province *p = &nation->provinces[district];
    double lag = s->news.lag.value;
    double told = p->media_reach * seen_from(nation, district);
    if (lag > 0)
        p->heard += (told - p->heard) * stp_part_of_way(s, lag);
    else
        p->heard = told;
}

double stp_news_elsewhere(const stp_nation *nation, size_t district, size_t field)
{
    double sum = 0;
    size_t n = nation->world->count;
    for (size_t j = 0; nation->kernel && j < n; j++) {
        const char *there = (const char *)&nation->provinces[j];
        if (j != district)
            sum += nation->kernel[district * n + j] * *(const double *)(there + field);
    }
    return sum;
}

double stp_news_heard(const stp_nation *nation, const stp_province *p)
{
    return nation->scenario->news.reach.value * p->heard * p->in_sight;
}

double stp_news_boldness(const stp_nation *nation, const stp_province *p)
{
    const steppe_scenario *s = nation->scenario;
    double most = s->news.saturation.value, heard = p->heard;
    if (most < INFINITY)
        heard = most * (1 - stp_exp(-heard / most));
    double lower = s->news.emboldens.value * heard;
    /* T as citizens have it */
    double threshold = floor(s->citizens.threshold.value * 65536.0 + 0.5) / 65536.0;
    return fmin(lower, fmax(threshold, 0));
}
