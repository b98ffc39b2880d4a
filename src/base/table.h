/* Tables: the model; report/format/table.c has what is written of it. */
#ifndef STP_TABLE_H
#define STP_TABLE_H

#include "base/text.h"

#include <steppe.h>

typedef struct stp_cell {
    double number;
    char *text; /* NULL: a number */
    bool loud;  /* emphasised */
} stp_cell;

struct steppe_table {
    steppe_column *columns;
    size_t column_count;
    stp_cell *cells; /* row after row */
    size_t row_count, capacity;
    size_t limit; /* rows shown to people */
    bool failed;  /* out of memory */
};

const stp_cell *stp_table_cell(const steppe_table *table, size_t row, size_t column);

/* Is a column shown on a page, or a terminal: has it a title there, and a cell that is not empty? (On pages
 * only wide columns are left out for being empty, so that tables of a kind have the same columns.) */
bool stp_table_shown(const steppe_table *table, size_t column, bool terminal);

/* Is it set to the right? */
bool stp_column_numeric(const steppe_column *column);

/* A cell as people read it, with the columns that it is joined with, appended to a text. */
void stp_table_words(const steppe_table *table, size_t row, size_t column,
                     stp_text *words);
/* A cell by itself, as a column shows its own. bound: of an interval: an infinite number is "no bound". */
void stp_cell_words(const stp_cell *cell, const steppe_column *column, bool bound,
                    stp_text *words);

#endif
