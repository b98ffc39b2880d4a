/* The error context: one place for the detail of the last failure. */
#ifndef STP_ERROR_H
#define STP_ERROR_H

#include "base/stop.h"
#include "steppe.h"

#include <stdarg.h>
#include <sys/types.h>

/* A file, whatever it is called. */
typedef struct stp_file_id {
    dev_t device;
    ino_t file;
} stp_file_id;

enum { STP_PROBLEMS_LISTED = 20 };

/* Something that is wrong with a file, and where: line 0 for a setting. */
typedef struct stp_problem {
    char words[1024];
    unsigned line, column;
} stp_problem;

struct steppe_context {
    stp_stop stop; /* of everything that is made with it */
    char message[1024];
    stp_file_id *read; /* the files that were read (base/output.h) */
    size_t read_count;
    bool read_lost; /* memory ran out: any file may be one of them */
    bool replace;   /* outputs may replace files that Steppe did not write */
    stp_problem problems[STP_PROBLEMS_LISTED]; /* the first in the order of the file */
    size_t found; /* since stp_problems_begin: also more than are listed */
    size_t told;  /* 0, or `found` once the failure that they are has been told */
};

/* Collect what is wrong with a file: begin, note each, and tell them all as one failure, whose message is
 * the first of them. What is noted twice counts once. stp_problems_tell returns `status`. */
void stp_problems_begin(steppe_context *context);
void stp_problem_note(steppe_context *context, unsigned line, unsigned column,
                      const char *words);
int stp_problems_tell(steppe_context *context, int status);

/* Note a failure: formats the message into the context and returns `status`, so that a
 * caller can write `return stp_fail(context, STEPPE_..., "...", ...)`. context may be NULL. */
int stp_fail(steppe_context *context, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

void stp_note_no_memory(steppe_context *context);

/* Shorthand for the failure that needs no detail. Its value stands here, so that clang-tidy sees that it
 * is never STEPPE_OK. */
static inline int stp_no_memory(steppe_context *context)
{
    stp_note_no_memory(context);
    return STEPPE_NO_MEMORY;
}

#endif
