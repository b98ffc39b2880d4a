/* Writes the solution of a model without a lattice, in one transaction. */
#include "models/solve.h"
#include "record/recording.h"

#include <stdlib.h>

static const char SOLUTION_SCHEMA[] =
    "CREATE TABLE outcomes (name TEXT PRIMARY KEY, value REAL, unit TEXT, meaning TEXT);"
    "CREATE TABLE series (step INTEGER, name TEXT, value REAL,"
    " PRIMARY KEY (step, name)) WITHOUT ROWID;";

static int write_outcomes(steppe_recorder *r, const steppe_solution *solution)
{
    stp_row w = stp_row_begin(r->db, "INTO outcomes", 4);
    steppe_outcome o;
    for (size_t i = 0; !w.failed && steppe_solution_outcome(solution, i, &o) == STEPPE_OK;
         i++) {
        stp_row_text(&w, o.name);
        stp_row_real(&w, o.value);
        stp_row_text(&w, o.unit);
        stp_row_text(&w, o.meaning);
        stp_row_put(&w);
    }
    return stp_row_end(&w) ? STEPPE_OK : stp_record_fail(r);
}

static int write_series(steppe_recorder *r, const steppe_solution *solution)
{
    stp_row w = stp_row_begin(r->db, "INTO series", 3);
    size_t count = steppe_solution_series_count(solution);
    size_t steps = steppe_solution_series_steps(solution);
    for (size_t i = 0; !w.failed && i < steps * count; i++) {
        double value = 0;
        steppe_solution_series_value(solution, i % count, i / count, &value);
        stp_row_whole(&w, (int64_t)(i / count));
        stp_row_text(&w, steppe_solution_series_name(solution, i % count));
        stp_row_real(&w, value);
        stp_row_put(&w);
    }
    return stp_row_end(&w) ? STEPPE_OK : stp_record_fail(r);
}

static int write_solution(steppe_recorder *r, const steppe_solution *solution)
{
    if (stp_record_execute(r, SOLUTION_SCHEMA) == STEPPE_OK &&
        write_outcomes(r, solution) == STEPPE_OK &&
        write_series(r, solution) == STEPPE_OK)
        stp_record_execute(r, "COMMIT");
    return r->status;
}

int steppe_recorder_write_solution(steppe_context *context, const char *folder,
                                   const steppe_solution *solution,
                                   steppe_recorder **recorder)
{
    *recorder = NULL;
    steppe_recorder *r = calloc(1, sizeof *r);
    if (!r)
        return stp_no_memory(context);
    *r = (steppe_recorder){.context = context,
                           .file = -1,
                           .scenario = solution->scenario,
                           .seed = solution->seed};
    int status = stp_record_open(r, folder, "complete");
    if (status == STEPPE_OK && (status = write_solution(r, solution)) != STEPPE_OK)
        stp_record_remove(r);
    if (status != STEPPE_OK) {
        steppe_recorder_free(r);
        return status;
    }
    *recorder = r;
    return STEPPE_OK;
}
