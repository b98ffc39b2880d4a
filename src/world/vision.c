#include "world/vision.h"

#include "scenario/scenario.h"

#include <stdlib.h>

static bool within(double vision, int shape, int dx, int dy)
{
    if (shape == STP_MOORE)
        return abs(dx) <= vision && abs(dy) <= vision;
    if (shape == STP_VON_NEUMANN)
        return abs(dx) + abs(dy) <= vision;
    return dx * dx + dy * dy <= vision * vision;
}

void stp_disc_make(stp_disc *disc, double vision, int shape, int limit)
{
    int reach = limit < STP_RADIUS_MOST ? limit : STP_RADIUS_MOST;
    disc->radius = 0;
    disc->count = 0;
    for (int dy = -reach; dy <= reach; dy++) {
        for (int dx = -reach; dx <= reach; dx++) {
            if ((dx == 0 && dy == 0) || !within(vision, shape, dx, dy))
                continue;
            disc->dx[disc->count] = (int8_t)dx;
            disc->dy[disc->count++] = (int8_t)dy;
            int radius = abs(dx) > abs(dy) ? abs(dx) : abs(dy);
            disc->radius = radius > disc->radius ? radius : disc->radius;
        }
    }
}
