#include "street/plane.h"

void stp_plane_set_edge(uint16_t *plane, const stp_grid *grid, uint32_t x, uint32_t y,
                        bool value)
{
    /* A lattice is wider and higher than 2 reach: there is one copy each way at most. Where
     * there is none, the cell's own bit is set again: that costs less than a branch. */
    const uint32_t r = grid->reach, column = x + STP_MARGIN, row = y + r;
    uint32_t columns[2] = {column, column}, rows[2] = {row, row};
    columns[1] += x < r ? grid->width : 0;
    columns[1] -= x + r >= grid->width ? grid->width : 0;
    rows[1] += y < r ? grid->height : 0;
    rows[1] -= y + r >= grid->height ? grid->height : 0;
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            stp_plane_put(plane + (size_t)(columns[i] / 16) * grid->rows + rows[k],
                          columns[i], value);
}
