/* Any bytes as a file of boundaries: an error with its place, or areas that can be mapped. */
#include "fuzz.h"

#include "report/load/boundaries.h"

#include <math.h>
#include <unistd.h>

static char path[200];

static void clean_up(void)
{
    unlink(path);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count;
    (void)arguments;
    const char *where = getenv("TMPDIR");
    snprintf(path, sizeof path, "%.150s/steppe-fuzz-XXXXXX", where ? where : "/tmp");
    int file = mkstemp(path);
    MUST(file >= 0, "%s", path);
    close(file);
    atexit(clean_up);
    return 0;
}

/* Every point is somewhere on Earth, and on the map. */
static void must_lie(const stp_area *area)
{
    MUST(area->unit && area->name, "no text");
    for (size_t r = 0; r < area->count; r++) {
        const stp_ring *ring = &area->rings[r];
        MUST(ring->points || ring->count == 0, "no points");
        stp_projection projection = stp_projection_around(ring->points, ring->count);
        for (size_t i = 0; i < ring->count; i++) {
            double x, y;
            MUST(fabs(ring->points[i].longitude) <= 360 &&
                     fabs(ring->points[i].latitude) <= 90.001,
                 "%g, %g", ring->points[i].longitude, ring->points[i].latitude);
            stp_project(&projection, ring->points[i], &x, &y);
            MUST(isfinite(x) && isfinite(y), "%g, %g", x, y);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    steppe_context *context;
    stp_boundaries boundaries = {0};
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0 ||
        steppe_context_create(&context) != STEPPE_OK)
        return -1;
    int status = stp_boundaries_read(context, path, &boundaries);
    const char *message = steppe_context_message(context);
    MUST(status == STEPPE_OK || status == STEPPE_BAD_SCENARIO ||
             status == STEPPE_CANNOT_READ,
         "%d: %s", status, message);
    MUST(status == STEPPE_OK || *message, "no message");
    for (size_t i = 0; status == STEPPE_OK && i < boundaries.count; i++)
        must_lie(&boundaries.areas[i]);
    stp_boundaries_clear(&boundaries);
    steppe_context_free(context);
    return 0;
}
