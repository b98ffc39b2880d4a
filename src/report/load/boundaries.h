/* Boundaries of units, and where places lie on a flat map. */
#ifndef STP_BOUNDARIES_H
#define STP_BOUNDARIES_H

#include "base/error.h"

#include <stddef.h>

/* Degrees. */
typedef struct stp_degrees {
    double longitude, latitude;
} stp_degrees;

typedef struct stp_ring {
    stp_degrees *points;
    size_t count;
} stp_ring;

typedef struct stp_area {
    char *unit, *name; /* id of the unit; "" if the file has none */
    stp_ring *rings;
    size_t count;
} stp_area;

typedef struct stp_boundaries {
    stp_area *areas;
    size_t count;
    char *source; /* "" if the file does not say */
} stp_boundaries;

/* Read a file of TopoJSON: polygons and multipolygons of all its objects, with the id of a unit as the
 * property `unit`. Errors: STEPPE_CANNOT_READ, STEPPE_BAD_SCENARIO (with what was expected),
 * STEPPE_NO_MEMORY. */
int stp_boundaries_read(steppe_context *context, const char *path,
                        stp_boundaries *boundaries);
void stp_boundaries_clear(stp_boundaries *boundaries);

/* Lambert's azimuthal equal-area projection of a sphere around a middle (Snyder 1987, eq. 24-2 to
 * 24-4). x to the east, y to the south; in radii of the sphere. */
typedef struct stp_projection {
    double longitude, sine, cosine; /* of the middle; of its latitude */
} stp_projection;
stp_projection stp_projection_around(const stp_degrees *points, size_t count);
void stp_project(const stp_projection *projection, stp_degrees place, double *x,
                 double *y);

#endif
