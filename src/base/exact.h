/* Elementary functions made of IEEE 754 +, -, *, / and sqrt alone, so that every machine and
 * compiler gives the same bits. libm does not promise that: its results differ in the last
 * bit between versions and processors. Accuracy: a few units in the 15th digit. */
#ifndef STP_EXACT_H
#define STP_EXACT_H

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

#endif
