/* Contagion of riots between districts, as a mean field (Bonnasse-Gahot and others
 * 2018, Scientific Reports 8:107, on France in 2005). For district k, with lambda its
 * active and sigma its susceptible persons,     d lambda / dt = -omega lambda + sigma
 * Psi(Lambda),     d sigma / dt = -sigma Psi(Lambda),     Lambda = sum over the
 * districts j of W(k, j) lambda(j). The equations are from memory: check Psi and W
 * against the paper before claiming a replication. */
#ifndef STP_CONTAGION_H
#define STP_CONTAGION_H

#include <stddef.h>

/* Psi(Lambda), the rate at which a susceptible person becomes active, a day. */
typedef enum stp_contagion_response {
    STP_RESPONSE_LINEAR,    /* beta Lambda */
    STP_RESPONSE_THRESHOLD, /* beta (1 - e^(-gamma (Lambda - critical))), if positive */
} stp_contagion_response;

typedef struct stp_contagion {
    size_t districts;     /* >= 1 */
    const double *weight; /* W, districts x districts, row k: who acts on k; borrowed */
    double omega;         /* a day, >= 0: rate at which the active stop, for good */
    stp_contagion_response response;
    double beta;     /* >= 0. Linear: a day and active person. Threshold: a day, the most
                      * that Psi can be */
    double gamma;    /* threshold only: > 0, one over active persons */
    double critical; /* threshold only: >= 0, active persons */
} stp_contagion;

/* W = (1 + distance / d0)^-delta: how much a district counts for another. distance:
 * districts x districts, km, each >= 0. d0: km, > 0. delta: >= 0, 0 for no space.
 * weight: districts x districts, may be distance itself. */
void stp_contagion_kernel(const double *distance, size_t districts, double d0,
                          double delta, double *weight);

/* Advance by `steps` steps of the Runge-Kutta method of order four (Kutta 1901).
 * step: days, > 0, short against 1 / (omega + the largest Psi): a tenth of that keeps some
 * five digits and sigma >= 0; above 2.5 of it nothing holds.
 * activity, susceptible: lambda and sigma of every district, persons, >= 0; replaced by
 * those at the end. Returns 0, or -1 when out of memory (both unchanged). */
int stp_contagion_advance(const stp_contagion *model, double step, size_t steps,
                          double *activity, double *susceptible);

#endif
