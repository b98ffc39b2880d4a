/* The outcomes of a run that ensembles keep and questions ask about. */
#ifndef STP_SCENARIO_OUTCOME_H
#define STP_SCENARIO_OUTCOME_H

#include "scenario/choices.h"

/* clang-format off */
/* X(constant, name, unit, meaning) */
#define STP_OUTCOME_LIST(X) \
    X(STP_OUTCOME_CITIZEN_HOURS, "citizen-hours", "residents h", "unrest: active residents, summed over hours") \
    X(STP_OUTCOME_PEAK, "peak", "residents", "most active residents at the end of a step") \
    X(STP_OUTCOME_DEATHS, "deaths", "residents", "citizens killed") \
    X(STP_OUTCOME_ARRESTS, "arrests", "residents", "arrests") \
    X(STP_OUTCOME_DETAINED, "detained", "residents", "in detention at the end") \
    X(STP_OUTCOME_DISTRICTS, "districts", "districts", "districts that had unrest") \
    X(STP_OUTCOME_UNITS, "units", "units", "first-level units that had unrest") \
    X(STP_OUTCOME_LEGITIMACY, "legitimacy", "share", "legitimacy at the end, mean over residents") \
    X(STP_OUTCOME_STRENGTH, "strength", "share", "strength of the incumbent at the end") \
    X(STP_OUTCOME_LOWEST_STRENGTH, "lowest-strength", "share", "lowest strength of the incumbent") \
    X(STP_OUTCOME_FALL, "fall", "share", "whether the ruler fell: 1 or 0") \
    X(STP_OUTCOME_DEFECTIONS, "defections", "persons", "changes of side") \
    X(STP_OUTCOME_EXITS, "exits", "persons", "persons who left the country") \
    X(STP_OUTCOME_GIVEN, "given", "money", "given to the relief fund") \
    X(STP_OUTCOME_DELIVERED, "delivered", "share", "reform delivered by the end")
typedef enum stp_outcome { STP_OUTCOME_LIST(STP_CONSTANT) STP_OUTCOME_COUNT } stp_outcome;
/* clang-format on */

extern const struct stp_outcome_info {
    const char *name, *unit, *meaning;
} STP_OUTCOMES[STP_OUTCOME_COUNT];

#endif
