/* The error context: one place for the detail of the last failure. */
#ifndef STP_ERROR_H
#define STP_ERROR_H

#include "steppe.h"

#include <stdarg.h>
#include <sys/types.h>

/* A file, whatever it is called. */
typedef struct stp_file_id {
    dev_t device;
    ino_t file;
} stp_file_id;

struct steppe_context {
    char message[1024];
    stp_file_id *read; /* the files that were read (base/output.h) */
    size_t read_count;
    bool read_lost; /* memory ran out: any file may be one of them */
    bool replace;   /* outputs may replace files that Steppe did not write */
};

/* Note a failure: formats the message into the context and returns `status`, so that a
 * caller can write `return stp_fail(context, STEPPE_..., "...", ...)`. context may be NULL. */
int stp_fail(steppe_context *context, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Shorthand for the failure that needs no detail. */
int stp_no_memory(steppe_context *context);

#endif
