/* Whether outcomes hang on how many residents an agent stands for. */
#ifndef STP_SCALE_H
#define STP_SCALE_H

#include "study/contrast.h"
#include "study/outcome.h"
#include "study/plot.h"

enum { STP_SCALES_MOST = STEPPE_SCALES_MOST };

struct steppe_scale_check {
    char failure[440]; /* the first run that failed, and why */
    const steppe_scenario *scenario;
    steppe_scale_facts facts;
    double scales[STP_SCALES_MOST]; /* from coarse to fine; the last is the reference */
    size_t failed[STP_SCALES_MOST];
    steppe_scale_row *rows;   /* one an outcome */
    steppe_scale_cell *cells; /* cells[outcome * scales + scale] */
};

/* Judge one outcome. values: count a scale, one scale after another, from coarse to fine; NAN is left out.
 * scales: decreasing. margin: share of the reference's mean that does not matter; error: rate of wrong
 * verdicts of either kind. row: its name, unit and meaning stay as they are. cells: one a scale.
 * Returns 0, or -1 if memory ran out. */
int stp_scale_judge(const double *scales, size_t scale_count, const double *values,
                    size_t count, double margin, double error, steppe_scale_row *row,
                    steppe_scale_cell *cells);

/* Outcome against scale: the picture of one outcome. Returns 0, or -1 if memory ran out. */
int stp_scale_plot(const steppe_scale_check *check, size_t outcome, stp_plot *plot);

#endif
