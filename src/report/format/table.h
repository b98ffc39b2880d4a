/* Tables in pages. */
#ifndef STP_FORMAT_TABLE_H
#define STP_FORMAT_TABLE_H

#include "base/table.h"

#include <stdio.h>

/* Write a table in Markdown, with an empty line behind it, and free it. Out of memory (table may be NULL) the
 * file, which must be open for writing alone, fails. */
void stp_table_put(FILE *file, steppe_table *table);

/* How a table stands on a page of HTML; each part may be missing. */
typedef struct stp_table_frame {
    const char *summary; /* it is folded behind these words (HTML) */
    const char *caption;
    const char *style; /* its class */
    const char *link;  /* the first column: links to this and its text */
    size_t row_style;  /* index of a column whose text is the class of the row */
    bool spans;        /* the first cell of a row reaches over the empty ones behind it */
} stp_table_frame;

/* Write a table in HTML, in a box that scrolls, or as CSV, and free it. table: NULL: out of memory.
 * Returns 0 or STEPPE_NO_MEMORY. */
int stp_table_put_html(FILE *file, steppe_context *context, steppe_table *table,
                       const stp_table_frame *frame);
int stp_table_put_csv(FILE *file, steppe_context *context, steppe_table *table);

#endif
