/* Tables in pages, and the tables that an object has. */
#ifndef STP_TABLE_WRITE_H
#define STP_TABLE_WRITE_H

#include "base/table.h"

#include <stdio.h>

/* A table of an object: its name, its columns, and what adds its rows. */
typedef struct stp_table_kind {
    const char *name;
    const steppe_column *columns;
    size_t count;
    void (*add)(steppe_table *table, const void *object);
} stp_table_kind;
#define STP_COLUMNS(columns) columns, sizeof(columns) / sizeof *(columns)

/* The table of that name, of the kinds that end with {0}; NULL for another name, or when out of memory. */
steppe_table *stp_table_make(const stp_table_kind *kinds, const char *name,
                             const void *object);

/* A table in Markdown, with an empty line behind it; and freed. */
void stp_table_write_markdown(FILE *file, const steppe_table *table);
void stp_table_put(FILE *file, steppe_table *table);

#endif
