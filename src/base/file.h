/* Opening files that users name: a pipe or a device would block, or never end. */
#ifndef STP_BASE_FILE_H
#define STP_BASE_FILE_H

#include "base/error.h"

#include <stdio.h>

/* Open a regular file for reading and note that it was read (output.h). file: to be
 * closed by the caller; NULL after a failure. Errors: STEPPE_CANNOT_READ (missing, a
 * folder, a pipe, a device, no permission). */
int stp_file_open(steppe_context *context, const char *path, FILE **file);

/* Check that a path is a regular file or does not exist; else fail with `status`. */
int stp_file_check(steppe_context *context, const char *path, int status);

#endif
