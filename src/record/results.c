#include "record/results.h"

#include "base/text.h"
#include "record/recorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- facts ---- */

int stp_results_text(steppe_context *context, const char *path, sqlite3 *db,
                     const char *key, char **value)
{
    sqlite3_stmt *s = NULL;
    *value = NULL;
    if (sqlite3_prepare_v2(db, "SELECT value FROM run WHERE key = ?", -1, &s, NULL) !=
        SQLITE_OK)
        return stp_results_damaged(context, path, db);
    sqlite3_bind_text(s, 1, key, -1, SQLITE_TRANSIENT);
    int code = sqlite3_step(s), status = STEPPE_OK;
    if (code == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(s, 0);
        *value = stp_copy(text ? text : "");
        status = *value ? STEPPE_OK : stp_no_memory(context);
    } else if (code != SQLITE_DONE) {
        status = stp_results_damaged(context, path, db);
    }
    sqlite3_finalize(s);
    return status;
}

int stp_results_fact(steppe_context *context, const char *path, sqlite3 *db,
                     const char *key, char *value, size_t size)
{
    char *text;
    int status = stp_results_text(context, path, db, key, &text);
    snprintf(value, size, "%s", text ? text : "");
    free(text);
    return status;
}

/* ---- a street's counts ---- */

typedef struct reader {
    steppe_context *context;
    const char *path;
    sqlite3 *db;
    stp_series *series;
} reader;

const char *stp_series_column_name(stp_series_column column)
{
    static const char *const NAMES[] = {"active",   "arrests", "detained",
                                        "officers", "alive",   "killed",
                                        "violent",  "obeying", "officers_killed"};
    return NAMES[column];
}

static int damaged(const reader *r, const char *why)
{
    return stp_results_reject(r->context, r->path, why);
}

static int broken(const reader *r)
{
    return stp_results_damaged(r->context, r->path, r->db);
}

/* A fact whose value, if it is there, is in its domain. */
static int read_number(const reader *r, const char *key, double *value)
{
    char text[64];
    int status = stp_results_fact(r->context, r->path, r->db, key, text, sizeof text);
    if (status != STEPPE_OK || stp_number_parse(text, value))
        return status;
    snprintf(text, sizeof text, "table 'run' has no '%s'", key);
    return damaged(r, text);
}

static int read_facts(const reader *r)
{
    char text[32];
    int status = stp_results_fact(r->context, r->path, r->db, "model", text, sizeof text);
    if (status == STEPPE_OK && *text && strcmp(text, "street") != 0)
        return stp_fail(r->context, STEPPE_BAD_RESULTS,
                        "%s: holds the model '%s', and no street", r->path, text);
    if (status == STEPPE_OK)
        status = read_number(r, "scale", &r->series->scale);
    if (status == STEPPE_OK)
        status = read_number(r, "step_hours", &r->series->step_hours);
    if (status == STEPPE_OK)
        status = stp_results_text(r->context, r->path, r->db, "scenario",
                                  &r->series->scenario);
    if (status == STEPPE_OK && !r->series->scenario)
        status = damaged(r, "table 'run' has no 'scenario'");
    if (status == STEPPE_OK)
        status = stp_results_fact(r->context, r->path, r->db, "status", text,
                                  sizeof text);
    r->series->complete = status == STEPPE_OK && strcmp(text, "complete") == 0;
    if (status == STEPPE_OK)
        status = stp_results_fact(r->context, r->path, r->db, "force", text, sizeof text);
    r->series->forceless = status == STEPPE_OK && strcmp(text, "true") != 0;
    return status;
}

/* A query of one row with two whole numbers. */
static int read_pair(const reader *r, const char *sql, sqlite3_int64 pair[2])
{
    sqlite3_stmt *s = NULL;
    bool read = sqlite3_prepare_v2(r->db, sql, -1, &s, NULL) == SQLITE_OK &&
                sqlite3_step(s) == SQLITE_ROW;
    for (int i = 0; i < 2 && read; i++)
        pair[i] = sqlite3_column_int64(s, i);
    int status = read ? STEPPE_OK : broken(r);
    sqlite3_finalize(s);
    return status;
}

