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

/* reach: how far to the left, right, up and down. */
static void make(stp_disc *disc, double vision, int shape, const int reach[4])
{
    disc->radius = 0;
    disc->count = 0;
    for (int dy = -reach[2]; dy <= reach[3]; dy++) {
        for (int dx = -reach[0]; dx <= reach[1]; dx++) {
            if ((dx == 0 && dy == 0) || !within(vision, shape, dx, dy))
                continue;
            disc->dx[disc->count] = (int8_t)dx;
            disc->dy[disc->count++] = (int8_t)dy;
            int radius = abs(dx) > abs(dy) ? abs(dx) : abs(dy);
            disc->radius = radius > disc->radius ? radius : disc->radius;
        }
    }
}

static int at_most(uint32_t cells)
{
    return cells < STP_RADIUS_MOST ? (int)cells : STP_RADIUS_MOST;
}

void stp_disc_make(stp_disc *disc, double vision, int shape, int limit)
{
    int reach = at_most((uint32_t)limit);
    make(disc, vision, shape, (const int[]){reach, reach, reach, reach});
}

void stp_disc_make_around(stp_disc *disc, double vision, int shape, uint32_t width,
                          uint32_t height)
{
    make(disc, vision, shape,
         (const int[]){at_most((width - 1) / 2), at_most(width / 2),
                       at_most((height - 1) / 2), at_most(height / 2)});
}
