/* Files that a call writes. None replaces a file that the call has read, a scenario, a
 * database or (unless the caller allows it) a file that Steppe did not write. Each is
 * written under a temporary name in the same folder, and renamed at the end. */
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
    STP_OUTPUT_YAML,
} stp_output_kind;

/* Marks of Steppe's files, within the first 64 KiB. A page in Markdown has a sentence; an
 * SVG begins with a comment, written before its writer is called; a PNG has the text
 * "Software: Steppe"; of a CSV the first lines are compared; a YAML file begins with a comment,
 * and may have been read: it is written again with what is new. */
#define STP_MARK_MARKDOWN "Written by `steppe "
#define STP_MARK_HTML "<meta name=\"generator\" content=\"Steppe"
#define STP_MARK_SVG "<!-- Written by Steppe -->\n"
#define STP_MARK_YAML "# Written by `steppe ask --register`, not by hand.\n"

/* Note that a file was read in this context, so that it is never overwritten. */
void stp_note_read(steppe_context *context, const char *path);

/* Was this file, by any name, read in this context? */
bool stp_was_read(const steppe_context *context, const char *path);

/* Is this an SQLite file? */
bool stp_is_database(const char *path);

/* Check that an output of this kind may go to `path`, by its ending as well, except pipes
 * and devices. Whether Steppe wrote a CSV is only checked when it is written. Errors:
 * STEPPE_BAD_ARGUMENT. */
int stp_output_check(steppe_context *context, const char *path, stp_output_kind kind);

/* Writes into a file; returns 0, a negative status with its message set, or 1 if writing
 * failed (ferror is checked as well). */
typedef int (*stp_output_writer)(FILE *file, const void *user);

/* Several files that are renamed together. Begin with {.context = context}. */
typedef struct stp_outputs {
    steppe_context *context;
    struct stp_output *all;
    size_t count;
} stp_outputs;

/* Check that a file may go to `path` and write it under a temporary name; directly into a
 * pipe or a device. Errors: those of stp_output_check, STEPPE_CANNOT_WRITE,
 * STEPPE_NO_MEMORY, the writer's; no file has changed then. */
int stp_outputs_write(stp_outputs *outputs, const char *path, stp_output_kind kind,
                      stp_output_writer writer, const void *user);

/* The same for another program's output: creates an empty file under the temporary name
 * *part, valid until stp_outputs_close. */
int stp_outputs_reserve(stp_outputs *outputs, const char *path, stp_output_kind kind,
                        const char **part);

/* The temporary name of the last file; NULL if there is none. */
const char *stp_outputs_last(const stp_outputs *outputs);

/* Rename all files if `status` is STEPPE_OK, else remove them; frees everything. Returns
 * `status` or STEPPE_CANNOT_WRITE. */
int stp_outputs_close(stp_outputs *outputs, int status);

/* Write one file. */
int stp_output_write(steppe_context *context, const char *path, stp_output_kind kind,
                     stp_output_writer writer, const void *user);

#endif
