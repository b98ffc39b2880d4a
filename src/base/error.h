/* The error context: one place for the detail of the last failure. */
#ifndef STP_ERROR_H
#define STP_ERROR_H

#include "base/stop.h"
#include "steppe.h"

#include <sys/types.h>

/* Identity of a file, by whatever name it is opened. */
typedef struct stp_file_id {
    dev_t device;
    ino_t file;
} stp_file_id;

enum { STP_PROBLEMS_LISTED = 20 };

/* A mistake in a file, and where; line 0: in a setting. */
typedef struct stp_problem {
    char words[1024];
    unsigned line, column;
} stp_problem;

struct steppe_context {
    stp_stop stop; /* of all objects that are made with it */
    char message[1024];
    stp_file_id *read; /* files that were read (base/output.h) */
    size_t read_count;
    bool read_lost; /* out of memory: any file may be one of them */
    bool replace;   /* outputs may replace files that Steppe did not write */
    stp_problem problems[STP_PROBLEMS_LISTED]; /* the first, in the order of the file */
    size_t found;    /* since stp_problems_begin; may exceed what is listed */
    size_t reported; /* 0, or `found` since stp_problems_report */
};

/* Collect the problems of a file (begin, note each, duplicates ignored), and report them
 * as one failure with the message of the first. stp_problems_report returns `status`. */
void stp_problems_begin(steppe_context *context);
void stp_problem_note(steppe_context *context, unsigned line, unsigned column,
                      const char *message);
int stp_problems_report(steppe_context *context, int status);

/* Formats the message of a failure into the context, which may be NULL, and returns
 * `status`. */
int stp_fail(steppe_context *context, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

void stp_note_no_memory(steppe_context *context);

/* Fails for want of memory. Inline, so that clang-tidy sees that it never returns
 * STEPPE_OK. */
static inline int stp_no_memory(steppe_context *context)
{
    stp_note_no_memory(context);
    return STEPPE_NO_MEMORY;
}

/* Fails because set-up did not finish: STEPPE_STOPPED if `stop` asks to stop, else
 * STEPPE_NO_MEMORY. */
int stp_fail_setup(steppe_context *context, const stp_stop *stop);

#endif