/* Steps and districts are numbered without gaps, and `series` has a row for each pair. */
static int read_size(const reader *r)
{
    sqlite3_int64 steps[2] = {0}, districts[2] = {0}, rows[2] = {0};
    int status = read_pair(r, "SELECT count(*), coalesce(max(step), 0) FROM step", steps);
    if (status == STEPPE_OK)
        status = read_pair(r,
                           "SELECT count(*), coalesce(max(district), -1) FROM district",
                           districts);
    if (status == STEPPE_OK)
        status = read_pair(r, "SELECT count(*), 0 FROM series", rows);
    if (status != STEPPE_OK)
        return status;
    if (steps[0] != steps[1] || districts[0] != districts[1] + 1 || districts[0] < 1 ||
        rows[0] != steps[0] * districts[0])
        return damaged(r, "steps or districts are missing");
    r->series->steps = (size_t)steps[0];
    r->series->district_count = (size_t)districts[0];
    return STEPPE_OK;
}

static int read_ids(const reader *r)
{
    stp_series *series = r->series;
    sqlite3_stmt *s = NULL;
    int status = STEPPE_OK;
    series->ids = calloc(series->district_count, sizeof *series->ids);
    if (!series->ids)
        return stp_no_memory(r->context);
    if (sqlite3_prepare_v2(r->db, "SELECT id FROM district ORDER BY district", -1, &s,
                           NULL) != SQLITE_OK)
        return broken(r);
    for (size_t i = 0; i < series->district_count && status == STEPPE_OK; i++) {
        const char *id = sqlite3_step(s) == SQLITE_ROW
                             ? (const char *)sqlite3_column_text(s, 0)
                             : NULL;
        series->ids[i] = stp_copy(id ? id : "");
        if (!series->ids[i])
            status = stp_no_memory(r->context);
    }
    sqlite3_finalize(s);
    return status;
}

/* One row, which must be the `index`-th. */
static bool take_row(const reader *r, sqlite3_stmt *s, size_t index)
{
    const stp_series *series = r->series;
    size_t district = index % series->district_count,
           step = index / series->district_count + 1;
    if (sqlite3_column_int64(s, 0) != (sqlite3_int64)step ||
        sqlite3_column_int64(s, 1) != (sqlite3_int64)district)
        return false;
    for (int c = 0; c < STP_SERIES_COLUMNS; c++)
        series->counts[c][index] = sqlite3_column_double(s, 2 + c);
    return true;
}

static int read_counts(const reader *r)
{
    stp_series *series = r->series;
    stp_text sql = {0};
    sqlite3_stmt *s = NULL;
    size_t size = series->steps * series->district_count, i = 0;
    int status = STEPPE_OK;
    stp_text_add(&sql, "SELECT step, district");
    for (int c = 0; c < STP_SERIES_COLUMNS && status == STEPPE_OK; c++) {
        stp_text_add(&sql, ", %s", stp_series_column_name((stp_series_column)c));
        series->counts[c] = malloc((size + 1) * sizeof(double));
        if (!series->counts[c])
            status = stp_no_memory(r->context);
    }
    stp_text_add(&sql, " FROM series ORDER BY step, district");
    if (sql.failed)
        status = stp_no_memory(r->context);
    if (status == STEPPE_OK &&
        sqlite3_prepare_v2(r->db, sql.data, -1, &s, NULL) != SQLITE_OK)
        status = broken(r);
    while (status == STEPPE_OK && i < size && sqlite3_step(s) == SQLITE_ROW &&
           take_row(r, s, i))
        i++;
    if (status == STEPPE_OK && i < size)
        status = damaged(r, "a row of 'series' cannot be read");
    sqlite3_finalize(s);
    stp_text_free(&sql);
    return status;
}

static int read_first_time(const reader *r)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(r->db, "SELECT time FROM step WHERE step = 1", -1, &s, NULL) !=
        SQLITE_OK)
        return broken(r);
    const char *text = sqlite3_step(s) == SQLITE_ROW
                           ? (const char *)sqlite3_column_text(s, 0)
                           : NULL;
    r->series->first_time = stp_copy(text ? text : "");
    sqlite3_finalize(s);
    return r->series->first_time ? STEPPE_OK : stp_no_memory(r->context);
}

