/* The beta distribution, bit-identical on every machine (see exact.h). */
#ifndef STP_BETA_H
#define STP_BETA_H

/* Natural logarithm of the gamma function. x: in (0, 1e6]. Relative error below 1e-13, absolute where it is near 0.
 * Source: Abramowitz and Stegun (1964), 6.1.41, from 15 on; below by 6.1.15. */
double stp_log_gamma(double x);

/* Probability that a beta variable with shapes a and b is at most x, the incomplete beta function. a, b: in
 * [0.1, 10000]; x below 0 gives 0, above 1 gives 1. Error below 1e-11. Source: Abramowitz and Stegun (1964),
 * 26.5.8. */
double stp_beta(double x, double a, double b);

/* The x with stp_beta(x, a, b) = p by bisection, to 2^-60. p: in [0, 1]. It never falls as p rises. */
double stp_beta_inverse(double p, double a, double b);

#endif
