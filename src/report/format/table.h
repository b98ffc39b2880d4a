/* Tables in pages. */
#ifndef STP_FORMAT_TABLE_H
#define STP_FORMAT_TABLE_H

#include "base/table.h"

#include <stdio.h>

/* Write a table in Markdown, with an empty line behind it, and free it. Out of memory (table may be NULL) the
 * file, which must be open for writing alone, fails. */
void stp_table_put(FILE *file, steppe_table *table);

#endif
