/* Distributions of what is not known of a number. */
#ifndef STP_PRIOR_H
#define STP_PRIOR_H

#include <stdbool.h>
#include <stddef.h>

typedef enum stp_prior_kind {
    STP_PRIOR_UNIFORM,    /* a low end, b high end */
    STP_PRIOR_NORMAL,     /* a mean, b standard deviation */
    STP_PRIOR_LOGNORMAL,  /* a median, b standard deviation of the natural logarithm */
    STP_PRIOR_TRIANGULAR, /* a low end, b mode, c high end */
    STP_PRIOR_BETA,       /* a, b shapes; over [low, high] */
    STP_PRIOR_CHOICES,    /* values with weights */
    STP_PRIOR_KINDS,
} stp_prior_kind;

typedef struct stp_prior {
    stp_prior_kind kind;
    double a, b, c;
    double low, high;         /* of a beta distribution: its ends */
    double *values, *weights; /* of choices: ascending; positive, sum 1 */
    double *written;          /* of choices: the weights of the file; NULL: equal */
    size_t count;             /* of choices */
    bool ranged;              /* the file has a range beside it */
} stp_prior;

/* "normal" ... */
const char *stp_prior_word(stp_prior_kind kind);

/* Probability that a draw is at most x. */
double stp_prior_below(const stp_prior *distribution, double x);

/* The least x with stp_prior_below(x) >= p, p in [0, 1]; at 0 and 1 the ends, which may be infinite. Bit-identical
 * on every machine. */
double stp_prior_quantile(const stp_prior *distribution, double p);

/* The probabilities between which draws fall into [low, high]: 0 and 1 for choices, which are never cut. */
void stp_prior_part(const stp_prior *distribution, double low, double high, double *from,
                    double *to);

/* The probability at which the quantile function is nearest to x: of a choice, the middle of its own. */
double stp_prior_at(const stp_prior *distribution, double x);

void stp_prior_free(stp_prior *prior);

#endif
