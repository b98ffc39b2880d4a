#include "base/error.h"

#include <stdarg.h>
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
    case STEPPE_NO_MEMORY: return "out of memory";
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
    if (context)
        free(context->read);
    free(context);
}

void steppe_context_replace(steppe_context *context, bool any)
{
    context->replace = any;
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

size_t steppe_context_problem_count(const steppe_context *context)
{
    return context->reported;
}

const char *steppe_context_problem(const steppe_context *context, size_t index)
{
    return index < context->reported && index < STP_PROBLEMS_LISTED
               ? context->problems[index].words
               : NULL;
}

void stp_problems_begin(steppe_context *context)
{
    context->found = context->reported = 0;
}

static bool is_before(const stp_problem *p, unsigned line, unsigned column)
{
    return p->line < line || (p->line == line && p->column <= column);
}

void stp_problem_note(steppe_context *context, unsigned line, unsigned column,
                      const char *words)
{
    stp_problem *all = context->problems;
    char shown[sizeof all->words];
    steppe_show_line(words, shown, sizeof shown);
    size_t held = context->found < STP_PROBLEMS_LISTED ? context->found
                                                       : STP_PROBLEMS_LISTED;
    for (size_t i = 0; i < held; i++)
        if (strcmp(all[i].words, shown) == 0)
            return;
    context->found++;
    size_t at = held;
    while (at > 0 && !is_before(&all[at - 1], line, column))
        at--;
    if (at == STP_PROBLEMS_LISTED)
        return;
    size_t moved = (held < STP_PROBLEMS_LISTED ? held : held - 1) - at;
    memmove(&all[at + 1], &all[at], moved * sizeof *all);
    all[at].line = line;
    all[at].column = column;
    memcpy(all[at].words, shown, sizeof shown);
}

int stp_problems_report(steppe_context *context, int status)
{
    context->reported = context->found;
    if (context->found > 0)
        memcpy(context->message, context->problems[0].words, sizeof context->message);
    return status;
}

int stp_fail(steppe_context *context, int status, const char *format, ...)
{
    char words[sizeof context->message];
    if (!context)
        return status;
    context->reported = 0;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    steppe_show_line(words, context->message, sizeof context->message);
    return status;
}

int stp_fail_setup(steppe_context *context, const stp_stop *stop)
{
    return stp_stop_asked(stop)
               ? stp_fail(context, STEPPE_STOPPED, "stopped during set-up")
               : stp_no_memory(context);
}

void stp_note_no_memory(steppe_context *context)
{
    stp_fail(context, STEPPE_NO_MEMORY, "out of memory");
}
