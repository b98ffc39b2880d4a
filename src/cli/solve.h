/* steppe run SCENARIO, for models without a lattice. */
#ifndef SOLVE_H
#define SOLVE_H

#include "options.h"

/* Solve a scenario, keep and print what came out. Returns the exit status. */
int cli_solve(const cli_options *options, steppe_context *context,
              const steppe_scenario *scenario);

#endif
