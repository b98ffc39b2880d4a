#include "models/appointment.h"

#include "base/exact.h"

#include <math.h>

/* Survival that two choices may differ by and still be alike: rounding must not
 * choose. */
static const double ALIKE = 1e-12;

/* Probability of a signal, given what the ruler is. */
static double chance(double competence, bool signal_weak, bool ruler_weak)
{
    return signal_weak == ruler_weak ? competence : 1 - competence;
}

double stp_appointment_posterior(const stp_appointment *a, double competence,
                                 bool signal_weak)
{
    double weak = a->weakness * chance(competence, signal_weak, true);
    double strong = (1 - a->weakness) * chance(competence, signal_weak, false);
    return weak / (weak + strong);
}

double stp_appointment_belief_to_betray(const stp_appointment *a)
{
    return (a->wage + a->punishment) / (a->bribe + a->punishment);
}

bool stp_appointment_betrays(const stp_appointment *a, double competence,
                             bool signal_weak)
{
    double p = stp_appointment_posterior(a, competence, signal_weak);
    return p * a->bribe - (1 - p) * a->punishment > a->wage;
}

double stp_appointment_betrayal(const stp_appointment *a, double competence,
                                bool ruler_weak)
{
    double sum = 0;
    for (int signal = 0; signal < 2; signal++)
        if (stp_appointment_betrays(a, competence, signal))
            sum += chance(competence, signal, ruler_weak);
    return sum;
}

double stp_appointment_survival(const stp_appointment *a, double competence)
{
    double detect = a->detect_least +
                    (a->detect_most - a->detect_least) * (2 * competence - 1);
    double betrayal = stp_appointment_betrayal(a, competence, true);
    return 1 - a->weakness * betrayal - a->weakness * (1 - detect);
}

double stp_appointment_choice(const stp_appointment *a)
{
    double best = -INFINITY, choice = 0.5;
    for (int step = 0; step <= STP_APPOINTMENT_STEPS; step++) {
        double competence = 0.5 + 0.5 * step / STP_APPOINTMENT_STEPS;
        double survival = stp_appointment_survival(a, competence);
        if (survival > best + ALIKE) {
            best = survival;
            choice = competence;
        }
    }
    return choice;
}

double stp_appointment_loyalty(const stp_appointment_effort *e, double competence)
{
    double outside = e->outside_least +
                     (e->outside_most - e->outside_least) * (2 * competence - 1);
    double stake = (1 - e->base) * (e->wage - outside) / e->cost;
    if (!(stake > 0))
        return 0;
    /* l e^l = stake. ln(1 + stake) is not below the root and the left side is convex, so
     * the method of Newton comes down to it without overshooting. */
    double effort = stp_log(1 + stake);
    for (int i = 0; i < 40; i++)
        effort -= (effort - stake * stp_exp(-effort)) / (1 + effort);
    return effort;
}
