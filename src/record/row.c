#include "record/row.h"

#include <math.h>
#include <stdio.h>

stp_row stp_row_begin(sqlite3 *db, const char *into, int columns)
{
    char sql[256];
    stp_row row = {0};
    int used = snprintf(sql, sizeof sql, "INSERT %s VALUES (?", into);
    for (int i = 1; i < columns; i++)
        used += snprintf(sql + used, sizeof sql - (size_t)used, ", ?");
    snprintf(sql + used, sizeof sql - (size_t)used, ")");
    row.failed = sqlite3_prepare_v2(db, sql, -1, &row.statement, NULL) != SQLITE_OK;
    return row;
}

void stp_row_text(stp_row *row, const char *value)
{
    if (!row->failed)
        sqlite3_bind_text(row->statement, ++row->column, value, -1, SQLITE_TRANSIENT);
}

void stp_row_whole(stp_row *row, int64_t value)
{
    if (!row->failed)
        sqlite3_bind_int64(row->statement, ++row->column, value);
}

void stp_row_real(stp_row *row, double value)
{
    if (row->failed)
        return;
    if (isnan(value))
        sqlite3_bind_null(row->statement, ++row->column);
    else
        sqlite3_bind_double(row->statement, ++row->column, value);
}

void stp_row_hex(stp_row *row, uint64_t value)
{
    char text[20];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)value);
    stp_row_text(row, text);
}

bool stp_row_put(stp_row *row)
{
    row->column = 0;
    row->failed = row->failed || sqlite3_step(row->statement) != SQLITE_DONE ||
                  sqlite3_reset(row->statement) != SQLITE_OK;
    return !row->failed;
}

bool stp_row_end(stp_row *row)
{
    if (row->statement && sqlite3_finalize(row->statement) != SQLITE_OK)
        row->failed = true;
    row->statement = NULL;
    return !row->failed;
}

bool stp_row_fact(sqlite3 *db, const char *key, const char *value)
{
    stp_row row = stp_row_begin(db, "OR REPLACE INTO run", 2);
    stp_row_text(&row, key);
    stp_row_text(&row, value);
    stp_row_put(&row);
    return stp_row_end(&row);
}
