/* Whom a ruler appoints: Steppe's reductions of two models. Egorov and Sonin (2011): a
 * competent vizier knows better when the ruler is weak and betrayal pays, so a ruler in
 * danger settles for less competence. Zakharov (2016): who would be hired elsewhere has
 * less to lose with the ruler, and works less for his survival. */
#ifndef STP_APPOINTMENT_H
#define STP_APPOINTMENT_H

#include <stdbool.h>

/* Competence q in [1/2, 1] is the probability that the vizier's private signal of the
 * ruler, "weak" or "strong", is right. All sums are in one unit, say years of wages. */
typedef struct stp_appointment {
    double weakness;     /* mu: prior probability that the ruler is weak, in (0, 1) */
    double bribe;        /* B: what a plotter pays if the ruler falls, > 0 */
    double punishment;   /* F: what betrayal costs if he survives, >= 0 */
    double wage;         /* w: what loyalty pays, >= 0 */
    double detect_least; /* probability of uncovering a plot at q = 1/2, in [0, 1] */
    double detect_most;  /* ... and at q = 1; linear between, which is an assumption */
} stp_appointment;

/* Steps of competence that the ruler chooses from: 1/2, 0.5001, ..., 1. */
enum { STP_APPOINTMENT_STEPS = 5000 };

/* Probability that the ruler is weak, after a signal: mu q / (mu q + (1 - mu)(1 - q))
 * after "weak"; after "strong" with q and 1 - q exchanged (Egorov and Sonin 2011). */
double stp_appointment_posterior(const stp_appointment *a, double competence,
                                 bool signal_weak);

/* Belief p* = (w + F) / (B + F) above which betrayal pays: p B - (1 - p) F > w; above 1 if
 * it never does (Egorov and Sonin 2011, reduced). */
double stp_appointment_belief_to_betray(const stp_appointment *a);

/* Whether a vizier betrays after a signal. */
bool stp_appointment_betrays(const stp_appointment *a, double competence,
                             bool signal_weak);

/* Probability that a ruler who is weak (or strong) is betrayed (Egorov and Sonin 2011,
 * reduced). */
double stp_appointment_betrayal(const stp_appointment *a, double competence,
                                bool ruler_weak);

/* What the ruler maximises: 1 - mu P(betrayed | q, weak) - mu (1 - detect(q)), for a weak
 * ruler falls by betrayal or by a plot that is not uncovered. His probability of survival
 * where the vizier is loyal; elsewhere a score, at least -1 (Egorov and Sonin 2011,
 * reduced). */
double stp_appointment_survival(const stp_appointment *a, double competence);

/* Competence that the ruler chooses: the grid's best by survival, and the least competent
 * within 1e-12 of it. If detection rises with q, the choice falls as mu rises up to p*, as
 * Egorov and Sonin find. For mu > p* even a void signal makes the vizier betray, only one
 * of strength can keep him loyal, and the choice rises with mu or is 1: there the reduction
 * lacks the published sign. */
double stp_appointment_choice(const stp_appointment *a);

/* A vizier with an outside option O(q), which rises from q = 1/2 to 1. */
typedef struct stp_appointment_effort {
    double base;          /* pi_0: the ruler's survival without effort, in [0, 1] */
    double cost;          /* kappa: effort l costs kappa l^2 / 2, > 0 */
    double wage;          /* w, while the ruler survives */
    double outside_least; /* O(1/2): what the vizier has if he falls */
    double outside_most;  /* O(1); linear between */
} stp_appointment_effort;

/* Effort l >= 0 for the ruler, of which 1 takes away 1 - 1/e of his risk: the solution of
 * c'(l) = pi'(l) (w - O(q)) with c = kappa l^2 / 2 and pi = 1 - (1 - pi_0) e^-l; 0 if
 * O(q) >= w. Zakharov (2016), reduced; the forms of c, pi and O are assumptions. */
double stp_appointment_loyalty(const stp_appointment_effort *e, double competence);

#endif
