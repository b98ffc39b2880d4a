/* Elementary functions from IEEE 754 +, -, *, / and sqrt alone, bit-identical on every
 * machine and compiler, unlike libm, whose last bits vary by version and processor.
 * Accuracy: a few units in the 15th digit. */
#ifndef STP_EXACT_H
#define STP_EXACT_H

#include <stdint.h>

/* e^x. x < -700 gives 0, x > 700 is taken as 700. */
double stp_exp(double x);
/* Natural logarithm of a positive, normal x. */
double stp_log(double x);
/* x^y for x > 0; 0^y is 0 for y > 0 and 1 for y = 0. */
double stp_pow(double x, double y);
/* Sine and cosine of |x| <= 2 pi. */
double stp_sin(double x);
double stp_cos(double x);
/* Arc sine of x in [0, 1]. */
double stp_asin(double x);

/* A share in units of 2^-32, to the nearest. */
static inline uint64_t stp_fixed_32(double share)
{
    return (uint64_t)(share * 4294967296.0 + 0.5);
}

#endif
