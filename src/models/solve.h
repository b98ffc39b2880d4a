/* What a model without a lattice makes of a scenario: outcomes with a name, and a
 * path. */
#ifndef STP_SOLVE_H
#define STP_SOLVE_H

#include "scenario/scenario.h"

typedef struct stp_solution_outcome {
    char *name, *meaning;
    double value;
    const char *unit;
} stp_solution_outcome;

struct steppe_solution {
    const steppe_scenario *scenario;
    uint64_t seed;
    stp_solution_outcome *outcomes;
    size_t outcome_count, outcome_capacity;
    char **columns; /* names of the series */
    size_t column_count, steps;
    double *path; /* steps x columns */
    bool failed;  /* out of memory */
};

/* Add an outcome "name" or, for an actor or district, "name.id"; its meaning is the text,
 * with `whose` behind it if it is not NULL. Notes that out of memory. */
void stp_solution_add(steppe_solution *solution, const char *name, const char *id,
                      double value, const char *unit, const char *meaning,
                      const char *whose);

/* Add those that are of no actor or district. */
typedef struct stp_plain_outcome {
    const char *name;
    double value;
    const char *unit, *meaning;
} stp_plain_outcome;
void stp_solution_add_plain(steppe_solution *solution, const stp_plain_outcome *outcomes,
                            size_t count);

/* Allocate a path of so many steps and series, all 0. Notes that out of memory, and
 * returns false then. */
bool stp_solution_allocate(steppe_solution *solution, size_t steps, size_t columns);

/* Name a series "name" or "name.id". */
void stp_solution_name(steppe_solution *solution, size_t column, const char *name,
                       const char *id);

/* Where the value of a series at a step stands. */
double *stp_solution_at(steppe_solution *solution, size_t step, size_t column);

/* One for each model. Errors: STEPPE_NO_MEMORY, STEPPE_BAD_SCENARIO. */
int stp_solve_threshold(steppe_context *context, steppe_solution *solution);
int stp_solve_network(steppe_context *context, steppe_solution *solution);
int stp_solve_contagion(steppe_context *context, steppe_solution *solution);
int stp_solve_global_game(steppe_context *context, steppe_solution *solution);
int stp_solve_ktab(steppe_context *context, steppe_solution *solution);
int stp_solve_expected_utility(steppe_context *context, steppe_solution *solution);
int stp_solve_appointment(steppe_context *context, steppe_solution *solution);

#endif
