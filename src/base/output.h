/* Files that a call writes: none takes the place of what the call has read, of a scenario, of a
 * database, or (unless the caller wants it) of a file that Steppe did not write. Each is written
 * whole under another name beside it, and put in its place at the end. */
#ifndef STP_OUTPUT_H
#define STP_OUTPUT_H

#include "base/error.h"

#include <stdbool.h>
#include <stdio.h>

typedef enum stp_output_kind {
    STP_OUTPUT_MARKDOWN,
    STP_OUTPUT_HTML,
    STP_OUTPUT_SVG,
    STP_OUTPUT_PNG,
    STP_OUTPUT_CSV,
} stp_output_kind;

/* By these a file shows in its first 64 KiB that Steppe wrote it. A page in Markdown says so in a
 * sentence of its own; a picture begins with a comment, which is put there for its writer; a
 * picture in PNG has the text "Software: Steppe"; of CSV the first lines are compared. */
#define STP_MARK_MARKDOWN "Written by `steppe "
#define STP_MARK_HTML "<meta name=\"generator\" content=\"Steppe"
#define STP_MARK_SVG "<!-- Written by Steppe -->\n"

/* Note that a file was read in this context: it will never be written over. What cannot be looked at
 * is left out. */
void stp_note_read(steppe_context *context, const char *path);

/* Was this file, under whatever name, read in this context? */
bool stp_was_read(const steppe_context *context, const char *path);

/* Is there a file of SQLite? */
bool stp_is_database(const char *path);

/* May an output of this kind go to `path`? Looks at the ending of the name, too; pipes and devices
 * may have any. CSV is only looked at for what is never written over: whether Steppe wrote it is
 * found out when it is written. Errors: STEPPE_BAD_ARGUMENT, which says why not. */
int stp_output_check(steppe_context *context, const char *path, stp_output_kind kind);

/* Writes into a file; returns 0, a negative status whose reason it has noted, or 1 if the file could not
 * be written (what the file itself tells need not be returned). */
typedef int (*stp_output_writer)(FILE *file, const void *user);

/* Several files that are put in their places together. Begin with {.context = context}. */
typedef struct stp_outputs {
    steppe_context *context;
    struct stp_output *all;
    size_t count;
} stp_outputs;

/* Check that a file may go to `path` and write it under another name; straight into a pipe or a
 * device. Errors: those of stp_output_check, STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY, the writer's;
 * nothing has changed then but pipes and devices. */
int stp_outputs_write(stp_outputs *outputs, const char *path, stp_output_kind kind,
                      stp_output_writer writer, const void *user);

/* The same for what another program will write: an empty file is there under the other name, *part,
 * which is valid until stp_outputs_close. */
int stp_outputs_reserve(stp_outputs *outputs, const char *path, stp_output_kind kind,
                        const char **part);

/* The name under which the last of the files is for now; NULL if there is none. */
const char *stp_outputs_last(const stp_outputs *outputs);

/* If `status` is STEPPE_OK, put all files in their places; else remove them. Frees everything. Returns
 * `status`, or STEPPE_CANNOT_WRITE. */
int stp_outputs_close(stp_outputs *outputs, int status);

/* One file alone. */
int stp_output_write(steppe_context *context, const char *path, stp_output_kind kind,
                     stp_output_writer writer, const void *user);

#endif
