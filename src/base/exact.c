#include "base/exact.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#ifdef __FAST_MATH__
#error "Steppe's results need IEEE arithmetic: build without -ffast-math"
#endif

static const double LN2_HIGH = 0x1.62e42fee00000p-1; /* ln 2, its first 32 bits ... */
static const double LN2_LOW = 0x1.a39ef35793c76p-33; /* ... and the rest */
static const double HALF_PI = 0x1.921fb54442d18p+0;

static double power_of_two(int exponent)
{
    uint64_t bits = (uint64_t)(exponent + 1023) << 52;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

double stp_exp(double x)
{
    if (x < -700.0)
        return 0.0;
    if (x > 700.0)
        x = 700.0;
    double scaled = x / (LN2_HIGH + LN2_LOW);
    int n = (int)(scaled + (scaled < 0 ? -0.5 : 0.5));
    double r = (x - n * LN2_HIGH) - n * LN2_LOW; /* |r| <= ln 2 / 2 */
    double sum = 1.0;
    for (int k = 16; k >= 1; k--)
        sum = 1.0 + r * sum / k;
    return sum * power_of_two(n);
}

double stp_log(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> 52) - 1023;
    bits = (bits & 0xfffffffffffffu) | (uint64_t)1023 << 52;
    double m;
    memcpy(&m, &bits, sizeof m); /* in [1, 2) */
    if (m > 1.4142135623730951) {
        m /= 2;
        exponent++;
    }
    double z = (m - 1) / (m + 1); /* |z| < 0.172: ln m = 2 (z + z^3/3 + ...) */
    double sum = 0.0;
    for (int k = 21; k >= 1; k -= 2)
        sum = sum * z * z + 1.0 / k;
    return exponent * LN2_HIGH + (2 * z * sum + exponent * LN2_LOW);
}

double stp_pow(double x, double y)
{
    if (y == 0.0)
        return 1.0;
    if (x <= 0.0)
        return 0.0;
    return stp_exp(y * stp_log(x));
}

/* Taylor series of sine (odd) or cosine (even) for |x| <= pi/4. */
static double sine_series(double x)
{
    double sum = 1.0;
    for (int k = 18; k >= 2; k -= 2)
        sum = 1.0 - x * x * sum / (k * (k + 1));
    return x * sum;
}

static double cosine_series(double x)
{
    double sum = 1.0;
    for (int k = 17; k >= 1; k -= 2)
        sum = 1.0 - x * x * sum / (k * (k + 1));
    return sum;
}

static double sine_of_quarter(double x, int quarter)
{
    switch (quarter & 3) {
    case 0: return sine_series(x);
    case 1: return cosine_series(x);
    case 2: return -sine_series(x);
    default: return -cosine_series(x);
    }
}

double stp_sin(double x)
{
    int quarter = (int)(x / HALF_PI + (x < 0 ? -0.5 : 0.5));
    return sine_of_quarter(x - quarter * HALF_PI, quarter);
}

double stp_cos(double x)
{
    int quarter = (int)(x / HALF_PI + (x < 0 ? -0.5 : 0.5));
    return sine_of_quarter(x - quarter * HALF_PI, quarter + 1);
}

double stp_asin(double x)
{
    /* asin x = 2 atan(x / (1 + sqrt(1 - x^2))); atan by halving its angle four times. */
    double z = x >= 1.0 ? 1.0 : x / (1.0 + sqrt(1.0 - x * x));
    for (int i = 0; i < 4; i++)
        z = z / (1.0 + sqrt(1.0 + z * z));
    double sum = 0.0;
    for (int k = 15; k >= 1; k -= 2)
        sum = 1.0 / k - z * z * sum;
    return 32.0 * z * sum;
}
