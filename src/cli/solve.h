/* steppe run FILE, for models without a lattice. */
#ifndef SOLVE_H
#define SOLVE_H

#include <steppe.h>

typedef struct solve_arguments {
    const char *folder; /* for the results file */
    uint64_t seed;
    bool json, quiet;
} solve_arguments;

/* Solve a scenario, keep and print what came out. Returns the exit status. */
int cli_solve(const solve_arguments *arguments, steppe_context *context,
              const steppe_scenario *scenario);

#endif
