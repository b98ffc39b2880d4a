/* What pages in Markdown share. */
#ifndef STP_MARKDOWN_H
#define STP_MARKDOWN_H

#include "base/output.h"
#include "report/format/escape.h"
#include "scenario/scenario.h"

#include <stdio.h>

/* A paragraph with the settings that a scenario was opened with; nothing if there are none. */
void stp_page_settings(FILE *file, const steppe_scenario *scenario);

/* A page and its pictures, which are put in their places together. */
typedef struct stp_page {
    stp_outputs outputs;
    const char *path;
    char *
        stem; /* the path without its ending, with which the pictures' begin; NULL: no memory */
    const char *name; /* the part of it behind the folder */
    int status;       /* the first error */
} stp_page;

/* Begin a page; stp_page_end must follow. */
stp_page stp_page_begin(steppe_context *context, const char *path);
/* Write a picture, whose path ends with `suffix`. Errors: page->status. */
void stp_page_picture(stp_page *page, const char *suffix, stp_output_writer writer,
                      const void *user);
/* Write the page itself and put all files in their places, unless there was an error. Returns the first
 * error: STEPPE_NO_MEMORY, those of stp_outputs_write and of the writers. */
int stp_page_end(stp_page *page, stp_output_writer writer, const void *user);

#endif
