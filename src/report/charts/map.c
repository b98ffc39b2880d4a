#include "report/charts/map.h"

#include "report/format/html.h"
#include "report/svg/draw.h"
#include "report/svg/path.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double WIDTH = 960, EDGE = 14, LARGEST = 30, LEAST = 3.2, TEXT = 12.5,
                    GAP = 6, WIDEST = 180, NARROWEST = 660, TILE_HEIGHT = 0.66;
enum { MAX_NAMES = 16 };

const char *const stp_map_names[STP_MAP_MEASURES] = {"In the street", "Arrests",
                                                     "Deaths"};

/* From pale to dark, one way in lightness, to be distinguished without colour. */
static const char *const COLOURS[STP_MAP_CLASSES] = {"#e9ecef", "#fde0ad", "#f9b262",
                                                     "#e8793a", "#bf3f2c", "#701a2f"};

/* ---- layout ---- */

static stp_degrees degrees_of(const steppe_scenario *s, size_t district)
{
    return (stp_degrees){s->districts[district].longitude.value,
                         s->districts[district].latitude.value};
}

static bool placed(const steppe_scenario *s, size_t district)
{
    stp_degrees d = degrees_of(s, district);
    return s->districts[district].latitude.given &&
           s->districts[district].longitude.given && isfinite(d.latitude) &&
           isfinite(d.longitude);
}

static size_t count_placed(const steppe_scenario *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->district_count; i++)
        count += placed(s, i);
    return count;
}

bool stp_map_there(const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    return (report->boundaries.count ? count_placed(s) : s->district_count) >= 2;
}

/* Every point of the map, into points if that is not NULL; returns how many. */
static size_t gather(const stp_report *report, stp_degrees *points)
{
    const stp_boundaries *b = &report->boundaries;
    size_t count = 0;
    for (size_t i = 0; i < b->count; i++)
        for (size_t k = 0; k < b->areas[i].count; k++)
            for (size_t n = 0; n < b->areas[i].rings[k].count; n++, count++)
                if (points)
                    points[count] = b->areas[i].rings[k].points[n];
    for (size_t i = 0; i < report->scenario->district_count; i++) {
        if (!placed(report->scenario, i))
            continue;
        if (points)
            points[count] = degrees_of(report->scenario, i);
        count++;
    }
    return count;
}

static void fit_frame(stp_map *map, const stp_degrees *points, size_t count)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY}, at[2];
    map->projection = stp_projection_around(points, count);
    for (size_t i = 0; i < count; i++) {
        stp_project(&map->projection, points[i], &at[0], &at[1]);
        for (int k = 0; k < 2; k++) {
            low[k] = fmin(low[k], at[k]);
            high[k] = fmax(high[k], at[k]);
        }
    }
    double across = fmax(high[0] - low[0], 1e-6), down = fmax(high[1] - low[1], 1e-6);
    double scale = fmin((WIDTH - 2 * EDGE) / across, (0.72 * WIDTH - 2 * EDGE) / down);
    map->scale = scale;
    map->width = WIDTH;
    map->height = fmax(scale * down + 2 * EDGE, 0.3 * WIDTH);
    map->left = (map->width - scale * across) / 2 - scale * low[0];
    map->top = (map->height - scale * down) / 2 - scale * low[1];
}

static void place_on(const stp_map *map, stp_degrees at, double *x, double *y)
{
    stp_project(&map->projection, at, x, y);
    *x = map->left + map->scale * *x;
    *y = map->top + map->scale * *y;
}

static int unit_of(const steppe_scenario *s, const char *id)
{
    for (size_t i = 0; i < s->unit_count && *id; i++)
        if (strcmp(s->units[i].id, id) == 0)
            return (int)i;
    return -1;
}

