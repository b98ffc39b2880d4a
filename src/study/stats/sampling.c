#include "study/stats/sampling.h"

#include "base/random.h"

#include <stdbool.h>
#include <stdlib.h>

static const double ONE = 4294967296.0;

/* Kinds of draw of STP_PURPOSE_SAMPLE, in place of the step. */
enum { PAIRING = 1, PLACE, INITIAL, SHIFT };

int stp_latin(uint64_t seed, size_t count, size_t dimensions, double *points)
{
    size_t *slice = calloc(count ? count : 1, sizeof *slice);
    if (!slice)
        return -1;
    for (size_t d = 0; d < dimensions; d++) {
        for (size_t i = 0; i < count; i++)
            slice[i] = i;
        for (size_t i = count; i > 1; i--) { /* a shuffle */
            uint32_t word = stp_random(seed, STP_PURPOSE_SAMPLE, (uint32_t)d, (uint32_t)i,
                                       PAIRING, 0)
                                .w[0];
            size_t k = stp_below(word, (uint32_t)i), held = slice[i - 1];
            slice[i - 1] = slice[k];
            slice[k] = held;
        }
        for (size_t i = 0; i < count; i++) {
            uint32_t word = stp_random(seed, STP_PURPOSE_SAMPLE, (uint32_t)d, (uint32_t)i,
                                       PLACE, 0)
                                .w[0];
            points[i * dimensions + d] = ((double)slice[i] + ((double)word + 0.5) / ONE) /
                                         (double)count;
        }
    }
    free(slice);
    return 0;
}

/* ---- Sobol ---- */

/* x times y modulo a polynomial over the field of two elements; all of `degree`, as bits. */
static uint32_t times(uint32_t x, uint32_t y, uint32_t polynomial, int degree)
{
    uint32_t product = 0;
    for (; y; y >>= 1) {
        if (y & 1u)
            product ^= x;
        x <<= 1;
        if (x >> degree & 1u)
            x ^= polynomial;
    }
    return product;
}

/* The polynomial x to a power, likewise. */
static uint32_t power_of_x(uint32_t exponent, uint32_t polynomial, int degree)
{
    uint32_t result = 1, base = degree == 1 ? 1u : 2u; /* x is 1 modulo x + 1 */
    for (; exponent; exponent >>= 1) {
        if (exponent & 1u)
            result = times(result, base, polynomial, degree);
        base = times(base, base, polynomial, degree);
    }
    return result;
}

/* Is the order of x 2^degree - 1? That defines a primitive polynomial. */
static bool is_primitive(uint32_t polynomial, int degree)
{
    uint32_t order = (1u << degree) - 1, left = order;
    if (power_of_x(order, polynomial, degree) != 1)
        return false;
    for (uint32_t prime = 2; prime <= left; prime++) {
        if (left % prime != 0)
            continue;
        if (prime < order && power_of_x(order / prime, polynomial, degree) == 1)
            return false;
        while (left % prime == 0)
            left /= prime;
    }
    return true;
}

/* Find the next primitive polynomial, by degree and then as a number; return its degree. */
static int next_primitive(uint32_t *polynomial, int degree)
{
    uint32_t p = *polynomial;
    do {
        p += 2; /* the constant is 1 */
        if (p >> (degree + 1))
            p = (1u << ++degree) + 1;
    } while (!is_primitive(p, degree));
    *polynomial = p;
    return degree;
}

enum { BITS = 32 };

/* Which of 256 draws of initial numbers the dimensions 1, 2 .. use. With the first draws, two dimensions may be
 * almost collinear for hundreds of points; so each uses the first draw of least cost with all dimensions before
 * it. The cost of a pair is the sum of 16^t / 4^m over m = 2 .. 12, with t the quality parameter of its first
 * 2^m points as a net (Niederreiter 1992; 0 is best, m - 1 is a line). sampling_test.c finds them again. */
