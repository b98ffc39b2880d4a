/* The cells that an agent sees. */
#ifndef STP_VISION_H
#define STP_VISION_H

#include <stdint.h>

enum {
    STP_MAX_RADIUS = 15,
    STP_MAX_DISC = (2 * STP_MAX_RADIUS + 1) * (2 * STP_MAX_RADIUS + 1) - 1,
};

/* The cells within vision, without the agent's own, in row-major order, in which draws
 * within vision count. */
typedef struct stp_disc {
    int radius; /* largest |dx| or |dy|, 0 .. STP_MAX_RADIUS */
    uint32_t count;
    int8_t dx[STP_MAX_DISC], dy[STP_MAX_DISC];
} stp_disc;

/* The disc on a torus of width x height cells (each >= 1), each seen once, by the
 * shortest way: per axis at most (side - 1) / 2 cells left or up and side / 2 right or
 * down. vision: radius in cells, >= 0; shape: STP_EUCLIDEAN (distance <= vision),
 * STP_MOORE or STP_VON_NEUMANN (whole part of vision). */
void stp_disc_make(stp_disc *disc, double vision, int shape, uint32_t width,
                   uint32_t height);

/* How far an axis of `side` cells lets see left (up) and right (down), at most
 * STP_MAX_RADIUS. */
int stp_reach_back(uint32_t side);
int stp_reach_ahead(uint32_t side);

#endif