/* "Rest of" a unit is no town: the area stands for it, if there is one. */
static bool is_rest(const stp_map *map, size_t district)
{
    const stp_district_spec *place = &map->report->scenario->districts[district];
    if (place->unit < 0 || !place->id || strncmp(place->id, "rest-of-", 8) != 0)
        return false;
    for (size_t i = 0; i < map->report->boundaries.count; i++)
        if (map->area_unit[i] == place->unit)
            return true;
    return false;
}

static void count_residents(stp_map *map)
{
    const steppe_scenario *s = map->report->scenario;
    for (size_t i = 0; i < s->district_count; i++) {
        map->residents[i] = (double)stp_district_residents(s, i);
        if (s->districts[i].unit >= 0)
            map->unit_residents[s->districts[i].unit] += map->residents[i];
    }
}

static void place_circles(stp_map *map)
{
    const steppe_scenario *s = map->report->scenario;
    double most = 1;
    for (size_t i = 0; i < s->district_count; i++)
        if (placed(s, i) && !is_rest(map, i))
            most = fmax(most, map->residents[i]);
    for (size_t i = 0; i < s->district_count; i++) {
        stp_map_mark *mark = &map->marks[i];
        if (!placed(s, i) || is_rest(map, i))
            continue;
        place_on(map, degrees_of(s, i), &mark->x, &mark->y);
        mark->radius = fmax(LEAST, LARGEST * sqrt(map->residents[i] / most));
    }
}

/* ---- without boundaries: a grid of equal tiles ---- */

typedef struct tile {
    size_t district;
    stp_degrees at;
} tile;

static int from_north(const void *a, const void *b)
{
    double x = ((const tile *)a)->at.latitude, y = ((const tile *)b)->at.latitude;
    return (x < y) - (x > y);
}

static int from_west(const void *a, const void *b)
{
    double x = ((const tile *)a)->at.longitude, y = ((const tile *)b)->at.longitude;
    return (x > y) - (x < y);
}

/* Rows from north to south, each from west to east, if all districts have coordinates; else in the
 * order of the scenario. */
static int place_tiles(stp_map *map)
{
    const steppe_scenario *s = map->report->scenario;
    const size_t count = s->district_count;
    const size_t columns = (size_t)ceil(sqrt(1.7 * (double)count)),
                 rows = (count + columns - 1) / columns;
    tile *tiles = calloc(count, sizeof *tiles);
    if (!tiles)
        return stp_no_memory(map->report->context);
    for (size_t i = 0; i < count; i++)
        tiles[i] = (tile){i, degrees_of(s, i)};
    if (map->sorted)
        qsort(tiles, count, sizeof *tiles, from_north);
    map->tile = fmin(WIDEST, (WIDTH - 2 * EDGE) / (double)columns);
    map->width = fmax(NARROWEST, map->tile * (double)columns + 2 * EDGE);
    map->height = TILE_HEIGHT * map->tile * (double)rows + 2 * EDGE;
    const double left = (map->width - map->tile * (double)columns) / 2;
    for (size_t r = 0; r < rows; r++) {
        size_t first = r * count / rows, end = (r + 1) * count / rows;
        if (map->sorted)
            qsort(tiles + first, end - first, sizeof *tiles, from_west);
        for (size_t i = first; i < end; i++)
            map->marks[tiles[i].district] = (stp_map_mark){
                left + map->tile * ((double)(i - first) + 0.5),
                EDGE + TILE_HEIGHT * map->tile * ((double)r + 0.5), map->tile / 2};
    }
    free(tiles);
    return STEPPE_OK;
}

/* Districts by falling residents: an insertion sort. */
static void sort(stp_map *map)
{
    for (size_t i = 0; i < map->report->scenario->district_count; i++) {
        size_t k = i;
        for (; k > 0 && map->residents[map->order[k - 1]] < map->residents[i]; k--)
            map->order[k] = map->order[k - 1];
        map->order[k] = i;
    }
}

/* ---- all of it ---- */

