#include "models/global_game.h"

#include "base/exact.h"
#include "base/normal.h"

#include <math.h>

static const double ROOT_TWO_PI = 2.5066282746310005;

/* The right-hand side of the condition, Phi(slope (theta - signal) - shift). */
typedef struct response {
    double slope, signal, shift;
} response;

static double excess(const response *r, double theta)
{
    return stp_normal(r->slope * (theta - r->signal) - r->shift) - theta;
}

static bool is_valid(const stp_global_game *game)
{
    return isfinite(game->signal) && isfinite(game->alpha) && game->alpha >= 0 &&
           isfinite(game->beta) && game->beta > 0 && game->cost > 0 && game->cost < 1;
}

bool stp_global_game_is_unique(const stp_global_game *game)
{
    return game->alpha / sqrt(game->beta) <= ROOT_TWO_PI;
}

/* The excess turns where slope density(z) = 1, at z and -z: between 0, these points and 1
 * it is monotone, so no piece can hide two roots. Returns the number of ends of
 * pieces. */
static int pieces(const response *r, double ends[4])
{
    int count = 0;
    ends[count++] = 0;
    if (r->slope > ROOT_TWO_PI) {
        double z = sqrt(2 * stp_log(r->slope / ROOT_TWO_PI));
        for (int sign = -1; sign <= 1; sign += 2) {
            double theta = r->signal + (r->shift + sign * z) / r->slope;
            if (theta > 0 && theta < 1)
                ends[count++] = theta;
        }
    }
    ends[count++] = 1;
    return count;
}

/* The root between two ends at which the excess has different signs. */
static double bisect(const response *r, double low, double high)
{
    bool rising = excess(r, low) < 0;
    for (int i = 0; i < 100; i++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return middle; /* there is no number between */
        if ((excess(r, middle) < 0) == rising)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

int stp_global_game_thresholds(const stp_global_game *game,
                               double thresholds[STP_GLOBAL_GAME_MAX])
{
    if (!is_valid(game))
        return 0;
    response r = {game->alpha / sqrt(game->beta), game->signal,
                  sqrt((game->alpha + game->beta) / game->beta) *
                      stp_normal_inverse(game->cost)};
    double ends[4];
    int count = 0, last = pieces(&r, ends) - 1;
    for (int i = 0; i <= last && count < STP_GLOBAL_GAME_MAX; i++) {
        double here = excess(&r, ends[i]);
        if (here == 0) /* two roots that meet, or one that rounds to 0 or 1 */
            thresholds[count++] = ends[i];
        else if (i < last && here * excess(&r, ends[i + 1]) < 0)
            thresholds[count++] = bisect(&r, ends[i], ends[i + 1]);
    }
    return count;
}
