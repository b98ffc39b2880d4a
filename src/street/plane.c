#include "street/plane.h"

#include <stdlib.h>
#include <sys/mman.h>

void stp_plane_set_edge(uint16_t *plane, const stp_grid *grid, uint32_t x, uint32_t y,
                        bool value)
{
    /* Copies reach half of an axis at most, so there is at most one along each. Where
     * there is none, the cell's own bit is set again, which costs less than a branch. */
    const uint32_t h = grid->across, v = grid->along;
    const uint32_t column = x + STP_MARGIN, row = y + grid->reach;
    uint32_t columns[2] = {column, column}, rows[2] = {row, row};
    columns[1] += x < h ? grid->width : 0;
    columns[1] -= x + h >= grid->width ? grid->width : 0;
    rows[1] += y < v ? grid->height : 0;
    rows[1] -= y + v >= grid->height ? grid->height : 0;
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            stp_plane_put(plane + (size_t)(columns[i] / 16) * grid->rows + rows[k],
                          columns[i], value);
}

void *stp_zeroed(size_t size)
{
    const size_t line = 64, page = (size_t)2 << 20, unit = size < 4 * page ? line : page;
    void *memory = aligned_alloc(unit, (size + unit - 1) / unit * unit);
    if (!memory)
        return NULL;
    if (unit == page)
        madvise(memory, size, MADV_HUGEPAGE);
    memset(memory, 0, size);
    return memory;
}
