#include "report/load/boundaries.h"

#include "base/file.h"
#include "base/text.h"
#include "scenario/node.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* JSON is read as YAML, whose flow style it is. */
typedef struct reader {
    steppe_context *context;
    const stp_tree *tree;
    stp_boundaries *boundaries;
    stp_node *arcs;
    double scale[2], shift[2];
    bool packed; /* arcs are differences in units of `scale` */
    size_t points;
} reader;

enum { MAX_POINTS = 5000000 }; /* a small file can name its arcs again and again */

static int bad(const reader *r, const stp_node *node, const char *expected)
{
    char place[300];
    return stp_fail(r->context, STEPPE_BAD_SCENARIO, "%s: expected %s",
                    node ? stp_node_place(r->tree, node, place, sizeof place)
                         : r->tree->name,
                    expected);
}

static bool number_of(const stp_node *node, double *value)
{
    return node && node->kind == STP_SCALAR && stp_number_parse(node->text, value);
}

static const char *text_of(const stp_node *mapping, const char *key)
{
    const stp_node *node = mapping && mapping->kind == STP_MAPPING
                               ? stp_node_get(mapping, key)
                               : NULL;
    return node && node->kind == STP_SCALAR ? node->text : "";
}

static bool is_list(const stp_node *node)
{
    return node && node->kind == STP_LIST;
}

static int read_pair(const reader *r, const stp_node *node, const char *what,
                     double pair[2])
{
    if (!is_list(node) || node->count < 2 || !number_of(node->items[0], &pair[0]) ||
        !number_of(node->items[1], &pair[1]))
        return bad(r, node, what);
    return STEPPE_OK;
}

/* Add the points of an arc to a ring; of all but the first, less the point where they meet. */
static int add_arc(reader *r, const stp_node *index, stp_ring *ring)
{
    double number = 0, pair[2], sum[2] = {0};
    if (!number_of(index, &number) || number != floor(number) ||
        !(number >= -(double)r->arcs->count && number < (double)r->arcs->count))
        return bad(r, index, "the number of an arc");
    const bool back = number < 0;
    const stp_node *arc = r->arcs->items[(size_t)(back ? -1 - number : number)];
    if (!is_list(arc) || arc->count < 2)
        return bad(r, arc, "an arc: a list of two positions or more");
    r->points += arc->count;
    if (r->points > MAX_POINTS)
        return bad(r, index, "boundaries of 5,000,000 points or fewer");
    stp_degrees *points = realloc(ring->points,
                                  (ring->count + arc->count) * sizeof *points);
    if (!points)
        return stp_no_memory(r->context);
    ring->points = points;
    const size_t from = ring->count > 0 ? ring->count - 1 : 0;
    for (size_t i = 0; i < arc->count; i++) {
        int status = read_pair(r, arc->items[i], "a position: [x, y]", pair);
        if (status != STEPPE_OK)
            return status;
        for (int k = 0; k < 2; k++)
            sum[k] = r->packed ? sum[k] + pair[k] : pair[k];
        stp_degrees at = {sum[0] * r->scale[0] + r->shift[0],
                          sum[1] * r->scale[1] + r->shift[1]};
        if (!(fabs(at.longitude) <= 360 && fabs(at.latitude) <= 90.001))
            return bad(r, arc->items[i], "a place in degrees");
        points[from + (back ? arc->count - 1 - i : i)] = at;
    }
    ring->count = from + arc->count;
    return STEPPE_OK;
}

static int add_ring(reader *r, const stp_node *arcs, stp_area *area)
{
    if (!is_list(arcs))
        return bad(r, arcs, "a ring: a list of arcs");
    stp_ring *rings = realloc(area->rings, (area->count + 1) * sizeof *rings);
    if (!rings)
        return stp_no_memory(r->context);
    area->rings = rings;
    stp_ring *ring = &rings[area->count++];
    *ring = (stp_ring){0};
    int status = STEPPE_OK;
    for (size_t i = 0; i < arcs->count && status == STEPPE_OK; i++)
        status = add_arc(r, arcs->items[i], ring);
    return status;
}

static int add_polygon(reader *r, const stp_node *rings, stp_area *area)
{
    if (!is_list(rings))
        return bad(r, rings, "a polygon: a list of rings");
    int status = STEPPE_OK;
    for (size_t i = 0; i < rings->count && status == STEPPE_OK; i++)
        status = add_ring(r, rings->items[i], area);
    return status;
}

static int add_area(reader *r, const stp_node *geometry)
{
    stp_boundaries *b = r->boundaries;
    const char *type = text_of(geometry, "type");
    const bool one = strcmp(type, "Polygon") == 0;
    if (!one && strcmp(type, "MultiPolygon") != 0)
        return STEPPE_OK; /* rivers, capitals */
    stp_area *areas = realloc(b->areas, (b->count + 1) * sizeof *areas);
    if (!areas)
        return stp_no_memory(r->context);
    b->areas = areas;
    stp_area *area = &areas[b->count++];
    *area = (stp_area){0};
    const stp_node *properties = stp_node_get(geometry, "properties");
    area->unit = stp_copy(text_of(properties, "unit"));
    area->name = stp_copy(text_of(properties, "name"));
    if (!area->unit || !area->name)
        return stp_no_memory(r->context);
    const stp_node *arcs = stp_node_get(geometry, "arcs");
    if (one)
        return add_polygon(r, arcs, area);
    if (!is_list(arcs))
        return bad(r, geometry, "a list of polygons");
    int status = STEPPE_OK;
    for (size_t i = 0; i < arcs->count && status == STEPPE_OK; i++)
        status = add_polygon(r, arcs->items[i], area);
    return status;
}

