/* What pages in Markdown have in common. */
#ifndef STP_PAGE_H
#define STP_PAGE_H

#include "scenario/scenario.h"

#include <stdio.h>

/* A text in which what Markdown would take for its own is escaped; as the cell of a table, with the bar
 * behind it. text may be NULL. */
void stp_page_text(FILE *file, const char *text);
void stp_page_cell(FILE *file, const char *text);

/* A paragraph with the settings that a scenario was opened with; nothing if there are none. */
void stp_page_settings(FILE *file, const steppe_scenario *scenario);

/* Writes into a file; returns 0, a negative status whose reason it has noted, or 1 if the file could not
 * be written (what the file itself tells need not be returned). */
typedef int (*stp_page_writer)(FILE *file, const void *user);

/* Write a file beside `path` and put it in its place once it is whole; straight into what is no plain file
 * (a pipe, a device). Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY, and the writer's. */
int stp_page_replace(steppe_context *context, const char *path, stp_page_writer writer,
                     const void *user);

/* The path of a page without its ending, with which its pictures' names begin; NULL if memory ran
 * out. *name: the part of it behind the folder. */
char *stp_page_stem(const char *path, const char **name);

#endif
