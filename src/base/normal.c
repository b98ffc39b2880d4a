#include "base/normal.h"

#include "base/exact.h"

#include <math.h>

static const double ROOT_TWO_PI = 2.5066282746310005;

/* From here on the tail is computed directly, as 1/2 minus the middle would cancel. */
static const double TAIL = 2.0;
enum { MIDDLE_TERMS = 32, TAIL_TERMS = 120 }; /* enough for 16 digits at TAIL */

/* e^(-x^2/2). The rounding of x^2 for a large x would show, so x is split into a part
 * with an exact square and a small rest. */
static double bell(double x)
{
    double coarse = floor(x * 16) / 16;
    double rest = (x - coarse) * (x + coarse);
    return stp_exp(-coarse * coarse / 2) * stp_exp(-rest / 2);
}

/* (Phi(x) - 1/2) / density = x + x^3/3 + x^5/(3*5) + ... for |x| <= TAIL (26.2.11). */
static double middle_ratio(double x)
{
    double sum = 1.0;
    for (int k = MIDDLE_TERMS; k >= 1; k--)
        sum = 1.0 + x * x * sum / (2 * k + 1);
    return x * sum;
}

/* Phi(-x) / density = 1/(x + 1/(x + 2/(x + 3/(x + ...)))) for x >= TAIL (26.2.14). */
static double tail_ratio(double x)
{
    double below = x;
    for (int k = TAIL_TERMS; k >= 1; k--)
        below = x + k / below;
    return 1.0 / below;
}

double stp_normal(double x)
{
    double size = fabs(x);
    if (!(size < 37.4375)) /* where stp_exp gives 0 */
        return x < 0 ? 0.0 : x > 0 ? 1.0 : x;
    double density = bell(size) / ROOT_TWO_PI;
    if (size < TAIL)
        return 0.5 + middle_ratio(x) * density;
    double tail = tail_ratio(size) * density;
    return x < 0 ? tail : 1.0 - tail;
}

/* (Phi(-x) - p) / density for x >= 0 and p <= 1/2; one branch is accurate as p goes to
 * 1/2, one as it goes to 0. */
static double excess(double x, double p)
{
    double scale = ROOT_TWO_PI / bell(x);
    return x < TAIL ? (0.5 - p) * scale - middle_ratio(x) : tail_ratio(x) - p * scale;
}

/* The x >= 0 with Phi(-x) = p, for p in [1e-300, 1/2). */
static double lower_tail_point(double p)
{
    double t = sqrt(-2.0 * stp_log(p));
    double x = t - (2.30753 + 0.27061 * t) / (1.0 + 0.99229 * t + 0.04481 * t * t);
    /* 26.2.22 is good to 0.003 and each step cubes the error; a very small x needs the
     * fourth. */
    for (int i = 0; i < 4; i++) {
        double newton = excess(x, p);
        x += newton / (1.0 - x * newton / 2);
    }
    return x;
}

double stp_normal_inverse(double p)
{
    if (!(p >= 0.0 && p <= 1.0))
        return NAN;
    if (p == 0.0 || p == 1.0)
        return p == 0.0 ? -INFINITY : INFINITY;
    if (p == 0.5)
        return 0.0;
    if (p > 0.5)
        return lower_tail_point(1.0 - p); /* 1 - p is exact */
    return -lower_tail_point(p < 1e-300 ? 1e-300 : p);
}
