#include "study/stats/matrix.h"

#include "base/exact.h"

#include <math.h>

bool stp_cholesky(double *a, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double *row = a + i * n;
        for (size_t k = 0; k <= i; k++) {
            const double *other = a + k * n;
            double sum = row[k];
            for (size_t j = 0; j < k; j++)
                sum -= row[j] * other[j];
            if (k < i)
                row[k] = sum / other[k];
            else if (sum > 1e-13 * fabs(row[i]) && sum > 0)
                row[i] = sqrt(sum);
            else
                return false;
        }
    }
    return true;
}

void stp_solve_lower(const double *l, size_t n, double *b)
{
    for (size_t i = 0; i < n; i++) {
        double sum = b[i];
        for (size_t k = 0; k < i; k++)
            sum -= l[i * n + k] * b[k];
        b[i] = sum / l[i * n + i];
    }
}

void stp_solve_upper(const double *l, size_t n, double *b)
{
    for (size_t i = n; i-- > 0;) {
        double sum = b[i];
        for (size_t k = i + 1; k < n; k++)
            sum -= l[k * n + i] * b[k];
        b[i] = sum / l[i * n + i];
    }
}

double stp_cholesky_log_determinant(const double *l, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += stp_log(l[i * n + i]);
    return 2 * sum;
}
