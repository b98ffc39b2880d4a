/* The parts of steppe risk. */
#ifndef CLI_RISK_H
#define CLI_RISK_H

#include "cli.h"

/* All of a risk. */
json_t *risk_json(const steppe_scenario *scenario, const steppe_risk *risk);

#endif
