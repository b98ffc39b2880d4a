/* Results of a model without a lattice: written as a whole. */
#include "models/solve.h"
#include "record/recording.h"

#include <stdlib.h>

static const char SOLUTION_SCHEMA[] =
    "CREATE TABLE outcomes (name TEXT PRIMARY KEY, value REAL, unit TEXT, meaning TEXT);"
    "CREATE TABLE series (step INTEGER, name TEXT, value REAL,"
    " PRIMARY KEY (step, name)) WITHOUT ROWID;";

static int write_outcomes(steppe_recorder *r, const steppe_solution *solution)
{
    sqlite3_stmt *s = stp_record_prepare(r, "INSERT INTO outcomes VALUES (?, ?, ?, ?)");
    steppe_outcome o;
    for (size_t i = 0; s && steppe_solution_outcome(solution, i, &o) == STEPPE_OK; i++) {
        sqlite3_bind_text(s, 1, o.name, -1, SQLITE_TRANSIENT);
        sqlite3_bind_double(s, 2, o.value);
        sqlite3_bind_text(s, 3, o.unit, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(s, 4, o.meaning, -1, SQLITE_TRANSIENT);
        stp_record_row(r, s);
    }
    sqlite3_finalize(s);
    return r->status;
}

static int write_path(steppe_recorder *r, const steppe_solution *solution)
{
    sqlite3_stmt *s = stp_record_prepare(r, "INSERT INTO series VALUES (?, ?, ?)");
    size_t count = steppe_solution_series_count(solution);
    size_t steps = steppe_solution_series_steps(solution);
    for (size_t t = 0; s && t < steps && r->status == STEPPE_OK; t++)
        for (size_t i = 0; i < count && r->status == STEPPE_OK; i++) {
            double value = 0;
            steppe_solution_series_value(solution, i, t, &value);
            sqlite3_bind_int64(s, 1, (sqlite3_int64)t);
            sqlite3_bind_text(s, 2, steppe_solution_series_name(solution, i), -1,
                              SQLITE_TRANSIENT);
            sqlite3_bind_double(s, 3, value);
            stp_record_row(r, s);
        }
    sqlite3_finalize(s);
    return r->status;
}

static int write_solution(steppe_recorder *r, const steppe_solution *solution)
{
    if (stp_record_execute(r, SOLUTION_SCHEMA) == STEPPE_OK &&
        write_outcomes(r, solution) == STEPPE_OK && write_path(r, solution) == STEPPE_OK)
        stp_record_execute(r, "COMMIT");
    return r->status;
}

int steppe_recorder_keep(steppe_context *context, const char *folder,
                         const steppe_solution *solution, steppe_recorder **recorder)
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
