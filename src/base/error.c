#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *steppe_version(void)
{
    return STEPPE_VERSION;
}

const char *steppe_status_text(int status)
{
    switch (status) {
    case STEPPE_OK: return "done";
    case STEPPE_NO_MEMORY: return "memory ran out";
    case STEPPE_BAD_SCENARIO: return "the scenario is not valid";
    case STEPPE_BAD_ARGUMENT: return "an argument is not valid";
    case STEPPE_CANNOT_READ: return "a file cannot be read";
    case STEPPE_CANNOT_WRITE: return "a file cannot be written";
    case STEPPE_BAD_RESULTS: return "not a usable results file";
    case STEPPE_STOPPED: return "stopped";
    default: return "unknown status";
    }
}

int steppe_context_create(steppe_context **context)
{
    *context = calloc(1, sizeof **context);
    return *context ? STEPPE_OK : STEPPE_NO_MEMORY;
}

void steppe_context_free(steppe_context *context)
{
    free(context);
}

void steppe_context_watch(steppe_context *context, bool (*stop)(void *user), void *user)
{
    context->stop.ask = stop;
    context->stop.user = user;
}

const char *steppe_context_message(const steppe_context *context)
{
    return context->message;
}

int stp_fail(steppe_context *context, int status, const char *format, ...)
{
    if (context) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(context->message, sizeof context->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

int stp_no_memory(steppe_context *context)
{
    return stp_fail(context, STEPPE_NO_MEMORY, "memory ran out");
}
