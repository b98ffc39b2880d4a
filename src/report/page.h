/* What pages in Markdown have in common. */
#ifndef STP_PAGE_H
#define STP_PAGE_H

#include "base/output.h"

#include <stdio.h>

/* A text in which what Markdown would take for its own is escaped; as the cell of a table, with the bar
 * behind it. text may be NULL. */
void stp_page_text(FILE *file, const char *text);
void stp_page_cell(FILE *file, const char *text);

/* The path of a page without its ending, with which its pictures' names begin; NULL if memory ran
 * out. *name: the part of it behind the folder. */
char *stp_page_stem(const char *path, const char **name);

#endif