static int add_object(reader *r, const stp_node *object)
{
    if (!object || object->kind != STP_MAPPING)
        return bad(r, object, "an object of TopoJSON");
    if (strcmp(text_of(object, "type"), "GeometryCollection") != 0)
        return add_area(r, object);
    const stp_node *list = stp_node_get(object, "geometries");
    if (!is_list(list))
        return bad(r, object, "a list 'geometries'");
    int status = STEPPE_OK;
    for (size_t i = 0; i < list->count && status == STEPPE_OK; i++)
        status = list->items[i]->kind == STP_MAPPING
                     ? add_area(r, list->items[i])
                     : bad(r, list->items[i], "a geometry");
    return status;
}

static int read_topology(reader *r)
{
    const stp_node *root = r->tree->root;
    if (!root || root->kind != STP_MAPPING ||
        strcmp(text_of(root, "type"), "Topology") != 0)
        return bad(r, NULL, "TopoJSON: an object of the type 'Topology'");
    const stp_node *objects = stp_node_get(root, "objects"),
                   *transform = stp_node_get(root, "transform");
    r->arcs = stp_node_get(root, "arcs");
    if (!is_list(r->arcs) || !objects || objects->kind != STP_MAPPING)
        return bad(r, root, "'arcs' and 'objects'");
    int status = STEPPE_OK;
    r->packed = transform && transform->kind == STP_MAPPING;
    if (r->packed)
        status = read_pair(r, stp_node_get(transform, "scale"), "a scale: [x, y]",
                           r->scale);
    if (r->packed && status == STEPPE_OK)
        status = read_pair(r, stp_node_get(transform, "translate"),
                           "a translation: [x, y]", r->shift);
    for (size_t i = 0; i < objects->count && status == STEPPE_OK; i++)
        status = add_object(r, objects->items[2 * i + 1]);
    r->boundaries->source = stp_copy(text_of(root, "source"));
    return status == STEPPE_OK && !r->boundaries->source ? stp_no_memory(r->context)
                                                         : status;
}

/* A whole file; the caller frees it. */
static int read_file(steppe_context *context, const char *path, stp_text *text)
{
    char part[65536];
    FILE *file;
    int status = stp_file_open(context, path, &file);
    if (status != STEPPE_OK)
        return status;
    size_t count;
    while ((count = fread(part, 1, sizeof part, file)) > 0 && text->length < STP_MAX_FILE)
        stp_text_append(text, part, count);
    bool failed = ferror(file) != 0;
    fclose(file);
    if (failed)
        return stp_fail(context, STEPPE_CANNOT_READ, "%.800s: cannot be read", path);
    return text->failed ? stp_no_memory(context) : STEPPE_OK;
}

int stp_boundaries_read(steppe_context *context, const char *path,
                        stp_boundaries *boundaries)
{
    stp_text text = {0};
    stp_tree tree = {0};
    *boundaries = (stp_boundaries){0};
    int status = read_file(context, path, &text);
    if (status == STEPPE_OK)
        status = stp_tree_parse(context, path, text.data ? text.data : "", text.length,
                                &tree);
    if (status == STEPPE_OK) {
        reader r = {context, &tree, boundaries, NULL, {1, 1}, {0, 0}, false, 0};
        status = read_topology(&r);
        stp_tree_free(&tree);
    }
    stp_text_free(&text);
    if (status != STEPPE_OK)
        stp_boundaries_clear(boundaries);
    return status;
}

void stp_boundaries_clear(stp_boundaries *boundaries)
{
    for (size_t i = 0; i < boundaries->count; i++) {
        stp_area *area = &boundaries->areas[i];
        for (size_t k = 0; k < area->count; k++)
            free(area->rings[k].points);
        free(area->rings);
        free(area->unit);
        free(area->name);
    }
    free(boundaries->areas);
    free(boundaries->source);
    *boundaries = (stp_boundaries){0};
}

/* ---- projection ---- */

static const double DEGREE = 3.14159265358979323846 / 180;

/* The difference of two longitudes, the short way round: a country may lie across 180 degrees. */
static double turn(double degrees)
{
    return degrees - 360 * floor((degrees + 180) / 360);
}

stp_projection stp_projection_around(const stp_degrees *points, size_t count)
{
    double west = 0, east = 0, south = 90, north = -90;
    for (size_t i = 0; i < count; i++) {
        double across = turn(points[i].longitude - points[0].longitude);
        west = fmin(west, across);
        east = fmax(east, across);
        south = fmin(south, points[i].latitude);
        north = fmax(north, points[i].latitude);
    }
    double latitude = count ? (south + north) / 2 * DEGREE : 0;
    return (stp_projection){count ? points[0].longitude + (west + east) / 2 : 0,
                            sin(latitude), cos(latitude)};
}

void stp_project(const stp_projection *p, stp_degrees place, double *x, double *y)
{
    double across = turn(place.longitude - p->longitude) * DEGREE,
           up = place.latitude * DEGREE;
    double middle = 1 + p->sine * sin(up) + p->cosine * cos(up) * cos(across);
    double k = sqrt(2 / fmax(middle, 1e-9));
    *x = k * cos(up) * sin(across);
    *y = -k * (p->cosine * sin(up) - p->sine * cos(up) * cos(across));
}
