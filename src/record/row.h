/* Writing rows of a results file, column by column. */
#ifndef STP_ROW_H
#define STP_ROW_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* After a failure the other calls do nothing, and the database has the reason. */
typedef struct stp_row {
    sqlite3_stmt *statement;
    int column;
    bool failed;
} stp_row;

/* into: "INTO person", "OR REPLACE INTO run". */
stp_row stp_row_begin(sqlite3 *db, const char *into, int columns);
void stp_row_text(stp_row *row, const char *value); /* NULL: NULL */
void stp_row_whole(stp_row *row, int64_t value);
void stp_row_real(stp_row *row, double value); /* NAN: NULL */
void stp_row_hex(stp_row *row, uint64_t value);
/* Write the row and begin the next. Returns whether nothing has failed so far. */
bool stp_row_put(stp_row *row);
bool stp_row_end(stp_row *row);

/* Set a fact of the table `run`. */
bool stp_row_fact(sqlite3 *db, const char *key, const char *value);

#endif
