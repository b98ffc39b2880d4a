/* Tables in pages. */
#ifndef STP_FORMAT_TABLE_H
#define STP_FORMAT_TABLE_H

#include "base/table.h"

#include <stdio.h>

/* A table in Markdown, with an empty line behind it; and freed. */
void stp_table_write_markdown(FILE *file, const steppe_table *table);
void stp_table_put(FILE *file, steppe_table *table);

#endif
