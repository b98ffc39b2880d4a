#include "street/plane.h"

void stp_plane_set_edge(uint16_t *plane, const stp_grid *grid, uint32_t x, uint32_t y,
                        bool value)
{
    const uint32_t r = grid->reach;
    uint32_t columns[3] = {x + STP_MARGIN}, rows[3] = {y + STP_MARGIN}, nc = 1, nr = 1;
    if (x < r)
        columns[nc++] = x + STP_MARGIN + grid->width;
    if (x + r >= grid->width)
        columns[nc++] = x + STP_MARGIN - grid->width;
    if (y < r)
        rows[nr++] = y + STP_MARGIN + grid->height;
    if (y + r >= grid->height)
        rows[nr++] = y + STP_MARGIN - grid->height;
    for (uint32_t i = 0; i < nc; i++)
        for (uint32_t k = 0; k < nr; k++)
            stp_plane_put(plane, grid, columns[i], rows[k], value);
}
