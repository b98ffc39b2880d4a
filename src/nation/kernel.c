/* The kernel of news, W_kj proportional to (1 + d_kj / d0)^(-delta), rows summing to 1:
 * of all pairs of districts, or of those within a cutoff. The neighbours of a district
 * are searched for in bands of latitude sorted by longitude, so that the work grows with
 * the pairs found. Both forms sum a row in the order of the districts: a cutoff that
 * leaves nobody out is bit-identical to none. */
#include "nation/nation.h"

#include "base/exact.h"
#include "world/geography.h"

#include <math.h>
#include <stdlib.h>

static double distance(const steppe_scenario *s, size_t k, size_t j)
{
    const stp_district_spec *a = &s->districts[k], *b = &s->districts[j];
    return k == j || !a->latitude.given || !b->latitude.given
               ? 0
               : stp_distance_km(a->latitude.value, a->longitude.value, b->latitude.value,
                                 b->longitude.value);
}

static double weight(const steppe_scenario *s, double distance)
{
    return stp_pow(1 + distance / s->news.distance.value, -s->news.exponent.value);
}

/* ---- all pairs ---- */

double *stp_kernel_of_all(const steppe_scenario *s, const stp_stop *stop)
{
    size_t n = s->district_count;
    double *kernel = calloc(n * n, sizeof *kernel);
    if (!kernel)
        return NULL;
    for (size_t k = 0; k < n && !stp_stop_asked(stop); k++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += kernel[k * n + j] = weight(s, distance(s, k, j));
        for (size_t j = 0; j < n; j++)
            kernel[k * n + j] /= sum;
    }
    return kernel;
}

/* ---- pairs within a cutoff ---- */

enum {
    MAX_BANDS = 4096,
    MAX_PAIRS = 250000000, /* 3 GB */
};
static const double DEGREE = 0x1.1df46a2529d39p-6; /* pi / 180 */
static const double RADIUS = 6371.0088;            /* km */
/* Degrees added to the cutoff against rounding; distances are measured afterwards. */
static const double MARGIN = 1e-6;

/* A district in its band of latitude. */
typedef struct point {
    uint32_t band, district;
    double longitude;
} point;

typedef struct neighbour {
    uint32_t district;
    double weight;
} neighbour;

typedef struct search {
    const steppe_scenario *scenario;
    double cutoff; /* km */
    double angle;  /* degrees that it spans, and a margin */
    double height; /* of a band, degrees */
    size_t band_count;
    size_t *bands;    /* where each begins in points; band_count + 1 */
    point *points;    /* by band, then longitude */
    neighbour *found; /* of one district */
    size_t found_count;
    size_t capacity; /* of the kernel's rows */
} search;

static int by_place(const void *a, const void *b)
{
    const point *x = a, *y = b;
    if (x->band != y->band)
        return x->band < y->band ? -1 : 1;
    if (x->longitude != y->longitude)
        return x->longitude < y->longitude ? -1 : 1;
    return x->district < y->district ? -1 : x->district > y->district;
}

static int by_district(const void *a, const void *b)
{
    const neighbour *x = a, *y = b;
    return x->district < y->district ? -1 : x->district > y->district;
}

/* The only district of a scenario may lack a latitude, and then lies on the equator. */
static size_t band_of(const search *f, double latitude)
{
    double band = floor((latitude + 90) / f->height);
    return (size_t)fmin(fmax(band, 0), (double)(f->band_count - 1));
}

static bool sort_points(search *f)
{
    const steppe_scenario *s = f->scenario;
    size_t n = s->district_count;
    f->angle = fmin(f->cutoff / RADIUS / DEGREE, 180) + MARGIN;
    f->height = fmax(f->angle, 180.0 / MAX_BANDS);
    f->band_count = (size_t)ceil(180 / f->height) + 1;
    f->bands = calloc(f->band_count + 1, sizeof *f->bands);
    f->points = malloc(n * sizeof *f->points);
    f->found = malloc(n * sizeof *f->found);
    if (!f->bands || !f->points || !f->found)
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t band = band_of(f, s->districts[i].latitude.value);
        f->points[i] = (point){(uint32_t)band, (uint32_t)i,
                               s->districts[i].longitude.value};
        f->bands[band + 1]++;
    }
    for (size_t b = 0; b < f->band_count; b++)
        f->bands[b + 1] += f->bands[b];
    qsort(f->points, n, sizeof *f->points, by_place);
    return true;
}

/* Degrees of longitude that the angle spans at a latitude: 360 if it includes a pole. */
static double width_at(const search *f, double latitude)
{
    if (fabs(latitude) + f->angle >= 90)
        return 360;
    double sine = stp_sin(f->angle * DEGREE) / stp_cos(latitude * DEGREE);
    return stp_asin(fmin(sine, 1)) / DEGREE + MARGIN;
}

