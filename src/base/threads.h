/* Threads that the system may refuse. */
#ifndef STP_THREADS_H
#define STP_THREADS_H

#include "base/error.h"

#ifdef _OPENMP
#include <omp.h>
#else
static inline int omp_get_thread_num(void)
{
    return 0;
}
#endif

/* Check that `threads` (>= 1, this one included) can run at once, by creating them:
 * OpenMP would end the process if they cannot. Errors: STEPPE_NO_MEMORY. */
int stp_threads_check(steppe_context *context, int threads);

#endif
