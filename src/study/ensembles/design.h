/* Runs at points that a study has chosen, in place of those that an ensemble draws. */
#ifndef STP_DESIGN_H
#define STP_DESIGN_H

#include "scenario/range.h"

/* All is borrowed during the call. */
typedef struct stp_design {
    const char *name; /* kept as the sampling: "morris" */
    uint64_t
        digest; /* of all that the points follow from; the number of points is in it only if */
                /* more points would change the first ones */
    const stp_range *ranges; /* of the parameters that vary */
    size_t range_count;
    const double
        *points; /* [point * range_count + range]: shares of the prior, in [0, 1] */
    const uint64_t *seeds; /* of each point's first run; of the others the next ones */
    size_t count, runs;    /* points; runs of each */
} stp_design;

/* As steppe_ensemble, at the points of a design: replicate i is run i % runs of point i / runs. Of the options,
 * count, seed and sampling are not used, except that a file has to have the same seed. */
int stp_ensemble_design(steppe_context *context, const steppe_scenario *scenario,
                        const steppe_ensemble_options *options, const stp_design *design,
                        steppe_ensemble_summary *summary);

#endif
