/* The error context: one place for the detail of the last failure. */
#ifndef STP_ERROR_H
#define STP_ERROR_H

#include "base/stop.h"
#include "steppe.h"

#include <stdarg.h>

struct steppe_context {
    stp_stop stop; /* of everything that is made with it */
    char message[1024];
};

/* Note a failure: formats the message into the context and returns `status`, so that a
 * caller can write `return stp_fail(context, STEPPE_..., "...", ...)`. context may be NULL. */
int stp_fail(steppe_context *context, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Shorthand for the failure that needs no detail. */
int stp_no_memory(steppe_context *context);

#endif