static int place_all(stp_map *map)
{
    const stp_report *report = map->report;
    count_residents(map);
    sort(map);
    map->sorted = count_placed(report->scenario) == report->scenario->district_count;
    if (report->boundaries.count == 0)
        return place_tiles(map);
    const size_t count = gather(report, NULL);
    stp_degrees *points = calloc(count + 1, sizeof *points);
    if (!points)
        return stp_no_memory(report->context);
    gather(report, points);
    for (size_t i = 0; i < report->boundaries.count; i++)
        map->area_unit[i] = unit_of(report->scenario, report->boundaries.areas[i].unit);
    fit_frame(map, points, count);
    free(points);
    place_circles(map);
    return STEPPE_OK;
}

int stp_map_create(const stp_report *report, stp_map *map)
{
    const steppe_scenario *s = report->scenario;
    *map = (stp_map){.report = report};
    map->marks = calloc(s->district_count, sizeof *map->marks);
    map->residents = calloc(s->district_count, sizeof *map->residents);
    map->values = calloc(s->district_count, sizeof *map->values);
    map->order = calloc(s->district_count, sizeof *map->order);
    map->unit_residents = calloc(s->unit_count + 1, sizeof *map->unit_residents);
    map->area_unit = calloc(report->boundaries.count + 1, sizeof *map->area_unit);
    int status = map->marks && map->residents && map->values && map->order &&
                         map->unit_residents && map->area_unit
                     ? place_all(map)
                     : stp_no_memory(report->context);
    for (int m = 0; m < STP_MAP_MEASURES && status == STEPPE_OK; m++)
        stp_map_find_cuts(report, (stp_map_measure)m, map->cuts[m]);
    if (status != STEPPE_OK)
        stp_map_clear(map);
    return status;
}

void stp_map_clear(stp_map *map)
{
    free(map->marks);
    free(map->residents);
    free(map->values);
    free(map->order);
    free(map->unit_residents);
    free(map->area_unit);
    *map = (stp_map){0};
}

/* ---- values ---- */

static const double *column_of(const stp_report *report, stp_map_measure measure)
{
    const stp_series *s = &report->series;
    return measure == STP_MAP_ACTIVE    ? s->counts[STP_SERIES_ACTIVE]
           : measure == STP_MAP_ARRESTS ? s->counts[STP_SERIES_ARRESTS]
           : s->forceless               ? NULL
                                        : s->counts[STP_SERIES_KILLED];
}

/* The highest share of a district's residents, per 100,000. */
static double highest_rate(const stp_report *report, stp_map_measure measure)
{
    double highest = 0;
    for (size_t i = 0; i < report->series.district_count; i++) {
        const stp_district_summary *f = &report->district_summaries[i];
        double residents = (double)stp_district_residents(report->scenario, i);
        double value = measure == STP_MAP_ACTIVE    ? f->peak
                       : measure == STP_MAP_ARRESTS ? f->arrests
                                                    : f->killed;
        if (residents > 0)
            highest = fmax(highest, value / residents * 1e5);
    }
    return highest;
}

bool stp_map_measured(const stp_report *report, stp_map_measure measure)
{
    return column_of(report, measure) &&
           (measure == STP_MAP_ACTIVE || highest_rate(report, measure) > 0);
}

void stp_map_fill(stp_map *map, stp_map_measure measure, size_t first, size_t last)
{
    const stp_report *report = map->report;
    const stp_series *s = &report->series;
    const double *counts = column_of(report, measure);
    double *values = map->values;
    memset(values, 0, s->district_count * sizeof *values);
    size_t from = measure == STP_MAP_ACTIVE ? first : 1;
    for (size_t step = from; counts && step <= last; step++)
        for (size_t k = 0; k < s->district_count; k++) {
            double value = counts[(step - 1) * s->district_count + k];
            values[k] = measure == STP_MAP_ACTIVE ? fmax(values[k], value)
                                                  : values[k] + value;
        }
    for (size_t k = 0; k < s->district_count; k++)
        values[k] = measure == STP_MAP_ARRESTS ? values[k] * s->scale
                                               : stp_report_people(report, k, values[k]);
}

