#include "models/contagion.h"

#include "base/exact.h"

#include <stdlib.h>
#include <string.h>

void stp_contagion_kernel(const double *distance, size_t districts, double d0,
                          double delta, double *weight)
{
    for (size_t i = 0; i < districts * districts; i++)
        weight[i] = stp_pow(1 + distance[i] / d0, -delta);
}

static double response(const stp_contagion *model, double felt)
{
    if (model->response == STP_RESPONSE_LINEAR)
        return model->beta * felt;
    if (felt <= model->critical)
        return 0;
    return model->beta * (1 - stp_exp(-model->gamma * (felt - model->critical)));
}

/* A state is lambda of all districts, then sigma of all. */
static void slope_of(const stp_contagion *model, const double *at, double *slope)
{
    size_t n = model->districts;
    for (size_t k = 0; k < n; k++) {
        const double *weight = model->weight + k * n;
        double felt = 0;
        for (size_t j = 0; j < n; j++)
            felt += weight[j] * at[j];
        double joining = at[n + k] * response(model, felt);
        slope[k] = joining - model->omega * at[k];
        slope[n + k] = -joining;
    }
}

/* One step; trial, slope and sum: a state each. */
static void advance(const stp_contagion *model, double step, double *now, double *trial,
                    double *slope, double *sum)
{
    static const double AHEAD[] = {0.5, 0.5, 1, 0}, WEIGHT[] = {1, 2, 2, 1};
    size_t size = 2 * model->districts;
    memcpy(trial, now, size * sizeof *now);
    memset(sum, 0, size * sizeof *sum);
    for (int stage = 0; stage < 4; stage++) {
        slope_of(model, trial, slope);
        for (size_t i = 0; i < size; i++) {
            sum[i] += WEIGHT[stage] * slope[i];
            trial[i] = now[i] + step * AHEAD[stage] * slope[i];
        }
    }
    for (size_t i = 0; i < size; i++)
        now[i] += step / 6 * sum[i];
}

int stp_contagion_advance(const stp_contagion *model, double step, size_t steps,
                          double *activity, double *susceptible)
{
    size_t n = model->districts, size = 2 * n;
    double *now = malloc(4 * size * sizeof *now);
    if (!now)
        return -1;
    memcpy(now, activity, n * sizeof *now);
    memcpy(now + n, susceptible, n * sizeof *now);
    for (size_t i = 0; i < steps; i++)
        advance(model, step, now, now + size, now + 2 * size, now + 3 * size);
    memcpy(activity, now, n * sizeof *now);
    memcpy(susceptible, now + n, n * sizeof *now);
    free(now);
    return 0;
}
