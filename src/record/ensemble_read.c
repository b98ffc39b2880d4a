/* Reads the file of an ensemble. */
#include "record/ensemble.h"

#include "record/results.h"

#include <math.h>
#include <string.h>

/* Rows of the query: index of a series (below `series`), replicate, value. */
static int read_values(steppe_context *context, const char *path, sqlite3 *db,
                       sqlite3_stmt *s, double *values, size_t series, size_t count)
{
    int code;
    for (size_t i = 0; i < series * count; i++)
        values[i] = NAN;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        sqlite3_int64 which = sqlite3_column_int64(s, 0), i = sqlite3_column_int64(s, 1);
        if (which >= 0 && (size_t)which < series && i >= 0 && (size_t)i < count)
            values[(size_t)which * count + (size_t)i] = sqlite3_column_double(s, 2);
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? STEPPE_OK : stp_results_damaged(context, path, db);
}

int stp_ensemble_outcome(steppe_context *context, const char *path, sqlite3 *db,
                         const char *name, double *values, size_t count)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, "SELECT 0, replicate, value FROM outcome WHERE name = ?",
                           -1, &s, NULL) != SQLITE_OK)
        return stp_results_damaged(context, path, db);
    sqlite3_bind_text(s, 1, name, -1, SQLITE_TRANSIENT);
    return read_values(context, path, db, s, values, 1, count);
}

int stp_ensemble_draws(steppe_context *context, const char *path, sqlite3 *db,
                       size_t ranges, double *values, size_t count)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, "SELECT factor, replicate, value FROM draw", -1, &s,
                           NULL) != SQLITE_OK)
        return stp_results_damaged(context, path, db);
    return read_values(context, path, db, s, values, ranges, count);
}

int stp_ensemble_size(steppe_context *context, const char *path, sqlite3 *db,
                      size_t *count)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(
        db, "SELECT coalesce(max(replicate), -1) + 1 FROM replicate", -1, &s, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(s);
    *count = code == SQLITE_ROW ? (size_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return code == SQLITE_ROW ? STEPPE_OK : stp_results_damaged(context, path, db);
}

/* The regions must be those of the scenario, in order. */
static int compare_regions(steppe_context *context, const char *path, sqlite3 *db,
                           const steppe_scenario *scenario)
{
    sqlite3_stmt *s = NULL;
    size_t count = 0;
    bool same = true;
    int code = sqlite3_prepare_v2(db, "SELECT id FROM region ORDER BY region", -1, &s,
                                  NULL);
    if (code == SQLITE_OK)
        while ((code = sqlite3_step(s)) == SQLITE_ROW) {
            const char *id = (const char *)sqlite3_column_text(s, 0);
            same = same && id && count < stp_region_count(scenario) &&
                   strcmp(id, stp_region_id(scenario, count)) == 0;
            count++;
        }
    sqlite3_finalize(s);
    if (code != SQLITE_DONE)
        return stp_results_damaged(context, path, db);
    if (same && count == stp_region_count(scenario))
        return STEPPE_OK;
    return stp_fail(context, STEPPE_BAD_RESULTS, "%s: its regions are not those of %s",
                    path, scenario->file);
}

int stp_ensemble_weeks(steppe_context *context, const char *path, sqlite3 *db,
                       const steppe_scenario *scenario, size_t weeks,
                       stp_region_week *values, bool *there, size_t most)
{
    sqlite3_stmt *s = NULL;
    size_t regions = stp_region_count(scenario), rows = weeks * regions, last = most,
           seen = 0;
    int code = SQLITE_DONE, status = compare_regions(context, path, db, scenario);
    if (status != STEPPE_OK)
        return status;
    memset(values, 0, most * rows * sizeof *values);
    memset(there, 0, most * sizeof *there);
    if (sqlite3_prepare_v2(db,
                           "SELECT replicate, week, region, unrest, share FROM unrest "
                           "ORDER BY replicate",
                           -1, &s, NULL) != SQLITE_OK)
        return stp_results_damaged(context, path, db);
    bool fits = true;
    while (fits && (code = sqlite3_step(s)) == SQLITE_ROW) {
        sqlite3_int64 i = sqlite3_column_int64(s, 0), week = sqlite3_column_int64(s, 1),
                      region = sqlite3_column_int64(s, 2);
        if (i >= 0 && (size_t)i >= most) /* added since they were counted */
            continue;
        fits = i >= 0 && week >= 0 && (size_t)week < weeks && region >= 0 &&
               (size_t)region < regions;
        if (!fits)
            break;
        seen = (size_t)i == last ? seen + 1 : 1; /* rows of this replicate */
        last = (size_t)i;
        there[last] = seen == rows;
        values[last * rows + (size_t)week * regions + (size_t)region] =
            (stp_region_week){sqlite3_column_int(s, 3) != 0, sqlite3_column_double(s, 4)};
    }
    sqlite3_finalize(s);
    if (!fits)
        return stp_fail(
            context, STEPPE_BAD_RESULTS,
            "%s: table 'unrest' has a week or region that the run does not have", path);
    return code == SQLITE_DONE ? STEPPE_OK : stp_results_damaged(context, path, db);
}
