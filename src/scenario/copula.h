/* Gaussian copulas: rank correlations of draws. */
#ifndef STP_COPULA_H
#define STP_COPULA_H

#include "scenario/range.h"

/* The correlation of normal variables whose ranks have this correlation (Spearman): 2 sin(pi rho / 6), Pearson
 * (1907). rho: in (-1, 1). */
double stp_copula_normal(double rho);

/* Factor a correlation matrix into L L' in place, its lower triangle becoming L. matrix: [size * size]. Returns the
 * row at which it proves not to be positive definite, or size. Source: Cholesky, in Golub and Van Loan (2013). */
size_t stp_copula_factor(double *matrix, size_t size);

#endif
