/* The regions whose risk is looked at: the first-level units, or the districts where a scenario has no
 * units. */
#ifndef STP_REGION_H
#define STP_REGION_H

#include "scenario/scenario.h"

size_t stp_region_count(const steppe_scenario *scenario);
/* The region that a district lies in; -1 for a district without a unit where others have one. */
int stp_region_of(const steppe_scenario *scenario, size_t place);
/* Borrowed. */
const char *stp_region_id(const steppe_scenario *scenario, size_t region);
const char *stp_region_name(const steppe_scenario *scenario, size_t region);

/* What a region was like in a week: 7 days from the start. */
typedef struct stp_region_week {
    bool unrest; /* a district had unrest (outcome.unrest_share) at the end of a step */
    double
        share; /* highest share of a district's citizens who were active at the end of one */
} stp_region_week;

#endif
