/* The cells that an agent sees from where it stands. */
#ifndef STP_VISION_H
#define STP_VISION_H

#include <stdint.h>

enum {
    STP_RADIUS_MOST = 15,
    STP_DISC_MOST = (2 * STP_RADIUS_MOST + 1) * (2 * STP_RADIUS_MOST + 1) - 1,
};

/* The cells within vision, without the own one, in row-major order (top to bottom, left to
 * right): the k-th cell of anything drawn within vision is counted in this order. */
typedef struct stp_disc {
    int radius; /* largest |dx| or |dy|, 0 .. STP_RADIUS_MOST */
    uint32_t count;
    int8_t dx[STP_DISC_MOST], dy[STP_DISC_MOST];
} stp_disc;

/* vision: radius in cells, >= 0; shape: STP_EUCLIDEAN (distance <= vision), STP_MOORE or
 * STP_VON_NEUMANN (whole part of vision); limit: |dx| and |dy| stay within it, so that no
 * cell of a small torus is seen twice. */
void stp_disc_make(stp_disc *disc, double vision, int shape, int limit);

/* The same on a torus of width x height cells, each of which is seen once, by the shortest way
 * round: to all sides alike only where they are odd. */
void stp_disc_make_around(stp_disc *disc, double vision, int shape, uint32_t width,
                          uint32_t height);

#endif