static int class_of(const double cuts[STP_MAP_CUTS], double value, double residents)
{
    int class = 1;
    if (!(value > 0) || !(residents > 0))
        return 0;
    while (class <= STP_MAP_CUTS && value / residents * 1e5 > cuts[class - 1])
        class ++;
    return class;
}

void stp_map_find_cuts(const stp_report *report, stp_map_measure measure,
                       double cuts[STP_MAP_CUTS])
{
    /* 1 and 3 of each power of ten; people may be arrested more than once. */
    static const double ROUND[] = {0.01, 0.03, 0.1,   0.3,   1,   3,   10,  30,  100, 300,
                                   1000, 3000, 10000, 30000, 1e5, 3e5, 1e6, 3e6, 1e7};
    enum { COUNT = sizeof ROUND / sizeof *ROUND };
    const double highest = highest_rate(report, measure);
    int last = STP_MAP_CUTS - 1;
    while (last + 1 < COUNT && highest > ROUND[last + 1])
        last++;
    for (int i = 0; i < STP_MAP_CUTS; i++)
        cuts[i] = ROUND[last - STP_MAP_CUTS + 1 + i];
}

/* ---- drawing ---- */

void stp_map_open(FILE *file, const stp_map *map, double below, const char *title)
{
    stp_svg_open(file, map->width, map->height + below, title, "class='country'");
    stp_map_write_shapes(file, map);
}

void stp_map_write_credit(FILE *file, const stp_report *report)
{
    if (report->boundaries.count == 0 || !*report->boundaries.source)
        return;
    stp_html_write(file, " Boundaries: {}.", report->boundaries.source);
}

void stp_map_write_shapes(FILE *file, const stp_map *map)
{
    const stp_boundaries *b = &map->report->boundaries;
    fputs("<defs>\n", file);
    for (size_t i = 0; i < b->count; i++) {
        fprintf(file, "<path id='area%zu' fill-rule='evenodd' d='", i);
        stp_path path = {.file = file};
        for (size_t k = 0; k < b->areas[i].count; k++) {
            const stp_ring *ring = &b->areas[i].rings[k];
            for (size_t n = 0; n < ring->count; n++) {
                double x, y;
                place_on(map, ring->points[n], &x, &y);
                stp_path_to(&path, (stp_spot){lround(10 * x), lround(10 * y)});
            }
            stp_path_close(&path);
        }
        fputs("'/>\n", file);
    }
    fputs("</defs>\n", file);
}

static void write_areas(FILE *file, const stp_map *map, stp_map_measure measure,
                        bool small)
{
    const steppe_scenario *s = map->report->scenario;
    fprintf(file, "<g class='areas' stroke='#fff' stroke-width='%s'>\n",
            small ? "2.5" : "1");
    for (size_t i = 0; i < map->report->boundaries.count; i++) {
        double value = 0;
        int unit = map->area_unit[i];
        for (size_t k = 0; k < s->district_count && unit >= 0; k++)
            value += s->districts[k].unit == unit ? map->values[k] : 0;
        int class = unit < 0
                        ? 0
                        : class_of(map->cuts[measure], value, map->unit_residents[unit]);
        fprintf(file, "<use href='#area%zu' class='c%d' fill='%s'", i, class,
                COLOURS[class]);
        if (!small)
            fprintf(file, " data-unit='%d'", unit);
        fputs("/>\n", file);
    }
    fputs("</g>\n", file);
}

/* The height of the name above a tile. */
static double head_of(const stp_map *map)
{
    return map->tile >= 70 ? 30 : 0;
}

