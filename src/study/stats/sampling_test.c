/* Promise (study/stats/sampling.h): a Latin hypercube has one point in each slice, a Sobol sequence is one, and both
 * find means faster than independent points do. */
#include "study/stats/sampling.h"

#include "support.h"

#include "base/random.h"

/* ---- Latin hypercubes ---- */

static void latin_has_one_point_a_slice(void **state)
{
    (void)state;
    static const size_t COUNTS[] = {1, 2, 7, 100, 1000};
    enum { DIMENSIONS = 12, MOST = 1000 };
    static double points[MOST * DIMENSIONS];
    for (size_t c = 0; c < sizeof COUNTS / sizeof *COUNTS; c++)
        for (uint64_t seed = 0; seed < 5; seed++) {
            size_t n = COUNTS[c];
            assert_int_equal(stp_latin(seed, n, DIMENSIONS, points), 0);
            for (size_t d = 0; d < DIMENSIONS; d++) {
                bool there[MOST] = {false};
                for (size_t i = 0; i < n; i++) {
                    double x = points[i * DIMENSIONS + d];
                    assert_true(x > 0 && x < 1);
                    there[(size_t)(x * (double)n)] = true;
                }
                for (size_t i = 0; i < n; i++)
                    assert_true(there[i]);
            }
        }
}

/* Each point is uniform over seeds, and so is each pair of its coordinates: chi-square of 100 cells with 99
 * degrees lies below 167 but for one case in 30,000; 12 of them are looked at. */
static void latin_is_uniform_over_seeds(void **state)
{
    (void)state;
    enum { SEEDS = 20000, COUNT = 7, DIMENSIONS = 3 };
    static int cells[COUNT][2][100];
    memset(cells, 0, sizeof cells);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        double points[COUNT * DIMENSIONS];
        assert_int_equal(stp_latin(seed, COUNT, DIMENSIONS, points), 0);
        for (int i = 0; i < COUNT; i++) {
            const double *x = points + (size_t)i * DIMENSIONS;
            cells[i][0][(int)(x[0] * 100)]++;
            cells[i][1][(int)(x[0] * 10) * 10 + (int)(x[2] * 10)]++;
        }
    }
    for (int i = 0; i < COUNT; i++)
        for (int k = 0; k < 2; k++) {
            double chi = 0, wanted = SEEDS / 100.0;
            for (int c = 0; c < 100; c++)
                chi += (cells[i][k][c] - wanted) * (cells[i][k][c] - wanted) / wanted;
            if (chi > 167)
                fail_msg("point %d, kind %d: chi-square %.1f", i, k, chi);
        }
}

/* ---- Sobol sequences ---- */

enum { BITS = 32, CHOSEN = 256 };

/* The direction numbers of dimensions, from points: 2^(j+1) - 1 in Gray code is 2^j in it after one more
 * step, so point 2^(j+1) - 1 has direction j alone (beside the shift, which is point 0). */
static void directions_of(size_t dimensions, uint32_t (*directions)[BITS])
{
    double *point = malloc(2 * dimensions * sizeof *point), *zero = point + dimensions;
    assert_non_null(point);
    assert_int_equal(stp_sobol(5, 0, 1, dimensions, zero), 0);
    for (int j = 0; j < BITS; j++) {
        assert_int_equal(stp_sobol(5, ((uint64_t)2 << j) - 1, 1, dimensions, point), 0);
        for (size_t d = 0; d < dimensions; d++)
            directions[d][j] = (uint32_t)(point[d] * 4294967296.0) ^
                               (uint32_t)(zero[d] * 4294967296.0);
    }
    free(point);
}

/* Direction numbers that follow from the first `degree` of them. */
static void follow(uint32_t polynomial, int degree, uint32_t directions[BITS])
{
    for (int i = degree; i < BITS; i++) {
        directions[i] = directions[i - degree] ^ directions[i - degree] >> degree;
        for (int k = 1; k < degree; k++)
            if (polynomial >> (degree - k) & 1u)
                directions[i] ^= directions[i - k];
    }
}

/* The polynomial of least degree that direction numbers follow; 0 if none below degree 12. */
static uint32_t polynomial_of(const uint32_t directions[BITS], int *degree)
{
    for (int g = 1; g < 12; g++)
        for (uint32_t p = (1u << g) + 1; p >> (g + 1) == 0; p += 2) {
            uint32_t copy[BITS];
            memcpy(copy, directions, sizeof copy);
            follow(p, g, copy);
            if (memcmp(copy, directions, sizeof copy) == 0) {
                *degree = g;
                return p;
            }
        }
    return 0;
}

/* After how many steps a shift register of the polynomial is back where it was. */
static uint32_t period(uint32_t polynomial, int degree)
{
    uint32_t x = 1, steps = 0;
    do {
        x <<= 1;
        x ^= x >> degree & 1u ? polynomial : 0;
        steps++;
    } while (x != 1);
    return steps;
}

