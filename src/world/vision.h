/* The cells that an agent sees from where it stands. */
#ifndef STP_VISION_H
#define STP_VISION_H

#include <stdint.h>

enum {
    STP_MAX_RADIUS = 15,
    STP_MAX_DISC = (2 * STP_MAX_RADIUS + 1) * (2 * STP_MAX_RADIUS + 1) - 1,
};

/* The cells within vision, without the own one, in row-major order (top to bottom, left to
 * right): the k-th cell of anything drawn within vision is counted in this order. */
typedef struct stp_disc {
    int radius; /* largest |dx| or |dy|, 0 .. STP_MAX_RADIUS */
    uint32_t count;
    int8_t dx[STP_MAX_DISC], dy[STP_MAX_DISC];
} stp_disc;

/* What is in sight on a torus of width x height cells (each >= 1), each of which is seen once, by the
 * shortest way round: from side - 1 over 2 cells to the left and up to side / 2 to the right and
 * down, each axis by its own side. vision: radius in cells, >= 0; shape: STP_EUCLIDEAN (distance
 * <= vision), STP_MOORE or STP_VON_NEUMANN (whole part of vision). */
void stp_disc_make(stp_disc *disc, double vision, int shape, uint32_t width,
                   uint32_t height);

/* How far to the left, right, up and down an axis of `side` cells lets see, at most
 * STP_MAX_RADIUS. */
int stp_reach_back(uint32_t side);
int stp_reach_ahead(uint32_t side);

#endif