/* The shape of a district: a circle with a pale ring, to be seen on an area of any colour; or a tile. */
static void write_mark(FILE *file, const stp_map *map, size_t district,
                       stp_map_measure measure, bool small)
{
    const stp_map_mark *mark = &map->marks[district];
    double radius = small && map->tile == 0 ? mark->radius * 1.25 + 2 : mark->radius;
    int class = class_of(map->cuts[measure], map->values[district],
                         map->residents[district]);
    if (map->tile > 0)
        fprintf(file, "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='3'",
                mark->x - radius + GAP / 2, mark->y - TILE_HEIGHT * radius + head_of(map),
                2 * radius - GAP, 2 * TILE_HEIGHT * radius - GAP - head_of(map));
    else
        fprintf(file,
                "<circle class='halo' cx='%.1f' cy='%.1f' r='%.1f' fill='#fff' "
                "stroke='none'/><circle cx='%.1f' cy='%.1f' r='%.1f'",
                mark->x, mark->y, radius + (small ? 4 : 1.8), mark->x, mark->y, radius);
    fprintf(file, " class='c%d' fill='%s'", class, COLOURS[class]);
    if (!small)
        fprintf(file, " data-district='%zu'", district);
    fputs("/>\n", file);
}

/* The largest first, so that no circle hides another. */
static void write_marks(FILE *file, const stp_map *map, stp_map_measure measure,
                        bool small)
{
    fprintf(file, "<g class='towns' stroke='#444' stroke-width='%s'>\n",
            small ? "2" : "0.8");
    for (size_t i = 0; i < map->report->scenario->district_count; i++)
        if (map->marks[map->order[i]].radius > 0)
            write_mark(file, map, map->order[i], measure, small);
    fputs("</g>\n", file);
}

typedef struct box {
    double left, top, right, bottom;
} box;

static bool apart(const box *a, const box *b)
{
    return a->right < b->left || b->right < a->left || a->bottom < b->top ||
           b->bottom < a->top;
}

/* Where a name fits, right, left, above or below its circle, without hitting names or circles. */
static bool fit_name(const stp_map *map, size_t town, const box *taken, int count,
                     double width, box *name)
{
    const stp_map_mark *mark = &map->marks[town];
    for (int side = 0; side < 4; side++) {
        double x = side == 0   ? mark->x + mark->radius + 3
                   : side == 1 ? mark->x - mark->radius - 3 - width
                               : mark->x - width / 2;
        double y = side < 2    ? mark->y - TEXT / 2
                   : side == 2 ? mark->y - mark->radius - TEXT - 2
                               : mark->y + mark->radius + 2;
        *name = (box){x, y, x + width, y + TEXT};
        bool is_free = x > 2 && x + width < map->width - 2 && y > 2 &&
                       y + TEXT < map->height - 2;
        for (int i = 0; i < count && is_free; i++)
            is_free = apart(name, &taken[i]);
        for (size_t i = 0; i < map->report->scenario->district_count && is_free; i++) {
            const stp_map_mark *o = &map->marks[i];
            const box circle = {o->x - o->radius, o->y - o->radius, o->x + o->radius,
                                o->y + o->radius};
            is_free = i == town || !(o->radius > 0) || apart(name, &circle);
        }
        if (is_free)
            return true;
    }
    return false;
}

static void write_tile_names(FILE *file, const stp_map *map)
{
    const steppe_scenario *s = map->report->scenario;
    for (size_t i = 0; i < s->district_count && head_of(map) > 0; i++) {
        const stp_map_mark *mark = &map->marks[i];
        stp_label label = stp_label_fit(stp_report_district_name(map->report, i),
                                        map->tile - GAP, 2, TEXT, 8);
        stp_svg_label(file, mark->x - map->tile / 2 + GAP / 2,
                      mark->y - TILE_HEIGHT * map->tile / 2 + head_of(map) - 5 -
                          12 * (label.count - 1),
                      12, "start", STP_INK, &label);
    }
}

