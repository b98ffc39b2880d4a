/* News between districts: activity seen from district k is
 *     Lambda_k = sum_j W_kj a_j,   W_kj proportional to (1 + d_kj / d0)^(-delta),
 * a_j the share of active citizens at the end of the last step, d the great-circle distance,
 * rows of W summing to 1 (kernel of Bonnasse-Gahot et al. 2018). A citizen hears of
 * reach * Lambda_k * (citizens expected in vision) actives. */
#include "nation/nation.h"

#include "base/exact.h"
#include "world/geography.h"

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

double *stp_news_kernel(const steppe_scenario *s)
{
    size_t n = s->place_count;
    double *kernel = calloc(n * n, sizeof *kernel);
    if (!kernel)
        return NULL;
    for (size_t k = 0; k < n; k++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += kernel[k * n + j] = weight(s, k, j);
        for (size_t j = 0; j < n; j++)
            kernel[k * n + j] /= sum;
    }
    return kernel;
}

double stp_news_heard(const stp_nation *nation, size_t district)
{
    const steppe_scenario *s = nation->scenario;
    const stp_province *p = &nation->provinces[district];
    if (!nation->kernel)
        return 0;
    double seen = 0;
    for (size_t j = 0; j < s->place_count; j++)
        seen += nation->kernel[district * s->place_count + j] *
                nation->provinces[j].active;
    return s->news.reach.value * p->media_reach * seen * p->in_sight;
}
