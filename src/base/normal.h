/* The standard normal distribution, bit-identical on every machine (see exact.h). */
#ifndef STP_NORMAL_H
#define STP_NORMAL_H

/* Probability that a standard normal variable is at most x. x: any number; NAN gives NAN,
 * x <= -37.4375 gives 0. Relative error below 2e-14 elsewhere. Source: Abramowitz and
 * Stegun (1964), 26.2.11 in the middle, the continued fraction 26.2.14 in the tails. */
double stp_normal(double x);

/* The x with stp_normal(x) = p. p: in (0, 1); p < 1e-300 is taken as 1e-300, p = 0 gives
 * -INFINITY, p = 1 INFINITY, and anything else NAN. Absolute error below 1e-13 for the
 * given p: close to 1 the spacing of doubles limits x. Source:
 * Abramowitz and Stegun (1964), 26.2.22, then the iteration of Halley (1694). */
double stp_normal_inverse(double p);

#endif
