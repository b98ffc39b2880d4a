/* Do outcomes depend on the number of residents per agent? */
#ifndef STP_SCALE_H
#define STP_SCALE_H

#include "study/measures/outcome.h"
#include "study/plots/plot.h"
#include "study/stats/finding.h"
#include "study/stats/two_sample.h"

enum { STP_MAX_SCALES = STEPPE_MAX_SCALES };

struct steppe_scale_check {
    char failure[440]; /* the first run that failed, and why */
    const steppe_scenario *scenario;
    steppe_scale_facts facts;
    double scales[STP_MAX_SCALES]; /* from coarse to fine; the last is the reference */
    size_t failed[STP_MAX_SCALES];
    steppe_scale_row *rows;   /* one per outcome */
    steppe_scale_cell *cells; /* cells[outcome * scales + scale] */
};

/* With fewer runs at a scale there is no verdict. */
enum { STP_FEWEST_RUNS = 30 };

/* How an outcome is tested. */
typedef struct stp_scale_rule {
    double share,
        absolute; /* margins: of the reference's mean, in units of the outcome; 0: none */
    double error; /* rate of wrong verdicts of either kind */
    /* Citizen-hours of each run, as its values, and the threshold of take-off; NULL: not defined for the
     * outcome. */
    const double *unrest;
    double take_off;
} stp_scale_rule;

/* Test one outcome. scales: decreasing; values: [scale * count + run], NAN is left out. Equivalence has to be
 * robust to flips (study/stats/finding.h): seeds whose run takes off at only one scale. With two margins both
 * have to hold. row keeps its name, unit, meaning and margins; cells: one per scale. Returns 0, or -1 when
 * out of memory. */
int stp_scale_verdicts(const double *scales, size_t scale_count, const double *values,
                       size_t count, const stp_scale_rule *rule, steppe_scale_row *row,
                       steppe_scale_cell *cells);

/* Districts in which a single active agent is unrest. */
size_t stp_coarse_districts(const steppe_scenario *scenario, double scale);

/* Plot an outcome against scale. Returns 0, or -1 when out of memory. */
int stp_scale_plot(const steppe_scale_check *check, size_t outcome, stp_plot *plot);

#endif
