/* The country as a map: units as areas and towns as circles, or districts as tiles, coloured by the share of
 * their residents. */
#ifndef STP_MAP_H
#define STP_MAP_H

#include "report/charts/section.h"

typedef enum stp_map_measure {
    STP_MAP_ACTIVE,  /* at a moment */
    STP_MAP_ARRESTS, /* since the start */
    STP_MAP_DEATHS,  /* since the start, of citizens */
    STP_MAP_MEASURES,
    STP_MAP_RISK =
        STP_MAP_MEASURES, /* of an ensemble: 1,000 per 100,000 for each per cent of the runs */
} stp_map_measure;

/* Classes of a map: 0 for nothing, then up to each of the cuts per 100,000 residents, and more. */
enum { STP_MAP_CLASSES = 6, STP_MAP_CUTS = STP_MAP_CLASSES - 2 };
extern const char *const stp_map_names[STP_MAP_MEASURES];

/* Where a district stands: a circle, or a tile of the grid. radius 0: its unit's area stands for it. */
typedef struct stp_map_mark {
    double x, y, radius;
} stp_map_mark;

typedef struct stp_map {
    const stp_report *report;
    stp_projection projection;
    double width, height;    /* pixels */
    double scale, left, top; /* scale: pixels per radius of the sphere */
    double tile;             /* without boundaries: the width of a tile; else 0 */
    bool sorted;             /* every district has coordinates */
    stp_map_mark *marks;     /* [district] */
    size_t *order;           /* districts by falling residents */
    double *residents,
        *values;            /* [district]; values: residents, which its colour shows */
    double *unit_residents; /* [unit] */
    int *area_unit;         /* the unit of each area, or -1 */
    double cuts[STP_MAP_MEASURES + 1][STP_MAP_CUTS];
} stp_map;

/* Does the report have a map: two districts or more; with boundaries, of known coordinates? */
bool stp_map_there(const stp_report *report);

/* Lay it out. Errors: STEPPE_NO_MEMORY, and then the map is clear. */
int stp_map_create(const stp_report *report, stp_map *map);
void stp_map_clear(stp_map *map);

/* Set the values to each district's highest (of STP_MAP_ACTIVE) or last value of a measure up to step
 * `last`, from `first` on. */
void stp_map_fill(stp_map *map, stp_map_measure measure, size_t first, size_t last);

/* Is the measure in the file, and not 0 everywhere (but for STP_MAP_ACTIVE)? */
bool stp_map_measured(const stp_report *report, stp_map_measure measure);

/* Begin the <svg> element of a map, with `below` pixels below it, and define the shapes of the areas,
 * which other pictures of the page use. */
void stp_map_open(FILE *file, const stp_map *map, double below, const char *title);
void stp_map_write_shapes(FILE *file, const stp_map *map);

/* Areas, and circles or tiles, coloured by the values. small: without names. */
void stp_map_write(FILE *file, const stp_map *map, stp_map_measure measure, bool small);

/* What areas, circles and tiles are. */
const char *stp_map_shapes_words(const stp_map *map);
/* "Boundaries: ...", if there are some. */
void stp_map_write_credit(FILE *file, const stp_report *report);

/* Cuts of a report's maps: 1, 3, 10, 30 ... per 100,000, the last the highest that a district is above. */
void stp_map_find_cuts(const stp_report *report, stp_map_measure measure,
                       double cuts[STP_MAP_CUTS]);
/* The colour of a class on paper, "#f9b262". */
const char *stp_map_colour(int class);
/* The legend of a file, from x, y on; and that of a page. */
void stp_map_write_key(FILE *file, const stp_map *map, stp_map_measure measure, double x,
                       double y);
void stp_map_write_page_key(FILE *file, const stp_map *map, stp_map_measure measure);

#endif
