/* A run: the step loop. Other rooms read it through steppe.h; the recorder also needs its
 * parts. */
#ifndef STP_RUN_H
#define STP_RUN_H

#include "nation/nation.h"
#include "street/street.h"

enum { STP_MAX_OBSERVERS = 8 };

struct steppe_run {
    steppe_context *context;
    const steppe_scenario *scenario;
    stp_world *world;
    stp_rules *rules;
    stp_nation *nation;
    const stp_engine *engine;
    stp_street *street;
    stp_conditions *conditions; /* one per district, like the next four */
    stp_tally *tallies, *next;  /* next: of the step under way */
    steppe_counts *counts;
    steppe_fields *fields;
    steppe_engine engine_kind;
    steppe_schedule schedule;
    int threads;
    uint64_t step, steps, activations, digest;
    char time[STEPPE_TIME_TEXT];
    bool cut; /* stopped within a step: it cannot continue */
    struct {
        steppe_observer call;
        void *user;
    } observers[STP_MAX_OBSERVERS];
    size_t observer_count;
};

#endif
