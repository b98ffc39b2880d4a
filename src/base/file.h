/* Opening files that people name: a pipe or a device would hang, or never end. */
#ifndef STP_BASE_FILE_H
#define STP_BASE_FILE_H

#include "base/error.h"

#include <stdio.h>

/* Open a regular file for reading, and note that it was read in this call. file: to be closed by the caller; NULL after a failure.
 * Errors: STEPPE_CANNOT_READ (not there, a folder, a pipe, a device, no right to read). */
int stp_file_open(steppe_context *context, const char *path, FILE **file);

/* May the path be opened as a file: is it a regular one, or nothing? status: what to return if it is
 * anything else. */
int stp_file_check(steppe_context *context, const char *path, int status);

#endif
