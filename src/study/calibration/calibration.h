/* The calibration of a scenario, as steppe.h gives it. */
#ifndef STP_CALIBRATION_H
#define STP_CALIBRATION_H

#include "study/calibration/bank.h"
#include "study/calibration/calibrate.h"
#include "study/calibration/chains.h"

struct steppe_calibration {
    steppe_context *context;
    const steppe_scenario *scenario;
    steppe_calibrate_options options; /* with all defaults filled in */
    stp_statistics statistics;
    stp_range *ranges;
    size_t range_count;
    stp_copula *copula;
    size_t *calibrated; /* indices of ranges: those that are inferred first */
    size_t dimensions;  /* that are inferred */
    size_t width;       /* coordinates of a point: `dimensions`, or all ranges */
    stp_chains chains;  /* where chains of runs give the posterior */
    double *wanted;     /* the record, one per statistic */
    stp_posterior posterior;
    double *
        values; /* of all ranges at the posterior's draws, [draw * range_count + range] */
    stp_wave prior, predicted; /* runs of the prior, and at draws of the posterior */
    stp_wave second; /* runs of what wave 1 left, where synthetic truths share them */
    double *ranks;   /* of the truths, [truth * quantities + quantity]; NULL: none */
    steppe_calibration_facts facts;
};

/* The scenario's ranges, which of them are calibrated, and the record. Errors: STEPPE_BAD_SCENARIO, STEPPE_BAD_ARGUMENT,
 * STEPPE_NO_MEMORY. */
int stp_calibration_set_up(steppe_calibration *calibration);

/* Makes runs, and keeps those of waves 1 and 2. */
typedef struct stp_watch {
    stp_bank bank;
    steppe_calibration *calibration;
} stp_watch;

/* An stp_simulator (user: an stp_watch). */
int stp_watch_run(void *user, size_t wave, size_t n, const double *z,
                  stp_sample_run *runs);

/* Moves of a chain at a level. */
enum { STP_CHAIN_MOVES = 9 };

/* Draw from the posterior of a record by chains of runs, which the simulator makes: into calibration->chains, and as many
 * as are wanted into calibration->posterior. Errors: STEPPE_NO_MEMORY, the simulator's. */
int stp_chains_posterior(steppe_calibration *calibration, const stp_record *record,
                         uint64_t seed, stp_simulator simulator, void *user);

/* What is ranked of a truth: each parameter, the log likelihood, and two predictions. */
enum { STP_MORE_RANKS = 3 };

/* Calibrate to synthetic truths. Errors: as those of steppe_calibrate. */
int stp_calibration_try(steppe_calibration *calibration, stp_watch *watch);
/* How much the record tells of an inferred parameter: 0 next to nothing, 1 something (its spread within the prior fell
 * by a fifth), 2 much (by half). workspace: space for a number per draw. */
unsigned stp_calibration_told(const steppe_calibration *calibration, size_t parameter,
                              double *workspace);
/* The CRPS of runs of the prior and of the posterior, of a statistic, on its scale; NAN where it is not defined. */
void stp_calibration_scores(const steppe_calibration *calibration, size_t statistic,
                            double *workspace, double *prior, double *posterior);
/* Name of a quantity that is ranked: a parameter, "log likelihood" ... */
const char *stp_calibration_rank_name(const steppe_calibration *calibration,
                                      size_t quantity);

/* The table "ranks" of a calibration; empty where it had no synthetic truths. */
enum { STP_RANK_COLUMN_COUNT = 11 };
extern const steppe_column STP_RANK_COLUMNS[STP_RANK_COLUMN_COUNT];
void stp_calibration_add_ranks(steppe_table *table, const void *object);

/* The options of its waves. */
stp_calibrate_options stp_calibration_waves(const steppe_calibration *calibration);

#endif
