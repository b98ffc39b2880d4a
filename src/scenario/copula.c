#include "scenario/copula.h"

#include "base/exact.h"
#include "base/normal.h"
#include "scenario/path.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct stp_copula {
    size_t size;     /* correlated ranges */
    size_t *members; /* [size], ascending: their places among all ranges */
    double *factor;  /* [size * size], lower triangle */
};

/* A pivot below this share of its diagonal is as good as 0. */
static const double LEAST_PIVOT = 1e-9;

double stp_copula_normal(double rho)
{
    static const double PI = 3.141592653589793;
    return 2.0 * stp_sin(PI * rho / 6.0);
}

size_t stp_copula_factor(double *matrix, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        double *row = matrix + i * size;
        for (size_t k = 0; k <= i; k++) {
            const double *other = matrix + k * size;
            double sum = row[k];
            for (size_t j = 0; j < k; j++)
                sum -= row[j] * other[j];
            if (k == i && !(sum > LEAST_PIVOT))
                return i;
            row[k] = k == i ? sqrt(sum) : sum / other[k];
        }
    }
    return size;
}

/* ---- of ranges ---- */

static bool concerns(const stp_correlation *c, const stp_range *range)
{
    for (size_t i = 0; i < c->parameter_count; i++)
        if (stp_path_matches(c->parameters[i], range->path))
            return true;
    return false;
}

/* Which correlations concern which ranges, [correlation * count + range]. */
static void find_members(const steppe_scenario *s, const stp_range *ranges, size_t count,
                         bool *of, bool *member)
{
    for (size_t c = 0; c < s->correlation_count; c++) {
        size_t found = 0;
        for (size_t k = 0; k < count; k++)
            found += of[c * count + k] = concerns(&s->correlations[c], &ranges[k]);
        for (size_t k = 0; k < count && found > 1; k++)
            member[k] |= of[c * count + k];
    }
}

static void fill(stp_copula *copula, const steppe_scenario *s, size_t count,
                 const bool *of)
{
    size_t n = copula->size;
    for (size_t i = 0; i < n; i++)
        copula->factor[i * n + i] = 1.0;
    for (size_t c = 0; c < s->correlation_count; c++) {
        const bool *in = of + c * count;
        double r = stp_copula_normal(s->correlations[c].correlation.value);
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < i; k++)
                if (in[copula->members[i]] && in[copula->members[k]])
                    copula->factor[i * n + k] = r;
    }
}

static stp_copula *make(const steppe_scenario *s, size_t count, const bool *of,
                        const bool *member, size_t size)
{
    stp_copula *copula = calloc(1, sizeof *copula);
    if (!copula)
        return NULL;
    copula->members = calloc(size, sizeof *copula->members);
    copula->factor = calloc(size * size, sizeof *copula->factor);
    if (!copula->members || !copula->factor) {
        stp_copula_free(copula);
        return NULL;
    }
    for (size_t k = 0; k < count; k++)
        if (member[k])
            copula->members[copula->size++] = k;
    fill(copula, s, count, of);
    stp_copula_factor(copula->factor,
                      size); /* positive definite: checked as it was read */
    return copula;
}

int stp_copula_create(steppe_context *context, const steppe_scenario *s,
                      const stp_range *ranges, size_t count, stp_copula **copula)
{
    *copula = NULL;
    if (s->correlation_count == 0 || count == 0)
        return STEPPE_OK;
    bool *of = calloc(s->correlation_count * count, sizeof *of),
         *member = calloc(count, sizeof *member);
    int status = of && member ? STEPPE_OK : STEPPE_NO_MEMORY;
    if (status == STEPPE_OK) {
        size_t size = 0;
        find_members(s, ranges, count, of, member);
        for (size_t k = 0; k < count; k++)
            size += member[k];
        if (size > 0 && !(*copula = make(s, count, of, member, size)))
            status = STEPPE_NO_MEMORY;
    }
    free(of);
    free(member);
    return status == STEPPE_OK ? status : stp_no_memory(context);
}

void stp_copula_free(stp_copula *copula)
{
    if (!copula)
        return;
    free(copula->members);
    free(copula->factor);
    free(copula);
}

/* ---- drawing ---- */

/* The standard normal value of a coordinate; finite at 0 too. */
static double normal_of(double part)
{
    static const double LEAST = 0x1p-53;
    return stp_normal_inverse(fmin(fmax(part, LEAST), 1.0 - LEAST));
}

/* The coordinate of member i, once the values of the members up to it are standard normal. */
static double correlated(const stp_copula *copula, size_t i, double own,
                         const double *values)
{
    const double *row = copula->factor + i * copula->size;
    double sum = 0.0;
    bool alone = true;
    for (size_t k = 0; k < i; k++) {
        alone &= row[k] == 0.0;
        sum += row[k] * values[copula->members[k]];
    }
    /* alone: its own coordinate, bit-identical */
    return alone ? own : stp_normal(sum + row[i] * values[copula->members[i]]);
}

void stp_ranges_draw(const stp_range *ranges, size_t count, const stp_copula *copula,
                     const double *point, double *values)
{
    memcpy(values, point, count * sizeof *values);
    size_t size = copula ? copula->size : 0;
    for (size_t i = 0; i < size; i++)
        values[copula->members[i]] = normal_of(point[copula->members[i]]);
    for (size_t i = size; i-- > 0;) { /* from the last: the others still are normal */
        size_t own = copula->members[i];
        values[own] = correlated(copula, i, point[own], values);
    }
    for (size_t k = 0; k < count; k++)
        values[k] = stp_range_at(&ranges[k], values[k]);
}

void stp_ranges_locate(const stp_range *ranges, size_t count, const stp_copula *copula,
                       const double *values, double *point)
{
    for (size_t k = 0; k < count; k++)
        point[k] = stp_range_part(&ranges[k], values[k]);
    size_t size = copula ? copula->size : 0;
    for (size_t i = 0; i < size; i++) { /* forward substitution */
        const double *row = copula->factor + i * size;
        double sum = normal_of(point[copula->members[i]]);
        for (size_t k = 0; k < i; k++)
            sum -= row[k] * normal_of(point[copula->members[k]]);
        if (row[i] != 1.0)
            point[copula->members[i]] = stp_normal(sum / row[i]);
    }
}