/* Degrees 1 .. 8 have 1, 1, 2, 2, 6, 6, 18, 16 primitive polynomials: phi(2^g - 1) / g. */
static void polynomials_are_primitive(void **state)
{
    (void)state;
    static const int COUNTS[] = {1, 1, 2, 2, 6, 6, 18, 16};
    enum { ALL = 52 };
    uint32_t directions[ALL + 1][BITS], before = 0;
    int counts[9] = {0};
    directions_of(ALL + 1, directions);
    for (int j = 0; j < BITS; j++)
        assert_int_equal(directions[0][j], 1u << (31 - j));
    for (int d = 1; d <= ALL; d++) {
        int degree = 0;
        uint32_t p = polynomial_of(directions[d], &degree);
        assert_true(p > before && degree <= 8); /* all different, in order */
        assert_int_equal(period(p, degree), (1u << degree) - 1);
        counts[degree]++;
        before = p;
        for (int j = 0; j < BITS; j++) /* odd, and below 2^(j + 1) */
            assert_true(directions[d][j] >> (31 - j) & 1u &&
                        (j == 31 || directions[d][j] << (j + 1) == 0));
    }
    for (int g = 1; g <= 8; g++)
        assert_int_equal(counts[g], COUNTS[g - 1]);
}

/* Of any 2^k points from a multiple of 2^k on, one lies in each of 2^k slices. */
static void sobol_has_one_point_a_slice(void **state)
{
    (void)state;
    enum { POINTS = 1024 };
    static double points[POINTS * STP_MAX_SOBOL];
    assert_int_equal(stp_sobol(3, 0, POINTS, STP_MAX_SOBOL, points), 0);
    for (size_t d = 0; d < STP_MAX_SOBOL; d++)
        for (size_t n = 1; n <= POINTS; n *= 4)
            for (size_t from = 0; from < POINTS; from += n) {
                bool there[POINTS] = {false};
                for (size_t i = from; i < from + n; i++)
                    there[(size_t)(points[i * STP_MAX_SOBOL + d] * (double)n)] = true;
                for (size_t i = 0; i < n; i++)
                    assert_true(there[i]);
            }
}

static void sobol_goes_on(void **state)
{
    (void)state;
    enum { POINTS = 300, DIMENSIONS = 20 };
    double whole[POINTS * DIMENSIONS], part[POINTS * DIMENSIONS];
    assert_int_equal(stp_sobol(9, 0, POINTS, DIMENSIONS, whole), 0);
    assert_int_equal(stp_sobol(9, 0, 70, DIMENSIONS, part), 0);
    assert_int_equal(stp_sobol(9, 70, POINTS - 70, DIMENSIONS,
                               part + (size_t)70 * DIMENSIONS),
                     0);
    assert_memory_equal(whole, part, sizeof whole);
    /* fewer dimensions are the first ones */
    assert_int_equal(stp_sobol(9, 0, POINTS, 3, part), 0);
    for (int i = 0; i < POINTS; i++)
        assert_memory_equal(whole + (size_t)i * DIMENSIONS, part + (size_t)i * 3,
                            3 * sizeof *part);
    assert_int_equal(stp_sobol(10, 0, 1, DIMENSIONS, part), 0);
    assert_true(part[0] != whole[0] && part[19] != whole[19]);
    assert_int_equal(stp_sobol(9, 0, 1, STP_MAX_SOBOL + 1, part), -1);
    assert_int_equal(stp_sobol(9, (uint64_t)1 << 32, 1, 1, part), -1);
    assert_int_equal(stp_sobol(9, ((uint64_t)1 << 32) - 1, 1, 1, part), 0);
    assert_true(part[0] > 0 && part[0] < 1);
}

/* ---- pairs of dimensions ---- */

enum { FROM = 2, TO = 12 };

/* Rows of a dimension's generator matrices: the leading digits of 2^m points, as bits over the digits of
 * their number. */
typedef struct generator {
    uint32_t row[TO + 1][TO];
} generator;

static void generator_of(const uint32_t directions[BITS], generator *g)
{
    memset(g, 0, sizeof *g);
    for (int m = FROM; m <= TO; m++)
        for (int r = 0; r < m; r++)
            for (int j = 0; j < m; j++)
                g->row[m][r] |= (directions[j] >> (31 - r) & 1u) << j;
}

/* Add a row to a basis, by lowest bit; false if it depends on what is there. */
static bool independent(uint32_t *basis, int m, uint32_t row)
{
    for (int j = 0; j < m; j++)
        if (row >> j & 1u) {
            if (!basis[j]) {
                basis[j] = row;
                return true;
            }
            row ^= basis[j];
        }
    return false;
}

