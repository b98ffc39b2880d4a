/* Whether outcomes hang on how many residents an agent stands for. */
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
    steppe_scale_row *rows;   /* one an outcome */
    steppe_scale_cell *cells; /* cells[outcome * scales + scale] */
};

/* No verdict rests on fewer runs at a scale. */
enum { STP_FEWEST_RUNS = 30 };

/* How an outcome is judged. */
typedef struct stp_scale_rule {
    double share,
        absolute; /* margins: of the reference's mean, and in units of the outcome; 0: none */
    double error; /* rate of wrong verdicts of either kind */
    /* Citizen-hours of each run, laid out as its values, and those above which unrest has taken off; NULL:
     * the outcome knows no take-off. */
    const double *unrest;
    double take_off;
} stp_scale_rule;

/* Judge one outcome. values: count per scale, one scale after another, from coarse to fine; NAN is left out.
 * scales: decreasing. Equivalence has to hold with as many flips (study/stats/finding.h), runs of a seed that take off
 * at one scale alone, as there may be. With two margins both have to hold. row: its name, unit, meaning
 * and margins stay as they are. cells: one per scale. Returns 0, or -1 if memory ran out. */
int stp_scale_verdicts(const double *scales, size_t scale_count, const double *values,
                       size_t count, const stp_scale_rule *rule, steppe_scale_row *row,
                       steppe_scale_cell *cells);

/* Outcome against scale: the picture of one outcome. Returns 0, or -1 if memory ran out. */
int stp_scale_plot(const steppe_scale_check *check, size_t outcome, stp_plot *plot);

#endif