/* clang-format off */
static const uint8_t CHOSEN[] = {
    0, 0, 4, 2, 175, 34, 219, 239, 138, 0, 231, 138, 70, 240, 46, 250, 226, 128, 4, 94, 2,
    150, 61, 107, 46, 175, 40, 2, 2, 102, 1, 137, 228, 57, 212, 94, 88, 115, 32, 191, 43,
    212, 237, 3, 26, 136, 150, 109, 1, 246, 162, 217, 223, 230, 172, 137, 251, 167, 23,
    226, 207, 152, 102, 169, 216, 195, 66, 191, 4, 38, 205, 137, 96, 77, 241, 250, 184,
    166, 88, 102, 223, 37, 104, 199, 75, 101, 149, 94, 60, 128, 198, 1, 116, 142, 40, 248,
    163, 151, 86, 107, 144, 213, 48, 39, 47, 99, 35, 155, 112, 100, 49, 18, 143, 203, 168,
    144, 174, 216, 153, 148, 9, 249, 6, 82, 206, 171, 148, 193, 99, 28, 181, 43, 79, 148,
    2, 233, 184, 234, 128, 204, 167, 29, 155, 138, 170, 240, 101, 159, 176, 6, 177, 31,
    155, 210, 158, 119, 238, 134, 11, 205, 6, 117, 85, 172, 42, 131, 161, 69, 179, 214,
    35, 103, 62, 201, 51, 88, 71, 231, 137, 99, 186, 201, 94, 120, 44, 119, 248, 170, 148,
    125, 102, 253, 118, 248, 95, 114, 218, 185, 232, 36, 218, 188, 166, 102, 129, 57, 178,
    180, 241, 124, 84, 116, 109, 57, 49, 20, 201, 49, 253, 6, 22, 43, 29, 214, 155, 12,
    143, 193, 218, 195, 104, 11, 210, 206, 93, 132, 223, 67, 160, 132, 12, 205, 141, 206,
    94, 37, 91, 220, 66, 195, 230, 106, 64, 255, 26, 218,
};
/* clang-format on */

/* Direction numbers of a dimension (not the first) with a polynomial. */
static void find_directions(size_t dimension, uint32_t polynomial, int degree,
                            uint32_t directions[BITS])
{
    uint32_t draw = dimension <= sizeof CHOSEN ? CHOSEN[dimension - 1] : 0;
    for (int i = 0; i < BITS; i++) {
        if (i < degree) {
            uint32_t word = stp_random(0, STP_PURPOSE_SAMPLE, (uint32_t)dimension,
                                       (uint32_t)i, INITIAL, draw)
                                .w[0];
            uint32_t odd = (word & ((2u << i) - 1)) | 1u; /* below 2^(i + 1) */
            directions[i] = odd << (BITS - 1 - i);
            continue;
        }
        uint32_t v = directions[i - degree] ^ directions[i - degree] >> degree;
        for (int k = 1; k < degree; k++)
            if (polynomial >> (degree - k) & 1u)
                v ^= directions[i - k];
        directions[i] = v;
    }
}

int stp_sobol(uint64_t seed, uint64_t first, size_t count, size_t dimensions,
              double *points)
{
    uint32_t polynomial = 1, directions[BITS];
    int degree = 0;
    if (dimensions > STP_MAX_SOBOL || first + count > ((uint64_t)1 << 32))
        return -1;
    for (size_t d = 0; d < dimensions; d++) {
        if (d == 0)
            for (int i = 0; i < BITS; i++)
                directions[i] = 1u << (BITS - 1 - i);
        else {
            degree = next_primitive(&polynomial, degree);
            find_directions(d, polynomial, degree, directions);
        }
        uint32_t shift =
            stp_random(seed, STP_PURPOSE_SAMPLE, (uint32_t)d, 0, SHIFT, 0).w[0];
        for (size_t i = 0; i < count; i++) {
            uint64_t gray = (first + i) ^ (first + i) >> 1;
            uint32_t x = shift;
            for (int bit = 0; bit < BITS; bit++)
                if (gray >> bit & 1u)
                    x ^= directions[bit];
            points[i * dimensions + d] = ((double)x + 0.5) / ONE;
        }
    }
    return 0;
}