/* In one transaction: the run may continue meanwhile. */
static int read_all(const reader *r)
{
    int status = sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK
                     ? read_facts(r)
                     : broken(r);
    if (status == STEPPE_OK)
        status = read_size(r);
    if (status == STEPPE_OK)
        status = read_first_time(r);
    if (status == STEPPE_OK)
        status = read_ids(r);
    return status == STEPPE_OK ? read_counts(r) : status;
}

int stp_series_read(steppe_context *context, const char *path, stp_series *series)
{
    *series = (stp_series){0};
    reader r = {context, path, NULL, series};
    int status = stp_results_open(context, path, &r.db);
    if (status == STEPPE_OK)
        status = read_all(&r);
    sqlite3_close(r.db);
    if (status != STEPPE_OK)
        stp_series_clear(series);
    return status;
}

void stp_series_clear(stp_series *series)
{
    for (size_t i = 0; series->ids && i < series->district_count; i++)
        free(series->ids[i]);
    for (int c = 0; c < STP_SERIES_COLUMNS; c++)
        free(series->counts[c]);
    free(series->ids);
    free(series->first_time);
    free(series->scenario);
    *series = (stp_series){0};
}

/* ---- what the seat of power saw ---- */

/* A step longer than a day has a row for its last day only: the days before saw the same. */
static int read_looks(const reader *r, sqlite3_stmt *s, steppe_seat_look *looks,
                      size_t count)
{
    size_t day = 0;
    while (sqlite3_step(s) == SQLITE_ROW) {
        sqlite3_int64 last = sqlite3_column_int64(s, 0);
        const steppe_seat_look look = {sqlite3_column_double(s, 1),
                                       sqlite3_column_double(s, 2),
                                       sqlite3_column_int(s, 3) != 0};
        if (last < (sqlite3_int64)day || last >= (sqlite3_int64)count)
            break;
        while (day <= (size_t)last)
            looks[day++] = look;
    }
    return day == count ? STEPPE_OK : damaged(r, "a row of 'seat' cannot be read");
}

static int find_looks(const reader *r, steppe_seat_look **looks, size_t *count)
{
    enum { MAX_DAYS = 1000000 };
    sqlite3_int64 days[2] = {0};
    sqlite3_stmt *s = NULL;
    if (sqlite3_table_column_metadata(r->db, NULL, "seat", "active", NULL, NULL, NULL,
                                      NULL, NULL) != SQLITE_OK)
        return stp_fail(r->context, STEPPE_BAD_RESULTS,
                        "%s: the run had no seat of power", r->path);
    int status = read_pair(r, "SELECT coalesce(max(day), -1) + 1, 0 FROM seat", days);
    if (status != STEPPE_OK)
        return status;
    if (days[0] < 0 || days[0] > MAX_DAYS)
        return damaged(r, "days are missing");
    *count = (size_t)days[0];
    *looks = calloc(*count + 1, sizeof **looks);
    if (!*looks)
        return stp_no_memory(r->context);
    if (sqlite3_prepare_v2(r->db,
                           "SELECT day, active, media, capital_lost FROM seat ORDER BY "
                           "day",
                           -1, &s, NULL) != SQLITE_OK)
        return broken(r);
    status = read_looks(r, s, *looks, *count);
    sqlite3_finalize(s);
    return status;
}

int steppe_results_looks(steppe_context *context, const char *path,
                         steppe_seat_look **looks, size_t *count, uint64_t *seed)
{
    reader r = {context, path, NULL, NULL};
    char text[32] = "";
    *looks = NULL;
    *count = 0;
    int status = stp_results_open(context, path, &r.db);
    if (status == STEPPE_OK)
        status = stp_results_fact(context, path, r.db, "seed", text, sizeof text);
    *seed = strtoull(text, NULL, 10);
    if (status == STEPPE_OK)
        status = find_looks(&r, looks, count);
    sqlite3_close(r.db);
    if (status != STEPPE_OK) {
        free(*looks);
        *looks = NULL;
    }
    return status;
}
