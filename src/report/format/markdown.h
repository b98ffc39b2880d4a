/* What pages in Markdown share. */
#ifndef STP_MARKDOWN_H
#define STP_MARKDOWN_H

#include "base/output.h"
#include "report/format/escape.h"
#include "scenario/scenario.h"

#include <stdio.h>

/* A paragraph with the settings that a scenario was opened with; nothing if there are none. */
void stp_page_settings(FILE *file, const steppe_scenario *scenario);

/* The path of a page without its ending, with which its pictures' names begin; NULL if out of
 * memory. *name: the part of it behind the folder. */
char *stp_page_stem(const char *path, const char **name);

#endif
