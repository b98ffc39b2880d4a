/* One run of a scenario with settings, and its outcomes. */
#ifndef STP_REPLICATE_RUN_H
#define STP_REPLICATE_RUN_H

#include "scenario/node.h"
#include "study/measures/outcome.h"

typedef struct stp_replicate_run {
    const steppe_scenario *scenario;
    const stp_setting *settings; /* on top of it */
    size_t setting_count;
    uint64_t seed, steps; /* steps: 0: the scenario's */
    bool population_held; /* drawn from population_seed, not from seed */
    uint64_t population_seed;
    double scale;      /* 0: the scenario's */
    uint64_t from, to; /* the window of the outcomes, as of stp_meter_create */
    uint64_t watch;    /* step whose digest is kept as well; 0: none */
} stp_replicate_run;

/* An outcome of a model without a street. */
typedef struct stp_replicate_outcome {
    char name[160];
    double value;
} stp_replicate_outcome;

typedef struct stp_replicate_result {
    double outcomes[STP_OUTCOME_COUNT];
    uint64_t digest;            /* of the last step */
    uint64_t trajectory_digest; /* of the digests of all steps, one after the other */
    uint64_t checkpoint_digest; /* of step `watch` */
    stp_outcome_day *days;      /* the caller's to free; NULL after a failure */
    size_t day_count;
    stp_region_week *weeks; /* [week * regions + region]; as the days */
    size_t week_count;
    stp_replicate_outcome *solved; /* NULL: a street; as the days */
    size_t solved_count;
} stp_replicate_result;

/* One thread. Errors: as those of reading and running a scenario; STEPPE_STOPPED. */
int stp_replicate_run_all(steppe_context *context, const stp_replicate_run *replicate,
                          stp_replicate_result *result);

#endif
