/* Small dense linear algebra, bit-identical on every machine: plain loops in one order, one thread.
 * Matrices are stored by rows, a[row * n + column]. */
#ifndef STP_MATRIX_H
#define STP_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

/* Factor a symmetric positive definite matrix a[n * n] into L L' (Cholesky; Golub and Van Loan 2013, algorithm
 * 4.2.1). Only the lower triangle is read; L takes its place. Returns false if the matrix is not positive
 * definite to working precision; a is then undefined. */
bool stp_cholesky(double *a, size_t n);

/* Solve L x = b in place, for a lower triangular L[n * n]. */
void stp_solve_lower(const double *l, size_t n, double *b);

/* Solve L' x = b in place. */
void stp_solve_upper(const double *l, size_t n, double *b);

/* Natural logarithm of the determinant of L L'. */
double stp_cholesky_log_determinant(const double *l, size_t n);

#endif
