#include "report/charts/map.h"

#include "report/format/html.h"
#include "report/svg/label.h"
#include "report/svg/path.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double WIDTH = 960, EDGE = 14, LARGEST = 30, LEAST = 3.2, TEXT = 12.5;
enum { MAX_NAMES = 16 };

const char *const stp_map_names[STP_MAP_MEASURES] = {"In the street", "Arrests",
                                                     "Deaths"};

/* From pale to dark, one way in lightness, so that they are told apart without colour. */
static const char *const COLOURS[STP_MAP_CLASSES] = {"#e9ecef", "#fde0ad", "#f9b262",
                                                     "#e8793a", "#bf3f2c", "#701a2f"};

/* ---- layout ---- */

static stp_degrees degrees_of(const steppe_scenario *s, size_t district)
{
    return (stp_degrees){s->places[district].longitude.value,
                         s->places[district].latitude.value};
}

static bool placed(const steppe_scenario *s, size_t district)
{
    stp_degrees d = degrees_of(s, district);
    return s->places[district].latitude.given && s->places[district].longitude.given &&
           isfinite(d.latitude) && isfinite(d.longitude);
}

bool stp_map_there(const stp_report *report)
{
    size_t count = 0;
    for (size_t i = 0; i < report->scenario->place_count; i++)
        count += placed(report->scenario, i);
    return count >= 2;
}

