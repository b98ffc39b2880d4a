/* Tempering: the power of a likelihood rises from 0 to 1, and particles are drawn anew by what it then says of them (Del
 * Moral, Doucet and Jasra 2006). What smc.c and chains.c share. */
#ifndef STP_TEMPERING_H
#define STP_TEMPERING_H

#include <stddef.h>
#include <stdint.h>

/* Particles by their log likelihoods, -INFINITY: impossible; weights: space for one each. */
typedef struct stp_tempering {
    const double *logs;
    size_t count;
    double *weights;
    double sum, largest; /* of the weights; the largest of the logs, whose weight is 1 */
} stp_tempering;

/* Set the weights that a rise of the power gives. Returns the effective sample size. */
double stp_tempering_weigh(stp_tempering *particles, double rise);

/* The rise, at most `room`, after which `wanted` particles still count; above 0 even where most are impossible. */
double stp_tempering_rise(stp_tempering *particles, double room, double wanted);

/* Draw by the weights, systematically (Kitagawa 1996): from[draws], in rising order. offset: in [0, 1). */
void stp_tempering_draw(const stp_tempering *particles, double offset, size_t draws,
                        size_t *from);

#endif