/* Quality parameter t of 2^m points in two dimensions: every rectangle of 2^a by 2^b slices with
 * a + b = m - t has as many of them as every other. */
static int quality(const generator *a, const generator *b, int m)
{
    uint32_t basis[TO] = {0};
    int most = m;
    for (int k = 0; k <= m && k < most; k++) {
        uint32_t copy[TO];
        int rows = 0;
        if (k > 0)
            independent(basis, m, a->row[m][k - 1]);
        memcpy(copy, basis, sizeof copy);
        while (rows < m && independent(copy, m, b->row[m][rows]))
            rows++;
        most = k + rows < most ? k + rows : most;
    }
    return m - most;
}

/* What the initial numbers were chosen by, found again: for some dimensions at once, for all in a long
 * test. If the rule changes, the numbers that are printed belong into sample.c. */
static void initial_numbers_are_the_best_drawn(void **state)
{
    (void)state;
    static uint32_t directions[CHOSEN + 1][BITS];
    static generator known[CHOSEN + 1];
    int last = getenv("STEPPE_LONG") ? CHOSEN : 40;
    directions_of(CHOSEN + 1, directions);
    for (int d = 0; d <= CHOSEN; d++)
        generator_of(directions[d], &known[d]);
    for (int d = 1; d <= last; d++) {
        int degree = 0, best_draw = -1;
        double best = INFINITY;
        uint32_t p = polynomial_of(directions[d], &degree), tried[BITS],
                 chosen[BITS] = {0};
        assert_true(p != 0);
        for (uint32_t draw = 0; draw < 256; draw++) {
            generator g;
            double cost = 0;
            for (int i = 0; i < degree; i++) {
                uint32_t word = stp_random(0, STP_PURPOSE_SAMPLE, (uint32_t)d,
                                           (uint32_t)i, 3, draw)
                                    .w[0];
                tried[i] = ((word & ((2u << i) - 1)) | 1u) << (31 - i);
            }
            follow(p, degree, tried);
            generator_of(tried, &g);
            for (int e = 0; e < d && cost < best; e++)
                for (int m = FROM; m <= TO; m++)
                    cost += ldexp(1, 4 * quality(&g, &known[e], m) - 2 * m);
            if (cost < best) {
                best = cost;
                best_draw = (int)draw;
                memcpy(chosen, tried, sizeof chosen);
            }
        }
        if (memcmp(chosen, directions[d], sizeof chosen) != 0)
            fail_msg("dimension %d: draw %d would be best", d, best_draw);
    }
}

/* The largest correlation of two of the dimensions among the first n points. */
static double largest_correlation(size_t n, size_t dimensions)
{
    double *points = malloc(n * dimensions * sizeof *points), largest = 0;
    assert_non_null(points);
    assert_int_equal(stp_sobol(1, 0, n, dimensions, points), 0);
    for (size_t a = 0; a < dimensions; a++)
        for (size_t b = 0; b < a; b++) {
            double sum = 0; /* means are 1/2 and variances 1/12, nearly */
            for (size_t i = 0; i < n; i++)
                sum += (points[i * dimensions + a] - 0.5) *
                       (points[i * dimensions + b] - 0.5);
            largest = fmax(largest, fabs(12 * sum / (double)n));
        }
    free(points);
    return largest;
}

/* With the first draws they were 0.80, 0.75, 0.94 and 0.75. Independent points have some
 * 3.3 / sqrt(n) in the worst of 435 pairs: 0.4, 0.2, and 0.1 for 1,024. */
static void pairs_are_hardly_correlated(void **state)
{
    (void)state;
    assert_true(largest_correlation(64, 30) < 0.25);
    assert_true(largest_correlation(256, 30) < 0.2);
    assert_true(largest_correlation(256, 100) < 0.22);
    assert_true(largest_correlation(1024, 100) < 0.2);
}

/* ---- means of functions ---- */

typedef double function(const double *x, size_t dimensions);

/* Sobol's g-function, whose importance falls with the dimension; mean 1 (Saltelli and Sobol 1995). */
static double g_function(const double *x, size_t dimensions)
{
    double product = 1;
    for (size_t i = 0; i < dimensions; i++) {
        double a = i < 2 ? 0 : i < 4 ? 1 : 9;
        product *= (fabs(4 * x[i] - 2) + a) / (1 + a);
    }
    return product;
}

/* Mean 1, and of all dimensions alike: the hardest. */
static double product(const double *x, size_t dimensions)
{
    double p = 1;
    for (size_t i = 0; i < dimensions; i++)
        p *= fabs(4 * x[i] - 2);
    return p;
}

