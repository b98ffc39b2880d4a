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

static int at_most(uint32_t cells)
{
    return cells < STP_MAX_RADIUS ? (int)cells : STP_MAX_RADIUS;
}

int stp_reach_back(uint32_t side)
{
    return at_most((side - 1) / 2);
}

int stp_reach_ahead(uint32_t side)
{
    return at_most(side / 2);
}

void stp_disc_make(stp_disc *disc, double vision, int shape, uint32_t width,
                   uint32_t height)
{
    disc->radius = 0;
    disc->count = 0;
    for (int dy = -stp_reach_back(height); dy <= stp_reach_ahead(height); dy++) {
        for (int dx = -stp_reach_back(width); dx <= stp_reach_ahead(width); dx++) {
            if ((dx == 0 && dy == 0) || !within(vision, shape, dx, dy))
                continue;
            disc->dx[disc->count] = (int8_t)dx;
            disc->dy[disc->count++] = (int8_t)dy;
            int radius = abs(dx) > abs(dy) ? abs(dx) : abs(dy);
            disc->radius = radius > disc->radius ? radius : disc->radius;
        }
    }
}