/* The first point of a band at a longitude or east of it. */
static size_t first_from(const search *f, size_t band, double longitude)
{
    size_t low = f->bands[band], high = f->bands[band + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->points[middle].longitude < longitude)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Find the neighbours of district k in a band between two longitudes. */
static void find_between(search *f, size_t k, size_t band, double west, double east)
{
    const steppe_scenario *s = f->scenario;
    for (size_t i = first_from(f, band, west);
         i < f->bands[band + 1] && f->points[i].longitude <= east; i++) {
        uint32_t j = f->points[i].district;
        double far = distance(s, k, j);
        if (far <= f->cutoff)
            f->found[f->found_count++] = (neighbour){j, weight(s, far)};
    }
}

/* Find the neighbours of district k, in the order of districts. */
static void find(search *f, size_t k)
{
    const stp_district_spec *p = &f->scenario->districts[k];
    double latitude = p->latitude.value, longitude = p->longitude.value;
    double width = width_at(f, latitude);
    f->found_count = 0;
    for (size_t band = band_of(f, latitude - f->angle);
         band <= band_of(f, latitude + f->angle); band++) {
        if (width >= 180) {
            find_between(f, k, band, -INFINITY, INFINITY);
            continue;
        }
        for (int turn = -360; turn <= 360; turn += 360) /* also across the date line */
            find_between(f, k, band, longitude - width + turn, longitude + width + turn);
    }
    qsort(f->found, f->found_count, sizeof *f->found, by_district);
}

static bool make_room(search *f, stp_near *near, size_t count)
{
    if (count <= f->capacity)
        return true;
    size_t capacity = f->capacity + f->capacity / 2 + count;
    uint32_t *districts = realloc(near->districts, capacity * sizeof *districts);
    if (districts)
        near->districts = districts;
    double *weights = districts ? realloc(near->weights, capacity * sizeof *weights)
                                : NULL;
    if (!weights)
        return false;
    near->weights = weights;
    f->capacity = capacity;
    return true;
}

static int fail_pairs(steppe_context *context, const search *f)
{
    return stp_fail(context, STEPPE_BAD_ARGUMENT,
                    "%s: more than %d pairs of districts are within news.cutoff (%g km): "
                    "choose a shorter one",
                    f->scenario->file, MAX_PAIRS, f->cutoff);
}

/* Estimate from a sample of districts whether there are far too many pairs; counting them
 * takes minutes. */
static bool are_far_too_many(search *f)
{
    size_t n = f->scenario->district_count, pairs = 0, looked = 0;
    if (n <= MAX_PAIRS / n)
        return false;
    for (size_t k = 0; k < n; k += n / 64 + 1) {
        find(f, k);
        pairs += f->found_count;
        looked++;
    }
    return (double)pairs / (double)looked * (double)n > 2.0 * MAX_PAIRS;
}

static int add_row(steppe_context *context, search *f, stp_near *near, size_t k)
{
    size_t begin = near->begins[k], end = begin + f->found_count;
    double sum = 0;
    if (end > MAX_PAIRS)
        return fail_pairs(context, f);
    if (!make_room(f, near, end))
        return stp_no_memory(context);
    for (size_t i = 0; i < f->found_count; i++)
        sum += f->found[i].weight;
    for (size_t i = 0; i < f->found_count; i++) {
        near->districts[begin + i] = f->found[i].district;
        near->weights[begin + i] = f->found[i].weight / sum;
    }
    near->begins[k + 1] = end;
    return STEPPE_OK;
}

int stp_kernel_of_near(steppe_context *context, const steppe_scenario *s, double cutoff,
                       stp_near **near)
{
    search f = {.scenario = s, .cutoff = cutoff};
    stp_near *made = calloc(1, sizeof *made);
    if (made)
        made->begins = calloc(s->district_count + 1, sizeof *made->begins);
    bool ready = made && made->begins && sort_points(&f);
    int status = !ready                 ? stp_no_memory(context)
                 : are_far_too_many(&f) ? fail_pairs(context, &f)
                                        : STEPPE_OK;
    for (size_t k = 0;
         k < s->district_count && status == STEPPE_OK && !stp_stop_asked(&context->stop);
         k++) {
        find(&f, k);
        status = add_row(context, &f, made, k);
    }
    free(f.bands);
    free(f.points);
    free(f.found);
    if (status != STEPPE_OK) {
        stp_near_free(made);
        made = NULL;
    } else {
        made->count = s->district_count;
    }
    *near = made;
    return status;
}

void stp_near_free(stp_near *near)
{
    if (!near)
        return;
    free(near->begins);
    free(near->districts);
    free(near->weights);
    free(near);
}