/* e to twice the mean of x, over its mean: (d/2 (e^(2/d) - 1))^d. */
static double exponential(const double *x, size_t dimensions)
{
    double sum = 0, d = (double)dimensions;
    for (size_t i = 0; i < dimensions; i++)
        sum += x[i];
    return exp(2 * sum / d) / pow(d / 2 * expm1(2 / d), d);
}

enum { MONTE_CARLO, LATIN, SOBOL };

/* Root of the mean square error of a mean (truly 1) from n points, over 16 seeds. */
static double error_of(int kind, function *f, size_t n, size_t dimensions)
{
    enum { SEEDS = 16 };
    double *points = malloc(n * dimensions * sizeof *points), squares = 0;
    uint64_t random = 43 + n;
    assert_non_null(points);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        double sum = 0;
        int status = kind == LATIN   ? stp_latin(seed, n, dimensions, points)
                     : kind == SOBOL ? stp_sobol(seed, 0, n, dimensions, points)
                                     : 0;
        assert_int_equal(status, 0);
        for (size_t i = 0; kind == MONTE_CARLO && i < n * dimensions; i++)
            points[i] = any_between(&random, 0, 1);
        for (size_t i = 0; i < n; i++)
            sum += f(points + i * dimensions, dimensions);
        squares += (sum / (double)n - 1) * (sum / (double)n - 1);
    }
    free(points);
    return sqrt(squares / SEEDS);
}

/* How many times smaller than with independent points the errors are. As measured over 32 seeds, for 64,
 * 1,024 and 16,384 points: g-function in 10 dimensions 3.5, 31, 68, in 40 dimensions 2, 8, 19; exponential in
 * 10 6, 30, 104, in 40 5, 23, 168; the product in 10 1.8, 1.5, 5.7, and in 40 not smaller at all. An error
 * that falls like 1 / n, not 1 / sqrt(n), would gain 4 from 1,024 to 16,384. Half of it is demanded
 * (16 seeds leave a quarter open). */
static void sobol_beats_independent_points(void **state)
{
    (void)state;
    static const struct {
        function *f;
        size_t dimensions;
        double few, many; /* with 1,024 and with 16,384 points */
    } CASES[] = {{g_function, 10, 12, 30},  {g_function, 40, 4, 8},
                 {exponential, 2, 20, 60},  {exponential, 10, 15, 50},
                 {exponential, 40, 10, 70}, {product, 10, 0.5, 2}};
    for (size_t c = 0; c < sizeof CASES / sizeof *CASES; c++) {
        function *f = CASES[c].f;
        size_t d = CASES[c].dimensions;
        double few = error_of(MONTE_CARLO, f, 1024, d) / error_of(SOBOL, f, 1024, d);
        double many = error_of(MONTE_CARLO, f, 16384, d) / error_of(SOBOL, f, 16384, d);
        if (few < CASES[c].few || many < CASES[c].many)
            fail_msg("case %zu: gains %.1f and %.1f", c, few, many);
    }
    /* 16 times as many points: a fourth of the error, if it fell like that of independent ones */
    assert_true(error_of(SOBOL, exponential, 1024, 10) >
                8 * error_of(SOBOL, exponential, 16384, 10));
    assert_true(error_of(SOBOL, exponential, 1024, 40) >
                8 * error_of(SOBOL, exponential, 16384, 40));
    /* |4x - 2| is straight between quarters: 4 points and more, each with its mirror image, are exact */
    assert_true(error_of(SOBOL, product, 64, 2) < 1e-12);
    assert_true(error_of(SOBOL, g_function, 64, 2) < 1e-12);
}

/* A Latin hypercube takes out what is a sum over dimensions (Stein 1987): nearly all of the exponential in
 * 40 dimensions, little of the product in 10. It does not fall faster than 1 / sqrt(n). */
static void latin_beats_independent_points(void **state)
{
    (void)state;
    double random = error_of(MONTE_CARLO, exponential, 1024, 40);
    double latin = error_of(LATIN, exponential, 1024, 40);
    assert_true(random / latin > 7); /* 14 over 32 seeds */
    assert_true(latin / error_of(LATIN, exponential, 16384, 40) > 2);
    assert_true(error_of(MONTE_CARLO, g_function, 1024, 10) /
                    error_of(LATIN, g_function, 1024, 10) >
                1.2); /* 1.8 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_has_one_point_a_slice),
        cmocka_unit_test(latin_is_uniform_over_seeds),
        cmocka_unit_test(polynomials_are_primitive),
        cmocka_unit_test(sobol_has_one_point_a_slice),
        cmocka_unit_test(sobol_goes_on),
        cmocka_unit_test(initial_numbers_are_the_best_drawn),
        cmocka_unit_test(pairs_are_hardly_correlated),
        cmocka_unit_test(sobol_beats_independent_points),
        cmocka_unit_test(latin_beats_independent_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
