/* Studies of directions: arms and claims as tables. Both sides of a comparison have the same seeds,
 * and differ in the settings of one mechanism. */
#ifndef STP_SIGN_CLAIMS_H
#define STP_SIGN_CLAIMS_H

#include "study/replication/replicate.h"

enum { STP_MAX_DOSES = 8, STP_MAX_COMMON = 8 };

/* Where, for how long, which window is looked at, and how often (0: 20 times). */
typedef struct stp_stage {
    const char *file;
    uint64_t steps, from, to;
    size_t runs;
    stp_seat_watch seat; /* of a seat of power alone */
} stp_stage;

typedef struct stp_single {
    const char *name;
    const stp_stage *stage;
    const char *settings[STP_MAX_SETTINGS];
} stp_single;

/* Arms that differ in one value: its doses. key: of the scenario, or, with a seat alone, what it
 * sees: "look.active", "look.cut", or for how long, "look.days". */
typedef struct stp_sweep {
    const char *name;
    const stp_stage *stage;
    const char *key;
    int count;
    double doses[STP_MAX_DOSES];
    const char *settings[STP_MAX_COMMON];
} stp_sweep;

/* What a measure does as a dose rises, or in the first arm against the second. */
typedef struct stp_direction {
    stp_row row;
    const char *more, *less; /* arms; less NULL: more is a sweep */
    size_t measure;
    int sign; /* of what is claimed */
    int decimals;
    const char *unit;
} stp_direction;

typedef struct stp_directions {
    const stp_single *singles;
    const stp_sweep *sweeps;
    const stp_direction *claims;
    size_t single_count, sweep_count, claim_count;
} stp_directions;

/* Add an arm, found as "name/number". settings[most], up to the first NULL. */
stp_arm *stp_stage_arm(steppe_replication *r, const stp_stage *on,
                       const char *const *settings, int most, const char *name,
                       int number);
/* Add the arms of all tables; that of a single is "name/0". */
void stp_directions_plan(steppe_replication *r, const stp_directions *all);
/* The sweep of that name, which must be there. */
const stp_sweep *stp_sweep_find(const stp_directions *all, const char *name);
const stp_arm *stp_single_arm(const steppe_replication *r, const char *name);

/* Mean over the runs of what a straight line through the doses rises by, from the first dose to
 * the last, in one run. */
stp_interval stp_sweep_rise(const steppe_replication *r, const char *name,
                            const double *doses, int count, size_t measure);
/* Say the mean at each dose. */
void stp_row_say_doses(const steppe_replication *r, stp_row *row, const char *name,
                       const char *key, const double *doses, int count, size_t measure,
                       int decimals);

/* Verdicts, as those of replicate.h: above or below 0; that of a table; what chance has no part
 * in: it holds in each run, or not. */
void stp_verdict_sign(stp_row *row, stp_interval i, int sign, int decimals,
                      const char *unit);
void stp_verdict_direction(steppe_replication *r, const stp_directions *all,
                           const stp_direction *d);
void stp_verdict_each(stp_row *row, size_t hits, size_t runs);

/* Means of the arms of a sweep against its doses. */
void stp_plot_sweep(steppe_replication *r, const stp_directions *all, stp_plot *plot,
                    const char *label, const char *name, size_t measure);

#endif
