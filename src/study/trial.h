/* One run of a scenario with some of its values changed, and what came of it. */
#ifndef STP_TRIAL_H
#define STP_TRIAL_H

#include "study/outcome.h"

typedef struct stp_trial {
    /* What to run: a scenario's resolved text, and "KEY=VALUE" on top. */
    const char *text;
    size_t length;
    const char *name; /* of the file, for messages */
    const char *const *settings;
    size_t setting_count;
    uint64_t seed, steps; /* steps: 0: the scenario's */
    double scale;         /* 0: the scenario's */
    uint64_t from, to;    /* the window of the outcomes, as of stp_meter_create */
    const int *stop;      /* not 0: give up (STEPPE_STOPPED); or NULL */
    const stp_stop
        *ask; /* the same: of the context that the trials are made with; or NULL */
    uint64_t watch;       /* step whose digest is wanted as well; 0: none */
} stp_trial;

typedef struct stp_trial_result {
    double outcomes[STP_OUTCOME_COUNT];
    uint64_t digest;       /* of the last step */
    uint64_t path;         /* of the digests of all steps, one after the other */
    uint64_t watched;      /* of the step that was asked for */
    stp_outcome_day *days; /* the caller's to free; NULL after a failure */
    size_t day_count;
    stp_region_week *weeks; /* [week * regions + region]; as the days */
    size_t week_count;
} stp_trial_result;

/* One thread. Errors: as those of reading and running a scenario; STEPPE_STOPPED. */
int stp_trial_run(steppe_context *context, const stp_trial *trial,
                  stp_trial_result *result);

#endif