static void write_circle_names(FILE *file, const stp_map *map)
{
    const steppe_scenario *s = map->report->scenario;
    box taken[MAX_NAMES] = {{0}};
    int count = 0;
    for (size_t i = 0; i < s->district_count && count < MAX_NAMES; i++) {
        const size_t town = map->order[i];
        const char *name = s->districts[town].name ? s->districts[town].name : "";
        double width = 1.06 * stp_label_width(name, strlen(name), TEXT);
        if (!*name || width > 200 || !(map->marks[town].radius > 0) ||
            !fit_name(map, town, taken, count, width, &taken[count]))
            continue;
        stp_svg_text(file, taken[count].left, taken[count].bottom - 2, TEXT, "start",
                     STP_INK, name);
        count++;
    }
}

void stp_map_write(FILE *file, const stp_map *map, stp_map_measure measure, bool small)
{
    write_areas(file, map, measure, small);
    write_marks(file, map, measure, small);
    if (small)
        return;
    fprintf(file,
            "<g class='names%s' stroke='#fff' stroke-width='3' stroke-linejoin='round' "
            "paint-order='stroke'>\n",
            map->tile > 0 ? " tiles" : "");
    (map->tile > 0 ? write_tile_names : write_circle_names)(file, map);
    fputs("</g>\n", file);
}

const char *stp_map_shapes_words(const stp_map *map)
{
    return map->tile == 0 ? "Shaded: units, with all their districts. Circles: towns, "
                            "the area by residents. Equal-area projection."
           : map->sorted  ? "Tiles: districts, from north to south and west to east."
                          : "Tiles: districts, in the order of the scenario.";
}

const char *stp_map_colour(int class)
{
    return COLOURS[class];
}

/* "none", "up to 100", "more than 80 %". */
static void class_words(const stp_map *map, stp_map_measure measure, int class,
                        char words[48])
{
    char number[STP_COUNT_TEXT];
    double cut =
        map->cuts[measure][class > STP_MAP_CUTS ? STP_MAP_CUTS - 1 : class - !!class];
    const bool risk = measure == STP_MAP_RISK;
    if (class == 0)
        snprintf(words, 48, risk ? "in no run" : "none");
    else
        snprintf(words, 48, "%s %s%s", class <= STP_MAP_CUTS ? "up to" : "more than",
                 stp_amount_words(risk ? cut / 1000 : cut, number), risk ? " %" : "");
}

void stp_map_write_key(FILE *file, const stp_map *map, stp_map_measure measure, double x,
                       double y)
{
    static const char *const TITLES[] = {
        "Most in the street at once, per 100,000 residents",
        "Arrests in all, per 100,000 residents", "Deaths in all, per 100,000 residents",
        "Share of the runs with unrest in any week"};
    char words[48];
    fprintf(file, "<g class='imprint' fill='#444'><text x='%.1f' y='%.1f'>%s. ", x, y,
            TITLES[measure]);
    stp_write_source(file, map->report);
    fputs("</text>\n", file);
    for (int i = 0; i < STP_MAP_CLASSES; i++) {
        const double left = x + 106 * i;
        class_words(map, measure, i, words);
        fprintf(file,
                "<rect x='%.1f' y='%.1f' width='14' height='14' fill='%s' stroke='#888' "
                "stroke-width='.5'/><text x='%.1f' y='%.1f'>%s</text>\n",
                left, y + 9, COLOURS[i], left + 19, y + 20.5, words);
    }
    fputs("</g>\n", file);
}

void stp_map_write_page_key(FILE *file, const stp_map *map, stp_map_measure measure)
{
    static const char *const TITLES[] = {"In the street, per 100,000 residents",
                                         "Arrests so far, per 100,000 residents",
                                         "Deaths so far, per 100,000 residents",
                                         "Runs with unrest in any week"};
    char words[48];
    fprintf(file, "<div class='key' data-measure='%d'%s><span>%s:</span>\n", measure,
            measure == STP_MAP_ACTIVE || measure == STP_MAP_RISK ? "" : " hidden",
            TITLES[measure]);
    for (int i = 0; i < STP_MAP_CLASSES; i++) {
        class_words(map, measure, i, words);
        fprintf(file, "<span><i class='c%d'></i>%s</span>\n", i, words);
    }
    fputs("</div>\n", file);
}
