#include "base/beta.h"

#include "base/exact.h"

#include <math.h>
#include <stdbool.h>

enum { STIRLING_FROM = 15, MAX_TERMS = 1000, BISECTIONS = 60 };

double stp_log_gamma(double x)
{
    static const double LOG_TWO_PI = 1.8378770664093453;
    /* B(2k) / (2k (2k - 1)) for k = 1, 2, ... */
    static const double TERMS[] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                   1.0 / 1188, -691.0 / 360360, 1.0 / 156};
    double product = 1.0;
    while (x < STIRLING_FROM) {
        product *= x;
        x++;
    }
    double sum = 0.0;
    for (int k = 6; k >= 0; k--)
        sum = sum / (x * x) + TERMS[k];
    return (x - 0.5) * stp_log(x) - x + LOG_TWO_PI / 2 + sum / x - stp_log(product);
}

/* Numerator d(k) of 26.5.8. */
static double numerator(int k, double x, double a, double b)
{
    int half = k / 2;
    double m = half;
    if (k % 2 == 0)
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
}

/* 1 + d(1)/(1 + d(2)/(1 + ...)) as a product of ratios of successive numerators and denominators. */
static double fraction(double x, double a, double b)
{
    static const double TINY = 1e-300;
    double above = 1.0, below = 0.0, value = 1.0;
    for (int k = 1; k <= MAX_TERMS; k++) {
        double d = numerator(k, x, a, b);
        below = 1.0 + d * below;
        above = 1.0 + d / above;
        below = 1.0 / (fabs(below) < TINY ? TINY : below);
        above = fabs(above) < TINY ? TINY : above;
        value *= above * below;
        if (fabs(above * below - 1.0) < 1e-16)
            break;
    }
    return value;
}

double stp_beta(double x, double a, double b)
{
    if (!(x > 0.0 && x < 1.0))
        return x >= 1.0 ? 1.0 : x <= 0.0 ? 0.0 : x;
    double front = stp_exp(a * stp_log(x) + b * stp_log(1.0 - x) + stp_log_gamma(a + b) -
                           stp_log_gamma(a) - stp_log_gamma(b));
    bool small = x < (a + 1.0) / (a + b + 2.0);
    double value = small ? front / (a * fraction(x, a, b))
                         : 1.0 - front / (b * fraction(1.0 - x, b, a));
    return value < 0.0 ? 0.0 : value > 1.0 ? 1.0 : value;
}

double stp_beta_inverse(double p, double a, double b)
{
    if (!(p > 0.0 && p < 1.0))
        return p >= 1.0 ? 1.0 : p <= 0.0 ? 0.0 : p;
    double low = 0.0, high = 1.0;
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = low + (high - low) / 2;
        if (stp_beta(middle, a, b) < p)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}
