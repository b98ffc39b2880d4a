#include "base/threads.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static void *wait_for_all(void *gate)
{
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return NULL;
}

int stp_threads_check(steppe_context *context, int threads)
{
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    int more = threads - 1, made = 0, failure = 0;
    if (more < 1)
        return STEPPE_OK;
    pthread_t *others = calloc((size_t)more, sizeof *others);
    if (!others)
        return stp_no_memory(context);
    pthread_mutex_lock(&gate);
    while (made < more && failure == 0) {
        failure = pthread_create(&others[made], NULL, wait_for_all, &gate);
        made += failure == 0;
    }
    pthread_mutex_unlock(&gate);
    for (int i = 0; i < made; i++)
        pthread_join(others[i], NULL);
    free(others);
    return failure == 0 ? STEPPE_OK
                        : stp_fail(context, STEPPE_NO_MEMORY,
                                   "only %d of %d threads can be created (%s): use fewer "
                                   "(--threads), or "
                                   "raise the limits (ulimit -u, ulimit -v)",
                                   made + 1, threads, strerror(failure));
}
