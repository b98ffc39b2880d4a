/* Promise (study/sensitivity/pawn.h): the indices are those of the definition; of functions whose distributions are
 * known, they come near the truth. */
#include "study/sensitivity/pawn.h"

#include "analytic.h"
#include "support.h"

#include "study/stats/sampling.h"

/* The distance between values in [from, to) of the order of x and all values, by counting at each value. */
static int indices_of(size_t factors, size_t n, const double *points,
                      const double *values, size_t slices, size_t resamples,
                      stp_pawn_index *indices, size_t *used)
{
    const stp_pawn_points all = {factors, n, points, values};
    return stp_pawn_indices(&all, slices, (stp_pawn_bootstrap){1, resamples, 0.95},
                            indices, used);
}

static double by_counting(const double *x, const double *y, size_t n, size_t from,
                          size_t to)
{
    double most = 0;
    for (size_t at = 0; at < n; at++) {
        double in = 0, all = 0;
        for (size_t i = 0; i < n; i++) {
            size_t rank = 0;
            for (size_t k = 0; k < n; k++)
                rank += x[k] < x[i];
            all += y[i] <= y[at];
            in += y[i] <= y[at] && rank >= from && rank < to;
        }
        most = fmax(most, fabs(in / (double)(to - from) - all / (double)n));
    }
    return most;
}

static void distances_are_those_of_the_definition(void **state)
{
    (void)state;
    enum { N = 48, SLICES = 3 };
    double x[N], y[N], distances[SLICES];
    uint64_t random = 4;
    for (int trial = 0; trial < 5; trial++) {
        stp_pawn_index index;
        size_t used;
        for (int i = 0; i < N; i++) {
            x[i] = any_between(&random, 0, 1);
            y[i] = floor(10 * x[i] * any_between(&random, 0, 1)); /* with ties */
        }
        assert_int_equal(indices_of(1, N, x, y, SLICES, 0, &index, &used), 0);
        for (size_t s = 0; s < SLICES; s++)
            distances[s] = by_counting(x, y, N, s * N / SLICES, (s + 1) * N / SLICES);
        double low = fmin(fmin(distances[0], distances[1]), distances[2]),
               high = fmax(fmax(distances[0], distances[1]), distances[2]),
               middle = distances[0] + distances[1] + distances[2] - low - high;
        assert_near(index.median, middle, 1e-12);
        assert_near(index.maximum, high, 1e-12);
    }
}

static void run(double (*of)(const double *x), size_t factors, size_t n,
                stp_pawn_index *index)
{
    double *points = calloc(n * factors, sizeof *points),
           *values = calloc(n, sizeof *values);
    size_t used;
    assert_non_null(points);
    assert_non_null(values);
    assert_int_equal(stp_latin(1, n, factors, points), 0);
    for (size_t i = 0; i < n; i++)
        values[i] = of(points + i * factors);
    assert_int_equal(indices_of(factors, n, points, values, 10, 50, index, &used), 0);
    assert_int_equal(used, n);
    free(points);
    free(values);
}

static double first_of(const double *x)
{
    return x[0];
}

/* Of y = x in ten slices, slice s lies max(s, 9 - s) / 10 from all: median 0.7, maximum 0.9. */
static void the_factor_itself(void **state)
{
    (void)state;
    stp_pawn_index index[2];
    run(first_of, 2, 5000, index);
    assert_near(index[0].median, 0.7, 0.002);
    assert_near(index[0].maximum, 0.9, 0.002);
    assert_true(index[1].median < 0.06); /* the dummy: 500 in a slice */
}

/* By quadrature on 400^3 midpoints: medians 0.2380, 0.3914, 0.0807; maxima 0.2857, 0.4840, 0.1760. A distance that is
 * large is found to some 1 / sqrt(n per slice) = 0.016; a small one is too large by as much. */
static void ishigami_by_factors(void **state)
{
    (void)state;
    stp_pawn_index index[4];
    run(ishigami, 4, 40000, index);
    assert_near(index[0].median, 0.2380, 0.016);
    assert_near(index[1].median, 0.3914, 0.016);
    assert_near(index[2].median, 0.0807, 0.016);
    assert_near(index[0].maximum, 0.2857, 0.02);
    assert_near(index[1].maximum, 0.4840, 0.02);
    assert_near(index[2].maximum, 0.1760, 0.02);
    assert_true(index[3].median < 0.02); /* the dummy */
    for (int k = 0; k < 4; k++) {
        assert_true(index[k].median_low <= index[k].median);
        assert_true(index[k].median_high >= index[k].median);
        assert_true(index[k].maximum_low <= index[k].maximum &&
                    index[k].maximum <= index[k].maximum_high);
    }
}

/* The g-function's factors come in the order of their weights until they are noise. */
static void g_function_by_factors(void **state)
{
    (void)state;
    stp_pawn_index index[G_FACTORS];
    run(g_function, G_FACTORS, 20000, index);
    for (int k = 1; k < 4; k++)
        assert_true(index[k - 1].median > index[k].median);
    for (int k = 4; k < G_FACTORS; k++)
        assert_true(index[k].median < 0.03 && index[3].median > index[k].median);
}

static void missing_values_are_dropped(void **state)
{
    (void)state;
    enum { N = 60 };
    double x[N], y[N], kept_x[N], kept_y[N];
    size_t kept = 0, used;
    stp_pawn_index with, without;
    uint64_t random = 9;
    for (int i = 0; i < N; i++) {
        x[i] = any_between(&random, 0, 1);
        y[i] = i % 3 == 0 ? NAN : x[i] + any_between(&random, 0, 1);
        if (i % 3 == 0)
            continue;
        kept_x[kept] = x[i];
        kept_y[kept++] = y[i];
    }
    assert_int_equal(indices_of(1, N, x, y, 5, 20, &with, &used), 0);
    assert_int_equal(used, kept);
    assert_int_equal(indices_of(1, kept, kept_x, kept_y, 5, 20, &without, &used), 0);
    assert_memory_equal(&with, &without, sizeof with);
    assert_int_equal(indices_of(1, 9, kept_x, kept_y, 5, 20, &with, &used), 0);
    assert_true(isnan(with.median)); /* fewer than two per slice */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_are_those_of_the_definition),
        cmocka_unit_test(the_factor_itself),
        cmocka_unit_test(ishigami_by_factors),
        cmocka_unit_test(g_function_by_factors),
        cmocka_unit_test(missing_values_are_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