/* Every place that has to lie on the map, into points if that is not NULL; returns how many. */
static size_t gather(const stp_report *report, stp_degrees *points)
{
    const stp_boundaries *b = &report->boundaries;
    size_t count = 0;
    for (size_t i = 0; i < b->count; i++)
        for (size_t k = 0; k < b->areas[i].count; k++)
            for (size_t n = 0; n < b->areas[i].rings[k].count; n++, count++)
                if (points)
                    points[count] = b->areas[i].rings[k].points[n];
    for (size_t i = 0; i < report->scenario->place_count; i++) {
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
    /* Circles reach beyond the places of towns where no boundary holds them. */
    double edge = map->report->boundaries.count ? EDGE : EDGE + LARGEST;
    double across = fmax(high[0] - low[0], 1e-6), down = fmax(high[1] - low[1], 1e-6);
    double scale = fmin((WIDTH - 2 * edge) / across, (0.72 * WIDTH - 2 * edge) / down);
    map->scale = scale;
    map->width = WIDTH;
    map->height = fmax(scale * down + 2 * edge, 0.3 * WIDTH);
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
    const stp_place *place = &map->report->scenario->places[district];
    if (place->unit < 0 || !place->id || strncmp(place->id, "rest-of-", 8) != 0)
        return false;
    for (size_t i = 0; i < map->report->boundaries.count; i++)
        if (map->area_unit[i] == place->unit)
            return true;
    return false;
}

static void place_towns(stp_map *map)
{
    const steppe_scenario *s = map->report->scenario;
    double most = 1;
    for (size_t i = 0; i < s->place_count; i++) {
        map->residents[i] = (double)stp_place_residents(s, i);
        if (s->places[i].unit >= 0)
            map->unit_residents[s->places[i].unit] += map->residents[i];
        if (placed(s, i) && !is_rest(map, i))
            most = fmax(most, map->residents[i]);
    }
    for (size_t i = 0; i < s->place_count; i++) {
        stp_spot_on_map *spot = &map->spots[i];
        if (!placed(s, i) || is_rest(map, i))
            continue;
        place_on(map, degrees_of(s, i), &spot->x, &spot->y);
        spot->radius = fmax(LEAST, LARGEST * sqrt(map->residents[i] / most));
    }
}

int stp_map_create(const stp_report *report, stp_map *map)
{
    const steppe_scenario *s = report->scenario;
    const size_t count = gather(report, NULL);
    stp_degrees *points = calloc(count + 1, sizeof *points);
    *map = (stp_map){.report = report};
    map->spots = calloc(s->place_count, sizeof *map->spots);
    map->residents = calloc(s->place_count, sizeof *map->residents);
    map->named = calloc(s->place_count, sizeof *map->named);
    map->unit_residents = calloc(s->unit_count + 1, sizeof *map->unit_residents);
    map->area_unit = calloc(report->boundaries.count + 1, sizeof *map->area_unit);
    if (!points || !map->spots || !map->residents || !map->named ||
        !map->unit_residents || !map->area_unit) {
        free(points);
        stp_map_clear(map);
        return stp_no_memory(report->context);
    }
    gather(report, points);
    for (size_t i = 0; i < report->boundaries.count; i++)
        map->area_unit[i] = unit_of(s, report->boundaries.areas[i].unit);
    fit_frame(map, points, count);
    free(points);
    place_towns(map);
    for (int m = 0; m < STP_MAP_MEASURES; m++)
        stp_map_find_cuts(report, (stp_map_measure)m, map->cuts[m]);
    return STEPPE_OK;
}

void stp_map_clear(stp_map *map)
{
    free(map->spots);
    free(map->residents);
    free(map->named);
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

bool stp_map_measured(const stp_report *report, stp_map_measure measure)
{
    return column_of(report, measure) != NULL;
}

void stp_map_values(const stp_report *report, stp_map_measure measure, size_t first,
                    size_t last, double *values)
{
    const stp_series *s = &report->series;
    const double *counts = column_of(report, measure);
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

/* The highest share of a district's residents, per 100,000. */
static double highest_rate(const stp_report *report, stp_map_measure measure)
{
    double highest = 0;
    for (size_t i = 0; i < report->series.district_count; i++) {
        const stp_district_summary *f = &report->district_summaries[i];
        double residents = (double)stp_place_residents(report->scenario, i);
        double value = measure == STP_MAP_ACTIVE    ? f->peak
                       : measure == STP_MAP_ARRESTS ? f->arrests
                                                    : f->killed;
        if (residents > 0)
            highest = fmax(highest, value / residents * 1e5);
    }
    return highest;
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
                        const double *values, bool small)
{
    const steppe_scenario *s = map->report->scenario;
    fprintf(file, "<g class='areas' stroke='#fff' stroke-width='%s'>\n",
            small ? "2.5" : "1");
    for (size_t i = 0; i < map->report->boundaries.count; i++) {
        double value = 0;
        int unit = map->area_unit[i];
        for (size_t k = 0; k < s->place_count && unit >= 0; k++)
            value += s->places[k].unit == unit ? values[k] : 0;
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

static void write_towns(FILE *file, const stp_map *map, stp_map_measure measure,
                        const double *values, bool small)
{
    fprintf(file, "<g class='towns' stroke='#444' stroke-width='%s'>\n",
            small ? "2" : "0.8");
    for (size_t i = 0; i < map->report->scenario->place_count; i++) {
        const stp_spot_on_map *spot = &map->spots[i];
        if (!(spot->radius > 0))
            continue;
        int class = class_of(map->cuts[measure], values[i], map->residents[i]);
        fprintf(file, "<circle cx='%.1f' cy='%.1f' r='%.1f' class='c%d' fill='%s'",
                spot->x, spot->y, small ? spot->radius * 1.25 + 2 : spot->radius, class,
                COLOURS[class]);
        if (!small)
            fprintf(file, " data-district='%zu'", i);
        fputs("/>\n", file);
    }
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

/* The largest town that has no name yet; the count if all have. */
static size_t next_town(const stp_map *map)
{
    size_t count = map->report->scenario->place_count, best = count;
    for (size_t i = 0; i < count; i++)
        if (!map->named[i] && map->spots[i].radius > 0 &&
            (best == count || map->residents[i] > map->residents[best]))
            best = i;
    return best;
}

/* A place for a name, right, left, above or below its circle, that hits neither names nor circles. */
static bool find_room(const stp_map *map, size_t town, const box *taken, int count,
                      double width, box *room)
{
    const stp_spot_on_map *spot = &map->spots[town];
    for (int side = 0; side < 4; side++) {
        double x = side == 0   ? spot->x + spot->radius + 3
                   : side == 1 ? spot->x - spot->radius - 3 - width
                               : spot->x - width / 2;
        double y = side < 2    ? spot->y - TEXT / 2
                   : side == 2 ? spot->y - spot->radius - TEXT - 2
                               : spot->y + spot->radius + 2;
        *room = (box){x, y, x + width, y + TEXT};
        bool is_free = x > 2 && x + width < map->width - 2 && y > 2 &&
                       y + TEXT < map->height - 2;
        for (int i = 0; i < count && is_free; i++)
            is_free = apart(room, &taken[i]);
        for (size_t i = 0; i < map->report->scenario->place_count && is_free; i++) {
            const stp_spot_on_map *o = &map->spots[i];
            const box circle = {o->x - o->radius, o->y - o->radius, o->x + o->radius,
                                o->y + o->radius};
            is_free = i == town || !(o->radius > 0) || apart(room, &circle);
        }
        if (is_free)
            return true;
    }
    return false;
}

static void write_names(FILE *file, const stp_map *map)
{
    const steppe_scenario *s = map->report->scenario;
    box taken[MAX_NAMES] = {{0}};
    int count = 0;
    memset(map->named, 0, s->place_count * sizeof *map->named);
    fprintf(
        file,
        "<g class='names' font-size='%.1f' fill='#1b2530' stroke='#fff' stroke-width='3' "
        "stroke-linejoin='round' paint-order='stroke'>\n",
        TEXT);
    for (size_t town; count < MAX_NAMES && (town = next_town(map)) < s->place_count;) {
        const char *name = s->places[town].name ? s->places[town].name : "";
        double width = 1.06 * stp_label_width(name, strlen(name), TEXT);
        map->named[town] = true;
        if (!*name || width > 200 ||
            !find_room(map, town, taken, count, width, &taken[count]))
            continue;
        fprintf(file, "<text x='%.1f' y='%.1f'>", taken[count].left,
                taken[count].bottom - 2);
        stp_html_text(file, name);
        fputs("</text>\n", file);
        count++;
    }
    fputs("</g>\n", file);
}

void stp_map_write(FILE *file, const stp_map *map, stp_map_measure measure,
                   const double *values, bool small)
{
    write_areas(file, map, measure, values, small);
    write_towns(file, map, measure, values, small);
    if (!small)
        write_names(file, map);
}

const char *stp_map_colour(int class)
{
    return COLOURS[class];
}

void stp_map_class_words(const double cuts[STP_MAP_CUTS], int class, char *words,
                         size_t size)
{
    char number[STP_COUNT_TEXT] = "";
    if (class == 0) {
        snprintf(words, size, "none");
        return;
    }
    double cut = cuts[class <= STP_MAP_CUTS ? class - 1 : STP_MAP_CUTS - 1];
    if (cut >= 1000)
        stp_count_words(cut, number);
    else
        snprintf(number, sizeof number, "%g", cut);
    snprintf(words, size, "%s %s", class <= STP_MAP_CUTS ? "up to" : "more than", number);
}

void stp_map_write_class(FILE *file, int class, double x, double y, const char *words)
{
    fprintf(file,
            "<rect x='%.1f' y='%.1f' width='14' height='14' fill='%s' stroke='#888' "
            "stroke-width='.5'/><text x='%.1f' y='%.1f'>%s</text>\n",
            x, y, COLOURS[class], x + 19, y + 11.5, words);
}

void stp_map_write_key(FILE *file, const stp_map *map, stp_map_measure measure, double x,
                       double y)
{
    static const double STEP = 106;
    fprintf(file,
            "<g font-size='12' fill='#444'><text x='%.1f' y='%.1f'>%s%s per 100,000 "
            "residents. ",
            x, y,
            measure == STP_MAP_ACTIVE ? "Most in the street at once"
                                      : stp_map_names[measure],
            measure == STP_MAP_ACTIVE ? "," : " in all,");
    stp_report_write_source(file, map->report);
    fputs("</text>\n", file);
    for (int i = 0; i < STP_MAP_CLASSES; i++) {
        char words[48];
        stp_map_class_words(map->cuts[measure], i, words, sizeof words);
        stp_map_write_class(file, i, x + STEP * i, y + 9, words);
    }
    fputs("</g>\n", file);
}
