/* Threads that the system may refuse. */
#ifndef STP_THREADS_H
#define STP_THREADS_H

#include "base/error.h"

/* Whether `threads` (>= 1, the own one among them) can run at once here: tried, since OpenMP would end the
 * process where they cannot. Errors: STEPPE_NO_MEMORY. */
int stp_threads_check(steppe_context *context, int threads);

#endif
