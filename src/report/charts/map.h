/* The country as a map: units as areas, towns as circles, coloured by how many of their residents. */
#ifndef STP_MAP_H
#define STP_MAP_H

#include "report/load/report.h"

typedef enum stp_map_measure {
    STP_MAP_ACTIVE,  /* at a moment */
    STP_MAP_ARRESTS, /* since the start */
    STP_MAP_DEATHS,  /* since the start, of citizens */
    STP_MAP_MEASURES,
} stp_map_measure;

/* Classes of a map: 0 for nothing, then up to each of the cuts per 100,000 residents, and more. */
enum { STP_MAP_CLASSES = 6, STP_MAP_CUTS = STP_MAP_CLASSES - 2 };
extern const char *const stp_map_names[STP_MAP_MEASURES];

typedef struct stp_spot_on_map {
    double x, y, radius; /* radius 0: not drawn as a circle */
} stp_spot_on_map;

typedef struct stp_map {
    const stp_report *report;
    stp_projection projection;
    double width, height, scale, left,
        top;                /* pixels; the scale in pixels a radius of the sphere */
    stp_spot_on_map *spots; /* one a district */
    double *residents;      /* one a district, */
    bool *named;            /* room to work with: one a district */
    double *unit_residents; /* one a unit */
    int *area_unit;         /* the unit of each area, or -1 */
    double cuts[STP_MAP_MEASURES][STP_MAP_CUTS];
} stp_map;

/* Does the report have a map: two districts or more with coordinates? */
bool stp_map_there(const stp_report *report);

/* Begin the <svg> element of a map, with `foot` pixels of room below it. */
void stp_map_open(FILE *file, const stp_map *map, double foot, const char *attributes);
/* "Boundaries: ...", if there are some. */
void stp_map_write_credit(FILE *file, const stp_report *report);
/* One class of the explanation of the colours, in words. */
void stp_map_write_class(FILE *file, int class, double x, double y, const char *words);

/* Lay it out. Errors: STEPPE_NO_MEMORY. */
int stp_map_create(const stp_report *report, stp_map *map);
void stp_map_clear(stp_map *map);

/* The shapes of the areas, as definitions that pictures of the same page use. */
void stp_map_write_shapes(FILE *file, const stp_map *map);

/* Areas and circles coloured by values[district], residents. small: without names. */
void stp_map_write(FILE *file, const stp_map *map, stp_map_measure measure,
                   const double *values, bool small);

/* Cuts of a report's maps: 1, 3, 10, 30 ... per 100,000, the last the highest that a district is above. */
void stp_map_find_cuts(const stp_report *report, stp_map_measure measure,
                       double cuts[STP_MAP_CUTS]);

/* "none", "up to 100", "more than 10,000". */
void stp_map_class_words(const double cuts[STP_MAP_CUTS], int class, char *words,
                         size_t size);
/* Its colour on paper, "#f9b262". */
const char *stp_map_colour(int class);

/* The explanation of its colours and circles, from x, y on. */
void stp_map_write_key(FILE *file, const stp_map *map, stp_map_measure measure, double x,
                       double y);

/* Each district's highest (of what is at a moment) or last value of a measure up to `last`, from
 * step `first` on. */
void stp_map_values(const stp_report *report, stp_map_measure measure, size_t first,
                    size_t last, double *values);

/* Does the file tell this measure? */
bool stp_map_measured(const stp_report *report, stp_map_measure measure);

/* ---- a report's maps, as files ---- */

/* Each is a whole SVG, or CSV; 0 or a negative status. */
int stp_report_draw_map(FILE *file, const stp_report *report, stp_map_measure measure);
int stp_report_draw_spread(FILE *file, const stp_report *report);
int stp_report_districts_csv(FILE *file, const stp_report *report);

#endif
